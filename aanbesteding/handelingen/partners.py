"""Acts around partners: invite, answer, change what one brings in, leave. A partner always says yes itself."""

from typing import Annotated

from pydantic import Field
from sqlmodel import col, func, select

from ..fouten import Conflict, Invoerfout, NietGevonden
from ..kern.sleutelnaam import sleutel_van
from ..mensenlijst import Email, Organisatieregel, Soort
from ..model import Coalitie, Deelnemer, Organisatie, Partner, Persoon
from ..overzichten import vind
from ..regels import Sleutel
from .basis import Log, Werk, handeling
from .bericht import contacten, is_adres, meld, organisatienaam
from .oproep import eigen_organisatie, huidige_indiening
from .starten import zet_organisatie

Zin = Annotated[str, Field(min_length=1, max_length=200)]
Alinea = Annotated[str, Field(min_length=1, max_length=2000)]
Natura = Annotated[str, Field(max_length=500)]
Euros = Annotated[int, Field(ge=0, le=10_000_000)]
Uren = Annotated[int, Field(ge=0, le=100_000)]
MEESTE_PARTNERS = 40


def coalitie_van(werk: Werk, sleutel: str) -> Coalitie:
    """The coalition of which the actor is penvoerder; for anybody else it does not exist."""
    vraag = select(Coalitie).where(Coalitie.ronde_id == werk.ronde_id, Coalitie.sleutel == sleutel)
    groep = werk.session.exec(vraag.where(Coalitie.penvoerder_id == werk.actor.id)).first()
    if groep is None:
        raise NietGevonden("Deze coalitie is er niet, of u bent er niet de penvoerder van.")
    return groep


def partner_van(werk: Werk, groep: Coalitie, organisatie_id: int | None) -> Partner | None:
    vraag = select(Partner).where(Partner.coalitie_id == groep.id, Partner.organisatie_id == organisatie_id)
    return werk.session.exec(vraag).first()


def penvoerder(werk: Werk, groep: Coalitie) -> Persoon:
    return vind.persoon(werk.session, werk.session.get_one(Deelnemer, groep.penvoerder_id))


@handeling
def nodig_partner_uit(
    werk: Werk, *, coalitie: Sleutel, organisatie: Sleutel, rol: Zin, inbreng_euro: Euros = 0, inbreng_uren: Uren = 0,
    inbreng_natura: Natura = "",
) -> Log:  # fmt: skip
    """Nodig een organisatie uit voor uw coalitie. Zij bevestigt zelf."""
    groep = coalitie_van(werk, coalitie)
    vraag = select(Organisatie).where(Organisatie.ronde_id == werk.ronde_id, Organisatie.sleutel == organisatie)
    org = werk.session.exec(vraag).first()
    if org is None:
        raise Invoerfout("organisatie: kies een organisatie uit de lijst", waar="nodig_partner_uit")
    _nodig_uit(werk, groep, org, rol, inbreng_euro, inbreng_uren, inbreng_natura)
    return {"coalitie": coalitie, "organisatie": organisatie}


@handeling
def nodig_nieuwe_partner_uit(
    werk: Werk, *, coalitie: Sleutel, naam: Zin, soort: Soort, contactpersoon: Zin, email: Email, rol: Zin,
    inbreng_euro: Euros = 0, inbreng_uren: Uren = 0, inbreng_natura: Natura = "",
) -> Log:  # fmt: skip
    """Nodig een organisatie uit die nog niet meedoet. Zij krijgt een mail, bevestigt en vult haar adres aan."""
    groep = coalitie_van(werk, coalitie)
    if not is_adres(email):
        raise Invoerfout("email: is geen e-mailadres; schrijf het zoals naam@organisatie.nl", waar="uitnodiging")
    org = _bekend(werk, email) or maak_organisatie(werk, naam, soort, contactpersoon, email)
    _nodig_uit(werk, groep, org, rol, inbreng_euro, inbreng_uren, inbreng_natura)
    return {"coalitie": coalitie, "organisatie": org.sleutel}


