"""Kinds of organisations in people's words; the keys are those of mensenlijst.Soort."""

from typing import get_args

from ..mensenlijst import Soort

_WOORDEN = {
    "zorg": "Zorg",
    "welzijn": "Welzijn",
    "vereniging": "Vereniging of club",
    "bedrijf": "Bedrijf of winkel",
    "onderwijs": "School of opleiding",
    "belangengroep": "Belangengroep",
    "bewonersgroep": "Bewonersgroep",
    "woningcorporatie": "Woningcorporatie",
    "kerk": "Kerk, moskee of andere geloofsgemeenschap",
}
SOORTEN: dict[str, str] = {s: _WOORDEN.get(s, s.capitalize()) for s in get_args(Soort)}
