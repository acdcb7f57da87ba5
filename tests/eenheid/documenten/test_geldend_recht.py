"""A letter names the law of its own day (domein.md 2, L17, L19, L30)."""

from datetime import date

import pytest

from aanbesteding.documenten.gegevens.geldend_recht import deminimis, openbaarheidswet, uitdaagrecht

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes


@pytest.mark.parametrize(
    ("dag", "wet"),
    [
        (date(2011, 12, 1), "Wet openbaarheid van bestuur, artikel 10"),
        (date(2022, 4, 30), "Wet openbaarheid van bestuur, artikel 10"),
        (date(2022, 5, 1), "Wet open overheid, artikel 5.1"),
    ],
)
def test_de_oproep_noemt_de_openbaarheidswet_van_de_dag(dag: date, wet: str) -> None:
    assert openbaarheidswet(dag) == wet


@pytest.mark.parametrize(
    ("dag", "euro", "register"),
    [
        (date(2012, 7, 17), 200_000, False),
        (date(2023, 12, 31), 200_000, False),
        (date(2024, 1, 1), 300_000, False),
        (date(2025, 12, 31), 300_000, False),
        (date(2026, 1, 1), 300_000, True),
    ],
)
def test_de_minimis_volgt_de_verordening_van_de_dag(dag: date, euro: int, register: bool) -> None:
    assert deminimis(dag) == {"maximum_cent": euro * 100, "register": register}


def test_het_uitdaagrecht_bestaat_pas_sinds_2025() -> None:
    assert [uitdaagrecht(date(2024, 12, 31)), uitdaagrecht(date(2025, 1, 1))] == [False, True]
