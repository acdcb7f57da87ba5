"""What a design can detect, before anything is measured."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from aanbesteding.kern.effect_panel import Reeks
from aanbesteding.kern.notatie import getal


def minimaal_aantoonbaar(
    n_pilot: int,
    n_vergelijking: int,
    sd_verandering: float,
    *,
    alfa: float = 0.05,
    kracht: float = 0.80,
    verhouding: float = 1.0,
) -> float:
    """Smallest effect that is found with probability `kracht`, in the units of `sd_verandering`.

    (t at 1 - alfa/2 plus t at `kracht`, df = n1 + n0 - 2) x SD x sqrt(1/n1 + 1/n0). The SD is that of the
    changes of comparison areas. verhouding: variance of a pilot's change over that of a comparison area's, for
    staggered starts (see verhouding_gespreid): sqrt(verhouding/n1 + 1/n0). Raises ValueError for a design without
    test.
    """
    df = n_pilot + n_vergelijking - 2
    if n_pilot < 1 or n_vergelijking < 1 or df < 1:
        raise ValueError("Dit ontwerp heeft te weinig gebieden. Neem minstens één pilot en twee vergelijkingen.")
    if not (sd_verandering > 0 and 0 < alfa < 1 and 0 < kracht < 1):
        raise ValueError("De spreiding moet boven nul liggen, en alfa en kracht tussen 0 en 1.")
    kwantielen = float(stats.t.ppf(1 - alfa / 2, df) + stats.t.ppf(kracht, df))
    return kwantielen * sd_verandering * math.sqrt(verhouding / n_pilot + 1 / n_vergelijking)


def verhouding_gespreid(starts: Sequence[int], golven: int, rho: float = 0.0) -> tuple[float, float]:
    """(verhouding, SD of a comparison area's change per unit of SD per wave) for planned staggered starts.

    starts: per pilot the number of waves before its start; golven: waves in all; rho: AR(1) of an area's noise.
    A comparison area averages the changes around all starts, so it varies less than a pilot around one start.
    Raises ValueError for a start without a wave before or after it.
    """
    if not starts or not all(0 < s < golven for s in starts) or not -1 < rho < 1:
        raise ValueError("Elke start heeft minstens één meting ervoor en één erna nodig.")
    tijd = np.arange(golven)
    samenhang = rho ** np.abs(np.subtract.outer(tijd, tijd)) if rho else np.eye(golven)
    gewichten = np.array([np.where(tijd < s, -1 / s, 1 / (golven - s)) for s in starts])
    eigen = float(np.mean([w @ samenhang @ w for w in gewichten]))
    midden = gewichten.mean(axis=0)
    gewogen = float(midden @ samenhang @ midden)
    return eigen / gewogen, gewogen**0.5


def sd_steekproef(aandeel: float, respondenten: int, n_voor: int, n_na: int) -> float:
    """SD of a change in percentage points from sampling alone.

    aandeel: expected share (0-1); respondenten: per area and wave; n_voor, n_na: waves before and after.
    """
    if not 0 < aandeel < 1 or min(respondenten, n_voor, n_na) < 1:
        raise ValueError("Geef een aandeel tussen 0 en 1, en minstens één respondent en één meting voor en na.")
    return 100 * math.sqrt(aandeel * (1 - aandeel) / respondenten * (1 / n_voor + 1 / n_na))


def sd_met_samenhang(sd: float, rho: float, n_voor: int, n_na: int) -> float:
    """SD of a change when an area's noise (SD per wave) hangs together over waves: AR(1) with rho."""
    if not -1 < rho < 1 or sd <= 0 or min(n_voor, n_na) < 1:
        raise ValueError("Geef een spreiding boven nul, een samenhang tussen -1 en 1 en metingen voor en na.")
    gewicht = np.concatenate([np.full(n_voor, -1 / n_voor), np.full(n_na, 1 / n_na)])
    tijd = np.arange(n_voor + n_na)
    return float(sd * (gewicht @ rho ** np.abs(np.subtract.outer(tijd, tijd)) @ gewicht) ** 0.5)


def sd_uit_verleden(panel: pd.DataFrame, n_voor: int, n_na: int) -> float:
    """SD of a change as it was in earlier years without pilot: all windows of n_voor + n_na waves, pooled.

    panel: columns gebied, periode, waarde. Raises ValueError when there are too few waves or areas.
    """
    breed: Reeks = panel.pivot(index="gebied", columns="periode", values="waarde").dropna().to_numpy(dtype=float)
    lengte = n_voor + n_na
    if breed.shape[0] < 3 or breed.shape[1] < lengte:
        raise ValueError(f"Geef minstens drie gebieden met elk {lengte} metingen zonder gaten.")
    varianties = []
    for begin in range(breed.shape[1] - lengte + 1):
        deel = breed[:, begin : begin + lengte]
        varianties.append(np.var(deel[:, n_voor:].mean(axis=1) - deel[:, :n_voor].mean(axis=1), ddof=1))
    return float(np.sqrt(np.mean(varianties)))


def zin_aantoonbaar(effect: float, eenheid: str, decimalen: int = 1) -> str:
    """The design in one Dutch sentence for the project leader."""
    return f"U ziet met dit ontwerp pas een verschil van {getal(effect, decimalen)} {eenheid} of meer."
