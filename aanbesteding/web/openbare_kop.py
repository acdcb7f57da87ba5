"""What answers for everybody carry: they may be kept for a while, found by search engines and read by other sites."""

from fastapi import Response

from ..documenten.huisstijl import Huisstijl, laad_huisstijl
from ..instellingen import instellingen

EVEN = "public, max-age=60"
"""A page may lag a minute behind a decision, never more."""


def vindbaar(antwoord: Response) -> Response:
    """A public page: search engines may list it. With a login its header differs, so caches keep it to oneself."""
    antwoord.headers["X-Robots-Tag"] = "all"
    antwoord.headers["Cache-Control"] = "private, no-cache"
    return antwoord


def bestand(inhoud: str | bytes, soort: str, naam: str = "") -> Response:
    """A file that is the same for everybody; `naam` makes it a download."""
    koppen = {"Cache-Control": EVEN, "X-Robots-Tag": "all", "Access-Control-Allow-Origin": "*",
              "Cross-Origin-Resource-Policy": "cross-origin"}  # fmt: skip
    if naam:
        koppen["Content-Disposition"] = f'attachment; filename="{naam}"'
    return Response(inhoud, media_type=soort, headers=koppen)


def huisstijl(gemeente: str) -> Huisstijl:
    return laad_huisstijl(gemeente, instellingen().huisstijlen_map)
