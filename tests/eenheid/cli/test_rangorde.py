"""agenda, rangordedossier and herbereken, as people and scripts use them."""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.cli.app import draai

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

L = sys.modules["lindeveen"]


def test_make_and_recompute_a_dossier(lindeveen: Any, tmp_path: Path, capsys: Any) -> None:
    lindeveen("beoordeeld")
    pad = tmp_path / "dossier.zip"
    assert draai(["rangordedossier", L.KENMERK, "--als", L.JURIST, "--naar", str(pad)]) == 0
    assert draai(["herbereken", str(pad)]) == 0
    assert "De rangorde klopt" in capsys.readouterr().out


def test_a_changed_dossier_ends_with_seven(lindeveen: Any, tmp_path: Path, capsys: Any) -> None:
    lindeveen("beoordeeld")
    pad, vals = tmp_path / "dossier.zip", tmp_path / "vals.json"
    draai(["rangordedossier", L.KENMERK, "--als", L.LEIDER, "--coalitie", "tuinstoel", "--naar", str(pad)])
    with zipfile.ZipFile(pad) as archief:
        gegevens = json.loads(archief.read("rangordedossier.json"))
    for score in gegevens["scores"]:
        score["waarde"] = 5 if score["coalitie"] == "tuinstoel" else score["waarde"]
    vals.write_text(json.dumps(gegevens), encoding="utf-8")
    assert draai(["herbereken", str(vals)]) == 7
    fout = capsys.readouterr().err
    assert "'tuinstoel': de plaats is" in fout


def test_who_may_not(lindeveen: Any, tmp_path: Path) -> None:
    lindeveen("beoordeeld")
    pad = tmp_path / "dossier.zip"
    assert draai(["rangordedossier", L.KENMERK, "--als", "els-van-dalfsen", "--naar", str(pad)]) == 3
    assert draai(["agenda", L.KENMERK, "--als", "els-van-dalfsen"]) == 3
    assert not pad.exists()


def test_the_agenda_is_a_table_with_who_leaves(lindeveen: Any, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    lindeveen("beoordeeld")
    assert draai(["agenda", L.KENMERK, "--als", L.VOORZITTER]) == 0
    uit = capsys.readouterr().out
    rij = next(r for r in uit.splitlines() if "samen repareren" in r)
    assert [c.strip() for c in rij.split("│")][7] == "B"


def test_nothing_on_the_agenda_yet(lindeveen: Any, capsys: Any) -> None:
    lindeveen("belangen")
    assert draai(["agenda", L.KENMERK, "--als", L.VOORZITTER]) == 0
    assert "nog niets te bespreken" in capsys.readouterr().out


def test_early_and_wrong_names(lindeveen: Any, tmp_path: Path) -> None:
    lindeveen("scoren")
    assert draai(["rangordedossier", L.KENMERK, "--als", L.JURIST, "--naar", str(tmp_path / "x.zip")]) == 5
    assert draai(["rangordedossier", L.KENMERK, "--als", L.JURIST, "--naar", str(tmp_path / "x")]) == 2
    assert draai(["herbereken", str(tmp_path / "bestaat-niet.zip")]) == 2
