"""Our own fields in a PDF's XMP metadata: one list for whoever writes them and whoever reads them."""

from dataclasses import dataclass

ONS = "urn:aanbesteding:document:1.0#"
"""XMP namespace of our own fields; a change of meaning gets a new version number."""


@dataclass(frozen=True)
class Veld:
    """An XMP field: name, XMP value type, category ('internal' or 'external') and what it holds."""

    naam: str
    soort: str
    categorie: str
    uitleg: str


ONZE_VELDEN = (
    Veld("soort", "Text", "external", "Documentsoort, bijvoorbeeld collegevoorstel-selectie"),
    Veld("kenmerk", "Text", "external", "Eigen kenmerk van dit document"),
    Veld("openbaar", "Boolean", "external", "Of het document voor iedereen is"),
    Veld("zaaknummer", "Text", "external", "Zaaknummer van de ronde bij de gemeente"),
    Veld("ronde", "Text", "external", "Kenmerk van de ronde maatschappelijk aanbesteden"),
    Veld("poort", "Text", "external", "Poort van de procedure waarbij het document is gemaakt"),
    Veld("regelsHash", "Text", "external", "SHA-256 (hexadecimaal) van de regels van de ronde"),
)
