"""Acts during and after the pilots: progress, measurements, the story beside them, the evaluation."""

import math
from typing import Annotated

from pydantic import Field
from sqlmodel import col, select

from ..fouten import Invoerfout
from ..inhoud import Duiding, Evaluatie, Meetplan, Voortgangsinhoud
from ..model import Duidingsversie, Eindevaluatie, Meetplanversie, Meetwaarde, Voortgang
from ..overzichten import vind
from ..regels import Sleutel, Tekst
from .basis import Log, Werk, handeling, volgende_versie
from .oproep import eigen_coalitie

Nummer = Annotated[int, Field(ge=1)]
KLEINSTE_CEL = 10


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


def huidig_meetplan(werk: Werk, voorstel_id: int) -> Meetplan:
    vraag = select(Meetplanversie).where(Meetplanversie.voorstel_id == voorstel_id)
    rij = werk.session.exec(vraag.order_by(col(Meetplanversie.versie).desc())).first()
    if rij is None:
        raise Invoerfout("er is nog geen meetplan", waar="meting")
    return Meetplan.model_validate(rij.inhoud)


@handeling
def meting(
    werk: Werk,
    *,
    coalitie: Sleutel,
    indicator: Sleutel,
    gebied: Tekst,
    periode: Annotated[str, Field(pattern=r"^\d{4}-[12]$")],
    waarde: float,
    respondenten: Annotated[int, Field(ge=0)] | None = None,
    bron: Tekst,
) -> Log:
    """Voer een meetwaarde in; een verbetering wordt een nieuwe versie."""
    pilot = vind.pilot(werk.session, werk.ronde, coalitie)
    plan = huidig_meetplan(werk, pilot.voorstel_id)
    _toets_meting(plan, indicator, gebied, waarde, respondenten)
    sleutel = (
        Meetwaarde.pilot_id == pilot.id,
        Meetwaarde.indicator == indicator,
        Meetwaarde.gebied == gebied,
        Meetwaarde.periode == periode,
    )
    versie = volgende_versie(werk, Meetwaarde, *sleutel)
    werk.bewaar(
        Meetwaarde(
            pilot_id=vind.sid(pilot.id),
            indicator=indicator,
            gebied=gebied,
            periode=periode,
            versie=versie,
            waarde=waarde,
            respondenten=respondenten,
            bron=bron,
            ingevoerd_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "indicator": indicator, "periode": periode, "versie": versie}


def _toets_meting(plan: Meetplan, indicator: str, gebied: str, waarde: float, respondenten: int | None) -> None:
    gebieden = [*plan.pilotgebieden, *plan.vergelijkingsgebieden]
    bekend = {i.sleutel: i for i in plan.indicatoren}
    fouten = []
    if indicator not in bekend:
        fouten.append(f"indicator: '{indicator}' staat niet in het meetplan; kies uit {', '.join(bekend)}")
    elif bekend[indicator].eenheid.startswith(("%", "procent")) and not 0 <= waarde <= 100:
        fouten.append(f"waarde: {waarde} is geen percentage; het moet tussen 0 en 100 liggen")
    if gebied not in gebieden:
        fouten.append(f"gebied: '{gebied}' staat niet in het meetplan; kies uit {', '.join(gebieden)}")
    if not math.isfinite(waarde):
        fouten.append("waarde: moet een gewoon getal zijn")
    if respondenten is not None and respondenten < KLEINSTE_CEL:
        fouten.append(f"respondenten: {respondenten} is te weinig; onder {KLEINSTE_CEL} kan iemand herkenbaar zijn")
    if fouten:
        raise Invoerfout(fouten, waar="meting")


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
