"""Alembic's entry: runs on the connection it is handed, or on the one that the settings name."""

from alembic import context
from sqlmodel import SQLModel

from aanbesteding import model  # noqa: F401
from aanbesteding.database import maak_motor
from aanbesteding.instellingen import instellingen


def _draai(verbinding: object) -> None:
    context.configure(connection=verbinding, target_metadata=SQLModel.metadata, render_as_batch=True)  # type: ignore[arg-type]
    with context.begin_transaction():
        context.run_migrations()


gegeven = context.config.attributes.get("verbinding")
if gegeven is not None:
    _draai(gegeven)
else:
    with maak_motor(instellingen().url).begin() as eigen:
        _draai(eigen)
