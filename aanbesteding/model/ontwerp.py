"""A round that is being made in the browser: no round yet, so its rules may still have gaps."""

from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from .basis import inhoud, lijst, moment, naar, sleutelveld


class Rondeontwerp(SQLModel, table=True):
    """`regels` has the shape of regels.Regels with gaps as ''; `versie` goes up with every save.

    `van`: kenmerk of the round that it was copied from, or 'sjabloon'.
    """

    id: int | None = sleutelveld()
    eigenaar_id: int = naar("persoon")
    van: str
    regels: dict[str, Any] = inhoud()
    mensen: list[dict[str, Any]] = lijst()
    organisaties: list[dict[str, Any]] = lijst()
    versie: int = 1
    gewijzigd_op: datetime = moment()
    gestart_op: datetime | None = moment(leeg=True)
