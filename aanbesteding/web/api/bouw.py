"""The API as an application of its own under /v1: own errors, own description, own front."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import Engine
from starlette.responses import JSONResponse

from ...instellingen import instellingen
from .bronnen import router
from .problemen import SOORT, Probleem, registreer
from .voorkant import VERSIE, Voorkant

UITLEG = """Openbare gegevens over rondes van maatschappelijk aanbesteden: de oproep, vragen en antwoorden, de uitkomst,
de pilots, de voortgang en de metingen. U hoeft niet in te loggen. Over voorstellen staat hier niets voordat het college
heeft besloten. Bedragen zijn hele centen, tijden zijn UTC. Een antwoord mag u een minuut bewaren."""
FOUTEN = {400: "De vraag klopt niet.", 404: "Dit is er niet, of het is nog niet openbaar.",
          406: "Wij geven alleen JSON."}  # fmt: skip


def maak_api(motor: Engine, nu: Callable[[], datetime]) -> Voorkant:
    api = FastAPI(
        title="Maatschappelijk aanbesteden", version=VERSIE, description=UITLEG,
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, separate_input_output_schemas=False,
        generate_unique_id_function=_naam,
        responses={n: {"description": zin, "content": {SOORT: {"schema": _verwijzing()}}} for n, zin in FOUTEN.items()},
    )  # fmt: skip
    api.state.motor, api.state.klok = motor, nu
    api.include_router(router)
    registreer(api)
    beschrijving = _beschrijving(api)
    api.add_api_route("/openapi.json", lambda: JSONResponse(beschrijving), include_in_schema=False)
    return Voorkant(api)


def _naam(route: APIRoute) -> str:
    return route.name.replace("-", "_")


def _verwijzing() -> dict[str, str]:
    return {"$ref": "#/components/schemas/Probleem"}


def _beschrijving(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with what FastAPI cannot know: contact, server, headers, and 400 in place of 422."""
    instelling = instellingen()
    uit = api.openapi()
    uit["openapi"] = "3.1.0"
    uit["info"]["contact"] = {"name": "Beheer maatschappelijk aanbesteden", "url": instelling.adres,
                              "email": instelling.afzender}  # fmt: skip
    uit["info"]["license"] = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    uit["servers"] = [{"url": f"{instelling.adres}/v1", "description": "Deze installatie"}]
    uit["tags"] = [{"name": n, "description": d} for n, d in
                   (("Rondes", "Rondes en hun stukken"), ("Oproep", "Wat de gemeente vraagt en hoe zij kiest"),
                    ("Uitkomst", "Na het besluit van het college"), ("Pilots", "Uitvoering en effect"))]  # fmt: skip
    schemas = uit["components"]["schemas"]
    for weg in ("HTTPValidationError", "ValidationError"):
        schemas.pop(weg, None)
    schemas |= _problemen()
    for pad in uit["paths"].values():
        for werk in pad.values():
            werk["responses"].pop("422", None)
            for antwoord in werk["responses"].values():
                antwoord["headers"] = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
    versie = {"description": "De volledige versie van de API.", "schema": {"type": "string"}, "example": VERSIE}
    uit["components"]["headers"] = {"API-Version": versie}
    return uit


def _problemen() -> dict[str, Any]:
    schema = Probleem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Probleem": schema}
