"""Effect: the estimate with its margin, and the difference per measurement (event study)."""

from collections.abc import Sequence

from markupsafe import Markup

from aanbesteding.kern.notatie import getal, getekend

from ..schaal import As, mooie_stappen
from ..svg import Letter, Palet, Tekening
from .delen import BREEDTE, GEWOON, KLEIN, LINKS, WIT, Rij, breedste, liggende_as, lijnlabels, marge, stappen_die_passen
from .tijd import BOVEN, ONDER, assen, startlijn


def interval(
    palet: Palet, letter: Letter, rijen: Sequence[Rij], *, titel: str, eenheid: str = "", relevant: float | None = None
) -> Markup:
    """Effect estimates with their interval. Rows: {naam, schatting, laag, hoog}, in the unit of the indicator.

    The full line is "no effect"; the dashed one is the smallest effect that the measuring plan calls relevant.
    """
    hoogte, boven = 26.0, 26.0
    onder = boven + hoogte * len(rijen)
    t = Tekening(palet, letter, BREEDTE, onder + 28)
    uiterst = [0.0, relevant or 0.0, *(r[k] for r in rijen for k in ("laag", "hoog"))]
    rechts = BREEDTE - 12 - max(letter.breedte(getekend(r["schatting"], 1), GEWOON, True) for r in rijen)
    stappen = stappen_die_passen(letter, min(uiterst), max(uiterst), rechts - LINKS)
    x = As(stappen[0], stappen[-1], LINKS + 4, rechts - breedste(letter, stappen) / 2)
    liggende_as(t, x, stappen, boven - 4, onder)
    t.tekst((x.begin + x.eind) / 2, onder + 23, eenheid, anker="midden", kleur=palet.grijs, maat=KLEIN)
    lijnen = [(0.0, "geen effect", "")] + ([(relevant, "belangrijk vanaf hier", "3 2")] if relevant else [])
    for waarde, _, patroon in lijnen:
        t.streep(x(waarde), boven - 6, x(waarde), onder, kleur=palet.inkt, dikte=1, streepjes=patroon)
    lijnlabels(t, [(x(waarde), woorden) for waarde, woorden, _ in lijnen], boven - 9)
    for nummer, rij in enumerate(rijen):
        _teken_interval(t, x, boven + hoogte * (nummer + 0.5), rij)
    return t.klaar(titel)


def _teken_interval(t: Tekening, x: As, y: float, rij: Rij) -> None:
    t.regels(LINKS - 8, y, t.letter.regels_passend(str(rij["naam"]), GEWOON, LINKS - 10, 2), anker="eind")
    marge(t, x, y, rij["laag"], rij["hoog"])
    t.punt(x(rij["schatting"]), y, kleur=WIT, r=4, rand=t.palet.hoofd)
    t.tekst(t.breedte, y + 3, getekend(rij["schatting"], 1), anker="eind", vet=True)


def gebeurtenis(
    palet: Palet, letter: Letter, perioden: Sequence[str], verschillen: Sequence[float | None], *, titel: str,
    eenheid: str = "", begin_bij: int | None = None, band: tuple[float, float] | None = None,
) -> Markup:  # fmt: skip
    """Event study: per measurement how far pilots and comparison areas moved apart since the start.

    Open dots are before the start, filled ones after it; None is a measurement that is missing. `band` is the
    interval of the effect over all measurements after the start: single dots have more chance in them than that.
    """
    waarden = [w for w in verschillen if w is not None]
    if not waarden:
        raise ValueError("een verloop heeft ten minste één verschil nodig")
    stappen = mooie_stappen(min(0.0, *waarden, *(band or ())), max(0.0, *waarden, *(band or ())), 5)
    t = Tekening(palet, letter, BREEDTE, 190)
    links, rechts = breedste(letter, stappen) + 10, BREEDTE - 70
    x = As(0, max(len(perioden) - 1, 1), links + 8, rechts - 12)
    y = As(stappen[0], stappen[-1], ONDER, BOVEN)
    if band is not None and begin_bij is not None:
        _band(t, x(begin_bij - 0.3), rechts, y, band)
    assen(t, x, y, stappen, perioden, eenheid, rechts)
    t.streep(x.begin - 6, y(0), rechts, y(0), kleur=palet.inkt, dikte=1)
    t.tekst(rechts + 6, y(0) + 3, "geen verschil", maat=KLEIN)
    if begin_bij is not None:
        startlijn(t, x(begin_bij - 0.5), "start pilot", rechts)
    namen = ["" if w is None else getal(w, 1) for w in verschillen]
    past = max(letter.breedte(naam, KLEIN, True) for naam in namen) + 4 <= x(1) - x(0)
    for n, waarde in enumerate(verschillen):
        if waarde is not None:
            na = begin_bij is not None and n >= begin_bij
            _stip(t, (x(n), y(waarde)), y(0), namen[n] if past else "", na=na, grens=rechts)
    return t.klaar(titel)


def _band(t: Tekening, links: float, rechts: float, y: As, band: tuple[float, float]) -> None:
    laag, hoog = band
    t.vlak(links, y(hoog), rechts - links, y(laag) - y(hoog), kleur=t.palet.tint)
    for rand in band:
        t.streep(links, y(rand), rechts, y(rand), kleur=t.palet.hoofd, dikte=0.7, streepjes="2 2")
    midden = min(max((y(laag) + y(hoog)) / 2, 26), ONDER - 8)
    if abs(midden - y(0)) < 16:
        midden = y(0) - 22 if y(0) > 60 else y(0) + 22
    t.regels(rechts + 6, midden, ["marge van", "het effect"])


def _stip(t: Tekening, plek: tuple[float, float], nul: float, woorden: str, *, na: bool, grens: float) -> None:
    x, y = plek
    t.streep(x, nul, x, y, kleur=t.palet.hoofd, dikte=1.2)
    t.punt(x, y, kleur=t.palet.hoofd if na else WIT, r=3.4, rand=t.palet.hoofd)
    if woorden:
        half = t.letter.breedte(woorden, KLEIN, na) / 2
        midden = min(x, grens - half)
        t.tekst(midden, y - 6 if y <= nul else y + 12, woorden, anker="midden", maat=KLEIN, vet=na)
