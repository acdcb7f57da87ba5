"""House styles: strict, readable, with messages that say what to mend."""

import shutil
from pathlib import Path

import pytest

from aanbesteding.documenten.huisstijl import bekende_huisstijlen, laad_huisstijl
from aanbesteding.documenten.kleur import contrast
from aanbesteding.fouten import Invoerfout, NietGevonden
from aanbesteding.instellingen import WORTEL

HUISSTIJLEN = WORTEL / "config" / "huisstijlen"


@pytest.fixture
def kopie(tmp_path: Path) -> Path:
    shutil.copytree(HUISSTIJLEN / "lindeveen", tmp_path / "lindeveen")
    return tmp_path


def verander(folder: Path, oud: str, nieuw: str) -> None:
    bestand = folder / "lindeveen" / "huisstijl.toml"
    tekst = bestand.read_text()
    assert oud in tekst
    bestand.write_text(tekst.replace(oud, nieuw))


def test_contrast_volgens_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("sleutel", bekende_huisstijlen(HUISSTIJLEN))
def test_elke_huisstijl_in_config_klopt(sleutel: str) -> None:
    stijl = laad_huisstijl(sleutel, HUISSTIJLEN)
    assert stijl.sleutel == sleutel
    assert stijl.volledige_naam == f"Gemeente {stijl.naam}"


def test_maassluis_heeft_de_echte_code_en_verzonnen_adressen() -> None:
    stijl = laad_huisstijl("maassluis", HUISSTIJLEN)
    assert (stijl.cbs_code, stijl.rechtbank) == ("GM0556", "Rotterdam")
    assert all(waarde.endswith(".example") for waarde in (stijl.email, stijl.web))


def test_postcode_en_plaats_staan_los_van_elkaar() -> None:
    assert laad_huisstijl("lindeveen", HUISSTIJLEN).postadres.regels() == ["Postbus 12", "1000 AA  Lindeveen"]


def test_onbekende_gemeente_krijgt_een_suggestie() -> None:
    with pytest.raises(NietGevonden, match="Bedoelt u 'maassluis'") as fout:
        laad_huisstijl("maasluis", HUISSTIJLEN)
    assert "lindeveen" in fout.value.bericht


def test_een_sleutel_kan_niet_naar_een_andere_map_wijzen() -> None:
    with pytest.raises(NietGevonden):
        laad_huisstijl("../huisstijlen/maassluis", HUISSTIJLEN)


def test_een_onleesbare_kleur_wordt_geweigerd(kopie: Path) -> None:
    verander(kopie, 'grijs = "#55615a"', 'grijs = "#aab5ae"')
    with pytest.raises(Invoerfout, match=r"kleuren.grijs.*slecht leesbaar.*minimaal 4.5"):
        laad_huisstijl("lindeveen", kopie)


def test_elke_fout_wordt_genoemd(kopie: Path) -> None:
    verander(kopie, 'cbs_code = "GM0000"', 'cbs_kode = "GM0000"')
    with pytest.raises(Invoerfout) as fout:
        laad_huisstijl("lindeveen", kopie)
    assert "cbs_code: dit veld ontbreekt" in fout.value.bericht
    assert "cbs_kode: dit veld bestaat niet" in fout.value.bericht


def test_kapotte_toml(kopie: Path) -> None:
    verander(kopie, 'naam = "Lindeveen"', "naam = Lindeveen")
    with pytest.raises(Invoerfout, match="geen geldige TOML"):
        laad_huisstijl("lindeveen", kopie)


def test_zonder_logo_geen_huisstijl(kopie: Path) -> None:
    (kopie / "lindeveen" / "logo.svg").unlink()
    with pytest.raises(Invoerfout, match=r"logo\.svg ontbreekt"):
        laad_huisstijl("lindeveen", kopie)
