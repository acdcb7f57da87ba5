"""The consensus meeting: how far everybody is, what to discuss, and one proposal on the table.

Values come from inzage and from nowhere else; this file only puts them in the order in which a meeting needs them.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session

from ..model import Deelnemer, Oordeel, Ronde
from ..regels import Criterium, Regels
from . import beoordelen, inzage, vind
from .beoordelen import Agendapunt
from .voorwaarden import letters
from .zichten import Cijfer


@dataclass(frozen=True)
class Agendarij:
    """A proposal with its cells by criterium; the largest spread decides its place on the agenda."""

    nummer: int
    coalitie: str
    naam: str
    cellen: dict[str, Agendapunt]
    oordeel: bool

    @property
    def spreiding(self) -> int:
        return max(c.spreiding for c in self.cellen.values())

    @property
    def bespreken(self) -> int:
        return sum(c.bespreken and not c.klaar for c in self.cellen.values())

    @property
    def vastgelegd(self) -> int:
        return sum(c.klaar for c in self.cellen.values())

    @property
    def gaan_weg(self) -> tuple[str, ...]:
        return next(iter(self.cellen.values())).gaan_weg


def agenda(session: Session, ronde: Ronde, wie: Deelnemer) -> list[Agendarij]:
    """The agenda by proposal, the largest spread first. Raises GeenToestemming."""
    per: dict[str, list[Agendapunt]] = defaultdict(list)
    for punt in inzage.agenda(session, ronde, wie):
        per[punt.coalitie].append(punt)
    oordelen = beoordelen.met_oordeel(session, ronde)
    return [
        Agendarij(p[0].nummer, c, p[0].naam, {punt.criterium: punt for punt in p}, c in oordelen)
        for c, p in per.items()
    ]


@dataclass(frozen=True)
class Tafelcel:
    """One criterium on the table: the individual marks, what was agreed, and how long the reason must be."""

    criterium: Criterium
    cijfers: tuple[Cijfer, ...]
    samen: Cijfer | None
    minimum: int
    bespreken: bool

    @property
    def waarden(self) -> list[int]:
        return sorted(c.waarde for c in self.cijfers if c.waarde is not None)

    @property
    def spreiding(self) -> int:
        return self.waarden[-1] - self.waarden[0] if self.waarden else 0


@dataclass(frozen=True)
class Tafel:
    """One proposal in the meeting. `open` says how many locks are still missing: then there are no cells."""

    nummer: int
    coalitie: str
    naam: str
    open: int
    van: int
    gaan_weg: tuple[str, ...]
    cellen: tuple[Tafelcel, ...]
    oordeel: Oordeel | None


def tafel(session: Session, ronde: Ronde, wie: Deelnemer, regels: Regels, coalitie: str) -> Tafel:
    """The proposal as this person may see it in the meeting. Raises GeenToestemming and NietGevonden."""
    v = vind.voorstel(session, ronde, coalitie)
    groep = vind.coalitie(session, ronde, coalitie)
    inzage.toets_overleg(session, ronde, wie, v, coalitie)
    paren = [t for t in beoordelen.toewijzingen(session, ronde) if t.voorstel_id == v.id]
    open_ = sum(t.vergrendeld_op is None for t in paren)
    namen, alle = letters(session, ronde), beoordelen.belangen(session, ronde)
    weg = tuple(sorted(namen[b] for (s, b), rij in alle.items() if s == v.id and rij.belang and b in namen))
    cellen: tuple[Tafelcel, ...] = ()
    if paren and not open_:
        cellen = _cellen(session, ronde, wie, regels, coalitie)
    klaar = beoordelen.oordelen(session, ronde).get(coalitie) if cellen else None
    return Tafel(v.nummer, coalitie, groep.naam, open_, len(paren), weg, cellen, klaar)


def _cellen(session: Session, ronde: Ronde, wie: Deelnemer, regels: Regels, coalitie: str) -> tuple[Tafelcel, ...]:
    zicht = inzage.scores(session, ronde, wie, coalitie)
    samen = {c.criterium: c for c in zicht.consensus}
    kort, grens = regels.beoordeling.minimum_woorden_motivering, regels.verdeling.spreiding_bespreken
    uit = []
    for c in regels.criteria:
        cijfers = tuple(s for s in zicht.scores if s.criterium == c.sleutel)
        waarden = [s.waarde for s in cijfers if s.waarde is not None]
        wijd = bool(waarden) and max(waarden) - min(waarden) >= grens
        uit.append(Tafelcel(c, cijfers, samen.get(c.sleutel), 2 * kort if wijd else kort, wijd))
    return tuple(uit)
