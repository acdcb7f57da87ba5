"""The builders: kind of document → function that gathers its data. One file per part of the procedure."""

from . import beoordelen, oproepen, uitvoeren
from .basis import Adres, Bouwer, Stuk

BOUWERS: dict[str, Bouwer] = {**oproepen.BOUWERS, **beoordelen.BOUWERS, **uitvoeren.BOUWERS}

__all__ = ["BOUWERS", "Adres", "Bouwer", "Stuk"]
