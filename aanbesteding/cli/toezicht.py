"""`aanbesteding controleer`: recompute the log chain and compare everything with what it names."""

from typing import Annotated

import typer
from sqlmodel import col, select

from ..controle import controleer_ronde
from ..database import lees
from ..documenten.archief import Archief
from ..fouten import Controlefout
from ..instellingen import instellingen
from ..kern.notatie import meervoud
from ..model import Ronde
from ..overzichten import vind
from .basis import bestaande_motor, opdracht, zeg


def registreer(app: typer.Typer) -> None:
    opdracht(app, "controleer")(controleer)


def controleer(
    kenmerk: Annotated[str, typer.Argument(metavar="KENMERK", help="Kenmerk van de ronde; leeg is alle rondes.")] = "",
) -> None:
    """Controleer of na het vastleggen iets is veranderd: logboek, documenten, regels en voorstellen.

    De uitkomst is 0 als alles klopt en 7 als er iets is veranderd.
    """
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
