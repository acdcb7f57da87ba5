"""`controleer x.pdf` and `documenten --verzegeld`: through the command line, on a round with a real PDF."""

import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding import logboek
from aanbesteding.cli.app import draai
from aanbesteding.database import maak_motor, schrijf
from aanbesteding.documenten.archief import Archief
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.instellingen import WORTEL, instellingen
from aanbesteding.model import Document, Logregel
from aanbesteding.overzichten import vind

pytestmark = pytest.mark.keten  # real PDFs

L = sys.modules["lindeveen"]
ORDER = voorbeeld_opdracht("verzuimbrief")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return Opmaker(WORTEL / "sjablonen", WORTEL / "config" / "huisstijlen").render(ORDER)


def _leg_vast(sha: str, grootte: int, *, kenmerk: str, naam: str, moment: datetime) -> None:
    """A document as a gate stores it: row and log line together."""
    with schrijf(maak_motor(instellingen().url)) as session:
        ronde = vind.ronde(session, L.KENMERK)
        session.add(
            Document(
                ronde_id=ronde.id or 0, kenmerk=kenmerk, soort=ORDER.soort, titel=ORDER.titel, bestandsnaam=naam,
                sha256=sha, grootte=grootte, openbaar=False, ontvanger="coalitie", moment=moment,
            )
        )  # fmt: skip
        logboek.schrijf_regel(session, ronde_id=ronde.id or 0, moment=moment, actor="test", handeling="passeer",
                              gegevens={"documenten": {kenmerk: sha}})  # fmt: skip


