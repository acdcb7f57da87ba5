"""Reads from a finished PDF what pdf_metadata.py wrote into it, and its attachments. Needs no WeasyPrint."""

import io
from dataclasses import dataclass

import pikepdf

from aanbesteding.fouten import Invoerfout

from .pdf_velden import ONS

_DC_TITEL = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True)
class PdfKenmerken:
    """What a document says about itself. A field that the document does not have is ''.

    `regels_hash` is 64 hex digits; `bijlagen` holds (file name, content) in order of name.
    """

    titel: str
    soort: str
    kenmerk: str
    openbaar: bool
    zaaknummer: str
    ronde: str
    poort: str
    regels_hash: str
    bijlagen: tuple[tuple[str, bytes], ...]


def lees_kenmerken(inhoud: bytes) -> PdfKenmerken:
    """The fields of one of our PDFs, sealed or not.

    Raises Invoerfout for bytes that are no readable PDF, and for a PDF that this program did not make.
    """
    try:
        with pikepdf.open(io.BytesIO(inhoud)) as pdf:
            return _uit(pdf)
    except pikepdf.PasswordError as fout:
        raise Invoerfout("Deze pdf heeft een wachtwoord. Geef een pdf zonder wachtwoord.") from fout
    except pikepdf.PdfError as fout:
        raise Invoerfout("Dit is geen leesbare pdf. Misschien is het bestand beschadigd of niet compleet.") from fout


def _uit(pdf: pikepdf.Pdf) -> PdfKenmerken:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        titel = str(xmp.get(_DC_TITEL, ""))
        waarden = {sleutel.removeprefix(f"{{{ONS}}}"): str(xmp[sleutel]) for sleutel in xmp if ONS in sleutel}
    if not {"soort", "kenmerk", "openbaar"} <= set(waarden):
        raise Invoerfout("Deze pdf is niet met dit programma gemaakt: de kenmerken van een ronde ontbreken.")
    return PdfKenmerken(
        titel=titel,
        soort=waarden["soort"],
        kenmerk=waarden["kenmerk"],
        openbaar=waarden["openbaar"] == "True",
        zaaknummer=waarden.get("zaaknummer", ""),
        ronde=waarden.get("ronde", ""),
        poort=waarden.get("poort", ""),
        regels_hash=waarden.get("regelsHash", ""),
        bijlagen=tuple((naam, pdf.attachments[naam].get_file().read_bytes()) for naam in sorted(pdf.attachments)),
    )
