"""A new house style: made from the model, checked until it is filled in, with its own words and a safe logo."""

import shutil
from pathlib import Path

import pytest

from aanbesteding.documenten.huisstijl import bekende_huisstijlen, laad_huisstijl
from aanbesteding.documenten.huisstijlmap import controleer_huisstijl, nieuwe_huisstijl, sleutel_van
from aanbesteding.documenten.logo import logofouten
from aanbesteding.fouten import Conflict, Invoerfout
from aanbesteding.instellingen import WORTEL

HUISSTIJLEN = WORTEL / "config" / "huisstijlen"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {kop}>{inhoud}</svg>'


@pytest.fixture
def stijlen(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HUISSTIJLEN, tmp_path / "huisstijlen"))


@pytest.mark.parametrize(
    ("naam", "sleutel"),
    [("Súdwest-Fryslân", "sudwest-fryslan"), ("'s-Hertogenbosch", "s-hertogenbosch"), ("Den Haag", "den-haag")],
)
def test_de_naam_van_de_map(naam: str, sleutel: str) -> None:
    assert sleutel_van(naam) == sleutel


@pytest.mark.parametrize("naam", ["", "…", 'A"B', "a/b"])
def test_een_onmogelijke_naam_maakt_niets(naam: str, stijlen: Path) -> None:
    voor = sorted(stijlen.iterdir())
    with pytest.raises(Invoerfout, match="naam"):
        nieuwe_huisstijl(naam, stijlen)
    assert sorted(stijlen.iterdir()) == voor


def test_een_nieuwe_huisstijl_werkt_meteen_en_noemt_wat_nog_leeg_is(stijlen: Path) -> None:
    folder = nieuwe_huisstijl("Den Haag", stijlen)
    assert laad_huisstijl(folder.name, stijlen).volledige_naam == "Gemeente Den Haag"
    fouten = controleer_huisstijl("den-haag", stijlen)
    genoemd = {f.split(":")[0] for f in fouten}
    assert genoemd == {
        *("cbs_code", "web", "telefoon", "email", "bezwaar_web", "rechtbank"),
        *("bezoekadres.straat", "postadres.straat", "logo.svg"),
    }
    assert all("vul het echte gegeven in" in f or "logo van de gemeente" in f for f in fouten)


def test_een_bestaande_huisstijl_blijft_staan(stijlen: Path) -> None:
    voor = (stijlen / "maassluis" / "huisstijl.toml").read_bytes()
    with pytest.raises(Conflict, match="bestaat al"):
        nieuwe_huisstijl("Maassluis", stijlen)
    assert (stijlen / "maassluis" / "huisstijl.toml").read_bytes() == voor


def test_het_sjabloon_is_geen_huisstijl(stijlen: Path) -> None:
    assert bekende_huisstijlen(stijlen) == ["lindeveen", "maassluis"]
    assert [controleer_huisstijl(s, stijlen) for s in bekende_huisstijlen(stijlen)] == [[], []]


def test_elke_fout_noemt_het_veld_en_hoe_het_moet(stijlen: Path) -> None:
    bestand = stijlen / "maassluis" / "huisstijl.toml"
    tekst = bestand.read_text().replace('"GM0556"', '"556"').replace('"3140 AA"', '"3140AA"', 1)
    tekst = tekst.replace('rechtbank = "Rotterdam"', 'rechtbank = ""').replace('"#17232e"', '"zwart"')
    bestand.write_text(tekst + '\n[termen]\nvenster = "boven"\n')
    (stijlen / "maassluis" / "logo.svg").unlink()
    fouten = "\n".join(controleer_huisstijl("maassluis", stijlen))
    for deel in (
        "cbs_code: schrijf de code van het CBS zoals GM0556",
        "bezoekadres.postcode: schrijf een postcode zoals 3140 AA",
        "rechtbank: dit veld is leeg; vul het in",
        "kleuren.inkt: 'zwart' is geen kleur",
        "termen.venster: kies links of rechts",
        "logo.svg ontbreekt",
    ):
        assert deel in fouten
    assert "String should" not in fouten
    assert "Input should" not in fouten


def test_eigen_woorden_met_de_gewone_als_ondergrond(stijlen: Path) -> None:
    bestand = stijlen / "maassluis" / "huisstijl.toml"
    bestand.write_text(bestand.read_text() + '\n[termen]\ninwoners = "wijkbewoners"\naanhef = "Geachte"\n')
    termen = laad_huisstijl("maassluis", stijlen).termen
    assert (termen.inwoners, termen.aanhef, termen.venster) == ("wijkbewoners", "Geachte", "links")
    assert laad_huisstijl("lindeveen", stijlen).termen.inwoners == "inwoners"


@pytest.mark.parametrize(
    ("kop", "inhoud", "fout"),
    [
        ('viewBox="0 0 9 9"', "<script>1</script>", "script"),
        ('viewBox="0 0 9 9"', '<rect onclick="x()"/>', "onclick"),
        ('viewBox="0 0 9 9"', '<use xlink:href="https://elders.example/a.svg"/>', "niets van buiten"),
        ('viewBox="0 0 9 9"', '<rect fill="url(https://elders.example/a.svg#b)"/>', "haalt iets van buiten"),
        ('viewBox="0 0 9 9"', "<style>@import 'a.css';</style>", "de stijl haalt iets van buiten"),
        ('viewBox="0 0 9 9"', "<text>Gemeente</text>", "zet de letters om in lijnen"),
        ('viewBox="0 0 9 9"', "<foreignObject/>", "foreignObject"),
        ("", "<rect/>", "geen maat"),
        ('viewBox="0 0 90 9"', "<rect/>", "10 keer zo breed"),
        ('viewBox="0 0 9 9"', "<rect>", "geen geldige SVG"),
    ],
)
def test_een_onveilig_of_onbruikbaar_logo(kop: str, inhoud: str, fout: str, tmp_path: Path) -> None:
    pad = tmp_path / "logo.svg"
    pad.write_text(SVG.format(kop=kop, inhoud=inhoud))
    assert any(fout in f for f in logofouten(pad)), logofouten(pad)


def test_een_entiteit_wordt_niet_gelezen(tmp_path: Path) -> None:
    pad = tmp_path / "logo.svg"
    pad.write_text('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]><svg>&a;</svg>')
    assert logofouten(pad) == [
        "logo.svg: haal de regels met DOCTYPE en ENTITY weg; zij kunnen andere bestanden binnenhalen"
    ]


@pytest.mark.parametrize("kop", ['viewBox="0 0 48 48"', 'width="12mm" height="12mm"'])
def test_een_gewoon_logo_mag(kop: str, tmp_path: Path) -> None:
    pad = tmp_path / "logo.svg"
    pad.write_text(SVG.format(kop=kop, inhoud='<g id="a"/><use href="#a"/><rect fill="url(#a)"/>'))
    assert logofouten(pad) == []
