"""Engines and transactions: SQLite (WAL, foreign keys, immediate writes) or PostgreSQL, the same code.

`lees` gives a session for looking; `schrijf` one transaction that commits or leaves nothing behind;
`proef` one that is always rolled back, to see what a gate would do.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, event
from sqlmodel import Session, create_engine

from . import model  # noqa: F401  # the metadata must be complete before anyone asks for it


def maak_motor(url: str) -> Engine:
    """An engine for this URL; for SQLite the file's folder is made.

    The site runs 40 requests at once and one that saves holds two connections (it reads, then writes). With fewer
    than 80 each could wait for the second of another: all stand still for half a minute and then fail.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=70)
    pad = url.removeprefix("sqlite:///")
    if pad and pad != ":memory:":
        Path(pad).parent.mkdir(parents=True, exist_ok=True)
    motor = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, pool_size=20, max_overflow=100)
    event.listen(motor, "connect", _sqlite_verbinding)
    event.listen(motor, "begin", _sqlite_begin)
    return motor


def _sqlite_verbinding(verbinding: Any, _record: Any) -> None:
    verbinding.isolation_level = None  # we say BEGIN ourselves, see _sqlite_begin
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=FULL"):
        verbinding.execute(f"PRAGMA {pragma}")


def _sqlite_begin(verbinding: Connection) -> None:
    """A writer takes the lock at once: a deferred one fails halfway when two people save together."""
    schrijft = verbinding.get_execution_options().get("schrijft", False)
    verbinding.exec_driver_sql("BEGIN IMMEDIATE" if schrijft else "BEGIN")


@contextmanager
def lees(motor: Engine) -> Iterator[Session]:
    with Session(motor) as session:
        yield session


@contextmanager
def schrijf(motor: Engine) -> Iterator[Session]:
    """One transaction: commits at the end, rolls back on any error."""
    met_beurt = Session(motor.execution_options(schrijft=True), expire_on_commit=False)
    with _beurt(motor), met_beurt as session, session.begin():
        yield session


_BEURTEN: dict[str, Lock] = defaultdict(Lock)


@contextmanager
def _beurt(motor: Engine) -> Iterator[None]:
    """SQLite has one writer and lets others sleep and try again, the unlucky one for seconds. Within this process
    writers of one file wait in line; other processes still meet at SQLite's own lock."""
    if motor.dialect.name != "sqlite":
        yield
        return
    slot = _BEURTEN[str(motor.url)]
    gekregen = slot.acquire(timeout=30)
    try:
        yield
    finally:
        if gekregen:
            slot.release()


@contextmanager
def proef(motor: Engine) -> Iterator[Session]:
    """A transaction that is always rolled back."""
    with Session(motor.execution_options(schrijft=True), expire_on_commit=False) as session:
        try:
            yield session
        finally:
            session.rollback()


def werk_bij(motor: Engine) -> None:
    """Bring the database to the newest schema (Alembic); safe to run again."""
    config = Config()
    config.set_main_option("script_location", "aanbesteding:migraties")
    with motor.begin() as verbinding:
        config.attributes["verbinding"] = verbinding
        command.upgrade(config, "head")
