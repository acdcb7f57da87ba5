"""Is a reason written for this proposal, or pasted from another one?

A score without own words is insufficient reasoning (Commissie van Aanbestedingsexperts, advice 209, as cited in
kennis/scoren.md). Word sets are compared, so that changing the order or one word of a pasted text still shows.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

GRENS = 0.8
"""Share of common words (Jaccard) from which two reasons count as the same text."""

_WOORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@lru_cache(maxsize=4096)
def woordenset(tekst: str) -> frozenset[str]:
    """The distinct words of a text, in lower case, without digits and punctuation. Kept, because every saved score
    is compared with all earlier reasons of its writer."""
    return frozenset(_WOORD.findall(tekst.casefold()))


def overlap(een: str, ander: str) -> float:
    """Jaccard index of the two word sets, 0 to 1; two texts without words count as equal."""
    a, b = woordenset(een), woordenset(ander)
    return len(a & b) / len(a | b) if a | b else 1.0


def gekopieerd_van(tekst: str, eerdere: Mapping[str, str], grens: float = GRENS) -> str | None:
    """The key of the earlier reason that this one repeats most, or None when it is written anew."""
    gelijkenis = {sleutel: overlap(tekst, ander) for sleutel, ander in eerdere.items()}
    hoogste = max(gelijkenis, key=lambda k: (gelijkenis[k], k), default=None)
    return hoogste if hoogste is not None and gelijkenis[hoogste] >= grens else None
