"""Finding partners, as on a beursvloer: a coalition shows what it asks, offers and gives in return; others ask to
join. What a card shows is what its owner chose to write, never the proposal.
"""

from typing import Annotated, Literal

from pydantic import Field
from sqlmodel import col, select

from ..fouten import Conflict, Invoerfout, NietGevonden
from ..model import Aansluitverzoek, Beurskaart, Coalitie, Organisatie
from ..overzichten import vind
from ..regels import Sleutel
from .basis import Log, Werk, handeling
from .bericht import contacten, meld, organisatienaam
from .oproep import eigen_organisatie
from .partners import (
    Alinea,
    Euros,
    Natura,
    Uren,
    Zin,
    coalitie_van,
    partner_van,
    penvoerder,
    toets_aantal,
    voeg_partner_toe,
)

Kaarttekst = Annotated[str, Field(min_length=1, max_length=600)]
MEESTE_OPEN = 10
"""Requests of one organisation that wait for an answer: enough for anyone, too few to flood the floor."""


@handeling
def plaats_beurskaart(
    werk: Werk, *, coalitie: Sleutel, vraag: Kaarttekst, aanbod: Kaarttekst, tegenprestatie: Kaarttekst
) -> Log:
    """Zet uw coalitie op de beursvloer, of wijzig wat daar staat."""
    groep = coalitie_van(werk, coalitie)
    kaart = _kaart(werk, groep) or Beurskaart(
        coalitie_id=vind.sid(groep.id), vraag="", aanbod="", tegenprestatie="", geplaatst_op=werk.nu
    )
    kaart.vraag, kaart.aanbod, kaart.tegenprestatie = vraag, aanbod, tegenprestatie
    kaart.open, kaart.geplaatst_op = True, werk.nu
    werk.bewaar(kaart)
    return {"coalitie": coalitie}


@handeling
def sluit_beurskaart(werk: Werk, *, coalitie: Sleutel) -> Log:
    """Haal uw coalitie van de beursvloer. U kunt haar er later weer op zetten."""
    kaart = _kaart(werk, coalitie_van(werk, coalitie))
    if kaart is None or not kaart.open:
        raise Conflict("Uw coalitie staat niet op de beursvloer.")
    kaart.open = False
    werk.bewaar(kaart)
    return {"coalitie": coalitie}


def _kaart(werk: Werk, groep: Coalitie) -> Beurskaart | None:
    return werk.session.exec(select(Beurskaart).where(Beurskaart.coalitie_id == groep.id)).first()


@handeling
def vraag_aansluiting(
    werk: Werk, *, coalitie: Sleutel, bericht: Alinea, rol: Zin, inbreng_uren: Uren = 0, inbreng_euro: Euros = 0,
    inbreng_natura: Natura = "",
) -> Log:  # fmt: skip
    """Vraag of uw organisatie mag meedoen met een coalitie op de beursvloer."""
    groep, eigen = _open_coalitie(werk, coalitie), eigen_organisatie(werk)
    _toets_verzoek(werk, groep, eigen, inbreng_euro + inbreng_uren, inbreng_natura)
    verzoek = Aansluitverzoek(
        coalitie_id=vind.sid(groep.id),
        organisatie_id=vind.sid(eigen.id),
        deelnemer_id=vind.sid(werk.actor.id),
        rol=rol,
        bericht=bericht,
        inbreng_cent=inbreng_euro * 100,
        inbreng_uren=inbreng_uren,
        inbreng_natura=inbreng_natura,
        gevraagd_op=werk.nu,
    )
    werk.bewaar(verzoek)
    meld(
        werk, "aansluitverzoek", [penvoerder(werk, groep)], str(verzoek.id), organisatie=eigen.naam, rol=rol,
        coalitie={"naam": groep.naam, "sleutel": groep.sleutel}, bericht=bericht,
    )  # fmt: skip
    return {"coalitie": coalitie, "verzoek": verzoek.id}


def _open_coalitie(werk: Werk, sleutel: str) -> Coalitie:
    """A coalition with an open card. One without does not exist for who asks."""
    vraag = select(Coalitie).join(Beurskaart).where(Coalitie.ronde_id == werk.ronde_id, Coalitie.sleutel == sleutel)
    groep = werk.session.exec(vraag.where(col(Beurskaart.open).is_(True))).first()
    if groep is None:
        raise NietGevonden("Deze coalitie zoekt geen partners. Kijk op de beursvloer wie dat wel doet.")
    return groep


