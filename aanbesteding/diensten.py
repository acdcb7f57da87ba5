"""Prefect's server, the served flows and what else belongs to one machine, as one supervised group."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from pydantic import SecretStr

from . import orkest
from .fouten import Omgevingsfout
from .instellingen import Instellingen, instellingen

log = logging.getLogger(__name__)

WACHT_OP_SERVER = 120.0
WACHT_OP_EINDE = 15.0


@dataclass(frozen=True)
class Dienst:
    """A child process. `gereed`: an address that answers once the service works; empty: at once."""

    naam: str
    opdracht: tuple[str, ...]
    gereed: str = ""


def prefect_diensten() -> list[Dienst]:
    server = (sys.executable, "-m", "prefect", "server", "start", "--host", orkest.HOST, "--port", str(orkest.POORT))
    return [
        Dienst("Prefect-server", server, f"http://{orkest.HOST}:{orkest.POORT}/api/health"),
        Dienst("flows", (sys.executable, "-m", "flows.diensten")),
    ]


def start_diensten(
    ook: Sequence[Dienst] = (), *, gekozen: Instellingen | None = None, klaar: Callable[[], None] = lambda: None
) -> int:
    """Start everything, wait, and end everything: 0 after Ctrl-C or SIGTERM, 1 when a child stopped by itself.

    `klaar` is called once all run. Raises Omgevingsfout when the port is taken or the server does not come up.
    """
    gekozen = gekozen or instellingen()
    _eis_vrije_poort(orkest.HOST, orkest.POORT)
    _eis_vrije_poort(gekozen.web_host, gekozen.web_poort)
    folder = orkest.schrijf_instellingen(gekozen)
    groep = Groep(folder, _omgeving(gekozen))
    with _vang_signalen(groep):
        try:
            for dienst in [*prefect_diensten(), webdienst(gekozen), *ook]:
                groep.start(dienst)
            if not groep.gestopt:
                klaar()
            return groep.bewaak()
        finally:
            groep.stop()


def webdienst(gekozen: Instellingen) -> Dienst:
    """The site: one process; behind a reverse proxy on the same machine for https."""
    opdracht = (
        sys.executable, "-m", "uvicorn", "--factory", "aanbesteding.web.app:maak_app", "--no-server-header",
        "--host", gekozen.web_host, "--port", str(gekozen.web_poort), "--log-level", "warning",
        "--proxy-headers", "--forwarded-allow-ips", "127.0.0.1",
    )  # fmt: skip
    return Dienst("Website", opdracht, f"http://{gekozen.web_host}:{gekozen.web_poort}/gezond")


def _omgeving(gekozen: Instellingen) -> dict[str, str]:
    """Every setting of ours for the children, who run in Prefect's folder: so paths are made absolute."""
    eigen = {f"AANBESTEDING_{naam.upper()}": _tekst(getattr(gekozen, naam)) for naam in type(gekozen).model_fields}
    return {**os.environ, **orkest.omgeving(gekozen), **{k: w for k, w in eigen.items() if w is not None}}


def _tekst(waarde: object) -> str | None:
    """A setting as the environment carries it; None for what was not set."""
    if isinstance(waarde, Path):
        return str(waarde.resolve())
    if isinstance(waarde, SecretStr):
        return waarde.get_secret_value()
    return None if waarde is None else str(waarde)


def _eis_vrije_poort(host: str, poort: int) -> None:
    with socket.socket() as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind((host, poort))
        except OSError:
            raise Omgevingsfout(f"Poort {poort} is bezet. Draait 'aanbesteding start' al? Stop dat eerst.") from None


class Groep:
    """Children that live and die together; each in a session of its own, so that Ctrl-C reaches only us."""

    def __init__(self, folder: Path, omgeving: dict[str, str]) -> None:
        self._folder, self._omgeving = folder, omgeving
        self._lopend: list[tuple[Dienst, subprocess.Popen[bytes]]] = []
        self.gestopt = False

    def start(self, dienst: Dienst) -> None:
        if self.gestopt:
            return
        proces = subprocess.Popen(dienst.opdracht, cwd=self._folder, env=self._omgeving, start_new_session=True)  # noqa: S603
        self._lopend.append((dienst, proces))
        if dienst.gereed:
            self._wacht_op(dienst, proces)

    def _wacht_op(self, dienst: Dienst, proces: subprocess.Popen[bytes]) -> None:
        tot = time.monotonic() + WACHT_OP_SERVER
        while not self.gestopt and time.monotonic() < tot:
            if proces.poll() is not None:
                raise Omgevingsfout(f"{dienst.naam} stopte bij het starten (code {proces.returncode}).")
            if _antwoordt(dienst.gereed):
                return
            time.sleep(0.3)
        if not self.gestopt:
            raise Omgevingsfout(f"{dienst.naam} geeft na {WACHT_OP_SERVER:.0f} seconden nog geen antwoord.")

    def bewaak(self) -> int:
        """Returns when someone asks us to stop (0) or a child has stopped by itself (1)."""
        while not self.gestopt:
            for dienst, proces in self._lopend:
                if proces.poll() is not None:
                    log.error("%s is gestopt (code %s). Wij stoppen alles.", dienst.naam, proces.returncode)
                    return 1
            time.sleep(0.3)
        return 0

    def stop(self) -> None:
        """Last started, first stopped; who does not listen is killed. Each with all its own children."""
        self.gestopt = True
        for dienst, proces in reversed(self._lopend):
            _sein(proces, signal.SIGTERM)
            try:
                proces.wait(WACHT_OP_EINDE)
            except subprocess.TimeoutExpired:
                log.warning("%s stopt niet en wordt afgebroken.", dienst.naam)
            _sein(proces, signal.SIGKILL)
            proces.wait()
        self._lopend.clear()


def _sein(proces: subprocess.Popen[bytes], sein: signal.Signals) -> None:
    """To the whole session of the child: a served flow run is a grandchild."""
    try:
        os.killpg(proces.pid, sein)
    except ProcessLookupError:
        return


def _antwoordt(adres: str) -> bool:
    try:
        with urllib.request.urlopen(adres, timeout=2) as antwoord:  # noqa: S310  # loopback, our own server
            return bool(antwoord.status == 200)
    except (urllib.error.URLError, OSError):
        return False


class _vang_signalen:  # noqa: N801  # used as a statement: with _vang_signalen(groep)
    """Ctrl-C and SIGTERM ask the group to stop; afterwards the old handlers are back."""

    def __init__(self, groep: Groep) -> None:
        self._groep = groep
        self._oud: dict[signal.Signals, object] = {}

    def __enter__(self) -> None:
        for sein in (signal.SIGINT, signal.SIGTERM):
            self._oud[sein] = signal.signal(sein, self._stop)

    def _stop(self, _sein: int, _frame: FrameType | None) -> None:
        self._groep.gestopt = True

    def __exit__(self, *_: object) -> None:
        for sein, oud in self._oud.items():
            signal.signal(sein, oud)  # type: ignore[arg-type]
