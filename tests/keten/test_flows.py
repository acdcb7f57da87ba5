"""The flows on a real Prefect, with real PDFs: the whole small round, and the clock of live rounds."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from aanbesteding.database import lees, maak_motor, schrijf, werk_bij
from aanbesteding.documenten.archief import Archief
from aanbesteding.fouten import Invoerfout
from aanbesteding.handelingen import doe
from aanbesteding.handelingen.starten import start_ronde
from aanbesteding.instellingen import instellingen
from aanbesteding.model import Bericht, Passage, Ronde
from aanbesteding.oefenronde import lees_verloop
from aanbesteding.procedure import PROCEDURE
from aanbesteding.rondemap import lees_rondemap

pytestmark = pytest.mark.keten
KLEIN = Path(__file__).parents[1] / "rondes" / "klein"
START = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
Volledig = tuple[Path, dict[str, Any]]


@pytest.fixture
def levend(prefect: None, tmp_path: Path) -> Iterator[tuple[Engine, Path]]:
    """A live round (no rehearsal) whose first gate can be passed, and its data folder."""
    from flows.middelen import gebruik

    motor = maak_motor(f"sqlite:///{tmp_path}/aanbesteding.sqlite")
    werk_bij(motor)
    start_ronde(motor, lees_rondemap(KLEIN), nu=START, door="proef")
    with schrijf(motor) as session:
        session.exec(select(Ronde)).one().oefening = False
    eerste = lees_verloop(KLEIN)[0]
    doe(motor, "klein", eerste.handeling, wie=eerste.wie, nu=eerste.moment, gegevens=eerste.gegevens)
    eigen = instellingen().model_copy(
        update={"data_map": tmp_path, "database_url": "", "smtp_host": "", "render_processen": 0}
    )
    with gebruik(eigen):
        yield motor, tmp_path
    motor.dispose()


def _poorten(motor: Engine) -> list[str]:
    with lees(motor) as session:
        return [p.poort for p in session.exec(select(Passage).order_by("id"))]


def test_de_hele_ronde_loopt_tot_de_afsluiting_met_echte_documenten(volledig: Volledig) -> None:
    data_map, manifest = volledig
    assert (manifest["fase"], manifest["openstaand"]) == ("afgesloten", [])
    opgeslagen = json.loads((data_map / "manifest.json").read_text())
    assert opgeslagen == {k: manifest[k] for k in manifest if k not in ("verschillen", "vergeleken")}
    archief = Archief(data_map / "documenten")
    for document in manifest["documenten"]:
        assert archief.lees(document["sha256"]).startswith(b"%PDF")
        assert re.fullmatch(r"[a-z0-9_-]+\.pdf", document["bestandsnaam"])


def test_elke_nodige_poort_maakt_haar_documenten(volledig: Volledig) -> None:
    soorten = {
        d["bestandsnaam"].removesuffix(".pdf").partition("_")[2].partition("_")[0] for d in volledig[1]["documenten"]
    }
    zonder = {"niet-ontvankelijkbrief", "pv-loting"}  # nobody is refused on form, no lots are drawn
    verwacht = {soort for regel in PROCEDURE for soort in regel.documenten} - zonder
    assert verwacht <= soorten


def test_alle_post_is_bezorgd_in_de_map_van_de_oefening(volledig: Volledig) -> None:
    data_map, _ = volledig
    motor = maak_motor(f"sqlite:///{data_map}/aanbesteding.sqlite")
    with lees(motor) as session:
        berichten = session.exec(select(Bericht)).all()
    motor.dispose()
    assert berichten
    assert all(b.verstuurd_op and not b.fout for b in berichten)
    assert len(list((data_map / "post" / "klein").glob("*.eml"))) == len(berichten)


def test_een_operator_ziet_de_ronde_in_prefect(volledig: Volledig) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey, FlowRunFilter, FlowRunFilterTags
    from prefect.client.schemas.sorting import FlowRunSort

    zoek = FlowRunFilter(tags=FlowRunFilterTags(all_=["ronde:klein"]))
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_run_filter=zoek, sort=FlowRunSort.START_TIME_ASC)
        stand = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["poorten-klein"])))
        balk = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["voortgang-klein"])))
    namen = [r.name for r in runs]
    assert namen.count("klein: selectie 1") == 1
    assert {"klein: effectmeting 1", "klein: effectmeting 2", "klein: effectmeting 3"} <= set(namen)
    assert "klein: loting 1" not in namen
    assert all(r.state is not None and r.state.is_completed() for r in runs)
    laatste = max(stand, key=lambda a: a.created or START)
    assert {rij["Stand"] for rij in json.loads(str(laatste.data))} == {"gepasseerd", "niet nodig"}
    assert max(float(str(a.data)) for a in balk) == 100


def test_elke_poort_heeft_een_flow_met_haar_naam_en_uitleg() -> None:
    from flows.poorten import POORTEN

    assert [f.name for f in POORTEN.values()] == [r.poort.value for r in PROCEDURE]
    for regel in PROCEDURE:
        assert all(soort in (POORTEN[regel.poort].description or "") for soort in regel.documenten)


def test_een_echte_ronde_weigert_een_andere_klok(levend: tuple[Engine, Path]) -> None:
    from flows.ronde import ronde_bijwerken

    with pytest.raises(Invoerfout, match="echte klok"):
        ronde_bijwerken("klein", START)
    assert _poorten(levend[0]) == []


def test_de_deurwachter_wekt_wat_aan_de_beurt_is_en_maar_een_keer(levend: tuple[Engine, Path]) -> None:
    """No runner serves the deployments here, as when Prefect came back half: the deurwachter does it itself."""
    from flows.deurwachter import deurwachter

    motor, data_map = levend
    assert deurwachter() == ["klein"]
    assert _poorten(motor) == ["startvoorstel"]
    assert deurwachter() == []
    assert _poorten(motor) == ["startvoorstel"]
    assert list((data_map / "documenten").rglob("*.pdf"))


def test_de_deurwachter_laat_een_oefening_met_rust(levend: tuple[Engine, Path]) -> None:
    from flows.deurwachter import deurwachter

    motor, data_map = levend
    (data_map / "oefenronde.json").write_text("{}")
    assert deurwachter() == []
    assert _poorten(motor) == []


def test_een_fout_in_een_document_laat_de_poort_dicht_en_de_rest_heel(
    levend: tuple[Engine, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The template folder lacks a file: nothing is recorded, and after the repair the same call passes."""
    from flows.ronde import ronde_bijwerken

    motor, _ = levend
    with schrijf(motor) as session:
        session.exec(select(Ronde)).one().gemeente = "bestaat-niet"
    with pytest.raises(Exception, match="bestaat-niet"):
        ronde_bijwerken("klein")
    assert _poorten(motor) == []
    with schrijf(motor) as session:
        session.exec(select(Ronde)).one().gemeente = "lindeveen"
    assert ronde_bijwerken("klein") == ["startvoorstel 1"]


