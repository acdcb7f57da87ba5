"""Commands that set things in motion: demo, start, ronde bijwerken. Prefect is imported late: it takes a second."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ..database import lees, maak_motor
from ..documenten.archief import Archief
from ..instellingen import instellingen
from ..kern.notatie import datum_tijd, meervoud, opsomming
from ..model import Ronde
from ..overzichten import vind
from ..overzichten.stand import stand
from .basis import Kenmerk, Moment, bepaal_nu, opdracht, waarschuw, zeg

OEFENING = "maassluis-2011"


def registreer(app: typer.Typer) -> None:
    opdracht(app, "demo")(demo)
    opdracht(app, "start")(start)


def demo(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="MAP", help=f"Map van een oefenronde met verloop; standaard config/rondes/{OEFENING}."),
    ] = None,
    naar: Annotated[
        Path | None,
        typer.Option("--naar", metavar="MAP", help="Map voor de gegevens; standaard in de map met gegevens."),
    ] = None,
) -> None:
    """Speel een hele oefenronde na, met alle poorten en documenten. Stopt u halverwege, dan gaat zij later verder."""
    from .. import orkest

    manifest = orkest.oefenronde_hier(folder or instellingen().rondes_map / OEFENING, naar)
    kenmerk = str(manifest["kenmerk"])
    _vertel(kenmerk, manifest, (naar or instellingen().data_map / "oefening" / kenmerk).resolve())


def _vertel(kenmerk: str, manifest: dict[str, Any], folder: Path) -> None:
    """What happened per gate, where each PDF is, and who were selected."""
    gekozen = instellingen().model_copy(update={"data_map": folder, "database_url": ""})
    motor = maak_motor(gekozen.url)
    with lees(motor) as session:
        ronde = vind.ronde(session, kenmerk)
        archief = Archief(gekozen.archief_map)
        Console(highlight=False).print(_poorten(session, ronde))
        for document in manifest["documenten"]:
            zeg(f"{document['kenmerk']}: {archief.pad(document['sha256'])}")
        namen = [f"'{c.naam}'" for _, c in vind.geselecteerde(session, ronde)]
    motor.dispose()
    zeg(f"Geselecteerd: {opsomming(namen) or 'nog geen'}.")
    zeg(
        f"De ronde staat in fase {manifest['fase']}: {meervoud(len(manifest['documenten']), 'document', 'documenten')}."
    )
    zeg(f"Bekijk alles met: aanbesteding --data-map {folder} ronde toon {kenmerk}")
    waarschuw([f"nog open: {tekst}" for tekst in manifest["openstaand"]])
    waarschuw([f"anders dan de vorige keer: {tekst}" for tekst in manifest.get("verschillen", [])])


def _poorten(session: Any, ronde: Ronde) -> Table:
    laatste = max((p.moment for p in vind.gepasseerd(session, ronde)), default=ronde.aangemaakt_op)
    tabel = Table("Poort", "Stand", "Gepasseerd op")
    for p in stand(session, ronde, laatste):
        tabel.add_row(
            f"{p.poort.value} {p.volgnummer}", p.status, datum_tijd(p.gepasseerd_op) if p.gepasseerd_op else ""
        )
    return tabel


def start() -> None:
    """Start alles op deze computer: Prefect, de stromen, de post en de website. Stop met Ctrl-C."""
    from .. import orkest

    code = orkest.start_diensten()
    if code:
        raise typer.Exit(code)


def bijwerken(kenmerk: Kenmerk, moment: Moment = "") -> None:
    """Passeer elke poort die aan de beurt is, en maak de documenten."""
    nu = bepaal_nu(kenmerk, moment)
    from .. import orkest

    gepasseerd = orkest.bijwerken_hier(kenmerk, nu)
    for naam in gepasseerd:
        zeg(f"Gepasseerd: {naam}")
    if not gepasseerd:
        zeg(f"Er is nu geen poort aan de beurt. Wat ontbreekt, ziet u met: aanbesteding ronde toon {kenmerk}")
