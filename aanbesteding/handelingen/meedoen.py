"""Joining an open call oneself: during the window everybody may, also who was not invited (equal chances).

The mail address is proved first, with the same link as for logging in; only then an organisation is made.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Engine
from sqlmodel import Session, select

from .. import logboek
from ..database import schrijf
from ..fouten import Conflict, GeenToestemming
from ..invoer import toets
from ..kern.notatie import datum_tijd
from ..kern.sleutelnaam import sleutel_van
from ..mensenlijst import Organisatieregel, Soort
from ..model import Deelnemer, Organisatie, Persoon, Ronde
from ..overzichten import vind
from ..procedure import Fase, Poort
from ..regels import Strikt
from .basis import Werk
from .bericht import meld
from .starten import zet_organisatie

Zin = Annotated[str, Field(min_length=1, max_length=200)]


class Aanmelding(Strikt):
    """What an organisation tells about itself; its contact person is who is logged in. A person who gave his name
    before keeps that name."""

    naam: Zin
    contactpersoon: Zin
    soort: Soort
    adres: Zin
    postcode: Annotated[str, Field(pattern=r"^\d{4} ?[A-Z]{2}$")]
    plaats: Zin


def toets_open(session: Session, ronde: Ronde, nu: datetime) -> None:
    """Raise GeenToestemming when the call is not open (yet, or any more)."""
    poorten = {p.poort for p in vind.gepasseerd(session, ronde)}
    if Poort.OPROEP not in poorten:
        raise GeenToestemming("De oproep van deze ronde is nog niet gepubliceerd. Daarna kunt u meedoen.")
    sluiting = vind.momenten(vind.regels(session, ronde), "sluiting")[-1]
    if nu > sluiting or Poort.SLUITING in poorten or ronde.fase == Fase.INGETROKKEN:
        raise GeenToestemming(f"Meedoen kan niet meer: de oproep sloot op {datum_tijd(sluiting)}.")


def meld_organisatie_aan(
    motor: Engine, kenmerk: str, persoon: Persoon, gegevens: Mapping[str, Any], *, nu: datetime
) -> str:
    """Make the organisation with this person as its contact; returns its key."""
    invoer = toets(Aanmelding, gegevens, waar="meedoen")
    with schrijf(motor) as session:
        ronde = vind.ronde(session, kenmerk, vergrendel=True)
        toets_open(session, ronde, nu)
        _toets_nieuw(session, ronde, persoon)
        sleutel = sleutel_van(invoer.naam, _bezet(session, ronde))
        regel = Organisatieregel(
            sleutel=sleutel, email=persoon.email, bron="zelf aangemeld", **invoer.model_dump()
        )  # fmt: skip
        zet_organisatie(session, ronde, regel)
        ronde.versie += 1
        wie = vind.deelnemer(session, ronde, sleutel)
        werk = Werk(session, ronde, vind.regels(session, ronde), wie, vind.rollen(session, wie), nu)
        meld(werk, "welkom", [vind.persoon(session, wie)], sleutel, organisatie=invoer.naam)
        logboek.schrijf_regel(
            session, ronde_id=werk.ronde_id, moment=nu, actor=sleutel, handeling="meld_organisatie_aan",
            gegevens={"organisatie": sleutel, "soort": invoer.soort},
        )  # fmt: skip
    return sleutel


def _toets_nieuw(session: Session, ronde: Ronde, persoon: Persoon) -> None:
    vraag = select(Deelnemer).where(Deelnemer.ronde_id == ronde.id, Deelnemer.persoon_id == persoon.id)
    if session.exec(vraag).first():
        raise Conflict("U doet al mee aan deze ronde met dit e-mailadres. Meldt u een tweede organisatie aan? Gebruik "
                       "dan het adres van een andere contactpersoon.")  # fmt: skip


def _bezet(session: Session, ronde: Ronde) -> set[str]:
    organisaties = session.exec(select(Organisatie.sleutel).where(Organisatie.ronde_id == ronde.id))
    return {*organisaties, *session.exec(select(Deelnemer.sleutel).where(Deelnemer.ronde_id == ronde.id))}
