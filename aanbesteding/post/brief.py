"""One message of the outbox as a mail: text, HTML, calendar and attachments; same message, same bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ..model import Bericht
from ..termijnen import naar_amsterdam


@dataclass(frozen=True)
class Bijlage:
    bestandsnaam: str
    inhoud: bytes


def maak_mail(bericht: Bericht, bijlagen: Sequence[Bijlage], *, afzender: str, antwoord_aan: str = "") -> EmailMessage:
    """The mail with the message's own Message-ID; its date is the moment at which it was put ready.

    Raises ValueError for an address or subject that cannot stand in a header.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = afzender, Address(bericht.aan_naam, addr_spec=bericht.aan_email)
    if antwoord_aan:
        mail["Reply-To"] = antwoord_aan
    mail["Subject"], mail["Message-ID"] = bericht.onderwerp, bericht.message_id
    mail["Date"] = format_datetime(naar_amsterdam(bericht.klaar_op))
    mail["Content-Language"], mail["Auto-Submitted"] = "nl", "auto-generated"
    mail.set_content(bericht.tekst)
    if bericht.html:
        mail.add_alternative(bericht.html, subtype="html")
    if bericht.agenda:
        mail.add_attachment(
            bericht.agenda.encode(), maintype="text", subtype="calendar", filename="startbijeenkomst.ics",
            params={"method": "PUBLISH", "charset": "utf-8"},
        )  # fmt: skip
    for bijlage in bijlagen:
        mail.add_attachment(bijlage.inhoud, maintype="application", subtype="pdf", filename=bijlage.bestandsnaam)
    _vaste_grenzen(mail, merk(bericht))
    return mail


def merk(bericht: Bericht) -> str:
    """The part of the Message-ID that tells messages apart; safe as a file name, and no personal data."""
    return re.sub(r"[^A-Za-z0-9]", "", bericht.message_id.partition("@")[0])


def _vaste_grenzen(mail: EmailMessage, zaad: str) -> None:
    """Boundaries that follow from the message: chance would make two copies of one mail differ."""
    for nummer, deel in enumerate(d for d in mail.walk() if d.is_multipart()):
        deel.set_boundary(f"=_{zaad}_{nummer}_=")
