"""Published effect cases through our own chain: CSV → importer → SQLite → panel and design → engine.

And placebo studies on real panels in the way of Bertrand, Duflo and Mullainathan: starts that never were.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlmodel import Session, SQLModel, create_engine

from aanbesteding.inhoud import Indicator, Meetplan
from aanbesteding.kern import perioden
from aanbesteding.kern.effect import oordeel
from aanbesteding.kern.effect_typen import Ontwerp
from aanbesteding.kern.effect_verloop import verloop
from aanbesteding.meetbronnen.keuzes import Keuzes
from aanbesteding.meetbronnen.lezen import lees
from aanbesteding.meetbronnen.toetsen import toets_rijen
from aanbesteding.model import Meetwaarde, Pilot
from aanbesteding.overzichten import meten
from aanbesteding.tabellen import lees_tabel

GEDEELD = Path(__file__).resolve().parents[2].parent / "shared"
GOUD = GEDEELD / "golden" / "effect"
RIVM = GEDEELD / "data" / "rivm_gezondheidsmonitor_wijkbuurt_extract.csv"
EENZAAM = "ErnstigZeerErnstigEenzaam_29"
pytestmark = [
    pytest.mark.goud,
    pytest.mark.skipif(not GOUD.is_dir(), reason="The golden data (../shared/golden/effect) are not here."),
]


def meetplan(pilots: dict[str, str], anderen: list[str], **indicator: Any) -> Meetplan:
    basis = {
        "sleutel": "m", "titel": "t", "definitie": "d", "eenheid": "punten", "richting": "omlaag", "bron": "b",
        "frequentie": "f", "nulstand": "n", "streef": "s", "relevant_effect": 1.0, "ritme": "jaar",
        "bronsoort": "open data", "schaal": "gemiddelde",
    }  # fmt: skip
    return Meetplan(
        indicatoren=[Indicator.model_validate(basis | indicator)],
        pilotgebieden=list(pilots), vergelijkingsgebieden=anderen,
        keuze_gebieden="aanbod", keuze_toelichting="t", startperiode=min(pilots.values()), startperioden=pilots,
        respondenten_per_gebied=0,
    )  # fmt: skip


@pytest.fixture
def sessie(tmp_path: Path) -> Iterator[Session]:
    motor = create_engine(f"sqlite:///{tmp_path / 'goud.sqlite'}")
    SQLModel.metadata.create_all(motor)
    with Session(motor) as session:
        session.add(Pilot(id=1, voorstel_id=1, bedrag_cent=1, start_op=datetime(2012, 1, 1, tzinfo=UTC)))
        session.commit()
        yield session


def neem_in(session: Session, pad: Path, plan: Meetplan, **keuzes: Any) -> Ontwerp:
    """Reads the file in with our importer and its checks, and keeps the rows."""
    gelezen = lees(lees_tabel(pad), Keuzes(vorm="statline", **keuzes), plan)
    getoetst = toets_rijen(gelezen.rijen, plan, {}, datetime(2026, 1, 1, tzinfo=UTC).date())
    assert [o for o in gelezen.opmerkingen if o.ernst == "fout"] == []
    assert getoetst.fouten == []
    for w in getoetst.nieuw:
        session.add(
            Meetwaarde(
                pilot_id=1, indicator=w.indicator, gebied=w.gebied, periode=w.periode, versie=1, waarde=w.waarde,
                respondenten=w.respondenten, bron=w.bron, ingevoerd_op=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )  # fmt: skip
    session.commit()
    return invoer(session, plan)[1]


def invoer(session: Session, plan: Meetplan, tot: str = "2020") -> tuple[pd.DataFrame, Ontwerp]:
    einde = perioden.einde(tot)
    moment = datetime(einde.year, einde.month, einde.day, 12, tzinfo=UTC)
    panel, ontwerp = meten.invoer(session, session.get_one(Pilot, 1), plan, moment, laatste=True)["m"]
    return panel.drop(columns="bron"), ontwerp


def prop99_plan() -> Meetplan:
    staten = sorted(set(pd.read_csv(GOUD / "california_prop99.csv", sep=";")["State"]) - {"California"})
    return meetplan({"California": "1989"}, staten, eenheid="pakjes")


def als_bron(tmp_path: Path, panel: pd.DataFrame) -> Path:
    pad = tmp_path / "bron.csv"
    panel.to_csv(pad, sep=";", decimal=",", index=False, float_format="%.9f")
    return pad


def test_prop99_via_de_invoer(sessie: Session) -> None:
    plan = prop99_plan()
    neem_in(sessie, GOUD / "california_prop99.csv", plan, gebied="state", periodekolom="year",
            kolommen={"m": "packspercapita"}, bron="synthdid")  # fmt: skip
    uit = meten.oordelen(
        sessie, sessie.get_one(Pilot, 1), plan, datetime(2001, 6, 1, tzinfo=UTC), laatste=True
    )["m"]  # fmt: skip
    assert uit.verschil == pytest.approx(-27.349111, abs=1e-5)
    assert uit.synthetisch is not None
    assert uit.synthetisch.effect == pytest.approx(-15.603828, abs=1e-5)
    assert (uit.n_voor, uit.n_na, uit.n_vergelijking) == (19, 12, 38)


def test_prop99_in_logaritmen_via_de_invoer(sessie: Session, tmp_path: Path) -> None:
    ruw = pd.read_csv(GOUD / "california_prop99.csv", sep=";")
    ruw["log"] = np.log(ruw["PacksPerCapita"])
    plan = prop99_plan()
    bron = als_bron(tmp_path, ruw[["State", "Year", "log"]])
    neem_in(sessie, bron, plan, gebied="state", periodekolom="year", kolommen={"m": "log"}, bron="b")
    uit = oordeel(*invoer(sessie, plan), tweede_mening=False)
    assert uit.schatting is not None
    assert (uit.schatting.methode, uit.schatting.df) == ("exacte t-toets", 37)
    assert uit.schatting.effect == pytest.approx(-0.422, abs=5e-4)
    assert uit.schatting.se == pytest.approx(0.121, abs=5e-4)
    assert uit.trend_gecorrigeerd is not None
    assert uit.trend_gecorrigeerd.effect == pytest.approx(-0.2269887, abs=1e-6)
    assert uit.trend_gecorrigeerd.se == pytest.approx(0.0940689, abs=1e-6)
    assert uit.trend_gecorrigeerd.p == pytest.approx(0.0208919, abs=1e-6)


def test_callaway_santanna_via_de_invoer(sessie: Session, tmp_path: Path) -> None:
    """Five hundred counties with numbers for names, three starts, text periods."""
    ruw = pd.read_csv(GOUD / "mpdta.csv")
    start = {str(int(g)): str(int(s)) for g, s in ruw.groupby("countyreal")["first.treat"].first().items() if s > 0}
    anderen = sorted({str(int(g)) for g in ruw["countyreal"]} - set(start))
    plan = meetplan(start, anderen)
    bron = als_bron(tmp_path, ruw[["countyreal", "year", "lemp"]].astype({"countyreal": int, "year": int}))
    neem_in(sessie, bron, plan, gebied="countyreal", periodekolom="year", kolommen={"m": "lemp"}, bron="b")
    uit = verloop(*invoer(sessie, plan))
    att = uit.per_start.set_index(["start", "periode"])["effect"]
    assert att.loc[("2004", "2006")] == pytest.approx(-0.1373, abs=5.1e-5)
    assert att.loc[("2007", "2007")] == pytest.approx(-0.0261, abs=5.1e-5)
    assert uit.eenvoudig == pytest.approx(-0.0400, abs=5.1e-5)
    assert uit.gemiddeld == pytest.approx(-0.0772, abs=5.1e-5)
    oordelen = oordeel(*invoer(sessie, plan), tweede_mening=False)
    assert oordelen.uitkomst != "waarschijnlijk"  # one county group has a single wave before it, and no lots
    assert (oordelen.n_pilot, oordelen.n_vergelijking, oordelen.n_voor) == (191, 309, 1)


@pytest.mark.skipif(not RIVM.is_file(), reason="The RIVM extract (../shared/data) is not here.")
def test_rivm_twee_verhalen_beide_getoond_en_geen_beweerd(sessie: Session) -> None:
    anderen = ["Vlaardingen", "Schiedam", "Capelle aan den IJssel", "Ridderkerk"]
    plan = meetplan({"Maassluis": "2013"}, anderen, eenheid="procent", schaal="procent")
    neem_in(sessie, RIVM, plan, gebied="gemeente", periodekolom="jaar", kolommen={"m": EENZAAM.lower()}, bron="RIVM",
            filter={"soort": "Gemeente", "leeftijd": "18+"})  # fmt: skip
    per_golf = verloop(*invoer(sessie, plan)).per_start.set_index("periode")["effect"]
    assert per_golf["2016"] == pytest.approx(-1.05, abs=1e-9)
    assert per_golf["2020"] == pytest.approx(0.25, abs=1e-9)
    for tot, verschil in (("2016", -1.05), ("2020", (-1.05 + 0.25) / 2)):
        uit = oordeel(*invoer(sessie, plan, tot))
        assert uit.verschil == pytest.approx(verschil, abs=1e-9)
        assert (uit.uitkomst, uit.schatting) == ("alleen beschrijvend", None)


@pytest.mark.skipif(not RIVM.is_file(), reason="The RIVM extract (../shared/data) is not here.")
def test_rivm_ook_met_genoeg_gemeenten_geen_bewering() -> None:
    """All municipalities of the extract as comparison: one wave before the start is a hint at the very most."""
    ruw = pd.read_csv(RIVM, sep=";")
    ruw = ruw[(ruw["soort"] == "Gemeente") & (ruw["leeftijd"] == "18+")]
    panel = ruw.rename(columns={"gemeente": "gebied", "jaar": "periode", EENZAAM: "waarde"})
    panel = panel[["gebied", "periode", "waarde"]].dropna().drop_duplicates(["gebied", "periode"])
    for gemeente in ("Maassluis", "Schiedam", "Ridderkerk", "Vlaardingen"):
        for eind in (2016, 2020):
            o = Ontwerp({gemeente: 2013}, tuple(sorted(set(panel["gebied"]) - {gemeente})), False, "omlaag",
                        eindmetingen=(eind,))  # fmt: skip
            uit = oordeel(panel, o, tweede_mening=False)
            assert uit.uitkomst != "waarschijnlijk"
            assert "een_voormeting" in {m.code for m in uit.redenen}


def staten() -> pd.DataFrame:
    ruw = pd.read_csv(GOUD / "california_prop99.csv", sep=";")
    ruw = ruw[(ruw["State"] != "California") & (ruw["Year"] < 1989)]
    return ruw.rename(columns={"State": "gebied", "Year": "periode", "PacksPerCapita": "waarde"})[
        ["gebied", "periode", "waarde"]
    ]


def placebo(panel: pd.DataFrame, pilots: list[str], start: int, *, loting: bool) -> str:
    anderen = tuple(sorted(set(panel["gebied"]) - set(pilots)))
    o = Ontwerp(dict.fromkeys(pilots, start), anderen, loting, "omlaag", schaal="gemiddelde")
    return oordeel(panel, o, tweede_mening=False).uitkomst


def test_verzonnen_starten_in_echte_staten_geven_zelden_waarschijnlijk() -> None:
    """Bertrand, Duflo & Mullainathan 2004: laws that never were, drawn by lot, in 38 states without Proposition 99."""
    panel, lot = staten(), np.random.default_rng(1)
    namen = sorted(set(panel["gebied"]))
    for aantal in (1, 3):
        keer = []
        for _ in range(100):
            pilots, start = list(lot.choice(namen, aantal, replace=False)), int(lot.integers(1975, 1985))
            keer.append(placebo(panel, pilots, start, loting=True))
        assert keer.count("waarschijnlijk") <= 11


def test_de_slechtste_echte_staten_geven_nooit_waarschijnlijk() -> None:
    panel = staten()
    for start in range(1976, 1986):
        voor = panel[panel["periode"] < start].groupby("gebied")["waarde"].mean().sort_values()
        for pilots in (list(voor.index[-1:]), list(voor.index[-3:]), list(voor.index[:3])):
            assert placebo(panel, pilots, start, loting=False) != "waarschijnlijk"


def test_card_en_krueger_twee_metingen_veel_zaken() -> None:
    """New Jersey against Pennsylvania, shops as areas: one wave before the law, so a hint at the very most.

    The published means (FTE before 20.44 and 23.33, after 21.03 and 21.17) give +2.76 (rounded: 2.75).
    """
    lot = np.random.default_rng(2)
    rijen = []
    for staat, aantal, voor, na in (("NJ", 290, 20.44, 21.03), ("PA", 75, 23.33, 21.17)):
        for golf, midden in (("1992-1", voor), ("1992-2", na)):
            waarde = lot.normal(0, 9, aantal)
            waarde += midden - waarde.mean()
            rijen += [(f"{staat}{k}", golf, w) for k, w in enumerate(waarde)]
    panel = pd.DataFrame(rijen, columns=["gebied", "periode", "waarde"])
    o = Ontwerp({f"NJ{k}": "1992-2" for k in range(290)}, tuple(f"PA{k}" for k in range(75)), False, "omhoog",
                eenheid="banen", schaal="gemiddelde")  # fmt: skip
    uit = oordeel(panel, o)
    assert uit.verschil == pytest.approx(2.75, abs=1e-9)
    assert uit.uitkomst in ("aanwijzing", "niet aangetoond")
    assert "een_voormeting" in {m.code for m in uit.redenen}
