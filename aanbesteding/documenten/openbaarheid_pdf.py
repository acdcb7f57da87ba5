"""Forbidden values in a finished PDF: every page, every string that a reader or a machine can get out of it.

Text is decoded from the page itself (ToUnicode), not from our templates, so that the check does not rest on
what it checks. Beside the pages: alternative texts, bookmarks, links, document information, XMP, and the names,
descriptions and contents of the files inside.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from .openbaarheid import Diepte, Verboden, Vondst, diepte_bij, inhoud_van

SLA_OVER = {"/ID", "/CheckSum", "/Lookup", "/Panose", "/CharSet", "/Registry", "/Ordering", "/CreationDate", "/ModDate"}
"""Strings that are digits or bytes by nature."""
VAN_MENSEN = ("/Alt", "/ActualText", "/Contents", "/Title")
"""Strings that come from what people wrote."""


def bekijk_pdf(inhoud: bytes, verboden: Verboden, *, naam: str) -> list[Vondst]:
    """Every forbidden value in this PDF, each once per place. `naam` is how findings call the document."""
    uit: dict[tuple[str, str], Vondst] = {}
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        for plek, tekst, diepte in _teksten(pdf):
            for wat, waarde in verboden.zoek(tekst, diepte=diepte):
                uit.setdefault((plek, waarde.casefold()), Vondst(naam, plek, wat, waarde))
    return list(uit.values())


def paginatekst(pagina: pikepdf.Page) -> tuple[str, str]:
    """The text of a page in two readings: pieces apart, and pieces on one line joined.

    A table puts two cells on one line (they must stay apart) and a chart sets letter by letter (they belong
    together); the second reading finds the name in the chart, the first the name in the table.
    """
    tabellen = _tabellen(pagina)
    stukken: list[tuple[float, str]] = []
    lees, hoogte = _zonder, 0.0
    for opdracht in pikepdf.parse_content_stream(pagina):
        operanden, naam = opdracht.operands, str(opdracht.operator)
        if naam == "Tf":
            lees = tabellen.get(str(operanden[0]), _zonder)
        elif naam in ("Tm", "cm"):
            hoogte = float(operanden[5])
        elif naam in ("Tj", "TJ"):
            stukken.append((hoogte, _getoond(operanden[0], lees)))
    apart = " ".join(tekst for _, tekst in stukken)
    samen = "".join(tekst if n and stukken[n - 1][0] == y else f" {tekst}" for n, (y, tekst) in enumerate(stukken))
    return apart, samen


Tabel = dict[bytes, str]


class _Lezer:
    """Codes of one font → text, by its ToUnicode map."""

    def __init__(self, tabel: Tabel) -> None:
        self._tabel = tabel
        self._breedte = max((len(k) for k in tabel), default=2)

    def __call__(self, ruw: bytes) -> str:
        b = self._breedte
        return "".join(self._tabel.get(ruw[n : n + b], "") for n in range(0, len(ruw), b))


def _zonder(ruw: bytes) -> str:
    return ruw.decode("latin-1")


def _getoond(waarde: Any, lees: Any) -> str:
    delen = list(waarde) if isinstance(waarde, pikepdf.Array | list) else [waarde]
    return "".join(lees(bytes(deel)) for deel in delen if isinstance(deel, pikepdf.String))


def _tabellen(pagina: pikepdf.Page) -> dict[str, _Lezer]:
    bronnen = pagina.obj.get("/Resources")
    fonts = bronnen.get("/Font") if bronnen is not None else None
    if fonts is None:
        return {}
    return {
        str(naam): _Lezer(lees_cmap(bytes(font["/ToUnicode"].read_bytes())))
        for naam, font in fonts.items()
        if "/ToUnicode" in font
    }


def lees_cmap(cmap: bytes) -> Tabel:
    """Code → text, from the bfchar and bfrange sections (ISO 32000-1, 9.10.3)."""
    tekst = cmap.decode("latin-1")
    uit: Tabel = {}
    for blok in re.findall(r"beginbfchar(.*?)endbfchar", tekst, re.DOTALL):
        uit |= {bytes.fromhex(c): _utf16(u) for c, u in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", blok)}
    for blok in re.findall(r"beginbfrange(.*?)endbfrange", tekst, re.DOTALL):
        for van, tot, begin in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", blok):
            uit |= {
                (int(van, 16) + n).to_bytes(len(van) // 2, "big"): chr(int(begin, 16) + n)
                for n in range(int(tot, 16) - int(van, 16) + 1)
            }
    return uit


def _utf16(hexa: str) -> str:
    return bytes.fromhex(hexa).decode("utf-16-be", errors="ignore")


def _teksten(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str, Diepte]]:
    """(place, text, what to look for) of everything in the file.

    In the joined reading two cells of a table may stand against each other: there only people are looked for.
    """
    for nummer, pagina in enumerate(pdf.pages, 1):
        apart, samen = paginatekst(pagina)
        yield f"blad {nummer}", apart, "alles"
        yield f"blad {nummer}", samen, "mensen"
    for naam, spec in pdf.attachments.items():
        bestand = spec.get_file().read_bytes().decode("utf-8-sig", errors="replace")
        yield f"bijlage {naam}", f"{naam} {spec.description}", "alles"
        yield from ((plek, tekst, diepte_bij(sleutel)) for plek, sleutel, tekst in inhoud_van(naam, bestand))
    if "/Metadata" in pdf.Root:
        xmp = pdf.Root["/Metadata"].read_bytes().decode("utf-8", errors="replace")
        yield "de metagegevens (XMP)", re.sub(r"<[^>]*>", " ", xmp), "woorden"
    yield from (("de metagegevens (Info)", str(w), "woorden") for _, w in sorted(pdf.docinfo.items()))
    for voorwerp in pdf.objects:
        yield from _strings(voorwerp, "")


def _strings(voorwerp: Any, sleutel: str) -> Iterator[tuple[str, str, Diepte]]:
    """Every string in an object and what is written directly in it; references are objects of their own."""
    if isinstance(voorwerp, pikepdf.String):
        yield _plek(sleutel), str(voorwerp), "alles" if sleutel in VAN_MENSEN else "woorden"
    elif isinstance(voorwerp, pikepdf.Dictionary | pikepdf.Stream):
        for naam, deel in voorwerp.items():
            if naam not in SLA_OVER and not getattr(deel, "is_indirect", False):
                yield from _strings(deel, naam)
    elif isinstance(voorwerp, pikepdf.Array):
        for deel in voorwerp:
            if not getattr(deel, "is_indirect", False):
                yield from _strings(deel, sleutel)


def _plek(sleutel: str) -> str:
    return {
        "/Alt": "een alternatieve tekst", "/ActualText": "een alternatieve tekst", "/Title": "een bladwijzer of titel",
        "/URI": "een koppeling", "/Contents": "een koppeling", "/F": "een bestandsnaam", "/UF": "een bestandsnaam",
        "/Desc": "een omschrijving",
    }.get(sleutel, f"een veld in het bestand ({sleutel.removeprefix('/') or 'los'})")  # fmt: skip
