"""Attempts to see, or to work out, what must stay hidden: a table of attempts per wall."""

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import schrijf
from aanbesteding.fouten import GeenToestemming
from aanbesteding.model import Advies, Deelnemer, Rolhouder
from aanbesteding.overzichten import beoordelen, inzage, vind

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

L = sys.modules["lindeveen"]
CONFLICT, VOORSTEL = "deniz-aydin", "samen-repareren"  # declared at stage scoren
ANDER = "lange-tafel"


def _zie(loper: Any, functie: Callable[..., Any], wie: str, *rest: Any) -> Any:
    return loper.kijk(lambda s, r: functie(s, r, vind.deelnemer(s, r, wie), *rest))


def _toegewezen(loper: Any, coalitie: str) -> list[str]:
    return [b for c, b in L.toewijzingen(loper) if c == coalitie]


def _scoor(loper: Any, wie: str, coalitie: str, waarde: int = 3) -> None:
    for criterium in ("effect", "samen", "bewoners"):
        loper.doe("score", wie, "2027-04-12T10:00", coalitie=coalitie, criterium=criterium, waarde=waarde,
                  motivering=L.reden(coalitie, criterium))  # fmt: skip


def _rol_erbij(loper: Any, wie: str, rol: str) -> None:
    with schrijf(loper.motor) as session:
        mens = session.exec(select(Deelnemer).where(Deelnemer.sleutel == wie)).one()
        session.add(Rolhouder(deelnemer_id=mens.id, rol=rol))


# ---------------------------------------------------------------- texts

PENVOERDER = L.COALITIES[ANDER][0]
TEKST = [
    # stage, who, coalition, sees it?
    *[
        ("ingediend", wie, ANDER, False)
        for wie in (L.LEIDER, L.JURIST, L.VOORZITTER, L.WETHOUDER, L.TWEEDE, L.ADVISEUR)
    ],
    ("ingediend", "els-van-dalfsen", ANDER, False),
    ("ingediend", "zangkoor-de-merel", ANDER, False),
    ("ingediend", PENVOERDER, ANDER, True),
    ("geopend", L.LEIDER, ANDER, True),
    ("geopend", L.JURIST, ANDER, True),
    ("geopend", "els-van-dalfsen", ANDER, False),
    ("geopend", L.WETHOUDER, ANDER, False),
    ("belangen", "els-van-dalfsen", ANDER, False),
    ("belangen", L.VOORZITTER, ANDER, False),
    ("scoren", "els-van-dalfsen", ANDER, True),
    ("scoren", CONFLICT, VOORSTEL, False),
    ("scoren", CONFLICT, ANDER, True),
    ("scoren", L.VOORZITTER, ANDER, True),
    ("scoren", L.ADVISEUR, "zingen-op-dinsdag", False),
    ("scoren", L.TWEEDE, ANDER, False),
    ("scoren", "zangkoor-de-merel", ANDER, False),
    ("scoren", L.WETHOUDER, ANDER, False),
    ("voorgedragen", L.WETHOUDER, ANDER, True),
    ("voorgedragen", CONFLICT, VOORSTEL, False),
]


@pytest.mark.parametrize(("stadium", "wie", "coalitie", "mag"), TEKST)
def test_who_reads_a_proposal(lindeveen: Any, stadium: str, wie: str, coalitie: str, mag: bool) -> None:
    loper = lindeveen(stadium)
    if mag:
        assert _zie(loper, inzage.voorstel, wie, coalitie).inhoud["titel"] == f"Voorstel {coalitie}"
    else:
        with pytest.raises(GeenToestemming):
            _zie(loper, inzage.voorstel, wie, coalitie)


def test_a_sealed_vault_does_not_tell_which_coalitions_exist(lindeveen: Any) -> None:
    loper = lindeveen("ingediend")
    antwoorden = set()
    for coalitie in (ANDER, "bestaat-niet"):
        for functie in (inzage.voorstel, inzage.scores, inzage.partners):
            with pytest.raises(GeenToestemming) as fout:
                _zie(loper, functie, L.JURIST, coalitie)
            antwoorden.add(fout.value.bericht)
    assert len(antwoorden) == 1


