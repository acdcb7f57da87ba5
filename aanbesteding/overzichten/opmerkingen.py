"""Comments on the draft of a coalition, under the part that they are about. Who may see the coalition sees these."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from ..model import Coalitie, Deelnemer, Opmerking, Persoon
from .vind import sid


@dataclass(frozen=True)
class Opmerkingzicht:
    """A comment with the name of its writer; `afgehandeld` when the penvoerder has dealt with it."""

    id: int
    deelnemer_id: int
    naam: str
    tekst: str
    geplaatst_op: datetime
    afgehandeld: bool


def per_onderdeel(session: Session, groep: Coalitie) -> dict[str, list[Opmerkingzicht]]:
    """Field of the proposal → comments, the oldest first; in one statement."""
    vraag = (
        select(Opmerking, Persoon.naam)
        .join(Deelnemer, col(Opmerking.deelnemer_id) == Deelnemer.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .where(Opmerking.coalitie_id == groep.id)
        .order_by(col(Opmerking.id))
    )
    uit: dict[str, list[Opmerkingzicht]] = defaultdict(list)
    for o, naam in session.exec(vraag):
        uit[o.onderdeel].append(
            Opmerkingzicht(sid(o.id), o.deelnemer_id, naam, o.tekst, o.geplaatst_op, o.afgehandeld_op is not None)
        )
    return dict(uit)
