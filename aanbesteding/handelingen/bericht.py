"""A mail that an act sends: it goes into the outbox in the same transaction, so that act and mail cannot differ."""

import hashlib
from email.errors import MessageError
from email.headerregistry import Address
from typing import Any

from sqlmodel import Session, col, select

from ..instellingen import instellingen
from ..model import Bericht, Deelnemer, Organisatie, Persoon, Rolhouder
from ..overzichten import vind
from ..post.opstellen import stel_op
from ..procedure import Rol
from ..regels import Regels
from .basis import Werk


def is_adres(email: str) -> bool:
    """Whether this can stand in the head of a mail."""
    try:
        adres = Address(addr_spec=email)
    except (ValueError, IndexError, MessageError):
        return False
    return email.isascii() and len(email) <= 254 and "." in adres.domain.strip(".")


def contacten(session: Session, organisatie_id: int) -> list[Persoon]:
    """Who takes part for this organisation."""
    vraag = select(Persoon).join(Deelnemer).join(Rolhouder).where(Deelnemer.organisatie_id == organisatie_id)
    rollen = (Rol.ORGANISATIE.value, Rol.PENVOERDER.value)
    return list(session.exec(vraag.where(col(Rolhouder.rol).in_(rollen)).distinct().order_by(col(Persoon.id))))


def meld(werk: Werk, soort: str, aan: list[Persoon], merk: str, **gegevens: Any) -> None:
    """Put this message ready for these people. `merk` tells it apart from every other message of this round."""
    for persoon in aan:
        tekst = stel_op(soort, {**kop(werk.regels), **gegevens, "naam": persoon.naam, "titel": ""})
        zaad = hashlib.sha256(f"{soort}|{merk}|{werk.nu.isoformat()}|{persoon.email}".encode()).hexdigest()[:32]
        werk.bewaar(
            Bericht(
                ronde_id=werk.ronde_id,
                message_id=f"<{zaad}@{werk.ronde.kenmerk}.aanbesteding>",
                aan_naam=persoon.naam,
                aan_email=persoon.email,
                onderwerp=tekst.onderwerp,
                tekst=tekst.tekst,
                html=tekst.html,
                klaar_op=werk.nu,
            )
        )


def kop(regels: Regels) -> dict[str, Any]:
    """What every message knows: the round, its terms and where it is found."""
    ronde = regels.ronde.model_dump(mode="json")
    return {
        "ronde": ronde,
        "document": {"kenmerk": ronde["kenmerk"]},
        "sluiting": vind.momenten(regels, "sluiting")[-1],
        "werk": f"{instellingen().adres}/werk/{ronde['kenmerk']}",
    }


def organisatienaam(werk: Werk) -> str:
    """The organisation for which the actor acts, for in a message."""
    rij = werk.session.get(Organisatie, werk.actor.organisatie_id) if werk.actor.organisatie_id else None
    return rij.naam if rij else ""
