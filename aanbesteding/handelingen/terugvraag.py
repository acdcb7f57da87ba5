"""Questions that a wethouder asks back about a memo, and the answer of the project leader; both go into the file."""

import hashlib
from typing import Annotated, Literal

from pydantic import Field

from ..fouten import Conflict, NietGevonden
from ..model import Collegevraag
from ..overzichten import vind
from ..overzichten.collegebeeld import SOORTEN
from .basis import Log, Werk, handeling

Vraagtekst = Annotated[str, Field(min_length=5, max_length=4000)]
Besluitsoort = Literal["vrijgave", "selectie", "plannen"]


def _vingerafdruk(tekst: str) -> str:
    """The log proves which words were used without repeating them: they may name people."""
    return hashlib.sha256(tekst.encode()).hexdigest()


@handeling
def stel_terugvraag(werk: Werk, *, soort: Besluitsoort, tekst: Vraagtekst) -> Log:
    """Stel een vraag over een collegevoorstel."""
    if vind.passage(werk.session, werk.ronde, SOORTEN[soort].poort) is None:
        raise Conflict("Dit collegevoorstel is er nog niet. U kunt uw vraag stellen als het stuk klaar is.")
    rij = Collegevraag(
        ronde_id=werk.ronde_id, soort=soort, deelnemer_id=vind.sid(werk.actor.id), tekst=tekst, gesteld_op=werk.nu
    )
    werk.bewaar(rij)
    return {"soort": soort, "vraag": rij.id, "sha256": _vingerafdruk(tekst)}


@handeling
def beantwoord_terugvraag(werk: Werk, *, vraag: int, antwoord: Vraagtekst) -> Log:
    """Beantwoord een vraag van een wethouder."""
    rij = werk.session.get(Collegevraag, vraag)
    if rij is None or rij.ronde_id != werk.ronde_id:
        raise NietGevonden("Deze vraag is er niet.")
    if rij.beantwoord_op is not None:
        raise Conflict("Deze vraag is al beantwoord. Een antwoord verandert niet meer.")
    rij.antwoord, rij.antwoord_van, rij.beantwoord_op = antwoord, werk.actor.id, werk.nu
    werk.bewaar(rij)
    return {"vraag": rij.id, "sha256": _vingerafdruk(antwoord)}
