"""Pilots, their progress, the measurements and what they show."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from .basis import inhoud, moment, naar, sleutelveld


class Pilot(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("voorstel_id"),)
    id: int | None = sleutelveld()
    voorstel_id: int = naar("voorstel")
    bedrag_cent: int
    start_op: datetime = moment()


class Voortgang(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("pilot_id", "nummer", "versie"),)
    id: int | None = sleutelveld()
    pilot_id: int = naar("pilot")
    nummer: int
    versie: int
    inhoud: dict[str, Any] = inhoud()
    ingeleverd_op: datetime = moment()


class Meetwaarde(SQLModel, table=True):
    """One measured value; a correction is a new version with a reason, history stays.

    `onderdrukt`: the group was smaller than ten people, so the value itself was never stored (waarde None).
    """

    __table_args__ = (UniqueConstraint("pilot_id", "indicator", "gebied", "periode", "versie"),)
    id: int | None = sleutelveld()
    pilot_id: int = naar("pilot")
    indicator: str
    gebied: str
    periode: str
    versie: int
    waarde: float | None
    respondenten: int | None
    bron: str
    ingevoerd_op: datetime = moment()
    reden: str = ""
    onderdrukt: bool = False
    meetbestand_id: int | None = naar("meetbestand", leeg=True)


class Meetbestand(SQLModel, table=True):
    """A file of measurements that was read in: which one, how, and what came of it. The file itself is not kept."""

    id: int | None = sleutelveld()
    pilot_id: int = naar("pilot")
    naam: str
    hash: str
    vorm: str
    """'eigen', 'vragenlijst', 'statline' or 'politie': which importer read it (see invoer of measurements)."""
    keuzes: dict[str, Any] = inhoud()
    uitkomst: dict[str, Any] = inhoud()
    ingelezen_op: datetime = moment()


class Inspanning(SQLModel, table=True):
    """What the coalition did in an area in a wave (the dose), beside the measured values; newest version counts."""

    __table_args__ = (UniqueConstraint("pilot_id", "gebied", "periode", "versie"),)
    id: int | None = sleutelveld()
    pilot_id: int = naar("pilot")
    gebied: str
    periode: str
    versie: int
    uren: int
    deelnemers: int
    activiteiten: int
    toelichting: str = ""
    ingevoerd_op: datetime = moment()


class Duidingsversie(SQLModel, table=True):
    """The contribution story beside a number, per pilot and measuring moment."""

    __table_args__ = (UniqueConstraint("pilot_id", "nummer", "versie"),)
    id: int | None = sleutelveld()
    pilot_id: int = naar("pilot")
    nummer: int
    versie: int
    inhoud: dict[str, Any] = inhoud()
    geschreven_op: datetime = moment()


class Effectoordeel(SQLModel, table=True):
    """The verdict per pilot and indicator at a measuring moment, as calculated and as reported."""

    __table_args__ = (UniqueConstraint("pilot_id", "nummer", "indicator"),)
    id: int | None = sleutelveld()
    pilot_id: int = naar("pilot")
    nummer: int
    indicator: str
    oordeel: str
    uitkomst: dict[str, Any] = inhoud()
    berekend_op: datetime = moment()


class Eindevaluatie(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("ronde_id", "versie"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    versie: int
    inhoud: dict[str, Any] = inhoud()
    geschreven_op: datetime = moment()
