"""Commands that set things in motion: demo, start, ronde bijwerken. Prefect is imported late: it takes a second."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session, select

from .. import klok
from ..database import lees, maak_motor
from ..documenten.archief import Archief
from ..dossier import maak_dossier
from ..instellingen import Instellingen, instellingen
from ..kern.notatie import datum_tijd, meervoud, opsomming
from ..model import Document, Ronde
from ..overzichten import vind
from ..procedure import REGEL, Poort
from .basis import Kenmerk, Moment, bepaal_nu, opdracht, waarschuw, zeg

OEFENING = "maassluis-2011"
TOON_VERSCHILLEN = 10
BREEDTE_ZONDER_SCHERM = 110
"""Columns for a log file: rich would take 80 there and cut the names of folders."""


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
    """What happened per gate, where its PDFs are, and who were selected."""
    gekozen = instellingen().model_copy(update={"data_map": folder, "database_url": ""})
    motor = maak_motor(gekozen.url)
    with lees(motor) as session:
        ronde = vind.ronde(session, kenmerk)
        leesmap = _leesmap(session, ronde, Archief(gekozen.archief_map), folder)
        _scherm().print(_poorten(session, ronde, leesmap))
        namen = [f"'{c.naam}'" for _, c in vind.geselecteerde(session, ronde)]
    motor.dispose()
    aantal = meervoud(len(manifest["documenten"]), "document", "documenten")
    zeg(f"Geselecteerd: {opsomming(namen) or 'nog geen'}.")
    zeg(
        f"De ronde staat in fase {manifest['fase']}. Er zijn {aantal}, "
        f"elk met zijn sha256 in {folder / 'manifest.json'}."
    )
    zeg(f"Lees alles vanaf: {leesmap / 'index.html'}")
    zeg(f"Bekijk de poorten: .venv/bin/aanbesteding --data-map {folder} ronde toon {kenmerk}")
    _vertel_verschil(manifest)
    waarschuw([f"nog open: {tekst}" for tekst in manifest["openstaand"]])


def _scherm() -> Console:
    scherm = Console(highlight=False)
    return scherm if scherm.is_terminal else Console(highlight=False, width=BREEDTE_ZONDER_SCHERM)


def _vertel_verschil(manifest: dict[str, Any]) -> None:
    """Whether this run gave the same as the finished run before; silent when there was none."""
    verschillen: list[str] = manifest.get("verschillen") or []
    if manifest.get("vergeleken") and not verschillen:
        zeg("Gelijk aan de vorige keer: elke pdf heeft dezelfde bytes, en het logboek heeft dezelfde hash.")
    waarschuw([f"anders dan de vorige keer: {tekst}" for tekst in verschillen[:TOON_VERSCHILLEN]])
    rest = len(verschillen) - TOON_VERSCHILLEN
    if rest > 0:
        zeg(f"En nog {meervoud(rest, 'verschil', 'verschillen')}; vergelijk de twee bestanden manifest.json.")


def _leesmap(session: Session, ronde: Ronde, archief: Archief, folder: Path) -> Path:
    """The dossier under readable names; one of an earlier, resumed run is replaced."""
    doel = folder / "dossier"
    if doel.exists():
        shutil.rmtree(doel)
    maak_dossier(session, ronde, archief, doel)
    return doel


def _poorten(session: Session, ronde: Ronde, leesmap: Path) -> Table:
    """Gate, when, how many documents, in which folder of the dossier."""
    aantal = Counter(session.exec(select(Document.passage_id).where(Document.ronde_id == ronde.id)))
    tabel = Table("Poort", "Gepasseerd op", "Documenten", "Map")
    mappen = {pad.name.partition("-")[2]: pad.relative_to(leesmap) for pad in (leesmap / "documenten").iterdir()}
    for p in vind.gepasseerd(session, ronde):
        volgnummer = f" {p.volgnummer}" if REGEL[Poort(p.poort)].herhaalt else ""
        tabel.add_row(p.poort + volgnummer, datum_tijd(p.moment), str(aantal[p.id]), str(mappen.get(p.poort, "")))
    tabel.add_row("ontvangst van voorstellen", "", str(aantal[None]), str(mappen.get("handelingen", "")))
    return tabel


def start(
    voorbeeld: Annotated[
        str,
        typer.Option(
            "--voorbeeld",
            metavar="STADIUM",
            help="Begin in de oefenronde, bij: oproep, advies, beoordeling, selectie, uitvoering of effect.",
        ),
    ] = "",
) -> None:
    """Start alles op deze computer: Prefect, de stromen, de post en de website. Stop met Ctrl-C."""
    from .. import orkest

    gekozen = _voorbeeld(voorbeeld) if voorbeeld else instellingen()
    code = orkest.start_diensten(gekozen=gekozen, klaar=lambda: _vertel_adres(gekozen))
    if code:
        raise typer.Exit(code)


def _voorbeeld(stadium: str) -> Instellingen:
    from ..voorbeeld import maak_voorbeeld

    zeg("Wij maken het voorbeeld klaar. De eerste keer duurt dat een of twee minuten.")
    return maak_voorbeeld(stadium, klok.nu())


def _vertel_adres(gekozen: Instellingen) -> None:
    zeg(f"De website staat op {gekozen.adres}")
    if gekozen.voorbeeld:
        zeg(f"Kies een rol op {gekozen.adres}/proef en lees de post op {gekozen.adres}/postvak")
    zeg(f"Prefect (voor de beheerder) staat op http://{_orkest_adres()}. Stop alles met Ctrl-C.")


def _orkest_adres() -> str:
    from .. import orkest

    return f"{orkest.HOST}:{orkest.POORT}"


def bijwerken(kenmerk: Kenmerk, moment: Moment = "") -> None:
    """Passeer elke poort die aan de beurt is, en maak de documenten."""
    nu = bepaal_nu(kenmerk, moment)
    from .. import orkest

    gepasseerd = orkest.bijwerken_hier(kenmerk, nu)
    for naam in gepasseerd:
        zeg(f"Gepasseerd: {naam}")
    if not gepasseerd:
        zeg(f"Er is nu geen poort aan de beurt. Wat ontbreekt, ziet u met: aanbesteding ronde toon {kenmerk}")
