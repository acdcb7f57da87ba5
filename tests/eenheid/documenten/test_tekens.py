"""A bound on every text that comes in: named by its field."""

import pytest

from aanbesteding.documenten.tekens import controleer_invoer
from aanbesteding.fouten import Invoerfout


@pytest.mark.parametrize(("veld", "meeste"), [("naam", 300), ("motivering", 40_000)])
def test_een_te_lange_tekst_wordt_genoemd(veld: str, meeste: int) -> None:
    controleer_invoer({veld: "a" * meeste})
    with pytest.raises(Invoerfout, match=rf"lijst\[1\]\.{veld}: is te lang; hooguit"):
        controleer_invoer({"lijst": [{veld: "a" * (meeste + 1)}]}, waar="proef")
