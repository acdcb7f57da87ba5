"""The rules of one call, as data: what `ronde.toml` holds, what gate oproep freezes and hashes.

Awb titel 4.2 and ABRvS 11-7-2018 (ECLI:NL:RVS:2018:2310): criteria, weights, ceiling and distribution rule
are fixed and published together before the window opens. So they are one document with one hash.
Times are Europe/Amsterdam here, because that is what the call announces; the database stores UTC.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

Sleutel = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Tekst = Annotated[str, Field(min_length=1)]
Instrument = Literal["subsidie", "opdracht", "uitdaagrecht"]
Scoregrondslag = Literal["consensus", "gemiddelde"]
Ontbrekend = Literal["blokkeert", "gemiddelde van de andere beoordelaars"]


def _lokaal_moment(waarde: object) -> object:
    """Pydantic reads a bare date as midnight and a number as a timestamp; a deadline may be neither."""
    kaal = waarde.strip() if isinstance(waarde, str) else waarde
    if isinstance(kaal, str):
        try:
            kaal = datetime.fromisoformat(kaal) if len(kaal) > 10 else None
        except ValueError:
            kaal = None
    if not isinstance(kaal, datetime):
        raise PydanticCustomError("moment", "moet een datum met tijd zijn, bijvoorbeeld 2027-02-01T12:00:00")
    if kaal.tzinfo is not None:
        raise PydanticCustomError("moment", "schrijf de Nederlandse tijd, zonder tijdzone of Z erachter")
    return kaal


Moment = Annotated[datetime, BeforeValidator(_lokaal_moment)]
"""A date with an hour on the clock of Amsterdam, without a zone (as the call announces it)."""


class Strikt(BaseModel):
    """Unknown keys are errors: a typing error in a round folder must not silently mean 'default'."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class Contact(Strikt):
    """One address for all questions; no names are needed in the call."""

    email: Tekst
    telefoon: Tekst
    adres: Tekst


class Algemeen(Strikt):
    kenmerk: Sleutel
    titel: Annotated[str, Field(min_length=5, max_length=120)]
    gemeente: Sleutel
    zaaknummer: Tekst
    instrument: Instrument = "subsidie"
    grondslag: list[Tekst] = Field(min_length=1)
    bestuursorgaan: Literal["college", "raad", "burgemeester"] = "college"
    afdeling: Tekst
    vindplaats: Tekst
    aanleiding: Tekst
    beoogd_effect: Tekst
    contact: Contact
    oefening: bool = False
    verantwoording: str = ""
    """What is fact (with its source) and what is fictitious; printed on every document of a rehearsal."""


class Opgave(Strikt):
    """One social problem as a sharp question (magazine p. 40: an open question disappointed)."""

    sleutel: Sleutel
    titel: Tekst
    vraag: Tekst
    doelgroep: Tekst
    gebied: Tekst
    uitkomst: Tekst
    richting: Tekst
    meetwijze: Tekst
    nulstand: Tekst
    afbakening: Tekst


class Criterium(Strikt):
    sleutel: Sleutel
    titel: Tekst
    gewicht: Annotated[int, Field(gt=0, le=100)]
    """Percent; all weights of a call add up to 100."""
    toelichting: Tekst
    ankers: dict[str, Tekst]
    """Score (as text) → what such a proposal looks like; part of the published call."""
    drempel: int | None = None


class Schaal(Strikt):
    laagste: int = 2
    hoogste: int = 10
    stap: Annotated[int, Field(gt=0)] = 2

    def waarden(self) -> list[int]:
        return list(range(self.laagste, self.hoogste + 1, self.stap))

    @model_validator(mode="after")
    def _opklimmend(self) -> Self:
        if self.hoogste <= self.laagste or (self.hoogste - self.laagste) % self.stap:
            raise ValueError("de schaal moet van laag naar hoog gaan, in hele stappen")
        return self


