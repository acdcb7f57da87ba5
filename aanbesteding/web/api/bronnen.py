"""The resources of the API: nouns in Dutch, plural, kebab-case; every list in pages, every key in camelCase."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from ...overzichten import openbaar, openbaar_pilots, openbaar_uitslag
from ...overzichten import openbaarzichten as z
from ...overzichten.openbaar import Publicatie
from ..middelen import Database, Nu

T = TypeVar("T")
Kenmerk = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$", description="Kenmerk van de ronde.")]
Coalitie = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$", description="Sleutel van de coalitie.")]


class Lijstvraag(BaseModel):
    """Paging; a parameter that does not exist is an error, since it would be ignored in silence."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, populate_by_name=False)
    pagina: Annotated[int, Field(ge=1, le=100_000, description="Welke pagina, vanaf 1.")] = 1
    per_pagina: Annotated[int, Field(ge=1, le=500, description="Hoeveel per pagina.")] = 100


class Rondevraag(Lijstvraag):
    gemeente: Annotated[str | None, Field(pattern=r"^[a-z0-9-]{1,60}$", description="Alleen deze gemeente.")] = None


class Pilotvraag(Lijstvraag):
    coalitie: Annotated[str | None, Field(pattern=r"^[a-z0-9-]{1,60}$", description="Alleen deze coalitie.")] = None


class Metingvraag(Pilotvraag):
    indicator: Annotated[str | None, Field(pattern=r"^[a-z0-9-]{1,60}$", description="Alleen deze indicator.")] = None
    periode: Annotated[str | None, Field(pattern=r"^\d{4}-[12]$", description="Alleen dit halfjaar: 2027-1.")] = None


class GeenVraag(BaseModel):
    """A resource without parameters."""

    model_config = ConfigDict(extra="forbid")


class Link(BaseModel):
    href: str


