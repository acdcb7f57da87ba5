"""A dropped assessor: exactly the orphaned pairs move, locked scores stay, and nothing is deleted."""

import sys
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import schrijf
from aanbesteding.fouten import Conflict, GeenToestemming, Invoerfout
from aanbesteding.model import Deelnemer, Logregel, Regelversie, Score, Toewijzing
from aanbesteding.overzichten import beoordelen, vind
from aanbesteding.procedure import Poort, Rol
from aanbesteding.rechten import RECHTEN
from aanbesteding.regels import Regels

L = sys.modules["lindeveen"]
NU = "2027-04-13T09:00"
WEG = "els-van-dalfsen"


def _vervang(loper: Any, wie: str = WEG, moment: str = NU) -> None:
    loper.doe("vervang_beoordelaar", L.LEIDER, moment, beoordelaar=wie, reden="Langdurig ziek.")


def _scoor_en_vergrendel(loper: Any, wie: str, coalitie: str) -> None:
    for criterium in ("effect", "samen", "bewoners"):
        loper.doe("score", wie, "2027-04-12T10:00", coalitie=coalitie, criterium=criterium, waarde=4,
                  motivering=L.reden(coalitie, criterium))  # fmt: skip
    loper.doe("vergrendel", wie, "2027-04-12T11:00", coalitie=coalitie)


def _volgorden(loper: Any) -> dict[str, list[tuple[int, str]]]:
    def zoek(session: Any, ronde: Any) -> dict[str, list[tuple[int, str]]]:
        return {
            b: [(t.volgorde, beoordelen.coalitie_van(session, t).sleutel)
                for t in beoordelen.toewijzingen_van(session, ronde, vind.deelnemer(session, ronde, b))]
            for b in L.BEOORDELAARS
        }  # fmt: skip

    return dict(loper.kijk(zoek))


def test_only_the_projectleider_between_the_two_gates() -> None:
    recht = RECHTEN["vervang_beoordelaar"]
    assert (recht.rollen, recht.na, recht.voor) == ((Rol.PROJECTLEIDER,), Poort.TOEWIJZING, Poort.BEOORDELING)


