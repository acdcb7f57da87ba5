"""The only place outside flows/ that talks to Prefect; imported late, since Prefect takes a second to load.

A person's act is stored before anything here runs. If Prefect is away, `wek` says so in the log and returns
False: people go on working, and the deurwachter passes the gates when it is back.
"""

import importlib
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from .instellingen import Instellingen, instellingen
from .overzichten.waker import Kloppend, volgende_poort

log = logging.getLogger(__name__)

UITROL = "ronde-bijwerken/ronde-bijwerken"
MEESTE_POGINGEN = 20
HOST, POORT = "127.0.0.1", 4200
"""Loopback only: Prefect's own pages know no roles, so they are for the operator of the machine."""


def prefect_map(gekozen: Instellingen | None = None) -> Path:
    return ((gekozen or instellingen()).data_map / "prefect").resolve()


def toml(folder: Path) -> str:
    """prefect.toml as tested (kennis/prefect.md); `flow_runs` stays out of the vacuum: it deletes finished runs."""
    return f"""# Gemaakt door 'aanbesteding start'; een wijziging hier gaat bij de volgende start verloren.
home = "{folder.as_posix()}"
[api]
url = "http://{HOST}:{POORT}/api"
[client]
server_version_check_enabled = false
[server]
analytics_enabled = false
[server.api]
host = "{HOST}"
port = {POORT}
[server.ui]
v2_enabled = false
show_promotional_content = false
[server.events]
retention_period = "P90D"
[server.services.db_vacuum]
enabled = ["events"]
[flows]
heartbeat_frequency = 30
[runner]
poll_frequency = 3
[results]
persist_by_default = false
"""


def omgeving(gekozen: Instellingen | None = None) -> dict[str, str]:
    """Environment for a process that talks to the server of `aanbesteding start`."""
    folder = prefect_map(gekozen)
    return {
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": f"http://{HOST}:{POORT}/api",
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


def schrijf_instellingen(gekozen: Instellingen | None = None) -> Path:
    """Write prefect.toml into the data folder; returns that folder, in which Prefect's processes must run."""
    folder = prefect_map(gekozen)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "prefect.toml").write_text(toml(folder), encoding="utf-8")
    return folder


def _zet(waarden: dict[str, str]) -> None:
    """What the operator or a test has set already stays."""
    for naam, waarde in waarden.items():
        os.environ.setdefault(naam, waarde)


# ---------------------------------------------------------------- waking a round


def wek(klopt: Kloppend) -> bool:
    """Ask Prefect to bring the round up to date; False (and a log line) when that did not work.

    The key names round, gate, version of the deadlines and attempt, so that a person's act, the clock and a
    published deadline together give one run. A run that ended while the gate is still due gives a next attempt.
    """
    return _vraag_aan(klopt, None)


def plan(klopt: Kloppend, moment: datetime) -> bool:
    """Schedule the run for a published deadline; a deadline that moved has a new version, so a new run."""
    return _vraag_aan(klopt, moment)


def wek_als_nodig(motor: Engine, kenmerk: str, nu: datetime) -> bool:
    """Wake the round if a gate is due now; what the web app calls after every act."""
    klopt = volgende_poort(motor, kenmerk, nu)
    return klopt is not None and wek(klopt)


def sleutel(klopt: Kloppend, poging: int | str) -> str:
    poort = f"{klopt.poort.value}-{klopt.nummer}"
    return f"ronde:{klopt.kenmerk}:poort:{poort}:termijn:{klopt.termijnversie}:poging:{poging}"


def _vraag_aan(klopt: Kloppend, moment: datetime | None) -> bool:
    _zet(omgeving())
    try:
        return _dien_in(klopt, moment)
    except Exception as fout:
        log.warning(
            "Prefect neemt de ronde %s (poort %s) niet aan: %s. De deurwachter doet het later.",
            klopt.kenmerk,
            klopt.poort.value,
            type(fout).__name__,
        )
        return False


def _dien_in(klopt: Kloppend, moment: datetime | None) -> bool:
    from prefect.deployments import run_deployment

    pogingen: list[int | str] = ["gepland"] if moment else list(range(1, MEESTE_POGINGEN + 1))
    for poging in pogingen:
        run: Any = run_deployment(
            UITROL, parameters={"kenmerk": klopt.kenmerk}, scheduled_time=moment, timeout=0, as_subflow=False,
            idempotency_key=sleutel(klopt, poging), tags=[f"ronde:{klopt.kenmerk}"],
            flow_run_name=f"{klopt.kenmerk}: {klopt.poort.value} {klopt.nummer}",
        )  # fmt: skip
        if moment or run.state is None or not run.state.is_final():
            return True
    log.error("De poort %s van de ronde %s is %s keer geprobeerd.", klopt.poort.value, klopt.kenmerk, MEESTE_POGINGEN)
    return False


# ---------------------------------------------------------------- in this process


def _hier(gekozen: Instellingen) -> None:
    """A server of our own for as long as it takes; apart from the folder of the lasting one."""
    folder = gekozen.data_map.resolve() / "prefect-hier"
    folder.mkdir(parents=True, exist_ok=True)  # Prefect waits for ever in a folder that is not there
    _zet(
        {
            "PREFECT_HOME": str(folder),
            "DO_NOT_TRACK": "1",
            "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
            "PREFECT_LOGGING_LEVEL": "WARNING",
            "PREFECT_LOGGING_TO_API_ENABLED": "false",
            # Plain http to this machine: no TLS to verify. Else each flow loads all certificates, 0.2 s a time.
            "PREFECT_API_TLS_INSECURE_SKIP_VERIFY": "true",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "60",
        }
    )


def _draai(module: str, naam: str, *args: Any, **kwargs: Any) -> Any:
    """Run a flow without the heartbeat, which costs a second a run and serves only runs on a runner."""
    _hier(instellingen())
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        # Nothing of ours imports flows (ontwerp.md §1), except here, by name and at the last moment.
        return getattr(importlib.import_module(module), naam)(*args, **kwargs)


def bijwerken_hier(kenmerk: str, nu: datetime | None = None) -> list[str]:
    """Bring one round up to date in this process, without a running server; returns the gates passed."""
    gepasseerd: list[str] = _draai("flows.ronde", "ronde_bijwerken", kenmerk, nu)
    return gepasseerd


def oefenronde_hier(rondemap: Path, data_map: Path | None = None, tot: datetime | None = None) -> dict[str, Any]:
    """Play a rehearsal in this process, all of it or up to `tot`; returns its manifest with `verschillen`."""
    manifest: dict[str, Any] = _draai("flows.oefenronde", "oefenronde", str(rondemap), str(data_map or ""), tot)
    return manifest


def start_diensten(*ook: Any, **kwargs: Any) -> int:
    """Prefect's server, the served flows and what else is given, as one group; see `diensten.start_diensten`."""
    from .diensten import start_diensten as start

    return start(*ook, **kwargs)