def test_the_text_opens_after_every_declaration_and_partners_before(lindeveen: Any) -> None:
    loper, nu = lindeveen("belangen"), "2027-03-30T10:00"
    assert _zie(loper, inzage.partners, "els-van-dalfsen", ANDER) == ("Bakkerij Zoet", "Stichting Welzijn Lindeveen")
    with pytest.raises(GeenToestemming, match="Verklaar eerst"):
        _zie(loper, inzage.voorstel, "els-van-dalfsen", ANDER)
    loper.doe("verklaar_belang", "els-van-dalfsen", nu, coalitie=ANDER, belang=False)
    with pytest.raises(GeenToestemming, match="Nog niet iedereen"):
        _zie(loper, inzage.voorstel, "els-van-dalfsen", ANDER)
    for wie in L.BEOORDELAARS:
        loper.doe("verklaar_belang", wie, nu, coalitie=ANDER, belang=wie == CONFLICT, toelichting="Familie.")
    assert _zie(loper, inzage.voorstel, "els-van-dalfsen", ANDER).inhoud["aanpak"]
    with pytest.raises(GeenToestemming, match="U meldde een belang"):
        _zie(loper, inzage.voorstel, CONFLICT, ANDER)


def test_no_money_while_quality_is_scored(lindeveen: Any) -> None:
    loper = lindeveen("ingediend")
    tekst = "Wij vragen € 30.000 van u, dus 30.000 euro, EUR 30.000,00 of 30 duizend euro. Wij helpen 40 mensen."
    loper.doe("dien_in", PENVOERDER, "2027-03-11T11:00", coalitie=ANDER, inhoud=L.voorstel(ANDER, aanpak=tekst))
    L._geopend(loper)
    L._belangen(loper)
    L._scoren(loper)
    wie = _toegewezen(loper, ANDER)[0]
    zicht = _zie(loper, inzage.voorstel, wie, ANDER)
    assert "begroting" not in zicht.inhoud
    assert zicht.verborgen == ("begroting", "bedragen")
    assert "30" not in zicht.inhoud["aanpak"]
    assert "40 mensen" in zicht.inhoud["aanpak"]
    eigen = [c for c, b in L.toewijzingen(loper) if b == wie]
    for coalitie in eigen:
        _scoor(loper, wie, coalitie)
    for coalitie in eigen[:-1]:
        loper.doe("vergrendel", wie, "2027-04-12T11:00", coalitie=coalitie)
    assert _zie(loper, inzage.voorstel, wie, eigen[0]).verborgen  # one is still open, so all money stays hidden
    loper.doe("vergrendel", wie, "2027-04-12T11:00", coalitie="alle")
    assert _zie(loper, inzage.voorstel, wie, ANDER).inhoud["begroting"][0]["bedrag_euro"] == 30000
    assert _zie(loper, inzage.voorstel, L.JURIST, ANDER).inhoud["aanpak"] == tekst


def test_an_adviser_sees_the_preparation_of_the_own_coalition_only(lindeveen: Any) -> None:
    loper = lindeveen("ingediend")
    adviseur = loper.kijk(lambda s, r: s.get(Deelnemer, s.exec(select(Advies)).one().adviseur_id).sleutel)
    zicht = _zie(loper, inzage.concept, adviseur, "zingen-op-dinsdag")
    assert zicht.hulpvraag == "Hulp"
    assert "Elke week op dezelfde plek" not in str(zicht)  # not the sealed text
    for wie, coalitie in ((adviseur, ANDER), (L.JURIST, ANDER), ("els-van-dalfsen", ANDER), ("bakkerij-zoet", ANDER)):
        with pytest.raises(GeenToestemming):
            _zie(loper, inzage.concept, wie, coalitie)


# ---------------------------------------------------------------- scores


