"""Acts in the window: meeting, questions, coalitions, advice, submitting and withdrawing."""

import hashlib
from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlmodel import col, func, select

from ..fouten import Conflict, GeenToestemming, Invoerfout
from ..inhoud import VoorstelInhoud
from ..model import (
    Advies,
    Adviesuren,
    Adviesvraag,
    Bijeenkomst,
    Coalitie,
    Indiening,
    Organisatie,
    Partner,
    Rolhouder,
    Verzuim,
    Voorstel,
    Vraag,
)
from ..overzichten import beoordelen, bestanden, vind
from ..procedure import Rol
from ..regels import Sleutel, Strikt, Tekst, canoniek
from .basis import Log, Werk, handeling
from .regelwijziging import Wijziging, toets_wijziging

Positief = Annotated[int, Field(ge=0, le=10_000_000)]
"""Within what a database column of whole numbers holds, also in cents."""


class Partnerinbreng(Strikt):
    organisatie: Sleutel
    rol: Tekst
    inbreng_euro: Positief = 0
    inbreng_uren: Positief = 0
    inbreng_natura: str = ""


class ActieScan(Strikt):
    """Animo, Contacten, Toerusting, Inbedding, Empathie: 1 (weak) to 5 (strong) each."""

    animo: Annotated[int, Field(ge=1, le=5)]
    contacten: Annotated[int, Field(ge=1, le=5)]
    toerusting: Annotated[int, Field(ge=1, le=5)]
    inbedding: Annotated[int, Field(ge=1, le=5)]
    empathie: Annotated[int, Field(ge=1, le=5)]


@handeling
def startbijeenkomst(
    werk: Werk, *, plaats: Tekst, verslag: Tekst, aanwezig: dict[str, Positief], vragen: list[Tekst]
) -> Log:
    """Leg het verslag van de startbijeenkomst vast."""
    werk.bewaar(
        Bijeenkomst(
            ronde_id=werk.ronde_id,
            plaats=plaats,
            verslag=verslag,
            aanwezig=aanwezig,
            vragen=vragen,
            vastgelegd_op=werk.nu,
        )
    )
    return {"aanwezig": sum(aanwezig.values())}


@handeling
def stel_vraag(werk: Werk, *, tekst: Tekst, onderwerp: Tekst) -> Log:
    """Stel een vraag over de oproep. Iedereen krijgt het antwoord, zonder uw naam."""
    aantal = werk.session.exec(select(func.count()).select_from(Vraag).where(Vraag.ronde_id == werk.ronde_id)).one()
    werk.bewaar(
        Vraag(
            ronde_id=werk.ronde_id,
            deelnemer_id=vind.sid(werk.actor.id),
            nummer=aantal + 1,
            onderwerp=onderwerp,
            tekst=tekst,
            gesteld_op=werk.nu,
        )
    )
    return {"nummer": aantal + 1}


@handeling
def beantwoord_vraag(werk: Werk, *, nummer: int, antwoord: Tekst, wijziging: Wijziging | None = None) -> Log:
    """Beantwoord een vraag; met een wijziging komt er een nieuwe versie van de regels."""
    vraag = werk.session.exec(select(Vraag).where(Vraag.ronde_id == werk.ronde_id, Vraag.nummer == nummer)).first()
    if vraag is None:
        raise Invoerfout(f"vraag {nummer} bestaat niet", waar="nummer")
    if vraag.nota is not None:
        raise Conflict(f"Vraag {nummer} staat al in nota van inlichtingen {vraag.nota}.")
    if wijziging:
        toets_wijziging(werk.regels, wijziging)
    vraag.antwoord, vraag.beantwoord_op = antwoord, werk.nu
    vraag.wijziging = wijziging.model_dump(mode="json") if wijziging else {}
    werk.bewaar(vraag)
    return {"nummer": nummer, "wijziging": wijziging.sleutel if wijziging else ""}


def eigen_organisatie(werk: Werk) -> Organisatie:
    """For whom the actor takes part. Raises GeenToestemming for who does not take part for an organisation."""
    if werk.actor.organisatie_id is None:
        raise GeenToestemming("U doet niet namens een organisatie mee. Vraag de projectleider om u toe te voegen.")
    return werk.session.get_one(Organisatie, werk.actor.organisatie_id)


def eigen_coalitie(werk: Werk, sleutel: str) -> Coalitie:
    """The coalition, if the actor is its penvoerder; else GeenToestemming."""
    groep = vind.coalitie(werk.session, werk.ronde, sleutel)
    if groep.penvoerder_id != werk.actor.id:
        raise GeenToestemming(f"Alleen de penvoerder van '{sleutel}' mag dit doen.")
    return groep


