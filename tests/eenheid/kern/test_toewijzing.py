"""Allocation of assessors: rules hold for every input, nothing better exists, and impossible says why."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.kern.netwerkstroom import Netwerk, bewijs, goedkoopste_stroom
from aanbesteding.kern.toewijzing import (
    Beoordelaar,
    OnmogelijkeToewijzingError,
    ToewijzingError,
    leesvolgorde,
    vervang,
    wijs_toe,
)


@st.composite
def opdrachten(draw):
    aantal, wie, afdelingen = draw(st.integers(1, 7)), draw(st.integers(2, 6)), draw(st.integers(1, 4))
    voorstellen = [f"V{i}" for i in range(aantal)]
    beoordelaars = [Beoordelaar(f"B{j}", f"D{draw(st.integers(1, afdelingen))}") for j in range(wie)]
    paren = [(v, b.id) for v in voorstellen for b in beoordelaars]
    conflicten = draw(st.sets(st.sampled_from(paren), max_size=4))
    baten = {p: draw(st.integers(0, 9)) for p in paren}
    per_voorstel = draw(st.none() | st.integers(1, wie))
    afdelingen_min = draw(st.integers(1, min(3, per_voorstel or 3)))
    maximum = draw(st.none() | st.integers(1, aantal))
    regels = {
        "per_voorstel": per_voorstel,
        "afdelingen_min": afdelingen_min,
        "maximum": maximum,
        "baten": baten,
    }
    return voorstellen, beoordelaars, conflicten, regels


@settings(max_examples=150, deadline=None)
@given(opdrachten(), st.randoms())
def test_regels_gelden_altijd_en_invoervolgorde_verandert_niets(opdracht, toeval):
    voorstellen, beoordelaars, conflicten, regels = opdracht
    try:
        uitkomst = wijs_toe(voorstellen, beoordelaars, conflicten, seed="2026", **regels)
    except OnmogelijkeToewijzingError as fout:
        onmogelijk = fout
    else:
        onmogelijk = None
    if onmogelijk:
        assert onmogelijk.regel and onmogelijk.oplossing  # noqa: PT018
        return
    afdeling = {b.id: b.afdeling for b in beoordelaars}
    assert not set(uitkomst.paren) & set(conflicten)
    for voorstel in voorstellen:
        groep = [b for v, b in uitkomst.paren if v == voorstel]
        assert len({afdeling[b] for b in groep}) >= regels["afdelingen_min"]
        if uitkomst.werkwijze == "verdeeld":
            assert len(groep) == regels["per_voorstel"]
    assert max(uitkomst.belasting.values()) <= (regels["maximum"] or len(voorstellen))
    if uitkomst.werkwijze == "verdeeld":
        assert max(uitkomst.belasting.values()) - min(uitkomst.belasting.values()) <= 1
        assert uitkomst.certificaat.geen_negatieve_kring
        assert uitkomst.certificaat.klopt_met_regels
        assert uitkomst.certificaat.slechtste <= uitkomst.certificaat.slechtste_bovengrens
        assert uitkomst.certificaat.totaal <= uitkomst.certificaat.totaal_bovengrens
    anders = list(voorstellen), list(beoordelaars)
    toeval.shuffle(anders[0])
    toeval.shuffle(anders[1])
    assert wijs_toe(*anders, conflicten, seed="2026", **regels) == uitkomst


def _alle_verdelingen(voorstellen, beoordelaars, conflicten, k, minimum):
    """Every allocation that meets the rules, by brute force."""
    afdeling = {b.id: b.afdeling for b in beoordelaars}
    opties = [
        [g for g in combinations(afdeling, k)
         if not any((v, b) in conflicten for b in g) and len({afdeling[b] for b in g}) >= minimum]
        for v in voorstellen
    ]  # fmt: skip
    for keuze in product(*opties):
        belasting = [sum(b in g for g in keuze) for b in afdeling]
        if max(belasting) - min(belasting) <= 1:
            yield keuze


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_bestaan_en_waarde_kloppen_met_alles_proberen(data):
    voorstellen = [f"V{i}" for i in range(data.draw(st.integers(1, 4)))]
    beoordelaars = [Beoordelaar(f"B{j}", data.draw(st.sampled_from("XYZ"))) for j in range(4)]
    paren = [(v, b.id) for v in voorstellen for b in beoordelaars]
    conflicten = data.draw(st.sets(st.sampled_from(paren), max_size=3))
    baten = {p: data.draw(st.integers(1, 6)) for p in paren}
    k = data.draw(st.integers(2, 3))
    minimum = data.draw(st.integers(1, k))
    sommen = [
        [sum(baten[v, b] for b in g) for v, g in zip(voorstellen, keuze, strict=True)]
        for keuze in _alle_verdelingen(voorstellen, beoordelaars, conflicten, k, minimum)
    ]
    regels = {"seed": "s", "per_voorstel": k, "afdelingen_min": minimum, "baten": baten}
    if not sommen:
        with pytest.raises(OnmogelijkeToewijzingError):
            wijs_toe(voorstellen, beoordelaars, conflicten, **regels)
        return
    c = wijs_toe(voorstellen, beoordelaars, conflicten, **regels).certificaat
    assert c.slechtste <= max(map(min, sommen)) <= c.slechtste_bovengrens
    beste = max(sum(s) for s in sommen if min(s) >= c.slechtste)
    assert c.totaal <= beste <= c.totaal_bovengrens


def _groot(aantal=15, wie=6):
    voorstellen = [f"V{i:02}" for i in range(aantal)]
    beoordelaars = [Beoordelaar(f"B{j}", f"D{j % 3}") for j in range(wie)]
    return voorstellen, beoordelaars, {("V00", "B0"), ("V01", "B0"), ("V07", "B3")}


def test_iedereen_alles_is_de_standaard():
    voorstellen, beoordelaars, conflicten = _groot()
    uitkomst = wijs_toe(voorstellen, beoordelaars, conflicten, seed="x")
    assert uitkomst.werkwijze == "iedereen alles"
    assert len(uitkomst.paren) == 15 * 6 - 3
    assert wijs_toe(voorstellen, beoordelaars, conflicten, seed="x", per_voorstel=6) == uitkomst


def test_ander_zaad_geeft_een_andere_maar_even_goede_verdeling():
    voorstellen, beoordelaars, conflicten = _groot()
    a, b = (wijs_toe(voorstellen, beoordelaars, conflicten, seed=z, per_voorstel=3) for z in "ab")
    assert a.paren != b.paren
    assert a.certificaat.totaal == b.certificaat.totaal == 45


def test_slechtst_bedeelde_voorstel_gaat_voor_het_totaal():
    voorstellen = ["V0", "V1"]
    beoordelaars = [Beoordelaar(f"B{j}", f"D{j}") for j in range(4)]
    baten = {("V0", "B0"): 9, ("V0", "B1"): 9, ("V0", "B2"): 5, ("V0", "B3"): 5,
             ("V1", "B0"): 7, ("V1", "B1"): 7, ("V1", "B2"): 0, ("V1", "B3"): 0}  # fmt: skip
    c = wijs_toe(voorstellen, beoordelaars, seed="s", per_voorstel=2, baten=baten).certificaat
    assert c.slechtste == 10  # the highest total, 18, would leave V1 with nothing
    assert c.totaal == 24 == c.totaal_bovengrens


@pytest.mark.parametrize(
    ("conflicten", "regels", "zin"),
    [
        ({("V00", f"B{j}") for j in range(4)}, {"per_voorstel": 3}, "Voorstel V00 heeft 2 beoordelaars"),
        (set(), {"per_voorstel": 3, "maximum": 7}, "Verhoog het maximum naar minstens 8"),
        (set(), {"per_voorstel": 3, "afdelingen_min": 4}, "Vraag minstens 4 beoordelaars"),
        (set(), {"per_voorstel": 4, "afdelingen_min": 4}, "3 afdeling"),
        (set(), {"maximum": 10}, "kies hooguit 4 beoordelaar"),
        ({(f"V{i:02}", "B0") for i in range(10)}, {"per_voorstel": 3}, "Met een verschil van 3 kan het wel"),
    ],
)
def test_onmogelijk_zegt_welke_regel_en_wat_het_mogelijk_maakt(conflicten, regels, zin):
    voorstellen, beoordelaars, _ = _groot()
    with pytest.raises(OnmogelijkeToewijzingError, match=zin):
        wijs_toe(voorstellen, beoordelaars, conflicten, seed="x", **regels)


def test_voorgestelde_oplossing_werkt_ook_echt():
    voorstellen, beoordelaars, _ = _groot()
    conflicten = {(f"V{i:02}", "B0") for i in range(10)}
    uitkomst = wijs_toe(voorstellen, beoordelaars, conflicten, seed="x", per_voorstel=3, spreiding=3)
    assert max(uitkomst.belasting.values()) - min(uitkomst.belasting.values()) == 3


def test_foute_invoer_wordt_geweigerd():
    voorstellen, beoordelaars, _ = _groot()
    for fout in (
        lambda: wijs_toe([], beoordelaars, seed="x"),
        lambda: wijs_toe(["V1", "V1"], beoordelaars, seed="x"),
        lambda: wijs_toe(voorstellen, beoordelaars, {("V00", "onbekend")}, seed="x"),
        lambda: wijs_toe(voorstellen, beoordelaars, seed="x", per_voorstel=0),
    ):
        with pytest.raises(ToewijzingError):
            fout()


@pytest.mark.parametrize("weg", [f"B{j}" for j in range(6)])
def test_vervangen_verandert_alleen_de_weesparen(weg):
    voorstellen, beoordelaars, conflicten = _groot()
    oud = wijs_toe(voorstellen, beoordelaars, conflicten, seed="x", per_voorstel=3)
    v = vervang(oud, weg, beoordelaars, conflicten)
    assert set(v.vervallen) == {p for p in oud.paren if p[1] == weg}
    assert set(v.toewijzing.paren) == (set(oud.paren) - set(v.vervallen)) | set(v.nieuw)
    assert sorted(p[0] for p in v.nieuw) == sorted(p[0] for p in v.vervallen)
    assert not set(v.nieuw) & conflicten
    assert v.hoogste_belasting_na <= v.hoogste_belasting_voor + 2
    for voorstel in voorstellen:
        assert len({int(b[1]) % 3 for p, b in v.toewijzing.paren if p == voorstel}) >= 2
    assert vervang(oud, weg, beoordelaars[::-1], conflicten) == v


def test_vervangen_zonder_ruimte_zegt_dat_een_reserve_nodig_is():
    voorstellen, beoordelaars, conflicten = _groot()
    oud = wijs_toe(voorstellen, beoordelaars, conflicten, seed="x", per_voorstel=3, maximum=8)
    with pytest.raises(OnmogelijkeToewijzingError, match="reservebeoordelaar"):
        vervang(oud, "B1", beoordelaars, conflicten, maximum=8)
    reserve = [*beoordelaars, Beoordelaar("R", "D1")]
    assert {b for _, b in vervang(oud, "B1", reserve, conflicten, maximum=8).nieuw} >= {"R"}


def test_bij_iedereen_alles_neemt_de_reserve_over_of_vervalt_het_paar():
    voorstellen, beoordelaars, conflicten = _groot()
    oud = wijs_toe(voorstellen, beoordelaars, conflicten, seed="x")
    assert vervang(oud, "B1", beoordelaars, conflicten).nieuw == ()
    v = vervang(oud, "B1", [*beoordelaars, Beoordelaar("R", "D1")], {*conflicten, ("V02", "R")})
    assert v.nieuw == tuple((w, "R") for w in voorstellen if w != "V02")


def test_leesvolgorde_is_herhaalbaar_en_per_beoordelaar_anders():
    voorstellen = _groot()[0]
    een = leesvolgorde("x", "B1", voorstellen)
    assert een == leesvolgorde("x", "B1", voorstellen[::-1])
    assert sorted(een) == voorstellen
    assert een != leesvolgorde("x", "B2", voorstellen)


def test_bewijs_ziet_een_stroom_die_beter_kan_en_een_die_niet_klopt():
    getallen = [np.array(x, dtype=np.int64) for x in ([0, 0, 1, 2], [1, 2, 3, 3], [1] * 4, [5, 1, 0, 0], [1, 0, 0, -1])]
    net = Netwerk(*getallen)
    beste = goedkoopste_stroom(net)
    assert beste.tolist() == [0, 1, 0, 1]
    assert bewijs(net, beste).geen_negatieve_kring
    duur = bewijs(net, np.array([1, 0, 1, 0], dtype=np.int64))
    assert (duur.geen_negatieve_kring, duur.klopt_met_aanbod) == (False, True)
    assert not bewijs(net, np.array([1, 0, 0, 1], dtype=np.int64)).klopt_met_aanbod
    assert goedkoopste_stroom(replace(net, capaciteit=np.zeros(4, dtype=np.int64))) is None
