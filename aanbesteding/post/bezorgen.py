"""Where a mail goes: to the mail server of the municipality, or as an .eml file into the data folder."""

import os
import smtplib
import ssl
import tempfile
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from ..instellingen import Instellingen

WACHT_SECONDEN = 30
POORT_MET_TLS = 465


class Bezorger(Protocol):
    """Returning from `bezorg` is the confirmed hand-over; anything else is an exception."""

    def bezorg(self, mail: EmailMessage, *, plek: str) -> None: ...


class Postmap:
    """Writes `<map>/<plek>.eml`: whole or not at all, so that a program that reads the folder sees no halves."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def bezorg(self, mail: EmailMessage, *, plek: str) -> None:
        doel = self._folder / f"{plek}.eml"
        doel.parent.mkdir(parents=True, exist_ok=True)
        greep, tijdelijk = tempfile.mkstemp(dir=doel.parent, prefix=".nieuw-")
        try:
            with os.fdopen(greep, "wb") as bestand:
                bestand.write(mail.as_bytes())
                bestand.flush()
                os.fsync(bestand.fileno())
            Path(tijdelijk).replace(doel)
        except BaseException:
            Path(tijdelijk).unlink(missing_ok=True)
            raise


class Mailserver:
    """One SMTP connection for a run; opened at the first mail, opened again after the server hung up."""

    def __init__(self, gekozen: Instellingen) -> None:
        self._gekozen = gekozen
        self._lijn: smtplib.SMTP | None = None
        self._dicht: smtplib.SMTPException | OSError | None = None

    def bezorg(self, mail: EmailMessage, *, plek: str) -> None:
        """Raises smtplib.SMTPException or OSError; then nothing was handed over, or we cannot know."""
        if self._dicht is not None:
            raise self._dicht  # one wait for a server that is away, not one for each message
        if self._lijn is None:
            try:
                self._lijn = self._open()
            except (smtplib.SMTPException, OSError) as fout:
                self._dicht = fout
                raise
        try:
            self._lijn.send_message(mail)
        except (smtplib.SMTPServerDisconnected, OSError):
            self.sluit()
            raise

    def _open(self) -> smtplib.SMTP:
        g, veilig = self._gekozen, ssl.create_default_context()
        lijn: smtplib.SMTP
        if g.smtp_tls and g.smtp_poort == POORT_MET_TLS:
            lijn = smtplib.SMTP_SSL(g.smtp_host, g.smtp_poort, timeout=WACHT_SECONDEN, context=veilig)
        else:
            lijn = smtplib.SMTP(g.smtp_host, g.smtp_poort, timeout=WACHT_SECONDEN)
        try:
            if g.smtp_tls and g.smtp_poort != POORT_MET_TLS:
                lijn.starttls(context=veilig)
            if g.smtp_gebruiker:
                lijn.login(g.smtp_gebruiker, g.smtp_wachtwoord)
        except BaseException:
            lijn.close()
            raise
        return lijn

    def sluit(self) -> None:
        if self._lijn is not None:
            self._lijn.close()
            self._lijn = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _s: type[BaseException] | None, _f: BaseException | None, _t: TracebackType | None) -> None:
        if self._lijn is not None:
            try:
                self._lijn.quit()
            except (smtplib.SMTPException, OSError):
                self._lijn.close()
            self._lijn = None
