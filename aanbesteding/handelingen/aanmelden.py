"""Logging in without a password: a link by mail that works once, and sessions that can be ended.

Nobody learns from an answer whether an address is known: asking for a link always looks the same from outside.
Only hashes of secrets are stored. Terms: a link 15 minutes, a session 12 hours, two hours without use.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, select

from ..database import lees, schrijf
from ..fouten import GeenToestemming
from ..model import Aanmeldlink, Aanmeldpoging, Persoon, Websessie
from ..overzichten.vind import sid

LINK_GELDIG = timedelta(minutes=15)
SESSIE_GELDIG = timedelta(hours=12)
SESSIE_ONGEBRUIKT = timedelta(hours=2)
VENSTER = timedelta(minutes=15)
PER_ADRES, PER_PLEK = 5, 30
"""Attempts within VENSTER for one mail address, and from one place on the network."""
BIJWERKEN_NA = timedelta(minutes=5)
"""`gezien_op` is written at most this often: reading a page must not be a write."""


def versleutel(geheim: str) -> str:
    """sha256 of a random secret of 256 bits: nothing to guess, so nothing to salt."""
    return hashlib.sha256(geheim.encode()).hexdigest()


@dataclass(frozen=True)
class Link:
    """What goes into the mail; `geheim` is nowhere stored."""

    naam: str
    email: str
    geheim: str
    geldig_tot: datetime


def vraag_link(motor: Engine, email: str, *, terug: str, plek: str, nu: datetime, nieuw: bool = False) -> Link | None:
    """A link for this address, or None when nobody has it. Raises GeenToestemming after too many attempts.

    `nieuw`: a stranger may join (meedoen); he goes by his address until he proved it and gave his name."""
    adres = email.strip().lower()
    with schrijf(motor) as session:
        te_vaak = not _tel_poging(session, (adres, PER_ADRES), (plek, PER_PLEK), nu=nu)
        persoon = session.exec(select(Persoon).where(Persoon.email == adres)).first()
        if persoon is None and nieuw and not te_vaak:
            persoon = Persoon(email=adres, naam=adres)
            session.add(persoon)
            session.flush()
        link = None if te_vaak or persoon is None else _maak_link(session, persoon, terug, nu)
    if te_vaak:
        raise GeenToestemming("U vroeg te vaak een link aan. Wacht een kwartier en probeer het dan opnieuw.")
    return link


def _tel_poging(session: Session, *grenzen: tuple[str, int], nu: datetime) -> bool:
    """Count this attempt under each name; False when one of them has reached its limit."""
    session.exec(delete(Aanmeldpoging).where(col(Aanmeldpoging.moment) < nu - VENSTER))
    mag = True
    for wie, hoogste in grenzen:
        merk = versleutel(f"poging:{wie}")
        aantal = session.exec(select(func.count()).select_from(Aanmeldpoging).where(Aanmeldpoging.wie == merk)).one()
        mag = mag and aantal < hoogste
        if aantal < hoogste:
            session.add(Aanmeldpoging(wie=merk, moment=nu))
    return mag


def _maak_link(session: Session, persoon: Persoon, terug: str, nu: datetime) -> Link:
    geheim = secrets.token_urlsafe(32)
    tot = nu + LINK_GELDIG
    session.add(
        Aanmeldlink(
            persoon_id=sid(persoon.id), sleutelhash=versleutel(geheim), terug=terug, aangevraagd_op=nu, geldig_tot=tot
        )
    )
    return Link(persoon.naam, persoon.email, geheim, tot)


def gebruik_link(motor: Engine, geheim: str, *, apparaat: str, nu: datetime) -> tuple[str, str]:
    """(secret of a new session, where to go). Raises GeenToestemming for a link that is unknown, used or old."""
    with schrijf(motor) as session:
        link = session.exec(select(Aanmeldlink).where(Aanmeldlink.sleutelhash == versleutel(geheim))).first()
        if link is None or link.gebruikt_op is not None or link.geldig_tot < nu:
            raise GeenToestemming("Deze link werkt niet meer. Vraag een nieuwe link aan.")
        link.gebruikt_op = nu
        session.add(link)
        return _nieuwe_sessie(session, link.persoon_id, "link", apparaat, nu), link.terug


def begin_sessie(motor: Engine, email: str, *, wijze: str, apparaat: str, nu: datetime) -> str:
    """A session for somebody whom another party recognised (OIDC). Raises GeenToestemming for a stranger."""
    with schrijf(motor) as session:
        persoon = session.exec(select(Persoon).where(Persoon.email == email.strip().lower())).first()
        if persoon is None:
            raise GeenToestemming("U bent nog geen deelnemer van een ronde. Vraag de projectleider om u toe te voegen.")
        return _nieuwe_sessie(session, sid(persoon.id), wijze, apparaat, nu)


def _nieuwe_sessie(session: Session, persoon_id: int, wijze: str, apparaat: str, nu: datetime) -> str:
    geheim = secrets.token_urlsafe(32)
    session.add(
        Websessie(
            persoon_id=persoon_id,
            sleutelhash=versleutel(geheim),
            wijze=wijze,
            apparaat=apparaat[:120],
            begonnen_op=nu,
            gezien_op=nu,
            geldig_tot=nu + SESSIE_GELDIG,
        )
    )
    return geheim


def wie_is(motor: Engine, geheim: str, nu: datetime, *, telt: bool = True) -> tuple[Persoon, Websessie] | None:
    """Who this session belongs to; None when it is unknown, ended, too old or too long unused.

    `telt`: whether this request is somebody at work, which keeps the session alive.
    """
    with lees(motor) as session:
        vraag = select(Websessie, Persoon).join(Persoon).where(Websessie.sleutelhash == versleutel(geheim))
        gevonden = session.exec(vraag).first()
        if gevonden is None or not _geldig(gevonden[0], nu):
            return None
        sessie, persoon = gevonden
        session.expunge_all()
    if telt and nu - sessie.gezien_op > BIJWERKEN_NA:
        with schrijf(motor) as session:
            session.get_one(Websessie, sessie.id).gezien_op = nu
    return persoon, sessie


def _geldig(sessie: Websessie, nu: datetime) -> bool:
    return sessie.beeindigd_op is None and nu < min(sessie.geldig_tot, sessie.gezien_op + SESSIE_ONGEBRUIKT)


def eindig_sessie(motor: Engine, geheim: str, nu: datetime) -> None:
    """End the session of this browser; nothing happens when there is none."""
    with schrijf(motor) as session:
        rij = session.exec(select(Websessie).where(Websessie.sleutelhash == versleutel(geheim))).first()
        if rij is not None and rij.beeindigd_op is None:
            rij.beeindigd_op = nu


def lopende_sessies(motor: Engine, persoon: Persoon, nu: datetime) -> list[Websessie]:
    """The browsers in which this person is logged in now, the latest first."""
    with lees(motor) as session:
        vraag = select(Websessie).where(Websessie.persoon_id == persoon.id, col(Websessie.beeindigd_op).is_(None))
        return [s for s in session.exec(vraag.order_by(col(Websessie.begonnen_op).desc())) if _geldig(s, nu)]


def eindig_andere(motor: Engine, persoon: Persoon, behalve: Websessie, nu: datetime) -> int:
    """End all other sessions of this person, for a lost telephone; returns how many."""
    with schrijf(motor) as session:
        vraag = select(Websessie).where(
            Websessie.persoon_id == persoon.id, Websessie.id != behalve.id, col(Websessie.beeindigd_op).is_(None)
        )
        rijen = session.exec(vraag).all()
        for rij in rijen:
            rij.beeindigd_op = nu
        return len(rijen)
