"""kill -9 everywhere: running again ends in the same state, and nothing has happened twice."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from aanbesteding import logboek
from aanbesteding.database import lees, maak_motor
from aanbesteding.model import Bericht, Document, Indiening, Passage, Verwerkt
from aanbesteding.overzichten import vind, waker

pytestmark = pytest.mark.keten
KIND = Path(__file__).with_name("kindproces.py")
KLEIN = Path(__file__).parents[1] / "rondes" / "klein"
NOOIT = 10**9


def _draai(data_map: Path, sterf_bij: int) -> int:
    kind = subprocess.run(
        [sys.executable, str(KIND), str(data_map), str(sterf_bij)], check=False, capture_output=True, text=True
    )
    assert kind.returncode in (0, -signal.SIGKILL), kind.stderr
    return kind.returncode


def _einde(data_map: Path) -> dict[str, Any]:
    motor = maak_motor(f"sqlite:///{data_map}/aanbesteding.sqlite")
    with lees(motor) as session:
        ronde = vind.ronde(session, "klein")
        assert logboek.controleer(session, vind.sid(ronde.id)) == []
        laatste = logboek.laatste(session, vind.sid(ronde.id))
        uit = {
            "fase": ronde.fase,
            "versie": ronde.versie,
            "logboek": laatste.hash if laatste else "",
            "poorten": [(p.poort, p.volgnummer, p.moment) for p in vind.gepasseerd(session, ronde)],
            "post": sorted((b.message_id, b.verstuurd_op is not None) for b in session.exec(select(Bericht))),
            "aantallen": [
                session.exec(select(func.count()).select_from(t)).one()
                for t in (Verwerkt, Passage, Document, Indiening)
            ],
        }
    uit["documenten"] = waker.documenttabel(motor, "klein")
    uit["eml"] = sorted(p.name for p in (data_map / "post" / "klein").iterdir() if p.suffix == ".eml")
    motor.dispose()
    return uit


@pytest.fixture(scope="module")
def ongestoord(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    data_map = tmp_path_factory.mktemp("ongestoord")
    assert _draai(data_map, NOOIT) == 0
    uit = _einde(data_map)
    assert uit["fase"] == "afgesloten"
    return uit


@pytest.mark.parametrize("stap", [97, 61])
def test_steeds_weer_gedood_en_toch_hetzelfde_einde(stap: int, ongestoord: dict[str, Any], tmp_path: Path) -> None:
    """Each life ends a little further on (another phase of another write), until one reaches the end."""
    doden = 0
    while _draai(tmp_path, stap + 2 * doden) != 0:
        doden += 1
        assert doden < 60
    assert doden >= 5
    assert _einde(tmp_path) == ongestoord


def test_na_het_einde_verandert_nog_een_keer_draaien_niets(ongestoord: dict[str, Any], tmp_path: Path) -> None:
    _draai(tmp_path, NOOIT)
    assert _draai(tmp_path, NOOIT) == 0
    assert _einde(tmp_path) == ongestoord


def test_de_echte_flows_gedood_halverwege_geven_dezelfde_pdfs(
    volledig: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    """A whole process group with its Prefect and its PDF workers dies at once; the next run finishes the round."""
    from flows.oefenronde import oefenronde

    doel = tmp_path / "oefening"
    opdracht = (
        "from aanbesteding.orkest import oefenronde_hier as o; from pathlib import Path; "
        f"o(Path({str(KLEIN)!r}), Path({str(doel)!r}))"
    )
    schoon = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    schoon |= {"AANBESTEDING_DATA_MAP": str(tmp_path / "basis")}
    kind = subprocess.Popen([sys.executable, "-c", opdracht], env=schoon, start_new_session=True)
    tot = time.monotonic() + 180
    try:
        while len(list((doel / "documenten").rglob("*.pdf"))) < 14:
            assert kind.poll() is None, "the child ended before it could be killed"
            assert time.monotonic() < tot
            time.sleep(0.05)
    finally:
        os.killpg(kind.pid, signal.SIGKILL)
        kind.wait()
    assert not (doel / "manifest.json").exists()
    assert oefenronde(str(KLEIN), str(doel)) == volledig[1]
