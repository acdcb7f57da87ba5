"""Where a coalition stands, in steps: what is done, what is next, and where that is done."""

from dataclasses import dataclass
from typing import Literal

from ..model import Adviesvraag, Indiening, Organisatie, Partner
from ..overzichten.adviezen import Hulp
from .coalitieplek import Werkplek

Stand = Literal["klaar", "bezig", "wacht"]


@dataclass(frozen=True)
class Stap:
    """One step; `woord` says the state, since colour alone may not. `naar` is where one works on it."""

    titel: str
    uitleg: str
    stand: Stand
    woord: str
    naar: str = ""
    knop: str = ""


def stappen(
    w: Werkplek, partners: list[tuple[Partner, Organisatie]], vraag: Adviesvraag | None, hulp: list[Hulp],
    concept: bool, ingediend: Indiening | None,
) -> list[Stap]:  # fmt: skip
    """The way to handing in, in order."""
    return [_partners(w, [p for p, _ in partners]), _adviseur(w, vraag, hulp), _voorstel(w, concept, ingediend)]


def _partners(w: Werkplek, partners: list[Partner]) -> Stap:
    minstens = w.regels.indienen.minimaal_partners
    ja = sum(p.bevestigd_op is not None for p in partners)
    telt = f"{ja} van {len(partners)} bevestigden, de penvoerder telt mee. De oproep vraagt er minstens {minstens}."
    if len(partners) < minstens:
        return Stap("Partners", telt, "bezig", "Nog te weinig", f"/werk/{w.plek.kenmerk}/beurs", "Vind partners")
    if ja < len(partners):
        return Stap("Partners", telt, "wacht", "Wacht op bevestiging", f"{w.pad}#partners", "Bekijk de partners")
    return Stap("Partners", telt, "klaar", "Compleet", f"{w.pad}#partners", "Bekijk de partners")


def _adviseur(w: Werkplek, vraag: Adviesvraag | None, hulp: list[Hulp]) -> Stap:
    naar, titel = f"{w.pad}/adviseur", "Kosteloze adviseur"
    if hulp:
        namen = " en ".join(h.adviseur.naam for h in hulp)
        return Stap(titel, f"{namen} denkt met u mee.", "klaar", "Toegewezen", naar, "Bekijk het advies")
    if vraag:
        return Stap(titel, "U vroeg een adviseur. U krijgt bericht wie het wordt.", "wacht", "Gevraagd", naar, "Bekijk")
    if w.kring.schrijft and not w.gesloten:
        return Stap(titel, "Het hoeft niet. Het kost niets.", "wacht", "Niet gevraagd", naar, "Vraag een adviseur")
    return Stap(titel, "Er is geen adviseur gevraagd.", "wacht", "Niet gevraagd")


def _voorstel(w: Werkplek, concept: bool, ingediend: Indiening | None) -> Stap:
    naar, titel = f"{w.pad}/voorstel", "Voorstel"
    if w.kring.als != "penvoerder":
        uitleg = "De penvoerder schrijft en dient in. U kunt meelezen."
        return Stap(titel, uitleg, "bezig", "Bij de penvoerder", naar, "Lees mee")
    if ingediend:
        return Stap(
            titel, "Uw voorstel ligt in de kluis.", "klaar", "Ingediend", f"{w.pad}/voorstel/ingediend", "Bekijk"
        )
    if w.gesloten:
        return Stap(titel, "De termijn is voorbij. Er is niets ingediend.", "wacht", "Niet ingediend", naar, "Bekijk")
    if concept:
        return Stap(titel, "Er staat een concept. Het is nog niet ingediend.", "bezig", "Concept", naar, "Schrijf door")
    return Stap(titel, "Er staat nog niets op papier.", "bezig", "Nog niet begonnen", naar, "Begin met schrijven")
