"""Errors as pages: in Dutch, with what to do next, and with everything that was typed still there."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.exc import DataError, OperationalError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from ..fouten import Conflict, Gebruikersfout, GeenToestemming, Invoerfout, NietGevonden
from .api.problemen import probleem
from .beveiliging import KOPPEN
from .doen import zonder_raad
from .middelen import NietIngelogd, aanmeldpad
from .sjablonen import pagina

log = logging.getLogger(__name__)
STATUS: Mapping[type[Gebruikersfout], int] = {Invoerfout: 422, GeenToestemming: 403, NietGevonden: 404, Conflict: 409}
TITELS = {
    400: "Deze vraag begrijpen wij niet", 403: "Dit mag u niet, of nu niet", 404: "Deze pagina is er niet",
    405: "Dit kan hier niet", 409: "Dit kan nu niet", 413: "Dit bestand is te groot",
    422: "Er klopt iets niet", 503: "Even geduld",
}  # fmt: skip
EIGEN_TEKST = 30
"""Hidden fields of a form that was sent without a session; more than this is no form of ours."""


def registreer(app: FastAPI) -> None:
    app.add_exception_handler(NietIngelogd, _niet_ingelogd)
    app.add_exception_handler(Gebruikersfout, _gebruikersfout)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _onleesbaar)
    app.add_exception_handler(DataError, _onleesbaar)
    app.add_exception_handler(OperationalError, _bezet)
    app.add_exception_handler(Exception, _onverwacht)


def _wil_json(verzoek: Request) -> bool:
    return "application/json" in verzoek.headers.get("accept", "")


def toon(verzoek: Request, status: int, uitleg: str) -> Response:
    titel = TITELS.get(status, "Er ging iets mis")
    if verzoek.url.path.startswith("/v1/"):  # an address that the API's own router could not even take
        return probleem(status, pad=verzoek.url.path)
    if _wil_json(verzoek):
        return JSONResponse({"titel": titel, "uitleg": uitleg}, status)
    return pagina(verzoek, "fout.html", status=status, titel=titel, uitleg=uitleg)


async def _niet_ingelogd(verzoek: Request, _fout: Exception) -> Response:
    if _wil_json(verzoek):
        return JSONResponse({"titel": "U bent uitgelogd", "uitleg": "Log opnieuw in."}, 401)
    if verzoek.method != "POST":
        return RedirectResponse(aanmeldpad(verzoek), 303)
    return pagina(verzoek, "uitgelogd.html", status=401, velden=await _velden(verzoek))


async def _velden(verzoek: Request) -> list[tuple[str, str]]:
    """What was typed, to send again after logging in; files cannot be kept by a page and are left out."""
    if verzoek.headers.get("content-type", "").partition(";")[0] not in (
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ):
        return []
    formulier: Any = await verzoek.form()
    return [(n, w) for n, w in formulier.multi_items() if not isinstance(w, UploadFile)]


async def _gebruikersfout(verzoek: Request, fout: Exception) -> Response:
    bericht = zonder_raad(fout) if isinstance(fout, Gebruikersfout) else str(fout)
    return toon(verzoek, next((s for soort, s in STATUS.items() if isinstance(fout, soort)), 422), bericht)


async def _http(verzoek: Request, fout: Exception) -> Response:
    status = fout.status_code if isinstance(fout, HTTPException) else 500
    return toon(verzoek, status, "Controleer het adres, of ga terug naar de eerste pagina.")


async def _onleesbaar(verzoek: Request, _fout: Exception) -> Response:
    return toon(verzoek, 400, "Een onderdeel van het adres of het formulier klopt niet. Ga terug en probeer opnieuw.")


async def _bezet(verzoek: Request, fout: Exception) -> Response:
    log.error("database: %s", fout)
    return toon(verzoek, 503, "Het systeem heeft het druk. Uw tekst is niet weg: ga terug en probeer het opnieuw.")


async def _onverwacht(verzoek: Request, fout: Exception) -> Response:
    """A fault of ours: the log gets the traceback (Starlette raises it again), the person gets a way on."""
    verzoek.state.plek = None
    uitleg = "Dit is een fout van ons. Wat u typte, is op dit apparaat bewaard. Probeer het opnieuw."
    antwoord = toon(verzoek, 500, uitleg)
    antwoord.headers.update(KOPPEN)  # this answer is made outside of all middleware
    return antwoord
