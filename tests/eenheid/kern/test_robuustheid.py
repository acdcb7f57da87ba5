"""Firmness of the selection: exact intervals, smallest shifts and chances that stand up to brute force."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aanbesteding.kern.robuustheid import (
    RangverwachtingError,
    RobuustheidError,
    gewichtsintervallen,
    kans_op_selectie,
    kleinste_verschuiving,
    smaa,
    verwachte_rang,
    zonder_een_beoordelaar,
)

CODES = ["a", "b", "c"]
GEWICHTEN = {"a": 50, "b": 30, "c": 20}


def _tabel(rijen):
    return pd.DataFrame(rijen, columns=CODES, index=[f"V{i}" for i in range(len(rijen))])


def _beste(tabel, gewichten, plaatsen):
    totalen = sorted(
        ((sum(Fraction(int(x)) * w for x, w in zip(rij, gewichten, strict=True)), naam)
         for naam, rij in zip(tabel.index, tabel.to_numpy(), strict=True)), reverse=True,
    )  # fmt: skip
    gelijk = totalen[plaatsen - 1][0] == totalen[plaatsen][0]
    return {naam for _, naam in totalen[:plaatsen]}, gelijk


tabellen = st.lists(st.tuples(*[st.integers(0, 10)] * 3), min_size=4, max_size=7).map(_tabel)
BASIS = [Fraction(5, 10), Fraction(3, 10), Fraction(2, 10)]


@settings(deadline=None)
@given(tabellen, st.integers(0, 2), st.fractions(min_value=0, max_value=1))
def test_gewichtsinterval_is_precies_waar_de_selectie_gelijk_blijft(tabel, c, nieuw):
    gekozen, gelijk = _beste(tabel, BASIS, 2)
    assume(not gelijk)
    interval = gewichtsintervallen(tabel, GEWICHTEN, gekozen)[c]
    assert interval.laagste <= interval.gewicht == BASIS[c] <= interval.hoogste
    rest = 1 - BASIS[c]
    gewichten = [nieuw if i == c else w * (1 - nieuw) / rest for i, w in enumerate(BASIS)]
    dan, dan_gelijk = _beste(tabel, gewichten, 2)
    if interval.laagste < nieuw < interval.hoogste:
        assert dan == gekozen or dan_gelijk
    elif nieuw < interval.laagste or nieuw > interval.hoogste:
        assert dan != gekozen


@settings(deadline=None, max_examples=40)
@given(tabellen, st.lists(st.floats(0.01, 1), min_size=3, max_size=3))
def test_binnen_de_kleinste_verschuiving_verandert_er_niets(tabel, richting):
    gekozen, gelijk = _beste(tabel, BASIS, 2)
    assume(not gelijk)
    weg = kleinste_verschuiving(tabel, GEWICHTEN, gekozen)
    doel = np.array(richting) / sum(richting)
    w = np.array([float(b) for b in BASIS])
    afstand = np.abs(doel - w).sum()
    assume(afstand > 1e-6)
    grens = 2.0 if weg is None else weg.afstand
    proef = w + (doel - w) * min(1.0, 0.999 * grens / afstand)
    totalen = tabel.to_numpy() @ proef
    binnen = tabel.index.isin(gekozen)
    assert totalen[binnen].min() >= totalen[~binnen].max() - 1e-7
    if weg is not None:
        nieuw = np.array([weg.gewichten[c] for c in CODES])
        assert np.abs(nieuw - w).sum() == pytest.approx(weg.afstand, abs=1e-7)
        assert nieuw.sum() == pytest.approx(1)
        assert tabel.loc[weg.erin].to_numpy() @ nieuw == pytest.approx(
            tabel.loc[weg.eruit].to_numpy() @ nieuw, abs=1e-6
        )


def test_geen_verschuiving_als_niemand_ergens_beter_is():
    tabel = _tabel([(9, 9, 9), (8, 8, 8), (7, 8, 6)])
    assert kleinste_verschuiving(tabel, GEWICHTEN, ["V0"]) is None
    assert all((i.laagste, i.hoogste) == (0, 1) for i in gewichtsintervallen(tabel, GEWICHTEN, ["V0"]))


def test_gelijke_stand_zet_de_grens_op_het_gewicht_zelf():
    tabel = _tabel([(10, 0, 0), (0, 10, 5)])
    eerste = gewichtsintervallen(tabel, {"a": 2, "b": 1, "c": 2}, ["V0"])[0]
    assert (eerste.laagste, eerste.gewicht, eerste.hoogste) == (Fraction(2, 5), Fraction(2, 5), Fraction(1))


def test_selectie_die_niet_uit_de_gewichten_volgt_wordt_geweigerd():
    tabel = _tabel([(9, 9, 9), (8, 8, 8)])
    with pytest.raises(RobuustheidError, match="volgt niet"):
        gewichtsintervallen(tabel, GEWICHTEN, ["V1"])
    with pytest.raises(RobuustheidError, match="V9"):
        kleinste_verschuiving(tabel, GEWICHTEN, ["V9"])
    with pytest.raises(RobuustheidError, match="één gewicht"):
        gewichtsintervallen(tabel, {"a": 1}, ["V0"])


def test_kans_over_alle_gewichten_klopt_met_de_meetkunde():
    # V0 wins on a, V1 on b: each has half of the simplex, whatever c does; V2 never beats both
    tabel = _tabel([(10, 0, 5), (0, 10, 5), (0, 0, 5)])
    kans = kans_op_selectie(tabel, 1, zaad=3)
    assert kans.to_numpy() == pytest.approx([0.5, 0.5, 0], abs=0.0014)
    # a > 1/2 on the simplex of three weights: a quarter of its area
    assert kans_op_selectie(_tabel([(10, 0, 0), (0, 10, 10)]), 1, zaad=3)["V0"] == pytest.approx(0.25, abs=0.0014)


@given(tabellen, st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_kansen_tellen_op_tot_het_aantal_plaatsen(tabel, plaatsen):
    kans = kans_op_selectie(tabel, plaatsen, zaad=1)
    assert kans.sum() == pytest.approx(plaatsen)
    assert kans.between(0, 1 + 1e-9).all()
    omgekeerd = kans_op_selectie(tabel[::-1], plaatsen, zaad=1)
    assert omgekeerd[tabel.index].to_numpy() == pytest.approx(kans.to_numpy())


def test_zonder_een_beoordelaar_noemt_wie_erin_en_eruit_gaat():
    rijen = [
        (v, "a", b, w)
        for v, waarden in {"V0": (9, 9, 2), "V1": (5, 5, 8), "V2": (1, 1, 1)}.items()
        for b, w in zip("ABC", waarden, strict=True)
    ]
    lang = pd.DataFrame(rijen, columns=["voorstel", "criterium", "beoordelaar", "waarde"])
    uit = {z.beoordelaar: z for z in zonder_een_beoordelaar(lang, {"a": 1}, ["V0"])}
    assert (uit["A"].erin, uit["A"].eruit) == (("V1",), ("V0",))
    assert (uit["C"].erin, uit["C"].eruit, uit["C"].gelijk) == ((), (), ())
    with pytest.raises(RobuustheidError):
        zonder_een_beoordelaar(lang[lang["beoordelaar"] == "A"], {"a": 1}, ["V0"])


def test_verwachte_rang_is_herhaalbaar_en_hangt_niet_af_van_de_volgorde():
    lot = np.random.default_rng(5)
    tabel = pd.DataFrame(lot.integers(1, 11, (6, 4)).astype(float), index=list("fedcba"))
    tabel.iloc[0, 1] = np.nan
    een = verwachte_rang(tabel, 2, zaad=9, schaalbreedte=9)
    twee = verwachte_rang(tabel[::-1], 2, zaad=9, schaalbreedte=9)
    pd.testing.assert_frame_equal(een.tabel, twee.tabel.loc[een.tabel.index])
    assert een.tabel["verwachte_rang"].sum() == pytest.approx(21)


def test_overduidelijke_verschillen_zijn_zeker():
    tabel = pd.DataFrame([[k, k, k, k] for k in (10, 9, 2, 1)], index=list("abcd"), dtype=float)
    tabel += np.random.default_rng(1).normal(0, 0.1, tabel.shape)
    klasse = verwachte_rang(tabel, 2, zaad=1, schaalbreedte=9).tabel["klasse"]
    assert klasse["c"] == klasse["d"] == "zeker uit"
    with pytest.raises(RangverwachtingError):
        verwachte_rang(tabel, 9, zaad=1, schaalbreedte=9)
    with pytest.raises(RangverwachtingError):
        verwachte_rang(tabel.iloc[:, :2], 2, zaad=1, schaalbreedte=9)


def test_smaa_zonder_onzekerheid():
    metingen = np.repeat(np.array([[[1.0, 1.0], [0.0, 0.0]]]), 8, axis=0)
    uitkomst = smaa(metingen, np.full((8, 2), 0.5))
    assert uitkomst.rangkansen.tolist() == [[1, 0], [0, 1]]
    assert np.isnan(uitkomst.centrale_gewichten[1]).all()
    with pytest.raises(ValueError, match="trekking"):
        smaa(metingen, np.full((3, 2), 0.5))
