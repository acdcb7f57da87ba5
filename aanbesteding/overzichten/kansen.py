"""What somebody may do now without owing it: shown on the first page, so that nobody misses a chance."""

from dataclasses import dataclass
from datetime import datetime

from ..model import Ronde
from ..procedure import Poort, Rol
from ..regels import Regels
from . import vind


@dataclass(frozen=True)
class Kans:
    tekst: str
    pad: str
    tot: datetime | None = None


def kansen(ronde: Ronde, regels: Regels, rollen: set[str], gedaan: set[str], nu: datetime) -> list[Kans]:
    """By role and moment; needs no more reading than what the page already knows."""
    uit: list[Kans] = []
    open_ = Poort.OPROEP.value in gedaan and Poort.SLUITING.value not in gedaan
    if open_ and rollen & {Rol.ORGANISATIE.value, Rol.PENVOERDER.value}:
        uit = _venster(regels, rollen, nu)
    if Rol.ADVISEUR.value in rollen and Poort.OPROEP.value in gedaan and Poort.AFSLUITING.value not in gedaan:
        uit.append(Kans("Lees mee met uw coalities en schrijf uw uren op.", "advies"))
    if Rol.JURIST.value in rollen:
        uit.append(Kans("Bekijk de hele ronde, alle stukken en het logboek.", "toezicht"))
    if Rol.PROJECTLEIDER.value in rollen:
        uit.append(Kans("Bekijk het hele verloop, wie nog iets moet doen en de stukken.", "leiden"))
    return uit


def _venster(regels: Regels, rollen: set[str], nu: datetime) -> list[Kans]:
    [sluiting] = vind.momenten(regels, "sluiting")
    vragen = next((m for m in vind.momenten(regels, "vragen_tot") if m > nu), None)
    uit = [Kans("Stel een vraag over de oproep. Iedereen krijgt het antwoord.", "vragen", vragen)] if vragen else []
    if nu > sluiting:
        return uit
    if Rol.PENVOERDER.value not in rollen:
        uit.append(Kans("Vorm een coalitie en begin aan een voorstel.", "coalitie", sluiting))
    return [*uit, Kans("Zoek partners, of sluit u aan bij een coalitie.", "beurs", sluiting)]
