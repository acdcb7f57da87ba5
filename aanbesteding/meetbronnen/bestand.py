"""From uploaded bytes to a table: what a stranger's file can hide is refused before a spreadsheet reader sees it."""

import hashlib
import io
import re
import tempfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from ..fouten import Invoerfout
from ..tabellen import Rij, Tabel, lees_tabel

MEESTE_BYTES, MEESTE_UITGEPAKT, MEESTE_DELEN, MEESTE_RIJEN = 5_000_000, 80_000_000, 200, 60_000
GEEN_EXCEL = "dit Excelbestand is beschadigd of van een andere soort; open het in Excel en sla het op als .xlsx"
_DRIE = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_VER_WEG = re.compile(rb'r="(?:[A-Z]{3}\d+|[A-Z]{1,3}\d{7,}|[A-Z]{1,3}[1-9]\d{5})"')
"""A cell in a column from AAA or a row from 100,000: one such cell makes a reader walk through billions."""


@dataclass(frozen=True)
class Inhoud:
    """A file as it was read: its table and the SHA-256 of its bytes."""

    naam: str
    sha256: str
    tabel: Tabel


def lees_bestand(naam: str, ruw: bytes) -> Inhoud:
    """Read an uploaded file. Raises Invoerfout in Dutch; never uses `naam` as a path."""
    kaal = re.split(r"[/\\]", naam)[-1]
    kaal = "".join(t for t in kaal if t.isprintable())[-120:].strip() or "bestand"
    if not ruw:
        raise Invoerfout("het bestand is leeg; kies een ander bestand", waar=kaal)
    if len(ruw) > MEESTE_BYTES:
        raise Invoerfout("het bestand is groter dan 5 MB; laat rijen en kolommen weg die u niet nodig heeft", waar=kaal)
    excel = kaal.lower().endswith(".xlsx")
    if excel:
        _toets_zip(ruw, kaal)
    try:
        tabel = _lees(ruw, ".xlsx" if excel else ".csv")
    except Invoerfout as fout:
        raise Invoerfout(fout.fouten, waar=kaal) from None
    if len(tabel.rijen) > MEESTE_RIJEN:
        raise Invoerfout(f"er staan meer dan {MEESTE_RIJEN} rijen in; kies alleen de gebieden van uw plan", waar=kaal)
    rijen = [_getallen(r) for r in tabel.rijen] if excel else tabel.rijen
    return Inhoud(kaal, hashlib.sha256(ruw).hexdigest(), replace(tabel, bestand=kaal, rijen=rijen))


def _getallen(rij: Rij) -> Rij:
    """In Excel 41.523 is a number with three decimals, never forty thousand: a last nought says so to `getal`."""
    return Rij(rij.nummer, {k: f"{c}0" if _DRIE.fullmatch(c) else c for k, c in rij.cellen.items()})


def _lees(ruw: bytes, soort: str) -> Tabel:
    with tempfile.TemporaryDirectory() as folder:
        pad = Path(folder) / f"metingen{soort}"
        pad.write_bytes(ruw)
        return lees_tabel(pad)


def _toets_zip(ruw: bytes, naam: str) -> None:
    """Refuse what unpacks to a mountain, holds macros, brings entities of its own, or has cells at the far end."""
    try:
        with zipfile.ZipFile(io.BytesIO(ruw)) as pak:
            delen = pak.infolist()
            if len(delen) > MEESTE_DELEN or sum(d.file_size for d in delen) > MEESTE_UITGEPAKT:
                raise Invoerfout("het bestand is uitgepakt te groot; laat rijen en kolommen weg", waar=naam)
            if any("vbaproject" in d.filename.casefold() for d in delen):
                raise Invoerfout("er zitten macro's in het bestand; sla het op als gewoon .xlsx", waar=naam)
            for deel in delen:
                if deel.filename.endswith((".xml", ".rels")):
                    _toets_xml(deel.filename, pak.read(deel), naam)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, MemoryError) as fout:
        raise Invoerfout(GEEN_EXCEL, waar=naam) from fout


def _toets_xml(deel: str, xml: bytes, naam: str) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\x00" in xml[:200]:
        raise Invoerfout(GEEN_EXCEL, waar=naam)
    if "worksheets/" not in deel:
        return
    if b"mergeCell " in xml:
        raise Invoerfout("er zijn cellen samengevoegd; kies 'Samenvoeging opheffen'", waar=naam)
    if _VER_WEG.search(xml):
        raise Invoerfout("er staat een cel heel ver naar rechts of naar beneden; haal die weg", waar=naam)