def test_wakker_maken_met_een_sleutel_geeft_een_run(prefect: None) -> None:
    """Person, clock and deadline together: one key, one run; a new version of the deadlines is a new run."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterIdempotencyKey

    from aanbesteding import orkest
    from aanbesteding.overzichten.waker import Kloppend
    from aanbesteding.procedure import Poort
    from flows.ronde import ronde_bijwerken

    klopt = Kloppend("sleutelproef", Poort.SLUITING, 1, 1)
    assert not orkest.wek(klopt), "nothing is deployed yet: say so and let people go on"
    uitrol = ronde_bijwerken.to_deployment("ronde-bijwerken")
    uitrol.apply()  # type: ignore[union-attr]
    assert [orkest.wek(klopt) for _ in range(3)] == [True] * 3
    assert orkest.plan(klopt, datetime(2031, 3, 15, 12, 0, tzinfo=UTC))
    assert orkest.plan(Kloppend("sleutelproef", Poort.SLUITING, 1, 2), datetime(2031, 4, 1, 12, 0, tzinfo=UTC))
    sleutels = [orkest.sleutel(klopt, 1), orkest.sleutel(klopt, "gepland"), orkest.sleutel(klopt, 2)]
    sleutels.append(orkest.sleutel(Kloppend("sleutelproef", Poort.SLUITING, 1, 2), "gepland"))
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(idempotency_key=FlowRunFilterIdempotencyKey(any_=sleutels))
        )
        gepland = sorted(
            r.expected_start_time for r in runs if r.expected_start_time and r.expected_start_time.year == 2031
        )
        for run in runs:
            client.delete_flow_run(run.id)
        client.delete_deployment(client.read_deployment_by_name(orkest.UITROL).id)
    assert len(runs) == 3
    assert [m.month for m in gepland] == [3, 4]


def test_de_uitrol_heeft_elke_flow_en_de_klok() -> None:
    from flows.diensten import uitrol

    per_naam = {d.name: d for d in uitrol()}
    assert set(per_naam) == {"ronde-bijwerken", "ronde-starten", "deurwachter", "post", "oefenronde"}
    [rooster] = per_naam["deurwachter"].schedules or []
    assert getattr(rooster.schedule, "cron", "") == "*/15 * * * *"
    assert per_naam["ronde-bijwerken"].entrypoint == "flows.ronde.ronde_bijwerken"
    velden = json.dumps(per_naam["ronde-starten"]._parameter_openapi_schema.model_dump(), ensure_ascii=False)
    assert "Map van de ronde" in velden
