"""Which document of which round is this? By the hash of its bytes, or by the reference that it carries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from .. import logboek
from ..model import Document, Logregel, Passage, Regelversie, Ronde
from .vind import sid


@dataclass(frozen=True)
class Vindplaats:
    """A document row with its round and its gate (none for the document of a person's own act)."""

    document: Document
    ronde: Ronde
    passage: Passage | None


@dataclass(frozen=True)
class Logstand:
    """What the log of the round says of a document. `fouten`: where the chain is broken, in Dutch."""

    regelnummer: int | None
    """The line that records these bytes under this reference; none when the log does not know them."""
    fouten: list[str]


def op_controlegetal(session: Session, sha256s: Sequence[str]) -> list[Vindplaats]:
    """Every document with one of these hashes, oldest first; one file can be a document of two rounds."""
    return _zoek(session, col(Document.sha256).in_(sha256s))


def op_kenmerk(session: Session, kenmerken: Iterable[str]) -> list[Vindplaats]:
    return _zoek(session, col(Document.kenmerk).in_(sorted(kenmerken)))


def _zoek(session: Session, waar: object) -> list[Vindplaats]:
    vraag = (
        select(Document, Ronde, Passage)
        .join(Ronde, col(Document.ronde_id) == Ronde.id)
        .outerjoin(Passage, col(Document.passage_id) == Passage.id)
        .where(waar)  # type: ignore[arg-type]  # one of the two column expressions above
        .order_by(col(Document.id))
    )
    return [Vindplaats(d, r, p) for d, r, p in session.exec(vraag)]


def logstand(session: Session, plek: Vindplaats) -> Logstand:
    """The chain of the round, recomputed, and the line that names this document with this hash."""
    vraag = select(Logregel).where(Logregel.ronde_id == plek.ronde.id).order_by(col(Logregel.volgnummer))
    d = plek.document
    nummers = [r.volgnummer for r in session.exec(vraag)
               if (r.gegevens.get("documenten") or {}).get(d.kenmerk) == d.sha256]  # fmt: skip
    return Logstand(nummers[0] if nummers else None, logboek.controleer(session, sid(plek.ronde.id)))


def regelversie(session: Session, plek: Vindplaats) -> int | None:
    """The version of the rules under which the gate made it; none for a draft."""
    if plek.passage is None:
        return None
    vraag = select(Regelversie.versie).where(
        Regelversie.ronde_id == plek.ronde.id, Regelversie.hash == plek.passage.regels_hash
    )
    return session.exec(vraag).first()


def later(session: Session, plek: Vindplaats) -> Document | None:
    """The newest document of the same kind, for the same receiver, that was made after this one."""
    d = plek.document
    vraag = select(Document).where(
        Document.ronde_id == d.ronde_id,
        Document.soort == d.soort,
        Document.ontvanger == d.ontvanger,
        Document.openbaar == d.openbaar,
        Document.coalitie_id == d.coalitie_id,
        Document.moment > d.moment,
    )
    return session.exec(vraag.order_by(col(Document.moment).desc(), col(Document.id).desc())).first()
