"""A round, the versions of its rules and the gates that it passed."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from .basis import inhoud, moment, naar, sleutelveld


class Ronde(SQLModel, table=True):
    """One round of maatschappelijk aanbesteden.

    `versie` rises with every act and passage: who calculated on an older version must calculate again.
    `samenstelling` is the draft of the rules; from gate oproep on only `Regelversie` counts.
    """

    id: int | None = sleutelveld()
    kenmerk: str = Field(unique=True, index=True)
    titel: str
    gemeente: str
    zaaknummer: str
    fase: str = Field(index=True)
    versie: int = 1
    oefening: bool = False
    samenstelling: dict[str, Any] = inhoud()
    aangemaakt_op: datetime = moment()
    ingetrokken_reden: str = ""


class Regelversie(SQLModel, table=True):
    """The frozen rules: version 1 at gate oproep, later ones only through a nota van inlichtingen."""

    __table_args__ = (UniqueConstraint("ronde_id", "versie"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    versie: int
    regels: dict[str, Any] = inhoud()
    hash: str
    bevroren_op: datetime = moment()
    reden: str


class Passage(SQLModel, table=True):
    """A gate that was passed. Unique, so that no gate can be passed twice."""

    __table_args__ = (UniqueConstraint("ronde_id", "poort", "volgnummer"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    poort: str
    volgnummer: int = 1
    moment: datetime = moment()
    regels_hash: str
    actor: str


class Verwerkt(SQLModel, table=True):
    """The key of an act that was done: the same act sent again (a retry, a resumed rehearsal) does nothing."""

    __table_args__ = (UniqueConstraint("ronde_id", "sleutel"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    sleutel: str
    moment: datetime = moment()
