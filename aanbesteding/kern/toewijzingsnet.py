"""The allocation of assessors as one flow network, and in Dutch why there is none.

Per proposal k units leave two nodes: one sends `afdelingen_min` units to as many different departments
(capacity 1 each), the other sends the rest anywhere. So a feasible flow is exactly "k assessors from at least
that many departments"; for two departments this equals a capacity of k - 1 per department. Loads lie between
two bounds.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from math import ceil
from typing import Literal

import numpy as np

from .netwerkstroom import Netwerk, NetwerkBouwer, Reeks, goedkoopste_stroom

Paar = tuple[str, str]
LOT = 1 << 20  # size of the seeded tie-break, see `lotkosten`


class ToewijzingError(ValueError):
    """Input that contradicts itself; the Dutch message names the field and the mend."""


class OnmogelijkeToewijzingError(ToewijzingError):
    """No allocation meets all rules: `regel` names the rule that fails, `oplossing` what would help."""

    def __init__(self, regel: str, oplossing: str) -> None:
        self.regel = regel
        self.oplossing = oplossing
        super().__init__(f"{regel} {oplossing}")


@dataclass(frozen=True)
class Beoordelaar:
    """An assessor with the department that counts for the spread over departments."""

    id: str
    afdeling: str


@dataclass(frozen=True)
class Certificaat:
    """Proof of the allocation, printed in the document.

    `slechtste` is the lowest expertise sum of a proposal, `slechtste_bovengrens` what no allocation can
    exceed; `totaal` the sum over all proposals, `totaal_bovengrens` the highest total of any allocation
    that is as good for the worst-off proposal. Equal pairs of numbers prove that nothing better exists.
    """

    geen_negatieve_kring: bool
    klopt_met_regels: bool
    knopen: int
    bogen: int
    rondes_bellman_ford: int
    slechtste: int
    slechtste_bovengrens: int
    totaal: int
    totaal_bovengrens: int
    laagste_belasting: int
    hoogste_belasting: int


@dataclass(frozen=True)
class Toewijzing:
    """`paren` are (proposal, assessor), sorted; `certificaat` is None when everyone scores everything."""

    werkwijze: Literal["iedereen alles", "verdeeld"]
    paren: tuple[Paar, ...]
    belasting: dict[str, int]
    seed: str
    certificaat: Certificaat | None


@dataclass(frozen=True)
class Opdracht:
    """What must be allocated, sorted by id, so that the order of the input cannot matter.

    `afdeling` maps assessor → department; `baten` (proposal, assessor) → expertise in whole points;
    `maximum` is the highest load, `spreiding` the largest difference in load between two assessors.
    """

    voorstellen: tuple[str, ...]
    afdeling: Mapping[str, str]
    conflicten: frozenset[Paar]
    baten: Mapping[Paar, int]
    per_voorstel: int
    maximum: int
    afdelingen_min: int
    spreiding: int
    seed: str

    @property
    def beoordelaars(self) -> tuple[str, ...]:
        """Assessor ids in order."""
        return tuple(sorted(self.afdeling))

    def vrij(self, voorstel: str) -> list[str]:
        """Assessors without a conflict on this proposal."""
        return [b for b in self.beoordelaars if (voorstel, b) not in self.conflicten]


@dataclass(frozen=True)
class Toewijsnet:
    """The network with, per pair, the index of its arc."""

    netwerk: Netwerk
    bogen: dict[Paar, int]

    def paren(self, stroom: Reeks) -> tuple[Paar, ...]:
        """The pairs that carry flow, sorted."""
        return tuple(sorted(paar for paar, boog in self.bogen.items() if stroom[boog]))


def lotkosten(seed: str, voorstel: str, beoordelaar: str) -> int:
    """Seeded tie-break in 0..2²⁰-1, the same for everyone who knows the published seed."""
    return int.from_bytes(sha256(f"{seed}|{voorstel}|{beoordelaar}".encode()).digest(), "big") % LOT


def paarkosten(opdracht: Opdracht, gewicht: Mapping[str, int]) -> dict[Paar, int]:
    """Cost per allowed pair: minus the (weighted) expertise, times more than all tie-breaks together."""
    groot = LOT * max(1, len(opdracht.voorstellen) * opdracht.per_voorstel)
    return {
        (v, b): lotkosten(opdracht.seed, v, b) - opdracht.baten.get((v, b), 1) * gewicht.get(v, 1) * groot
        for v in opdracht.voorstellen
        for b in opdracht.vrij(v)
    }


def bouw_net(opdracht: Opdracht, kosten: Mapping[Paar, int], laagste: int, hoogste: int) -> Toewijsnet:
    """The network in which every assessor gets `laagste` up to `hoogste` proposals."""
    wie, afdelingen = opdracht.beoordelaars, sorted(set(opdracht.afdeling.values()))
    n, a, d = len(opdracht.voorstellen), len(wie), len(afdelingen)
    verschillend = min(opdracht.afdelingen_min, opdracht.per_voorstel)
    bouwer = NetwerkBouwer(2 * n + n * d + a + 1)
    put = 2 * n + n * d + a
    knoop_van = {b: 2 * n + n * d + j for j, b in enumerate(wie)}
    nummer = {afdeling: j for j, afdeling in enumerate(afdelingen)}
    bogen: dict[Paar, int] = {}
    for i, voorstel in enumerate(opdracht.voorstellen):
        bouwer.aanbod[2 * i : 2 * i + 2] = verschillend, opdracht.per_voorstel - verschillend
        for j in range(d):
            bouwer.boog(2 * i, 2 * n + i * d + j, 1)
            bouwer.boog(2 * i + 1, 2 * n + i * d + j, opdracht.per_voorstel)
        for b in opdracht.vrij(voorstel):
            van = 2 * n + i * d + nummer[opdracht.afdeling[b]]
            bogen[voorstel, b] = bouwer.boog(van, knoop_van[b], 1, kosten.get((voorstel, b), 0))
    for b in wie:
        bouwer.boog(knoop_van[b], put, hoogste - laagste)
        bouwer.aanbod[knoop_van[b]] = -laagste
    bouwer.aanbod[put] = laagste * a - n * opdracht.per_voorstel
    return Toewijsnet(bouwer.netwerk(), bogen)


def belastingvensters(opdracht: Opdracht) -> list[tuple[int, int]]:
    """(lowest, highest) loads that can hold the total within the allowed difference, most central first."""
    totaal, aantal = len(opdracht.voorstellen) * opdracht.per_voorstel, len(opdracht.afdeling)
    midden = totaal // aantal
    vensters = [
        (laag, min(laag + opdracht.spreiding, opdracht.maximum))
        for laag in range(max(0, midden - opdracht.spreiding), midden + 1)
    ]
    passend = [(l, h) for l, h in vensters if l <= h and l * aantal <= totaal <= h * aantal]  # noqa: E741
    return sorted(passend, key=lambda v: (abs((v[0] + v[1]) * aantal - 2 * totaal), -v[0]))


def haalbaar_venster(opdracht: Opdracht) -> tuple[int, int] | None:
    """The first window of loads for which an allocation exists."""
    for laag, hoog in belastingvensters(opdracht):
        if goedkoopste_stroom(bouw_net(opdracht, {}, laag, hoog).netwerk) is not None:
            return laag, hoog
    return None


def _controleer_voorstel(opdracht: Opdracht, voorstel: str) -> None:
    vrij, nodig = opdracht.vrij(voorstel), opdracht.per_voorstel
    if len(vrij) < nodig:
        raise OnmogelijkeToewijzingError(
            f"Voorstel {voorstel} heeft {len(vrij)} beoordelaars zonder belangenconflict; de regel vraagt {nodig}.",
            f"Voeg minstens {nodig - len(vrij)} beoordelaar(s) toe of verlaag het aantal per voorstel.",
        )
    afdelingen = len({opdracht.afdeling[b] for b in vrij})
    if afdelingen < opdracht.afdelingen_min:
        raise OnmogelijkeToewijzingError(
            f"Voor voorstel {voorstel} zijn beoordelaars vrij uit {afdelingen} afdeling(en); "
            f"de regel vraagt er {opdracht.afdelingen_min}.",
            "Voeg een beoordelaar zonder belangenconflict uit een andere afdeling toe.",
        )


def controleer(opdracht: Opdracht) -> None:
    """Raise OnmogelijkeToewijzingError for what can be seen without solving anything."""
    k, aantal, n = opdracht.per_voorstel, len(opdracht.afdeling), len(opdracht.voorstellen)
    if opdracht.afdelingen_min > k:
        raise OnmogelijkeToewijzingError(
            f"{k} beoordelaar(s) per voorstel kunnen niet uit {opdracht.afdelingen_min} afdelingen komen.",
            f"Vraag minstens {opdracht.afdelingen_min} beoordelaars per voorstel.",
        )
    for voorstel in opdracht.voorstellen:
        _controleer_voorstel(opdracht, voorstel)
    if opdracht.maximum * aantal < n * k:
        raise OnmogelijkeToewijzingError(
            f"Een maximum van {opdracht.maximum} voorstellen per beoordelaar is te laag: er zijn {n * k} "
            f"beoordelingen nodig en {aantal} beoordelaars.",
            f"Verhoog het maximum naar minstens {ceil(n * k / aantal)}, voeg beoordelaars toe of verlaag het "
            f"aantal per voorstel naar {opdracht.maximum * aantal // n}.",
        )


def verklaar(opdracht: Opdracht) -> OnmogelijkeToewijzingError:
    """Why no allocation exists: the smallest change of one announced number that makes one possible."""
    n = len(opdracht.voorstellen)
    for spreiding in range(opdracht.spreiding + 1, opdracht.maximum + 1):
        if haalbaar_venster(replace(opdracht, spreiding=spreiding)):
            return OnmogelijkeToewijzingError(
                f"Door de belangenconflicten kan het werk niet verdeeld worden met een verschil van hooguit "
                f"{opdracht.spreiding} voorstel(len) tussen beoordelaars.",
                f"Met een verschil van {spreiding} kan het wel.",
            )
    maximum = next(m for m in range(opdracht.maximum, n + 1) if haalbaar_venster(_ruim(opdracht, m)))
    return OnmogelijkeToewijzingError(
        f"Door de belangenconflicten en de regel voor afdelingen is een maximum van {opdracht.maximum} "
        "voorstellen per beoordelaar te laag.",
        f"Met een maximum van {maximum} voorstellen, en hetzelfde getal als grootste verschil tussen "
        "beoordelaars, kan het wel.",
    )


def _ruim(opdracht: Opdracht, maximum: int) -> Opdracht:
    return replace(opdracht, maximum=maximum, spreiding=maximum)


def beste_som(opdracht: Opdracht, voorstel: str) -> int:
    """The highest expertise this proposal could get on its own: heads of departments first, then the rest."""
    baten = sorted(((opdracht.baten.get((voorstel, b), 1), b) for b in opdracht.vrij(voorstel)), reverse=True)
    koppen: dict[str, str] = {}
    for _, b in baten:
        koppen.setdefault(opdracht.afdeling[b], b)
    vast = set(list(koppen.values())[: min(opdracht.afdelingen_min, opdracht.per_voorstel)])
    rest = [baat for baat, b in baten if b not in vast][: opdracht.per_voorstel - len(vast)]
    return int(np.sum([baat for baat, b in baten if b in vast])) + sum(rest)


def belasting_van(beoordelaars: Collection[str], paren: Collection[Paar]) -> dict[str, int]:
    tellingen = dict.fromkeys(sorted(beoordelaars), 0)
    for _, beoordelaar in paren:
        tellingen[beoordelaar] += 1
    return tellingen
