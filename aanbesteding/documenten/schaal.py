"""Axes: from values to places, and round numbers and months to put beside them."""

import math
from dataclasses import dataclass
from datetime import date

KLEINSTE_STAP = 1e-9
"""Below this a scale has no room for the ten decimals to which its steps are rounded."""


@dataclass(frozen=True)
class As:
    """A linear axis: value `van` is drawn at `begin`, value `tot` at `eind`."""

    van: float
    tot: float
    begin: float
    eind: float

    def __call__(self, waarde: float) -> float:
        return self.begin + (waarde - self.van) / (self.tot - self.van) * (self.eind - self.begin)


def mooie_stappen(laag: float, hoog: float, aantal: int) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) that enclose [laag, hoog], about `aantal` steps."""
    ruw = max((hoog - laag or abs(hoog) or 1.0) / aantal, KLEINSTE_STAP)
    macht = 10.0 ** math.floor(math.log10(ruw))
    stap = next(f * macht for f in (1, 2, 5, 10) if f * macht >= ruw * 0.999)
    eerste, laatste = math.floor(laag / stap), math.ceil(hoog / stap)
    return [round(n * stap, 10) for n in range(eerste, max(laatste, eerste + 1) + 1)]


def maandstappen(begin: date, eind: date) -> list[tuple[date, bool]]:
    """First days of months at a readable distance, with whether the month is named (else only the year)."""
    maanden = (eind.year - begin.year) * 12 + eind.month - begin.month
    stap = next((s for s in (1, 2, 3, 6) if maanden <= 7 * s), 12)
    reeks = [date(begin.year + n // 12, n % 12 + 1, 1) for n in range(0, maanden + 24, stap)]
    return [(dag, stap < 12) for dag in reeks if begin <= dag <= eind]