@handeling
def vorm_coalitie(
    werk: Werk, *, sleutel: Sleutel, naam: Tekst, opgave: Sleutel, idee: Tekst, partners: list[Partnerinbreng]
) -> Log:
    """Vorm een coalitie. Uw organisatie is de penvoerder; de partners bevestigen zelf."""
    eigen = eigen_organisatie(werk)
    _toets_coalitie(werk, sleutel, naam, opgave, [p.organisatie for p in partners], eigen.sleutel)
    groep = Coalitie(
        ronde_id=werk.ronde_id,
        sleutel=sleutel,
        naam=naam,
        opgave=opgave,
        idee=idee,
        penvoerder_id=vind.sid(werk.actor.id),
        gevormd_op=werk.nu,
    )
    werk.bewaar(groep)
    werk.bewaar(*[_partner(werk, groep, p, eigen) for p in partners])
    if Rol.PENVOERDER not in werk.rollen:
        werk.bewaar(Rolhouder(deelnemer_id=vind.sid(werk.actor.id), rol=Rol.PENVOERDER))
    return {"coalitie": sleutel, "partners": [p.organisatie for p in partners]}


def _toets_coalitie(werk: Werk, sleutel: str, naam: str, opgave: str, partners: list[str], eigen: str) -> None:
    bestaand = werk.session.exec(select(Coalitie).where(Coalitie.ronde_id == werk.ronde_id)).all()
    fouten = []
    if sleutel in {c.sleutel for c in bestaand}:
        fouten.append(f"sleutel: er is al een coalitie '{sleutel}'; kies een andere naam")
    if naam.casefold() in {c.naam.casefold() for c in bestaand}:
        fouten.append(f"naam: er is al een coalitie die '{naam}' heet; kies een andere naam")
    if opgave not in {o.sleutel for o in werk.regels.opgaven}:
        fouten.append(f"opgave: '{opgave}' staat niet in de oproep")
    if len(set(partners)) < len(partners):
        fouten.append("partners: een organisatie staat er twee keer")
    if eigen not in partners:
        fouten.append(f"partners: zet ook de penvoerder '{eigen}' erbij, met haar eigen inbreng")
    if fouten:
        raise Invoerfout(fouten, waar="vorm_coalitie")


def _partner(werk: Werk, groep: Coalitie, p: Partnerinbreng, eigen: Organisatie) -> Partner:
    org = vind.organisatie(werk.session, werk.ronde, p.organisatie)
    return Partner(
        coalitie_id=vind.sid(groep.id),
        organisatie_id=vind.sid(org.id),
        rol=p.rol,
        inbreng_cent=p.inbreng_euro * 100,
        inbreng_uren=p.inbreng_uren,
        inbreng_natura=p.inbreng_natura,
        bevestigd_op=werk.nu if org.id == eigen.id else None,
    )


@handeling
def bevestig_partner(werk: Werk, *, coalitie: Sleutel) -> Log:
    """Bevestig dat uw organisatie meedoet aan deze coalitie."""
    groep = vind.coalitie(werk.session, werk.ronde, coalitie)
    eigen = eigen_organisatie(werk)
    vraag = select(Partner).where(Partner.coalitie_id == groep.id, Partner.organisatie_id == eigen.id)
    partner = werk.session.exec(vraag).first()
    if partner is None:
        raise GeenToestemming(
            f"'{eigen.naam}' is geen partner van '{coalitie}'. Vraag de penvoerder om u toe te voegen."
        )
    partner.bevestigd_op = partner.bevestigd_op or werk.nu
    werk.bewaar(partner)
    _herstel_partnerverklaring(werk, groep)
    return {"coalitie": coalitie, "organisatie": eigen.sleutel}


def _herstel_partnerverklaring(werk: Werk, groep: Coalitie) -> None:
    """The last confirmation repairs the formal gap 'partnerverklaring', if there is one."""
    if beoordelen.onbevestigde_partners(werk.session, vind.sid(groep.id)):
        return
    vraag = select(Verzuim).join(Voorstel).where(Voorstel.coalitie_id == groep.id)
    for verzuim in werk.session.exec(vraag.where(Verzuim.onderdeel == "partnerverklaring")):
        verzuim.hersteld_op = verzuim.hersteld_op or werk.nu
        werk.bewaar(verzuim)


@handeling
def vraag_advies(werk: Werk, *, coalitie: Sleutel, toelichting: Tekst, actie: ActieScan) -> Log:
    """Vraag om een kosteloze adviseur voor uw coalitie."""
    groep = eigen_coalitie(werk, coalitie)
    if werk.session.exec(select(Adviesvraag).where(Adviesvraag.coalitie_id == groep.id)).first():
        raise Conflict(f"'{coalitie}' heeft al om een adviseur gevraagd.")
    werk.bewaar(
        Adviesvraag(
            coalitie_id=vind.sid(groep.id),
            toelichting=toelichting,
            actie=actie.model_dump(),
            gevraagd_op=werk.nu,
        )
    )
    return {"coalitie": coalitie}


