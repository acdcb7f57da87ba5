"""Commands for who edits templates: a gallery of every document, and the check of the language."""

from pathlib import Path
from typing import Annotated

import typer

from ..documenten.berichttaal import toets_berichten
from ..documenten.galerij import maak_galerij
from ..documenten.opmaak import Opmaker
from ..documenten.soorten import alle_soorten, soort
from ..documenten.taal import Taaluitslag, taalregels, toets_soort, toets_tekst
from ..documenten.webtaal import toets_paginas
from ..fouten import Controlefout, Gebruikersfout
from ..instellingen import instellingen
from ..kern.notatie import getal, meervoud, procent
from .basis import Bestand, opdracht, zeg
from .taal import Groep, maak_app

EenSoort = Annotated[
    str, typer.Option("--soort", metavar="SOORT", help="Alleen deze soort, zoals oproep. Leeg is elke soort.")
]


def registreer(app: typer.Typer) -> None:
    opdracht(app, "galerij")(galerij)
    groep = maak_app("Controleer de taal van sjablonen en teksten.")
    opdracht(groep, "sjablonen")(sjablonen)
    opdracht(groep, "tekst")(tekst)
    app.add_typer(groep, name="taal", cls=Groep)


def galerij(
    huisstijl: Annotated[
        str,
        typer.Option("--huisstijl", metavar="NAAM", help="Huisstijl van een gemeente; leeg is die van het voorbeeld."),
    ] = "",
    soort: EenSoort = "",
    naar: Annotated[
        Path | None,
        typer.Option("--naar", metavar="MAP", help="Map voor de galerij; leeg is 'galerij' bij de gegevens."),
    ] = None,
) -> None:
    """Maak een galerij van alle documenten met voorbeeldgegevens. Alleen wat veranderde, wordt opnieuw gemaakt.

    De uitkomst is 7 als een sjabloon een fout heeft; de andere documenten staan er dan wel.
    """
    gekozen = instellingen()
    uit = maak_galerij(
        naar or gekozen.data_map / "galerij",
        sjablonen=gekozen.sjablonen_map,
        huisstijlen=gekozen.huisstijlen_map,
        huisstijl=huisstijl,
        soorten=[soort] if soort else [],
        workers=gekozen.render_processen,
    )
    zeg(f"De galerij staat in {uit.pad}: {meervoud(len(uit.kaarten), 'soort', 'soorten')}, {uit.vernieuwd} vernieuwd.")
    if uit.fouten:
        kop = f"{meervoud(len(uit.fouten), 'soort heeft', 'soorten hebben')} een fout:"
        raise Controlefout("\n".join([kop, *(k.fout for k in uit.fouten)]))


def sjablonen(
    soort: EenSoort = "",
    alles: Annotated[bool, typer.Option("--alles", help="Toon ook de tips bij soorten die de norm halen.")] = False,
) -> None:
    """Toets de taal van elk document en elk mailbericht aan niveau B1: cijfers, de norm en wat beter kan.

    De uitkomst is 7 als een soort de norm niet haalt.
    """
    fouten = []
    for sleutel, uitslag in _uitslagen(soort):
        if isinstance(uitslag, Gebruikersfout):
            zeg(f"FOUT  {sleutel}: {uitslag.bericht}")
        else:
            _toon(uitslag, tips=alles or bool(soort) or not uitslag.in_orde)
        if isinstance(uitslag, Gebruikersfout) or not uitslag.in_orde:
            fouten.append(sleutel)
    if fouten:
        raise Controlefout(f"Niet in orde: {', '.join(fouten)}. Verbeter de zinnen die hierboven staan.")


def tekst(bestand: Bestand) -> None:
    """Toets de taal van een tekstbestand, zoals een bericht of een concept-oproep."""
    try:
        inhoud = bestand.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Gebruikersfout(f"{bestand} kan niet worden gelezen; geef een tekstbestand in UTF-8.") from None
    uitslag = toets_tekst(bestand.name, inhoud, taalregels(instellingen().sjablonen_map))
    _toon(uitslag, tips=True)
    if not uitslag.in_orde:
        raise Controlefout(f"{bestand.name} haalt de norm niet. Verbeter de zinnen die hierboven staan.")


def _uitslagen(sleutel: str) -> list[tuple[str, Taaluitslag | Gebruikersfout]]:
    gekozen = instellingen()
    kies = [soort(sleutel, gekozen.sjablonen_map)] if sleutel else list(alle_soorten(gekozen.sjablonen_map).values())
    opmaker, regels = Opmaker(gekozen.sjablonen_map, gekozen.huisstijlen_map), taalregels(gekozen.sjablonen_map)
    uit: list[tuple[str, Taaluitslag | Gebruikersfout]] = []
    for s in kies:
        try:
            uit.append((s.sleutel, toets_soort(s, opmaker, regels)))
        except Gebruikersfout as fout:
            uit.append((s.sleutel, fout))
    if not sleutel:
        uit += [(u.naam, u) for u in toets_berichten(gekozen.sjablonen_map, regels)]
        uit += [(u.naam, u) for u in toets_paginas(gekozen.sjablonen_map, regels)]
    return uit


def _toon(uitslag: Taaluitslag, *, tips: bool) -> None:
    c = uitslag.cijfers
    zeg(
        f"{'goed ' if uitslag.in_orde else 'NIET '} {uitslag.naam}: {meervoud(c.zinnen, 'zin', 'zinnen')}, gemiddeld "
        f"{getal(c.gemiddelde_zinslengte, 1)} woorden, {procent(c.aandeel_lang, 0)} lang, "
        f"{procent(c.aandeel_lijdend, 0)} lijdend, {getal(c.moeilijk_per_100_woorden, 1)} moeilijk per 100 woorden"
    )
    for tekort in uitslag.tekorten:
        zeg(f"      Te veel: {tekort}.")
    for v in uitslag.vondsten if tips else ():
        b = v.bevinding
        zeg(f"      {f'{v.plek}: ' if v.plek else ''}{b.fragment}: {b.advies}. Zin: {b.zin[:160]}")
