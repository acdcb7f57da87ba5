"""The window: meeting, questions, coalitions, advice, submissions."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from .basis import inhoud, lijst, moment, naar, sleutelveld


class Bijeenkomst(SQLModel, table=True):
    """Report of the start meeting (domein.md D2): counts per kind of organisation, no names."""

    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    plaats: str
    verslag: str
    aanwezig: dict[str, int] = inhoud()
    vragen: list[str] = lijst()
    vastgelegd_op: datetime = moment()


class Vraag(SQLModel, table=True):
    """A question on the call; everyone gets every answer at the same moment, without the asker's name."""

    __table_args__ = (UniqueConstraint("ronde_id", "nummer"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    deelnemer_id: int = naar("deelnemer")
    nummer: int
    onderwerp: str
    tekst: str
    gesteld_op: datetime = moment()
    antwoord: str = ""
    beantwoord_op: datetime | None = moment(leeg=True)
    wijziging: dict[str, Any] = inhoud()
    nota: int | None = None


class Coalitie(SQLModel, table=True):
    """A coalition around one opgave; the penvoerder applies and answers for all (domein.md 1.2)."""

    __table_args__ = (UniqueConstraint("ronde_id", "sleutel"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    sleutel: str
    naam: str
    opgave: str
    idee: str
    penvoerder_id: int = naar("deelnemer")
    gevormd_op: datetime = moment()


class Partner(SQLModel, table=True):
    """What a partner brings in, and whether it confirmed (magazine p. 40: equal contribution)."""

    __table_args__ = (UniqueConstraint("coalitie_id", "organisatie_id"),)
    id: int | None = sleutelveld()
    coalitie_id: int = naar("coalitie")
    organisatie_id: int = naar("organisatie")
    rol: str
    inbreng_cent: int = 0
    inbreng_uren: int = 0
    inbreng_natura: str = ""
    bevestigd_op: datetime | None = moment(leeg=True)


class Adviesvraag(SQLModel, table=True):
    """A request for the free external adviser with the scored ACTIE intake (domein.md ch. 5, rank 3)."""

    __table_args__ = (UniqueConstraint("coalitie_id"),)
    id: int | None = sleutelveld()
    coalitie_id: int = naar("coalitie")
    toelichting: str
    actie: dict[str, int] = inhoud()
    gevraagd_op: datetime = moment()


class Advies(SQLModel, table=True):
    """An allocation of an adviser: hours by category, with the ground (equal treatment)."""

    __table_args__ = (UniqueConstraint("coalitie_id", "adviseur_id"),)
    id: int | None = sleutelveld()
    coalitie_id: int = naar("coalitie")
    adviseur_id: int = naar("deelnemer")
    traject: str
    grond: str
    uren: int
    ronde_nummer: int
    uitleg: str = ""


class Adviesuren(SQLModel, table=True):
    id: int | None = sleutelveld()
    advies_id: int = naar("advies")
    uren: int
    onderwerp: str
    moment: datetime = moment()


class Indiening(SQLModel, table=True):
    """A submission as it came in; sealed until the vault is opened. A later one replaces an earlier one."""

    __table_args__ = (UniqueConstraint("coalitie_id", "versie"),)
    id: int | None = sleutelveld()
    coalitie_id: int = naar("coalitie")
    versie: int
    inhoud: dict[str, Any] = inhoud()
    sha256: str
    grootte: int
    kanaal: str
    ontvangen_op: datetime = moment()
    ingetrokken_op: datetime | None = moment(leeg=True)
    reden_intrekking: str = ""
