"""Every error as application/problem+json (RFC 9457), in Dutch, with what to do; bad input is always 400."""

import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from ...fouten import Gebruikersfout, GeenToestemming, NietGevonden

log = logging.getLogger(__name__)
SOORT = "application/problem+json"
TITELS = {400: "Deze vraag klopt niet", 404: "Dit is er niet", 405: "Dit kan hier niet",
          406: "Deze vorm geven wij niet", 500: "Er ging iets mis", 503: "Even geduld"}  # fmt: skip
UITLEG = {
    404: "Controleer het adres. Een adres eindigt niet op een schuine streep.",
    405: "Deze API kunt u alleen lezen. Gebruik GET, HEAD of OPTIONS.",
}


class Fout(BaseModel):
    """One parameter that is wrong."""

    naam: str
    reden: str


class Probleem(BaseModel):
    type: str = "about:blank"
    status: int = Field(examples=[404])
    title: str = Field(examples=["Dit is er niet"])
    detail: str = Field(examples=["Controleer het adres."])
    instance: str = Field(default="", description="Het pad van de vraag.")
    fouten: list[Fout] = []


def probleem(status: int, detail: str = "", *, pad: str = "", fouten: list[Fout] | None = None) -> Response:
    titel = TITELS.get(status, "Er ging iets mis")
    inhoud = Probleem(status=status, title=titel, detail=detail or UITLEG.get(status, titel), instance=pad,
                      fouten=fouten or [])  # fmt: skip
    return JSONResponse(inhoud.model_dump(), status, media_type=SOORT)


def registreer(api: FastAPI) -> None:
    api.add_exception_handler(RequestValidationError, _invoer)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Gebruikersfout, _gebruikersfout)
    api.add_exception_handler(OperationalError, _bezet)
    api.add_exception_handler(Exception, _onverwacht)


async def _invoer(verzoek: Request, fout: Exception) -> Response:
    ruw = fout.errors() if isinstance(fout, RequestValidationError) else []
    fouten = [Fout(naam=str(f["loc"][-1]), reden=_reden(str(f["type"]), str(f["msg"]))) for f in ruw]
    return probleem(400, "Een onderdeel van de vraag klopt niet. Zie 'fouten'.", pad=verzoek.url.path, fouten=fouten)


def _reden(soort: str, zin: str) -> str:
    bekend = {"extra_forbidden": "Deze parameter bestaat niet.", "int_parsing": "Geef een heel getal.",
              "greater_than_equal": "Dit getal is te klein.", "less_than_equal": "Dit getal is te groot.",
              "bool_parsing": "Geef true of false.", "literal_error": "Kies een van de waarden uit de beschrijving.",
              "string_pattern_mismatch": "Gebruik kleine letters, cijfers en streepjes.",
              "datetime_from_date_parsing": "Geef een datum met tijd en zone, zoals 2027-02-01T12:00:00Z."}  # fmt: skip
    return bekend.get(soort, zin)


async def _http(verzoek: Request, fout: Exception) -> Response:
    status = fout.status_code if isinstance(fout, HTTPException) else 500
    antwoord = probleem(status, pad=verzoek.url.path)
    if status == 405:
        antwoord.headers["Allow"] = "GET, HEAD, OPTIONS"
    return antwoord


async def _gebruikersfout(verzoek: Request, fout: Exception) -> Response:
    """What may not be seen yet does not exist here: 404, never 403."""
    weg = isinstance(fout, NietGevonden | GeenToestemming)
    return probleem(404 if weg else 400, fout.bericht if isinstance(fout, Gebruikersfout) else "", pad=verzoek.url.path)


async def _bezet(verzoek: Request, fout: Exception) -> Response:
    log.error("database: %s", fout)
    return probleem(503, "Het systeem heeft het druk. Probeer het zo weer.", pad=verzoek.url.path)


async def _onverwacht(verzoek: Request, _fout: Exception) -> Response:
    return probleem(500, "Dit is een fout van ons. Probeer het later weer.", pad=verzoek.url.path)
