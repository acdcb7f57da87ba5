"""Tables as people make them: separators, byte order marks, quotes, Excel's types."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.fouten import Invoerfout
from aanbesteding.tabellen import lees_tabel


def _csv(tmp_path: Path, inhoud: bytes) -> Path:
    pad = tmp_path / "lijst.csv"
    pad.write_bytes(inhoud)
    return pad


@pytest.mark.parametrize("scheiding", [";", ","])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("regeleinde", ["\n", "\r\n"])
def test_csv_of_any_kind_reads_the_same(tmp_path: Path, scheiding: str, bom: bytes, regeleinde: str) -> None:
    tekst = regeleinde.join(["Sleutel;E-mail", "één;a@b.example", "", "twee;"]).replace(";", scheiding) + regeleinde
    tabel = lees_tabel(_csv(tmp_path, bom + tekst.encode()))
    assert tabel.kolommen == ["sleutel", "email"]
    assert [(r.nummer, r.cellen) for r in tabel.rijen] == [
        (2, {"sleutel": "één", "email": "a@b.example"}), (4, {"sleutel": "twee"})]  # fmt: skip


def test_quotes_keep_separators_and_line_breaks(tmp_path: Path) -> None:
    tabel = lees_tabel(_csv(tmp_path, b'a;b\n"x;y";"een\ntwee"\n'))
    assert tabel.rijen[0].cellen == {"a": "x;y", "b": "een\ntwee"}


def test_excel_types_become_what_a_person_types(tmp_path: Path) -> None:
    boek = openpyxl.Workbook()
    boek.active.append(["a", "b", "c", "d", "e"])
    boek.active.append([72.0, 31.5, True, datetime(2027, 2, 1, 12), " x "])  # noqa: DTZ001  # Excel has no zones
    boek.save(tmp_path / "l.xlsx")
    assert lees_tabel(tmp_path / "l.xlsx").rijen[0].cellen == {
        "a": "72", "b": "31.5", "c": "ja", "d": "2027-02-01T12:00:00", "e": "x"}  # fmt: skip


def test_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    boek = openpyxl.Workbook()
    boek.active.append(["oud"])
    boek.active.sheet_state = "hidden"
    boek.create_sheet("lijst").append(["nieuw"])
    boek.save(tmp_path / "l.xlsx")
    assert lees_tabel(tmp_path / "l.xlsx").kolommen == ["nieuw"]


def test_unknown_and_missing_columns_are_named(tmp_path: Path) -> None:
    fouten = lees_tabel(_csv(tmp_path, b"naam;emial\nx;y\n")).eis_kolommen(["naam", "email"], ["naam", "email"])
    assert fouten == ["rij 1, kolom 'emial': deze kolom bestaat niet. Bedoelt u 'email'?",
                      "rij 1: de kolom 'email' ontbreekt; zet hem in de eerste rij"]  # fmt: skip


@given(st.binary(max_size=200))
def test_any_bytes_give_a_table_or_a_dutch_fault(tmp_path_factory: pytest.TempPathFactory, inhoud: bytes) -> None:
    folder = tmp_path_factory.mktemp("willekeurig")
    for soort in ("csv", "xlsx"):
        pad = folder / f"l.{soort}"
        pad.write_bytes(inhoud)
        try:
            tabel = lees_tabel(pad)
        except Invoerfout as fout:
            assert str(fout).startswith(f"l.{soort}: ")  # noqa: PT017  # either outcome is right
        else:
            assert tabel.kolommen
