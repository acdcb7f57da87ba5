"""What is put before the college and what it decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from .basis import inhoud, lijst, moment, naar, sleutelveld


class Collegestuk(SQLModel, table=True):
    """The written parts of a collegevoorstel (start, selectie or plannen); the newest version counts."""

    __table_args__ = (UniqueConstraint("ronde_id", "soort", "versie"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    soort: str
    versie: int
    inhoud: dict[str, Any] = inhoud()
    geschreven_op: datetime = moment()


class Besluit(SQLModel, table=True):
    """A decision of the college: by two wethouders where the portfolio is shared (four eyes)."""

    __table_args__ = (UniqueConstraint("ronde_id", "soort", "versie"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    soort: str
    versie: int
    uitkomst: str
    tekst: str
    eerste_id: int = naar("deelnemer")
    tweede_id: int | None = naar("deelnemer", leeg=True)
    genomen_op: datetime = moment()


class Besluitregel(SQLModel, table=True):
    """The decision on one proposal; a deviation from the ranking carries its own reason."""

    __table_args__ = (UniqueConstraint("besluit_id", "voorstel_id"),)
    id: int | None = sleutelveld()
    besluit_id: int = naar("besluit")
    voorstel_id: int = naar("voorstel")
    gekozen: bool
    bedrag_cent: int | None = None
    afwijking: str = ""


class Plan(SQLModel, table=True):
    """A full plan of a selected coalition; append-only versions."""

    __table_args__ = (UniqueConstraint("voorstel_id", "versie"),)
    id: int | None = sleutelveld()
    voorstel_id: int = naar("voorstel")
    versie: int
    inhoud: dict[str, Any] = inhoud()
    sha256: str
    ingediend_op: datetime = moment()


class Planoordeel(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("plan_id"),)
    id: int | None = sleutelveld()
    plan_id: int = naar("plan")
    akkoord: bool
    motivering: str
    voorwaarden: list[str] = lijst()
    gegeven_op: datetime = moment()


class Meetplanversie(SQLModel, table=True):
    """The measuring plan: locked with a hash at gate plannen; later versions need a reason."""

    __table_args__ = (UniqueConstraint("voorstel_id", "versie"),)
    id: int | None = sleutelveld()
    voorstel_id: int = naar("voorstel")
    versie: int
    inhoud: dict[str, Any] = inhoud()
    hash: str
    reden: str = ""
    vastgelegd_op: datetime = moment()
    vergrendeld_op: datetime | None = moment(leeg=True)
