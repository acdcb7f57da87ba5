"""The table of the procedure holds together: every name in it exists, and it can only go forward."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.documenten.gegevens import BOUWERS
from aanbesteding.documenten.soorten import alle_soorten
from aanbesteding.instellingen import instellingen
from aanbesteding.overzichten.voorwaarden import ALLEEN_ALS, VOORWAARDEN
from aanbesteding.procedure import FASEN, PROCEDURE, REGEL, Fase, Poort, Poortregel, volgende_fase
from aanbesteding.rechten import RECHTEN
from aanbesteding.regels import Termijnen

regels = pytest.mark.parametrize("regel", PROCEDURE, ids=lambda r: r.poort.value)


def test_every_gate_stands_in_the_table_once_and_in_order() -> None:
    assert [r.poort for r in PROCEDURE] == list(Poort)
    assert set(REGEL) == set(Poort)


@regels
def test_conditions_and_predicates_exist(regel: Poortregel) -> None:
    assert set(regel.voorwaarden) <= set(VOORWAARDEN)
    assert not regel.alleen_als or regel.alleen_als in ALLEEN_ALS


@regels
def test_every_document_has_a_template_folder_and_a_builder(regel: Poortregel) -> None:
    assert set(regel.documenten) <= set(alle_soorten(instellingen().sjablonen_map))
    assert set(regel.documenten) <= set(BOUWERS)


@regels
def test_a_gate_waits_only_for_earlier_gates(regel: Poortregel) -> None:
    volgorde = list(Poort)
    assert all(volgorde.index(p) < volgorde.index(regel.poort) for p in regel.na)


@regels
def test_moments_are_announced_in_the_call(regel: Poortregel) -> None:
    assert not regel.termijn or regel.termijn in Termijnen.model_fields
    assert not regel.herhaalt or regel.termijn


def test_no_condition_is_left_unused() -> None:
    assert {v for r in PROCEDURE for v in r.voorwaarden} == set(VOORWAARDEN)


@pytest.mark.parametrize("recht", RECHTEN.values(), ids=list(RECHTEN))
def test_rights_name_announced_moments_and_a_window_that_opens(recht: object) -> None:
    na, voor, tot = recht.na, recht.voor, recht.tot  # type: ignore[attr-defined]
    assert not tot or tot in Termijnen.model_fields
    assert not (na and voor) or list(Poort).index(na) < list(Poort).index(voor)


@given(st.lists(st.tuples(st.sampled_from(PROCEDURE), st.booleans())), st.sampled_from(FASEN[:8]))
def test_no_sequence_of_gates_ever_brings_a_round_back(reeks: list[tuple[Poortregel, bool]], fase: Fase) -> None:
    for regel, laatste in reeks:
        nieuw = volgende_fase(regel, fase, laatste=laatste)
        assert FASEN.index(nieuw) >= FASEN.index(fase)
        assert nieuw is not Fase.INGETROKKEN or fase is Fase.INGETROKKEN
        fase = nieuw


def test_the_whole_procedure_visits_the_phases_in_order() -> None:
    fase, bezocht = Fase.VOORBEREIDING, [Fase.VOORBEREIDING]
    for regel in PROCEDURE:
        fase = volgende_fase(regel, fase, laatste=True)
        bezocht += [fase] if fase is not bezocht[-1] else []
    assert bezocht == list(FASEN[:8])
