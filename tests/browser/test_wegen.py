"""The whole way of a role through the site, by typing and clicking as that person does; axe on every page passed."""

import re
import sys
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.instellingen import instellingen
from aanbesteding.model import Besluit, Deelnemer, Indiening, Kluisopening, Persoon, Score, Toewijzing
from aanbesteding.procedure import Poort

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


def vul_voorstel(pagina: Page) -> None:
    for naam in ("titel", "samenvatting", "probleem", "aanpak", "vernieuwing", "samenwerking", "inwoners", "resultaat",
                 "gebied", "planning"):  # fmt: skip
        pagina.fill(f"#{naam}", "Eten met de buren" if naam == "titel" else ZIN)
    pagina.fill("#begroting-1-omschrijving", "Eten")
    pagina.fill("#begroting-1-bedrag_euro", "€ 12.500")
    pagina.select_option("#begroting-1-bron", "gemeente")


def test_a_penvoerder_on_a_phone_writes_submits_withdraws_and_submits_again(
    site: Callable[..., Any], als: Callable[..., Any], tmp_path: Path
) -> None:
    plek = site("coalities", "2027-02-20T23:00")
    kijker = als(plek, "welzijn-lindeveen", telefoon=True)
    begin = f"{K}/coalitie/lange-tafel"
    pagina = kijker.ga(f"{begin}/voorstel")
    vul_voorstel(pagina)
    pagina.fill("#aanpak", f"{ZIN} Bel mij op 06-12345678 of maak geld over naar NL91ABNA0417164300.")
    expect(pagina.locator("#bewaarstand")).to_contain_text("Bewaard om", timeout=8000)
    pagina.reload()
    expect(pagina.locator("#probleem")).to_have_value(ZIN)
    klik(kijker, "Bewaar")

    bestand = tmp_path / "kaart.txt"
    bestand.write_text("Een kaart van de wijk")
    kijker.ga(f"{begin}/voorstel/bestanden")
    pagina.set_input_files("#bestand", bestand)
    klik(kijker, "Zet dit bestand erbij")
    assert "kaart.txt" in pagina.inner_text("main")

    kijker.ga(f"{begin}/voorstel/controle")
    assert re.search(r"(?i)rekeningnummer|iban", pagina.inner_text("main"))
    assert re.search(r"(?i)telefoon", pagina.inner_text("main"))

    kijker.ga(f"{begin}/voorstel/indienen")
    klik(kijker, "Dien dit voorstel in")
    assert "Uw voorstel is ingediend" in pagina.inner_text("h1")
    hash_ = pagina.locator("dd.hash").first.inner_text()
    with lees(plek.motor) as session:
        assert session.exec(select(Indiening.sha256)).all() == [hash_]

    pagina.go_back()
    pagina.wait_for_load_state()
    pagina.goto(plek.adres + f"{begin}/voorstel/ingediend")
    pagina.get_by_text("Uw voorstel intrekken").click()
    pagina.fill("#reden", "Wij vonden nog een fout.")
    klik(kijker, "Trek mijn voorstel in")
    assert "Er is geen voorstel ingediend" in pagina.inner_text("h1")

    kijker.ga(f"{begin}/voorstel/indienen")
    klik(kijker, "Dien dit voorstel in")
    with lees(plek.motor) as session:
        assert [i.ingetrokken_op is None for i in session.exec(select(Indiening).order_by(Indiening.versie))] == [
            False,
            True,
        ]


def test_a_login_link_from_the_mail_opens_the_work(site: Callable[..., Any], als: Callable[..., Any]) -> None:
    """Ask for a link, read the mail, open it, press the button: the page that was asked for."""
    plek = site("coalities", "2027-02-20T23:00")
    kijker = als(plek)
    pagina = kijker.ga("/aanmelden?terug=/werk/lindeveen-2027/coalitie")
    with lees(plek.motor) as session:
        adres = session.exec(
            select(Persoon.email).join(Deelnemer).where(Deelnemer.sleutel == "welzijn-lindeveen")
        ).one()
    pagina.fill("input[name='email']", adres)
    klik(kijker, "link")
    brieven = sorted(instellingen().post_map.rglob("*.eml"), key=lambda b: b.stat().st_mtime)
    tekst = message_from_bytes(brieven[-1].read_bytes(), policy=default).get_body(("plain",)).get_content()
    link = next(r for r in tekst.split() if "/aanmelden/" in r)
    kijker.ga(re.sub(r"^https?://[^/]+", "", link))
    pagina.locator("main button[type='submit']").first.click()
    pagina.wait_for_load_state()
    goed(kijker)
    assert pagina.url.startswith(plek.adres + f"{K}/coalitie")
    uit = pagina.goto(plek.adres + re.sub(r"^https?://[^/]+", "", link))
    assert uit is not None
    assert "Inloggen" in pagina.inner_text("body") or uit.status != 200 or "niet meer" in pagina.inner_text("main")


