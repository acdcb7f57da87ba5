"""The pictures beside a verdict: what was expected without the pilot, and the difference per measurement.

Pictures only: the headline of an effect report comes from the verdict (kennis/effect.md, rule 9). The expected
line is the pilots' own level before the start plus the movement of the comparison areas. Waves may be years,
half-years or quarters, and pilots may start one after another.
"""

from typing import Any

import pandas as pd

from ...kern import perioden as golven
from ...kern.effect_typen import Ontwerp
from ...kern.effect_verloop import verloop, verwachte_lijn

LEEG: dict[str, Any] = {"verwacht": [], "verschillen": [], "anderen": [], "rijen": []}


def eerste_start(ontwerp: Ontwerp) -> str:
    """The earliest wave in which a pilot works."""
    return golven.sorteer(str(p) for p in ontwerp.start.values())[0]


def beeld(stand: pd.DataFrame, ontwerp: Ontwerp) -> dict[str, Any]:
    """{verwacht, verschillen: number or None per wave, anderen: a list per comparison area, rijen: the table}.

    Every list is empty while there is no measurement before and after the start, or no area to compare with.
    With staggered starts a wave counts as after the start for the pilots that had begun by then.
    """
    perioden = golven.sorteer(set(stand["periode"]))
    start = eerste_start(ontwerp)
    if not ontwerp.vergelijking or not any(golven.is_na(p, start) for p in perioden):
        return LEEG
    panel = stand.drop(columns="bron")
    try:
        lijn, per = verwachte_lijn(panel, ontwerp), verloop(panel, ontwerp).per_start
    except ValueError:
        return LEEG
    gemeten, verwacht = (_per_periode(lijn["periode"], lijn[k], perioden) for k in ("gemeten", "verwacht"))
    verschillen = _verschillen(per, perioden)
    return {
        "verwacht": verwacht,
        "verschillen": verschillen,
        "anderen": [_van_gebied(stand, g, perioden) for g in ontwerp.vergelijking],
        "rijen": [
            {"periode": p, "gemeten": g, "verwacht": v, "verschil": d, "na": golven.is_na(p, start)}
            for p, g, v, d in zip(perioden, gemeten, verwacht, verschillen, strict=True)
        ],
    }


def _verschillen(per: pd.DataFrame, perioden: list[str]) -> list[float | None]:
    """Per wave the difference, over all starts weighted by their pilots.

    Zero is the mean of the measurements before each start, as in the estimate: so its margin fits the picture.
    """
    delen = []
    for _, deel in per.groupby("start", sort=False):
        voor = deel.loc[deel["sinds_start"] < 0, "effect"]
        delen.append(deel.assign(effect=deel["effect"] - voor.mean()))
    alle = pd.concat(delen)
    alle["gewogen"] = alle["effect"] * alle["n_pilot"]
    som = alle.groupby("periode")[["gewogen", "n_pilot"]].sum()
    return _per_periode(som.index, som["gewogen"] / som["n_pilot"], perioden)


def _per_periode(sleutels: Any, waarden: Any, perioden: list[str]) -> list[float | None]:
    per = {p: float(w) for p, w in zip(sleutels, waarden, strict=True) if pd.notna(w)}
    return [round(per[p], 6) if p in per else None for p in perioden]


def _van_gebied(stand: pd.DataFrame, gebied: str, perioden: list[str]) -> list[float | None]:
    eigen = stand[stand["gebied"] == gebied]
    return _per_periode(eigen["periode"], eigen["waarde"], perioden)
