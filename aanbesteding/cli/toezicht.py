"""`aanbesteding controleer`: recompute the log chain and compare everything with what it names."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import col, select

from ..controle import controleer_ronde
from ..database import lees
from ..documenten.archief import Archief
from ..dossier import controleer_dossier
from ..fouten import Controlefout
from ..instellingen import instellingen
from ..kern.notatie import meervoud
from ..model import Ronde
from ..overzichten import vind
from .basis import bestaande_motor, opdracht, zeg


def registreer(app: typer.Typer) -> None:
    opdracht(app, "controleer")(controleer)


def controleer(
    kenmerk: Annotated[
        str,
        typer.Argument(
            metavar="KENMERK", help="Kenmerk van de ronde, of een bestand dat eindigt op .pdf; leeg is alle rondes."
        ),
    ] = "",
) -> None:
    """Controleer of na het vastleggen iets is veranderd: logboek, documenten, regels en voorstellen.

    Met een PDF: van wie is het zegel, is er iets veranderd, en kent een ronde dit document?

    De uitkomst is 0 als alles klopt, 7 als er iets is veranderd en 4 als geen ronde de PDF kent.
    """
    if kenmerk.lower().endswith(".pdf"):
        from .pdfcontrole import controleer_pdf  # late: cryptography takes 0.4 s to load

        controleer_pdf(Path(kenmerk))
        return
    if kenmerk.endswith(".zip") or Path(kenmerk, "manifest.sha256").is_file():
        _dossier(Path(kenmerk))
        return
    archief = Archief(instellingen().archief_map)
    fouten = []
    with lees(bestaande_motor()) as session:
        alle = session.exec(select(Ronde).order_by(col(Ronde.kenmerk))).all()
        rondes = [vind.ronde(session, kenmerk)] if kenmerk else list(alle)
        for ronde in rondes:
            eigen = controleer_ronde(session, ronde, archief)
            fouten += [f"{ronde.kenmerk}: {f}" for f in eigen]
            if not eigen:
                zeg(f"{ronde.kenmerk}: in orde. Logboek, documenten, regels en voorstellen kloppen.")
    if fouten:
        kop = f"De controle vindt {meervoud(len(fouten), 'afwijking', 'afwijkingen')}:"
        raise Controlefout("\n".join([kop, *fouten, "Zet de gegevens terug vanaf de reservekopie en meld dit."]))


def _dossier(pad: Path) -> None:
    """A file of a round that was handed over: checked on its own, without the database."""
    uit = controleer_dossier(pad)
    if uit.fouten:
        kop = f"De controle van {pad.name} vindt {meervoud(len(uit.fouten), 'afwijking', 'afwijkingen')}:"
        raise Controlefout("\n".join([kop, *uit.fouten, "Vraag de gemeente om een nieuw dossier en meld dit."]))
    zeg(f"{pad.name}: in orde. {meervoud(uit.bestanden, 'bestand klopt', 'bestanden kloppen')} met het manifest.")
    if uit.logregels is None:
        zeg("Dit is een openbaar dossier: het bevat geen logboek.")
    else:
        zeg(f"Het logboek telt {meervoud(uit.logregels, 'regel', 'regels')} en sluit. Laatste controlegetal:")
        zeg(uit.loghash)
