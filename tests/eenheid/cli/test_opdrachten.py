"""Commands that go well: output, exit code, what is in the database and on disk afterwards."""

# ruff: noqa: E501  # a table reads best with one case on one line

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.cli.app import draai
from aanbesteding.database import lees
from aanbesteding.documenten.archief import Archief
from aanbesteding.model import Document
from aanbesteding.overzichten import beoordelen, vind

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

L = sys.modules["lindeveen"]
ENGELS = (
    "Usage",
    "Options",
    "Arguments",
    "Commands",
    "Show this message",
    "Missing",
    "No such",
    "Invalid",
    "required",
    "Error",
)


def _alle() -> list[list[str]]:
    from typer.main import get_command

    from aanbesteding.cli.app import app

    uit: list[list[str]] = [[]]

    def loop(groep: Any, pad: list[str]) -> None:
        for naam, kind in getattr(groep, "commands", {}).items():
            uit.append([*pad, naam])
            loop(kind, [*pad, naam])

    loop(get_command(app), [])
    return uit


@pytest.mark.parametrize("opdracht", _alle(), ids=lambda o: " ".join(o) or "hoofd")
def test_help_is_dutch_everywhere(opdracht: list[str], capsys: Any) -> None:
    assert draai([*opdracht, "--help"]) == 0
    uit = capsys.readouterr().out
    assert "Gebruik: aanbesteding" in uit
    assert "Toon deze uitleg en stop." in uit
    assert [woord for woord in ENGELS if woord in uit] == []


def test_start_show_and_list(data_map: Path, capsys: Any) -> None:
    assert draai(["ronde", "lijst"]) == 4
    assert not list(data_map.iterdir())  # asking makes nothing
    assert draai(["ronde", "start", str(L.MAP), "--als", L.LEIDER]) == 0
    assert draai(["ronde", "lijst"]) == 0
    assert draai(["ronde", "toon", L.KENMERK]) == 0
    uit = capsys.readouterr().out
    assert "startvoorstel, projectleider: De tekst van het collegevoorstel (startvoorstel)" in uit
    assert "11 januari 2027" in uit


def test_check_a_folder_changes_nothing(data_map: Path, capsys: Any) -> None:
    assert draai(["ronde", "controleer", str(L.MAP)]) == 0
    uit = capsys.readouterr()
    assert "14 organisaties, 12 personen" in uit.out
    assert "voorjaarsvakantie" in uit.err
    assert not list(data_map.iterdir())


