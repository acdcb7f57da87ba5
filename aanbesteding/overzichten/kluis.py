"""Reading the vault and the formal check. Before the vault is open nothing here shows or counts a proposal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from ..fouten import GeenToestemming
from ..model import Coalitie, Deelnemer, Kluisopening, Persoon, Ronde, Verzuim, Voornemen, Voorstel
from ..procedure import Rol
from . import vind

OPENING = "open_kluis"
BEVESTIG_BINNEN = timedelta(minutes=30)
"""A step for two people is confirmed while both still know what they do; after that it is proposed again."""


def lopend_voornemen(session: Session, ronde: Ronde, nu: datetime) -> Voornemen | None:
    """The proposal to open the vault that still waits for a second person, and in time."""
    vraag = select(Voornemen).where(
        Voornemen.ronde_id == ronde.id, Voornemen.handeling == OPENING, Voornemen.stand == "open"
    )
    rij = session.exec(vraag.order_by(col(Voornemen.id).desc())).first()
    return rij if rij and nu <= rij.gemaakt_op + BEVESTIG_BINNEN else None


def opening(session: Session, ronde: Ronde) -> Kluisopening | None:
    return session.exec(select(Kluisopening).where(Kluisopening.ronde_id == ronde.id)).first()


def naam(session: Session, deelnemer_id: int) -> str:
    vraag = select(Persoon.naam).join(Deelnemer).where(Deelnemer.id == deelnemer_id)
    return session.exec(vraag).one()


@dataclass(frozen=True)
class Vormrij:
    """A proposal in the formal check: what was missing at the opening and what came in since."""

    voorstel: Voorstel
    coalitie: Coalitie
    verzuimen: tuple[Verzuim, ...]

    @property
    def open(self) -> tuple[Verzuim, ...]:
        return tuple(v for v in self.verzuimen if v.hersteld_op is None)


def vormlijst(session: Session, ronde: Ronde, rollen: set[str]) -> list[Vormrij]:
    """Every proposal with its gaps, for who leads and who checks; raises GeenToestemming while the vault is shut."""
    if not rollen & {Rol.PROJECTLEIDER.value, Rol.JURIST.value}:
        raise GeenToestemming("De toets op vorm is voor de projectleider en de jurist.")
    if opening(session, ronde) is None:
        raise GeenToestemming("De voorstellen liggen in de kluis. Twee personen openen die na de sluiting.")
    vraag = select(Verzuim).join(Voorstel).where(Voorstel.ronde_id == ronde.id).order_by(col(Verzuim.id))
    per: dict[int, list[Verzuim]] = {}
    for verzuim in session.exec(vraag):
        per.setdefault(verzuim.voorstel_id, []).append(verzuim)
    return [Vormrij(v, c, tuple(per.get(vind.sid(v.id), ()))) for v, c in vind.voorstellen(session, ronde)]
