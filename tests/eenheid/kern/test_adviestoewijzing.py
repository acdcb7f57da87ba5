"""Advisers to coalitions: hard limits hold, fairness goes first, and the explanation adds up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.kern.adviestoewijzing import AdviestoewijzingError, Adviseur, Coalitie, wijs_adviseurs_toe

THEMAS = st.frozensets(st.sampled_from(["buurt", "geld", "jeugd"]), max_size=2)


@st.composite
def rondes(draw):
    coalities = [
        Coalitie(f"C{i}", draw(st.sampled_from([8, 16])), draw(st.booleans()), draw(THEMAS))
        for i in range(draw(st.integers(1, 4)))
    ]
    adviseurs = [
        Adviseur(f"A{j}", draw(st.integers(0, 24)), draw(st.booleans()), draw(THEMAS))
        for j in range(draw(st.integers(0, 4)))
    ]
    paren = [(c.id, a.id) for c in coalities for a in adviseurs]
    return coalities, adviseurs, draw(st.sets(st.sampled_from(paren), max_size=3)) if paren else set()


@settings(max_examples=40, deadline=None)
@given(rondes(), st.randoms())
def test_grenzen_gelden_altijd_en_invoervolgorde_verandert_niets(ronde, toeval):
    coalities, adviseurs, conflicten = ronde
    uitkomst = wijs_adviseurs_toe(coalities, adviseurs, conflicten, maximum_adviseurs=2)
    kan_uitgebreid = {a.id: a.uitgebreid for a in adviseurs}
    gebruikt = dict.fromkeys(kan_uitgebreid, 0)
    for c, t in zip(sorted(coalities, key=lambda c: c.id), uitkomst.toelichtingen, strict=True):
        assert t.toegewezen == sum(k.uren for k in t.koppels) <= c.uren
        assert len(t.koppels) <= 2
        for k in t.koppels:
            assert k.uren % 4 == 0
            assert (c.id, k.adviseur) not in conflicten
            assert kan_uitgebreid[k.adviseur] or not c.uitgebreid
            gebruikt[k.adviseur] += k.uren
    assert uitkomst.uren_over == {a.id: a.uren - gebruikt[a.id] for a in sorted(adviseurs, key=lambda a: a.id)}
    assert min(uitkomst.uren_over.values(), default=0) >= 0
    assert all(uitkomst.bewezen.values())
    door_elkaar = [list(coalities), list(adviseurs)]
    for lijst in door_elkaar:
        toeval.shuffle(lijst)
    assert wijs_adviseurs_toe(*door_elkaar, conflicten, maximum_adviseurs=2) == uitkomst


def _uren(uitkomst):
    return {t.coalitie: t.toegewezen for t in uitkomst.toelichtingen}


def test_tekort_wordt_gelijk_verdeeld_in_aandelen():
    coalities = [Coalitie("groot", 32), Coalitie("klein", 16)]
    assert _uren(wijs_adviseurs_toe(coalities, [Adviseur("A", 24)])) == {"groot": 16, "klein": 8}


def test_gelijk_spoor_krijgt_gelijke_uren_tenzij_de_ronde_anders_kiest():
    coalities, adviseurs = [Coalitie("een", 8), Coalitie("twee", 8)], [Adviseur("A", 12)]
    assert _uren(wijs_adviseurs_toe(coalities, adviseurs)) == {"een": 4, "twee": 4}
    ruim = _uren(wijs_adviseurs_toe(coalities, adviseurs, gelijke_uren=False))
    assert sorted(ruim.values()) == [4, 8]


def test_expertise_beslist_pas_na_de_uren():
    coalities = [Coalitie("jeugdhuis", 8, expertise=frozenset({"jeugd"})), Coalitie("tuin", 8)]
    adviseurs = [Adviseur("A", 8), Adviseur("B", 8, expertise=frozenset({"jeugd"}))]
    een = wijs_adviseurs_toe(coalities, adviseurs).toelichtingen[0]
    assert [(k.adviseur, k.uren, k.expertise) for k in een.koppels] == [("B", 8, ("jeugd",))]


def test_een_hopeloos_geval_maakt_de_rest_niet_oneerlijk():
    coalities = [Coalitie("vereniging", 16, uitgebreid=True), Coalitie("x", 16), Coalitie("y", 16)]
    uitkomst = wijs_adviseurs_toe(coalities, [Adviseur("A", 16)], gelijke_uren=False)
    assert _uren(uitkomst) == {"vereniging": 0, "x": 8, "y": 8}
    zin = "U vroeg 16 uur advies in het uitgebreide traject. Er is nu geen adviseur voor u."
    assert uitkomst.toelichtingen[0].zinnen[0] == zin
    assert uitkomst.toelichtingen[0].uitgesloten == {"A": "geeft geen uitgebreid traject"}


def test_eerder_gegeven_uren_blijven_staan():
    coalities = [Coalitie("een", 16), Coalitie("twee", 16)]
    adviseurs = [Adviseur("A", 16), Adviseur("B", 16)]
    uitkomst = wijs_adviseurs_toe(coalities, adviseurs, vast={("een", "A"): 4, ("een", "B"): 12})
    assert {k.adviseur: k.uren for k in uitkomst.toelichtingen[0].koppels} == {"A": 4, "B": 12}
    with pytest.raises(AdviestoewijzingError, match="vaste uren"):
        wijs_adviseurs_toe(coalities, adviseurs, {("een", "A")}, vast={("een", "A"): 4})


@pytest.mark.parametrize(
    ("coalities", "adviseurs"),
    [
        ([Coalitie("een", 10)], []),
        ([Coalitie("een", 0)], []),
        ([Coalitie("een", 8), Coalitie("een", 8)], []),
        ([Coalitie("een", 8)], [Adviseur("A", -4)]),
    ],
)
def test_foute_invoer_wordt_geweigerd(coalities, adviseurs):
    with pytest.raises(AdviestoewijzingError):
        wijs_adviseurs_toe(coalities, adviseurs)