def test_an_assessor_scores_a_proposal_with_the_keyboard_alone(
    site: Callable[..., Any], als: Callable[..., Any]
) -> None:
    plek = site("scoren", "2027-04-10T10:00")
    kijker = als(plek, "carla-wijnia")
    pagina = kijker.ga(f"{K}/beoordelen")
    eerste = pagina.locator("main a[href*='/beoordelen/voorstel/']").first
    eerste.focus()
    pagina.keyboard.press("Enter")
    pagina.wait_for_load_state()
    goed(kijker)
    for criterium in ("effect", "samen", "bewoners"):
        pagina.locator(f"input[name='waarde-{criterium}']").first.focus()
        pagina.keyboard.press("ArrowDown")
        while pagina.evaluate("() => document.activeElement.name") != f"motivering-{criterium}":
            pagina.keyboard.press("Tab")
        pagina.keyboard.type(f"{criterium.capitalize()} is helder: {ZIN.lower()} Dat past bij dit anker, {criterium}.")
    pagina.keyboard.press("Tab")
    while pagina.evaluate("() => document.activeElement.value") != "hier":
        pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    pagina.wait_for_load_state()
    goed(kijker)
    with lees(plek.motor) as session:
        assert len(session.exec(select(Score)).all()) == 3


def test_what_was_typed_without_a_line_is_kept_and_sent_later(
    site: Callable[..., Any], als: Callable[..., Any]
) -> None:
    plek = site("coalities", "2027-02-20T23:00")
    kijker = als(plek, "welzijn-lindeveen")
    pagina = kijker.ga(f"{K}/coalitie/lange-tafel/voorstel")
    kijker.context.set_offline(True)
    pagina.fill("#probleem", ZIN)
    expect(pagina.locator("#bewaarstand")).to_contain_text("Geen verbinding", timeout=8000)
    kijker.context.set_offline(False)
    expect(pagina.locator("#bewaarstand")).to_contain_text("Bewaard om", timeout=15000)
    ander = als(plek, "welzijn-lindeveen", telefoon=True)
    expect(ander.ga(f"{K}/coalitie/lange-tafel/voorstel").locator("#probleem")).to_have_value(ZIN)


def test_an_ended_session_costs_no_text(site: Callable[..., Any], als: Callable[..., Any]) -> None:
    plek = site("coalities", "2027-02-20T23:00")
    kijker = als(plek, "welzijn-lindeveen")
    pagina = kijker.ga(f"{K}/coalitie/lange-tafel/voorstel")
    koekjes = kijker.context.cookies()
    kijker.context.clear_cookies()
    pagina.fill("#probleem", ZIN)
    expect(pagina.locator("#bewaarstand")).to_contain_text("U bent uitgelogd", timeout=8000)
    kijker.context.add_cookies(koekjes)
    pagina.goto(plek.adres + f"{K}/coalitie/lange-tafel/voorstel")
    expect(pagina.locator("#probleem")).to_have_value(ZIN)


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


def test_scoring_and_locking_work_without_a_script(site: Callable[..., Any], als: Callable[..., Any]) -> None:
    plek = site("scoren", "2027-04-10T10:00")
    kijker = als(plek, "els-van-dalfsen", script=False)
    pagina = kijker.pagina
    pagina.goto(plek.adres + f"{K}/beoordelen")
    adressen = [a.get_attribute("href") for a in pagina.locator("main a[href*='/beoordelen/voorstel/']").all()]
    for n, adres in enumerate(dict.fromkeys(a for a in adressen if a)):
        pagina.goto(plek.adres + adres.partition("#")[0])
        for criterium in ("effect", "samen", "bewoners"):
            pagina.locator(f"input[name='waarde-{criterium}']").nth(1).check()
            eigen_woorden = reden(str(n), criterium)
            pagina.fill(f"textarea[name='motivering-{criterium}']", eigen_woorden)
        pagina.locator("button[value='hier']").click()
        pagina.wait_for_load_state()
    pagina.goto(plek.adres + f"{K}/beoordelen/vergrendelen")
    pagina.check("input[name='zeker']")
    pagina.get_by_role("button", name="Vergrendel").click()
    pagina.wait_for_load_state()
    with lees(plek.motor) as session:
        eigen = [t for t in session.exec(select(Toewijzing)) if t.vergrendeld_op is not None]
    assert len(eigen) == len(dict.fromkeys(adressen)) > 0


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


def test_two_people_open_the_vault_in_two_browsers(site: Callable[..., Any], als: Callable[..., Any]) -> None:
    plek = site("ingediend", "2027-03-11T12:30")
    assert plek.loper.passeer(Poort.SLUITING, "2027-03-11T12:00")
    een, twee = als(plek, "aisha-terpstra"), als(plek, "joost-de-wilde", telefoon=True)
    een.ga(f"{K}/kluis")
    klik(een, "open")
    with lees(plek.motor) as session:
        assert session.exec(select(Kluisopening)).first() is None
    twee.ga(f"{K}/kluis")
    klik(twee, "open")
    with lees(plek.motor) as session:
        assert session.exec(select(Kluisopening)).first() is not None
