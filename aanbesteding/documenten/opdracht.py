"""One document to make, as plain values: what goes to a worker process and what comes back.

Everything that a PDF shows is in here, so that the same order gives the same bytes on any machine, at any
time. That is why the gate's moment is a field: nothing below this line reads the clock.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Bijlage:
    """A file inside the PDF: `naam` with its extension, `tekst` (UTF-8), `omschrijving` in Dutch for the reader."""

    naam: str
    tekst: str
    omschrijving: str

    def __post_init__(self) -> None:
        """Raises ValueError for a name that is no plain file name, or for an empty description."""
        if not re.fullmatch(r"[a-z0-9-]+\.[a-z]+", self.naam) or not self.omschrijving.strip():
            raise ValueError(f"bijlage '{self.naam}' heeft een gewone bestandsnaam en een omschrijving nodig")


@dataclass(frozen=True)
class Opdracht:
    """An order for one PDF.

    `soort` names a folder in sjablonen/documenten; `moment` is the moment of the gate, aware and in UTC;
    `huisstijl` names a folder in config/huisstijlen; `gegevens` holds JSON values only (moments as ISO text
    with their zone, money in cents under names that end in `_cent`), and no ids of database rows.
    `bijlagen` go inside the PDF, dated at `moment`.
    """

    soort: str
    titel: str
    bestandsnaam: str
    moment: datetime
    huisstijl: str
    openbaar: bool
    ontvanger: str
    gegevens: dict[str, Any]
    bijlagen: tuple[Bijlage, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for a naive moment, TypeError for data that JSON cannot carry."""
        if self.moment.utcoffset() is None:
            raise ValueError(f"het moment van '{self.bestandsnaam}' heeft geen tijdzone")
        object.__setattr__(self, "moment", self.moment.astimezone(UTC))
        json.dumps(self.gegevens, allow_nan=False)

    @property
    def kenmerk(self) -> str:
        """The document's own reference, for messages; the file name where the data give none."""
        document = self.gegevens.get("document")
        return str(document.get("kenmerk", self.bestandsnaam)) if isinstance(document, dict) else self.bestandsnaam


@dataclass(frozen=True)
class Opgemaakt:
    """A finished document: its address in the archive (64 hex digits) and its size in bytes."""

    opdracht: Opdracht
    sha256: str
    grootte: int
