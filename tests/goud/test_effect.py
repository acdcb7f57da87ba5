"""Published effect cases, through our own grid and engine (shared/golden/README.md, Effect)."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from diff_diff import LWDiD

from aanbesteding.kern import effect_verandering as collaps
from aanbesteding.kern.effect import Ontwerp, oordeel
from aanbesteding.kern.effect_panel import maak_raster
from aanbesteding.kern.effect_ruimop import ruim_op
from aanbesteding.kern.effect_toets import exacte_t
from aanbesteding.kern.effect_verloop import verloop

GEDEELD = Path(__file__).resolve().parents[2].parent / "shared"
GOUD = GEDEELD / "golden" / "effect"
RIVM = GEDEELD / "data" / "rivm_gezondheidsmonitor_wijkbuurt_extract.csv"
pytestmark = [
    pytest.mark.goud,
    pytest.mark.skipif(not GOUD.is_dir(), reason="The golden data (../shared/golden/effect) are not here."),
]


def prop99(*, logaritme: bool = False) -> tuple[pd.DataFrame, Ontwerp]:
    ruw = pd.read_csv(GOUD / "california_prop99.csv", sep=";")
    panel = ruw.rename(columns={"State": "gebied", "Year": "periode", "PacksPerCapita": "waarde"})
    if logaritme:
        panel["waarde"] = np.log(panel["waarde"])
    staten = tuple(sorted(set(panel["gebied"]) - {"California"}))
    return panel[["gebied", "periode", "waarde"]], Ontwerp(
        start={"California": 1989},
        vergelijking=staten,
        loting=False,
        richting="omlaag",
        eenheid="pakjes",
        schaal="gemiddelde",
    )


def test_prop99_verschil_en_synthetisch() -> None:
    uit = oordeel(*prop99())
    assert uit.verschil == pytest.approx(-27.349111, abs=1e-5)
    assert uit.synthetisch is not None
    assert uit.synthetisch.effect == pytest.approx(-15.603828, abs=1e-5)
    assert uit.synthetisch.se > 0


def test_prop99_logaritme_exacte_t_en_zonder_trend() -> None:
    uit = oordeel(*prop99(logaritme=True), tweede_mening=False)
    assert uit.schatting is not None
    assert uit.schatting.methode == "exacte t-toets"
    assert uit.schatting.effect == pytest.approx(-0.422, abs=5e-4)
    assert uit.schatting.se == pytest.approx(0.121, abs=5e-4)
    assert uit.trend_gecorrigeerd is not None
    assert uit.trend_gecorrigeerd.effect == pytest.approx(-0.2269887, abs=1e-6)
    assert uit.trend_gecorrigeerd.se == pytest.approx(0.0940689, abs=1e-6)
    assert uit.trend_gecorrigeerd.p == pytest.approx(0.0208919, abs=1e-6)


def test_prop99_permutatie_telt_elke_staat() -> None:
    uit = oordeel(*prop99(), tweede_mening=False)
    assert uit.permutatie is not None
    assert uit.permutatie.volledig
    assert uit.permutatie.trekkingen == 39


def minimumloon() -> tuple[pd.DataFrame, Ontwerp]:
    ruw = pd.read_csv(GOUD / "mpdta.csv")
    panel = ruw.rename(columns={"countyreal": "gebied", "year": "periode", "lemp": "waarde"})
    panel["gebied"] = panel["gebied"].astype(str)
    eerste = panel.groupby("gebied")["first.treat"].first()
    start = {str(g): int(s) for g, s in eerste.items() if s > 0}
    nooit = tuple(str(g) for g, s in eerste.items() if s == 0)
    ontwerp = Ontwerp(start=start, vergelijking=nooit, loting=False, richting="omhoog", schaal="gemiddelde")
    return panel[["gebied", "periode", "waarde"]], ontwerp


def test_callaway_santanna_minimumloon() -> None:
    uit = verloop(*minimumloon())
    att = uit.per_start.set_index(["start", "periode"])["effect"]
    verwacht = {
        (2004, 2004): -0.0105, (2004, 2005): -0.0704, (2004, 2006): -0.1373, (2004, 2007): -0.1008,
        (2006, 2006): -0.0046, (2006, 2007): -0.0412, (2007, 2007): -0.0261,
    }  # fmt: skip
    for sleutel, waarde in verwacht.items():
        assert att.loc[sleutel] == pytest.approx(waarde, abs=5.1e-5), sleutel
    assert uit.eenvoudig == pytest.approx(-0.0400, abs=5.1e-5)
    sinds = uit.per_sinds_start.set_index("sinds_start")["effect"]
    assert sinds.loc[[0, 1, 2, 3]].tolist() == pytest.approx([-0.0199, -0.0510, -0.1373, -0.1008], abs=5.1e-5)
    assert uit.gemiddeld == pytest.approx(-0.0772, abs=5.1e-5)


def test_gespreide_start_is_gelijk_aan_lee_wooldridge_van_de_bibliotheek() -> None:
    """A second opinion on the staggered collapse: diff_diff's own LWDiD on the same areas."""
    panel, ontwerp = minimumloon()
    raster, _ = ruim_op(maak_raster(panel, ontwerp)[0])
    pilots, anderen = collaps.per_gebied(raster, collaps.veranderingen(raster))
    lang = panel.assign(
        start=panel["gebied"].map(ontwerp.start).fillna(0).astype(int),
        behandeld=lambda d: ((d["start"] > 0) & (d["periode"] >= d["start"])).astype(int),
    )
    model = LWDiD(vcov_type="classical", control_group="never_treated")
    kolommen = {"outcome": "waarde", "unit": "gebied", "time": "periode", "treatment": "behandeld"}
    uit = model.fit(lang, **kolommen, first_treat="start")
    eigen = exacte_t(pilots, anderen)
    assert eigen.effect == pytest.approx(uit.att, abs=1e-9)
    assert eigen.se == pytest.approx(uit.se, abs=1e-9)


@pytest.mark.skipif(not RIVM.is_file(), reason="The RIVM extract (../shared/data) is not here.")
@pytest.mark.parametrize(("eind", "verschil"), [(2016, -1.05), (2020, 0.25)])
def test_rivm_twee_verhalen_en_geen_bewering(eind: int, verschil: float) -> None:
    ruw = pd.read_csv(RIVM, sep=";")
    gemeenten = ruw[(ruw["soort"] == "Gemeente") & (ruw["leeftijd"] == "18+")]
    panel = gemeenten.rename(
        columns={"gemeente": "gebied", "jaar": "periode", "ErnstigZeerErnstigEenzaam_29": "waarde"}
    )[["gebied", "periode", "waarde"]]
    ontwerp = Ontwerp(
        start={"Maassluis": 2013},
        vergelijking=("Vlaardingen", "Schiedam", "Capelle aan den IJssel", "Ridderkerk"),
        loting=False,
        richting="omlaag",
        eindmetingen=(eind,),
    )
    uit = oordeel(panel, ontwerp)
    assert uit.verschil == pytest.approx(verschil, abs=1e-9)
    assert uit.n_vergelijking == 4
    assert uit.uitkomst == "alleen beschrijvend"
    assert uit.schatting is None
    assert "nog niets zeggen" in uit.zin
