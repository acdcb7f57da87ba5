"""Putting a round folder into the database: round, organisations, people and roles, in one transaction."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from .. import logboek
from ..database import schrijf
from ..fouten import Conflict
from ..mensenlijst import Mens, Organisatieregel, Rondemap
from ..model import Deelnemer, Organisatie, Persoon, Rolhouder, Ronde
from ..overzichten.vind import sid
from ..procedure import Fase, Rol


def start_ronde(motor: Engine, rondemap: Rondemap, *, nu: datetime, door: str) -> str:
    """Make the round; returns its kenmerk. Raises Conflict when it exists already, and changes nothing."""
    kop = rondemap.regels.ronde
    with schrijf(motor) as session:
        if session.exec(select(Ronde).where(Ronde.kenmerk == kop.kenmerk)).first():
            raise Conflict(f"De ronde '{kop.kenmerk}' bestaat al. Kies een ander kenmerk, of werk haar bij.")
        ronde = Ronde(
            kenmerk=kop.kenmerk,
            titel=kop.titel,
            gemeente=kop.gemeente,
            zaaknummer=kop.zaaknummer,
            oefening=kop.oefening,
            fase=Fase.VOORBEREIDING,
            samenstelling=rondemap.regels.model_dump(mode="json"),
            aangemaakt_op=nu,
        )
        session.add(ronde)
        session.flush()
        for organisatie in rondemap.organisaties:
            zet_organisatie(session, ronde, organisatie)
        for mens in rondemap.mensen:
            zet_deelnemer(session, ronde, mens)
        logboek.schrijf_regel(
            session,
            ronde_id=sid(ronde.id),
            moment=nu,
            actor=door,
            handeling="start_ronde",
            gegevens={
                "regels": rondemap.regels.hash(),
                "organisaties": len(rondemap.organisaties),
                "deelnemers": len(rondemap.mensen),
            },
        )
    return kop.kenmerk


def _persoon(session: Session, email: str, naam: str, telefoon: str = "") -> Persoon:
    """The person with this address; the address is the identity over rounds, so it is compared in lower case."""
    adres = email.strip().lower()
    rij = session.exec(select(Persoon).where(Persoon.email == adres)).first()
    if rij is None:
        rij = Persoon(email=adres, naam=naam, telefoon=telefoon)
        session.add(rij)
        session.flush()
    elif rij.naam == rij.email:  # asked for a link to join, and never said who he is
        rij.naam = naam
    return rij


def _voeg_toe(session: Session, deelnemer: Deelnemer, rol: Rol) -> None:
    session.add(deelnemer)
    session.flush()
    session.add(Rolhouder(deelnemer_id=sid(deelnemer.id), rol=rol))
    session.flush()


def zet_organisatie(session: Session, ronde: Ronde, regel: Organisatieregel) -> None:
    """An organisation with its contact person, who takes part under the organisation's key."""
    rij = Organisatie(
        ronde_id=sid(ronde.id),
        sleutel=regel.sleutel,
        naam=regel.naam,
        soort=regel.soort,
        adres=regel.adres,
        postcode=regel.postcode,
        plaats=regel.plaats,
        bron=regel.bron,
    )
    session.add(rij)
    session.flush()
    contact = _persoon(session, regel.email, regel.contactpersoon)
    _voeg_toe(
        session,
        Deelnemer(
            ronde_id=sid(ronde.id),
            persoon_id=sid(contact.id),
            organisatie_id=rij.id,
            sleutel=regel.sleutel,
            functie="contactpersoon",
            afdeling=regel.naam,
        ),
        Rol.ORGANISATIE,
    )


def zet_deelnemer(session: Session, ronde: Ronde, mens: Mens) -> None:
    """A person with one role; a known key gets the role on top of what it has."""
    persoon = _persoon(session, mens.email, mens.naam, mens.telefoon)
    bestaand = session.exec(
        select(Deelnemer).where(Deelnemer.ronde_id == ronde.id, Deelnemer.sleutel == mens.sleutel)
    ).first()
    if bestaand:  # the same key in two lists is one person with two roles
        session.add(Rolhouder(deelnemer_id=sid(bestaand.id), rol=mens.rol))
        session.flush()
        return
    _voeg_toe(
        session,
        Deelnemer(
            ronde_id=sid(ronde.id),
            persoon_id=sid(persoon.id),
            sleutel=mens.sleutel,
            functie=mens.functie,
            afdeling=mens.afdeling or mens.organisatie,
            deskundigheid=mens.deskundigheid,
            uren=mens.uren,
        ),
        mens.rol,
    )
