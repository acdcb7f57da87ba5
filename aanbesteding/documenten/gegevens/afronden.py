"""During and after the pilots: voortgangsrapportage and eindevaluatie (domein.md D13–D15)."""

from typing import Any

from sqlmodel import col, func, select

from ...fouten import NietGevonden
from ...inhoud import Evaluatie, Voortgangsinhoud
from ...model import (
    Advies,
    Adviesuren,
    Bijeenkomst,
    Coalitie,
    Document,
    Eindevaluatie,
    Organisatie,
    Pilot,
    Vraag,
)
from ...overzichten import dossier, meten, vind
from ...overzichten.doorgang import Doorgang
from ...procedure import Poort
from ...termijnen import naar_amsterdam
from .basis import Stuk, stuk

CIJFERS = ("deelnemers", "activiteiten", "vrijwilligers", "uren", "besteed_cent")


def voortgangsrapportage(d: Doorgang) -> list[Stuk]:
    """One report for the whole round: a table first, then each pilot, with the periods before beside it."""
    per = dossier.voortgangen(d.session, d.ronde, d.nummer)
    trekkers = dossier.penvoerders(d.session, d.ronde)
    pilots = [
        _voortgang(d, p, c, {n: Voortgangsinhoud.model_validate(v.inhoud) for n, v in per[c.sleutel].items()})
        | {"penvoerder": trekkers[c.sleutel].organisatie.naam}
        for p, _, c in vind.pilots(d.session, d.ronde)
    ]
    gegevens = {
        "nummer": d.nummer,
        "aantal": len(vind.momenten(d.regels, "voortgang")),
        "laatste": d.laatste,
        "pilots": pilots,
        "totaal": {k: sum(p[k] for p in pilots) for k in (*CIJFERS, "bedrag_cent")},
        "vragen": [{"naam": p["naam"], "vraag": p["vraag_aan_gemeente"]} for p in pilots if p["vraag_aan_gemeente"]],
    }
    return [stuk(d, "voortgangsrapportage", gegevens, titel=f"Voortgang van de pilots, rapport {d.nummer}")]


def _voortgang(d: Doorgang, pilot: Pilot, groep: Coalitie, per: dict[int, Voortgangsinhoud]) -> dict[str, Any]:
    nu = _in_centen(per[d.nummer])
    reeks = [{"nummer": n} | {k: _in_centen(v)[k] for k in CIJFERS} for n, v in sorted(per.items())]
    aandeel = nu["besteed_cent"] / pilot.bedrag_cent if pilot.bedrag_cent else 0.0
    return nu | {"naam": groep.naam, "bedrag_cent": pilot.bedrag_cent, "aandeel": aandeel, "reeks": reeks}


def _in_centen(inhoud: Voortgangsinhoud) -> dict[str, Any]:
    return inhoud.model_dump(exclude={"besteed_euro"}) | {"besteed_cent": inhoud.besteed_euro * 100}


def eindevaluatie(d: Doorgang) -> list[Stuk]:
    """What the round brought, in figures and words, with lessons for the next one."""
    vraag = select(Eindevaluatie).where(Eindevaluatie.ronde_id == d.ronde_id)
    rij = d.session.exec(vraag.order_by(col(Eindevaluatie.versie).desc())).first()
    if rij is None:
        raise NietGevonden("De eindevaluatie is nog niet geschreven.")
    gegevens = {
        "evaluatie": Evaluatie.model_validate(rij.inhoud).model_dump(),
        "cijfers": _cijfers(d),
        "pilots": _uitkomsten(d),
        "momenten": [
            {"poort": p.poort, "nummer": p.volgnummer, "moment": p.moment} for p in vind.gepasseerd(d.session, d.ronde)
        ],
    }
    return [stuk(d, "eindevaluatie", gegevens, titel=f"Evaluatie van {d.ronde.titel}")]


