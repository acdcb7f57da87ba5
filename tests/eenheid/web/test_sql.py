"""Every page with 1, 3 and 300 rows more of everything: as many SQL statements each time.

The pages are those that each role reaches by links, so that a new page is tested without a line here.
SQL_STADIA="…" chooses other stages.
"""

import gc
import importlib
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

L, V, R = (
    importlib.import_module("lindeveen"),
    importlib.import_module("vijandweb"),
    importlib.import_module("veelrijen"),
)
STADIA = {
    "coalities": "2027-02-15T10:00", "geopend": "2027-03-16T10:00", "belangen": "2027-03-30T10:00",
    "scoren": "2027-04-10T10:00", "beoordeeld": "2027-04-25T10:00", "uitwerking": "2027-06-20T10:00",
    "uitvoering": "2027-08-01T10:00",
}  # fmt: skip
GEKOZEN = os.environ.get("SQL_STADIA", "coalities scoren uitvoering").split()
WIE = (
    "",
    L.LEIDER,
    L.WETHOUDER,
    L.VOORZITTER,
    L.JURIST,
    L.ADVISEUR,
    "carla-wijnia",
    "welzijn-lindeveen",
    "zangkoor-de-merel",
)
AANTALLEN = (1, 3, 300)
IN_BLOKKEN = "/toezicht/log.jsonl"
"""A download that is read in blocks on purpose: a log of years must not stand in memory at once."""


@contextmanager
def geteld(motor: Engine) -> Iterator[list[str]]:
    regels: list[str] = []

    def tel(_v: Any, _c: Any, zin: str, *_rest: Any) -> None:
        regels.append(" ".join(zin.split())[:160])

    event.listen(motor, "before_cursor_execute", tel)
    yield regels
    event.remove(motor, "before_cursor_execute", tel)


def meet(loper: Any, moment: str, paden: list[tuple[str, str]] | None) -> dict[tuple[str, str], tuple[int, list[str]]]:
    """(who, page) → (status, statements). Without a list: every page that is reached by links."""
    k = V.Kanaal(loper, moment)
    gc.collect()
    gc.freeze()  # a suite holds so much that the collector takes most of the time of a large page
    try:
        if paden is None:  # public pages are the same for everybody, so once is enough
            alle = [(w, p) for w in WIE for p, a in V.loop(k, w)[0].items() if a.status == 200]
            paden = [(w, p) for w, p in alle if not w or p.startswith(("/werk", "/mijn"))]
        uit = {}
        for wie, pad in paden:
            k.sessie(wie) if wie else None
            with geteld(loper.motor) as regels:
                uit[wie, pad] = (k.lees(pad, wie).status, regels)
        return uit
    finally:
        gc.unfreeze()
        k.sluit()


@pytest.mark.parametrize("stadium", GEKOZEN)
def test_every_page_takes_a_constant_number_of_statements(lindeveen: Callable[[str], Any], stadium: str) -> None:
    logging.disable(logging.CRITICAL)
    paden, eerder, mis = None, {}, []
    for aantal in AANTALLEN:
        loper = lindeveen(stadium)
        R.vermeerder(loper, aantal)
        gemeten = meet(loper, STADIA[stadium], paden)
        loper.motor.dispose()
        for plek, (status, regels) in gemeten.items():
            voor = eerder.get(plek)
            if status != 200:
                mis.append(f"{plek}: status {status} bij {aantal}")
            elif voor is not None and len(voor) != len(regels) and not plek[1].endswith(IN_BLOKKEN):
                meer = (Counter(regels) - Counter(voor)).most_common(2)
                mis.append(f"{plek}: {len(voor)} → {len(regels)} statements bij {aantal}: {meer}")
        paden, eerder = list(gemeten), {p: r for p, (_, r) in gemeten.items()}
    logging.disable(logging.NOTSET)
    assert len(eerder) > 60
    assert not mis, f"{len(mis)} pagina's\n" + "\n".join(mis)
