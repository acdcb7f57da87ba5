"""How far assessors agree, where they differ, and what their strictness does: advice beside the ranking.

Tables are pandas frames with proposals as rows and assessors as columns; NaN means no score, never zero.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

Tabel = NDArray[np.float64]
Meetniveau = Literal["nominaal", "ordinaal", "interval", "ratio"]


class OvereenstemmingError(ValueError):
    """Scores that do not allow this calculation; the Dutch message says why."""


@dataclass(frozen=True)
class Icc:
    """One intraclass correlation with its 95 % interval (None where it is not defined)."""

    waarde: float
    ondergrens: float
    bovengrens: float


@dataclass(frozen=True)
class Bijstelling:
    """Two-way adjusted scores: `score` per proposal as if an average assessor had judged; `strengheid` per
    assessor in points (negative = stricter than average)."""

    score: pd.Series
    strengheid: pd.Series


def _als_tabel(scores: pd.DataFrame) -> Tabel:
    return np.asarray(scores.to_numpy(dtype=np.float64, na_value=np.nan))


def _kwadraten(y: Tabel) -> tuple[float, float, float, float]:
    """Mean squares: between rows, within rows, between columns, residual."""
    n, k = y.shape
    rijen = k * np.sum((y.mean(axis=1) - y.mean()) ** 2)
    kolommen = n * np.sum((y.mean(axis=0) - y.mean()) ** 2)
    totaal = np.sum((y - y.mean()) ** 2)
    rest = max(totaal - rijen - kolommen, 0.0)
    return (
        float(rijen / (n - 1)),
        float((totaal - rijen) / (n * (k - 1))),
        float(kolommen / (k - 1)),
        float(rest / ((n - 1) * (k - 1))),
    )


def _grenzen_f(f: float, vg1: float, vg2: float) -> tuple[float, float]:
    """95 % limits of a ratio of variances."""
    return f / float(stats.f.ppf(0.975, vg1, vg2)), f * float(stats.f.ppf(0.975, vg2, vg1))


def _uit_f(f: float, k: int) -> tuple[float, float]:
    """ICC of one judge and of the mean of k judges, from an F ratio."""
    return (f - 1) / (f + k - 1), 1 - 1 / f


def _icc2_grenzen(y: Tabel, icc: float) -> tuple[float, float]:
    """Shrout & Fleiss 1979, limits of ICC(2,1) by Satterthwaite's degrees of freedom."""
    n, k = y.shape
    msr, _, msc, mse = _kwadraten(y)
    a = k * icc / (n * (1 - icc))
    b = 1 + k * icc * (n - 1) / (n * (1 - icc))
    vg = (a * msc + b * mse) ** 2 / ((a * msc) ** 2 / (k - 1) + (b * mse) ** 2 / ((n - 1) * (k - 1)))
    onder = float(stats.f.ppf(0.975, n - 1, vg))
    boven = float(stats.f.ppf(0.975, vg, n - 1))
    rest = k * msc + (k * n - k - n) * mse
    laag = n * (msr - onder * mse) / (onder * rest + n * msr)
    hoog = n * (boven * msr - mse) / (rest + n * boven * msr)
    return laag, hoog


def icc(scores: pd.DataFrame) -> dict[str, Icc]:
    """All six intraclass correlations of Shrout & Fleiss (1979) with 95 % limits: "ICC(1,1)" … "ICC(3,k)".

    Needs a full table of at least 2 × 2 with some difference left over, else OvereenstemmingError.
    For a table with gaps use `alfa`.
    """
    y = _als_tabel(scores)
    if min(y.shape) < 2 or np.isnan(y).any():
        raise OvereenstemmingError("De ICC vraagt een volledige tabel: elke beoordelaar bij elk voorstel.")
    n, k = y.shape
    msr, msw, msc, mse = _kwadraten(y)
    if mse < 1e-12 or msr < 1e-12:
        raise OvereenstemmingError("De scores verschillen te weinig om een ICC te berekenen.")
    uit: dict[str, Icc] = {}
    for soort, noemer, vg2 in (("1", msw, n * (k - 1)), ("3", mse, (n - 1) * (k - 1))):
        punten = [_uit_f(f, k) for f in (msr / noemer, *_grenzen_f(msr / noemer, n - 1, vg2))]
        uit[f"ICC({soort},1)"] = Icc(*(p[0] for p in punten))
        uit[f"ICC({soort},k)"] = Icc(*(p[1] for p in punten))
    twee = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)
    drie = [twee, *_icc2_grenzen(y, twee)]
    uit["ICC(2,1)"] = Icc(*drie)
    uit["ICC(2,k)"] = Icc(*(k * r / (1 + (k - 1) * r) for r in drie))
    return dict(sorted(uit.items()))


def _afstanden(niveau: Meetniveau, waarden: Tabel, aantallen: Tabel) -> Tabel:
    """Squared differences δ² between all pairs of values (Krippendorff 2011)."""
    a, b = waarden[:, None], waarden[None, :]
    if niveau == "ordinaal":
        tot = np.cumsum(aantallen) - aantallen / 2
        return np.asarray((tot[:, None] - tot[None, :]) ** 2)
    if niveau == "ratio" and (waarden < 0).any():
        raise OvereenstemmingError("Het niveau “ratio” vraagt scores van nul of hoger.")
    som = np.where(a + b == 0, 1.0, a + b)
    regels: dict[str, Callable[[], Tabel]] = {
        "nominaal": lambda: (a != b).astype(np.float64),
        "interval": lambda: (a - b) ** 2,
        "ratio": lambda: ((a - b) / som) ** 2,
    }
    return regels[niveau]()


