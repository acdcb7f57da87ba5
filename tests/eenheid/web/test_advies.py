"""The adviser: own coalitions only, reads the draft, comments, writes hours down to the last one."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from aanbesteding.handelingen import aanmelden
from aanbesteding.model import Adviesuren, Deelnemer, Opmerking, Persoon
from aanbesteding.web.app import maak_app

L = sys.modules["lindeveen"]
K = L.KENMERK
W = f"/werk/{K}"


class Plein:
    """The site at a moment, with a browser per person."""

    def __init__(self, loper: Any, moment: str) -> None:
        self.motor, self.moment = loper.motor, L.op(moment)
        self.app = maak_app(self.motor, nu=lambda: self.moment)

    def gast(self) -> TestClient:
        return TestClient(self.app, base_url="http://testserver", headers={"origin": "http://testserver"})

    def als(self, sleutel: str) -> TestClient:
        klant = self.gast()
        with Session(self.motor) as s:
            email = s.exec(select(Persoon.email).join(Deelnemer).where(Deelnemer.sleutel == sleutel)).one()
        geheim = aanmelden.begin_sessie(self.motor, email, wijze="oefening", apparaat="test", nu=self.moment)
        klant.cookies.set("sessie", geheim)
        return klant

    def rijen(self, tabel: Any) -> list[Any]:
        with Session(self.motor) as s:
            return list(s.exec(select(tabel)))


@pytest.fixture
def plein(lindeveen: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Plein]:
    monkeypatch.setattr("aanbesteding.web.doen.wek", lambda *_: None)
    return lambda moment="2027-03-01T10:00": Plein(lindeveen("coalities"), moment)


PAD = f"{W}/advies/zingen-op-dinsdag"
KRING = f"{W}/coalitie/zingen-op-dinsdag"


def test_only_own_coalitions_with_the_draft_to_read(plein: Callable[..., Plein]) -> None:
    p = plein()
    adviseur, pen = p.als(L.ADVISEUR), p.als("zangkoor-de-merel")
    pen.post(f"{KRING}/voorstel", data={"titel": "Zing mee", "probleem": "Stilte in de straat"})
    assert "zingen op dinsdag" in adviseur.get(f"{W}/advies").text
    assert "Stilte in de straat" in adviseur.get(PAD).text
    assert adviseur.get(f"{W}/advies/lange-tafel").status_code == 404
    for wie in ("welzijn-lindeveen", L.LEIDER, L.JURIST):
        assert p.als(wie).get(PAD).status_code == 403


def test_a_comment_reaches_the_penvoerder_who_deals_with_it(plein: Callable[..., Plein]) -> None:
    p = plein()
    adviseur, pen, ander = p.als(L.ADVISEUR), p.als("zangkoor-de-merel"), p.als("welzijn-lindeveen")
    opmerking = {"onderdeel": "probleem", "tekst": "Noem een getal", "van": "advies"}
    antwoord = adviseur.post(f"{KRING}/opmerkingen", data=opmerking, follow_redirects=False)
    assert antwoord.headers["location"].startswith(PAD)
    assert ander.post(f"{KRING}/opmerkingen", data=opmerking).status_code == 404
    assert "Noem een getal" in pen.get(f"{KRING}/voorstel").text
    [rij] = p.rijen(Opmerking)
    assert ander.post(f"{W}/coalitie/lange-tafel/opmerkingen/{rij.id}", data={"klaar": "ja"}).status_code == 404
    pen.post(f"{KRING}/opmerkingen/{rij.id}", data={"klaar": "ja"})
    assert p.rijen(Opmerking)[0].afgehandeld_op == p.moment


def test_hours_go_up_to_what_was_given(plein: Callable[..., Plein]) -> None:
    p = plein()
    adviseur = p.als(L.ADVISEUR)
    adviseur.post(f"{PAD}/uren", data={"uren": "2", "onderwerp": "Gesprek"})
    assert [u.uren for u in p.rijen(Adviesuren)] == [2]
    te_veel = adviseur.post(f"{PAD}/uren", data={"uren": "999", "onderwerp": "Te veel"})
    assert te_veel.status_code == 422
    assert "Te veel" in te_veel.text
    assert adviseur.post(f"{PAD}/uren", data={"uren": "0,5", "onderwerp": "x"}).status_code == 422
