"""Pilots in public: who does what with which money, how it goes, and what the measurements say and do not say.

Only what had been written when a gate was passed counts: a report or a number that is being prepared for the next
one is not published yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from ..fouten import NietGevonden
from ..inhoud import Duiding as Duidingsinhoud
from ..inhoud import Evaluatie as Evaluatie_inhoud
from ..inhoud import Meetplan, PlanInhoud, Voortgangsinhoud
from ..kern import perioden
from ..kern.bewijskracht import trede
from ..model import Coalitie, Duidingsversie, Effectoordeel, Eindevaluatie, Meetplanversie, Meetwaarde, Voorstel
from ..model import Pilot as Pilotrij
from ..model import Voortgang as Voortgangsrij
from ..procedure import Poort
from ..termijnen import naar_amsterdam
from . import dossier, meetopzet, vind
from .openbaar import Publicatie, eis
from .openbaarzichten import Duiding, Evaluatie, Meting, Oordeel, Pilot, Subsidie, Voortgang

NOG_NIET = "Er zijn nog geen pilots. Die beginnen als het college over de plannen heeft besloten."
MINSTE_ANTWOORDEN = 10
"""Smaller groups lead to persons; the effect report keeps to the same number."""


def _rijen(p: Publicatie) -> list[tuple[Pilotrij, Voorstel, Coalitie]]:
    eis(p.pilots_openbaar, NOG_NIET)
    return vind.pilots(p.session, p.ronde)


def _plannen(p: Publicatie) -> dict[int, Meetplan]:
    """Proposal id → measuring plan in force."""
    vraag = select(Meetplanversie).join(Voorstel).where(Voorstel.ronde_id == p.ronde.id)
    rijen = p.session.exec(vraag.order_by(col(Meetplanversie.versie)))
    return {r.voorstel_id: Meetplan.model_validate(r.inhoud) for r in rijen}


def pilots(p: Publicatie) -> list[Pilot]:
    rijen = _rijen(p)
    trekkers, partners = dossier.penvoerders(p.session, p.ronde), dossier.partners(p.session, p.ronde)
    plannen = {k: PlanInhoud.model_validate(plan.inhoud) for k, (plan, _) in
               dossier.plannen(p.session, p.ronde).items()}  # fmt: skip
    titels = {o.sleutel: o.titel for o in p.regels.opgaven}
    koppen = _koppen(oordelen(p))
    return [
        Pilot(
            coalitie=c.sleutel, naam=c.naam, titel=plannen[c.sleutel].titel, opgave=titels[c.opgave],
            penvoerder=trekkers[c.sleutel].organisatie.naam, gebied=plannen[c.sleutel].gebied,
            partners=[o.naam for _, o in partners[c.sleutel]], bedrag_cent=rij.bedrag_cent, start_op=rij.start_op,
            kop=koppen.get(c.sleutel, ""),
        )
        for rij, _, c in rijen
    ]  # fmt: skip


def pilot(p: Publicatie, coalitie: str) -> Pilot:
    gevonden = next((r for r in pilots(p) if r.coalitie == coalitie), None)
    if gevonden is None:
        raise NietGevonden("Deze pilot is er niet. Kijk in de lijst met pilots van deze ronde.")
    return gevonden


def meetplan(p: Publicatie, coalitie: str) -> Meetplan | None:
    """The measuring plan in force of this pilot."""
    plannen = _plannen(p)
    return next((plannen[v.id] for _, v, c in _rijen(p) if c.sleutel == coalitie and v.id in plannen), None)


def _koppen(rijen: list[Oordeel]) -> dict[str, str]:
    """The first sentence of the newest verdict that counts."""
    uit: dict[str, tuple[int, str]] = {}
    for r in rijen:
        nummer = uit.get(r.coalitie, (0, ""))[0]
        if r.telt_mee and r.nummer > nummer:
            uit[r.coalitie] = (r.nummer, f"{r.zin.partition('. ')[0].rstrip('.')}.")
    return {k: zin for k, (_, zin) in uit.items()}


def samenvattingen(p: Publicatie) -> dict[str, str]:
    """Coalition → what the plan says in short."""
    return {k: str(plan.inhoud["samenvatting"]) for k, (plan, _) in dossier.plannen(p.session, p.ronde).items()}


def voortgang(p: Publicatie, coalitie: str = "") -> list[Voortgang]:
    """Per pilot and report the version that was there when the gate was passed."""
    sleutels = {r.id: c.sleutel for r, _, c in _rijen(p)}
    vraag = select(Voortgangsrij).where(col(Voortgangsrij.pilot_id).in_(sleutels))
    per: dict[tuple[str, int], Voortgang] = {}
    for rij in p.session.exec(vraag.order_by(col(Voortgangsrij.nummer), col(Voortgangsrij.versie))):
        moment, wie = p.op(Poort.VOORTGANG, rij.nummer), sleutels[rij.pilot_id]
        if moment is not None and rij.ingeleverd_op <= moment and coalitie in ("", wie):
            i = Voortgangsinhoud.model_validate(rij.inhoud)
            kaal = i.model_dump(exclude={"besteed_euro", "verhaal", "vraag_aan_gemeente"})
            per[wie, rij.nummer] = Voortgang(
                **kaal, coalitie=wie, nummer=rij.nummer, gepubliceerd_op=moment, besteed_cent=i.besteed_euro * 100
            )
    return [per[k] for k in sorted(per)]


def oordelen(p: Publicatie, coalitie: str = "") -> list[Oordeel]:
    """Every verdict that was reported, in order of pilot, moment and indicator of the plan."""
    plannen, rijen = _plannen(p), _rijen(p)
    bij = {r.id: (c.sleutel, plannen[vind.sid(v.id)]) for r, v, c in rijen if v.id in plannen}
    uit = []
    for rij in p.session.exec(select(Effectoordeel).where(col(Effectoordeel.pilot_id).in_(bij))):
        wie, plan = bij[rij.pilot_id]
        moment = p.op(Poort.EFFECTMETING, rij.nummer)
        plaats = next((n for n, i in enumerate(plan.indicatoren) if i.sleutel == rij.indicator), None)
        if moment is not None and plaats is not None and coalitie in ("", wie):
            i, u = plan.indicatoren[plaats], rij.uitkomst
            marge = u["schatting"] or {}
            uit.append((plaats, Oordeel(
                coalitie=wie, nummer=rij.nummer, gepubliceerd_op=moment, indicator=i.sleutel, titel=i.titel,
                eenheid=i.eenheid, telt_mee=i.primair, oordeel=rij.oordeel, zin=u["zin"],
                effect_eenheid="procentpunt" if i.eenheid.startswith(("%", "procent")) else i.eenheid,
                verschil=u["verschil"],
                onder=marge.get("onder"), boven=marge.get("boven"), redenen=[m["tekst"] for m in u["redenen"]],
                waarschuwingen=[m["tekst"] for m in u["waarschuwingen"]], trede=sterkte(u, plan),
            )))  # fmt: skip
    return [o for _, o in sorted(uit, key=lambda paar: (paar[1].coalitie, paar[1].nummer, paar[0]))]


def sterkte(uitkomst: Mapping[str, Any], plan: Meetplan) -> int:
    """The rung of evidence of a stored verdict; every plan has a theory of change, so rung 2 asks nothing more."""
    return trede(
        n_voor=uitkomst["n_voor"], n_na=uitkomst["n_na"], vergelijking=uitkomst["n_vergelijking"],
        loting=meetopzet.loting(plan)[0], onderbouwd=True,
    )  # fmt: skip


def duiding(p: Publicatie, coalitie: str) -> Duiding | None:
    """The newest published story beside the numbers of this pilot."""
    pilot_id = next((r.id for r, _, c in _rijen(p) if c.sleutel == coalitie), None)
    vraag = select(Duidingsversie).where(Duidingsversie.pilot_id == pilot_id)
    goed = None
    for rij in p.session.exec(vraag.order_by(col(Duidingsversie.nummer), col(Duidingsversie.versie))):
        moment = p.op(Poort.EFFECTMETING, rij.nummer)
        if moment is not None and rij.geschreven_op <= moment:
            goed = Duiding.model_validate(Duidingsinhoud.model_validate(rij.inhoud))
    return goed


def metingen(p: Publicatie, coalitie: str = "") -> list[Meting]:
    """The newest values that had been entered at the last passed measuring moment; small groups without a value."""
    plannen, rijen = _plannen(p), _rijen(p)
    bij = {r.id: (c.sleutel, plannen[vind.sid(v.id)]) for r, v, c in rijen if v.id in plannen}
    nummer = p.laatste(Poort.EFFECTMETING)
    moment = p.op(Poort.EFFECTMETING, nummer)
    if moment is None:
        return []
    tot = naar_amsterdam(vind.momenten(p.regels, "metingen")[nummer - 1]).date()
    vraag = select(Meetwaarde).where(col(Meetwaarde.pilot_id).in_(bij), Meetwaarde.ingevoerd_op <= moment)
    per: dict[tuple[str, str, str, str], Meting] = {}
    for m in p.session.exec(vraag.order_by(col(Meetwaarde.versie))):
        wie, plan = bij[m.pilot_id]
        eigen = coalitie in ("", wie) and m.indicator in {i.sleutel for i in plan.indicatoren}
        if eigen and perioden.begonnen(m.periode, tot):
            per[wie, m.indicator, m.gebied, m.periode] = _meting(wie, plan, m)
    return [per[k] for k in sorted(per, key=lambda k: (*k[:3], perioden.orde(k[3])))]


def _meting(wie: str, plan: Meetplan, m: Meetwaarde) -> Meting:
    i = next(i for i in plan.indicatoren if i.sleutel == m.indicator)
    klein = m.respondenten is not None and m.respondenten < MINSTE_ANTWOORDEN
    return Meting(
        coalitie=wie, indicator=i.sleutel, titel=i.titel, eenheid=i.eenheid, gebied=m.gebied,
        soort_gebied="pilot" if m.gebied in plan.pilotgebieden else "vergelijking", periode=m.periode,
        waarde=None if klein else m.waarde, respondenten=None if klein else m.respondenten, bron=m.bron,
    )  # fmt: skip


def subsidies(p: Publicatie) -> list[Subsidie]:
    """The subsidy register of this round (Woo art. 3.3a); empty when it hands out no subsidy."""
    if p.regels.ronde.instrument != "subsidie":
        return []
    besluit, _ = dossier.besluit(p.session, p.ronde, "plannen") if p.pilots_openbaar else (None, {})
    eis(besluit is not None, NOG_NIET)
    kort = samenvattingen(p)
    return [
        Subsidie(
            ontvanger=r.penvoerder, activiteit=r.titel, doel=kort[r.coalitie], bedrag_cent=r.bedrag_cent,
            verleend_op=naar_amsterdam(besluit.genomen_op).date(), periode_van=naar_amsterdam(r.start_op).date(),
            periode_tot=_einde(p), regeling="; ".join(p.regels.ronde.grondslag),
        )
        for r in pilots(p)
        if besluit is not None
    ]  # fmt: skip


def _einde(p: Publicatie) -> date:
    return naar_amsterdam(vind.momenten(p.regels, "voortgang")[-1]).date()


def evaluatie(p: Publicatie) -> Evaluatie | None:
    if p.op(Poort.AFSLUITING) is None:
        return None
    vraag = select(Eindevaluatie).where(Eindevaluatie.ronde_id == p.ronde.id)
    rij = p.session.exec(vraag.order_by(col(Eindevaluatie.versie).desc())).first()
    if rij is None:
        return None
    i = Evaluatie_inhoud.model_validate(rij.inhoud)
    lessen = [f"{les.les} {les.waarom}" for les in i.lessen]
    return Evaluatie(samenvatting=i.samenvatting, verloop=i.verloop, lessen=lessen, vervolg=i.vervolg)


@dataclass(frozen=True)
class Reeks:
    """The measurements of one indicator as a table: areas down, half-years across."""

    titel: str
    eenheid: str
    perioden: list[str]
    rijen: list[tuple[str, bool, list[Meting | None]]]
    bronnen: list[str]


def reeksen(rijen: list[Meting]) -> list[Reeks]:
    """One table per indicator; pilot areas first."""
    uit = []
    for indicator in dict.fromkeys(m.indicator for m in rijen):
        eigen = [m for m in rijen if m.indicator == indicator]
        golven = perioden.sorteer({m.periode for m in eigen})
        plek = {(m.gebied, m.periode): m for m in eigen}
        gebieden = sorted({(m.soort_gebied != "pilot", m.gebied) for m in eigen})
        tabel = [(g, not ander, [plek.get((g, p)) for p in golven]) for ander, g in gebieden]
        uit.append(
            Reeks(
                eigen[0].titel,
                eigen[0].eenheid,
                [perioden.leesbaar(p) for p in golven],
                tabel,
                sorted({m.bron for m in eigen}),
            )
        )
    return uit
