"""Opening the vault in two steps, by two people who are each logged in themselves.

The first proposes, the second confirms within half an hour; only then the act `open_kluis` runs, as the first, in
the same transaction. Nobody can do both, also not with two roles.
"""

from sqlmodel import select

from ..fouten import Conflict, GeenToestemming
from ..model import Deelnemer, Kluisopening, Voornemen
from ..overzichten import vind
from ..overzichten.kluis import OPENING, lopend_voornemen
from .basis import Log, Werk, handeling, voer_uit


def _nog_dicht(werk: Werk) -> None:
    if werk.session.exec(select(Kluisopening).where(Kluisopening.ronde_id == werk.ronde_id)).first():
        raise Conflict("De kluis is al open.")


@handeling
def bereid_opening_voor(werk: Werk) -> Log:
    """Stel voor om de kluis te openen; een tweede persoon bevestigt binnen een half uur."""
    _nog_dicht(werk)
    if lopend_voornemen(werk.session, werk.ronde, werk.nu):
        raise Conflict("Er staat al een voorstel om de kluis te openen. Een tweede persoon kan het bevestigen.")
    rij = Voornemen(ronde_id=werk.ronde_id, handeling=OPENING, deelnemer_id=vind.sid(werk.actor.id), gemaakt_op=werk.nu)
    werk.bewaar(rij)
    return {"voornemen": rij.id}


def _lopend(werk: Werk) -> Voornemen:
    rij = lopend_voornemen(werk.session, werk.ronde, werk.nu)
    if rij is None:
        raise Conflict(
            "Er staat geen voorstel meer om de kluis te openen. Het is ingetrokken, of er ging een half uur voorbij. "
            "De projectleider kan het opnieuw voorstellen."
        )
    return rij


@handeling
def bevestig_opening(werk: Werk) -> Log:
    """Bevestig het openen van de kluis, als tweede persoon."""
    _nog_dicht(werk)
    rij = _lopend(werk)
    eerste = werk.session.get_one(Deelnemer, rij.deelnemer_id)
    if eerste.persoon_id == werk.actor.persoon_id:
        raise GeenToestemming("U stelde de opening zelf voor. Iemand anders moet haar bevestigen.")
    rij.stand, rij.tweede_id, rij.afgehandeld_op = "bevestigd", werk.actor.id, werk.nu
    werk.bewaar(rij)
    voer_uit(
        werk.session, werk.ronde.kenmerk, OPENING, wie=eerste.sleutel, nu=werk.nu,
        gegevens={"tweede": werk.actor.sleutel},
    )  # fmt: skip
    return {"voornemen": rij.id, "eerste": eerste.sleutel}


@handeling
def trek_opening_in(werk: Werk) -> Log:
    """Trek het voorstel om de kluis te openen in."""
    rij = _lopend(werk)
    rij.stand, rij.afgehandeld_op = "ingetrokken", werk.nu
    werk.bewaar(rij)
    return {"voornemen": rij.id}
