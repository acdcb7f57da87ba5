"""The rows of the lists that belong to a round folder: organisations and people."""

from typing import Annotated, Literal

from pydantic import Field

from .procedure import Rol
from .regels import Regels, Sleutel, Strikt, Tekst

Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Soort = Literal[
    "zorg",
    "welzijn",
    "vereniging",
    "bedrijf",
    "onderwijs",
    "belangengroep",
    "bewonersgroep",
    "woningcorporatie",
    "kerk",
]


class Organisatieregel(Strikt):
    """One row of organisaties.csv: an invited organisation with its contact person."""

    sleutel: Sleutel
    naam: Tekst
    soort: Soort
    contactpersoon: Tekst
    email: Email
    adres: Tekst
    postcode: Annotated[str, Field(pattern=r"^\d{4} ?[A-Z]{2}$")]
    plaats: Tekst
    bron: str = ""


class Mens(Strikt):
    """One row of team.csv, beoordelaars.csv or adviseurs.csv, with the role that the file gives."""

    sleutel: Sleutel
    naam: Tekst
    rol: Rol
    email: Email
    functie: str = ""
    afdeling: str = ""
    organisatie: str = ""
    telefoon: str = ""
    deskundigheid: str = ""
    uren: Annotated[int, Field(ge=0)] | None = None


class Rondemap(Strikt):
    """A whole round folder, read and checked."""

    regels: Regels
    organisaties: list[Organisatieregel]
    mensen: list[Mens]
