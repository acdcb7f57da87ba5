"""The charts: what they show is where it should be, and the conclusion is in the title."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.documenten import grafieken
from aanbesteding.documenten.schaal import As, maandstappen, mooie_stappen
from aanbesteding.documenten.svg import Letter, Palet
from aanbesteding.instellingen import WORTEL

SVG = "{http://www.w3.org/2000/svg}"
LETTER = Letter(WORTEL / "sjablonen" / "huisstijl" / "fonts")
PALET = Palet("#000001", "#000002", "#000003", "#000004", "#000005", "#000006", "#000007", "#000008")


def teksten(svg: str) -> list[str]:
    return [t.text or "" for t in ET.fromstring(svg).iter(f"{SVG}text")]


def rij(naam: str, waarde: float, gekozen: bool) -> dict[str, object]:
    return {"naam": naam, "waarde": waarde, "gekozen": gekozen}


def test_staven_zijn_zo_lang_als_de_score_en_tonen_de_grens() -> None:
    rijen = [rij("Eerste", 8, True), rij("Tweede", 4, False)]
    svg = grafieken.staven(PALET, LETTER, rijen, titel="Eerste wint.", maximum=10, plaatsen=1)
    een, twee = (float(r.get("width", 0)) for r in ET.fromstring(svg).iter(f"{SVG}rect"))
    assert een == pytest.approx(2 * twee, abs=0.02)
    assert {"Eerste", "Tweede", "8,0", "4,0", "grens"} <= set(teksten(svg))


def test_zonder_afgewezen_voorstel_is_er_geen_grens() -> None:
    svg = grafieken.staven(PALET, LETTER, [rij("Enige", 8, True)], titel="Eén voorstel.", maximum=10, plaatsen=1)
    assert "grens" not in teksten(svg)


def test_gekozen_staven_verschillen_ook_zonder_kleur() -> None:
    rijen = [rij("A", 8, True), rij("B", 4, False)]
    svg = ET.fromstring(grafieken.staven(PALET, LETTER, rijen, titel="A wint.", maximum=10))
    assert [r.get("fill") for r in svg.iter(f"{SVG}rect")] == [PALET.hoofd, "#ffffff"]


def test_de_titel_wordt_de_alternatieve_tekst_en_is_verplicht() -> None:
    svg = ET.fromstring(grafieken.staven(PALET, LETTER, [rij("A", 8, True)], titel="A & B <staan> gelijk.", maximum=10))
    assert svg.findtext(f"{SVG}title") == "A & B <staan> gelijk."
    with pytest.raises(ValueError, match="titel nodig"):
        grafieken.staven(PALET, LETTER, [rij("A", 8, True)], titel=" ", maximum=10)


def test_gelijke_scores_bedekken_elkaar_niet() -> None:
    scores = [{"wie": wie, "waarde": 6} for wie in "ABC"]
    svg = grafieken.spreiding(
        PALET,
        LETTER,
        [{"naam": "Effect", "scores": scores, "consensus": 6}],
        titel="Eens.",
        laagste=2,
        hoogste=10,
        stap=2,
    )
    plekken = [float(c.get("cx", 0)) for c in ET.fromstring(svg).iter(f"{SVG}circle")][:3]
    assert min(b - a for a, b in itertools.pairwise(plekken)) >= 2 * 5.4


def test_een_ontbrekende_meting_is_een_gat_en_geen_nul() -> None:
    reeksen = [{"naam": "Pilot", "waarden": [30, None, 34]}]
    svg = ET.fromstring(grafieken.lijn(PALET, LETTER, ["2027-1", "2027-2", "2028-1"], reeksen, titel="Twee metingen."))
    assert len(list(svg.iter(f"{SVG}circle"))) == 2
    assert not [p for p in svg.iter(f"{SVG}path") if p.get("stroke") == PALET.hoofd]


def test_labels_van_lijnen_overlappen_niet() -> None:
    reeksen = [{"naam": naam, "waarden": [1, 5]} for naam in ("Pilot", "Vergelijking", "Stad")]
    svg = ET.fromstring(grafieken.lijn(PALET, LETTER, ["1", "2"], reeksen, titel="Gelijk."))
    namen = {"Pilot", "Vergelijking", "Stad"}
    hoogten = sorted(float(t.get("y", 0)) for t in svg.iter(f"{SVG}text") if t.text in namen)
    assert min(b - a for a, b in itertools.pairwise(hoogten)) >= 11


def test_interval_toont_geen_effect_en_de_relevante_grens() -> None:
    rijen = [{"naam": "Meedoen", "schatting": 3.0, "laag": -1.0, "hoog": 7.0}]
    svg = grafieken.interval(PALET, LETTER, rijen, titel="Onzeker.", relevant=5)
    assert {"geen effect", "belangrijk vanaf hier", "+3,0"} <= set(teksten(svg))


def test_tijdlijn_blijft_binnen_de_tekening() -> None:
    rijen = [
        {"naam": "Ronde", "van": "2011-10-01", "tot": "2014-06-30"},
        {"naam": "Besluit", "van": "2014-06-30", "tot": ""},
    ]
    svg = grafieken.tijdlijn(PALET, LETTER, rijen, titel="Van 2011 tot 2014.")
    for tekst in ET.fromstring(svg).iter(f"{SVG}text"):
        rechts = float(tekst.get("x", 0)) + LETTER.breedte(tekst.text or "", float(tekst.get("font-size", 8.5)))
        assert 0 <= float(tekst.get("x", 0)) <= rechts <= grafieken.BREEDTE + 0.1


def test_dezelfde_gegevens_geven_dezelfde_bytes_zonder_lange_getallen() -> None:
    svg = [grafieken.staven(PALET, LETTER, [rij("A", 1 / 3, True)], titel="A.", maximum=10) for _ in range(2)]
    assert svg[0] == svg[1]
    assert not re.search(r"\d\.\d{3,}", svg[0].replace("0.333", ""))


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.integers(2, 8))
def test_stappen_omsluiten_de_waarden(laag: float, lengte: float, aantal: int) -> None:
    stappen = mooie_stappen(laag, laag + lengte, aantal)
    assert stappen[0] <= laag + 1e-6
    assert stappen[-1] >= laag + lengte - 1e-6
    assert 2 <= len(stappen) <= 2 * aantal + 3


def test_een_as_is_lineair() -> None:
    x = As(2, 10, 100, 200)
    assert [x(2), x(6), x(10)] == [100, 150, 200]


def test_maanden_op_de_kalender() -> None:
    from datetime import date

    stappen = maandstappen(date(2027, 1, 11), date(2027, 6, 30))
    assert [d.month for d, _ in stappen] == [2, 3, 4, 5, 6]
    assert all(benoemd for _, benoemd in stappen)
