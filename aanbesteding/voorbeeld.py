"""An example to try: the rehearsal round up to a chosen stage, made by the real acts and gates, in its own time.

`aanbesteding start --voorbeeld beoordeling` plays the round of Maassluis until somewhere in the assessment and then
starts the site there: the clock of this installation is shifted, so that it *is* 1 March 2012 and every term holds.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from . import orkest
from .database import lees, maak_motor
from .fouten import NietGevonden
from .instellingen import Instellingen, instellingen
from .invoer import bedoelt_u
from .model import Logregel
from .regels import Termijnen
from .rondemap import lees_rondemap
from .termijnen import amsterdam

OEFENING = "maassluis-2011"
DAG = timedelta(days=1)
MERK = "voorbeeld.json"

STADIA: dict[str, tuple[str, Callable[[Termijnen], datetime]]] = {
    "oproep": ("de oproep staat open, coalities zoeken elkaar", lambda t: t.startbijeenkomst + DAG),
    "advies": ("de eerste adviseurs zijn verdeeld", lambda t: t.adviesmomenten[0] + DAG),
    "beoordeling": ("beoordelaars geven scores", lambda t: t.belangen_tot + 8 * DAG),
    "selectie": ("het collegevoorstel ligt klaar, het college moet kiezen", lambda t: t.besluit_selectie),
    "uitvoering": ("de pilots lopen, de eerste voortgang komt eraan", lambda t: t.voortgang[0] - 3 * DAG),
    "effect": ("de pilots zijn enkele keren gemeten", lambda t: t.metingen[2] + 20 * DAG),
}
"""Stage → what is going on, and the moment (local time) up to which the round is played."""


def maak_voorbeeld(stadium: str, nu: datetime, data_map: Path | None = None) -> Instellingen:
    """Settings of an installation with the example at this stage; played when it is not there yet.

    A second start goes on with what people did in it. Raises NietGevonden for an unknown stage.
    """
    if stadium not in STADIA:
        raise NietGevonden(f"Het stadium '{stadium}' bestaat niet. {bedoelt_u(stadium, STADIA)}")
    bron = instellingen().rondes_map / OEFENING
    folder = ((data_map or instellingen().data_map) / "voorbeeld" / stadium).resolve()
    lokaal = STADIA[stadium][1](lees_rondemap(bron).regels.termijnen)
    moment = amsterdam(lokaal.date(), lokaal.time())
    if not (folder / MERK).is_file():
        orkest.oefenronde_hier(bron, folder, moment)
        (folder / MERK).write_text(json.dumps({"stadium": stadium, "moment": moment.isoformat()}), encoding="utf-8")
    eigen = instellingen().model_copy(update={"data_map": folder, "database_url": "", "smtp_host": ""})
    verder = max(moment, _laatste(eigen) + timedelta(minutes=1))
    return eigen.model_copy(update={"voorbeeld": True, "klok_verschil": int((verder - nu).total_seconds())})


def _laatste(gekozen: Instellingen) -> datetime:
    """When anything was last done in this example: its clock never goes back."""
    motor = maak_motor(gekozen.url)
    with lees(motor) as session:
        moment = session.exec(select(Logregel.moment).order_by(col(Logregel.moment).desc())).first()
    motor.dispose()
    if moment is None:
        raise NietGevonden(f"In {gekozen.data_map} staat geen ronde. Haal die map weg en start opnieuw.")
    return moment
