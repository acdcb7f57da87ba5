"""The charts with hostile sizes: every word inside the drawing, no two words over each other, whatever the data."""

import itertools
import random
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.documenten import grafieken
from aanbesteding.documenten.grafieken.delen import HOOGSTE
from aanbesteding.documenten.grafieken.tijd import uit_elkaar
from aanbesteding.documenten.svg import Letter, Palet
from aanbesteding.instellingen import WORTEL

SVG = "{http://www.w3.org/2000/svg}"
LETTER = Letter(WORTEL / "sjablonen" / "huisstijl" / "fonts")
PALET = Palet("#000001", "#000002", "#000003", "#000004", "#000005", "#000006", "#000007", "#000008")
LANG = "De langste naam van een coalitie die iemand ooit verzon voor dit dorp"
EEN_WOORD = "Arbeidsongeschiktheidsverzekeringsmaatschappijsamenwerkingsverband"
CRITERIA = ["Verwacht effect", "Samenwerking tussen alle partners in de hele wijk", "Inbreng van inwoners", "Blijvend"]
Vak = tuple[float, float, float, float, str]


def vakken(svg: str) -> tuple[list[Vak], float, float]:
    """Box of every word (left, top, right, bottom, text) with the width and the height of the drawing."""
    wortel = ET.fromstring(svg)
    _, _, breed, hoog = map(float, wortel.get("viewBox", "").split())
    uit = []
    for t in wortel.iter(f"{SVG}text"):
        x, y, maat = float(t.get("x", 0)), float(t.get("y", 0)), float(t.get("font-size", 0))
        tekst = t.text or ""
        # cap height and a little below: accents and descenders of two lines may come close, words may not touch
        uit.append((x, y - 0.66 * maat, x + LETTER.breedte(tekst, maat, t.get("font-weight") == "600"), y, tekst))
    return uit, breed, hoog


def toets(svg: str) -> None:
    woorden, breed, hoog = vakken(svg)
    for x1, y1, x2, y2, tekst in woorden:
        assert x1 >= -0.5, tekst
        assert y1 >= -0.5, tekst
        assert x2 <= breed + 0.5, tekst
        assert y2 <= hoog + 0.5, tekst
    for a, b in itertools.combinations(woorden, 2):
        raakt = min(a[2], b[2]) - max(a[0], b[0]) > 0.2 and min(a[3], b[3]) - max(a[1], b[1]) > 0.2
        assert not raakt, (a, b)


def voorstellen(n: int) -> list[dict[str, object]]:
    gooi = random.Random(n)
    namen = itertools.cycle([LANG, EEN_WOORD, "Kort", "De kring"])
    return [
        {"naam": next(namen), "waarde": 10 - 8 * k / n, "gekozen": k < n // 2, "verwacht": k + 1, "laag": max(1, k - 1),
         "hoog": min(n, k + 3), "per": [gooi.choice([2, 4, 6, 8, 10, 7.5]) for _ in CRITERIA]}
        for k in range(n)
    ]  # fmt: skip


