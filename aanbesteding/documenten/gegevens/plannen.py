"""From full plans to pilots: planbeoordeling, collegevoorstel plannen, beschikking, uitvoeringsovereenkomst."""

from typing import Any

from ...inhoud import Begrotingspost, PlanInhoud
from ...model import Coalitie, Partner, Plan, Planoordeel, Voorstel
from ...overzichten import dossier, meten, vind
from ...overzichten.doorgang import Doorgang
from ...termijnen import naar_amsterdam
from .basis import Adres, Stuk, adressering, stuk
from .brieven import besluitnemers
from .college import dag_van, voorstelgegevens, voorstelstuk
from .geldend_recht import deminimis
from .meetplan import lotingbijlagen, meetplangegevens
from .rechtsmiddel import rechtsmiddel


def _post(p: Begrotingspost) -> dict[str, Any]:
    """One line of the budget: money in cents, who pays with a capital for the table."""
    return p.model_dump(exclude={"bedrag_euro"}) | {"bedrag_cent": p.bedrag_euro * 100, "bron": p.bron.capitalize()}


def plangegevens(inhoud: PlanInhoud) -> dict[str, Any]:
    """A full plan as templates show it, money in cents."""
    gegevens = inhoud.model_dump(mode="json", exclude={"begroting", "taken"})
    begroting = [_post(p) for p in inhoud.begroting]
    taken = [t.model_dump(exclude={"inbreng_euro"}) | {"inbreng_cent": t.inbreng_euro * 100} for t in inhoud.taken]
    totalen = {
        "gevraagd_cent": inhoud.gevraagd_euro() * 100,
        "totaal_cent": sum(p.bedrag_euro for p in inhoud.begroting) * 100,
        "inbreng_cent": sum(t.inbreng_euro for t in inhoud.taken) * 100,
        "inbreng_uren": sum(t.inbreng_uren for t in inhoud.taken),
    }
    return gegevens | totalen | {"begroting": begroting, "taken": taken}


def _plan(plan: Plan) -> dict[str, Any]:
    """The plan with the version and the hash under which it was handed in."""
    vast = {"versie": plan.versie, "sha256": plan.sha256, "ingediend_op": plan.ingediend_op}
    return plangegevens(PlanInhoud.model_validate(plan.inhoud)) | vast


def planbeoordelingen(d: Doorgang) -> list[Stuk]:
    """Per selected coalition: the plan, the judgment and the locked measuring plan."""
    plannen, trekkers = dossier.plannen(d.session, d.ronde), dossier.penvoerders(d.session, d.ronde)
    return [_planbeoordeling(d, v, c, plannen, trekkers) for v, c in vind.geselecteerde(d.session, d.ronde)]


def _planbeoordeling(
    d: Doorgang, v: Voorstel, c: Coalitie, plannen: dict[str, Any], trekkers: dict[str, dossier.Penvoerder]
) -> Stuk:
    plan, oordeel = plannen[c.sleutel]
    gegevens = {
        "coalitie": {"naam": c.naam, "penvoerder": trekkers[c.sleutel].organisatie.naam},
        "plan": _plan(plan),
        "oordeel": {
            "akkoord": oordeel.akkoord,
            "motivering": oordeel.motivering,
            "voorwaarden": oordeel.voorwaarden,
            "gegeven_op": oordeel.gegeven_op,
        },
        "meetplan": meetplangegevens(d, meten.meetplanversies(d.session, v)),
        "metingen": vind.momenten(d.regels, "metingen"),
        "maximum_cent": d.regels.verdeling.maximum_per_voorstel_euro * 100,
    }
    return stuk(d, "planbeoordeling", gegevens, titel=f"Beoordeling van het plan ‘{c.naam}’", bij=c.sleutel,
                coalitie=c.sleutel, bijlagen=lotingbijlagen(d, v))  # fmt: skip


STAPPEN_PLANNEN = (
    ("besluit_plannen", "Het college besluit over de plannen"),
    ("start_pilots", "De pilots beginnen"),
    ("voortgang", "De penvoerders leveren hun voortgang in"),
    ("metingen", "De gemeente meet het effect"),
    ("afsluiting", "De ronde sluit af met een evaluatie"),
)


BIJ_PLANNEN = ("besluit", "beoordelingsrapport-openbaar")


def collegevoorstel(d: Doorgang) -> list[Stuk]:
    """The memo with which the college grants the pilots."""
    gegevens = voorstelgegevens(
        d, "plannen", vergadering=dag_van(d, "besluit_plannen"), stappen=STAPPEN_PLANNEN, bijlagen=BIJ_PLANNEN
    )
    trekkers, partners = dossier.penvoerders(d.session, d.ronde), dossier.partners(d.session, d.ronde)
    plannen = dossier.plannen(d.session, d.ronde)
    gegevens["pilots"] = [
        _pilot(plan, oordeel) | {
            "naam": c.naam,
            "penvoerder": trekkers[c.sleutel].organisatie.naam,
            "partners": [_inbreng(p, o.naam) for p, o in partners.get(c.sleutel, [])],
        }
        for _, c in vind.voorstellen(d.session, d.ronde)
        if c.sleutel in plannen
        for plan, oordeel in [plannen[c.sleutel]]
    ]  # fmt: skip
    return [voorstelstuk(d, "collegevoorstel-plannen", gegevens, f"Subsidie voor de pilots: {d.ronde.titel}")]


