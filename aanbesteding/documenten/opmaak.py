"""An order → PDF bytes: data into a template, template into a PDF, in the house style of the municipality."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from aanbesteding.fouten import Invoerfout
from aanbesteding.instellingen import instellingen

from . import grafieken
from .herkomst import gebruikte_sjablonen, noem_bestand
from .huisstijl import Huisstijl, laad_huisstijl
from .omgeving import controleer_omgeving
from .opdracht import Opdracht
from .sjabloon import maak_omgeving, vul
from .soorten import Soort, soort
from .stijlblad import controleer_stijlblad
from .tekens import controleer_tekens


class Opmaker:
    """Holds what is dear to make (fonts, compiled templates, parsed style sheets); one per process.

    `variant` is 'a-3a' or 'a-2a'; empty: what the settings say. Raises Omgevingsfout when this machine lacks a
    library or a font, or has another WeasyPrint.
    """

    def __init__(self, sjablonen: Path, huisstijlen: Path, *, variant: str = "") -> None:
        controleer_omgeving(sjablonen)
        from weasyprint.text.fonts import FontConfiguration

        from .pdf import LokaleBestanden
        from .pdf_structuur.haak import haak_in

        haak_in()
        self._variant = variant or instellingen().pdf_variant
        self._sjablonen = sjablonen.resolve()
        self._huisstijlen = huisstijlen.resolve()
        self._fonts = self._sjablonen / "huisstijl" / "fonts"
        self._omgeving = maak_omgeving(self._sjablonen, extra={"grafiek": grafieken.voor_sjablonen(self._fonts)})
        self._lettertypen = FontConfiguration()
        self._bestanden = LokaleBestanden([self._sjablonen, self._huisstijlen])
        self._blad: Callable[[Path], Any] = lru_cache(maxsize=None)(self._lees_blad)
        self._slot = Lock()

    def render(self, opdracht: Opdracht) -> bytes:
        """The PDF. Raises Invoerfout that names the document and the template line, field or character."""
        from .pdf import naar_pdf
        from .pdf_metadata import onze_waarden

        gekozen, stijl = self._kies(opdracht)
        html = self._html(opdracht, gekozen, stijl)
        # WeasyPrint's log and fonts are shared state.
        with self._slot, _noem_document(opdracht), self._noem_plek(gekozen):
            return naar_pdf(
                html,
                basis=stijl.map,
                bladen=[self._blad(pad) for pad in self._bladen(gekozen)],
                lettertypen=self._lettertypen,
                bestanden=self._bestanden,
                waarden=onze_waarden(opdracht),
                variant=self._variant,
                bijlagen=opdracht.bijlagen,
                moment=opdracht.moment,
            )

    def html(self, opdracht: Opdracht) -> str:
        """The filled template, for tests and for a preview in a browser."""
        return self._html(opdracht, *self._kies(opdracht))

    def bron(self, opdracht: Opdracht) -> tuple[str, Path, list[Path]]:
        """HTML, folder that it is relative to, and style sheets: what pdf_meting.py times."""
        gekozen, stijl = self._kies(opdracht)
        return self._html(opdracht, gekozen, stijl), stijl.map, self._bladen(gekozen)

    @property
    def mappen(self) -> tuple[Path, Path]:
        """The folders that a document may take files from."""
        return self._sjablonen, self._huisstijlen

    def _kies(self, opdracht: Opdracht) -> tuple[Soort, Huisstijl]:
        return soort(opdracht.soort, self._sjablonen), laad_huisstijl(opdracht.huisstijl, self._huisstijlen)

    def _html(self, opdracht: Opdracht, gekozen: Soort, stijl: Huisstijl) -> str:
        waar = _naam(opdracht)
        controleer_tekens({"titel": opdracht.titel, **opdracht.gegevens}, self._fonts, waar=waar)
        with _noem_document(opdracht):
            html = vul(self._omgeving, gekozen.sjabloon, _context(opdracht, gekozen, stijl))
        controleer_tekens({"sjabloon": html}, self._fonts, waar=waar)
        return html

    def _bladen(self, gekozen: Soort) -> list[Path]:
        basis = self._sjablonen / "huisstijl"
        eigen = [gekozen.stijl] if gekozen.stijl else []
        return [basis / "lettertypen.css", basis / "basis.css", *eigen]

    @contextmanager
    def _noem_plek(self, gekozen: Soort) -> Iterator[None]:
        """A file that cannot be had is named with the line that asks for it."""
        try:
            yield
        except Invoerfout as fout:
            bestanden = [*gebruikte_sjablonen(gekozen.sjabloon, self._sjablonen), *self._bladen(gekozen)]
            raise Invoerfout(noem_bestand(fout.bericht, bestanden, self._sjablonen)) from fout

    def _lees_blad(self, pad: Path) -> Any:
        from weasyprint import CSS

        controleer_stijlblad(pad, self._sjablonen)
        return CSS(filename=pad, font_config=self._lettertypen, url_fetcher=self._bestanden)


def render(opdracht: Opdracht) -> bytes:
    """The PDF of one order, with the folders from the settings."""
    return _opmaker(instellingen().sjablonen_map, instellingen().huisstijlen_map).render(opdracht)


@cache
def _opmaker(sjablonen: Path, huisstijlen: Path) -> Opmaker:
    return Opmaker(sjablonen, huisstijlen)


def _context(opdracht: Opdracht, gekozen: Soort, stijl: Huisstijl) -> dict[str, Any]:
    """What a template sees. The order's own title, moment and publicity win, so that they cannot disagree."""
    vast = {"titel": opdracht.titel, "moment": opdracht.moment, "openbaar": opdracht.openbaar}
    return {
        "verantwoording": "",
        **opdracht.gegevens,
        "document": {**opdracht.gegevens.get("document", {}), **vast},
        "gemeente": stijl,
        "ontvanger": opdracht.ontvanger,
        "soort": gekozen.metadata,
    }


class _noem_document:  # noqa: N801 -- used as a statement: with _noem_document(opdracht)
    """Puts the document's name before the message of an Invoerfout."""

    def __init__(self, opdracht: Opdracht) -> None:
        self._opdracht = opdracht

    def __enter__(self) -> None: ...

    def __exit__(self, _soort: object, fout: BaseException | None, _spoor: object) -> None:
        if isinstance(fout, Invoerfout):
            raise Invoerfout(fout.bericht, waar=_naam(self._opdracht)) from fout


def _naam(opdracht: Opdracht) -> str:
    return f"document {opdracht.soort} ({opdracht.kenmerk})"
