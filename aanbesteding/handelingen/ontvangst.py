"""Receipts of submissions, made apart from the act: a broken template may never refuse a proposal.

For every submission without a receipt: build, render, store, put the message in the outbox, log. Running it
again does nothing; one receipt that fails does not hold up the others.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from .. import logboek
from ..database import lees, schrijf
from ..documenten.gegevens import Stuk
from ..documenten.gegevens.ontvangst import SOORT, ontvangst
from ..documenten.opdracht import Opgemaakt
from ..fouten import Gebruikersfout
from ..model import Coalitie, Document, Indiening, Ronde
from ..overzichten import vind
from .passeren import Maker, leg_berichten_klaar, leg_document_vast


@dataclass
class Ontvangstuitslag:
    """Kenmerken of the receipts that were made, and in Dutch what went wrong with the others."""

    gemaakt: list[str] = field(default_factory=list)
    mislukt: list[str] = field(default_factory=list)


def zonder_ontvangst(session: Session, ronde: Ronde) -> list[Indiening]:
    """Submissions that have no receipt yet, in order of receipt."""
    vraag = select(Indiening).join(Coalitie).where(Coalitie.ronde_id == ronde.id)
    alle = session.exec(vraag.order_by(col(Indiening.ontvangen_op), col(Indiening.id))).all()
    gedaan = select(Document.coalitie_id, Document.moment).where(Document.ronde_id == ronde.id, Document.soort == SOORT)
    bevestigd = set(session.exec(gedaan).all())
    return [i for i in alle if (i.coalitie_id, i.ontvangen_op) not in bevestigd]


def maak_ontvangsten(motor: Engine, kenmerk: str, *, nu: datetime, maak: Maker) -> Ontvangstuitslag:
    """Make every missing receipt of this round; `maak` renders and stores."""
    uit = Ontvangstuitslag()
    with lees(motor) as session:
        ronde = vind.ronde(session, kenmerk)
        nodig = [vind.sid(i.id) for i in zonder_ontvangst(session, ronde)]
    for indiening_id in nodig:
        try:
            with lees(motor) as session:
                ronde = vind.ronde(session, kenmerk)
                stuk = ontvangst(session, ronde, vind.regels(session, ronde), session.get_one(Indiening, indiening_id))
            [opgemaakt] = maak([stuk.opdracht])
        except Gebruikersfout as fout:
            uit.mislukt.append(str(fout))
            continue
        if _leg_vast(motor, kenmerk, stuk, opgemaakt, nu):
            uit.gemaakt.append(stuk.opdracht.kenmerk)
    return uit


def _leg_vast(motor: Engine, kenmerk: str, stuk: Stuk, opgemaakt: Opgemaakt, nu: datetime) -> bool:
    """Document, message and log line in one transaction; False when someone else was first."""
    with schrijf(motor) as session:
        ronde = vind.ronde(session, kenmerk, vergrendel=True)
        eerder = select(Document).where(Document.ronde_id == ronde.id, Document.kenmerk == stuk.opdracht.kenmerk)
        if session.exec(eerder).first():
            return False
        document = leg_document_vast(session, ronde, stuk, opgemaakt, None)
        leg_berichten_klaar(session, ronde, stuk, document, nu)
        gegevens = {"coalitie": stuk.coalitie, "documenten": {document.kenmerk: document.sha256}}
        logboek.schrijf_regel(
            session,
            ronde_id=vind.sid(ronde.id),
            moment=nu,
            actor="klok",
            handeling="bevestig_ontvangst",
            gegevens=gegevens,
        )
    return True
