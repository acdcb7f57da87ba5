"""The rung of evidence never climbs by itself: each rung asks for what the rung promises."""

from typing import get_args

import pytest

from aanbesteding.inhoud import PlanInhoud
from aanbesteding.kern.bewijskracht import ERKENNING, NIET, TREDEN, WEL, trede
from aanbesteding.kern.effect_typen import Uitkomst


@pytest.mark.parametrize(
    ("n_voor", "n_na", "vergelijking", "loting", "onderbouwd", "verwacht"),
    [
        (0, 5, 20, True, True, 0),
        (5, 0, 20, True, True, 0),
        (1, 1, 0, False, False, 1),
        (9, 9, 0, True, True, 2),
        (1, 1, 6, False, True, 3),
        (3, 1, 6, False, True, 3),
        (3, 2, 6, False, True, 4),
        (1, 1, 6, True, False, 5),
    ],
)
def test_rung(n_voor: int, n_na: int, vergelijking: int, loting: bool, onderbouwd: bool, verwacht: int) -> None:
    uit = trede(n_voor=n_voor, n_na=n_na, vergelijking=vergelijking, loting=loting, onderbouwd=onderbouwd)
    assert uit == verwacht


def test_every_verdict_and_every_recognition_has_its_words() -> None:
    assert set(WEL) == set(NIET) == set(get_args(Uitkomst))
    assert set(ERKENNING) == set(get_args(PlanInhoud.model_fields["bewijsniveau"].annotation))
    assert list(TREDEN) == list(range(6))
