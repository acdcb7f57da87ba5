"""A fault in a template, a style sheet or an image: always the file, the line and a Dutch sentence."""

import shutil
from pathlib import Path

import pytest

from aanbesteding.documenten.galerij import maak_galerij
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.fouten import Invoerfout
from aanbesteding.instellingen import WORTEL

HUISSTIJLEN = WORTEL / "config" / "huisstijlen"
SOORT = "pv-opening"
KOP = '{% extends "huisstijl/basis.html" %}\n{% import "huisstijl/macros.html" as m with context %}\n'
pytestmark = pytest.mark.keten  # real templates and PDFs


@pytest.fixture
def sjablonen(tmp_path: Path) -> Path:
    """The house style and one kind, to break."""
    bron, doel = WORTEL / "sjablonen", tmp_path / "sjablonen"
    for deel in ("huisstijl", "galerij", f"documenten/{SOORT}", "documenten/verzuimbrief"):
        shutil.copytree(bron / deel, doel / deel)
    for bestand in ("taal.toml", "documenten/_gedeeld.toml"):
        shutil.copyfile(bron / bestand, doel / bestand)
    return doel


def schrijf(sjablonen: Path, tekst: str) -> None:
    (sjablonen / "documenten" / SOORT / "sjabloon.html").write_text(tekst, encoding="utf-8")


def fout_van(sjablonen: Path) -> str:
    with pytest.raises(Invoerfout) as fout:
        Opmaker(sjablonen, HUISSTIJLEN).render(voorbeeld_opdracht(SOORT, sjablonen))
    return fout.value.bericht


@pytest.mark.parametrize(
    ("inhoud", "regel", "uitleg"),
    [
        ("{% block inhoud %}\n{% if ronde %}\n<p>a</p>\n{% endblock %}", 6, "'{% if %}' is niet afgesloten"),
        ("{% block inhoud %}\n<p>{{ ronde.titel }</p>\n{% endblock %}", 4, "op de verkeerde plaats"),
        ("{% block inhoud %}\n\n<p>{{ bestaat_niet }}</p>\n{% endblock %}", 5, "'bestaat_niet' ontbreekt"),
        (
            "{% block inhoud %}\n<p>{{ ronde.titel|hoofdleter }}</p>\n{% endblock %}",
            4,
            "filter 'hoofdleter' bestaat niet",
        ),
        ("{% block inhoud %}\n<p>{{ ronde.titel|euro }}</p>\n{% endblock %}", 4, "geheel aantal centen"),
        ("{% block inhoud %}\n<p>{% raar %}</p>\n{% endblock %}", 4, "opdracht 'raar' bestaat niet"),
        ("{% block inhoud %}\n{% include 'weg.html' %}\n{% endblock %}", 4, "sjabloon 'weg.html' bestaat niet"),
    ],
)
def test_een_fout_in_het_sjabloon(inhoud: str, regel: int, uitleg: str, sjablonen: Path) -> None:
    schrijf(sjablonen, KOP + inhoud)
    bericht = fout_van(sjablonen)
    assert f"{SOORT}/sjabloon.html, regel {regel}:" in bericht
    assert uitleg in bericht


def test_een_vergeten_blok(sjablonen: Path) -> None:
    schrijf(sjablonen, KOP)
    bericht = fout_van(sjablonen)
    assert "het blok 'inhoud' ontbreekt" in bericht
    assert "basis.html, regel" in bericht


def test_een_fout_in_een_ingevoerde_macro_noemt_de_macro(sjablonen: Path) -> None:
    macros = sjablonen / "huisstijl" / "eigen.html"
    macros.write_text("{% macro regel(wat) %}\n<p>\n{{ wat.naam }}</p>\n{% endmacro %}\n")
    schrijf(
        sjablonen, KOP + '{% import "huisstijl/eigen.html" as e %}\n{% block inhoud %}{{ e.regel({}) }}{% endblock %}'
    )
    bericht = fout_van(sjablonen)
    assert "huisstijl/eigen.html, regel 3:" in bericht
    assert "'naam' ontbreekt" in bericht


