"""From a PDF as it lies on someone's table back to the bytes that the archive knows, and what it says of itself.

An update to a PDF is written after the old bytes, each revision ending with `%%EOF`. So the unsealed document is
a prefix of the sealed one; the hash of every such prefix is a candidate. That works also when the seal was
stripped or damaged, and it needs no parser, which a hostile file could mislead.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
from pikepdf.models.metadata import decode_pdf_date

EINDE = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")
MEESTE_REVISIES = 64


@dataclass(frozen=True)
class Revisie:
    """A prefix of the file that ends as a PDF ends."""

    lengte: int
    sha256: str


@dataclass(frozen=True)
class Opschrift:
    """What the metadata of a PDF say. `woorden` are the pieces of subject and keywords; a reference is one of them."""

    titel: str = ""
    gemaakt: datetime | None = None
    woorden: frozenset[str] = frozenset()


def revisies(inhoud: bytes) -> list[Revisie]:
    """The whole file first, then its revisions from new to old (at most 64: more is no document of ours)."""
    grenzen: set[int] = set()
    for vondst in list(EINDE.finditer(inhoud))[:MEESTE_REVISIES]:
        grenzen |= {vondst.start() + len(b"%%EOF"), vondst.end()}
    som, vorige, uit = hashlib.sha256(), 0, []
    for grens in sorted(grenzen | {len(inhoud)}):
        som.update(inhoud[vorige:grens])
        uit.append(Revisie(grens, som.hexdigest()))
        vorige = grens
    return uit[::-1]


def lees_opschrift(inhoud: bytes) -> Opschrift:
    """Empty where the file is too damaged to be read."""
    try:
        with pikepdf.open(io.BytesIO(inhoud)) as pdf:
            velden = {str(k): str(v) for k, v in pdf.docinfo.items()}
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return Opschrift()
    tekst = f"{velden.get('/Subject', '')}, {velden.get('/Keywords', '')}"
    woorden = {w.removeprefix("kenmerk ").strip(" .") for w in re.split(r"[,;]\s*", tekst)}
    return Opschrift(velden.get("/Title", ""), _datum(velden.get("/CreationDate", "")), frozenset(woorden - {""}))


def _datum(tekst: str) -> datetime | None:
    """Aware; a date without a zone counts as UTC (ISO 32000-1 §7.9.4 leaves it open)."""
    try:
        moment = decode_pdf_date(tekst)
    except ValueError:
        return None
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=UTC)
