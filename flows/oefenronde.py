"""A rehearsal on the real flows: a whole round in time-lapse, on its own data folder and with its own clock."""

from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from aanbesteding.kern.notatie import datum
from aanbesteding.oefenmap import Oefening, begin_ronde, open_oefening, sluit_af, vergelijk
from aanbesteding.oefenronde import Stap, speel
from aanbesteding.overzichten import waker
from aanbesteding.termijnen import naar_amsterdam

from . import labels
from .middelen import Middelen, gebruik
from .ronde import ronde_bijwerken


@flow(name="oefenronde", flow_run_name="oefenronde",
      description="Speelt een hele ronde na, versneld. De gegevens komen in een eigen map.")  # fmt: skip
def oefenronde(rondemap: str, data_map: str = "", tot: datetime | None = None) -> dict[str, Any]:
    """Play the round folder `rondemap`; returns the manifest, with `verschillen` against an earlier full run.

    A run that was stopped goes on where it was; after a finished one the next starts anew. With `tot` it stops
    before the first later moment and writes no manifest: the round is then ready for people to go on with.
    """
    oefening = open_oefening(Path(rondemap), Path(data_map) if data_map else None)
    with gebruik(oefening.gekozen) as middelen, labels.van_ronde(oefening.kenmerk):
        begin_ronde(middelen.motor, oefening)
        einde = _speel(oefening, middelen, tot)
        if tot is not None:
            return {"kenmerk": oefening.kenmerk}
        manifest = sluit_af(middelen.motor, oefening, waker.blokkades(middelen.motor, oefening.kenmerk, einde))
    verschillen = vergelijk(oefening.vorige, manifest) if oefening.vorige else []
    _meld(manifest, verschillen, vergeleken=oefening.vorige is not None)
    return {**manifest, "verschillen": verschillen, "vergeleken": oefening.vorige is not None}


def _speel(oefening: Oefening, middelen: Middelen, tot: datetime | None) -> datetime:
    """Every step of the script; returns the last moment of the clock."""
    moment = oefening.verloop[0].moment
    balk = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn()
    )
    with balk:
        taak = balk.add_task(oefening.kenmerk, total=len(oefening.verloop))
        for stap in speel(middelen.motor, oefening.kenmerk, oefening.verloop, tot=tot):
            if stap.werk_bij:
                ronde_bijwerken(oefening.kenmerk, stap.moment)
            _toon(balk, taak, stap)
            moment = stap.moment
    return moment


def _toon(balk: Progress, taak: TaskID, stap: Stap) -> None:
    balk.update(taak, completed=stap.klaar, description=datum(naar_amsterdam(stap.moment).date()))


def _meld(manifest: dict[str, Any], verschillen: list[str], *, vergeleken: bool) -> None:
    log = get_run_logger()
    log.info(
        "Fase %s, %s documenten, %s logregels.", manifest["fase"], len(manifest["documenten"]), manifest["logregels"]
    )
    for tekst in manifest["openstaand"]:
        log.warning("Nog open: %s", tekst)
    for tekst in verschillen:
        log.warning("Anders dan de vorige keer: %s", tekst)
    if vergeleken and not verschillen:
        log.info("Gelijk aan de vorige keer: dezelfde documenten en hetzelfde logboek.")
