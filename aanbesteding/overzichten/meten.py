"""Measurements as panels, what is still missing, and the verdict per indicator."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from ..inhoud import Indicator, Meetplan
from ..kern import effect, perioden
from ..kern.effect_typen import Oordeel
from ..kern.notatie import opsomming
from ..model import Coalitie, Meetplanversie, Meetwaarde, Pilot, Ronde, Voorstel
from ..termijnen import naar_amsterdam
from . import vind
from .meetopzet import KOLOMMEN, Invoer, opzet
from .metingen import modelgegevens

__all__ = ["KOLOMMEN", "Invoer"]


def meetplanversies(session: Session, voorstel: Voorstel) -> list[Meetplanversie]:
    vraag = select(Meetplanversie).where(Meetplanversie.voorstel_id == voorstel.id)
    return list(session.exec(vraag.order_by(col(Meetplanversie.versie))))


def meetplan(session: Session, voorstel: Voorstel) -> Meetplan:
    """The measuring plan in force (newest version)."""
    return Meetplan.model_validate(meetplanversies(session, voorstel)[-1].inhoud)


def laatste_periode(moment: datetime) -> str:
    """The half-year that is being measured at this moment, e.g. 2013-1 for March 2013."""
    return perioden.van_dag(naar_amsterdam(moment).date())


def _rijen(session: Session, pilot: Pilot, tot: str | date | None) -> dict[str, list[tuple[Any, ...]]]:
    """Indicator key → newest values as KOLOMMEN, suppressed ones without a value, in order of time; one statement."""
    dag = perioden.einde(tot) if isinstance(tot, str) else tot
    vraag = select(Meetwaarde).where(Meetwaarde.pilot_id == pilot.id)
    nieuwste = {(m.indicator, m.gebied, m.periode): m for m in session.exec(vraag.order_by(col(Meetwaarde.versie)))}
    uit: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for (i, g, p), m in sorted(nieuwste.items(), key=lambda x: (x[0][:2], perioden.orde(x[0][2]))):
        if dag is None or perioden.begonnen(p, dag):
            uit[i].append((g, p, None if m.onderdrukt else m.waarde, m.respondenten, m.bron))
    return uit


def panel(session: Session, pilot: Pilot, indicator: str, tot: str | date | None = None) -> pd.DataFrame:
    """Newest values as rows gebied, periode, waarde, n, bron; only waves that had begun by `tot` (a wave or a day).

    As entered: before areas are joined, without suppressed values.
    """
    tabel = pd.DataFrame(_rijen(session, pilot, tot)[indicator], columns=KOLOMMEN)
    return tabel[tabel["waarde"].notna()].reset_index(drop=True)


def ontbreekt(session: Session, ronde: Ronde, *, nummer: int, moment: datetime) -> list[str]:
    """Which areas of which pilot lack a value at measuring moment `nummer`, in three statements for all pilots.

    The first moment is the nulmeting: any wave before the pilot's start period counts. Every later moment asks
    for the half-year in which it falls.
    """
    plannen = select(Meetplanversie).join(Voorstel).where(Voorstel.ronde_id == ronde.id)
    nieuwste = {m.voorstel_id: m.inhoud for m in session.exec(plannen.order_by(col(Meetplanversie.versie)))}
    vraag = select(Meetwaarde.pilot_id, Meetwaarde.indicator, Meetwaarde.gebied, Meetwaarde.periode)
    vraag = vraag.join(Pilot, col(Meetwaarde.pilot_id) == Pilot.id)
    vraag = vraag.join(Voorstel, col(Pilot.voorstel_id) == Voorstel.id).where(Voorstel.ronde_id == ronde.id)
    gemeten: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    for pilot_id, indicator, gebied, periode in session.exec(vraag.distinct()):
        gemeten[pilot_id, indicator].append((gebied, periode))
    return [
        zin
        for p, v, c in vind.pilots(session, ronde)
        for plan in [Meetplan.model_validate(nieuwste[vind.sid(v.id)])]
        for i in plan.indicatoren
        for zin in _mist(c, plan, i, gemeten[vind.sid(p.id), i.sleutel], nummer=nummer, moment=moment)
    ]


def _mist(
    groep: Coalitie, plan: Meetplan, indicator: Indicator, gemeten: list[tuple[str, str]], *, nummer: int,
    moment: datetime,
) -> list[str]:  # fmt: skip
    """One sentence when areas lack this indicator at this moment.

    A survey is held in the wave of the moment; registers publish a wave after it has ended.
    """
    dag = naar_amsterdam(moment).date()
    tot = perioden.van_dag(dag, indicator.ritme)
    if indicator.bronsoort != "vragenlijst":
        tot = perioden.schuif(tot, -1)
    if nummer == 1:
        telt = {g for g, p in gemeten if perioden.begonnen(p, dag) and perioden.is_voor(p, plan.start(g))}
    else:
        telt = {g for g, p in gemeten if perioden.overlapt(p, tot)}
    mist = [g for g in _bestaand(plan, tot) if g not in telt]
    welke = "de nulmeting" if nummer == 1 else f"{indicator.ritme} {tot}"
    return [f"'{groep.naam}', {indicator.titel}: {welke} ontbreekt voor {opsomming(mist)}."] if mist else []


def _bestaand(plan: Meetplan, periode: str) -> list[str]:
    """The areas of the plan as they are in this wave: joined ones by their new name, from then on."""
    namen = plan.gebieden()
    for s in sorted(plan.samenvoegingen, key=lambda s: perioden.orde(s.vanaf)):
        if perioden.is_na(periode, s.vanaf) and set(s.oud) & set(namen):
            namen = [g for g in namen if g not in s.oud and g != s.nieuw] + [s.nieuw]
        elif s.nieuw in namen and not perioden.is_na(periode, s.vanaf):
            namen = [g for g in namen if g != s.nieuw and g not in s.oud] + list(s.oud)
    return namen


def invoer(session: Session, pilot: Pilot, plan: Meetplan, moment: datetime, *, laatste: bool) -> dict[str, Invoer]:
    """Indicator key → the panel (KOLOMMEN) and the design that the verdict at this moment is made of."""
    alles = _rijen(session, pilot, naar_amsterdam(moment).date())
    model = modelgegevens(session, pilot)
    indicatoren = [i.model_copy(update={"modelcijfers": True}) if i.sleutel in model else i for i in plan.indicatoren]
    return {
        i.sleutel: opzet(plan, i, pd.DataFrame(alles[i.sleutel], columns=KOLOMMEN), laatste=laatste)
        for i in indicatoren
    }


def oordelen(
    session: Session, pilot: Pilot, plan: Meetplan, moment: datetime, *, laatste: bool, tweede_mening: bool = True
) -> dict[str, Oordeel]:
    """Verdict per indicator at this moment: primary ones together (Holm), secondary ones apart, at most a hint."""
    alles = {
        k: (p.drop(columns="bron"), o) for k, (p, o) in invoer(session, pilot, plan, moment, laatste=laatste).items()
    }
    primair = {i.sleutel: alles[i.sleutel] for i in plan.indicatoren if i.primair}
    uit = effect.oordelen(primair, tweede_mening=tweede_mening) if primair else {}
    for i in plan.indicatoren:
        if not i.primair:
            uit[i.sleutel] = effect.oordeel(*alles[i.sleutel], tweede_mening=tweede_mening)
    return uit


def alle_oordelen(session: Session, ronde: Ronde, moment: datetime, *, laatste: bool) -> dict[str, dict[str, Any]]:
    """Coalition key → indicator → verdict, for every pilot of the round."""
    return {
        c.sleutel: dict(oordelen(session, p, meetplan(session, v), moment, laatste=laatste))
        for p, v, c in vind.pilots(session, ronde)
    }
