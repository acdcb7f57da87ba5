"""From the opened vault to the ranking: proposals, formal checks, conflicts, scores, consensus, lots."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from .basis import inhoud, lijst, moment, naar, sleutelveld


class Kluisopening(SQLModel, table=True):
    """Two people open the vault together; before this row exists no proposal can be read."""

    __table_args__ = (UniqueConstraint("ronde_id"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    eerste_id: int = naar("deelnemer")
    tweede_id: int = naar("deelnemer")
    moment: datetime = moment()


class Voorstel(SQLModel, table=True):
    """The submission that counts after closing, numbered in order of receipt."""

    __table_args__ = (UniqueConstraint("ronde_id", "nummer"), UniqueConstraint("coalitie_id"))
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    coalitie_id: int = naar("coalitie")
    indiening_id: int = naar("indiening")
    nummer: int
    ontvankelijk: bool | None = None
    vormoordeel: str = ""
    geselecteerd: bool | None = None


class Verzuim(SQLModel, table=True):
    """A formal part that was missing at the opening, and its repair (Awb 4:5)."""

    __table_args__ = (UniqueConstraint("voorstel_id", "onderdeel"),)
    id: int | None = sleutelveld()
    voorstel_id: int = naar("voorstel")
    onderdeel: str
    herstel_tot: datetime = moment()
    hersteld_op: datetime | None = moment(leeg=True)
    aanvulling: dict[str, Any] = inhoud()


class Belang(SQLModel, table=True):
    """A declaration per assessor per proposal, before the text opens (Awb 2:4)."""

    __table_args__ = (UniqueConstraint("voorstel_id", "beoordelaar_id"),)
    id: int | None = sleutelveld()
    voorstel_id: int = naar("voorstel")
    beoordelaar_id: int = naar("deelnemer")
    belang: bool
    toelichting: str
    verklaard_op: datetime = moment()


class Toewijzing(SQLModel, table=True):
    """Who scores what, in which seeded reading order.

    A pair of an assessor who dropped out is never deleted: `vervallen_op` takes it out of every count.
    """

    __table_args__ = (UniqueConstraint("voorstel_id", "beoordelaar_id"),)
    id: int | None = sleutelveld()
    voorstel_id: int = naar("voorstel")
    beoordelaar_id: int = naar("deelnemer")
    volgorde: int
    vergrendeld_op: datetime | None = moment(leeg=True)
    vervallen_op: datetime | None = moment(leeg=True)
    vervallen_reden: str = ""


class Score(SQLModel, table=True):
    """One score; append-only: the highest `versie` counts. `waarde` None means: abstained."""

    __table_args__ = (UniqueConstraint("toewijzing_id", "criterium", "versie"),)
    id: int | None = sleutelveld()
    toewijzing_id: int = naar("toewijzing")
    criterium: str
    versie: int
    waarde: int | None
    motivering: str
    ingevoerd_op: datetime = moment()


class Consensus(SQLModel, table=True):
    """The agreed mark with its own reason, beside the individual scores; append-only."""

    __table_args__ = (UniqueConstraint("voorstel_id", "criterium", "versie"),)
    id: int | None = sleutelveld()
    voorstel_id: int = naar("voorstel")
    criterium: str
    versie: int
    waarde: int
    motivering: str
    vastgelegd_op: datetime = moment()


class Oordeel(SQLModel, table=True):
    """The joint summary per proposal that the assessors agreed on; feeds the letters."""

    __table_args__ = (UniqueConstraint("voorstel_id", "versie"),)
    id: int | None = sleutelveld()
    voorstel_id: int = naar("voorstel")
    versie: int
    samenvatting: str
    sterk: list[str] = lijst()
    verbeter: list[str] = lijst()
    hoe_verder: str
    vastgelegd_op: datetime = moment()


class Rangschikking(SQLModel, table=True):
    """A calculated ranking as it was used: rows, base and hash; a lottery makes a second version."""

    __table_args__ = (UniqueConstraint("ronde_id", "versie"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    versie: int
    uitkomst: dict[str, Any] = inhoud()
    hash: str
    gemaakt_op: datetime = moment()


class Loting(SQLModel, table=True):
    """A draw by RFC 3797 among a tie at the cut, before two witnesses."""

    __table_args__ = (UniqueConstraint("ronde_id"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    lijst_sha256: str
    bronnen: list[dict[str, Any]] = lijst()
    uitkomst: dict[str, Any] = inhoud()
    getuigen: list[str] = lijst()
    getrokken_op: datetime = moment()


class Vergewisverklaring(SQLModel, table=True):
    """Awb 3:9: the jurist declares that the advice was made with care, before the college decides."""

    __table_args__ = (UniqueConstraint("ronde_id"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    jurist_id: int = naar("deelnemer")
    punten: list[dict[str, Any]] = lijst()
    conclusie: str
    ondertekend_op: datetime = moment()
