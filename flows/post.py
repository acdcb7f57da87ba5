"""The outbox as a flow: sends what is ready; what failed waits and is tried again."""

from datetime import datetime

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from aanbesteding import klok
from aanbesteding.post.versturen import Postuitslag, verstuur

from .middelen import middelen


@task(task_run_name="post versturen", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=[5, 30])
def bezorg(nu: datetime) -> Postuitslag:
    return verstuur(middelen().motor, middelen().gekozen, nu=nu)


@flow(name="post", flow_run_name="post", description="Verstuurt de berichten die klaarstaan.")
def post() -> int:
    """Returns how many messages were handed over."""
    uitslag = bezorg(klok.nu())
    log = get_run_logger()
    if uitslag.bezet:
        log.info("Iemand anders verstuurt nu post: niets gedaan.")
    elif uitslag.mislukt:
        log.warning("%s berichten zijn niet verstuurd. De redenen staan bij de berichten.", uitslag.mislukt)
    return uitslag.verstuurd