@pytest.mark.parametrize("n", [1, 2, 5, 40, 60])
def test_van_een_tot_zestig_voorstellen(n: int) -> None:
    rijen = voorstellen(n)
    for svg in (
        grafieken.staven(PALET, LETTER, rijen, titel="Veel.", maximum=10, plaatsen=n // 2, decimalen=4),
        grafieken.profiel(
            PALET, LETTER, rijen, titel="Veel.", criteria=CRITERIA, laagste=2, hoogste=10, plaatsen=n // 2
        ),
        grafieken.rangen(PALET, LETTER, rijen, titel="Veel.", grens=n / 2 + 0.5, aantal=n),
    ):
        toets(svg)
        assert vakken(svg)[2] <= HOOGSTE + 80


@pytest.mark.parametrize("scores", [[8] * 12, [2, 4, 6, 8, 10, 8, 8, 8, 6, 6, 2, 2], [10] * 26, []])
def test_twaalf_beoordelaars_staan_naast_en_onder_elkaar(scores: list[int]) -> None:
    rijen = [
        {"naam": c, "scores": [{"wie": chr(65 + k), "waarde": w} for k, w in enumerate(scores)], "consensus": 8}
        for c in [*CRITERIA, EEN_WOORD]
    ]
    svg = grafieken.spreiding(PALET, LETTER, rijen, titel="Twaalf.", laagste=2, hoogste=10, stap=2)
    toets(svg)
    punten = [(float(c.get("cx", 0)), float(c.get("cy", 0))) for c in ET.fromstring(svg).iter(f"{SVG}circle")]
    letters = [t for t in ET.fromstring(svg).iter(f"{SVG}text") if len(t.text or "") == 1 and (t.text or "").isalpha()]
    assert len(letters) == 5 * len(scores)
    assert len(set(punten)) == len(punten)


def test_de_gezamenlijke_score_blijft_zichtbaar_achter_veel_scores() -> None:
    rij = {"naam": "Effect", "scores": [{"wie": w, "waarde": 8} for w in "ABCDEFGHIJKL"], "consensus": 8}
    svg = ET.fromstring(grafieken.spreiding(PALET, LETTER, [rij], titel="Eens.", laagste=2, hoogste=10, stap=2))
    ruiten = [p for p in svg.iter(f"{SVG}path") if p.get("stroke") == PALET.accent and p.get("fill") == PALET.tint]
    assert len(ruiten) == 3  # above, below and in the legend


@pytest.mark.parametrize(("aantallen", "maximum"), [([3, 4, 5], 5), ([0, 0], None), ([120, 400], 400), ([1] * 40, 2)])
def test_belasting_telt_en_toont_het_maximum(aantallen: list[int], maximum: int | None) -> None:
    rijen = [{"naam": f"Beoordelaar {k}", "aantal": a} for k, a in enumerate(aantallen)]
    svg = grafieken.belasting(PALET, LETTER, rijen, titel="Werk.", maximum=maximum)
    toets(svg)
    assert ("afgesproken maximum" in {w[4] for w in vakken(svg)[0]}) == (maximum is not None)
    vlakken = list(ET.fromstring(svg).iter(f"{SVG}rect"))
    assert len(vlakken) == (sum(aantallen) if max(aantallen) < 50 else len(aantallen))


@pytest.mark.parametrize("schaal", [1e-6, 0.1, 1.0, 1e6, 1e12])
@pytest.mark.parametrize("n", [1, 2, 7, 40])
def test_lange_reeksen_met_gaten_en_enorme_waarden(schaal: float, n: int) -> None:
    gooi = random.Random(n)
    perioden = [f"{2000 + k // 2}-{k % 2 + 1}" for k in range(n)]
    namen = ("pilotgebieden", LANG, "verwacht", EEN_WOORD)
    reeksen = [
        {"naam": naam, "waarden": [None if k % 5 == 3 else -schaal * (3 + gooi.random()) for k in range(n)]}
        for naam in namen
    ]
    bodem = [[-schaal * (3 + gooi.random()) for _ in range(n)] for _ in range(20)]
    begin = n - 1 if n > 1 else None
    toets(
        grafieken.lijn(
            PALET, LETTER, perioden, reeksen, titel="Lang.", eenheid=LANG * 3, begin_bij=begin, achtergrond=bodem
        )
    )
    verschil = [None if k % 4 == 2 else schaal * (gooi.random() - 0.7) for k in range(n)]
    band = (-schaal, schaal / 3)
    toets(grafieken.gebeurtenis(PALET, LETTER, perioden, verschil, titel="x", begin_bij=begin, band=band))


@settings(max_examples=60, deadline=None)
@given(st.floats(-1e7, 1e7), st.floats(0.001, 1e7), st.floats(-1e7, 1e7).filter(lambda x: abs(x) > 1e-3))
def test_een_marge_past_altijd(schatting: float, half: float, relevant: float) -> None:
    rijen = [{"naam": naam, "schatting": schatting, "laag": schatting - half, "hoog": schatting + half}
             for naam in (LANG, EEN_WOORD, "Kort")]  # fmt: skip
    toets(grafieken.interval(PALET, LETTER, rijen, titel="Marge.", eenheid="procentpunt", relevant=relevant))


def test_open_stippen_voor_de_start_en_dichte_erna() -> None:
    svg = ET.fromstring(
        grafieken.gebeurtenis(PALET, LETTER, ["a", "b", "c", "d"], [1.0, 0.0, None, -2.5], titel="x.", begin_bij=2)
    )
    assert [c.get("fill") for c in svg.iter(f"{SVG}circle")] == ["#ffffff", "#ffffff", PALET.hoofd]
    woorden = {(t.text or "").replace("−", "-") for t in svg.iter(f"{SVG}text")}
    assert {"1,0", "0,0", "-2,5"} <= woorden


@pytest.mark.parametrize(
    ("van", "tot"), [("2011-10-01", "2035-06-30"), ("2027-01-11", "2027-01-29"), ("2027-01-11", "")]
)
def test_een_kalender_van_een_dag_tot_een_kwart_eeuw(van: str, tot: str) -> None:
    rijen = [{"naam": LANG, "van": van, "tot": tot}, {"naam": EEN_WOORD, "van": van, "tot": ""}] * 15
    toets(grafieken.tijdlijn(PALET, LETTER, rijen, titel="Lang."))


@given(st.lists(st.floats(20, 166), min_size=1, max_size=8))
def test_namen_van_lijnen_staan_uit_elkaar_en_boven_de_as(hoogten: list[float]) -> None:
    uit = [y for _, y in uit_elkaar(hoogten, 166)]
    assert sorted(n for n, _ in uit_elkaar(hoogten, 166)) == list(range(len(hoogten)))
    assert all(b - a >= 11 - 1e-9 for a, b in itertools.pairwise(uit))
    assert max(uit) <= 166


@pytest.mark.parametrize(
    "teken",
    [lambda: grafieken.lijn(PALET, LETTER, ["a"], [{"naam": "x", "waarden": [None]}], titel="x"),
     lambda: grafieken.gebeurtenis(PALET, LETTER, ["a"], [None], titel="x")],
)  # fmt: skip
def test_zonder_metingen_is_er_geen_grafiek(teken: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="ten minste één"):
        teken()


def test_een_te_lange_naam_krijgt_een_beletselteken_en_past() -> None:
    kort = LETTER.passend(EEN_WOORD, 8.5, 100)
    assert kort.endswith("…")
    assert LETTER.breedte(kort, 8.5) <= 100
    assert LETTER.passend("Kort", 8.5, 100) == "Kort"
    assert all(LETTER.breedte(r, 8.5) <= 80 for r in LETTER.regels_passend(f"{LANG} {EEN_WOORD}", 8.5, 80, 3))
