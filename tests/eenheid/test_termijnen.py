"""Dates in law: the published vectors, the law's own properties, and the clock of Amsterdam."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding import termijnen as t

MOMENTEN = st.integers(1_293_840_000, 2_871_763_200).map(lambda s: datetime.fromtimestamp(s, tz=UTC))
DAGEN = st.dates(date(2011, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("verzonden", "einde"),
    [
        ("2025-11-20", "2026-01-05"),
        ("2026-02-20", "2026-04-07"),
        ("2026-03-24", "2026-05-06"),
        ("2026-04-02", "2026-05-18"),
        ("2026-11-13", "2026-12-28"),
        ("2027-03-25", "2027-05-10"),
        ("2028-04-13", "2028-05-29"),
        ("2026-09-01", "2026-10-13"),  # plain case: nothing to extend
        ("2011-03-19", "2011-05-02"),  # + 42 is Saturday 30 April 2011, Queen's day
        ("2013-03-19", "2013-05-01"),  # + 42 is Tuesday 30 April 2013, Queen's day
    ],
)
def test_bezwaartermijn(verzonden: str, einde: str) -> None:
    assert t.bezwaartermijn_einde(date.fromisoformat(verzonden)) == date.fromisoformat(einde)


@given(DAGEN)
def test_bezwaartermijn_eindigt_op_werkdag_en_nooit_te_vroeg(verzonden: date) -> None:
    einde = t.bezwaartermijn_einde(verzonden)
    kaal = verzonden + timedelta(days=42)
    assert t.is_werkdag(einde)
    assert einde >= kaal
    assert not any(t.is_werkdag(kaal + timedelta(days=n)) for n in range((einde - kaal).days))


@given(DAGEN, DAGEN)
def test_bezwaartermijn_loopt_op(een: date, ander: date) -> None:
    vroeg, laat = sorted((een, ander))
    assert t.bezwaartermijn_einde(vroeg) <= t.bezwaartermijn_einde(laat)


@given(DAGEN)
def test_verlengen_is_klaar_na_een_keer(dag: date) -> None:
    assert t.verleng_atw(t.verleng_atw(dag)) == t.verleng_atw(dag)


@pytest.mark.parametrize("jaar", range(2011, 2041))
def test_feestdagen_van_artikel_3(jaar: int) -> None:
    for maand, dag in ((1, 1), (5, 5), (12, 25), (12, 26)):
        assert t.is_atw_feestdag(date(jaar, maand, dag))
    namen = [t.feestdag(date(jaar, 1, 1) + timedelta(days=n)) for n in range(365)]
    los = {deel for naam in namen if naam for deel in naam.split(" en ")} - {t.NAAM_KB}
    assert {"Goede vrijdag", "Tweede paasdag", "Hemelvaartsdag", "Tweede pinksterdag"} <= los
    assert len(los) == 9


def test_koningsdag_op_zondag_schuift_naar_zaterdag() -> None:
    assert t.feestdag(date(2025, 4, 26)) == "Koningsdag"
    assert t.feestdag(date(2025, 4, 27)) is None
    assert t.feestdag(date(2013, 4, 30)) == "Koninginnedag"


def test_gelijkgestelde_dagen_staan_op_een_doordeweekse_dag_in_de_bekende_jaren() -> None:
    for dag in t.KB_DAGEN:
        assert dag.year in t.KB_JAREN
        assert dag.weekday() < 5
        assert not t.is_werkdag(dag)


def test_onbekend_jaar_geeft_een_waarschuwing() -> None:
    assert t.let_op_gelijkgestelde_dagen(date(2027, 5, 7)) is None
    melding = t.let_op_gelijkgestelde_dagen(date(2029, 5, 11))
    assert melding is not None
    assert "11 mei 2029" in melding


def test_korte_en_lange_termijn() -> None:
    # Art. 2: three days from Thursday 24 December 2026 hold no working day up to Sunday, so two are added.
    assert t.termijn_einde(date(2026, 12, 24), 3) == date(2026, 12, 29)
    # Art. 4: a term over 90 days is not extended; 1 January 2027 stays.
    assert t.termijn_einde(date(2026, 10, 2), 91) == date(2027, 1, 1)
    with pytest.raises(ValueError, match="minstens één dag"):
        t.termijn_einde(date(2026, 12, 24), 0)


def test_tijdstip_is_geen_dag() -> None:
    with pytest.raises(TypeError, match="datum zonder tijd"):
        t.bezwaartermijn_einde(datetime(2026, 11, 13, 23, 30, tzinfo=UTC))


def test_amsterdam_in_winter_en_zomer() -> None:
    assert t.amsterdam(date(2027, 2, 1), time(12)) == datetime(2027, 2, 1, 11, tzinfo=UTC)
    assert t.amsterdam(date(2027, 7, 1), time(12)) == datetime(2027, 7, 1, 10, tzinfo=UTC)
    assert t.amsterdam(date(2027, 7, 1), time(12)).tzinfo is UTC


@pytest.mark.parametrize(("dag", "woord"), [(date(2027, 3, 28), "bestaat niet"), (date(2026, 10, 25), "twee keer")])
def test_amsterdam_weigert_de_omzetting_van_de_klok(dag: date, woord: str) -> None:
    with pytest.raises(ValueError, match=woord):
        t.amsterdam(dag, time(2, 30))
    assert t.amsterdam(dag, time(1, 59)) < t.amsterdam(dag, time(3))


@given(MOMENTEN)
def test_heen_en_terug_over_de_klok(moment: datetime) -> None:
    lokaal = t.naar_amsterdam(moment)
    assert t.naar_utc(lokaal) == moment
    dubbel = lokaal.replace(fold=0).utcoffset() != lokaal.replace(fold=1).utcoffset()
    if not dubbel:
        assert t.amsterdam(lokaal.date(), lokaal.time()) == moment


def test_naief_tijdstip_wordt_geweigerd() -> None:
    naief = datetime(2026, 1, 1, 12)  # noqa: DTZ001  the refusal is the subject
    for functie in (t.naar_utc, t.naar_amsterdam):
        with pytest.raises(ValueError, match="geen tijdzone"):
            functie(naief)
    with pytest.raises(ValueError, match="zonder tijdzone"):
        t.amsterdam(date(2026, 1, 1), time(12, tzinfo=timezone(timedelta(hours=1))))


def test_schoolvakantie_per_regio() -> None:
    assert t.schoolvakantie(date(2026, 10, 12), "Noord") == "herfstvakantie"
    assert t.schoolvakantie(date(2026, 10, 12), "Midden") is None
    assert t.schoolvakantie(date(2026, 12, 28), "Midden") == "kerstvakantie"
    with pytest.raises(ValueError, match="Kies Noord, Midden of Zuid"):
        t.schoolvakantie(date(2026, 10, 12), "Oost")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="2031"):
        t.schoolvakantie(date(2031, 10, 12), "Midden")


def test_waarschuwingen_bij_een_eigen_moment() -> None:
    assert t.waarschuwingen_moment(date(2026, 11, 23), "Midden") == []
    kerst = t.waarschuwingen_moment(date(2026, 12, 26), "Midden")
    assert kerst == [
        "Zaterdag 26 december 2026 valt in het weekend.",
        "Zaterdag 26 december 2026 is een feestdag: Tweede kerstdag.",
        "Zaterdag 26 december 2026 valt in de kerstvakantie van regio Midden.",
    ]


def test_waarschuwingen_bij_een_venster_over_de_jaarwisseling() -> None:
    meldingen = t.waarschuwingen_venster(date(2026, 12, 1), date(2027, 1, 31), "Midden")
    assert meldingen == [
        "In deze periode valt de kerstvakantie van regio Midden: 19 december 2026 tot en met 3 januari 2027."
    ]
    assert "2031" in t.waarschuwingen_venster(date(2031, 3, 1), date(2031, 4, 1), "Midden")[0]
    with pytest.raises(ValueError, match="voor de begindatum"):
        t.waarschuwingen_venster(date(2027, 1, 1), date(2026, 1, 1), "Midden")
