"""Who is logged in: login links by mail, sessions, and the attempts that are counted against abuse.

Only hashes of secrets are stored: who reads the database cannot log in as somebody else.
"""

from datetime import datetime

from sqlmodel import Field, SQLModel

from .basis import moment, naar, sleutelveld


class Aanmeldlink(SQLModel, table=True):
    """A link that was mailed: works once and for a short time."""

    id: int | None = sleutelveld()
    persoon_id: int = naar("persoon")
    sleutelhash: str = Field(unique=True, index=True)
    terug: str = ""
    aangevraagd_op: datetime = moment()
    geldig_tot: datetime = moment()
    gebruikt_op: datetime | None = moment(leeg=True)


class Websessie(SQLModel, table=True):
    """A browser in which somebody is logged in. `wijze`: 'link', 'oidc' or 'oefening'."""

    id: int | None = sleutelveld()
    persoon_id: int = naar("persoon")
    sleutelhash: str = Field(unique=True, index=True)
    wijze: str
    apparaat: str = ""
    begonnen_op: datetime = moment()
    gezien_op: datetime = moment()
    geldig_tot: datetime = moment()
    beeindigd_op: datetime | None = moment(leeg=True)


class Aanmeldpoging(SQLModel, table=True):
    """An attempt to log in; `wie` is a keyed hash of an address or a mail address, never the thing itself."""

    id: int | None = sleutelveld()
    wie: str = Field(index=True)
    moment: datetime = moment(index=True)
