"""The language of each kind of document: its example, filled in and read as a resident would read it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aanbesteding.fouten import Invoerfout
from aanbesteding.kern.taalcontrole import Bevinding, Cijfers, Taalnorm, meet, schrijfwijze

from .herkomst import Plek, gebruikte_sjablonen, zoek_tekst
from .leestekst import Blok, leesblokken
from .opmaak import Opmaker
from .soorten import Soort
from .voorbeeld import voorbeeld_opdracht

_Aandeel = Annotated[float, Field(ge=0, le=1)]
_Woord = Annotated[str, Field(min_length=1)]


class _Norm(BaseModel):
    model_config = ConfigDict(extra="forbid")
    gemiddelde_zinslengte: Annotated[float, Field(gt=0)]
    aandeel_lang: _Aandeel
    aandeel_lijdend: _Aandeel
    moeilijk_per_100_woorden: Annotated[float, Field(ge=0)]


class _Taalbestand(BaseModel):
    model_config = ConfigDict(extra="forbid")
    norm: _Norm
    begrippen: dict[_Woord, _Woord] = {}


@dataclass(frozen=True)
class Taalregels:
    """The norm, and the words that may stand although they are difficult, each with its explanation."""

    norm: Taalnorm
    begrippen: dict[str, str]

    @property
    def toegestaan(self) -> frozenset[str]:
        return frozenset(self.begrippen)


@dataclass(frozen=True)
class Vondst:
    """A finding and where it was written; `plek` is None when the text is in no file that we know."""

    bevinding: Bevinding
    plek: Plek | None


@dataclass(frozen=True)
class Taaluitslag:
    """What the check says about one text: `naam` is a kind of document or the name of a text."""

    naam: str
    cijfers: Cijfers
    vondsten: tuple[Vondst, ...]
    tekorten: tuple[str, ...]

    @property
    def in_orde(self) -> bool:
        """Within the norm, and nothing is written in a wrong notation."""
        return not self.tekorten and not self.van("schrijfwijze")

    def van(self, *soorten: str) -> list[Vondst]:
        return [v for v in self.vondsten if v.bevinding.soort in soorten]


@cache
def taalregels(sjablonen: Path) -> Taalregels:
    """`taal.toml` in the folder of templates. Raises Invoerfout that names the field."""
    pad = sjablonen / "taal.toml"
    try:
        bestand = _Taalbestand.model_validate(tomllib.loads(pad.read_text(encoding="utf-8")))
    except FileNotFoundError as fout:
        raise Invoerfout("dit bestand ontbreekt; zet er de tabellen [norm] en [begrippen] in", waar=str(pad)) from fout
    except tomllib.TOMLDecodeError as fout:
        raise Invoerfout(f"dit is geen geldige TOML: {fout}", waar="taal.toml") from fout
    except ValidationError as fout:
        velden = [".".join(map(str, f["loc"])) for f in fout.errors()]
        raise Invoerfout(
            [f"{v}: dit veld klopt niet; kijk bij de uitleg erboven" for v in velden], waar="taal.toml"
        ) from fout
    return Taalregels(Taalnorm(**bestand.norm.model_dump()), {w.lower(): u for w, u in bestand.begrippen.items()})


def toets_tekst(naam: str, tekst: str, regels: Taalregels) -> Taaluitslag:
    """Any plain text, such as a message or a web page: paragraphs between blank lines."""
    return _uitslag(naam, [Blok("p", deel) for deel in tekst.split("\n\n") if deel.strip()], regels)


def toets_html(naam: str, html: str, regels: Taalregels) -> Taaluitslag:
    """A page or document as HTML."""
    return _uitslag(naam, leesblokken(html), regels)


def toets_soort(soort: Soort, opmaker: Opmaker, regels: Taalregels) -> Taaluitslag:
    """The example of one kind. Raises Invoerfout (fault in the template) or NietGevonden (no example)."""
    html = opmaker.html(voorbeeld_opdracht(soort.sleutel, soort.sjablonen))
    uitslag = toets_html(soort.sleutel, html, regels)
    bronnen = bronbestanden(soort)
    vondsten = tuple(replace(v, plek=zoek_tekst(v.bevinding.zin, bronnen, soort.sjablonen)) for v in uitslag.vondsten)
    return replace(uitslag, vondsten=vondsten)


def _uitslag(naam: str, blokken: Sequence[Blok], regels: Taalregels) -> Taaluitslag:
    cijfers, bevindingen = meet([b.tekst for b in blokken if b.lopend], regels.toegestaan)
    notatie = [f for b in blokken for f in schrijfwijze(b.tekst, cel=b.cel)]
    vondsten = tuple(Vondst(b, None) for b in [*notatie, *bevindingen])
    return Taaluitslag(naam, cijfers, vondsten, tuple(regels.norm.tekorten(cijfers)))


def bronbestanden(soort: Soort) -> list[Path]:
    """The files that the text of this kind comes from: its templates first, then its example data."""
    sjablonen = gebruikte_sjablonen(soort.sjabloon, soort.sjablonen)
    return [*sjablonen, soort.voorbeeld, soort.sjablonen / "documenten" / "_gedeeld.toml"]
