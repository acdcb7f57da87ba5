"""Acts around a draft: comments of the adviser and of the coalition's own people, and dealing with them."""

from typing import Annotated

from pydantic import Field

from ..fouten import GeenToestemming, NietGevonden
from ..model import Coalitie, Opmerking
from ..overzichten import inzage_coalitie, vind
from ..regels import Sleutel
from .basis import Log, Werk, handeling

Onderdeel = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,59}$")]
Opmerkingtekst = Annotated[str, Field(min_length=1, max_length=4000)]
Nummer = Annotated[int, Field(ge=1, le=2_000_000_000)]


@handeling
def plaats_opmerking(werk: Werk, *, coalitie: Sleutel, onderdeel: Onderdeel, tekst: Opmerkingtekst) -> Log:
    """Zet een opmerking bij een onderdeel van het concept van uw coalitie."""
    kring = inzage_coalitie.kring(werk.session, werk.ronde, [werk.actor], coalitie)
    werk.bewaar(
        Opmerking(
            coalitie_id=vind.sid(kring.groep.id),
            deelnemer_id=vind.sid(werk.actor.id),
            onderdeel=onderdeel,
            tekst=tekst,
            geplaatst_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "onderdeel": onderdeel}


@handeling
def handel_opmerking_af(werk: Werk, *, opmerking: Nummer, klaar: bool = True) -> Log:
    """Zet een opmerking op afgehandeld, of zet haar weer open."""
    rij = werk.session.get(Opmerking, opmerking)
    groep = werk.session.get(Coalitie, rij.coalitie_id) if rij else None
    if rij is None or groep is None or groep.ronde_id != werk.ronde_id:
        raise NietGevonden("Deze opmerking is er niet.")
    kring = inzage_coalitie.kring(werk.session, werk.ronde, [werk.actor], groep.sleutel)
    if not kring.schrijft and rij.deelnemer_id != werk.actor.id:
        raise GeenToestemming("Alleen de penvoerder en de schrijver handelen een opmerking af.")
    rij.afgehandeld_op = werk.nu if klaar else None
    werk.bewaar(rij)
    return {"coalitie": groep.sleutel, "opmerking": opmerking, "klaar": klaar}
