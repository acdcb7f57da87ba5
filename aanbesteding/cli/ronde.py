"""`aanbesteding ronde …`: make, check, start, look."""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import col, select

from .. import klok
from ..database import lees
from ..documenten.huisstijl import bekende_huisstijlen
from ..fouten import GeenToestemming, Invoerfout
from ..handelingen.starten import start_ronde
from ..instellingen import instellingen
from ..invoer import vertaal_velden
from ..kern.notatie import datum, meervoud
from ..model import Ronde
from ..overzichten import vind
from ..overzichten.stand import Poortstand, eerstvolgend_moment, stand
from ..procedure import Rol
from ..regels import Algemeen
from ..rondemap import lees_rondemap, waarschuwingen
from ..rondesjabloon import KOPVELDEN, SJABLOON, maak_rondemap, vrije_werkdag
from ..termijnen import naar_amsterdam
from .basis import (
    Als,
    Kenmerk,
    Moment,
    bepaal_nu,
    bestaande_motor,
    lees_moment,
    motor,
    opdracht,
    waarschuw,
    wanneer,
    zeg,
)
from .taal import maak_app

Map = Annotated[Path, typer.Argument(metavar="MAP", help="Map van een ronde, met ronde.toml erin.")]
WEKEN_VOORUIT = 6
VRAGEN = {
    "kenmerk": "Kenmerk van de ronde (kleine letters en streepjes, zoals lindeveen-2027)",
    "titel": "Titel van de oproep",
    "gemeente": "Sleutel van de gemeente",
    "zaaknummer": "Zaaknummer",
}


def registreer(app: typer.Typer) -> None:
    groep = maak_app("Een ronde maken, controleren, starten en bekijken.")
    for naam, functie in (
        ("nieuw", nieuw),
        ("controleer", controleer),
        ("start", start),
        ("lijst", lijst),
        ("toon", toon),
    ):
        opdracht(groep, naam)(functie)
    from .draaien import bijwerken

    opdracht(groep, "bijwerken")(bijwerken)
    app.add_typer(groep, name="ronde")


def nieuw(
    van: Annotated[
        str, typer.Option("--van", metavar="BRON", help="'sjabloon', een ronde in config/rondes, of een map.")
    ] = "",
    kenmerk: Annotated[str, typer.Option("--kenmerk", metavar="SLEUTEL", help="Kenmerk van de nieuwe ronde.")] = "",
    titel: Annotated[str, typer.Option("--titel", metavar="TEKST", help="Titel van de oproep.")] = "",
    gemeente: Annotated[
        str, typer.Option("--gemeente", metavar="SLEUTEL", help="Gemeente, zoals in config/huisstijlen.")
    ] = "",
    zaaknummer: Annotated[str, typer.Option("--zaaknummer", metavar="TEKST", help="Nummer in het zaaksysteem.")] = "",
    publicatie: Annotated[
        str, typer.Option("--publicatie", metavar="DATUM", help="Gewenste dag van de oproep, zoals 2027-01-11.")
    ] = "",
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="MAP", help="Nieuwe map; standaard config/rondes/KENMERK.")
    ] = None,
) -> None:
    """Maak de map van een nieuwe ronde, met voorgestelde datums; zonder opties stelt de opdracht vragen."""
    kop = {k: v for k, v in zip(KOPVELDEN, (kenmerk, titel, gemeente, zaaknummer), strict=True) if v}
    if not van and sys.stdin.isatty():
        van, publicatie = SJABLOON, _vraag_kop(kop, publicatie)
    dag = _lees_dag(publicatie) if publicatie else naar_amsterdam(klok.nu()).date() + timedelta(weeks=WEKEN_VOORUIT)
    if not kop.get("kenmerk"):
        raise Invoerfout("ontbreekt; geef de nieuwe ronde een kenmerk, zoals lindeveen-2027", waar="--kenmerk")
    _toets_kop(kop)
    doel = naar or instellingen().rondes_map / kop["kenmerk"]
    maak_rondemap(doel, van=van or SJABLOON, publicatie=dag, kop=kop)
    _vertel_nieuw(doel, dag)


def _vraag_kop(kop: dict[str, str], publicatie: str) -> str:
    """Ask what is not known yet; an empty answer leaves "VUL IN" (the kenmerk is asked until there is one)."""
    zeg(f"Bekende gemeenten: {', '.join(bekende_huisstijlen(instellingen().huisstijlen_map))}.")
    for veld in KOPVELDEN:
        while veld not in kop:
            antwoord = str(typer.prompt(VRAGEN[veld], default="", show_default=False)).strip()
            if antwoord:
                kop[veld] = antwoord
            elif veld != "kenmerk":
                break
    return (
        publicatie
        or str(
            typer.prompt("Dag van de oproep (zoals 2027-01-11; leeg is over zes weken)", default="", show_default=False)
        ).strip()
    )


def _lees_dag(tekst: str) -> date:
    try:
        dag = date.fromisoformat(tekst)
    except ValueError:
        raise Invoerfout(f"'{tekst}' is geen datum; schrijf haar zoals 2027-01-11", waar="--publicatie") from None
    if not 2000 <= dag.year <= 2100:
        raise Invoerfout(f"'{tekst}' ligt te ver weg; kies een jaar tussen 2000 en 2100", waar="--publicatie")
    return dag


