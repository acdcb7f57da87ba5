"""The charts of the documents. Each draws plain rows and carries its conclusion as alternative text.

A chart never stands alone: the template puts a table or a sentence beside it that says the same. All can be
read in greyscale: chosen bars are filled and others outlined, series differ in marker and dash.

    rangorde.py  totals, score profile, expected place with its margin
    scores.py    spread of scores, division of the reading
    tijd.py      the round on a calendar, lines over time (measured, expected, all areas)
    effect.py    estimate with its margin, difference per measurement
    verandertheorie.py  how a plan should work, from what goes in to what it is for
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from ..svg import Letter, Palet
from .delen import BREEDTE
from .effect import gebeurtenis, interval
from .rangorde import profiel, rangen, staven
from .scores import belasting, spreiding
from .tijd import lijn, tijdlijn
from .verandertheorie import verandertheorie

__all__ = [
    "BREEDTE", "Grafiek", "belasting", "gebeurtenis", "interval", "lijn", "profiel", "rangen", "spreiding", "staven",
    "tijdlijn", "verandertheorie", "voor_sjablonen",
]  # fmt: skip

_ALLE = (staven, profiel, rangen, spreiding, belasting, tijdlijn, lijn, interval, gebeurtenis, verandertheorie)
TEKENAARS: dict[str, Callable[..., Markup]] = {f.__name__: f for f in _ALLE}


class Grafiek:
    """The charts as a template calls them: `{{ grafiek.staven(rijen, titel=…) }}`, in the round's house style."""

    def __init__(self, fonts: Path) -> None:
        self._letter = Letter(fonts)

    def __getattr__(self, naam: str) -> Callable[..., Markup]:
        """Raises AttributeError for an unknown chart, which the template environment reports with file and line."""
        if naam not in TEKENAARS:
            raise AttributeError(naam)
        teken, letter = TEKENAARS[naam], self._letter

        @pass_context
        def aangeroepen(context: Context, *rijen: Any, **opties: Any) -> Markup:
            return teken(Palet(**context["gemeente"].kleuren.model_dump()), letter, *rijen, **opties)

        return aangeroepen


def voor_sjablonen(fonts: Path) -> Grafiek:
    return Grafiek(fonts)