class Lijst(BaseModel, Generic[T]):
    """One page of a list."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    aantal: int = Field(description="Hoeveel er in totaal zijn.")
    pagina: int
    per_pagina: int
    resultaten: list[T]
    links: dict[str, Link] = Field(alias="_links", description="self, en waar die er zijn: vorige en volgende.")


router = APIRouter()


def _publicatie(kenmerk: Kenmerk, session: Database) -> Publicatie:
    return openbaar.publicatie(session, kenmerk)


Ronde = Annotated[Publicatie, Depends(_publicatie)]


def blader(verzoek: Request, rijen: Sequence[z.Openbaar], vraag: Lijstvraag) -> dict[str, Any]:
    """One page of the rows that pass the filters of the question."""
    kaal = vraag.model_dump(exclude={"pagina", "per_pagina"}, exclude_none=True)
    goed = [r for r in rijen if all(getattr(r, k) == w for k, w in kaal.items())]
    begin = (vraag.pagina - 1) * vraag.per_pagina
    links = {"self": vraag.pagina}
    links |= {"vorige": vraag.pagina - 1} if vraag.pagina > 1 else {}
    links |= {"volgende": vraag.pagina + 1} if begin + vraag.per_pagina < len(goed) else {}
    adres = str(verzoek.url.path)
    return {
        "aantal": len(goed), "pagina": vraag.pagina, "per_pagina": vraag.per_pagina,
        "resultaten": goed[begin : begin + vraag.per_pagina],
        "links": {naam: Link(href=_adres(adres, vraag, n)) for naam, n in links.items()},
    }  # fmt: skip


def _adres(pad: str, vraag: Lijstvraag, pagina: int) -> str:
    velden = vraag.model_dump(by_alias=True, exclude_none=True) | {"pagina": pagina}
    return f"{pad}?{'&'.join(f'{k}={w}' for k, w in velden.items())}"


@router.get("/rondes", tags=["Rondes"], summary="Alle rondes met een openbare oproep")
def lees_rondes(
    verzoek: Request, session: Database, nu: Nu, vraag: Annotated[Rondevraag, Query()]
) -> Lijst[z.Ronde]:  # fmt: skip
    return Lijst[z.Ronde](**blader(verzoek, openbaar.rondes(session, nu), vraag))


@router.get("/rondes/{kenmerk}", tags=["Rondes"], summary="Eén ronde")
def lees_ronde(ronde: Ronde, nu: Nu, vraag: Annotated[GeenVraag, Query()]) -> z.Ronde:
    return openbaar.rondezicht(ronde, nu)


@router.get("/rondes/{kenmerk}/uitslag", tags=["Uitkomst"], summary="De uitkomst met redenen, na het besluit")
def lees_uitslag(ronde: Ronde, vraag: Annotated[GeenVraag, Query()]) -> z.Uitslag:
    return openbaar_uitslag.uitslag(ronde)


@router.get("/rondes/{kenmerk}/pilots/{coalitie}", tags=["Pilots"], summary="Eén pilot")
def lees_pilot(ronde: Ronde, coalitie: Coalitie, vraag: Annotated[GeenVraag, Query()]) -> z.Pilot:
    return openbaar_pilots.pilot(ronde, coalitie)


Lezer = Callable[[Publicatie, datetime], Sequence[z.Openbaar]]
LIJSTEN: tuple[tuple[str, type[z.Openbaar], type[Lijstvraag], str, str, Lezer], ...] = (
    ("opgaven", z.Opgave, Lijstvraag, "Oproep", "Wat de gemeente vraagt", lambda p, _: openbaar.opgaven(p)),
    ("criteria", z.Criterium, Lijstvraag, "Oproep", "Criteria met gewicht en ankers",
     lambda p, _: openbaar.criteria(p)),
    ("momenten", z.Moment, Lijstvraag, "Oproep", "Alle aangekondigde datums", openbaar.planning),
    ("vragen", z.Vraag, Lijstvraag, "Oproep", "Vragen met antwoord", lambda p, _: openbaar.vragen(p)),
    ("documenten", z.Document, Lijstvraag, "Rondes", "Openbare documenten", lambda p, _: openbaar.documenten(p)),
    ("nieuwsberichten", z.Nieuws, Lijstvraag, "Rondes", "Wat er openbaar werd", lambda p, _: openbaar.nieuws(p)),
    ("scores", z.Score, Pilotvraag, "Uitkomst", "Scores, zonder namen", lambda p, _: openbaar_uitslag.scores(p)),
    ("pilots", z.Pilot, Lijstvraag, "Pilots", "De pilots", lambda p, _: openbaar_pilots.pilots(p)),
    ("voortgangsverslagen", z.Voortgang, Pilotvraag, "Pilots", "Voortgang", lambda p, _: openbaar_pilots.voortgang(p)),
    ("effectoordelen", z.Oordeel, Pilotvraag, "Pilots", "Wat de metingen zeggen",
     lambda p, _: openbaar_pilots.oordelen(p)),
    ("metingen", z.Meting, Metingvraag, "Pilots", "Alle gemeten waarden", lambda p, _: openbaar_pilots.metingen(p)),
    ("subsidies", z.Subsidie, Lijstvraag, "Pilots", "Subsidieregister (Woo, artikel 3.3a)",
     lambda p, _: openbaar_pilots.subsidies(p)),
)  # fmt: skip
"""Path, row, question, tag, summary, where it comes from."""


def _voeg_toe(pad: str, soort: type[z.Openbaar], vraagsoort: type[Lijstvraag], tag: str, wat: str, lees: Lezer) -> None:
    def geef(verzoek: Request, ronde: Ronde, nu: Nu, vraag: Lijstvraag) -> dict[str, Any]:
        return blader(verzoek, lees(ronde, nu), vraag)

    geef.__name__ = f"lees_{pad}"
    geef.__annotations__["vraag"] = Annotated[vraagsoort, Query()]
    model: Any = Lijst[soort]  # type: ignore[valid-type]  # made at run time, one per row of the table above
    router.add_api_route(f"/rondes/{{kenmerk}}/{pad}", geef, response_model=model, tags=[tag], summary=wat)


for _regel in LIJSTEN:
    _voeg_toe(*_regel)
