"""Attachments inside the PDFs: they are there, they recompute, they have fixed dates, and the public ones no name."""

import importlib
import io
import json
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from sqlmodel import select

from aanbesteding.database import lees, maak_motor, werk_bij
from aanbesteding.documenten.opdracht import Bijlage
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.herberekenen import herbereken
from aanbesteding.model import Deelnemer, Persoon, Rangschikking
from aanbesteding.procedure import Poort

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

minironde = importlib.import_module("minironde")


@pytest.fixture(scope="module")
def ronde(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    motor = maak_motor(f"sqlite:///{tmp_path_factory.mktemp('bijlagen') / 'klein.sqlite'}")
    werk_bij(motor)
    yield minironde.speel_af(motor, tot=Poort.BEOORDELING)
    motor.dispose()


def ingesloten(inhoud: bytes) -> dict[str, tuple[str, str]]:
    """Name → (text, date) of every embedded file."""
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        return {
            naam: (spec.get_file().read_bytes().decode("utf-8-sig"), str(spec.obj.EF.F.Params.CreationDate))
            for naam, spec in pdf.attachments.items()
        }


def test_het_interne_rapport_draagt_scores_met_namen(ronde: Any, opmaker: Opmaker) -> None:
    opdracht = ronde.soort("beoordelingsrapport-intern")[0].opdracht
    inhoud = opmaker.render(opdracht)
    assert inhoud == opmaker.render(opdracht)
    bestanden = ingesloten(inhoud)
    assert set(bestanden) == {"scores.csv", "rangschikking.json"}
    assert {datum for _, datum in bestanden.values()} == {f"D:{opdracht.moment:%Y%m%d%H%M%S}Z"}
    assert opdracht.gegevens["leden"][0]["naam"] in bestanden["scores.csv"][0]
    aantal = sum(len(c["scores"]) for v in opdracht.gegevens["voorstellen"] for c in v["criteria"])
    assert len(bestanden["scores.csv"][0].splitlines()) == 1 + aantal


def test_het_openbare_rapport_draagt_geen_naam_en_is_na_te_rekenen(ronde: Any, opmaker: Opmaker) -> None:
    bestanden = ingesloten(opmaker.render(ronde.soort("beoordelingsrapport-openbaar")[0].opdracht))
    with lees(ronde.motor) as session:
        namen = [
            *session.exec(select(Persoon.naam)),
            *session.exec(select(Deelnemer.sleutel).where(Deelnemer.deskundigheid != "")),
        ]
    for tekst, _ in bestanden.values():
        assert [n for n in namen if n in tekst] == []
    assert "Beoordelaar A" in bestanden["scores.csv"][0]
    assert herbereken(json.loads(bestanden["rangschikking.json"][0])) == []


def test_een_veranderde_score_valt_op_bij_het_narekenen(ronde: Any) -> None:
    bijlage = next(b for b in ronde.soort("beoordelingsrapport-openbaar")[0].opdracht.bijlagen if "json" in b.naam)
    gegevens = json.loads(bijlage.tekst)
    gegevens["consensus"][0]["waarde"] = 2 if gegevens["consensus"][0]["waarde"] != 2 else 4
    assert herbereken(gegevens)


def test_het_rapport_toont_het_opgeslagen_advies(ronde: Any, opmaker: Opmaker) -> None:
    with lees(ronde.motor) as session:
        vast = session.exec(select(Rangschikking)).one().uitkomst["stevigheid"]
    for soort in ("beoordelingsrapport-intern", "beoordelingsrapport-openbaar"):
        opdracht = ronde.soort(soort)[0].opdracht
        assert opdracht.gegevens["stevigheid"]["zin"] == vast["eerlijke_zin"]
        assert vast["eerlijke_zin"].replace("'", "&#39;") in opmaker.html(opdracht)


def test_een_bijlage_heeft_een_gewone_naam_en_een_omschrijving() -> None:
    for naam, omschrijving in (("../x.csv", "x"), ("x.csv", " ")):
        with pytest.raises(ValueError, match="omschrijving"):
            Bijlage(naam, "", omschrijving)
