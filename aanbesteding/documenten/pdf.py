"""HTML → PDF bytes with WeasyPrint 70: closed to the network, strict about its log, without a clock.

This is the one place that knows the PDF variant. `VARIANT` is PDF/UA-1 (tagged, titled, with a language);
the archive variant A-3a with its repair of the tag tree and its attachments belongs in `naar_pdf`, between
`render` and `write_pdf`, as WeasyPrint's `finisher` (shared/kennis/pdf.md).
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from aanbesteding.fouten import Invoerfout

from .opdracht import Bijlage

VARIANT = "pdf/ua-1"
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
    bijlagen: Sequence[Bijlage] = (),
    moment: datetime | None = None,
) -> bytes:
    """One PDF; `bijlagen` are embedded, dated `moment` (UTC).

    Raises Invoerfout for whatever WeasyPrint only logs: lost text, no alt text, no language.
    """
    bron = HTML(string=html, base_url=f"{basis.resolve().as_uri()}/", url_fetcher=bestanden)
    with _streng_logboek(), _alleen_eigen_bestanden():
        document = bron.render(font_config=lettertypen, stylesheets=list(bladen))
        document.metadata.attachments += [
            _ingesloten(b, moment)
            for b in sorted(bijlagen, key=lambda b: b.naam)  # a name tree is sorted
        ]
        inhoud: bytes = document.write_pdf(pdf_variant=VARIANT)
        return inhoud


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
        """Errors count, and the one warning that means lost text: a character in no font."""
        tekst = record.getMessage()
        if record.levelno >= logging.ERROR or tekst.startswith(".notdef"):
            self.fouten.append(tekst)


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
        raise Invoerfout([f"WeasyPrint meldt: {fout}" for fout in verzamelaar.fouten])
