"""What people hand in, as data: a proposal, a full plan, a measuring plan, a progress report, a memo's texts.

Field lists: kennis/domein.md 1.1–1.2 (collegevoorstel, D1–D15), after the documents that Dutch
municipalities use. Money is whole euros where people type it; the database keeps cents.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from .regels import Sleutel, Strikt, Tekst

Dekkingsbron = Literal["gemeente", "eigen bijdrage", "fonds", "in natura"]
Uitkomst = Literal["conform", "gewijzigd", "aangehouden", "ingetrokken"]


class Begrotingspost(Strikt):
    omschrijving: Tekst
    bedrag_euro: Annotated[int, Field(ge=0)]
    bron: Dekkingsbron
    oud_voor_nieuw: bool = False


class Vertrouwelijk(Strikt):
    """A passage that the applicant wants kept out of public documents, with the reason (Woo art. 5.1)."""

    passage: Tekst
    reden: Tekst


Bijlagesoort = Literal["partnerverklaring", "begroting", "kaart", "overig"]


class Bijlage(Strikt):
    """An attachment: its text itself, or the SHA-256 of a file that the coalition uploaded (model Bestand)."""

    naam: Annotated[str, Field(pattern=r"^[\w][\w .()-]{0,99}\.(pdf|txt|csv|xlsx|docx|png|jpg)$")]
    soort: Bijlagesoort
    tekst: str = ""
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""

    @model_validator(mode="after")
    def _een_van_beide(self) -> Self:
        if bool(self.tekst) == bool(self.sha256):
            raise ValueError("een bijlage heeft een tekst of een bestand; geef er precies één")
        return self

    @model_serializer(mode="wrap")
    def _zonder_leeg(self, maak: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The half that is empty stays out, so that a text attachment keeps the hash that it always had."""
        return {k: w for k, w in maak(self).items() if w or k not in ("tekst", "sha256")}


class VoorstelInhoud(Strikt):
    """A proposal of a coalition. Formal parts may be empty: a gap is repaired, not refused (Awb 4:5)."""

    titel: Annotated[str, Field(min_length=5, max_length=100)]
    samenvatting: str = ""
    probleem: Tekst
    aanpak: Tekst
    vernieuwing: Tekst
    samenwerking: Tekst
    inwoners: str = ""
    resultaat: Tekst
    gebied: Tekst
    planning: str = ""
    begroting: list[Begrotingspost] = []
    vertrouwelijk: list[Vertrouwelijk] = []
    bijlagen: list[Bijlage] = []

    def gevraagd_euro(self) -> int:
        return sum(p.bedrag_euro for p in self.begroting if p.bron == "gemeente")

    def woorden(self) -> int:
        velden = (self.samenvatting, self.probleem, self.aanpak, self.vernieuwing, self.samenwerking,
                  self.inwoners, self.resultaat, self.planning)  # fmt: skip
        return sum(len(v.split()) for v in velden)


class Aanvulling(Strikt):
    """The repair of a formal gap: only formal parts, never better content (domein.md D5)."""

    samenvatting: str | None = None
    inwoners: str | None = None
    planning: str | None = None
    begroting: list[Begrotingspost] | None = None
    bijlagen: list[Bijlage] | None = None


class Verandertheorie(Strikt):
    input: list[Tekst] = Field(min_length=1)
    activiteiten: list[Tekst] = Field(min_length=1)
    output: list[Tekst] = Field(min_length=1)
    uitkomsten: list[Tekst] = Field(min_length=1)
    effect: list[Tekst] = Field(min_length=1)
    aannames: list[Tekst] = Field(min_length=1)


class Taak(Strikt):
    partner: Tekst
    taak: Tekst
    inbreng_euro: Annotated[int, Field(ge=0)] = 0
    inbreng_uren: Annotated[int, Field(ge=0)] = 0
    inbreng_natura: str = ""


class Mijlpaal(Strikt):
    datum: date
    tekst: Tekst


class Risico(Strikt):
    risico: Tekst
    beheersing: Tekst


