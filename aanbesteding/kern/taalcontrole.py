"""What a writer can mend in a text, sentence by sentence; the figures come from taaltoets.

A finding is a fact about one sentence ("27 woorden"), so that a template editor knows where to begin.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .schrijfwijze import schrijffouten
from .taaltoets import is_lijdend, splits_zinnen, woorden
from .taalwoorden import MOEILIJK, VOLUIT

LANGE_ZIN: Final = 20
"""Words; a sentence above this is reported (the norm of 15 in taaltoets is for the mean)."""
LANG_WOORD: Final = 22
"""Letters; a compound above this is hard to read at a glance."""
_LETTERWOORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Bevinding:
    """One thing to mend. `soort`: 'lang', 'lijdend', 'moeilijk', 'afkorting', 'lang woord' or 'schrijfwijze'."""

    soort: str
    zin: str
    fragment: str
    advies: str


@dataclass(frozen=True)
class Cijfers:
    """Figures of one text; shares from 0 to 1, an empty text gives zeros."""

    zinnen: int
    woorden: int
    gemiddelde_zinslengte: float
    aandeel_lang: float
    aandeel_lijdend: float
    moeilijk_per_100_woorden: float


@dataclass(frozen=True)
class Taalnorm:
    """The most that a text may have; the defaults are level B1 for a document of a municipality."""

    gemiddelde_zinslengte: float = 12.0
    aandeel_lang: float = 0.05
    aandeel_lijdend: float = 0.10
    moeilijk_per_100_woorden: float = 0.5

    def tekorten(self, cijfers: Cijfers) -> list[str]:
        """Where the text fails, as Dutch sentences with the figure and the limit."""
        namen = {
            "gemiddelde_zinslengte": ("de zinnen zijn gemiddeld {} woorden lang", 1, ""),
            "aandeel_lang": (f"{{}} van de zinnen heeft meer dan {LANGE_ZIN} woorden", 100, "%"),
            "aandeel_lijdend": ("{} van de zinnen is lijdend", 100, "%"),
            "moeilijk_per_100_woorden": ("{} moeilijke woorden per 100 woorden", 1, ""),
        }
        return [
            f"{zin.format(_komma(waarde * keer) + staart)}; hoogstens {_komma(grens * keer)}{staart}"
            for veld, (zin, keer, staart) in namen.items()
            if (waarde := getattr(cijfers, veld)) > (grens := getattr(self, veld))
        ]


def _komma(getal: float) -> str:
    return f"{getal:.1f}".removesuffix(".0").replace(".", ",")


def controleer_zin(zin: str, toegestaan: frozenset[str] = frozenset()) -> list[Bevinding]:
    """Every finding in one sentence, except notation (that is looked for in whole blocks)."""
    uit = []
    if (aantal := len(woorden(zin))) > LANGE_ZIN:
        uit.append(Bevinding("lang", zin, f"{aantal} woorden", "maak er twee zinnen van"))
    if is_lijdend(zin):
        uit.append(Bevinding("lijdend", zin, "lijdende vorm", "schrijf wie het doet"))
    laag = " ".join(zin.lower().split())
    uit += [Bevinding("moeilijk", zin, w, f"schrijf '{MOEILIJK[w]}'") for w in moeilijke_woorden(laag, toegestaan)]
    uit += [Bevinding("afkorting", zin, a, f"schrijf '{v}'") for a, v in VOLUIT.items() if _komt_voor(a, laag)]
    return uit + [
        Bevinding("lang woord", zin, w, "knip het woord op of gebruik een korter woord")
        for w in lange_woorden(zin, toegestaan)
    ]


def moeilijke_woorden(zin: str, toegestaan: frozenset[str]) -> list[str]:
    """Every occurrence of a difficult word; a phrase wins from the words inside it."""
    uit, over = [], zin.lower()
    for woord in sorted(MOEILIJK, key=len, reverse=True):
        if woord not in toegestaan and (aantal := len(re.findall(_heel(woord), over))):
            uit += [woord] * aantal
            over = re.sub(_heel(woord), " ", over)
    return uit


def lange_woorden(zin: str, toegestaan: frozenset[str]) -> list[str]:
    """Compounds above the limit; a hyphen makes parts, and each part is measured."""
    gevonden = {deel for w in _LETTERWOORD.findall(zin) for deel in w.split("-") if len(deel) > LANG_WOORD}
    return sorted(w for w in gevonden if w.lower() not in toegestaan)


def _heel(woord: str) -> str:
    return rf"(?<!\w){re.escape(woord)}(?!\w)"


def _komt_voor(afkorting: str, zin: str) -> bool:
    return re.search(_heel(afkorting), zin) is not None


def meet(blokken: Iterable[str], toegestaan: frozenset[str] = frozenset()) -> tuple[Cijfers, tuple[Bevinding, ...]]:
    """Figures and findings of running text, given as blocks (paragraphs, list items)."""
    zinnen = [zin for blok in blokken for zin in splits_zinnen(blok)]
    bevindingen = [b for zin in zinnen for b in controleer_zin(zin, toegestaan)]
    aantal, totaal = len(zinnen) or 1, sum(len(woorden(zin)) for zin in zinnen)
    telt = {soort: sum(b.soort == soort for b in bevindingen) for soort in ("lang", "lijdend", "moeilijk")}
    cijfers = Cijfers(
        zinnen=len(zinnen),
        woorden=totaal,
        gemiddelde_zinslengte=totaal / aantal,
        aandeel_lang=telt["lang"] / aantal,
        aandeel_lijdend=telt["lijdend"] / aantal,
        moeilijk_per_100_woorden=100 * telt["moeilijk"] / (totaal or 1),
    )
    return cijfers, tuple(bevindingen)


def schrijfwijze(tekst: str, *, cel: bool = False) -> list[Bevinding]:
    """The wrong notations in one block, as findings."""
    return [Bevinding("schrijfwijze", tekst, f.gevonden, f.goed) for f in schrijffouten(tekst, cel=cel)]
