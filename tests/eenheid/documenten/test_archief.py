"""The archive: content is its own address, damage shows, storing twice is storing once."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.documenten.archief import Archief
from aanbesteding.fouten import Controlefout, Invoerfout, NietGevonden


@given(st.binary(max_size=2000))
def test_wat_bewaard_is_komt_terug(tmp_path_factory: pytest.TempPathFactory, inhoud: bytes) -> None:
    archief = Archief(tmp_path_factory.getbasetemp() / "archief")
    sha256 = archief.bewaar(inhoud)
    assert sha256 == hashlib.sha256(inhoud).hexdigest()
    assert archief.lees(sha256) == inhoud


def test_plek_volgt_uit_de_inhoud(tmp_path: Path) -> None:
    sha256 = Archief(tmp_path).bewaar(b"memo")
    assert [p.relative_to(tmp_path) for p in tmp_path.rglob("*.pdf")] == [
        Path(sha256[:2]) / sha256[2:4] / f"{sha256}.pdf"
    ]


def test_twee_keer_bewaren_is_een_bestand_en_laat_het_met_rust(tmp_path: Path) -> None:
    archief = Archief(tmp_path)
    sha256 = archief.bewaar(b"memo")
    eerst = archief.pad(sha256).stat()
    assert archief.bewaar(b"memo") == sha256
    assert archief.pad(sha256).stat().st_ino == eerst.st_ino
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_een_veranderd_document_valt_op(tmp_path: Path) -> None:
    archief = Archief(tmp_path)
    sha256 = archief.bewaar(b"memo")
    archief.pad(sha256).write_bytes(b"MEMO")
    with pytest.raises(Controlefout, match="veranderd na het opslaan"):
        archief.lees(sha256)


def test_opnieuw_bewaren_herstelt_een_beschadigd_document(tmp_path: Path) -> None:
    archief = Archief(tmp_path)
    sha256 = archief.bewaar(b"memo")
    archief.pad(sha256).write_bytes(b"")
    archief.bewaar(b"memo")
    assert archief.lees(sha256) == b"memo"


def test_onbekend_document(tmp_path: Path) -> None:
    with pytest.raises(NietGevonden, match="staat niet in het archief"):
        Archief(tmp_path).lees("a" * 64)


@pytest.mark.parametrize("fout", ["", "abc", "../../etc/passwd", "A" * 64, "g" * 64, "a" * 64 + "\n"])
def test_een_adres_kan_nooit_buiten_het_archief_wijzen(tmp_path: Path, fout: str) -> None:
    with pytest.raises(Invoerfout, match="geen controlegetal"):
        Archief(tmp_path).pad(fout)


def test_een_mislukte_schrijfactie_laat_niets_achter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vol(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", vol)
    with pytest.raises(OSError, match="No space left"):
        Archief(tmp_path).bewaar(b"memo")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
