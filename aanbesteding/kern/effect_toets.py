"""The statistics: one number per area in, an estimate with an honest interval out. No rules here."""

from itertools import combinations
from math import comb

import numpy as np
from scipy import optimize, stats

from aanbesteding.kern.effect_panel import Reeks
from aanbesteding.kern.effect_typen import Methode, Permutatie, Schatting

MAX_VOLLEDIG = 20_000
TREKKINGEN = 4_999


def schatting(effect: float, se: float, df: int, zekerheid: float, methode: Methode) -> Schatting:
    """Two-sided t test and interval. Raises ValueError when there is no spread to test with."""
    if not se > 0 or df < 1:
        raise ValueError("De gebieden verschillen onderling niet. Zo is toeval niet te berekenen.")
    marge = float(stats.t.ppf((1 + zekerheid) / 2, df)) * se
    p = float(2 * stats.t.sf(abs(effect) / se, df))
    return Schatting(float(effect), float(se), df, p, float(effect - marge), float(effect + marge), zekerheid, methode)


def exacte_t(
    pilots: Reeks,
    vergelijking: Reeks,
    zekerheid: float = 0.95,
    methode: Methode = "exacte t-toets",
    verhouding: float = 1.0,
) -> Schatting:
    """Pooled two-sample t test on changes (Lee & Wooldridge); holds for one pilot too.

    verhouding: variance of a pilot's change over that of a comparison area's; above 1 with staggered starts,
    where a comparison area averages over all starts and a pilot has one. For one pilot the spread comes from
    the comparison areas alone; scipy.stats.ttest_ind gives nan there.
    """
    n1, n0 = len(pilots), len(vergelijking)
    kwadraten = ((pilots - pilots.mean()) ** 2).sum() / verhouding + ((vergelijking - vergelijking.mean()) ** 2).sum()
    df = n1 + n0 - 2
    se = float(np.sqrt(kwadraten / df * (verhouding / n1 + 1 / n0))) if df > 0 else 0.0
    # Differences of equal numbers leave rounding dust; dust is not spread.
    dust = 1e-12 * max(1.0, float(np.abs(np.concatenate([pilots, vergelijking])).max()))
    se = se if se > dust else 0.0
    return schatting(float(pilots.mean() - vergelijking.mean()), se, df, zekerheid, methode)


def bekende_variantie(
    pilots: Reeks, vergelijking: Reeks, var_pilots: Reeks, var_vergelijking: Reeks, zekerheid: float = 0.95
) -> Schatting:
    """Difference of weighted means when each change has its own known sampling variance.

    Between-area variance by Paule-Mandel: the value that makes the weighted residual sum of squares equal to
    its degrees of freedom. Weights are 1 / (between + sampling variance).
    """
    y, v = np.concatenate([pilots, vergelijking]), np.concatenate([var_pilots, var_vergelijking])
    is_pilot = np.arange(len(y)) < len(pilots)
    df = len(y) - 2

    def passing(tau2: float) -> tuple[float, float, float]:
        """(weighted residual sum of squares, effect, variance of the effect)."""
        w = 1 / (v + tau2)
        midden = [np.average(y[m], weights=w[m]) for m in (is_pilot, ~is_pilot)]
        rest = float((w * (y - np.where(is_pilot, midden[0], midden[1])) ** 2).sum())
        return rest, float(midden[0] - midden[1]), float(1 / w[is_pilot].sum() + 1 / w[~is_pilot].sum())

    boven = float(np.var(y)) * len(y) + 1.0
    tau2 = 0.0
    if passing(0.0)[0] > df:
        tau2 = float(optimize.brentq(lambda x: passing(x)[0] - df, 0.0, boven))
    _, effect, variantie = passing(tau2)
    return schatting(effect, float(np.sqrt(variantie)), df, zekerheid, "bekende steekproefvariantie")


def gecorrigeerd_voor_nulstand(
    pilots: Reeks, vergelijking: Reeks, nul_pilots: Reeks, nul_vergelijking: Reeks, zekerheid: float = 0.95
) -> Schatting | None:
    """Least squares of the change on pilot and baseline; None when baselines do not differ or areas lack."""
    y = np.concatenate([pilots, vergelijking])
    nul = np.concatenate([nul_pilots, nul_vergelijking])
    x = np.column_stack([np.arange(len(y)) < len(pilots), np.ones(len(y)), nul - nul.mean()]).astype(float)
    df = len(y) - 3
    if df < 1 or np.linalg.matrix_rank(x) < 3:
        return None
    rest = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    effect = float(np.linalg.lstsq(x, y, rcond=None)[0][0])
    variantie = float(rest @ rest) / df * float(np.linalg.inv(x.T @ x)[0, 0])
    if not variantie > 1e-20:
        return None
    return schatting(effect, variantie**0.5, df, zekerheid, "gecorrigeerd voor de nulstand")


def permutatie(tabel: Reeks, cohort: tuple[int, ...], aandelen: Reeks, zaad: int) -> Permutatie | None:
    """Two-sided p over redraws of which areas are pilots, keeping the starts.

    tabel: (areas, cohorts) changes, pilots first. All draws are counted where that is feasible, else 4,999
    random ones with the given seed (p then counts the real draw too). None when a change is missing.
    """
    n, n1 = len(tabel), len(cohort)
    if np.isnan(tabel).any():
        return None
    gewogen = tabel @ aandelen
    volledig = len(aandelen) == 1 and comb(n, n1) <= MAX_VOLLEDIG
    if volledig:
        keuze = np.array(list(combinations(range(n), n1)))
    else:
        rng = np.random.default_rng(zaad)
        keuze = np.argsort(rng.random((TREKKINGEN, n)), axis=1)[:, :n1]
        keuze = np.vstack([np.arange(n1), keuze])
    als_pilot = tabel[keuze, list(cohort)].mean(axis=1)
    als_vergelijking = (gewogen.sum() - gewogen[keuze].sum(axis=1)) / (n - n1)
    verschil = np.abs(als_pilot - als_vergelijking)
    # Row 0 is the real draw in both cases.
    p = float((verschil >= verschil[0] - 1e-12 * max(1.0, float(verschil.max()))).mean())
    # With as many pilots as comparison areas, the mirrored draw is always just as extreme.
    kleinste = (2 if 2 * n1 == n else 1) / comb(n, n1)
    return Permutatie(p, len(keuze), volledig, kan_klein=kleinste < 0.05)


def holm_niveaus(p: list[float], alfa: float) -> list[float]:
    """Significance level per indicator such that Holm rejects exactly where p <= level.

    Indicators after the first that fails share its level, so that no interval at 1 - level excludes zero
    where Holm does not reject.
    """
    niveaus = [alfa] * len(p)
    stap = 0
    for i in sorted(range(len(p)), key=lambda k: p[k]):
        niveaus[i] = alfa / (len(p) - stap)
        if p[i] <= niveaus[i]:
            stap += 1
    return niveaus
