"""The round on a calendar, and measurements over time."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from aanbesteding.kern.notatie import MAANDEN, getal

from ..schaal import As, maandstappen, mooie_stappen
from ..svg import STREEPJES, VORMEN, Letter, Palet, Tekening
from .delen import BREEDTE, GEWOON, KLEIN, LINKS, Rij, breedste, lettermaat, om_de, rijhoogte, rijnaam

BOVEN, ONDER = 20.0, 166.0
NAAMRUIMTE = 118.0


def tijdlijn(palet: Palet, letter: Letter, rijen: Sequence[Rij], *, titel: str) -> Markup:
    """The round on a calendar. Rows: {naam, van, tot or None} with ISO dates; no `tot` means one moment."""
    hoogte = rijhoogte(len(rijen), 15.5)
    delen = [(str(r["naam"]), *_dagen(r)) for r in rijen]
    begin, eind = min(van for _, van, _ in delen), max(tot for _, _, tot in delen)
    t = Tekening(palet, letter, BREEDTE, 20 + hoogte * len(delen))
    x = As(begin.toordinal(), max(eind.toordinal(), begin.toordinal() + 1), LINKS, BREEDTE - 8)
    _kalender(t, x, begin, eind)
    for nummer, (naam, van, tot) in enumerate(delen):
        y = 16 + hoogte * (nummer + 0.5)
        rijnaam(t, naam, y, lettermaat(hoogte * 1.2))
        if tot > van:
            t.vlak(x(van.toordinal()), y - 3.6, x(tot.toordinal()) - x(van.toordinal()), 7.2, kleur=palet.hoofd)
        else:
            t.punt(x(van.toordinal()), y, vorm="ruit", kleur=palet.accent, r=3.6)
    return t.klaar(titel)


def _kalender(t: Tekening, x: As, begin: date, eind: date) -> None:
    """Months (or years) along the top; a name that would touch the one before it is left out, its line stays."""
    rechts = -1.0
    for dag, lang in maandstappen(begin, eind):
        plek = x(dag.toordinal())
        t.streep(plek, 14, plek, t.hoogte - 2)
        naam = f"{MAANDEN[dag.month - 1][:3]} {dag.year}" if lang else str(dag.year)
        b = t.letter.breedte(naam, KLEIN)
        links = min(plek - b / 2, t.breedte - b)
        if links > rechts + 4:
            t.tekst(links, 9, naam, kleur=t.palet.grijs, maat=KLEIN)
            rechts = links + b


def _dagen(rij: Rij) -> tuple[date, date]:
    van = date.fromisoformat(str(rij["van"])[:10])
    return van, date.fromisoformat(str(rij["tot"])[:10]) if rij.get("tot") else van


def lijn(
    palet: Palet, letter: Letter, perioden: Sequence[str], reeksen: Sequence[Rij], *, titel: str, eenheid: str = "",
    begin_bij: int | None = None, begin_tekst: str = "start pilot", achtergrond: Sequence[Sequence[float | None]] = (),
) -> Markup:  # fmt: skip
    """Lines over time. Series: {naam, waarden: number or None per period}; None leaves a gap, never a zero.

    `begin_bij` is the index of the first period in which the pilot works; the dashed line stands before it.
    `achtergrond` draws every single area thin and grey behind the lines, so that a reader sees how much areas
    differ by themselves. Raises ValueError when there is nothing to draw.
    """
    reeksen = [r for r in reeksen if any(w is not None for w in r["waarden"])]
    alle = [w for rij in (*(r["waarden"] for r in reeksen), *achtergrond) for w in rij if w is not None]
    if not reeksen:
        raise ValueError("een lijn heeft ten minste één meting nodig")
    namen = [letter.passend(str(r["naam"]), GEWOON, NAAMRUIMTE, vet=True) for r in reeksen]
    rechts = 12 + max(letter.breedte(n, GEWOON, True) for n in namen)
    stappen = mooie_stappen(min(alle), max(alle), 5)
    links = breedste(letter, stappen) + 10
    t = Tekening(palet, letter, BREEDTE, 190)
    y, x = As(stappen[0], stappen[-1], ONDER, BOVEN), As(0, max(len(perioden) - 1, 1), links + 8, BREEDTE - rechts - 8)
    assen(t, x, y, stappen, perioden, eenheid, BREEDTE - rechts)
    for rij in achtergrond:
        _verbind(t, [(x(i), None if w is None else y(w)) for i, w in enumerate(rij)], palet.lijn, 0.7)
    if begin_bij is not None:
        startlijn(t, x(begin_bij - 0.5), begin_tekst, BREEDTE - rechts)
    for n, reeks in enumerate(reeksen):
        _teken_reeks(t, n, [(x(i), None if w is None else y(w)) for i, w in enumerate(reeks["waarden"])])
    for n, hoogte in uit_elkaar([y(_laatste(r["waarden"])) for r in reeksen], ONDER):
        t.tekst(BREEDTE - rechts + 6, hoogte + 3, namen[n], kleur=palet.reeks(n), vet=True)
    return t.klaar(titel)


def assen(
    t: Tekening, x: As, y: As, stappen: Sequence[float], perioden: Sequence[str], eenheid: str, rechts: float
) -> None:
    """Horizontal hairlines with their values left, periods below (as many as fit), the unit on top."""
    t.tekst(0, 9, t.letter.passend(eenheid, KLEIN, t.breedte), kleur=t.palet.grijs, maat=KLEIN)
    for stap in stappen:
        t.streep(x.begin - 6, y(stap), rechts, y(stap))
        t.tekst(x.begin - 11, y(stap) + 2.6, getal(stap), anker="eind", kleur=t.palet.grijs, maat=KLEIN)
    for n in range(0, len(perioden), om_de(perioden, t.letter, x(1) - x(0))):
        naam = str(perioden[n])
        half = t.letter.breedte(naam, KLEIN) / 2
        t.tekst(max(x(n), half), 179, naam, anker="midden", kleur=t.palet.grijs, maat=KLEIN)


def startlijn(t: Tekening, x: float, woorden: str, rechts: float) -> None:
    """The dashed line before the first period of the pilot; its words go to the side that has room."""
    t.streep(x, 14, x, ONDER, kleur=t.palet.inkt, dikte=0.9, streepjes="3 2")
    past = x + 4 + t.letter.breedte(woorden, KLEIN, True) <= rechts
    t.tekst(x + 4 if past else x - 4, 17, woorden, anker="begin" if past else "eind", maat=KLEIN, vet=True)


def _verbind(
    t: Tekening, punten: Sequence[tuple[float, float | None]], kleur: str, dikte: float, lijn: str = ""
) -> None:
    for (x1, y1), (x2, y2) in pairwise(punten):
        if y1 is not None and y2 is not None:
            t.pad([(x1, y1), (x2, y2)], kleur=kleur, dikte=dikte, streepjes=lijn)


def _teken_reeks(t: Tekening, nummer: int, punten: Sequence[tuple[float, float | None]]) -> None:
    kleur = t.palet.reeks(nummer)
    _verbind(t, punten, kleur, 1.5, STREEPJES[nummer % 4])
    for x, y in punten:
        if y is not None:
            t.punt(x, y, vorm=VORMEN[nummer % 4], kleur=kleur)


def _laatste(waarden: Sequence[float | None]) -> float:
    return next(w for w in reversed(waarden) if w is not None)


def uit_elkaar(hoogten: Sequence[float], onder: float, afstand: float = 11.0) -> list[tuple[int, float]]:
    """Label heights with their series number, moved apart where they would overlap, and kept above `onder`."""
    uit: list[tuple[int, float]] = []
    for nummer, hoogte in sorted(enumerate(hoogten), key=lambda paar: paar[1]):
        uit.append((nummer, max(hoogte, uit[-1][1] + afstand) if uit else hoogte))
    grens = onder
    for n in range(len(uit) - 1, -1, -1):
        uit[n] = (uit[n][0], min(uit[n][1], grens))
        grens = uit[n][1] - afstand
    return uit