class PlanInhoud(Strikt):
    """The full plan of a selected coalition (domein.md D12)."""

    titel: Tekst
    samenvatting: Tekst
    probleem: Tekst
    doelgroep: Tekst
    gebied: Tekst
    verandertheorie: Verandertheorie
    taken: list[Taak] = Field(min_length=1)
    inwoners: Tekst
    planning: list[Mijlpaal] = Field(min_length=1)
    begroting: list[Begrotingspost] = Field(min_length=1)
    risicos: list[Risico] = Field(min_length=1)
    borging: Tekst
    gegevensbescherming: Tekst
    wie_doet_niet_mee: Tekst
    einde: Tekst
    methode: str = ""
    bewijsniveau: Literal["geen", "goed beschreven", "goed onderbouwd", "effectief"] = "geen"

    def gevraagd_euro(self) -> int:
        return sum(p.bedrag_euro for p in self.begroting if p.bron == "gemeente")


Periode = Annotated[str, Field(pattern=r"^\d{4}(-[12]|-K[1-4])?$")]
"""A wave: a year (2012), a half-year (2012-1, 2012-2) or a quarter (2012-K3); see kern/perioden.py."""


class Breuk(Strikt):
    """From this wave on the figures are made in another way (CBS: trendbreuk), so they cannot be compared."""

    vanaf: Periode
    toelichting: Tekst


class Eerder(Strikt):
    """A figure of before the pilot, measured in the same way: shows how an area moves by itself."""

    gebied: Tekst
    periode: Periode
    waarde: float


class Indicator(Strikt):
    """One indicator as agreed beforehand. `schaal` None: read from the unit. `spreiding`: SD between respondents."""

    sleutel: Sleutel
    titel: Tekst
    definitie: Tekst
    eenheid: Tekst
    richting: Literal["omhoog", "omlaag"]
    bron: Tekst
    frequentie: Tekst
    nulstand: Tekst
    streef: Tekst
    relevant_effect: Annotated[float, Field(gt=0)]
    primair: bool = True
    catalogus: str = ""
    bronsoort: Literal["vragenlijst", "registratie", "open data"] = "vragenlijst"
    ritme: Literal["jaar", "halfjaar", "kwartaal"] = "halfjaar"
    schaal: Literal["procent", "aandeel", "gemiddelde", "aantal"] | None = None
    laagste: float | None = None
    hoogste: float | None = None
    decimalen: Annotated[int, Field(ge=0, le=4)] = 1
    spreiding: Annotated[float, Field(gt=0)] | None = None
    modelcijfers: bool = False
    breuken: list[Breuk] = []
    eerder: Annotated[list[Eerder], Field(max_length=5000)] = []

    def in_procenten(self) -> bool:
        return self.schaal == "procent" or (self.schaal is None and self.eenheid.startswith(("%", "procent")))


class Samenvoeging(Strikt):
    """Areas that the municipality or CBS joined: earlier figures of the parts count together as the new area."""

    nieuw: Tekst
    oud: list[Tekst] = Field(min_length=2)
    vanaf: Periode


class Gebiedsloting(Strikt):
    """How pilot areas were drawn, so that anybody can draw again (kern/loting.py)."""

    kandidaten: list[Tekst] = Field(min_length=2)
    aantal: Annotated[int, Field(ge=1)]
    bronnen: list[Tekst] = Field(min_length=1)
    uitkomst: list[Tekst] = Field(min_length=1)
    """The areas that were drawn, in order: the first starts first."""
    getrokken_op: date
    aangekondigd_op: date | None = None
    lijst_sha256: str = ""
    sleutel: str = ""
    """The key of RFC 3797: with the list it gives the draw again."""


