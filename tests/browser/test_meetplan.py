"""The measuring plan on a screen and on a phone: choose, see what it can show while typing, draw, agree."""

import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
L = sys.modules["lindeveen"]
PLAN = "/werk/lindeveen-2027/meetplan/lange-tafel"
BIJ = "/werk/lindeveen-2027/coalitie/lange-tafel/meetplan"


def vul(pagina: Any) -> None:
    """The parts of a plan that the catalogue does not know."""
    pagina.fill("#indicatoren-1-nulstand", "19 procent in 2026")
    pagina.fill("#indicatoren-1-streef", "14 procent in 2030")
    pagina.fill("#pilotgebieden", "Noord\nOost")
    pagina.fill("#vergelijkingsgebieden", "\n".join(f"Wijk {n}" for n in range(1, 9)))
    pagina.select_option("#keuze_gebieden", "aanbod")
    pagina.fill("#keuze_toelichting", "De coalitie werkt daar al.")
    pagina.fill("#startperiode", "2028-1")
    pagina.fill("#respondenten_per_gebied", "200")


@pytest.mark.parametrize("telefoon", [False, True])
def test_a_leader_chooses_types_and_sees_what_the_plan_can_show(
    site: Callable[..., Any], als: Callable[..., Any], telefoon: bool
) -> None:
    plek = site("uitwerking", "2027-06-21T10:00")
    kijker = als(plek, L.LEIDER, telefoon=telefoon)
    pagina = kijker.ga(f"{PLAN}/indicatoren")
    pagina.get_by_role("button", name=re.compile("Zet in het plan.*Ernstig eenzaam")).click()
    pagina.wait_for_url(f"**{PLAN}?klaar=indicatorerbij")
    kijker.goed()
    vul(pagina)
    advies = pagina.locator("#advies")
    expect(advies).to_contain_text("U ziet pas een verschil van", timeout=6000)
    voor = advies.inner_text()
    pagina.fill("#respondenten_per_gebied", "1000")
    expect(advies).not_to_have_text(voor, timeout=6000)
    kijker.klik("Leg het meetplan vast")
    kijker.goed()
    assert "Vastgelegd, versie 1" in kijker.lees()


def test_without_a_script_the_same_plan_and_the_same_advice(site: Callable[..., Any], als: Callable[..., Any]) -> None:
    plek = site("uitwerking", "2027-06-21T10:00")
    kijker = als(plek, L.LEIDER, script=False)
    kijker.pagina.goto(plek.adres + f"{PLAN}/indicatoren")
    kijker.pagina.get_by_role("button", name=re.compile("Zet in het plan.*Ernstig eenzaam")).click()
    vul(kijker.pagina)
    kijker.klik("Bewaar en bereken opnieuw")
    assert "U ziet pas een verschil van" in kijker.lees()
    kijker.klik("Leg het meetplan vast")
    assert "Vastgelegd, versie 1" in kijker.lees()


def test_a_coalition_on_a_phone_reads_the_theory_as_a_list_and_agrees(
    site: Callable[..., Any], als: Callable[..., Any]
) -> None:
    plek = site("gepland", "2027-07-01T10:00")
    kijker = als(plek, L.COALITIES["lange-tafel"][0], telefoon=True)
    pagina = kijker.ga(BIJ)
    expect(pagina.locator(".theorie__lijst")).to_be_visible()
    expect(pagina.locator(".theorie__plaat")).to_be_hidden()
    pagina.get_by_label("Ja, akkoord").check()
    kijker.klik("Verstuur uw antwoord")
    kijker.goed()
    assert "U bent akkoord" in kijker.lees()
    breed = als(plek, L.COALITIES["lange-tafel"][0])
    pagina = breed.ga(BIJ)
    expect(pagina.get_by_role("img", name="Verandertheorie")).to_be_visible()
    expect(pagina.locator(".theorie__lijst")).to_be_hidden()


@pytest.mark.parametrize("pad", [f"{PLAN}/loting", "/werk/lindeveen-2027/meetplan", "/indicatoren"])
def test_the_other_pages_are_good_on_a_phone(site: Callable[..., Any], als: Callable[..., Any], pad: str) -> None:
    als(site("uitwerking", "2027-06-21T10:00"), L.LEIDER, telefoon=True).ga(pad)
