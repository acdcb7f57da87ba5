"""The deployments that one machine serves: `python -m flows.diensten`, started by `aanbesteding start`.

Entry points are module paths, so that it runs from any folder and reads changed code at every run.
"""

from typing import Any

from prefect import Flow, serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from .deurwachter import deurwachter
from .oefenronde import oefenronde
from .post import post
from .ronde import ronde_bijwerken
from .starten import ronde_starten

TEGELIJK = 4
"""Flow runs at one time on this machine; each takes about 100 MB besides its documents."""


def _rol_uit(stroom: Flow[..., Any], **keuzes: Any) -> RunnerDeployment:
    """A deployment with the name of its flow."""
    uit = stroom.to_deployment(stroom.name, entrypoint_type=EntrypointType.MODULE_PATH, **keuzes)
    if not isinstance(uit, RunnerDeployment):  # only inside a running event loop
        raise TypeError("uitrol() must be called from ordinary code")
    return uit


def uitrol() -> list[RunnerDeployment]:
    """Every deployment, with its schedule. One rehearsal and one deurwachter at a time."""
    een = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    return [
        _rol_uit(ronde_bijwerken, tags=["ronde"]),
        _rol_uit(ronde_starten, tags=["ronde"]),
        _rol_uit(deurwachter, cron="*/15 * * * *", concurrency_limit=een),
        _rol_uit(post, cron="5-59/15 * * * *", concurrency_limit=een),
        _rol_uit(oefenronde, concurrency_limit=een),
    ]


if __name__ == "__main__":
    serve(*uitrol(), limit=TEGELIJK, print_starting_message=False)
