"""From order to PDF: the same bytes, accessible, in the document font, and strict about mistakes."""

import io
import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from aanbesteding.documenten import omgeving
from aanbesteding.documenten.opdracht import Opdracht
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.sjabloon import alineas, hele_euros, maak_omgeving, op_de_seconde, vul, zin
from aanbesteding.documenten.soorten import alle_soorten, soort
from aanbesteding.documenten.tekens import ontbrekende_tekens
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.fouten import Invoerfout, NietGevonden, Omgevingsfout
from aanbesteding.instellingen import WORTEL
from aanbesteding.procedure import PROCEDURE, Poort
from aanbesteding.regels import Regels

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

SJABLONEN = WORTEL / "sjablonen"
HUISSTIJLEN = WORTEL / "config" / "huisstijlen"
FONTS = SJABLONEN / "huisstijl" / "fonts"
MET_VOORBEELD = [s.sleutel for s in alle_soorten(SJABLONEN).values() if s.voorbeeld.is_file()]


@pytest.fixture
def eigen(tmp_path: Path) -> Callable[[str], Opmaker]:
    """A copy of the templates in which the verzuimbrief has another body."""
    kopie = tmp_path / "sjablonen"
    shutil.copytree(SJABLONEN / "huisstijl", kopie / "huisstijl")
    shutil.copytree(SJABLONEN / "documenten" / "verzuimbrief", kopie / "documenten" / "verzuimbrief")

    def maak(romp: str) -> Opmaker:
        kop = '{% extends "huisstijl/basis.html" %}\n{% block inhoud %}\n'
        (kopie / "documenten" / "verzuimbrief" / "sjabloon.html").write_text(f"{kop}{romp}\n{{% endblock %}}")
        return Opmaker(kopie, HUISSTIJLEN)

    return maak


def opdracht(**anders: Any) -> Opdracht:
    return replace(voorbeeld_opdracht("verzuimbrief"), **anders)


@pytest.mark.parametrize("sleutel", MET_VOORBEELD)
def test_elke_soort_wordt_een_toegankelijke_pdf(
    sleutel: str, opmaker: Opmaker, caplog: pytest.LogCaptureFixture
) -> None:
    gevraagd = voorbeeld_opdracht(sleutel)
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        inhoud = opmaker.render(gevraagd)
    assert [r.getMessage() for r in caplog.records] == []
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nl-NL"
        assert str(pdf.docinfo["/Title"]) == gevraagd.titel
        assert str(pdf.docinfo["/CreationDate"]) == f"D:{gevraagd.moment:%Y%m%d%H%M%S}Z"
        lettertypen = {str(f.BaseFont) for p in pdf.pages for f in p.Resources.Font.values()}
        assert {naam.split("+")[1].split("-")[0] for naam in lettertypen} <= {"Source", "SourceSans3", "Documentletter"}


@pytest.mark.parametrize("sleutel", MET_VOORBEELD)
def test_elke_soort_heeft_metadata_bij_een_bestaande_poort(sleutel: str) -> None:
    metadata = soort(sleutel, SJABLONEN).metadata
    assert metadata.poort == "handeling" or metadata.poort in list(Poort)
    if metadata.poort != "handeling":
        regel = next(r for r in PROCEDURE if r.poort == metadata.poort)
        assert sleutel in regel.documenten


def test_de_gedeelde_voorbeeldregels_zijn_echte_regels() -> None:
    gegevens = voorbeeld_opdracht("oproep").gegevens
    regels = {"ronde": gegevens["ronde"], **gegevens["regels"]}
    termijnen = regels["termijnen"]

    def lokaal(waarde: Any) -> Any:
        return (
            [lokaal(w) for w in waarde] if isinstance(waarde, list) else waarde[:19] if waarde[4:5] == "-" else waarde
        )

    regels["termijnen"] = {naam: lokaal(waarde) for naam, waarde in termijnen.items()}
    assert Regels.model_validate(regels).verdeling.aantal == 4


