"""Hostile requests, straight into the application: bytes as an attacker sends them, every role, forms turned odd.

`Kanaal` sends one request and gives what came back; `Aanval` finds every form of the site by walking through its
pages and makes odd requests from forms and routes, always the same for the same seed.
"""

# ruff: noqa: E501  # a table of odd values reads best with one kind on one line

import asyncio
import html
import json
import re
import sqlite3
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, unquote, urlencode

from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.handelingen import aanmelden
from aanbesteding.model import Deelnemer, Persoon
from aanbesteding.web.app import maak_app
from aanbesteding.web.middelen import KOEKJE
from aanbesteding.web.routes import ROUTERS

L = sys.modules["lindeveen"]
THUIS = "http://testserver"
FORMULIER = "application/x-www-form-urlencoded"
BREUK = "----kwaad7"


@dataclass
class Antwoord:
    """`spoor` is the traceback of an exception that left the application."""

    status: int = 0
    koppen: dict[str, str] = field(default_factory=dict)
    koekjes: list[str] = field(default_factory=list)
    inhoud: bytes = b""
    spoor: str = ""

    @property
    def tekst(self) -> str:
        return self.inhoud.decode("utf-8", "replace")

    @property
    def is_html(self) -> bool:
        return self.koppen.get("content-type", "").startswith("text/html")


@dataclass(frozen=True)
class Verzoek:
    """`pad` is already quoted, with its query. `koppen` come on top of cookie, host and origin."""

    methode: str
    pad: str
    wie: str = ""
    lijf: bytes = b""
    soort: str = FORMULIER
    koppen: tuple[tuple[str, str], ...] = ((("origin"), THUIS),)

    def __str__(self) -> str:
        return f"{self.methode} {self.pad[:200]} als {self.wie or 'niemand'}: {self.soort} {self.lijf[:400]!r}"


class Kanaal:
    """The application on the database of this round at one moment, with a session for who is named."""

    def __init__(self, loper: Any, moment: str) -> None:
        self.loper, self.nu = loper, L.op(moment)
        self.app: Any = maak_app(loper.motor, nu=lambda: self.nu)
        self._sessies: dict[str, str] = {}
        # Playwright keeps a loop in the thread of the tests for as long as its browser lives; ours has its own thread.
        self._runner, self._draad = asyncio.Runner(), ThreadPoolExecutor(1)
        self._toezicht = sqlite3.connect(loper.motor.url.database, isolation_level=None)

    def sluit(self) -> None:
        self._draad.submit(self._runner.close).result()
        self._draad.shutdown()
        self._toezicht.close()

    def stand(self) -> int:
        """Another number after every commit that changed something."""
        return int(self._toezicht.execute("PRAGMA data_version").fetchone()[0])

    def vergeet(self, wie: str) -> None:
        """This person was logged out by what he sent: next time he logs in anew."""
        self._sessies.pop(wie, None)

    def sessie(self, wie: str) -> str:
        if wie not in self._sessies:
            with lees(self.loper.motor) as session:
                adres = session.exec(select(Persoon.email).join(Deelnemer).where(Deelnemer.sleutel == wie)).one()
            self._sessies[wie] = aanmelden.begin_sessie(
                self.loper.motor, adres, wijze="toets", apparaat="toets", nu=self.nu
            )
        return self._sessies[wie]

    def lees(self, pad: str, wie: str = "", **koppen: str) -> Antwoord:
        return self.stuur(Verzoek("GET", pad, wie, koppen=tuple(koppen.items())))

    def post(self, pad: str, velden: Mapping[str, str] | Sequence[tuple[str, str]], wie: str = "") -> Antwoord:
        return self.stuur(Verzoek("POST", pad, wie, urlencode(velden).encode()))

    def stuur(self, v: Verzoek) -> Antwoord:
        koppen = {"host": "testserver", "content-length": str(len(v.lijf)), "content-type": v.soort}
        if v.wie:
            koppen["cookie"] = f"{KOEKJE}={self.sessie(v.wie)}"
        koppen |= dict(v.koppen)
        verzoek = self._stuur(v, {k: w for k, w in koppen.items() if w})
        return self._draad.submit(self._runner.run, verzoek).result()

    async def _stuur(self, v: Verzoek, koppen: Mapping[str, str]) -> Antwoord:
        ruw, _, vraag = v.pad.encode("latin-1", "replace").partition(b"?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "method": v.methode,
            "path": _ontcijfer(ruw), "raw_path": ruw, "query_string": vraag, "root_path": "",
            "client": ("127.0.0.1", 1), "server": ("testserver", 80),
            "headers": [(k.encode("latin-1"), w.encode("latin-1", "replace")) for k, w in koppen.items()],
        }  # fmt: skip
        delen, uit = [v.lijf[i : i + 1_000_000] for i in range(0, len(v.lijf), 1_000_000)] or [b""], Antwoord()

        async def ontvang() -> dict[str, Any]:
            if not delen:
                return {"type": "http.disconnect"}
            deel = delen.pop(0)
            return {"type": "http.request", "body": deel, "more_body": bool(delen)}

        async def stuur(bericht: Any) -> None:
            if bericht["type"] == "http.response.start":
                uit.status = bericht["status"]
                for k, w in bericht["headers"]:
                    uit.koppen[k.decode().lower()] = w.decode("latin-1")
                    uit.koekjes += [w.decode("latin-1")] if k.lower() == b"set-cookie" else []
            uit.inhoud += bericht.get("body", b"")

        try:
            await self.app(scope, ontvang, stuur)
        except Exception:
            uit.spoor = traceback.format_exc()
        return uit


