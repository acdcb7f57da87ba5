"""MDTO-XML 1.0.1 (Metagegevens Duurzaam Toegankelijke Overheidsinformatie, Nationaal Archief): the building blocks.

Element names, their order and their types follow MDTO-XML1.0.1.xsd; the names of the concept lists follow the
examples of the Nationaal Archief. This file knows XML and nothing of rounds; metagegevens.py fills it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{NAMESPACE} https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd"

_VERBODEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, such as control characters in a pasted title."""


@dataclass(frozen=True)
class Kenmerk:
    """identificatieGegevens: a reference and the system that gave it."""

    kenmerk: str
    bron: str


@dataclass(frozen=True)
class Verwijzing:
    naam: str
    kenmerk: Kenmerk | None = None


@dataclass(frozen=True)
class Begrip:
    label: str
    lijst: str
    code: str = ""


@dataclass(frozen=True)
class Termijn:
    """termijnGegevens; `looptijd` in years. Without `start` there is no end date either."""

    trigger: Begrip
    looptijd: int
    start: date | None = None
    einde: date | None = None


@dataclass(frozen=True)
class Gebeurtenis:
    soort: Begrip
    moment: datetime
    actor: Verwijzing
    resultaat: str


@dataclass(frozen=True)
class Beperking:
    soort: Begrip
    beschrijving: str


@dataclass(frozen=True)
class Informatieobject:
    """What the schema calls informatieobject; the fields stand in the order of the schema."""

    identificatie: Kenmerk
    naam: str
    aggregatieniveau: Begrip
    classificatie: Begrip
    trefwoorden: Sequence[str]
    omschrijving: str
    dekking: tuple[Begrip, date, date | None]
    ruimte: Verwijzing
    gebeurtenissen: Sequence[Gebeurtenis]
    waardering: Begrip
    bewaartermijn: Termijn | None
    informatiecategorie: Begrip
    onderdeel_van: Verwijzing | None
    bevat: Sequence[Verwijzing]
    representaties: Sequence[Verwijzing]
    archiefvormer: Verwijzing
    betrokkenen: Sequence[tuple[Begrip, Verwijzing]]
    activiteit: Verwijzing
    beperking: Beperking


@dataclass(frozen=True)
class Bestand:
    """What the schema calls bestand; `sha256` was taken at `gemeten_op`."""

    identificatie: Kenmerk
    naam: str
    omvang: int
    formaat: Begrip
    sha256: str
    gemeten_op: datetime
    representatie_van: Verwijzing


def informatieobject_xml(o: Informatieobject) -> bytes:
    """The XML of one information object, UTF-8, with its declaration."""
    wortel, knoop = _wortel("informatieobject")
    _kenmerk(knoop, "identificatie", o.identificatie)
    _tekst(knoop, "naam", o.naam)
    _begrip(knoop, "aggregatieniveau", o.aggregatieniveau)
    _begrip(knoop, "classificatie", o.classificatie)
    for woord in o.trefwoorden:
        _tekst(knoop, "trefwoord", woord)
    _tekst(knoop, "omschrijving", o.omschrijving)
    _dekking(knoop, *o.dekking)
    _verwijzing(knoop, "dekkingInRuimte", o.ruimte)
    _tekst(knoop, "taal", "nl")
    for g in o.gebeurtenissen:
        _gebeurtenis(knoop, g)
    _bewaren(knoop, o)
    _relaties(knoop, o)
    return _bytes(wortel)


def _bewaren(knoop: Any, o: Informatieobject) -> None:
    _begrip(knoop, "waardering", o.waardering)
    if o.bewaartermijn:
        _termijn(knoop, o.bewaartermijn)
    _begrip(knoop, "informatiecategorie", o.informatiecategorie)


def _relaties(knoop: Any, o: Informatieobject) -> None:
    if o.onderdeel_van:
        _verwijzing(knoop, "isOnderdeelVan", o.onderdeel_van)
    for naam, doelen in (("bevatOnderdeel", o.bevat), ("heeftRepresentatie", o.representaties)):
        for doel in doelen:
            _verwijzing(knoop, naam, doel)
    _verwijzing(knoop, "archiefvormer", o.archiefvormer)
    for relatie, actor in o.betrokkenen:
        groep = _sub(knoop, "betrokkene")
        _begrip(groep, "betrokkeneTypeRelatie", relatie)
        _verwijzing(groep, "betrokkeneActor", actor)
    _verwijzing(knoop, "activiteit", o.activiteit)
    groep = _sub(knoop, "beperkingGebruik")
    _begrip(groep, "beperkingGebruikType", o.beperking.soort)
    _tekst(groep, "beperkingGebruikNadereBeschrijving", o.beperking.beschrijving)


