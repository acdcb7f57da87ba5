"""What stands around a number in the effect report, from a real round with a measurement on both sides."""

import csv
import io
import json
import sys
from typing import Any

import pandas as pd
import pytest

from aanbesteding.documenten.gegevens.effect import effectrapporten
from aanbesteding.documenten.gegevens.effectkader import bewijs, gepland_en_gedaan
from aanbesteding.handelingen import gevolgen
from aanbesteding.inhoud import Meetplan
from aanbesteding.overzichten import vind
from aanbesteding.overzichten.doorgang import Doorgang
from aanbesteding.procedure import Poort

L = sys.modules["lindeveen"]
UITKOMST = {"uitkomst": "niet aangetoond", "n_voor": 1, "n_na": 2, "n_vergelijking": 6}


def test_the_rung_follows_the_way_of_choosing_areas() -> None:
    plan = Meetplan.model_validate(L.meetplan())
    behoefte = plan.model_copy(update={"keuze_gebieden": "behoefte"})
    loting = plan.model_copy(update={"keuze_gebieden": "loting"})
    assert bewijs(UITKOMST, behoefte)["trede"]["nummer"] == 3
    assert bewijs(UITKOMST, loting)["trede"]["nummer"] == 5
    assert "niets doet" in bewijs(UITKOMST, loting)["niet"]


def test_missing_areas_stand_beside_the_promise(lindeveen: Any) -> None:

    loper, plan = lindeveen("uitvoering"), Meetplan.model_validate(L.meetplan())
    eerste, *rest = plan.gebieden()
    rijen = [(g, "2027-1", 40.0, 120, "b") for g in rest]
    stand = pd.DataFrame(rijen, columns=["gebied", "periode", "waarde", "n", "bron"])

    def lees(session: Any, ronde: Any) -> list[dict[str, str]]:
        nu = L.op("2027-09-01T10:00")
        d = Doorgang(session, ronde, vind.regels(session, ronde), Poort.EFFECTMETING, 1, False, nu, nu)
        return gepland_en_gedaan(d, plan, {i.sleutel: stand for i in plan.indicatoren})

    tabel = loper.kijk(lees)
    assert tabel[0]["gedaan"] == "1 gedaan"
    for rij in tabel[1:]:
        assert rij["gedaan"].endswith(f"Niet gemeten: {eerste}")


@pytest.fixture
def rapport(lindeveen: Any) -> Any:
    """The report of the first measurement after the start, built in an open transaction."""

    loper = lindeveen("uitvoering")
    plan = Meetplan.model_validate(L.meetplan())
    for coalitie in L.GEKOZEN:
        for i in plan.indicatoren:
            for n, gebied in enumerate(plan.gebieden()):
                for periode, waarde in (("2027-1", 40.0 + n), ("2027-2", 41.0 + n + n % 2)):
                    loper.doe(
                        "meting",
                        L.LEIDER,
                        "2028-01-10T10:00",
                        coalitie=coalitie,
                        indicator=i.sleutel,
                        gebied=gebied,
                        periode=periode,
                        waarde=waarde,
                        respondenten=130,
                        bron="enquête",
                    )

    def bouw(session: Any, ronde: Any) -> list[Any]:
        regels = vind.regels(session, ronde)
        moment = vind.momenten(regels, "metingen")[1]
        d = Doorgang(session, ronde, regels, Poort.EFFECTMETING, 2, False, moment, moment)
        gevolg = gevolgen.GEVOLGEN[Poort.EFFECTMETING]
        gevolg.boek(d, gevolg.bereken(d))
        return effectrapporten(d)

    return loper.kijk(bouw)[0]


def test_the_files_say_what_the_report_says(rapport: Any) -> None:
    bijlagen = {b.naam: b.tekst for b in rapport.opdracht.bijlagen}
    assert set(bijlagen) == {"metingen.csv", "veranderingen.csv", "oordeel.json", "recept.txt"}
    rijen = list(csv.DictReader(io.StringIO(bijlagen["metingen.csv"].lstrip("\ufeff")), delimiter=";"))
    tabel = rapport.opdracht.gegevens["indicatoren"][0]["tabel"]
    gedrukt = [w for rij in tabel for w in rij["waarden"] if w is not None]
    eerste = [float(r["waarde"]) for r in rijen if r["indicator"] == rijen[0]["indicator"]]
    assert sorted(eerste) == sorted(gedrukt)
    oordeel = json.loads(bijlagen["oordeel.json"])
    for i in rapport.opdracht.gegevens["indicatoren"]:
        assert oordeel["indicatoren"][i["sleutel"]]["oordeel"]["uitkomst"] == i["oordeel"]
        assert f"({i['sleutel']})" in bijlagen["recept.txt"]
    assert oordeel["meetplan_sha256"] == rapport.opdracht.gegevens["meetplan"]["hash"]


def test_negative_changes_stay_numbers_in_the_file(rapport: Any) -> None:
    bijlagen = {b.naam: b.tekst for b in rapport.opdracht.bijlagen}
    rijen = list(csv.DictReader(io.StringIO(bijlagen["veranderingen.csv"].lstrip("\ufeff")), delimiter=";"))
    for r in rijen:
        assert float(r["na"]) - float(r["voor"]) == pytest.approx(float(r["verandering"]), abs=1e-6)
