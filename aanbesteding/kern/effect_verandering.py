"""One change per area: mean after the start minus mean before it.

That is what makes an honest test with one to four pilots possible (Lee & Wooldridge, small-N
difference-in-differences). Staggered starts: each pilot has its own start, and a comparison area gets the
changes around all starts, weighted by the share of the pilots that started there.
"""

from dataclasses import replace

import numpy as np

from aanbesteding.kern.effect_panel import Masker, Raster, Reeks
from aanbesteding.kern.effect_typen import Ontwerp


def _gemiddeld(waarde: Reeks, masker: Masker) -> Reeks:
    """Mean per area over the waves of the mask; nan where none was measured."""
    deel = waarde[:, masker]
    aantal = (~np.isnan(deel)).sum(axis=1)
    som = np.where(np.isnan(deel), 0.0, deel).sum(axis=1)
    return np.where(aantal > 0, som / np.maximum(aantal, 1), np.nan)


def _zonder_trend(waarde: Reeks, voor: Masker) -> Reeks:
    """Residuals of each area from its own straight line through the waves before the start."""
    tijd = np.arange(waarde.shape[1], dtype=float)
    uit = np.full_like(waarde, np.nan)
    for i, rij in enumerate(waarde):
        bruikbaar = voor & ~np.isnan(rij)
        if bruikbaar.sum() >= 3:
            t, y = tijd[bruikbaar] - tijd[bruikbaar].mean(), rij[bruikbaar]
            helling = float(t @ y / (t @ t))
            uit[i] = rij - y.mean() - helling * (tijd - tijd[bruikbaar].mean())
    return uit


def veranderingen(raster: Raster, *, trend: bool = False) -> Reeks:
    """(areas, cohorts): mean after minus mean before each start; `trend` first takes a line per area out."""
    kolommen = []
    for c in range(len(raster.starts)):
        waarde = _zonder_trend(raster.waarde, raster.voor(c)) if trend else raster.waarde
        kolommen.append(_gemiddeld(waarde, raster.na(c)) - _gemiddeld(waarde, raster.voor(c)))
    return np.column_stack(kolommen) if kolommen else np.empty((len(raster.gebieden), 0))


def per_gebied(raster: Raster, tabel: Reeks) -> tuple[Reeks, Reeks]:
    """(pilots, comparison): each pilot its own cohort's column, comparison areas the weighted mean of all."""
    pilots = tabel[np.arange(raster.n_pilot), list(raster.cohort)]
    return pilots, tabel[raster.n_pilot :] @ raster.aandelen


def verhouding(raster: Raster, tabel: Reeks) -> float:
    """How much more a pilot's change varies than a comparison area's weighted change; 1 with a single start.

    Read from the comparison areas, which have a change around every start: an early or late start leaves fewer
    waves on one side and so a noisier change. Without it: 6.5 % false positives and 92.6 % coverage
    in simulation (starts at wave 3, 5 and 7 of 12); with it 5.4 % and 94.3 %.
    """
    anderen = tabel[raster.n_pilot :]
    if len(raster.starts) < 2 or len(anderen) < 2:
        return 1.0
    gewogen = float(np.var(anderen @ raster.aandelen, ddof=1))
    return float(np.var(anderen, axis=0, ddof=1) @ raster.aandelen) / gewogen if gewogen > 0 else 1.0


def nulstanden(raster: Raster) -> tuple[Reeks, Reeks]:
    """(pilots, comparison): mean before the start, in the same weighting as the changes."""
    return per_gebied(
        raster,
        np.column_stack([_gemiddeld(raster.waarde, raster.voor(c)) for c in range(len(raster.starts))]),
    )


def placebo_raster(raster: Raster, minimum: int) -> Raster | None:
    """The waves before the start only, with a pretended start halfway; None under `minimum` waves."""
    laatste = min(raster.starts)
    if laatste < minimum:
        return None
    return replace(
        raster,
        perioden=raster.perioden[:laatste],
        waarde=raster.waarde[:, :laatste],
        ruw=raster.ruw[:, :laatste],
        n=None if raster.n is None else raster.n[:, :laatste],
        cohort=(0,) * raster.n_pilot,
        starts=(laatste - laatste // 2,),
        telt=np.ones(laatste, dtype=bool),
    )


def steekproefvariantie(raster: Raster, ontwerp: Ontwerp) -> tuple[Reeks, Reeks] | None:
    """(pilots, comparison): known sampling variance of each change, or None when it cannot be known.

    Shares use the Agresti-Coull share, so that an observed 0 % is not taken as certain. A staggered
    comparison area gets the weighted mean of its cohorts' variances: an upper bound, since cohorts share
    respondents.
    """
    if raster.n is None or np.isnan(raster.n[~np.isnan(raster.waarde)]).any():
        return None
    if ontwerp.schaal == "gemiddelde":
        if ontwerp.spreiding is None:
            return None
        per_meting = ontwerp.spreiding**2 / raster.n
    else:
        schaal = 100.0 if ontwerp.schaal == "procent" else 1.0
        ruw = np.clip(raster.ruw / schaal, 0, 1)
        aandeel = (ruw * raster.n + 2) / (raster.n + 4)
        per_meting = schaal**2 * aandeel * (1 - aandeel) / raster.n
    per_meting = np.where(np.isnan(raster.waarde), np.nan, per_meting)
    kolommen = []
    for c in range(len(raster.starts)):
        delen = [
            _gemiddeld(per_meting, m) / np.maximum((~np.isnan(per_meting[:, m])).sum(axis=1), 1)
            for m in (raster.voor(c), raster.na(c))
        ]
        kolommen.append(delen[0] + delen[1])
    return per_gebied(raster, np.column_stack(kolommen))
