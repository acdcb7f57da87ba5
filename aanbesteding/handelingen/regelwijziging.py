"""Changing a frozen rule through an answer: the only road after publication (domein.md L1)."""

from typing import Any

from ..fouten import Invoerfout
from ..invoer import bedoelt_u, toets
from ..regels import Regels, Strikt, Tekst

VAST = ("criteria", "opgaven", "ronde", "verdeling")
"""What bidders build on from the first day: changing it means a new call, not a nota."""


class Wijziging(Strikt):
    """`sleutel` is a path into the rules (indienen.maximum_woorden), `waarde` its new value."""

    sleutel: Tekst
    waarde: Any
    toelichting: Tekst


def pas_toe(regels: Regels, wijzigingen: list[Wijziging]) -> Regels:
    """The rules with these changes; raises Invoerfout when the result is no valid set of rules."""
    gegevens = regels.model_dump(mode="json")
    for wijziging in wijzigingen:
        *pad, laatste = wijziging.sleutel.split(".")
        plek: Any = gegevens
        for deel in pad:
            plek = plek[deel]
        plek[laatste] = wijziging.waarde
    return toets(Regels, gegevens, waar="wijziging")


def toets_wijziging(regels: Regels, wijziging: Wijziging) -> None:
    """Refuse a change of what is fixed, of a key that does not exist, or into rules that do not hold."""
    delen = wijziging.sleutel.split(".")
    if delen[0] in VAST:
        raise Invoerfout(
            f"sleutel: '{delen[0]}' ligt vast na de oproep; trek de ronde in en begin opnieuw",
            waar="wijziging",
        )
    plek: Any = regels.model_dump(mode="json")
    for deel in delen:
        if not isinstance(plek, dict) or deel not in plek:
            mogelijk = plek if isinstance(plek, dict) else {}
            raise Invoerfout(
                f"sleutel: '{wijziging.sleutel}' bestaat niet. {bedoelt_u(deel, mogelijk)}", waar="wijziging"
            )
        plek = plek[deel]
    pas_toe(regels, [wijziging])
