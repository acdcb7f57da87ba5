"""The audit log: a hash chain per round, from its first line.

Each line's hash covers its content and the hash of the line before, so a changed, removed or inserted line
breaks every later one. `controleer` recomputes the chain. Peers have no tamper-evident log (peers.md, gap 8).
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from .model import Logregel
from .regels import canonieke_hash

BEGIN = "0" * 64


def regelhash(
    *, vorige: str, volgnummer: int, moment: datetime, actor: str, handeling: str, gegevens: dict[str, Any]
) -> str:
    """SHA-256 over the canonical JSON of a line, 64 hex digits."""
    inhoud = [vorige, volgnummer, moment.isoformat(timespec="microseconds"), actor, handeling, gegevens]
    return canonieke_hash(inhoud)


def laatste(session: Session, ronde_id: int) -> Logregel | None:
    vraag = select(Logregel).where(Logregel.ronde_id == ronde_id).order_by(col(Logregel.volgnummer).desc()).limit(1)
    return session.exec(vraag).first()


def schrijf_regel(
    session: Session, *, ronde_id: int, moment: datetime, actor: str, handeling: str, gegevens: dict[str, Any]
) -> Logregel:
    """Append one line. `actor` is a participant's key, never a name: no personal data in the log."""
    eerder = laatste(session, ronde_id)
    nummer, vorige = (eerder.volgnummer + 1, eerder.hash) if eerder else (1, BEGIN)
    kern = {"vorige": vorige, "volgnummer": nummer, "moment": moment, "actor": actor, "handeling": handeling}
    regel = Logregel(ronde_id=ronde_id, gegevens=gegevens, hash=regelhash(gegevens=gegevens, **kern), **kern)  # type: ignore[arg-type]
    session.add(regel)
    session.flush()
    return regel


def controleer(session: Session, ronde_id: int) -> list[str]:
    """Recompute the chain; an empty list means: whole. Else what is wrong, in Dutch, first break first."""
    fouten: list[str] = []
    vorige, verwacht = BEGIN, 1
    for r in session.exec(select(Logregel).where(Logregel.ronde_id == ronde_id).order_by(col(Logregel.volgnummer))):
        if r.volgnummer != verwacht:
            fouten.append(f"Logregel {verwacht} ontbreekt: na regel {verwacht - 1} komt regel {r.volgnummer}.")
        if r.vorige != vorige:
            fouten.append(f"Logregel {r.volgnummer} sluit niet aan op de regel ervoor.")
        eigen = regelhash(vorige=r.vorige, volgnummer=r.volgnummer, moment=r.moment, actor=r.actor,
                          handeling=r.handeling, gegevens=r.gegevens)  # fmt: skip
        if eigen != r.hash:
            fouten.append(f"Logregel {r.volgnummer} ({r.handeling}) is na het vastleggen veranderd.")
        vorige, verwacht = r.hash, r.volgnummer + 1
    return fouten
