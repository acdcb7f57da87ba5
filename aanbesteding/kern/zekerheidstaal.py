"""How sure is it? The first thing a wethouder asks, answered in two sentences where no ranking answers it."""

from datetime import datetime

from .notatie import datum, euro, meervoud


def bij_vrijgave(plafond_euro: int, plaatsen: int, einde: datetime) -> str:
    """Before the call: the costs are sure, the outcome is not."""
    return (
        f"Zeker is wat dit hooguit kost: {euro(plafond_euro * 100)}, voor hooguit "
        f"{meervoud(plaatsen, 'pilot', 'pilots')}. Niet zeker is of er goede voorstellen komen en of de pilots werken: "
        f"dat weten wij pas na de laatste meting op {datum(einde)}."
    )


def bij_plannen(akkoord: int, van: int, bedrag_euro: int, plafond_euro: int, einde: datetime) -> str:
    """Before the grants: the plans were judged, the effect is not known."""
    ruimte = "past binnen" if bedrag_euro <= plafond_euro else "is meer dan"
    return (
        f"{akkoord} van de {meervoud(van, 'plan', 'plannen')} {'is' if akkoord == 1 else 'zijn'} goedgekeurd. Samen "
        f"vragen zij {euro(bedrag_euro * 100)}; dat {ruimte} het plafond van {euro(plafond_euro * 100)}. Of de pilots "
        f"werken, is nog niet zeker: dat weten wij pas na de laatste meting op {datum(einde)}."
    )
