"""A coalition: made without a key, partners that say yes themselves, closed to everybody outside its circle."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from aanbesteding.handelingen import aanmelden
from aanbesteding.model import Adviesvraag, Coalitie, Deelnemer, Organisatie, Partner, Persoon
from aanbesteding.web.app import maak_app

L = sys.modules["lindeveen"]
K = L.KENMERK
W = f"/werk/{K}"
INBRENG = {"rol": "Geeft de zaal", "inbreng_uren": "40", "inbreng_euro": "€ 1.250"}


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


PAD = f"{W}/coalitie/lange-tafel"
NIEUW = {"naam": "Café Één!", "opgave": "minder-alleen", "idee": "Koffie", **INBRENG}


def test_form_a_coalition_once_without_ever_typing_a_key(plein: Callable[..., Plein]) -> None:
    p = plein()
    ik = p.als("reparatiecafe")
    assert "kies de opgave" in ik.post(f"{W}/nieuwe-coalitie", data={**NIEUW, "opgave": ""}).text
    for _ in range(2):
        ik.post(f"{W}/nieuwe-coalitie", data={**NIEUW, "sleutel": "eens"})
    assert [c.sleutel for c in p.rijen(Coalitie)].count("cafe-een") == 1
    assert ik.get(f"{W}/coalitie/cafe-een").status_code == 200
    assert ik.post(f"{W}/nieuwe-coalitie", data={**NIEUW, "inbreng_uren": "9" * 12}).status_code == 422


@pytest.mark.parametrize("deel", ["", "/uitnodigen", "/kaart", "/adviseur", "/opmerkingen", "/partners/bakkerij-zoet"])
def test_to_a_stranger_a_coalition_does_not_exist(plein: Callable[..., Plein], deel: str) -> None:
    p = plein()
    for wie in ("zangkoor-de-merel", L.LEIDER, L.ADVISEUR, L.JURIST):
        klant = p.als(wie)
        echt, nep = klant.get(f"{PAD}{deel}"), klant.get(f"{W}/coalitie/bestaat-niet{deel}")
        assert (echt.status_code, nep.status_code) == (404, 404)
        assert echt.text == nep.text


def test_invite_a_new_organisation_that_gives_its_address_and_confirms(plein: Callable[..., Plein]) -> None:
    p = plein()
    pen = p.als("welzijn-lindeveen")
    wie = {
        "nieuw": "ja",
        "naam": "Buurtkoor",
        "soort": "vereniging",
        "contactpersoon": "Jo",
        "email": "jo@koor.example",
    }
    assert pen.post(f"{PAD}/uitnodigen", data={**wie, **INBRENG, "email": "a b@c"}).status_code == 422
    assert pen.post(f"{PAD}/uitnodigen", data={**wie, **INBRENG}, follow_redirects=False).status_code == 303
    jo = p.als("buurtkoor")
    assert "Doet u mee met lange tafel" in jo.get(PAD).text
    assert jo.get(f"{PAD}/voorstel").status_code == 404
    assert jo.post(f"{PAD}/antwoord", data={"antwoord": "ja"}).status_code == 422
    adres = {"adres": "Plein 1", "postcode": "1001 AB", "plaats": "Lindeveen"}
    jo.post(f"{PAD}/antwoord", data={"antwoord": "ja", **adres})
    assert p.rijen(Partner)[-1].bevestigd_op == p.moment
    assert p.rijen(Organisatie)[-1].adres == "Plein 1"
    assert jo.get(PAD).status_code == 200


def test_a_change_by_the_penvoerder_asks_for_a_new_yes_and_no_takes_the_partner_out(
    plein: Callable[..., Plein],
) -> None:
    p = plein()
    pen, partner = p.als("welzijn-lindeveen"), p.als("bakkerij-zoet")
    voor = len(p.rijen(Partner))
    pen.post(f"{PAD}/partners/bakkerij-zoet", data=INBRENG)
    assert "Doet u mee" in partner.get(PAD).text
    assert partner.get(f"{PAD}/partners/welzijn-lindeveen").status_code == 404
    assert partner.post(f"{PAD}/antwoord", data={"antwoord": "nee"}).status_code == 422
    partner.post(f"{PAD}/antwoord", data={"antwoord": "nee", "reden": "Geen tijd"})
    assert len(p.rijen(Partner)) == voor - 1


def test_ask_an_adviser_with_five_answers(plein: Callable[..., Plein]) -> None:
    p = plein("2027-02-02T11:00")
    pen, pad = p.als("korfbal-de-korf"), f"{W}/coalitie/bal-en-koffie/adviseur"
    cijfers = dict.fromkeys(("animo", "contacten", "toerusting", "inbedding", "empathie"), "3")
    assert pen.post(pad, data={**cijfers, "animo": "9", "toelichting": "Schrijven"}).status_code == 422
    pen.post(pad, data={**cijfers, "toelichting": "Schrijven"})
    assert p.rijen(Adviesvraag)[-1].actie["animo"] == 3
    assert "Uw vraag is binnen" in pen.get(pad).text
