"""Many acts at once, from a table: all of them or none, with every faulty row named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from ..database import schrijf
from ..fouten import Gebruikersfout, Invoerfout
from .basis import voer_uit


@dataclass(frozen=True)
class Stap:
    """One act of a series; `plek` says where it stands ("rij 5"), for messages."""

    plek: str
    wie: str
    gegevens: Mapping[str, Any]


def doe_reeks(motor: Engine, kenmerk: str, handeling: str, stappen: Sequence[Stap], *, nu: datetime, waar: str) -> int:
    """Do the same act for every step, in one transaction; returns how many.

    Raises Invoerfout with every faulty step, and then nothing has changed. A step is tried on top of the
    sound ones before it, as it would be when done one by one.
    """
    fouten: list[str] = []
    with schrijf(motor) as session:
        for stap in stappen:
            try:
                with session.begin_nested():
                    voer_uit(session, kenmerk, handeling, wie=stap.wie, nu=nu, gegevens=stap.gegevens)
            except Gebruikersfout as fout:
                fouten += [f"{stap.plek}: {zin}" for zin in _zinnen(fout)]
        if fouten:
            raise Invoerfout(fouten, waar=waar)
    return len(stappen)


def _zinnen(fout: Gebruikersfout) -> list[str]:
    return fout.fouten if isinstance(fout, Invoerfout) else [fout.bericht]
