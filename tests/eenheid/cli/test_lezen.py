"""voorstel toon: the text and scores that this person may see, and a closed door for who may not."""

import sys
from typing import Any

import pytest

from aanbesteding.cli.app import draai

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

L = sys.modules["lindeveen"]


def _toon(coalitie: str, als: str) -> int:
    return draai(["voorstel", "toon", L.KENMERK, "--coalitie", coalitie, "--als", als])


def test_an_assessor_reads_without_amounts_until_the_own_scores_are_locked(lindeveen: Any, capsys: Any) -> None:
    lindeveen("scoren")
    coalitie = "tuinstoel"
    assert _toon(coalitie, "carla-wijnia") == 0
    uit = capsys.readouterr().out
    assert "De aanpak" in uit
    assert "20000 euro" not in uit
    assert "verborgen voor u" in uit


def test_after_the_lock_the_scores_of_others_show_under_letters(lindeveen: Any, capsys: Any) -> None:
    lindeveen("beoordeeld")
    assert _toon("tuinstoel", "carla-wijnia") == 0
    uit = capsys.readouterr().out
    assert "Scores" in uit
    assert "els-van-dalfsen" not in uit
    assert "verborgen voor u" not in uit


def test_a_conflicted_assessor_gets_nothing(lindeveen: Any, capsys: Any) -> None:
    lindeveen("beoordeeld")
    assert _toon("samen-repareren", "deniz-aydin") == 3
    vangst = capsys.readouterr()
    assert "belang" in vangst.err
    assert vangst.out == ""


def test_nobody_else_reads_before_the_vault_is_open(lindeveen: Any, capsys: Any) -> None:
    lindeveen("ingediend")
    for wie in (L.LEIDER, L.JURIST, "carla-wijnia"):
        assert _toon("tuinstoel", wie) == 3
    assert capsys.readouterr().out == ""
