"""A round that differs (7 proposals, 3 criteria, 2 places, other scale, mean scores) runs from its own folder."""

import sys
from typing import Any

from aanbesteding.overzichten import beoordelen, vind

L = sys.modules["lindeveen"]


def test_seven_proposals_run_from_call_to_pilots(lindeveen: Any) -> None:
    loper = lindeveen("uitvoering")
    assert loper.kijk(lambda s, r: r.fase) == "uitvoering"
    assert loper.kijk(lambda s, r: len(vind.ontvankelijke(s, r))) == 7
    assert [c.sleutel for _, _, c in loper.kijk(vind.pilots)] == L.GEKOZEN


def test_ranking_is_the_weighted_mean_of_the_scores(lindeveen: Any) -> None:
    uitkomst = lindeveen("beoordeeld").kijk(beoordelen.laatste_rangschikking).uitkomst
    totalen = {r["coalitie"]: r["totaal"] for r in uitkomst["rijen"]}
    # 50/30/20 by hand: lange-tafel 5·0,5 + 4·0,3 + 4·0,2 = 4,5; leesmaatjes 4·0,5 + 3·0,3 + 2·0,2 = 3,3
    assert eval_breuk(totalen["lange-tafel"]) == 4.5
    assert eval_breuk(totalen["leesmaatjes"]) == 3.3
    assert uitkomst["geselecteerd"] == L.GEKOZEN


def eval_breuk(tekst: str) -> float:
    from fractions import Fraction

    return float(Fraction(tekst))


def test_conflicted_assessor_never_gets_the_proposal(lindeveen: Any) -> None:
    paren = L.toewijzingen(lindeveen("scoren"))
    assert ("samen-repareren", "deniz-aydin") not in paren
    assert len(paren) == 7 * 3


def test_the_repair_counts_as_part_of_the_proposal(lindeveen: Any) -> None:
    def bedrag(session: Any, ronde: Any) -> int:
        return beoordelen.voorstelinhoud(session, vind.voorstel(session, ronde, "tuinstoel")).gevraagd_euro()

    assert lindeveen("belangen").kijk(bedrag) == 20000
