"""Commands around the ranking: the agenda of the consensus meeting, the dossier, and recomputing."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..database import lees
from ..fouten import Controlefout, GeenToestemming
from ..herberekenen import herbereken as reken_na
from ..herberekenen import lees_bestand
from ..kern.notatie import meervoud, opsomming
from ..overzichten import inzage, vind
from ..overzichten.beoordelen import Agendapunt
from ..procedure import Rol
from ..rangordebestand import schrijf_rangordedossier
from .basis import Als, Bestand, Kenmerk, bestaande_motor, opdracht, waarschuw, zeg

SOORT = {"loting": "De loting", "rangordedossier": "De rangorde"}


def registreer(app: typer.Typer) -> None:
    opdracht(app, "agenda")(agenda)
    opdracht(app, "rangordedossier")(rangordedossier)
    opdracht(app, "herbereken")(herbereken)


def agenda(kenmerk: Kenmerk, als: Als) -> None:
    """Toon de agenda van het overleg: de grootste verschillen eerst, en wie de kamer uit gaat.

    Alleen voorstellen waarvan alle scores vergrendeld zijn. Voor de voorzitter en de jurist.
    """
    with lees(bestaande_motor()) as session:
        ronde = vind.ronde(session, kenmerk)
        punten = inzage.agenda(session, ronde, vind.deelnemer(session, ronde, als))
        titels = {c.sleutel: c.titel for c in vind.regels(session, ronde).criteria}
    if not punten:
        zeg("Er is nog niets te bespreken: bij geen enkel voorstel zijn alle scores vergrendeld.")
        return
    tabel = Table("Nr", "Voorstel", "Criterium", "Scores", "Verschil", "Bespreken", "Weg", "Klaar")
    for p in punten:
        tabel.add_row(*_rij(p, titels[p.criterium]))
    Console(highlight=False).print(tabel)
    moet = sum(p.bespreken and not p.klaar for p in punten)
    zeg(f"{meervoud(moet, 'punt moet', 'punten moeten')} nog worden besproken.")
    zeg("Weg: de letter van de beoordelaar die een belang meldde en dan de kamer verlaat.")


def _rij(p: Agendapunt, titel: str) -> list[str]:
    weg = opsomming([w.removeprefix("Beoordelaar ") for w in p.gaan_weg]) if p.gaan_weg else "–"
    scores = f"{p.laagste} tot {p.hoogste}"
    return [str(p.nummer), p.naam, titel, scores, str(p.spreiding), _ja(p.bespreken), weg, _ja(p.klaar)]


def _ja(waarde: bool) -> str:
    return "ja" if waarde else "nee"


def rangordedossier(
    kenmerk: Kenmerk,
    als: Als,
    naar: Annotated[Path, typer.Option("--naar", metavar="BESTAND", help="Een nieuw bestand dat eindigt op .zip.")],
    coalitie: Annotated[
        str, typer.Option("--coalitie", metavar="SLEUTEL", help="Alleen de redenen over dit voorstel, bij een bezwaar.")
    ] = "",
    namen: Annotated[
        bool, typer.Option("--namen", help="Met de namen van de beoordelaars. Alleen voor intern gebruik.")
    ] = False,
) -> None:
    """Maak het dossier waaruit de rangorde volgt: regels, scores, redenen, toewijzing, besluit en logboek.

    Voor de projectleider en de jurist. Iedereen kan het bestand narekenen met 'aanbesteding herbereken'.
    """
    with lees(bestaande_motor()) as session:
        ronde = vind.ronde(session, kenmerk)
        if not {Rol.PROJECTLEIDER, Rol.JURIST} & vind.rollen(session, vind.deelnemer(session, ronde, als)):
            raise GeenToestemming("Alleen de projectleider en de jurist maken het rangordedossier.")
        verschillen = schrijf_rangordedossier(session, ronde, naar, coalitie or None, namen=namen)
    zeg(f"Het rangordedossier van {kenmerk} staat in {naar}.")
    if namen:
        waarschuw(["dit dossier bevat namen. Geef het niet aan mensen buiten de gemeente."])
    _meld(verschillen)


def herbereken(bestand: Bestand) -> None:
    """Reken een loting of een rangorde na, uit het bestand alleen: een rangordedossier (zip), JSON of PDF.

    De uitkomst is 0 als alles klopt en 7 als er een verschil is.
    """
    verschillen: list[str] = []
    for gegevens in lees_bestand(bestand):
        gevonden = reken_na(gegevens)
        verschillen += gevonden
        if not gevonden:
            zeg(f"{SOORT[gegevens['soort']]} klopt: opnieuw berekend uit {bestand.name}, met dezelfde uitkomst.")
    _meld(verschillen)


def _meld(verschillen: list[str]) -> None:
    if verschillen:
        kop = f"De berekening vindt {meervoud(len(verschillen), 'verschil', 'verschillen')}:"
        raise Controlefout("\n".join([kop, *verschillen]))