def test_dezelfde_opdracht_geeft_dezelfde_bytes_ook_in_een_andere_map(tmp_path: Path, opmaker: Opmaker) -> None:
    shutil.copytree(SJABLONEN / "huisstijl", tmp_path / "s" / "huisstijl")
    shutil.copytree(SJABLONEN / "documenten", tmp_path / "s" / "documenten")
    shutil.copytree(HUISSTIJLEN, tmp_path / "h")
    koud = Opmaker(tmp_path / "s", tmp_path / "h")
    for sleutel in ("verzuimbrief", "collegevoorstel-selectie"):
        gevraagd = voorbeeld_opdracht(sleutel)
        assert opmaker.render(gevraagd) == opmaker.render(gevraagd) == koud.render(gevraagd)


def test_hetzelfde_moment_in_een_andere_zone_is_hetzelfde_document(opmaker: Opmaker) -> None:
    zomer = timezone(timedelta(hours=9))
    moment = opdracht().moment
    assert opmaker.render(opdracht(moment=moment.astimezone(zomer))) == opmaker.render(opdracht(moment=moment))


def test_een_ander_gegeven_geeft_andere_bytes(opmaker: Opmaker) -> None:
    ander = {**opdracht().gegevens, "ontbreekt": ["een planning"]}
    assert opmaker.render(opdracht(gegevens=ander)) != opmaker.render(opdracht())


def test_een_opdracht_zonder_tijdzone_bestaat_niet() -> None:
    with pytest.raises(ValueError, match="tijdzone"):
        opdracht(moment=datetime(2027, 1, 1))  # noqa: DTZ001


def test_een_opdracht_bevat_alleen_json() -> None:
    with pytest.raises(TypeError):
        opdracht(gegevens={"moment": datetime(2027, 1, 1, tzinfo=UTC)})


def test_een_teken_zonder_letter_noemt_teken_en_veld(opmaker: Opmaker) -> None:
    fout_gegeven = {**opdracht().gegevens, "ontbreekt": ["een begroting", "een 漢 plan"]}
    with pytest.raises(Invoerfout, match=r"ontbreekt\[2\]: het teken '漢' \(U\+6F22") as fout:
        opmaker.render(opdracht(gegevens=fout_gegeven))
    assert "verzuimbrief" in fout.value.bericht


@pytest.mark.parametrize("tekst", ["Çelik-de Boer", "ĳsvrĳ café coördinator", "€ 12.500 – ‘citaat’", "Őry Žižek"])
def test_namen_en_leestekens_van_hier_kunnen_wel(tekst: str) -> None:
    assert ontbrekende_tekens(tekst, FONTS) == []


def test_emoji_en_stuurtekens_kunnen_niet() -> None:
    assert ontbrekende_tekens("goed 😀\x0b plan\n", FONTS) == ["😀", "\x0b"]


def test_ontbrekend_gegeven_noemt_bestand_en_regel(eigen: Callable[[str], Opmaker]) -> None:
    with pytest.raises(Invoerfout, match=r"verzuimbrief/sjabloon.html, regel 4.*'bestaat_niet' ontbreekt"):
        eigen("<p>tekst</p>\n{{ bestaat_niet }}").render(opdracht())


def test_fout_in_een_filter_noemt_bestand_en_regel(eigen: Callable[[str], Opmaker]) -> None:
    with pytest.raises(Invoerfout, match=r"verzuimbrief/sjabloon.html, regel 3"):
        eigen("{{ 'morgen'|datum }}").render(opdracht())


def test_kapot_sjabloon_noemt_bestand_en_regel(eigen: Callable[[str], Opmaker]) -> None:
    with pytest.raises(Invoerfout, match=r"verzuimbrief/sjabloon.html, regel 3"):
        eigen("{% if %}").render(opdracht())


