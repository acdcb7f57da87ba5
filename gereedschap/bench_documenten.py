"""Our documents beside bare WeasyPrint on the same HTML, and beside the figures of shared/kennis/pdf.md.

Part of `make bench`. Medians of seven, warm. Bare: WeasyPrint makes a plain PDF of our HTML, with its own fonts,
without tags, checks, attachments or PDF/A. Ours: data → template → checked, tagged PDF/A-3a with PDF/UA-1.
"""

import io
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from aanbesteding.documenten.opdracht import Opdracht
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.pdf import LokaleBestanden
from aanbesteding.documenten.pdf_meting import meet
from aanbesteding.documenten.pool import Documentpool
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.instellingen import WORTEL

KEER = 7
SOORTEN = (
    ("verzuimbrief", "97 ms (1 blad)"),
    ("toewijzingsbrief", "97 ms (1 blad)"),
    ("uitnodiging", "97 ms (1 blad)"),
    ("selectiebrief", "–"),
    ("collegevoorstel-start", "698 ms (4 bladen)"),
    ("collegevoorstel-selectie", "698 ms (4 bladen)"),
    ("collegevoorstel-plannen", "698 ms (4 bladen)"),
)
BRIEVEN = 20


def midden(werk: Callable[[], object]) -> float:
    """Median wall time in seconds, after one run that warms up."""
    werk()
    tijden = []
    for _ in range(KEER):
        begin = time.perf_counter()
        werk()
        tijden.append(time.perf_counter() - begin)
    return median(tijden)


def kaal(opmaker: Opmaker, opdracht: Opdracht) -> Callable[[], object]:
    """WeasyPrint as its manual shows it, on our HTML and style sheets."""
    html, basis, paden = opmaker.bron(opdracht)
    bestanden = LokaleBestanden(opmaker.mappen)

    def werk() -> object:
        fonts = FontConfiguration()
        bladen = [CSS(filename=pad, font_config=fonts, url_fetcher=bestanden) for pad in paden]
        bron = HTML(string=html, base_url=f"{basis.resolve().as_uri()}/", url_fetcher=bestanden)
        return bron.write_pdf(font_config=fonts, stylesheets=bladen)

    return werk


def batch(werkers: int) -> float:
    """Seconds for twenty different letters with processes that are already warm."""
    brieven = [_brief(n) for n in range(BRIEVEN)]
    with tempfile.TemporaryDirectory() as folder, Documentpool(Path(folder), workers=werkers) as pool:
        pool.maak_alle([_brief(n) for n in range(100, 100 + 4 * werkers)])
        begin = time.perf_counter()
        pool.maak_alle(brieven)
        return time.perf_counter() - begin


def _brief(nummer: int) -> Opdracht:
    return replace(voorbeeld_opdracht("verzuimbrief"), titel=f"Vul uw voorstel aan ({nummer})")


def _ms(seconden: float) -> str:
    return f"{seconden * 1000:.0f} ms"


def toon_documenten() -> None:
    """Print both tables."""
    opmaker = Opmaker(WORTEL / "sjablonen", WORTEL / "config" / "huisstijlen")
    print(f"\n{'Document':<26}{'Bladen':<8}{'kennis/pdf.md':<20}{'wij':<10}{'kaal':<10}{'structuur':<11}van WeasyPrint")
    for sleutel, notitie in SOORTEN:
        opdracht = voorbeeld_opdracht(sleutel)
        bladen = len(pikepdf.open(io.BytesIO(opmaker.render(opdracht))).pages)
        wij, zonder = midden(lambda o=opdracht: opmaker.render(o)), midden(kaal(opmaker, opdracht))  # type: ignore[misc]
        kosten = meet(opmaker, opdracht, herhalingen=KEER)
        van_hen = kosten.structuur_van_weasyprint - kosten.zonder_structuur
        print(
            f"{sleutel:<26}{bladen:<8}{notitie:<20}{_ms(wij):<10}{_ms(zonder):<10}"
            f"{_ms(kosten.meerkosten):<11}{_ms(van_hen)}",
            flush=True,
        )
    een, twee = batch(1), batch(2)
    winst = f"{een / twee:.1f}".replace(".", ",")
    print(
        f"\n{BRIEVEN} brieven: één proces {_ms(een)}, twee processen {_ms(twee)}: {winst} keer zo snel (notitie: 2,1)."
    )
    print(
        "Wij: van gegevens tot nagekeken PDF/A-3a met PDF/UA-1. Kaal: WeasyPrint met dezelfde HTML, zonder dat alles."
    )
    print(
        "Structuur: wat onze boom voor schermlezers en het archiefformaat samen extra kosten (notitie: 20 ms per memo)."
    )


if __name__ == "__main__":
    toon_documenten()
