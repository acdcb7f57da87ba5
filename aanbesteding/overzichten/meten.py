"""Measurements as panels, what is still missing, and the verdict per indicator."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from ..inhoud import Indicator, Meetplan
from ..kern import effect
from ..kern.effect_typen import Ontwerp, Oordeel
from ..kern.notatie import opsomming
from ..model import Coalitie, Meetplanversie, Meetwaarde, Pilot, Ronde, Voorstel
from ..termijnen import naar_amsterdam
from . import vind

KOLOMMEN = ["gebied", "periode", "waarde", "n", "bron"]


def meetplanversies(session: Session, voorstel: Voorstel) -> list[Meetplanversie]:
    vraag = select(Meetplanversie).where(Meetplanversie.voorstel_id == voorstel.id)
    return list(session.exec(vraag.order_by(col(Meetplanversie.versie))))


def meetplan(session: Session, voorstel: Voorstel) -> Meetplan:
    """The measuring plan in force (newest version)."""
    return Meetplan.model_validate(meetplanversies(session, voorstel)[-1].inhoud)


def laatste_periode(moment: datetime) -> str:
    """The half-year that is being measured at this moment, e.g. 2013-1 for March 2013."""
    dag = naar_amsterdam(moment).date()
    return f"{dag.year}-{1 if dag.month <= 6 else 2}"


def panel(session: Session, pilot: Pilot, indicator: str, tot: str | None = None) -> pd.DataFrame:
    """Newest values as rows gebied, periode, waarde, n, bron; up to and including half-year `tot`."""
    vraag = select(Meetwaarde).where(Meetwaarde.pilot_id == pilot.id, Meetwaarde.indicator == indicator)
    nieuwste = {(m.gebied, m.periode): m for m in session.exec(vraag.order_by(col(Meetwaarde.versie)))}
    rijen = [
        (g, p, m.waarde, m.respondenten, m.bron) for (g, p), m in sorted(nieuwste.items()) if tot is None or p <= tot
    ]
    return pd.DataFrame(rijen, columns=KOLOMMEN)


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
    perioden: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    for pilot_id, indicator, gebied, periode in session.exec(vraag.distinct()):
        perioden[pilot_id, indicator].append((gebied, periode))
    return [
        zin
        for p, v, c in vind.pilots(session, ronde)
        for plan in [Meetplan.model_validate(nieuwste[vind.sid(v.id)])]
        for i in plan.indicatoren
        for zin in _mist(c, plan, i, perioden[vind.sid(p.id), i.sleutel], nummer=nummer, moment=moment)
    ]


def _mist(
    groep: Coalitie, plan: Meetplan, indicator: Indicator, gemeten: list[tuple[str, str]], *, nummer: int,
    moment: datetime,
) -> list[str]:  # fmt: skip
    """One sentence when areas lack this indicator at this moment. Half-years compare as text ("2013-1")."""
    tot, eerste = laatste_periode(moment), nummer == 1
    telt = {g for g, p in gemeten if p <= tot and (p < plan.startperiode if eerste else p == tot)}
    mist = [g for g in [*plan.pilotgebieden, *plan.vergelijkingsgebieden] if g not in telt]
    welke = "de nulmeting" if eerste else f"halfjaar {tot}"
    return [f"'{groep.naam}', {indicator.titel}: {welke} ontbreekt voor {opsomming(mist)}."] if mist else []


def _ontwerp(plan: Meetplan, indicator: Indicator, *, laatste: bool) -> Ontwerp:
    procent = indicator.eenheid.startswith(("%", "procent"))
    return Ontwerp(
        start=dict.fromkeys(plan.pilotgebieden, plan.startperiode),
        vergelijking=tuple(plan.vergelijkingsgebieden),
        loting=plan.keuze_gebieden in ("loting", "gespreide start"),
        richting=indicator.richting,
        relevant_effect=indicator.relevant_effect,
        moment="eind" if laatste else "tussentijds",
        eenheid="procentpunt" if procent else indicator.eenheid,
        schaal="procent" if procent else "gemiddelde",
    )


Invoer = tuple[pd.DataFrame, Ontwerp]


def invoer(session: Session, pilot: Pilot, plan: Meetplan, moment: datetime, *, laatste: bool) -> dict[str, Invoer]:
    """Indicator key → the panel (KOLOMMEN) and the design that the verdict at this moment is made of."""
    tot = laatste_periode(moment)
    return {
        i.sleutel: (panel(session, pilot, i.sleutel, tot), _ontwerp(plan, i, laatste=laatste)) for i in plan.indicatoren
    }


def oordelen(session: Session, pilot: Pilot, plan: Meetplan, moment: datetime, *, laatste: bool) -> dict[str, Oordeel]:
    """Verdict per indicator at this moment: primary ones together (Holm), secondary ones apart."""
    alles = {
        k: (p.drop(columns="bron"), o) for k, (p, o) in invoer(session, pilot, plan, moment, laatste=laatste).items()
    }
    primair = {i.sleutel: alles[i.sleutel] for i in plan.indicatoren if i.primair}
    uit = effect.oordelen(primair)
    for i in plan.indicatoren:
        if not i.primair:
            uit[i.sleutel] = effect.oordeel(*alles[i.sleutel])
    return uit


def alle_oordelen(session: Session, ronde: Ronde, moment: datetime, *, laatste: bool) -> dict[str, dict[str, Any]]:
    """Coalition key → indicator → verdict, for every pilot of the round."""
    return {
        c.sleutel: dict(oordelen(session, p, meetplan(session, v), moment, laatste=laatste))
        for p, v, c in vind.pilots(session, ronde)
    }
