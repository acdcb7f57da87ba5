"""Ranking by the announced rule: exact, independent of input order, and silent about nothing."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.kern.rangschikking import (
    Criterium,
    RangschikkingError,
    RangschikkingGeblokkeerdError,
    Regels,
    Score,
    Voorstel,
    blokkades,
    rangschik,
    toon,
)
from aanbesteding.kern.verdeling import beste_vulling

CRITERIA = (Criterium("effect", 40), Criterium("samenwerking", 35), Criterium("dekking", 25))
CODES = [c.code for c in CRITERIA]
REGELS = Regels(CRITERIA, plaatsen=3, gelijk=("effect", "loting"))


def _consensus(rijen):
    return {(f"V{i:02}", code): waarde for i, rij in enumerate(rijen) for code, waarde in zip(CODES, rij, strict=True)}


def _voorstellen(aantal, bedragen=None):
    return [Voorstel(f"V{i:02}", bedragen[i] if bedragen else 0) for i in range(aantal)]


scores = st.lists(st.tuples(*[st.integers(0, 10)] * 3), min_size=1, max_size=9)


@given(scores, st.randoms())
def test_volgorde_van_de_rijen_verandert_niets(rijen, toeval):
    voorstellen, consensus = _voorstellen(len(rijen)), _consensus(rijen)
    door_elkaar, paren = list(voorstellen), list(consensus.items())
    toeval.shuffle(door_elkaar)
    toeval.shuffle(paren)
    assert rangschik(REGELS, voorstellen, consensus=consensus) == rangschik(REGELS, door_elkaar, consensus=dict(paren))


@given(scores, st.data())
def test_een_betere_score_verlaagt_nooit_een_plaats(rijen, data):
    wie = data.draw(st.integers(0, len(rijen) - 1))
    wat = data.draw(st.integers(0, 2))
    regels = replace(REGELS, drempel_totaal=4)
    beter = [list(rij) for rij in rijen]
    beter[wie][wat] = data.draw(st.integers(rijen[wie][wat], 10))

    def plaats(tabel):
        uitslag = rangschik(regels, _voorstellen(len(rijen)), consensus=_consensus(tabel))
        rij = next(r for r in uitslag.rijen if r.voorstel == f"V{wie:02}")
        return rij.plaats or 999, ["ja", "loting", "nee"].index(rij.geselecteerd)

    assert plaats(beter) <= plaats(rijen)


@given(scores, st.fractions(min_value=Fraction(1, 50), max_value=50))
def test_schalen_van_de_gewichten_verandert_niets(rijen, factor):
    ander = replace(REGELS, criteria=tuple(replace(c, gewicht=c.gewicht * factor) for c in CRITERIA))
    voorstellen, consensus = _voorstellen(len(rijen)), _consensus(rijen)
    assert rangschik(REGELS, voorstellen, consensus=consensus) == rangschik(ander, voorstellen, consensus=consensus)


@given(
    scores,
    st.integers(0, 6),
    st.lists(st.integers(0, 50_000), min_size=9, max_size=9),
    st.integers(0, 120_000),
)
def test_plaatsen_en_plafond_worden_nooit_overschreden(rijen, plaatsen, bedragen, plafond):
    regels = replace(REGELS, plaatsen=plaatsen, plafond=plafond)
    voorstellen = _voorstellen(len(rijen), bedragen)
    uitslag = rangschik(regels, voorstellen, consensus=_consensus(rijen))
    lotingen = []
    while uitslag.loting:
        assert {r.voorstel for r in uitslag.rijen if r.reden == "loting nodig"} == set(uitslag.loting.voorstellen)
        lotingen.append(uitslag.loting.voorstellen[::-1])
        uitslag = rangschik(regels, voorstellen, consensus=_consensus(rijen), lotingen=lotingen)
    gekozen = [r for r in uitslag.rijen if r.geselecteerd == "ja"]
    assert len(gekozen) <= plaatsen
    assert sum(r.bedrag for r in gekozen) <= plafond
    assert list(uitslag.rijen[: len(gekozen)]) == gekozen  # rule "stop": nobody is passed over


def test_gewogen_totaal_is_exact_en_getoond_half_omhoog():
    uitslag = rangschik(REGELS, _voorstellen(1), consensus=_consensus([(Decimal("7.5"), 6, 9)]))
    assert uitslag.rijen[0].totaal == Fraction(735, 100)
    assert toon(Fraction(7345, 1000)) == "7,35"
    assert toon(Fraction(-7345, 1000)) == "-7,35"
    assert toon(Fraction(1, 3)) == "0,33"


def test_gelijke_stand_op_de_snijlijn_noemt_wie_er_loten():
    tabel = _consensus([(9, 9, 9), (8, 8, 8), (7, 7, 7), (7, 7, 7), (7, 7, 7)])
    uitslag = rangschik(REGELS, _voorstellen(5), consensus=tabel)
    assert uitslag.loting.voorstellen == ("V02", "V03", "V04")
    assert (uitslag.loting.plaats, uitslag.loting.plaatsen) == (3, 1)
    assert uitslag.geselecteerd == ("V00", "V01")
    na = rangschik(REGELS, _voorstellen(5), consensus=tabel, lotingen=[("V04", "V02", "V03")])
    assert [(r.voorstel, r.plaats, r.reden) for r in na.rijen[2:]] == [
        ("V04", 3, "geselecteerd na loting"),
        ("V02", 4, "uitgeloot"),
        ("V03", 5, "uitgeloot"),
    ]
    with pytest.raises(RangschikkingError, match="precies de genoemde"):
        rangschik(REGELS, _voorstellen(5), consensus=tabel, lotingen=[("V02", "V03")])


def test_gelijk_totaal_beslist_het_eerst_genoemde_criterium():
    gelijk = {
        ("V00", "effect"): 5, ("V00", "samenwerking"): 10, ("V00", "dekking"): 5,
        ("V01", "effect"): Decimal("9.375"), ("V01", "samenwerking"): 5, ("V01", "dekking"): 5,
    }  # fmt: skip
    uitslag = rangschik(replace(REGELS, plaatsen=1), _voorstellen(2), consensus=gelijk)
    assert uitslag.rijen[0].totaal == uitslag.rijen[1].totaal
    assert uitslag.geselecteerd == ("V01",)
    assert uitslag.loting is None


def test_plafond_stopt_en_slaat_alleen_over_als_dat_is_aangekondigd():
    tabel, voorstellen = _consensus([(9, 9, 9), (8, 8, 8), (7, 7, 7)]), _voorstellen(3, [60, 50, 40])
    stop = replace(REGELS, plafond=100)
    assert rangschik(stop, voorstellen, consensus=tabel).geselecteerd == ("V00",)
    door = replace(stop, plafondregel="volgende dat past")
    assert rangschik(door, voorstellen, consensus=tabel).geselecteerd == ("V00", "V02")


def test_drempels_geven_hun_eigen_reden_en_geen_plaats():
    criteria = (replace(CRITERIA[0], drempel=6), *CRITERIA[1:])
    regels = replace(REGELS, criteria=criteria, drempel_totaal=Decimal("5.5"))
    uitslag = rangschik(regels, _voorstellen(3), consensus=_consensus([(5, 10, 10), (6, 5, 5), (6, 6, 6)]))
    assert [(r.voorstel, r.plaats, r.reden) for r in uitslag.rijen] == [
        ("V02", 1, "geselecteerd"),
        ("V00", None, "onder drempel criterium"),
        ("V01", None, "onder drempel totaal"),
    ]


GEMIDDELD = replace(REGELS, basis="gemiddelde", ontbrekend="gemiddelde van overige beoordelaars")


def _individueel(*waarden, status="onthouden"):
    return [
        Score("V00", code, f"B{i}", w, "gegeven" if w is not None else status)
        for code in CODES
        for i, w in enumerate(waarden)
    ]


def test_leeg_is_nooit_nul_en_de_regel_staat_bij_het_getal():
    rij = rangschik(GEMIDDELD, _voorstellen(1), scores=_individueel(8, None, 5)).rijen[0]
    assert rij.totaal == Fraction(13, 2)
    assert rij.per_criterium["effect"].toelichting == "gemiddelde van 2 van de 3 beoordelaars (1 onthouden)"


@pytest.mark.parametrize(
    ("status", "regel"),
    [
        ("nog niet gelezen", "gemiddelde van overige beoordelaars"),
        ("onthouden", "voorstel zonder oordeel blokkeert"),
        ("verhinderd", "voorstel zonder oordeel blokkeert"),
    ],
)
def test_ontbrekende_scores_blokkeren_volgens_de_regel(status, regel):
    regels = replace(GEMIDDELD, ontbrekend=regel)
    invoer = _individueel(8, None, status=status)
    with pytest.raises(RangschikkingGeblokkeerdError) as fout:
        rangschik(regels, _voorstellen(1), scores=invoer)
    assert list(fout.value.blokkades) == blokkades(regels, _voorstellen(1), scores=invoer)
    assert fout.value.blokkades[0] == f"Beoordelaar B1: {status} bij voorstel V00, criterium dekking."


def test_consensus_met_een_gat_blokkeert():
    assert blokkades(REGELS, _voorstellen(1), consensus={("V00", "effect"): 5}) == [
        "De consensusscore van voorstel V00 op criterium dekking ontbreekt.",
        "De consensusscore van voorstel V00 op criterium samenwerking ontbreekt.",
    ]


@pytest.mark.parametrize("waarde", [11, -1, 7.5, True, "8", Decimal("NaN")])
def test_onmogelijke_scores_worden_geweigerd(waarde):
    with pytest.raises(RangschikkingError):
        rangschik(REGELS, _voorstellen(1), consensus=_consensus([(waarde, 5, 5)]))


def test_dubbele_vreemde_en_tegenstrijdige_scores_worden_geweigerd():
    goed = _individueel(8)
    for fout in (goed[0], Score("V99", "effect", "B0", 5), Score("V00", "effect", "B9", 5, "onthouden")):
        with pytest.raises(RangschikkingError):
            rangschik(GEMIDDELD, _voorstellen(1), scores=[*goed, fout])


@pytest.mark.parametrize(
    "regels",
    [
        replace(REGELS, gelijk=("effect",)),
        replace(REGELS, gelijk=("onbekend", "loting")),
        replace(REGELS, basis="consensus "),
        replace(REGELS, ontbrekend="nul"),
        replace(REGELS, criteria=()),
        replace(REGELS, criteria=(CRITERIA[0], CRITERIA[0])),
        replace(REGELS, criteria=(Criterium("effect", 0),)),
        replace(REGELS, plafond=-1),
    ],
)
def test_tegenstrijdige_regels_worden_geweigerd(regels):
    with pytest.raises(RangschikkingError):
        rangschik(regels, _voorstellen(1), consensus=_consensus([(5, 5, 5)]))


def test_totalen_die_alleen_afgerond_gelijk_zijn_worden_gemeld():
    tabel = _consensus([(Decimal("7.001"), 7, 7), (7, 7, 7)])
    assert rangschik(REGELS, _voorstellen(2), consensus=tabel).schijnbaar_gelijk == (("V00", "V01"),)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20)), max_size=8), st.integers(0, 90))
def test_beste_vulling_is_zo_goed_als_alles_proberen(paren, budget):
    kosten, waarden = [p[0] for p in paren], [p[1] for p in paren]
    keuze = beste_vulling(kosten, waarden, budget)
    mogelijk = [[i for i in range(len(paren)) if bits >> i & 1] for bits in range(1 << len(paren))]
    beste = max(sum(waarden[i] for i in m) for m in mogelijk if sum(kosten[i] for i in m) <= budget)
    assert sum(kosten[i] for i in keuze) <= budget
    assert sum(waarden[i] for i in keuze) == beste
