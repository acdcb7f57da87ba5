"""Stochastic multicriteria acceptability analysis (Lahdelma & Salminen 2001, SMAA-2)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reeks = NDArray[np.float64]


@dataclass(frozen=True)
class Smaa:
    """Per alternative: chance of each rank (alternatives × ranks), the mean weights with which it comes first
    (NaN when never), and the chance that it comes first with those weights."""

    rangkansen: Reeks
    centrale_gewichten: Reeks
    betrouwbaarheid: Reeks


def _rangen(waarden: Reeks) -> NDArray[np.int64]:
    """Rank from 0 = best per row; equal values share the best rank."""
    return np.asarray((waarden[:, None, :] > waarden[:, :, None]).sum(axis=2), dtype=np.int64)


def smaa(metingen: Reeks, gewichten: Reeks) -> Smaa:
    """Rank acceptability from draws.

    `metingen`: draws × alternatives × criteria, higher is better; `gewichten`: draws × criteria, rows
    sum to 1. Alternatives that tie share the best rank.
    Raises ValueError when the shapes do not fit.
    """
    trekkingen, aantal, criteria = metingen.shape
    if gewichten.shape != (trekkingen, criteria):
        raise ValueError("Bij elke trekking hoort één rij gewichten, met één gewicht per criterium.")
    rangen = _rangen(np.einsum("tac,tc->ta", metingen, gewichten))
    kansen = np.stack([(rangen == r).mean(axis=0) for r in range(aantal)], axis=1)
    eerste = (rangen == 0).astype(np.float64)
    keren = eerste.sum(axis=0)[:, None]
    centraal = np.divide(eerste.T @ gewichten, keren, out=np.full((aantal, criteria), np.nan), where=keren > 0)
    vertrouwen = [
        float((_rangen(metingen @ centraal[a])[:, a] == 0).mean()) if keren[a, 0] else 0.0 for a in range(aantal)
    ]
    return Smaa(kansen, centraal, np.array(vertrouwen))
