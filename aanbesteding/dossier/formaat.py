"""File formats by their PRONOM number (PUID, nationalarchives.gov.uk/pronom), read from the file itself.

A document that was made under other settings, or before a change of format, must be described as it is and
not as it should be.
"""

import io
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class Formaat:
    """`puid` is empty where PRONOM has none, or where the file cannot be read."""

    label: str
    puid: str = ""


_PDFA = {
    "1A": "fmt/95", "1B": "fmt/354", "2A": "fmt/476", "2B": "fmt/477", "2U": "fmt/478",
    "3A": "fmt/479", "3B": "fmt/480", "3U": "fmt/481",
}  # fmt: skip
_PDF = {"1.4": "fmt/18", "1.5": "fmt/19", "1.6": "fmt/20", "1.7": "fmt/276", "2.0": "fmt/1129"}
JSON = Formaat("JSON Data Interchange Format", "fmt/817")
TEKST = Formaat("Plain Text File (JSON Lines, UTF-8)", "x-fmt/111")
ONBEKEND = Formaat("Onbekend: het bestand is geen leesbare PDF")


def pdf_formaat(inhoud: bytes) -> Formaat:
    """The format of a PDF: PDF/A part and level if it claims one, else its PDF version."""
    try:
        with pikepdf.open(io.BytesIO(inhoud)) as pdf:
            with pdf.open_metadata() as xmp:
                niveau = xmp.pdfa_status
            versie = str(pdf.pdf_version)
    except pikepdf.PdfError:
        return ONBEKEND
    if niveau.upper() in _PDFA:
        return Formaat(f"Acrobat PDF/A - Portable Document Format {niveau.lower()}", _PDFA[niveau.upper()])
    return Formaat(f"Acrobat PDF {versie} - Portable Document Format", _PDF.get(versie, ""))
