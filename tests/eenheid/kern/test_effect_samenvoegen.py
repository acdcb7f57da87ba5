"""Areas that were joined: their parts count as the new area before it, or they do not and that is said."""

from typing import Any

import pandas as pd
import pytest

from aanbesteding.kern.effect_samenvoegen import Fusie, Gebieden, voeg_samen
from aanbesteding.kern.effect_typen import Schaal

FUSIE = Fusie("C", ("A", "B"), "2013-1")
GOLVEN = ["2012-1", "2012-2", "2013-1"]


def panel(n: tuple[float | None, float | None] = (100, 300), **extra: list[float | None]) -> pd.DataFrame:
    reeksen = {"A": [10, 20, None], "B": [30, 40, None], "C": [None, None, 33], **extra}
    aantal = {"A": n[0], "B": n[1]}
    rijen = [
        (g, p, w, aantal.get(g, 400), "bron")
        for g, lijst in reeksen.items()
        for p, w in zip(GOLVEN, lijst, strict=True)
        if w is not None
    ]
    return pd.DataFrame(rijen, columns=["gebied", "periode", "waarde", "n", "bron"]).astype(
        {"waarde": float, "n": float}
    )


def doe(p: pd.DataFrame, gebieden: Gebieden, schaal: Schaal = "procent") -> tuple[dict[tuple[str, str], Any], Gebieden]:
    uit, rollen = voeg_samen(p, gebieden, [FUSIE], schaal)
    return {(r.gebied, r.periode): (r.waarde, r.n) for r in uit.itertuples()}, rollen


def test_gewogen_naar_respondenten() -> None:
    uit, rollen = doe(panel(), Gebieden({"P": "2013-1"}, ("C", "D")))
    assert uit == {("C", "2012-1"): (25, 400), ("C", "2012-2"): (35, 400), ("C", "2013-1"): (33, 400)}
    assert rollen.vergelijking == ("C", "D")
    assert [m.code for m in rollen.meldingen] == ["samengevoegd"]


def test_de_nieuwe_naam_neemt_de_rol_van_de_delen_over() -> None:
    _, pilot = doe(panel(), Gebieden({"A": "2012-2", "B": "2012-2"}, ("D",)))
    assert pilot.start == {"C": "2012-2"}
    _, ander = doe(panel(), Gebieden({"P": "2012-2"}, ("A", "B", "D")))
    assert ander.vergelijking == ("D", "C")


def test_aantallen_worden_opgeteld_ook_zonder_inwoners() -> None:
    uit, _ = doe(panel(n=(None, None)), Gebieden({"P": "2013-1"}, ("C",)), "aantal")
    assert uit["C", "2012-1"][0] == 40


def test_zonder_aantallen_geen_gemiddelde() -> None:
    uit, rollen = doe(panel(n=(100, None)), Gebieden({"P": "2013-1"}, ("C",)))
    assert set(uit) == {("C", "2013-1")}
    assert [m.code for m in rollen.meldingen] == ["samen_zonder_aantal"]
    assert "2012-1 en 2012-2" in rollen.meldingen[0].tekst


def test_een_deel_zonder_meting_geeft_een_gat() -> None:
    uit, _ = doe(panel(B=[30, None, None]), Gebieden({"P": "2013-1"}, ("C",)))
    assert ("C", "2012-2") not in uit
    assert uit["C", "2012-1"] == (25, 400)


def test_een_cijfer_dat_de_bron_zelf_terugrekende_gaat_voor() -> None:
    uit, _ = doe(panel(C=[27, None, 33]), Gebieden({"P": "2013-1"}, ("C",)))
    assert uit["C", "2012-1"][0] == 27
    assert uit["C", "2012-2"][0] == 35


@pytest.mark.parametrize(
    "gebieden",
    [
        Gebieden({"A": "2012-2"}, ("B", "D")),
        Gebieden({"A": "2012-2", "B": "2013-1"}, ("D",)),
        Gebieden({"A": "2012-2"}, ("D",)),
        Gebieden({"A": "2012-2", "C": "2012-2"}, ("B",)),
    ],
)
def test_een_pilot_samen_met_een_ander_blijft_apart_en_het_nieuwe_gebied_valt_weg(gebieden: Gebieden) -> None:
    uit, rollen = doe(panel(), gebieden)
    assert set(uit) == {("A", "2012-1"), ("A", "2012-2"), ("B", "2012-1"), ("B", "2012-2")}
    assert [m.code for m in rollen.meldingen] == ["samen_gemengd"]
    assert rollen.rol("C") == ""
    assert rollen.start["A"] == "2012-2"


def test_twee_samenvoegingen_na_elkaar() -> None:
    p = pd.concat([panel(), panel().iloc[:0]])
    extra = [("E", "2012-1", 50.0, 400.0, "b"), ("E", "2013-1", 51.0, 400.0, "b"), ("F", "2014-1", 60.0, 800.0, "b")]
    p = pd.concat([p, pd.DataFrame(extra, columns=p.columns)], ignore_index=True)
    fusies = [Fusie("F", ("C", "E"), "2014-1"), FUSIE]
    uit, rollen = voeg_samen(p, Gebieden({"P": "2013-1"}, ("F",)), fusies, "procent")
    waarde = {(r.gebied, r.periode): r.waarde for r in uit.itertuples()}
    assert waarde == {("F", "2012-1"): 37.5, ("F", "2013-1"): 42.0, ("F", "2014-1"): 60.0}
    assert rollen.vergelijking == ("F",)
