"""The vault: two people in their own sessions, nothing shown before, and the check on form after."""

import importlib
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees, schrijf
from aanbesteding.model import Deelnemer, Kluisopening, Logregel, Rolhouder, Voornemen, Voorstel
from aanbesteding.overzichten import vind
from aanbesteding.procedure import Poort

L, W = importlib.import_module("lindeveen"), importlib.import_module("leidweb")
NU = "2027-03-11T13:00"


@pytest.fixture
def gesloten(lindeveen: Any) -> Any:
    loper = lindeveen("ingediend")
    assert loper.passeer(Poort.SLUITING, "2027-03-11T12:00")
    return loper


def _open(loper: Any) -> bool:
    with lees(loper.motor) as session:
        return session.exec(select(Kluisopening)).first() is not None


def test_before_closing_the_page_says_when_and_no_number(lindeveen: Any) -> None:
    teksten = []
    for stadium in ("ingediend", "oproep"):  # one after the other: both use the same file
        loper = lindeveen(stadium)
        pagina = W.Web(loper, L.LEIDER, "2027-03-10T20:00").lees("kluis")
        assert "11 maart 2027" in pagina
        teksten.append(pagina)
        loper.motor.dispose()
    assert teksten[0] == teksten[1]  # with seven submissions and with none: not one letter differs


@pytest.mark.parametrize("deel", ["leiden", "kluis", "kluis/vorm", "leiden/advies", "leiden/herinneren", ""])
def test_no_page_of_who_leads_shows_a_proposal_before_the_opening(gesloten: Any, deel: str) -> None:
    pagina = W.Web(gesloten, L.LEIDER, NU).lees(deel)
    assert "Voorstel " not in pagina
    for coalitie in L.COALITIES:
        if coalitie != "zingen-op-dinsdag":  # asked for an adviser, which is on the advice page
            assert coalitie.replace("-", " ") not in pagina


def test_two_people_each_in_their_own_session(gesloten: Any) -> None:
    leider, tweede = W.Web(gesloten, L.LEIDER, NU), W.Web(gesloten, L.TWEEDE, "2027-03-11T13:10")
    assert leider.stuur("kluis/voorstellen").status_code == 303
    assert not _open(gesloten)
    assert "U kunt dat niet zelf doen" in leider.lees("kluis")
    assert "Bevestig en open de kluis" in tweede.lees("kluis")
    assert "bevestig de opening" in tweede.lees()
    assert tweede.stuur("kluis/bevestigen").headers["location"].endswith("klaar=kluis-open")
    with lees(gesloten.motor) as session:
        rij = session.exec(select(Kluisopening)).one()
        sleutels = [session.get_one(Deelnemer, i).sleutel for i in (rij.eerste_id, rij.tweede_id)]
        log = [r.handeling for r in session.exec(select(Logregel).order_by(Logregel.id))][-3:]
    assert sleutels == [L.LEIDER, L.TWEEDE]
    assert log == ["bereid_opening_voor", "open_kluis", "bevestig_opening"]
    assert gesloten.passeer(Poort.OPENING, "2027-03-11T13:30")


def test_the_leader_cannot_confirm_himself_not_even_with_two_roles(gesloten: Any) -> None:
    leider = W.Web(gesloten, L.LEIDER, NU)
    assert leider.stuur("kluis/voorstellen").status_code == 303
    assert leider.stuur("kluis/bevestigen").status_code == 403
    with schrijf(gesloten.motor) as session:
        wie = vind.deelnemer(session, vind.ronde(session, L.KENMERK), L.LEIDER)
        session.add(Rolhouder(deelnemer_id=vind.sid(wie.id), rol="jurist"))
    assert W.Web(gesloten, L.LEIDER, NU).stuur("kluis/bevestigen").status_code == 403
    assert not _open(gesloten)


def test_after_half_an_hour_or_a_withdrawal_nothing_can_be_confirmed(gesloten: Any) -> None:
    leider = W.Web(gesloten, L.LEIDER, NU)
    leider.stuur("kluis/voorstellen")
    laat = W.Web(gesloten, L.TWEEDE, "2027-03-11T13:31").stuur("kluis/bevestigen")
    assert laat.status_code == 409
    assert "half uur" in W.tekst(laat.text)
    W.Web(gesloten, L.LEIDER, "2027-03-11T13:40").stuur("kluis/voorstellen")
    jurist = W.Web(gesloten, L.JURIST, "2027-03-11T13:41")
    assert jurist.stuur("kluis/intrekken").status_code == 303
    assert jurist.stuur("kluis/bevestigen").status_code == 409
    assert not _open(gesloten)
    with lees(gesloten.motor) as session:
        assert [v.stand for v in session.exec(select(Voornemen))] == ["open", "ingetrokken"]


def test_others_are_kept_out(gesloten: Any) -> None:
    for wie in (L.BEOORDELAARS[0], L.WETHOUDER, "korfbal-de-korf"):
        web = W.Web(gesloten, wie, NU)
        assert web.status("kluis") == 403
        assert web.stuur("kluis/voorstellen").status_code == 403
    assert W.Web(gesloten, L.TWEEDE, NU).stuur("kluis/voorstellen").status_code == 403


def test_the_check_on_form_shows_gaps_and_repairs_and_keeps_what_was_typed(lindeveen: Any) -> None:
    loper = lindeveen("geopend")
    web = W.Web(loper, L.LEIDER, "2027-03-19T10:00")
    assert "ontbreekt nog" in web.lees("kluis/vorm")
    deel = "kluis/vorm/tuinstoel"
    assert "Ontbreekt" in web.lees(deel)
    fout = web.stuur(deel, {"ontvankelijk": "ja", "motivering": "Alles is er."})
    assert fout.status_code == 422
    assert "Alles is er." in fout.text
    leeg = web.stuur(deel, {"motivering": "Nog geen keuze."})
    assert leeg.status_code == 422
    assert "Nog geen keuze." in leeg.text
    loper.doe("vul_aan", "tuin-de-hoven", "2027-03-20T10:00", coalitie="tuinstoel",
              inhoud={"begroting": [{"omschrijving": "Bank", "bedrag_euro": 20000, "bron": "gemeente"}]})  # fmt: skip
    later = W.Web(loper, L.LEIDER, "2027-03-26T10:00")
    assert "Aangevuld" in later.lees(deel)
    assert later.stuur(deel, {"ontvankelijk": "ja", "motivering": "Op tijd aangevuld."}).status_code == 303
    with lees(loper.motor) as session:
        goed = [v.vormoordeel for v in session.exec(select(Voorstel)) if v.ontvankelijk]
    assert goed == ["Op tijd aangevuld."]
    jurist = W.Web(loper, L.JURIST, "2027-03-26T10:00")
    assert "Op tijd aangevuld." in jurist.lees(deel)
    assert jurist.stuur(deel, {"ontvankelijk": "nee", "motivering": "x"}).status_code == 403
    assert web.status("kluis/vorm/bestaat-niet") == 404
