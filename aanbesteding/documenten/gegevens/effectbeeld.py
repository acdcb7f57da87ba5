"""The pictures beside a verdict: what was expected without the pilot, and the difference per measurement.

Pictures only: the headline of an effect report comes from the verdict (kennis/effect.md, rule 9). The expected
line is the pilots' own level before the start plus the movement of the comparison areas.
"""

from typing import Any

import pandas as pd

from ...inhoud import Indicator, Meetplan
from ...kern.effect_typen import Ontwerp
from ...kern.effect_verloop import verloop, verwachte_lijn

LEEG: dict[str, Any] = {"verwacht": [], "verschillen": [], "anderen": [], "rijen": []}


def beeld(stand: pd.DataFrame, plan: Meetplan, indicator: Indicator) -> dict[str, Any]:
    """{verwacht, verschillen: number or None per period, anderen: a list per comparison area, rijen: the table}.

    Every list is empty while there is no measurement before and after the start, or no area to compare with.
    """
    perioden = sorted(set(stand["periode"]))
    if not plan.vergelijkingsgebieden or not any(p >= plan.startperiode for p in perioden):
        return LEEG
    ontwerp = Ontwerp(
        start=dict.fromkeys(plan.pilotgebieden, plan.startperiode),
        vergelijking=tuple(plan.vergelijkingsgebieden),
        loting=False,
        richting=indicator.richting,
    )
    panel = stand.drop(columns="bron")
    try:
        lijn, per = verwachte_lijn(panel, ontwerp), verloop(panel, ontwerp).per_start
    except ValueError:
        return LEEG
    gemeten, verwacht = (_per_periode(lijn["periode"], lijn[k], perioden) for k in ("gemeten", "verwacht"))
    verschillen = _vanaf_begin(_per_periode(per["periode"], per["effect"], perioden), perioden, plan.startperiode)
    return {
        "verwacht": verwacht,
        "verschillen": verschillen,
        "anderen": [_van_gebied(stand, g, perioden) for g in plan.vergelijkingsgebieden],
        "rijen": [
            {"periode": p, "gemeten": g, "verwacht": v, "verschil": d, "na": p >= plan.startperiode}
            for p, g, v, d in zip(perioden, gemeten, verwacht, verschillen, strict=True)
        ],
    }


def _vanaf_begin(verschillen: list[float | None], perioden: list[str], start: str) -> list[float | None]:
    """Zero is the mean of the measurements before the start, as in the estimate: so its margin fits the picture."""
    voor = [v for v, p in zip(verschillen, perioden, strict=True) if v is not None and p < start]
    basis = sum(voor) / len(voor)
    return [None if v is None else round(v - basis, 6) for v in verschillen]


def _per_periode(sleutels: Any, waarden: Any, perioden: list[str]) -> list[float | None]:
    per = {p: float(w) for p, w in zip(sleutels, waarden, strict=True) if pd.notna(w)}
    return [round(per[p], 6) if p in per else None for p in perioden]


def _van_gebied(stand: pd.DataFrame, gebied: str, perioden: list[str]) -> list[float | None]:
    eigen = stand[stand["gebied"] == gebied]
    return _per_periode(eigen["periode"], eigen["waarde"], perioden)