@pytest.mark.parametrize(
    "bron", ["https://www.example/x.png", "file:///etc/hostname", "../../../../../etc/hostname", "data:,x"]
)
def test_alleen_eigen_bestanden(eigen: Callable[[str], Opmaker], bron: str) -> None:
    with pytest.raises(Invoerfout, match="mag alleen eigen bestanden gebruiken"):
        eigen(f'<p>x <img src="{bron}" alt="plaatje"></p>').render(opdracht())


def test_een_beeld_zonder_omschrijving_stopt_het_document(eigen: Callable[[str], Opmaker]) -> None:
    with pytest.raises(Invoerfout, match=r"beeld 'logo.svg' zonder alt"):
        eigen('<p><img src="logo.svg"></p>').render(opdracht())


def test_ingevoerde_tekst_wordt_geen_html(opmaker: Opmaker) -> None:
    kwaad = {**opdracht().gegevens, "ontbreekt": ['<img src="https://kwaad.example/x"> & <b>vet</b>']}
    html = opmaker.html(opdracht(gegevens=kwaad))
    assert "&lt;img" in html
    assert "<b>vet" not in html


def test_een_oefening_zegt_dat_het_een_oefening_is(opmaker: Opmaker) -> None:
    echt = {**opdracht().gegevens, "verantwoording": ""}
    assert "Dit is een oefening" in opmaker.html(opdracht())
    assert "Dit is een oefening" not in opmaker.html(opdracht(gegevens=echt))


def test_onbekende_soort_en_gemeente_krijgen_een_suggestie(opmaker: Opmaker) -> None:
    with pytest.raises(NietGevonden, match="Bedoelt u 'verzuimbrief'"):
        opmaker.render(opdracht(soort="verzuimbrif"))
    with pytest.raises(NietGevonden, match="Bedoelt u 'lindeveen'"):
        opmaker.render(opdracht(huisstijl="lindenveen"))


def test_een_ontbrekend_lettertype_zegt_hoe_het_te_halen_is(tmp_path: Path) -> None:
    with pytest.raises(Omgevingsfout, match=r"SourceSans3-Regular.ttf.*make "):
        Opmaker(tmp_path, HUISSTIJLEN)


def test_een_ontbrekende_bibliotheek_noemt_het_pakket() -> None:
    assert omgeving.ontbrekende_bibliotheken() == []
    assert "sudo apt-get install libharfbuzz-subset0" in omgeving.bibliotheekbericht(["libharfbuzz-subset0"])


def test_filters() -> None:
    assert hele_euros(12500) == "€\u00a012.500"
    assert alineas("Een\nregel.\n\n\n Twee. ") == ["Een regel.", "Twee."]
    assert op_de_seconde("2027-03-12T15:41:07+00:00") == "12 maart 2027, 16.41.07 uur (UTC 15:41:07)"
    assert [zin("Kom langs"), zin("Kom!"), zin("")] == ["Kom langs.", "Kom!", ""]


def test_nederlandse_notatie_neemt_iso_tekst(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ d|datum_lang }}; {{ m|datum_tijd }}; {{ 0.5|procent }}; {{ 1250050|euro }}")
    gegevens = {"d": "2026-11-23", "m": "2026-11-23T11:00:00+00:00"}
    assert vul(maak_omgeving(tmp_path), "x.html", gegevens) == (
        "maandag 23 november 2026; 23 november 2026, 12.00 uur; 50%; €\u00a012.500,50"
    )


def test_de_brief_zegt_wat_ontbreekt_en_tot_wanneer(opmaker: Opmaker, tekst: Callable[[bytes], str]) -> None:
    gelezen = " ".join(tekst(opmaker.render(opdracht())).split())
    assert "Een begroting" in gelezen
    assert "woensdag 24 maart 2027, 12.00 uur" in gelezen
    assert "artikel 4:5 van de Algemene wet bestuursrecht" in gelezen
