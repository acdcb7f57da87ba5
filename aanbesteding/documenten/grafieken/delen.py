"""What the charts share: the width of the text, rows with their label, axes with numbers that fit, a legend."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Any

from aanbesteding.kern.notatie import getal

from ..schaal import As, mooie_stappen
from ..svg import Letter, Tekening

Rij = Mapping[str, Any]
BREEDTE = 468.0
"""Width of the full type area (165 mm) in points."""
HOOGSTE = 600.0
"""Height that always fits on one page with its caption; more rows become lower, never another page."""
WIT = "#ffffff"
LINKS = 168.0
KLEIN, GEWOON = 7.5, 8.5


def rijhoogte(aantal: int, gewoon: float) -> float:
    return min(gewoon, HOOGSTE / max(aantal, 1))


def lettermaat(hoogte: float) -> float:
    """The size of a row's text: smaller where forty rows share a page, never below what print can show."""
    return max(5.5, min(GEWOON, hoogte * 0.62))


def rijnaam(t: Tekening, naam: str, y: float, maat: float, *, vet: bool = False, rechts: float = LINKS - 8) -> None:
    """The label left of a row, cut off with an ellipsis where it is too long; the table beside it has it in full."""
    t.tekst(rechts, y + maat * 0.35, t.letter.passend(naam, maat, rechts - 2, vet), anker="eind", vet=vet, maat=maat)


def stappen_die_passen(letter: Letter, laag: float, hoog: float, ruimte: float, aantal: int = 6) -> list[float]:
    """Round steps around [laag, hoog], as many as can be printed side by side in `ruimte`."""
    for n in range(aantal, 1, -1):
        stappen = mooie_stappen(laag, hoog, n)
        if (len(stappen) - 1) * (breedste(letter, stappen) + 8) <= ruimte:
            return stappen
    return mooie_stappen(laag, hoog, 1)


def breedste(letter: Letter, stappen: Sequence[float]) -> float:
    return max(letter.breedte(getal(s), KLEIN) for s in stappen)


def liggende_as(t: Tekening, x: As, stappen: Sequence[float], boven: float, onder: float) -> None:
    """Hairlines with their numbers below, for a chart of rows."""
    for stap in stappen:
        t.streep(x(stap), boven, x(stap), onder)
        t.tekst(x(stap), onder + 11, getal(stap), anker="midden", kleur=t.palet.grijs, maat=KLEIN)


def lijnlabels(t: Tekening, delen: Sequence[tuple[float, str]], y: float) -> None:
    """Labels at the head of vertical lines, inside the drawing; one that would touch the last stands a line higher."""
    rechts, hoogte = -1.0, y
    for x, woorden in sorted(delen):
        b = t.letter.breedte(woorden, KLEIN, True)
        begin = min(max(x - b / 2, 0), t.breedte - b)
        hoogte = y - 9 if hoogte == y and begin < rechts + 4 else y
        t.tekst(begin, hoogte, woorden, maat=KLEIN, vet=True)
        rechts = begin + b


def marge(t: Tekening, x: As, y: float, laag: float, hoog: float) -> None:
    """An interval: a line with a foot at each end."""
    t.streep(x(laag), y, x(hoog), y, kleur=t.palet.hoofd, dikte=2)
    for rand in (laag, hoog):
        t.streep(x(rand), y - 3.5, x(rand), y + 3.5, kleur=t.palet.hoofd, dikte=1.2)


def legenda(t: Tekening, x: float, y: float, delen: Sequence[tuple[Callable[[float, float], None], str]]) -> None:
    """Marks with their words in one line; each mark draws itself at (x, y)."""
    for merk, woorden in delen:
        merk(x + 4, y - 2.8)
        t.tekst(x + 12, y, woorden, maat=8)
        x += 26 + t.letter.breedte(woorden, 8)


def om_de(perioden: Sequence[str], letter: Letter, ruimte: float) -> int:
    """Every how many periods a label fits without touching the next one."""
    bree = max(letter.breedte(str(p), KLEIN, False) for p in perioden)
    return max(1, ceil((bree + 6) / ruimte))