def test_import_scores_from_excel_with_who(
    lindeveen: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """A live round is scored at the real time; the announced window is not a limit of this act."""
    import openpyxl

    loper = lindeveen("scoren")
    boek = openpyxl.Workbook()
    boek.active.append(["wie", "coalitie", "criterium", "waarde", "motivering"])
    wie = next(b for c, b in L.toewijzingen(loper) if c == "tuinstoel")
    for criterium in ("effect", "samen"):
        boek.active.append([wie, "tuinstoel", criterium, 4, L.reden("tuinstoel", criterium)])
    boek.save(tmp_path / "scores.xlsx")
    assert draai(["import", "scores", L.KENMERK, str(tmp_path / "scores.xlsx")]) == 0
    assert "2 rijen ingelezen" in capsys.readouterr().out
    assert len(loper.kijk(beoordelen.scoretabel)) == 2


def test_hand_in_from_a_file(lindeveen: Any, tmp_path: Path) -> None:
    loper = lindeveen("coalities")
    pad = tmp_path / "voorstel.toml"
    velden = {k: v for k, v in L.voorstel("leesmaatjes").items() if isinstance(v, str)}
    pad.write_text("\n".join(f'{k} = "{v}"' for k, v in velden.items()), encoding="utf-8")
    assert (
        draai(["voorstel", "indienen", L.KENMERK, str(pad), "--coalitie", "leesmaatjes", "--als", "bibliotheek"]) == 0
    )
    assert (
        draai(
            [
                "voorstel",
                "intrekken",
                L.KENMERK,
                "--coalitie",
                "leesmaatjes",
                "--reden",
                "Te vroeg",
                "--als",
                "bibliotheek",
            ]
        )
        == 0
    )
    assert loper.kijk(lambda s, r: vind.coalitie(s, r, "leesmaatjes").sleutel) == "leesmaatjes"


def _document(loper: Any, data_map: Path) -> str:
    inhoud = b"%PDF-1.7 proef"
    sha = Archief(data_map / "documenten").bewaar(inhoud)
    from aanbesteding.database import schrijf

    with schrijf(loper.motor) as session:
        ronde = vind.ronde(session, L.KENMERK)
        session.add(Document(ronde_id=ronde.id or 0, kenmerk="Z/1", soort="oproep", titel="De oproep", bestandsnaam="oproep.pdf", sha256=sha,
                             grootte=len(inhoud), openbaar=True, ontvanger="iedereen", moment=L.op("2027-01-11T09:00")))  # fmt: skip
    return sha


@pytest.mark.parametrize("naam", ["dossier.zip", "dossier"])
def test_file_of_a_round_is_whole_and_repeatable(lindeveen: Any, data_map: Path, tmp_path: Path, naam: str) -> None:
    _document(lindeveen("uitvoering"), data_map)
    paden = [tmp_path / f"{n}-{naam}" for n in ("a", "b")]
    for pad in paden:
        assert draai(["dossier", L.KENMERK, "--naar", str(pad)]) == 0
    if naam.endswith(".zip"):
        assert paden[0].read_bytes() == paden[1].read_bytes()
        zipfile.ZipFile(paden[0]).extractall(tmp_path / "uit")
        wortel = tmp_path / "uit"
    else:
        wortel = paden[0]
    for regel in (wortel / "manifest.sha256").read_text(encoding="utf-8").splitlines():
        som, _, pad_ = regel.partition("  ")
        assert hashlib.sha256((wortel / pad_).read_bytes()).hexdigest() == som
    assert (wortel / "documenten/00-handelingen/oproep.pdf").read_bytes() == b"%PDF-1.7 proef"
    assert "De oproep" in (wortel / "index.html").read_text(encoding="utf-8")
    assert (wortel / "regels/versie-1.json").is_file()


def test_changed_document_stops_the_file_and_the_check(
    lindeveen: Any, data_map: Path, tmp_path: Path, capsys: Any
) -> None:
    sha = _document(lindeveen("uitvoering"), data_map)
    assert draai(["controleer", L.KENMERK]) == 0
    Archief(data_map / "documenten").pad(sha).write_bytes(b"anders")
    assert draai(["controleer", L.KENMERK]) == 7
    assert draai(["dossier", L.KENMERK, "--naar", str(tmp_path / "d")]) == 7
    assert "veranderd na het opslaan" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [data_map]  # nothing half-written beside it


def test_fault_of_ours_keeps_its_traceback(data_map: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANBESTEDING_DATABASE_URL", "onzin://x")
    from aanbesteding.instellingen import instellingen

    instellingen.cache_clear()
    assert draai(["ronde", "lijst"]) == 1
    err = capsys.readouterr().err
    assert "Er ging iets mis in het programma" in err
    assert "Traceback" not in err
    [pad] = (data_map / "storingen").iterdir()
    assert "Traceback" in pad.read_text(encoding="utf-8")


def test_entry_point_gives_the_exit_code(data_map: Path) -> None:
    klaar = subprocess.run([sys.executable, "-c", "from aanbesteding.cli import hoofd; hoofd()", "ronde", "toon", "x"],
                           capture_output=True, text=True, check=False)  # fmt: skip
    assert klaar.returncode == 4
    assert klaar.stdout == ""
    assert "Er zijn nog geen rondes" in klaar.stderr


def test_database_is_read_only_by_looking(lindeveen: Any) -> None:
    loper = lindeveen("uitvoering")
    eerder = loper.vingerafdruk()
    for opdracht in (
        ["ronde", "toon", L.KENMERK],
        ["documenten", L.KENMERK],
        ["controleer"],
        ["handeling"],
        ["ronde", "lijst"],
    ):
        assert draai(opdracht) == 0
    assert loper.vingerafdruk() == eerder
    with lees(loper.motor) as session:
        assert vind.ronde(session, L.KENMERK).fase == "uitvoering"
