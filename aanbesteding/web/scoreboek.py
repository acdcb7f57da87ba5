"""The scoring form as a spreadsheet: written so that nothing in it can run, read as if a stranger had made it.

One row per proposal and criterion. People fill the columns Score and Motivering; the other columns say where a row
belongs and on which stored version it looks. Every fault comes back with its cell.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from itertools import product
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from ..fouten import Invoerfout
from ..handelingen.scorevel import ONTHOUDEN, Vakje
from ..overzichten.werkvoorraad import Cel, Opgeslagen, Werk
from ..regels import Regels
from .velden import schoon

KOLOMMEN = ("Volgorde", "Voorstel", "Criterium", "Score", "Motivering", "Kenmerk", "Onderdeel", "Versie")
SCORE, REDEN = "D", "E"
BREEDTES = (9, 32, 26, 12, 90, 4, 4, 4)
MEESTE_BYTES, MEESTE_UITGEPAKT, MEESTE_DELEN, MEESTE_RIJEN = 5_000_000, 40_000_000, 100, 20_000
BLAD = "Scores"
GEEN_BOEK = "dit is geen Excelbestand (.xlsx) dat wij kunnen lezen; open het in Excel en sla het op als .xlsx"


def maak(werk: Werk, scores: Mapping[Cel, Opgeslagen], regels: Regels) -> bytes:
    """The form of one assessor, with what is already stored filled in."""
    boek = Workbook()
    blad = boek.active
    blad.title = BLAD
    _koppen(blad)
    vormen = _vormen(blad)
    for rij in werk.rijen:
        for c in regels.criteria:
            er = scores.get((rij.coalitie, c.sleutel))
            waarde: Any = "" if er is None else ONTHOUDEN if er.waarde is None else er.waarde
            vast = (rij.volgorde, rij.naam, c.titel)
            slot = (rij.coalitie, c.sleutel, er.versie if er else 0)
            waarden = (*vast, waarde, er.motivering if er else "", *slot)
            _rij(blad, waarden, vormen, dicht=rij.vergrendeld_op is not None)
    keuzes = ",".join([*map(str, regels.verdeling.schaal.waarden()), ONTHOUDEN])
    lijst = DataValidation("list", formula1=f'"{keuzes}"', allow_blank=True, showErrorMessage=True)
    lijst.errorTitle, lijst.error = "Deze score bestaat niet", "Kies een waarde uit de lijst."
    lijst.add(f"{SCORE}2:{SCORE}{max(blad.max_row, 2)}")
    blad.add_data_validation(lijst)
    _rubriek(boek.create_sheet("Rubriek"), regels)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _koppen(blad: Any) -> None:
    for n, (naam, breed) in enumerate(zip(KOLOMMEN, BREEDTES, strict=True), 1):
        cel = blad.cell(1, n, naam)
        cel.font = Font(bold=True)
        blad.column_dimensions[cel.column_letter].width = breed
        blad.column_dimensions[cel.column_letter].hidden = naam in KOLOMMEN[5:]
    blad.freeze_panes = "D2"
    blad.protection.sheet = True
    blad.protection.formatColumns = False
    blad.protection.formatRows = False


Vorm = tuple[bool, bool]
"""(locked, starts as a formula would)."""


def _vormen(blad: Any) -> dict[Vorm, Any]:
    """The few looks of a cell, made once: setting them cell by cell takes most of the time of a large form."""
    uit: dict[Vorm, Any] = {}
    for vorm in product((False, True), (False, True)):
        cel = Cell(blad)
        cel.alignment, cel.protection = Alignment(wrap_text=True, vertical="top"), Protection(locked=vorm[0])
        cel.quotePrefix = vorm[1]
        uit[vorm] = cel._style
    return uit


def _rij(blad: Any, waarden: Sequence[Any], vormen: Mapping[Vorm, Any], *, dicht: bool) -> None:
    cellen = []
    for naam, waarde in zip(KOLOMMEN, waarden, strict=True):
        cel = Cell(blad)
        _waarde(cel, waarde)
        cel._style = copy(vormen[dicht or naam not in ("Score", "Motivering"), _als_formule(waarde)])
        cellen.append(cel)
    blad.append(cellen)


def _als_formule(waarde: Any) -> bool:
    return isinstance(waarde, str) and waarde[:1] in ("=", "+", "-", "@", "\t")


def _waarde(cel: Any, waarde: Any) -> None:
    """A value that stays a value: text that starts with '=' is text, also for the spreadsheet program."""
    cel.value = ILLEGAL_CHARACTERS_RE.sub("", waarde) if isinstance(waarde, str) else waarde
    if isinstance(waarde, str):
        cel.data_type = "s"


def zet(blad: Any, rij: int, kolom: int, waarde: Any) -> Any:
    cel = blad.cell(rij, kolom)
    _waarde(cel, waarde)
    cel.quotePrefix = _als_formule(waarde)
    return cel


def _rubriek(blad: Any, regels: Regels) -> None:
    for n, (naam, breed) in enumerate((("Criterium", 30), ("Score", 8), ("Zo'n voorstel", 110)), 1):
        zet(blad, 1, n, naam).font = Font(bold=True)
        blad.column_dimensions["ABC"[n - 1]].width = breed
    for c in regels.criteria:
        for score, anker in sorted(c.ankers.items(), key=lambda a: int(a[0])):
            nummer = blad.max_row + 1
            for n, waarde in enumerate((f"{c.titel} ({c.gewicht}%)", int(score), anker), 1):
                zet(blad, nummer, n, waarde).alignment = Alignment(wrap_text=True, vertical="top")


# ---------------------------------------------------------------- reading


def lees_boek(ruw: bytes, werk: Werk, scores: Mapping[Cel, Opgeslagen]) -> tuple[list[Vakje], dict[str, list[str]]]:
    """(filled rows, faults by row number). Raises Invoerfout when the file as a whole is no such form."""
    _toets_zip(ruw)
    try:
        boek = load_workbook(io.BytesIO(ruw), read_only=True, data_only=False, keep_links=False)
        blad = boek[BLAD] if BLAD in boek.sheetnames else boek.worksheets[0]
        regels = list(blad.iter_rows(max_row=MEESTE_RIJEN + 2, max_col=len(KOLOMMEN)))
    except Exception as fout:  # a stranger's file: whatever the reader stumbles over, the answer is the same
        raise Invoerfout(GEEN_BOEK, waar="bestand") from fout
    if not regels or [_tekst(c.value) for c in regels[0]] != list(KOLOMMEN):
        raise Invoerfout("rij 1 is anders dan in ons formulier; download het formulier opnieuw", waar="bestand")
    if len(regels) > MEESTE_RIJEN:
        raise Invoerfout(f"er staan meer dan {MEESTE_RIJEN} rijen in; download het formulier opnieuw", waar="bestand")
    return _vakjes(regels[1:], werk, scores)


def _toets_zip(ruw: bytes) -> None:
    """Refuse what unpacks to a mountain, holds macros, or brings entities of its own."""
    if len(ruw) > MEESTE_BYTES:
        raise Invoerfout("het bestand is groter dan 5 MB; stuur het formulier zonder plaatjes", waar="bestand")
    try:
        with zipfile.ZipFile(io.BytesIO(ruw)) as pak:
            delen = pak.infolist()
            if len(delen) > MEESTE_DELEN or sum(d.file_size for d in delen) > MEESTE_UITGEPAKT:
                raise Invoerfout("het bestand is uitgepakt te groot; download het formulier opnieuw", waar="bestand")
            if any("vbaproject" in d.filename.casefold() for d in delen):
                raise Invoerfout("er zitten macro's in het bestand; sla het op als gewoon .xlsx", waar="bestand")
            verdacht = any(_met_dtd(pak.read(d)) for d in delen if d.filename.endswith((".xml", ".rels")))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, MemoryError) as fout:
        raise Invoerfout(GEEN_BOEK, waar="bestand") from fout
    if verdacht:
        raise Invoerfout(GEEN_BOEK, waar="bestand")


def _met_dtd(xml: bytes) -> bool:
    return b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\x00" in xml[:200]


def _tekst(waarde: Any) -> str:
    if isinstance(waarde, bool) or waarde is None:
        return "" if waarde is None else str(waarde)
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return schoon(str(waarde))


def _vakjes(
    regels: Sequence[Sequence[Any]], werk: Werk, scores: Mapping[Cel, Opgeslagen]
) -> tuple[list[Vakje], dict[str, list[str]]]:
    vakjes: dict[Cel, Vakje] = {}
    fouten: dict[str, list[str]] = {}
    eigen = {r.coalitie: r for r in werk.rijen}
    for nummer, cellen in enumerate(regels, 2):
        zinnen = [
            f"{kolom}: hier staat een formule; typ de waarde zelf"
            for kolom, c in zip("ABCDEFGH", cellen, strict=False)
            if getattr(c, "data_type", "") == "f"
        ]
        _, _, _, score, reden, coalitie, criterium, versie = (_tekst(c.value) for c in cellen)
        gezien = int(versie) if versie.isdecimal() and len(versie) < 9 else 0
        vak = Vakje(str(nummer), coalitie, criterium, score.casefold(), reden, gezien)
        if vak.leeg and not zinnen:
            continue
        er, plek = scores.get((coalitie, criterium)), eigen.get(coalitie)
        if plek is None:
            zinnen.append("F: dit voorstel is niet aan u toegewezen; verander de kolom Kenmerk niet")
        elif plek.vergrendeld_op and (er is None or (er.getypt, er.motivering) != (vak.waarde, vak.motivering)):
            zinnen.append(f"{SCORE}: uw scores voor dit voorstel zijn vergrendeld; zet de oude waarde terug")
        if (coalitie, criterium) in vakjes:
            zinnen.append(f"F: dit voorstel en dit criterium staan ook in rij {vakjes[coalitie, criterium].plek}")
        if zinnen:
            fouten[str(nummer)] = zinnen
        else:
            vakjes[coalitie, criterium] = vak
    return list(vakjes.values()), fouten


KOLOM_VAN = {"waarde": SCORE, "motivering": REDEN, "criterium": "G", "coalitie": "F"}


def per_cel(fouten: Mapping[str, Sequence[str]]) -> list[str]:
    """Faults by row → one Dutch line per cell, in the order of the sheet."""
    uit = []
    for rij in sorted(fouten, key=int):
        for regel in fouten[rij]:
            veld, scheiding, zin = regel.partition(": ")
            kolom = veld if len(veld) == 1 else KOLOM_VAN.get(veld, SCORE)
            uit.append(f"Cel {kolom}{rij}: {zin if scheiding else regel}")
    return uit
