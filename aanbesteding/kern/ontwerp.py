"""The smallest difference that a measuring plan can find, per indicator, and what would make it smaller.

The sums are those of effect_plan.py; here is which numbers go in: respondents, spread, or how areas moved in
earlier years. Sources: kennis/effect.md ("Tell the project leader at the start what can be detected").
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import comb
from typing import Literal

import pandas as pd

from .effect_plan import minimaal_aantoonbaar, sd_met_samenhang, sd_steekproef, sd_uit_verleden

MINSTENS_VERGELIJKING = 5
"""Fewer comparison areas: the report only describes (kennis/effect.md, rule 1)."""
SAMENHANG = 0.5
"""Correlation of an area's noise between two waves, where too few past waves say what it is (AR(1), as simulated)."""

Keuze = Literal["loting", "gespreide start", "behoefte", "aanbod"]
Grond = Literal["steekproef", "spreiding", "verleden", "verleden-kort"]


@dataclass(frozen=True)
class Opzet:
    """The design. golven: per pilot area (waves before its start, waves after it); the same areas for all indicators.

    respondenten: per area and wave, 0 when there is no survey. primair: number of primary indicators (Holm).
    """

    golven: tuple[tuple[int, int], ...]
    vergelijking: int
    respondenten: int
    keuze: Keuze | None
    primair: int = 1

    @property
    def pilots(self) -> int:
        return len(self.golven)

    @property
    def kan_rekenen(self) -> bool:
        return self.pilots >= 1 and self.vergelijking >= 1 and self.pilots + self.vergelijking >= 3 and all(
            voor >= 1 and na >= 1 for voor, na in self.golven
        )  # fmt: skip


@dataclass(frozen=True)
class Maat:
    """One indicator for the sum. eenheid: of a difference, e.g. procentpunt. aandeel: expected share, 0 to 1.

    spreiding: SD between respondents, for a mean. verleden: panel gebied, periode, waarde of earlier years.
    """

    sleutel: str
    titel: str
    eenheid: str
    relevant: float
    primair: bool = True
    vragenlijst: bool = True
    procent: bool = False
    aandeel: float | None = None
    spreiding: float | None = None
    verleden: pd.DataFrame | None = None
    modelcijfers: bool = False
    decimalen: int = 1


@dataclass(frozen=True)
class Variant:
    """One row of the small table: what would change, and the smallest visible difference then."""

    naam: str
    kleinste: float


def eerste_getal(tekst: str) -> float | None:
    """The first number that somebody typed: "32,9 procent in Sluispolder" → 32.9; a year or a date is none."""
    for treffer in re.finditer(r"(?<![\d.,-])(\d{1,3}(?:[.,]\d+)?)(?![\d-])\s*(%|procent)", tekst):
        return float(treffer[1].replace(",", "."))
    for treffer in re.finditer(r"(?<![\d.,-])(\d{1,3}(?:[.,]\d+)?)(?![\d-])", tekst):
        return float(treffer[1].replace(",", "."))
    return None


def nodig_voor_permutatie(pilots: int) -> int:
    """Comparison areas with which chance alone can give a p below .05 when areas change places, and at least five."""
    anderen = 1
    while comb(pilots + anderen, pilots) <= 20:
        anderen += 1
    return max(anderen, MINSTENS_VERGELIJKING)


def kleinste_verschil(opzet: Opzet, maat: Maat) -> tuple[float, Grond] | None:
    """Smallest difference found in 80 of 100 cases, and what the sum rests on; None when something is missing.

    With staggered starts the variance is the mean over the pilot areas. With several primary indicators the
    threshold is that of the strictest step of Holm.
    """
    if not opzet.kan_rekenen:
        return None
    gekozen = _spreiding(opzet, maat)
    if gekozen is None:
        return None
    sd, grond = gekozen
    alfa = 0.05 / (opzet.primair if maat.primair else 1)
    return minimaal_aantoonbaar(opzet.pilots, opzet.vergelijking, sd, alfa=alfa), grond


def _spreiding(opzet: Opzet, maat: Maat) -> tuple[float, Grond] | None:
    """SD of an area's change: from the past where it is known, else from the sample alone."""
    if maat.verleden is not None and (uit := _uit_verleden(maat.verleden, opzet)) is not None:
        return uit
    if not maat.vragenlijst or opzet.respondenten < 1:
        return None
    if maat.procent:
        aandeel = min(max(maat.aandeel if maat.aandeel is not None else 0.5, 0.02), 0.98)
        return _gemiddeld(opzet, lambda v, n: sd_steekproef(aandeel, opzet.respondenten, v, n)), "steekproef"
    if maat.spreiding:
        sd = maat.spreiding / math.sqrt(opzet.respondenten)
        return _gemiddeld(opzet, lambda v, n: sd * math.sqrt(1 / v + 1 / n)), "spreiding"
    return None


def _gemiddeld(opzet: Opzet, sd: Callable[[int, int], float]) -> float:
    varianties = [sd(voor, na) ** 2 for voor, na in opzet.golven]
    return math.sqrt(sum(varianties) / len(varianties))


def _uit_verleden(panel: pd.DataFrame, opzet: Opzet) -> tuple[float, Grond] | None:
    """All windows of the same length; with too few past waves one step back and a careful guess of the rest."""
    lang = _als_het_kan(lambda: _gemiddeld(opzet, lambda v, n: sd_uit_verleden(panel, v, n)))
    if lang > 0:
        return lang, "verleden"
    per_golf = _als_het_kan(lambda: sd_uit_verleden(panel, 1, 1)) / math.sqrt(2 * (1 - SAMENHANG))
    if per_golf <= 0:
        return None
    return _gemiddeld(opzet, lambda v, n: sd_met_samenhang(per_golf, SAMENHANG, v, n)), "verleden-kort"


def _als_het_kan(som: Callable[[], float]) -> float:
    """The sum, or 0 where too few waves or areas are known."""
    try:
        return som()
    except ValueError:
        return 0.0


def varianten(opzet: Opzet, maat: Maat) -> Iterator[Variant]:
    """What would change when one thing is more; rows that change nothing stay out."""
    langer_na = tuple((v, n + 1) for v, n in opzet.golven)
    langer_voor = tuple((v + 1, n) for v, n in opzet.golven)
    mogelijk = [
        ("Twee keer zoveel mensen per gebied", replace(opzet, respondenten=2 * opzet.respondenten)),
        ("Vijf gebieden meer om te vergelijken", replace(opzet, vergelijking=opzet.vergelijking + 5)),
        ("Eén gebied meer met de pilot", replace(opzet, golven=(*opzet.golven, opzet.golven[-1]))),
        ("Eén meting meer vóór de start", replace(opzet, golven=langer_voor)),
        ("Eén meting meer na de start", replace(opzet, golven=langer_na)),
    ]  # fmt: skip
    nu = kleinste_verschil(opzet, maat)
    if nu is None:
        return
    yield Variant("Zoals het nu in het plan staat", nu[0])
    for naam, ander in mogelijk:
        uit = kleinste_verschil(ander, maat)
        if uit is not None and uit[1] == nu[1] and abs(uit[0] - nu[0]) > 1e-9:
            yield Variant(naam, uit[0])