@pytest.fixture
def uit(lindeveen: Any, data_map: Path, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The round has this one document; its sealed copy lies in the returned path."""
    for naam in ("BESTAND", "WACHTWOORD", "WACHTWOORD_BESTAND", "VERTROUWD"):
        monkeypatch.delenv(f"AANBESTEDING_ZEGEL_{naam}", raising=False)
    lindeveen("ingediend")
    with schrijf(maak_motor(instellingen().url)) as session:
        vind.ronde(session, L.KENMERK).oefening = True
        for oud in session.exec(select(Document)).all():
            session.delete(oud)
    sha = Archief(instellingen().archief_map).bewaar(pdf)
    _leg_vast(sha, len(pdf), kenmerk=ORDER.kenmerk, naam="brief.pdf", moment=ORDER.moment)
    assert draai(["zegel", "maak-oefenzegel", "--gemeente", "Gemeente Lindeveen"]) == 0
    assert draai(["documenten", L.KENMERK, "--naar", str(tmp_path / "uit"), "--verzegeld"]) == 0
    return tmp_path / "uit" / "brief.pdf"


def _controleer(pad: Path, capsys: Any) -> tuple[int, str, str]:
    capsys.readouterr()
    code = draai(["controleer", str(pad)])
    vangst = capsys.readouterr()
    return code, vangst.out, vangst.err


def test_a_sealed_copy_is_recognised_and_whole(uit: Path, pdf: bytes, capsys: Any) -> None:
    assert uit.read_bytes().startswith(pdf)
    assert len(uit.read_bytes()) > len(pdf)
    code, tekst, fout = _controleer(uit, capsys)
    assert (code, fout) == (0, "")
    for woord in (L.KENMERK, ORDER.kenmerk, "Gemeente Lindeveen", "geen rechtskracht", "ongeschonden", "In orde"):
        assert woord in tekst


def test_without_its_seal_it_is_still_recognised(uit: Path, pdf: bytes, capsys: Any) -> None:
    uit.write_bytes(pdf)
    code, tekst, _ = _controleer(uit, capsys)
    assert code == 0
    assert "geen zegel" in tekst


@pytest.mark.parametrize("waar", ["begin", "zegel", "toegevoegd", "toegevoegd zonder zegel"])
def test_any_change_ends_with_seven(waar: str, uit: Path, pdf: bytes, capsys: Any) -> None:
    inhoud = bytearray(pdf if waar.endswith("zonder zegel") else uit.read_bytes())
    if waar.startswith("toegevoegd"):
        inhoud += b"1 0 obj\n<<>>\nendobj\n%%EOF\n"
    else:
        inhoud[len(pdf) // 2 if waar == "begin" else len(pdf) + 40] ^= 4
    uit.write_bytes(inhoud)
    code, tekst, fout = _controleer(uit, capsys)
    assert code == 7
    assert "Niet in orde" in fout
    assert "In orde." not in tekst


def test_a_forgery_with_our_reference_is_named(uit: Path, capsys: Any) -> None:
    import pikepdf

    with pikepdf.open(uit) as vals:
        vals.docinfo["/Title"] = "Een ander besluit"
        vals.save(uit.with_name("vals.pdf"))
    code, tekst, fout = _controleer(uit.with_name("vals.pdf"), capsys)
    assert code == 7
    assert ORDER.kenmerk in tekst
    assert "De inhoud is een andere" in fout
    assert "De titel in de PDF is anders" in fout


def test_an_unknown_pdf_and_a_missing_file_are_said_calmly(uit: Path, capsys: Any) -> None:
    vreemd = uit.with_name("vreemd.PDF")
    vreemd.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Size 1>>\n%%EOF\n")
    code, tekst, fout = _controleer(vreemd, capsys)
    assert code == 4
    assert "Geen van de rondes" in tekst
    assert "--data-map" in fout
    assert _controleer(uit.with_name("weg.pdf"), capsys)[0] == 4
    vreemd.write_text("geen pdf")
    assert _controleer(vreemd, capsys)[0] == 2


def test_a_later_version_is_mentioned(uit: Path, capsys: Any) -> None:
    _leg_vast("1" * 64, 1, kenmerk="LATER-2", naam="b2.pdf", moment=ORDER.moment + timedelta(days=1))
    code, tekst, _ = _controleer(uit, capsys)
    assert code == 0
    assert "LATER-2" in tekst


def test_a_broken_log_or_an_unlogged_document_shows(uit: Path, capsys: Any) -> None:
    with schrijf(maak_motor(instellingen().url)) as session:
        regel = session.exec(select(Logregel).order_by(Logregel.volgnummer.desc())).first()  # type: ignore[attr-defined]
        assert regel is not None
        regel.gegevens = {}
    code, tekst, fout = _controleer(uit, capsys)
    assert code == 7
    assert "NIET IN ORDE" in tekst
    assert "noemt dit document niet" in fout


def test_a_seal_from_another_installation_is_not_trusted(uit: Path, data_map: Path, capsys: Any) -> None:
    shutil.rmtree(data_map / "zegel")
    code, tekst, fout = _controleer(uit, capsys)
    assert code == 7
    assert "niet vertrouwd" in tekst
    assert "oefenzegel van een andere computer" in fout


def test_a_real_round_never_gets_the_rehearsal_seal(uit: Path, tmp_path: Path, capsys: Any) -> None:
    with schrijf(maak_motor(instellingen().url)) as session:
        vind.ronde(session, L.KENMERK).oefening = False
    assert draai(["documenten", L.KENMERK, "--naar", str(tmp_path / "echt"), "--verzegeld"]) == 6
    assert "AANBESTEDING_ZEGEL_BESTAND" in capsys.readouterr().err
    assert not (tmp_path / "echt").exists()
    assert draai(["documenten", L.KENMERK, "--verzegeld"]) == 2


def test_show_tells_what_there_is(uit: Path, data_map: Path, capsys: Any) -> None:
    capsys.readouterr()
    (data_map / "zegel" / "oefenzegel.p12").chmod(0o644)
    assert draai(["zegel", "toon"]) == 0
    vangst = capsys.readouterr()
    assert "Gemeente Lindeveen" in vangst.out
    assert f"{datetime.now(UTC).year + 3}" in vangst.out
    assert "chmod 600" in vangst.err
    assert draai(["zegel", "maak-oefenzegel"]) == 5
