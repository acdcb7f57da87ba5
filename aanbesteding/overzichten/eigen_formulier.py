"""The printed scoring form of one assessor. Forms of others are found by nobody here."""

from sqlmodel import Session, col, select

from ..model import Deelnemer, Document, Ronde
from . import vind
from .voorwaarden import letters


def zoek(session: Session, ronde: Ronde, wie: Deelnemer) -> Document | None:
    """The newest form that was made for this assessor, under his letter; None while there is none."""
    letter = letters(session, ronde).get(vind.sid(wie.id))
    vraag = select(Document).where(Document.ronde_id == ronde.id, Document.soort == "scoreformulier")
    return session.exec(vraag.where(Document.ontvanger == letter).order_by(col(Document.id).desc())).first()