def _alfa(y: Tabel, niveau: Meetniveau) -> float | None:
    y = y[np.sum(~np.isnan(y), axis=1) >= 2]
    waarden = np.unique(y[~np.isnan(y)])
    tel = (y[:, :, None] == waarden).sum(axis=1).astype(np.float64)
    per_rij = tel.sum(axis=1)
    samen = tel.T @ (tel / (per_rij - 1)[:, None]) - np.diag((tel / (per_rij - 1)[:, None]).sum(axis=0))
    aantallen = samen.sum(axis=1)
    delta = _afstanden(niveau, waarden, aantallen)
    verwacht = float(aantallen @ delta @ aantallen)
    if verwacht <= 0:
        return None
    return 1 - (float(aantallen.sum()) - 1) * float((samen * delta).sum()) / verwacht


def alfa(scores: pd.DataFrame, niveau: Meetniveau = "interval") -> float | None:
    """Krippendorff's α (2011); gaps are allowed. None when all scores are equal: then nothing can be said."""
    return _alfa(_als_tabel(scores), niveau)


def alfa_interval(
    scores: pd.DataFrame, niveau: Meetniveau = "interval", *, zaad: int, trekkingen: int = 1000
) -> tuple[float, float] | None:
    """95 % bootstrap interval of α over proposals (rows), seeded; None when α is undefined.

    `zaad` is any whole number; publish it beside the interval.
    """
    y = _als_tabel(scores)
    lot = np.random.default_rng(zaad)
    steekproeven = (_alfa(y[lot.integers(0, len(y), len(y))], niveau) for _ in range(trekkingen))
    waarden = [a for a in steekproeven if a is not None]
    if _alfa(y, niveau) is None or not waarden:
        return None
    laag, hoog = np.quantile(waarden, [0.025, 0.975])
    return float(laag), float(hoog)


def woorden_icc(waarde: float) -> str:
    """Bands of Koo & Li (2016), Journal of Chiropractic Medicine 15(2): .50, .75 and .90."""
    banden = ((0.5, "slecht"), (0.75, "matig"), (0.9, "goed"))
    return next((woord for grens, woord in banden if waarde < grens), "uitstekend")


def woorden_alfa(waarde: float | None) -> str:
    """Bands of Krippendorff (2004), Content Analysis, p. 241: .667 and .800."""
    if waarde is None:
        return "niet te bepalen: alle scores zijn gelijk"
    if waarde < 0.667:
        return "te laag om op te bouwen"
    return "voldoende voor voorlopige conclusies" if waarde < 0.8 else "hoog"


def spreiding(scores: pd.DataFrame, drempel: float) -> pd.DataFrame:
    """Spread per proposal and criterion from a long frame (voorstel, criterium, beoordelaar, waarde).

    Columns: aantal, laagste, hoogste, verschil, standaardafwijking, bespreken (difference ≥ `drempel`).
    """
    groepen = scores.dropna(subset=["waarde"]).groupby(["voorstel", "criterium"])["waarde"]
    uit = groepen.agg(aantal="count", laagste="min", hoogste="max", standaardafwijking="std").reset_index()
    uit["verschil"] = uit["hoogste"] - uit["laagste"]
    uit["bespreken"] = uit["verschil"] >= drempel
    return uit


def _samenhangend(aanwezig: NDArray[np.bool_]) -> bool:
    """Whether all proposals and assessors hang together through scores; else effects cannot be compared."""
    bereikt = np.zeros(aanwezig.shape[0], dtype=np.bool_)
    bereikt[0] = True
    while True:
        kolommen = aanwezig[bereikt].any(axis=0)
        nieuw = bereikt | aanwezig[:, kolommen].any(axis=1)
        if (nieuw == bereikt).all():
            return bool(bereikt.all() and kolommen.all())
        bereikt = nieuw


def bijgesteld(scores: pd.DataFrame) -> Bijstelling:
    """Adjusted scores: least squares of score = proposal + assessor effect; assessor effects sum to 0.

    With a full table these are the plain means; with gaps they undo a strict or mild absentee. Raises
    OvereenstemmingError when somebody has no score or two groups share no proposal.
    """
    y = _als_tabel(scores)
    aanwezig = ~np.isnan(y)
    if not y.size or not _samenhangend(aanwezig):
        raise OvereenstemmingError("Niet alle voorstellen en beoordelaars hangen via scores met elkaar samen.")
    n, k = y.shape
    rij, kolom = np.nonzero(aanwezig)
    ontwerp = np.zeros((len(rij) + 1, n + k))
    ontwerp[np.arange(len(rij)), rij] = 1
    ontwerp[np.arange(len(rij)), n + kolom] = 1
    ontwerp[-1, n:] = 1
    oplossing = np.linalg.lstsq(ontwerp, np.append(y[rij, kolom], 0.0), rcond=None)[0]
    return Bijstelling(pd.Series(oplossing[:n], index=scores.index), pd.Series(oplossing[n:], index=scores.columns))