class Verdeling(Strikt):
    """How the places and the money are divided (VNG: announced together with the ceiling)."""

    aantal: Annotated[int, Field(gt=0)]
    plafond_euro: Annotated[int, Field(gt=0)]
    maximum_per_voorstel_euro: Annotated[int, Field(gt=0)]
    score_op: Scoregrondslag = "consensus"
    ontbrekende_score: Ontbrekend = "blokkeert"
    drempel_totaal: Annotated[float, Field(ge=0)] | None = None
    gelijke_stand: list[Sleutel] = []
    """Criteria that break a tie, in order; after the last one lots are drawn."""
    loting_bronnen: list[Tekst] = []
    schaal: Schaal = Schaal()
    spreiding_bespreken: Annotated[int, Field(gt=0)] = 4


class Vormvereiste(Strikt):
    """A formal part that a proposal must have; missing ones may be repaired (Awb 4:5)."""

    sleutel: Literal["samenvatting", "begroting", "partnerverklaring", "inwoners", "planning", "penvoerder"]
    titel: Tekst
    herstelbaar: bool = True


class Indienen(Strikt):
    wie: list[Tekst] = Field(min_length=1)
    minimaal_partners: Annotated[int, Field(ge=1)] = 2
    maximum_woorden: Annotated[int, Field(gt=0)] = 2500
    kanaal: Tekst
    papier: Tekst
    vormvereisten: list[Vormvereiste] = Field(min_length=1)


class Advies(Strikt):
    uren_standaard: Annotated[int, Field(ge=0)]
    uren_uitgebreid: Annotated[int, Field(ge=0)]
    soorten_uitgebreid: list[str] = ["vereniging"]
    actie_grens: Annotated[int, Field(ge=0, le=25)] = 12
    """ACTIE scan (5 × 1–5 points): at or under this total a coalition gets the extended track."""
    voorwaarden: Tekst


class Beoordeling(Strikt):
    per_voorstel: int | None = None
    """Assessors per proposal; absent means: every assessor scores every proposal."""
    maximum_per_beoordelaar: int | None = None
    minimum_afdelingen: Annotated[int, Field(ge=1)] = 2
    startgetal: Tekst
    """Published seed of every seeded order in the round."""
    minimum_woorden_motivering: Annotated[int, Field(ge=1)] = 8


class Post(Strikt):
    """One line of cover (magazine p. 40: no extra money but regular budget)."""

    omschrijving: Tekst
    bedrag_euro: int
    jaar: int
    taakveld: Tekst
    dekking: Tekst
    oud_voor_nieuw: bool
    structureel: bool = False


class Termijnen(Strikt):
    """All announced moments, Europe/Amsterdam. A date without an hour is refused: deadlines have an hour."""

    publicatie: Moment
    startbijeenkomst: Moment
    startbijeenkomst_plaats: Tekst
    vragen_tot: list[Moment] = Field(min_length=1)
    adviesmomenten: list[Moment] = []
    sluiting: Moment
    herstel_tot: Moment
    belangen_tot: Moment
    beoordeling_tot: Moment
    besluit_selectie: Moment
    plannen_tot: Moment
    besluit_plannen: Moment
    start_pilots: Moment
    voortgang: list[Moment] = Field(min_length=1)
    metingen: list[Moment] = Field(min_length=1)
    """First the nulmeting, then every later moment, for years."""
    afsluiting: Moment

    @model_validator(mode="after")
    def _volgorde(self) -> Self:
        keten = [
            ("publicatie", self.publicatie), ("startbijeenkomst", self.startbijeenkomst), ("sluiting", self.sluiting),
            ("herstel_tot", self.herstel_tot), ("belangen_tot", self.belangen_tot),
            ("beoordeling_tot", self.beoordeling_tot), ("besluit_selectie", self.besluit_selectie),
            ("plannen_tot", self.plannen_tot), ("besluit_plannen", self.besluit_plannen),
            ("start_pilots", self.start_pilots), ("voortgang[1]", self.voortgang[0]),
            ("voortgang[laatste]", self.voortgang[-1]), ("afsluiting", self.afsluiting),
        ]  # fmt: skip
        fouten = [
            f"'{later}' ({tot:%d-%m-%Y}) ligt vóór '{eerder}' ({van:%d-%m-%Y}); zet '{later}' later"
            for (eerder, van), (later, tot) in pairwise(keten)
            if tot < van
        ]
        fouten += [f for naam in ("vragen_tot", "adviesmomenten", "voortgang", "metingen") for f in self._reeks(naam)]
        if fouten:
            raise ValueError("; ".join(fouten))
        return self

    def _reeks(self, naam: str) -> list[str]:
        reeks: list[datetime] = getattr(self, naam)
        fouten = [] if all(a < b for a, b in pairwise(reeks)) else [f"zet de momenten van '{naam}' op volgorde"]
        buiten = [
            m for m in reeks if naam in ("vragen_tot", "adviesmomenten") and not self.publicatie < m < self.sluiting
        ]
        fouten += [f"'{naam}' {m:%d-%m-%Y} ligt buiten de indientermijn (publicatie tot sluiting)" for m in buiten]
        laat = [m for m in reeks if m > self.afsluiting]
        return fouten + [f"'{naam}' {m:%d-%m-%Y} ligt na 'afsluiting'; zet 'afsluiting' later" for m in laat]


