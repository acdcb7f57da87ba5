"""The whole way of a penvoerder on a phone: log in by mail, write, attach, submit, withdraw, submit again, too late."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from lindeveen import op, voorstel

from aanbesteding.instellingen import instellingen
from tests.browser.conftest import Kijker

pytestmark = pytest.mark.browser
AVOND = "2027-02-20T23:00"
HIER = "/werk/lindeveen-2027/coalitie/lange-tafel"
ADRES = f"{HIER}/voorstel"
TEKSTEN = {n: t for n, t in voorstel("lange-tafel").items() if isinstance(t, str)}


def schrijf(kijker: Kijker, **anders: str) -> None:
    for naam, tekst in {**TEKSTEN, **anders}.items():
        kijker.pagina.locator(f"#{naam}").fill(tekst)
    kijker.pagina.locator("#begroting-1-omschrijving").fill("Gastheer")
    kijker.pagina.locator("#begroting-1-bedrag_euro").fill("30.000")
    kijker.pagina.locator("#begroting-1-bron").select_option("gemeente")


def dien_in(kijker: Kijker) -> None:
    kijker.ga(f"{ADRES}/indienen")
    kijker.klik("Dien dit voorstel in")


def maillink(adres: str) -> str:
    """The login link from the newest mail to this address; the mail leaves after the answer to the page."""
    for _ in range(100):
        for pad in sorted(instellingen().post_map.rglob("*.eml"), key=lambda p: -p.stat().st_mtime):
            ruw = pad.read_text(encoding="utf-8").replace("=\n", "")
            gevonden = re.search(r"/aanmelden/link/[\w-]+", ruw)
            if adres in ruw and gevonden:
                return gevonden.group()
        time.sleep(0.05)
    raise AssertionError(f"no login mail for {adres}")


@pytest.mark.parametrize("script", [True, False])
def test_login_by_mail_with_and_without_a_script(
    site: Callable[[str, str], Any], als: Callable[..., Kijker], email_van: Callable[..., str], script: bool
) -> None:
    plek = site("coalities", AVOND)
    kijker = als(plek, telefoon=True, script=script)
    kijker.ga("/aanmelden") if script else kijker.pagina.goto(plek.adres + "/aanmelden")
    adres = email_van(plek, "welzijn-lindeveen")
    kijker.pagina.get_by_label("E-mailadres").fill(adres)
    kijker.klik("Mail mij een link")
    assert adres in kijker.lees()
    link = maillink(adres)
    kijker.pagina.goto(plek.adres + link)
    kijker.klik("Log mij in")
    assert kijker.pagina.url.partition("?")[0].endswith("/mijn")
    kijker.klik("Uitloggen")
    kijker.pagina.goto(plek.adres + link)
    kijker.klik("Log mij in")
    assert not kijker.pagina.get_by_role("button", name="Uitloggen").count(), "a link works once"


def test_from_first_word_to_after_the_hour(
    site: Callable[[str, str], Any], als: Callable[..., Kijker], nieuw_koekje: Callable[[Any, Kijker], None]
) -> None:
    plek = site("coalities", AVOND)
    kijker = als(plek, "welzijn-lindeveen", telefoon=True)
    kijker.ga(ADRES)
    schrijf(kijker, probleem="Bel Jan, zijn BSN is 111222333 en zijn rekening NL91ABNA0417164300.")
    kijker.pagina.get_by_text("Bewaard om").wait_for()
    kijker.ga(ADRES)
    assert kijker.pagina.locator("#aanpak").input_value() == TEKSTEN["aanpak"], "what was typed was kept by itself"
    kijker.pagina.locator("#vertrouwelijk-1-passage").fill(TEKSTEN["vernieuwing"])
    kijker.pagina.locator("#vertrouwelijk-1-reden").fill("Dit is ons bedrijfsgeheim.")
    kijker.klik("Bewaar en ga verder")
    bestand = {"name": "brief.txt", "mimeType": "text/plain", "buffer": b"Wij steunen dit plan van harte."}
    kijker.pagina.locator("#bestand").set_input_files(bestand)  # type: ignore[arg-type]
    kijker.klik("Zet dit bestand erbij")
    kijker.goed()
    mag_niet = "brief.txt" not in kijker.lees()
    kijker.klik("Verder naar de controle")
    kijker.goed()
    controle = kijker.lees()
    assert not mag_niet, "the file is in the list"
    assert re.search("BSN|burgerservicenummer", controle), controle
    assert re.search("IBAN|rekeningnummer", controle), controle
    kijker.ga(ADRES)
    kijker.pagina.locator("#probleem").fill("Veel buren kennen elkaar niet.")
    kijker.klik("Bewaar en ga verder")
    dien_in(kijker)
    kijker.goed()
    assert kijker.pagina.locator("h1").inner_text() == "Uw voorstel is ingediend"
    assert re.search(r"\b[0-9a-f]{64}\b", kijker.lees())
    kijker.pagina.go_back()
    if kijker.pagina.get_by_role("button", name="Dien dit voorstel in").count():
        kijker.klik("Dien dit voorstel in")
    kijker.ga(f"{ADRES}/ingediend")
    assert kijker.pagina.get_by_text("Alles wat u indiende").count() == 0, "back and again is no second act"
    kijker.pagina.get_by_text("Uw voorstel intrekken").click()
    kijker.pagina.locator("#reden").fill("Wij willen nog iets verbeteren.")
    kijker.klik("Trek mijn voorstel in")
    assert "U hebt uw voorstel ingetrokken" in kijker.lees()
    kijker.ga(ADRES)
    kijker.pagina.locator("#resultaat").fill("Na een jaar komen er 60 mensen per week.")
    kijker.klik("Bewaar en ga verder")
    dien_in(kijker)
    assert "Uw voorstel is ingediend" in kijker.lees()
    plek.klok = op("2027-03-12T09:00")
    nieuw_koekje(plek, kijker)  # the session of three weeks ago has ended
    kijker.ga(f"{ADRES}/indienen")
    assert not kijker.pagina.get_by_role("button", name="Dien dit voorstel in").count()
    assert "Indienen kan niet meer" in kijker.lees()


def test_writing_and_submitting_without_a_script(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    plek = site("coalities", AVOND)
    kijker = als(plek, "welzijn-lindeveen", script=False)
    kijker.pagina.goto(plek.adres + ADRES)
    schrijf(kijker)
    kijker.klik("Bewaar en ga verder")
    kijker.pagina.goto(f"{plek.adres}{ADRES}/indienen")
    kijker.klik("Dien dit voorstel in")
    assert "Uw voorstel is ingediend" in kijker.lees()


def test_a_lost_line_keeps_what_is_typed(site: Callable[[str, str], Any], als: Callable[..., Kijker]) -> None:
    plek = site("coalities", AVOND)
    kijker = als(plek, "welzijn-lindeveen")
    kijker.ga(ADRES)
    kijker.context.set_offline(True)
    kijker.pagina.locator("#aanpak").fill("Getypt in de trein zonder bereik.")
    kijker.pagina.get_by_text("Geen verbinding.").wait_for()
    kijker.context.set_offline(False)
    kijker.pagina.get_by_text("Bewaard om").wait_for()
    ander = als(plek, "welzijn-lindeveen")
    ander.ga(ADRES)
    assert ander.pagina.locator("#aanpak").input_value() == "Getypt in de trein zonder bereik."


def test_an_ended_session_keeps_the_text(
    site: Callable[[str, str], Any], als: Callable[..., Kijker], eindig_sessies: Callable[[Any], None],
    email_van: Callable[..., str],
) -> None:  # fmt: skip
    plek = site("coalities", AVOND)
    kijker = als(plek, "welzijn-lindeveen")
    kijker.ga(ADRES)
    eindig_sessies(plek)
    kijker.pagina.locator("#aanpak").fill("Getypt na het einde van de sessie.")
    kijker.pagina.get_by_text("U bent uitgelogd.").wait_for()
    kijker.klik("Bewaar")
    assert kijker.pagina.locator("h1").inner_text() == "U bent uitgelogd"
    tweede = kijker.context.new_page()  # as people do: log in with the mail, in another tab
    tweede.goto(plek.adres + "/aanmelden")
    tweede.get_by_label("E-mailadres").fill(adres := email_van(plek, "welzijn-lindeveen"))
    tweede.get_by_role("button", name="Mail mij een link").click()
    tweede.goto(plek.adres + maillink(adres))
    tweede.get_by_role("button", name="Log mij in").click()
    tweede.wait_for_url("**/mijn*")
    kijker.klik("Verstuur opnieuw")
    kijker.fouten.clear()
    kijker.ga(ADRES)
    assert kijker.pagina.locator("#aanpak").input_value() == "Getypt na het einde van de sessie."