def _ontcijfer(ruw: bytes) -> str:
    """As uvicorn does it: the path without its quotes, bytes that are no UTF-8 replaced."""
    return unquote(ruw.decode("ascii", "replace"))


# ---------------------------------------------------------------- odd values

KWAAD = "\"><kwaad7 onload=x>'{{7*191}}kwaad7"
RAAR: tuple[str, ...] = (
    "", " ", "\x00", "a\x00b", "\r\nSet-Cookie: kwaad7=1", "..", "../../../../etc/passwd", "..%2f..%2fetc", "/", "//kwaad7.example",
    "-1", "0", "1", "9" * 30, "1e400", "NaN", "²", "１２", "0x10", "true", "null", "None", "[]", "{}", "2027-99-99", "2027-06-01T10:00",
    "9999-12-31", "0001-01-01", "2027-06-01T25:61", "😀" * 50, "🇳🇱", "\u202eabc", "é́", "\ud800", "\ufffe", "ß", "İ", "ﬁ",
    "' OR 1=1 --", "'; DROP TABLE ronde; --", "%", "_", "\\", "$(id)", "`id`", "${7*7}", "{% raise %}", KWAAD, "<script>kwaad7()</script>",
    "javascript:kwaad7()", "=HYPERLINK(1)", "+1", "@a", "a" * 300, "a" * 120_000, "ja", "nee", "alle", "lange-tafel", "tuinstoel",
    "\x1b[31m", "x\ty", "€ 1.000,00", "-0", "1_000", " 5 ", "١٢",
)  # fmt: skip
PADDEN = (
    "..", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%00", "%ff%fe", "%ED%A0%80", "%0d%0akwaad7:1", "%F0%9F%98%80", "a" * 3000, "-1", "0",
    "1", "2", "3", "999999999999999999999", "%D9%A1", "%C2%B2", "null", "%27%20OR%201=1--", quote(KWAAD, safe=""), "%2F", ";", "%3F", "%23",
    "vrijgave", "selectie", "plannen", "startvoorstel", "uren", "scores", "metingen", "bevestig", "weg", "f" * 64, "%5c..%5c", "lange-tafel",
)  # fmt: skip
ECHT = {
    "kenmerk": (L.KENMERK,), "gemeente": ("lindeveen",), "soort": ("vrijgave", "selectie", "plannen", "csv", "json"),
    "nummer": ("1", "2", "3"), "wat": ("bevestig", "weg"), "organisatie": ("zangkoor-de-merel", "bakkerij-zoet"),
    "tabel": ("scores", "metingen", "vragen"), "sha256": ("0" * 64,), "plek": ("a.eml",), "adres": ("a@b.nl",),
}  # fmt: skip
GROEPEN = ("lange-tafel", "zingen-op-dinsdag", "bal-en-koffie")
ROLLEN = (
    "", L.LEIDER, L.TWEEDE, L.WETHOUDER, L.VOORZITTER, L.JURIST, L.ADVISEUR, "carla-wijnia", "deniz-aydin", "welzijn-lindeveen",
    "bakkerij-zoet", "zangkoor-de-merel",
)  # fmt: skip


