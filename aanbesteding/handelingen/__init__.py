"""What people do. Importing this package registers every act; `doe` carries one out."""

from . import aanvullen, beoordeling, besluiten, opening, oproep, plannen, uitvoering, vervangen, voordracht
from .basis import ACTIES, doe

__all__ = [
    "ACTIES", "aanvullen", "beoordeling", "besluiten", "doe", "opening", "oproep", "plannen", "uitvoering", "vervangen",
    "voordracht",
]  # fmt: skip
