"""CPU per request of the site with one worker, beside pretalx on the same job.

The application is called as uvicorn calls it (ASGI, one event loop, its own thread pool), so that the time is what
the server spends and not what a test client spends. CPU time of the whole process, the best of several requests after
two that warm up: a busy machine tells less. Pages go out compressed, as to a browser. The figures of pretalx come from
the issue (Django's own test client); after `make bench-pretalx` they are measured here and now as well.
"""

# ruff: noqa: E402  # the environment is set before anything of ours is read

import asyncio
import logging
import os
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

os.environ["PREFECT_API_URL"] = "http://127.0.0.1:9/api"  # a server that happens to run here is not ours to wake
warnings.simplefilter("ignore", DeprecationWarning)

from bench_webronde import BEOORDELAAR, CRITERIA, VOORZITTER, L, naar_uitslag, ronde_tot, sessie, vergroot

from aanbesteding.web import doen
from aanbesteding.web.app import maak_app
from aanbesteding.web.middelen import KOEKJE

PRETALX = {"bureau 15": "156–184", "bureau 500": "1.607–1.727", "score": "40–66", "rangorde 500": "3.844–4.525"}
"""Milliseconds, from issue 5: reviewer dashboard with 15 and 500, saving a review, the list of reviews with 500."""
GRENS = {"bureau 15": 20, "bureau 500": 150, "score": 15, "rangorde 500": 150}


class Bezoeker:
    """Somebody with a session who sends requests straight into the application."""

    def __init__(self, loper: Any, wie: str, moment: str) -> None:
        nu: datetime = L.op(moment)
        self.app: Any = maak_app(loper.motor, nu=lambda: nu)
        self.begin = f"/werk/{loper.kenmerk}"
        self.koek = f"{KOEKJE}={sessie(loper, wie, nu)}" if wie else ""

    async def vraag(self, pad: str, velden: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """(status, body) of a GET, or of a POST when there are fields."""
        lijf = urlencode(velden).encode() if velden is not None else b""
        kop, _, staart = pad.partition("?")
        koppen = {"host": "testserver", "origin": "http://testserver", "cookie": self.koek, "accept-encoding": "gzip",
                  "content-type": "application/x-www-form-urlencoded", "content-length": str(len(lijf))}  # fmt: skip
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "path": kop,
            "method": "GET" if velden is None else "POST", "raw_path": kop.encode(), "query_string": staart.encode(),
            "root_path": "", "client": ("127.0.0.1", 1), "server": ("testserver", 80),
            "headers": [(k.encode(), w.encode()) for k, w in koppen.items() if w],
        }  # fmt: skip
        klaar, status, delen = asyncio.Event(), [0], []

        async def ontvang() -> dict[str, Any]:
            if not klaar.is_set():
                klaar.set()
                return {"type": "http.request", "body": lijf, "more_body": False}
            await asyncio.Event().wait()
            raise AssertionError

        async def stuur(bericht: dict[str, Any]) -> None:
            status[0] = bericht.get("status", status[0])
            delen.append(bericht.get("body", b""))

        await self.app(scope, ontvang, stuur)
        return status[0], b"".join(delen)


Verzoek = Callable[[int], tuple[str, Mapping[str, str] | None]]
"""The n-th request: address, and the fields when it is a form."""


def meet(wie: Bezoeker, verzoek: Verzoek, *, keer: int, goed: int = 200) -> float:
    """CPU milliseconds of one request."""

    async def loop() -> list[float]:
        tijden = []
        async with wie.app.router.lifespan_context(wie.app):
            for n in range(keer + 2):
                pad, velden = verzoek(n)
                start = time.process_time()
                status, _ = await wie.vraag(pad, velden)
                tijden.append((time.process_time() - start) * 1000)
                if status != goed:
                    raise RuntimeError(f"{pad}: {status}")
        return tijden[2:]

    return min(asyncio.run(loop()))


def vel(coalitie: str, ronde: int) -> dict[str, str]:
    """A whole sheet of marks, different every time, so that each criterium is stored anew."""
    redenen = {f"motivering-{k}": L.reden(f"{coalitie}-{ronde}", k) for k in CRITERIA}
    versies = {f"_versie-{k}": str(ronde) for k in CRITERIA}
    return {f"waarde-{k}": str(1 + ronde % 5) for k in CRITERIA} | redenen | versies | {"naar": "hier"}


def een_score(coalitie: str, ronde: int) -> dict[str, str]:
    """One criterium of the sheet."""
    return {k: w for k, w in vel(coalitie, ronde).items() if k.endswith(f"-{CRITERIA[0]}") or k == "naar"}


