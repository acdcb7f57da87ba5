"""Pictures of the pages of a PDF, for people who look at templates (PDFium through pypdfium2).

PDFium is not safe in threads: call this from one thread.
"""

from pathlib import Path

import pypdfium2 as pdfium

PUNTEN_PER_DUIM = 72


def maak_beelden(pdf: bytes, naar: Path, *, dpi: int = 80) -> list[str]:
    """Write `pagina-1.png`, … into the folder `naar`; gives the names in order.

    The same PDF gives the same pictures on one version of PDFium.
    """
    naar.mkdir(parents=True, exist_ok=True)
    document = pdfium.PdfDocument(pdf)
    try:
        return [_pagina(document, nummer, naar, dpi) for nummer in range(len(document))]
    finally:
        document.close()


def _pagina(document: pdfium.PdfDocument, nummer: int, naar: Path, dpi: int) -> str:
    pagina = document[nummer]
    naam = f"pagina-{nummer + 1}.png"
    # Grey anti-aliased text in 64 colours is a third of the bytes and looks the same at this size.
    beeld = pagina.render(scale=dpi / PUNTEN_PER_DUIM).to_pil().convert("RGB").quantize(64)
    beeld.save(naar / naam, optimize=True)
    pagina.close()
    return naam
