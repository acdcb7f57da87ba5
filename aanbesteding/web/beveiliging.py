"""What every request and answer must meet: own origin, a size, headers that close what we do not use.

Against forged requests (CSRF) we compare `Origin`/`Sec-Fetch-Site` with our own host on everything that is not a
read, on top of SameSite cookies: no token that can go stale while somebody types for an hour.
"""

from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..fouten import GeenToestemming

MEESTE_BYTES = 30 * 1024 * 1024
LEZEN = {"GET", "HEAD", "OPTIONS"}
ALLEEN_LEZEN = "/v1/"
"""The API: it has no writes to forge, and refuses them itself in the form that its readers expect (405)."""

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
        "object-src 'none'",
    )
)
KOPPEN = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}
"""What an answer that says nothing else gets. HSTS is ignored by browsers on plain http, so it may always be there
(RFC 6797, 7.2)."""


class Beveiliging:
    """Middleware: refuse what comes from another site, and dress every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def kleed(bericht: Message) -> None:
            if bericht["type"] == "http.response.start":
                koppen = MutableHeaders(scope=bericht)
                for naam, waarde in KOPPEN.items():
                    koppen.setdefault(naam, waarde)
            await send(bericht)

        fout = "Dit verzoek kwam van een andere website. Open de pagina opnieuw."
        eigen = eigen_herkomst(Request(scope))
        app = self.app if eigen else Response(fout, 403, media_type="text/plain; charset=utf-8")
        await app(scope, receive, kleed)


def eigen_herkomst(verzoek: Request) -> bool:
    """Reads are free. A write needs proof that our own page sent it; no proof at all is a refusal too."""
    if verzoek.method in LEZEN or verzoek.url.path.startswith(ALLEEN_LEZEN):
        return True
    herkomst = verzoek.headers.get("origin")
    if herkomst is not None:
        return urlsplit(herkomst).netloc == verzoek.headers.get("host", "")
    return verzoek.headers.get("sec-fetch-site") == "same-origin"


class Groottegrens:
    """Refuses a body over the limit while it comes in, also when its length was not announced or a lie."""

    def __init__(self, app: ASGIApp, meeste: int = MEESTE_BYTES) -> None:
        self.app, self.meeste = app, meeste

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        gelezen = 0

        async def tel() -> Message:
            nonlocal gelezen
            bericht = await receive()
            gelezen += len(bericht.get("body", b""))
            if gelezen > self.meeste:
                raise GeenToestemming(f"Dit is te groot. Stuur hooguit {self.meeste // 1024**2} MB in één keer.")
            return bericht

        await self.app(scope, tel, send)
