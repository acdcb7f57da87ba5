"""The language of the site: the fixed words of every page, read from its template, under the norm of the documents.

What people typed themselves is not ours to judge; a value stands in a sentence as one word.
"""

import re
from pathlib import Path

from .taal import Taalregels, Taaluitslag, toets_html

_DELEN = (
    (re.compile(r"(?s){#.*?#}"), ""),
    (re.compile(r"(?s){%-?\s*(?:else|elif)\b.*?%}"), ". "),
    (re.compile(r"(?s){%.*?%}"), " "),
    (re.compile(r"(?s){{.*?}}"), "dit"),
)


def paginas(sjablonen: Path) -> list[Path]:
    """The templates of pages, and the parts of pages."""
    return sorted((sjablonen / "web").rglob("*.html"))


def vaste_tekst(bron: str) -> str:
    """The template as HTML without Jinja: both sides of a choice are read, each as its own sentence."""
    for patroon, door in _DELEN:
        bron = patroon.sub(door, bron)
    return bron


def toets_paginas(sjablonen: Path, regels: Taalregels) -> list[Taaluitslag]:
    """One result per template, named `web/<pad>`."""
    return [
        toets_html(str(pad.relative_to(sjablonen)), vaste_tekst(pad.read_text(encoding="utf-8")), regels)
        for pad in paginas(sjablonen)
    ]
