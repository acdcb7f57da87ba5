"""Reading the files of a coalition: which there are, without their content, and one with it."""

from collections.abc import Sequence

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from ..inhoud import Bijlage
from ..model import Bestand


def van_coalitie(session: Session, coalitie_id: int) -> list[Bestand]:
    """The files that will go with the next submission, in order of upload; their bytes stay in the database."""
    vraag = select(Bestand).where(Bestand.coalitie_id == coalitie_id, col(Bestand.verwijderd_op).is_(None))
    return list(session.exec(vraag.options(defer(Bestand.inhoud)).order_by(col(Bestand.id))))  # type: ignore[arg-type]


def alle(session: Session, coalitie_id: int) -> list[Bestand]:
    """Also what was taken out of the draft but had been handed in; without bytes."""
    vraag = select(Bestand).where(Bestand.coalitie_id == coalitie_id)
    return list(session.exec(vraag.options(defer(Bestand.inhoud)).order_by(col(Bestand.id))))  # type: ignore[arg-type]


def groottes(session: Session, coalitie_id: int) -> dict[str, int]:
    """SHA-256 → size of every file that this coalition ever handed in or still has."""
    vraag = select(Bestand.sha256, Bestand.grootte).where(Bestand.coalitie_id == coalitie_id)
    return dict(session.exec(vraag).all())


def met_inhoud(session: Session, coalitie_id: int, sha256: str) -> Bestand | None:
    vraag = select(Bestand).where(Bestand.coalitie_id == coalitie_id, Bestand.sha256 == sha256)
    return session.exec(vraag).first()


def bezwaren(session: Session, coalitie_id: int, bijlagen: Sequence[Bijlage]) -> list[str]:
    """Faults: a submission may only name files that this coalition itself uploaded, each name once."""
    genoemd = [b for b in bijlagen if b.sha256]
    er = groottes(session, coalitie_id) if genoemd else {}
    weg = [b.naam for b in genoemd if b.sha256 not in er]
    namen = [b.naam for b in bijlagen]
    dubbel = sorted({n for n in namen if namen.count(n) > 1})
    return [f"bijlagen: het bestand '{n}' is er niet; zet het er opnieuw bij" for n in weg] + [
        f"bijlagen: '{n}' staat er twee keer; geef een van de twee een andere naam" for n in dubbel
    ]
