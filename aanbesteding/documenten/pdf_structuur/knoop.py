"""The structure tree as plain values, before it becomes PDF objects."""

from dataclasses import dataclass, field
from typing import Any, Union

LOS = ""
"""Role of an inline element without meaning of its own: its content belongs to its parent."""
BLOK = "blok"
"""Role of a block without meaning of its own, such as a div: its content goes to the parent as paragraphs."""
INHOUDSOPGAVE = "nav"
"""Role of a table of contents: a Div whose lists are TOC."""


@dataclass(frozen=True, slots=True)
class Merk:
    """A piece of marked content: text or a picture. `blad` counts from 0."""

    blad: int
    mcid: int


@dataclass(frozen=True, slots=True, eq=False)
class Koppeling:
    """The area of a link on a page: a pydyf dictionary of type Annot."""

    blad: int
    annotatie: Any


@dataclass(slots=True, eq=False)
class Knoop:
    """One structure element. `kenmerken` are PDF entries (Alt, A, Lang, E) with pydyf values."""

    rol: str
    ouder: Union["Knoop", None] = None
    inhoud: list[Union["Knoop", Merk, Koppeling]] = field(default_factory=list)
    kenmerken: dict[str, Any] = field(default_factory=dict)

    def voeg_toe(self, kind: "Knoop", na: Union["Knoop", None] = None) -> None:
        """As last child, or right after `na`."""
        kind.ouder = self
        self.inhoud.insert(self.inhoud.index(na) + 1 if na else len(self.inhoud), kind)


Inhoud = Knoop | Merk | Koppeling
"""What stands in a Knoop."""
