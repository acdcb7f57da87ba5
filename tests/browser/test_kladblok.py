"""A short form, without drafts on the server, keeps its text on the device until it was received."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAD = "/werk/lindeveen-2027/coalitie/lange-tafel/kaart"
TEKST = "Wij zoeken iemand met een grote pan."
OVER = "() => Object.keys(localStorage).filter(k => k.startsWith('klad:')).length"


def test_text_outlives_an_ended_session_and_goes_when_it_was_received(
    site: Callable[..., Any], als: Callable[..., Any]
) -> None:
    plek = site("coalities", "2027-02-10T20:00")
    kijker = als(plek, "welzijn-lindeveen")
    pagina = kijker.ga(PAD)
    for vak in pagina.locator("main form textarea").all():
        vak.fill(TEKST)
    koekjes = kijker.context.cookies()
    kijker.context.clear_cookies()
    pagina.locator("main form button[type='submit']").first.click()
    pagina.wait_for_load_state()
    assert pagina.locator("[data-niet-ontvangen]").count() == 1
    kijker.context.add_cookies(koekjes)
    pagina.goto(plek.adres + PAD)
    expect(pagina.locator("main form textarea").first).to_have_value(TEKST)
    expect(pagina.locator("#bewaarstand")).to_contain_text("teruggezet")
    pagina.locator("main form button[type='submit']").first.click()
    pagina.wait_for_load_state()
    assert pagina.evaluate(OVER) == 0


def test_logging_out_takes_it_from_the_device(site: Callable[..., Any], als: Callable[..., Any]) -> None:
    kijker = als(site("coalities", "2027-02-10T20:00"), "welzijn-lindeveen")
    pagina = kijker.ga(PAD)
    pagina.locator("main form textarea").first.fill(TEKST)
    assert pagina.evaluate(OVER) == 1
    pagina.get_by_role("button", name="Uitloggen").click()
    pagina.wait_for_load_state()
    assert pagina.evaluate(OVER) == 0
