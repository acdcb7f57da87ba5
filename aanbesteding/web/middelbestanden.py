"""Static files: our own style and script, the packages that npm brought, the fonts and the marks of municipalities."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ..instellingen import instellingen
from .sjablonen import webmap

EEN_JAAR = "public, max-age=31536000, immutable"


class Middelen(StaticFiles):
    """Only folders that are meant to be read; an address with a fingerprint may be kept for ever."""

    def __init__(self) -> None:
        super().__init__(directory=webmap(), check_dir=False)
        self.all_directories = [webmap()]

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not path.startswith(("middelen/", "pakketten/", "fonts/")):
            return Response(status_code=404)
        antwoord = await super().get_response(path, scope)
        antwoord.headers["Cache-Control"] = EEN_JAAR if b"v=" in scope.get("query_string", b"") else "no-cache"
        antwoord.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return antwoord


def logo(gemeente: str) -> bytes:
    """The mark of a municipality (SVG) from its house style; the name was checked by `laad_huisstijl`."""
    return (instellingen().huisstijlen_map / gemeente / "logo.svg").read_bytes()
