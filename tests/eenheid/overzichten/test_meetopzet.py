"""From measuring plan to design: starts, lottery, mergers, breaks, scale, and what is missing at a moment."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlmodel import Session, SQLModel, create_engine

from aanbesteding.inhoud import Meetplan
from aanbesteding.model import Coalitie, Meetwaarde, Pilot
from aanbesteding.overzichten import meten
from aanbesteding.overzichten.meetopzet import KOLOMMEN, loting, opzet, schaal

INDICATOR: dict[str, Any] = {
    "sleutel": "m", "titel": "Meedoen", "definitie": "d", "eenheid": "procent", "richting": "omhoog", "bron": "b",
    "frequentie": "f", "nulstand": "n", "streef": "s", "relevant_effect": 3,
}  # fmt: skip


def plan(indicator: dict[str, Any] | None = None, **anders: Any) -> Meetplan:
    return Meetplan.model_validate(
        {
            "indicatoren": [INDICATOR | (indicator or {})], "pilotgebieden": ["P", "Q"],
            "vergelijkingsgebieden": ["A", "B", "C"], "keuze_gebieden": "loting", "keuze_toelichting": "t",
            "startperiode": "2012-1", "respondenten_per_gebied": 100,
        } | anders
    )  # fmt: skip


def rijen(*waarden: tuple[str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame([(g, p, w, 100, "enquête") for g, p, w in waarden], columns=KOLOMMEN)


def test_het_ontwerp_volgt_het_meetplan() -> None:
    p = plan(
        {"schaal": "gemiddelde", "spreiding": 2.5, "decimalen": 2, "eenheid": "cijfer", "primair": False,
         "breuken": [{"vanaf": "2013-1", "toelichting": "andere vraag"}]},
        startperioden={"Q": "2013-1"},
    )  # fmt: skip
    _, o = opzet(p, p.indicatoren[0], rijen(("P", "2011-1", 1.0)), laatste=False)
    assert o.start == {"P": "2012-1", "Q": "2013-1"}
    assert (o.schaal, o.spreiding, o.decimalen, o.eenheid, o.primair) == ("gemiddelde", 2.5, 2, "cijfer", False)
    assert (o.breuken, o.moment, o.loting) == (("2013-1",), "tussentijds", True)


@pytest.mark.parametrize(
    ("velden", "uit"),
    [
        ({}, "procent"), ({"schaal": "procent", "eenheid": "deel"}, "procent"), ({"eenheid": "cijfer"}, "gemiddelde"),
        ({"schaal": "aantal", "eenheid": "meldingen"}, "aantal"), ({"schaal": "aandeel", "eenheid": "deel"}, "aandeel"),
    ],
)  # fmt: skip
def test_de_schaal(velden: dict[str, Any], uit: str) -> None:
    assert schaal(plan(velden).indicatoren[0]) == uit


def geloot(**anders: Any) -> dict[str, Any]:
    return {"kandidaten": ["P", "Q", "A", "B", "C"], "aantal": 2, "bronnen": ["x"], "uitkomst": ["P", "Q"],
            "getrokken_op": date(2011, 5, 1)} | anders  # fmt: skip


@pytest.mark.parametrize(
    ("velden", "telt", "code"),
    [
        ({"loting": geloot()}, True, None),
        ({"keuze_gebieden": "gespreide start"}, False, None),
        ({"keuze_gebieden": "gespreide start", "loting": geloot()}, True, None),
        ({"keuze_gebieden": "behoefte"}, False, None),
        ({"loting": geloot(uitkomst=["P", "A"])}, False, "loting_anders"),
        ({"loting": geloot(kandidaten=["P", "Q", "A", "B"])}, False, "loting_buiten"),
    ],
)
def test_een_loting_telt_alleen_voor_wie_erin_zat(velden: dict[str, Any], telt: bool, code: str | None) -> None:
    houdt, meldingen = loting(plan(**velden))
    assert (houdt, [m.code for m in meldingen]) == (telt, [code] if code else [])


def test_onderdrukte_waarden_tellen_niet_mee_en_worden_genoemd() -> None:
    panel, o = opzet(plan(), plan().indicatoren[0], rijen(("P", "2011-1", 10.0), ("A", "2011-2", None)), laatste=True)
    assert panel["gebied"].tolist() == ["P"]
    assert [(m.code, "A (2011-2)" in m.tekst) for m in o.meldingen] == [("onderdrukt", True)]


def test_een_samenvoeging_komt_in_panel_en_ontwerp() -> None:
    p = plan(vergelijkingsgebieden=["N", "C"], samenvoegingen=[{"nieuw": "N", "oud": ["A", "B"], "vanaf": "2012-1"}])
    panel, o = opzet(
        p, p.indicatoren[0], rijen(("A", "2011-1", 10.0), ("B", "2011-1", 20.0), ("N", "2012-1", 16.0)), laatste=True
    )
    assert dict(zip(panel["periode"], panel["waarde"], strict=True)) == {"2011-1": 15.0, "2012-1": 16.0}
    assert o.vergelijking == ("N", "C")
    assert [m.code for m in o.meldingen] == ["samengevoegd"]


@pytest.fixture
def sessie(tmp_path: Path) -> Any:
    motor = create_engine(f"sqlite:///{tmp_path / 'm.sqlite'}")
    SQLModel.metadata.create_all(motor)
    with Session(motor) as session:
        session.add(Pilot(id=1, voorstel_id=1, bedrag_cent=1, start_op=datetime(2012, 1, 1, tzinfo=UTC)))
        session.commit()
        yield session


def zet(session: Session, *rijtjes: tuple[str, str, float | None, int]) -> None:
    for gebied, periode, waarde, versie in rijtjes:
        session.add(
            Meetwaarde(
                pilot_id=1, indicator="m", gebied=gebied, periode=periode, versie=versie, waarde=waarde,
                respondenten=None, bron="b", onderdrukt=waarde is None, ingevoerd_op=datetime(2013, 1, 1, tzinfo=UTC),
            )
        )  # fmt: skip
    session.commit()


def test_het_panel_geeft_de_nieuwste_waarden_tot_een_dag(sessie: Session) -> None:
    zet(sessie, ("P", "2012", 1.0, 1), ("P", "2012-K1", 2.0, 1), ("P", "2012-K2", 3.0, 1), ("P", "2013-1", 4.0, 1),
        ("P", "2013-1", 5.0, 2), ("A", "2013-1", None, 1))  # fmt: skip
    pilot = sessie.get_one(Pilot, 1)
    assert meten.panel(sessie, pilot, "m")["waarde"].tolist() == [2.0, 1.0, 3.0, 5.0]
    assert meten.panel(sessie, pilot, "m", date(2012, 3, 1))["periode"].tolist() == ["2012-K1", "2012"]
    assert meten.panel(sessie, pilot, "m", "2012-2")["periode"].tolist() == ["2012-K1", "2012", "2012-K2"]
    assert list(meten.panel(sessie, pilot, "onbekend").columns) == KOLOMMEN


def test_een_onderdrukte_waarde_bereikt_het_oordeel_als_melding(sessie: Session) -> None:
    zet(sessie, ("P", "2011-1", 10.0, 1), ("A", "2011-1", None, 1))
    uit = meten.oordelen(sessie, sessie.get_one(Pilot, 1), plan(), datetime(2012, 9, 1, tzinfo=UTC), laatste=False)
    assert uit["m"].uitkomst == "alleen beschrijvend"
    assert "onderdrukt" in {m.code for m in uit["m"].waarschuwingen}


GROEP = Coalitie(naam="De groep", sleutel="g", ronde_id=1, opgave="o", idee="i", penvoerder_id=1)
MAART = datetime(2013, 3, 14, tzinfo=UTC)


def mist(p: Meetplan, gemeten: list[tuple[str, str]], nummer: int = 2) -> list[str]:
    return meten._mist(GROEP, p, p.indicatoren[0], gemeten, nummer=nummer, moment=MAART)


def test_een_vragenlijst_hoort_bij_de_golf_van_het_moment() -> None:
    alles = [(g, "2013-1") for g in ("P", "Q", "A", "B")]
    assert mist(plan(), alles) == ["'De groep', Meedoen: halfjaar 2013-1 ontbreekt voor C."]
    assert mist(plan(), [*alles, ("C", "2013-1")]) == []


def test_een_registratie_hoort_bij_de_golf_die_voorbij_is() -> None:
    p = plan({"bronsoort": "registratie", "ritme": "kwartaal"})
    assert mist(p, [(g, "2012-K4") for g in "PQABC"]) == []
    assert "kwartaal 2012-K4" in mist(p, [(g, "2012-K3") for g in "PQABC"])[0]


def test_de_nulmeting_is_een_golf_voor_de_eigen_start() -> None:
    p = plan(startperioden={"Q": "2013-1"})
    gemeten = [(g, "2011-2") for g in "PABC"]
    assert "Q" in mist(p, [*gemeten, ("Q", "2013-1")], 1)[0]
    assert mist(p, [*gemeten, ("Q", "2012-2")], 1) == []


def test_na_een_samenvoeging_hoeft_alleen_het_nieuwe_gebied_een_waarde() -> None:
    p = plan(samenvoegingen=[{"nieuw": "N", "oud": ["A", "B"], "vanaf": "2013-1"}])
    assert mist(p, [(g, "2013-1") for g in ("P", "Q", "C", "N")]) == []
    later = plan(samenvoegingen=[{"nieuw": "N", "oud": ["A", "B"], "vanaf": "2014-1"}])
    assert mist(later, [(g, "2013-1") for g in "PQABC"]) == []