def test_another_score_shows_only_after_the_own_lock_and_only_when_locked(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    a, b, c = _toegewezen(loper, ANDER)
    for wie, waarde in ((a, 5), (b, 2), (c, 4)):
        _scoor(loper, wie, ANDER, waarde)
    loper.doe("vergrendel", b, "2027-04-12T11:00", coalitie=ANDER)
    assert {(s.wie, s.waarde) for s in _zie(loper, inzage.scores, a, ANDER).scores} == {("u", 5)}
    assert [s.wie for s in _zie(loper, inzage.scores, b, ANDER).scores] == ["u"] * 3  # a and c are still open
    loper.doe("vergrendel", a, "2027-04-12T11:01", coalitie=ANDER)
    gezien = {(s.wie, s.waarde) for s in _zie(loper, inzage.scores, a, ANDER).scores}
    assert {w for _, w in gezien} == {5, 2}
    assert all(wie == "u" or wie.startswith("Beoordelaar ") for wie, _ in gezien)


def test_who_is_not_allocated_sees_no_scores(lindeveen: Any) -> None:
    loper = lindeveen("beoordeeld")
    vreemd = next(b for b in L.BEOORDELAARS if b not in _toegewezen(loper, ANDER))
    for wie in (vreemd, L.ADVISEUR, L.TWEEDE, PENVOERDER, "zangkoor-de-merel"):
        with pytest.raises(GeenToestemming):
            _zie(loper, inzage.scores, wie, ANDER)


def test_the_chair_sees_progress_and_no_value_until_the_last_lock(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    wie = _toegewezen(loper, ANDER)
    for een in wie:
        _scoor(loper, een, ANDER)
    for een in wie[:-1]:
        loper.doe("vergrendel", een, "2027-04-12T11:00", coalitie=ANDER)
    rij = next(r for r in _zie(loper, inzage.overzicht, L.VOORZITTER).rijen if r.coalitie == ANDER)
    assert (rij.vergrendeld, rij.van) == (2, 3)
    for kijker in (L.VOORZITTER, L.LEIDER):
        with pytest.raises(GeenToestemming):
            _zie(loper, inzage.scores, kijker, ANDER)
    assert _zie(loper, inzage.agenda, L.VOORZITTER) == []
    loper.doe("vergrendel", wie[-1], "2027-04-12T11:00", coalitie=ANDER)
    assert len(_zie(loper, inzage.scores, L.VOORZITTER, ANDER).scores) == 9
    assert {p.coalitie for p in _zie(loper, inzage.agenda, L.VOORZITTER)} == {ANDER}


def test_a_coalition_sees_its_own_scores_after_the_decision_without_personal_reasons(lindeveen: Any) -> None:
    for stadium, mag in (("voorgedragen", False), ("uitwerking", True)):
        loper = lindeveen(stadium)
        if not mag:
            with pytest.raises(GeenToestemming):
                _zie(loper, inzage.scores, PENVOERDER, ANDER)
            continue
        zicht = _zie(loper, inzage.scores, PENVOERDER, ANDER)
        assert len(zicht.scores) == 9
        assert {s.motivering for s in zicht.scores} == {""}


# ---------------------------------------------------------------- a declared interest


@pytest.mark.parametrize("stadium", ["scoren", "beoordeeld", "voorgedragen"])
@pytest.mark.parametrize("extra", ["", "jurist", "voorzitter", "projectleider", "wethouder"])
def test_an_interest_beats_every_other_role(lindeveen: Any, stadium: str, extra: str) -> None:
    loper = lindeveen(stadium)
    if extra:
        _rol_erbij(loper, CONFLICT, extra)
    for functie in (inzage.voorstel, inzage.scores):
        with pytest.raises(GeenToestemming, match="U meldde een belang"):
            _zie(loper, functie, CONFLICT, VOORSTEL)
    assert VOORSTEL not in str(_zie(loper, inzage.overzicht, CONFLICT))
    if extra in ("jurist", "voorzitter"):
        assert VOORSTEL not in str(_zie(loper, inzage.agenda, CONFLICT))


def test_totals_do_not_change_with_the_hidden_proposal(lindeveen: Any) -> None:
    """Whatever happens to the hidden proposal, what the conflicted person sees stays the same to the letter."""
    loper = lindeveen("scoren")
    _rol_erbij(loper, CONFLICT, "voorzitter")

    def kijk() -> str:
        o = _zie(loper, inzage.overzicht, CONFLICT)
        return str((o, o.van, o.vergrendeld, _zie(loper, inzage.agenda, CONFLICT)))

    eerder = kijk()
    for wie in _toegewezen(loper, VOORSTEL):
        _scoor(loper, wie, VOORSTEL, 5)
        loper.doe("vergrendel", wie, "2027-04-12T11:00", coalitie=VOORSTEL)
    assert kijk() == eerder
    assert _zie(loper, inzage.overzicht, CONFLICT).van == 18  # 7 × 3, less the three of the hidden one
    assert _zie(loper, inzage.overzicht, L.JURIST).van == 21


def test_the_ranking_waits_for_its_gate(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    for wie in (L.JURIST, L.LEIDER, L.VOORZITTER, L.WETHOUDER, "els-van-dalfsen", CONFLICT):
        with pytest.raises(GeenToestemming, match="nog geen rangorde"):
            _zie(loper, inzage.rangorde, wie)


@pytest.mark.parametrize("waarde", [2, 3, 5])
def test_nothing_in_the_ranking_betrays_the_hidden_row(lindeveen: Any, monkeypatch: Any, waarde: int) -> None:
    """First, last or in the middle: the conflicted person sees exactly the same rows."""
    loper = lindeveen("scoren")
    monkeypatch.setitem(L.SCORES, VOORSTEL, (waarde,) * 3)
    L._beoordeeld(loper)
    zicht = _zie(loper, inzage.rangorde, CONFLICT)
    assert not zicht.volledig
    assert zicht.hash == ""
    assert zicht.te_loten == ()
    assert [(r.coalitie, r.plaats, r.geselecteerd, r.reden) for r in zicht.rijen] == [
        (k, None, "", "")
        for k in ("lange-tafel", "zingen-op-dinsdag", "bal-en-koffie", "leesmaatjes", "boodschap-samen", "tuinstoel")
    ]
    volledig = _zie(loper, inzage.rangorde, "els-van-dalfsen")
    assert volledig.volledig
    assert VOORSTEL in {r.coalitie for r in volledig.rijen}


@pytest.mark.parametrize("wie", [L.ADVISEUR, L.TWEEDE, PENVOERDER, "seniorenraad", ""])
def test_the_public_sees_the_ranking_after_the_decision(lindeveen: Any, wie: str) -> None:
    def kijk(loper: Any) -> Any:
        return loper.kijk(lambda s, r: inzage.rangorde(s, r, vind.deelnemer(s, r, wie) if wie else None))

    with pytest.raises(GeenToestemming, match="nog niet openbaar"):
        kijk(lindeveen("voorgedragen"))
    assert len(kijk(lindeveen("uitwerking")).rijen) == 7


def test_after_publication_the_row_is_there_for_everyone(lindeveen: Any) -> None:
    zicht = _zie(lindeveen("uitwerking"), inzage.rangorde, CONFLICT)
    assert zicht.volledig
    assert VOORSTEL in {r.coalitie for r in zicht.rijen}


def test_a_dropped_assessor_sees_nothing_more(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    wie = _toegewezen(loper, ANDER)[0]
    loper.doe("vervang_beoordelaar", L.LEIDER, "2027-04-12T09:00", beoordelaar=wie, reden="Langdurig ziek.")
    for functie, *rest in ((inzage.voorstel, ANDER), (inzage.scores, ANDER), (inzage.overzicht,)):
        with pytest.raises(GeenToestemming):
            _zie(loper, functie, wie, *rest)


def test_agenda_orders_by_spread_and_says_who_leaves(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    for coalitie, laag, hoog in ((VOORSTEL, 2, 5), (ANDER, 3, 4)):
        for wie, waarde in zip(_toegewezen(loper, coalitie), (laag, hoog, hoog), strict=True):
            _scoor(loper, wie, coalitie, waarde)
            loper.doe("vergrendel", wie, "2027-04-12T11:00", coalitie=coalitie)
    punten = loper.kijk(beoordelen.agenda)
    assert [(p.coalitie, p.spreiding, p.bespreken) for p in punten] == [(VOORSTEL, 3, True)] * 3 + [
        (ANDER, 1, False)
    ] * 3
    assert {p.gaan_weg for p in punten[:3]} == {("Beoordelaar B",)}
    assert {p.gaan_weg for p in punten[3:]} == {()}
    assert [p.criterium for p in punten[:3]] == ["effect", "samen", "bewoners"]
    for wie in (L.LEIDER, "els-van-dalfsen", CONFLICT, L.WETHOUDER):
        with pytest.raises(GeenToestemming):
            _zie(loper, inzage.agenda, wie)


def test_nobody_outside_the_round_gets_in(lindeveen: Any) -> None:
    loper = lindeveen("scoren")

    def vreemd(session: Any, ronde: Any) -> None:
        wie = vind.deelnemer(session, ronde, L.JURIST)
        ander = Deelnemer(**{**json.loads(wie.model_dump_json()), "ronde_id": ronde.id + 1})
        inzage.voorstel(session, ronde, ander, ANDER)

    with pytest.raises(GeenToestemming, match="niet mee"):
        loper.kijk(vreemd)
