"""Documents, the outbox and the audit log."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from .basis import inhoud, lijst, moment, naar, sleutelveld


class Document(SQLModel, table=True):
    """A PDF in the content-addressed archive: what, for whom, of which gate, kept how long."""

    __table_args__ = (UniqueConstraint("ronde_id", "kenmerk"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    passage_id: int | None = naar("passage", leeg=True)
    coalitie_id: int | None = naar("coalitie", leeg=True)
    kenmerk: str
    soort: str
    titel: str
    bestandsnaam: str
    sha256: str = Field(index=True)
    grootte: int
    openbaar: bool
    ontvanger: str
    moment: datetime = moment()
    bewaren_tot: date | None = None
    bewaargrond: str = ""


class Bericht(SQLModel, table=True):
    """A message in the outbox: its own Message-ID, sent at least once and never after a confirmed hand-over."""

    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    message_id: str = Field(unique=True)
    aan_naam: str
    aan_email: str
    onderwerp: str
    tekst: str
    html: str = ""
    agenda: str = ""
    documenten: list[str] = lijst()
    klaar_op: datetime = moment()
    verstuurd_op: datetime | None = moment(leeg=True, index=True)
    pogingen: int = 0
    fout: str = ""


class Logregel(SQLModel, table=True):
    """One line of the audit log; each carries the hash of the one before, so that a change shows."""

    __table_args__ = (UniqueConstraint("ronde_id", "volgnummer"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    volgnummer: int
    moment: datetime = moment()
    actor: str
    handeling: str
    gegevens: dict[str, Any] = inhoud()
    vorige: str
    hash: str
