"""Acts that add to a round that exists already: organisations to invite, assessors and advisers.

Organisations only before the call: everyone is invited at the same moment. The team too. Assessors only before the
allocation, advisers only while the window is open.
"""

from typing import Annotated

from pydantic import Field
from sqlmodel import select

from ..fouten import GeenToestemming, Invoerfout
from ..mensenlijst import Mens, Organisatieregel
from ..model import Deelnemer, Organisatie, Persoon
from ..overzichten import vind
from ..procedure import Poort, Rol
from .basis import Log, Werk, handeling
from .starten import zet_deelnemer, zet_organisatie

TEAM = (Rol.TWEEDE, Rol.VOORZITTER, Rol.WETHOUDER, Rol.JURIST)
"""Who decides or guards: known before the call appears, never chosen when there is something to decide or guard."""
LATER_ERBIJ = (Rol.BEOORDELAAR, Rol.ADVISEUR, *TEAM)


@handeling
def voeg_organisaties_toe(werk: Werk, *, organisaties: Annotated[list[Organisatieregel], Field(min_length=1)]) -> Log:
    """Voeg organisaties toe aan de ronde; dat kan tot de oproep verschijnt."""
    bezet = set(werk.session.exec(select(Deelnemer.sleutel).where(Deelnemer.ronde_id == werk.ronde_id)))
    namen = {
        n.casefold() for n in werk.session.exec(select(Organisatie.naam).where(Organisatie.ronde_id == werk.ronde_id))
    }
    fouten = []
    for o in organisaties:
        if o.sleutel in bezet:
            fouten.append(
                f"sleutel: '{o.sleutel}' doet al mee aan deze ronde; haal de rij weg of kies een andere sleutel"
            )
        if o.naam.casefold() in namen:
            fouten.append(f"naam: er is al een organisatie '{o.naam}'; haal de rij weg")
        bezet.add(o.sleutel)
        namen.add(o.naam.casefold())
    if fouten:
        raise Invoerfout(fouten, waar="voeg_organisaties_toe")
    for organisatie in organisaties:
        zet_organisatie(werk.session, werk.ronde, organisatie)
    return {"organisaties": [o.sleutel for o in organisaties]}


@handeling
def voeg_mensen_toe(werk: Werk, *, mensen: Annotated[list[Mens], Field(min_length=1)]) -> Log:
    """Voeg beoordelaars, adviseurs of leden van het team toe aan de ronde."""
    _toets_moment(werk, mensen)
    bezet = _adressen(werk)
    fouten = []
    for m in mensen:
        fouten += _mensfouten(m, bezet)
        bezet[m.sleutel] = m.email.casefold()
    if fouten:
        raise Invoerfout(fouten, waar="voeg_mensen_toe")
    for mens in mensen:
        zet_deelnemer(werk.session, werk.ronde, mens)
    return {"mensen": {m.sleutel: m.rol.value for m in mensen}}


def _toets_moment(werk: Werk, mensen: list[Mens]) -> None:
    if any(m.rol == Rol.ADVISEUR for m in mensen) and vind.passage(werk.session, werk.ronde, Poort.SLUITING):
        raise GeenToestemming("Een adviseur kan er niet meer bij: de termijn voor voorstellen is gesloten.")
    if any(m.rol in TEAM for m in mensen) and vind.passage(werk.session, werk.ronde, Poort.OPROEP):
        raise GeenToestemming("Het team ligt vast sinds de oproep. Er kan niemand meer bij.")


def _adressen(werk: Werk) -> dict[str, str]:
    """Key → e-mail address of everyone in the round."""
    vraag = select(Deelnemer.sleutel, Persoon.email).join(Persoon).where(Deelnemer.ronde_id == werk.ronde_id)
    return dict(werk.session.exec(vraag).all())


def _mensfouten(mens: Mens, bezet: dict[str, str]) -> list[str]:
    fouten = []
    if mens.rol not in LATER_ERBIJ:
        fouten.append(f"rol: '{mens.rol.value}' kan er later niet bij; kies uit {', '.join(LATER_ERBIJ)}")
    if mens.sleutel in bezet:
        fouten.append(
            f"sleutel: '{mens.sleutel}' doet al mee aan deze ronde; haal de rij weg of kies een andere sleutel"
        )
    elif mens.email.casefold() in bezet.values():
        fouten.append(f"email: het adres van '{mens.sleutel}' doet al mee aan deze ronde; geef ieder een eigen adres")
    return fouten
