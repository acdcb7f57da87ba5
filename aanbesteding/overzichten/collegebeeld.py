"""What lies before the college: per decision its memo, the questions about it, what is prepared and what was decided.

Who declared an interest in one of the proposals sees neither memo nor ranking nor letters of that choice, whatever
his role: the memo names every proposal. A constant number of statements for all three decisions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ..fouten import GeenToestemming, NietGevonden
from ..model import (
    Belang,
    Besluit,
    Besluitregel,
    Coalitie,
    Collegevraag,
    Deelnemer,
    Document,
    Persoon,
    Ronde,
    Voornemen,
    Voorstel,
)
from ..procedure import Poort, Rol
from . import vind

BESLUIT, INTREKKING = "besluit", "trek_ronde_in"
KIJKERS = (Rol.WETHOUDER, Rol.PROJECTLEIDER, Rol.JURIST)


@dataclass(frozen=True)
class Soort:
    """One of the decisions of the college. `poort` makes the memo, `daarna` makes the documents of the decision."""

    titel: str
    stuk: str
    document: str
    poort: Poort
    daarna: Poort
    termijn: str
    over_voorstellen: bool


SOORTEN: dict[str, Soort] = {
    "vrijgave": Soort("Mag de oproep naar buiten?", "startvoorstel", "collegevoorstel-start", Poort.STARTVOORSTEL,
                      Poort.OPROEP, "publicatie", over_voorstellen=False),
    "selectie": Soort("Welke voorstellen gaan verder?", "selectie", "collegevoorstel-selectie", Poort.VOORDRACHT,
                      Poort.SELECTIE, "besluit_selectie", over_voorstellen=True),
    "plannen": Soort("Welke plannen krijgen geld?", "plannen", "collegevoorstel-plannen", Poort.PLANNEN, Poort.START,
                     "besluit_plannen", over_voorstellen=True),
}  # fmt: skip


@dataclass(frozen=True)
class Vraag:
    rij: Collegevraag
    van: str
    antwoord_van: str


@dataclass(frozen=True)
class Genomen:
    """A decision, the people who took it, and its lines by coalition key."""

    rij: Besluit
    door: tuple[str, ...]
    regels: dict[str, Besluitregel]
    namen: dict[str, str]


@dataclass(frozen=True)
class Klaargelegd:
    """A decision that waits for the second wethouder."""

    rij: Voornemen
    eerste: Deelnemer
    naam: str


@dataclass(frozen=True)
class Beeld:
    """Where one decision stands. `memo_op` None: the memo is not there yet."""

    soort: str
    over: Soort
    uiterlijk: datetime
    memo_op: datetime | None
    document: Document | None
    besluit: Genomen | None
    klaargelegd: Klaargelegd | None
    vragen: tuple[Vraag, ...]

    @property
    def beslist(self) -> bool:
        return self.besluit is not None and self.besluit.rij.uitkomst != "aangehouden"

    @property
    def aan_zet(self) -> bool:
        """The college can decide now."""
        return self.memo_op is not None and not self.beslist


def open_voornemens(session: Session, ronde: Ronde) -> list[Voornemen]:
    """What the college prepared and did not confirm or take away."""
    vraag = select(Voornemen).where(
        Voornemen.ronde_id == ronde.id, Voornemen.stand == "open", col(Voornemen.handeling).in_((BESLUIT, INTREKKING))
    )
    return list(session.exec(vraag.order_by(col(Voornemen.id))))


def klaargelegd(session: Session, ronde: Ronde) -> list[Klaargelegd]:
    vraag = (
        select(Voornemen, Deelnemer, Persoon.naam)
        .join(Deelnemer, col(Voornemen.deelnemer_id) == Deelnemer.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .where(Voornemen.ronde_id == ronde.id, Voornemen.stand == "open")
        .where(col(Voornemen.handeling).in_((BESLUIT, INTREKKING)))
    )
    return [Klaargelegd(*r) for r in session.exec(vraag.order_by(col(Voornemen.id)))]


def belangen(session: Session, ronde: Ronde, ids: Iterable[int | None]) -> list[str]:
    """Names of the proposals in which these participants (one person's roles) declared an interest."""
    vraag = (
        select(Coalitie.naam)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Belang, col(Belang.voorstel_id) == Voorstel.id)
        .where(Voorstel.ronde_id == ronde.id, col(Belang.belang).is_(True), col(Belang.beoordelaar_id).in_(list(ids)))
    )
    return sorted(set(session.exec(vraag)))