class Regels(Strikt):
    """Everything that a call announces."""

    ronde: Algemeen
    opgaven: list[Opgave] = Field(min_length=1)
    criteria: list[Criterium] = Field(min_length=1)
    verdeling: Verdeling
    termijnen: Termijnen
    indienen: Indienen
    advies: Advies
    beoordeling: Beoordeling
    financien: list[Post] = Field(min_length=1)

    @model_validator(mode="after")
    def _samenhang(self) -> Self:
        fouten = [*self._gelijke_stand(), *self._ankers(), *self._dubbel(), *self._geld()]
        if fouten:
            raise ValueError("; ".join(fouten))
        return self

    @field_validator("criteria")
    @classmethod
    def _honderd(cls, criteria: list[Criterium]) -> list[Criterium]:
        """On the field itself, so that it is reported beside faults elsewhere."""
        som = sum(c.gewicht for c in criteria)
        if som != 100:
            raise ValueError(f"de gewichten van de criteria zijn samen {som} %; maak er 100 % van")
        return criteria

    def _gelijke_stand(self) -> list[str]:
        onbekend = set(self.verdeling.gelijke_stand) - {c.sleutel for c in self.criteria}
        return [f"verdeling.gelijke_stand noemt '{s}', maar dat criterium bestaat niet" for s in sorted(onbekend)]

    def _ankers(self) -> list[str]:
        waarden = {str(w) for w in self.verdeling.schaal.waarden()}
        return [
            f"criterium '{c.sleutel}': geef bij elke score ({', '.join(sorted(waarden, key=int))}) een anker"
            for c in self.criteria
            if set(c.ankers) != waarden
        ]

    def _dubbel(self) -> list[str]:
        lijsten: dict[str, Sequence[Opgave | Criterium | Vormvereiste]] = {
            "opgaven": self.opgaven,
            "criteria": self.criteria,
            "vormvereisten": self.indienen.vormvereisten,
        }
        return [
            f"{naam}: de sleutel '{s}' staat er twee keer"
            for naam, lijst in lijsten.items()
            for s in sorted({x.sleutel for x in lijst if [y.sleutel for y in lijst].count(x.sleutel) > 1})
        ]

    def _geld(self) -> list[str]:
        v, dekking = self.verdeling, sum(p.bedrag_euro for p in self.financien)
        fouten = []
        if v.maximum_per_voorstel_euro > v.plafond_euro:
            fouten.append("verdeling: het maximum per voorstel is hoger dan het subsidieplafond")
        if dekking < v.plafond_euro:
            fouten.append(f"financien: er is dekking voor {dekking} euro, maar het plafond is {v.plafond_euro} euro")
        return fouten

    def criterium(self, sleutel: str) -> Criterium:
        return next(c for c in self.criteria if c.sleutel == sleutel)

    def canoniek(self) -> str:
        """One text for one meaning: sorted keys, no white space; what the hash is taken of."""
        return canoniek(self.model_dump(mode="json"))

    def hash(self) -> str:
        """SHA-256 of the canonical text, 64 hex digits."""
        return canonieke_hash(self.model_dump(mode="json"))


def canoniek(waarde: Any) -> str:
    """JSON with sorted keys and without white space, so that equal data have equal bytes."""
    return json.dumps(waarde, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonieke_hash(waarde: Any) -> str:
    """SHA-256 of the canonical JSON, 64 hex digits: one fingerprint for rules, rankings, plans and log lines."""
    return hashlib.sha256(canoniek(waarde).encode()).hexdigest()
