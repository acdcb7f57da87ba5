"""The floor: a card is opt-in and shows only itself; asking, answering, joining the round oneself."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from aanbesteding.handelingen import aanmelden
from aanbesteding.model import Aansluitverzoek, Bericht, Deelnemer, Organisatie, Partner, Persoon
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


KAART = {"vraag": "Een zaal", "aanbod": "Vrijwilligers", "tegenprestatie": "Uw naam op de poster"}
PAD = f"{W}/coalitie/lange-tafel"


def test_nothing_shows_until_the_penvoerder_publishes_a_card_and_then_only_the_card(
    plein: Callable[..., Plein],
) -> None:
    p = plein()
    ander, pen = p.als("zangkoor-de-merel"), p.als("welzijn-lindeveen")
    assert "lange tafel" not in ander.get(f"{W}/beurs").text
    assert ander.get(f"{W}/beurs/lange-tafel/vraag").status_code == 404
    assert pen.post(f"{PAD}/kaart", data={**KAART, "vraag": " "}).status_code == 422
    pen.post(f"{PAD}/kaart", data=KAART)
    vloer = ander.get(f"{W}/beurs").text
    assert "Een zaal" in vloer
    assert "Samen iets doen" not in vloer
    pen.post(f"{PAD}/kaart/sluiten")
    assert "Een zaal" not in ander.get(f"{W}/beurs").text


def test_ask_and_yes_makes_a_confirmed_partner_and_mails_both(plein: Callable[..., Plein]) -> None:
    p = plein()
    ander, pen = p.als("zangkoor-de-merel"), p.als("welzijn-lindeveen")
    pen.post(f"{PAD}/kaart", data=KAART)
    leeg = ander.post(f"{W}/beurs/lange-tafel/vraag", data={"bericht": "Wij zingen graag", "rol": "Zang"})
    assert leeg.status_code == 422
    assert "Wij zingen graag" in leeg.text
    vraag = {"bericht": "Wij zingen graag", **INBRENG, "sleutel": "eens"}
    for _ in range(2):
        assert ander.post(f"{W}/beurs/lange-tafel/vraag", data=vraag, follow_redirects=False).status_code == 303
    [verzoek] = p.rijen(Aansluitverzoek)
    assert verzoek.inbreng_cent == 125_000
    adres = f"{PAD}/verzoeken/{verzoek.id}"
    goed = {"antwoord": "ja", f"reden-{verzoek.id}": "Fijn"}
    assert ander.post(adres, data=goed).status_code == 404
    assert pen.post(adres, data={"antwoord": "ja"}).status_code == 422
    pen.post(adres, data=goed)
    nieuw = p.rijen(Partner)[-1]
    assert (nieuw.inbreng_uren, nieuw.bevestigd_op) == (40, p.moment)
    assert [b.onderwerp for b in p.rijen(Bericht)][-2:] == [
        "Zangkoor De Merel wil meedoen met lange tafel",
        "U doet mee met lange tafel",
    ]
    assert pen.post(adres, data=goed).status_code == 409


def test_join_oneself_proves_the_address_first_and_tells_nobody_who_is_known(plein: Callable[..., Plein]) -> None:
    p = plein()
    gast, deur = p.gast(), f"/rondes/{K}/meedoen"
    onbekend = gast.post(f"{deur}/link", data={"email": "nieuw@club.example"})
    bekend = gast.post(f"{deur}/link", data={"email": "t.nijboer@demerel.example"})
    assert onbekend.text.replace("nieuw@club.example", "") == bekend.text.replace("t.nijboer@demerel.example", "")
    assert gast.post(deur, data={"naam": "x"}).status_code == 401
    geheim = aanmelden.begin_sessie(p.motor, "nieuw@club.example", wijze="link", apparaat="", nu=p.moment)
    gast.cookies.set("sessie", geheim)
    goed = {"naam": "Zangkoor De Merel", "soort": "vereniging", "contactpersoon": "An Bos", "adres": "Plein 1",
            "postcode": "1001 ab", "plaats": "Lindeveen"}  # fmt: skip
    assert gast.post(deur, data={**goed, "postcode": "x"}).status_code == 422
    assert gast.post(deur, data=goed, follow_redirects=False).headers["location"].startswith(f"{W}/beurs")
    org = p.rijen(Organisatie)[-1]
    assert (org.sleutel, org.bron, org.postcode) == ("zangkoor-de-merel-2", "zelf aangemeld", "1001 AB")
    assert gast.get(f"{W}/beurs").status_code == 200


def test_nobody_joins_after_the_hour(plein: Callable[..., Plein]) -> None:
    p = plein("2027-03-11T12:01")
    antwoord = p.gast().get(f"/rondes/{K}/meedoen")
    assert "Meedoen kan niet meer" in antwoord.text
    pen = p.als("welzijn-lindeveen")
    assert pen.post(f"{PAD}/kaart", data=KAART).status_code == 403
