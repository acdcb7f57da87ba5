"""Periods of any kind, the wave of the start, breaks in definition, gaps and areas that leave."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from aanbesteding.kern.effect import Ontwerp, Oordeel, oordeel
from aanbesteding.kern.effect_typen import Periode

HALF = [f"{j}-{h}" for j in range(2010, 2016) for h in (1, 2)]


def panel(golven: list[Periode], effect: float = 0.0, vanaf: int = 6, zaad: int = 1, sd: float = 1.0) -> pd.DataFrame:
    rng = np.random.default_rng(zaad)
    rijen = []
    for g in [*(f"P{k}" for k in range(3)), *(f"V{k}" for k in range(12))]:
        niveau = rng.normal(40, 2)
        for t, p in enumerate(golven):
            rijen.append((g, p, niveau + rng.normal(0, sd) + (effect if g[0] == "P" and t >= vanaf else 0)))
    return pd.DataFrame(rijen, columns=["gebied", "periode", "waarde"])


def opzet(start: Periode, **anders: object) -> Ontwerp:
    basis = Ontwerp(
        start={f"P{k}": start for k in range(3)}, vergelijking=tuple(f"V{k}" for k in range(12)), loting=True,
        richting="omhoog", schaal="gemiddelde",
    )  # fmt: skip
    return replace(basis, **anders)  # type: ignore[arg-type]


def snel(p: pd.DataFrame, o: Ontwerp) -> Oordeel:
    return oordeel(p, o, tweede_mening=False)


def meldingen(uit: Oordeel) -> dict[str, str]:
    return {m.code: m.tekst for m in uit.waarschuwingen}


SOORTEN: list[tuple[list[Periode], Periode]] = [
    (list(HALF), HALF[6]),
    ([f"{j}-K{k}" for j in (2010, 2011, 2012) for k in (1, 2, 3, 4)], "2011-K3"),
    ([str(j) for j in range(2000, 2012)], "2006"),
    (list(range(2000, 2012)), 2006),
    (list(range(2000, 2012)), "2006-1"),
    ([float(j) for j in range(2000, 2012)], 2006),
    ([date(2010, m, 1) for m in range(1, 13)], date(2010, 7, 1)),
    ([f"golf {n}" for n in range(1, 13)], "golf 7"),
    ([f"2010-{m:02}" for m in range(1, 13)], "2010-07"),
    ([f"2012Q{k}" for k in range(1, 5)] + [f"2013Q{k}" for k in range(1, 5)] + [f"2014Q{k}" for k in range(1, 5)],
     "2013Q3"),
]  # fmt: skip


@pytest.mark.parametrize(("golven", "start"), SOORTEN, ids=[str(s[1]) + str(type(s[0][0])) for s in SOORTEN])
def test_elke_soort_periode_geeft_hetzelfde_oordeel(golven: list[Periode], start: Periode) -> None:
    basis = snel(panel(list(HALF), effect=4), opzet(HALF[6]))
    uit = snel(panel(golven, effect=4), opzet(start))
    assert (uit.uitkomst, uit.n_voor, uit.n_na) == ("waarschijnlijk", 6, 6)
    assert uit.schatting == basis.schatting
    assert uit.trend_gecorrigeerd is not None
    assert basis.trend_gecorrigeerd is not None
    # months differ by a day or three
    assert uit.trend_gecorrigeerd.effect == pytest.approx(basis.trend_gecorrigeerd.effect, rel=0.01)


def test_timestamps_uit_pandas_mogen_ook() -> None:
    p = panel([date(2010, m, 1) for m in range(1, 13)], effect=4)
    p["periode"] = pd.to_datetime(p["periode"])
    assert snel(p, opzet(date(2010, 7, 1))).uitkomst == "waarschijnlijk"


@pytest.mark.parametrize("start", [3, "voorjaar"])
def test_een_start_van_een_andere_soort_wordt_geweigerd(start: Periode) -> None:
    with pytest.raises(ValueError, match="niet dezelfde vorm"):
        snel(panel([date(2010, m, 1) for m in range(1, 13)]), opzet(start))


def test_de_golf_waarin_de_start_valt_telt_niet_mee() -> None:
    jaren: list[Periode] = [str(j) for j in range(2006, 2018)]
    p = panel(jaren, effect=4)
    p.loc[p["periode"] == "2012", "waarde"] += np.where(p.loc[p["periode"] == "2012", "gebied"].str[0] == "P", 99, 0)
    uit = snel(p, opzet("2012-2"))
    assert (uit.n_voor, uit.n_na) == (6, 5)
    assert uit.verschil == pytest.approx(4, abs=1.5)
    assert "2012" in meldingen(uit)["golf_in_start"]


def test_een_jaar_naast_zijn_halfjaren_telt_niet_dubbel() -> None:
    p = panel(list(HALF), effect=4)
    met = pd.concat([p, p[p["periode"] == "2011-1"].assign(periode="2011", waarde=999.0)])
    uit = snel(met, opzet(HALF[6]))
    assert uit.schatting == snel(p, opzet(HALF[6])).schatting
    assert "2011" in meldingen(uit)["golf_dubbel"]


def test_over_een_breuk_wordt_nooit_vergeleken() -> None:
    p = panel(list(HALF), effect=4)
    for vanaf, over in (("2014-2", HALF[:9]), ("2011-1", HALF[2:])):
        sprong = p.copy()
        rest = ~sprong["periode"].isin(over)
        sprong.loc[rest, "waarde"] = sprong.loc[rest, "waarde"] * 3 + 50
        uit = snel(sprong, opzet(HALF[6], breuken=(vanaf,)))
        assert uit.schatting == snel(p[p["periode"].isin(over)], opzet(HALF[6])).schatting
        assert all(q in meldingen(uit)["breuk"] for q in HALF if q not in over)


def test_een_breuk_bij_de_start_laat_alleen_een_beschrijving_over() -> None:
    uit = snel(panel(list(HALF), effect=9), opzet(HALF[6], breuken=(HALF[6],)))
    assert uit.uitkomst == "alleen beschrijvend"
    assert [m.code for m in uit.redenen] == ["breuk"]
    assert "niet te vergelijken" in uit.zin


def test_bij_een_gespreide_start_houdt_elke_pilot_zijn_eigen_kant_van_de_breuk() -> None:
    o = replace(opzet("", breuken=("2013-2",)), start={"P0": "2011-2", "P1": "2011-2", "P2": "2014-2"})
    p = panel(list(HALF), sd=0.1)
    vroeg, laat = p["gebied"].isin(["P0", "P1"]), p["gebied"] == "P2"
    p.loc[vroeg & p["periode"].isin(HALF[3:]), "waarde"] += 2
    p.loc[laat & p["periode"].isin(HALF[9:]), "waarde"] += 2
    p.loc[p["periode"].isin(HALF[7:]), "waarde"] += 70
    uit = snel(p, o)
    assert uit.verschil == pytest.approx(2, abs=0.3)
    assert (uit.n_voor, uit.n_na) == (2, 3)


def test_een_pilot_met_gaten_wordt_over_zijn_eigen_golven_vergeleken() -> None:
    p = panel(list(HALF), sd=0.2)
    p.loc[p["periode"] == HALF[8], "waarde"] += 30
    vol = snel(p, opzet(HALF[6]))
    weg = p[~((p["gebied"] == "P0") & p["periode"].isin(HALF[7:]))]
    uit = snel(weg, opzet(HALF[6]))
    assert vol.verschil == pytest.approx(0, abs=0.3)
    assert uit.verschil == pytest.approx(0, abs=0.3)
    assert uit.n_na == 1
    assert uit.verhouding > 1.2  # one wave after the start tells less than six
    assert uit.schatting is not None
    assert vol.schatting is not None
    assert uit.schatting.se > vol.schatting.se


def test_een_pilot_die_wegvalt_begrenst_het_oordeel() -> None:
    p = panel(list(HALF), effect=6)
    uit = snel(p[~((p["gebied"] == "P1") & p["periode"].isin(HALF[6:]))], opzet(HALF[6]))
    assert (uit.uitkomst, uit.n_pilot) == ("aanwijzing", 2)
    assert [m.code for m in uit.redenen] == ["pilot_weg"]
    assert "P1" in meldingen(uit)["pilot_vervalt"]


def test_een_pilot_die_nog_moet_beginnen_begrenst_niets() -> None:
    o = replace(opzet(""), start={"P0": HALF[6], "P1": HALF[6], "P2": "2016-1"})
    uit = snel(panel(list(HALF), effect=6), o)
    assert (uit.uitkomst, uit.n_pilot) == ("waarschijnlijk", 2)
    assert "P2" in meldingen(uit)["gebied_vervalt"]
