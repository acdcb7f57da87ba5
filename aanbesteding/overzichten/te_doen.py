"""Who owes what, per person and with a date: one list for the first page of every role, for the page of the project
leader and for the reminders, so that these can never disagree.

Before the vault opens nobody but the coalition itself may know of a draft; such tasks are `besloten` and are left
out of everything that somebody else sees (`van_iedereen`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from ..model import Deelnemer, Persoon, Rolhouder, Ronde
from ..procedure import Rol
from . import te_doen_teams, te_doen_werk, vind
from .stand import Poortstand, stand, verloop
from .taken import LOOPT, Taak, Tafel

__all__ = ["Mensentaken", "Taak", "taken_van", "van_iedereen"]

VER = datetime.max.replace(tzinfo=UTC)
"""What has no date comes last."""
LEIDT = (Rol.PROJECTLEIDER, Rol.JURIST, Rol.WETHOUDER, Rol.VOORZITTER)
"""Roles whose work is what keeps a gate shut: their list follows from the blockers."""


@dataclass(frozen=True)
class Mensentaken:
    """Everything that one person still owes, in order of date."""

    deelnemer: Deelnemer
    persoon: Persoon
    taken: tuple[Taak, ...]


def _tafel(session: Session, ronde: Ronde, nu: datetime, poorten: Sequence[Poortstand]) -> Tafel:
    gedaan = {p.poort.value for p in poorten if p.status == "gepasseerd"}
    lopend = {p.poort: p for p in poorten if p.status in LOOPT}
    return Tafel(session, ronde, vind.regels(session, ronde), nu, gedaan, lopend)


def taken_van(session: Session, ronde: Ronde, als: dict[str, Deelnemer], nu: datetime) -> list[Taak]:
    """What this person owes, in all his roles; `als` maps each role to the participant who has it."""
    leidt = bool(set(als) & {r.value for r in LEIDT})
    poorten = stand(session, ronde, nu) if leidt else verloop(session, ronde, nu)
    t = _tafel(session, ronde, nu, poorten)
    ids = {vind.sid(d.id) for d in als.values()}
    houders = {Rol(r): [d] for r, d in als.items()}
    return _op_datum([x for x in _alle(t, houders) if x.deelnemer_id in ids])


def van_iedereen(session: Session, ronde: Ronde, poorten: Sequence[Poortstand], nu: datetime) -> list[Mensentaken]:
    """What everybody owes, without what is sealed: for who leads the round and for the reminders."""
    t = _tafel(session, ronde, nu, poorten)
    mensen = _mensen(session, ronde)
    houders: dict[Rol, list[Deelnemer]] = {}
    for d, _, rol in mensen:
        houders.setdefault(Rol(rol), []).append(d)
    per: dict[int, list[Taak]] = {}
    for taak in _alle(t, houders):
        if not taak.besloten:
            per.setdefault(taak.deelnemer_id, []).append(taak)
    wie = {vind.sid(d.id): (d, p) for d, p, _ in mensen}
    rijen = [Mensentaken(*wie[i], tuple(_op_datum(taken))) for i, taken in per.items() if i in wie]
    return sorted(rijen, key=lambda m: (m.taken[0].tot or VER, m.persoon.naam))


def _mensen(session: Session, ronde: Ronde) -> list[tuple[Deelnemer, Persoon, str]]:
    vraag = (
        select(Deelnemer, Persoon, Rolhouder.rol)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .join(Rolhouder, col(Rolhouder.deelnemer_id) == Deelnemer.id)
        .where(Deelnemer.ronde_id == ronde.id)
    )
    return list(session.exec(vraag.order_by(col(Deelnemer.sleutel))).all())


def _alle(t: Tafel, houders: dict[Rol, list[Deelnemer]]) -> list[Taak]:
    uit = te_doen_teams.uit_blokkades(t, houders)
    uit += te_doen_teams.vier_ogen(t, houders)
    uit += te_doen_teams.collegevragen(t, houders)
    uit += te_doen_werk.beoordelaars(t, houders.get(Rol.BEOORDELAAR, []))
    uit += te_doen_werk.coalities(t, houders.get(Rol.PENVOERDER, []))
    return uit + te_doen_werk.partners(t, houders.get(Rol.ORGANISATIE, []))


def _op_datum(taken: list[Taak]) -> list[Taak]:
    return sorted(taken, key=lambda x: (x.tot or VER, x.tekst))
