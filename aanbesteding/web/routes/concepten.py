"""Autosave: the text of a form, kept while it is typed."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from fastapi.responses import JSONResponse

from ...handelingen import concepten
from ..middelen import InRonde
from ..velden import bewaarbaar

router = APIRouter()


@router.put("/werk/{kenmerk}/concepten/{wie}/{sleutel:path}")
def bewaar(
    plek: InRonde,
    wie: str,
    sleutel: str,
    inhoud: Annotated[dict[str, Any], Body()],
    vanaf: Annotated[str, Body()] = "",
) -> Response:
    """Keep the draft of one form; `wie` is the participant's key, who must be this person himself."""
    deelnemer = next((d for d in plek.als.values() if d.sleutel == wie), None)
    if deelnemer is None:
        return JSONResponse({"titel": "Dit mag u niet", "uitleg": "Dit is een concept van iemand anders."}, 403)
    uit = concepten.bewaar(plek.motor, deelnemer, bewaarbaar(sleutel), bewaarbaar(inhoud), vanaf=vanaf, nu=plek.nu)
    return JSONResponse({"merk": uit.merk, "versie": uit.versie, "botst": uit.botst, "anders": uit.anders})
