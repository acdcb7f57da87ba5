"""The catalogue of good indicators: config/indicatoren/*.toml, one file per theme, checked when it is read.

An entry says what is asked or counted, how, where it can be trusted and what it does not say; every figure in it
names its source. Choosing one fills a row of the measuring plan; a municipality adds its own in the same files.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from .fouten import Invoerfout, NietGevonden
from .inhoud import Breuk, Indicator
from .invoer import lees_toml, toets
from .kern.notatie import getal
from .regels import Sleutel, Strikt, Tekst

Niveau = Literal["eigen gebied", "buurt", "wijk", "gemeente", "land"]
NIVEAUS: dict[Niveau, str] = {
    "eigen gebied": "elk gebied waar u zelf genoeg mensen vraagt",
    "buurt": "een buurt",
    "wijk": "een wijk",
    "gemeente": "een hele gemeente",
    "land": "heel Nederland",
}
Herkomst = Literal["letterlijk", "naar voorbeeld", "eigen"]
HERKOMSTEN: dict[Herkomst, str] = {
    "letterlijk": "Zo staat het in de bron. Verander geen woord, dan kunt u vergelijken.",
    "naar voorbeeld": "Een vraag voor uw eigen vragenlijst, naar het voorbeeld van de bron. Vergelijk alleen metingen "
    "met deze zelfde vraag.",
    "eigen": "Een vraag of telling die wij voorstellen. Vergelijk alleen metingen die u zelf zo doet.",
}


class Vindplaats(Strikt):
    titel: Tekst
    adres: Annotated[str, Field(pattern=r"^https?://\S+$")]


class Vraag(Strikt):
    """What is asked, word for word. `telt`: the answers that count, or how a score is made of them."""

    tekst: Tekst
    stellingen: list[Tekst] = []
    antwoorden: list[Tekst] = []
    telt: Tekst
    herkomst: Herkomst


class Waarde(Strikt):
    """A figure that a source gives, to know what is usual."""

    wat: Tekst
    waarde: Tekst
    bron: Annotated[int, Field(ge=1)]
    """Number of the source in `bronnen`, counted from 1."""


class Catalogusindicator(Strikt):
    sleutel: Sleutel
    titel: Tekst
    waarom: Tekst
    definitie: Tekst
    vraag: Vraag | None = None
    eenheid: Tekst
    schaal: Literal["procent", "aandeel", "gemiddelde", "aantal"]
    richting: Literal["omhoog", "omlaag"]
    bronsoort: Literal["vragenlijst", "registratie", "open data"]
    bron: Tekst
    ritme: Literal["jaar", "halfjaar", "kwartaal"]
    frequentie: Tekst
    niveau: Niveau
    laagste: float | None = None
    hoogste: float | None = None
    decimalen: Annotated[int, Field(ge=0, le=4)] = 1
    spreiding: Annotated[float, Field(gt=0)] | None = None
    modelcijfers: bool = False
    breuken: list[Breuk] = []
    relevant_effect: Annotated[float, Field(gt=0)]
    relevant_uitleg: Tekst
    waarden: list[Waarde] = []
    waarschuwingen: list[Tekst] = Field(min_length=1)
    bronnen: list[Vindplaats] = Field(min_length=1)

    @model_validator(mode="after")
    def _klopt(self) -> Self:
        if self.bronsoort == "vragenlijst" and self.vraag is None:
            raise ValueError("een vragenlijst heeft een vraag nodig; vul 'vraag' in")
        for w in self.waarden:
            if w.bron > len(self.bronnen):
                raise ValueError(f"'{w.wat}' verwijst naar bron {w.bron}, maar er zijn er {len(self.bronnen)}")
        if self.modelcijfers and self.niveau in ("eigen gebied", "buurt", "wijk"):
            raise ValueError("modelcijfers zijn per wijk of buurt niet te vertrouwen; kies niveau 'gemeente' of 'land'")
        return self

    @property
    def effecteenheid(self) -> str:
        return "procentpunt" if self.schaal == "procent" else self.eenheid

    def als_indicator(self, *, primair: bool) -> dict[str, Any]:
        """A row of the measuring plan; what only the municipality knows (where it stands, the goal) stays empty."""
        return {
            "sleutel": self.sleutel,
            "titel": self.titel,
            "definitie": self.volledige_definitie(),
            "eenheid": self.eenheid,
            "richting": self.richting,
            "bron": self.bron,
            "frequentie": self.frequentie,
            "nulstand": "",
            "streef": "",
            "relevant_effect": self.relevant_effect,
            "primair": primair,
            "catalogus": self.sleutel,
            "bronsoort": self.bronsoort,
            "ritme": self.ritme,
            "schaal": self.schaal,
            "laagste": self.laagste,
            "hoogste": self.hoogste,
            "decimalen": self.decimalen,
            "spreiding": self.spreiding,
            "modelcijfers": self.modelcijfers,
            "breuken": [b.model_dump() for b in self.breuken],
        }

    def volledige_definitie(self) -> str:
        """What is counted with the question, its answers and which of them count: enough to measure it again."""
        v = self.vraag
        if v is None:
            return self.definitie
        delen = [self.definitie, f"Vraag: ‘{v.tekst}’"]
        delen += [f"{n}. {s}" for n, s in enumerate(v.stellingen, 1)]
        delen += [f"Antwoorden: {', '.join(v.antwoorden)}."] if v.antwoorden else []
        return "\n".join([*delen, v.telt])

    def relevant(self) -> str:
        """The suggested smallest difference that matters, with its unit."""
        return f"{getal(self.relevant_effect)} {self.effecteenheid}"


class Thema(Strikt):
    """One file: a theme with its indicators."""

    sleutel: Sleutel
    titel: Tekst
    uitleg: Tekst
    volgorde: int
    indicatoren: list[Catalogusindicator] = Field(min_length=1)


@cache
def laad_catalogus(map_: Path) -> tuple[Thema, ...]:
    """All themes in their order. Raises Invoerfout that names the file and the field."""
    themas = [toets(Thema, lees_toml(pad), waar=str(pad)) for pad in sorted(map_.glob("*.toml"))]
    if not themas:
        raise Invoerfout("hier staat geen enkel thema met indicatoren", waar=str(map_))
    gezien: set[str] = set()
    for i in (i for t in themas for i in t.indicatoren):
        if i.sleutel in gezien:
            raise Invoerfout(f"sleutel: '{i.sleutel}' staat er twee keer", waar=str(map_))
        gezien.add(i.sleutel)
    return tuple(sorted(themas, key=lambda t: (t.volgorde, t.sleutel)))


def zoek(themas: tuple[Thema, ...], sleutel: str) -> Catalogusindicator:
    """One indicator by its key. Raises NietGevonden."""
    for i in (i for t in themas for i in t.indicatoren):
        if i.sleutel == sleutel:
            return i
    raise NietGevonden("Deze indicator staat niet in de catalogus.")


def waarschuwingen(themas: tuple[Thema, ...], plan: Mapping[str, Indicator]) -> dict[str, list[str]]:
    """Indicator key → what the catalogue warns about, for those that were taken from it."""
    alle = {i.sleutel: i for t in themas for i in t.indicatoren}
    return {k: alle[i.catalogus].waarschuwingen for k, i in plan.items() if i.catalogus in alle}
