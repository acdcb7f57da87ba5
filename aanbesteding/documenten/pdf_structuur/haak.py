"""Where WeasyPrint calls us instead of its own builder of the structure tree.

It has no public hook for this, so we replace one private function, `weasyprint.pdf.add_tags`, once. Ours only
acts on documents that ask for it (`Document.metadata.eigen_structuur`); all state is in the arguments, so threads
cannot meet. The version is checked, and tests/eenheid/documenten/test_conform*.py guard an upgrade.
"""

from collections.abc import Callable, Sequence
from typing import Any

import weasyprint
import weasyprint.pdf

from aanbesteding.fouten import Invoerfout, Omgevingsfout

from .lezer import Lezer
from .orde import breng_op_orde
from .schrijver import Schrijver, maak_versiering, vergeet_koppeling
from .tabel import controleer_tabellen

WEASYPRINT = "70.0"

Bouwer = Callable[[Any, Any, Any, Sequence[Any]], None]


def controleer_versie(versie: str = weasyprint.__version__) -> None:
    """Raises Omgevingsfout for any WeasyPrint but the one that this package was written against."""
    if versie != WEASYPRINT:
        raise Omgevingsfout(
            f"Documenten maken kan alleen met WeasyPrint {WEASYPRINT}; hier staat versie {versie}. "
            f"Installeer de goede versie met 'pip install weasyprint=={WEASYPRINT}'."
        )


def haak_in() -> None:
    """Idempotent. Raises Omgevingsfout for another version of WeasyPrint."""
    controleer_versie()
    eigen: Bouwer = weasyprint.pdf.add_tags
    if not hasattr(eigen, "vervangt"):
        weasyprint.pdf.add_tags = _kies(eigen)


def _kies(hun: Bouwer) -> Bouwer:
    def bouw(pdf: Any, document: Any, versie: Any, stromen: Sequence[Any]) -> None:
        if getattr(document.metadata, "eigen_structuur", False):
            bouw_structuur(pdf, document, stromen)
        else:
            hun(pdf, document, versie, stromen)

    bouw.vervangt = hun  # type: ignore[attr-defined]
    return bouw


def bouw_structuur(pdf: Any, document: Any, stromen: Sequence[Any]) -> None:
    """Add the structure tree of a painted document. `stromen` are the content streams of its pages.

    Raises Invoerfout for a document without a language, a picture without a description, or a table whose rows
    differ in width.
    """
    if not document.metadata.lang:
        raise Invoerfout("het sjabloon noemt geen taal: zet lang in het element <html>")
    aantallen = [len(stroom._tags) for stroom in stromen]
    lezer = Lezer([blad.height for blad in document.pages])
    for nummer, (blad, stroom) in enumerate(zip(document.pages, stromen, strict=True)):
        lezer.lees_blad(blad._page_box, nummer, stroom._tags)
        maak_versiering(stroom.stream, lezer.versiering[nummer])
    bladen = [pdf.objects[int(plek.split()[0])] for plek in pdf.page_references]
    for nummer, annotatie in lezer.vervallen:
        vergeet_koppeling(pdf, bladen[nummer], annotatie)
    breng_op_orde(lezer.document)
    controleer_tabellen(lezer.document)
    Schrijver(pdf, len(bladen)).schrijf(lezer.document, aantallen)
