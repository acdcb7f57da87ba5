"""The whole way of a role through the site, by typing and clicking as that person does; axe on every page passed."""

import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.model import Besluit

pytestmark = pytest.mark.browser
reden = sys.modules["lindeveen"].reden
K = "/werk/lindeveen-2027"
ZIN = "In deze wijk eten veel ouderen elke dag alleen en wij koken daarom elke week samen met de buren."


def goed(kijker: Any) -> None:
    assert not (mis := kijker.mankementen()), (kijker.pagina.url, mis)


def klik(kijker: Any, naam: str, rol: str = "button") -> None:
    """Press what is called so, wait for the next page, and look at it."""
    kijker.pagina.get_by_role(rol, name=naam, exact=False).first.click()
    kijker.pagina.wait_for_load_state()
    goed(kijker)


def test_two_windows_on_one_proposal_lose_nothing(site: Callable[..., Any], als: Callable[..., Any]) -> None:
    plek = site("coalities", "2027-02-20T23:00")
    een, twee = als(plek, "welzijn-lindeveen"), als(plek, "welzijn-lindeveen")
    pad = f"{K}/coalitie/lange-tafel/voorstel"
    p1, p2 = een.ga(pad), twee.ga(pad)
    p1.fill("#probleem", "Uit het eerste venster.")
    expect(p1.locator("#bewaarstand")).to_contain_text("Bewaard om", timeout=8000)
    p2.fill("#aanpak", "Uit het tweede venster.")
    expect(p2.locator("#bewaarstand")).to_contain_text("In een ander venster is ook getypt", timeout=8000)
    tekst = een.ga(f"{K}/coalitie/lange-tafel/voorstel/versies").inner_text("main")
    assert len(re.findall(r"(?i)versie \d", tekst)) >= 2


def test_the_back_button_after_saving_does_nothing_twice(site: Callable[..., Any], als: Callable[..., Any]) -> None:
    plek = site("oproep", "2027-01-18T20:00")
    kijker = als(plek, "zangkoor-de-merel")
    pagina = kijker.ga(f"{K}/vragen")
    pagina.fill("#onderwerp", "Geld")
    pagina.fill("#tekst", "Mogen wij ook een zaal huren van dit geld?")
    klik(kijker, "Verstuur uw vraag")
    eerst = pagina.inner_text("main").count("Mogen wij ook een zaal huren")
    pagina.go_back()
    pagina.wait_for_load_state()
    pagina.go_forward()
    pagina.wait_for_load_state()
    pagina.reload()
    assert pagina.inner_text("main").count("Mogen wij ook een zaal huren") == eerst == 1


def test_a_wethouder_reads_asks_and_decides(site: Callable[..., Any], als: Callable[..., Any]) -> None:
    plek = site("voorgedragen", "2027-05-10T10:00")
    kijker = als(plek, "bert-hoekzema", telefoon=True)
    pagina = kijker.ga(f"{K}/college/selectie")
    assert re.search(r"(?i)hoe zeker", pagina.inner_text("main"))
    kijker.ga(f"{K}/college/selectie/brieven")
    kijker.ga(f"{K}/college/selectie/besluit")
    pagina.get_by_label("Wij kiezen").check()
    pagina.fill("#tekst", "Het college kiest de twee voorstellen met de meeste punten.")
    klik(kijker, "besluit")
    with lees(plek.motor) as session:
        besluiten = session.exec(select(Besluit).where(Besluit.soort == "selectie")).all()
    assert [b.uitkomst for b in besluiten] == ["conform"] or "tweede wethouder" in pagina.inner_text("main").lower()


def test_a_project_leader_makes_a_round_and_sees_the_checks_change(
    site: Callable[..., Any], als: Callable[..., Any]
) -> None:
    plek = site("uitvoering", "2027-08-01T10:00")
    kijker = als(plek, "aisha-terpstra")
    pagina = kijker.ga("/mijn")
    klik(kijker, "Maak een nieuwe ronde", "link")
    pagina.fill("#titel", "Samen sporten")
    pagina.fill("#zaaknummer", "Z-2027-9")
    pagina.select_option("#gemeente", "lindeveen")
    klik(kijker, "Ga verder")
    begin = pagina.url.removeprefix(plek.adres)
    kijker.ga(f"{begin}/criteria")
    controle = pagina.locator("#controle")
    expect(controle).to_contain_text("De gewichten zijn samen 100%")
    pagina.locator("[name='criteria-gewicht']").first.fill("30")
    expect(controle).to_contain_text("Er moet nog 10% bij", timeout=8000)
    expect(pagina.locator("#bewaarstand")).to_contain_text("Bewaard om", timeout=8000)
    pagina.reload()
    expect(pagina.locator("[name='criteria-gewicht']").first).to_have_value("30")
    goed(kijker)
    kijker.ga(f"{begin}/termijnen")
    kijker.ga(f"{begin}/geld")
    kijker.ga(begin)
    assert "Vul eerst" in pagina.inner_text("main")


@pytest.mark.parametrize("pad", ["/", "/rondes/lindeveen-2027/pilots", "/leren", "/indicatoren", "/aanmelden"])
def test_dark_mode_and_little_motion_pass_axe(site: Callable[..., Any], als: Callable[..., Any], pad: str) -> None:
    kijker = als(site("uitvoering", "2028-02-28T10:00"), telefoon=True)
    kijker.pagina.emulate_media(color_scheme="dark", reduced_motion="reduce")
    kijker.ga(pad)
