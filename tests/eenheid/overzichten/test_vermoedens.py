"""Conflicts that the data suggest become a question, and a question must be answered."""

import sys
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import schrijf
from aanbesteding.fouten import Invoerfout
from aanbesteding.model import Advies, Belang, Deelnemer, Persoon, Rolhouder
from aanbesteding.overzichten import beoordelen, vermoedens, vind
from aanbesteding.overzichten.vermoedens import kale_naam, maildomein, zelfde_domein

L = sys.modules["lindeveen"]


def _zet(loper: Any, wie: str, *, afdeling: str = "", email: str = "") -> None:
    with schrijf(loper.motor) as session:
        mens = session.exec(select(Deelnemer).where(Deelnemer.sleutel == wie)).one()
        mens.afdeling = afdeling or mens.afdeling
        persoon = session.get_one(Persoon, mens.persoon_id)
        persoon.email = email or persoon.email
        session.add_all([mens, persoon])


def _soorten(loper: Any, wie: str) -> dict[str, list[str]]:
    def zoek(session: Any, ronde: Any) -> dict[str, list[str]]:
        mens = vind.deelnemer(session, ronde, wie)
        alle = vermoedens.vermoedens(session, ronde)
        paren = {c.sleutel: alle.get((v.id, mens.id), []) for v, c in vind.voorstellen(session, ronde)}
        return {k: [m.soort for m in ms] for k, ms in paren.items() if ms}

    return dict(loper.kijk(zoek))


def test_a_round_without_ties_raises_no_question(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    assert [_soorten(loper, wie) for wie in L.BEOORDELAARS] == [{}] * 5


def test_same_organisation_whatever_the_spelling_and_its_competitors(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    _zet(loper, "els-van-dalfsen", afdeling="WELZIJN Lindeveen")  # registered as Stichting Welzijn Lindeveen
    gevonden = _soorten(loper, "els-van-dalfsen")
    assert gevonden.pop("lange-tafel") == ["organisatie"]
    assert gevonden == {k: ["concurrent"] for k in L.COALITIES if k != "lange-tafel"}


@pytest.mark.parametrize("email", ["x@demerel.example", "x@post.demerel.example", "X@DEMEREL.example"])
def test_same_mail_domain(lindeveen: Any, email: str) -> None:
    loper = lindeveen("belangen")
    _zet(loper, "els-van-dalfsen", email=email)
    assert _soorten(loper, "els-van-dalfsen") == {"zingen-op-dinsdag": ["maildomein"]}


def test_a_public_provider_is_no_tie(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    _zet(loper, "els-van-dalfsen", email="els@gmail.com")
    _zet(loper, "zangkoor-de-merel", email="koor@gmail.com")
    assert _soorten(loper, "els-van-dalfsen") == {}


def test_contact_of_a_partner_and_of_a_competitor(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    with schrijf(loper.motor) as session:
        contact = session.exec(select(Deelnemer).where(Deelnemer.sleutel == "open-kerk")).one()
        mens = session.exec(select(Deelnemer).where(Deelnemer.sleutel == "els-van-dalfsen")).one()
        mens.persoon_id = contact.persoon_id
        session.add(mens)
    gevonden = _soorten(loper, "els-van-dalfsen")
    assert "contact" in gevonden.pop("zingen-op-dinsdag")
    assert gevonden == {k: ["concurrent"] for k in L.COALITIES if k != "zingen-op-dinsdag"}


def test_adviser_of_the_coalition(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    with schrijf(loper.motor) as session:
        advies = session.exec(select(Advies)).first()
        assert advies is not None
        session.add(Rolhouder(deelnemer_id=advies.adviseur_id, rol="beoordelaar"))
        wie = session.get_one(Deelnemer, advies.adviseur_id).sleutel
    assert _soorten(loper, wie) == {"zingen-op-dinsdag": ["adviseur"]}


def test_a_question_names_no_other_person(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    _zet(loper, "els-van-dalfsen", email="x@demerel.example")
    [[vermoeden]] = loper.kijk(vermoedens.vermoedens).values()
    assert "Zangkoor De Merel" in vermoeden.vraag
    assert "@" not in vermoeden.vraag
    assert "Truus" not in vermoeden.vraag


def test_the_question_must_be_answered_before_no_interest_counts(lindeveen: Any) -> None:
    loper, nu = lindeveen("belangen"), "2027-03-30T11:00"
    _zet(loper, "els-van-dalfsen", email="x@demerel.example")
    eerder = loper.vingerafdruk()
    with pytest.raises(Invoerfout, match=r"(?s)apart.*zingen-op-dinsdag.*Zangkoor De Merel"):
        loper.doe("verklaar_belang", "els-van-dalfsen", nu, coalitie="overige", belang=False, toelichting="Niets.")
    with pytest.raises(Invoerfout, match=r"toelichting: .*Wat is uw band"):
        loper.doe("verklaar_belang", "els-van-dalfsen", nu, coalitie="zingen-op-dinsdag", belang=False)
    assert loper.vingerafdruk() == eerder
    loper.doe(
        "verklaar_belang", "els-van-dalfsen", nu, coalitie="zingen-op-dinsdag", belang=False, toelichting="Oud adres."
    )
    loper.doe("verklaar_belang", "els-van-dalfsen", nu, coalitie="overige", belang=False)
    assert len(loper.kijk(lambda s, r: list(s.exec(select(Belang))))) == 7
    assert loper.kijk(lambda s, r: beoordelen.nog_te_verklaren(s, r, vind.deelnemer(s, r, "els-van-dalfsen"))) == []


def test_an_interest_needs_no_second_answer(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    _zet(loper, "els-van-dalfsen", email="x@demerel.example")
    loper.doe("verklaar_belang", "els-van-dalfsen", "2027-03-30T11:00", coalitie="zingen-op-dinsdag", belang=True,
              toelichting="Ik zing mee.")  # fmt: skip
    loper.doe("verklaar_belang", "els-van-dalfsen", "2027-03-30T11:01", coalitie="overige", belang=False)


@pytest.mark.parametrize(
    ("a", "b", "gelijk"),
    [
        ("a.nl", "a.nl", True),
        ("x.a.nl", "a.nl", True),
        ("ba.nl", "a.nl", False),
        ("", "", False),
        ("nl", "a.nl", False),
    ],
)
def test_domains(a: str, b: str, gelijk: bool) -> None:
    assert zelfde_domein(a, b) is gelijk


def test_names_and_addresses_are_made_comparable() -> None:
    assert kale_naam("Stichting  Het Huis B.V.") == kale_naam("het huis") == "het huis"
    assert maildomein("Jan@Gmail.com") == ""
    assert maildomein("jan@huis.nl.") == "huis.nl"