def _toets_kop(kop: dict[str, str]) -> None:
    """What the folder's own check would say about the head, before anything is written."""
    fouten = vertaal_velden(Algemeen, kop)
    bekend = bekende_huisstijlen(instellingen().huisstijlen_map)
    if "gemeente" in kop and kop["gemeente"] not in bekend:
        fouten.append(f"gemeente: '{kop['gemeente']}' heeft geen huisstijl. Bekend: {', '.join(bekend)}.")
    if fouten:
        raise Invoerfout(fouten, waar="ronde nieuw")


def _vertel_nieuw(doel: Path, dag: date) -> None:
    zeg(f"De map {doel} is gemaakt. De oproep staat op {datum(vrije_werkdag(dag))}.")
    try:
        lees_rondemap(doel)
    except Invoerfout as fout:
        open_ = [f for f in fout.fouten if f.endswith("vul dit veld nog in")]
        zeg(f"Vul nog in: {meervoud(len(open_), 'veld', 'velden')} met de tekst 'VUL IN'.")
        andere = [f for f in fout.fouten if f not in open_]
        if andere:
            waarschuw(andere)
    zeg(f"Controleer daarna met: aanbesteding ronde controleer {doel}")


def controleer(folder: Map) -> None:
    """Controleer de map van een ronde. Er verandert niets."""
    rondemap = lees_rondemap(folder)
    waarschuw(waarschuwingen(rondemap))
    aantal = meervoud(len(rondemap.organisaties), "organisatie", "organisaties")
    mensen = meervoud(len({m.sleutel for m in rondemap.mensen}), "persoon", "personen")
    zeg(f"De map is in orde: ronde '{rondemap.regels.ronde.kenmerk}', {aantal}, {mensen}.")


def start(folder: Map, als: Als, moment: Moment = "") -> None:
    """Zet een ronde uit een map in de database. Daarna gaat zij van poort naar poort."""
    rondemap = lees_rondemap(folder)
    kop = rondemap.regels.ronde
    leiders = sorted({m.sleutel for m in rondemap.mensen if m.rol == Rol.PROJECTLEIDER})
    if als not in leiders:
        raise GeenToestemming(
            f"'{als}' is geen projectleider van deze ronde. Alleen {' of '.join(leiders)} mag haar starten."
        )
    if moment and not kop.oefening:
        raise GeenToestemming("--moment mag alleen in een oefenronde. In een echte ronde telt de echte tijd.")
    nu = lees_moment(moment) if moment else klok.nu()
    waarschuw(waarschuwingen(rondemap))
    kenmerk = start_ronde(motor(), rondemap, nu=nu, door=als)
    zeg(f"De ronde '{kenmerk}' is begonnen. Bekijk haar met: aanbesteding ronde toon {kenmerk}")


def lijst() -> None:
    """Toon alle rondes."""
    with lees(bestaande_motor()) as session:
        rondes = session.exec(select(Ronde).order_by(col(Ronde.kenmerk))).all()
        if not rondes:
            zeg("Er zijn nog geen rondes. Begin met: aanbesteding ronde start MAP --als SLEUTEL")
            return
        tabel = Table("Kenmerk", "Titel", "Gemeente", "Fase", "Soort")
        for r in rondes:
            tabel.add_row(r.kenmerk, r.titel, r.gemeente, r.fase, "oefening" if r.oefening else "echt")
    Console(highlight=False).print(tabel)


def toon(kenmerk: Kenmerk, moment: Moment = "") -> None:
    """Toon alle poorten van een ronde: stand, moment, wat ontbreekt en van wie."""
    nu = bepaal_nu(kenmerk, moment)
    with lees(bestaande_motor()) as session:
        ronde = vind.ronde(session, kenmerk)
        poorten = stand(session, ronde, nu)
        volgend = eerstvolgend_moment(session, ronde, nu)
        zeg(f"{ronde.titel} ({ronde.kenmerk}), fase: {ronde.fase}")
        Console(highlight=False).print(_tabel(poorten))
        _toon_openstaand(poorten)
        zeg(f"Eerstvolgend moment: {wanneer(volgend) if volgend else 'geen'}.")


def _tabel(poorten: list[Poortstand]) -> Table:
    dubbel = {p.poort for p in poorten if p.volgnummer > 1}
    tabel = Table("Poort", "Moment", "Stand", "Gepasseerd op")
    for p in poorten:
        naam = f"{p.poort.value} {p.volgnummer}" if p.poort in dubbel else p.poort.value
        tabel.add_row(naam, wanneer(p.moment), p.status, wanneer(p.gepasseerd_op) if p.gepasseerd_op else "")
    return tabel


def _toon_openstaand(poorten: list[Poortstand]) -> None:
    """Who owes what, per role, for every gate whose turn it is."""
    for p in poorten:
        for b in p.blokkades:
            zeg(f"- {p.poort.value}, {b.wie.value}: {b.tekst}")
