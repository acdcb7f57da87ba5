"""Hard versions of a document's data, made from its example without knowing the kind."""

import re
from collections.abc import Callable
from typing import Any

WOORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenaanvraagformulierbehandelaar"
VREEMD = (
    f" ĳ ő non‑breaking “citaat” 'enkel' \"dubbel\" <script>alert(1)</script> {{{{ 7*7 }}}} {{% if %}} &amp; {WOORD}"
)
REDEN = "\n\n".join(
    " ".join(f"In zin {zin} van alinea {alinea} staat waarom dit voorstel goed is." for zin in range(40))
    for alinea in range(10)
)
"""4,000 words in ten paragraphs."""
_CODE = re.compile(r"^\S*$|^https?:|^\d{4}-\d\d-\d\d|^\d[\d .,]*$")


def _loop(waarde: Any, tekst: Callable[[str], str], lijst: Callable[[list[Any], int], list[Any]], diep: int = 0) -> Any:
    """Rebuild nested data; `lijst` gets a list and how many lists it stands in."""
    if isinstance(waarde, str):
        return waarde if _CODE.match(waarde) else tekst(waarde)
    if isinstance(waarde, dict):
        return {naam: _loop(deel, tekst, lijst, diep) for naam, deel in waarde.items()}
    if isinstance(waarde, list):
        return [_loop(deel, tekst, lijst, diep + 1) for deel in lijst(waarde, diep)]
    return waarde


def _zelfde(waarde: Any, *_: Any) -> Any:
    return waarde


def _rijen(waarde: list[Any]) -> bool:
    """Rows or sentences; pairs, codes and the numbers of a chart keep their length."""
    return all(isinstance(w, dict) or (isinstance(w, str) and not _CODE.match(w)) for w in waarde)


def _tot(aantal: int) -> Callable[[list[Any]], list[Any]]:
    """Cut rows off or repeat them until there are `aantal`."""
    return lambda waarde: (waarde * aantal)[:aantal] if waarde and _rijen(waarde) else waarde


def _teksten(gegevens: Any) -> list[str]:
    teksten: list[str] = []

    def onthoud(tekst: str) -> str:
        teksten.append(tekst)
        return tekst

    _loop(gegevens, onthoud, _zelfde)
    return teksten


def kort(gegevens: Any) -> Any:
    """One item in every list."""
    return _loop(gegevens, _zelfde, lambda waarde, _diep: _tot(1)(waarde))


def lang(gegevens: Any) -> Any:
    """Sixty rows in every outer list."""
    return _loop(gegevens, _zelfde, lambda waarde, diep: _tot(2 if diep else 60)(waarde))


def groot(gegevens: Any) -> Any:
    """Sixty items in every inner list, as in a coalition of sixty partners."""
    return _loop(gegevens, _zelfde, lambda waarde, diep: _tot(60 if diep else 1)(waarde))


def vreemd(gegevens: Any) -> Any:
    """Rare letters, quotes, markup and a very long word behind every text."""
    return _loop(gegevens, lambda tekst: tekst + VREEMD, _zelfde)


def uitvoerig(gegevens: Any) -> Any:
    """A reason of 4,000 words in the longest text, forty words more in every other text."""
    langste = max(_teksten(gegevens), key=len, default="")
    return _loop(gegevens, lambda tekst: REDEN if tekst == langste else f"{tekst} {REDEN[:220]}", _zelfde)


def met(teken: str) -> Callable[[Any], Any]:
    """This character in every text."""
    return lambda gegevens: _loop(gegevens, lambda tekst: tekst + teken, _zelfde)


VARIANTEN = {f.__name__: f for f in (kort, lang, groot, vreemd, uitvoerig)}
