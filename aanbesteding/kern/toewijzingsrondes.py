"""Worst-off first: multiplier rounds around the flow (Lagrangian relaxation, Geoffrion 1974).

T, the lowest of the best sums that proposals could get on their own, bounds the max-min from above.
Proposals below T weigh heavier in the next round until all reach it; the bound shows how far the total is
from the best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .netwerkstroom import Reeks, goedkoopste_stroom
from .toewijzingsnet import Opdracht, Paar, Toewijsnet, bouw_net, paarkosten

EENHEID = 16  # weight 1 in the multiplier rounds, so that weights stay whole numbers
MINSTE_RONDES, MEESTE_RONDES, WERK = 40, 400, 2_000_000  # WERK bounds rounds × pairs on large rounds


def sommen(opdracht: Opdracht, paren: Sequence[Paar]) -> dict[str, int]:
    sommen = dict.fromkeys(opdracht.voorstellen, 0)
    for paar in paren:
        sommen[paar[0]] += opdracht.baten.get(paar, 1)
    return sommen


@dataclass(frozen=True)
class Ronde:
    """One solved round of the multiplier search."""

    net: Toewijsnet
    paren: tuple[Paar, ...]
    gewicht: dict[str, int]
    sommen: dict[str, int]
    stroom: Reeks

    def bovengrens(self) -> int:
        """Lagrangian bound on the total of all allocations whose worst-off proposal gets as much as here."""
        slechtste = min(self.sommen.values())
        gewogen = sum(self.gewicht[v] * som for v, som in self.sommen.items())
        return (gewogen - sum(g - EENHEID for g in self.gewicht.values()) * slechtste) // EENHEID


def _los_ronde_op(opdracht: Opdracht, venster: tuple[int, int], gewicht: dict[str, int]) -> Ronde:
    net = bouw_net(opdracht, paarkosten(opdracht, gewicht), *venster)
    stroom = goedkoopste_stroom(net.netwerk)
    if stroom is None:  # the window was feasible a moment ago: a fault of ours, not of the input
        raise ArithmeticError("A feasible network lost its flow.")
    paren = net.paren(stroom)
    return Ronde(net, paren, dict(gewicht), sommen(opdracht, paren), stroom)


def slechtste_eerst(opdracht: Opdracht, venster: tuple[int, int], doel: int) -> Ronde:
    """Raise the weight of proposals below `doel` until none is; keep the round with the best worst-off."""
    gewicht = dict.fromkeys(opdracht.voorstellen, EENHEID)
    beste = ronde = _los_ronde_op(opdracht, venster, gewicht)
    paren = len(opdracht.voorstellen) * len(opdracht.afdeling)
    for _ in range(max(MINSTE_RONDES, min(MEESTE_RONDES, WERK // paren))):
        tekort = {v: doel - som for v, som in ronde.sommen.items() if som < doel}
        if not tekort:
            break
        for v, te_weinig in tekort.items():
            gewicht[v] += max(1, EENHEID * te_weinig // max(1, doel))
        ronde = _los_ronde_op(opdracht, venster, gewicht)
        beste = max(beste, ronde, key=lambda r: (min(r.sommen.values()), sum(r.sommen.values())))
    return beste
