"""Run every check and test, with a PostgreSQL of our own for the length of the run.

Order: what is quick and tells most comes first. `make test` calls this; `.ci/run` calls `make test`.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[1]
BIN = WORTEL / ".venv" / "bin"
CONTROLES = {
    "opmaak (ruff format)": ["ruff", "format", "--check", "-q", "."],
    "stijl (ruff)": ["ruff", "check", "-q", "."],
    "typen (mypy, strikt)": ["mypy"],
    "volgorde van imports (import-linter)": ["lint-imports", "--no-cache"],
}


def _draai(naam: str, opdracht: list[str], omgeving: dict[str, str]) -> bool:
    print(f"── {naam} …", flush=True)
    start = time.monotonic()
    klaar = subprocess.run([str(BIN / opdracht[0]), *opdracht[1:]], check=False, cwd=WORTEL, env=omgeving)  # noqa: S603
    goed = klaar.returncode == 0
    print(f"   {'goed' if goed else 'FOUT'} ({time.monotonic() - start:.0f} s)", flush=True)
    return goed


def _als_postgres(*opdracht: str, map_: Path) -> None:
    """PostgreSQL refuses to run as root; the Debian package made a user for it."""
    voor = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*voor, *opdracht], check=True, cwd=map_, capture_output=True)  # noqa: S603


def _vrije_poort() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server on loopback in a temporary folder; gives its URL and removes everything after."""
    bin_ = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    map_ = Path(tempfile.mkdtemp(prefix="aanbesteding-pg-"))
    if os.geteuid() == 0:
        shutil.chown(map_, "postgres")
    data, poort = map_ / "data", _vrije_poort()
    _als_postgres(str(bin_ / "initdb"), "-D", str(data), "-U", "toets", "-A", "trust", "-E", "UTF8", map_=map_)
    opties = f"-p {poort} -c listen_addresses=127.0.0.1 -c unix_socket_directories={map_} -c fsync=off"
    _als_postgres(
        str(bin_ / "pg_ctl"), "-D", str(data), "-l", str(map_ / "log"), "-w", "-o", opties, "start", map_=map_
    )
    try:
        yield f"postgresql+psycopg://toets@127.0.0.1:{poort}/postgres"
    finally:
        _als_postgres(str(bin_ / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop", map_=map_)
        shutil.rmtree(map_, ignore_errors=True)


def hoofd() -> int:
    omgeving = os.environ | {"OPENBLAS_NUM_THREADS": "1", "DO_NOT_TRACK": "1"}
    uitslagen = {naam: _draai(naam, opdracht, omgeving) for naam, opdracht in CONTROLES.items()}
    with postgres() as url:
        omgeving["AANBESTEDING_TEST_PG"] = url
        toetsen = ["pytest", "-n", "2", "--dist", "worksteal", *sys.argv[1:]]
        uitslagen["tests (pytest)"] = _draai("tests (pytest, op SQLite en PostgreSQL)", toetsen, omgeving)
    if (fotos := WORTEL / "schermfoto").is_dir():
        print(f"\nFoto's van de pagina's die de browser bezocht: {fotos}", flush=True)
    fout = [naam for naam, goed in uitslagen.items() if not goed]
    print(f"\nNiet goed: {', '.join(fout)}." if fout else "\nAlles is goed.", flush=True)
    return 1 if fout else 0


if __name__ == "__main__":
    raise SystemExit(hoofd())
