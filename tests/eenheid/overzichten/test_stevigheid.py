"""The advice beside a ranking: honest sentence by rule, figures that agree with the ranking, words where none exist."""

from fractions import Fraction
from typing import Any

import pytest

from aanbesteding.kern.keuzeproeven import Invoer
from aanbesteding.kern.rangschikking import Criterium, Regels, Score, Voorstel, rangschik
from aanbesteding.kern.stevigheid import bereken
from aanbesteding.kern.stevigheidstaal import Kandidaat, eerlijke_zin
from aanbesteding.overzichten.stevigheid import plaatsen, startzaad

GEWICHTEN = {"a": 60, "b": 40}


def advies(
    tabel: list[list[tuple[int | None, int | None]]], aantal: int, *, drempel: int | None = None
) -> dict[str, Any]:
    """`tabel`: per proposal, per assessor, the scores on a and b; the mean decides."""
    scores = [
        Score(f"v{v}", c, f"{w}", waarde, "gegeven" if waarde is not None else "onthouden")
        for v, rij in enumerate(tabel)
        for w, paar in enumerate(rij)
        for c, waarde in zip("ab", paar, strict=True)
    ]
    regels = Regels(
        tuple(Criterium(c, g) for c, g in GEWICHTEN.items()), basis="gemiddelde", plaatsen=aantal,
        ontbrekend="gemiddelde van overige beoordelaars", drempel_totaal=drempel, gelijk=("a", "loting"),
    )  # fmt: skip
    uitkomst = rangschik(regels, [Voorstel(f"v{v}") for v in range(len(tabel))], scores=scores)
    lang = [(s.voorstel, s.criterium, s.beoordelaar, None if s.waarde is None else int(s.waarde)) for s in scores]
    namen = {f"v{v}": f"Plan {v}" for v in range(len(tabel))}
    return bereken(Invoer(uitkomst.rijen, namen, plaatsen(uitkomst), GEWICHTEN, lang, 8.0, 4.0, 7))


DUIDELIJK = [
    [(10, 10), (10, 8), (8, 10)],
    [(8, 10), (10, 8), (8, 8)],
    [(4, 4), (4, 2), (2, 4)],
    [(2, 2), (4, 2), (2, 2)],
]


def test_een_ruime_voorsprong_is_zeker() -> None:
    uit = advies(DUIDELIJK, 2)
    assert uit["eerlijke_zin"].startswith("Alle twee plaatsen zijn zeker.")
    assert [v["klasse"] for v in uit["voorstellen"]] == ["zeker in", "zeker in", "zeker uit", "zeker uit"]
    assert uit["overeenstemming"]["maat"] == "ICC"
    assert all(g["laagste"] <= g["gewicht"] <= g["hoogste"] for g in uit["gewichten"]["per"])
    assert uit["gewichten"]["kleinste"] is None


def test_dezelfde_invoer_geeft_dezelfde_cijfers() -> None:
    assert advies(DUIDELIJK, 2) == advies(DUIDELIJK, 2)
    assert startzaad("a") != startzaad("b")


def test_gelijk_op_de_grens_staat_in_woorden_en_niet_als_interval_van_niets() -> None:
    tabel = [[(10, 10)] * 3, [(8, 5)] * 3, [(6, 8)] * 3, [(2, 2)] * 3]
    uit = advies(tabel, 2)
    assert uit["grens"] == {"plaatsen": 2, "gelijk": ["v1", "v2"], "beslist": "regel", "verschil": 0.0}
    assert "‘Plan 1’ en ‘Plan 2’ hebben hetzelfde totaal en de regel bij gelijke stand besliste" in uit["eerlijke_zin"]
    assert uit["gewichten"]["buiten_gelijk"]
    assert all(g["laagste"] < g["hoogste"] for g in uit["gewichten"]["per"])
    assert any("totaal gelijk" in r for r in uit["niet_berekend"])


