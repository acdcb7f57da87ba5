"""Both engines: transactions, locks, moments in UTC, and the migration equals the model."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel, select

from aanbesteding.database import lees, proef, schrijf, werk_bij
from aanbesteding.model import Passage, Ronde

NU = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)


def _ronde(kenmerk: str = "proef", moment: datetime = NU) -> Ronde:
    return Ronde(kenmerk=kenmerk, titel="T", gemeente="g", zaaknummer="Z", fase="voorbereiding", aangemaakt_op=moment)


def test_schrijf_keeps_all_or_nothing(motor: Engine) -> None:
    with schrijf(motor) as session:
        session.add(_ronde())

    def halverwege() -> None:
        with schrijf(motor) as session:
            session.add(_ronde("tweede"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        halverwege()
    with lees(motor) as session:
        assert [r.kenmerk for r in session.exec(select(Ronde))] == ["proef"]


def test_proef_leaves_nothing(motor: Engine) -> None:
    with proef(motor) as session:
        session.add(_ronde())
        session.flush()
        assert session.exec(select(Ronde)).one().id
    with lees(motor) as session:
        assert session.exec(select(Ronde)).first() is None


def test_moments_come_back_aware_and_in_utc(motor: Engine) -> None:
    with schrijf(motor) as session:
        session.add(_ronde(moment=datetime(2027, 1, 11, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))))
    with lees(motor) as session:
        moment = session.exec(select(Ronde)).one().aangemaakt_op
    assert moment == NU.replace(microsecond=123456)
    assert moment.utcoffset() == timedelta(0)


def test_naive_moment_is_refused(motor: Engine) -> None:
    with pytest.raises(StatementError, match="time zone"), schrijf(motor) as session:
        session.add(_ronde(moment=datetime(2027, 1, 11, 9, 0)))  # noqa: DTZ001  # what is tested


def test_foreign_keys_are_enforced(motor: Engine) -> None:
    with pytest.raises(IntegrityError), schrijf(motor) as session:
        session.add(Passage(ronde_id=999, poort="oproep", moment=NU, regels_hash="", actor="klok"))


def test_a_gate_cannot_be_passed_twice(motor: Engine) -> None:
    def passeer() -> None:
        with schrijf(motor) as session:
            ronde = session.exec(select(Ronde)).one()
            session.add(Passage(ronde_id=ronde.id or 0, poort="oproep", moment=NU, regels_hash="", actor="klok"))

    with schrijf(motor) as session:
        session.add(_ronde())
    passeer()
    with pytest.raises(IntegrityError):
        passeer()


def test_writers_queue_up_and_lose_no_change(motor: Engine) -> None:
    with schrijf(motor) as session:
        session.add(_ronde())

    def verhoog() -> None:
        for _ in range(10):
            with schrijf(motor) as session:
                ronde = session.exec(select(Ronde).with_for_update()).one()
                ronde.versie += 1
                session.add(ronde)

    draden = [threading.Thread(target=verhoog) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    with lees(motor) as session:
        assert session.exec(select(Ronde)).one().versie == 41


def test_the_migration_makes_what_the_model_says_and_runs_twice(motor: Engine) -> None:
    werk_bij(motor)
    with motor.connect() as verbinding:
        context = MigrationContext.configure(verbinding, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []
