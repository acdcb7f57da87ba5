"""Measures how plain a Dutch text is (level B1).

Norm from municipal style guides (shared/kennis/domein.md 1.3): short sentences of at most 15 words, active,
no difficult words. This is a help for the writer, not a verdict: no formula knows what readers know.
"""

import re
from dataclasses import dataclass
from typing import Final

from aanbesteding.kern.taalwoorden import AFKORTINGEN, GEEN_DEELWOORD, MOEILIJK, SLOTAFKORTINGEN

MAX_WOORDEN: Final = 15


@dataclass(frozen=True)
class Norm:
    """Limits of a text at B1: words per sentence, and shares from 0 to 1."""

    gemiddelde_zinslengte: float = 15.0
    aandeel_lange_zinnen: float = 0.20
    aandeel_lijdend: float = 0.15
    moeilijk_per_100_woorden: float = 1.0


@dataclass(frozen=True)
class MoeilijkWoord:
    """A difficult word (lower case, as in the list), its plain alternative and how often it occurs."""

    woord: str
    alternatief: str
    aantal: int


@dataclass(frozen=True)
class Taalrapport:
    """Figures of one text. Shares run from 0 to 1; the sentences stand in the order of the text."""

    zinnen: int
    woorden: int
    gemiddelde_zinslengte: float
    aandeel_lange_zinnen: float
    aandeel_lijdend: float
    lange_zinnen: tuple[str, ...]
    lijdende_zinnen: tuple[str, ...]
    moeilijke_woorden: tuple[MoeilijkWoord, ...]
    adviezen: tuple[str, ...]

    @property
    def is_b1(self) -> bool:
        """No advice left under the norm."""
        return not self.adviezen


_EINDE: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_REGELBEGIN: Final = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)]|[a-z][.)])\s+")
_NIEUW_BEGIN: Final = re.compile(r"\s+[\"'“‘«(\[]*(?:[^\W\d_]|\d|€|'s|’s|'t|’t)")
_WOORD: Final = re.compile(r"[^\W_]+(?:[.,:'’\-/][^\W_]+)*", re.UNICODE)
_DEELWOORD: Final = re.compile(
    r"(?:\w{2,7})?ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er)\w{3,}(?:d|t|en)|gedaan|gezien|\w*gegaan|\w*gestaan",
    re.I,
)
_WORDEN: Final = re.compile(r"\b(?:word|wordt|worden|werd|werden)\b", re.I)
_ZIJN: Final = re.compile(r"\b(?:ben|bent|is|zijn|was|waren)\b", re.I)


def _is_zinseinde(tekst: str, treffer: re.Match[str]) -> bool:
    """Whether this punctuation ends a sentence, and is no abbreviation, initial or dot before lower case."""
    rest = tekst[treffer.end() :]
    if not rest.strip():
        return True
    volgend = rest.lstrip().lstrip("\"'“‘«([")
    klein = volgend[:1].islower() and not re.match(r"['’][st]\b", rest.lstrip())
    if not treffer.group(0).startswith("."):
        return not klein
    if klein:
        return False
    woord = re.split(r"[\s(\[\"'“‘]", tekst[: treffer.start()])[-1].lower()
    if f"{woord}." in AFKORTINGEN or re.fullmatch(r"(?:[a-z]\.)*[a-z]", woord):
        return f"{woord}." in SLOTAFKORTINGEN
    return _NIEUW_BEGIN.match(rest) is not None


def _splits_regel(regel: str) -> list[str]:
    zinnen, begin = [], 0
    for treffer in _EINDE.finditer(regel):
        if _is_zinseinde(regel, treffer):
            zinnen.append(regel[begin : treffer.end()].strip())
            begin = treffer.end()
    zinnen.append(regel[begin:].strip())
    return [z for z in zinnen if _WOORD.search(z)]


def splits_zinnen(tekst: str) -> list[str]:
    """Sentences of a Dutch text, in order.

    A blank line or a list item ends a sentence; a single line break inside a paragraph does not. Dots in
    "12.00 uur", "€ 12.500", "art. 4:13", "23 nov. 2026" and "J. de Vries" do not either.
    """
    alineas: list[list[str]] = [[]]
    for regel in tekst.splitlines():
        if not regel.strip() or _REGELBEGIN.match(regel):
            alineas.append([])
        if regel.strip():
            alineas[-1].append(_REGELBEGIN.sub("", regel).strip())
    return [zin for delen in alineas if delen for zin in _splits_regel(" ".join(delen))]


