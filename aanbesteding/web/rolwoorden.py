"""The words of people for roles, gates and acts; the keys are those of procedure.py and handelingen."""

from ..handelingen.basis import ACTIES
from ..procedure import Poort, Rol

ROL: dict[str, str] = {
    Rol.PROJECTLEIDER: "Projectleider",
    Rol.TWEEDE: "Tweede persoon bij de kluis",
    Rol.BEOORDELAAR: "Beoordelaar",
    Rol.VOORZITTER: "Voorzitter van de beoordelaars",
    Rol.WETHOUDER: "Wethouder",
    Rol.JURIST: "Jurist",
    Rol.ADVISEUR: "Adviseur",
    Rol.ORGANISATIE: "Organisatie",
    Rol.PENVOERDER: "Penvoerder",
}

POORT: dict[str, str] = {
    Poort.STARTVOORSTEL: "Startvoorstel",
    Poort.OPROEP: "Oproep",
    Poort.INLICHTINGEN: "Vragen en antwoorden",
    Poort.ADVIES: "Adviseurs verdelen",
    Poort.SLUITING: "Sluiting",
    Poort.OPENING: "Kluis openen",
    Poort.ONTVANKELIJKHEID: "Toets op vorm",
    Poort.TOEWIJZING: "Beoordelaars verdelen",
    Poort.BEOORDELING: "Beoordeling",
    Poort.LOTING: "Loting",
    Poort.VOORDRACHT: "Voordracht aan het college",
    Poort.SELECTIE: "Besluit over de keuze",
    Poort.PLANNEN: "Plannen",
    Poort.START: "Start van de pilots",
    Poort.VOORTGANG: "Voortgang",
    Poort.EFFECTMETING: "Effectmeting",
    Poort.AFSLUITING: "Afsluiting",
}

HANDELING: dict[str, str] = {naam: actie.hulp.rstrip(".") for naam, actie in ACTIES.items()}
