"""The theory of change as a picture: what goes in, what is done, what that gives, what changes, and why.

Short texts stand in five columns from left to right; longer ones in bands from top to bottom, over as many drawings
as they need, so that any number of items fits. The alternative text of each drawing holds every word in it, and
nothing rests on colour: order, arrows and headings carry the meaning.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..svg import Letter, Palet, Tekening
from .delen import BREEDTE, HOOGSTE, WIT

STAPPEN: tuple[tuple[str, str], ...] = (
    ("input", "Wat er nodig is"),
    ("activiteiten", "Wat de coalitie doet"),
    ("output", "Wat dat oplevert"),
    ("uitkomsten", "Wat er verandert"),
    ("effect", "Waar het om gaat"),
)
AANNAMES = ("aannames", "Dit klopt alleen als")
TUSSEN, MAAT, KOP = 13.0, 7.5, 8.0
REGEL, ONDER_PUNT, RAND = 9.6, 3.0, 5.0
HOOGSTE_KOLOMMEN = 330.0
"""Columns higher than this read worse than bands."""
LABEL = 104.0
MEESTE_REGELS = 50

Theorie = Mapping[str, Sequence[str]]


def in_woorden(theorie: Theorie, delen: Sequence[tuple[str, str]] = (*STAPPEN, AANNAMES)) -> str:
    """The whole theory as text, in order: what who cannot see the picture hears."""
    stukken = [
        f"{naam}: {'; '.join(s.strip().rstrip('.') for s in theorie[k])}." for k, naam in delen if theorie.get(k)
    ]
    return " ".join(stukken)


def verandertheorie(palet: Palet, letter: Letter, theorie: Theorie) -> Markup:
    """One or more drawings below each other. `theorie`: the lists of inhoud.Verandertheorie."""
    kolommen = _kolommen(letter, theorie)
    if max(k.hoogte for k in kolommen) <= HOOGSTE_KOLOMMEN:
        return _in_kolommen(palet, letter, theorie, kolommen)
    return _in_banden(palet, letter, theorie)


@dataclass(frozen=True)
class _Blok:
    """Items of one step, each as the lines that fit."""

    naam: list[str]
    punten: list[list[str]]

    @property
    def hoogte(self) -> float:
        regels = sum(len(p) for p in self.punten)
        return regels * REGEL + len(self.punten) * ONDER_PUNT + 2 * RAND


def _regels(letter: Letter, tekst: str, ruimte: float, maat: float = MAAT, *, vet: bool = False) -> list[str]:
    """Lines that all fit; a word that is wider than the room is cut with a hyphen."""
    uit: list[str] = []
    for regel in letter.afgebroken(" ".join(tekst.split()), maat, ruimte, vet):
        rest = regel
        while letter.breedte(rest, maat, vet) > ruimte and len(rest) > 1:
            lang = max(1, next(n for n in range(len(rest) - 1, -1, -1)
                               if n <= 1 or letter.breedte(rest[:n] + "-", maat, vet) <= ruimte))  # fmt: skip
            uit.append(rest[:lang] + "-")
            rest = rest[lang:]
        uit.append(rest)
    return uit or [""]


def _blok(letter: Letter, naam: str, punten: Sequence[str], ruimte: float, label: float) -> _Blok:
    binnen = ruimte - 2 * RAND - 7
    koppen = _regels(letter, naam, label - 2 * RAND, KOP, vet=True)
    return _Blok(koppen, [_regels(letter, p, binnen) for p in punten])


# ---------------------------------------------------------------- columns


def _breedte_kolom() -> float:
    return (BREEDTE - TUSSEN * (len(STAPPEN) - 1)) / len(STAPPEN)


def _kolommen(letter: Letter, theorie: Theorie) -> list[_Blok]:
    breed = _breedte_kolom()
    return [_blok(letter, naam, theorie[k], breed, breed) for k, naam in STAPPEN]


def _in_kolommen(palet: Palet, letter: Letter, theorie: Theorie, kolommen: list[_Blok]) -> Markup:
    breed, kop = _breedte_kolom(), max(len(k.naam) for k in kolommen) * 10 + 8.0
    hoog = max(k.hoogte for k in kolommen)
    voet = _blok(letter, AANNAMES[1], theorie["aannames"], BREEDTE, BREEDTE)
    onder = kop + hoog + 16
    t = Tekening(palet, letter, BREEDTE, onder + 14 + voet.hoogte + 1)
    for n, blok in enumerate(kolommen):
        x = n * (breed + TUSSEN)
        _vak(t, x, 0.5, breed, kop + hoog, laatste=n == len(kolommen) - 1)
        t.vlak(x + 0.5, 1, breed - 1, kop - 1, kleur=palet.tint)
        t.regels(x + breed / 2, 1 + kop / 2, blok.naam, anker="midden", vet=True)
        _punten(t, x + RAND, kop + RAND, blok.punten)
        if n:
            _pijl(t, x - TUSSEN + 2, kop / 2, x - 2, kop / 2)
    _aannames(t, onder, voet)
    return t.klaar(f"Verandertheorie, van links naar rechts. {in_woorden(theorie)}")


def _vak(t: Tekening, x: float, y: float, b: float, h: float, *, laatste: bool) -> None:
    """A box; the last step has a double edge, so that the goal stands out in black and white too."""
    t.vlak(x + 0.5, y, b - 1, h, kleur=WIT, rand=t.palet.hoofd)
    if laatste:
        t.vlak(x + 2.5, y + 2, b - 5, h - 4, kleur=WIT, rand=t.palet.hoofd)


def _punten(t: Tekening, x: float, y: float, punten: Sequence[Sequence[str]]) -> None:
    hoogte = y + 6
    for regels in punten:
        t.punt(x + 1.6, hoogte - 2.4, kleur=t.palet.hoofd, r=1.3)
        for regel in regels:
            t.tekst(x + 6, hoogte, regel, maat=MAAT)
            hoogte += REGEL
        hoogte += ONDER_PUNT


def _pijl(t: Tekening, x1: float, y1: float, x2: float, y2: float) -> None:
    """An arrow straight to the right or straight down."""
    t.streep(x1, y1, x2, y2, kleur=t.palet.inkt, dikte=1.2)
    if y1 == y2:
        t.pad([(x2 - 3.5, y2 - 3.2), (x2, y2), (x2 - 3.5, y2 + 3.2)], kleur=t.palet.inkt, dikte=1.2)
    else:
        t.pad([(x2 - 3.2, y2 - 3.5), (x2, y2), (x2 + 3.2, y2 - 3.5)], kleur=t.palet.inkt, dikte=1.2)


def _aannames(t: Tekening, y: float, blok: _Blok) -> None:
    """Under everything, behind a dashed line: what must be true for the rest to follow."""
    t.streep(0, y - 8, BREEDTE, y - 8, kleur=t.palet.grijs, dikte=0.8, streepjes="4 3")
    t.tekst(0, y + 6, AANNAMES[1] + ":", maat=KOP, vet=True)
    _punten(t, 0, y + 12, blok.punten)


# ---------------------------------------------------------------- bands


def _in_banden(palet: Palet, letter: Letter, theorie: Theorie) -> Markup:
    """Bands over as many drawings as needed; a band that is too high goes on in the next drawing."""
    stukken = [
        stuk
        for sleutel, naam in (*STAPPEN, AANNAMES)
        for stuk in _verdeel(_blok(letter, naam, theorie[sleutel], BREEDTE - LABEL, LABEL), list(theorie[sleutel]))
    ]
    platen: list[list[tuple[_Blok, list[str]]]] = [[]]
    for stuk in stukken:
        if platen[-1] and sum(_bandhoogte(b) for b, _ in platen[-1]) + _bandhoogte(stuk[0]) > HOOGSTE:
            platen.append([])
        platen[-1].append(stuk)
    return Markup("").join(_plaat(palet, letter, n, len(platen), plaat) for n, plaat in enumerate(platen, 1))


def _bandhoogte(blok: _Blok) -> float:
    return max(blok.hoogte, len(blok.naam) * 10 + 2 * RAND) + 12


def _verdeel(blok: _Blok, teksten: list[str]) -> list[tuple[_Blok, list[str]]]:
    """The band in parts that each fit in one drawing, with their words for the alternative text."""
    uit: list[tuple[_Blok, list[str]]] = []
    punten: list[list[str]] = []
    woorden: list[str] = []
    for regels, tekst in _hapklaar(blok, teksten):
        if punten and _bandhoogte(_Blok(blok.naam, [*punten, regels])) > HOOGSTE:
            uit.append((_Blok(blok.naam, punten), woorden))
            punten, woorden = [], []
        punten, woorden = [*punten, regels], [*woorden, *([tekst] if tekst else [])]
    return [*uit, (_Blok(blok.naam, punten), woorden)]


def _hapklaar(blok: _Blok, teksten: list[str]) -> Iterator[tuple[list[str], str]]:
    """Items with their words; one that is longer than a drawing goes on as a next item."""
    for regels, tekst in zip(blok.punten, teksten, strict=True):
        for begin in range(0, len(regels), MEESTE_REGELS):
            yield regels[begin : begin + MEESTE_REGELS], tekst if not begin else ""


def _plaat(palet: Palet, letter: Letter, nummer: int, aantal: int, stukken: list[tuple[_Blok, list[str]]]) -> Markup:
    t = Tekening(palet, letter, BREEDTE, sum(_bandhoogte(b) for b, _ in stukken))
    y = 0.5
    for n, (blok, _) in enumerate(stukken):
        hoog = _bandhoogte(blok) - 12
        naam = " ".join(blok.naam)
        t.vlak(0.5, y, BREEDTE - 1, hoog, kleur=WIT, rand=palet.grijs if naam == AANNAMES[1] else palet.hoofd)
        t.vlak(1, y + 0.5, LABEL - 1, hoog - 1, kleur=palet.tint)
        t.regels(RAND, y + hoog / 2, blok.naam, vet=True)
        _punten(t, LABEL + RAND, y + RAND, blok.punten)
        volgende = " ".join(stukken[n + 1][0].naam) if n + 1 < len(stukken) else AANNAMES[1]
        if volgende not in (AANNAMES[1], naam):
            _pijl(t, LABEL / 2, y + hoog + 1, LABEL / 2, y + hoog + 11)
        y += hoog + 12
    tekst = " ".join(f"{' '.join(b.naam)}: {'; '.join(w)}." for b, w in stukken)
    deel = f", deel {nummer} van {aantal}" if aantal > 1 else ""
    return t.klaar(f"Verandertheorie{deel}, van boven naar beneden. {tekst}")
