"""What happens at each gate, for people: what goes on while it is being worked on, and who acts."""

from collections.abc import Collection

from ..kern.notatie import opsomming
from ..overzichten.stand import Poortstand
from ..overzichten.taken import LOOPT
from ..procedure import REGEL, Poort, Rol

NU: dict[str, str] = {
    Poort.STARTVOORSTEL: "De projectleider maakt de ronde klaar en schrijft het voorstel aan het college.",
    Poort.OPROEP: "Het college besluit of de oproep naar buiten mag. Daarna krijgen alle organisaties een uitnodiging.",
    Poort.INLICHTINGEN: "Organisaties stellen vragen. Iedereen krijgt de antwoorden op hetzelfde moment.",
    Poort.ADVIES: "Coalities kunnen om een kosteloze adviseur vragen. Op dit moment verdelen wij de uren.",
    Poort.SLUITING: "Coalities maken hun voorstel. De kluis sluit op het afgesproken moment.",
    Poort.OPENING: "Twee personen openen samen de kluis met voorstellen.",
    Poort.ONTVANKELIJKHEID: "De projectleider toetst de voorstellen op vorm. Wie iets vergat, vult dat aan.",
    Poort.TOEWIJZING: "Beoordelaars verklaren of zij een belang hebben. Daarna verdelen wij de voorstellen.",
    Poort.BEOORDELING: "De beoordelaars geven scores. Daarna overleggen zij samen met de voorzitter.",
    Poort.LOTING: "Alleen als voorstellen gelijk staan op de grens. De jurist trekt dan het lot, met getuigen erbij.",
    Poort.VOORDRACHT: "De jurist controleert of alles zorgvuldig ging. Daarna gaat het voorstel naar het college.",
    Poort.SELECTIE: "Het college besluit welke voorstellen verdergaan. Daarna krijgt elke coalitie een brief.",
    Poort.PLANNEN: "De gekozen coalities werken hun plan uit. De gemeente beoordeelt de plannen.",
    Poort.START: "Het college besluit over de plannen. Daarna beginnen de pilots.",
    Poort.VOORTGANG: "De pilots laten zien hoe het gaat.",
    Poort.EFFECTMETING: "Wij meten wat de pilots veranderen in de stad.",
    Poort.AFSLUITING: "Wij evalueren de ronde, met lessen voor de volgende.",
}

ROLWOORD: dict[str, str] = {
    Rol.PROJECTLEIDER: "de projectleider", Rol.TWEEDE: "de tweede persoon", Rol.BEOORDELAAR: "de beoordelaars",
    Rol.VOORZITTER: "de voorzitter", Rol.WETHOUDER: "het college", Rol.JURIST: "de jurist",
    Rol.PENVOERDER: "de penvoerders",
}  # fmt: skip

WACHT_OP: dict[Poort, tuple[Rol, ...]] = {
    Poort.OPROEP: (Rol.WETHOUDER,), Poort.SLUITING: (Rol.PENVOERDER,), Poort.TOEWIJZING: (Rol.BEOORDELAAR,),
    Poort.VOORDRACHT: (Rol.JURIST, Rol.PROJECTLEIDER), Poort.AFSLUITING: (Rol.PROJECTLEIDER,),
}  # fmt: skip
"""Where others than those who pass the gate have the work."""

STAND: dict[str, tuple[str, str]] = {
    "gepasseerd": ("Klaar", "klaar"), "klaar": ("Nu", "bezig"), "loopt": ("Nu", "bezig"),
    "geblokkeerd": ("Nu: er moet nog iets", "fout"), "wacht op moment": ("Nu: loopt tot de datum", "bezig"),
    "wacht op vorige poort": ("Komt later", "wacht"), "niet nodig": ("Niet nodig in deze ronde", "wacht"),
}  # fmt: skip
"""Status of a gate → (words, kind of v.stand)."""


def aan_zet(poort: Poort, eigen: Collection[str] = ()) -> str:
    """ "Wij wachten op de beoordelaars en de voorzitter.": everyone who acts but the reader himself."""
    rollen = [r for r in WACHT_OP.get(poort, REGEL[poort].wie) if r != Rol.KLOK and r.value not in eigen]
    return f"Wij wachten op {opsomming([ROLWOORD[r] for r in rollen])}." if rollen else ""


def tijdlijnstand(p: Poortstand) -> str:
    """The mark of a timeline in stijl.css."""
    if p.status == "gepasseerd":
        return "gepasseerd"
    return "nu" if p.status in LOOPT else "later"


def kort(poorten: list[Poortstand]) -> list[Poortstand]:
    """The last gate that was passed, everything that runs now, and the first two that come next."""
    gedaan = [p for p in poorten if p.status == "gepasseerd"]
    lopend = [p for p in poorten if p.status in LOOPT]
    later = [p for p in poorten if p.status == "wacht op vorige poort"]
    return gedaan[-1:] + lopend + later[:2]
