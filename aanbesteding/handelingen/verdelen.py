"""A manual change in who judges what, with its reason, before the allocation is recorded.

Nobody picks readers by hand: a change is a rule for the calculation ("this pair not", "this pair rather"), which
then divides everything again by the published seed, with proof. Changes are kept, never deleted.
"""

from typing import Literal

from ..fouten import Conflict, Invoerfout
from ..model import Voornemen
from ..overzichten import toewijzen, vind
from ..procedure import Rol
from ..regels import Sleutel, Tekst
from .basis import Log, Werk, handeling


@handeling
def wijs_toe(
    werk: Werk, *, coalitie: Sleutel, beoordelaar: Sleutel, soort: Literal["niet", "liever"], reden: Tekst
) -> Log:
    """Leg vast dat een beoordelaar een voorstel niet, of juist liever wel beoordeelt, met een reden."""
    _toets_paar(werk, coalitie, beoordelaar)
    bestaand = toewijzen.wensen(werk.session, werk.ronde)
    if any((w.gegevens["coalitie"], w.gegevens["beoordelaar"]) == (coalitie, beoordelaar) for w in bestaand):
        raise Conflict("Over deze beoordelaar en dit voorstel ligt al een keuze vast. Trek die eerst in.")
    rij = Voornemen(
        ronde_id=werk.ronde_id,
        handeling=toewijzen.WENS,
        gegevens={"coalitie": coalitie, "beoordelaar": beoordelaar, "soort": soort, "reden": reden},
        deelnemer_id=vind.sid(werk.actor.id),
        gemaakt_op=werk.nu,
        stand="bevestigd",
    )
    werk.bewaar(rij)
    return {"nummer": rij.id, "coalitie": coalitie, "beoordelaar": beoordelaar, "soort": soort, "reden": reden}


def _toets_paar(werk: Werk, coalitie: str, beoordelaar: str) -> None:
    fouten = []
    if coalitie not in {c.sleutel for _, c in vind.ontvankelijke(werk.session, werk.ronde)}:
        fouten.append("coalitie: kies een voorstel uit de lijst")
    if beoordelaar not in {d.sleutel for d in vind.met_rol(werk.session, werk.ronde, Rol.BEOORDELAAR)}:
        fouten.append("beoordelaar: kies een beoordelaar uit de lijst")
    if fouten:
        raise Invoerfout(fouten, waar="wijs_toe")


@handeling
def trek_wijziging_in(werk: Werk, *, nummer: int, reden: Tekst) -> Log:
    """Trek een wijziging in de verdeling van de beoordelaars in."""
    rij = next((w for w in toewijzen.wensen(werk.session, werk.ronde) if w.id == nummer), None)
    if rij is None:
        raise Conflict("Deze wijziging is er niet meer.")
    rij.stand, rij.afgehandeld_op = "ingetrokken", werk.nu
    rij.gegevens = {**rij.gegevens, "reden_intrekking": reden}
    werk.bewaar(rij)
    return {"nummer": nummer, "reden": reden}
