"""Commands for documents: list, open, export, and the whole file of a round."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session, col, select

from ..database import lees
from ..documenten.archief import Archief
from ..dossier import maak_dossier
from ..fouten import Conflict, Invoerfout, NietGevonden, Omgevingsfout
from ..instellingen import instellingen
from ..invoer import bedoelt_u
from ..kern.notatie import bytes_leesbaar, datum_tijd, meervoud
from ..model import Document
from ..overzichten import vind
from .basis import Kenmerk, bestaande_motor, opdracht, zeg
from .zegel import Verzegeld, verzegelaar_voor


def registreer(app: typer.Typer) -> None:
    opdracht(app, "documenten")(documenten)
    opdracht(app, "dossier")(dossier)


def documenten(
    kenmerk: Kenmerk,
    openen: Annotated[str, typer.Option("--open", metavar="NUMMER", help="Open dit document uit de lijst.")] = "",
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="MAP", help="Zet alle documenten in deze (lege) map.")
    ] = None,
    verzegeld: Verzegeld = False,
) -> None:
    """Toon de documenten van een ronde, open er één, of zet ze in een map."""
    if verzegeld and naar is None:
        raise Invoerfout("geef met --naar de map waar de verzegelde documenten komen", waar="--verzegeld")
    archief = Archief(instellingen().archief_map)
    with lees(bestaande_motor()) as session:
        rijen = _documenten(session, kenmerk)
        if openen:
            _open(archief.pad(_kies(rijen, openen).sha256))
        elif naar:
            _exporteer(archief, rijen, naar, verzegelaar_voor(session, kenmerk) if verzegeld else None)
        else:
            _toon(archief, rijen)


def _documenten(session: Session, kenmerk: str) -> list[Document]:
    ronde = vind.ronde(session, kenmerk)
    return list(session.exec(select(Document).where(Document.ronde_id == ronde.id).order_by(col(Document.id))))


def _toon(archief: Archief, rijen: list[Document]) -> None:
    if not rijen:
        zeg("Deze ronde heeft nog geen documenten.")
        return
    tabel = Table("Nr", "Document", "Moment", "Voor", "Openbaar", "Grootte", "Bestand")
    for nummer, d in enumerate(rijen, 1):
        openbaar = "ja" if d.openbaar else "nee"
        tabel.add_row(
            str(nummer),
            d.titel,
            datum_tijd(d.moment),
            d.ontvanger,
            openbaar,
            bytes_leesbaar(d.grootte),
            str(archief.pad(d.sha256)),
        )
    Console(highlight=False).print(tabel)


def _kies(rijen: list[Document], keuze: str) -> Document:
    if keuze.isdecimal() and 1 <= int(keuze) <= len(rijen):
        return rijen[int(keuze) - 1]
    namen = {d.bestandsnaam: d for d in rijen}
    if keuze not in namen:
        hint = bedoelt_u(keuze, namen) if namen else "Deze ronde heeft nog geen documenten."
        raise NietGevonden(f"Er is geen document '{keuze}'. Geef een nummer uit de lijst. {hint}")
    return namen[keuze]


def _open(pad: Path) -> None:
    if not pad.is_file():
        raise NietGevonden(f"Het bestand {pad} ontbreekt in het archief. Zet het terug vanaf de reservekopie.")
    if sys.platform == "win32":
        os.startfile(pad)  # noqa: S606  # a path of our own archive
        return
    programma = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if programma is None:
        raise Omgevingsfout(f"Er is geen programma om een PDF te openen. Het bestand staat in {pad}.")
    subprocess.run([programma, str(pad)], check=False)  # noqa: S603  # a path of our own archive


def _exporteer(archief: Archief, rijen: list[Document], naar: Path, zegel: Callable[[bytes], bytes] | None) -> None:
    if naar.exists() and not naar.is_dir():
        raise Invoerfout(f"{naar} is een bestand en geen map; kies een map", waar="--naar")
    if naar.is_dir() and any(naar.iterdir()):
        raise Conflict(f"De map {naar} is niet leeg. Kies een lege of nieuwe map.")
    inhoud = {d.bestandsnaam: archief.lees(d.sha256) for d in rijen}
    if zegel is not None:
        inhoud = {naam: zegel(bytes_) for naam, bytes_ in inhoud.items()}
    naar.mkdir(parents=True, exist_ok=True)
    for naam, bytes_ in inhoud.items():
        (naar / naam).write_bytes(bytes_)
    zeg(f"{meervoud(len(inhoud), 'document', 'documenten')}{' met zegel' if zegel else ''} gezet in {naar}.")


def dossier(
    kenmerk: Kenmerk,
    naar: Annotated[
        Path, typer.Option("--naar", metavar="PAD", help="Een nieuwe map, of een bestand dat eindigt op .zip.")
    ],
    openbaar: Annotated[
        bool, typer.Option("--openbaar", help="Alleen de openbare stukken, zonder logboek en zonder namen.")
    ] = False,
    verzegeld: Verzegeld = False,
) -> None:
    """Maak het dossier van een ronde: stukken, index, regels, logboek, controlegetallen en MDTO voor het archief.

    Zonder zegel geeft dezelfde ronde elke keer dezelfde bytes. Met --verzegeld niet: in een zegel staat het
    moment waarop u het zet. De index noemt dan ook het controlegetal van elk document zonder zegel.
    """
    archief = Archief(instellingen().archief_map)
    with lees(bestaande_motor()) as session:
        ronde, zegel = vind.ronde(session, kenmerk), verzegelaar_voor(session, kenmerk) if verzegeld else None
        aantal = maak_dossier(session, ronde, archief, naar, alleen_openbaar=openbaar, zegel=zegel)
    soort = ("verzegelde " if verzegeld else "") + ("openbare dossier" if openbaar else "dossier")
    zeg(f"Het {soort} van {kenmerk} staat in {naar}: {meervoud(aantal, 'document', 'documenten')}.")
