"""Proposed values against the plan and against what is known: new, the same, a correction, or wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean, stdev

from ..inhoud import Indicator, Meetplan
from ..kern import perioden
from ..kern.notatie import getal as toon
from .waarden import Opmerking, Waarneming

Plek = tuple[str, str, str]
VER_WEG = 4.0
"""So many standard deviations from the other waves of an area is odd enough to ask."""
KEER = 10.0


@dataclass(frozen=True)
class Getoetst:
    nieuw: tuple[Waarneming, ...]
    verbetering: tuple[tuple[Waarneming, float | None], ...]
    """The new value with the one that stands now."""
    gelijk: int
    opmerkingen: tuple[Opmerking, ...]

    @property
    def fouten(self) -> list[str]:
        return [o.zin() for o in self.opmerkingen if o.ernst == "fout"]

    @property
    def rijen(self) -> list[Waarneming]:
        return [*self.nieuw, *(w for w, _ in self.verbetering)]


def toets_rijen(
    rijen: Sequence[Waarneming], plan: Meetplan, bekend: Mapping[Plek, float | None], vandaag: date
) -> Getoetst:
    """`bekend`: newest kept value per place (None: suppressed). A fault anywhere stops the whole file."""
    indicatoren = {i.sleutel: i for i in plan.indicatoren}
    opmerkingen = [o for w in rijen for o in _rij(w, indicatoren[w.indicator], vandaag)]
    opmerkingen += [*_dubbel(rijen), *_breuken(rijen, plan)]
    nieuw = [w for w in rijen if w.plek not in bekend]
    anders = [(w, bekend[w.plek]) for w in rijen if w.plek in bekend and not _zelfde(w.waarde, bekend[w.plek])]
    opmerkingen += _sprongen([*nieuw, *(w for w, _ in anders)], bekend)
    return Getoetst(tuple(nieuw), tuple(anders), len(rijen) - len(nieuw) - len(anders), tuple(opmerkingen))


def _zelfde(een: float | None, ander: float | None) -> bool:
    if een is None or ander is None:
        return een is ander
    return abs(een - ander) < 1e-9


def _rij(w: Waarneming, i: Indicator, vandaag: date) -> list[Opmerking]:
    uit = []
    if not perioden.begonnen(w.periode, vandaag):
        uit.append(Opmerking("fout", f"de periode {w.periode} moet nog beginnen", w.rij))
    elif i.bronsoort != "vragenlijst" and not perioden.afgelopen(w.periode, vandaag):
        uit.append(
            Opmerking("let op", f"de periode {w.periode} is nog niet voorbij; de telling is niet compleet", w.rij)
        )
    if w.waarde is not None:
        laag, hoog = grenzen(i)
        if laag is not None and w.waarde < laag:
            uit.append(Opmerking("fout", f"{toon(w.waarde)} is te laag voor '{i.titel}'; minstens {toon(laag)}", w.rij))
        if hoog is not None and w.waarde > hoog:
            uit.append(Opmerking("fout", f"{toon(w.waarde)} is te hoog voor '{i.titel}'; hooguit {toon(hoog)}", w.rij))
    return uit


def _breuken(rijen: Sequence[Waarneming], plan: Meetplan) -> list[Opmerking]:
    """Once per break: figures on both sides of it cannot be compared."""
    golven: dict[str, set[str]] = {}
    for w in rijen:
        golven.setdefault(w.indicator, set()).add(w.periode)
    return [
        Opmerking("let op", f"'{i.titel}' is vanaf {perioden.leesbaar(b.vanaf)} anders gemeten: {b.toelichting}")
        for i in plan.indicatoren
        for b in i.breuken
        if any(perioden.is_na(p, b.vanaf) for p in golven.get(i.sleutel, ()))
    ]


def grenzen(i: Indicator) -> tuple[float | None, float | None]:
    """Lowest and highest value that can be right."""
    vast: dict[str | None, tuple[float | None, float | None]] = {
        "procent": (0.0, 100.0), "aandeel": (0.0, 1.0), "aantal": (0.0, None),
    }  # fmt: skip
    laag, hoog = vast.get("procent" if i.in_procenten() else i.schaal, (None, None))
    return (laag if i.laagste is None else i.laagste), (hoog if i.hoogste is None else i.hoogste)


def _dubbel(rijen: Sequence[Waarneming]) -> list[Opmerking]:
    gezien: dict[Plek, Waarneming] = {}
    uit = []
    for w in rijen:
        if w.plek in gezien:
            eerst = gezien[w.plek].rij
            waar = f" (ook in rij {eerst})" if eerst else ""
            uit.append(
                Opmerking("fout", f"{w.gebied}, {w.periode} staat er twee keer voor '{w.indicator}'{waar}", w.rij)
            )
        gezien.setdefault(w.plek, w)
    return uit


def _sprongen(rijen: Sequence[Waarneming], bekend: Mapping[Plek, float | None]) -> list[Opmerking]:
    """Values far from the area's own other waves: often a shifted comma or a swapped row."""
    reeks: dict[tuple[str, str], dict[str, float]] = {}
    for (indicator, gebied, golf), waarde in bekend.items():
        if waarde is not None:
            reeks.setdefault((indicator, gebied), {})[golf] = waarde
    for w in rijen:
        if w.waarde is not None:
            reeks.setdefault((w.indicator, w.gebied), {})[w.periode] = w.waarde
    uit = []
    for w in rijen:
        anderen = [x for golf, x in reeks.get((w.indicator, w.gebied), {}).items() if golf != w.periode]
        if w.waarde is not None and _vreemd(w.waarde, anderen):
            midden = toon(round(mean(anderen), 2))
            zin = f"{toon(w.waarde)} ligt ver van de andere metingen (gemiddeld {midden}). Klopt dat?"
            uit.append(Opmerking("let op", f"{w.gebied}, {w.periode}: {zin}", w.rij))
    return uit


def _vreemd(waarde: float, anderen: Sequence[float]) -> bool:
    if not anderen:
        return False
    midden = mean(anderen)
    if midden > 0 and waarde > 0 and (waarde / midden >= KEER or midden / waarde >= KEER):
        return True
    if len(anderen) < 3:
        return False
    spreiding = stdev(anderen)
    return spreiding > 0 and abs(waarde - midden) > VER_WEG * spreiding
