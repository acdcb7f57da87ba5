"""Starting a round from Prefect's own form, for operators; people use the web app or the command line."""

from enum import StrEnum

from prefect import flow, get_run_logger
from pydantic import BaseModel, Field

from aanbesteding import klok
from aanbesteding.handelingen.starten import start_ronde
from aanbesteding.instellingen import instellingen
from aanbesteding.invoer import toets
from aanbesteding.regels import Regels
from aanbesteding.rondemap import lees_rondemap

from . import labels
from .middelen import middelen
from .ronde import ronde_bijwerken


def rondemappen() -> list[str]:
    """Names of the folders in the rounds folder that hold a ronde.toml."""
    return sorted(p.parent.name for p in instellingen().rondes_map.glob("*/ronde.toml"))


Rondekeuze = StrEnum("Rondekeuze", {naam: naam for naam in rondemappen()} or {"geen": "geen"})  # type: ignore[misc]


class Rondestart(BaseModel):
    """The form. Empty fields keep what the folder says."""

    rondemap: Rondekeuze = Field(title="Map van de ronde", description="De regels en de lijsten komen uit deze map.")
    titel: str = Field("", title="Titel", description="Leeg: de titel uit de map.")
    kenmerk: str = Field("", title="Kenmerk", description="Kleine letters, cijfers en streepjes. Leeg: uit de map.")
    zaaknummer: str = Field("", title="Zaaknummer", description="Leeg: het zaaknummer uit de map.")


@flow(name="ronde-starten", flow_run_name="ronde starten: {formulier.rondemap}",
      description="Zet een nieuwe ronde klaar. De projectleider gaat daarna verder in de webapp.")  # fmt: skip
def ronde_starten(formulier: Rondestart) -> str:
    """The kenmerk of the new round. Raises Invoerfout or Conflict, and then nothing has changed."""
    rondemap = lees_rondemap(instellingen().rondes_map / formulier.rondemap.value)
    anders = {k: v for k, v in formulier.model_dump(exclude={"rondemap"}).items() if v}
    gegevens = rondemap.regels.model_dump(mode="json")
    gegevens["ronde"] |= anders
    gekozen = rondemap.model_copy(update={"regels": toets(Regels, gegevens, waar="formulier")})
    kenmerk = start_ronde(middelen().motor, gekozen, nu=klok.nu(), door="beheerder")
    get_run_logger().info("De ronde %s staat klaar.", kenmerk)
    with labels.van_ronde(kenmerk):
        ronde_bijwerken(kenmerk)
    return kenmerk