@pytest.mark.parametrize(
    ("css", "regel", "uitleg"),
    [
        ("p { color: red }\nh2 { color red }", 2, "geen geldige CSS"),
        ("p { color: red }\n\nh2 { color: ; }", 3, "color: deze eigenschap heeft geen waarde"),
        ("p {\n  color: red\n", 1, "deze '{' heeft geen '}'"),
        ("h1 { background: url(weg.png) }", 1, "het bestand 'weg.png' bestaat niet"),
        ("p { color: red }\nh2 { colr: red }", 2, "de eigenschap 'colr' bestaat niet"),
        ("p {\n  color: blauw }", 2, "'color: blauw': deze waarde past niet"),
        ("@page {\n@top-left {\n contnt: 'x' } }", 3, "de eigenschap 'contnt' bestaat niet"),
        ("p { color: red }\n@medai print { p { color: red } }", 2, "deze regel met '@' bestaat niet"),
        ("p { color: red }\np:bestaatniet { color: red }", 2, "de selector 'p:bestaatniet' wordt niet herkend"),
        ("h1 { background: url(https://elders.example/a.png) }", 1, "gebruik een eigen bestand"),
    ],
)
def test_een_fout_in_het_stijlblad(css: str, regel: int, uitleg: str, sjablonen: Path) -> None:
    (sjablonen / "documenten" / SOORT / "stijl.css").write_text(css)
    bericht = fout_van(sjablonen)
    assert f"documenten/{SOORT}/stijl.css, regel {regel}:" in bericht
    assert uitleg in bericht


@pytest.mark.parametrize(
    ("inhoud", "uitleg"),
    [
        ('<img src="weg.png" alt="x">', "het bestand 'weg.png' bestaat niet"),
        ('<img src="weg met spatie.png" alt="x">', "het bestand 'weg met spatie.png' bestaat niet"),
        ('<img src="https://elders.example/a.png" alt="x">', "mag alleen eigen bestanden"),
    ],
)
def test_een_plaatje_dat_er_niet_is(inhoud: str, uitleg: str, sjablonen: Path) -> None:
    schrijf(sjablonen, KOP + "{% block inhoud %}\n<p>" + inhoud + "</p>\n{% endblock %}")
    bericht = fout_van(sjablonen)
    assert f"documenten/{SOORT}/sjabloon.html, regel 4: " in bericht
    assert uitleg in bericht


def test_een_stijl_in_het_sjabloon_die_niet_bestaat(sjablonen: Path) -> None:
    schrijf(sjablonen, KOP + '{% block inhoud %}\n<p style="colr: red">tekst</p>\n{% endblock %}')
    assert "de eigenschap 'colr' bestaat niet" in fout_van(sjablonen)


def test_een_fout_in_een_ingevoerd_stijlblad_noemt_dat_blad(sjablonen: Path) -> None:
    (sjablonen / "huisstijl" / "eigen.css").write_text("p { colr: red }")
    (sjablonen / "documenten" / SOORT / "stijl.css").write_text('@import "../../huisstijl/eigen.css";')
    assert "stijlblad huisstijl/eigen.css, regel 1:" in fout_van(sjablonen)


def test_de_galerij_toont_een_fout_op_zijn_plaats_en_maakt_de_rest(sjablonen: Path, tmp_path: Path) -> None:
    schrijf(sjablonen, KOP + '{% block inhoud %}\n<p><img src="weg.png" alt="x"></p>\n{% endblock %}')
    naar = tmp_path / "galerij"
    uit = maak_galerij(naar, sjablonen=sjablonen, huisstijlen=HUISSTIJLEN, workers=0)
    assert [k.sleutel for k in uit.fouten] == [SOORT]
    assert f"documenten/{SOORT}/sjabloon.html, regel 4" in uit.fouten[0].fout
    pagina = uit.pad.read_text()
    assert f"documenten/{SOORT}/sjabloon.html, regel 4" in pagina
    assert (naar / "verzuimbrief" / "pagina-1.png").read_bytes().startswith(b"\x89PNG")


def test_de_galerij_maakt_alleen_wat_veranderde(sjablonen: Path, tmp_path: Path) -> None:
    def maak(**keuze: object) -> list[str]:
        uit = maak_galerij(tmp_path / "g", sjablonen=sjablonen, huisstijlen=HUISSTIJLEN, workers=0, **keuze)  # type: ignore[arg-type]
        assert uit.fouten == []
        return [k.sleutel for k in uit.kaarten if k.vernieuwd]

    assert maak() == [SOORT, "verzuimbrief"]
    assert maak() == []
    pad = sjablonen / "documenten" / SOORT / "sjabloon.html"
    pad.write_text(pad.read_text() + "\n")
    assert maak() == [SOORT]
    assert maak(huisstijl="maassluis", soorten=["verzuimbrief"]) == ["verzuimbrief"]
    pagina = (tmp_path / "g" / "index.html").read_text()
    assert "http" not in pagina
    assert "<script" not in pagina


def test_een_volle_map_wordt_geen_galerij(sjablonen: Path, tmp_path: Path) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "brief.txt").write_text("van mij")
    with pytest.raises(Invoerfout, match="geen galerij"):
        maak_galerij(tmp_path / "vol", sjablonen=sjablonen, huisstijlen=HUISSTIJLEN, workers=0)
    assert [p.name for p in (tmp_path / "vol").iterdir()] == ["brief.txt"]
