"""The statistics: one number per area in, an estimate with an honest interval out. No rules here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import comb, factorial, perm, prod

import numpy as np
import numpy.typing as npt
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
    df: int | None = None,
) -> Schatting:
    """Pooled two-sample t test on changes (Lee & Wooldridge); holds for one pilot too.

    verhouding: variance of a pilot's change over that of a comparison area's; above 1 with staggered starts,
    where a comparison area averages over all starts and a pilot has one. For one pilot the spread comes from
    the comparison areas alone; scipy.stats.ttest_ind gives nan there. df: fewer than n1 + n0 - 2 when the ratio
    itself was estimated from few numbers.
    """
    n1, n0 = len(pilots), len(vergelijking)
    kwadraten = ((pilots - pilots.mean()) ** 2).sum() / verhouding + ((vergelijking - vergelijking.mean()) ** 2).sum()
    vrij = n1 + n0 - 2
    se = float(np.sqrt(kwadraten / vrij * (verhouding / n1 + 1 / n0))) if vrij > 0 else 0.0
    # Differences of equal numbers leave rounding dust; dust is not spread.
    dust = 1e-12 * max(1.0, float(np.abs(np.concatenate([pilots, vergelijking])).max()))
    se = se if se > dust else 0.0
    vrij = vrij if df is None else min(df, vrij)
    return schatting(float(pilots.mean() - vergelijking.mean()), se, vrij, zekerheid, methode)


def df_met_onrust(n1: int, n0: int, maal: float, df_maal: float) -> int:
    """Satterthwaite: degrees of freedom when the pilots' share of the variance rests on `df_maal` numbers."""
    a, b = maal / n1, 1 / n0
    return max(1, round((a + b) ** 2 / (a**2 / df_maal + b**2 / max(n0 - 1, 1))))


@dataclass(frozen=True)
class Model:
    """Changes of pilots and comparison areas as a linear model: group, mean, and covariates if any."""

    y: Reeks
    x: Reeks

    @property
    def df(self) -> int:
        return int(self.y.shape[0] - self.x.shape[1])

    def pas(self, variantie: Reeks) -> tuple[float, float, float]:
        """(weighted residual sum of squares, effect, variance of the effect) for these variances per area."""
        wortel = 1 / np.sqrt(variantie)
        xw, yw = self.x * wortel[:, None], self.y * wortel
        omgekeerd = np.linalg.inv(xw.T @ xw)
        schatters = omgekeerd @ (xw.T @ yw)
        rest = yw - xw @ schatters
        return float(rest @ rest), float(schatters[0]), float(omgekeerd[0, 0])


def _model(pilots: Reeks, vergelijking: Reeks, nul: Sequence[tuple[Reeks, Reeks]]) -> Model | None:
    """None when covariates cannot be told from the rest, or leave nothing over to test with."""
    y = np.concatenate([pilots, vergelijking])
    extra = [np.concatenate(n) for n in nul]
    extra = [(e - e.mean()) / (e.std() or 1.0) for e in extra]
    x = np.column_stack([np.arange(len(y)) < len(pilots), np.ones(len(y)), *extra]).astype(float)
    model = Model(y, x)
    return model if model.df >= 1 and np.linalg.matrix_rank(x) == x.shape[1] else None


def bekende_variantie(
    pilots: Reeks,
    vergelijking: Reeks,
    var_pilots: Reeks,
    var_vergelijking: Reeks,
    zekerheid: float = 0.95,
    nul: Sequence[tuple[Reeks, Reeks]] = (),
) -> Schatting:
    """Difference of weighted means when each change has its own known sampling variance.

    Between-area variance by Paule-Mandel: the value that makes the weighted residual sum of squares equal to
    its degrees of freedom. Weights are 1 / (between + sampling variance). nul: covariates, as (pilots, comparison).
    """
    model = _model(pilots, vergelijking, nul)
    if model is None:
        raise ValueError("De gebieden verschillen onderling niet. Zo is toeval niet te berekenen.")
    v = np.concatenate([var_pilots, var_vergelijking])
    boven = float(np.var(model.y)) * len(model.y) + 1.0
    tau2 = 0.0
    if model.pas(v)[0] > model.df:
        tau2 = float(optimize.brentq(lambda x: model.pas(v + x)[0] - model.df, 0.0, boven))
    _, effect, variantie = model.pas(v + tau2)
    return schatting(effect, float(np.sqrt(variantie)), model.df, zekerheid, "bekende steekproefvariantie")


def gecorrigeerd_voor_nulstand(
    pilots: Reeks,
    vergelijking: Reeks,
    nul: Sequence[tuple[Reeks, Reeks]],
    zekerheid: float = 0.95,
    verhouding: float = 1.0,
    df: int | None = None,
) -> Schatting | None:
    """Least squares of the change on pilot and baselines; None when those do not differ or areas lack.

    nul: one or more baselines as (pilots, comparison). verhouding, df: as in `exacte_t`.
    """
    model = _model(pilots, vergelijking, nul)
    if model is None:
        return None
    rest, effect, variantie = model.pas(np.where(np.arange(len(model.y)) < len(pilots), verhouding, 1.0))
    variantie *= rest / model.df
    if not variantie > 1e-20:
        return None
    vrij = model.df if df is None else min(df, model.df)
    return schatting(effect, variantie**0.5, vrij, zekerheid, "gecorrigeerd voor de nulstand")


@cache
def _alle_keuzen(n: int, n1: int) -> npt.NDArray[np.int64]:
    return np.array(list(combinations(range(n), n1)), dtype=np.int64)


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
        keuze = _alle_keuzen(n, n1)
    else:
        rng = np.random.default_rng(zaad)
        keuze = np.argsort(rng.random((TREKKINGEN, n)), axis=1)[:, :n1]
        keuze = np.vstack([np.arange(n1), keuze])
    als_pilot = tabel[keuze, list(cohort)].mean(axis=1)
    als_vergelijking = (gewogen.sum() - gewogen[keuze].sum(axis=1)) / (n - n1)
    verschil = np.abs(als_pilot - als_vergelijking)
    # Row 0 is the real draw in both cases.
    p = float((verschil >= verschil[0] - 1e-12 * max(1.0, float(verschil.max()))).mean())
    # With one start and as many pilots as comparison areas, the mirrored draw is always just as extreme.
    per_start = np.bincount(cohort)
    indelingen = perm(n, n1) / prod(factorial(int(k)) for k in per_start)
    kleinste = (2 if 2 * n1 == n and len(per_start) == 1 else 1) / indelingen
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