def _toets_verzoek(werk: Werk, groep: Coalitie, eigen: Organisatie, getallen: int, natura: str) -> None:
    if partner_van(werk, groep, eigen.id):
        raise Conflict("Uw organisatie staat al bij de partners van deze coalitie. Kijk bij ‘Mijn coalitie’.")
    lopend = select(Aansluitverzoek.coalitie_id).join(Coalitie).where(
        Coalitie.ronde_id == werk.ronde_id, Aansluitverzoek.organisatie_id == eigen.id, Aansluitverzoek.antwoord == ""
    )  # fmt: skip
    bij = list(werk.session.exec(lopend))
    if groep.id in bij:
        raise Conflict("U vroeg dit al. De penvoerder heeft nog niet geantwoord.")
    if len(bij) >= MEESTE_OPEN:
        raise Conflict(f"U heeft {MEESTE_OPEN} vragen die nog wachten. Wacht op antwoord of trek er een in.")
    if not getallen and not natura:
        raise Invoerfout("inbreng_uren: noem iets dat u inbrengt: uren, geld of iets in natura", waar="aansluiting")


def _eigen_verzoek(werk: Werk, verzoek: int) -> Aansluitverzoek:
    rij = werk.session.get(Aansluitverzoek, verzoek)
    if rij is None or rij.organisatie_id != werk.actor.organisatie_id:
        raise NietGevonden("Deze vraag is er niet, of zij is niet van u.")
    return rij


Nummer = Annotated[int, Field(ge=1, le=2_000_000_000)]


@handeling
def trek_aansluiting_in(werk: Werk, *, verzoek: Nummer) -> Log:
    """Trek uw vraag om mee te doen in."""
    rij = _eigen_verzoek(werk, verzoek)
    if rij.antwoord:
        raise Conflict("Deze vraag is al beantwoord.")
    rij.antwoord, rij.beantwoord_op = "ingetrokken", werk.nu
    werk.bewaar(rij)
    return {"verzoek": verzoek}


@handeling
def beantwoord_aansluiting(werk: Werk, *, verzoek: Nummer, antwoord: Literal["ja", "nee"], reden: Alinea) -> Log:
    """Antwoord een organisatie die wil meedoen. Bij 'ja' is zij meteen partner: zij vroeg het zelf."""
    rij, groep = _verzoek_aan(werk, verzoek)
    if rij.antwoord:
        raise Conflict("Deze vraag is al beantwoord of ingetrokken.")
    rij.antwoord, rij.reden, rij.beantwoord_op = antwoord, reden, werk.nu
    werk.bewaar(rij)
    if antwoord == "ja":
        _maak_partner(werk, groep, rij)
    meld(
        werk, "aansluitantwoord", contacten(werk.session, rij.organisatie_id), str(rij.id), antwoord=antwoord,
        coalitie={"naam": groep.naam, "sleutel": groep.sleutel}, reden=reden, van=organisatienaam(werk),
    )  # fmt: skip
    return {"coalitie": groep.sleutel, "verzoek": verzoek, "antwoord": antwoord}


def _verzoek_aan(werk: Werk, verzoek: int) -> tuple[Aansluitverzoek, Coalitie]:
    vraag = select(Aansluitverzoek, Coalitie).join(Coalitie).where(
        Aansluitverzoek.id == verzoek, Coalitie.ronde_id == werk.ronde_id, Coalitie.penvoerder_id == werk.actor.id
    )  # fmt: skip
    rij = werk.session.exec(vraag).first()
    if rij is None:
        raise NietGevonden("Deze vraag is er niet, of zij is niet aan u gesteld.")
    return rij


def _maak_partner(werk: Werk, groep: Coalitie, rij: Aansluitverzoek) -> None:
    """Also when it was invited meanwhile: then what it asked itself counts."""
    partner = partner_van(werk, groep, rij.organisatie_id)
    if partner is not None:
        partner.bevestigd_op = partner.bevestigd_op or werk.nu
        werk.bewaar(partner)
        return
    toets_aantal(werk, groep)
    voeg_partner_toe(
        werk, groep, rij.organisatie_id, rij.rol, rij.inbreng_cent, rij.inbreng_uren, rij.inbreng_natura, bevestigd=True
    )
