"""Reading tables that people make: CSV (`;` or `,`) and Excel, into rows of text with their row number.

Every cell becomes text as a person would type it, so that one set of checks serves both kinds of file.
What a spreadsheet can hide (formulas, merged cells, old code pages) is refused with a way to mend it.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .fouten import Invoerfout
from .invoer import bedoelt_u

SOORTEN = (".csv", ".xlsx")
MAXIMUM_BYTES = 20_000_000


@dataclass(frozen=True)
class Rij:
    """One filled row: its number in the file (the header is row 1) and its non-empty cells by column."""

    nummer: int
    cellen: dict[str, str]


@dataclass(frozen=True)
class Tabel:
    """`bestand` is the file name, for messages."""

    bestand: str
    kolommen: list[str]
    rijen: list[Rij]

    def eis_kolommen(self, verplicht: Sequence[str], mogelijk: Sequence[str]) -> list[str]:
        """What is wrong with the header, in Dutch; empty when it is right."""
        fouten = [
            f"rij 1, kolom '{k}': deze kolom bestaat niet. {bedoelt_u(k, mogelijk)}"
            for k in self.kolommen
            if k not in mogelijk
        ]
        mist = [k for k in verplicht if k not in self.kolommen]
        return fouten + [f"rij 1: de kolom '{k}' ontbreekt; zet hem in de eerste rij" for k in mist]


def kolomnaam(kop: str) -> str:
    """ "E-mail " and "email" are one column: small letters, no spaces or hyphens around words."""
    return kop.strip().lower().replace("-", "").replace(" ", "_")


def lees_tabel(pad: Path) -> Tabel:
    """Read one file. Raises Invoerfout that names the file, the place and the mend."""
    if not pad.is_file():
        raise Invoerfout("het bestand ontbreekt; controleer de naam en de map", waar=str(pad))
    if pad.stat().st_size > MAXIMUM_BYTES:
        raise Invoerfout("het bestand is groter dan 20 MB; is dit de goede lijst?", waar=pad.name)
    if pad.suffix.lower() not in SOORTEN:
        raise Invoerfout(
            f"een bestand van de soort '{pad.suffix or 'zonder achtervoegsel'}' kunnen wij niet lezen; "
            "sla de lijst op als .xlsx of als .csv (UTF-8)",
            waar=pad.name,
        )
    regels = _excel(pad) if pad.suffix.lower() == ".xlsx" else _csv(pad)
    return _tabel(pad.name, list(regels))


def _tabel(bestand: str, regels: list[tuple[int, list[str]]]) -> Tabel:
    gevuld = [(n, cellen) for n, cellen in regels if any(cellen)]
    if not gevuld:
        raise Invoerfout("het bestand is leeg; zet in rij 1 de kolomnamen en daaronder de gegevens", waar=bestand)
    koprij, kop = gevuld[0]
    kolommen = [kolomnaam(k) for k in kop]
    while kolommen and not kolommen[-1]:
        kolommen.pop()
    if not kolommen:
        raise Invoerfout(f"rij {koprij}: hier staan geen kolomnamen; zet ze in de eerste rij", waar=bestand)
    fouten = _kopfouten(koprij, kolommen)
    rijen = []
    for nummer, cellen in gevuld[1:]:
        teveel = [c for c in cellen[len(kolommen) :] if c]
        if teveel:
            fouten.append(
                f"rij {nummer}: er staan {len(cellen)} cellen, maar er zijn {len(kolommen)} kolommen; "
                "zet tekst met een scheidingsteken tussen dubbele aanhalingstekens"
            )
        rijen.append(Rij(nummer, {k: c for k, c in zip(kolommen, cellen, strict=False) if c}))
    if fouten:
        raise Invoerfout(fouten, waar=bestand)
    return Tabel(bestand, kolommen, rijen)


def _kopfouten(rij: int, kolommen: list[str]) -> list[str]:
    leeg = [str(i) for i, k in enumerate(kolommen, 1) if not k]
    dubbel = sorted({k for k in kolommen if k and kolommen.count(k) > 1})
    fouten = [f"rij {rij}: kolom {n} heeft geen naam; geef de kolom een naam of haal hem weg" for n in leeg]
    return fouten + [f"rij {rij}: de kolom '{k}' staat er twee keer; haal er één weg" for k in dubbel]


def _csv(pad: Path) -> Iterator[tuple[int, list[str]]]:
    ruw = pad.read_bytes()
    if ruw[:4] == b"PK\x03\x04":
        raise Invoerfout("dit is een Excelbestand met de naam .csv; hernoem het naar .xlsx", waar=pad.name)
    if b"\x00" in ruw:
        raise Invoerfout("dit is geen tekstbestand; sla de lijst op als 'CSV UTF-8'", waar=pad.name)
    try:
        tekst = ruw.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = ruw[: fout.start].count(b"\n") + 1
        raise Invoerfout(
            f"rij {regel}: het bestand is niet in UTF-8 (waarschijnlijk Windows-1252); "
            "kies in Excel: Opslaan als, 'CSV UTF-8'",
            waar=pad.name,
        ) from None
    yield from _csvregels(tekst, pad.name)


def _csvregels(tekst: str, bestand: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which they end; a row may hold line breaks between quotes."""
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=_scheiding(tekst), strict=True)
    try:
        for nummer, cellen in enumerate(lezer, 1):
            yield nummer, [c.strip() for c in cellen]
    except csv.Error as fout:
        raise Invoerfout(
            f"rij {lezer.line_num}: de aanhalingstekens kloppen niet ({fout}); sluit elk dubbel aanhalingsteken",
            waar=bestand,
        ) from None


