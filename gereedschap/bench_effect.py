"""Timings of the verdict on effect: 24 areas × 12 waves × 4 pilots, one indicator and fifty (kennis/effect.md)."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time
from dataclasses import replace

import numpy as np
import pandas as pd

from aanbesteding.kern.effect import Ontwerp, oordeel

PILOTS, GEBIEDEN, GOLVEN, INDICATOREN = 4, 24, 12, 50
ONTWERP = Ontwerp(
    start={f"P{k}": 6 for k in range(PILOTS)}, vergelijking=tuple(f"V{k}" for k in range(GEBIEDEN - PILOTS)),
    loting=True, richting="omhoog", schaal="gemiddelde",
)  # fmt: skip
GESPREID = replace(ONTWERP, start={f"P{k}": 6 + k for k in range(PILOTS)})


def panel(zaad: int) -> pd.DataFrame:
    namen = [*ONTWERP.start, *ONTWERP.vergelijking]
    waarde = np.random.default_rng(zaad).normal(40, 2, GEBIEDEN * GOLVEN)
    return pd.DataFrame(
        {"gebied": np.repeat(namen, GOLVEN), "periode": list(range(GOLVEN)) * GEBIEDEN, "waarde": waarde}
    )


def duur(ontwerp: Ontwerp, aantal: int, *, tweede_mening: bool) -> float:
    """Wall time in seconds for so many indicators, after one to warm up."""
    panelen = [panel(z) for z in range(aantal)]
    oordeel(panelen[0], ontwerp, tweede_mening=tweede_mening)
    start = time.perf_counter()
    for p in panelen:
        oordeel(p, ontwerp, tweede_mening=tweede_mening)
    return time.perf_counter() - start


def toon_effect() -> None:
    kaal = duur(ONTWERP, 20, tweede_mening=False) / 20
    alles, gespreid = (duur(o, INDICATOREN, tweede_mening=True) for o in (ONTWERP, GESPREID))
    print(f"\nOordeel over effect: {GEBIEDEN} gebieden × {GOLVEN} metingen × {PILOTS} pilots")
    regels = (
        ("Eén indicator, kaal oordeel", f"{1000 * kaal:.1f} ms", "8 ms; eis 100 ms"),
        (f"{INDICATOREN} indicatoren met tweede mening", f"{alles:.1f} s", "eis 20 s"),
        (f"{INDICATOREN} indicatoren, vier verschillende starts", f"{gespreid:.1f} s", "eis 20 s"),
    )
    for naam, wij, eis in regels:
        print(f"{naam:<48}{eis:<20}{wij}")


if __name__ == "__main__":
    toon_effect()
