"""Reading a whole file of measurements into one pilot from the command line: the same preview and act as the page."""

from datetime import datetime
from pathlib import Path
from typing import Any

from ..database import lees
from ..fouten import Invoerfout
from ..handelingen import doe
from ..inhoud import Meetplan
from ..invoer import toets
from ..kern.notatie import meervoud
from ..meetbronnen.bestand import lees_bestand
from ..meetbronnen.keuzes import Keuzes, raad
from ..meetbronnen.voorstel import Voorstel, stel_voor
from ..overzichten import metingen, schrijfwerk, vind
from ..termijnen import naar_amsterdam
from .basis import bestaande_motor, waarschuw, zeg


def lees_bestand_in(
    kenmerk: str, bestand: Path, coalitie: str, anders: dict[str, Any], *, als: str, nu: datetime, reden: str,
    proef: bool,
) -> None:  # fmt: skip
    """`anders`: choices of the caller, over those that were guessed. Raises Invoerfout; then nothing changed."""
    if not bestand.is_file():
        raise Invoerfout("het bestand ontbreekt; controleer de naam en de map", waar=str(bestand))
    v = _voorstel(kenmerk, coalitie, bestand, anders, nu)
    if v.vragen:
        raise Invoerfout([f"{veld}: {zin}" for veld, zin in v.vragen.items()], waar=bestand.name)
    if v.fouten:
        raise Invoerfout(v.fouten, waar=bestand.name)
    waarschuw(v.let_op)
    if not v.rijen:
        zeg("Alle waarden uit dit bestand staan er al. Er verandert niets.")
        return
    if proef:
        zeg(f"Proef: {_zin(v)} Er is niets veranderd.")
        return
    doe(bestaande_motor(), kenmerk, "lees_metingen", wie=als, nu=nu, gegevens=v.gegevens(coalitie, reden))
    zeg(f"{_zin(v)} Ingelezen in {kenmerk} (metingen van {coalitie}).")


def _zin(v: Voorstel) -> str:
    nieuw = len(v.uitkomst.nieuw) if v.uitkomst else 0
    anders = len(v.rijen) - nieuw
    delen = [meervoud(nieuw, "nieuwe waarde", "nieuwe waarden"), meervoud(anders, "verbetering", "verbeteringen")]
    return f"{delen[0]}, {delen[1]}."


def _voorstel(kenmerk: str, coalitie: str, bestand: Path, anders: dict[str, Any], nu: datetime) -> Voorstel:
    inhoud = lees_bestand(bestand.name, bestand.read_bytes())
    with lees(bestaande_motor()) as session:
        ronde = vind.ronde(session, kenmerk)
        pilot = vind.pilot(session, ronde, coalitie)
        rij = schrijfwerk.meetplan(session, vind.voorstel(session, ronde, coalitie))
        bekend = {plek: m.waarde for plek, m in metingen.nieuwste_waarden(session, pilot).items()}
        eerder = [b.keuzes for b in metingen.bestanden(session, pilot)]
    if rij is None:
        raise Invoerfout("er is nog geen meetplan", waar=coalitie)
    plan = Meetplan.model_validate(rij.inhoud)
    gekozen = raad(inhoud.tabel, plan, eerder).model_dump() | anders
    keuzes = toets(Keuzes, gekozen, waar="keuzes")
    return stel_voor(inhoud, keuzes, plan, bekend, naar_amsterdam(nu).date())
