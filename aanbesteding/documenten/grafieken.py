"""The charts of the documents. Each draws plain rows and carries its conclusion as alternative text.

A chart never stands alone: the template puts a table or a sentence beside it that says the same. All can be
read in greyscale: chosen bars are filled and others outlined, series differ in marker and dash.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from aanbesteding.kern.notatie import MAANDEN, getal

from .schaal import As, maandstappen, mooie_stappen
from .svg import STREEPJES, VORMEN, Letter, Palet, Tekening

Rij = Mapping[str, Any]
BREEDTE = 468.0
"""Width of the full type area (165 mm) in points."""
WIT = "#ffffff"


def staven(
    palet: Palet,
    letter: Letter,
    rijen: Sequence[Rij],
    *,
    titel: str,
    maximum: float,
    plaatsen: int | None = None,
    decimalen: int = 1,
) -> Markup:
    """Ranking as horizontal bars. Rows: {naam, waarde, gekozen}; `plaatsen` draws the cut below that row."""
    hoogte, links = 19.0, 168.0
    t = Tekening(palet, letter, BREEDTE, 8 + hoogte * len(rijen) + 20)
    x = As(0, maximum, links, BREEDTE - 34)
    onder = 6 + hoogte * len(rijen)
    for stap in mooie_stappen(0, maximum, 5):
        t.streep(x(stap), 4, x(stap), onder)
        t.tekst(x(stap), onder + 11, getal(stap), anker="midden", kleur=palet.grijs, maat=7.5)
    for nummer, rij in enumerate(rijen):
        y, gekozen = 6 + hoogte * nummer, bool(rij["gekozen"])
        naam = letter.afgebroken(str(rij["naam"]), 8.5, links - 10, gekozen)
        ingekort = naam[0] if len(naam) == 1 else f"{naam[0]} …"
        t.tekst(links - 8, y + 11.5, ingekort, anker="eind", vet=gekozen)
        t.vlak(
            links,
            y + 2.5,
            x(rij["waarde"]) - links,
            12,
            kleur=palet.hoofd if gekozen else WIT,
            rand=palet.hoofd,
        )
        t.tekst(x(rij["waarde"]) + 5, y + 11.5, getal(rij["waarde"], decimalen), vet=True)
    t.streep(links, 4, links, onder, kleur=palet.inkt, dikte=0.8)
    if plaatsen is not None and plaatsen < len(rijen):
        y = 6 + hoogte * plaatsen - 1.2
        t.streep(0, y, BREEDTE, y, kleur=palet.accent, dikte=1.2, streepjes="4 2.5")
        t.tekst(BREEDTE, y - 3.5, "grens", anker="eind", kleur=palet.accent, maat=7.5, vet=True)
    return t.klaar(titel)


def spreiding(
    palet: Palet,
    letter: Letter,
    rijen: Sequence[Rij],
    *,
    titel: str,
    laagste: float,
    hoogste: float,
    stap: float,
) -> Markup:
    """Scores per criterion. Rows: {naam, scores: [{wie: "A", waarde}], consensus: number or None}.

    Each assessor is a circle with a letter; equal scores stand beside each other. The consensus is a diamond.
    """
    hoogte, links = 30.0, 150.0
    t = Tekening(palet, letter, BREEDTE, hoogte * len(rijen) + 34)
    x, onder = As(laagste, hoogste, links + 40, BREEDTE - 44), 4 + hoogte * len(rijen)
    for n in range(int((hoogste - laagste) / stap) + 1):
        waarde = laagste + n * stap
        t.streep(x(waarde), 2, x(waarde), onder)
        t.tekst(x(waarde), onder + 10, getal(waarde), anker="midden", kleur=palet.grijs, maat=7.5)
    for nummer, rij in enumerate(rijen):
        y = 4 + hoogte * (nummer + 0.5)
        t.regels(0, y, letter.afgebroken(str(rij["naam"]), 8.5, links - 8))
        t.streep(0, y + hoogte / 2, BREEDTE, y + hoogte / 2)
        if rij.get("consensus") is not None:
            t.punt(x(rij["consensus"]), y, vorm="ruit", kleur=palet.tint, r=11.5, rand=palet.accent)
        for score, dx in _naast_elkaar(rij["scores"]):
            t.punt(x(score["waarde"]) + dx, y, kleur=palet.hoofd, r=5.4)
            t.tekst(
                x(score["waarde"]) + dx,
                y + 2.5,
                str(score["wie"]),
                anker="midden",
                kleur=WIT,
                maat=7.5,
                vet=True,
            )
    _legenda(
        t,
        links,
        onder + 24,
        [("rond", palet.hoofd, "score van één beoordelaar"), ("ruit", palet.accent, "consensusscore")],
    )
    return t.klaar(titel)


def _naast_elkaar(scores: Sequence[Rij]) -> list[tuple[Rij, float]]:
    """Each score with its horizontal shift, so that equal scores do not cover each other."""
    groepen: dict[float, list[Rij]] = {}
    for score in sorted(scores, key=lambda s: (s["waarde"], str(s["wie"]))):
        groepen.setdefault(float(score["waarde"]), []).append(score)
    return [(s, 12.0 * (n - (len(groep) - 1) / 2)) for groep in groepen.values() for n, s in enumerate(groep)]


def _legenda(t: Tekening, x: float, y: float, delen: Sequence[tuple[str, str, str]]) -> None:
    for vorm, kleur, woorden in delen:
        t.punt(x + 4, y - 2.8, vorm=vorm, kleur=kleur, r=3)
        t.tekst(x + 12, y, woorden, maat=8)
        x += 30 + t.letter.breedte(woorden, 8)


def tijdlijn(palet: Palet, letter: Letter, rijen: Sequence[Rij], *, titel: str) -> Markup:
    """The round on a calendar. Rows: {naam, van, tot or None} with ISO dates; no `tot` means one moment."""
    hoogte, links = 15.5, 168.0
    delen = [(str(r["naam"]), *_dagen(r)) for r in rijen]
    begin, eind = min(van for _, van, _ in delen), max(tot for _, _, tot in delen)
    t = Tekening(palet, letter, BREEDTE, 20 + hoogte * len(delen))
    x = As(begin.toordinal(), max(eind.toordinal(), begin.toordinal() + 1), links, BREEDTE - 8)
    for dag, lang in maandstappen(begin, eind):
        t.streep(x(dag.toordinal()), 14, x(dag.toordinal()), t.hoogte - 2)
        naam = f"{MAANDEN[dag.month - 1][:3]} {dag.year}" if lang else str(dag.year)
        midden = min(x(dag.toordinal()), BREEDTE - letter.breedte(naam, 7.5) / 2)
        t.tekst(midden, 9, naam, anker="midden", kleur=palet.grijs, maat=7.5)
    for nummer, (naam, van, tot) in enumerate(delen):
        y = 16 + hoogte * (nummer + 0.5)
        t.tekst(links - 8, y + 3, letter.afgebroken(naam, 8.5, links - 10)[0], anker="eind")
        if tot > van:
            t.vlak(x(van.toordinal()), y - 3.6, x(tot.toordinal()) - x(van.toordinal()), 7.2, kleur=palet.hoofd)
        else:
            t.punt(x(van.toordinal()), y, vorm="ruit", kleur=palet.accent, r=3.6)
    return t.klaar(titel)


def _dagen(rij: Rij) -> tuple[date, date]:
    van = date.fromisoformat(str(rij["van"])[:10])
    return van, date.fromisoformat(str(rij["tot"])[:10]) if rij.get("tot") else van


def lijn(
    palet: Palet,
    letter: Letter,
    perioden: Sequence[str],
    reeksen: Sequence[Rij],
    *,
    titel: str,
    eenheid: str = "",
    begin_bij: int | None = None,
    begin_tekst: str = "start pilot",
) -> Markup:
    """Lines over time. Series: {naam, waarden: number or None per period}; None leaves a gap, never a zero.

    `begin_bij` is the index of the first period in which the pilot works; the dashed line stands before it.
    """
    rechts = 12 + max(letter.breedte(str(r["naam"]), 8.5, True) for r in reeksen)
    t = Tekening(palet, letter, BREEDTE, 190)
    waarden = [w for r in reeksen for w in r["waarden"] if w is not None]
    stappen = mooie_stappen(min(waarden), max(waarden), 5)
    y, x = As(stappen[0], stappen[-1], 166, 20), As(0, max(len(perioden) - 1, 1), 40, BREEDTE - rechts - 8)
    t.tekst(0, 9, eenheid, kleur=palet.grijs, maat=7.5)
    for stap in stappen:
        t.streep(34, y(stap), BREEDTE - rechts, y(stap))
        t.tekst(29, y(stap) + 2.6, getal(stap), anker="eind", kleur=palet.grijs, maat=7.5)
    for n in range(0, len(perioden), _om_de(perioden, letter, x(1) - x(0))):
        t.tekst(x(n), 179, str(perioden[n]), anker="midden", kleur=palet.grijs, maat=7.5)
    if begin_bij is not None:
        t.streep(x(begin_bij - 0.5), 14, x(begin_bij - 0.5), 166, kleur=palet.inkt, dikte=0.9, streepjes="3 2")
        t.tekst(x(begin_bij - 0.5) + 4, 20, begin_tekst, kleur=palet.inkt, maat=7.5, vet=True)
    for n, reeks in enumerate(reeksen):
        _teken_reeks(t, n, [(x(i), None if w is None else y(w)) for i, w in enumerate(reeks["waarden"])])
    for n, hoogte in _uit_elkaar([y(_laatste(r["waarden"])) for r in reeksen]):
        t.tekst(BREEDTE - rechts + 6, hoogte + 3, str(reeksen[n]["naam"]), kleur=palet.reeks(n), vet=True)
    return t.klaar(titel)


def _om_de(perioden: Sequence[str], letter: Letter, ruimte: float) -> int:
    """Every how many periods a label fits without touching the next one."""
    breedste = max(letter.breedte(str(p), 7.5, False) for p in perioden)
    return max(1, ceil((breedste + 6) / ruimte))


def _teken_reeks(t: Tekening, nummer: int, punten: Sequence[tuple[float, float | None]]) -> None:
    kleur = t.palet.reeks(nummer)
    for (x1, y1), (x2, y2) in pairwise(punten):
        if y1 is not None and y2 is not None:
            t.pad([(x1, y1), (x2, y2)], kleur=kleur, streepjes=STREEPJES[nummer % 4])
    for x, y in punten:
        if y is not None:
            t.punt(x, y, vorm=VORMEN[nummer % 4], kleur=kleur)


def _laatste(waarden: Sequence[float | None]) -> float:
    return next(w for w in reversed(waarden) if w is not None)


def _uit_elkaar(hoogten: Sequence[float], afstand: float = 11.0) -> list[tuple[int, float]]:
    """Label heights with their series number, moved down where they would overlap."""
    uit: list[tuple[int, float]] = []
    for nummer, hoogte in sorted(enumerate(hoogten), key=lambda paar: paar[1]):
        uit.append((nummer, max(hoogte, uit[-1][1] + afstand) if uit else hoogte))
    return uit


def interval(
    palet: Palet,
    letter: Letter,
    rijen: Sequence[Rij],
    *,
    titel: str,
    eenheid: str = "",
    relevant: float | None = None,
) -> Markup:
    """Effect estimates with their interval. Rows: {naam, schatting, laag, hoog}, in the unit of the indicator.

    The full line is "no effect"; the dashed one is the smallest effect that the measuring plan calls relevant.
    """
    hoogte, links = 26.0, 168.0
    t = Tekening(palet, letter, BREEDTE, 18 + hoogte * len(rijen) + 28)
    uiterst = [0.0, relevant or 0.0, *(r[k] for r in rijen for k in ("laag", "hoog"))]
    stappen = mooie_stappen(min(uiterst), max(uiterst), 6)
    x, onder = As(stappen[0], stappen[-1], links, BREEDTE - 44), 18 + hoogte * len(rijen)
    for stap in stappen:
        t.streep(x(stap), 14, x(stap), onder)
        t.tekst(x(stap), onder + 11, getal(stap), anker="midden", kleur=palet.grijs, maat=7.5)
    t.tekst((links + BREEDTE - 44) / 2, onder + 23, eenheid, anker="midden", kleur=palet.grijs, maat=7.5)
    for waarde, naam, patroon in ((0.0, "geen effect", ""), (relevant, "relevant", "3 2")):
        if waarde is not None:
            t.streep(x(waarde), 12, x(waarde), onder, kleur=palet.inkt, dikte=1, streepjes=patroon)
            t.tekst(x(waarde), 8, naam, anker="midden", maat=7.5, vet=True)
    for nummer, rij in enumerate(rijen):
        _teken_interval(t, x, 18 + hoogte * (nummer + 0.5), rij, links)
    return t.klaar(titel)


def _teken_interval(t: Tekening, x: As, y: float, rij: Rij, links: float) -> None:
    t.regels(links - 8, y, t.letter.afgebroken(str(rij["naam"]), 8.5, links - 10), anker="eind")
    t.streep(x(rij["laag"]), y, x(rij["hoog"]), y, kleur=t.palet.hoofd, dikte=2)
    for rand in (rij["laag"], rij["hoog"]):
        t.streep(x(rand), y - 4, x(rand), y + 4, kleur=t.palet.hoofd, dikte=1.2)
    t.punt(x(rij["schatting"]), y, kleur=WIT, r=4, rand=t.palet.hoofd)
    t.tekst(t.breedte, y + 3, getal(rij["schatting"]), anker="eind", vet=True)


def rangen(palet: Palet, letter: Letter, rijen: Sequence[Rij], *, titel: str, grens: float, aantal: int) -> Markup:
    """Expected rank per proposal. Rows: {naam, verwacht, laag, hoog, gekozen}; ranks run from 1 to `aantal`.

    A bar across the dashed line is undecided. Chosen proposals have a filled dot and a bold name.
    """
    hoogte, links = 19.0, 168.0
    t = Tekening(palet, letter, BREEDTE, 22 + hoogte * len(rijen) + 44)
    x, onder = As(1, max(aantal, 2), links + 8, BREEDTE - 40), 18 + hoogte * len(rijen)
    for plaats in range(1, aantal + 1, 1 if aantal <= 20 else ceil(aantal / 20)):
        t.streep(x(plaats), 14, x(plaats), onder)
        t.tekst(x(plaats), onder + 11, str(plaats), anker="midden", kleur=palet.grijs, maat=7.5)
    t.tekst((x(1) + x(aantal)) / 2, onder + 22, "verwachte plaats", anker="midden", kleur=palet.grijs, maat=7.5)
    t.streep(x(grens), 12, x(grens), onder, kleur=palet.accent, dikte=1.2, streepjes="4 2.5")
    t.tekst(x(grens), 8, "grens", anker="midden", kleur=palet.accent, maat=7.5, vet=True)
    for nummer, rij in enumerate(rijen):
        y, gekozen = 18 + hoogte * (nummer + 0.5), bool(rij["gekozen"])
        naam = letter.afgebroken(str(rij["naam"]), 8.5, links - 10, gekozen)
        t.tekst(links - 8, y + 3, naam[0] if len(naam) == 1 else f"{naam[0]} …", anker="eind", vet=gekozen)
        t.streep(x(rij["laag"]), y, x(rij["hoog"]), y, kleur=palet.hoofd, dikte=2)
        for rand in (rij["laag"], rij["hoog"]):
            t.streep(x(rand), y - 4, x(rand), y + 4, kleur=palet.hoofd, dikte=1.2)
        t.punt(x(rij["verwacht"]), y, kleur=palet.hoofd if gekozen else WIT, r=4, rand=palet.hoofd)
        t.tekst(BREEDTE, y + 3, getal(rij["verwacht"], 1), anker="eind", vet=True)
    t.punt(links + 12, onder + 37.2, kleur=palet.hoofd, r=3.4, rand=palet.hoofd)
    t.tekst(links + 20, onder + 40, "kreeg een plaats", maat=8)
    t.punt(links + 112, onder + 37.2, kleur=WIT, r=3.4, rand=palet.hoofd)
    t.tekst(links + 120, onder + 40, "kreeg geen plaats", maat=8)
    return t.klaar(titel)


class Grafiek:
    """The charts as a template calls them: `{{ grafiek.staven(rijen, titel=…) }}`, in the round's house style."""

    def __init__(self, fonts: Path) -> None:
        self._letter = Letter(fonts)

    def _palet(self, context: Context) -> Palet:
        return Palet(**context["gemeente"].kleuren.model_dump())

    @pass_context
    def staven(self, context: Context, rijen: Sequence[Rij], **opties: Any) -> Markup:
        return staven(self._palet(context), self._letter, rijen, **opties)

    @pass_context
    def spreiding(self, context: Context, rijen: Sequence[Rij], **opties: Any) -> Markup:
        return spreiding(self._palet(context), self._letter, rijen, **opties)

    @pass_context
    def tijdlijn(self, context: Context, rijen: Sequence[Rij], **opties: Any) -> Markup:
        return tijdlijn(self._palet(context), self._letter, rijen, **opties)

    @pass_context
    def lijn(self, context: Context, perioden: Sequence[str], reeksen: Sequence[Rij], **opties: Any) -> Markup:
        return lijn(self._palet(context), self._letter, perioden, reeksen, **opties)

    @pass_context
    def interval(self, context: Context, rijen: Sequence[Rij], **opties: Any) -> Markup:
        return interval(self._palet(context), self._letter, rijen, **opties)

    @pass_context
    def rangen(self, context: Context, rijen: Sequence[Rij], **opties: Any) -> Markup:
        return rangen(self._palet(context), self._letter, rijen, **opties)


def voor_sjablonen(fonts: Path) -> Grafiek:
    return Grafiek(fonts)
