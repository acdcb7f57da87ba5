"""Expected ranks with uncertainty: which proposals are surely in, surely out, or undecided at the cut.

Model of the SNSF (Heyard, Ott, Salanti & Egger 2022, "Rethinking the Funding Line at the Swiss National
Science Foundation: Bayesian Ranking and Lottery"): score = mean + proposal effect + assessor effect + noise,
all normal. Many short Gibbs chains run side by side in numpy.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaincc, gammainccinv

Reeks = NDArray[np.float64]
Klasse = Literal["zeker in", "onbeslist", "zeker uit"]
KETENS, INLOOP, STAPPEN = 400, 100, 150
SD_GRENS, SD_STRENGHEID = 0.4, 0.1  # of the width of the scale: the 2 and 0,5 of the SNSF on 1 to 6


class RangverwachtingError(ValueError):
    """Scores that do not allow this calculation; the Dutch message says why."""


@dataclass(frozen=True)
class Rangverwachting:
    """`tabel` per proposal, best first: verwachte_rang, laag, hoog (interval of the rank), sucra, klasse.

    `lijn` is the expected rank of the last proposal that gets a place: an interval across it is undecided.
    """

    tabel: pd.DataFrame
    lijn: float


def _variantie(lot: np.random.Generator, vorm: float, kwadraatsom: Reeks, bovengrens: float) -> Reeks:
    """Variances whose precision is gamma(vorm, kwadraatsom / 2), cut off at `bovengrens`², by inversion."""
    tempo = np.maximum(kwadraatsom, 1e-12) / 2
    ruimte = gammaincc(vorm, tempo / bovengrens**2)
    trekking = np.maximum(ruimte * lot.uniform(size=len(tempo)), 1e-300)
    return np.asarray(1 / np.maximum(gammainccinv(vorm, trekking) / tempo, 1 / bovengrens**2))


def _effect(lot: np.random.Generator, som: Reeks, aantal: Reeks, ruis: Reeks, tau2: Reeks) -> Reeks:
    """Normal draw of the effects given sums of residuals (chains × effects) and both variances per chain."""
    precisie = aantal / ruis[:, None] + 1 / tau2[:, None]
    gemiddelde = som / ruis[:, None] / precisie
    return np.asarray(gemiddelde + lot.normal(size=som.shape) / np.sqrt(precisie))


def _voorsteleffecten(y: Reeks, zaad: int, breedte: float) -> Reeks:
    """Posterior draws of the proposal effects, (draws × proposals).

    The SNSF gives noise and assessor-by-proposal effect each a uniform standard deviation; only their summed
    variance shows in the data, and for that sum the two priors together are flat.
    """
    lot = np.random.default_rng(zaad)
    masker = (~np.isnan(y)).astype(np.float64)
    per_rij, per_kolom, aantal = masker.sum(axis=1), masker.sum(axis=0), int(masker.sum())
    n, grens = len(y), SD_GRENS * breedte
    basis = np.where(masker > 0, y - np.nanmean(y), 0.0)
    nu = np.zeros((KETENS, y.shape[1]))
    ruis, tau2, tau2_b = np.full(KETENS, grens**2 / 9), np.full(KETENS, grens**2 / 9), SD_STRENGHEID * breedte
    trekkingen = []
    for stap in range(INLOOP + STAPPEN):
        theta = _effect(lot, (basis - nu[:, None, :] * masker).sum(axis=2), per_rij, ruis, tau2)
        rest = basis - theta[:, :, None] * masker
        nu = _effect(lot, rest.sum(axis=1), per_kolom, ruis, np.full(KETENS, tau2_b**2))
        fout = ((rest - nu[:, None, :] * masker) ** 2).sum(axis=(1, 2))
        ruis = _variantie(lot, aantal / 2 - 1, fout, grens)
        tau2 = _variantie(lot, (n - 1) / 2, (theta**2).sum(axis=1), grens)
        if stap >= INLOOP:
            trekkingen.append(theta)
    return np.concatenate(trekkingen)


def _klasse(laag: float, hoog: float, lijn: float) -> Klasse:
    if hoog < lijn:
        return "zeker in"
    return "zeker uit" if laag > lijn else "onbeslist"


def verwachte_rang(
    scores: pd.DataFrame, plaatsen: int, *, zaad: int, schaalbreedte: float, dekking: float = 0.5
) -> Rangverwachting:
    """Expected rank per proposal from a table proposals × assessors (weighted totals; NaN where none).

    `schaalbreedte` is highest minus lowest score of the scale; the priors scale with it. `zaad` makes it
    repeatable, `dekking` is the share of the posterior inside the interval. Raises RangverwachtingError on
    too few scores.
    """
    y = scores.to_numpy(dtype=np.float64, na_value=np.nan)
    n, k = y.shape
    if n < 3 or k < 3 or np.isnan(y).all(axis=1).any() or np.isnan(y).all(axis=0).any():
        raise RangverwachtingError("Er zijn minstens drie voorstellen en drie beoordelaars met scores nodig.")
    if not 1 <= plaatsen <= n or schaalbreedte <= 0:
        raise RangverwachtingError(f"Het aantal plaatsen is {plaatsen}; kies 1 tot en met {n}.")
    orde = np.argsort(np.argsort(scores.index.astype(str).to_numpy(), kind="stable"), kind="stable")
    effecten = _voorsteleffecten(y[np.argsort(orde)], zaad, schaalbreedte)[:, orde]
    rangen = n - np.argsort(np.argsort(effecten, axis=1), axis=1)
    laag, hoog = np.quantile(rangen, [(1 - dekking) / 2, (1 + dekking) / 2], axis=0)
    verwacht = rangen.mean(axis=0)
    lijn = float(np.sort(verwacht)[plaatsen - 1])
    tabel = pd.DataFrame(
        {"verwachte_rang": verwacht, "laag": laag, "hoog": hoog, "sucra": (n - verwacht) / (n - 1)},
        index=scores.index,
    )
    tabel["klasse"] = [_klasse(float(a), float(b), lijn) for a, b in zip(laag, hoog, strict=True)]
    return Rangverwachting(tabel.sort_values("verwachte_rang", kind="stable"), lijn)
