"""Pages from sjablonen/web: the filters of the documents, the address of a static file, and what every page knows."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from .. import klok
from ..documenten.sjabloon import maak_omgeving
from ..instellingen import instellingen
from .meldingen import MELDINGEN
from .menu import onderdelen
from .rolwoorden import HANDELING, POORT, ROL

WEB = "web"


def webmap() -> Path:
    return instellingen().sjablonen_map / WEB


@cache
def omgeving(sjablonen: Path) -> Environment:
    extra = {"middel": middel, "ROL": ROL, "POORT": POORT, "HANDELING": HANDELING, "onderdelen": onderdelen}
    return maak_omgeving(sjablonen, extra=extra)


@cache
def middel(pad: str) -> str:
    """Address of a static file with its fingerprint, so that a browser may keep it for ever."""
    inhoud = (webmap() / pad).read_bytes()
    return f"/middelen/{pad}?v={hashlib.sha256(inhoud).hexdigest()[:12]}"


def pagina(verzoek: Request, naam: str, /, *, status: int = 200, **gegevens: Any) -> HTMLResponse:
    """Fill sjablonen/web/`naam`. `bezoek` and `plek` come from the request when somebody is logged in."""
    stand = verzoek.state
    vast = {
        "verzoek": verzoek,
        "pad": verzoek.url.path,
        "bezoek": getattr(stand, "bezoek", None),
        "plek": getattr(stand, "plek", None),
        "melding": MELDINGEN.get(verzoek.query_params.get("klaar", ""), ""),
        "oefenklok": klok.nu() if klok.verschoven() else None,
    }
    html = omgeving(instellingen().sjablonen_map).get_template(f"{WEB}/{naam}").render(vast | gegevens)
    return HTMLResponse(html, status)
