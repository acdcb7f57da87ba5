"""The file of a round (procesdossier) as one folder or zip: make it, and check one that was handed over."""

from .nazien import Nagezien, controleer_dossier
from .samenstellen import maak_dossier
from .schrijven import schrijf_heel

__all__ = ["Nagezien", "controleer_dossier", "maak_dossier", "schrijf_heel"]
