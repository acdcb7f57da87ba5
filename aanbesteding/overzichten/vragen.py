"""Reading questions about a call. Who asked is shown to nobody; an answer is read by all at the same moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from ..model import Passage, Ronde, Vraag
from ..procedure import Poort
from ..regels import Regels
from . import vind


@dataclass(frozen=True)
class Nota:
    """A published nota van inlichtingen with its questions."""

    nummer: int
    moment: datetime
    vragen: tuple[Vraag, ...]


def notas(session: Session, ronde: Ronde) -> list[Nota]:
    """What everybody may read, the newest first."""
    momenten = select(Passage.volgnummer, Passage.moment).where(
        Passage.ronde_id == ronde.id, Passage.poort == Poort.INLICHTINGEN.value
    )
    per: dict[int, list[Vraag]] = {}
    vraag = select(Vraag).where(Vraag.ronde_id == ronde.id, col(Vraag.nota).is_not(None))
    for v in session.exec(vraag.order_by(col(Vraag.nummer))):
        per.setdefault(v.nota or 0, []).append(v)
    gedaan = dict(session.exec(momenten).all())
    return [Nota(n, gedaan[n], tuple(per.get(n, ()))) for n in sorted(gedaan, reverse=True)]


def nog_niet_gepubliceerd(session: Session, ronde: Ronde) -> list[Vraag]:
    """For who answers: the unanswered ones first."""
    vraag = select(Vraag).where(Vraag.ronde_id == ronde.id, col(Vraag.nota).is_(None)).order_by(col(Vraag.nummer))
    return sorted(session.exec(vraag), key=lambda v: (bool(v.antwoord), v.nummer))


def eigen(session: Session, ids: set[int]) -> list[Vraag]:
    """Questions of these participants that are not published yet."""
    vraag = select(Vraag).where(col(Vraag.deelnemer_id).in_(ids), col(Vraag.nota).is_(None))
    return list(session.exec(vraag.order_by(col(Vraag.nummer))))


def nota_bij(regels: Regels, gesteld_op: datetime) -> datetime | None:
    """The moment at which the answer to a question of this moment is published."""
    return next((m for m in vind.momenten(regels, "vragen_tot") if m >= gesteld_op), None)


def laatste_moment(regels: Regels) -> datetime:
    return vind.momenten(regels, "vragen_tot")[-1]
