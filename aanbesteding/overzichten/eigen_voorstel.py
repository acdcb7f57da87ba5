"""What a coalition sees of its own way through the round; every function takes a coalition that was checked before."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ..model import (
    Coalitie,
    Deelnemer,
    Document,
    Indiening,
    Meetplanversie,
    Meetwaarde,
    Organisatie,
    Partner,
    Pilot,
    Plan,
    Planoordeel,
    Verzuim,
    Voorstel,
    Voortgang,
)
from .gereedheid import Partnerstand

ONTVANGST = "ontvangstbevestiging"


def partnerstand(session: Session, groep: Coalitie) -> list[Partnerstand]:
    vraag = select(Organisatie.naam, Partner.bevestigd_op).join(Partner).where(Partner.coalitie_id == groep.id)
    return [Partnerstand(naam, op is not None) for naam, op in session.exec(vraag.order_by(col(Organisatie.naam)))]


@dataclass(frozen=True)
class Ingediend:
    """A submission with its receipt as PDF, when that has been made."""

    rij: Indiening
    bewijs: Document | None


def indieningen(session: Session, groep: Coalitie) -> list[Ingediend]:
    """Every submission of this coalition, the newest first."""
    vraag = select(Indiening).where(Indiening.coalitie_id == groep.id).order_by(col(Indiening.versie).desc())
    bewijzen = select(Document).where(Document.coalitie_id == groep.id, Document.soort == ONTVANGST)
    per_moment = {d.moment: d for d in session.exec(bewijzen)}
    return [Ingediend(i, per_moment.get(i.ontvangen_op)) for i in session.exec(vraag)]


def staat_er(alle: list[Ingediend]) -> Indiening | None:
    """The submission that counts: the newest, unless it was withdrawn."""
    return alle[0].rij if alle and alle[0].rij.ingetrokken_op is None else None


def voorstel(session: Session, groep: Coalitie) -> Voorstel | None:
    """What counts after the closing, or None."""
    return session.exec(select(Voorstel).where(Voorstel.coalitie_id == groep.id)).first()


def verzuim(session: Session, v: Voorstel) -> list[Verzuim]:
    return list(session.exec(select(Verzuim).where(Verzuim.voorstel_id == v.id).order_by(col(Verzuim.id))))


def brieven(session: Session, groep: Coalitie) -> list[Document]:
    """Letters and receipts that were addressed to this coalition's penvoerder, the newest first."""
    naam = select(Organisatie.naam).join(Deelnemer).where(Deelnemer.id == groep.penvoerder_id)
    ontvanger = session.exec(naam).first()
    vraag = select(Document).where(Document.coalitie_id == groep.id, Document.ontvanger == ontvanger)
    return list(session.exec(vraag.order_by(col(Document.moment).desc(), col(Document.id).desc())))


def plannen(session: Session, v: Voorstel) -> list[tuple[Plan, Planoordeel | None]]:
    """Every version of the plan with its assessment, the newest first."""
    vraag = select(Plan, Planoordeel).join(Planoordeel, isouter=True).where(Plan.voorstel_id == v.id)
    return [(p, o) for p, o in session.exec(vraag.order_by(col(Plan.versie).desc()))]


def pilot(session: Session, v: Voorstel) -> Pilot | None:
    return session.exec(select(Pilot).where(Pilot.voorstel_id == v.id)).first()


def voortgang(session: Session, p: Pilot) -> dict[int, Voortgang]:
    """Moment number → the newest report."""
    vraag = select(Voortgang).where(Voortgang.pilot_id == p.id).order_by(col(Voortgang.versie))
    return {r.nummer: r for r in session.exec(vraag)}


def meetplan(session: Session, v: Voorstel) -> Meetplanversie | None:
    vraag = select(Meetplanversie).where(Meetplanversie.voorstel_id == v.id)
    return session.exec(vraag.order_by(col(Meetplanversie.versie).desc())).first()


def metingen(session: Session, p: Pilot) -> dict[str, dict[str, dict[str, Meetwaarde]]]:
    """Indicator → area → half-year → the newest value."""
    uit: dict[str, dict[str, dict[str, Meetwaarde]]] = defaultdict(lambda: defaultdict(dict))
    vraag = select(Meetwaarde).where(Meetwaarde.pilot_id == p.id)
    for m in session.exec(vraag.order_by(col(Meetwaarde.periode), col(Meetwaarde.gebied), col(Meetwaarde.versie))):
        uit[m.indicator][m.gebied][m.periode] = m
    return {i: {g: dict(w) for g, w in gebieden.items()} for i, gebieden in uit.items()}


def effectrapporten(session: Session, groep: Coalitie) -> list[Document]:
    vraag = select(Document).where(Document.coalitie_id == groep.id, Document.soort == "effectrapport")
    return list(session.exec(vraag.order_by(col(Document.moment).desc())))
