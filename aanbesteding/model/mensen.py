"""People, their roles in a round, and the organisations that were invited."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from .basis import naar, sleutelveld


class Persoon(SQLModel, table=True):
    """A human being, known by e-mail address over all rounds."""

    id: int | None = sleutelveld()
    email: str = Field(unique=True, index=True)
    naam: str
    telefoon: str = ""


class Organisatie(SQLModel, table=True):
    """An organisation as it was invited to this round: a copy, so that later changes do not rewrite it."""

    __table_args__ = (UniqueConstraint("ronde_id", "sleutel"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    sleutel: str
    naam: str
    soort: str
    adres: str
    postcode: str
    plaats: str
    bron: str = ""


class Deelnemer(SQLModel, table=True):
    """A person in a round, with what matters there: function, department, expertise, hours."""

    __table_args__ = (UniqueConstraint("ronde_id", "sleutel"),)
    id: int | None = sleutelveld()
    ronde_id: int = naar("ronde")
    persoon_id: int = naar("persoon")
    organisatie_id: int | None = naar("organisatie", leeg=True)
    sleutel: str
    functie: str = ""
    afdeling: str = ""
    deskundigheid: str = ""
    uren: int | None = None


class Rolhouder(SQLModel, table=True):
    """A role of a participant in this round; permissions look at nothing else."""

    __table_args__ = (UniqueConstraint("deelnemer_id", "rol"),)
    id: int | None = sleutelveld()
    deelnemer_id: int = naar("deelnemer")
    rol: str