def routes() -> list[tuple[str, str]]:
    """(method, path template) of every page, and of the API."""
    uit = [(m, r.path) for router in ROUTERS for r in router.routes for m in sorted(getattr(r, "methods", ()))]  # type: ignore[attr-defined]
    api = [("GET", f"/v1/rondes{d}") for d in ("", "/{kenmerk}", "/{kenmerk}/scores", "/{kenmerk}/pilots/{coalitie}",
                                               "/{kenmerk}/metingen", "/{kenmerk}/vragen")]  # fmt: skip
    return sorted({*uit, *api, ("GET", "/middelen/{bestand}"), ("GET", "/v1/openapi.json")})


@dataclass(frozen=True)
class Vorm:
    """A form as it stands on a page: where it goes, who saw it, its fields with their values."""

    pad: str
    wie: str
    soort: str
    velden: tuple[tuple[str, str], ...]


def vormen(bron: str, wie: str, eigen: str) -> Iterator[Vorm]:
    for kop, romp in re.findall(r"(?s)<form([^>]*)>(.*?)</form>", bron):
        if 'method="post"' in kop:
            doel = re.search(r'action="([^"]*)"', kop)
            soort = "multipart/form-data" if "multipart" in kop else FORMULIER
            velden = re.findall(r'<(?:input|textarea|select|button)\b[^>]*\bname="([^"]+)"[^>]*', romp)
            waarden = dict(re.findall(r'<input\b[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"', romp))
            paren = tuple((html.unescape(n), html.unescape(waarden.get(n, ""))) for n in dict.fromkeys(velden))
            yield Vorm(html.unescape(doel[1]) if doel and doel[1] else eigen, wie, soort, paren)


BEGIN = ("/", "/mijn", f"/werk/{L.KENMERK}", f"/rondes/{L.KENMERK}")
"""Where a walk starts; not each of them is there for everybody at every stage."""


def loop(kanaal: Kanaal, wie: str, *, meeste: int = 150) -> tuple[dict[str, Antwoord], list[Vorm]]:
    """Every page that this person reaches by its links, one of each kind, and every form on them."""
    rij, gezien, alle = list(BEGIN), set[str](), list[Vorm]()
    paginas: dict[str, Antwoord] = {}
    while rij and len(paginas) < meeste:
        pad = rij.pop(0)
        merk = re.sub(r"[0-9a-f]{64}|\d+", "#", pad.partition("?")[0])
        for groep in L.COALITIES:
            merk = merk.replace(f"/{groep}", "/@")
        if merk in gezien:
            continue
        gezien.add(merk)
        uit = paginas[pad] = kanaal.lees(pad, wie)
        if uit.status == 303:
            rij.append(uit.koppen["location"])
        if uit.is_html:
            alle += vormen(uit.tekst, wie, pad)
            links = (html.unescape(a).partition("#")[0] for a in re.findall(r'(?:href|hx-get)="(/[^"]*)"', uit.tekst))
            rij += [a for a in dict.fromkeys(links) if not a.startswith(("/middelen", "//"))]
    return paginas, alle


