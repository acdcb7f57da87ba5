"""Waves: begin, end, order, conversion, and on which side of a start they lie."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.kern import perioden

JAREN = st.integers(1900, 2100)
PERIODE = st.one_of(
    JAREN.map(str),
    st.tuples(JAREN, st.integers(1, 2)).map(lambda t: f"{t[0]}-{t[1]}"),
    st.tuples(JAREN, st.integers(1, 4)).map(lambda t: f"{t[0]}-K{t[1]}"),
)


@pytest.mark.parametrize(
    ("periode", "begin", "einde", "ritme"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31), "jaar"),
        ("2012-1", date(2012, 1, 1), date(2012, 6, 30), "halfjaar"),
        ("2012-2", date(2012, 7, 1), date(2012, 12, 31), "halfjaar"),
        ("2012-K1", date(2012, 1, 1), date(2012, 3, 31), "kwartaal"),
        ("2012-K3", date(2012, 7, 1), date(2012, 9, 30), "kwartaal"),
    ],
)
def test_begin_en_einde(periode: str, begin: date, einde: date, ritme: str) -> None:
    assert (perioden.begin(periode), perioden.einde(periode), perioden.ritme(periode)) == (begin, einde, ritme)


@given(PERIODE, st.integers(-40, 40))
def test_schuiven_gaat_heen_en_terug_zonder_gat(periode: str, stappen: int) -> None:
    assert perioden.schuif(perioden.schuif(periode, stappen), -stappen) == periode
    assert perioden.begin(perioden.schuif(periode, 1)) == perioden.einde(periode) + timedelta(days=1)


@given(PERIODE, st.sampled_from(perioden.RITMES))
def test_omzetten_dekt_precies_dezelfde_dagen_of_ligt_erin(periode: str, ritme: perioden.Ritme) -> None:
    delen = perioden.naar(periode, ritme)
    assert perioden.begin(delen[0]) <= perioden.begin(periode)
    assert perioden.einde(delen[-1]) >= perioden.einde(periode)
    assert all(perioden.overlapt(d, periode) for d in delen)


def test_omzetten() -> None:
    assert perioden.naar("2012", "kwartaal") == ("2012-K1", "2012-K2", "2012-K3", "2012-K4")
    assert perioden.naar("2012-2", "kwartaal") == ("2012-K3", "2012-K4")
    assert perioden.naar("2012-K3", "jaar") == ("2012",)


def test_volgorde_is_die_van_de_tijd_en_niet_die_van_de_tekst() -> None:
    tekst = ["2013", "2012-K4", "2012-1", "2012-K1", "2012-2"]
    assert perioden.sorteer(tekst) == ["2012-K1", "2012-1", "2012-2", "2012-K4", "2013"]


@pytest.mark.parametrize(
    ("periode", "start", "ligging"),
    [
        ("2012", "2012-2", "erin"),
        ("2012", "2013-1", "voor"),
        ("2012-1", "2012-2", "voor"),
        ("2012-2", "2012-2", "na"),
        ("2012-2", "2012-K4", "erin"),
        ("2012-K3", "2012-K4", "voor"),
        ("2013", "2012-K4", "na"),
        ("2012-K3", "2012", "na"),
    ],
)
def test_een_golf_ligt_voor_na_of_in_de_start(periode: str, start: str, ligging: str) -> None:
    assert perioden.ligging(periode, start) == ligging


@pytest.mark.parametrize(
    ("bron", "periode"),
    [
        ("2012", "2012"), (" 2012.0 ", "2012"), ("2012-k3", "2012-K3"), ("2012Q3", "2012-K3"), ("2012 H2", "2012-2"),
        ("2012JJ00", "2012"), ("2012HJ01", "2012-1"), ("2012KW04", "2012-K4"),
    ],
)  # fmt: skip
def test_lezen_zoals_bronnen_schrijven(bron: str, periode: str) -> None:
    assert perioden.lees(bron) == periode


@pytest.mark.parametrize("tekst", ["", "12", "2012-3", "2012-K5", "2012JJ01", "2012KW05", "voorjaar 2012", "2012-1-1"])
def test_iets_anders_wordt_geweigerd(tekst: str) -> None:
    with pytest.raises(ValueError, match="is geen periode"):
        perioden.lees(tekst)


def test_een_dag_valt_in_een_golf() -> None:
    dag = date(2013, 3, 14)
    assert [perioden.van_dag(dag, r) for r in perioden.RITMES] == ["2013", "2013-1", "2013-K1"]
    assert perioden.begonnen("2013-1", dag)
    assert not perioden.begonnen("2013-K2", dag)
    assert perioden.afgelopen("2012", dag)
    assert not perioden.afgelopen("2013", dag)


def test_leesbaar() -> None:
    gewoon = [perioden.leesbaar(p).replace("\u00a0", " ") for p in ("2012", "2012-2", "2012-K3")]
    assert gewoon == ["2012", "2e helft 2012", "3e kwartaal 2012"]
