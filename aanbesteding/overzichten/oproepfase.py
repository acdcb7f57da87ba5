"""Reading the window of a call for its documents: invited organisations, questions, submissions, defects."""

from collections import defaultdict

from sqlmodel import Session, col, select

from ..model import (
    Bijeenkomst,
    Coalitie,
    Deelnemer,
    Indiening,
    Kluisopening,
    Organisatie,
    Persoon,
    Rolhouder,
    Ronde,
    Verzuim,
    Voorstel,
    Vraag,
)
from ..procedure import Rol
from ..regels import canonieke_hash


def uitgenodigden(session: Session, ronde: Ronde) -> list[tuple[Organisatie, Persoon]]:
    """Every organisation of the round with its contact person, in order of key."""
    vraag = (
        select(Organisatie, Persoon)
        .join(Deelnemer, col(Deelnemer.organisatie_id) == Organisatie.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .join(Rolhouder, col(Rolhouder.deelnemer_id) == Deelnemer.id)
        .where(Organisatie.ronde_id == ronde.id, Rolhouder.rol == Rol.ORGANISATIE.value)
        .order_by(col(Organisatie.sleutel))
    )
    return list(session.exec(vraag).all())


def bijeenkomst(session: Session, ronde: Ronde) -> Bijeenkomst | None:
    """The newest report of the start meeting."""
    vraag = select(Bijeenkomst).where(Bijeenkomst.ronde_id == ronde.id)
    return session.exec(vraag.order_by(col(Bijeenkomst.vastgelegd_op).desc(), col(Bijeenkomst.id).desc())).first()


def vragen_in_nota(session: Session, ronde: Ronde, nota: int) -> list[Vraag]:
    vraag = select(Vraag).where(Vraag.ronde_id == ronde.id, Vraag.nota == nota)
    return list(session.exec(vraag.order_by(col(Vraag.nummer))))


def ontvangen(session: Session, ronde: Ronde) -> list[tuple[Voorstel, Coalitie, Indiening]]:
    """Proposals that count, with coalition and submission, in order of receipt."""
    vraag = (
        select(Voorstel, Coalitie, Indiening)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Indiening, col(Voorstel.indiening_id) == Indiening.id)
        .where(Voorstel.ronde_id == ronde.id)
    )
    return list(session.exec(vraag.order_by(col(Voorstel.nummer))).all())


def vervallen(session: Session, ronde: Ronde) -> tuple[int, int]:
    """(earlier versions that were replaced, coalitions whose last version was withdrawn)."""
    vraag = select(Indiening).join(Coalitie, col(Indiening.coalitie_id) == Coalitie.id)
    per: dict[int, list[Indiening]] = defaultdict(list)
    for indiening in session.exec(vraag.where(Coalitie.ronde_id == ronde.id).order_by(col(Indiening.versie))):
        per[indiening.coalitie_id].append(indiening)
    ingetrokken = sum(rij[-1].ingetrokken_op is not None for rij in per.values())
    return sum(len(rij) - 1 for rij in per.values()), ingetrokken


def ongewijzigd(indiening: Indiening) -> bool:
    """Does the stored text still have the hash of its receipt?"""
    return canonieke_hash(indiening.inhoud) == indiening.sha256


def kluisopening(session: Session, ronde: Ronde) -> tuple[Kluisopening, Deelnemer, Deelnemer]:
    """The opening with its two people; exactly one once gate opening is passed."""
    rij = session.exec(select(Kluisopening).where(Kluisopening.ronde_id == ronde.id)).one()
    return rij, session.get_one(Deelnemer, rij.eerste_id), session.get_one(Deelnemer, rij.tweede_id)


def verzuimen(session: Session, ronde: Ronde, *, alleen_open: bool = False) -> dict[str, list[Verzuim]]:
    """Coalition key → formal parts that were missing at the opening, in order of entry."""
    vraag = (
        select(Coalitie.sleutel, Verzuim)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Verzuim, col(Verzuim.voorstel_id) == Voorstel.id)
        .where(Voorstel.ronde_id == ronde.id)
        .order_by(col(Verzuim.id))
    )
    if alleen_open:
        vraag = vraag.where(col(Verzuim.hersteld_op).is_(None))
    uit: dict[str, list[Verzuim]] = defaultdict(list)
    for sleutel, verzuim in session.exec(vraag):
        uit[sleutel].append(verzuim)
    return uit
