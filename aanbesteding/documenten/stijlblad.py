"""Faults in a style sheet, with the file and line. A browser skips them in silence; an editor wants to know."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tinycss2

from aanbesteding.fouten import Invoerfout

_GENEGEERD = re.compile(r"Ignored `(?P<wat>.*?)` at (?P<regel>\d+):\d+, (?P<reden>.*?)\.?$", re.S)
_VREEMD = re.compile(r"Unknown rule .*? at (?P<regel>\d+):\d+")
_INVOER = re.compile(r"@import\s+(?:url\(\s*)?[\"']?([^\"')\s;]+)")
_LEGE_WAARDE = "deze eigenschap heeft geen waarde"


def controleer_stijlblad(pad: Path, wortel: Path) -> None:
    """Raises Invoerfout with every fault in this style sheet and those that it imports.

    A fault is wrong grammar, a property or value that does not exist, or a file that is not there.
    """
    tekst = pad.read_text(encoding="utf-8")
    fouten = [*_grammatica(tekst), *_haken(tekst), *_bestanden(tekst, pad)] or _genegeerd(tekst, pad)
    if fouten:
        waar = pad.relative_to(wortel)
        raise Invoerfout([f"stijlblad {waar}, regel {regel}: {fout}" for regel, fout in sorted(set(fouten))])
    for naam in _INVOER.findall(_kaal(tekst)):
        controleer_stijlblad((pad.parent / naam).resolve(), wortel.resolve())


def _grammatica(tekst: str) -> list[tuple[int, str]]:
    uit = []
    for regel in tinycss2.parse_stylesheet(tekst, skip_comments=True, skip_whitespace=True):
        if regel.type == "error":
            uit.append((regel.source_line, _uitleg(regel.kind)))
        elif regel.type == "qualified-rule" or (regel.type == "at-rule" and regel.lower_at_keyword == "font-face"):
            uit += _eigenschappen(regel.content or [])
    return uit


def _eigenschappen(inhoud: list[object]) -> list[tuple[int, str]]:
    uit = []
    for deel in tinycss2.parse_blocks_contents(inhoud, skip_comments=True, skip_whitespace=True):
        if deel.type == "error":
            uit.append((deel.source_line, _uitleg(deel.kind)))
        elif deel.type == "declaration" and not [t for t in deel.value if t.type not in ("whitespace", "comment")]:
            uit.append((deel.source_line, f"{deel.name}: {_LEGE_WAARDE}"))
    return uit


def _uitleg(soort: str) -> str:
    return {
        "empty": "hier staat niets waar een regel hoort",
        "bad-string": "een tekst tussen aanhalingstekens is niet afgesloten",
        "bad-url": "een adres tussen haakjes is niet goed geschreven",
    }.get(soort, "dit is geen geldige CSS; kijk of er een ':', ';' of '{' ontbreekt")


def _genegeerd(tekst: str, pad: Path) -> list[tuple[int, str]]:
    """What WeasyPrint would leave out: a property, value, selector or rule that it does not know."""
    from weasyprint import CSS

    with meegeluisterd() as regels:
        CSS(string=re.sub(r"@import[^;]*;", "", tekst), base_url=pad.resolve().as_uri())
    return [vondst for regel in regels if (vondst := genegeerd_deel(regel) or _selector(regel, tekst))]


def _selector(melding: str, tekst: str) -> tuple[int, str] | None:
    treffer = re.search(r"unsupported selector, '(.*?)'$", melding, re.S)
    if treffer is None:
        return None
    kaal = treffer[1].strip()
    plek = _kaal(tekst).find(kaal)
    return tekst.count("\n", 0, max(plek, 0)) + 1, f"de selector '{kaal}' wordt niet herkend; kijk naar de spelling"


def genegeerd_deel(melding: str) -> tuple[int, str] | None:
    """Line and Dutch sentence for a line of WeasyPrint's log about left-out CSS; None for another line."""
    if treffer := _GENEGEERD.search(melding):
        wat, onbekend = " ".join(treffer["wat"].split()), "unknown property" in treffer["reden"]
        naam = wat.partition(":")[0]
        uitleg = f"de eigenschap '{naam}' bestaat niet" if onbekend else "deze waarde past niet bij de eigenschap"
        return int(treffer["regel"]), f"'{wat}': {uitleg}; kijk naar de spelling"
    if treffer := _VREEMD.search(melding):
        return int(treffer["regel"]), "deze regel met '@' bestaat niet; kijk naar de spelling"
    return None


@contextmanager
def meegeluisterd() -> Iterator[list[str]]:
    """Everything that WeasyPrint logs inside the block. Not for threads: the log is shared."""
    regels: list[str] = []
    luisteraar = logging.Handler(logging.WARNING)
    luisteraar.emit = lambda record: regels.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(luisteraar)
    try:
        yield regels
    finally:
        logger.removeHandler(luisteraar)


def _kaal(tekst: str) -> str:
    """Without comments, on the same lines."""
    return re.sub(r"/\*.*?\*/", lambda t: "\n" * t.group(0).count("\n"), tekst, flags=re.S)


def _haken(tekst: str) -> list[tuple[int, str]]:
    """A brace that is never closed: CSS allows it at the end of the file, where it swallows all that follows."""
    open_regels: list[int] = []
    kaal = re.sub(r"/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'", lambda t: "\n" * t.group(0).count("\n"), tekst, flags=re.S)
    for nummer, regel in enumerate(kaal.splitlines(), 1):
        for teken in regel:
            if teken == "{":
                open_regels.append(nummer)
            elif teken == "}" and open_regels:
                open_regels.pop()
    return [(n, "deze '{' heeft geen '}'") for n in open_regels]


def _bestanden(tekst: str, pad: Path) -> list[tuple[int, str]]:
    uit = []
    for nummer, regel in enumerate(tekst.splitlines(), 1):
        for adres in re.findall(r"url\(\s*[\"']?([^\"')#]+)", regel):
            if ":" in adres:
                uit.append((nummer, f"'{adres}' staat niet op deze computer; gebruik een eigen bestand"))
            elif not (pad.parent / adres).is_file():
                uit.append((nummer, f"het bestand '{adres}' bestaat niet"))
    return uit
