"""What people work on before it counts: drafts, files, looking for partners, comments, questions back, and
steps that wait for a second person. Everything here is as sealed as the proposal that it belongs to.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from .basis import inhoud, moment, naar, sleutelveld


class Concept(SQLModel, table=True):
    """Text that somebody typed and did not hand in yet. The highest `versie` is the current one.

    `sleutel` names the form ("score/de-kade/creativiteit", "voorstel/de-kade"). `vastgehouden` marks a version
    that the writer saved on purpose; autosave never writes over one.
    """

    __table_args__ = (UniqueConstraint("deelnemer_id", "sleutel", "versie"),)
    id: int | None = sleutelveld()
    deelnemer_id: int = naar("deelnemer")
    sleutel: str = Field(index=True)
    versie: int
    inhoud: dict[str, Any] = inhoud()
    vastgehouden: bool = False
    bewaard_op: datetime = moment()


class Bestand(SQLModel, table=True):
    """An attachment of a proposal. In the database, not in a folder: before the opening nobody may count them."""

    __table_args__ = (UniqueConstraint("coalitie_id", "sha256"),)
    id: int | None = sleutelveld()
    coalitie_id: int = naar("coalitie")
    deelnemer_id: int = naar("deelnemer")
    naam: str
    soort: str
    mediatype: str
    grootte: int
    sha256: str = Field(index=True)
    inhoud: bytes = Field(sa_type=LargeBinary)
    geplaatst_op: datetime = moment()
    verwijderd_op: datetime | None = moment(leeg=True)


class Beurskaart(SQLModel, table=True):
    """What a coalition in the making shows to find partners: what it asks, offers and gives in return."""

    __table_args__ = (UniqueConstraint("coalitie_id"),)
    id: int | None = sleutelveld()
    coalitie_id: int = naar("coalitie")
    vraag: str
    aanbod: str
    tegenprestatie: str
    open: bool = True
    geplaatst_op: datetime = moment()


class Aansluitverzoek(SQLModel, table=True):
    """An organisation asks to join a coalition; the penvoerder answers with 'ja' or 'nee' and a reason."""

    id: int | None = sleutelveld()
    coalitie_id: int = naar("coalitie")
    organisatie_id: int = naar("organisatie")
    deelnemer_id: int = naar("deelnemer")
    rol: str
    bericht: str
    inbreng_cent: int = 0
    inbreng_uren: int = 0
    inbreng_natura: str = ""
    gevraagd_op: datetime = moment()
    antwoord: str = ""
    reden: str = ""
    beantwoord_op: datetime | None = moment(leeg=True)


class Opmerking(SQLModel, table=True):
    """A comment on a draft, from its adviser or its own people; `onderdeel` names the field of the proposal."""

    id: int | None = sleutelveld()
    coalitie_id: int = naar("coalitie")
    deelnemer_id: int = naar("deelnemer")
    onderdeel: str
    tekst: str
    geplaatst_op: datetime = moment()
    afgehandeld_op: datetime | None = moment(leeg=True)


class Collegevraag(SQLModel, table=True):
    """A question that a wethouder asks back about a memo, and its answer; both go into the file."""

    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    soort: str
    deelnemer_id: int = naar("deelnemer")
    tekst: str
    gesteld_op: datetime = moment()
    antwoord: str = ""
    antwoord_van: int | None = naar("deelnemer", leeg=True)
    beantwoord_op: datetime | None = moment(leeg=True)


class Voornemen(SQLModel, table=True):
    """An act that one person prepared and that counts only when a second person confirms it (four eyes)."""

    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    handeling: str
    gegevens: dict[str, Any] = inhoud()
    deelnemer_id: int = naar("deelnemer")
    gemaakt_op: datetime = moment()
    stand: str = "open"
    """'open', 'bevestigd' or 'ingetrokken'."""
    tweede_id: int | None = naar("deelnemer", leeg=True)
    afgehandeld_op: datetime | None = moment(leeg=True)
