"""Coalitions as their own people see them, and the floor where partners are found.

The floor shows cards that a penvoerder put there, with no more than he wrote; the rest of a coalition is for its
circle alone (inzage_coalitie). Every function takes a fixed number of statements.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from ..kern.sleutelnaam import sleutel_van
from ..model import (
    Aansluitverzoek,
    Beurskaart,
    Coalitie,
    Deelnemer,
    Organisatie,
    Partner,
    Persoon,
    Ronde,
)
from .vind import sid


@dataclass(frozen=True)
class Kaart:
    """A card on the floor. `eigen`: my own coalition; `vraag_open`: I asked and wait."""

    coalitie: str
    naam: str
    opgave: str
    penvoerder: str
    kaart: Beurskaart
    eigen: bool
    partner: bool
    gevraagd: bool


def beurs(session: Session, ronde: Ronde, mensen: Collection[Deelnemer], opgave: str = "") -> list[Kaart]:
    """Open cards, the newest first; `opgave` narrows to one."""
    org = {d.organisatie_id for d in mensen if d.organisatie_id}
    ik = {d.id for d in mensen}
    vraag = (
        select(Coalitie, Beurskaart, Organisatie.naam)
        .join(Beurskaart, col(Beurskaart.coalitie_id) == Coalitie.id)
        .join(Deelnemer, col(Coalitie.penvoerder_id) == Deelnemer.id)
        .join(Organisatie, col(Deelnemer.organisatie_id) == Organisatie.id)
        .where(Coalitie.ronde_id == ronde.id, col(Beurskaart.open).is_(True))
        .order_by(col(Beurskaart.geplaatst_op).desc(), col(Coalitie.id))
    )
    if opgave:
        vraag = vraag.where(Coalitie.opgave == opgave)
    partners = set(session.exec(select(Partner.coalitie_id).where(col(Partner.organisatie_id).in_(org))))
    open_ = set(session.exec(select(Aansluitverzoek.coalitie_id).where(
        col(Aansluitverzoek.organisatie_id).in_(org), Aansluitverzoek.antwoord == "")))  # fmt: skip
    return [
        Kaart(c.sleutel, c.naam, c.opgave, naam, k, c.penvoerder_id in ik, c.id in partners, c.id in open_)
        for c, k, naam in session.exec(vraag)
    ]


@dataclass(frozen=True)
class Verzoek:
    rij: Aansluitverzoek
    coalitie: str
    naam: str
    organisatie: str
    soort: str
    contact: str


def eigen_verzoeken(session: Session, ronde: Ronde, mensen: Collection[Deelnemer]) -> list[Verzoek]:
    """What this person's organisation asked, the newest first."""
    org = {d.organisatie_id for d in mensen if d.organisatie_id}
    return _verzoeken(session, Coalitie.ronde_id == ronde.id, col(Aansluitverzoek.organisatie_id).in_(org))


def verzoeken_aan(session: Session, groep: Coalitie) -> list[Verzoek]:
    """What others asked this coalition, the newest first."""
    return _verzoeken(session, Aansluitverzoek.coalitie_id == groep.id)


