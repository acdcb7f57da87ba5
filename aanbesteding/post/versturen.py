"""Empties the outbox: at least once, and never again after a confirmed hand-over.

Each message has its own Message-ID, made with the document that it carries, so that a receiver sees one mail
even when a crash between hand-over and bookkeeping makes us send it twice. One message that fails waits
longer and longer; the others go on. A rehearsal never reaches the mail server. Attachments carry the seal of
their kind of round, where one is set up; the archive keeps them without.
"""

import fcntl
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from ..database import lees, schrijf
from ..documenten.archief import Archief
from ..documenten.zegel_haak import Verzegelaar, verzegelaar_of_niets
from ..fouten import Gebruikersfout
from ..instellingen import Instellingen
from ..model import Bericht, Document, Ronde
from .bezorgen import Bezorger, Mailserver, Postmap
from .brief import Bijlage, maak_mail, merk

EERSTE_WACHT = timedelta(minutes=5)
LANGSTE_WACHT = timedelta(days=1)
SLOTNUMMER = 4_911_001
"""Advisory lock on PostgreSQL: one sender at a time over all machines."""


@dataclass(frozen=True)
class Postuitslag:
    """What one run did. `wacht`: messages that failed earlier and whose time has not come yet."""

    verstuurd: int = 0
    mislukt: int = 0
    wacht: int = 0
    bezet: bool = False
    """Someone else is sending right now; then nothing was done here."""


@dataclass(frozen=True)
class _Post:
    """A message with what its mail needs, read before anything is sent."""

    bericht: Bericht
    kenmerk: str
    oefening: bool
    antwoord_aan: str
    bestandsnamen: dict[str, str]


def wachttijd(pogingen: int) -> timedelta:
    """From the first moment to the next attempt after this many failures: 5, 15, 35, 75 … minutes, then daily."""
    verdubbelingen = min(pogingen, 9)
    extra = LANGSTE_WACHT * max(0, pogingen - 9)
    return EERSTE_WACHT * (int(2**verdubbelingen) - 1) + extra


def verstuur(motor: Engine, gekozen: Instellingen, *, nu: datetime) -> Postuitslag:
    """Send everything that is ready. Failures are recorded per message, in Dutch, and do not raise."""
    with _alleen_ik(motor, gekozen.post_map) as vrij:
        if not vrij:
            return Postuitslag(bezet=True)
        alles = _lees_post(motor)
        klaar = [p for p in alles if p.bericht.klaar_op + wachttijd(p.bericht.pogingen) <= nu]
        with Mailserver(gekozen) as server:
            gelukt = [_een(motor, gekozen, server, post, nu) for post in klaar]
    return Postuitslag(sum(gelukt), len(gelukt) - sum(gelukt), len(alles) - len(klaar))


def _een(motor: Engine, gekozen: Instellingen, server: Mailserver, post: _Post, nu: datetime) -> bool:
    naar_map = post.oefening or not gekozen.smtp_host
    bezorger: Bezorger = Postmap(gekozen.post_map) if naar_map else server
    fout = ""
    try:
        archief = Archief(gekozen.archief_map)
        zegel = _zegel(gekozen, post, nu)
        bijlagen = [Bijlage(post.bestandsnamen[sha], zegel(archief.lees(sha))) for sha in post.bericht.documenten]
        mail = maak_mail(post.bericht, bijlagen, afzender=gekozen.afzender, antwoord_aan=post.antwoord_aan)
        bezorger.bezorg(mail, plek=f"{post.kenmerk}/{merk(post.bericht)}")
    except (smtplib.SMTPException, OSError, Gebruikersfout, ValueError, KeyError) as oorzaak:
        fout = uitleg(oorzaak)
    _boek(motor, post.bericht, fout, nu)
    return not fout


