"""The hash chain: whole when untouched, and every kind of tampering shows."""

import sys
from typing import Any

import pytest
from sqlalchemy import text

from aanbesteding import logboek
from aanbesteding.cli.app import draai

L = sys.modules["lindeveen"]


def _fouten(loper: Any) -> list[str]:
    return list(loper.kijk(lambda s, r: logboek.controleer(s, r.id)))


def test_untouched_chain_is_whole(lindeveen: Any) -> None:
    assert _fouten(lindeveen("uitvoering")) == []


@pytest.mark.parametrize(
    ("sql", "verwacht"),
    [
        ("UPDATE logregel SET actor = 'iemand' WHERE volgnummer = 3", "Logregel 3 (.*) is na het vastleggen veranderd"),
        ("UPDATE logregel SET gegevens = '{}' WHERE volgnummer = 5", "Logregel 5 (.*) is na het vastleggen veranderd"),
        ("UPDATE logregel SET moment = '2020-01-01 00:00:00.000000' WHERE volgnummer = 2", "Logregel 2 .*veranderd"),
        ("DELETE FROM logregel WHERE volgnummer = 4", "Logregel 4 ontbreekt"),
        ("UPDATE logregel SET hash = vorige WHERE volgnummer = 6", "Logregel 7 sluit niet aan"),
    ],
)
def test_tampering_is_found_and_ends_with_exit_code_7(lindeveen: Any, capsys: Any, sql: str, verwacht: str) -> None:
    loper = lindeveen("oproep" if "6" not in sql else "coalities")
    with loper.motor.begin() as verbinding:
        verbinding.execute(text(sql))
    assert any(__import__("re").search(verwacht, f) for f in _fouten(loper))
    assert draai(["controleer", L.KENMERK]) == 7
    assert "Zet de gegevens terug" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sql", "verwacht"),
    [
        ("UPDATE regelversie SET hash = 'x'", "Versie 1 van de regels"),
        ("UPDATE indiening SET inhoud = '{}' WHERE id = 1", "De indiening van 'lange-tafel'"),
        ("DELETE FROM passage WHERE poort = 'advies'", "De poort 'advies' (1) staat in het logboek, maar is weg"),
        ("DELETE FROM logregel WHERE volgnummer = (SELECT max(volgnummer) FROM logregel)", "staat niet in het logboek"),
    ],
)
def test_what_the_log_names_must_still_be_so(lindeveen: Any, capsys: Any, sql: str, verwacht: str) -> None:
    loper = lindeveen("belangen")
    with loper.motor.begin() as verbinding:
        verbinding.execute(text("PRAGMA foreign_keys=OFF"))
        verbinding.execute(text(sql))
    assert draai(["controleer"]) == 7
    assert verwacht in capsys.readouterr().err
