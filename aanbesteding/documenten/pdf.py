"""HTML → PDF bytes with WeasyPrint 70: archive (PDF/A-3a) and accessible (PDF/UA-1) in one file.

Closed to the network, strict about WeasyPrint's log, and without a clock: the same input gives the same bytes.
pdf_structuur/ makes what a screen reader reads, pdf_metadata.py what the file says about itself.
"""

import base64
import logging
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import SubElement

import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from aanbesteding.fouten import Invoerfout

from .opdracht import Bijlage
from .pdf_metadata import Metadata
from .pdf_structuur.haak import haak_in
from .stijlblad import genegeerd_deel

MET_BIJLAGEN = "a-3a"
"""The variant that may hold other files (ISO 19005-3); a-2a may not."""
LANGE_CEL = 400
"""Characters in one cell from which its row may break over two pages: a third of a page in a narrow column."""
LANG_WOORD = 25
"""Characters from which a word in a table may break anywhere; the longest word of our own templates is shorter."""
_EINDE_MET_REGELEINDE = re.compile(rb"[\r\n]\nendstream")
_LOGGER = logging.getLogger("weasyprint")


class LokaleBestanden(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Gives files below the allowed folders and refuses everything else, with an error that stops the PDF.

    A proposal's text could hold an address: fetching it would leak who reads what, and change the bytes.
    """

    def __init__(self, mappen: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=("file",), allow_redirects=False, fail_on_errors=True)
        self._mappen = [folder.resolve() for folder in mappen]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        delen = urlsplit(url)
        pad = Path(unquote(delen.path)).resolve()
        if delen.scheme != "file" or not any(pad.is_relative_to(folder) for folder in self._mappen):
            raise Invoerfout(f"een document mag alleen eigen bestanden gebruiken, niet '{url[:120]}'")
        return super().fetch(url, headers)


def naar_pdf(
    html: str,
    *,
    basis: Path,
    bladen: Sequence[CSS],
    lettertypen: FontConfiguration,
    bestanden: LokaleBestanden,
    waarden: dict[str, str],
    variant: str = MET_BIJLAGEN,
    bijlagen: Sequence[Bijlage] = (),
    moment: datetime | None = None,
) -> bytes:
    """One PDF of `variant` 'a-3a' or 'a-2a', and PDF/UA-1.

    `waarden` are our own metadata fields (pdf_metadata.onze_waarden). `bijlagen` are embedded, dated `moment` (UTC);
    variant a-2a leaves them out. Raises Invoerfout for what PDF/UA forbids and WeasyPrint only logs: lost text, a
    picture without a description, no language; Omgevingsfout for another WeasyPrint than 70.0.
    """
    haak_in()
    bron = HTML(string=html, base_url=f"{basis.resolve().as_uri()}/", url_fetcher=bestanden)
    _laat_lange_cellen_breken(bron.etree_element)
    _vul_lege_tabellen(bron.etree_element)
    with _streng_logboek(), _alleen_eigen_bestanden():
        document = _zet_op_bladen(bron, lettertypen, bladen)
        document.metadata = Metadata.van(document.metadata, waarden)
        op_naam = sorted(bijlagen, key=lambda b: b.naam) if variant == MET_BIJLAGEN else []  # a name tree is sorted
        return _schrijf(document, f"pdf/{variant}", lambda: [_ingesloten(b, moment) for b in op_naam])


def _laat_lange_cellen_breken(element: Any) -> None:
    """Classes (huisstijl/basis.css) for what no style sheet can see: how long a text is.

    Rows stay in one piece, but WeasyPrint drops the head of a table whose row is as long as a page; and one very long
    word makes a table wider than the page.
    """
    for rij in element.iter("tr"):
        teksten = ["".join(cel.itertext()) for cel in rij]
        if any(len(tekst) > LANGE_CEL for tekst in teksten):
            _geef_klasse(rij, "lange-rij")
        for cel, tekst in zip(rij, teksten, strict=True):
            if any(len(woord) > LANG_WOORD for woord in tekst.split()):
                _geef_klasse(cel, "lang-woord")


def _geef_klasse(element: Any, klasse: str) -> None:
    element.set("class", f"{element.get('class', '')} {klasse}".strip())


def _vul_lege_tabellen(element: Any) -> None:
    """A table without rows says 'Geen': a head alone leaves the reader in doubt, and PDF/UA-1 forbids it."""
    for tabel in element.iter("table"):
        kop, romp = tabel.find("thead"), tabel.find("tbody")
        if kop is None or tabel.find("tbody/tr") is not None:
            continue
        kolommen = sum(int(cel.get("colspan", 1)) for cel in kop[0])
        rij = SubElement(SubElement(tabel, "tbody") if romp is None else romp, "tr")
        SubElement(rij, "td", colspan=str(kolommen)).text = "Geen"


def _zet_op_bladen(bron: HTML, lettertypen: FontConfiguration, bladen: Sequence[CSS]) -> Any:
    """The layout. WeasyPrint 70 stops with a bare assertion when a part that may not break is longer than a page."""
    try:
        return bron.render(font_config=lettertypen, stylesheets=list(bladen))
    except AssertionError as fout:
        raise Invoerfout(
            "een onderdeel dat bij elkaar moet blijven, past niet op één bladzijde; maak de tekst korter of haal in de "
            "stijl 'break-inside: avoid' of het raster (grid, flex) weg"
        ) from fout


def _schrijf(document: Any, variant: str, ingesloten: Callable[[], list[Attachment]]) -> bytes:
    """The bytes, without a stream whose data end in a line break: readers differ on whether it counts as data.

    Streams of objects are packed after our last touch, so those are only seen in the result; a spare object
    gives them other data. One file in sixty needs that; eight times in a row never happens. WeasyPrint reads an
    attachment once, so every attempt gets fresh ones.
    """
    eigen = list(document.metadata.attachments)
    for reserve in range(8):
        document.metadata.attachments = [*eigen, *ingesloten()]
        inhoud: bytes = document.write_pdf(pdf_variant=variant, finisher=partial(_werk_af, reserve=reserve))
        if not _EINDE_MET_REGELEINDE.search(inhoud):
            break
    return inhoud


def _werk_af(_document: Any, pdf: Any, reserve: int) -> None:
    """The last touches before the bytes: name each attachment once, and open with the bookmarks."""
    for _ in range(reserve):
        pdf.add_object(pydyf.Dictionary())
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    if "Outlines" in pdf.catalog:
        pdf.catalog["PageMode"] = "/UseOutlines"
    for stroom in pdf.objects:
        if isinstance(stroom, pydyf.Stream) and stroom.compress:
            _pers(stroom)


def _pers(stroom: Any) -> None:
    """Compress once; pydyf would do it twice, for the file and for its identifier."""
    data = zlib.compress(b"\n".join(pydyf._to_bytes(deel) for deel in stroom.stream), 9)
    filters = "/FlateDecode"
    if data.endswith((b"\r", b"\n")):
        data, filters = base64.a85encode(data) + b"~>", "[/ASCII85Decode /FlateDecode]"
    stroom.stream, stroom.extra["Filter"], stroom.compress = [data], filters, False


def _ingesloten(bijlage: Bijlage, moment: datetime | None) -> Attachment:
    """An embedded file with the document's own date: WeasyPrint would take the clock, and the bytes would differ."""
    if moment is None or moment.utcoffset() != timedelta(0):
        raise ValueError(f"bijlage '{bijlage.naam}' heeft een moment in UTC nodig")
    return Attachment(
        file_obj=BytesIO(bijlage.tekst.encode()),
        name=bijlage.naam,
        description=bijlage.omschrijving,
        created=moment,
        modified=moment,
        relationship="Data",
    )


@contextmanager
def _alleen_eigen_bestanden() -> Iterator[None]:
    """WeasyPrint stops with a BaseException when a file cannot be had; people get the reason instead."""
    try:
        yield
    except FatalURLFetchingError as fout:
        reden = fout.__cause__ if isinstance(fout.__cause__, Invoerfout) else fout
        raise Invoerfout(str(reden)) from fout


class _Verzamelaar(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.fouten: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Errors count, and two warnings: lost text (a character in no font), and a style that is left out."""
        tekst = record.getMessage()
        if weg := genegeerd_deel(tekst):
            self.fouten.append(f"in een 'style' van het sjabloon: {weg[1]}")
        elif record.levelno >= logging.ERROR or tekst.startswith(".notdef"):
            self.fouten.append(f"WeasyPrint meldt: {tekst}")


@contextmanager
def _streng_logboek() -> Iterator[None]:
    """WeasyPrint logs what PDF/UA forbids and goes on; we stop. Not for threads: callers hold a lock."""
    verzamelaar = _Verzamelaar()
    _LOGGER.addHandler(verzamelaar)
    try:
        yield
    finally:
        _LOGGER.removeHandler(verzamelaar)
    if verzamelaar.fouten:
        raise Invoerfout(list(dict.fromkeys(verzamelaar.fouten)))
