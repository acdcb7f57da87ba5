"""Which documents may somebody see? One answer for the list and for the download.

Before the vault is opened a receipt shows that a coalition handed in, so only that coalition sees it. A declared
interest closes everything that is not public until the decision is (as in inzage.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ..fouten import NietGevonden
from ..model import Belang, Coalitie, Deelnemer, Document, Kluisopening, Passage, Ronde
from ..procedure import Poort, Rol
from . import vind

LEEST_ALLES = {Rol.PROJECTLEIDER.value, Rol.JURIST.value}
VAN_HET_COLLEGE = ("collegevoorstel", "besluit", "beoordelingsrapport", "vergewisverklaring", "pv-", "planbeoordeling")
FORMULIER = "scoreformulier"


@dataclass(frozen=True)
class _Kijker:
    rollen: frozenset[str]
    sleutels: frozenset[str]
    coalities: frozenset[int]
    kluis_open: bool
    belang: bool
    beslist: bool


def _kijker(session: Session, ronde: Ronde, als: Mapping[str, Deelnemer]) -> _Kijker:
    ids = {vind.sid(d.id) for d in als.values()}
    eigen = session.exec(select(Coalitie.id).where(col(Coalitie.penvoerder_id).in_(ids)))
    belang = session.exec(select(Belang).where(col(Belang.beoordelaar_id).in_(ids), col(Belang.belang)).limit(1))
    return _Kijker(
        frozenset(als), frozenset(d.sleutel for d in als.values()), frozenset(vind.sid(c) for c in eigen),
        session.exec(select(Kluisopening).where(Kluisopening.ronde_id == ronde.id)).first() is not None,
        belang.first() is not None, vind.passage(session, ronde, Poort.SELECTIE) is not None,
    )  # fmt: skip


def _mag(k: _Kijker, d: Document) -> bool:
    if d.openbaar or (d.coalitie_id is not None and d.coalitie_id in k.coalities):
        return True
    if d.soort == FORMULIER:
        return bool(k.rollen & LEEST_ALLES) or d.kenmerk.rpartition("/")[2] in k.sleutels
    if k.belang and not k.beslist:
        return False
    if k.rollen & LEEST_ALLES:
        return k.kluis_open or d.soort != "ontvangstbevestiging"
    return Rol.WETHOUDER.value in k.rollen and d.soort.startswith(VAN_HET_COLLEGE)


def lijst(session: Session, ronde: Ronde, als: Mapping[str, Deelnemer]) -> list[tuple[Document, str]]:
    """(document, gate) of everything that this person may see, the newest first; a constant number of statements."""
    k = _kijker(session, ronde, als)
    vraag = select(Document, Passage.poort).outerjoin(Passage, col(Document.passage_id) == Passage.id)
    vraag = vraag.where(Document.ronde_id == ronde.id).order_by(col(Document.moment).desc(), col(Document.id))
    return [(d, poort or "") for d, poort in session.exec(vraag) if _mag(k, d)]


def een(session: Session, ronde: Ronde, als: Mapping[str, Deelnemer], nummer: int) -> Document:
    """The document. Raises NietGevonden also for one that he may not see: its number must tell nothing."""
    d = session.get(Document, nummer)
    if d is None or d.ronde_id != ronde.id or not _mag(_kijker(session, ronde, als), d):
        raise NietGevonden("Dit document is er niet, of het is niet voor u.")
    return d
