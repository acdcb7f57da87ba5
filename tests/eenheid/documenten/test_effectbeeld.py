"""The pictures beside the verdict, on measurements of which the answer is known; and the law of the day."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from aanbesteding.documenten.gegevens.effectbeeld import LEEG, beeld
from aanbesteding.documenten.gegevens.rapport import wet_namen
from aanbesteding.inhoud import Indicator, Meetplan
from aanbesteding.overzichten.meetopzet import opzet

PERIODEN = ["2011-1", "2011-2", "2012-1", "2012-2"]
INDICATOR = Indicator(
    sleutel="m", titel="Meedoen", definitie="d", eenheid="%", richting="omhoog", bron="b", frequentie="f", nulstand="n",
    streef="s", relevant_effect=3,
)  # fmt: skip


def plan(**anders: Any) -> Meetplan:
    basis: dict[str, Any] = {
        "indicatoren": [INDICATOR], "pilotgebieden": ["P"], "vergelijkingsgebieden": ["A", "B"],
        "keuze_gebieden": "loting",
        "keuze_toelichting": "t", "startperiode": "2012-1", "respondenten_per_gebied": 100,
    }  # fmt: skip
    return Meetplan.model_validate(basis | anders)


def metingen(**reeksen: list[float | None]) -> pd.DataFrame:
    rijen = [
        {"gebied": g, "periode": p, "waarde": w, "n": 100, "bron": "enquête"}
        for g, lijst in reeksen.items()
        for p, w in zip(PERIODEN, lijst, strict=True)
        if w is not None
    ]
    return pd.DataFrame(rijen)


def van(stand: pd.DataFrame, **anders: Any) -> dict[str, Any]:
    return beeld(*opzet(plan(**anders), INDICATOR, stand, laatste=False))


STAND = metingen(P=[20, 22, 27, 30], A=[30, 30, 32, 31], B=[40, 42, 42, 43])


def test_verwacht_is_de_eigen_beginstand_met_de_beweging_van_de_anderen() -> None:
    b = van(STAND)
    assert b["verwacht"] == [20.5, 21.5, 22.5, 22.5]
    assert b["verschillen"] == [-0.5, 0.5, 4.5, 7.5]
    assert b["anderen"] == [[30, 30, 32, 31], [40, 42, 42, 43]]
    assert [r["na"] for r in b["rijen"]] == [False, False, True, True]


def test_het_nulpunt_is_het_gemiddelde_van_voor_de_start_zodat_de_marge_erbij_past() -> None:
    verschil = van(STAND)["verschillen"]
    assert sum(verschil[:2]) == pytest.approx(0)
    assert sum(verschil[2:]) / 2 == pytest.approx((27 + 30) / 2 - 21 - ((32 + 31 + 42 + 43) / 4 - 35.5))


def test_een_ontbrekende_meting_is_een_gat() -> None:
    b = van(metingen(P=[20, 22, None, 30], A=[30, 30, 32, 31], B=[40, 42, 42, 43]))
    assert b["verschillen"][2] is None
    assert b["rijen"][2]["gemeten"] is None
    assert b["verwacht"][2] is not None


@pytest.mark.parametrize(
    ("stand", "anders"),
    [
        (STAND, {"vergelijkingsgebieden": []}),
        (STAND, {"startperiode": "2013-1"}),
        (STAND, {"startperiode": "2010-1"}),
        (metingen(P=[20, 22, None, None], A=[30, 30, 32, 31]), {"vergelijkingsgebieden": ["A"]}),
        (metingen(A=[30, 30, 32, 31]), {"vergelijkingsgebieden": ["A"]}),
    ],
)
def test_zonder_voor_of_na_of_vergelijking_is_er_geen_beeld(stand: pd.DataFrame, anders: dict[str, Any]) -> None:
    assert van(stand, **anders) == LEEG


def test_het_rapport_noemt_de_wet_van_zijn_eigen_dag() -> None:
    assert "openbaarheid van bestuur" in wet_namen(date(2022, 4, 30))
    assert "Wet open overheid" in wet_namen(date(2022, 5, 1))


def test_pilots_die_na_elkaar_beginnen_tellen_elk_vanaf_hun_eigen_start() -> None:
    stand = metingen(P=[20, 20, 25, 25], Q=[20, 20, 20, 25], A=[30, 30, 30, 30], B=[40, 40, 40, 40])
    b = van(stand, pilotgebieden=["P", "Q"], startperioden={"Q": "2012-2"})
    assert b["verschillen"] == [0, 0, 2.5, 5]
    assert [r["na"] for r in b["rijen"]] == [False, False, True, True]


def test_kwartalen_staan_op_volgorde_van_tijd() -> None:
    golven = ["2012-K4", "2013-K1", "2012-K2", "2012-K3"]
    rijen = [
        {"gebied": g, "periode": p, "waarde": w, "n": 100, "bron": "b"}
        for g, lijst in {"P": [5, 5, 1, 1], "A": [1, 1, 1, 1], "B": [2, 2, 2, 2]}.items()
        for p, w in zip(golven, lijst, strict=True)
    ]
    b = van(pd.DataFrame(rijen), startperiode="2012-K4")
    assert [r["periode"] for r in b["rijen"]] == ["2012-K2", "2012-K3", "2012-K4", "2013-K1"]
    assert b["verschillen"] == [0, 0, 4, 4]