def _zegel(gekozen: Instellingen, post: _Post, nu: datetime) -> Verzegelaar:
    """Raises Omgevingsfout for a seal that is set up and cannot be used; the message then waits."""
    reden = f"Document van ronde {post.kenmerk}"
    return verzegelaar_of_niets(gekozen, oefening=post.oefening, nu=nu, reden=reden)


def uitleg(oorzaak: Exception) -> str:
    """What went wrong, in Dutch and without an address: this text is shown and logged."""
    if isinstance(oorzaak, smtplib.SMTPException):
        return _uitleg_server(oorzaak)
    if isinstance(oorzaak, OSError):
        return f"De mailserver of de postmap is niet bereikbaar ({type(oorzaak).__name__})."
    if isinstance(oorzaak, Gebruikersfout):
        return str(oorzaak)
    if isinstance(oorzaak, KeyError):
        return "Een bijlage van dit bericht is geen bekend document."
    return "De naam, het adres of het onderwerp kan niet in een mail staan. Controleer ze."


def _uitleg_server(oorzaak: smtplib.SMTPException) -> str:
    if isinstance(oorzaak, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _ in oorzaak.recipients.values()})
        return f"De mailserver weigert het adres (code {', '.join(codes)}). Controleer het adres."
    if isinstance(oorzaak, smtplib.SMTPAuthenticationError):
        return "De mailserver weigert onze inloggegevens. Controleer AANBESTEDING_SMTP_GEBRUIKER en _WACHTWOORD."
    if isinstance(oorzaak, smtplib.SMTPResponseException):
        return f"De mailserver weigert het bericht (code {oorzaak.smtp_code})."
    return f"De mailserver verbrak het gesprek ({type(oorzaak).__name__})."


def _boek(motor: Engine, bericht: Bericht, fout: str, nu: datetime) -> None:
    with schrijf(motor) as session:
        rij = session.get_one(Bericht, bericht.id)
        rij.pogingen, rij.fout = rij.pogingen + 1, fout
        if not fout:
            rij.verstuurd_op = nu
        session.add(rij)


def _lees_post(motor: Engine) -> list[_Post]:
    """Everything unsent, oldest first, in three statements whatever its number."""
    with lees(motor) as session:
        vraag = select(Bericht, Ronde).join(Ronde, col(Bericht.ronde_id) == Ronde.id)
        rijen = session.exec(vraag.where(col(Bericht.verstuurd_op).is_(None)).order_by(col(Bericht.id))).all()
        namen = _bestandsnamen(session, {r.id for _, r in rijen}) if rijen else {}
        session.expunge_all()
    return [
        _Post(b, r.kenmerk, r.oefening, r.samenstelling["ronde"]["contact"]["email"],
              {sha: namen[b.ronde_id, sha] for sha in b.documenten if (b.ronde_id, sha) in namen})
        for b, r in rijen
    ]  # fmt: skip


def _bestandsnamen(session: Session, rondes: set[int | None]) -> dict[tuple[int, str], str]:
    vraag = select(Document.ronde_id, Document.sha256, Document.bestandsnaam).where(col(Document.ronde_id).in_(rondes))
    return {(ronde, sha): naam for ronde, sha, naam in session.exec(vraag.order_by(col(Document.id).desc()))}


@contextmanager
def _alleen_ik(motor: Engine, folder: Path) -> Iterator[bool]:
    """Whether we may send; a second sender would hand over the same message again."""
    if motor.dialect.name == "postgresql":
        with motor.connect() as lijn:
            vrij = bool(lijn.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": SLOTNUMMER}).scalar())
            try:
                yield vrij
            finally:
                if vrij:
                    lijn.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": SLOTNUMMER})
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".slot").open("w") as bestand:
        try:
            fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def onverstuurd(motor: Engine) -> Sequence[Bericht]:
    """What still waits, with its reason: for the operator's page."""
    with lees(motor) as session:
        return session.exec(select(Bericht).where(col(Bericht.verstuurd_op).is_(None)).order_by(col(Bericht.id))).all()
