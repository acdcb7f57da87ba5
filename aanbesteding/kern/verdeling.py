"""Places and money handed out in rank order, and the best filling for calls that published that rule instead.

Rank order until the money is spent is the default: the optimum of a knapsack differs from it in some 4 % of
the rounds bound by money, and passing over a higher ranked proposal is a legal trap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from .totalen import Oordeel, RangschikkingError

Selectie = Literal["ja", "nee", "loting"]
Plafondregel = Literal["stop", "volgende dat past"]
Reden = Literal[
    "geselecteerd",
    "geselecteerd na loting",
    "plaatsen vergeven",
    "plafond bereikt",
    "uitgeloot",
    "loting nodig",
    "wacht op loting",
    "onder drempel criterium",
    "onder drempel totaal",
]


@dataclass(frozen=True)
class Rij:
    """One proposal in the result; `plaats` is None below a threshold; equal proposals share a place."""

    voorstel: str
    plaats: int | None
    totaal: Fraction
    per_criterium: dict[str, Oordeel]
    bedrag: int
    geselecteerd: Selectie
    reden: Reden


@dataclass(frozen=True)
class TeLoten:
    """A tie at the cut: these proposals must be drawn for `plaatsen` places and/or `budget` cents left."""

    voorstellen: tuple[str, ...]
    plaats: int
    plaatsen: int | None
    budget: int | None


def _reden_nee(rij: Rij, reden: Reden) -> Reden:
    """A proposal that was drawn but came too late hears that, not just that the places are gone."""
    return "uitgeloot" if rij.reden == "geselecteerd na loting" else reden


class Verdeling:
    """Hands out places and money, group by group in rank order."""

    def __init__(self, plaatsen: int | None, plafond: int | None, regel: Plafondregel) -> None:
        self.plaatsen = plaatsen
        self.budget = plafond
        self.door = regel == "volgende dat past"
        self.dicht: Reden | None = None
        self.loting: TeLoten | None = None

    def _past(self, rij: Rij) -> bool:
        return self.budget is None or rij.bedrag <= self.budget

    def _neem(self, groep: Sequence[Rij]) -> None:
        if self.plaatsen is not None:
            self.plaatsen -= len(groep)
        if self.budget is not None:
            self.budget -= sum(rij.bedrag for rij in groep)

    def _reden_dicht(self, groep: Sequence[Rij]) -> Reden | None:
        """Why nobody of this group can be selected, or None."""
        if self.dicht:
            return self.dicht
        if self.plaatsen == 0:
            return "plaatsen vergeven"
        return None if any(self._past(rij) for rij in groep) else "plafond bereikt"

    def _alles_past(self, groep: Sequence[Rij]) -> bool:
        ruimte = self.plaatsen is None or len(groep) <= self.plaatsen
        return ruimte and (self.budget is None or sum(rij.bedrag for rij in groep) <= self.budget)

    def geef(self, groep: list[Rij]) -> list[Rij]:
        """Decide for one group of equal rank."""
        dicht = self._reden_dicht(groep)
        if dicht:
            self.dicht = None if dicht == "plafond bereikt" and self.door and not self.dicht else dicht
            uitslag: Selectie = "loting" if dicht == "wacht op loting" else "nee"
            return [replace(rij, geselecteerd=uitslag, reden=_reden_nee(rij, dicht)) for rij in groep]
        if self._alles_past(groep):
            self._neem(groep)
            return [replace(rij, geselecteerd="ja") for rij in groep]
        ids = tuple(rij.voorstel for rij in groep)
        self.loting = TeLoten(ids, groep[0].plaats or 0, self.plaatsen, self.budget)
        self.dicht = self._na_loting(groep)
        return [replace(rij, geselecteerd="loting", reden="loting nodig") for rij in groep]

    def _na_loting(self, groep: Sequence[Rij]) -> Reden:
        """What is already certain for everyone below a group that must be drawn."""
        if self.door:
            return "wacht op loting"
        krap = self.budget is not None and sum(rij.bedrag for rij in groep) > self.budget
        return "plafond bereikt" if krap else "plaatsen vergeven"


def beste_vulling(kosten: Sequence[int], waarden: Sequence[int | Fraction], budget: int) -> tuple[int, ...]:
    """Indices of the set with the highest total value within `budget` (cents); exact 0/1 knapsack.

    Only for a call that published this rule. Keeps the states that no cheaper state beats (Nemhauser and
    Ullmann 1969); of equally good sets it keeps the cheapest, then the one found first in input order.
    """
    if len(kosten) != len(waarden) or any(k < 0 for k in kosten) or budget < 0:
        raise RangschikkingError("Bij elk voorstel horen één bedrag en één waarde, en niets is negatief.")
    staten: list[tuple[int, Fraction, tuple[int, ...]]] = [(0, Fraction(0), ())]
    for i, (kost, waarde) in enumerate(zip(kosten, waarden, strict=True)):
        erbij = [(k + kost, w + waarde, (*keuze, i)) for k, w, keuze in staten if k + kost <= budget]
        samen = sorted(staten + erbij, key=lambda staat: (staat[0], -staat[1]))
        staten = []
        for staat in samen:
            if not staten or staat[1] > staten[-1][1]:
                staten.append(staat)
    return staten[-1][2]
