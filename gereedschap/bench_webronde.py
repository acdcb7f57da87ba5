"""A large round for the timings of the site: the round of the tests, with as many proposals as one likes.

The extra rows are written straight into the tables, because what is timed is a page and not the way there; the
gates after them are passed with their real conditions.
"""

import importlib.util
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlmodel import Session, col, select

from aanbesteding.database import lees, maak_motor, schrijf, werk_bij
from aanbesteding.handelingen import aanmelden
from aanbesteding.model import (
    Belang,
    Coalitie,
    Consensus,
    Deelnemer,
    Indiening,
    Oordeel,
    Persoon,
    Score,
    Toewijzing,
    Voorstel,
)
from aanbesteding.procedure import Poort

HULP = Path(__file__).resolve().parents[1] / "tests" / "hulp"
BEOORDELAAR, VOORZITTER = "carla-wijnia", "mirjam-slagter"
CRITERIA = ("effect", "samen", "bewoners")


def _laad(naam: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(naam, HULP / f"{naam}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(HULP / f"{naam}.py")
    sys.modules[naam] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[naam])
    return sys.modules[naam]


L: Any = _laad("lindeveen")


def ronde_tot(pad: Path, stadium: str) -> Any:
    """The round of Lindeveen at this stage in a new SQLite file; gives the hands to move it."""
    motor = maak_motor(f"sqlite:///{pad}")
    werk_bij(motor)
    loper = L.Loper(motor)
    for naam in L.loop(loper):
        if naam == stadium:
            return loper
    raise ValueError(stadium)


def sessie(loper: Any, wie: str, nu: datetime) -> str:
    """The secret of a session of this participant."""
    with lees(loper.motor) as session:
        adres = session.exec(select(Persoon.email).join(Deelnemer).where(Deelnemer.sleutel == wie)).one()
    return aanmelden.begin_sessie(loper.motor, adres, wijze="bench", apparaat="bench", nu=nu)


def vergroot(loper: Any, aantal: int, *, beoordeeld: bool) -> None:
    """Bring the round to `aantal` proposals, each allocated to three assessors, the first of them Carla.

    `beoordeeld`: all scores given and locked, all marks agreed, every joint opinion recorded; else one score each.
    """
    with schrijf(loper.motor) as session:
        bron = session.exec(select(Voorstel).order_by(col(Voorstel.id))).first()
        if bron is None:
            raise ValueError("no proposal to copy")
        if beoordeeld:
            _maak_af(session, loper)
        mensen = [session.exec(select(Deelnemer).where(Deelnemer.sleutel == s)).one() for s in L.BEOORDELAARS]
        er = len(session.exec(select(Voorstel.id)).all())
        for n in range(er, aantal):
            _een_erbij(session, bron, n, mensen, beoordeeld=beoordeeld)


def _een_erbij(session: Session, bron: Voorstel, n: int, mensen: list[Deelnemer], *, beoordeeld: bool) -> None:
    groep, stuk = session.get_one(Coalitie, bron.coalitie_id), session.get_one(Indiening, bron.indiening_id)
    nu = stuk.ontvangen_op
    c = Coalitie(ronde_id=bron.ronde_id, sleutel=f"extra-{n}", naam=f"Coalitie nummer {n}", opgave=groep.opgave,
                 idee=groep.idee, penvoerder_id=groep.penvoerder_id, gevormd_op=nu)  # fmt: skip
    _zet(session, c)
    i = Indiening(coalitie_id=c.id or 0, versie=1, inhoud=stuk.inhoud, sha256=f"{n:064d}", grootte=stuk.grootte,
                  kanaal="web", ontvangen_op=nu)  # fmt: skip
    _zet(session, i)
    v = Voorstel(ronde_id=bron.ronde_id, coalitie_id=c.id or 0, indiening_id=i.id or 0, nummer=n + 1,
                 ontvankelijk=True, vormoordeel="Compleet.")  # fmt: skip
    _zet(session, v)
    for wie in mensen:
        session.add(Belang(voorstel_id=v.id or 0, beoordelaar_id=wie.id or 0, belang=False, toelichting="",
                           verklaard_op=nu))  # fmt: skip
    for plek, wie in enumerate(mensen[:3]):
        t = Toewijzing(voorstel_id=v.id or 0, beoordelaar_id=wie.id or 0, volgorde=n + 1,
                       vergrendeld_op=nu if beoordeeld else None)  # fmt: skip
        _zet(session, t)
        for k in CRITERIA if beoordeeld else CRITERIA[:1]:
            session.add(Score(toewijzing_id=t.id or 0, criterium=k, versie=1, waarde=1 + (n + plek) % 3,
                              motivering=L.reden(f"extra-{n}-{plek}", k), ingevoerd_op=nu))  # fmt: skip
    if beoordeeld:
        _oordeel(session, v, n, nu)


def _oordeel(session: Session, v: Voorstel, n: int, nu: datetime) -> None:
    for k in CRITERIA:
        session.add(Consensus(voorstel_id=v.id or 0, criterium=k, versie=1, waarde=_samen(n, k),
                              motivering=L.reden(f"samen-{n}", k), vastgelegd_op=nu))  # fmt: skip
    session.add(Oordeel(voorstel_id=v.id or 0, versie=1, samenvatting="Een goed plan met een open einde.",
                        sterk=["Helder"], verbeter=["Meer mensen"], hoe_verder="Probeer het nog eens.",
                        vastgelegd_op=nu))  # fmt: skip


def _samen(n: int, criterium: str) -> int:
    """The first two stand alone at the top, so that no lots need be drawn."""
    return {1: 5, 2: 4}.get(n, 1 + (n * 7 + len(criterium)) % 3)


def _zet(session: Session, rij: Any) -> None:
    session.add(rij)
    session.flush()


def _maak_af(session: Session, loper: Any) -> None:
    """Scores, locks and agreed marks of the seven real proposals too, so that the gate opens."""
    nu = L.op("2027-04-12T10:00")
    nummers = dict(session.exec(select(Voorstel.id, Voorstel.nummer)).all())
    for t in session.exec(select(Toewijzing)).all():
        t.vergrendeld_op = nu
        for k in CRITERIA:
            session.add(Score(toewijzing_id=t.id or 0, criterium=k, versie=1, ingevoerd_op=nu,
                              waarde=_samen(nummers[t.voorstel_id], k),
                              motivering=L.reden(f"echt-{t.id}", k)))  # fmt: skip
    for v in session.exec(select(Voorstel)).all():
        _oordeel(session, v, v.nummer, nu)


def naar_uitslag(loper: Any) -> None:
    """Pass the gates up to the decision of the college, so that the ranking is public."""
    if not loper.passeer(Poort.BEOORDELING, "2027-04-23T17:00"):
        raise RuntimeError(loper.blokkades(Poort.BEOORDELING, "2027-04-23T17:00")[:3])
    L._voorgedragen(loper)
    with lees(loper.motor) as session:
        from aanbesteding.overzichten import beoordelen, vind

        laatste = beoordelen.laatste_rangschikking(session, vind.ronde(session, loper.kenmerk))
    eerste = [r["coalitie"] for r in (laatste.uitkomst if laatste else {"rijen": []})["rijen"][:2]]
    loper.doe("besluit", L.WETHOUDER, "2027-05-11T10:00", soort="selectie", uitkomst="conform", tekst="Gekozen.",
              gekozen=eerste)  # fmt: skip
    loper.passeer(Poort.SELECTIE, "2027-05-11T11:00")
