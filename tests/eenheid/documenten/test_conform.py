"""Every kind of document is PDF/A and PDF/UA-1 and reads well, also with data that nobody foresaw."""

import importlib.util
import os
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.soorten import alle_soorten
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.fouten import Invoerfout
from aanbesteding.instellingen import WORTEL

pytestmark = pytest.mark.keten  # real PDFs of every kind


def _laad(naam: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(naam, Path(__file__).with_name(f"{naam}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules.setdefault(naam, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


conformhulp, varianten = _laad("conformhulp"), _laad("varianten")

SOORTEN = [s.sleutel for s in alle_soorten(WORTEL / "sjablonen").values() if s.voorbeeld.is_file()]
ZWAAR = ("lang", "groot", "uitvoerig", "kort")
ALLES = bool(os.environ.get("AANBESTEDING_TEST_ALLES"))
"""All heavy variants of all kinds take ten minutes; without it each kind gets one of them."""
PROEVEN = [(soort, v) for i, soort in enumerate(SOORTEN) for v in (ZWAAR if ALLES else [ZWAAR[i % len(ZWAAR)]])]


@pytest.mark.parametrize("soort", SOORTEN)
def test_elke_soort_is_archief_en_toegankelijk(opmaker: Opmaker, soort: str) -> None:
    opdracht = voorbeeld_opdracht(soort)
    inhoud = opmaker.render(opdracht)
    assert conformhulp.afkeuring(inhoud) == []
    assert conformhulp.gebreken(inhoud, opmaker.html(opdracht)) == []


@pytest.mark.parametrize("soort", SOORTEN)
def test_vreemde_tekens_en_opmaak_in_elke_tekst(opmaker: Opmaker, soort: str) -> None:
    _keur(opmaker, soort, "vreemd")


@pytest.mark.parametrize(("soort", "variant"), PROEVEN)
def test_uiterste_gegevens_geven_een_goede_pdf_of_een_duidelijke_fout(
    opmaker: Opmaker, soort: str, variant: str
) -> None:
    """Lists that belong together may no longer fit; then the message names the template line, field or table."""
    fout = _fout(opmaker, soort, variant)
    if fout:
        assert variant in ("kort", "lang", "groot"), fout
        assert f"document {soort}" in fout
        assert any(plek in fout for plek in (", regel ", "tabel ", "[", "#")), fout


def _fout(opmaker: Opmaker, soort: str, variant: str) -> str:
    try:
        _keur(opmaker, soort, variant)
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


def _keur(opmaker: Opmaker, soort: str, variant: str) -> None:
    gewoon = voorbeeld_opdracht(soort)
    gegevens: Any = varianten.VARIANTEN[variant](gewoon.gegevens)
    opdracht = replace(gewoon, gegevens=gegevens)
    inhoud = opmaker.render(opdracht)
    assert conformhulp.afkeuring(inhoud) == []
    assert conformhulp.gebreken(inhoud, opmaker.html(opdracht)) == []
