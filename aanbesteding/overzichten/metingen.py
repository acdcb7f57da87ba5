"""What was measured and done in a pilot: newest values, their history, files, and the effort of the coalition."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from ..kern import perioden
from ..model import Inspanning, Logregel, Meetbestand, Meetwaarde, Pilot, Ronde

Plek = tuple[str, str, str]


def nieuwste_waarden(session: Session, pilot: Pilot) -> dict[Plek, Meetwaarde]:
    """(indicator, area, wave) → newest version."""
    vraag = select(Meetwaarde).where(Meetwaarde.pilot_id == pilot.id).order_by(col(Meetwaarde.versie))
    return {(m.indicator, m.gebied, m.periode): m for m in session.exec(vraag)}


def geschiedenis(session: Session, pilot: Pilot) -> list[list[Meetwaarde]]:
    """Per place that was corrected all versions, oldest first; last corrected places first."""
    vraag = select(Meetwaarde).where(Meetwaarde.pilot_id == pilot.id).order_by(col(Meetwaarde.versie))
    per: dict[Plek, list[Meetwaarde]] = {}
    for m in session.exec(vraag):
        per.setdefault((m.indicator, m.gebied, m.periode), []).append(m)
    return sorted((v for v in per.values() if len(v) > 1), key=lambda v: v[-1].ingevoerd_op, reverse=True)


def bestanden(session: Session, pilot: Pilot) -> list[Meetbestand]:
    """Files that were read in, newest first."""
    vraag = select(Meetbestand).where(Meetbestand.pilot_id == pilot.id)
    return list(session.exec(vraag.order_by(col(Meetbestand.id).desc())))


def modelgegevens(session: Session, pilot: Pilot) -> set[str]:
    """Indicators with a value from a file whose figures come from a model: unfit for a local effect (domein.md 4)."""
    uit: set[str] = set()
    for b in bestanden(session, pilot):
        if b.uitkomst.get("model"):
            uit |= set(b.uitkomst.get("indicatoren", []))
    return uit


def inspanningen(session: Session, pilot: Pilot, tot: datetime | None = None) -> list[dict[str, Any]]:
    """Rows {gebied, periode, uren, deelnemers, activiteiten, toelichting}: newest version per area and wave."""
    vraag = select(Inspanning).where(Inspanning.pilot_id == pilot.id).order_by(col(Inspanning.versie))
    if tot is not None:
        vraag = vraag.where(Inspanning.ingevoerd_op <= tot)
    nieuwste = {(i.gebied, i.periode): i for i in session.exec(vraag)}
    return [
        {
            "gebied": i.gebied, "periode": i.periode, "uren": i.uren, "deelnemers": i.deelnemers,
            "activiteiten": i.activiteiten, "toelichting": i.toelichting,
        }
        for _, i in sorted(nieuwste.items(), key=lambda x: (x[0][0], perioden.orde(x[0][1])))
    ]  # fmt: skip


@dataclass(frozen=True)
class Invoer:
    wie: str
    moment: datetime
    wat: str


def wie_voerde_in(session: Session, ronde: Ronde, coalitie: str) -> list[Invoer]:
    """From the log: who put in values or files of this pilot, newest first, at most forty."""
    vraag = select(Logregel).where(
        Logregel.ronde_id == ronde.id, col(Logregel.handeling).in_(("meting", "lees_metingen"))
    )
    rijen = session.exec(vraag.order_by(col(Logregel.id).desc()).limit(400))
    eigen = [r for r in rijen if r.gegevens.get("coalitie") == coalitie]
    return [Invoer(r.actor, r.moment, r.handeling) for r in eigen[:40]]
