"""How strong a claim about an effect can be, by the way it was measured, and what it never says.

Six rungs after the reading of 'duidelijk causaal verband' in shared/kennis/domein.md chapter 4; the recognition of
methods (Movisie, Erkenningstraject interventies: goed beschreven, goed onderbouwd, effectief) stands beside it: that
says what is known of a method elsewhere, and nothing of this pilot.
"""

from typing import Final

TREDEN: Final[dict[int, tuple[str, str]]] = {
    0: ("Niet gemeten", "Er is geen meting. Over het effect is niets te zeggen."),
    1: (
        "Alleen voor en na",
        "Er is gemeten voor en na de start. Wat ook zonder pilot was gebeurd, is niet te zien.",
    ),
    2: (
        "Voor en na, met een verklaring",
        (
            "Er is gemeten voor en na de start. De verandertheorie zegt waarom het zou werken, en bekend is wat er is "
            "gedaan. Wat ook zonder pilot was gebeurd, is niet te zien."
        ),
    ),
    3: (
        "Met een vergelijking",
        (
            "De pilotgebieden zijn vergeleken met gebieden zonder pilot. Zo telt niet mee wat overal gebeurde. "
            "De gebieden kunnen nog op andere punten verschillen."
        ),
    ),
    4: (
        "Met een vergelijking en meer metingen",
        (
            "De pilotgebieden zijn vaker gemeten, voor en na de start, en vergeleken met gebieden zonder pilot. "
            "Daaraan is te zien of zij voor de start al uit elkaar liepen."
        ),
    ),
    5: (
        "Met een loting",
        (
            "Het lot bepaalde waar de pilot begon, en er is vergeleken met gebieden zonder pilot. "
            "Andere oorzaken zijn dan even vaak gunstig als ongunstig."
        ),
    ),
}
MIN_METINGEN_VOOR: Final = 3
"""Waves before the start from which a difference that existed before can be seen (the placebo test asks three)."""

ERKENNING: Final[dict[str, str]] = {
    "geen": "Over deze methode is nog niets bekend, of er is geen vaste methode gebruikt.",
    "goed beschreven": "De methode is goed beschreven. Of zij werkt, is nog niet onderzocht.",
    "goed onderbouwd": "De methode is goed onderbouwd: er is een theorie waarom zij kan werken.",
    "effectief": "Elders is met onderzoek gezien dat de methode kan werken. Of zij hier werkt, zegt alleen de meting.",
}


def trede(*, n_voor: int, n_na: int, vergelijking: int, loting: bool, onderbouwd: bool) -> int:
    """Rung 0-5 of a measurement.

    n_voor, n_na: waves before and after the start; vergelijking: comparison areas with a change; onderbouwd: there is
    a theory of change and effort was logged.
    """
    if not n_voor or not n_na:
        return 0
    if not vergelijking:
        return 2 if onderbouwd else 1
    if loting:
        return 5
    return 4 if n_voor >= MIN_METINGEN_VOOR and n_na > 1 else 3


WEL: Final[dict[str, str]] = {
    "alleen beschrijvend": "Wij beschrijven wat wij maten.",
    "niet aangetoond": "Wij zien geen duidelijk verschil.",
    "aanwijzing": "Er is een teken dat er iets verandert.",
    "waarschijnlijk": "Wij zien een verschil. De kans dat het toeval is, is klein.",
    "waarschijnlijk geen groot effect": "De meting was precies genoeg om een groot verschil te zien. Dat is er niet.",
}
NIET: Final[dict[str, str]] = {
    "alleen beschrijvend": "Dit zegt nog niets over het effect van de pilot.",
    "niet aangetoond": "Dit zegt niet dat de pilot niets doet: het verschil kan ook te klein zijn om te zien.",
    "aanwijzing": "Dit is geen bewijs. Het kan nog toeval zijn.",
    "waarschijnlijk": "Dit bewijst niet dat alleen de pilot de oorzaak is.",
    "waarschijnlijk geen groot effect": "Een klein verschil kan er wel zijn.",
}
