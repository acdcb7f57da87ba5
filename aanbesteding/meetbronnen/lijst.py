"""Our own list to fill in, with a row for exactly what is missing now."""

import csv
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Font

KOLOMMEN = ("indicator", "gebied", "periode", "waarde", "respondenten", "bron")
Leeg = tuple[str, str, str, str]
"""(indicator key, area, wave, source)."""


def als_csv(rijen: Iterable[Leeg]) -> bytes:
    """With a byte order mark and semicolons, so that Excel in Dutch opens it right."""
    blad = io.StringIO()
    schrijver = csv.writer(blad, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(KOLOMMEN)
    schrijver.writerows(_rij(r) for r in rijen)
    return ("\ufeff" + blad.getvalue()).encode()


def als_xlsx(rijen: Iterable[Leeg]) -> bytes:
    boek = Workbook()
    blad = boek.worksheets[0]
    blad.title = "metingen"
    blad.append(list(KOLOMMEN))
    for rij in rijen:
        blad.append(_rij(rij))
    for kolom, breedte in zip("ABCDEF", (24, 30, 12, 12, 14, 40), strict=True):
        blad[f"{kolom}1"].font = Font(bold=True)
        blad.column_dimensions[kolom].width = breedte
    for cel in blad["C"]:
        cel.number_format = "@"  # else Excel makes a date of 2028-1
    blad.freeze_panes = "A2"
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _rij(rij: Leeg) -> list[str]:
    indicator, gebied, periode, bron = rij
    return [indicator, _plat(gebied), periode, "", "", _plat(bron)]


def _plat(tekst: str) -> str:
    """A name that begins as a formula stays a name."""
    return f"'{tekst}" if tekst[:1] in ("=", "+", "-", "@") else tekst
