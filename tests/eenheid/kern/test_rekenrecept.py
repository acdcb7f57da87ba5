"""The recipe in an effect report: whoever follows it with another program gets the reported numbers."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from aanbesteding.kern.effect import oordeel
from aanbesteding.kern.effect_typen import Ontwerp
from aanbesteding.kern.rekenrecept import Uitslag, per_gebied, recept

PERIODEN = ["2026-1", "2026-2", "2027-1", "2027-2", "2028-1", "2028-2"]


def panel(gaten: Sequence[tuple[str, str]] = (), n: int = 150, effect: float = 6.0) -> pd.DataFrame:
    rng = np.random.default_rng(7)
    rijen = []
    for g in [f"P{k}" for k in range(2)] + [f"V{k}" for k in range(9)]:
        niveau = rng.normal(40, 1)
        for k, p in enumerate(PERIODEN):
            waarde = niveau + k + rng.normal(0, 1) + (effect if g[0] == "P" and k >= 3 else 0)
            if (g, p) not in gaten:
                rijen.append((g, p, waarde, n if g[0] == "V" else 150))
    return pd.DataFrame(rijen, columns=["gebied", "periode", "waarde", "n"])


def opzet(**anders: object) -> Ontwerp:
    velden: dict[str, object] = {
        "start": {"P0": "2027-2", "P1": "2027-2"}, "vergelijking": tuple(f"V{k}" for k in range(9)),
        "loting": True, "richting": "omhoog",
    }  # fmt: skip
    return Ontwerp(**(velden | anders))  # type: ignore[arg-type]


def maak(p: pd.DataFrame, o: Ontwerp) -> tuple[str, Uitslag]:
    uit = oordeel(p, o, tweede_mening=False)
    uitslag = Uitslag(uit.uitkomst, uit.schatting, tuple(m.tekst for m in uit.redenen))
    return recept("meedoen", "Meedoen", p, o, uitslag), uitslag


def getallen(tekst: str) -> list[float]:
    return [float(x) for x in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", tekst)]


def test_the_table_of_changes_gives_the_reported_estimate_in_scipy() -> None:
    p, o = panel(), opzet()
    rijen = per_gebied(p, o)
    eigen, ander = ([r.verandering for r in rijen if r.pilot is kant] for kant in (True, False))
    toets = stats.ttest_ind(eigen, ander)
    tekst, uitslag = maak(p, o)
    assert uitslag.schatting is not None
    assert uitslag.schatting.p == pytest.approx(toets.pvalue)
    laag, hoog = toets.confidence_interval(uitslag.schatting.zekerheid)
    marge = next(r for r in tekst.splitlines() if "Marge" in r)
    assert getallen(marge)[-2:] == pytest.approx([laag, hoog], rel=1e-5)


def test_before_and_after_are_the_plain_means_of_the_file() -> None:
    p, o = panel(), opzet()
    for rij in per_gebied(p, o):
        eigen = p[p["gebied"] == rij.gebied].set_index("periode")["waarde"]
        assert rij.voor == pytest.approx(eigen[PERIODEN[:3]].mean())
        assert rij.na == pytest.approx(eigen[PERIODEN[3:]].mean())


def test_the_steps_name_what_was_done_to_gaps_and_stages() -> None:
    tekst, _ = maak(panel(gaten=[("V3", "2026-2")]), opzet())
    assert "Er ontbreken waarden" in tekst
    tekst, _ = maak(panel(), opzet(start={"P0": "2027-2", "P1": "2028-1"}))
    assert "Start 2027-2 (P0)" in tekst
    assert "Start 2028-1 (P1)" in tekst
    assert "0,5000 en 0,5000" in tekst
    gewoon, _ = maak(panel(), opzet())
    assert "Er ontbreken waarden" not in gewoon


def test_staggered_numbers_follow_the_printed_sum() -> None:
    p, o = panel(), opzet(start={"P0": "2027-1", "P1": "2028-1"})
    tekst, uitslag = maak(p, o)
    rijen = per_gebied(p, o)
    eigen, ander = (np.array([r.verandering for r in rijen if r.pilot is kant]) for kant in (True, False))
    maal = getallen(next(r for r in tekst.splitlines() if "varieert" in r))[1]
    kwadraten = ((eigen - eigen.mean()) ** 2).sum() / maal + ((ander - ander.mean()) ** 2).sum()
    assert uitslag.schatting is not None
    assert np.sqrt(kwadraten / 9 * (maal / 2 + 1 / 9)) == pytest.approx(uitslag.schatting.se, rel=1e-4)


def test_without_a_test_it_says_so() -> None:
    kort = panel()
    tekst, uitslag = maak(kort[kort["periode"] < "2027-2"], opzet())
    assert uitslag.schatting is None
    assert "Er is niets getoetst" in tekst
    assert per_gebied(kort[kort["periode"] < "2027-2"], opzet()) == ()


def test_a_correction_for_the_baseline_can_be_redone_with_least_squares() -> None:
    p = panel()
    p.loc[p["gebied"].str.startswith("P"), "waarde"] += 9
    o = opzet(loting=False)
    tekst, uitslag = maak(p, o)
    assert uitslag.schatting is not None
    assert "met kleinste kwadraten de verandering" in tekst
    rijen = per_gebied(p, o)
    laatste = p[p["periode"] == "2027-1"].set_index("gebied")["waarde"]
    x = np.array([[float(r.pilot), 1.0, r.voor, laatste[r.gebied]] for r in rijen])
    effect = np.linalg.lstsq(x, np.array([r.verandering for r in rijen]), rcond=None)[0][0]
    assert effect == pytest.approx(uitslag.schatting.effect)
    assert getallen(next(r for r in tekst.splitlines() if "kleinste kwadraten" in r))[-2:] == pytest.approx(
        [effect, uitslag.schatting.se], rel=1e-5
    )