class Meetplan(Strikt):
    """Registered before the pilot starts (kennis/effect.md): at most three primary indicators.

    startperioden: pilot area -> first wave in which the pilot works there, where that differs from
    `startperiode` (staggered start). codes: area -> code in the source (CBS: BU05560101, WK055601, GM0556).
    """

    indicatoren: list[Indicator] = Field(min_length=1)
    pilotgebieden: list[Tekst] = Field(min_length=1)
    vergelijkingsgebieden: list[Tekst] = []
    keuze_gebieden: Literal["loting", "gespreide start", "behoefte", "aanbod"]
    keuze_toelichting: Tekst
    keuze_vergelijking: str = ""
    startperiode: Periode
    """First wave in which the pilot can work, e.g. 2012-2."""
    startperioden: dict[Tekst, Periode] = {}
    samenvoegingen: list[Samenvoeging] = []
    codes: dict[Tekst, Tekst] = {}
    loting: Gebiedsloting | None = None
    respondenten_per_gebied: Annotated[int, Field(ge=0)]
    metingen_vooraf: Annotated[int, Field(ge=0, le=40)] = 0
    """Waves of earlier years that already exist, made in the same way as those of the pilot."""

    def start(self, gebied: str) -> str:
        return self.startperioden.get(gebied, self.startperiode)

    def gebieden(self) -> list[str]:
        return [*self.pilotgebieden, *self.vergelijkingsgebieden]


class Voortgangsinhoud(Strikt):
    stand: Literal["op schema", "kleine achterstand", "grote achterstand"]
    samenvatting: Tekst
    bereikt: list[Tekst] = Field(min_length=1)
    niet_gelukt: list[Tekst] = []
    uren: Annotated[int, Field(ge=0)]
    deelnemers: Annotated[int, Field(ge=0)]
    activiteiten: Annotated[int, Field(ge=0)]
    vrijwilligers: Annotated[int, Field(ge=0)] = 0
    bijeenkomsten: Annotated[int, Field(ge=0)] | None = None
    """Exchange meetings with other coalitions: one of the incentives that the city wants to learn about."""
    besteed_euro: Annotated[int, Field(ge=0)]
    verhaal: Tekst
    komende_periode: Tekst
    vraag_aan_gemeente: str = ""


class Duiding(Strikt):
    """Contribution story beside the number: how partners and residents read it, what else may explain it."""

    mechanisme: Tekst
    andere_verklaringen: list[Tekst] = Field(min_length=1)
    partners: Tekst
    inwoners: Tekst
    vervolg: Tekst


class Onderbouwing(Strikt):
    """A full-sentence claim with its explanation, numbered after the decision point that it supports."""

    bij: Annotated[int, Field(ge=1)]
    stelling: Tekst
    toelichting: Tekst


class Kanttekening(Strikt):
    bij: Annotated[int, Field(ge=1)]
    stelling: Tekst
    beheersing: Tekst


class Paraaf(Strikt):
    wie: Tekst
    oordeel: Literal["akkoord", "akkoord met opmerking"]
    opmerking: str = ""


class Collegetekst(Strikt):
    """The parts of a collegevoorstel that a person writes; numbers and rankings come from the database."""

    onderwerp: Annotated[str, Field(min_length=5, max_length=120)]
    samenvatting: Tekst
    beslispunten: list[Tekst] = Field(min_length=1)
    inleiding: Tekst
    beoogd_effect: Tekst
    argumenten: list[Onderbouwing] = Field(min_length=1)
    kanttekeningen: list[Kanttekening] = Field(min_length=1)
    alternatieven: list[Onderbouwing] = Field(min_length=1)
    financien: Tekst
    capaciteit: str = ""
    juridisch: Tekst
    participatie: Tekst
    inclusie: str = ""
    communicatie: Tekst
    monitoring: Tekst
    route: Tekst
    openbaarheid: Tekst = "openbaar na het besluit van het college"
    parafen: list[Paraaf] = []
    vergadering: date | None = None
    """The day of the meeting on the release of the call; the call itself announces the days of the later ones."""


class Les(Strikt):
    les: Tekst
    waarom: Tekst
    volgende_ronde: Tekst
    bron: str = ""


class Evaluatie(Strikt):
    samenvatting: Tekst
    verloop: Tekst
    deelnemers: Tekst
    samenwerking: Tekst
    prikkels: list[Les] = []
    lessen: list[Les] = Field(min_length=1)
    oordeel_partners: Tekst
    oordeel_inwoners: Tekst
    vervolg: Tekst
