"""Finds the line of a template (or of its example data) that a piece of rendered text came from.

A rendered sentence holds values where the template holds expressions. So runs of words are compared, not whole
sentences: the line that shares the most runs of three words is where the sentence was written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from jinja2 import Environment, TemplateSyntaxError, meta

_JINJA: Final = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
_TEKENREEKS: Final = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_WOORD: Final = re.compile(r"[^\W_]+")
REEKS: Final = 3


@dataclass(frozen=True)
class Plek:
    """`bestand` is relative to the templates' folder; `regel` counts from 1."""

    bestand: str
    regel: int

    def __str__(self) -> str:
        return f"{self.bestand}, regel {self.regel}"


def zoek_tekst(tekst: str, bestanden: Sequence[Path], wortel: Path) -> Plek | None:
    """The line with the most words of `tekst` in a row, or None when nothing looks like it."""
    gezocht = _reeksen(tekst)
    beste, plek = 0, None
    for pad in bestanden:
        for nummer, reeksen in _regels(pad, pad.stat().st_mtime_ns):
            if (score := len(gezocht & reeksen)) > beste:
                beste, plek = score, Plek(str(pad.relative_to(wortel)), nummer)
    return plek


def zoek_letterlijk(stuk: str, bestanden: Sequence[Path], wortel: Path) -> Plek | None:
    """The first line that holds `stuk` as it is, such as the name of an image."""
    for pad in bestanden:
        for nummer, regel in enumerate(pad.read_text(encoding="utf-8").splitlines(), 1):
            if stuk in regel:
                return Plek(str(pad.relative_to(wortel)), nummer)
    return None


def _reeksen(tekst: str) -> set[tuple[str, ...]]:
    losse = [w.lower() for w in _WOORD.findall(tekst)]
    breed = min(REEKS, len(losse)) or 1
    return {tuple(losse[i : i + breed]) for i in range(len(losse) - breed + 1)}


@lru_cache(maxsize=512)
def _regels(pad: Path, _gewijzigd: int) -> list[tuple[int, set[tuple[str, ...]]]]:
    """Runs of words per line; `_gewijzigd` makes an edited file a new entry."""
    return [(n, _van_regel(regel)) for n, regel in enumerate(pad.read_text(encoding="utf-8").splitlines(), 1)]


def _van_regel(regel: str) -> set[tuple[str, ...]]:
    """Literal text between expressions, and the strings inside them (titles of boxes, choices of words)."""
    inline = re.sub(r"</?(?:strong|em|b|i|a|span)\b[^>]*>", "", regel)
    delen = re.split(r"<[^>]*>", _JINJA.sub("<>", inline))
    delen += [een or ander for jinja in _JINJA.findall(inline) for een, ander in _TEKENREEKS.findall(jinja)]
    return {reeks for deel in delen for reeks in _alle(deel)}


def _alle(deel: str) -> set[tuple[str, ...]]:
    """Runs of three words, and shorter texts as a whole: a sentence of two words is found by itself."""
    losse = [w.lower() for w in _WOORD.findall(deel)]
    return {tuple(losse[i : i + n]) for n in range(1, REEKS + 1) for i in range(len(losse) - n + 1)}


def gebruikte_sjablonen(naam: str, wortel: Path) -> list[Path]:
    """This template and everything that it extends, imports or includes, itself first.

    A template with a syntax error counts as a file without references.
    """
    gevonden: dict[str, None] = {}
    wachtrij = [naam]
    while wachtrij:
        huidig = wachtrij.pop(0)
        if huidig not in gevonden and (wortel / huidig).is_file():
            gevonden[huidig] = None
            wachtrij += _verwijzingen((wortel / huidig).read_text(encoding="utf-8"))
    return [wortel / gevonden_naam for gevonden_naam in gevonden]


def _verwijzingen(bron: str) -> list[str]:
    try:
        return [naam for naam in meta.find_referenced_templates(Environment(autoescape=True).parse(bron)) if naam]
    except TemplateSyntaxError:
        return []


def noem_bestand(melding: str, bestanden: Sequence[Path], wortel: Path) -> str:
    """A fault about a file or address also gets the line of the template or style sheet that asks for it."""
    treffer = re.search(r"(?:file|https?)://[^\"'\s]+", melding)
    if treffer is None:
        return melding
    adres = unquote(treffer[0])
    eigen = adres.startswith("file:")
    plek = zoek_letterlijk(Path(adres).name if eigen else adres, bestanden, wortel) if adres else None
    waar = f"{plek or bestanden[0].relative_to(wortel)}: "
    if not eigen or "eigen bestanden" in melding:
        return waar + melding
    return f"{waar}het bestand '{Path(adres).name}' bestaat niet; zet het in de map van de huisstijl"
