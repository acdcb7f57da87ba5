"""Public data as rows: one definition for the pages, the files (CSV, JSON) and the API, so that they cannot disagree.

Names are Dutch; outside Python they are camelCase (NL API Design Rules). Money is whole cents, moments are UTC.
"""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Openbaar(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class Ronde(Openbaar):
    """One round whose call was published."""

    kenmerk: str
    titel: str
    gemeente: str = Field(description="Sleutel van de gemeente, bijvoorbeeld 'lindeveen'.")
    stap: str = Field(description="Waar de ronde nu staat, in één zin.")
    gepubliceerd_op: datetime
    sluit_op: datetime
    plafond_cent: int
    ingetrokken: bool = False
    oefening: bool = False


class Opgave(Openbaar):
    sleutel: str
    titel: str
    vraag: str
    doelgroep: str
    gebied: str
    uitkomst: str
    richting: str
    meetwijze: str
    nulstand: str
    afbakening: str


class Anker(Openbaar):
    score: int
    betekenis: str


class Criterium(Openbaar):
    sleutel: str
    titel: str
    gewicht: int = Field(description="Procent; alle gewichten samen zijn 100.")
    toelichting: str
    drempel: int | None
    ankers: list[Anker]


class Moment(Openbaar):
    """One announced moment of the round."""

    termijn: str
    tekst: str
    moment: datetime
    voorbij: bool


class Vraag(Openbaar):
    """A question with its answer, as published in a nota; never who asked."""

    nummer: int
    nota: int
    gepubliceerd_op: datetime
    onderwerp: str
    vraag: str
    antwoord: str
    verandert_regel: bool


class Document(Openbaar):
    sha256: str
    kenmerk: str
    soort: str
    titel: str
    bestandsnaam: str
    grootte: int
    gepubliceerd_op: datetime
    pad: str = Field(description="Waar het bestand (PDF) staat.")


class Criteriumscore(Openbaar):
    criterium: str
    titel: str
    score: float
    motivering: str


class Uitslagrij(Openbaar):
    """One admissible proposal in the ranking, with what the college decided about it."""

    plaats: int | None = Field(description="Leeg onder een drempel.")
    coalitie: str
    naam: str
    penvoerder: str
    totaal: float
    gevraagd_cent: int
    geadviseerd: bool
    gekozen: bool
    reden: str = Field(description="Waarom wel of geen plaats in de rangorde.")
    afwijking: str = Field(description="Waarom het college afweek van de rangorde; leeg als het dat niet deed.")
    samenvatting: str
    sterk: list[str]
    verbeter: list[str]
    criteria: list[Criteriumscore]


class NietBeoordeeld(Openbaar):
    naam: str
    reden: str


class Uitslag(Openbaar):
    besloten_op: datetime
    besluit: str
    uitkomst: str
    rangschikking: list[Uitslagrij]
    niet_beoordeeld: list[NietBeoordeeld]
    controlegetal: str = Field(description="SHA-256 van de vastgelegde rangorde.")


class Score(Openbaar):
    """One score of one assessor, who is a letter."""

    coalitie: str
    criterium: str
    beoordelaar: str
    waarde: int | None = Field(description="Leeg: de beoordelaar onthield zich.")


class Pilot(Openbaar):
    coalitie: str
    naam: str
    titel: str
    opgave: str
    penvoerder: str
    partners: list[str]
    gebied: str
    bedrag_cent: int
    start_op: datetime
    kop: str = Field(description="Het oordeel van de laatste meting, in één zin.")


class Voortgang(Openbaar):
    coalitie: str
    nummer: int
    gepubliceerd_op: datetime
    stand: str
    samenvatting: str
    bereikt: list[str]
    niet_gelukt: list[str]
    deelnemers: int
    activiteiten: int
    vrijwilligers: int
    bijeenkomsten: int | None
    uren: int
    besteed_cent: int
    komende_periode: str


class Oordeel(Openbaar):
    """What a measurement says about one indicator, and what it does not say."""

    coalitie: str
    nummer: int
    gepubliceerd_op: datetime
    indicator: str
    titel: str
    eenheid: str
    telt_mee: bool
    oordeel: str
    zin: str
    effect_eenheid: str = Field(description="Eenheid van verschil, onder en boven.")
    verschil: float | None
    onder: float | None
    boven: float | None
    redenen: list[str]
    waarschuwingen: list[str]
    trede: int = Field(description="Hoe sterk is de meting: van 0 (niet gemeten) tot 5 (met een loting).")


class Duiding(Openbaar):
    mechanisme: str
    andere_verklaringen: list[str]
    partners: str
    inwoners: str
    vervolg: str


class Meting(Openbaar):
    coalitie: str
    indicator: str
    titel: str
    eenheid: str
    gebied: str
    soort_gebied: str
    periode: str
    waarde: float | None = Field(description="Leeg bij minder dan tien antwoorden.")
    respondenten: int | None
    bron: str


class Subsidie(Openbaar):
    """The fields of the subsidy register (Woo art. 3.3a)."""

    ontvanger: str
    activiteit: str
    doel: str
    bedrag_cent: int
    verleend_op: date
    periode_van: date
    periode_tot: date
    regeling: str
    soort_besluit: str = "verlening"


class Nieuws(Openbaar):
    sleutel: str
    titel: str
    tekst: str
    moment: datetime
    pad: str


class Evaluatie(Openbaar):
    samenvatting: str
    verloop: str
    lessen: list[str]
    vervolg: str
