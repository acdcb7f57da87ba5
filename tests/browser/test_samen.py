"""Two people, two browsers: opening the vault and deciding. And the small acts of staff, by clicking."""

from collections.abc import Callable
from typing import Any

import pytest
from lindeveen import Poort
from sqlmodel import select

from aanbesteding.database import lees, schrijf
from aanbesteding.handelingen.starten import zet_deelnemer
from aanbesteding.mensenlijst import Mens
from aanbesteding.model import Besluit
from aanbesteding.overzichten import vind
from aanbesteding.procedure import Rol
from tests.browser.conftest import Kijker

pytestmark = pytest.mark.browser
WERK = "/werk/lindeveen-2027"


def test_the_vault_needs_two_people(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    plek = site("ingediend", "2027-03-11T13:00")
    assert plek.loper.passeer(Poort.SLUITING, "2027-03-11T12:00")
    leider, tweede = als(plek, "aisha-terpstra"), als(plek, "joost-de-wilde", telefoon=True)
    leider.ga(f"{WERK}/kluis")
    leider.klik("Stel voor om de kluis te openen")
    leider.goed()
    assert not leider.pagina.get_by_role("button", name="Bevestig en open de kluis").count(), "not alone"
    tweede.ga(f"{WERK}/kluis")
    tweede.klik("Bevestig en open de kluis")
    tweede.goed()
    leider.ga(f"{WERK}/kluis")
    assert "De kluis is open" in leider.lees()


def test_answering_a_question_and_back(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    plek = site("oproep", "2027-01-15T10:00")
    plek.loper.doe("stel_vraag", "seniorenraad", "2027-01-14T10:00", tekst="Mag een koor meedoen?", onderwerp="Wie")
    leider = als(plek, "aisha-terpstra")
    leider.ga(f"{WERK}/vragen/1")
    leider.pagina.locator("#antwoord").fill("Ja, een koor mag meedoen.")
    leider.klik("Bewaar het antwoord")
    leider.goed()
    leider.pagina.go_back()
    assert leider.pagina.locator("#antwoord").input_value() == "Ja, een koor mag meedoen."


def test_hours_of_the_adviser(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    adviseur = als(site("coalities", "2027-02-20T10:00"), "hanna-brouwer", telefoon=True)
    adviseur.ga(f"{WERK}/advies/zingen-op-dinsdag")
    adviseur.pagina.locator("#uren").fill("2")
    adviseur.pagina.locator("#onderwerp").fill("Gesprek over de begroting")
    adviseur.klik("Schrijf op")
    adviseur.goed()
    assert "Gesprek over de begroting" in adviseur.lees()


def test_the_jurist_checks_the_log(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    jurist = als(site("scoren", "2027-04-10T10:00"), "nour-haddad")
    jurist.ga(f"{WERK}/toezicht")
    jurist.klik("Reken ook alle documenten na")
    jurist.goed()
    assert jurist.pagina.locator("h1").count() == 1


def test_a_shared_portfolio_needs_two_wethouders(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    """The example round has one wethouder; a second one in the data makes the decision one of four eyes."""
    plek = site("voorgedragen", "2027-05-10T10:00")
    ander = Mens(sleutel="wim-de-boer", naam="Wim de Boer", rol=Rol.WETHOUDER, email="w.deboer@lindeveen.example")
    with schrijf(plek.motor) as session:
        zet_deelnemer(session, vind.ronde(session, "lindeveen-2027"), ander)
    een, twee = als(plek, "bert-hoekzema"), als(plek, "wim-de-boer", telefoon=True)
    een.ga(f"{WERK}/college/selectie/besluit")
    een.pagina.locator("input[name=uitkomst][value=besluiten]").check()
    een.pagina.locator("#tekst").fill("Wij kiezen de twee voorstellen uit het advies.")
    een.klik("Leg het besluit klaar")
    een.goed()
    assert not een.pagina.get_by_role("button", name="Bevestig dit besluit").count(), "not alone"
    assert _uitkomsten(plek) == []
    twee.ga(f"{WERK}/college/selectie")
    twee.klik("Bevestig dit besluit")
    twee.goed()
    assert _uitkomsten(plek) == ["conform"]


def _uitkomsten(plek: Any) -> list[str]:
    with lees(plek.motor) as session:
        return list(session.exec(select(Besluit.uitkomst).where(Besluit.soort == "selectie")).all())
