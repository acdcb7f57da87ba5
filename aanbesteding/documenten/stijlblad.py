"""Faults in a style sheet, with the file and line. A browser skips them in silence; an editor wants to know."""

import re
from pathlib import Path

import tinycss2

from aanbesteding.fouten import Invoerfout

_LEGE_WAARDE = "deze eigenschap heeft geen waarde"


def controleer_stijlblad(pad: Path, wortel: Path) -> None:
    """Raises Invoerfout with every fault in the grammar of this style sheet, and every file that is not there."""
    tekst = pad.read_text(encoding="utf-8")
    fouten = [*_grammatica(tekst), *_haken(tekst), *_bestanden(tekst, pad)]
    if fouten:
        waar = pad.relative_to(wortel)
        raise Invoerfout([f"stijlblad {waar}, regel {regel}: {fout}" for regel, fout in sorted(set(fouten))])


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
