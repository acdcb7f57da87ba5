"""The deployments that one machine serves: `python -m flows.diensten`, started by `aanbesteding start`.

Entry points are module paths, so that it runs from any folder and reads changed code at every run.
"""

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import EntrypointType, RunnerDeployment

from .deurwachter import deurwachter
from .oefenronde import oefenronde
from .post import post
from .ronde import ronde_bijwerken
from .starten import ronde_starten

TEGELIJK = 4
"""Flow runs at one time on this machine; each takes about 100 MB besides its documents."""


def uitrol() -> list[RunnerDeployment]:
    """Every deployment, with its schedule. One rehearsal and one deurwachter at a time."""
    module = EntrypointType.MODULE_PATH
    een = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    return [
        ronde_bijwerken.to_deployment("ronde-bijwerken", entrypoint_type=module, tags=["ronde"]),
        ronde_starten.to_deployment("ronde-starten", entrypoint_type=module, tags=["ronde"]),
        deurwachter.to_deployment("deurwachter", entrypoint_type=module, cron="*/15 * * * *", concurrency_limit=een),
        post.to_deployment("post", entrypoint_type=module, cron="5-59/15 * * * *", concurrency_limit=een),
        oefenronde.to_deployment("oefenronde", entrypoint_type=module, concurrency_limit=een),
    ]


if __name__ == "__main__":
    serve(*uitrol(), limit=TEGELIJK, print_starting_message=False)
