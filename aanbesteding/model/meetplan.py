"""Around the measuring plan: what the coalition says of it, and the lottery of areas."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from .basis import inhoud, lijst, moment, naar, sleutelveld


class Meetplanreactie(SQLModel, table=True):
    """Agreement or a comment of the coalition on one version of its measuring plan; append-only, the newest counts."""

    id: int | None = sleutelveld()
    meetplanversie_id: int = naar("meetplanversie")
    deelnemer_id: int = naar("deelnemer")
    akkoord: bool
    opmerking: str = ""
    gegeven_op: datetime = moment()


class Gebiedenloting(SQLModel, table=True):
    """A lottery of areas by RFC 3797: announced with the hash of its list, drawn later from the announced sources.

    startmomenten: [{periode, aantal}], in order; the first areas drawn start first, who is left compares.
    bronnen: [{naam, soort}] as announced; after the draw each with its waarden. trekken_vanaf: before that moment
    nobody may draw, since the outcome of the sources would be known when they were chosen.
    """

    __table_args__ = (UniqueConstraint("voorstel_id", "nummer"),)
    id: int | None = sleutelveld()
    voorstel_id: int = naar("voorstel")
    nummer: int
    kandidaten: list[str] = lijst()
    startmomenten: list[dict[str, Any]] = lijst()
    bronnen: list[dict[str, Any]] = lijst()
    geschiktheid: str
    lijst_sha256: str
    aangekondigd_op: datetime = moment()
    trekken_vanaf: datetime = moment()
    uitkomst: dict[str, Any] = inhoud()
    getrokken_op: datetime | None = moment(leeg=True)
    vervallen_op: datetime | None = moment(leeg=True)
    vervallen_reden: str = ""
