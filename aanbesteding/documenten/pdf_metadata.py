"""What a PDF says about itself: one XMP packet that claims PDF/A and PDF/UA-1 and carries our own fields.

PDF/A allows fields outside its own list only with an extension schema in the same packet (ISO 19005-2 and -3,
6.6.2.3.3). We give one for PDF/UA's identification and one for ours, so that an archive that knows nothing of us
can still read what `zaaknummer` is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from weasyprint import VERSION
from weasyprint.document import DocumentMetadata

from .opdracht import Opdracht
from .pdf_velden import ONS, ONZE_VELDEN, Veld

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
XMP = "http://ns.adobe.com/xap/1.0/"
PDF = "http://ns.adobe.com/pdf/1.3/"
PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
UITBREIDING = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
EIGENSCHAP = "http://www.aiim.org/pdfa/ns/property#"
TAAL = "{http://www.w3.org/XML/1998/namespace}lang"

UA_DEEL = 1
"""Part of ISO 14289 that our documents meet."""

# PDF/A reads these prefixes literally; WeasyPrint registers the others.
for _voorvoegsel, _ruimte in (
    ("pdfaExtension", UITBREIDING),
    ("pdfaSchema", SCHEMA),
    ("pdfaProperty", EIGENSCHAP),
    ("aanbesteding", ONS),
):
    register_namespace(_voorvoegsel, _ruimte)


@dataclass(frozen=True)
class Schema:
    """An XMP schema that PDF/A does not know: its name, namespace, prefix and fields."""

    naam: str
    ruimte: str
    voorvoegsel: str
    velden: tuple[Veld, ...]


SCHEMAS = (
    Schema(
        "PDF/UA Universal Accessibility Schema",
        PDFUA,
        "pdfuaid",
        (Veld("part", "Integer", "internal", "Part of ISO 14289 to which the document conforms"),),
    ),
    Schema("Document van een ronde maatschappelijk aanbesteden", ONS, "aanbesteding", ONZE_VELDEN),
)


def onze_waarden(opdracht: Opdracht) -> dict[str, str]:
    """The values of our own fields, by name; a field that the data do not give is left out, never empty."""
    ronde, document = (opdracht.gegevens.get(deel) or {} for deel in ("ronde", "document"))
    waarden = {
        "soort": opdracht.soort,
        "kenmerk": opdracht.kenmerk,
        "openbaar": str(opdracht.openbaar),
        "zaaknummer": ronde.get("zaaknummer"),
        "ronde": ronde.get("kenmerk"),
        "poort": document.get("poort"),
        "regelsHash": document.get("regels_hash"),
    }
    return {naam: str(waarde) for naam, waarde in waarden.items() if waarde}


class Metadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint has no types
    """WeasyPrint's own metadata of a document, written as the XMP that our archive needs.

    `generate_rdf_metadata` is WeasyPrint's documented hook for this.
    """

    @classmethod
    def van(cls, gelezen: DocumentMetadata, waarden: dict[str, str]) -> "Metadata":
        """What WeasyPrint read from the HTML head, with the values of our own fields."""
        nieuw = cls()
        nieuw.__dict__.update(gelezen.__dict__)
        nieuw.waarden = waarden
        return nieuw

    eigen_structuur = True
    """Asks pdf_structuur/haak.py for our structure tree instead of WeasyPrint's."""
    waarden: dict[str, str]

    def include_in_pdf(self, pdf: Any, variant: str, version: int, conformance: str, compress: bool) -> None:
        """Never compressed: an archive may look for the packet without knowing PDF (ISO 19005-3, 6.6.2.1)."""
        super().include_in_pdf(pdf, variant, version, conformance, compress=False)

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """The whole RDF, as UTF-8. `version` and `conformance` are those of PDF/A, e.g. 3 and 'A'."""
        rdf = Element(f"{{{RDF}}}RDF")
        beschrijving = SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
        for ruimte, naam, waarde in self._enkelvoudig(version, conformance):
            if waarde:
                SubElement(beschrijving, f"{{{ruimte}}}{naam}").text = waarde
        for naam, waarde in (("title", self.title), ("description", self.description)):
            if waarde:
                _rij(beschrijving, naam, "Alt", [waarde]).set(TAAL, "x-default")
        if self.authors:
            _rij(beschrijving, "creator", "Seq", self.authors)
        _rij(beschrijving, "language", "Bag", [self.lang or ""])
        _uitbreidingen(rdf)
        tekst: bytes = tostring(rdf, encoding="utf-8")
        return tekst

    def _enkelvoudig(self, version: int, conformance: str) -> Iterator[tuple[str, str, str | None]]:
        yield PDFA, "part", str(version)
        yield PDFA, "conformance", conformance
        yield PDFUA, "part", str(UA_DEEL)
        yield DC, "format", "application/pdf"
        yield PDF, "Producer", f"WeasyPrint {VERSION}"
        yield PDF, "Keywords", ", ".join(self.keywords)
        yield XMP, "CreatorTool", self.generator
        yield XMP, "CreateDate", self.created
        yield XMP, "ModifyDate", self.modified
        yield XMP, "MetadataDate", self.modified
        for veld in ONZE_VELDEN:
            yield ONS, veld.naam, self.waarden.get(veld.naam)


def _rij(boven: Element, naam: str, soort: str, waarden: list[str]) -> Element:
    """dc:naam with an RDF container (Alt, Seq or Bag) of these values; gives the last item back."""
    reeks = SubElement(SubElement(boven, f"{{{DC}}}{naam}"), f"{{{RDF}}}{soort}")
    for waarde in waarden:
        item = SubElement(reeks, f"{{{RDF}}}li")
        item.text = waarde
    return item


def _uitbreidingen(rdf: Element) -> None:
    """Describe every schema that PDF/A does not know itself."""
    beschrijving = SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    zak = SubElement(SubElement(beschrijving, f"{{{UITBREIDING}}}schemas"), f"{{{RDF}}}Bag")
    for schema in SCHEMAS:
        deel = _bron(zak)
        SubElement(deel, f"{{{SCHEMA}}}schema").text = schema.naam
        SubElement(deel, f"{{{SCHEMA}}}namespaceURI").text = schema.ruimte
        SubElement(deel, f"{{{SCHEMA}}}prefix").text = schema.voorvoegsel
        reeks = SubElement(SubElement(deel, f"{{{SCHEMA}}}property"), f"{{{RDF}}}Seq")
        for veld in schema.velden:
            _beschrijf(_bron(reeks), veld)


def _bron(boven: Element) -> Element:
    return SubElement(boven, f"{{{RDF}}}li", {f"{{{RDF}}}parseType": "Resource"})


def _beschrijf(deel: Element, veld: Veld) -> None:
    SubElement(deel, f"{{{EIGENSCHAP}}}name").text = veld.naam
    SubElement(deel, f"{{{EIGENSCHAP}}}valueType").text = veld.soort
    SubElement(deel, f"{{{EIGENSCHAP}}}category").text = veld.categorie
    SubElement(deel, f"{{{EIGENSCHAP}}}description").text = veld.uitleg
