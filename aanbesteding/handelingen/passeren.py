"""Passing a gate safely (ontwerp.md §3), in three steps that flows call one by one.

1. `bereid_voor`: read round, version and blockers; calculate; gather the data of the documents.
2. Whoever calls renders the documents (content-addressed: same order, same bytes).
3. `leg_vast`: one transaction, only if the round still has the same version: passage, phase, effects,
   document rows, outbox messages, log lines.
A process killed anywhere in between leaves nothing but unused PDFs; running again ends in the same state.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from .. import logboek
from ..database import lees, proef, schrijf
from ..documenten.bewaren import Bewaring, bewaring
from ..documenten.gegevens import BOUWERS, Stuk
from ..documenten.gegevens.openbaar import maak_openbaar, verboden
from ..documenten.opdracht import Opdracht, Opgemaakt
from ..documenten.soorten import soort as zoek_soort
from ..instellingen import instellingen
from ..model import Bericht, Coalitie, Document, Passage, Ronde
from ..overzichten import vind
from ..overzichten.doorgang import Doorgang
from ..overzichten.stand import Poortstand, stand
from ..post.opstellen import stel_op
from ..procedure import REGEL, Fase, Poort, volgende_fase
from .gevolgen import GEVOLGEN, Gevolg

Maker = Callable[[Sequence[Opdracht]], list[Opgemaakt]]


@dataclass(frozen=True)
class Voorbereiding:
    """A passage, calculated and ready to be rendered, on `versie` of the round."""

    kenmerk: str
    poort: Poort
    nummer: int
    nu: datetime
    versie: int
    uitkomst: Any
    stukken: tuple[Stuk, ...]

    @property
    def opdrachten(self) -> list[Opdracht]:
        return [s.opdracht for s in self.stukken]


def _stand_van(session: Session, ronde: Ronde, poort: Poort, nummer: int, nu: datetime) -> Poortstand | None:
    return next((p for p in stand(session, ronde, nu) if (p.poort, p.volgnummer) == (poort, nummer)), None)


def _doorgang(session: Session, ronde: Ronde, poort: Poort, nummer: int, nu: datetime) -> Doorgang:
    regels = vind.regels(session, ronde)
    momenten = vind.momenten(regels, REGEL[poort].termijn)
    laatste = nummer == (len(momenten) if REGEL[poort].herhaalt else 1)
    return Doorgang(session, ronde, regels, poort, nummer, laatste, momenten[nummer - 1] if momenten else nu, nu)


def _open(
    session: Session, kenmerk: str, poort: Poort, nummer: int, nu: datetime, *, vergrendel: bool
) -> Doorgang | None:
    """The passage, if the gate can be passed now; None when it is not due, blocked or passed already."""
    ronde = vind.ronde(session, kenmerk, vergrendel=vergrendel)
    waar = _stand_van(session, ronde, poort, nummer, nu)
    return _doorgang(session, ronde, poort, nummer, nu) if waar and waar.status == "klaar" else None


def bereid_voor(motor: Engine, kenmerk: str, poort: Poort, nummer: int, nu: datetime) -> Voorbereiding | None:
    """Calculate and gather; None when there is nothing to pass. Writes nothing.

    Raises Invoerfout when a public document would name a person or a personal detail (see gegevens/openbaar.py).
    """
    gevolg = GEVOLGEN.get(poort, Gevolg())
    with lees(motor) as session:
        doorgang = _open(session, kenmerk, poort, nummer, nu, vergrendel=False)
        if doorgang is None:
            return None
        versie, uitkomst = doorgang.ronde.versie, gevolg.bereken(doorgang)
    with proef(motor) as session:
        doorgang = _open(session, kenmerk, poort, nummer, nu, vergrendel=True)
        if doorgang is None or doorgang.ronde.versie != versie:
            return None
        gevolg.boek(doorgang, uitkomst)
        stukken = _stukken(doorgang)
    return Voorbereiding(kenmerk, poort, nummer, nu, versie, uitkomst, stukken)


def _stukken(d: Doorgang) -> tuple[Stuk, ...]:
    """The documents of this gate; the public ones searched for people before anything is rendered or recorded."""
    stukken = [s for soort in REGEL[d.poort].documenten for s in BOUWERS[soort](d)]
    if not any(s.opdracht.openbaar for s in stukken):
        return tuple(stukken)
    grens = verboden(d.session, d.ronde, d.regels)
    return maak_openbaar(stukken, grens, waar=f"poort {d.poort.value}", gemeente=d.ronde.gemeente)


def leg_vast(motor: Engine, v: Voorbereiding, opgemaakt: Sequence[Opgemaakt], *, actor: str = "klok") -> bool:
    """Record the passage; False when the round changed meanwhile (then the caller prepares again)."""
    with schrijf(motor) as session:
        doorgang = _open(session, v.kenmerk, v.poort, v.nummer, v.nu, vergrendel=True)
        if doorgang is None or doorgang.ronde.versie != v.versie:
            return False
        GEVOLGEN.get(v.poort, Gevolg()).boek(doorgang, v.uitkomst)
        passage = _leg_passage_vast(doorgang, actor)
        documenten = [
            leg_document_vast(session, doorgang.ronde, s, o, passage) for s, o in zip(v.stukken, opgemaakt, strict=True)
        ]
        for s, document in zip(v.stukken, documenten, strict=True):
            leg_berichten_klaar(session, doorgang.ronde, s, document, v.nu)
        _log(doorgang, passage, documenten)
    return True


def _leg_passage_vast(d: Doorgang, actor: str) -> Passage:
    passage = Passage(
        ronde_id=d.ronde_id,
        poort=d.poort,
        volgnummer=d.nummer,
        moment=d.nu,
        regels_hash=vind.regels_hash(d.session, d.ronde),
        actor=actor,
    )
    d.ronde.fase = volgende_fase(REGEL[d.poort], Fase(d.ronde.fase), laatste=d.laatste)
    d.ronde.versie += 1
    d.bewaar(passage, d.ronde)
    return passage


def _log(d: Doorgang, passage: Passage, documenten: list[Document]) -> None:
    gegevens = {
        "poort": d.poort.value,
        "volgnummer": d.nummer,
        "fase": d.ronde.fase,
        "regels": passage.regels_hash,
        "documenten": {doc.kenmerk: doc.sha256 for doc in documenten},
    }
    logboek.schrijf_regel(
        d.session,
        ronde_id=d.ronde_id,
        moment=d.nu,
        actor=passage.actor,
        handeling="passeer",
        gegevens=gegevens,
    )


def _bewaring(session: Session, ronde: Ronde, soort: str) -> Bewaring:
    """Counted from the year in which the round is planned to close, so that nothing goes before the longest case
    ends; the file of the round counts from the year in which it really closed.
    """
    sluiting = vind.regels(session, ronde).termijnen.afsluiting.date()
    return bewaring(zoek_soort(soort, instellingen().sjablonen_map), sluiting)


def leg_document_vast(
    session: Session, ronde: Ronde, stuk: Stuk, opgemaakt: Opgemaakt, passage: Passage | None
) -> Document:
    """The row of a rendered document; a gate's and an act's documents go through the same door."""
    o = stuk.opdracht
    bewaren = _bewaring(session, ronde, o.soort)
    groep = session.exec(
        select(Coalitie).where(Coalitie.ronde_id == ronde.id, Coalitie.sleutel == stuk.coalitie)
    ).first()
    rij = Document(
        ronde_id=vind.sid(ronde.id),
        passage_id=passage.id if passage else None,
        coalitie_id=groep.id if groep else None,
        kenmerk=o.kenmerk,
        soort=o.soort,
        titel=o.titel,
        bestandsnaam=o.bestandsnaam,
        sha256=opgemaakt.sha256,
        grootte=opgemaakt.grootte,
        openbaar=o.openbaar,
        ontvanger=o.ontvanger,
        moment=o.moment,
        bewaren_tot=bewaren.tot,
        bewaargrond=bewaren.grond,
    )
    session.add(rij)
    session.flush()
    return rij


def leg_berichten_klaar(session: Session, ronde: Ronde, stuk: Stuk, document: Document, nu: datetime) -> None:
    """One message per addressee in the outbox, with a Message-ID that follows from document and address."""
    if not stuk.bericht:
        return
    for adres in stuk.aan:
        tekst = stel_op(stuk.bericht, {"naam": adres.naam, "titel": document.titel, **stuk.opdracht.gegevens})
        merk = hashlib.sha256(f"{document.kenmerk}|{adres.email}".encode()).hexdigest()[:32]
        session.add(
            Bericht(
                ronde_id=vind.sid(ronde.id),
                message_id=f"<{merk}@{ronde.kenmerk}.aanbesteding>",
                aan_naam=adres.naam,
                aan_email=adres.email,
                onderwerp=tekst.onderwerp,
                tekst=tekst.tekst,
                html=tekst.html,
                agenda=stuk.agenda,
                documenten=[document.sha256],
                klaar_op=nu,
            )
        )
    session.flush()


def passeer_direct(
    motor: Engine, kenmerk: str, poort: Poort, nummer: int, nu: datetime, *, maak: Maker, actor: str = "klok"
) -> bool:
    """All three steps in one call, for tests and tools; the flows call the steps as tasks of their own."""
    voorbereiding = bereid_voor(motor, kenmerk, poort, nummer, nu)
    if voorbereiding is None:
        return False
    return leg_vast(motor, voorbereiding, maak(voorbereiding.opdrachten), actor=actor)
