"""An assessor: declare, score with the keyboard alone, lock; a lost line or no script loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from lindeveen import reden

from tests.browser.conftest import Kijker

pytestmark = pytest.mark.browser
BEGIN = "/werk/lindeveen-2027/beoordelen"
CRITERIA = ("effect", "samen", "bewoners")
MOMENT = "2027-04-10T10:00"


def begin(site: Callable[[str, str], Any], als: Callable[..., Kijker], *, script: bool = True) -> tuple[Any, Kijker]:
    plek = site("scoren", MOMENT)
    kijker = als(plek, "carla-wijnia", script=script)
    kijker.pagina.goto(plek.adres + BEGIN)
    kijker.klik("Lees en beoordeel")
    return plek, kijker


def test_declaring_no_interest(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    kijker = als(site("belangen", "2027-04-01T10:00"), "carla-wijnia", telefoon=True)
    kijker.ga(BEGIN)
    kijker.klik("Geef uw verklaringen")
    kijker.goed()
    for vraag in range(kijker.pagina.get_by_role("link", name="Antwoord over").count()):
        pytest.fail(f"a question from the data ({vraag}) that this stage did not have")
    kijker.pagina.get_by_role("button", name="Ik heb geen belang bij de overige").click()
    kijker.ga(f"{BEGIN}/belangen")
    assert "U bent klaar" in kijker.lees()


def test_scoring_everything_with_the_keyboard_alone(
    site: Callable[[str, str], Any], als: Callable[..., Kijker]
) -> None:
    plek = site("scoren", MOMENT)
    kijker = als(plek, "carla-wijnia")
    kijker.ga(BEGIN)
    toets = kijker.pagina.keyboard
    kijker.pagina.get_by_role("link", name="Lees en beoordeel").focus()
    toets.press("Enter")
    kijker.pagina.wait_for_url("**/voorstel/**")
    for _ in range(12):
        if "/voorstel/" not in kijker.pagina.url:
            break
        kijker.goed()
        sleutel = kijker.pagina.url.partition("?")[0].partition("#")[0].rpartition("/")[2]
        for c in CRITERIA:
            kijker.pagina.locator(f"input[name=waarde-{c}]").first.focus()
            toets.press("ArrowDown")
            toets.press("Tab")
            assert kijker.pagina.evaluate("() => document.activeElement.name") == f"motivering-{c}"
            toets.type(reden(sleutel, c))
        for _stap in range(3):
            toets.press("Tab")
            if kijker.pagina.evaluate("() => document.activeElement.textContent.trim()") == "Bewaar en ga verder":
                break
        with kijker.pagina.expect_navigation():
            toets.press("Enter")
    assert kijker.pagina.url.partition("?")[0].endswith("/vergrendelen"), kijker.lees()[:500]
    kijker.goed()
    kijker.pagina.locator("#zeker-ja").focus()
    toets.press("Space")
    toets.press("Tab")
    with kijker.pagina.expect_navigation():
        toets.press("Enter")
    kijker.ga(BEGIN)
    assert "U bent klaar" in kijker.lees()


def test_a_lost_line_while_scoring(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    _, kijker = begin(site, als)
    kijker.context.set_offline(True)
    kijker.pagina.locator("#motivering-effect").fill("Getypt op de tablet zonder bereik.")
    kijker.pagina.get_by_text("Geen verbinding.").wait_for()
    kijker.context.set_offline(False)
    kijker.pagina.get_by_text("Bewaard om").wait_for()
    kijker.pagina.reload()
    assert kijker.pagina.locator("#motivering-effect").input_value() == "Getypt op de tablet zonder bereik."


def test_scoring_without_a_script(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    _, kijker = begin(site, als, script=False)
    adres = kijker.pagina.url
    sleutel = adres.rpartition("/")[2]
    for c in CRITERIA:
        kijker.pagina.locator(f"input[name=waarde-{c}][value='4']").check()
        kijker.pagina.locator(f"#motivering-{c}").fill(reden(sleutel, c))
    kijker.klik("Bewaar")
    kijker.pagina.goto(adres)
    assert kijker.pagina.locator("#motivering-samen").input_value() == reden(sleutel, "samen")
    assert kijker.pagina.locator("input[name=waarde-effect][value='4']").is_checked()
