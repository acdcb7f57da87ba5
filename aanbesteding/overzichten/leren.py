"""What all published rounds together teach, in a fixed number of statements: incentives, approaches, lessons.

Only what is public counts: proposals after the decision of the college, verdicts of passed measuring moments,
lessons of finished rounds.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlmodel import Session, col, func, select

from ..inhoud import Evaluatie, Meetplan, PlanInhoud
from ..kern.leren import Ervaring, Prikkel, prikkels
from ..model import (
    Advies,
    Adviesuren,
    Coalitie,
    Effectoordeel,
    Eindevaluatie,
    Indiening,
    Meetplanversie,
    Pilot,
    Plan,
    Rangschikking,
    Voorstel,
    Voortgang,
)
from ..procedure import Poort
from . import openbaar, openbaar_pilots, vind
from .openbaar import Publicatie


@dataclass(frozen=True)
class Uitkomst:
    """A verdict on one indicator of one pilot at its last published measurement."""

    ronde: str
    coalitie: str
    naam: str
    methode: str
    bewijsniveau: str
    catalogus: str
    indicator: str
    eenheid: str
    oordeel: str
    gewenst: bool
    verschil: float | None
    onder: float | None
    boven: float | None
    trede: int
    telt_mee: bool


@dataclass(frozen=True)
class Les:
    ronde: str
    soort: str
    les: str
    waarom: str
    volgende_ronde: str
    bron: str


@dataclass(frozen=True)
class Lessen:
    rondes: int
    coalities: tuple[Ervaring, ...]
    prikkels: tuple[Prikkel, ...]
    uitkomsten: tuple[Uitkomst, ...]
    lessen: tuple[Les, ...]


def lessen(session: Session) -> Lessen:
    """Raises nothing: without published outcomes every list is empty."""
    bekend = {vind.sid(p.ronde.id): p for p in openbaar.publicaties(session) if p.uitkomst_openbaar}
    pilots = _pilots(session, bekend)
    uitkomsten = _uitkomsten(session, bekend, pilots)
    ervaringen = _ervaringen(session, bekend, pilots, uitkomsten)
    return Lessen(
        len(bekend), tuple(ervaringen), prikkels(ervaringen), tuple(u for u, _ in uitkomsten), _lessen(session, bekend)
    )  # fmt: skip


@dataclass(frozen=True)
class _Pilot:
    """A pilot with the plan and the measuring plan in force."""

    id: int
    voorstel_id: int
    ronde: Publicatie
    coalitie: Coalitie
    plan: PlanInhoud
    meetplan: Meetplan | None


def _pilots(session: Session, bekend: dict[int, Publicatie]) -> list[_Pilot]:
    rijen = session.exec(
        select(Pilot, Voorstel, Coalitie)
        .join(Voorstel, col(Pilot.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(col(Voorstel.ronde_id).in_([k for k, p in bekend.items() if p.pilots_openbaar]))
        .order_by(col(Pilot.id))
    ).all()  # fmt: skip
    ids = [v.id for _, v, _ in rijen]
    plannen = _nieuwste(session, Plan, ids)
    meetplannen = _nieuwste(session, Meetplanversie, ids)
    return [
        _Pilot(
            vind.sid(p.id), nr, bekend[v.ronde_id], c, PlanInhoud.model_validate(plannen[nr]),
            Meetplan.model_validate(meetplannen[nr]) if nr in meetplannen else None,
        )
        for p, v, c in rijen
        for nr in [vind.sid(v.id)]
        if nr in plannen
    ]  # fmt: skip


def _nieuwste(session: Session, tabel: Any, ids: list[int | None]) -> dict[int, dict[str, Any]]:
    """Proposal id → content of the newest version."""
    rijen = session.exec(select(tabel).where(tabel.voorstel_id.in_(ids)).order_by(tabel.versie))
    return {r.voorstel_id: r.inhoud for r in rijen}


def _uitkomsten(session: Session, bekend: dict[int, Publicatie], pilots: list[_Pilot]) -> list[tuple[Uitkomst, int]]:
    """Verdicts of the last passed moment of each round, with the pilot's id."""
    per = {p.id: p for p in pilots}
    rijen = session.exec(select(Effectoordeel).where(col(Effectoordeel.pilot_id).in_(per)))
    return sorted(
        (
            (_uitkomst(p, plan, i, rij), p.id)
            for rij in rijen
            for p in [per[rij.pilot_id]]
            for plan in [p.meetplan]
            if plan is not None and rij.nummer == p.ronde.laatste(Poort.EFFECTMETING)
            for i in plan.indicatoren
            if i.sleutel == rij.indicator
        ),
        key=lambda paar: (paar[0].methode == "", paar[0].methode, paar[0].ronde, paar[0].naam, not paar[0].telt_mee),
    )


def _uitkomst(p: _Pilot, plan: Meetplan, indicator: Any, rij: Effectoordeel) -> Uitkomst:
    u = rij.uitkomst
    marge = u["schatting"] or {}
    return Uitkomst(
        ronde=p.ronde.ronde.kenmerk, coalitie=p.coalitie.sleutel, naam=p.coalitie.naam, methode=p.plan.methode,
        bewijsniveau=p.plan.bewijsniveau, catalogus=indicator.catalogus, indicator=indicator.titel,
        eenheid="procentpunt" if indicator.in_procenten() else indicator.eenheid, oordeel=rij.oordeel,
        gewenst=bool(u["gewenst"]), verschil=u["verschil"], onder=marge.get("onder"), boven=marge.get("boven"),
        trede=openbaar_pilots.sterkte(u, plan), telt_mee=indicator.primair,
    )  # fmt: skip


