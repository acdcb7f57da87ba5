"""Reading a proposal and its scores, through the one door that knows who may see what (overzichten/inzage)."""

from typing import Any

from ..database import lees
from ..fouten import GeenToestemming
from ..kern.notatie import opsomming
from ..overzichten import inzage, vind
from ..overzichten.zichten import Scorezicht, Voorstelzicht
from .basis import Als, Coalitie, Kenmerk, bestaande_motor, zeg

KOPPEN = {
    "titel": "Titel",
    "samenvatting": "Samenvatting",
    "probleem": "Het probleem",
    "aanpak": "De aanpak",
    "vernieuwing": "Wat er nieuw is",
    "samenwerking": "De samenwerking",
    "inwoners": "De rol van inwoners",
    "resultaat": "Het resultaat",
    "gebied": "Waar",
    "planning": "De planning",
}


def toon(kenmerk: Kenmerk, coalitie: Coalitie, als: Als) -> None:
    """Lees een voorstel en de scores die u mag zien. Voor de opening leest alleen de penvoerder het eigen voorstel."""
    with lees(bestaande_motor()) as session:
        ronde = vind.ronde(session, kenmerk)
        wie = vind.deelnemer(session, ronde, als)
        _voorstel(inzage.voorstel(session, ronde, wie, coalitie))
        try:
            scores = inzage.scores(session, ronde, wie, coalitie)
        except GeenToestemming as reden:
            zeg(f"\nScores: {reden}")
        else:
            _scores(scores)


def _voorstel(zicht: Voorstelzicht) -> None:
    zeg(f"{zicht.naam}\nPartners: {opsomming(list(zicht.partners))}.")
    for veld, kop in KOPPEN.items():
        if zicht.inhoud.get(veld):
            zeg(f"\n{kop}\n{zicht.inhoud[veld]}")
    for post in zicht.inhoud.get("begroting") or []:
        zeg(_post(post))
    if zicht.verborgen:
        zeg(f"\nNu nog verborgen voor u: {opsomming(list(zicht.verborgen))}.")


def _post(post: dict[str, Any]) -> str:
    return f"- {post['omschrijving']}: {post['bedrag_euro']} euro ({post['bron']})"


def _scores(zicht: Scorezicht) -> None:
    zeg("\nScores" if zicht.scores else "\nScores: u gaf nog geen scores.")
    for cijfer in (*zicht.scores, *zicht.consensus):
        waarde = "onthouden" if cijfer.waarde is None else str(cijfer.waarde)
        zeg(f"- {cijfer.criterium}, {cijfer.wie}: {waarde}. {cijfer.motivering}")
