"""What pilots and rounds together teach: which approaches and which incentives went with which results.

Coalitions chose their incentives themselves, so a difference between groups is never a proof; groups under five
get numbers and no sentence. Source of the question: magazine De Betrokken Stad, p. 40 (what wins partners over:
expertise, other ways of paying, meetings).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

KLEINSTE_GROEP: Final = 5
GROOT_VERSCHIL: Final = 0.1
"""Of the range of the scale: under a tenth we call scores alike."""


@dataclass(frozen=True)
class Ervaring:
    """One coalition that handed in a proposal.

    adviesuren: used hours; ander_geld: share 0-1 of the budget that the municipality does not pay; bijeenkomsten:
    exchange meetings with other coalitions (pilots only, else None); score: 0-1, place of the total on the scale of
    its round, None when it was not judged; oordelen: (verdict, whether in the wanted direction) on its primary
    indicators at the last measurement.
    """

    ronde: str
    coalitie: str
    naam: str
    adviesuren: int
    ander_geld: float
    bijeenkomsten: int | None
    score: float | None
    gekozen: bool
    oordelen: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Groep:
    """One row of a comparison. `score`: median 0-1 or None; `gunstig`: pilots with a hint or better, the wanted way."""

    naam: str
    aantal: int
    gekozen: int
    score: float | None
    gemeten: int
    gunstig: int


@dataclass(frozen=True)
class Prikkel:
    sleutel: str
    titel: str
    uitleg: str
    groepen: tuple[Groep, ...]
    zin: str


Indeling = tuple[str, str, str, tuple[tuple[str, Callable[[Ervaring], bool]], ...]]
INDELINGEN: Final[tuple[Indeling, ...]] = (
    ("expertise", "Gratis advies", "Hoeveel uren van een onafhankelijke adviseur gebruikte de coalitie?", (
        ("geen uren", lambda e: e.adviesuren == 0),
        ("1 tot en met 8 uur", lambda e: 1 <= e.adviesuren <= 8),
        ("meer dan 8 uur", lambda e: e.adviesuren > 8),
    )),
    ("ander-geld", "Ander geld", "Welk deel van de begroting betaalt de gemeente niet?", (
        ("minder dan een kwart", lambda e: e.ander_geld < 0.25),
        ("een kwart tot de helft", lambda e: 0.25 <= e.ander_geld < 0.5),
        ("de helft of meer", lambda e: e.ander_geld >= 0.5),
    )),
    ("bijeenkomsten", "Bijeenkomsten met andere coalities", "Hoe vaak kwam de pilot bij andere coalities?", (
        ("nooit", lambda e: e.bijeenkomsten == 0),
        ("1 of 2 keer", lambda e: e.bijeenkomsten in (1, 2)),
        ("3 keer of meer", lambda e: (e.bijeenkomsten or 0) > 2),
    )),
)  # fmt: skip
GUNSTIG: Final = ("aanwijzing", "waarschijnlijk")


def prikkels(ervaringen: Sequence[Ervaring]) -> tuple[Prikkel, ...]:
    """Every incentive with its groups; empty groups stay out, and so does an incentive that nobody logged."""
    uit = []
    for sleutel, titel, uitleg, indeling in INDELINGEN:
        groepen = tuple(g for naam, hoort in indeling if (g := _groep(naam, [e for e in ervaringen if hoort(e)])))
        if groepen:
            uit.append(Prikkel(sleutel, titel, uitleg, groepen, _zin(groepen)))
    return tuple(uit)


def _groep(naam: str, leden: Sequence[Ervaring]) -> Groep | None:
    if not leden:
        return None
    scores = [e.score for e in leden if e.score is not None]
    gemeten = [e for e in leden if e.oordelen]
    return Groep(
        naam, len(leden), sum(e.gekozen for e in leden), median(scores) if scores else None,
        len(gemeten), sum(any(o in GUNSTIG and goed for o, goed in e.oordelen) for e in gemeten),
    )  # fmt: skip


def _zin(groepen: Sequence[Groep]) -> str:
    """What may be said: the lowest against the highest group, when both are large enough."""
    groot = [g for g in groepen if g.aantal >= KLEINSTE_GROEP and g.score is not None]
    if len(groot) < 2:
        return f"De groepen zijn te klein om te vergelijken. Daarvoor zijn ten minste {KLEINSTE_GROEP} coalities nodig."
    eerste, laatste = groot[0], groot[-1]
    verschil = (laatste.score or 0.0) - (eerste.score or 0.0)
    if abs(verschil) < GROOT_VERSCHIL:
        return f"De scores van ‘{eerste.naam}’ en ‘{laatste.naam}’ lijken op elkaar."
    hoger, lager = (laatste, eerste) if verschil > 0 else (eerste, laatste)
    return (
        f"Coalities met ‘{hoger.naam}’ scoorden hoger dan die met ‘{lager.naam}’. Dat kan ook aan iets anders liggen."
    )
