"""Fixtures for the whole suite: a fast database per test, a data folder, and the round of Lindeveen.

`motor` gives an empty, migrated database: SQLite always, PostgreSQL as well when AANBESTEDING_TEST_PG holds
the URL of a server where databases may be made (postgresql+psycopg://user@host/postgres).
`lindeveen("scoren")` gives that round at that stage; every stage is made once and copied.
"""

import importlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from aanbesteding.database import maak_motor, werk_bij
from aanbesteding.instellingen import instellingen

PG = os.environ.get("AANBESTEDING_TEST_PG", "")


hulp = importlib.import_module("lindeveen")


@pytest.fixture(scope="session")
def sjabloon_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated SQLite file, to be copied."""
    pad = tmp_path_factory.mktemp("sjabloon") / "leeg.sqlite"
    motor = maak_motor(f"sqlite:///{pad}")
    werk_bij(motor)
    motor.dispose()
    return pad


@pytest.fixture(scope="session")
def sjabloon_pg() -> Iterator[str]:
    """The name of one migrated PostgreSQL database, to be copied."""
    naam = f"aanb_sjabloon_{uuid.uuid4().hex[:8]}"
    _beheer(f'CREATE DATABASE "{naam}"')
    motor = maak_motor(_pg_url(naam))
    werk_bij(motor)
    motor.dispose()
    yield naam
    _beheer(f'DROP DATABASE "{naam}"')


def _pg_url(naam: str) -> str:
    return make_url(PG).set(database=naam).render_as_string(hide_password=False)


def _beheer(opdracht: str) -> None:
    motor = create_engine(PG, isolation_level="AUTOCOMMIT")
    with motor.connect() as verbinding:
        verbinding.execute(text(opdracht))
    motor.dispose()


@pytest.fixture(params=["sqlite", *(["postgresql"] if PG else [])])
def motor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database on the newest schema."""
    if request.param == "sqlite":
        pad = tmp_path / "test.sqlite"
        shutil.copyfile(request.getfixturevalue("sjabloon_sqlite"), pad)
        eigen = maak_motor(f"sqlite:///{pad}")
        yield eigen
        eigen.dispose()
        return
    naam = f"aanb_test_{uuid.uuid4().hex[:8]}"
    _beheer(f'CREATE DATABASE "{naam}" TEMPLATE "{request.getfixturevalue("sjabloon_pg")}"')
    eigen = maak_motor(_pg_url(naam))
    yield eigen
    eigen.dispose()
    _beheer(f'DROP DATABASE "{naam}"')


@pytest.fixture
def data_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of this test alone; the settings point to it."""
    pad = tmp_path / "gegevens"
    pad.mkdir()
    monkeypatch.setenv("AANBESTEDING_DATA_MAP", str(pad))
    monkeypatch.delenv("AANBESTEDING_DATABASE_URL", raising=False)
    monkeypatch.delenv("AANBESTEDING_ALS", raising=False)
    instellingen.cache_clear()
    yield pad
    instellingen.cache_clear()


@pytest.fixture(scope="session")
def stadia(sjabloon_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Stage → SQLite file with the round of Lindeveen at that stage."""
    folder = tmp_path_factory.mktemp("lindeveen")
    werk = folder / "werk.sqlite"
    shutil.copyfile(sjabloon_sqlite, werk)
    uit: dict[str, Path] = {}
    motor = maak_motor(f"sqlite:///{werk}")
    for naam in hulp.loop(hulp.Loper(motor)):
        motor.dispose()  # the last connection folds the WAL into the file
        uit[naam] = folder / f"{naam}.sqlite"
        shutil.copyfile(werk, uit[naam])
    motor.dispose()
    return uit


@pytest.fixture
def lindeveen(stadia: dict[str, Path], data_map: Path) -> Iterator[Callable[[str], hulp.Loper]]:  # type: ignore[name-defined]
    """Factory: the round at a stage, in the data folder of this test."""
    motoren: list[Engine] = []

    def geef(stadium: str) -> object:
        pad = data_map / "aanbesteding.sqlite"
        shutil.copyfile(stadia[stadium], pad)
        motoren.append(maak_motor(f"sqlite:///{pad}"))
        return hulp.Loper(motoren[-1])

    yield geef
    for eigen in motoren:
        eigen.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything under tests/keten belongs to the slow layer; `-m "not keten"` is the unit layer."""
    for item in items:
        if "keten" in item.path.parts:
            item.add_marker(pytest.mark.keten)
