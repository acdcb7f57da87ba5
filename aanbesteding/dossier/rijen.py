"""The rows of the file: one per document, in order of procedure and moment, with everything that is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from ..documenten.bewaren import Bewaring, bewaring
from ..documenten.poortuitleg import HANDELINGEN, VOLGORDE
from ..documenten.soorten import soort as zoek_soort
from ..instellingen import instellingen
from ..model import Document, Logregel, Passage, Ronde
from ..procedure import Fase, Poort
from ..termijnen import naar_amsterdam


@dataclass(frozen=True)
class Rij:
    """One document. `pad` is unique in the file; `voor` is a kind of person, `ontvanger` may name one.

    `sha256_archief` is filled when the file is sealed: the hash of the document as the archive and the log know it.
    """

    pad: str
    titel: str
    soort: str
    soortnaam: str
    kenmerk: str
    poort: str
    keer: int
    moment: datetime
    ontvanger: str
    voor: str
    openbaar: bool
    omvang: int
    sha256: str
    bewaring: Bewaring
    automatisch: bool
    sha256_archief: str = ""

    @property
    def folder(self) -> str:
        return self.pad.rpartition("/")[0]

    @property
    def naam(self) -> str:
        return self.pad.rpartition("/")[2]


def sluitdatum(session: Session, ronde: Ronde) -> date | None:
    """The day on which the round was closed or withdrawn (Amsterdam); None while it runs."""
    passage = session.exec(
        select(Passage.moment).where(Passage.ronde_id == ronde.id, Passage.poort == Poort.AFSLUITING)
    ).first()
    moment = passage or (_ingetrokken_op(session, ronde) if ronde.fase == Fase.INGETROKKEN else None)
    return naar_amsterdam(moment).date() if moment else None


def _ingetrokken_op(session: Session, ronde: Ronde) -> datetime | None:
    """A withdrawn round takes no further acts, so the last line of its log is its withdrawal."""
    vraag = select(Logregel.moment).where(Logregel.ronde_id == ronde.id)
    return session.exec(vraag.order_by(col(Logregel.volgnummer).desc())).first()


def lees_rijen(session: Session, ronde: Ronde, *, alleen_openbaar: bool = False) -> list[Rij]:
    """Every document of the round, or only what everyone may read."""
    vraag = select(Document, Passage).outerjoin(Passage, col(Document.passage_id) == Passage.id)
    vraag = vraag.where(Document.ronde_id == ronde.id)
    if alleen_openbaar:
        vraag = vraag.where(col(Document.openbaar).is_(True))
    gevonden = sorted(session.exec(vraag).all(), key=_sorteer)
    sluiting, gebruikt = sluitdatum(session, ronde), set[str]()
    return [_rij(d, p, sluiting, gebruikt) for d, p in gevonden]


def _sorteer(paar: tuple[Document, Passage | None]) -> tuple[int, datetime, str, str]:
    d, p = paar
    return (VOLGORDE.get(p.poort if p else "", 0), d.moment, d.bestandsnaam, d.kenmerk)


def _rij(d: Document, p: Passage | None, sluiting: date | None, gebruikt: set[str]) -> Rij:
    soort, poort = zoek_soort(d.soort, instellingen().sjablonen_map), p.poort if p else HANDELINGEN
    return Rij(
        pad=_vrij_pad(f"documenten/{VOLGORDE.get(poort, 0):02d}-{poort}", d.bestandsnaam, gebruikt),
        titel=d.titel, soort=d.soort, soortnaam=soort.metadata.titel, kenmerk=d.kenmerk,
        poort=poort, keer=p.volgnummer if p else 1, moment=d.moment, ontvanger=d.ontvanger,
        voor=soort.metadata.ontvanger, openbaar=d.openbaar, omvang=d.grootte, sha256=d.sha256,
        bewaring=bewaring(soort, sluiting), automatisch=p is None or p.actor == "klok",
    )  # fmt: skip


def _vrij_pad(folder: str, naam: str, gebruikt: set[str]) -> str:
    pad, nummer = f"{folder}/{naam}", 2
    while pad in gebruikt:
        pad, nummer = f"{folder}/{Path(naam).stem}-{nummer}.pdf", nummer + 1
    gebruikt.add(pad)
    return pad


def langste(rijen: Sequence[Rij]) -> Bewaring:
    """A whole is kept as long as its longest part."""
    return max((r.bewaring for r in rijen), key=lambda b: b.volgorde)
