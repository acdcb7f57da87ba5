"""Deciding in two steps, by two wethouders who are each logged in themselves.

The first prepares the whole decision, the second sees exactly that and confirms; only then the act itself runs, as
the first, in the same transaction. What is prepared was tried before it is kept, so that the second never meets a
mistake of the first. A round with one wethouder decides at once (act `besluit`).
"""

from typing import Annotated, Any

from pydantic import Field
from sqlmodel import select

from ..fouten import Conflict, GeenToestemming, NietGevonden
from ..inhoud import Uitkomst
from ..model import Deelnemer, Voornemen
from ..overzichten import vind
from ..overzichten.collegebeeld import BESLUIT, INTREKKING, open_voornemens
from ..procedure import Rol
from ..regels import Sleutel, Tekst
from .basis import Log, Werk, handeling, voer_uit
from .besluiten import Afwijking, Besluitsoort


@handeling
def bereid_besluit_voor(
    werk: Werk,
    *,
    soort: Besluitsoort,
    uitkomst: Uitkomst,
    tekst: Tekst,
    gekozen: list[Sleutel] = [],  # noqa: B006  # pydantic copies defaults
    afwijkingen: list[Afwijking] = [],  # noqa: B006
    bedragen_euro: dict[str, Annotated[int, Field(ge=0)]] = {},  # noqa: B006
) -> Log:
    """Bereid een besluit van het college voor; een tweede wethouder bevestigt het."""
    gegevens = {
        "soort": soort, "uitkomst": uitkomst, "tekst": tekst, "gekozen": gekozen, "bedragen_euro": bedragen_euro,
        "afwijkingen": [a.model_dump() for a in afwijkingen],
    }  # fmt: skip
    return {"soort": soort, "uitkomst": uitkomst} | _leg_klaar(werk, BESLUIT, gegevens)


@handeling
def bereid_intrekking_voor(werk: Werk, *, reden: Tekst) -> Log:
    """Stel voor om de hele ronde in te trekken; een tweede wethouder bevestigt het."""
    return _leg_klaar(werk, INTREKKING, {"reden": reden})


def _leg_klaar(werk: Werk, wat: str, gegevens: dict[str, Any]) -> Log:
    ander = _ander(werk)
    if any(v.handeling == wat for v in open_voornemens(werk.session, werk.ronde)):
        raise Conflict("Er ligt al een besluit klaar. Bevestig het, of haal het eerst weg.")
    _probeer(werk, wat, gegevens, ander)
    rij = Voornemen(
        ronde_id=werk.ronde_id, handeling=wat, gegevens=gegevens, deelnemer_id=vind.sid(werk.actor.id),
        gemaakt_op=werk.nu,
    )  # fmt: skip
    werk.bewaar(rij)
    return {"voornemen": rij.id}


def _ander(werk: Werk) -> Deelnemer:
    """Another person who is a wethouder here too. Raises Conflict when there is none."""
    for d in vind.met_rol(werk.session, werk.ronde, Rol.WETHOUDER):
        if d.persoon_id != werk.actor.persoon_id:
            return d
    raise Conflict("In deze ronde besluit één wethouder. U legt het besluit zelf vast.")


def _probeer(werk: Werk, wat: str, gegevens: dict[str, Any], ander: Deelnemer) -> None:
    """Do the act and take it back: raises what the act would raise."""
    with werk.session.begin_nested() as punt:
        _voer_uit(werk, wat, gegevens, werk.actor, ander)
        punt.rollback()


def _voer_uit(werk: Werk, wat: str, gegevens: dict[str, Any], eerste: Deelnemer, tweede: Deelnemer) -> None:
    erbij = {"tweede": tweede.sleutel} if wat == BESLUIT else {}
    voer_uit(
        werk.session, werk.ronde.kenmerk, wat, wie=eerste.sleutel, nu=werk.nu, gegevens=gegevens | erbij
    )  # fmt: skip


def _lopend(werk: Werk, nummer: int) -> Voornemen:
    rij = werk.session.exec(
        select(Voornemen).where(Voornemen.id == nummer, Voornemen.ronde_id == werk.ronde_id)
    ).first()
    if rij is None or rij.handeling not in (BESLUIT, INTREKKING):
        raise NietGevonden("Dit besluit ligt niet klaar.")
    if rij.stand != "open":
        raise Conflict(f"Dit besluit is al {'weggehaald' if rij.stand == 'ingetrokken' else 'bevestigd'}.")
    return rij


@handeling
def bevestig_besluit(werk: Werk, *, voornemen: int) -> Log:
    """Bevestig een besluit dat een andere wethouder voorbereidde."""
    rij = _lopend(werk, voornemen)
    eerste = werk.session.get_one(Deelnemer, rij.deelnemer_id)
    if eerste.persoon_id == werk.actor.persoon_id:
        raise GeenToestemming("U bereidde dit besluit zelf voor. Een andere wethouder bevestigt het.")
    rij.stand, rij.tweede_id, rij.afgehandeld_op = "bevestigd", werk.actor.id, werk.nu
    werk.bewaar(rij)
    _voer_uit(werk, rij.handeling, rij.gegevens, eerste, werk.actor)
    return {"voornemen": rij.id, "eerste": eerste.sleutel}


@handeling
def haal_besluit_weg(werk: Werk, *, voornemen: int) -> Log:
    """Haal een voorbereid besluit weg, om het te veranderen."""
    rij = _lopend(werk, voornemen)
    rij.stand, rij.afgehandeld_op = "ingetrokken", werk.nu
    werk.bewaar(rij)
    return {"voornemen": rij.id}
