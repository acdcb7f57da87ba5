"""What the flows ask: which gate is due, how the round stands, which rounds must be woken."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import col, func, select

from ..database import lees
from ..kern.notatie import datum_tijd
from ..model import Bericht, Coalitie, Document, Indiening, Passage, Ronde
from ..procedure import Fase, Poort
from . import vind
from .stand import Poortstand, stand, volgende

ONTVANGST = "ontvangstbevestiging"
GESLOTEN = (Fase.AFGESLOTEN, Fase.INGETROKKEN)


@dataclass(frozen=True)
class Kloppend:
    """A gate that is due. `termijnversie` rises when a nota moves a deadline, so that keys of runs differ."""

    kenmerk: str
    poort: Poort
    nummer: int
    termijnversie: int


def is_oefening(motor: Engine, kenmerk: str) -> bool:
    with lees(motor) as session:
        return vind.ronde(session, kenmerk).oefening


def volgende_poort(motor: Engine, kenmerk: str, nu: datetime) -> Kloppend | None:
    """The first gate of this round that can be passed now."""
    with lees(motor) as session:
        ronde = vind.ronde(session, kenmerk)
        poort = volgende(session, ronde, nu)
        versie = vind.regelversie(session, ronde)
    return Kloppend(kenmerk, poort.poort, poort.volgnummer, versie.versie if versie else 0) if poort else None


def heeft_post(motor: Engine) -> bool:
    """Whether any message still has to be sent."""
    with lees(motor) as session:
        return session.exec(select(Bericht.id).where(col(Bericht.verstuurd_op).is_(None)).limit(1)).first() is not None


def mist_ontvangst(motor: Engine, kenmerk: str) -> bool:
    """Whether there are more submissions than receipts."""
    with lees(motor) as session:
        ronde = vind.ronde(session, kenmerk)
        ingediend = select(func.count()).select_from(Indiening).join(Coalitie).where(Coalitie.ronde_id == ronde.id)
        bevestigd = select(func.count()).select_from(Document)
        bevestigd = bevestigd.where(Document.ronde_id == ronde.id, Document.soort == ONTVANGST)
        return session.exec(ingediend).one() > session.exec(bevestigd).one()


def levende_rondes(motor: Engine) -> list[str]:
    """Kenmerken of the rounds in which something can still happen."""
    with lees(motor) as session:
        vraag = select(Ronde.kenmerk).where(col(Ronde.fase).not_in([f.value for f in GESLOTEN]))
        return list(session.exec(vraag.order_by(col(Ronde.id))))


def alle_rondes(motor: Engine) -> list[str]:
    with lees(motor) as session:
        return list(session.exec(select(Ronde.kenmerk).order_by(col(Ronde.id))))


def komende_poorten(motor: Engine, kenmerk: str, nu: datetime) -> list[tuple[Kloppend, datetime]]:
    """Every announced moment that is still to come, with its gate; empty while the call is a draft."""
    with lees(motor) as session:
        ronde = vind.ronde(session, kenmerk)
        versie = vind.regelversie(session, ronde)
        if versie is None:
            return []
        return [
            (Kloppend(kenmerk, p.poort, p.volgnummer, versie.versie), p.moment)
            for p in stand(session, ronde, nu)
            if p.moment and p.moment > nu and p.status != "gepasseerd"
        ]


def poorttabel(motor: Engine, kenmerk: str, nu: datetime) -> list[dict[str, str]]:
    """One row a gate, in Dutch, for people: gate, moment, status, blockers."""
    with lees(motor) as session:
        return [_rij(p) for p in stand(session, vind.ronde(session, kenmerk), nu)]


def _rij(p: Poortstand) -> dict[str, str]:
    return {
        "Poort": p.poort.value if p.volgnummer == 1 else f"{p.poort.value} {p.volgnummer}",
        "Moment": datum_tijd(p.moment) if p.moment else "",
        "Stand": p.status,
        "Gepasseerd op": datum_tijd(p.gepasseerd_op) if p.gepasseerd_op else "",
        "Wat nog moet": " ".join(b.tekst for b in p.blokkades),
    }


def documenttabel(motor: Engine, kenmerk: str, poort: Poort | None = None, nummer: int = 1) -> list[dict[str, str]]:
    """Documents of one passage, or of the whole round: kenmerk, bestandsnaam, sha256, in order of making."""
    with lees(motor) as session:
        ronde = vind.ronde(session, kenmerk)
        vraag = select(Document).where(Document.ronde_id == ronde.id).order_by(col(Document.id))
        if poort is not None:
            vraag = vraag.join(Passage).where(Passage.poort == poort.value, Passage.volgnummer == nummer)
        rijen = session.exec(vraag).all()
    return [{"kenmerk": d.kenmerk, "bestandsnaam": d.bestandsnaam, "sha256": d.sha256} for d in rijen]


def blokkades(motor: Engine, kenmerk: str, nu: datetime) -> list[str]:
    """What keeps the round from going on, in Dutch; empty when it is closed or only waits for a moment."""
    with lees(motor) as session:
        return [
            f"{p.poort.value}: {b.tekst}"
            for p in stand(session, vind.ronde(session, kenmerk), nu)
            if p.status == "geblokkeerd"
            for b in p.blokkades
        ]
