from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.kern.eigenwoorden import gekopieerd_van, overlap

ZIN = "De route is bekend en de duo's lopen op vaste tijden langs de kantine."


def test_a_pasted_reason_is_found_also_with_one_word_changed() -> None:
    eerdere = {"voorstel 2, bijdrage": ZIN, "voorstel 3, bijdrage": "Er is geen begroting en niemand is gevraagd."}
    assert gekopieerd_van(ZIN.replace("kantine", "school"), eerdere) == "voorstel 2, bijdrage"


def test_an_own_reason_on_the_same_theme_passes() -> None:
    eigen = "Vaste tijden helpen, maar wie bij regen loopt en wie de duo's belt staat nergens."
    assert gekopieerd_van(eigen, {"voorstel 2, bijdrage": ZIN}) is None
    assert gekopieerd_van(ZIN, {}) is None


@given(st.text(), st.text())
def test_overlap_is_symmetric_and_a_share(een: str, ander: str) -> None:
    assert overlap(een, ander) == overlap(ander, een)
    assert 0 <= overlap(een, ander) <= 1
    assert overlap(een, een) == 1
