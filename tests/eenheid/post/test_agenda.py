"""The calendar file: valid lines, the right hour, and the same bytes for the same rules."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from aanbesteding.invoer import lees_toml
from aanbesteding.post.agenda import startbijeenkomst_ics
from aanbesteding.regels import Regels
from aanbesteding.termijnen import AMSTERDAM

KLEIN = Path(__file__).parents[2] / "rondes" / "klein" / "ronde.toml"


def _regels(**termijnen: object) -> Regels:
    gegevens = lees_toml(KLEIN)
    gegevens["termijnen"] |= termijnen
    return Regels.model_validate(gegevens)


def _velden(ics: str) -> dict[str, str]:
    """The fields of the event, unfolded; VTIMEZONE has fields of the same names, so only the event counts."""
    gebeurtenis = ics.replace("\r\n ", "").partition("BEGIN:VEVENT")[2]
    return dict(r.split(":", 1) for r in gebeurtenis.split("\r\n") if ":" in r)


def test_de_tijd_is_die_van_de_klok_in_amsterdam() -> None:
    velden = _velden(startbijeenkomst_ics(_regels(), "klein"))
    assert velden["DTSTART;TZID=Europe/Amsterdam"] == "20270120T193000"
    assert velden["DTEND;TZID=Europe/Amsterdam"] == "20270120T213000"
    gemaakt = datetime.strptime(velden["DTSTAMP"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert gemaakt == datetime(2027, 1, 11, 9, 0, tzinfo=AMSTERDAM)


@pytest.mark.parametrize("plaats", ["Zaal 1, achter; naast \\ de deur", "é" * 200, "Regel een\nRegel twee"])
def test_elke_plaats_komt_heel_terug_en_geen_regel_is_langer_dan_75_bytes(plaats: str) -> None:
    ics = startbijeenkomst_ics(_regels(startbijeenkomst_plaats=plaats), "klein")
    assert all(len(regel.encode()) <= 75 for regel in ics.split("\r\n"))
    assert "\n" not in ics.replace("\r\n", "")
    ruw = _velden(ics)["LOCATION"]
    terug = ruw.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
    assert terug == plaats


def test_zelfde_regels_geven_dezelfde_bytes_en_een_ander_kenmerk_een_andere_uid() -> None:
    een, twee = startbijeenkomst_ics(_regels(), "klein"), startbijeenkomst_ics(_regels(), "klein")
    assert een == twee
    assert _velden(een)["UID"] != _velden(startbijeenkomst_ics(_regels(), "groot"))["UID"]
