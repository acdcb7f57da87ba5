"""Reading for who leads a round: documents per gate, people, advice, plans. Nothing here looks into the vault."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from ..kern.notatie import meervoud
from ..model import (
    Coalitie,
    Deelnemer,
    Document,
    Organisatie,
    Persoon,
    Plan,
    Planoordeel,
    Rolhouder,
    Ronde,
    Toewijzing,
    Verwerkt,
    Voorstel,
)
from ..procedure import Rol
from ..termijnen import feestdag, naar_amsterdam
from . import beoordelen, vind

Poortsleutel = tuple[str, int]


@dataclass(frozen=True)
class Stuksoort:
    """Documents of one kind that a passage made; `titel` is that of one of them."""

    soort: str
    titel: str
    aantal: int


def stukken_per_poort(session: Session, ronde: Ronde) -> dict[Poortsleutel, list[Stuksoort]]:
    """(gate, number) → kinds of documents. Receipts belong to no gate, so that they are never counted here."""
    vraag = (
        select(Document.passage_id, Document.soort, func.min(Document.titel), func.count())
        .where(Document.ronde_id == ronde.id, col(Document.passage_id).is_not(None))
        .group_by(col(Document.passage_id), Document.soort)
        .order_by(Document.soort)
    )
    poorten = {p.id: (p.poort, p.volgnummer) for p in vind.gepasseerd(session, ronde)}
    uit: dict[Poortsleutel, list[Stuksoort]] = defaultdict(list)
    for passage_id, soort, titel, aantal in session.exec(vraag):
        uit[poorten[passage_id]].append(Stuksoort(soort, titel, aantal))
    return uit


def let_op(moment: datetime | None) -> str:
    """What is odd about this day: a holiday or a weekend, or ''."""
    if moment is None:
        return ""
    dag = naar_amsterdam(moment).date()
    naam = feestdag(dag)
    if naam:
        return f"Deze dag is een feestdag: {naam}."
    return "Deze dag valt in het weekend." if dag.weekday() >= 5 else ""


def herinneringen(session: Session, ronde: Ronde) -> dict[str, datetime]:
    """Mark of a reminder that was sent (handelingen/herinneren) → when."""
    vraag = select(Verwerkt).where(Verwerkt.ronde_id == ronde.id, col(Verwerkt.sleutel).startswith("herinnering:"))
    return {v.sleutel: v.moment for v in session.exec(vraag.order_by(col(Verwerkt.moment)))}


def herinnerd(session: Session, ronde: Ronde) -> dict[str, datetime]:
    """Participant key → when he last got a reminder."""
    return {merk.split(":")[2]: moment for merk, moment in herinneringen(session, ronde).items()}


def organisaties(session: Session, ronde: Ronde) -> list[tuple[Organisatie, Persoon]]:
    vraag = (
        select(Organisatie, Persoon)
        .join(Deelnemer, col(Deelnemer.organisatie_id) == Organisatie.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .where(Organisatie.ronde_id == ronde.id)
    )
    return list(session.exec(vraag.order_by(col(Organisatie.naam))).all())


def team(session: Session, ronde: Ronde) -> dict[str, list[tuple[Deelnemer, Persoon]]]:
    """Role → people, without organisations and penvoerders (who forms a coalition is not for this list)."""
    weg = [Rol.ORGANISATIE.value, Rol.PENVOERDER.value]
    vraag = (
        select(Rolhouder.rol, Deelnemer, Persoon)
        .join(Deelnemer, col(Rolhouder.deelnemer_id) == Deelnemer.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .where(Deelnemer.ronde_id == ronde.id, col(Rolhouder.rol).not_in(weg))
    )
    uit: dict[str, list[tuple[Deelnemer, Persoon]]] = {r.value: [] for r in Rol if r.value not in weg}
    for rol, d, p in session.exec(vraag.order_by(col(Persoon.naam))):
        uit[rol].append((d, p))
    return {rol: mensen for rol, mensen in uit.items() if mensen}


@dataclass(frozen=True)
class Beoordelaarrij:
    """How far one assessor is: never a value, never which way an interest points."""

    deelnemer: Deelnemer
    naam: str
    verklaard: int
    met_belang: int
    toegewezen: int
    vergrendeld: int
    uitgevallen: bool


def beoordelaars(session: Session, ronde: Ronde) -> list[Beoordelaarrij]:
    namen = {vind.sid(d.id): (d, p.naam) for d, p in team(session, ronde).get(Rol.BEOORDELAAR.value, [])}
    belangen = beoordelen.belangen(session, ronde)
    alle = beoordelen.toewijzingen(session, ronde, ook_vervallen=True)
    gegeven: dict[int, list[bool]] = defaultdict(list)
    for (_, wie), rij in belangen.items():
        gegeven[wie].append(rij.belang)
    eigen: dict[int, list[Toewijzing]] = defaultdict(list)
    for t in alle:
        eigen[t.beoordelaar_id].append(t)
    return [
        Beoordelaarrij(
            d, naam, len(gegeven[i]), sum(gegeven[i]), sum(t.vervallen_op is None for t in eigen[i]),
            sum(t.vervallen_op is None and t.vergrendeld_op is not None for t in eigen[i]),
            any(t.vervallen_op for t in eigen[i]),
        )
        for i, (d, naam) in namen.items()
    ]  # fmt: skip


@dataclass(frozen=True)
class Planrij:
    """A selected coalition with its newest plan and what was judged about it."""

    coalitie: Coalitie
    plan: Plan | None
    oordeel: Planoordeel | None

    @property
    def stand(self) -> str:
        if self.plan is None:
            return "nog geen plan"
        if self.oordeel is None:
            return f"versie {self.plan.versie} wacht op uw oordeel"
        goed = "akkoord" if self.oordeel.akkoord else "niet akkoord"
        extra = meervoud(len(self.oordeel.voorwaarden), "voorwaarde", "voorwaarden")
        return f"{goed}, met {extra}" if self.oordeel.voorwaarden else goed


def plannen(session: Session, ronde: Ronde) -> list[Planrij]:
    """Every selected coalition, in order of number; in a constant number of statements."""
    vraag = (
        select(Plan, Planoordeel)
        .join(Voorstel, col(Plan.voorstel_id) == Voorstel.id)
        .join(Planoordeel, col(Planoordeel.plan_id) == Plan.id, isouter=True)
        .where(Voorstel.ronde_id == ronde.id)
        .order_by(col(Plan.versie))
    )
    nieuwste = {p.voorstel_id: (p, o) for p, o in session.exec(vraag).all()}
    return [Planrij(c, *nieuwste.get(vind.sid(v.id), (None, None))) for v, c in vind.geselecteerde(session, ronde)]


def paren(session: Session, ronde: Ronde) -> dict[str, list[str]]:
    """Coalition key → keys of the assessors who score it now, as recorded."""
    vraag = (
        select(Coalitie.sleutel, Deelnemer.sleutel)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Toewijzing, col(Toewijzing.voorstel_id) == Voorstel.id)
        .join(Deelnemer, col(Toewijzing.beoordelaar_id) == Deelnemer.id)
        .where(Voorstel.ronde_id == ronde.id, col(Toewijzing.vervallen_op).is_(None))
    )
    uit: dict[str, list[str]] = defaultdict(list)
    for coalitie, wie in session.exec(vraag.order_by(col(Deelnemer.sleutel))):
        uit[coalitie].append(wie)
    return uit
