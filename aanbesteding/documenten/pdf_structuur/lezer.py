"""WeasyPrint's layout boxes -> one Knoop for each HTML element, in the order of the HTML.

A box is a piece of an element on one page or line. Every box of one element lands in the same Knoop, so a table
over two pages is one table. Pseudo elements count as elements of their own.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from aanbesteding.fouten import Invoerfout

from .knoop import Knoop, Koppeling, Merk
from .rollen import SVG, rol

PUNT_PER_PIXEL = 0.75
_DOORGEEFLUIK = ("html", "body")
_HERHAALD = ("thead", "tfoot")
_BEREIK = {"row": "/Row", "rowgroup": "/Row"}


class Lezer:
    """Reads the pages one by one. Afterwards `document` is the tree and `versiering` what is no part of it.

    `versiering` holds, for each page, marked content id -> kind of artifact ('Pagination' or 'Layout');
    `vervallen` the link areas that must go: (page, pydyf annotation).
    """

    def __init__(self, hoogtes: list[float]) -> None:
        self.document = Knoop("Document")
        self.versiering: list[dict[int, str]] = [{} for _ in hoogtes]
        self.vervallen: list[tuple[int, Any]] = []
        self._hoogtes = hoogtes
        self._knopen: dict[tuple[Any, str], Knoop] = {}
        self._verwijzingen: dict[Any, Knoop] = {}
        self._eerste_blad: dict[Any, int] = {}

    def lees_blad(self, box: Any, blad: int, merken: dict[Any, dict[str, Any]]) -> None:
        """Take in one page; `merken` is what WeasyPrint marked while painting, by box.

        Raises Invoerfout for a picture without a description.
        """
        self._lees(box, self.document, blad, merken, gekoppeld=False)
        if merken:
            raise RuntimeError(f"{len(merken)} stukken van blad {blad + 1} staan in geen enkele box")

    def _lees(self, box: Any, ouder: Knoop, blad: int, merken: dict[Any, dict[str, Any]], *, gekoppeld: bool) -> None:
        box = _kern(box)
        if soort := self._versiering(box, blad, merken):
            self._verberg(box, blad, merken, soort)
            return
        if isinstance(box, boxes.TextBox):
            _neem_op(ouder, blad, merken.pop(box, None))
            return
        knoop = self._knoop(box, ouder, blad)
        if isinstance(box, boxes.ReplacedBox):
            _neem_op(knoop, blad, merken.pop(box, None))
        gekoppeld = self._koppel(box, knoop, blad, al=gekoppeld)
        for kind in getattr(box, "children", ()):
            self._lees(kind, knoop, blad, merken, gekoppeld=gekoppeld)

    def _versiering(self, box: Any, blad: int, merken: dict[Any, dict[str, Any]]) -> str:
        """Why this box is no part of the text: page furniture, a repeated table header, or declared as such."""
        if isinstance(box, boxes.MarginBox):
            return "Pagination"
        if box.element is None:
            return ""
        if box.element_tag in _HERHAALD and self._stond_er_al(box, blad, merken):
            return "Pagination"
        sier = box.element.get("aria-hidden") == "true" or (box.element_tag == "img" and box.element.get("alt") == "")
        return "Layout" if sier else ""

    def _stond_er_al(self, box: Any, blad: int, merken: dict[Any, dict[str, Any]]) -> bool:
        """Whether an earlier page shows this header. Layout may try a header there that it does not paint."""
        if any(deel in merken for deel in _alle(box)):
            self._eerste_blad.setdefault(box.element, blad)
        return self._eerste_blad.get(box.element, blad) != blad

    def _verberg(self, box: Any, blad: int, merken: dict[Any, dict[str, Any]], soort: str) -> None:
        for deel in _alle(box):
            if (merk := merken.pop(deel, None)) is not None:
                self.versiering[blad][merk["mcid"]] = soort
            if deel.link_annotation:
                self.vervallen.append((blad, deel.link_annotation))

    def _koppel(self, box: Any, knoop: Knoop, blad: int, *, al: bool) -> bool:
        """Give the link its area. WeasyPrint repeats the area for every box within an <a>: those go."""
        if not box.link_annotation:
            return al
        if al:
            self.vervallen.append((blad, box.link_annotation))
            return True
        tekst = " ".join((box.element.get("title") or "".join(box.element.itertext())).split())
        box.link_annotation["Contents"] = pydyf.String(tekst)
        knoop.inhoud.append(Koppeling(blad, box.link_annotation))
        return True

    def _knoop(self, box: Any, ouder: Knoop, blad: int) -> Knoop:
        """The Knoop of the element of this box; made when it is seen for the first time."""
        element, tag = box.element, box.element_tag
        if element is None or tag is None or tag in _DOORGEEFLUIK:
            return ouder
        bekend = self._knopen.get((element, tag))
        if bekend is None:
            bekend = self._knopen[element, tag] = self._nieuw(box, ouder, blad)
        return bekend

    def _nieuw(self, box: Any, ouder: Knoop, blad: int) -> Knoop:
        element, tag = box.element, box.element_tag
        knoop = Knoop(rol(tag, box.style["display"]))
        verwijzing = self._verwijzingen.get(element)
        if tag.endswith("::footnote-call"):
            self._verwijzingen[element] = knoop
        elif verwijzing is not None and tag == element.tag and verwijzing.ouder is not None:
            # A note is read where it is called, not at the foot of the page.
            knoop.rol = "Note"
            verwijzing.ouder.voeg_toe(knoop, na=verwijzing)
            return knoop
        if tag.endswith("::marker"):
            ouder = self._knopen.get((element, element.tag), ouder)
        ouder.voeg_toe(knoop)
        if tag == element.tag:
            knoop.kenmerken.update(self._kenmerken(knoop.rol, box, blad))
        return knoop

    def _kenmerken(self, soort: str, box: Any, blad: int) -> Iterator[tuple[str, Any]]:
        element = box.element
        if taal := element.get("lang"):
            yield "Lang", pydyf.String(taal)
        if element.tag == "abbr" and element.get("title"):
            yield "E", pydyf.String(element.get("title"))
        if soort == "Figure":
            yield "Alt", pydyf.String(_omschrijving(element))
            yield "A", _kader(box, self._hoogtes[blad])
        elif soort in ("TH", "TD") and (cel := _cel(soort, box)):
            yield "A", pydyf.Dictionary({"O": "/Table", **cel})
        elif soort == "L":
            yield "A", pydyf.Dictionary({"O": "/List", "ListNumbering": _nummering(element.tag, box.style)})


def _kern(box: Any) -> Any:
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def _alle(box: Any) -> Iterator[Any]:
    box = _kern(box)
    yield box
    for kind in getattr(box, "children", ()):
        yield from _alle(kind)


def _neem_op(knoop: Knoop, blad: int, merk: dict[str, Any] | None) -> None:
    if merk is not None:
        knoop.inhoud.append(Merk(blad, merk["mcid"]))


def _omschrijving(element: Any) -> str:
    """What a picture says, in words (PDF/UA-1, 7.3)."""
    titel = element.find(SVG.replace("svg}svg", "svg}title")) if element.tag == SVG else None
    tekst = " ".join(((titel.text or "") if titel is not None else element.get("alt", "")).split())
    if not tekst:
        wat = "een grafiek zonder <title>" if element.tag == SVG else f"beeld '{element.get('src', '')}' zonder alt"
        raise Invoerfout(f"{wat}: zeg in woorden wat erop staat, want niet iedereen kan het zien")
    return tekst


def _kader(box: Any, hoogte: float) -> Any:
    """Where a figure stands on its page, in points from the lower left corner."""
    x, y = box.content_box_x(), box.content_box_y()
    hoeken = (x, hoogte - y - box.height, x + box.width, hoogte - y)
    plek = pydyf.Array([round(waarde * PUNT_PER_PIXEL, 3) for waarde in hoeken])
    return pydyf.Dictionary({"O": "/Layout", "BBox": plek, "Placement": "/Block"})


def _cel(soort: str, box: Any) -> dict[str, Any]:
    """A header cell says what it heads (PDF/UA-1, 7.5); a wide cell says how wide it is."""
    bereik = {"Scope": _BEREIK.get(box.element.get("scope", ""), "/Column")} if soort == "TH" else {}
    maten = {"ColSpan": getattr(box, "colspan", 1), "RowSpan": getattr(box, "rowspan", 1)}
    return bereik | {naam: maat for naam, maat in maten.items() if maat != 1}


def _nummering(tag: str, stijl: Any) -> str:
    if stijl["list_style_type"] == "none" or tag == "dl":
        return "/None"
    return "/Decimal" if tag == "ol" else "/Disc"
