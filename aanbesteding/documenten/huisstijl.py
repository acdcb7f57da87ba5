"""The look and the fixed texts of one municipality: `config/huisstijlen/<gemeente>/huisstijl.toml`.

Functions sign, not people: names change and do not belong in settings. Colours are checked on contrast when
the file is read, so that an unreadable house style never reaches a letter.
"""

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from aanbesteding.fouten import Invoerfout, NietGevonden

from .kleur import Kleur, contrast
from .logo import logofouten

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


class Termen(Strikt):
    """The words of this municipality; a table `[termen]` that leaves a word out gets the usual one."""

    inwoners: Tekst = "inwoners"
    """Plural, in the middle of a sentence; elsewhere "wijkbewoners" or "Amsterdammers"."""
    wethouder: Tekst = "wethouder"
    college: Tekst = "college van burgemeester en wethouders"
    """The full name of the board; "het college" stays the short one."""
    aanhef: Literal["Beste", "Geachte"] = "Beste"
    groet: Tekst = "Met vriendelijke groet"
    venster: Literal["links", "rechts"] = "links"
    """The side of the address window in the municipality's envelopes."""
    klachten: Annotated[str, Field(pattern=r"^([^@\s]+@[^@\s]+|https://\S+)?$")] = ""
    """Where people complain: an address of mail or web. Empty: the contact of the round."""


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
    termen: Termen = Termen()

    @property
    def volledige_naam(self) -> str:
        return f"Gemeente {self.naam}"

    @property
    def logo(self) -> Path:
        return self.map / "logo.svg"


def laad_huisstijl(sleutel: str, huisstijlen: Path) -> Huisstijl:
    """Read and check one house style. Raises NietGevonden (with suggestions) or Invoerfout (every fault)."""
    stijl, fouten = lees_huisstijl(sleutel, huisstijlen)
    if stijl is None or fouten:
        raise Invoerfout(fouten, waar=_waar(sleutel))
    return stijl


def lees_huisstijl(sleutel: str, huisstijlen: Path) -> tuple[Huisstijl | None, list[str]]:
    """The house style as far as its file can be read, and every fault of the file and the logo.

    Raises NietGevonden, with suggestions, when there is no such folder.
    """
    folder = huisstijlen / sleutel
    bestand = folder / "huisstijl.toml"
    if not sleutel.replace("-", "").isalnum() or not bestand.is_file():
        raise NietGevonden(_onbekend(sleutel, huisstijlen))
    logo = logofouten(folder / "logo.svg")
    try:
        ruw = tomllib.loads(bestand.read_text(encoding="utf-8"))
        return Huisstijl.model_validate({**ruw, "sleutel": sleutel, "map": folder.resolve()}), logo
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fout:
        return None, [f"dit is geen geldige TOML: {fout}", *logo]
    except ValidationError as fout:
        return None, [*_fouten(fout), *logo]


def bekende_huisstijlen(huisstijlen: Path) -> list[str]:
    return sorted(pad.parent.name for pad in huisstijlen.glob("[!_]*/huisstijl.toml"))


def _onbekend(sleutel: str, huisstijlen: Path) -> str:
    bekend = bekende_huisstijlen(huisstijlen)
    lijkt = difflib.get_close_matches(sleutel.lower(), bekend, n=3)
    bedoelt = f"Bedoelt u {' of '.join(repr(naam) for naam in lijkt)}? " if lijkt else ""
    return f"Er is geen huisstijl '{sleutel}'. {bedoelt}Bekend: {', '.join(bekend) or 'geen enkele'}."


def _waar(sleutel: str) -> str:
    return f"huisstijlen/{sleutel}/huisstijl.toml"


_SOORTFOUTEN = {
    "missing": "dit veld ontbreekt",
    "extra_forbidden": "dit veld bestaat niet; haal het weg",
    "string_too_short": "dit veld is leeg; vul het in",
    "string_type": "zet de waarde als tekst tussen aanhalingstekens",
    "bool_type": "schrijf true of false",
    "bool_parsing": "schrijf true of false",
    "too_short": "noem ten minste één ondertekenaar",
    "list_type": 'schrijf een lijst tussen blokhaken, zoals [{ functie = "de burgemeester" }]',
    "model_type": "schrijf een tabel, zoals het voorbeeld in _sjabloon",
}
_VORMEN = {
    "cbs_code": "schrijf de code van het CBS zoals GM0556",
    "web": "schrijf het hele adres, zoals https://www.gemeente.nl",
    "bezwaar_web": "schrijf het hele adres, zoals https://www.gemeente.nl/bezwaar",
    "email": "schrijf een e-mailadres, zoals aanbesteding@gemeente.nl",
    "postcode": "schrijf een postcode zoals 3140 AA, met één spatie",
    "aanhef": "kies Beste of Geachte",
    "venster": "kies links of rechts",
    "klachten": "schrijf een e-mailadres of een webadres dat begint met https://",
}


def _fouten(fout: ValidationError) -> list[str]:
    """Pydantic's faults as `veld: wat er mis is`, in the words that people know."""
    return [f"{'.'.join(map(str, f['loc']))}: {_zin(f)}".removeprefix(": ") for f in fout.errors()]


def _zin(f: Any) -> str:
    if f["type"] in _SOORTFOUTEN:
        return _SOORTFOUTEN[f["type"]]
    if f["type"] in ("string_pattern_mismatch", "literal_error") and f["loc"][-1] in _VORMEN:
        return _VORMEN[f["loc"][-1]]
    return str(f["msg"]).removeprefix("Value error, ")
