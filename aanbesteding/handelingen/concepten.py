"""Drafts: what somebody types is kept from the first second, and nothing that was kept is ever written over.

A form sends its text with the mark of the text that it started from. Did another tab or device save in between,
then both texts stay: the later one becomes a version of its own and the answer says so.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from ..database import schrijf
from ..fouten import Invoerfout
from ..model import Concept, Deelnemer
from ..overzichten.vind import sid
from ..regels import canoniek

NIEUWE_VERSIE_NA = timedelta(minutes=10)
"""Autosave writes over its own last version for this long; then it starts the next one."""
MEESTE_TEKENS = 400_000


@dataclass(frozen=True)
class Bewaard:
    """`merk` goes back into the form. `botst`: another tab had saved since; its text is version `anders`."""

    versie: int
    merk: str
    bewaard_op: datetime
    botst: bool = False
    anders: int = 0


def merk(inhoud: Mapping[str, Any]) -> str:
    """Tells texts apart; the same text always has the same mark, '' is no text at all."""
    return hashlib.sha256(canoniek(dict(inhoud)).encode()).hexdigest()[:16] if inhoud else ""


def bewaar(
    motor: Engine, wie: Deelnemer, sleutel: str, inhoud: Mapping[str, Any], *, vanaf: str, nu: datetime,
    vasthouden: bool = False,
) -> Bewaard:  # fmt: skip
    """Keep this text. `vanaf` is the mark of the text that the form was filled with, '' for none."""
    if sum(len(str(w)) for w in inhoud.values()) > MEESTE_TEKENS:
        raise Invoerfout("tekst: is te lang om te bewaren; kort hem in of zet een deel in een bijlage", waar="concept")
    with schrijf(motor) as session:
        laatste = nieuwste(session, wie, sleutel)
        if laatste is not None and laatste.inhoud == dict(inhoud) and laatste.vastgehouden >= vasthouden:
            return Bewaard(laatste.versie, merk(inhoud), laatste.bewaard_op)
        botst = laatste is not None and merk(laatste.inhoud) != vanaf
        if laatste is not None and not botst and not vasthouden and _mag_over(laatste, nu):
            laatste.inhoud, laatste.bewaard_op = dict(inhoud), nu
            return Bewaard(laatste.versie, merk(inhoud), nu)
        versie = laatste.versie + 1 if laatste else 1
        session.add(
            Concept(
                deelnemer_id=sid(wie.id),
                sleutel=sleutel,
                versie=versie,
                inhoud=dict(inhoud),
                vastgehouden=vasthouden,
                bewaard_op=nu,
            )
        )
        return Bewaard(versie, merk(inhoud), nu, botst, laatste.versie if laatste and botst else 0)


def _mag_over(laatste: Concept, nu: datetime) -> bool:
    return not laatste.vastgehouden and nu - laatste.bewaard_op < NIEUWE_VERSIE_NA


def nieuwste(session: Session, wie: Deelnemer, sleutel: str) -> Concept | None:
    vraag = select(Concept).where(Concept.deelnemer_id == wie.id, Concept.sleutel == sleutel)
    return session.exec(vraag.order_by(col(Concept.versie).desc())).first()


def alle(session: Session, wie: Deelnemer, begin: str = "") -> dict[str, Concept]:
    """The current draft per form of this person whose key starts with `begin`, in one statement."""
    vraag = select(Concept).where(Concept.deelnemer_id == wie.id, col(Concept.sleutel).startswith(begin))
    return {c.sleutel: c for c in session.exec(vraag.order_by(col(Concept.versie)))}


def versies(session: Session, wie: Deelnemer, sleutel: str) -> list[Concept]:
    """Every version, the newest first."""
    vraag = select(Concept).where(Concept.deelnemer_id == wie.id, Concept.sleutel == sleutel)
    return list(session.exec(vraag.order_by(col(Concept.versie).desc())))