def _cijfers(d: Doorgang) -> dict[str, Any]:
    """The figures of the round, each from what is stored."""
    s, ronde = d.session, d.ronde
    voorstellen, pilots = vind.voorstellen(s, ronde), vind.pilots(s, ronde)
    aanwezig = s.exec(select(Bijeenkomst).where(Bijeenkomst.ronde_id == d.ronde_id)).first()
    uren = select(func.sum(Adviesuren.uren)).join(Advies).join(Coalitie).where(Coalitie.ronde_id == d.ronde_id)
    inbreng = [p for lijst in dossier.partners(s, ronde).values() for p, _ in lijst]
    gekozen = {c.sleutel for _, _, c in pilots}
    eigen = [p for k, lijst in dossier.partners(s, ronde).items() if k in gekozen for p, _ in lijst]
    return {
        "organisaties": dossier.aantal(s, Organisatie, Organisatie.ronde_id == d.ronde_id),
        "aanwezig": sum(aanwezig.aanwezig.values()) if aanwezig else 0,
        "vragen": dossier.aantal(s, Vraag, Vraag.ronde_id == d.ronde_id),
        "coalities": dossier.aantal(s, Coalitie, Coalitie.ronde_id == d.ronde_id),
        "partners": len({p.organisatie_id for p in inbreng}),
        "adviesuren": int(s.exec(uren).one() or 0),
        "voorstellen": len(voorstellen),
        "ontvankelijk": sum(bool(v.ontvankelijk) for v, _ in voorstellen),
        "geselecteerd": sum(bool(v.geselecteerd) for v, _ in voorstellen),
        "pilots": len(pilots),
        "subsidie_cent": sum(p.bedrag_cent for p, _, _ in pilots),
        "plafond_cent": d.regels.verdeling.plafond_euro * 100,
        "eigen_cent": sum(p.inbreng_cent for p in eigen),
        "eigen_uren": sum(p.inbreng_uren for p in eigen),
        "dagen_tot_selectie": _dagen(d, Poort.OPROEP, Poort.SELECTIE),
        "dagen_tot_start": _dagen(d, Poort.OPROEP, Poort.START),
        "documenten": dossier.aantal(s, Document, Document.ronde_id == d.ronde_id),
    }


def _dagen(d: Doorgang, van: Poort, tot: Poort) -> int | None:
    begin, eind = vind.passage(d.session, d.ronde, van), vind.passage(d.session, d.ronde, tot)
    if begin is None or eind is None:
        return None
    return (naar_amsterdam(eind.moment).date() - naar_amsterdam(begin.moment).date()).days


def _uitkomsten(d: Doorgang) -> list[dict[str, Any]]:
    """Per pilot the last progress figures and the last verdicts."""
    pilots = vind.pilots(d.session, d.ronde)
    laatste = len(d.regels.termijnen.metingen)
    oordelen = dossier.effectoordelen(d.session, [vind.sid(p.id) for p, _, _ in pilots], laatste)
    voortgang = dossier.voortgangen(d.session, d.ronde, len(d.regels.termijnen.voortgang))
    uit = []
    for p, _, c in pilots:
        rapporten = [Voortgangsinhoud.model_validate(v.inhoud) for v in voortgang[c.sleutel].values()]
        uit.append({
            "naam": c.naam, "bedrag_cent": p.bedrag_cent,
            "deelnemers": rapporten[-1].deelnemers if rapporten else 0,
            "besteed_cent": rapporten[-1].besteed_euro * 100 if rapporten else 0,
            "oordelen": [
                {"indicator": _titel(d, c, k), "oordeel": o.oordeel, "zin": o.uitkomst["zin"]}
                for k, o in sorted(oordelen[vind.sid(p.id)].items())
            ],
        })  # fmt: skip
    return uit


def _titel(d: Doorgang, groep: Coalitie, indicator: str) -> str:
    plan = meten.meetplan(d.session, vind.voorstel(d.session, d.ronde, groep.sleutel))
    return next((i.titel for i in plan.indicatoren if i.sleutel == indicator), indicator)
