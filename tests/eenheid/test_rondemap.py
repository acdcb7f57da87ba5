"""Reading a round folder: sound folders, warnings, Excel beside CSV, and a folder that `ronde nieuw` made."""

import csv
import re
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.fouten import Conflict, Invoerfout
from aanbesteding.procedure import Rol
from aanbesteding.regels import Termijnen
from aanbesteding.rondemap import lees_rondemap, waarschuwingen
from aanbesteding.rondesjabloon import maak_rondemap, stel_termijnen_voor, vrije_werkdag
from aanbesteding.termijnen import is_werkdag

L = sys.modules["lindeveen"]
RONDES = L.WORTEL / "config" / "rondes"


@pytest.mark.parametrize("naam", ["lindeveen-2027", "maassluis-2011"])
def test_sound_folders_are_read(naam: str) -> None:
    rondemap = lees_rondemap(RONDES / naam)
    assert rondemap.regels.ronde.kenmerk == naam
    assert {m.rol for m in rondemap.mensen} >= {Rol.PROJECTLEIDER, Rol.BEOORDELAAR, Rol.ADVISEUR, Rol.WETHOUDER}


def test_excel_gives_the_same_as_csv(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(L.MAP, tmp_path / "r"))
    for pad in list(folder.glob("*.csv")):
        boek = openpyxl.Workbook()
        for rij in csv.reader(pad.read_text(encoding="utf-8").splitlines(), delimiter=";"):
            boek.active.append([int(c) if c.isdecimal() else c for c in rij])
        boek.save(pad.with_suffix(".xlsx"))
        pad.unlink()
    assert lees_rondemap(folder) == lees_rondemap(L.MAP)


def test_warnings_name_holidays_and_missing_people(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(L.MAP, tmp_path / "r"))
    pad = folder / "team.csv"
    pad.write_text(
        "\n".join(r for r in pad.read_text(encoding="utf-8").splitlines() if ";jurist;" not in r), encoding="utf-8"
    )
    teksten = waarschuwingen(lees_rondemap(folder))
    assert "team: er is nog geen jurist aangewezen" in teksten
    assert any("voorjaarsvakantie van regio Zuid" in t for t in teksten)
    assert len(teksten) == len(set(teksten))


def test_new_folder_is_sound_but_for_the_marked_fields(tmp_path: Path) -> None:
    maak_rondemap(
        tmp_path / "n", van="sjabloon", publicatie=date(2027, 1, 11), kop={"kenmerk": "n-1", "gemeente": "lindeveen"}
    )
    with pytest.raises(Invoerfout) as fout:
        lees_rondemap(tmp_path / "n")
    assert len(fout.value.fouten) > 30
    assert [f for f in fout.value.fouten if not f.endswith("vul dit veld nog in")] == []


def test_new_folder_from_a_round_is_ready_to_start(tmp_path: Path) -> None:
    kop = {"kenmerk": "n-1", "gemeente": "lindeveen", "titel": "Tweede ronde", "zaaknummer": "Z-1"}
    maak_rondemap(tmp_path / "n", van="maassluis-2011", publicatie=date(2027, 1, 11), kop=kop)
    nieuw = lees_rondemap(tmp_path / "n").regels
    oud = lees_rondemap(RONDES / "maassluis-2011").regels
    assert (nieuw.ronde.kenmerk, nieuw.ronde.titel, nieuw.ronde.oefening) == ("n-1", "Tweede ronde", False)
    assert nieuw.criteria == oud.criteria
    assert not (tmp_path / "n" / "verloop").exists()
    with pytest.raises(Conflict, match="bestaat al"):
        maak_rondemap(tmp_path / "n", van="sjabloon", publicatie=date(2027, 1, 11), kop=kop)
    assert lees_rondemap(tmp_path / "n").regels == nieuw


@given(st.dates(date(2020, 1, 1), date(2032, 12, 31)))
def test_proposed_dates_always_hold(publicatie: date) -> None:
    """The schema checks order and window; every day is a working day outside the holidays."""
    voorstel = stel_termijnen_voor(publicatie)
    termijnen = Termijnen.model_validate({**voorstel, "startbijeenkomst_plaats": "zaal"})
    assert termijnen.sluiting.date() - termijnen.publicatie.date() >= timedelta(days=62)
    for moment in voorstel.values():
        for m in moment if isinstance(moment, list) else [moment]:
            assert is_werkdag(m.date())
            assert vrije_werkdag(m.date()) == m.date()


def test_a_character_that_no_document_can_show_is_named_with_file_and_place(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(L.MAP, tmp_path / "r"))
    for naam, oud in (("organisaties.csv", "Zorg om de Hoek"), ("ronde.toml", "Wijken en Welzijn")):
        tekst = (folder / naam).read_text(encoding="utf-8")
        assert oud in tekst
        (folder / naam).write_text(tekst.replace(oud, f"{oud} مرحبا"), encoding="utf-8")
    with pytest.raises(Invoerfout) as fout:
        lees_rondemap(folder)
    assert "ronde.afdeling: het teken 'م'" in fout.value.bericht
    assert re.search(r"organisaties\.csv: rij \d+, kolom 'naam': het teken 'م'", fout.value.bericht)
