"""Waves in order of time, and which of them lie before and after a start; for any kind of period.

Periods may be ours ("2012", "2012-1", "2012-K3"), dates, numbers, or text that sorts in a natural way ("golf 2"
before "golf 10"). Whole years may be written as numbers beside ours. A break in definition cuts the waves: a pilot
is compared over the waves on its own side of every break only.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from aanbesteding.kern import perioden as wave
from aanbesteding.kern.effect_typen import Periode

Masker = npt.NDArray[np.bool_]
Soort = Literal["tijd", "getal", "tekst"]
VERSCHILLEND = "De perioden en de startperiode hebben niet dezelfde vorm. Schrijf ze gelijk."


@dataclass(frozen=True)
class Vak:
    """A wave as an interval that can be ordered: from `begin` up to and including `eind`."""

    soort: Soort
    begin: Any
    eind: Any

    def voor(self, start: "Vak") -> bool:
        return bool(self.eind < start.begin) if self.eind != self.begin else bool(self.begin < start.begin)

    def na(self, start: "Vak") -> bool:
        return bool(self.begin >= start.begin)


def _natuurlijk(tekst: str) -> tuple[tuple[int, Any], ...]:
    """Sort key in which "golf 2" comes before "golf 10"."""
    return tuple((0, int(d)) if d.isdigit() else (1, d.casefold()) for d in re.split(r"(\d+)", tekst) if d)


def _kaal(periode: Periode) -> Periode:
    """numpy numbers and dates as plain ones, so that they compare and print as people write them."""
    kaal: Any = periode.item() if isinstance(periode, np.generic) else periode
    if isinstance(kaal, float) and kaal.is_integer():
        return int(kaal)
    return kaal.date() if isinstance(kaal, datetime) else kaal


def _vak(periode: Periode, jaren: bool) -> Vak:
    kaal = _kaal(periode)
    if jaren and isinstance(kaal, int) and 1000 <= kaal <= 2999:
        kaal = str(kaal)
    if isinstance(kaal, str) and wave.is_periode(kaal):
        return Vak("tijd", *wave.orde(kaal))
    if isinstance(kaal, date):
        return Vak("tijd", kaal, kaal)
    if isinstance(kaal, str):
        return Vak("tekst", _natuurlijk(kaal), _natuurlijk(kaal))
    return Vak("getal", kaal, kaal)


def vakken(perioden: Iterable[Periode]) -> dict[Periode, Vak]:
    """Every period as an interval, all of one kind. Raises ValueError in Dutch when kinds differ."""
    alle = list(perioden)
    uit = {p: _vak(p, jaren=False) for p in alle}
    if "tijd" in {v.soort for v in uit.values()}:
        uit = {p: _vak(p, jaren=True) for p in alle}
    if {v.soort for v in uit.values()} == {"tijd", "tekst"} and all(isinstance(p, str) for p in alle):
        uit = {p: Vak("tekst", _natuurlijk(str(p)), _natuurlijk(str(p))) for p in alle}
    if len({v.soort for v in uit.values()}) > 1:
        raise ValueError(VERSCHILLEND)
    return uit


def geordend(perioden: Sequence[Periode], vak: dict[Periode, Vak]) -> list[Periode]:
    try:
        return sorted(perioden, key=lambda p: (vak[p].begin, vak[p].eind))
    except TypeError as fout:
        raise ValueError(VERSCHILLEND) from fout


def overlappend(perioden: Sequence[Periode], vak: dict[Periode, Vak]) -> list[Periode]:
    """Longer waves that cover others (a year beside its half-years): counting both would count people twice."""
    tijd = [p for p in perioden if vak[p].soort == "tijd"]

    def dekt(lang: Periode, kort: Periode) -> bool:
        a, b = vak[lang], vak[kort]
        raakt = a.begin <= b.eind and b.begin <= a.eind
        return bool(raakt and a.eind - a.begin > b.eind - b.begin)

    return [p for p in tijd if any(dekt(p, q) for q in tijd if q != p)]


def tijdlijn(perioden: Sequence[Periode], vak: dict[Periode, Vak]) -> npt.NDArray[np.float64]:
    """Place in time per wave, for straight lines: years by the date, numbers as they are, else 0, 1, 2."""
    if all(isinstance(vak[p].begin, date) and vak[p].begin == vak[p].eind for p in perioden):
        return np.array([float(vak[p].begin.toordinal()) for p in perioden])
    if all(vak[p].soort == "tijd" for p in perioden):
        midden = [vak[p].begin + (vak[p].eind + timedelta(days=1) - vak[p].begin) / 2 for p in perioden]
        # Whole half-years would differ by a day or three; a month is precise enough and keeps steps equal.
        return np.array([12 * m.year + m.month - 1 + round((m.day - 1) / 30) for m in midden], dtype=float)
    if all(vak[p].soort == "getal" for p in perioden):
        return np.array([float(vak[p].begin) for p in perioden])
    return np.arange(len(perioden), dtype=float)


def maskers(
    perioden: Sequence[Periode], start: Periode, breuken: Sequence[Periode], vak: dict[Periode, Vak]
) -> tuple[Masker, Masker]:
    """Waves before and after `start` that may be compared with each other: none beyond a break."""
    voor = np.array([vak[p].voor(vak[start]) for p in perioden], dtype=bool)
    na = np.array([vak[p].na(vak[start]) for p in perioden], dtype=bool)
    for breuk in breuken:
        nieuw = np.array([vak[p].na(vak[breuk]) for p in perioden], dtype=bool)
        oud = np.array([vak[p].voor(vak[breuk]) for p in perioden], dtype=bool)
        # A break by the start itself leaves nothing on one side: then there is a description only.
        eerder = vak[breuk].begin <= vak[start].begin
        voor &= nieuw if eerder else oud
        na &= nieuw if eerder else oud
    return voor, na


def in_de_start(perioden: Sequence[Periode], start: Periode, vak: dict[Periode, Vak]) -> list[Periode]:
    return [p for p in perioden if not vak[p].voor(vak[start]) and not vak[p].na(vak[start])]
