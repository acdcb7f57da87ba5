"""The commands for who edits house styles and templates: what they print and how they end."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aanbesteding.cli.app import draai
from aanbesteding.instellingen import WORTEL, instellingen


@pytest.fixture
def stijlen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    doel = Path(shutil.copytree(WORTEL / "config" / "huisstijlen", tmp_path / "huisstijlen"))
    monkeypatch.setenv("AANBESTEDING_HUISSTIJLEN_MAP", str(doel))
    monkeypatch.setenv("AANBESTEDING_DATA_MAP", str(tmp_path / "gegevens"))
    monkeypatch.setenv("AANBESTEDING_RENDER_PROCESSEN", "0")
    instellingen.cache_clear()
    yield doel
    instellingen.cache_clear()


def test_nieuw_en_controleer(stijlen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert draai(["huisstijl", "controleer"]) == 0
    assert draai(["huisstijl", "nieuw", "Den Haag"]) == 0
    assert (stijlen / "den-haag" / "logo.svg").is_file()
    assert draai(["huisstijl", "nieuw", "Den Haag"]) == 5
    assert draai(["huisstijl", "controleer", "den-haag"]) == 7
    assert "den-haag: cbs_code: hier staat nog 'GM0000'" in capsys.readouterr().err
    assert draai(["huisstijl", "controleer", "den-hag"]) == 4


@pytest.mark.keten
def test_galerij_van_een_soort(stijlen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opdracht = ["galerij", "--soort", "verzuimbrief", "--huisstijl", "maassluis", "--naar", str(tmp_path / "g")]
    assert draai(opdracht) == 0
    assert "1 soort, 1 vernieuwd" in capsys.readouterr().out
    assert draai(opdracht) == 0
    assert "1 soort, 0 vernieuwd" in capsys.readouterr().out
    assert "Gemeente Maassluis" in (tmp_path / "g" / "index.html").read_text()
    assert draai(["galerij", "--soort", "verzuimbref", "--naar", str(tmp_path / "g")]) == 4


@pytest.mark.keten
def test_taal(stijlen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert draai(["taal", "sjablonen", "--soort", "verzuimbrief"]) == 0
    assert "verzuimbrief" in capsys.readouterr().out
    bericht = tmp_path / "bericht.txt"
    bericht.write_text("Conform afspraak bellen wij u om 12:00 uur.")
    assert draai(["taal", "tekst", str(bericht)]) == 7
    uit = capsys.readouterr()
    assert "schrijf 'volgens'" in uit.out
    assert "schrijf een tijd als '12.00 uur'" in uit.out
    assert draai(["taal", "tekst", str(tmp_path / "weg.txt")]) == 2
