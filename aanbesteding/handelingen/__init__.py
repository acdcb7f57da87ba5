"""What people do. Importing this package registers every act; `doe` carries one out."""

from . import aanvullen, beoordeling, besluiten, oproep, uitvoering, vervangen
from .basis import ACTIES, doe

__all__ = ["ACTIES", "aanvullen", "beoordeling", "besluiten", "doe", "oproep", "uitvoering", "vervangen"]