def _bekend(werk: Werk, email: str) -> Organisatie | None:
    """The organisation of which this is the contact address already. Raises Invoerfout for people of the round."""
    vraag = select(Deelnemer).join(Persoon).where(Deelnemer.ronde_id == werk.ronde_id, Persoon.email == email.lower())
    rijen = werk.session.exec(vraag).all()
    org = next((d.organisatie_id for d in rijen if d.organisatie_id), None)
    if rijen and org is None:
        raise Invoerfout("email: dit adres kan niet; gebruik een adres van de organisatie zelf", waar="uitnodiging")
    return werk.session.get_one(Organisatie, org) if org else None


def maak_organisatie(werk: Werk, naam: str, soort: Soort, contactpersoon: str, email: str) -> Organisatie:
    """A new organisation without its address: that it fills in itself when it confirms."""
    bezet = set(werk.session.exec(select(Organisatie.sleutel).where(Organisatie.ronde_id == werk.ronde_id)))
    bezet |= set(werk.session.exec(select(Deelnemer.sleutel).where(Deelnemer.ronde_id == werk.ronde_id)))
    sleutel = sleutel_van(naam, bezet)
    regel = Organisatieregel.model_construct(
        sleutel=sleutel, naam=naam, soort=soort, contactpersoon=contactpersoon, email=email, adres="", postcode="",
        plaats="", bron="uitgenodigd door een penvoerder",
    )  # fmt: skip
    zet_organisatie(werk.session, werk.ronde, regel)
    return vind.organisatie(werk.session, werk.ronde, sleutel)


def _nodig_uit(werk: Werk, groep: Coalitie, org: Organisatie, rol: str, euro: int, uren: int, natura: str) -> None:
    if partner_van(werk, groep, org.id):
        raise Conflict(f"{org.naam} staat al bij uw partners.")
    toets_aantal(werk, groep)
    voeg_partner_toe(werk, groep, vind.sid(org.id), rol, euro * 100, uren, natura)
    meld(
        werk, "partneruitnodiging", contacten(werk.session, vind.sid(org.id)), f"{groep.id}|{org.id}",
        coalitie={"naam": groep.naam, "sleutel": groep.sleutel}, organisatie=org.naam, van=organisatienaam(werk),
        rol=rol, nieuw=not org.adres,
    )  # fmt: skip


def toets_aantal(werk: Werk, groep: Coalitie) -> None:
    aantal = select(func.count()).select_from(Partner).where(Partner.coalitie_id == groep.id)
    if werk.session.exec(aantal).one() >= MEESTE_PARTNERS:
        raise Conflict(f"Een coalitie heeft hooguit {MEESTE_PARTNERS} partners.")


def voeg_partner_toe(
    werk: Werk, groep: Coalitie, organisatie_id: int, rol: str, cent: int, uren: int, natura: str, *,
    bevestigd: bool = False,
) -> None:  # fmt: skip
    werk.bewaar(
        Partner(
            coalitie_id=vind.sid(groep.id),
            organisatie_id=organisatie_id,
            rol=rol,
            inbreng_cent=cent,
            inbreng_uren=uren,
            inbreng_natura=natura,
            bevestigd_op=werk.nu if bevestigd else None,
        )
    )


@handeling
def wijzig_inbreng(
    werk: Werk, *, coalitie: Sleutel, organisatie: Sleutel, rol: Zin, inbreng_euro: Euros = 0, inbreng_uren: Uren = 0,
    inbreng_natura: Natura = "",
) -> Log:  # fmt: skip
    """Wijzig wat een partner inbrengt. Wijzigt de penvoerder het, dan bevestigt de partner opnieuw."""
    groep, partner, org, zelf = _partner_voor(werk, coalitie, organisatie)
    partner.rol, partner.inbreng_cent, partner.inbreng_uren = rol, inbreng_euro * 100, inbreng_uren
    partner.inbreng_natura = inbreng_natura
    opnieuw = not zelf and partner.bevestigd_op is not None
    if opnieuw:
        partner.bevestigd_op = None
        meld(
            werk, "partnerwijziging", contacten(werk.session, vind.sid(org.id)), f"{groep.id}|{org.id}",
            coalitie={"naam": groep.naam, "sleutel": groep.sleutel}, organisatie=org.naam, van=organisatienaam(werk),
        )  # fmt: skip
    werk.bewaar(partner)
    return {"coalitie": coalitie, "organisatie": organisatie, "opnieuw_bevestigen": opnieuw}


