"""What the structure tree costs: for `make bench`, and for whoever changes pdf_structuur/."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from .opdracht import Opdracht
from .opmaak import Opmaker
from .pdf import LokaleBestanden
from .pdf_metadata import Metadata, onze_waarden
from .pdf_structuur.haak import haak_in


@dataclass(frozen=True)
class Kosten:
    """Medians in seconds. `opmaak` is the layout; the others paint and write that same layout as a PDF."""

    opmaak: float
    zonder_structuur: float
    structuur_van_weasyprint: float
    eigen_structuur: float

    @property
    def meerkosten(self) -> float:
        """What our tree adds to a PDF without one."""
        return self.eigen_structuur - self.zonder_structuur


def meet(opmaker: Opmaker, opdracht: Opdracht, *, herhalingen: int = 7) -> Kosten:
    """Time one document. The layout is repeated each time, since painting leaves its marks in the boxes."""
    haak_in()
    html, basis, paden = opmaker.bron(opdracht)
    lettertypen, bestanden = FontConfiguration(), LokaleBestanden(opmaker.mappen)
    bladen = [CSS(filename=pad, font_config=lettertypen, url_fetcher=bestanden) for pad in paden]
    waarden = onze_waarden(opdracht)
    tijden = [_een_keer(html, basis, bladen, lettertypen, bestanden, waarden) for _ in range(herhalingen)]
    return Kosten(*(median(reeks) for reeks in zip(*tijden, strict=True)))


def _een_keer(
    html: str,
    basis: Path,
    bladen: list[CSS],
    lettertypen: FontConfiguration,
    bestanden: LokaleBestanden,
    waarden: dict[str, str],
) -> tuple[float, float, float, float]:
    tijden = []
    opmaak = 0.0
    for variant, eigen in ((None, False), ("pdf/ua-1", False), ("pdf/a-3a", True)):
        begin = perf_counter()
        bron = HTML(string=html, base_url=f"{basis.resolve().as_uri()}/", url_fetcher=bestanden)
        document = bron.render(font_config=lettertypen, stylesheets=bladen)
        klaar = perf_counter()
        if eigen:
            document.metadata = Metadata.van(document.metadata, waarden)
        document.write_pdf(pdf_variant=variant)
        tijden.append(perf_counter() - klaar)
        opmaak = klaar - begin
    return opmaak, tijden[0], tijden[1], tijden[2]
