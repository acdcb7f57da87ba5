"""The look and the fixed texts of one municipality: `config/huisstijlen/<gemeente>/huisstijl.toml`.

Functions sign, not people: names change and do not belong in settings. Colours are checked on contrast when
the file is read, so that an unreadable house style never reaches a letter.
"""

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from aanbesteding.fouten import Invoerfout, NietGevonden

from .kleur import Kleur, contrast

Tekst = Annotated[str, Field(min_length=1)]
MINIMAAL_CONTRAST = 4.5


class Strikt(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Kleuren(Strikt):
    """Text colours are used on white and on `tint`; `lijn` is for hairlines only and carries no meaning."""

    inkt: Kleur
    hoofd: Kleur
    diep: Kleur
    grijs: Kleur
    accent: Kleur
    goed: Kleur
    tint: Kleur
    lijn: Kleur

    @model_validator(mode="after")
    def _leesbaar(self) -> Self:
        fouten = [
            f"kleuren.{naam} ({kleur}) is slecht leesbaar op {waarop} ({grond}): contrast {verhouding:.1f}, "
            f"minimaal {MINIMAAL_CONTRAST}; kies een donkerder kleur"
            for naam in ("inkt", "hoofd", "diep", "grijs", "accent", "goed")
            for waarop, grond in (("wit", "#ffffff"), ("kleuren.tint", self.tint))
            if (verhouding := contrast(kleur := getattr(self, naam), grond)) < MINIMAAL_CONTRAST
        ]
        if fouten:
            raise ValueError("; ".join(fouten))
        return self


class Adres(Strikt):
    straat: Tekst
    postcode: Annotated[str, Field(pattern=r"^[1-9]\d{3} [A-Z]{2}$")]
    plaats: Tekst

    def regels(self) -> list[str]:
        """Two spaces between postcode and town, as Dutch post asks (NEN 5825)."""
        return [self.straat, f"{self.postcode}  {self.plaats}"]

    def in_een_zin(self) -> str:
        return f"{self.straat}, {self.postcode} {self.plaats}"


class Ondertekenaar(Strikt):
    """Who signs, as a function ("de secretaris"); the name is written by hand."""

    functie: Tekst


class Ondertekening(Strikt):
    aanhef: Tekst
    """Line above the functions, e.g. "Het college van burgemeester en wethouders van Maassluis"."""
    door: list[Ondertekenaar] = Field(min_length=1)


class Ondertekeningen(Strikt):
    college: Ondertekening
    projectleider: Ondertekening
    """For letters that are sent under mandate."""


class Huisstijl(Strikt):
    sleutel: Tekst
    map: Path
    naam: Tekst
    """The town, without the word 'gemeente'."""
    cbs_code: Annotated[str, Field(pattern=r"^GM\d{4}$")]
    fictief: bool = False
    web: Annotated[str, Field(pattern=r"^https://")]
    telefoon: Tekst
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    bezwaar_web: Annotated[str, Field(pattern=r"^https://")]
    rechtbank: Tekst
    """Where a provisional ruling (voorlopige voorziening) is asked."""
    bezoekadres: Adres
    postadres: Adres
    kleuren: Kleuren
    ondertekening: Ondertekeningen

    @property
    def volledige_naam(self) -> str:
        return f"Gemeente {self.naam}"

    @property
    def logo(self) -> Path:
        return self.map / "logo.svg"


def laad_huisstijl(sleutel: str, huisstijlen: Path) -> Huisstijl:
    """Read and check one house style. Raises NietGevonden (with suggestions) or Invoerfout (every fault)."""
    folder = huisstijlen / sleutel
    bestand = folder / "huisstijl.toml"
    if not sleutel.replace("-", "").isalnum() or not bestand.is_file():
        raise NietGevonden(_onbekend(sleutel, huisstijlen))
    try:
        ruw = tomllib.loads(bestand.read_text(encoding="utf-8"))
        huisstijl = Huisstijl.model_validate({**ruw, "sleutel": sleutel, "map": folder.resolve()})
    except tomllib.TOMLDecodeError as fout:
        raise Invoerfout(f"dit is geen geldige TOML: {fout}", waar=_waar(sleutel)) from fout
    except ValidationError as fout:
        raise Invoerfout(_fouten(fout), waar=_waar(sleutel)) from fout
    if not huisstijl.logo.is_file():
        raise Invoerfout("het bestand logo.svg ontbreekt; zet het naast huisstijl.toml", waar=_waar(sleutel))
    return huisstijl


def bekende_huisstijlen(huisstijlen: Path) -> list[str]:
    return sorted(pad.parent.name for pad in huisstijlen.glob("*/huisstijl.toml"))


def _onbekend(sleutel: str, huisstijlen: Path) -> str:
    bekend = bekende_huisstijlen(huisstijlen)
    lijkt = difflib.get_close_matches(sleutel.lower(), bekend, n=3)
    bedoelt = f"Bedoelt u {' of '.join(repr(naam) for naam in lijkt)}? " if lijkt else ""
    return f"Er is geen huisstijl '{sleutel}'. {bedoelt}Bekend: {', '.join(bekend) or 'geen enkele'}."


def _waar(sleutel: str) -> str:
    return f"huisstijlen/{sleutel}/huisstijl.toml"


def _fouten(fout: ValidationError) -> list[str]:
    """Pydantic's faults as `veld: wat er mis is`, in the words that people know."""
    woorden = {"missing": "dit veld ontbreekt", "extra_forbidden": "dit veld bestaat niet; haal het weg"}
    return [
        f"{'.'.join(str(deel) for deel in f['loc'])}: ".removeprefix(": ")
        + woorden.get(f["type"], f["msg"].removeprefix("Value error, "))
        for f in fout.errors()
    ]
