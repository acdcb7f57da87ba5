"""Min-cost flow with a proof that does not lean on the solver.

A flow is of lowest cost exactly when its residual network has no negative cycle (Klein 1967; Ahuja, Magnanti
& Orlin, "Network Flows", theorem 9.1). Bellman-Ford checks that afresh, in numpy.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

Reeks = NDArray[np.int64]


@dataclass(frozen=True)
class Netwerk:
    """Arcs as four arrays of equal length; `aanbod` per node (supply positive, demand negative), sum 0."""

    van: Reeks
    naar: Reeks
    capaciteit: Reeks
    kosten: Reeks
    aanbod: Reeks


@dataclass(frozen=True)
class Stroombewijs:
    """The outcome of the check; `rondes` counts Bellman-Ford passes until nothing changed."""

    geen_negatieve_kring: bool
    klopt_met_aanbod: bool
    knopen: int
    bogen: int
    rondes: int
    kosten: int


class NetwerkBouwer:
    """Collects arcs one by one and hands them over as arrays."""

    def __init__(self, knopen: int) -> None:
        self._bogen: list[tuple[int, int, int, int]] = []
        self.aanbod = np.zeros(knopen, dtype=np.int64)

    def boog(self, van: int, naar: int, capaciteit: int, kosten: int = 0) -> int:
        """Add an arc and return its index."""
        self._bogen.append((van, naar, capaciteit, kosten))
        return len(self._bogen) - 1

    def netwerk(self) -> Netwerk:
        """The finished network."""
        kolommen = np.array(self._bogen, dtype=np.int64).reshape(-1, 4).T
        return Netwerk(kolommen[0], kolommen[1], kolommen[2], kolommen[3], self.aanbod)


def goedkoopste_stroom(netwerk: Netwerk) -> Reeks | None:
    """The flow per arc of a cheapest flow, or None when no flow meets supply and demand.

    Raises ArithmeticError when the solver refuses the numbers (costs too large for 64 bits).
    """
    oplosser = min_cost_flow.SimpleMinCostFlow()
    bogen = oplosser.add_arcs_with_capacity_and_unit_cost(netwerk.van, netwerk.naar, netwerk.capaciteit, netwerk.kosten)
    oplosser.set_nodes_supplies(np.arange(len(netwerk.aanbod)), netwerk.aanbod)
    status = oplosser.solve()
    if status == oplosser.OPTIMAL:
        return np.asarray(oplosser.flows(bogen), dtype=np.int64)
    if status in (oplosser.INFEASIBLE, oplosser.UNBALANCED):
        return None
    raise ArithmeticError(f"The flow solver stopped with status {status}.")


def _restnetwerk(netwerk: Netwerk, stroom: Reeks) -> tuple[Reeks, Reeks, Reeks]:
    """Residual arcs (from, to, cost), sorted by head so that one reduceat handles all arcs into a node."""
    heen, terug = stroom < netwerk.capaciteit, stroom > 0
    van = np.concatenate([netwerk.van[heen], netwerk.naar[terug]])
    naar = np.concatenate([netwerk.naar[heen], netwerk.van[terug]])
    kosten = np.concatenate([netwerk.kosten[heen], -netwerk.kosten[terug]])
    orde = np.argsort(naar, kind="stable")
    return van[orde], naar[orde], kosten[orde]


def _bellman_ford(knopen: int, van: Reeks, naar: Reeks, kosten: Reeks) -> tuple[bool, int]:
    """(no negative cycle, passes). Starts at 0 in every node, so that it sees cycles anywhere."""
    afstand = np.zeros(knopen, dtype=np.int64)
    if not len(naar):
        return True, 0
    kop, begin = np.unique(naar, return_index=True)
    for ronde in range(1, knopen + 1):
        nieuw = np.minimum(afstand[kop], np.minimum.reduceat(afstand[van] + kosten, begin))
        if np.array_equal(nieuw, afstand[kop]):
            return True, ronde
        afstand[kop] = nieuw
    return False, knopen


def bewijs(netwerk: Netwerk, stroom: Reeks) -> Stroombewijs:
    """Check from scratch that `stroom` is allowed and that nothing cheaper exists."""
    knopen = len(netwerk.aanbod)
    saldo = np.zeros(knopen, dtype=np.int64)
    np.add.at(saldo, netwerk.van, stroom)
    np.subtract.at(saldo, netwerk.naar, stroom)
    binnen = bool(np.all((stroom >= 0) & (stroom <= netwerk.capaciteit)))
    geen_kring, rondes = _bellman_ford(knopen, *_restnetwerk(netwerk, stroom))
    kosten = sum(int(f) * int(c) for f, c in zip(stroom, netwerk.kosten, strict=True) if f)
    klopt = binnen and np.array_equal(saldo, netwerk.aanbod)
    return Stroombewijs(geen_kring, klopt, knopen, len(netwerk.van), rondes, kosten)
