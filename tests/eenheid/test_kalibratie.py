"""A small version of `make kalibratie` with fixed seeds, and its own promises: what it calls OK and NIET."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "gereedschap"))

import kalibratie
from kalibratie_keten import als_csv, database, door_de_keten, lees_in, rechtstreeks
from kalibratie_proeven import PROEVEN
from kalibratie_rondes import Proef, ronde

from aanbesteding.kern import perioden

NAAM = {p.naam: p for p in PROEVEN}


@pytest.mark.parametrize(
    "naam",
    [
        "1 pilot, 19 anderen, geloot",
        "gespreide start na 3, 5 en 7 metingen",
        "1 van 3 pilots stopt na 2 metingen",
        "de 3 slechtste gekozen",
        "vragenlijst, 40 tegen 300 antwoorden",
        "andere trend, .4 per meting",
        "tussentijds, 3 metingen erna",
    ],
)
def test_zonder_effect_zelden_waarschijnlijk(naam: str) -> None:
    stand = kalibratie.simuleer(NAAM[naam], 60)
    vals, _ = stand.aandeel("waarschijnlijk")
    assert vals <= 0.11  # 5 % and two standard errors of 60 draws
    if not stand.proef.geen_eis:
        assert stand.dekking[0] >= 0.88


def test_een_groot_effect_wordt_gevonden_met_het_goede_teken() -> None:
    stand = kalibratie.simuleer(NAAM["effect 3.0 SD, 3 pilots, geloot"], 25)
    assert stand.aandeel("waarschijnlijk")[0] > 0.8
    assert stand.uitkomsten[kalibratie.TEGENGESTELD] == 0
    assert stand.dekking[0] >= 0.88


@pytest.mark.parametrize("naam", ["vergelijkingsgebied samengevoegd", "trendbreuk 3 metingen na de start",
                                  "3 hoofdindicatoren (Holm)", "15 % van de metingen ontbreekt"])  # fmt: skip
def test_via_csv_en_sqlite_komt_hetzelfde_oordeel(naam: str, tmp_path: Path) -> None:
    plan, rijen = ronde(NAAM[naam], 7)
    recht = rechtstreeks(plan, rijen, laatste=True)
    with database(tmp_path / "k.sqlite") as motor:
        keten = door_de_keten(motor, plan, rijen, laatste=True)
    assert {k: (u.uitkomst, u.zin) for k, u in keten.items()} == {k: (u.uitkomst, u.zin) for k, u in recht.items()}
    for k, u in keten.items():
        assert u.verschil == pytest.approx(recht[k].verschil, abs=1e-5)


def test_de_invoer_weigert_een_fout_bestand(tmp_path: Path) -> None:
    plan, rijen = ronde(PROEVEN[0], 1)
    pad = tmp_path / "m.csv"
    pad.write_text(als_csv(rijen).replace("P0;2010-1", "Elders;2010-1"), "utf-8")
    with pytest.raises(ValueError, match="Elders"):
        list(lees_in(pad, plan, perioden.einde("2016-1")))


def test_een_oneerlijke_uitkomst_heet_niet_goed() -> None:
    stand = kalibratie.Stand(PROEVEN[0], trekkingen=1000, gedekt=900, intervallen=1000)
    stand.uitkomsten["waarschijnlijk"] = 80
    assert not stand.vals_goed()
    assert not stand.dekking_goed()
    assert kalibratie.regel(stand).endswith("| NIET |")
    assert kalibratie._slot([stand], 1.0) == 1
    stand = kalibratie.Stand(PROEVEN[0], trekkingen=1000, gedekt=950, intervallen=1000)
    stand.uitkomsten["waarschijnlijk"] = 45
    assert kalibratie.regel(stand).endswith("| OK |")
    tussentijds = replace(stand, proef=Proef("t", tussentijds=True))
    assert not tussentijds.vals_goed()  # 4.5 % is far too much for an interim look


def test_elke_proef_heeft_een_eigen_naam_en_ander_toeval() -> None:
    assert len(NAAM) == len(PROEVEN)
    een, ander = (ronde(NAAM[n], 1)[1]["i0"] for n in list(NAAM)[:2])
    assert een["waarde"].iloc[0] != ander["waarde"].iloc[0]
    assert ronde(PROEVEN[0], 5)[1]["i0"].equals(ronde(PROEVEN[0], 5)[1]["i0"])
