"""Mail that may not wait in the outbox, since it holds a secret that we do not store: the link to log in."""

import logging
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from hashlib import sha256

from ..instellingen import Instellingen
from .bezorgen import Bezorger, Mailserver, Postmap
from .opstellen import stel_op

log = logging.getLogger(__name__)


def stuur_aanmeldlink(
    gekozen: Instellingen, *, naam: str, email: str, geheim: str, geldig_tot: datetime, nu: datetime
) -> None:
    """Hand the link to the mail server, or to the mail folder when there is none. Failing is logged, not raised:
    the person asks again, and the page may not tell whether the address is known."""
    tekst = stel_op(
        "aanmeldlink",
        {"naam": naam, "adres": f"{gekozen.adres}/aanmelden/link/{geheim}", "geldig_tot": geldig_tot},
    )
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = gekozen.afzender, email, tekst.onderwerp
    mail["Date"] = format_datetime(nu)
    mail["Message-ID"] = make_msgid(domain=gekozen.afzender.partition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(tekst.tekst)
    mail.add_alternative(tekst.html, subtype="html")
    try:
        with Mailserver(gekozen) as server:
            bezorger: Bezorger = server if gekozen.smtp_host else Postmap(gekozen.post_map)
            bezorger.bezorg(mail, plek=f"aanmelden/{sha256(geheim.encode()).hexdigest()[:16]}")
    except OSError as fout:
        log.exception("De aanmeldlink is niet verstuurd: %s", type(fout).__name__)