def _ervaringen(
    session: Session, bekend: dict[int, Publicatie], pilots: list[_Pilot], uitkomsten: list[tuple[Uitkomst, int]]
) -> list[Ervaring]:
    rijen = session.exec(
        select(Voorstel, Coalitie, Indiening.inhoud)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Indiening, col(Voorstel.indiening_id) == Indiening.id)
        .where(col(Voorstel.ronde_id).in_(bekend))
        .order_by(col(Voorstel.ronde_id), col(Voorstel.nummer))
    ).all()  # fmt: skip
    uren = _uren(session, bekend)
    scores = _scores(session, bekend)
    samen = _bijeenkomsten(session, pilots)
    oordelen: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    plek = {p.id: p.voorstel_id for p in pilots}
    for u, pilot_id in uitkomsten:
        if u.telt_mee:
            oordelen[plek[pilot_id]].append((u.oordeel, u.gewenst))
    begroot = {p.voorstel_id: p.plan.model_dump() for p in pilots}
    return [
        Ervaring(
            ronde=bekend[v.ronde_id].ronde.kenmerk, coalitie=c.sleutel, naam=c.naam,
            adviesuren=uren.get(vind.sid(c.id), 0), ander_geld=_ander_geld(begroot.get(nr, inhoud)),
            bijeenkomsten=samen.get(nr), score=scores.get((v.ronde_id, c.sleutel)), gekozen=nr in plek.values(),
            oordelen=tuple(oordelen[nr]),
        )
        for v, c, inhoud in rijen
        for nr in [vind.sid(v.id)]
    ]  # fmt: skip


def _ander_geld(inhoud: Mapping[str, Any]) -> float:
    """Share of the budget that the municipality does not pay; 0 without a budget."""
    posten = inhoud.get("begroting", [])
    som = sum(p["bedrag_euro"] for p in posten)
    return sum(p["bedrag_euro"] for p in posten if p["bron"] != "gemeente") / som if som else 0.0


def _uren(session: Session, bekend: dict[int, Publicatie]) -> dict[int, int]:
    vraag = (
        select(Advies.coalitie_id, func.sum(Adviesuren.uren))
        .join(Advies, col(Adviesuren.advies_id) == Advies.id)
        .join(Coalitie, col(Advies.coalitie_id) == Coalitie.id)
        .where(col(Coalitie.ronde_id).in_(bekend))
        .group_by(col(Advies.coalitie_id))
    )
    return {k: int(som) for k, som in session.exec(vraag)}


def _scores(session: Session, bekend: dict[int, Publicatie]) -> dict[tuple[int, str], float]:
    """(round id, coalition) → place of the total on the scale of that round, 0-1."""
    vraag = select(Rangschikking).where(col(Rangschikking.ronde_id).in_(bekend))
    nieuwste = {r.ronde_id: r.uitkomst for r in session.exec(vraag.order_by(col(Rangschikking.versie)))}
    uit = {}
    for nr, uitkomst in nieuwste.items():
        schaal = bekend[nr].regels.verdeling.schaal
        for rij in uitkomst["rijen"]:
            deel = (Fraction(rij["totaal"]) - schaal.laagste) / (schaal.hoogste - schaal.laagste)
            uit[nr, rij["coalitie"]] = float(deel)
    return uit


def _bijeenkomsten(session: Session, pilots: list[_Pilot]) -> dict[int, int]:
    """Proposal id → exchange meetings over all published reports; absent when none counted them."""
    per = {p.id: p for p in pilots}
    vraag = select(Voortgang).where(col(Voortgang.pilot_id).in_(per)).order_by(col(Voortgang.versie))
    nieuwste: dict[tuple[int, int], int | None] = {}
    for rij in session.exec(vraag):
        moment = per[rij.pilot_id].ronde.op(Poort.VOORTGANG, rij.nummer)
        if moment is not None and rij.ingeleverd_op <= moment:
            nieuwste[rij.pilot_id, rij.nummer] = rij.inhoud.get("bijeenkomsten")
    uit: dict[int, int] = defaultdict(int)
    for (pilot_id, _), aantal in nieuwste.items():
        if aantal is not None:
            uit[per[pilot_id].voorstel_id] += aantal
    return dict(uit)


def _lessen(session: Session, bekend: dict[int, Publicatie]) -> tuple[Les, ...]:
    klaar = [k for k, p in bekend.items() if p.op(Poort.AFSLUITING)]
    vraag = select(Eindevaluatie).where(col(Eindevaluatie.ronde_id).in_(klaar)).order_by(col(Eindevaluatie.versie))
    nieuwste = {r.ronde_id: Evaluatie.model_validate(r.inhoud) for r in session.exec(vraag)}
    return tuple(
        Les(bekend[nr].ronde.kenmerk, soort, les.les, les.waarom, les.volgende_ronde, les.bron)
        for nr, e in sorted(nieuwste.items(), reverse=True)
        for soort, reeks in (("prikkel", e.prikkels), ("les", e.lessen))
        for les in reeks
    )
