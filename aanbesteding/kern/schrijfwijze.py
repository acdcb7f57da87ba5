"""Finds dates, times, amounts and shares that are not written as the municipality writes them.

The forms of kern/notatie.py are right: "23 november 2026", "12.00 uur", "€ 12.500", "3,5%"
(shared/kennis/domein.md 1.3). A table cell may hold a short date, since notatie prints "23-11-2026" there.
"""

import re
from dataclasses import dataclass
from typing import Final

_MAAND: Final = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec"
)
_RUIMTE: Final = r"[ \u00a0\u202f]"


@dataclass(frozen=True)
class Schrijffout:
    """`gevonden` stands in the text as it is; `goed` says in Dutch how it should be."""

    gevonden: str
    goed: str


@dataclass(frozen=True)
class _Regel:
    patroon: re.Pattern[str]
    goed: str
    ook_in_cel: bool = True


def _regel(patroon: str, goed: str, *, ook_in_cel: bool = True) -> _Regel:
    """In `patroon`, ~ stands for a space of any kind, and @ for the name of a month."""
    return _Regel(re.compile(patroon.replace("~", _RUIMTE).replace("@", _MAAND), re.I), goed, ook_in_cel)


_REGELS: Final = (
    # UTC keeps its colons: it stands in proofs of receipt beside the Dutch clock.
    _regel(r"(?<!UTC )(?<![\d:.])\d{1,2}:\d{2}(?![\d:])(?:~*uur)?", "schrijf een tijd als '12.00 uur'"),
    _regel(r"(?<![\d.,:])\d{1,2}(?:\.\d{2})?~?(?:u|h)\b", "schrijf een tijd als '12.00 uur'"),
    _regel(r"\b(?:om|vóór)~\d{1,2}~uur\b", "schrijf een tijd als '12.00 uur'"),
    _regel(r"(?-i:\bEUR\b)|€~?\d[\d.,]*~?(?:euro|EUR)\b", "schrijf een bedrag als '€ 12.500'"),
    _regel(r"€[-+]?\d[\d.,]*", "zet een vaste spatie na het euroteken: '€ 12.500'"),
    _regel(r"€~?-?[\d.]*\d,(?:-|–|=|00\b)", "laat ',-' en ',00' weg: '€ 12.500'"),
    _regel(r"€~?-?\d{4,}", "zet een punt tussen duizendtallen: '€ 12.500'"),
    _regel(r"\b\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?~euro\b", "schrijf een bedrag als '€ 12.500'"),
    _regel(r"(?<![\d-])\d{1,2}-\d{1,2}-\d{4}(?![\d-])", "schrijf een datum als '23 november 2026'", ook_in_cel=False),
    _regel(r"(?<![\d/])\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])", "schrijf een datum als '23 november 2026'"),
    _regel(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])", "schrijf een datum als '23 november 2026'"),
    _regel(r"\b\d{1,2} (?:jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)\b", "schrijf de maand voluit"),
    _regel(r"\b0\d (?:@)\b", "schrijf een datum zonder nul vooraan: '3 mei 2027'"),
    _regel(r"(?<![\d.])\d+\.\d+~?%", "schrijf decimalen met een komma: '3,5%'"),
    _regel(r"\d~%", "zet het procentteken vast aan het getal: '35%'"),
    _regel(
        r"(?-i:\b(?:None|True|False|nan|NaN)\b)|\[\]|\{\}", "hier staat een waarde van de computer; schrijf gewone taal"
    ),
)
_GEEN_NOTATIE: Final = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S+|\b[A-Z]+(?:-\d+)+\b"
    r"|\bartikel(?:en)? \d+:\w+(?:(?:, | en )\d+:\w+)*"
)
_KORTE_DATUM: Final = re.compile(r"\d{2}-\d{2}-\d{4}(?:, \d{2}\.\d{2} uur)?(?: (?:tot|–) \d{2}-\d{2}-\d{4})?")


def schrijffouten(tekst: str, *, cel: bool = False) -> tuple[Schrijffout, ...]:
    """Every wrong notation in `tekst`, in the order of the rules; `cel`: the text of one table cell.

    Addresses on the web and of mail, articles of law ('4:36') and references such as 'SOL-2027-02' are not looked at.
    """
    kaal = _GEEN_NOTATIE.sub(" ", tekst)
    if cel and _KORTE_DATUM.fullmatch(kaal.strip()):
        return ()
    regels = [r for r in _REGELS if r.ook_in_cel or not cel]
    return tuple(Schrijffout(t.group(0).strip(), r.goed) for r in regels for t in r.patroon.finditer(kaal))