def _scheiding(tekst: str) -> str:
    kop = next((r for r in tekst.splitlines() if r.strip()), "")
    return ";" if kop.count(";") >= kop.count(",") else ","


def _excel(pad: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        boek = load_workbook(pad, data_only=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError, TypeError, SyntaxError):
        raise Invoerfout(
            "dit Excelbestand is beschadigd of van een andere soort; open het in Excel en sla het op als .xlsx",
            waar=pad.name,
        ) from None
    bladen = [b for b in boek.worksheets if b.sheet_state == "visible"]
    if not bladen:
        raise Invoerfout("er is geen zichtbaar werkblad; zet de lijst op het eerste werkblad", waar=pad.name)
    blad = bladen[0]
    _weiger_samenvoeging(blad, pad.name)
    fouten: list[str] = []
    for rij in blad.iter_rows():
        fouten += [_formule(c) for c in rij if c.data_type == "f"]
        fouten += [f"rij {c.row}, kolom {c.column_letter}: de cel geeft de fout {c.value}; vul een waarde in"
                   for c in rij if c.data_type == "e"]  # fmt: skip
        yield rij[0].row, [_tekst(c.value) for c in rij]
    if fouten:
        raise Invoerfout(fouten, waar=pad.name)


def _formule(cel: Any) -> str:
    return (
        f"rij {cel.row}, kolom {cel.column_letter}: hier staat een formule; "
        "kopieer de kolom en plak haar terug als waarden"
    )


def _weiger_samenvoeging(blad: Any, bestand: str) -> None:
    samen = [str(bereik) for bereik in blad.merged_cells.ranges]
    if samen:
        raise Invoerfout(
            [f"cellen {bereik} zijn samengevoegd; kies 'Samenvoeging opheffen'" for bereik in sorted(samen)],
            waar=bestand,
        )


def _tekst(waarde: Any) -> str:
    """A cell as a person would type it: 72 and not 72.0, 2027-02-01 and not a serial number."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    if isinstance(waarde, datetime):
        return waarde.isoformat()
    if isinstance(waarde, date):
        return waarde.isoformat()
    return str(waarde).strip()
