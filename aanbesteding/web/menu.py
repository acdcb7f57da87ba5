"""The parts of a round per role: the menu shows what somebody can go to, and nothing else."""

from ..procedure import Rol
from .middelen import Plek

R = Rol
ONDERDELEN: tuple[tuple[str, str, tuple[Rol, ...]], ...] = (
    ("Overzicht", "", tuple(Rol)),
    ("Ronde leiden", "leiden", (R.PROJECTLEIDER,)),
    ("Kluis", "kluis", (R.PROJECTLEIDER, R.TWEEDE, R.JURIST)),
    ("Beoordelen", "beoordelen", (R.BEOORDELAAR,)),
    ("Overleg", "overleg", (R.VOORZITTER,)),
    ("College", "college", (R.WETHOUDER, R.PROJECTLEIDER, R.JURIST)),
    ("Partners vinden", "beurs", (R.ORGANISATIE, R.PENVOERDER)),
    ("Mijn coalitie", "coalitie", (R.ORGANISATIE, R.PENVOERDER)),
    ("Vragen", "vragen", (R.ORGANISATIE, R.PENVOERDER, R.PROJECTLEIDER)),
    ("Advies geven", "advies", (R.ADVISEUR,)),
    ("Stukken", "stukken", tuple(Rol)),
    ("Toezicht", "toezicht", (R.JURIST,)),
)
"""Name, last part of the address, and for whom."""


def onderdelen(plek: Plek) -> list[tuple[str, str]]:
    """(name, address) of what this person can open in this round, in a fixed order."""
    begin = f"/werk/{plek.kenmerk}"
    return [(naam, f"{begin}/{pad}" if pad else begin) for naam, pad, voor in ONDERDELEN if plek.heeft(*voor)]