def _partner_voor(werk: Werk, coalitie: str, organisatie: str) -> tuple[Coalitie, Partner, Organisatie, bool]:
    """(coalition, row, organisation, whether it is the actor's own), for the penvoerder and the partner itself."""
    vraag = (
        select(Coalitie, Partner, Organisatie)
        .join(Partner, col(Partner.coalitie_id) == Coalitie.id)
        .join(Organisatie, col(Partner.organisatie_id) == Organisatie.id)
        .where(Coalitie.ronde_id == werk.ronde_id, Coalitie.sleutel == coalitie, Organisatie.sleutel == organisatie)
    )
    rij = werk.session.exec(vraag).first()
    if rij is None or (rij[0].penvoerder_id != werk.actor.id and rij[2].id != werk.actor.organisatie_id):
        raise NietGevonden("Deze partner is er niet, of u mag dit niet wijzigen.")
    return *rij, rij[2].id == werk.actor.organisatie_id


@handeling
def verwijder_partner(werk: Werk, *, coalitie: Sleutel, organisatie: Sleutel, reden: Alinea) -> Log:
    """Haal een partner uit de coalitie, wijs een uitnodiging af, of stap er zelf uit."""
    groep, partner, org, zelf = _partner_voor(werk, coalitie, organisatie)
    trekker = werk.session.get_one(Deelnemer, groep.penvoerder_id)
    if org.id == trekker.organisatie_id:
        raise Conflict("De penvoerder kan niet uit de eigen coalitie stappen.")
    if not zelf:
        _toets_minimum(werk, groep)
    weg = {"rol": partner.rol, "cent": partner.inbreng_cent, "uren": partner.inbreng_uren}
    bevestigd = partner.bevestigd_op is not None
    werk.session.delete(partner)
    werk.session.flush()
    aan = [penvoerder(werk, groep)] if zelf else contacten(werk.session, vind.sid(org.id))
    meld(
        werk, "partnervertrek", aan, f"{groep.id}|{org.id}", coalitie={"naam": groep.naam, "sleutel": groep.sleutel},
        organisatie=org.naam, reden=reden, zelf=zelf, bevestigd=bevestigd,
    )  # fmt: skip
    return {"coalitie": coalitie, "organisatie": organisatie, "zelf": zelf, "was": weg}


def _toets_minimum(werk: Werk, groep: Coalitie) -> None:
    """What was handed in may not be left with too few partners by its own penvoerder."""
    aantal = werk.session.exec(select(func.count()).select_from(Partner).where(Partner.coalitie_id == groep.id)).one()
    minstens = werk.regels.indienen.minimaal_partners
    if aantal - 1 < minstens and huidige_indiening(werk, groep):
        raise Conflict(
            f"Een coalitie heeft minstens {minstens} partners. Trek eerst uw voorstel in, of zoek er een bij."
        )


@handeling
def vul_adres_aan(
    werk: Werk, *, adres: Zin, postcode: Annotated[str, Field(pattern=r"^\d{4} ?[A-Z]{2}$")], plaats: Zin
) -> Log:
    """Vul het adres van uw organisatie in, voor de brieven van de gemeente."""
    org = eigen_organisatie(werk)
    if org.adres:
        raise Conflict("Het adres van uw organisatie is al ingevuld. Klopt het niet meer? Bel of mail de gemeente.")
    org.adres, org.postcode, org.plaats = adres, postcode, plaats
    werk.bewaar(org)
    return {"organisatie": org.sleutel}