def woorden(zin: str) -> list[str]:
    """Words of a sentence; "12.00", "€ 12.500" and "65-plussers" count as one word each."""
    return _WOORD.findall(zin)


def is_lijdend(zin: str) -> bool:
    """Whether the sentence is passive: a form of 'worden' with a participle, or 'is/zijn ... door'.

    A rule of thumb without a grammar: it takes "het wordt koud" as active and "wordt behandeld" as passive.
    """
    zin = re.sub(r"‘[^’]*’", " ", zin)  # a title between quotes is a name, not grammar
    losse = [w.lower() for w in woorden(zin)]
    deelwoord = any(_DEELWOORD.fullmatch(w) and w not in GEEN_DEELWOORD for w in losse)
    if not deelwoord:
        return False
    return bool(_WORDEN.search(zin)) or bool(_ZIJN.search(zin) and "door" in losse)


def _moeilijk(tekst: str, toegestaan: frozenset[str]) -> tuple[MoeilijkWoord, ...]:
    laag = " ".join(tekst.lower().split())
    gevonden = []
    for woord, alternatief in MOEILIJK.items():
        aantal = len(re.findall(rf"(?<!\w){re.escape(woord)}(?!\w)", laag))
        if aantal and woord not in toegestaan:
            gevonden.append(MoeilijkWoord(woord, alternatief, aantal))
    return tuple(sorted(gevonden, key=lambda m: (-m.aantal, m.woord)))


def _adviezen(
    *,
    norm: Norm,
    gemiddeld: float,
    lang: float,
    lijdend: float,
    moeilijk: tuple[MoeilijkWoord, ...],
    totaal: int,
) -> tuple[str, ...]:
    adviezen = []
    if gemiddeld > norm.gemiddelde_zinslengte:
        adviezen.append(f"De zinnen zijn gemiddeld {gemiddeld:.0f} woorden lang. Maak ze korter.")
    if lang > norm.aandeel_lange_zinnen:
        adviezen.append(f"{lang:.0%} van de zinnen heeft meer dan {MAX_WOORDEN} woorden. Knip ze in tweeën.")
    if lijdend > norm.aandeel_lijdend:
        adviezen.append(f"{lijdend:.0%} van de zinnen is lijdend. Schrijf wie iets doet.")
    if totaal and 100 * sum(m.aantal for m in moeilijk) / totaal > norm.moeilijk_per_100_woorden:
        paren = ", ".join(f"'{m.woord}' wordt '{m.alternatief}'" for m in moeilijk[:5])
        adviezen.append(f"Vervang moeilijke woorden: {paren}.")
    return tuple(adviezen)


def toets_taal(tekst: str, norm: Norm | None = None, toegestaan: frozenset[str] = frozenset()) -> Taalrapport:
    """Figures and advice for one text.

    `toegestaan` holds difficult words (lower case) that the law makes unavoidable, such as "beschikking".
    An empty text gives zeros and no advice.
    """
    zinnen = splits_zinnen(tekst)
    lengtes = [len(woorden(z)) for z in zinnen]
    n, totaal = max(len(zinnen), 1), sum(lengtes)
    lange = tuple(z for z, lengte in zip(zinnen, lengtes, strict=True) if lengte > MAX_WOORDEN)
    lijdende = tuple(z for z in zinnen if is_lijdend(z))
    moeilijk = _moeilijk(tekst, toegestaan)
    gemiddeld, lang, lijdend = totaal / n, len(lange) / n, len(lijdende) / n
    adviezen = _adviezen(
        norm=norm or Norm(), gemiddeld=gemiddeld, lang=lang, lijdend=lijdend, moeilijk=moeilijk, totaal=totaal
    )
    return Taalrapport(len(zinnen), totaal, gemiddeld, lang, lijdend, lange, lijdende, moeilijk, adviezen)
