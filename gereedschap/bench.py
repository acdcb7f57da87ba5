"""Our timings beside those of shared/kennis/scoren.md: allocation, ranking, P(top K), advisers; documents; pages.

Run with `make bench`; `--groot` adds 5,000 proposals × 500 assessors. Figures from the note were measured on
2 cores with numpy 2.4, scipy 1.17 and ortools 9.15. Best of a few runs, so that a busy machine tells less.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small linear algebra is slower with threads

import argparse
import time
from collections.abc import Callable
from random import Random

import numpy as np
import pandas as pd

from aanbesteding.kern import adviestoewijzing as adv
from aanbesteding.kern.netwerkstroom import goedkoopste_stroom
from aanbesteding.kern.rangschikking import Criterium, Regels, Voorstel, rangschik
from aanbesteding.kern.robuustheid import kans_op_selectie
from aanbesteding.kern.toewijzing import Beoordelaar, wijs_toe
from aanbesteding.kern.toewijzingsnet import Opdracht, bouw_net, paarkosten

CRITERIA = ("effect", "samen", "inwoners", "nieuw")


def duur(werk: Callable[[], object], keer: int) -> float:
    """Best wall time in seconds."""
    tijden = []
    for _ in range(keer):
        start = time.perf_counter()
        werk()
        tijden.append(time.perf_counter() - start)
    return min(tijden)


def toewijzing(voorstellen: int, beoordelaars: int) -> Callable[[], object]:
    """k = 3, 7 % conflicts, four departments, expertise 0..10."""
    lot = Random(1)  # noqa: S311  # a repeatable example, no secret
    v, b = [f"v{i:05d}" for i in range(voorstellen)], [f"b{i:04d}" for i in range(beoordelaars)]
    paren = [(x, y) for x in v for y in b]
    conflicten = {p for p in paren if lot.random() < 0.07}
    baten = {p: lot.randint(0, 10) for p in paren}
    mensen = [Beoordelaar(naam, f"afdeling {i % 4}") for i, naam in enumerate(b)]
    return lambda: wijs_toe(v, mensen, conflicten, seed="bench", per_voorstel=3, baten=baten)


def kale_stroom(voorstellen: int, beoordelaars: int) -> Callable[[], object]:
    """The flow alone, as the note measured it: k = 3 from at least two departments, 7 % conflicts, load ±1."""
    lot = Random(1)  # noqa: S311
    v, b = [f"v{i:05d}" for i in range(voorstellen)], [f"b{i:04d}" for i in range(beoordelaars)]
    paren = [(x, y) for x in v for y in b]
    conflicten = frozenset(p for p in paren if lot.random() < 0.07)
    baten = {p: lot.randint(0, 10) for p in paren}
    afdeling = {naam: f"afdeling {i % 4}" for i, naam in enumerate(b)}
    opdracht = Opdracht(tuple(v), afdeling, conflicten, baten, 3, voorstellen, 2, 1, "bench")
    laagste = 3 * voorstellen // beoordelaars
    net = bouw_net(opdracht, paarkosten(opdracht, {}), laagste, laagste + 1)
    return lambda: goedkoopste_stroom(net.netwerk)


def rangorde(aantal: int) -> Callable[[], object]:
    lot = Random(2)  # noqa: S311
    regels = Regels(tuple(Criterium(c, g) for c, g in zip(CRITERIA, (40, 30, 20, 10), strict=True)), plaatsen=4)
    voorstellen = [Voorstel(f"v{i}") for i in range(aantal)]
    consensus = {(x.id, c): lot.randint(2, 10) for x in voorstellen for c in CRITERIA}
    return lambda: rangschik(regels, voorstellen, consensus=consensus)


def kans(aantal: int) -> Callable[[], object]:
    tabel = pd.DataFrame(np.random.default_rng(3).integers(2, 11, (aantal, len(CRITERIA))), columns=list(CRITERIA))
    return lambda: kans_op_selectie(tabel, 4, zaad=1)


def adviseurs(coalities: int, aantal: int) -> Callable[[], object]:
    lot = Random(4)  # noqa: S311
    soorten = ["zorg", "sport", "buurt"]
    groepen = [
        adv.Coalitie(f"c{i:02d}", 16 if i % 3 == 0 else 8, i % 3 == 0, frozenset({soorten[i % 3]}))
        for i in range(coalities)
    ]
    mensen = [adv.Adviseur(f"a{i}", 20, i % 2 == 0, frozenset({lot.choice(soorten)})) for i in range(aantal)]
    return lambda: adv.wijs_adviseurs_toe(groepen, mensen, [("c01", "a1")], blok=2)


METINGEN: tuple[tuple[str, str, Callable[[], Callable[[], object]], int], ...] = (
    ("Stroom 15 × 6", "0,2 ms", lambda: kale_stroom(15, 6), 5),
    ("Stroom 100 × 20", "2,3 ms", lambda: kale_stroom(100, 20), 3),
    ("Stroom 1.000 × 100", "78 ms", lambda: kale_stroom(1000, 100), 2),
    ("Toewijzing met bewijs 15 × 6", "–", lambda: toewijzing(15, 6), 5),
    ("Toewijzing met bewijs 100 × 20", "–", lambda: toewijzing(100, 20), 3),
    ("Toewijzing met bewijs 1.000 × 100", "–", lambda: toewijzing(1000, 100), 1),
    ("Rangorde 15", "0,004 ms", lambda: rangorde(15), 20),
    ("Rangorde 5.000", "0,25 ms", lambda: rangorde(5000), 2),
    ("Kans op de eerste 4, 5.000", "0,5 s", lambda: kans(5000), 1),
    ("Adviseurs 15 × 8", "0,4–5,5 s", lambda: adviseurs(15, 8), 1),
)
GROOT: tuple[tuple[str, str, Callable[[], Callable[[], object]], int], ...] = (
    ("Stroom 5.000 × 500", "3,0 s", lambda: kale_stroom(5000, 500), 1),
    ("Toewijzing met bewijs 5.000 × 500", "–", lambda: toewijzing(5000, 500), 1),
)


def toon(seconden: float) -> str:
    """ "0,12 s" from half a second on, else "3,1 ms"."""
    tekst = f"{seconden:.2f} s" if seconden >= 0.5 else f"{seconden * 1000:.3g} ms"
    return tekst.replace(".", ",")


def hoofd() -> None:
    opties = argparse.ArgumentParser(description=__doc__)
    opties.add_argument("--groot", action="store_true", help="ook 5.000 × 500 (enkele minuten)")
    metingen = (*METINGEN, *GROOT) if opties.parse_args().groot else METINGEN
    print(f"{'Berekening':<36}{'kennis/scoren.md':<18}wij")
    for naam, notitie, maak, keer in metingen:
        print(f"{naam:<36}{notitie:<18}{toon(duur(maak(), keer))}", flush=True)
    print("\nToewijzing met bewijs: ook de zoektocht naar het venster, slechtste eerst en het certificaat.")
    print("Onze rangorde rekent in exacte breuken, met een reden per rij; de notitie mat alleen numpy-totalen.")
    from bench_effect import toon_effect

    toon_effect()
    from bench_documenten import toon_documenten

    toon_documenten()
    from bench_web import toon_web

    raise SystemExit(0 if toon_web() else 1)


if __name__ == "__main__":
    hoofd()
