"""Advisers and their coalitions: who helps whom, how many hours there are and where they went."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from ..model import Advies, Adviesuren, Adviesvraag, Coalitie, Deelnemer, Opmerking, Persoon, Ronde
from .vind import sid


@dataclass(frozen=True)
class Hulp:
    """The adviser of a coalition, or one coalition of an adviser."""

    groep: Coalitie
    advies: Advies
    adviseur: Persoon
    gebruikt: int

    @property
    def over(self) -> int:
        return self.advies.uren - self.gebruikt


def hulp(session: Session, groep: Coalitie) -> list[Hulp]:
    """Who advises this coalition, with the hours."""
    return _hulp(session, Advies.coalitie_id == groep.id)


def van_adviseur(session: Session, ronde: Ronde, wie: Deelnemer) -> list[Hulp]:
    """The coalitions of this adviser."""
    return _hulp(session, Coalitie.ronde_id == ronde.id, Advies.adviseur_id == wie.id)


def _hulp(session: Session, *waar: Any) -> list[Hulp]:
    vraag = (
        select(Coalitie, Advies, Persoon)
        .join(Advies, col(Advies.coalitie_id) == Coalitie.id)
        .join(Deelnemer, col(Advies.adviseur_id) == Deelnemer.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .where(*waar)
        .order_by(col(Coalitie.naam))
    )
    rijen = session.exec(vraag).all()
    gebruikt: dict[int, int] = defaultdict(int)
    for u in session.exec(select(Adviesuren).where(col(Adviesuren.advies_id).in_([a.id for _, a, _ in rijen]))):
        gebruikt[u.advies_id] += u.uren
    return [Hulp(c, a, p, gebruikt[sid(a.id)]) for c, a, p in rijen]


def uren(session: Session, advies: Advies) -> list[Adviesuren]:
    vraag = select(Adviesuren).where(Adviesuren.advies_id == advies.id)
    return list(session.exec(vraag.order_by(col(Adviesuren.moment), col(Adviesuren.id))))


def adviesvraag(session: Session, groep: Coalitie) -> Adviesvraag | None:
    return session.exec(select(Adviesvraag).where(Adviesvraag.coalitie_id == groep.id)).first()


def open_opmerkingen(session: Session, groepen: Collection[Coalitie]) -> dict[int, int]:
    """Coalition id → comments that nobody dealt with yet."""
    vraag = select(Opmerking.coalitie_id).where(col(Opmerking.coalitie_id).in_([g.id for g in groepen]))
    uit: dict[int, int] = defaultdict(int)
    for nummer in session.exec(vraag.where(col(Opmerking.afgehandeld_op).is_(None))):
        uit[nummer] += 1
    return dict(uit)
