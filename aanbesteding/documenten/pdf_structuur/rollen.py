"""Which PDF role an HTML element gets (ISO 32000-1, 14.8.4)."""

from .knoop import BLOK, INHOUDSOPGAVE, LOS

SVG = "{http://www.w3.org/2000/svg}svg"

_ROLLEN = {
    **{f"h{n}": f"H{n}" for n in range(1, 7)},
    **{tag: tag.upper() for tag in ("tr", "th", "td")},
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "img": "Figure",
    SVG: "Figure",
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    **dict.fromkeys(("figure", "aside", "header", "footer", "address"), "Div"),
    "nav": INHOUDSOPGAVE,
    "a": "Link",
    "q": "Quote",
    "code": "Code",
}
_PSEUDO = {"marker": "Lbl", "footnote-marker": "Lbl", "footnote-call": "Reference"}

GROEPEN = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
"""Roles that hold blocks only: loose text in them becomes a paragraph."""
REGELS = frozenset(
    {*(f"H{n}" for n in range(1, 7)), "P", "Caption", "Lbl", "Link", "Span", "Reference", "Quote", "Code"}
)
"""Roles that hold text only: a block in them is no paragraph of its own."""
IN_DE_REGEL = frozenset({"Span", "Link", "Reference", "Note", "Lbl", "Quote", "Code"})
"""Roles that stand within a line of text."""
MAG_LEEG = frozenset({"TD", "TH"})
"""An empty cell keeps its place in the table; anything else that is empty is left out."""


def rol(tag: str, weergave: tuple[str, ...]) -> str:
    """The role for an element tag (pseudo elements as 'li::marker') with this computed CSS `display`."""
    naam, _, pseudo = tag.partition("::")
    if pseudo:
        return _PSEUDO.get(pseudo, LOS)
    if naam in _ROLLEN:
        return _ROLLEN[naam]
    if weergave[0] != "inline":
        return BLOK
    # A label and its value side by side are two pieces; text in a line is one.
    return "Span" if weergave[-1] == "flow-root" else LOS
