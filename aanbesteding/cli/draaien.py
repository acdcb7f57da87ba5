"""Commands that set things in motion: demo, start, ronde bijwerken. Prefect is imported late: it takes a second."""

from pathlib import Path
from typing import Annotated

import typer

from ..instellingen import instellingen
from .basis import Kenmerk, Moment, bepaal_nu, motor, opdracht, zeg


def registreer(app: typer.Typer) -> None:
    opdracht(app, "demo")(demo)
    opdracht(app, "start")(start)


def demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="MAP", help="Map van een oefenronde met verloop; standaard maassluis-2011.")
    ] = None,
) -> None:
    """Speel een hele oefenronde na, met alle poorten en documenten."""
    from .. import orkest

    orkest.speel_oefenronde(folder or instellingen().rondes_map / "maassluis-2011")


def start() -> None:
    """Start alles op deze computer: Prefect, de stromen, de post en de website."""
    from .. import orkest

    orkest.start_diensten()


def bijwerken(kenmerk: Kenmerk, moment: Moment = "") -> None:
    """Passeer elke poort die aan de beurt is, en maak de documenten."""
    from .. import orkest

    nu = bepaal_nu(kenmerk, moment)
    gepasseerd = orkest.werk_bij(motor(), kenmerk, nu)
    for naam in gepasseerd:
        zeg(f"Gepasseerd: {naam}")
