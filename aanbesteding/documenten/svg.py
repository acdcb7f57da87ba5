"""Drawing primitives for charts: hand-made, deterministic SVG with real text in the document font.

WeasyPrint sets SVG text letter by letter without kerning, so the width of a label is the sum of its advances.
Labels are placed by that sum, not by `text-anchor`: that would cost a transparency group per label.
All lengths are in units of the viewBox (1 unit = 1 pt when the drawing is as wide as the text).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont
from markupsafe import Markup, escape

FAMILIE = "Documentletter"
Anker = Literal["begin", "midden", "eind"]
VORMEN = ("rond", "vierkant", "ruit", "driehoek")
STREEPJES = ("", "5 2.5", "1.5 2", "7 2 1.5 2")


@dataclass(frozen=True)
class Palet:
    """Colours of the house style; greyscale works because shape and dash differ too."""

    inkt: str
    hoofd: str
    diep: str
    grijs: str
    accent: str
    goed: str
    tint: str
    lijn: str

    def reeks(self, nummer: int) -> str:
        return (self.hoofd, self.accent, self.goed, self.grijs)[nummer % 4]


def kort(x: float) -> str:
    """Coordinates with two decimals at most: smaller files, and no float noise in the bytes."""
    return f"{x:.2f}".rstrip("0").rstrip(".")


@cache
def _breedten(bestand: Path) -> tuple[dict[str, int], int]:
    """Advance width of each character in font units, and the units per em."""
    font = TTFont(bestand, lazy=True)
    maten = font["hmtx"].metrics
    return {chr(c): maten[g][0] for c, g in font.getBestCmap().items()}, font["head"].unitsPerEm


@dataclass(frozen=True)
class Letter:
    """The document font, for measuring."""

    fonts: Path

    def breedte(self, tekst: str, maat: float, vet: bool = False) -> float:
        naam = "SourceSans3-Semibold.ttf" if vet else "SourceSans3-Regular.ttf"
        breedten, em = _breedten(self.fonts / naam)
        return sum(breedten.get(teken, em // 2) for teken in tekst) * maat / em

    def afgebroken(self, tekst: str, maat: float, ruimte: float, vet: bool = False) -> list[str]:
        """`tekst` on as many lines as it needs; a single word that is too long keeps its own line."""
        regels: list[str] = []
        for woord in tekst.split():
            langer = f"{regels[-1]} {woord}" if regels else woord
            if regels and self.breedte(langer, maat, vet) <= ruimte:
                regels[-1] = langer
            else:
                regels.append(woord)
        return regels

    def passend(self, tekst: str, maat: float, ruimte: float, vet: bool = False) -> str:
        """`tekst` on one line of at most `ruimte`; what does not fit is cut off with an ellipsis."""
        if self.breedte(tekst, maat, vet) <= ruimte:
            return tekst
        lang = next((n for n in range(len(tekst), 0, -1) if self.breedte(tekst[:n] + "…", maat, vet) <= ruimte), 0)
        return tekst[:lang].rstrip() + "…"

    def regels_passend(self, tekst: str, maat: float, ruimte: float, aantal: int, vet: bool = False) -> list[str]:
        """`tekst` on at most `aantal` lines that all fit; the last one takes what is left, cut off where needed."""
        regels = self.afgebroken(tekst, maat, ruimte, vet)
        if len(regels) > aantal:
            regels = [*regels[: aantal - 1], " ".join(regels[aantal - 1 :])]
        return [self.passend(regel, maat, ruimte, vet) for regel in regels]


class Tekening:
    """Collects shapes; `klaar` gives the SVG. Later shapes lie on top."""

    def __init__(self, palet: Palet, letter: Letter, breedte: float, hoogte: float) -> None:
        self.palet, self.letter = palet, letter
        self.breedte, self.hoogte = breedte, hoogte
        self._delen: list[str] = []

    def tekst(
        self,
        x: float,
        y: float,
        woorden: str,
        *,
        anker: Anker = "begin",
        kleur: str = "",
        maat: float = 8.5,
        vet: bool = False,
    ) -> None:
        x -= self.letter.breedte(woorden, maat, vet) * {"begin": 0.0, "midden": 0.5, "eind": 1.0}[anker]
        gewicht = ' font-weight="600"' if vet else ""
        self._delen.append(
            f'<text x="{kort(x)}" y="{kort(y)}" font-size="{kort(maat)}" fill="{kleur or self.palet.inkt}"'
            f"{gewicht}>{escape(woorden)}</text>"
        )

    def regels(self, x: float, y: float, regels: Iterable[str], *, anker: Anker = "begin", vet: bool = False) -> None:
        """Lines of a label, 10 units apart, centred vertically on y."""
        lijst = list(regels)
        for nummer, regel in enumerate(lijst):
            self.tekst(x, y + 3 + 10 * (nummer - (len(lijst) - 1) / 2), regel, anker=anker, vet=vet)

    def streep(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        kleur: str = "",
        dikte: float = 0.5,
        streepjes: str = "",
    ) -> None:
        self.pad([(x1, y1), (x2, y2)], kleur=kleur or self.palet.lijn, dikte=dikte, streepjes=streepjes)

    def pad(
        self, punten: Iterable[tuple[float, float]], *, kleur: str, dikte: float = 1.5, streepjes: str = ""
    ) -> None:
        d = "M" + "L".join(f"{kort(x)} {kort(y)}" for x, y in punten)
        patroon = f' stroke-dasharray="{streepjes}"' if streepjes else ""
        self._delen.append(f'<path d="{d}" fill="none" stroke="{kleur}" stroke-width="{kort(dikte)}"{patroon}/>')

    def vlak(self, x: float, y: float, b: float, h: float, *, kleur: str, rand: str = "") -> None:
        lijn = f' stroke="{rand}" stroke-width=".8"' if rand else ""
        self._delen.append(
            f'<rect x="{kort(x)}" y="{kort(y)}" width="{kort(b)}" height="{kort(h)}" fill="{kleur}"{lijn}/>'
        )

    def punt(self, x: float, y: float, *, vorm: str = "rond", kleur: str, r: float = 2.6, rand: str = "") -> None:
        lijn = f' stroke="{rand}" stroke-width="1"' if rand else ""
        if vorm == "rond":
            self._delen.append(f'<circle cx="{kort(x)}" cy="{kort(y)}" r="{kort(r)}" fill="{kleur}"{lijn}/>')
            return
        hoeken = {
            "vierkant": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
            "ruit": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
            "driehoek": ((0, -1.2), (1.2, 1), (-1.2, 1)),
        }[vorm]
        d = "M" + "L".join(f"{kort(x + r * dx)} {kort(y + r * dy)}" for dx, dy in hoeken) + "Z"
        self._delen.append(f'<path d="{d}" fill="{kleur}"{lijn}/>')

    def klaar(self, titel: str) -> Markup:
        """`titel` says the conclusion and becomes the alternative text; an empty one is refused."""
        if not titel.strip():
            raise ValueError("een grafiek heeft een titel nodig die zegt wat er te zien is")
        kop = (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {kort(self.breedte)} '
            f'{kort(self.hoogte)}" font-family="{FAMILIE}"><title>{escape(titel)}</title>'
        )
        return Markup(kop + "".join(self._delen) + "</svg>")  # noqa: S704 -- every text is escaped above
