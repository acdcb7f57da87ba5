"""Who asks for advice, who gives it, and the explanation per coalition: data and sentences for the letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Paar = tuple[str, str]


@dataclass(frozen=True)
class Coalitie:
    """`uren` asked for; `uitgebreid` is the extended track (associations, or by the ACTIE scan)."""

    id: str
    uren: int
    uitgebreid: bool = False
    expertise: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Adviseur:
    """`uren` is what the adviser has left; `uitgebreid` whether he or she can give the extended track."""

    id: str
    uren: int
    uitgebreid: bool = False
    expertise: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Koppel:
    """Hours of one adviser for one coalition, with the expertise asked for that this adviser brings."""

    adviseur: str
    uren: int
    expertise: tuple[str, ...]


@dataclass(frozen=True)
class Toelichting:
    """What the letter to one coalition explains; `zinnen` are ready Dutch sentences without names."""

    coalitie: str
    spoor: str
    gevraagd: int
    toegewezen: int
    koppels: tuple[Koppel, ...]
    ontbrekende_expertise: tuple[str, ...]
    uitgesloten: dict[str, str]
    zinnen: tuple[str, ...]


def _zinnen(coalitie: Coalitie, gekregen: int, koppels: Sequence[Koppel], redenen: Mapping[str, str]) -> list[str]:
    spoor = "uitgebreide" if coalitie.uitgebreid else "gewone"
    vraag = f"U vroeg {coalitie.uren} uur advies in het {spoor} traject."
    hoeveel = "1 adviseur" if len(koppels) == 1 else f"{len(koppels)} adviseurs"
    zinnen = [f"{vraag} U krijgt {gekregen} uur van {hoeveel}."]
    if not koppels:
        zinnen = [f"{vraag} Er is nu geen adviseur voor u."]
    if 0 < gekregen < coalitie.uren:
        zinnen.append("Wij hebben niet genoeg uren voor elke vraag. Wij verdelen het tekort zo gelijk mogelijk.")
    gedekt = sorted({e for k in koppels for e in k.expertise})
    if gedekt:
        zinnen.append(f"Er is kennis bij van: {', '.join(gedekt)}.")
    mist = sorted(coalitie.expertise - set(gedekt))
    if mist:
        zinnen.append(f"Voor deze onderwerpen is nu geen adviseur vrij: {', '.join(mist)}.")
    weg = sum(reden == "belangenconflict" for reden in redenen.values())
    if weg:
        wie = "1 adviseur" if weg == 1 else f"{weg} adviseurs"
        zinnen.append(f"Door een mogelijk belangenconflict konden wij {wie} niet aan u koppelen.")
    return zinnen


def licht_toe(
    coalitie: Coalitie, adviseurs: Sequence[Adviseur], uren: Mapping[Paar, int], redenen: dict[str, str]
) -> Toelichting:
    koppels = tuple(
        Koppel(a.id, uren[coalitie.id, a.id], tuple(sorted(coalitie.expertise & a.expertise)))
        for a in adviseurs
        if uren.get((coalitie.id, a.id))
    )
    gekregen = sum(k.uren for k in koppels)
    mist = tuple(sorted(coalitie.expertise - {e for k in koppels for e in k.expertise}))
    spoor = "uitgebreid" if coalitie.uitgebreid else "standaard"
    zinnen = tuple(_zinnen(coalitie, gekregen, koppels, redenen))
    return Toelichting(coalitie.id, spoor, coalitie.uren, gekregen, koppels, mist, redenen, zinnen)
