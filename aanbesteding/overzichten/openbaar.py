"""What anybody may read of a round: the single door for the public pages, the open data and the API.

A round exists here once its call was published, and everything about proposals once the college decided (gate
selectie). Until then not even their number shows: the state of the round follows from the announced dates and
from public gates, never from gates that only pass when proposals came in.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session, col, select

from ..fouten import NietGevonden
from ..invoer import toets
from ..kern.notatie import datum_lang, tijd
from ..model import Bijeenkomst, Passage, Regelversie
from ..model import Document as Documentrij
from ..model import Ronde as Ronderij
from ..model import Vraag as Vraagrij
from ..procedure import Fase, Poort
from ..regels import Regels
from . import oproepfase, vind
from .openbaarzichten import Anker, Criterium, Document, Moment, Nieuws, Opgave, Ronde, Vraag

STAPPEN = (
    ("publicatie", "Bekendmaking van de oproep"),
    ("startbijeenkomst", "Startbijeenkomst"),
    ("vragen_tot", "Laatste moment om vragen te stellen"),
    ("adviesmomenten", "Wij verdelen de adviseurs"),
    ("sluiting", "Sluiting: het voorstel is bij de gemeente binnen"),
    ("herstel_tot", "Laatste moment om vergeten onderdelen aan te vullen"),
    ("beoordeling_tot", "De beoordelaars zijn klaar"),
    ("besluit_selectie", "Het college besluit welke voorstellen verdergaan"),
    ("plannen_tot", "De gekozen coalities leveren hun plan in"),
    ("besluit_plannen", "Het college besluit over de plannen en het geld"),
    ("start_pilots", "De pilots beginnen"),
    ("voortgang", "Verslag over de voortgang"),
    ("metingen", "Meting van het effect"),
    ("afsluiting", "Einde van de ronde"),
)
VOOR_DE_UITKOMST = {Poort.OPROEP.value, Poort.INLICHTINGEN.value}
"""Gates whose documents say nothing about proposals; those of all others wait for the decision."""
NIEUWS: dict[str, tuple[str, str, str]] = {
    Poort.OPROEP: ("De oproep is open", "U kunt meedoen. Lees wat wij vragen en voor wanneer.", ""),
    Poort.INLICHTINGEN: ("Nieuwe antwoorden op vragen", "Wij gaven antwoord op de vragen.", "/vragen"),
    Poort.SELECTIE: ("Het college heeft gekozen", "Lees de rangorde, de scores en de redenen.", "/uitslag"),
    Poort.START: ("De pilots beginnen", "Het college stemde in met de plannen.", "/pilots"),
    Poort.VOORTGANG: ("Nieuw verslag over de voortgang", "Lees hoe het met de pilots gaat.", "/pilots"),
    Poort.EFFECTMETING: ("Nieuwe meting van het effect", "Lees wat wij maten en wat dat zegt.", "/pilots"),
    Poort.AFSLUITING: ("De ronde is klaar", "Lees de evaluatie en de lessen.", "/pilots"),
}


@dataclass(frozen=True)
class Publicatie:
    """A published round: which gates were passed, and the rules that were announced."""

    session: Session
    ronde: Ronderij
    regels: Regels
    passages: dict[tuple[str, int], Passage]

    def op(self, poort: Poort, nummer: int = 1) -> datetime | None:
        rij = self.passages.get((poort.value, nummer))
        return rij.moment if rij else None

    def laatste(self, poort: Poort) -> int:
        """The highest number of this gate that was passed; 0: none."""
        return max((n for p, n in self.passages if p == poort.value), default=0)

    @cached_property
    def uitkomst_openbaar(self) -> bool:
        return (Poort.SELECTIE.value, 1) in self.passages

    @property
    def pilots_openbaar(self) -> bool:
        return (Poort.START.value, 1) in self.passages


def publicatie(session: Session, kenmerk: str) -> Publicatie:
    """Raises NietGevonden, in the same words for a round that does not exist and one that is not public yet."""
    ronde = session.exec(select(Ronderij).where(Ronderij.kenmerk == kenmerk)).first()
    passages = {(p.poort, p.volgnummer): p for p in vind.gepasseerd(session, ronde)} if ronde else {}
    if ronde is None or (Poort.OPROEP.value, 1) not in passages:
        raise NietGevonden("Deze ronde is er niet, of de oproep is nog niet bekendgemaakt.")
    return Publicatie(session, ronde, vind.regels(session, ronde), passages)


def publicaties(session: Session) -> list[Publicatie]:
    """Every published round, newest first. Three statements, whatever their number."""
    rijen = list(session.exec(
        select(Ronderij).join(Passage).where(Passage.poort == Poort.OPROEP.value).order_by(col(Ronderij.id).desc())
    ))  # fmt: skip
    ids = [r.id for r in rijen]
    versies = session.exec(
        select(Regelversie).where(col(Regelversie.ronde_id).in_(ids)).order_by(col(Regelversie.versie))
    )
    regels = {v.ronde_id: v.regels for v in versies}
    poorten: dict[int, dict[tuple[str, int], Passage]] = {}
    for p in session.exec(select(Passage).where(col(Passage.ronde_id).in_(ids))):
        poorten.setdefault(p.ronde_id, {})[p.poort, p.volgnummer] = p
    return [
        Publicatie(session, r, toets(Regels, regels[nr], waar=f"regels van {r.kenmerk}"), poorten[nr])
        for r in rijen
        for nr in [vind.sid(r.id)]
    ]


def rondes(session: Session, nu: datetime) -> list[Ronde]:
    """Every published round as everybody sees it, newest first."""
    return [rondezicht(p, nu) for p in publicaties(session)]


def rondezicht(p: Publicatie, nu: datetime) -> Ronde:
    return Ronde(
        kenmerk=p.ronde.kenmerk, titel=p.regels.ronde.titel, gemeente=p.ronde.gemeente, stap=stap(p, nu),
        gepubliceerd_op=p.passages[Poort.OPROEP.value, 1].moment, sluit_op=_moment(p, "sluiting"),
        plafond_cent=p.regels.verdeling.plafond_euro * 100,
        ingetrokken=p.ronde.fase == Fase.INGETROKKEN, oefening=p.ronde.oefening,
    )  # fmt: skip


def _moment(p: Publicatie, termijn: str) -> datetime:
    return vind.momenten(p.regels, termijn)[0]


def open_voor_voorstellen(p: Publicatie, nu: datetime) -> bool:
    return p.ronde.fase != Fase.INGETROKKEN and nu < _moment(p, "sluiting")


def stap(p: Publicatie, nu: datetime) -> str:
    """Where the round stands, for everybody, with the next date."""
    if p.ronde.fase == Fase.INGETROKKEN:
        return "De gemeente heeft deze ronde ingetrokken."
    if open_voor_voorstellen(p, nu):
        return f"U kunt meedoen tot {_zeg(_moment(p, 'sluiting'))}."
    if not p.uitkomst_openbaar:
        return f"De termijn is voorbij. Het college besluit volgens planning op {_zeg(_moment(p, 'besluit_selectie'))}."
    if not p.pilots_openbaar:
        besluit = _zeg(_moment(p, "besluit_plannen"))
        return f"Het college heeft gekozen. Het besluit over de plannen is gepland op {besluit}."
    return _na_de_start(p)


def _na_de_start(p: Publicatie) -> str:
    if p.op(Poort.AFSLUITING):
        return "Deze ronde is klaar. U kunt alles nalezen."
    if p.laatste(Poort.VOORTGANG) < len(p.regels.termijnen.voortgang):
        return "De pilots zijn bezig. Wij volgen de voortgang en meten het effect."
    return "De pilots zijn klaar. Wij meten nog het effect."


def _zeg(moment: datetime) -> str:
    return f"{datum_lang(moment)}, {tijd(moment)}"


def opgaven(p: Publicatie) -> list[Opgave]:
    return [Opgave.model_validate(o) for o in p.regels.opgaven]


def criteria(p: Publicatie) -> list[Criterium]:
    return [
        Criterium(
            sleutel=c.sleutel, titel=c.titel, gewicht=c.gewicht, toelichting=c.toelichting, drempel=c.drempel,
            ankers=[Anker(score=int(s), betekenis=c.ankers[s]) for s in sorted(c.ankers, key=int)],
        )
        for c in p.regels.criteria
    ]  # fmt: skip


def planning(p: Publicatie, nu: datetime) -> list[Moment]:
    """Every announced moment in order of time."""
    rijen = []
    for termijn, tekst in STAPPEN:
        reeks = vind.momenten(p.regels, termijn)
        for n, m in enumerate(reeks, 1):
            woorden = tekst if len(reeks) == 1 else f"{tekst} ({n} van {len(reeks)})"
            rijen.append(Moment(termijn=termijn, tekst=woorden, moment=m, voorbij=m <= nu))
    return sorted(rijen, key=lambda r: r.moment)


def eerste_momenten(p: Publicatie) -> dict[str, datetime]:
    """Term → its (first) announced moment."""
    return {termijn: _moment(p, termijn) for termijn, _ in STAPPEN if vind.momenten(p.regels, termijn)}


def vragen(p: Publicatie) -> list[Vraag]:
    """Only what stands in a nota whose gate was passed."""
    gepubliceerd = {n: rij.moment for (poort, n), rij in p.passages.items() if poort == Poort.INLICHTINGEN.value}
    vraag = select(Vraagrij).where(Vraagrij.ronde_id == p.ronde.id, col(Vraagrij.nota).in_(gepubliceerd))
    return [
        Vraag(
            nummer=v.nummer, nota=v.nota, gepubliceerd_op=gepubliceerd[v.nota], onderwerp=v.onderwerp, vraag=v.tekst,
            antwoord=v.antwoord, verandert_regel=bool(v.wijziging),
        )
        for v in p.session.exec(vraag.order_by(col(Vraagrij.nummer)))
        if v.nota is not None
    ]  # fmt: skip


def bijeenkomst(p: Publicatie) -> Bijeenkomst | None:
    """The report of the start meeting: it is published with the first nota."""
    return oproepfase.bijeenkomst(p.session, p.ronde) if p.op(Poort.INLICHTINGEN) else None


def documenten(p: Publicatie) -> list[Document]:
    """Documents marked public, of a gate that may be known now."""
    vraag = (
        select(Documentrij, Passage.poort)
        .join(Passage, col(Documentrij.passage_id) == Passage.id)
        .where(Documentrij.ronde_id == p.ronde.id, col(Documentrij.openbaar).is_(True))
        .order_by(col(Documentrij.moment), col(Documentrij.id))
    )
    return [
        _document(p, d)
        for d, poort in p.session.exec(vraag)
        if poort in VOOR_DE_UITKOMST or p.uitkomst_openbaar
    ]  # fmt: skip


def _document(p: Publicatie, d: Documentrij) -> Document:
    return Document(
        sha256=d.sha256, kenmerk=d.kenmerk, soort=d.soort, titel=d.titel, bestandsnaam=d.bestandsnaam,
        grootte=d.grootte, gepubliceerd_op=d.moment, pad=f"/rondes/{p.ronde.kenmerk}/documenten/{d.sha256}.pdf",
    )  # fmt: skip


def document(p: Publicatie, sha256: str) -> Document:
    """Raises NietGevonden for what is not public, in the same words as for what does not exist."""
    gevonden = next((d for d in documenten(p) if d.sha256 == sha256), None)
    if gevonden is None:
        raise NietGevonden("Dit document is er niet, of het is niet openbaar.")
    return gevonden


def nieuws(p: Publicatie) -> list[Nieuws]:
    """What became public, newest first; each with an address that stays."""
    uit = []
    for (poort, n), rij in p.passages.items():
        if poort in NIEUWS:
            titel, tekst, pad = NIEUWS[poort]
            herhaalt = poort in (Poort.INLICHTINGEN, Poort.VOORTGANG, Poort.EFFECTMETING)
            titel = f"{titel} ({n})" if herhaalt else titel
            adres = f"/rondes/{p.ronde.kenmerk}{pad}"
            uit.append(Nieuws(sleutel=f"{poort}-{n}", titel=titel, tekst=tekst, moment=rij.moment, pad=adres))
    return sorted(uit, key=lambda r: (r.moment, r.sleutel), reverse=True)


def eis(toon: bool, zin: str) -> None:
    """What is not public yet is not there; the sentence says when it will be."""
    if not toon:
        raise NietGevonden(zin)
