"""Commands for the house style of a municipality: make one, and check it."""

from typing import Annotated

import typer

from ..documenten.huisstijl import bekende_huisstijlen
from ..documenten.huisstijlmap import controleer_huisstijl, nieuwe_huisstijl
from ..fouten import Controlefout
from ..instellingen import instellingen
from .basis import opdracht, zeg
from .taal import Groep, maak_app


def registreer(app: typer.Typer) -> None:
    groep = maak_app("Maak of controleer de huisstijl van een gemeente.")
    opdracht(groep, "nieuw")(nieuw)
    opdracht(groep, "controleer")(controleer)
    app.add_typer(groep, name="huisstijl", cls=Groep)


def nieuw(
    naam: Annotated[str, typer.Argument(metavar="NAAM", help="Naam van de gemeente, zonder het woord 'gemeente'.")],
) -> None:
    """Maak een map voor een nieuwe huisstijl, met uitleg bij elk veld."""
    folder = nieuwe_huisstijl(naam, instellingen().huisstijlen_map)
    zeg(f"De map {folder} is gemaakt. Vul huisstijl.toml in en vervang logo.svg.")
    zeg(f"Controleer daarna met: aanbesteding huisstijl controleer {folder.name}")


def controleer(
    naam: Annotated[str, typer.Argument(metavar="NAAM", help="Naam van de map; leeg is elke huisstijl.")] = "",
) -> None:
    """Controleer velden, kleuren en logo, en noem wat nog niet is ingevuld.

    De uitkomst is 0 als alles klopt en 7 als er iets te verbeteren is.
    """
    huisstijlen = instellingen().huisstijlen_map
    fouten: list[str] = []
    for sleutel in [naam] if naam else bekende_huisstijlen(huisstijlen):
        eigen = controleer_huisstijl(sleutel, huisstijlen)
        fouten += [f"{sleutel}: {fout}" for fout in eigen]
        if not eigen:
            zeg(f"{sleutel}: in orde.")
    if fouten:
        raise Controlefout("\n".join(fouten))
