"""The text that a reader sees in a filled template, as blocks, without what no reader reads as language.

Charts, hashes, the address window and the running head and foot fall away: they are read as signs, not as
sentences.
"""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

BLOKKEN: Final = frozenset(
    {"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "caption", "figcaption", "blockquote", "div"}
    | {"section", "main", "article", "header", "footer", "table", "tr", "ul", "ol", "dl", "nav", "aside"}
    | {"figure", "body", "title", "thead", "tbody", "tfoot"}
)
OVERSLAAN: Final = frozenset({"head", "style", "script", "svg"})
STIL: Final = frozenset({"hash", "kopregel", "voetregel", "venster", "afzender", "hoofd"})
"""Classes whose content is no language."""
_LEEG: Final = frozenset({"br", "img", "meta", "link", "hr", "input", "col", "source", "wbr"})


@dataclass(frozen=True)
class Blok:
    """One block of text; `soort` is the tag that holds it, such as 'p', 'li', 'td' or 'h2'."""

    soort: str
    tekst: str

    @property
    def cel(self) -> bool:
        return self.soort in ("td", "th", "span")

    @property
    def lopend(self) -> bool:
        """Running text: a paragraph, or a cell or item that is at least a sentence."""
        is_zin = self.tekst.rstrip("”’»)").endswith((".", "!", "?", ":", ";")) and len(self.tekst.split()) > 3
        return self.soort in ("p", "blockquote", "dd") or (self.soort in ("li", "td") and is_zin)


class _Lezer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blokken: list[Blok] = []
        self._stapel: list[tuple[str, bool]] = []
        self._nu: list[str] = []

    @property
    def _stil(self) -> bool:
        return bool(self._stapel) and self._stapel[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A label and its value stand in spans of their own and are no sentence together.
        klassen = set((dict(attrs).get("class") or "").split())
        if tag == "br":
            self._nu.append(" ")
        if tag in _LEEG:
            return
        if tag in BLOKKEN or klassen & {"k", "v"}:
            self._sluit()
        self._stapel.append((tag, self._stil or tag in OVERSLAAN or bool(klassen & STIL)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEEG or not any(open_tag == tag for open_tag, _ in self._stapel):
            return
        if tag in BLOKKEN:
            self._sluit()
        while self._stapel and self._stapel.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._stil:
            self._nu.append(data)

    def _sluit(self) -> None:
        tekst, self._nu = "".join(self._nu), []
        # Only ordinary white space is folded: a no-break space is part of the notation.
        tekst = " ".join(deel for deel in tekst.replace("\n", " ").replace("\t", " ").split(" ") if deel)
        if tekst:
            soort = next((tag for tag, _ in reversed(self._stapel) if tag in BLOKKEN), "p")
            self.blokken.append(Blok(soort, tekst))


def leesblokken(html: str) -> list[Blok]:
    """The blocks in reading order."""
    lezer = _Lezer()
    lezer.feed(html)
    lezer.close()
    lezer._sluit()
    return lezer.blokken
