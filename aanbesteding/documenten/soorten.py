"""The kinds of documents: each is a folder with a `metadata.toml` (which gate, for whom, public, how long).

Retention: Selectielijst gemeenten en intergemeentelijke organen, category 8 and 16, as listed in
shared/kennis/domein.md L24; the archivist of the municipality confirms the terms in metadata.toml.
"""

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aanbesteding.fouten import Invoerfout, NietGevonden

Tekst = Annotated[str, Field(min_length=1)]


class Bewaartermijn(BaseModel):
    """`jaren` after the matter is closed; absent means: kept for ever."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    grond: Tekst
    jaren: Annotated[int, Field(ge=1)] | None = None


class Metadata(BaseModel):
    """What metadata.toml holds. `poort` is a gate of procedure.py, or 'handeling' for an act's own receipt."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    titel: Tekst
    poort: Tekst
    openbaar: bool
    ontvanger: Tekst
    bewaartermijn: Bewaartermijn
    sjabloon: str = ""
    """Another folder whose sjabloon.html and stijl.css this kind uses; empty: its own."""


@dataclass(frozen=True)
class Soort:
    """One kind of document, and where its template and style are."""

    sleutel: str
    metadata: Metadata
    sjablonen: Path

    @property
    def folder(self) -> str:
        return f"documenten/{self.metadata.sjabloon or self.sleutel}"

    @property
    def sjabloon(self) -> str:
        """Name for the Jinja2 loader."""
        return f"{self.folder}/sjabloon.html"

    @property
    def stijl(self) -> Path | None:
        """The kind's own style sheet, if it has one."""
        pad = self.sjablonen / self.folder / "stijl.css"
        return pad if pad.is_file() else None

    @property
    def voorbeeld(self) -> Path:
        return self.sjablonen / "documenten" / self.sleutel / "voorbeeld.toml"


@cache
def alle_soorten(sjablonen: Path) -> dict[str, Soort]:
    """Every kind, by key, in alphabetical order."""
    bestanden = sorted((sjablonen / "documenten").glob("*/metadata.toml"))
    return {pad.parent.name: Soort(pad.parent.name, _lees(pad), sjablonen) for pad in bestanden}


def soort(sleutel: str, sjablonen: Path) -> Soort:
    """Raises NietGevonden, with the kinds that look like it."""
    bekend = alle_soorten(sjablonen)
    if sleutel not in bekend:
        lijkt = difflib.get_close_matches(sleutel, bekend, n=3)
        bedoelt = f" Bedoelt u {' of '.join(repr(naam) for naam in lijkt)}?" if lijkt else ""
        raise NietGevonden(f"Er is geen documentsoort '{sleutel}'.{bedoelt} Bekend: {', '.join(bekend)}.")
    return bekend[sleutel]


def _lees(pad: Path) -> Metadata:
    waar = f"documenten/{pad.parent.name}/metadata.toml"
    try:
        return Metadata.model_validate(tomllib.loads(pad.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as fout:
        raise Invoerfout(f"dit is geen geldige TOML: {fout}", waar=waar) from fout
    except ValidationError as fout:
        raise Invoerfout([f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in fout.errors()], waar=waar) from fout
