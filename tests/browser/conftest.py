"""A real browser on the real site: uvicorn in a thread, Debian's Chromium, axe on every page that is visited.

`site("scoren", "2027-05-10T09:00")` serves the round of Lindeveen at a stage and a moment. `als("carla-wijnia")`
gives a page in which that participant is logged in. Every page that a test visits through `ga` is checked by axe
and kept as a picture in schermfoto/ (an artifact of CI), so that people can look at all of them.
"""

import hashlib
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlmodel import select

from aanbesteding.database import lees, schrijf
from aanbesteding.handelingen.aanmelden import begin_sessie
from aanbesteding.instellingen import WORTEL
from aanbesteding.model import Deelnemer, Persoon, Websessie
from aanbesteding.termijnen import amsterdam
from aanbesteding.web.app import maak_app

FOTOS = WORTEL / "schermfoto"
AXE = WORTEL / "node_modules" / "axe-core" / "axe.min.js"
VLAGGEN = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"]  # fmt: skip
BEELD = """() => document.documentElement.outerHTML.replace(/<input type="hidden"[^>]*>/g, '')"""
"""The page without its one-time keys: what decides what axe sees."""
KEUR = """() => axe.run(document, {resultTypes: ['violations'], elementRef: false, preload: false})
    .then(r => r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))"""
BREED, TELEFOON = {"width": 1200, "height": 900}, {"width": 320, "height": 700}


