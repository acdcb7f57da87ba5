"""Dutch notation: dates, times, money and numbers as municipal style asks."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.kern import notatie as n

WINTER = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def test_datum_en_tijd() -> None:
    assert n.datum(date(2026, 11, 23)) == "23 november 2026"
    assert n.datum_lang(date(2026, 11, 23)) == "maandag 23 november 2026"
    assert n.datum_kort(date(2026, 3, 4)) == "04-03-2026"
    assert n.tijd(WINTER) == "12.00 uur"
    assert n.tijd(time(9, 5)) == "09.05 uur"
    assert n.datum_tijd(WINTER) == "23 november 2026, 12.00 uur"


def test_de_dag_is_die_in_nederland() -> None:
    nacht = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert n.datum_tijd(nacht) == "1 juli 2026, 00.30 uur"
    assert n.datum_lang(nacht) == "woensdag 1 juli 2026"
    assert n.datum_kort(nacht) == "01-07-2026"


@pytest.mark.parametrize("functie", [n.datum, n.datum_lang, n.datum_kort, n.tijd, n.datum_tijd])
def test_naief_tijdstip_wordt_geweigerd(functie) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="geen tijdzone"):
        functie(datetime(2026, 1, 1))  # noqa: DTZ001  the refusal is the subject


@pytest.mark.parametrize(
    ("centen", "tekst"),
    [
        (1_250_000, "€\u00a012.500"),
        (1_250_050, "€\u00a012.500,50"),
        (-1_250_005, "€\u00a0-12.500,05"),
        (0, "€\u00a00"),
        (7, "€\u00a00,07"),
        (123_456_789_00, "€\u00a0123.456.789"),
    ],
)
def test_euro(centen: int, tekst: str) -> None:
    assert n.euro(centen) == tekst


@pytest.mark.parametrize("fout", [12.5, True, "12", Decimal(12)])
def test_euro_neemt_alleen_hele_centen(fout: object) -> None:
    with pytest.raises(TypeError, match="geheel aantal centen"):
        n.euro(fout)  # type: ignore[arg-type]


@given(st.integers(-(10**15), 10**15))
def test_euro_verliest_geen_cent(centen: int) -> None:
    kaal = n.euro(centen).removeprefix("€\u00a0").replace(".", "").replace(",", ".")
    assert Decimal(kaal) * 100 == centen


@pytest.mark.parametrize(
    ("x", "decimalen", "tekst"),
    [
        (12345.678, 2, "12.345,68"),
        (12345.678, None, "12.345,68"),
        (2.675, 2, "2,68"),
        (3.5, None, "3,5"),
        (100, None, "100"),
        (1000, 0, "1.000"),
        (-0.001, 2, "0,00"),
        (-1.25, 1, "-1,3"),
        (7, 1, "7,0"),
    ],
)
def test_getal(x: float, decimalen: int | None, tekst: str) -> None:
    assert n.getal(x, decimalen) == tekst


def test_getal_dat_ontbreekt_wordt_niet_gedrukt() -> None:
    for x in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="bestaat niet"):
            n.getal(x)


def test_getekend_en_procent() -> None:
    assert [n.getekend(x, 1) for x in (4, -1.5, 0.0, 0.04)] == ["+4,0", "-1,5", "0,0", "0,0"]
    assert n.procent(0.355) == "35,5%"
    assert n.procent(0.07) == "7%"
    assert n.procent(Decimal("0.125"), 0) == "13%"
    assert n.procent(1) == "100%"


def test_opsomming_en_meervoud() -> None:
    assert [n.opsomming(d) for d in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a en b",
        "a, b en c",
    ]
    assert n.opsomming(["a", "b"], "of") == "a of b"
    assert n.meervoud(1, "voorstel", "voorstellen") == "1 voorstel"
    assert n.meervoud(0, "voorstel", "voorstellen") == "0 voorstellen"
    assert n.meervoud(1500, "voorstel", "voorstellen") == "1.500 voorstellen"


@pytest.mark.parametrize(
    ("aantal", "tekst"),
    [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (1234, "1,2 kB"),
        (12_345, "12 kB"), (999_499, "999 kB"), (999_500, "1 MB"), (25_000_000, "25 MB"),
        (3_400_000_000, "3,4 GB"),
    ],
)  # fmt: skip
def test_bytes_leesbaar(aantal: int, tekst: str) -> None:
    assert n.bytes_leesbaar(aantal) == tekst