def toets_inzage(session: Session, ronde: Ronde, als: dict[str, Deelnemer], soort: str) -> None:
    """Raises GeenToestemming for who may not see this memo, NietGevonden for a decision that does not exist."""
    if soort not in SOORTEN:
        raise NietGevonden("Dit besluit bestaat niet.")
    if not {r.value for r in KIJKERS} & set(als):
        raise GeenToestemming("Stukken voor het college zijn voor de wethouder, de projectleider en de jurist.")
    eigen = belangen(session, ronde, (d.id for d in als.values())) if SOORTEN[soort].over_voorstellen else []
    if eigen:
        raise GeenToestemming(
            f"U meldde een belang bij {', '.join(f'‘{n}’' for n in eigen)}. Daarom leest u dit stuk niet en beslist u "
            "niet mee. Een andere wethouder neemt het besluit."
        )


def beelden(session: Session, ronde: Ronde) -> dict[str, Beeld]:
    """Every decision of this round, in order."""
    regels = vind.regels(session, ronde)
    op = {p.poort: p.moment for p in vind.gepasseerd(session, ronde)}
    besluiten, stukken, vragen = _besluiten(session, ronde), _documenten(session, ronde), _vragen(session, ronde)
    klaar = {k.rij.gegevens.get("soort"): k for k in klaargelegd(session, ronde) if k.rij.handeling == BESLUIT}
    return {
        s: Beeld(
            s, over, vind.momenten(regels, over.termijn)[0], op.get(over.poort.value), stukken.get(over.document),
            besluiten.get(s), klaar.get(s), tuple(v for v in vragen if v.rij.soort == s),
        )
        for s, over in SOORTEN.items()
    }  # fmt: skip


def _documenten(session: Session, ronde: Ronde) -> dict[str, Document]:
    soorten = [s.document for s in SOORTEN.values()]
    vraag = select(Document).where(Document.ronde_id == ronde.id, col(Document.soort).in_(soorten))
    return {d.soort: d for d in session.exec(vraag.order_by(col(Document.id)))}


def _vragen(session: Session, ronde: Ronde) -> list[Vraag]:
    steller, ander = aliased(Persoon), aliased(Persoon)
    d1, d2 = aliased(Deelnemer), aliased(Deelnemer)
    vraag = (
        select(Collegevraag, steller.naam, ander.naam)
        .join(d1, col(Collegevraag.deelnemer_id) == d1.id)
        .join(steller, col(d1.persoon_id) == steller.id)
        .outerjoin(d2, col(Collegevraag.antwoord_van) == d2.id)
        .outerjoin(ander, col(d2.persoon_id) == ander.id)
        .where(Collegevraag.ronde_id == ronde.id)
    )
    return [Vraag(r, van, door or "") for r, van, door in session.exec(vraag.order_by(col(Collegevraag.id)))]


def _besluiten(session: Session, ronde: Ronde) -> dict[str, Genomen]:
    """The newest decision of each kind."""
    laatste = {
        b.soort: b
        for b in session.exec(select(Besluit).where(Besluit.ronde_id == ronde.id).order_by(col(Besluit.versie)))
    }
    ids = [i for b in laatste.values() for i in (b.eerste_id, b.tweede_id) if i]
    namen = dict(session.exec(select(Deelnemer.id, Persoon.naam).join(Persoon).where(col(Deelnemer.id).in_(ids))).all())
    vraag = (
        select(Besluitregel, Coalitie)
        .join(Voorstel, col(Besluitregel.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(col(Besluitregel.besluit_id).in_([b.id for b in laatste.values()]))
    )
    regels = session.exec(vraag.order_by(col(Voorstel.nummer))).all()
    return {
        soort: Genomen(
            b, tuple(namen[i] for i in (b.eerste_id, b.tweede_id) if i),
            {c.sleutel: r for r, c in regels if r.besluit_id == b.id}, {c.sleutel: c.naam for _, c in regels},
        )
        for soort, b in laatste.items()
    }  # fmt: skip
