"""What holds for every answer of the API, around the application: methods, Accept, version, CORS, ETag.

Answers are small and the same for everybody, so that the body can be held to take its fingerprint.
"""

import hashlib
import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problemen import SOORT, probleem

log = logging.getLogger(__name__)
VERSIE = "1.0.0"
METHODEN = "GET, HEAD, OPTIONS"
KOPPEN = {
    "API-Version": VERSIE,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Vary": "Accept",
}
BEWAREN = "public, max-age=60"
"""Public data may be kept for a minute; an error is never kept."""


class Voorkant:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        methode, koppen = scope["method"], Headers(scope=scope)
        if methode == "OPTIONS":
            await _stuur(send, 204, {"Allow": METHODEN, "Access-Control-Allow-Methods": METHODEN,
                                     "Access-Control-Allow-Headers": "Accept, If-None-Match",
                                     "Access-Control-Max-Age": "86400", "Cache-Control": "no-store"}, b"")  # fmt: skip
            return
        if not wil_json(koppen.get("accept", "")):
            fout = probleem(406, "Wij geven alleen application/json.", pad=scope["path"])
            inhoud = b"" if methode == "HEAD" else bytes(fout.body)
            await _stuur(send, 406, {"Content-Type": SOORT, "Cache-Control": "no-store"}, inhoud)
            return
        kop = methode == "HEAD"
        vang = _Vanger()
        try:
            await self.app({**scope, "method": "GET"} if kop else scope, receive, vang)
        except Exception:
            log.exception("API: %r", scope["path"])  # the application made its answer (500) before it raised
        await vang.geef_door(send, koppen.get("if-none-match", ""), kop=kop)


def wil_json(accept: str) -> bool:
    """Whether an answer in JSON is welcome; no header at all is a yes, and q=0 is a no."""
    goed = {"*/*", "application/*", "application/json", SOORT}
    for deel in accept.lower().split(","):
        soort, *parameters = (d.strip() for d in deel.split(";"))
        if soort in goed and not any(p.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for p in parameters):
            return True
    return not accept.strip()


class _Vanger:
    """Holds one answer, to dress it before it goes."""

    def __init__(self) -> None:
        self.status, self.koppen, self.inhoud = 500, MutableHeaders(), b""

    async def __call__(self, bericht: Message) -> None:
        if bericht["type"] == "http.response.start":
            self.status, self.koppen = bericht["status"], MutableHeaders(raw=list(bericht["headers"]))
        elif bericht["type"] == "http.response.body":
            self.inhoud += bericht.get("body", b"")

    async def geef_door(self, send: Send, bekend: str, *, kop: bool) -> None:
        status, inhoud = self.status, self.inhoud
        koppen = {k: w for k, w in self.koppen.items() if k != "content-length"}
        if status == 200:
            merk = f'W/"{hashlib.sha256(inhoud).hexdigest()[:32]}"'
            koppen |= {"etag": merk, "cache-control": BEWAREN}
            if _zelfde(bekend, merk):
                status, inhoud = 304, b""
                koppen.pop("content-type", None)
        else:
            koppen["cache-control"] = "no-store"
        await _stuur(send, status, koppen, inhoud, kop=kop)


def _zelfde(bekend: str, merk: str) -> bool:
    kaal = merk.removeprefix("W/")
    return any(m.strip() == "*" or m.strip().removeprefix("W/") == kaal for m in bekend.split(",") if m.strip())


async def _stuur(send: Send, status: int, koppen: dict[str, str], inhoud: bytes, *, kop: bool = False) -> None:
    uit = MutableHeaders(KOPPEN | koppen)
    if status not in (204, 304):
        uit["content-length"] = str(len(inhoud))
    await send({"type": "http.response.start", "status": status, "headers": uit.raw})
    await send({"type": "http.response.body", "body": b"" if kop else inhoud})