def bestand_xml(b: Bestand) -> bytes:
    """The XML of one file, UTF-8, with its declaration."""
    wortel, knoop = _wortel("bestand")
    _kenmerk(knoop, "identificatie", b.identificatie)
    _tekst(knoop, "naam", b.naam)
    _tekst(knoop, "omvang", str(b.omvang))
    _begrip(knoop, "bestandsformaat", b.formaat)
    som = _sub(knoop, "checksum")
    _begrip(som, "checksumAlgoritme", Begrip("SHA256", "Begrippenlijst ChecksumAlgoritme MDTO"))
    _tekst(som, "checksumWaarde", b.sha256)
    _tekst(som, "checksumDatum", _moment(b.gemeten_op))
    _verwijzing(knoop, "isRepresentatieVan", b.representatie_van)
    return _bytes(wortel)


def _wortel(naam: str) -> tuple[Any, Any]:
    wortel = etree.Element(f"{{{NAMESPACE}}}MDTO", nsmap={None: NAMESPACE, "xsi": _XSI})
    wortel.set(f"{{{_XSI}}}schemaLocation", _SCHEMA)
    return wortel, _sub(wortel, naam)


def _bytes(wortel: Any) -> bytes:
    uit: bytes = etree.tostring(wortel, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return uit


def _sub(ouder: Any, naam: str) -> Any:
    return etree.SubElement(ouder, f"{{{NAMESPACE}}}{naam}")


def _tekst(ouder: Any, naam: str, waarde: str) -> None:
    _sub(ouder, naam).text = _VERBODEN.sub(" ", waarde)


def _kenmerk(ouder: Any, naam: str, k: Kenmerk) -> None:
    groep = _sub(ouder, naam)
    _tekst(groep, "identificatieKenmerk", k.kenmerk)
    _tekst(groep, "identificatieBron", k.bron)


def _verwijzing(ouder: Any, naam: str, v: Verwijzing) -> None:
    groep = _sub(ouder, naam)
    _tekst(groep, "verwijzingNaam", v.naam)
    if v.kenmerk:
        _kenmerk(groep, "verwijzingIdentificatie", v.kenmerk)


def _begrip(ouder: Any, naam: str, b: Begrip) -> None:
    groep = _sub(ouder, naam)
    _tekst(groep, "begripLabel", b.label)
    if b.code:
        _tekst(groep, "begripCode", b.code)
    _verwijzing(groep, "begripBegrippenlijst", Verwijzing(b.lijst))


def _dekking(ouder: Any, soort: Begrip, begin: date, einde: date | None) -> None:
    groep = _sub(ouder, "dekkingInTijd")
    _begrip(groep, "dekkingInTijdType", soort)
    _tekst(groep, "dekkingInTijdBegindatum", begin.isoformat())
    if einde:
        _tekst(groep, "dekkingInTijdEinddatum", einde.isoformat())


def _gebeurtenis(ouder: Any, g: Gebeurtenis) -> None:
    groep = _sub(ouder, "event")
    _begrip(groep, "eventType", g.soort)
    _tekst(groep, "eventTijd", _moment(g.moment))
    _verwijzing(groep, "eventVerantwoordelijkeActor", g.actor)
    _tekst(groep, "eventResultaat", g.resultaat)


def _termijn(ouder: Any, t: Termijn) -> None:
    groep = _sub(ouder, "bewaartermijn")
    _begrip(groep, "termijnTriggerStartLooptijd", t.trigger)
    if t.start:
        _tekst(groep, "termijnStartdatumLooptijd", t.start.isoformat())
    _tekst(groep, "termijnLooptijd", f"P{t.looptijd}Y")
    if t.einde:
        _tekst(groep, "termijnEinddatum", t.einde.isoformat())


def _moment(m: datetime) -> str:
    """xsd:dateTime with its zone, to the second."""
    if m.utcoffset() is None:
        raise ValueError("een moment in MDTO heeft een tijdzone nodig")
    return m.isoformat(timespec="seconds")