def _pilot(plan: Plan, oordeel: Planoordeel) -> dict[str, Any]:
    inhoud = PlanInhoud.model_validate(plan.inhoud)
    return {
        "gebied": inhoud.gebied,
        "akkoord": oordeel.akkoord,
        "motivering": oordeel.motivering,
        "voorwaarden": oordeel.voorwaarden,
        "bedrag_cent": inhoud.gevraagd_euro() * 100,
    }


def _inbreng(p: Partner, naam: str) -> dict[str, Any]:
    """What one partner brings in itself, as it confirmed."""
    return {"naam": naam, "cent": p.inbreng_cent, "uren": p.inbreng_uren, "natura": p.inbreng_natura}


def _gemeenschappelijk(d: Doorgang, v: Voorstel, c: Coalitie) -> dict[str, Any]:
    """What the subsidy decision and the agreement share: period, moments, measuring plan."""
    return {
        "start": dag_van(d, "start_pilots"),
        "einde": vind.momenten(d.regels, "voortgang")[-1],
        "voortgang": vind.momenten(d.regels, "voortgang"),
        "metingen": vind.momenten(d.regels, "metingen"),
        "afsluiting": dag_van(d, "afsluiting"),
        "meetplan": meetplangegevens(d, meten.meetplanversies(d.session, v)),
        "coalitie": {"naam": c.naam, "sleutel": c.sleutel},
    }


def _aan_penvoerder(
    d: Doorgang, soort: str, gegevens: dict[str, Any], titel: str, c: Coalitie, trekker: dossier.Penvoerder
) -> Stuk:
    """A document for one coalition, sent to its contact person."""
    return stuk(
        d,
        soort,
        gegevens,
        titel=titel,
        bij=c.sleutel,
        ontvanger=trekker.organisatie.naam,
        coalitie=c.sleutel,
        aan=(Adres(trekker.persoon.naam, trekker.persoon.email),),
        bericht="brief",
    )


def beschikkingen(d: Doorgang) -> list[Stuk]:
    """A subsidy decision per plan: granted, or refused with the reason of the college."""
    besluit, regels = dossier.besluit(d.session, d.ronde, "plannen")
    plannen, trekkers = dossier.plannen(d.session, d.ronde), dossier.penvoerders(d.session, d.ronde)
    partners = dossier.partners(d.session, d.ronde)
    uit = []
    for v, c in vind.geselecteerde(d.session, d.ronde):
        regel, (plan, oordeel), trekker = regels[vind.sid(v.id)], plannen[c.sleutel], trekkers[c.sleutel]
        gegevens = _gemeenschappelijk(d, v, c) | {
            "geadresseerde": adressering(d.session, trekker.organisatie, trekker.deelnemer),
            "aanhef": f"Beste {trekker.persoon.naam}",
            "toegekend": regel.gekozen,
            "bedrag_cent": regel.bedrag_cent or 0,
            "plan": _plan(plan),
            "voorwaarden": oordeel.voorwaarden,
            "motivering": regel.afwijking or oordeel.motivering,
            "partners": [o.naam for _, o in partners.get(c.sleutel, []) if o.id != trekker.organisatie.id],
            "deminimis": deminimis(naar_amsterdam(d.nu).date()),
            "besluit": {"genomen_op": besluit.genomen_op, "door": besluitnemers(d, besluit)},
            **rechtsmiddel(d),
        }
        wat = "opdracht" if d.regels.ronde.instrument == "opdracht" else "subsidie"
        titel = f"{wat.capitalize()} voor ‘{c.naam}’" if regel.gekozen else f"Geen {wat} voor ‘{c.naam}’"
        uit.append(_aan_penvoerder(d, "beschikking", gegevens, titel, c, trekker))
    return uit


def overeenkomsten(d: Doorgang) -> list[Stuk]:
    """An agreement per pilot, beside the subsidy decision (Awb 4:36), for every partner to sign."""
    plannen, partners = dossier.plannen(d.session, d.ronde), dossier.partners(d.session, d.ronde)
    trekkers = dossier.penvoerders(d.session, d.ronde)
    uit = []
    for pilot, v, c in vind.pilots(d.session, d.ronde):
        plan, oordeel = plannen[c.sleutel]
        trekker = trekkers[c.sleutel]
        gegevens = _gemeenschappelijk(d, v, c) | {
            "bedrag_cent": pilot.bedrag_cent,
            "plan": _plan(plan),
            "voorwaarden": oordeel.voorwaarden,
            "partijen": [
                {
                    "naam": o.naam, "adres": f"{o.adres}, {o.postcode} {o.plaats}", "rol": p.rol,
                    "penvoerder": o.id == trekker.organisatie.id, "inbreng_cent": p.inbreng_cent,
                    "inbreng_uren": p.inbreng_uren, "inbreng_natura": p.inbreng_natura,
                }
                for p, o in sorted(partners.get(c.sleutel, []), key=lambda paar: paar[1].id != trekker.organisatie.id)
            ],
        }  # fmt: skip
        titel = f"Uitvoeringsovereenkomst ‘{c.naam}’"
        uit.append(_aan_penvoerder(d, "uitvoeringsovereenkomst", gegevens, titel, c, trekker))
    return uit
