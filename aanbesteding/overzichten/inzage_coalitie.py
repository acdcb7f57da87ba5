"""Who belongs to a coalition and may see what it prepares: its penvoerder, its confirmed partners, its adviser.

A coalition that somebody does not belong to does not exist for him: the answer is the same as for a wrong address,
so that nobody can count or guess coalitions (peers.md: sealed means sealed).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, col, select

from ..fouten import GeenToestemming, NietGevonden
from ..model import Advies, Bestand, Coalitie, Deelnemer, Partner, Ronde
from ..procedure import Rol
from . import bestanden, inzage, vind

Plaats = Literal["penvoerder", "partner", "adviseur"]


@dataclass(frozen=True)
class Kring:
    """Somebody's place around one coalition."""

    groep: Coalitie
    wie: Deelnemer
    als: Plaats

    @property
    def schrijft(self) -> bool:
        return self.als == "penvoerder"


def kring(session: Session, ronde: Ronde, mensen: Collection[Deelnemer], sleutel: str) -> Kring:
    """The place of this person (with all his participations) in this coalition. Raises NietGevonden."""
    groep = session.exec(select(Coalitie).where(Coalitie.ronde_id == ronde.id, Coalitie.sleutel == sleutel)).first()
    gevonden = _plaats(session, groep, mensen) if groep else None
    if groep is None or gevonden is None:
        raise NietGevonden(
            "Deze coalitie is er niet, of u hoort er niet bij. Bij ‘Mijn coalitie’ staat waar u bij hoort."
        )
    return Kring(groep, *gevonden)


def _plaats(session: Session, groep: Coalitie, mensen: Collection[Deelnemer]) -> tuple[Deelnemer, Plaats] | None:
    vraag = select(Partner.organisatie_id).where(
        Partner.coalitie_id == groep.id, col(Partner.bevestigd_op).is_not(None)
    )
    partners = set(session.exec(vraag))
    adviseurs = set(session.exec(select(Advies.adviseur_id).where(Advies.coalitie_id == groep.id)))
    for wie in mensen:
        if wie.id == groep.penvoerder_id:
            return wie, "penvoerder"
    for wie in mensen:
        if wie.organisatie_id in partners:
            return wie, "partner"
        if wie.id in adviseurs:
            return wie, "adviseur"
    return None


def alleen_penvoerder(session: Session, ronde: Ronde, mensen: Collection[Deelnemer], sleutel: str) -> Kring:
    """As `kring`, for what only the penvoerder sees and does."""
    gevonden = kring(session, ronde, mensen, sleutel)
    if not gevonden.schrijft:
        raise GeenToestemming("Dit doet de penvoerder. U kunt het voorstel wel lezen en er opmerkingen bij zetten.")
    return gevonden


def bestand(
    session: Session, ronde: Ronde, als: dict[str, Deelnemer], coalitie: str, sha256: str
) -> Bestand:  # fmt: skip
    """A file with its bytes, for who may read the text that it goes with. Raises NietGevonden."""
    weg = NietGevonden("Dit bestand is er niet, of u mag het (nog) niet lezen.")
    groep = session.exec(select(Coalitie).where(Coalitie.ronde_id == ronde.id, Coalitie.sleutel == coalitie)).first()
    if groep is None:
        raise weg
    eigen = _plaats(session, groep, list(als.values()))
    if eigen is None and not _leest_voorstel(session, ronde, als, coalitie, sha256):
        raise weg
    gevonden = bestanden.met_inhoud(session, vind.sid(groep.id), sha256)
    if gevonden is None:
        raise weg
    return gevonden


LEZERS = (Rol.BEOORDELAAR, Rol.VOORZITTER, Rol.PROJECTLEIDER, Rol.JURIST, Rol.WETHOUDER)


def _leest_voorstel(session: Session, ronde: Ronde, als: dict[str, Deelnemer], coalitie: str, sha256: str) -> bool:
    """Is this file part of the proposal as inzage shows it to this person (vault, interest, money)?"""
    mensen = {als[r.value].id: als[r.value] for r in LEZERS if r.value in als}
    for wie in mensen.values():
        try:
            zicht = inzage.voorstel(session, ronde, wie, coalitie)
        except (GeenToestemming, NietGevonden):
            return False  # one wall is enough: a declared interest beats every other role
        if any(b.get("sha256") == sha256 for b in zicht.inhoud.get("bijlagen", [])):
            return True
    return False
