"""What flows work with: settings, engine and document pool, opened at first use and kept warm.

A served flow runs in a process of its own and uses the settings of the environment. A rehearsal runs in a
data folder of its own: `gebruik` puts its settings in force for as long as it lasts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import Engine, event

from aanbesteding.database import maak_motor
from aanbesteding.documenten.opdracht import Opdracht, Opgemaakt
from aanbesteding.documenten.pool import Documentpool
from aanbesteding.instellingen import Instellingen, instellingen


@dataclass
class Middelen:
    gekozen: Instellingen
    motor: Engine
    _pool: Documentpool | None = None
    _slot: Lock = field(default_factory=Lock)

    def maak(self, opdrachten: list[Opdracht]) -> list[Opgemaakt]:
        """Render and store in the worker processes; safe to call from the threads of several tasks."""
        with self._slot:
            self._pool = self._pool or Documentpool(self.gekozen.archief_map, workers=self.gekozen.render_processen)
            self._pool.maak_alle([])  # starts the workers once, before threads race to do it
        return self._pool.maak_alle(opdrachten)

    def sluit(self) -> None:
        if self._pool is not None:
            self._pool.sluit()
        self.motor.dispose()


_in_gebruik: list[Middelen] = []


def middelen() -> Middelen:
    """The resources of this process."""
    if not _in_gebruik:
        _in_gebruik.append(_open(instellingen()))
    return _in_gebruik[-1]


def _open(gekozen: Instellingen) -> Middelen:
    return Middelen(gekozen, maak_motor(gekozen.url))


def _zonder_schijfwacht(verbinding: Any, _record: Any) -> None:
    """A rehearsal may lose its last acts in a power cut (it plays them again); then commits need no fsync."""
    verbinding.execute("PRAGMA synchronous=NORMAL")


@contextmanager
def gebruik(gekozen: Instellingen) -> Iterator[Middelen]:
    """Work with these settings instead, then close what was opened for them."""
    eigen = _open(gekozen)
    if eigen.motor.dialect.name == "sqlite":
        event.listen(eigen.motor, "connect", _zonder_schijfwacht)
    _in_gebruik.append(eigen)
    try:
        yield eigen
    finally:
        _in_gebruik.remove(eigen)
        eigen.sluit()
