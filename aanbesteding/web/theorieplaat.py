"""The theory of change on a page: the drawing of the documents, in the colours of the municipality."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ..documenten.grafieken.verandertheorie import STAPPEN, verandertheorie
from ..documenten.svg import Letter, Palet
from ..instellingen import instellingen
from .openbare_kop import huisstijl


def theorieplaat(gemeente: str, theorie: Mapping[str, Any]) -> Markup:
    palet = Palet(**huisstijl(gemeente).kleuren.model_dump())
    return verandertheorie(palet, Letter(instellingen().sjablonen_map / "huisstijl" / "fonts"), theorie)


def als_lijst(theorie: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The same in words, step by step, for a narrow screen."""
    return [*((naam, list(theorie[k])) for k, naam in STAPPEN), ("Dit klopt alleen als", list(theorie["aannames"]))]
