"""How long a record is kept: one calculation for the gate, the index, the CSV and the archive's metadata.

Selectielijst gemeenten en intergemeentelijke organen, as listed in shared/kennis/domein.md L24: the term of a
case starts with the year after the case is closed. While the round runs nobody knows that date, so there is
a term without an end; the date that a gate plans from the rules is a lower bound, not a promise.
"""

import re
from dataclasses import dataclass
from datetime import date

from aanbesteding.kern.notatie import datum

from .soorten import Soort

_CATEGORIE = re.compile(r"Selectielijst (\d+(?:\.\d+)*)")


@dataclass(frozen=True)
class Bewaring:
    """`jaren` None: kept for ever. `begin` is the first day of the term; None while the round still runs."""

    jaren: int | None
    grond: str
    begin: date | None

    @property
    def blijvend(self) -> bool:
        return self.jaren is None

    @property
    def tot(self) -> date | None:
        """First day on which the record may be destroyed; None: never, or not known yet."""
        if self.jaren is None or self.begin is None:
            return None
        return date(self.begin.year + self.jaren, 1, 1)

    @property
    def categorie(self) -> str:
        """Number in the selectielijst, as the ground names it; empty where it names none."""
        treffer = _CATEGORIE.search(self.grond)
        return treffer[1] if treffer else ""

    @property
    def waardering(self) -> str:
        return "blijvend bewaren" if self.blijvend else "vernietigen"

    @property
    def tekst(self) -> str:
        if self.jaren is None:
            return "Blijvend bewaren"
        if self.tot is None:
            return f"{self.jaren} jaar na de sluiting; de ronde loopt nog, dus nog zonder einddatum"
        return f"Bewaren tot {datum(self.tot)}"

    @property
    def volgorde(self) -> int:
        """For the longest of several: for ever comes after every number of years."""
        return 10**6 if self.jaren is None else self.jaren


def bewaring(soort: Soort, sluiting: date | None) -> Bewaring:
    """Retention of a record of this kind in a round that closed on `sluiting` (None: it still runs)."""
    termijn = soort.metadata.bewaartermijn
    return Bewaring(termijn.jaren, termijn.grond, date(sluiting.year + 1, 1, 1) if sluiting else None)