def _verzoeken(session: Session, *waar: Any) -> list[Verzoek]:
    vraag = (
        select(Aansluitverzoek, Coalitie, Organisatie, Persoon)
        .join(Coalitie, col(Aansluitverzoek.coalitie_id) == Coalitie.id)
        .join(Organisatie, col(Aansluitverzoek.organisatie_id) == Organisatie.id)
        .join(Deelnemer, col(Aansluitverzoek.deelnemer_id) == Deelnemer.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .where(*waar)
        .order_by(col(Aansluitverzoek.id).desc())
    )
    return [Verzoek(v, c.sleutel, c.naam, o.naam, o.soort, p.naam) for v, c, o, p in session.exec(vraag)]


@dataclass(frozen=True)
class Mijn:
    """A coalition of this person: as penvoerder, as partner, or asked to be one."""

    groep: Coalitie
    als: str
    partners: int
    bevestigd: int
    wacht: int
    """Requests to join that wait for this person's answer."""


def mijn(session: Session, ronde: Ronde, mensen: Collection[Deelnemer]) -> list[Mijn]:
    """My coalitions, in order of making."""
    org, ik = {d.organisatie_id for d in mensen if d.organisatie_id}, {d.id for d in mensen}
    met_mij = select(Partner.coalitie_id).where(col(Partner.organisatie_id).in_(org))
    groepen = session.exec(
        select(Coalitie)
        .where(Coalitie.ronde_id == ronde.id, col(Coalitie.penvoerder_id).in_(ik) | col(Coalitie.id).in_(met_mij))
        .order_by(col(Coalitie.id))
    ).all()
    nummers = [sid(g.id) for g in groepen]
    per: dict[int, list[Partner]] = defaultdict(list)
    for p in session.exec(select(Partner).where(col(Partner.coalitie_id).in_(nummers))):
        per[p.coalitie_id].append(p)
    wacht: dict[int, int] = defaultdict(int)
    open_ = select(Aansluitverzoek.coalitie_id).where(col(Aansluitverzoek.coalitie_id).in_(nummers))
    for nummer in session.exec(open_.where(Aansluitverzoek.antwoord == "")):
        wacht[nummer] += 1
    return [_mijn(g, per[sid(g.id)], ik, org, wacht[sid(g.id)]) for g in groepen]


def _mijn(
    groep: Coalitie, partners: list[Partner], ik: Collection[int | None], org: Collection[int], wacht: int
) -> Mijn:
    bevestigd = sum(p.bevestigd_op is not None for p in partners)
    if groep.penvoerder_id in ik:
        return Mijn(groep, "penvoerder", len(partners), bevestigd, wacht)
    zelf = any(p.bevestigd_op for p in partners if p.organisatie_id in org)
    return Mijn(groep, "partner" if zelf else "uitgenodigd", len(partners), bevestigd, 0)


Uitnodiging = tuple[Coalitie, Partner, Deelnemer]


def uitnodiging(session: Session, ronde: Ronde, mensen: Collection[Deelnemer], sleutel: str) -> Uitnodiging | None:
    """The invitation of this person's organisation that waits for an answer, or None."""
    vraag = (
        select(Coalitie, Partner, Deelnemer)
        .join(Partner, col(Partner.coalitie_id) == Coalitie.id)
        .join(Deelnemer, col(Deelnemer.organisatie_id) == Partner.organisatie_id)
        .where(Coalitie.ronde_id == ronde.id, Coalitie.sleutel == sleutel, col(Partner.bevestigd_op).is_(None))
        .where(col(Deelnemer.id).in_([d.id for d in mensen]), Coalitie.penvoerder_id != Deelnemer.id)
    )
    return session.exec(vraag).first()


def partners(session: Session, groep: Coalitie) -> list[tuple[Partner, Organisatie]]:
    """Every partner with its organisation, in order of asking: the penvoerder first."""
    vraag = select(Partner, Organisatie).join(Organisatie).where(Partner.coalitie_id == groep.id)
    return list(session.exec(vraag.order_by(col(Partner.id))))


def penvoerder(session: Session, groep: Coalitie) -> tuple[Persoon, Organisatie]:
    vraag = select(Persoon, Organisatie).join(Deelnemer, col(Deelnemer.persoon_id) == Persoon.id)
    vraag = vraag.join(Organisatie, col(Deelnemer.organisatie_id) == Organisatie.id)
    return session.exec(vraag.where(Deelnemer.id == groep.penvoerder_id)).one()


def kaart(session: Session, groep: Coalitie) -> Beurskaart | None:
    return session.exec(select(Beurskaart).where(Beurskaart.coalitie_id == groep.id)).first()


def uit_te_nodigen(session: Session, ronde: Ronde, groep: Coalitie) -> list[tuple[str, str]]:
    """(key, name) of the organisations of this round that are no partner yet, by name."""
    al = select(Partner.organisatie_id).where(Partner.coalitie_id == groep.id)
    vraag = select(Organisatie.sleutel, Organisatie.naam).where(Organisatie.ronde_id == ronde.id)
    rijen = session.exec(vraag.where(col(Organisatie.id).not_in(al)))
    return sorted(((s, n) for s, n in rijen), key=lambda rij: rij[1].casefold())


def vrije_sleutel(session: Session, ronde: Ronde, naam: str) -> str:
    """A key for a new coalition with this name."""
    return sleutel_van(naam, set(session.exec(select(Coalitie.sleutel).where(Coalitie.ronde_id == ronde.id))))
