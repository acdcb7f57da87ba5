"""One small round played on the real parts up to gate toewijzing, with the documents that its gates ordered."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from aanbesteding.database import lees, maak_motor, werk_bij
from aanbesteding.documenten.gegevens import Stuk
from aanbesteding.documenten.opdracht import Opdracht, Opgemaakt
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.handelingen import doe
from aanbesteding.handelingen.passeren import bereid_voor, leg_vast
from aanbesteding.handelingen.starten import start_ronde
from aanbesteding.instellingen import WORTEL
from aanbesteding.overzichten import vind
from aanbesteding.overzichten.stand import volgende
from aanbesteding.procedure import PROCEDURE, Poort
from aanbesteding.rondemap import lees_rondemap
from aanbesteding.termijnen import amsterdam

KLEIN = WORTEL / "tests" / "rondes" / "klein"
SJABLONEN = WORTEL / "sjablonen"
HUISSTIJLEN = WORTEL / "config" / "huisstijlen"
NIET_NODIG = {"log_advies"}
"""Acts that need who was allocated; no document of the call phase shows them."""


@pytest.fixture(scope="session")
def opmaker() -> Opmaker:
    return Opmaker(SJABLONEN, HUISSTIJLEN)


@dataclass
class Spel:
    """The round after gate toewijzing: its database and every document order by kind."""

    motor: Engine
    kenmerk: str
    stukken: dict[str, list[Stuk]] = field(default_factory=lambda: defaultdict(list))

    def opdrachten(self, soort: str) -> list[Opdracht]:
        return [s.opdracht for s in self.stukken[soort]]


def gebeurtenissen(folder: Path) -> list[tuple[datetime, dict[str, Any]]]:
    """Everything that people did, in order of time."""
    alle = [
        (amsterdam(g["moment"].date(), g["moment"].time()), g)
        for pad in sorted((folder / "verloop").rglob("*.toml"))
        for g in tomllib.loads(pad.read_text(encoding="utf-8"))["gebeurtenis"]
    ]
    return sorted(alle, key=lambda paar: paar[0])


def speel(motor: Engine, folder: Path, *, tot: Poort) -> Spel:
    """Play the round until `tot` is passed. Gates pass as soon as they can."""
    rondemap = lees_rondemap(folder)
    acties = gebeurtenissen(folder)
    kenmerk = start_ronde(motor, rondemap, nu=acties[0][0] - timedelta(days=1), door="test")
    spel = Spel(motor, kenmerk)
    momenten = {m for regel in PROCEDURE for m in vind.momenten(rondemap.regels, regel.termijn)}
    for nu in sorted({m for m, _ in acties} | momenten):
        for _, g in (paar for paar in acties if paar[0] == nu and paar[1]["handeling"] not in NIET_NODIG):
            rest = {k: v for k, v in g.items() if k not in ("moment", "wie", "handeling")}
            doe(motor, kenmerk, g["handeling"], wie=g["wie"], nu=nu, gegevens=rest)
        while (poort := _passeer(spel, nu)) is not None:
            if poort is tot:
                return spel
    raise AssertionError(f"gate {tot} was never passed")


def _passeer(spel: Spel, nu: datetime) -> Poort | None:
    with lees(spel.motor) as session:
        stand = volgende(session, vind.ronde(session, spel.kenmerk), nu)
    if stand is None or stand.status != "klaar":
        return None
    voorbereiding = bereid_voor(spel.motor, spel.kenmerk, stand.poort, stand.volgnummer, nu)
    assert voorbereiding is not None
    for stuk in voorbereiding.stukken:
        spel.stukken[stuk.opdracht.soort].append(stuk)
    zonder_post = replace(voorbereiding, stukken=tuple(replace(s, bericht="") for s in voorbereiding.stukken))
    opgemaakt = [Opgemaakt(s.opdracht, "0" * 64, 0) for s in voorbereiding.stukken]
    assert leg_vast(spel.motor, zonder_post, opgemaakt)
    return stand.poort


@pytest.fixture(scope="session")
def spel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spel]:
    motor = maak_motor(f"sqlite:///{tmp_path_factory.mktemp('spel') / 'klein.sqlite'}")
    werk_bij(motor)
    yield speel(motor, KLEIN, tot=Poort.TOEWIJZING)
    motor.dispose()


@pytest.fixture(scope="session")
def tekst() -> Callable[[bytes], str]:
    """The text of a PDF, as a reader sees it (pikepdf has no text; pdftotext may be missing)."""
    import shutil
    import subprocess

    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is nodig om de tekst van een PDF te lezen")

    def lees_tekst(inhoud: bytes) -> str:
        uit = subprocess.run(["pdftotext", "-layout", "-", "-"], input=inhoud, capture_output=True, check=True)
        return uit.stdout.decode()

    return lees_tekst
