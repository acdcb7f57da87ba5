"""Acts during and after the pilots: progress, the story beside a measurement, the evaluation."""

from typing import Annotated

from pydantic import Field

from ..fouten import Invoerfout
from ..inhoud import Duiding, Evaluatie, Voortgangsinhoud
from ..model import Duidingsversie, Eindevaluatie, Voortgang
from ..overzichten import vind
from ..regels import Sleutel
from .basis import Log, Werk, handeling, volgende_versie
from .oproep import eigen_coalitie

Nummer = Annotated[int, Field(ge=1)]


def _toets_nummer(werk: Werk, termijn: str, nummer: int) -> None:
    aantal = len(vind.momenten(werk.regels, termijn))
    if nummer > aantal:
        raise Invoerfout(f"nummer: er zijn {aantal} momenten gepland; {nummer} bestaat niet", waar=termijn)


@handeling
def voortgang(werk: Werk, *, coalitie: Sleutel, nummer: Nummer, inhoud: Voortgangsinhoud) -> Log:
    """Lever de voortgang van uw pilot in."""
    eigen_coalitie(werk, coalitie)
    pilot = vind.pilot(werk.session, werk.ronde, coalitie)
    _toets_nummer(werk, "voortgang", nummer)
    versie = volgende_versie(werk, Voortgang, Voortgang.pilot_id == pilot.id, Voortgang.nummer == nummer)
    werk.bewaar(
        Voortgang(
            pilot_id=vind.sid(pilot.id),
            nummer=nummer,
            versie=versie,
            inhoud=inhoud.model_dump(mode="json"),
            ingeleverd_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "nummer": nummer, "versie": versie}


@handeling
def duiding(werk: Werk, *, coalitie: Sleutel, nummer: Nummer, inhoud: Duiding) -> Log:
    """Schrijf de duiding bij een meetmoment: wat kan het verschil nog meer verklaren?"""
    pilot = vind.pilot(werk.session, werk.ronde, coalitie)
    _toets_nummer(werk, "metingen", nummer)
    versie = volgende_versie(werk, Duidingsversie, Duidingsversie.pilot_id == pilot.id, Duidingsversie.nummer == nummer)
    werk.bewaar(
        Duidingsversie(
            pilot_id=vind.sid(pilot.id),
            nummer=nummer,
            versie=versie,
            inhoud=inhoud.model_dump(mode="json"),
            geschreven_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "nummer": nummer, "versie": versie}


@handeling
def evaluatie(werk: Werk, *, inhoud: Evaluatie) -> Log:
    """Schrijf de eindevaluatie met lessen voor de volgende ronde."""
    versie = volgende_versie(werk, Eindevaluatie, Eindevaluatie.ronde_id == werk.ronde_id)
    werk.bewaar(
        Eindevaluatie(
            ronde_id=werk.ronde_id,
            versie=versie,
            inhoud=inhoud.model_dump(mode="json"),
            geschreven_op=werk.nu,
        )
    )
    return {"versie": versie, "lessen": len(inhoud.lessen)}
