"""Bring one round up to date: receipts, every gate that is due in order, post. Running it again does nothing."""

from datetime import datetime

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_progress_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from aanbesteding import klok, orkest
from aanbesteding.fouten import Conflict, Invoerfout
from aanbesteding.handelingen.ontvangst import Ontvangstuitslag, maak_ontvangsten
from aanbesteding.overzichten import waker
from aanbesteding.procedure import Poort

from . import labels
from .middelen import middelen
from .poorten import POORTEN
from .post import bezorg

NIEUWE_TERMIJNEN = (Poort.OPROEP, Poort.INLICHTINGEN)
"""Gates that publish deadlines or move them."""


@task(task_run_name="ontvangstbevestigingen", cache_policy=NO_CACHE)
def bevestig(kenmerk: str, nu: datetime) -> Ontvangstuitslag:
    return maak_ontvangsten(middelen().motor, kenmerk, nu=nu, maak=lambda o: middelen().maak(list(o)))


UITLEG = "Passeert elke poort die aan de beurt is, in volgorde. Nog een keer draaien verandert niets."


@flow(name="ronde-bijwerken", flow_run_name="{kenmerk}: bijwerken", description=UITLEG)
def ronde_bijwerken(kenmerk: str, nu: datetime | None = None) -> list[str]:
    """The gates that were passed, as "poort nummer". `nu` is for rehearsals only.

    Raises Invoerfout when `nu` is given for a live round: its clock is the real one.
    """
    motor, moment = middelen().motor, _moment(kenmerk, nu)
    with labels.zonder():
        ontvangst = bevestig(kenmerk, moment) if waker.mist_ontvangst(motor, kenmerk) else Ontvangstuitslag()
        gepasseerd = _passeer_alles(kenmerk, moment)
        if waker.heeft_post(motor):
            bezorg(moment)
        if gepasseerd or nu is None:
            _toon(kenmerk, moment)
    if nu is None and not klok.verschoven() and any(poort in NIEUWE_TERMIJNEN for poort, _ in gepasseerd):
        for kloppend, wanneer in waker.komende_poorten(motor, kenmerk, moment):
            orkest.plan(kloppend, wanneer)
    if ontvangst.mislukt:
        raise Conflict("Niet elke ontvangstbevestiging is gemaakt: " + "; ".join(ontvangst.mislukt))
    return [f"{poort.value} {nummer}" for poort, nummer in gepasseerd]


def _moment(kenmerk: str, nu: datetime | None) -> datetime:
    if nu is None:
        return klok.nu()
    if not waker.is_oefening(middelen().motor, kenmerk):
        raise Invoerfout("nu: een echte ronde volgt de echte klok; laat dit veld leeg", waar="ronde-bijwerken")
    return nu


def _passeer_alles(kenmerk: str, moment: datetime) -> list[tuple[Poort, int]]:
    gepasseerd: list[tuple[Poort, int]] = []
    vorige = None
    while (klopt := waker.volgende_poort(middelen().motor, kenmerk, moment)) is not None:
        if klopt == vorige:
            raise Conflict(f"De poort '{klopt.poort.value}' is aan de beurt, maar gaat niet open.")
        with labels.van_ronde(kenmerk):
            open_gegaan = POORTEN[klopt.poort](kenmerk, klopt.nummer, moment)
        if open_gegaan:
            gepasseerd.append((klopt.poort, klopt.nummer))
            get_run_logger().info("Poort %s %s is gepasseerd.", klopt.poort.value, klopt.nummer)
        vorige = klopt
    return gepasseerd


def _toon(kenmerk: str, moment: datetime) -> None:
    """The round in Prefect's own pages, for operators."""
    rijen = waker.poorttabel(middelen().motor, kenmerk, moment)
    klaar = sum(r["Stand"] in ("gepasseerd", "niet nodig") for r in rijen)
    create_table_artifact(rijen, key=f"poorten-{kenmerk}", description=f"De poorten van de ronde {kenmerk}.")
    create_progress_artifact(100 * klaar / len(rijen), key=f"voortgang-{kenmerk}", description="Gepasseerde poorten.")
