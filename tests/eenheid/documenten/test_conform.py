"""Every kind of document is PDF/A and PDF/UA-1 and reads well, also with data that nobody foresaw."""

import importlib
import os
from collections.abc import Callable
from dataclasses import replace
from shutil import which
from typing import Any

import pytest

from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.soorten import alle_soorten
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.fouten import Invoerfout
from aanbesteding.instellingen import WORTEL

pytestmark = pytest.mark.keten  # real PDFs of every kind


conformhulp, varianten, uitersten = (
    importlib.import_module("conformhulp"),
    importlib.import_module("varianten"),
    importlib.import_module("uitersten"),
)

SOORTEN = [s.sleutel for s in alle_soorten(WORTEL / "sjablonen").values() if s.voorbeeld.is_file()]
ALLES = bool(os.environ.get("AANBESTEDING_TEST_ALLES"))
"""Every extreme and every mangling of every kind: fifteen minutes. Without it each kind gets one of them."""
KEUZE = {
    "zestig_partners": "planbeoordeling staat-van-voorstellen selectiebrief",
    "veertig_voorstellen": "pv-loting register-van-ontvangst besluit procesdossier pv-opening nota-van-inlichtingen",
    "twaalf_beoordelaars": "beoordelingsprotocol beoordelingsrapport-intern",
    "uitvoerig": "afwijzingsbrief vergewisverklaring verslag-startbijeenkomst",
    "leeg": "collegevoorstel-selectie beoordelingsrapport-openbaar collegevoorstel-start toewijzingsbrief",
    "vreemd": "scoreformulier collegevoorstel-plannen oproep niet-ontvankelijkbrief uitnodiging toewijzingsverslag",
    "lange_namen": "effectrapport beschikking uitvoeringsovereenkomst ontvangstbevestiging voortgangsrapportage "
    "eindevaluatie verzuimbrief",
}
"""The extreme that asks most of the kind and costs least time; together all extremes, and all kinds once."""


def _uitersten() -> list[tuple[str, str]]:
    if not ALLES:
        return [(soort, uiterste) for uiterste, soorten in KEUZE.items() for soort in soorten.split()]
    raakt = uitersten.telt
    return [(s, u) for s in SOORTEN for u in uitersten.UITERSTEN if raakt(voorbeeld_opdracht(s).gegevens, u)]


@pytest.mark.parametrize("soort", SOORTEN)
def test_elke_soort_is_archief_en_toegankelijk(opmaker: Opmaker, soort: str) -> None:
    opdracht = voorbeeld_opdracht(soort)
    inhoud = opmaker.render(opdracht)
    assert conformhulp.afkeuring(inhoud) == []
    assert conformhulp.gebreken(inhoud, opmaker.html(opdracht)) == []


def test_elke_soort_en_elk_uiterste_is_gekozen() -> None:
    assert sorted(" ".join(KEUZE.values()).split()) == SOORTEN
    assert set(KEUZE) == set(uitersten.UITERSTEN)
    for uiterste, soorten in KEUZE.items():
        niets = [s for s in soorten.split() if not uitersten.telt(voorbeeld_opdracht(s).gegevens, uiterste)]
        assert niets == [], uiterste


@pytest.mark.parametrize(("soort", "uiterste"), _uitersten())
def test_wat_een_ronde_kan_bevatten_geeft_een_goede_pdf(opmaker: Opmaker, soort: str, uiterste: str) -> None:
    _keur(opmaker, soort, uitersten.UITERSTEN[uiterste])


@pytest.mark.parametrize(("soort", "variant"), [(s, v) for s in SOORTEN for v in varianten.VARIANTEN] if ALLES else [])
def test_verminkte_gegevens_geven_een_goede_pdf_of_een_duidelijke_fout(
    opmaker: Opmaker, soort: str, variant: str
) -> None:
    """Lists that belong together may no longer fit; then the message names the template line, field or table."""
    if fout := _fout(opmaker, soort, variant):
        assert variant in ("kort", "lang", "groot"), fout
        assert f"document {soort}" in fout
        assert any(plek in fout for plek in (", regel ", "tabel ", "[", "#")), fout


def _fout(opmaker: Opmaker, soort: str, variant: str) -> str:
    """The message that refuses this document; '' when it was made and is right."""
    try:
        _keur(opmaker, soort, varianten.VARIANTEN[variant])
    except Invoerfout as fout:
        return fout.bericht
    return ""


@pytest.mark.parametrize("teken", ["😀", "مرحبا", "漢"])
def test_een_teken_zonder_letter_noemt_teken_en_veld(opmaker: Opmaker, teken: str) -> None:
    for soort in SOORTEN:
        opdracht = voorbeeld_opdracht(soort)
        fout_gegeven = replace(opdracht, gegevens=varianten.met(teken)(opdracht.gegevens))
        with pytest.raises(Invoerfout, match=rf"document {soort} .*: [a-z_]+\S*: het teken .*U\+{ord(teken[0]):04X}"):
            opmaker.render(fout_gegeven)


def test_de_archiefvorm_zonder_bijlagen_klopt_ook() -> None:
    opmaker = Opmaker(WORTEL / "sjablonen", WORTEL / "config" / "huisstijlen", variant="a-2a")
    for soort in ("verzuimbrief", "oproep"):
        assert conformhulp.afkeuring(opmaker.render(voorbeeld_opdracht(soort)), "a-2a") == []


def _keur(opmaker: Opmaker, soort: str, maak: Callable[[Any], Any]) -> None:
    gewoon = voorbeeld_opdracht(soort)
    opdracht = replace(gewoon, gegevens=maak(gewoon.gegevens))
    inhoud = opmaker.render(opdracht)
    assert conformhulp.afkeuring(inhoud) == []
    assert conformhulp.gebreken(inhoud, opmaker.html(opdracht)) == []
    if which("pdftotext"):
        assert conformhulp.buiten_de_spiegel(inhoud) == []
