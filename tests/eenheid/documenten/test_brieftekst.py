"""What letters and reports say in borderline cases: a tie, a title in a name, the law of the day, an early wave."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes


def _html(opmaker: Opmaker, soort: str, **anders: Any) -> str:
    """The example of this kind with other data; a dict is laid over the example's own."""
    opdracht = voorbeeld_opdracht(soort)
    gegevens = copy.deepcopy(opdracht.gegevens)
    for sleutel, waarde in anders.items():
        gegevens[sleutel] = gegevens[sleutel] | waarde if isinstance(waarde, dict) else waarde
    return " ".join(opmaker.html(replace(opdracht, gegevens=gegevens)).split())


def test_wie_gelijk_stond_leest_niet_dat_anderen_hoger_scoorden(opmaker: Opmaker) -> None:
    gelijk = _html(opmaker, "afwijzingsbrief", verschil=0.0, voorstel={"gelijke_stand": True})
    assert "Andere voorstellen scoorden hoger" not in gelijk
    assert "Bij een gelijke stand telt" in gelijk
    assert "Andere voorstellen scoorden hoger" in _html(opmaker, "afwijzingsbrief")


@pytest.mark.parametrize(("verschil", "tekst"), [(1.0, "1,00 punt<"), (2.8, "2,80 punten<")])
def test_een_verschil_staat_in_het_juiste_getal(verschil: float, tekst: str, opmaker: Opmaker) -> None:
    assert tekst in _html(opmaker, "afwijzingsbrief", verschil=verschil)


def test_het_uitdaagrecht_staat_er_alleen_als_het_geldt(opmaker: Opmaker) -> None:
    assert "uitdaagrecht" in _html(opmaker, "afwijzingsbrief", uitdaagrecht=True)
    assert "uitdaagrecht" not in _html(opmaker, "afwijzingsbrief", uitdaagrecht=False)


@pytest.mark.parametrize("soort", ["afwijzingsbrief", "selectiebrief", "beschikking"])
def test_elk_besluit_in_een_brief_noemt_zijn_grondslag(soort: str, opmaker: Opmaker) -> None:
    html = _html(opmaker, soort)
    assert "Waarop dit besluit rust" in html
    assert all(g in html for g in voorbeeld_opdracht(soort).gegevens["ronde"]["grondslag"])


@pytest.mark.parametrize(
    ("naam", "aanhef"),
    [
        ("ds. Annelies Tuinenga", "Beste Annelies Tuinenga,"),
        ("mr. dr. P. de Wit", "Beste P. de Wit,"),
        ("A. van Dam", "Beste A. van Dam,"),
        ("mevrouw Van Elzen", "Beste mevrouw Van Elzen,"),
        ("", "Beste lezer,"),
    ],
)
def test_de_aanhef_laat_titels_weg(naam: str, aanhef: str, opmaker: Opmaker) -> None:
    assert aanhef in _html(opmaker, "verzuimbrief", geadresseerde={"naam": naam})


def test_een_tussentijdse_marge_wordt_niet_afgerond_tot_honderd_procent(opmaker: Opmaker) -> None:
    opdracht = voorbeeld_opdracht("effectrapport")
    indicatoren = copy.deepcopy(opdracht.gegevens["indicatoren"])
    for i in indicatoren:
        if i["schatting"]:
            i["schatting"]["zekerheid"] = 0.995
    html = _html(opmaker, "effectrapport", indicatoren=indicatoren)
    assert "Marge (99,5%)" in html
    assert "100%" not in html


def test_een_register_zonder_intrekking_noemt_geen_nul(opmaker: Opmaker) -> None:
    html = _html(opmaker, "register-van-ontvangst", vervangen=0, ingetrokken=0)
    assert "ingetrokken" not in html
    assert "0 voorstellen" not in html