class Aanval:
    """Odd requests from a seed. `vormen` are the forms that were found."""

    def __init__(self, zaad: int, gevonden: Sequence[Vorm]) -> None:
        self.lot, self.vormen, self.routes = Random(zaad), list(gevonden), routes()

    def verzoek(self) -> Verzoek:
        kies = self.lot.random()
        if self.vormen and kies < 0.55:
            return self._uit_vorm(self.lot.choice(self.vormen))
        if kies < 0.57:
            return self._uit_route("PUT", "/werk/{kenmerk}/concepten/{wie}/{sleutel:path}")
        return self._uit_route(*self.lot.choice(self.routes))

    def _uit_vorm(self, vorm: Vorm) -> Verzoek:
        velden = [(n, w) for n, w in vorm.velden if self.lot.random() < 0.95]
        for _ in range(self.lot.choice((0, 1, 1, 2, 5))):
            if velden:
                plek = self.lot.randrange(len(velden))
                velden[plek] = (velden[plek][0], self.raar())
        if velden and self.lot.random() < 0.2:
            velden.insert(self.lot.randrange(len(velden) + 1), (self.lot.choice(velden)[0], self.raar()))
        if self.lot.random() < 0.15:
            velden.append((self.raar()[:200], self.raar()))
        if self.lot.random() < 0.3:
            velden = [(n, w or self.lot.choice(("ja", "1", "Gewone tekst die lang genoeg is."))) for n, w in velden]
        wie = vorm.wie if self.lot.random() < 0.85 else self.lot.choice(ROLLEN)
        return self._met_lijf("POST", vorm.pad, wie, velden, vorm.soort)

    def _uit_route(self, methode: str, sjabloon: str) -> Verzoek:
        pad = re.sub(r"\{(\w+)(?::path)?\}", lambda m: self._deel(m[1]), sjabloon)
        if self.lot.random() < 0.3:
            paren = [(self.lot.choice(("blad", "terug", "voorstel", "zoek", "pagina", "perPagina", "klaar", "van", "naar", "soort",
                                       "code", "state", "coalitie", "nummer", self.raar()[:50])), self.raar()[:2000])
                     for _ in range(self.lot.randint(1, 3))]  # fmt: skip
            pad += "?" + urlencode(paren, errors="surrogatepass")
        if self.lot.random() < 0.08:
            methode = self.lot.choice(("PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "HEAD", "KWAAD", "POST", "GET"))
        wie = self.lot.choice(ROLLEN)
        if "/concepten/" in pad and self.lot.random() < 0.8:  # a draft is of somebody: of the one who sends it
            pad, soort = f"/werk/{L.KENMERK}/concepten/{wie or L.JURIST}/{self._deel('sleutel')}", "application/json"
            return self._met_lijf("PUT", pad, wie, [(self.raar()[:300], self.raar()) for _ in range(3)], soort)
        if methode in ("POST", "PUT", "PATCH"):
            velden = [(self.lot.choice(("sleutel", "tekst", "coalitie", "zeker", "email", "naam", "bestand", "x")), self.raar())
                      for _ in range(self.lot.randint(0, 4))]  # fmt: skip
            return self._met_lijf(
                methode, pad, wie, velden, self.lot.choice((FORMULIER, "multipart/form-data", "application/json"))
            )
        return Verzoek(methode, pad, wie, koppen=self._koppen())

    def _deel(self, naam: str) -> str:
        if self.lot.random() < 0.3:
            return self.lot.choice(PADDEN)
        return self.lot.choice(ECHT.get(naam, GROEPEN))

    def raar(self) -> str:
        return self.lot.choice(RAAR)

    def _koppen(self) -> tuple[tuple[str, str], ...]:
        extra = self.lot.choice((
            (), (), (), (("accept", "application/json"),), (("accept", KWAAD),), (("host", "kwaad7.example"),), (("hx-request", "true"),),
            (("cookie", f"{KOEKJE}={KWAAD}; klaar={KWAAD}"),), (("user-agent", "\x1b[31m" + KWAAD * 30),), (("accept-encoding", "gzip"),),
            (("if-none-match", KWAAD),), (("range", "bytes=0-1,-5"),), (("x-forwarded-host", "kwaad7.example"),),
        ))  # fmt: skip
        herkomst = self.lot.choice(
            (THUIS,) * 12 + ("", "null", "http://kwaad7.example", "http://testserver.kwaad7.example", "::")
        )
        host = dict(extra).get("host")
        return (("origin", f"http://{host}" if host and herkomst == THUIS else herkomst), *extra)

    def _met_lijf(self, methode: str, pad: str, wie: str, velden: Sequence[tuple[str, str]], soort: str) -> Verzoek:
        if self.lot.random() < 0.06:
            soort = self.lot.choice(("", "text/plain", "application/json", "multipart/form-data; boundary=",
                                     "multipart/form-data", "application/x-www-form-urlencoded; charset=utf-7", KWAAD))  # fmt: skip
            return Verzoek(methode, pad, wie, self._puin(velden), soort, self._koppen())
        if soort == "application/json":
            lijf: Any = self.lot.choice(({"inhoud": dict(velden), "vanaf": ""}, {"inhoud": [1]}, [], None, "x", 1e308, {"inhoud": {"a": {"b": [{}]}}},
                                         {"inhoud": {"a": "\ud800"}}, {"inhoud": {"\x00": "a\x00b"}}, {"inhoud": {"a": "b"}, "vanaf": "\udfff"}))  # fmt: skip
            return Verzoek(methode, pad, wie, json.dumps(lijf).encode(), soort, self._koppen())
        if soort.startswith("multipart"):
            return Verzoek(
                methode, pad, wie, self._delen(velden), f"multipart/form-data; boundary={BREUK}", self._koppen()
            )
        return Verzoek(methode, pad, wie, urlencode(velden, errors="surrogatepass").encode(), FORMULIER, self._koppen())

    def _puin(self, velden: Sequence[tuple[str, str]]) -> bytes:
        goed = urlencode(velden, errors="surrogatepass").encode()
        return self.lot.choice(
            (b"", b"\xff\xfe\x00", b"%%%=&&&==", b"{" * 5000, b"--x\r\n\r\n", b'{"inhoud":', goed, b"[" * 200_000)
        )

    def _delen(self, velden: Sequence[tuple[str, str]]) -> bytes:
        uit = b""
        for naam, waarde in velden:
            bestand = naam == "bestand" or "bijlage" in naam or self.lot.random() < 0.1
            kop = f'form-data; name="{naam}"'.encode("utf-8", "replace").replace(b"\r", b"").replace(b"\n", b"")
            if bestand:
                naam_ = self.lot.choice(
                    ("a.pdf", "../../a.pdf", "a.pdf.exe", "a\x00.pdf", "😀.png", "", "a" * 500 + ".pdf", KWAAD + ".pdf")
                )
                kop += b'; filename="' + naam_.replace('"', "'").encode() + b'"'
            inhoud = (
                self.lot.choice((b"%PDF-1.7 kapot", b"PK\x03\x04kapot", b"<svg onload=x>", b""))
                if bestand
                else waarde.encode("utf-8", "replace")
            )
            uit += b"--" + BREUK.encode() + b"\r\nContent-Disposition: " + kop + b"\r\n\r\n" + inhoud + b"\r\n"
        einde = b"--" + BREUK.encode() + b"--\r\n"
        return uit + (einde if self.lot.random() < 0.9 else b"")


__all__ = ["Aanval", "Antwoord", "Kanaal", "Verzoek", "Vorm", "loop", "routes"]
