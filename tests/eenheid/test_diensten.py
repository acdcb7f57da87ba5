"""The supervised group, with real child processes: one that dies ends all, and nothing stays behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from aanbesteding import orkest
from aanbesteding.diensten import Dienst, Groep, _vang_signalen
from aanbesteding.fouten import Omgevingsfout
from aanbesteding.instellingen import Instellingen

pytestmark = pytest.mark.keten  # real processes

SLAAPT = (sys.executable, "-c", "import time; time.sleep(600)")
# A child with a child of its own, as a served flow run is; it writes both process ids and ignores SIGTERM.
HARDNEKKIG = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
kind = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open("pids", "w").write(f"{os.getpid()} {kind.pid}")
time.sleep(600)
"""


def _leeft(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture
def groep(tmp_path: Path) -> Groep:
    return Groep(tmp_path, dict(os.environ))


def test_een_kind_dat_valt_wordt_gemeld_en_beeindigt_de_rest(groep: Groep, caplog: pytest.LogCaptureFixture) -> None:
    groep.start(Dienst("blijver", SLAAPT))
    groep.start(Dienst("valler", (sys.executable, "-c", "raise SystemExit(7)")))
    pids = [p.pid for _, p in groep._lopend]
    assert groep.bewaak() == 1
    groep.stop()
    assert "valler is gestopt (code 7)" in caplog.text
    assert not any(_leeft(pid) for pid in pids)


def test_wie_niet_luistert_wordt_afgebroken_met_zijn_kinderen(
    groep: Groep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aanbesteding.diensten.WACHT_OP_EINDE", 0.5)
    groep.start(Dienst("hardnekkig", (sys.executable, "-c", HARDNEKKIG)))
    tot = time.monotonic() + 10
    while not (tmp_path / "pids").exists() or not (tmp_path / "pids").read_text():
        assert time.monotonic() < tot
        time.sleep(0.02)
    pids = [int(p) for p in (tmp_path / "pids").read_text().split()]
    assert all(_leeft(pid) for pid in pids)
    groep.stop()
    assert not _leeft(pids[0])
    while _leeft(pids[1]):
        assert time.monotonic() < tot, "the grandchild lives on"
        time.sleep(0.02)


@pytest.mark.parametrize("sein", [signal.SIGINT, signal.SIGTERM])
def test_een_sein_stopt_de_groep_rustig(groep: Groep, sein: signal.Signals) -> None:
    eerder = signal.getsignal(sein)
    groep.start(Dienst("blijver", SLAAPT))
    with _vang_signalen(groep):
        threading.Timer(0.2, os.kill, (os.getpid(), sein)).start()
        assert groep.bewaak() == 0
    groep.stop()
    assert signal.getsignal(sein) == eerder


def test_een_dienst_die_bij_het_starten_valt_is_een_duidelijke_fout(groep: Groep) -> None:
    with pytest.raises(Omgevingsfout, match="stopte bij het starten"):
        groep.start(Dienst("server", (sys.executable, "-c", "raise SystemExit(3)"), "http://127.0.0.1:9/api/health"))
    groep.stop()


def test_de_instellingen_van_prefect_staan_in_de_data_map_en_alleen_op_deze_machine(tmp_path: Path) -> None:
    import tomllib

    folder = orkest.schrijf_instellingen(Instellingen(data_map=tmp_path))
    gelezen = tomllib.loads((folder / "prefect.toml").read_text())
    assert gelezen["home"] == str(folder)
    assert gelezen["server"]["api"]["host"] == "127.0.0.1"
    assert gelezen["server"]["analytics_enabled"] is False
    assert "flow_runs" not in gelezen["server"]["services"]["db_vacuum"]["enabled"]


def test_het_programma_laadt_prefect_niet_bij_het_starten() -> None:
    """It takes a second, on every command and every start of the web app."""
    kijk = "import sys; import aanbesteding.orkest, aanbesteding.diensten; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", kijk], check=False).returncode == 0
