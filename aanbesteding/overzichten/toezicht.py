"""What jurist and auditor look at: the log, who declared an interest, what the declaration of care must answer."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from ..model import Belang, Coalitie, Deelnemer, Logregel, Loting, Ronde, Vergewisverklaring, Voorstel

PER_BLAD = 100

VERGEWISPUNTEN = (
    "De criteria, gewichten en drempels zijn die van de oproep en zijn daarna niet veranderd.",
    "Elke beoordelaar verklaarde per voorstel of er een belang is, voordat de tekst openging.",
    "Wie een belang heeft, beoordeelde dat voorstel niet en was niet bij het overleg daarover.",
    "Elke score heeft een motivering, en het overleg is vastgelegd met een eigen motivering.",
    "De rangorde volgt uit de scores met de regel van de oproep, en is na te rekenen.",
    "Elke coalitie kreeg dezelfde kans: dezelfde informatie, op hetzelfde moment.",
)
"""Awb 3:9 and 2:4; kennis/domein.md, document D11. The jurist may add points of his own."""


@dataclass(frozen=True)
class Logblad:
    regels: list[Logregel]
    totaal: int
    blad: int
    bladen: int


def logblad(session: Session, ronde: Ronde, *, blad: int, handeling: str = "", actor: str = "") -> Logblad:
    """One page of the log, the newest first; a filter is an exact act or participant's key."""
    waar = [Logregel.ronde_id == ronde.id]
    waar += [Logregel.handeling == handeling] if handeling else []
    waar += [Logregel.actor == actor] if actor else []
    totaal = session.exec(select(func.count()).select_from(Logregel).where(*waar)).one()
    bladen = max(1, -(-totaal // PER_BLAD))
    begin = (min(blad, bladen) - 1) * PER_BLAD
    vraag = select(Logregel).where(*waar).order_by(col(Logregel.volgnummer).desc()).offset(begin).limit(PER_BLAD)
    return Logblad(list(session.exec(vraag)), totaal, min(blad, bladen), bladen)


def soorten(session: Session, ronde: Ronde) -> list[str]:
    """The acts that occur in this log."""
    return sorted(session.exec(select(Logregel.handeling).where(Logregel.ronde_id == ronde.id).distinct()))


def belangen(session: Session, ronde: Ronde) -> list[tuple[str, str, Belang]]:
    """(coalition, assessor's key, declaration) of every declared interest."""
    vraag = (
        select(Coalitie.naam, Deelnemer.sleutel, Belang)
        .join(Voorstel, col(Belang.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Deelnemer, col(Belang.beoordelaar_id) == Deelnemer.id)
        .where(Voorstel.ronde_id == ronde.id, col(Belang.belang))
        .order_by(col(Voorstel.nummer), col(Deelnemer.sleutel))
    )
    return list(session.exec(vraag).all())


def vergewisverklaring(session: Session, ronde: Ronde) -> Vergewisverklaring | None:
    return session.exec(select(Vergewisverklaring).where(Vergewisverklaring.ronde_id == ronde.id)).first()


def loting(session: Session, ronde: Ronde) -> Loting | None:
    return session.exec(select(Loting).where(Loting.ronde_id == ronde.id)).first()