def test_een_lot_dat_nog_komt_is_nooit_zeker() -> None:
    uit = advies([[(8, 8), (8, 6), (6, 8)]] * 2 + [[(2, 2), (2, 4), (4, 2)]], 1)
    assert uit["grens"]["beslist"] == "open"
    assert "het lot beslist nog" in uit["eerlijke_zin"]
    assert "zeker." not in uit["eerlijke_zin"]


@pytest.mark.parametrize(
    ("tabel", "aantal"),
    [
        ([[(8, 8)], [(6, 6)], [(4, 4)]], 1),
        ([[(8, 8), (6, 8)], [(6, 6), (4, 6)]], 1),
        ([[(6, 6)] * 3] * 4, 2),
        ([[(8, 8), (None, None), (6, 8)], [(6, None), (6, 6), (4, 6)], [(2, 4), (2, 2), (4, 2)]], 1),
        ([[(8, 8), (None, None)], [(None, None), (6, 6)], [(4, 4), (None, None)]], 1),
        ([[(8, 8)]], 1),
        ([], 2),
    ],
)
def test_randgevallen_geven_woorden(tabel: Any, aantal: int) -> None:
    uit = advies(tabel, aantal)
    assert uit["eerlijke_zin"].endswith(".")
    assert uit["voorstellen"] == [] or uit["overeenstemming"] is not None or uit["niet_berekend"]
    assert "zijn zeker" not in uit["eerlijke_zin"]


def test_minder_voorstellen_dan_plaatsen_heeft_geen_grens() -> None:
    uit = advies(DUIDELIJK, 9)
    assert uit["eerlijke_zin"] == "Alle vier voorstellen krijgen een plaats. Niemand valt af door plaatsgebrek."
    assert uit["gewichten"] is None
    assert uit["grens"]["verschil"] is None


def test_onder_de_drempel_telt_niet_mee_en_wordt_genoemd() -> None:
    uit = advies(DUIDELIJK, 3, drempel=5)
    assert [v["coalitie"] for v in uit["voorstellen"]] == ["v0", "v1"]
    assert "2 voorstellen haalden een drempel niet" in uit["eerlijke_zin"]


def k(naam: str, totaal: float, klasse: str | None, *, in_: bool = True, **anders: Any) -> Kandidaat:
    kies = "ja" if in_ else "nee"
    return Kandidaat(naam, Fraction(str(totaal)), anders.pop("status", kies), anders.pop("reden", ""), klasse, **anders)


def test_wie_aan_een_beoordelaar_hangt_is_niet_zeker() -> None:
    lijst = [k("A", 9, "zeker in"), k("B", 8, "zeker in", wisselt=True), k("C", 7.5, "zeker uit", in_=False)]
    assert eerlijke_zin(lijst, 2) == (
        "De eerste is zeker. Plaats 2 is nipt: het verschil tussen plaats 2 en 3 is 0,50 punt."
    )


def test_wie_buiten_viel_maar_dichtbij_was_wordt_genoemd() -> None:
    lijst = [k("A", 9, "zeker in"), k("B", 8, "onbeslist", in_=False), k("C", 7, "zeker in", in_=False)]
    zin = eerlijke_zin(lijst, 1)
    assert zin.startswith("De gekozen plaats is zeker.")
    assert "In de eerste scores stond ‘C’ boven de grens." in zin
    assert "‘B’ ligt dicht bij de grens." in zin


def test_zonder_klassen_zegt_de_zin_dat_het_niet_te_berekenen_is() -> None:
    zin = eerlijke_zin([k("A", 9, None), k("B", 8, None, in_=False)], 1)
    assert "valt niet te berekenen" in zin
    assert "1,00 punt" in zin


def test_na_de_loting_zegt_de_zin_dat_het_lot_besliste() -> None:
    lijst = [
        k("A", 9, "zeker in"),
        k("B", 8, "onbeslist", reden="geselecteerd na loting"),
        k("C", 8, "onbeslist", in_=False, reden="uitgeloot"),
    ]
    assert eerlijke_zin(lijst, 2) == (
        "De eerste is zeker. Plaats 2 is nipt: ‘B’ en ‘C’ hebben hetzelfde totaal en het lot besliste."
    )
