"""One flow per gate, named as the gate: prepare, render each document as a task, record.

All of them are made from the procedure table, since a gate's rules stand there and in handelingen, not here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from prefect import Flow, Task, flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from aanbesteding.documenten.opdracht import Opdracht, Opgemaakt
from aanbesteding.fouten import Conflict, Omgevingsfout
from aanbesteding.handelingen.passeren import Voorbereiding, bereid_voor, leg_vast
from aanbesteding.kern.notatie import opsomming
from aanbesteding.overzichten.waker import documenttabel
from aanbesteding.procedure import PROCEDURE, Poort, Poortregel

from .. import labels
from ..middelen import middelen

T = TypeVar("T")

POGINGEN = 5
"""How often a passage is prepared anew because people changed the round while we were rendering."""
TEGELIJK = 4


def _is_van_de_machine(_taak: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    """A dead worker is worth another try; a fault in a template or in data is not."""
    return isinstance(state.result(raise_on_failure=False), Omgevingsfout | OSError)


@task(task_run_name="voorbereiden", cache_policy=NO_CACHE)
def voorbereiden(kenmerk: str, poort: Poort, nummer: int, nu: datetime) -> Voorbereiding | None:
    return bereid_voor(middelen().motor, kenmerk, poort, nummer, nu)


@task(task_run_name="{bestandsnaam}", cache_policy=NO_CACHE, retries=3, retry_delay_seconds=[1, 5, 20],
      retry_condition_fn=_is_van_de_machine)  # fmt: skip
def document(opdracht: Opdracht, bestandsnaam: str) -> Opgemaakt:  # the name is that of the run
    return middelen().maak([opdracht])[0]


@task(task_run_name="vastleggen", cache_policy=NO_CACHE)
def vastleggen(voorbereiding: Voorbereiding, opgemaakt: list[Opgemaakt]) -> bool:
    return leg_vast(middelen().motor, voorbereiding, opgemaakt)


def _heel(waarde: T) -> T:
    """As it is: else Prefect walks through every value in search of tasks, which takes longer than the task."""
    return cast(T, quote(waarde))


def _passeer(kenmerk: str, poort: Poort, nummer: int, nu: datetime) -> bool:
    for poging in range(1, POGINGEN + 1):
        klaar = voorbereiden(kenmerk, poort, nummer, nu)
        if klaar is None:
            get_run_logger().info("Poort %s is niet (meer) aan de beurt: niets gedaan.", poort.value)
            return False
        wachtend = [document.submit(_heel(o), o.bestandsnaam) for o in klaar.opdrachten]
        if vastleggen(_heel(klaar), _heel([w.result() for w in wachtend])):
            _toon_documenten(kenmerk, poort, nummer)
            return True
        get_run_logger().info("De ronde veranderde intussen; poging %s van %s.", poging + 1, POGINGEN)
    raise Conflict(f"De ronde veranderde {POGINGEN} keer terwijl wij de poort '{poort.value}' voorbereidden.")


def _toon_documenten(kenmerk: str, poort: Poort, nummer: int) -> None:
    rijen = documenttabel(middelen().motor, kenmerk, poort, nummer)
    if rijen:
        tekst = f"Documenten van de poort {poort.value}. Lees ze in de webapp; het controlegetal is het adres."
        create_table_artifact(rijen, key=f"documenten-{kenmerk}-{poort.value}-{nummer}", description=tekst)


def beschrijving(regel: Poortregel) -> str:
    """What an operator reads about a gate: who, when, what must be so, which documents."""
    delen = [
        f"Wie: {opsomming([r.value for r in regel.wie])}.",
        f"Na de poort: {opsomming([p.value for p in regel.na])}." if regel.na else "De eerste poort.",
        f"Op het moment '{regel.termijn}' uit de oproep." if regel.termijn else "Zodra aan de voorwaarden is voldaan.",
        f"Voorwaarden: {opsomming(list(regel.voorwaarden))}.",
        f"Documenten: {opsomming(list(regel.documenten))}.",
    ]
    return "\n\n".join(delen)


def _maak(regel: Poortregel) -> Flow[..., bool]:
    def passeer(kenmerk: str, nummer: int, nu: datetime) -> bool:
        with labels.zonder():
            return _passeer(kenmerk, regel.poort, nummer, nu)

    passeer.__name__ = regel.poort.value
    # Prefect's own annotation: its thread runner is not seen as the general runner that `flow` asks for.
    werkers = cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner(max_workers=TEGELIJK))
    maak: Callable[..., Flow[..., bool]] = flow(
        name=regel.poort.value, description=beschrijving(regel), task_runner=werkers,
        flow_run_name=f"{{kenmerk}}: {regel.poort.value} {{nummer}}",
    )  # fmt: skip
    return maak(passeer)


POORTEN: dict[Poort, Flow[..., bool]] = {regel.poort: _maak(regel) for regel in PROCEDURE}