def test_exactly_the_orphaned_pairs_change(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    voor, volgorde = set(L.toewijzingen(loper)), _volgorden(loper)
    eigen = sorted(c for c, b in voor if b == WEG)
    _scoor_en_vergrendel(loper, WEG, eigen[0])
    _vervang(loper)
    na = set(L.toewijzingen(loper))
    assert set(voor - na) == {(c, WEG) for c in eigen[1:]}
    assert sorted(c for c, _ in na - voor) == eigen[1:]
    assert (eigen[0], WEG) in na  # a finished judgment stays
    for wie, lijst in _volgorden(loper).items():  # new work is appended, the old order stands
        if wie != WEG:
            assert lijst[: len(volgorde[wie])] == volgorde[wie]
            assert [n for n, _ in lijst] == list(range(1, len(lijst) + 1))


def test_rules_hold_after_a_replacement(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _vervang(loper)
    paren = L.toewijzingen(loper)
    afdeling = loper.kijk(lambda s, r: {d.sleutel: d.afdeling for d in vind.met_rol(s, r, Rol.BEOORDELAAR)})
    for coalitie in L.COALITIES:
        wie = [b for c, b in paren if c == coalitie]
        assert len(wie) == len(set(wie)) == 3
        assert len({afdeling[b] for b in wie}) >= 2
    assert ("samen-repareren", "deniz-aydin") not in paren  # the declared interest


def test_the_same_replacement_whoever_asks(lindeveen: Any) -> None:
    uitkomsten = set()
    for _ in range(2):
        loper = lindeveen("scoren")
        _vervang(loper)
        uitkomsten.add(tuple(L.toewijzingen(loper)))
        loper.motor.dispose()
    assert len(uitkomsten) == 1


def test_the_log_says_which_pairs_and_not_why(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    eigen = sorted(c for c, b in L.toewijzingen(loper) if b == WEG)
    _vervang(loper)
    [regel] = loper.kijk(lambda s, r: [x for x in s.exec(select(Logregel)) if x.handeling == "vervang_beoordelaar"])
    assert sorted(regel.gegevens["vervallen"]) == [[c, WEG] for c in eigen]
    assert sorted(c for c, _ in regel.gegevens["nieuw"]) == eigen
    assert "ziek" not in str(regel.gegevens)
    redenen = loper.kijk(lambda s, r: {t.vervallen_reden for t in s.exec(select(Toewijzing)) if t.vervallen_op})
    assert redenen == {"Langdurig ziek."}


def test_open_scores_stay_stored_but_count_no_more(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    coalitie = next(c for c, b in L.toewijzingen(loper) if b == WEG)
    loper.doe("score", WEG, "2027-04-12T10:00", coalitie=coalitie, criterium="effect", waarde=5,
              motivering=L.reden(coalitie, "effect"))  # fmt: skip
    _vervang(loper)
    assert len(loper.kijk(lambda s, r: list(s.exec(select(Score))))) == 1
    assert loper.kijk(beoordelen.scoretabel) == []
    with pytest.raises(GeenToestemming, match="niet aan u toegewezen"):
        loper.doe(
            "score", WEG, NU, coalitie=coalitie, criterium="samen", waarde=5, motivering=L.reden(coalitie, "samen")
        )


def test_the_round_goes_on_after_a_replacement(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _vervang(loper, moment="2027-04-12T09:00")
    L._beoordeeld(loper)  # asserts that gate beoordeling passes
    assert len(loper.kijk(beoordelen.laatste_rangschikking).uitkomst["rijen"]) == 7


def test_a_second_drop_out_never_gives_work_to_the_first(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _vervang(loper)
    with pytest.raises(Conflict, match="geen open voorstellen"):
        _vervang(loper)
    try:
        _vervang(loper, "femi-oladipo")
    except Conflict as fout:
        assert "Niemand kan" in fout.bericht  # noqa: PT017  # either is right, but never work for who left
    assert WEG not in {b for _, b in L.toewijzingen(loper)}


def test_impossible_changes_nothing_and_says_what_can_be_done(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _zet_regel(loper, maximum_per_beoordelaar=4)
    eerder = loper.vingerafdruk()
    with pytest.raises(Conflict, match=r"Niemand kan .* leg dit voor aan de jurist"):
        _vervang(loper)
    assert loper.vingerafdruk() == eerder


def _zet_regel(loper: Any, **anders: Any) -> None:
    """Another announced rule, as if the call had said so."""
    with schrijf(loper.motor) as session:
        rij = session.exec(select(Regelversie)).one()
        ruw = {**rij.regels, "beoordeling": {**rij.regels["beoordeling"], **anders}}
        rij.regels, rij.hash = ruw, Regels.model_validate(ruw).hash()
        session.add(rij)


def test_everyone_scores_everything_the_pairs_lapse(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    _zet_regel(loper, per_voorstel=None, maximum_per_beoordelaar=None)
    L._scoren(loper)
    assert len(L.toewijzingen(loper)) == 34  # 7 × 5, less one interest
    _vervang(loper)
    paren = L.toewijzingen(loper)
    assert len(paren) == 27
    assert WEG not in {b for _, b in paren}


@pytest.mark.parametrize("wie", [L.JURIST, L.VOORZITTER])
def test_only_an_assessor_can_be_replaced(lindeveen: Any, wie: str) -> None:
    loper = lindeveen("scoren")
    with pytest.raises(Invoerfout, match="is geen beoordelaar"):
        _vervang(loper, wie)


def test_letters_stay_as_they_were(lindeveen: Any) -> None:
    from aanbesteding.overzichten.voorwaarden import letters

    loper = lindeveen("scoren")
    voor = loper.kijk(letters)
    _vervang(loper)
    assert loper.kijk(letters) == voor
    assert len(loper.kijk(lambda s, r: list(s.exec(select(Deelnemer).where(Deelnemer.sleutel == WEG))))) == 1
