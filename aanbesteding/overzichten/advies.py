"""Who asked for an adviser, on which track and why, and which hours were given: for who leads the round.

What a coalition wrote in its question stays between the coalition and its adviser (overzichten/inzage.concept).
"""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from ..model import Advies, Adviesuren, Adviesvraag, Coalitie, Deelnemer, Organisatie, Persoon, Rolhouder, Ronde
from ..procedure import Rol
from ..regels import Regels
from . import vind
from .toewijzen import grond


@dataclass(frozen=True)
class Toegekend:
    adviseur: str
    uren: int
    gebruikt: int
    uitleg: str
    moment: int


@dataclass(frozen=True)
class Adviesrij:
    """One request: the ACTIE scan, the track with its ground, and what was given so far."""

    naam: str
    actie: dict[str, int]
    traject: str
    grond: str
    toegekend: tuple[Toegekend, ...]

    @property
    def punten(self) -> int:
        return sum(self.actie.values())


def rijen(session: Session, ronde: Ronde, regels: Regels) -> list[Adviesrij]:
    """Every request in order of name, in two statements."""
    vraag = (
        select(Adviesvraag, Coalitie, Organisatie.soort)
        .join(Coalitie, col(Adviesvraag.coalitie_id) == Coalitie.id)
        .join(Deelnemer, col(Coalitie.penvoerder_id) == Deelnemer.id)
        .join(Organisatie, col(Deelnemer.organisatie_id) == Organisatie.id)
        .where(Coalitie.ronde_id == ronde.id)
    )
    gegeven = _toegekend(session, ronde)
    return [
        Adviesrij(c.naam, a.actie, *grond(regels, soort, sum(a.actie.values())), tuple(gegeven.get(vind.sid(c.id), ())))
        for a, c, soort in session.exec(vraag.order_by(col(Coalitie.naam)))
    ]


def _toegekend(session: Session, ronde: Ronde) -> dict[int, list[Toegekend]]:
    gebruikt = (
        select(Adviesuren.advies_id, func.sum(Adviesuren.uren).label("uren")).group_by(col(Adviesuren.advies_id))
    ).subquery()
    vraag = (
        select(Advies, Persoon.naam, gebruikt.c.uren)
        .join(Deelnemer, col(Advies.adviseur_id) == Deelnemer.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .join(gebruikt, gebruikt.c.advies_id == Advies.id, isouter=True)
        .where(Deelnemer.ronde_id == ronde.id)
        .order_by(col(Persoon.naam))
    )
    uit: dict[int, list[Toegekend]] = {}
    for a, naam, uren in session.exec(vraag):
        uit.setdefault(a.coalitie_id, []).append(Toegekend(naam, a.uren, uren or 0, a.uitleg, a.ronde_nummer))
    return uit


def adviseurs(session: Session, ronde: Ronde) -> list[tuple[str, int, int]]:
    """(name, hours that he has, hours that were given)."""
    vraag = (
        select(Persoon.naam, Deelnemer.uren, func.coalesce(func.sum(Advies.uren), 0))
        .join(Deelnemer, col(Deelnemer.persoon_id) == Persoon.id)
        .join(Rolhouder, col(Rolhouder.deelnemer_id) == Deelnemer.id)
        .join(Advies, col(Advies.adviseur_id) == Deelnemer.id, isouter=True)
        .where(Deelnemer.ronde_id == ronde.id, Rolhouder.rol == Rol.ADVISEUR.value)
        .group_by(col(Deelnemer.id), Persoon.naam, col(Deelnemer.uren))
        .order_by(col(Persoon.naam))
    )
    return [(naam, uren or 0, int(gegeven)) for naam, uren, gegeven in session.exec(vraag)]
