"""The text of a document as safe HTML for a page: to read on a phone and aloud what a PDF will say.

Only words and their structure pass (headings, paragraphs, lists, tables); no attribute, style, link or picture
does, so that nothing that somebody typed can become more than text.
"""

from html import escape
from html.parser import HTMLParser

from ..instellingen import instellingen
from .opdracht import Opdracht
from .opmaak import _opmaker

_BLIJFT = {"p": "p", "h1": "h2", "h2": "h3", "h3": "h4", "ul": "ul", "ol": "ol", "li": "li", "dl": "dl", "dt": "dt",
           "dd": "dd", "table": "table", "caption": "caption", "thead": "thead", "tbody": "tbody", "tfoot": "tfoot",
           "tr": "tr", "th": "th", "td": "td", "strong": "strong", "em": "em", "address": "p"}  # fmt: skip
_WEG = {"head", "style", "script", "svg", "figure", "template"}
_GETALLEN = {"colspan", "rowspan"}


class _Zeef(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.uit: list[str] = []
        self.diep, self.tabellen = 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _WEG:
            self.diep += 1
        if self.diep:
            return
        if tag == "br":
            self.uit.append("<br>")
        elif tag in _BLIJFT:
            if tag == "table":
                self.tabellen += 1
                self.uit.append(f'<div class="tabelrol" role="region" aria-label="Tabel {self.tabellen}" tabindex="0">')
            klasse = ' class="utrecht-table"' if tag == "table" else ""
            self.uit.append(f"<{_BLIJFT[tag]}{klasse}{_houd(attrs)}>")
        else:
            self.uit.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _WEG:
            self.diep = max(0, self.diep - 1)
        elif not self.diep and tag in _BLIJFT:
            self.uit.append(f"</{_BLIJFT[tag]}>" + ("</div>" if tag == "table" else ""))

    def handle_data(self, data: str) -> None:
        if not self.diep:
            self.uit.append(escape(data))


def _houd(attrs: list[tuple[str, str | None]]) -> str:
    """What a table needs to be read aloud, and nothing else."""
    goed = [
        (n, w) for n, w in attrs if (n in _GETALLEN and (w or "").isdigit()) or (n == "scope" and w in ("row", "col"))
    ]
    return "".join(f' {n}="{w}"' for n, w in goed)


def als_webtekst(opdracht: Opdracht) -> str:
    """Safe HTML of the words of this document, headings one level down."""
    kies = instellingen()
    zeef = _Zeef()
    zeef.feed(_opmaker(kies.sjablonen_map, kies.huisstijlen_map).html(opdracht))
    zeef.close()
    return "".join(zeef.uit)
