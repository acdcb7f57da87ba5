"""Characters that our document font lacks.

WeasyPrint would quietly borrow a font of the machine (other bytes on every computer) or print an empty box
(no longer PDF/UA). So text is checked first, and the message says which character stands in which field.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from aanbesteding.fouten import Invoerfout
from aanbesteding.instellingen import instellingen
from aanbesteding.kern.notatie import getal

from .omgeving import LETTERTYPEN

_WIT = frozenset("\n\r\t")
_MAXIMUM_GENOEMD = 8


@cache
def bekende_tekens(fonts: Path) -> frozenset[str]:
    """Characters that every style of the document font can draw, and white space that needs no drawing."""
    reeksen = [frozenset(TTFont(fonts / naam, lazy=True).getBestCmap()) for naam in LETTERTYPEN]
    return frozenset(map(chr, frozenset.intersection(*reeksen))) | _WIT


def ontbrekende_tekens(tekst: str, fonts: Path) -> list[str]:
    """Characters of `tekst` that cannot be printed, each once, in order of appearance."""
    onbekend = set(tekst) - bekende_tekens(fonts)
    return sorted(onbekend, key=tekst.index) if onbekend else []


def tekenfouten(gegevens: Any, fonts: Path | None = None) -> list[str]:
    """One Dutch sentence with the mend for each character without a glyph, with the field that it stands in.

    `fonts`: the folder of the document font; None: the one from the settings.
    """
    folder = fonts or instellingen().sjablonen_map / "huisstijl" / "fonts"
    return [
        f"{veld}: het teken {_noem(teken)} kan niet in een document; haal het weg of schrijf het in woorden"
        for veld, tekst in _teksten(gegevens)
        for teken in ontbrekende_tekens(tekst, folder)
    ]


def controleer_tekens(gegevens: Any, fonts: Path, *, waar: str) -> None:
    """Raises Invoerfout with one line for each field that holds a character without a glyph."""
    if fouten := tekenfouten(gegevens, fonts):
        raise Invoerfout(fouten[:_MAXIMUM_GENOEMD], waar=waar)


MEESTE_TEKENS = 40_000
"""Some 6,000 words: more than the longest reason or plan that anybody reads."""
MEESTE_KORT = 300
KORTE_VELDEN = frozenset({"naam", "titel", "onderwerp", "rol", "plaats", "email", "telefoon", "functie", "afdeling",
                          "contactpersoon", "adres", "kanaal", "bron"})  # fmt: skip


def controleer_invoer(gegevens: Any, *, waar: str = "") -> None:
    """The same check at the moment that a text comes in: what is accepted can always be printed later.

    Our font draws every letter of the teletex set (ISO 6937, the letters of the Dutch population register), all of
    Latin-1 and Latin Extended-A, modern Greek, and the Cyrillic of Russian, Ukrainian, Bulgarian and Serbian. Other
    scripts and emoji are refused rather than borrowed from fonts that a machine may or may not have.
    """
    if fouten := [*_te_lang(gegevens), *tekenfouten(gegevens)]:
        raise Invoerfout(fouten[:_MAXIMUM_GENOEMD], waar=waar)


def _te_lang(gegevens: Any) -> list[str]:
    """A bound on every text, published here: what nobody types by hand would only break a page or a letter."""
    return [
        f"{veld}: is te lang; hooguit {getal(hooguit)} tekens, en dit zijn er {getal(len(tekst))}"
        for veld, tekst in _teksten(gegevens)
        for hooguit in [MEESTE_KORT if veld.rpartition(".")[2] in KORTE_VELDEN else MEESTE_TEKENS]
        if len(tekst) > hooguit
    ]


def _teksten(waarde: Any, veld: str = "") -> Iterator[tuple[str, str]]:
    """Every string inside nested dicts and lists, with its path such as 'vragen[2].tekst'."""
    if isinstance(waarde, str):
        yield veld, waarde
    elif isinstance(waarde, dict):
        for sleutel, deel in waarde.items():
            yield from _teksten(deel, f"{veld}.{sleutel}" if veld else str(sleutel))
    elif isinstance(waarde, list | tuple):
        for nummer, deel in enumerate(waarde, start=1):
            yield from _teksten(deel, f"{veld}[{nummer}]")


def _noem(teken: str) -> str:
    naam = unicodedata.name(teken, "zonder naam")
    zichtbaar = f"'{teken}' " if teken.isprintable() else "dat u niet ziet "
    return f"{zichtbaar}(U+{ord(teken):04X}, {naam})"
