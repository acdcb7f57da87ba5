"""What each gate is, in plain words, for a reader who does not know the procedure."""

from collections.abc import Mapping

from aanbesteding.procedure import PROCEDURE, Poort

HANDELINGEN = "handelingen"
"""Not a gate: documents that follow at once from an act of a person."""
VOLGORDE: Mapping[str, int] = {r.poort.value: n for n, r in enumerate(PROCEDURE, 1)}

_UITLEG: Mapping[str, tuple[str, str]] = {
    HANDELINGEN: ("Ontvangst", "Stukken die meteen na een handeling zijn gemaakt, zoals een bewijs van ontvangst."),
    Poort.STARTVOORSTEL: ("Startvoorstel", "Het college krijgt het voorstel om de ronde te beginnen."),
    Poort.OPROEP: ("Oproep", "De gemeente maakt de oproep bekend. Vanaf nu liggen de regels vast."),
    Poort.INLICHTINGEN: ("Inlichtingen", "De gemeente beantwoordt alle vragen over de oproep."),
    Poort.ADVIES: ("Advies", "Coalities krijgen een adviseur toegewezen."),
    Poort.SLUITING: ("Sluiting", "De termijn om een voorstel in te dienen is voorbij."),
    Poort.OPENING: ("Opening", "Twee mensen openen samen de voorstellen."),
    Poort.ONTVANKELIJKHEID: ("Ontvankelijkheid", "De gemeente kijkt of elk voorstel aan de vormeisen voldoet."),
    Poort.TOEWIJZING: ("Toewijzing", "De voorstellen worden verdeeld over de beoordelaars."),
    Poort.BEOORDELING: ("Beoordeling", "De beoordelaars geven scores met een reden. De rangorde volgt daaruit."),
    Poort.LOTING: ("Loting", "Bij een gelijke stand op de grens beslist het lot."),
    Poort.VOORDRACHT: ("Voordracht", "Het college krijgt het voorstel welke coalities doorgaan."),
    Poort.SELECTIE: ("Selectie", "Het college besluit. Elke coalitie krijgt een brief met de redenen."),
    Poort.PLANNEN: ("Plannen", "De gekozen coalities werken hun plan uit. De gemeente beoordeelt de plannen."),
    Poort.START: ("Start", "Het college verstrekt de subsidie. De pilots beginnen."),
    Poort.VOORTGANG: ("Voortgang", "De coalities vertellen hoe het gaat."),
    Poort.EFFECTMETING: ("Effectmeting", "De gemeente meet wat de pilots veranderen."),
    Poort.AFSLUITING: ("Afsluiting", "De gemeente kijkt terug en sluit de ronde."),
}  # fmt: skip
POORTTITEL: Mapping[str, str] = {str(k): titel for k, (titel, _) in _UITLEG.items()}
POORTUITLEG: Mapping[str, str] = {str(k): uitleg for k, (_, uitleg) in _UITLEG.items()}