@handeling
def log_advies(werk: Werk, *, coalitie: Sleutel, uren: Annotated[int, Field(gt=0)], onderwerp: Tekst) -> Log:
    """Schrijf adviesuren op; er kunnen niet meer uren op dan er zijn toegekend."""
    groep = vind.coalitie(werk.session, werk.ronde, coalitie)
    advies = werk.session.exec(
        select(Advies).where(Advies.coalitie_id == groep.id, Advies.adviseur_id == werk.actor.id)
    ).first()
    if advies is None:
        raise GeenToestemming(f"U bent geen adviseur van '{coalitie}'.")
    gebruikt = sum(werk.session.exec(select(Adviesuren.uren).where(Adviesuren.advies_id == advies.id)))
    if gebruikt + uren > advies.uren:
        raise Invoerfout(f"uren: er zijn nog {advies.uren - gebruikt} van de {advies.uren} uur over", waar="log_advies")
    werk.bewaar(Adviesuren(advies_id=vind.sid(advies.id), uren=uren, onderwerp=onderwerp, moment=werk.nu))
    return {"coalitie": coalitie, "uren": uren}


def huidige_indiening(werk: Werk, groep: Coalitie) -> Indiening | None:
    """The submission that stands, or None: none yet, or withdrawn."""
    vraag = select(Indiening).where(Indiening.coalitie_id == groep.id).order_by(col(Indiening.versie).desc())
    laatste = werk.session.exec(vraag).first()
    return laatste if laatste and laatste.ingetrokken_op is None else None


@handeling
def dien_in(werk: Werk, *, coalitie: Sleutel, inhoud: VoorstelInhoud, kanaal: str = "digitaal") -> Log:
    """Dien het voorstel van uw coalitie in; een nieuwe indiening vervangt de vorige."""
    return boek_indiening(werk, eigen_coalitie(werk, coalitie), inhoud, kanaal, werk.nu)


def boek_indiening(werk: Werk, groep: Coalitie, inhoud: VoorstelInhoud, kanaal: str, ontvangen_op: datetime) -> Log:
    """The next version of this coalition's submission, sealed; the same whatever way it came in."""
    _toets_indiening(werk, groep, inhoud)
    tekst = canoniek(inhoud.model_dump(mode="json"))
    eerder = werk.session.exec(select(func.max(Indiening.versie)).where(Indiening.coalitie_id == groep.id)).one() or 0
    sha = hashlib.sha256(tekst.encode()).hexdigest()
    werk.bewaar(
        Indiening(
            coalitie_id=vind.sid(groep.id),
            versie=eerder + 1,
            inhoud=inhoud.model_dump(mode="json"),
            sha256=sha,
            grootte=len(tekst.encode()),
            kanaal=kanaal,
            ontvangen_op=ontvangen_op,
        )
    )
    return {"coalitie": groep.sleutel, "versie": eerder + 1, "sha256": sha}


def _toets_indiening(werk: Werk, groep: Coalitie, inhoud: VoorstelInhoud) -> None:
    eisen, fouten = werk.regels.indienen, []
    partners = werk.session.exec(select(Partner).where(Partner.coalitie_id == groep.id)).all()
    if len(partners) < eisen.minimaal_partners:
        fouten.append(f"partners: een coalitie heeft minstens {eisen.minimaal_partners} partners")
    if inhoud.woorden() > eisen.maximum_woorden:
        fouten.append(f"inhoud: het voorstel telt {inhoud.woorden()} woorden; het maximum is {eisen.maximum_woorden}")
    if inhoud.gevraagd_euro() > werk.regels.verdeling.maximum_per_voorstel_euro:
        maximum = werk.regels.verdeling.maximum_per_voorstel_euro
        fouten.append(f"inhoud.begroting: u vraagt {inhoud.gevraagd_euro()} euro; het maximum is {maximum} euro")
    fouten += bestanden.bezwaren(werk.session, vind.sid(groep.id), inhoud.bijlagen)
    if fouten:
        raise Invoerfout(fouten, waar="dien_in")


@handeling
def trek_in(werk: Werk, *, coalitie: Sleutel, reden: Tekst) -> Log:
    """Trek uw voorstel in. U kunt tot de sluiting opnieuw indienen."""
    indiening = huidige_indiening(werk, eigen_coalitie(werk, coalitie))
    if indiening is None:
        raise Conflict(f"Er staat geen voorstel van '{coalitie}' dat u kunt intrekken.")
    indiening.ingetrokken_op, indiening.reden_intrekking = werk.nu, reden
    werk.bewaar(indiening)
    return {"coalitie": coalitie, "versie": indiening.versie}
