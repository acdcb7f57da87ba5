"""Child of test_kill.py: plays the small round and kills itself at the n-th dangerous moment.

Run as `python kindproces.py <data folder> <n>`. The moments are before and after every write: an act, a
document, a passage, a receipt, a mail. Documents are the JSON of their order, so that many kills fit in a test.
"""

import functools
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aanbesteding import oefenronde
from aanbesteding.database import maak_motor, werk_bij
from aanbesteding.documenten.archief import Archief
from aanbesteding.documenten.opdracht import Opdracht, Opgemaakt
from aanbesteding.handelingen import basis, ontvangst, passeren
from aanbesteding.handelingen.starten import start_ronde
from aanbesteding.instellingen import Instellingen
from aanbesteding.oefenronde import lees_verloop, speel
from aanbesteding.overzichten import waker
from aanbesteding.post import versturen
from aanbesteding.regels import canoniek
from aanbesteding.rondemap import lees_rondemap

KLEIN = Path(__file__).parents[1] / "rondes" / "klein"
teller = {"over": 0}


def tik() -> None:
    teller["over"] -= 1
    if teller["over"] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def gevaarlijk(functie: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(functie)
    def met_tik(*args: Any, **kwargs: Any) -> Any:
        tik()
        uit = functie(*args, **kwargs)
        tik()
        return uit

    return met_tik


def plaats_haken() -> None:
    """Outer calls (their end is a commit) and steps inside their transactions."""
    for plek, namen in {
        oefenronde: ("doe",), basis: ("_sluit_af",), passeren: ("leg_document_vast", "leg_berichten_klaar", "_log"),
        ontvangst: ("_leg_vast", "leg_document_vast"), versturen: ("_een", "_boek"),
    }.items():  # fmt: skip
        for naam in namen:
            setattr(plek, naam, gevaarlijk(getattr(plek, naam)))
    Archief.bewaar = gevaarlijk(Archief.bewaar)  # type: ignore[method-assign]


def hoofd(data_map: Path) -> None:
    gekozen = Instellingen(data_map=data_map, database_url="", smtp_host="")
    archief, motor = Archief(gekozen.archief_map), maak_motor(gekozen.url)
    werk_bij(motor)
    verloop = lees_verloop(KLEIN)
    if not waker.alle_rondes(motor):
        start_ronde(motor, lees_rondemap(KLEIN), nu=verloop[0].moment, door="oefening")

    def maak(opdrachten: Sequence[Opdracht]) -> list[Opgemaakt]:
        inhouden = [canoniek(o.gegevens).encode() for o in opdrachten]
        return [Opgemaakt(o, archief.bewaar(i), len(i)) for o, i in zip(opdrachten, inhouden, strict=True)]

    for stap in speel(motor, "klein", verloop):
        if stap.werk_bij:
            ontvangst.maak_ontvangsten(motor, "klein", nu=stap.moment, maak=maak)
            while (k := waker.volgende_poort(motor, "klein", stap.moment)) is not None:
                gevaarlijk(passeren.passeer_direct)(motor, "klein", k.poort, k.nummer, stap.moment, maak=maak)
            versturen.verstuur(motor, gekozen, nu=stap.moment)


if __name__ == "__main__":
    teller["over"] = int(sys.argv[2])
    plaats_haken()
    hoofd(Path(sys.argv[1]))
