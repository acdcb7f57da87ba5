"""Agreement between assessors: words with a source, spread that must be discussed, and strictness undone."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.kern.overeenstemming import (
    OvereenstemmingError,
    alfa,
    alfa_interval,
    bijgesteld,
    icc,
    spreiding,
    woorden_alfa,
    woorden_icc,
)

cellen = st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=3, max_size=7)


def test_icc_grenzen_blijven_gelijk():
    tabel = pd.DataFrame([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    uitkomst = icc(tabel)
    # pinned regression values of our own; no published table was at hand to compare the limits with
    assert [round(x, 2) for x in (uitkomst["ICC(1,1)"].ondergrens, uitkomst["ICC(1,1)"].bovengrens)] == [
        -0.13,
        0.72,
    ]
    assert [round(x, 2) for x in (uitkomst["ICC(2,1)"].ondergrens, uitkomst["ICC(2,1)"].bovengrens)] == [
        0.02,
        0.76,
    ]
    assert [round(x, 2) for x in (uitkomst["ICC(3,1)"].ondergrens, uitkomst["ICC(3,1)"].bovengrens)] == [
        0.34,
        0.95,
    ]


def test_icc_weigert_gaten_en_gelijke_scores():
    with pytest.raises(OvereenstemmingError, match="volledige tabel"):
        icc(pd.DataFrame([[1, np.nan], [2, 3]]))
    with pytest.raises(OvereenstemmingError, match="te weinig"):
        icc(pd.DataFrame([[5, 5], [5, 5], [5, 5]]))


@given(cellen, st.randoms())
def test_alfa_hangt_niet_af_van_de_volgorde(rijen, toeval):
    tabel = pd.DataFrame(rijen)
    anders = tabel.sample(frac=1, random_state=toeval.randint(0, 9999))[[2, 0, 1]]
    for niveau in ("nominaal", "ordinaal", "interval", "ratio"):
        een, twee = alfa(tabel, niveau), alfa(anders, niveau)
        assert (een is None) == (twee is None)
        assert een is None or twee == pytest.approx(een)


def test_alfa_bij_volledige_eensgezindheid_en_bij_niets_te_zeggen():
    assert alfa(pd.DataFrame([[1, 1], [5, 5], [np.nan, 3]])) == 1
    assert alfa(pd.DataFrame([[4, 4], [4, 4]])) is None
    assert alfa_interval(pd.DataFrame([[4, 4], [4, 4]]), zaad=1) is None
    tabel = pd.DataFrame(np.random.default_rng(1).integers(0, 11, (12, 4)))
    laag, hoog = alfa_interval(tabel, zaad=3)
    assert laag < alfa(tabel) < hoog
    assert alfa_interval(tabel, zaad=3) == (laag, hoog)


def test_woorden():
    assert [woorden_icc(x) for x in (0.49, 0.5, 0.75, 0.9)] == ["slecht", "matig", "goed", "uitstekend"]
    assert [woorden_alfa(x) for x in (0.66, 0.667, 0.8)] == [
        "te laag om op te bouwen", "voldoende voor voorlopige conclusies", "hoog",
    ]  # fmt: skip
    assert woorden_alfa(None).startswith("niet te bepalen")


def test_grote_spreiding_moet_besproken_worden():
    rijen = [
        ("V1", "effect", "A", 3),
        ("V1", "effect", "B", 7),
        ("V2", "effect", "A", 5),
        ("V2", "effect", "B", None),
    ]
    tabel = spreiding(pd.DataFrame(rijen, columns=["voorstel", "criterium", "beoordelaar", "waarde"]), 4)
    assert tabel.set_index("voorstel")["bespreken"].to_dict() == {"V1": True, "V2": False}
    assert tabel.set_index("voorstel")["aantal"].to_dict() == {"V1": 2, "V2": 1}
    assert tabel.set_index("voorstel").loc["V1", "verschil"] == 4


@given(cellen)
def test_bijgesteld_is_het_gemiddelde_bij_een_volledige_tabel(rijen):
    tabel = pd.DataFrame(rijen)
    assert bijgesteld(tabel).score.to_numpy() == pytest.approx(tabel.mean(axis=1).to_numpy(), abs=1e-9)


@given(
    st.lists(st.integers(2, 8), min_size=3, max_size=6),
    st.lists(st.integers(-2, 2), min_size=3, max_size=3),
    st.integers(0, 2),
)
def test_strenge_afwezige_wordt_hersteld(kwaliteit, strengheid, afwezig):
    waar = pd.DataFrame([[k + s for s in strengheid] for k in kwaliteit], dtype=float)
    met_gat = waar.copy()
    met_gat.iloc[0, afwezig] = np.nan
    uitkomst = bijgesteld(met_gat)
    assert uitkomst.score.to_numpy() == pytest.approx(waar.mean(axis=1).to_numpy(), abs=1e-9)
    assert uitkomst.strengheid.sum() == pytest.approx(0, abs=1e-9)


def test_bijgesteld_weigert_groepen_die_niet_samenhangen():
    n = np.nan
    with pytest.raises(OvereenstemmingError, match="samen"):
        bijgesteld(pd.DataFrame([[5, 6, n, n], [n, n, 7, 8]]))