@pytest.fixture(autouse=True)
def geen_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Acts wake the round; a Prefect server that happens to run on this machine is not ours to wake."""
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as spel:
        browser = spel.chromium.launch(executable_path="/usr/bin/chromium", args=VLAGGEN)
        yield browser
        browser.close()


class Site:
    """A served round. `klok` is what the site takes for now; a test may set it."""

    def __init__(self, loper: Any, moment: datetime) -> None:
        self.loper, self.klok = loper, moment
        self.motor = loper.motor
        with socket.socket() as vrij:
            vrij.bind(("127.0.0.1", 0))
            poort = vrij.getsockname()[1]
        app = maak_app(self.motor, nu=lambda: self.klok)
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=poort, log_level="warning"))
        self._draad = threading.Thread(target=self._server.run, daemon=True)
        self._draad.start()
        while not self._server.started:
            time.sleep(0.02)
        self.adres = f"http://127.0.0.1:{poort}"

    def sluit(self) -> None:
        self._server.should_exit = True
        self._draad.join(10)


@pytest.fixture
def site(lindeveen: Callable[[str], Any]) -> Iterator[Callable[[str, str], Site]]:
    sites: list[Site] = []

    def begin(stadium: str, moment: str) -> Site:
        lokaal = datetime.fromisoformat(moment)
        sites.append(Site(lindeveen(stadium), amsterdam(lokaal.date(), lokaal.time())))
        return sites[-1]

    yield begin
    for een in sites:
        een.sluit()


class Kijker:
    """Somebody at a browser: goes to pages, and every page must pass axe and fit its window."""

    al_goed: ClassVar[set[str]] = set()
    getekend: ClassVar[set[Path]] = set()

    def __init__(self, context: BrowserContext, site: Site, naam: str, test: str, kleur: str = "") -> None:
        self.context, self.site, self.naam, self.test, self.kleur = context, site, naam, test, kleur
        self.pagina: Page = context.new_page()
        self.fouten: list[str] = []
        self.pagina.on("pageerror", lambda f: self.fouten.append(str(f)))
        self.pagina.on("console", lambda b: self.fouten.append(b.text) if b.type == "error" else None)

    def ga(self, pad: str) -> Page:
        """Open a page; it must be good."""
        pagina, mis = self.bekijk(pad)
        assert not mis, (pad, mis)
        return pagina

    def bekijk(self, pad: str) -> tuple[Page, list[str]]:
        """Open a page; gives it with everything that is wrong with it."""
        antwoord = self.pagina.goto(self.site.adres + pad)
        status = antwoord.status if antwoord else 0
        return self.pagina, [*([f"status {status}"] if status != 200 else []), *self.mankementen()]

    def mankementen(self) -> list[str]:
        """What axe finds, sideways scrolling, script faults; and a picture is kept to be looked at."""
        mis = self._gebreken()
        te_breed = self.pagina.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        koppen = self.pagina.locator("h1").count()
        mis += [f"{te_breed} px te breed"] if te_breed > 0 else []
        mis += [f"{koppen} keer h1"] if koppen != 1 else []
        mis, self.fouten = [*mis, *self.fouten], []
        return mis

    def _gebreken(self) -> list[str]:
        """Violations by axe. The very same page in the same window has the same ones: it is not read or drawn again."""
        bron = hashlib.sha256(f"{self.weergave} {self.pagina.evaluate(BEELD)}".encode()).hexdigest()
        if bron in self.al_goed:
            return []
        self.foto()
        self.pagina.evaluate(AXE.read_text(encoding="utf-8"))
        gevonden = self.pagina.evaluate(KEUR)
        if not gevonden:
            self.al_goed.add(bron)
        return [f"{wat}: {waar}" for wat, waar in gevonden]

    @property
    def weergave(self) -> str:
        """Width and colours: what the same HTML looks like depends on these."""
        breedte = (self.pagina.viewport_size or BREED)["width"]
        return f"{breedte}{self.kleur and '-' + self.kleur}"

    def goed(self) -> None:
        """The page on which a click ended must be good too."""
        mis = self.mankementen()
        assert not mis, (self.pagina.url, mis)

    def klik(self, naam: str) -> None:
        """Press the button or follow the link that is called so; what it opens has been loaded."""
        knop = self.pagina.get_by_role("button", name=naam, exact=True)
        (knop if knop.count() else self.pagina.get_by_role("link", name=naam, exact=True)).first.click()
        self.pagina.wait_for_load_state()

    def lees(self) -> str:
        return self.pagina.locator("main").inner_text()

    def foto(self) -> None:
        """One picture of a page per test, person and window: the crawl passes the same page at many stages."""
        pad = re.sub(r"[^a-z0-9]+", "-", self.pagina.url.removeprefix(self.site.adres).partition("?")[0]).strip("-")
        doel = FOTOS / self.test / f"{self.naam}-{pad or 'voorpagina'}-{self.weergave}.jpg"
        if doel in self.getekend:
            return
        self.getekend.add(doel)
        doel.parent.mkdir(parents=True, exist_ok=True)
        self.pagina.screenshot(path=doel, full_page=True, type="jpeg", quality=60)


@pytest.fixture
def als(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Kijker]]:
    """`als(site, "carla-wijnia", telefoon=True)`: a browser of its own, logged in as that participant; "" is nobody."""
    contexten: list[BrowserContext] = []

    def begin(
        site: Site, wie: str = "", *, telefoon: bool = False, script: bool = True,
        kleur: Literal["dark"] | None = None, rustig: bool = False,
    ) -> Kijker:  # fmt: skip
        context = chromium.new_context(
            viewport=TELEFOON if telefoon else BREED, java_script_enabled=script, color_scheme=kleur,
            reduced_motion="reduce" if rustig else None,
        )  # fmt: skip
        contexten.append(context)
        if wie:
            context.add_cookies([{"name": "sessie", "value": _sessie(site, wie), "url": site.adres}])
        return Kijker(context, site, wie or "bezoeker", request.node.originalname, kleur or "")

    yield begin
    for context in contexten:
        context.close()


def _adres(site: Site, wie: str) -> str:
    with lees(site.motor) as session:
        return session.exec(select(Persoon.email).join(Deelnemer).where(Deelnemer.sleutel == wie)).one()


def _sessie(site: Site, wie: str) -> str:
    return begin_sessie(site.motor, _adres(site, wie), wijze="link", apparaat="toets", nu=site.klok)


@pytest.fixture
def email_van() -> Callable[[Site, str], str]:
    return _adres


@pytest.fixture
def eindig_sessies() -> Callable[[Site], None]:
    """End every session in the database, as a manager or the clock does."""

    def eindig(site: Site) -> None:
        with schrijf(site.motor) as session:
            for rij in session.exec(select(Websessie)).all():
                session.delete(rij)

    return eindig


@pytest.fixture
def nieuw_koekje() -> Callable[[Site, Kijker], None]:
    """The same person logs in again in the same browser (the login itself: test_penvoerder)."""

    def geef(site: Site, kijker: Kijker) -> None:
        kijker.context.add_cookies([{"name": "sessie", "value": _sessie(site, kijker.naam), "url": site.adres}])

    return geef
