"""How firm is the selection? What other weights or one assessor fewer would do to the selected set.

Advice beside the ranking, never instead of it. Tables are proposals × criteria (pandas, on the call's
scale); `gekozen` is the set that was really selected, so thresholds, ceiling and draws are already in it.
Pass only proposals that met the thresholds. A tie at the cut narrows intervals to a point: report ties first.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize
from scipy.stats import qmc

from .rangverwachting import Rangverwachting, RangverwachtingError, verwachte_rang
from .smaa import Smaa, smaa

__all__ = [
    "Gewichtsinterval", "Rangverwachting", "RangverwachtingError", "RobuustheidError", "Smaa", "Verschuiving",
    "ZonderBeoordelaar", "gewichtsintervallen", "kans_op_selectie", "kleinste_verschuiving", "smaa",
    "verwachte_rang", "zonder_een_beoordelaar",
]  # fmt: skip

Reeks = NDArray[np.float64]
SOBOL_MACHT = 14  # 2¹⁴ points: largest error .0014 where 10,000 random draws give .0089


class RobuustheidError(ValueError):
    """Input that does not allow this calculation; the Dutch message says why."""


@dataclass(frozen=True)
class Gewichtsinterval:
    """Within `laagste`..`hoogste` (shares of 1) this criterion's weight leaves the selected set as it is.

    The other weights keep their proportions. At a tie at the cut a limit coincides with the weight itself.
    """

    criterium: str
    gewicht: Fraction
    laagste: Fraction
    hoogste: Fraction


@dataclass(frozen=True)
class Verschuiving:
    """The smallest total change of the weights (sum of absolute changes, shares of 1) that alters the set.

    At `gewichten` proposal `erin` draws level with `eruit`; a hair further it takes its place.
    """

    afstand: float
    gewichten: dict[str, float]
    erin: str
    eruit: str


@dataclass(frozen=True)
class ZonderBeoordelaar:
    """The selected set without one assessor; `gelijk` when a tie at the cut leaves it open."""

    beoordelaar: str
    erin: tuple[str, ...]
    eruit: tuple[str, ...]
    gelijk: tuple[str, ...]


def _breuken(gewichten: Mapping[str, Fraction | int | float], scores: pd.DataFrame) -> list[Fraction]:
    """Weights as shares of 1, in the order of the columns."""
    if set(gewichten) != set(scores.columns) or scores.isna().any(axis=None):
        raise RobuustheidError("Elk criterium vraagt één gewicht en elk voorstel een score op elk criterium.")
    ruw = [Fraction(gewichten[str(c)]) for c in scores.columns]
    if min(ruw) < 0 or sum(ruw) == 0:
        raise RobuustheidError("Gewichten zijn nul of meer en samen meer dan nul.")
    return [g / sum(ruw) for g in ruw]


def _exact(waarde: object) -> Fraction:
    """Fractions and Decimals stay exact; a float becomes the short decimal that people see."""
    return waarde if isinstance(waarde, Fraction) else Fraction(str(waarde))


def _paren(scores: pd.DataFrame, gekozen: Collection[str]) -> list[tuple[str, str]]:
    """All (selected, not selected) pairs."""
    onbekend = sorted(set(gekozen) - set(scores.index))
    if onbekend:
        raise RobuustheidError(f"Voorstel {onbekend[0]} is gekozen maar heeft geen scores in deze tabel.")
    return [(a, b) for a in sorted(gekozen) for b in sorted(set(scores.index) - set(gekozen))]


def _snijd(grenzen: tuple[Fraction, Fraction], helling: Fraction, start: Fraction) -> tuple[Fraction, Fraction]:
    """Keep the t within `grenzen` for which start + helling · t ≥ 0; (1, 0) when there is none."""
    laag, hoog = grenzen
    if helling > 0:
        return max(laag, -start / helling), hoog
    if helling < 0:
        return laag, min(hoog, -start / helling)
    return (laag, hoog) if start >= 0 else (Fraction(1), Fraction(0))


def gewichtsintervallen(
    scores: pd.DataFrame, gewichten: Mapping[str, Fraction | int | float], gekozen: Collection[str]
) -> list[Gewichtsinterval]:
    """Exact one-at-a-time interval of each weight (0..1) within which the selected set stays the same.

    A set that these weights do not produce (by threshold or ceiling) raises RobuustheidError.
    """
    w = _breuken(gewichten, scores)
    s = {str(v): [_exact(x) for x in rij] for v, rij in zip(scores.index, scores.to_numpy(), strict=True)}
    uit = []
    for c, criterium in enumerate(scores.columns):
        rest = [Fraction(0) if i == c else g for i, g in enumerate(w)]
        som = sum(rest, Fraction(0))
        grenzen = (Fraction(0), Fraction(1)) if som else (Fraction(1), Fraction(1))
        for a, b in _paren(scores, gekozen):
            verschil = [x - y for x, y in zip(s[a], s[b], strict=True)]
            overig = sum((g * d for g, d in zip(rest, verschil, strict=True)), Fraction(0)) / (som or 1)
            grenzen = _snijd(grenzen, verschil[c] - overig, overig)
        if not grenzen[0] <= w[c] <= grenzen[1]:
            raise RobuustheidError("Deze selectie volgt niet uit de scores en de gewichten; een andere regel gaf haar.")
        uit.append(Gewichtsinterval(str(criterium), w[c], *grenzen))
    return uit


def _kortste_weg(w: Reeks, verschil: Reeks) -> tuple[float, Reeks] | None:
    """Smallest L1 move from `w` in the simplex to where `verschil` · weights ≤ 0 (HiGHS); None if nowhere."""
    m = len(w)
    oplossing = optimize.linprog(
        np.ones(2 * m),
        A_ub=np.vstack([np.concatenate([verschil, -verschil]), np.hstack([-np.eye(m), np.eye(m)])]),
        b_ub=np.concatenate([[-float(verschil @ w)], w]),
        A_eq=np.concatenate([np.ones(m), -np.ones(m)])[None, :],
        b_eq=[0.0],
        method="highs",
    )
    if oplossing.status != 0 or oplossing.x is None:
        return None
    stap = np.asarray(oplossing.x, dtype=np.float64)
    return float(stap.sum()), w + stap[:m] - stap[m:]


def kleinste_verschuiving(
    scores: pd.DataFrame, gewichten: Mapping[str, Fraction | int | float], gekozen: Collection[str]
) -> Verschuiving | None:
    """The smallest change of the weights at which an unselected proposal draws level; None if none does.

    A proposal that is nowhere better than a selected one cannot take its place and is left out of the search.
    """
    w = np.array([float(g) for g in _breuken(gewichten, scores)])
    beste: Verschuiving | None = None
    for eruit, erin in _paren(scores, gekozen):
        verschil = np.asarray(scores.loc[eruit].astype(float) - scores.loc[erin].astype(float), dtype=np.float64)
        weg = _kortste_weg(w, verschil) if (verschil < 0).any() else None
        if weg and (beste is None or weg[0] < beste.afstand - 1e-12):
            namen = [str(c) for c in scores.columns]
            beste = Verschuiving(weg[0], dict(zip(namen, map(float, weg[1]), strict=True)), erin, eruit)
    return beste


def _simplex(aantal: int, zaad: int) -> Reeks:
    """Scrambled Sobol points, uniform on the simplex of weights: spacings of sorted coordinates."""
    if aantal == 1:
        return np.ones((1, 1))
    punten = np.sort(qmc.Sobol(aantal - 1, scramble=True, rng=zaad).random_base2(SOBOL_MACHT), axis=1)
    return np.diff(punten, axis=1, prepend=0.0, append=1.0)


def kans_op_selectie(scores: pd.DataFrame, plaatsen: int, *, zaad: int) -> pd.Series:
    """Share of all possible weights under which each proposal is among the best `plaatsen`.

    2¹⁴ seeded Sobol points; equal proposals share the places they compete for. Index as in `scores`.
    """
    if not 1 <= plaatsen <= len(scores) or scores.isna().any(axis=None):
        raise RobuustheidError(f"Het aantal plaatsen is {plaatsen}; kies 1 tot en met {len(scores)}.")
    s, gewichten = scores.to_numpy(dtype=np.float64), _simplex(scores.shape[1], zaad)
    kans = np.zeros(len(scores))
    for deel in np.array_split(gewichten, max(1, len(gewichten) // 1024)):
        totaal = deel @ s.T
        grens = np.partition(totaal, len(s) - plaatsen, axis=1)[:, [len(s) - plaatsen]]
        erboven, gelijk = totaal > grens + 1e-9, np.abs(totaal - grens) <= 1e-9
        over = plaatsen - erboven.sum(axis=1)
        kans += erboven.sum(axis=0) + (gelijk * (over / gelijk.sum(axis=1))[:, None]).sum(axis=0)
    return pd.Series(kans / len(gewichten), index=scores.index)


def _beste(totalen: pd.Series, plaatsen: int) -> tuple[set[str], set[str]]:
    """(surely in, tied at the cut) for the best `plaatsen`."""
    grens = totalen.sort_values(ascending=False).iloc[plaatsen - 1]
    boven = set(totalen.index[totalen > grens + 1e-9])
    gelijk = set(totalen.index[(totalen - grens).abs() <= 1e-9])
    return (boven | gelijk, set()) if len(boven | gelijk) == plaatsen else (boven, gelijk)


def zonder_een_beoordelaar(
    scores: pd.DataFrame, gewichten: Mapping[str, Fraction | int | float], gekozen: Collection[str]
) -> list[ZonderBeoordelaar]:
    """Leave each assessor out in turn and rank the mean scores again.

    `scores` is long: voorstel, criterium, beoordelaar, waarde. Raises RobuustheidError when leaving
    somebody out leaves a proposal without any score on a criterion.
    """
    plaatsen, uit = len(gekozen), []
    for wie in sorted(scores["beoordelaar"].unique()):
        over = scores[scores["beoordelaar"] != wie].dropna(subset=["waarde"])
        tabel = over.pivot_table(index="voorstel", columns="criterium", values="waarde", aggfunc="mean")
        tabel = tabel.reindex(sorted(scores["voorstel"].unique()))
        w = np.array([float(g) for g in _breuken(gewichten, tabel)])
        zeker, gelijk = _beste(pd.Series(tabel.to_numpy() @ w, index=tabel.index), plaatsen)
        erin, eruit = zeker - set(gekozen), set(gekozen) - zeker - gelijk
        uit.append(ZonderBeoordelaar(str(wie), tuple(sorted(erin)), tuple(sorted(eruit)), tuple(sorted(gelijk))))
    return uit
