"""The work of one assessor: what to declare, what to score and how far it is. Own rows only.

Everything of another person (texts, scores, names) goes through inzage; here stands what somebody did or has to
do himself, read lean, because an assessor opens it all day: a constant number of statements, columns and no rows.
A proposal with a declared interest and a pair that lapsed are no work, so they are in none of these.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from ..fouten import GeenToestemming
from ..model import (
    Belang,
    Coalitie,
    Concept,
    Consensus,
    Deelnemer,
    Organisatie,
    Partner,
    Ronde,
    Score,
    Toewijzing,
    Voorstel,
)
from ..procedure import Poort
from . import inzage, vind
from .vermoedens import vermoedens

Cel = tuple[str, str]
"""(coalition key, criterion)."""


@dataclass(frozen=True)
class Opgeslagen:
    """A mark as it is stored; `waarde` None means abstained."""

    versie: int
    waarde: int | None
    motivering: str
    op: datetime

    @property
    def getypt(self) -> str:
        return "onthouden" if self.waarde is None else str(self.waarde)


@dataclass(frozen=True)
class Werkrij:
    """One own proposal: `gegeven` of `van` criteria are scored. `concept`: text was typed after the last save."""

    toewijzing_id: int
    volgorde: int
    nummer: int
    coalitie: str
    naam: str
    gegeven: int
    van: int
    vergrendeld_op: datetime | None
    concept: bool

    @property
    def stand(self) -> str:
        if self.vergrendeld_op:
            return "vergrendeld"
        if self.gegeven >= self.van:
            return "compleet"
        return "begonnen" if self.gegeven or self.concept else "nog te doen"


@dataclass(frozen=True)
class Werk:
    """`uitgevallen`: this assessor was replaced, so only what he locked before still counts."""

    rijen: tuple[Werkrij, ...]
    uitgevallen: bool

    @property
    def open(self) -> list[Werkrij]:
        return [r for r in self.rijen if not r.vergrendeld_op]

    @property
    def te_scoren(self) -> list[Werkrij]:
        return [r for r in self.rijen if r.stand in ("nog te doen", "begonnen")]

    @property
    def volgende(self) -> Werkrij | None:
        """Where to go on: what was begun, else the first that is not."""
        te_doen = self.te_scoren
        return next((r for r in te_doen if r.stand == "begonnen"), te_doen[0] if te_doen else None)

    def rij(self, coalitie: str) -> Werkrij:
        """Raises GeenToestemming, the same for a stranger, an unknown key and a declared interest."""
        gevonden = next((r for r in self.rijen if r.coalitie == coalitie), None)
        if gevonden is None:
            raise GeenToestemming("Dit voorstel is niet aan u toegewezen. U kunt het hier niet lezen of beoordelen.")
        return gevonden

    def na(self, coalitie: str) -> Werkrij | None:
        """The next proposal that still misses a score, from here on and then from the start."""
        plek = next((i for i, r in enumerate(self.rijen) if r.coalitie == coalitie), -1)
        return next((r for r in (*self.rijen[plek + 1 :], *self.rijen[: max(plek, 0)]) if r in self.te_scoren), None)


def van(session: Session, ronde: Ronde, wie: Deelnemer, criteria: int) -> Werk:
    """The own proposals in the own seeded order, in four statements whatever their number."""
    vraag = (
        select(Toewijzing.id, Toewijzing.volgorde, Voorstel.nummer, Coalitie.sleutel, Coalitie.naam,
               Toewijzing.vergrendeld_op, Toewijzing.vervallen_op, Toewijzing.voorstel_id)  # type: ignore[call-overload]
        .join(Voorstel, col(Toewijzing.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(Voorstel.ronde_id == ronde.id, Toewijzing.beoordelaar_id == wie.id)
        .order_by(col(Toewijzing.volgorde), col(Toewijzing.id))
    )  # fmt: skip
    alle = session.exec(vraag).all()
    weg = set(session.exec(select(Belang.voorstel_id).where(Belang.beoordelaar_id == wie.id, col(Belang.belang))))
    gegeven, getypt = _gegeven(session, wie), _getypt(session, wie)
    rijen = []
    for tid, volgorde, nummer, sleutel, naam, slot, vervallen, voorstel_id in alle:
        if vervallen is None and voorstel_id not in weg:
            aantal, op = gegeven.get(tid, (0, None))
            los = slot is None and sleutel in getypt and (op is None or getypt[sleutel] > op)
            rijen.append(Werkrij(tid, volgorde, nummer, sleutel, naam, aantal, criteria, slot, los))
    return Werk(tuple(rijen), any(rij[6] is not None for rij in alle))


def _gegeven(session: Session, wie: Deelnemer) -> dict[int, tuple[int, datetime]]:
    """Allocation → (number of criteria with a score, when the last one was stored)."""
    vraag = (
        select(Score.toewijzing_id, func.count(func.distinct(Score.criterium)), func.max(Score.ingevoerd_op))
        .join(Toewijzing, col(Score.toewijzing_id) == Toewijzing.id)
        .where(Toewijzing.beoordelaar_id == wie.id)
        .group_by(col(Score.toewijzing_id))
    )
    return {tid: (aantal, op) for tid, aantal, op in session.exec(vraag)}


CONCEPT = "score/"
"""Drafts of scores stand under "score/<coalition>"."""


def _getypt(session: Session, wie: Deelnemer) -> dict[str, datetime]:
    vraag = (
        select(Concept.sleutel, func.max(Concept.bewaard_op))
        .where(Concept.deelnemer_id == wie.id, col(Concept.sleutel).startswith(CONCEPT))
        .group_by(col(Concept.sleutel))
    )
    return {sleutel.removeprefix(CONCEPT): op for sleutel, op in session.exec(vraag)}


def eigen_scores(session: Session, ronde: Ronde, wie: Deelnemer, coalitie: str = "") -> dict[Cel, Opgeslagen]:
    """The own newest scores, of one proposal or of all, in one statement."""
    vraag = (
        select(Coalitie.sleutel, Score.criterium, Score.versie, Score.waarde, Score.motivering, Score.ingevoerd_op)  # type: ignore[call-overload]
        .join(Toewijzing, col(Score.toewijzing_id) == Toewijzing.id)
        .join(Voorstel, col(Toewijzing.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(Voorstel.ronde_id == ronde.id, Toewijzing.beoordelaar_id == wie.id)
        .where(col(Toewijzing.vervallen_op).is_(None))
        .order_by(col(Score.versie))
    )
    if coalitie:
        vraag = vraag.where(Coalitie.sleutel == coalitie)
    return {(c, k): Opgeslagen(*rest) for c, k, *rest in session.exec(vraag)}


def afspraken(session: Session, ronde: Ronde, coalitie: str) -> dict[Cel, Opgeslagen]:
    """The newest agreed marks of one proposal. For who records them; others see them through inzage.scores."""
    vraag = (
        select(Consensus.criterium, Consensus.versie, Consensus.waarde, Consensus.motivering, Consensus.vastgelegd_op)  # type: ignore[call-overload]
        .join(Voorstel, col(Consensus.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(Voorstel.ronde_id == ronde.id, Coalitie.sleutel == coalitie)
        .order_by(col(Consensus.versie))
    )
    return {(coalitie, k): Opgeslagen(*rest) for k, *rest in session.exec(vraag)}


@dataclass(frozen=True)
class Verklaarrij:
    """A proposal to declare about: `belang` None means not yet. `vragen` come from matches in the data."""

    nummer: int
    coalitie: str
    naam: str
    partners: tuple[tuple[str, str], ...]
    vragen: tuple[str, ...]
    belang: bool | None
    toelichting: str


def verklaringen(session: Session, ronde: Ronde, wie: Deelnemer) -> list[Verklaarrij]:
    """Every admissible proposal with its partners and the own declaration. Raises GeenToestemming."""
    inzage.toets_partners(session, ronde, wie)
    eigen = {b.voorstel_id: b for b in session.exec(select(Belang).where(Belang.beoordelaar_id == wie.id))}
    partners, alle = _partners(session, ronde), vermoedens(session, ronde)
    rijen = []
    for v, c in vind.ontvankelijke(session, ronde):
        b = eigen.get(vind.sid(v.id))
        vragen = tuple(m.vraag for m in alle.get((vind.sid(v.id), vind.sid(wie.id)), []))
        wat = (b.belang, b.toelichting) if b else (None, "")
        rijen.append(Verklaarrij(v.nummer, c.sleutel, c.naam, tuple(partners[vind.sid(c.id)]), vragen, *wat))
    return rijen


def _partners(session: Session, ronde: Ronde) -> Mapping[int, list[tuple[str, str]]]:
    """Coalition id → (name, kind) of every organisation in it."""
    vraag = (
        select(Partner.coalitie_id, Organisatie.naam, Organisatie.soort)
        .join(Organisatie, col(Partner.organisatie_id) == Organisatie.id)
        .where(Organisatie.ronde_id == ronde.id)
        .order_by(col(Organisatie.naam))
    )
    uit: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for coalitie_id, naam, soort in session.exec(vraag):
        uit[coalitie_id].append((naam, soort))
    return uit


def open_verklaringen(session: Session, ronde: Ronde, wie: Deelnemer) -> int:
    """How many admissible proposals still wait for the own declaration."""
    gedaan = select(Belang.voorstel_id).where(Belang.beoordelaar_id == wie.id)
    vraag = select(func.count()).select_from(Voorstel).where(Voorstel.ronde_id == ronde.id)
    return session.exec(vraag.where(col(Voorstel.ontvankelijk).is_(True), col(Voorstel.id).not_in(gedaan))).one()


def gepasseerd(session: Session, ronde: Ronde) -> set[str]:
    return {Poort(p.poort).value for p in vind.gepasseerd(session, ronde)}
