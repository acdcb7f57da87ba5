"""What a file is, by its own bytes: a name can say anything. Pure.

Only kinds that an assessor can open safely. A virus scanner is not part of this: that is the work of the mail and
file filter of the municipality.
"""

import io
import re
import zipfile

MEESTE_BYTES = 10_000_000
MEESTE_SAMEN = 25_000_000
MEESTE_BESTANDEN = 20
MEESTE_UITGEPAKT = 200_000_000
"""Of a Word or Excel file: more is a trap for who opens it."""
MEDIATYPEN = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "csv": "text/csv",
}
LEESBAAR = "pdf, docx, xlsx, png, jpg, txt en csv"
_KOPPEN = (("pdf", b"%PDF-"), ("png", b"\x89PNG\r\n\x1a\n"), ("jpg", b"\xff\xd8\xff"))
_KERN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def soort_van(inhoud: bytes, naam: str) -> str:
    """Key of MEDIATYPEN, or '' for something else. Text has no mark of its own: there the name decides."""
    for soort, kop in _KOPPEN:
        if inhoud.startswith(kop):
            return soort
    if inhoud.startswith(b"PK\x03\x04"):
        return _kantoor(inhoud)
    uitgang = naam.rpartition(".")[2].lower()
    return uitgang if uitgang in ("txt", "csv") and _is_tekst(inhoud) else ""


def _kantoor(inhoud: bytes) -> str:
    """A Word or Excel file without macros, or ''."""
    try:
        delen = zipfile.ZipFile(io.BytesIO(inhoud)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    namen = {d.filename for d in delen}
    if any(n.lower().endswith("vbaproject.bin") for n in namen) or sum(d.file_size for d in delen) > MEESTE_UITGEPAKT:
        return ""
    return next((soort for soort, deel in _KERN.items() if deel in namen), "")


def _is_tekst(inhoud: bytes) -> bool:
    try:
        return "\x00" not in inhoud.decode("utf-8")
    except UnicodeDecodeError:
        return False


def nette_naam(naam: str, soort: str) -> str:
    """A name without folders and odd signs, with the ending of what the file really is."""
    laatste = re.split(r"[\\/]", naam)[-1]
    stam = laatste.rpartition(".")[0] or laatste
    kaal = re.sub(r"\s+", " ", re.sub(r"[^\w .()-]", "-", stam)).strip(" .-()")
    return f"{kaal[:90] or 'bestand'}.{soort}"
