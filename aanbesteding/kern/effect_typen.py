"""What goes into the effect engine and what comes out. Plain frozen records; the rules stand in `effect`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Periode = int | float | str | date
Uitkomst = Literal[
    "alleen beschrijvend",
    "niet aangetoond",
    "aanwijzing",
    "waarschijnlijk",
    "waarschijnlijk geen groot effect",
]
Schaal = Literal["procent", "aandeel", "gemiddelde", "aantal"]
Methode = Literal[
    "exacte t-toets",
    "bekende steekproefvariantie",
    "gecorrigeerd voor de nulstand",
    "gecorrigeerd voor een rechte trend",
]

# The decision rule of shared/kennis/effect.md, in numbers.
MIN_VERGELIJKING: Final = 5
MAX_NULSTAND_SD: Final = 0.8
MIN_PLACEBO_METINGEN: Final = 3
"""Also the fewest waves before the start that show whether areas were drifting apart already."""
MIN_AANDEEL_RESPONDENTEN: Final = 0.67
MAX_PRIMAIR: Final = 3
MIN_SYNTHETISCH_VOOR: Final = 6
MIN_SYNTHETISCH_VERGELIJKING: Final = 10
# Significance (strong, weak). Interim looks at 1 %: eight looks then give 6.1 % false positives, not 12.9 %.
# The weak level of an interim report is 5 %, so that a hint is not weaker there than the final rule asks.
ALFA: Final[dict[str, tuple[float, float]]] = {"eind": (0.05, 0.10), "tussentijds": (0.01, 0.05)}


@dataclass(frozen=True)
class Melding:
    """A remark with a stable code for the program and a Dutch sentence for the reader."""

    code: str
    tekst: str


@dataclass(frozen=True)
class Ontwerp:
    """The registered design of one indicator (meetplan).

    start: pilot area -> first period in which the pilot runs there (staggered starts differ per area).
    vergelijking: comparison areas. loting: pilots were drawn by lot among equally suitable areas.
    richting: which way is better. relevant_effect: smallest change that matters, in units of the indicator.
    schaal: 'procent' (0-100) and 'aandeel' (0-1) have a known sampling variance when n is given;
    'gemiddelde' has one when `spreiding` (SD between respondents within an area) is given.
    eindmetingen: the registered waves after the start that count; None is all of them.
    modelcijfers: figures come from a model that does not know the pilot (RIVM/SMAP per neighbourhood).
    'aantal' is a count of events and has the variance of a count (Poisson).
    breuken: waves from which on the figures are made in another way; nothing is compared over such a break.
    primair: registered beforehand as a main indicator; another one can be a hint at most.
    meldingen: what was done on the way from plan to design (merged areas, a lottery that does not hold).
    """

    start: Mapping[str, Periode]
    vergelijking: tuple[str, ...]
    loting: bool
    richting: Literal["omhoog", "omlaag"]
    relevant_effect: float | None = None
    moment: Literal["eind", "tussentijds"] = "eind"
    eenheid: str = "procentpunt"
    decimalen: int = 1
    schaal: Schaal = "procent"
    spreiding: float | None = None
    eindmetingen: tuple[Periode, ...] | None = None
    modelcijfers: bool = False
    breuken: tuple[Periode, ...] = ()
    primair: bool = True
    meldingen: tuple[Melding, ...] = ()


@dataclass(frozen=True)
class Schatting:
    """Effect (pilots minus comparison, in units of the indicator) with its interval.

    `zekerheid` is the confidence of the interval (0.95); p is two-sided; df are degrees of freedom.
    """

    effect: float
    se: float
    df: int
    p: float
    onder: float
    boven: float
    zekerheid: float
    methode: Methode

    def sluit_nul_uit(self) -> bool:
        return self.onder > 0 or self.boven < 0


@dataclass(frozen=True)
class Permutatie:
    """p by redrawing which areas are pilots; `kan_klein`: whether p can fall to .05 in this design at all."""

    p: float
    trekkingen: int
    volledig: bool
    kan_klein: bool


@dataclass(frozen=True)
class Synthetisch:
    """Synthetic difference-in-differences beside the verdict (Arkhangelsky et al. 2021), placebo SE."""

    effect: float
    se: float
    meldingen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Oordeel:
    """The verdict on one indicator.

    verschil: pilots' change minus comparison change, also when nothing may be concluded (None: no waves).
    schatting: what the verdict rests on; None for 'alleen beschrijvend'. aantoonbaar: smallest effect that this
    design finds in four out of five cases. redenen: what capped the verdict. waarschuwingen: what happened to the
    data. ongecorrigeerd: the exact t, where `schatting` was made in another way. nulstand_laatste_sd: as
    nulstand_sd, on the last wave before the start. verhouding: variance of a pilot's change over that of a
    comparison area's (staggered starts, gaps, restless pilots).
    """

    uitkomst: Uitkomst
    zin: str
    gewenst: bool | None
    verschil: float | None
    schatting: Schatting | None
    permutatie: Permutatie | None
    nulstand_sd: float | None
    nulstand_gecorrigeerd: Schatting | None
    trend_gecorrigeerd: Schatting | None
    placebo_p: float | None
    synthetisch: Synthetisch | None
    aantoonbaar: float | None
    n_pilot: int
    n_vergelijking: int
    n_voor: int
    n_na: int
    redenen: tuple[Melding, ...]
    waarschuwingen: tuple[Melding, ...]
    ongecorrigeerd: Schatting | None = None
    nulstand_laatste_sd: float | None = None
    verhouding: float = 1.0
