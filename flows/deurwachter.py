"""The clock: wakes every live round whose gate is due, also after a crash or a missed moment."""

from prefect import flow, get_run_logger

from aanbesteding import klok, orkest
from aanbesteding.oefenmap import is_oefenmap
from aanbesteding.overzichten import waker

from . import labels
from .middelen import middelen
from .post import bezorg
from .ronde import ronde_bijwerken


@flow(name="deurwachter", flow_run_name="deurwachter",
      description="Wekt elke ronde waarvan een poort open kan. Draait elk kwartier.")  # fmt: skip
def deurwachter() -> list[str]:
    """Kenmerken of the rounds that were woken. A round that fails does not hold up the others."""
    nu, log = klok.nu(), get_run_logger()
    if is_oefenmap(middelen().gekozen.data_map) and not klok.verschoven():
        log.info("Deze gegevens zijn van een oefenronde: die volgt haar eigen klok.")
        return []
    gewekt, fouten = [], []
    for kenmerk in waker.levende_rondes(middelen().motor):
        try:
            gewekt += [kenmerk] if _wek(kenmerk) else []
        except Exception as fout:  # one broken round may not stop the clock of the others
            log.exception("De ronde %s is niet bijgewerkt.", kenmerk)
            fouten.append(fout)
    bezorg(nu)
    if fouten:
        raise ExceptionGroup("Niet elke ronde is bijgewerkt", fouten)
    return gewekt


def _wek(kenmerk: str) -> bool:
    klopt = waker.volgende_poort(middelen().motor, kenmerk, klok.nu())
    if klopt is not None and orkest.wek(klopt):
        return True
    if klopt is None and not waker.mist_ontvangst(middelen().motor, kenmerk):
        return False
    with labels.van_ronde(kenmerk):
        ronde_bijwerken(kenmerk)  # only receipts are missing, or the runner is away: do it here
    return True