def _scoren(loper: Any, aantal: int, keer: int) -> dict[str, float]:
    """The dashboard, saving one mark and a whole sheet, and the spreadsheet, for an assessor with `aantal`."""
    vergroot(loper, aantal, beoordeeld=False)
    wie = Bezoeker(loper, BEOORDELAAR, "2027-04-10T10:00")
    begin, extra = f"{wie.begin}/beoordelen", f"extra-{aantal - 1}"
    ander = f"extra-{aantal - 2}"
    return {
        f"bureau {aantal}": meet(wie, lambda _: (begin, None), keer=keer),
        f"scorevel {aantal}": meet(wie, lambda _: (f"{begin}/voorstel/{extra}", None), keer=keer),
        f"score {aantal}": meet(wie, lambda n: (f"{begin}/voorstel/{ander}", een_score(ander, n + 1)), keer=keer,
                                goed=303),
        f"drie scores {aantal}": meet(wie, lambda n: (f"{begin}/voorstel/{extra}", vel(extra, n) | _eerste(n)),
                                      keer=keer, goed=303),
        f"xlsx {aantal}": meet(wie, lambda _: (f"{begin}/formulier.xlsx", None), keer=3),
    }  # fmt: skip


def _eerste(n: int) -> dict[str, str]:
    """The copied proposals come with one stored mark on the first criterium."""
    return {f"_versie-{CRITERIA[0]}": str(n + 1)}


def _uitslag(loper: Any, aantal: int) -> dict[str, float]:
    vergroot(loper, aantal, beoordeeld=True)
    voorzitter = Bezoeker(loper, VOORZITTER, "2027-04-22T10:00")
    uit = {f"overleg {aantal}": meet(voorzitter, lambda _: (f"{voorzitter.begin}/overleg", None), keer=5)}
    naar_uitslag(loper)
    inwoner = Bezoeker(loper, "", "2027-05-12T10:00")
    ronde = f"/rondes/{loper.kenmerk}"
    return uit | {
        f"rangorde {aantal}": meet(inwoner, lambda _: (f"{ronde}/uitslag", None), keer=5),
        f"export {aantal}": meet(inwoner, lambda _: (f"{ronde}/data/scores.csv", None), keer=5),
        f"api {aantal}": meet(inwoner, lambda _: (f"/v1/rondes/{loper.kenmerk}/scores?perPagina=500", None), keer=5),
    }


def metingen() -> dict[str, float]:
    """Name → CPU milliseconds. Takes about a minute."""
    logging.disable(logging.WARNING)
    doen.orkest.wek_als_nodig = lambda *_a, **_k: None  # type: ignore[assignment]  # Prefect's client is another cost
    uit: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as tijdelijk:
        os.environ["AANBESTEDING_DATA_MAP"] = tijdelijk
        loper = ronde_tot(Path(tijdelijk) / "a.sqlite", "scoren")
        loper.motor.dispose()
        kopie = Path(tijdelijk) / "b.sqlite"
        kopie.write_bytes((Path(tijdelijk) / "a.sqlite").read_bytes())
        uit |= _scoren(loper, 15, 15)
        uit |= _scoren(loper, 500, 7)
        uit |= _uitslag(L.Loper(_motor(kopie)), 500)
    return uit


def _motor(pad: Path) -> Any:
    from aanbesteding.database import maak_motor

    return maak_motor(f"sqlite:///{pad}")


REGELS = (
    ("Bureau van de beoordelaar, 15 voorstellen", "bureau 15", "bureau 15"),
    ("Bureau van de beoordelaar, 500 voorstellen", "bureau 500", "bureau 500"),
    ("Eén score bewaren", "score 15", "score"),
    ("Eén score bewaren, bij 500 voorstellen", "score 500", "score"),
    ("Een heel scorevel bewaren (3 criteria)", "drie scores 15", ""),
    ("Scorevel openen", "scorevel 15", ""),
    ("Rangorde van 500 (uitslag)", "rangorde 500", "rangorde 500"),
    ("Agenda van het overleg bij 500", "overleg 500", "rangorde 500"),
    ("Alle scores als CSV, 500 voorstellen", "export 500", ""),
    ("Alle scores uit de API, 500 per blad", "api 500", ""),
    ("Scoreformulier als Excel, 500 voorstellen", "xlsx 500", ""),
)


def toon_web() -> bool:
    """Print the table; False when a budget is broken."""
    from bench_webpretalx import meet_pretalx

    naast, goed = meet_pretalx(), True
    kop = f"pretalx {naast['versie']}, nu" if naast else "pretalx nu (make bench-pretalx)"
    hier_gemeten: dict[str, float] = naast.get("ms", {})
    print(f"\n{'CPU per verzoek, één worker (ms)':<46}{'grens':>6}{'wij':>8}   {'pretalx (issue)':<17}{kop}")
    wij = metingen()
    for naam, sleutel, ander in REGELS:
        grens, tijd = GRENS.get(ander), wij[sleutel]
        goed = goed and (grens is None or tijd <= grens)
        vlag = "  BOVEN DE GRENS" if grens is not None and tijd > grens else ""
        hier = f"{hier_gemeten[ander]:.0f}" if ander in hier_gemeten else "–"
        getal = f"{tijd:.1f}".replace(".", ",")
        print(f"{naam:<46}{grens or '–':>6}{getal:>8}   {PRETALX.get(ander, '–'):<17}{hier}{vlag}")
    if naast:
        print(f"pretalx zette {naast['rijen']} van de 500 voorstellen op een blad; wij alle 500 in de uitslag.")
    return goed


if __name__ == "__main__":
    raise SystemExit(0 if toon_web() else 1)
