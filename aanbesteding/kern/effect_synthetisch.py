"""Synthetic difference-in-differences as a second opinion, never as the verdict.

The library calls an area 'treated' when it ever is, and gives a standard error of 0 with only a warning when
there are no more comparison areas than pilots (shared/kennis/effect.md, traps). Both are guarded here.
"""

import warnings

import numpy as np
import pandas as pd

from aanbesteding.kern.effect_golven import Masker
from aanbesteding.kern.effect_panel import Raster
from aanbesteding.kern.effect_typen import (
    MIN_SYNTHETISCH_VERGELIJKING,
    MIN_SYNTHETISCH_VOOR,
    Melding,
    Synthetisch,
)

HERHALINGEN = 200
"""Placebo draws in all; with several starts they are shared out, at least 25 for each."""
MAX_PATRONEN = 12


def _volledig(raster: Raster, c: int) -> tuple[list[int], list[int]]:
    """Pilots of this pattern, and comparison areas without a gap over its waves: the method cannot take gaps."""
    golven = raster.voor(c) | raster.na(c)
    vol: Masker = np.asarray(~np.isnan(raster.ruw[:, golven]).any(axis=1), dtype=bool)
    pilots = [i for i in range(raster.n_pilot) if raster.cohort[i] == c]
    return pilots, [i for i in range(raster.n_pilot, len(raster.gebieden)) if vol[i]]


def _een_cohort(raster: Raster, c: int, zaad: int, herhalingen: int) -> Synthetisch:
    """Estimate for the pilots of one pattern, on the waves before and the counting waves after its start."""
    from diff_diff import SyntheticDiD

    pilots, vergelijking = _volledig(raster, c)
    golven = np.flatnonzero(raster.voor(c) | raster.na(c))
    rijen = [
        (raster.gebieden[i], int(t), raster.ruw[i, t], int(i < raster.n_pilot))
        for i in [*pilots, *vergelijking]
        for t in golven
    ]
    lang = pd.DataFrame(rijen, columns=["gebied", "golf", "waarde", "ooit"])
    na = [int(t) for t in np.flatnonzero(raster.na(c))]
    with warnings.catch_warnings(record=True) as gevangen:
        warnings.simplefilter("always")
        model = SyntheticDiD(variance_method="placebo", n_bootstrap=herhalingen, seed=zaad)
        uit = model.fit(lang, outcome="waarde", treatment="ooit", unit="gebied", time="golf", post_periods=na)
    teksten = tuple(sorted({str(w.message).splitlines()[0] for w in gevangen}))
    return Synthetisch(float(uit.att), float(uit.se), teksten)


def synthetisch(raster: Raster, zaad: int) -> tuple[Synthetisch | None, list[Melding]]:
    """Effect and placebo SE over all starts, weighted by pilots; None with a warning when it does not apply.

    Applies with >= 6 waves before, >= 10 comparison areas, more of those than pilots and a SE above 0.
    The SE over several starts treats them as independent, which is only roughly true.
    """
    if raster.voor_golf.sum(axis=1).min() < MIN_SYNTHETISCH_VOOR:
        return None, []
    anderen = min(len(_volledig(raster, c)[1]) for c in range(len(raster.starts)))
    if anderen < MIN_SYNTHETISCH_VERGELIJKING or anderen <= raster.n_pilot:
        te_kort = raster.n_vergelijking >= max(MIN_SYNTHETISCH_VERGELIJKING, raster.n_pilot + 1)
        tekst = "De tweede methode kan niet: er missen metingen."
        return None, [Melding("synthetisch_niet", tekst)] if te_kort else []
    if len(raster.starts) > MAX_PATRONEN:
        return None, [Melding("synthetisch_niet", "De tweede methode kan niet: er zijn te veel verschillende starts.")]
    herhalingen = max(25, HERHALINGEN // len(raster.starts))
    delen = [_een_cohort(raster, c, zaad, herhalingen) for c in range(len(raster.starts))]
    effect = float(sum(w * d.effect for w, d in zip(raster.aandelen, delen, strict=True)))
    se = float(np.sqrt(sum((w * d.se) ** 2 for w, d in zip(raster.aandelen, delen, strict=True))))
    if not np.isfinite(effect) or not all(d.se > 0 for d in delen):
        return None, [Melding("synthetisch_niet", "De tweede methode gaf geen bruikbare marge.")]
    teksten = tuple(sorted({t for d in delen for t in d.meldingen}))
    return Synthetisch(effect, se, teksten), []
