"""The effect report (domein.md D14, kennis/effect.md): the verdict first, then everything that it rests on."""

from typing import Any

import pandas as pd

from ...inhoud import Duiding, Indicator, Meetplan, PlanInhoud
from ...kern import perioden as golven
from ...kern.effect_typen import Ontwerp
from ...model import Coalitie, Effectoordeel, Pilot, Voorstel
from ...overzichten import dossier, meten, metingen, vind
from ...overzichten.doorgang import Doorgang
from ..opdracht import Bijlage
from . import effectbijlagen, effectkader
from .basis import Stuk, stuk
from .collegebijlagen import in_het_document
from .effectbeeld import beeld, eerste_start
from .meetplan import meetplangegevens

ZEKERHEID = {
    "alleen beschrijvend": "Er zijn nog te weinig gegevens voor een oordeel. Wij beschrijven alleen wat wij maten.",
    "niet aangetoond": "De kans op toeval is te groot. Wij trekken geen conclusie.",
    "aanwijzing": "Dit is een aanwijzing en geen bewijs. Volg wat er bij de volgende meting gebeurt.",
    "waarschijnlijk": "De kans dat dit toeval is, is klein. Zeker is het nooit: andere oorzaken kunnen meespelen.",
    "waarschijnlijk geen groot effect": "De meting was precies genoeg om een groot verschil te zien. Dat is er niet.",
}


def effectrapporten(d: Doorgang) -> list[Stuk]:
    """One report per pilot at this measuring moment."""
    pilots = vind.pilots(d.session, d.ronde)
    ids = [vind.sid(p.id) for p, _, _ in pilots]
    oordelen = dossier.effectoordelen(d.session, ids, d.nummer)
    verhalen = dossier.duidingen(d.session, ids, d.nummer)
    trekkers, plannen = dossier.penvoerders(d.session, d.ronde), dossier.plannen(d.session, d.ronde)
    verslagen = dossier.voortgangen(d.session, d.ronde, effectkader.verslagen_tot(d))
    uit = []
    for p, v, c in pilots:
        verhaal, plan = verhalen.get(vind.sid(p.id)), PlanInhoud.model_validate(plannen[c.sleutel][0].inhoud)
        gegevens, extra = _gegevens(d, (p, v, c), oordelen[vind.sid(p.id)])
        gegevens |= {
            "duiding": Duiding.model_validate(verhaal.inhoud).model_dump() if verhaal else False,
            "aanpak": effectkader.aanpak(plan),
            "inspanning": effectkader.inspanning(
                d, {n: r.inhoud for n, r in verslagen[c.sleutel].items()}, metingen.inspanningen(d.session, p)
            ),
        }
        gegevens["pilot"]["penvoerder"] = trekkers[c.sleutel].organisatie.naam
        titel = f"{_soort(d).capitalize()} van ‘{c.naam}’"
        uit.append(stuk(d, "effectrapport", gegevens, titel=titel, bij=c.sleutel, coalitie=c.sleutel, bijlagen=extra))
    return uit


def _soort(d: Doorgang) -> str:
    if d.laatste:
        return "eindmeting"
    return "nulmeting" if d.nummer == 1 else "tussentijdse meting"


def _gegevens(
    d: Doorgang, rij: tuple[Pilot, Voorstel, Coalitie], oordelen: dict[str, Effectoordeel]
) -> tuple[dict[str, Any], tuple[Bijlage, ...]]:
    """The data of one report, and the files that go inside it."""
    pilot, voorstel, groep = rij
    versies = meten.meetplanversies(d.session, voorstel)
    plan = Meetplan.model_validate(versies[-1].inhoud)
    momenten = vind.momenten(d.regels, "metingen")
    invoer = meten.invoer(d.session, pilot, plan, d.moment, laatste=d.laatste)
    indicatoren = [_indicator(plan, i, oordelen[i.sleutel], *invoer[i.sleutel]) for i in plan.indicatoren]
    primair = [i for i in indicatoren if i["primair"]] or indicatoren
    extra = effectbijlagen.bijlagen(plan, versies[-1].hash, invoer, {k: o.uitkomst for k, o in oordelen.items()})
    return {
        "pilot": {"naam": groep.naam, "gebieden": plan.pilotgebieden, "start": pilot.start_op},
        "meting": {
            "nummer": d.nummer,
            "aantal": len(momenten),
            "soort": _soort(d),
            "periode": golven.leesbaar(meten.laatste_periode(d.moment)),
            "volgende": momenten[d.nummer] if d.nummer < len(momenten) else "",
        },
        "kop": primair[0]["kop"],
        "indicatoren": indicatoren,
        "meetplan": meetplangegevens(d, versies),
        "gedaan": effectkader.gepland_en_gedaan(d, plan, {k: p for k, (p, _) in invoer.items()}),
        "bestanden": in_het_document(extra),
    }, extra


def _indicator(
    plan: Meetplan, i: Indicator, rij: Effectoordeel, stand: pd.DataFrame, ontwerp: Ontwerp
) -> dict[str, Any]:
    u = rij.uitkomst
    return {
        **i.model_dump(),
        "oordeel": u["uitkomst"],
        "kop": u["zin"].partition(". ")[0].rstrip("."),
        "zin": u["zin"],
        "zekerheid": ZEKERHEID[u["uitkomst"]],
        "effecteenheid": "procentpunt" if i.in_procenten() else i.eenheid,
        "bewijs": effectkader.bewijs(u, plan),
        "schatting": u["schatting"] or False,
        "verschil": u["verschil"],
        "aantoonbaar": u["aantoonbaar"],
        "permutatie": u["permutatie"] or False,
        "nulstand_sd": u["nulstand_sd"],
        "nulstand_gecorrigeerd": u["nulstand_gecorrigeerd"] or False,
        "trend_gecorrigeerd": u["trend_gecorrigeerd"] or False,
        "synthetisch": u["synthetisch"] or False,
        "placebo_p": u["placebo_p"],
        "telling": {k: u[k] for k in ("n_pilot", "n_vergelijking", "n_voor", "n_na")},
        "redenen": [m["tekst"] for m in u["redenen"]],
        "waarschuwingen": [m["tekst"] for m in u["waarschuwingen"]],
        **reeksen(stand, ontwerp),
        "beeld": beeld(stand, ontwerp),
        "bronnen": sorted(set(stand["bron"])),
    }


def reeksen(stand: pd.DataFrame, ontwerp: Ontwerp) -> dict[str, Any]:
    """The measurements as a chart (mean of pilots, mean of comparison areas) and as a table of all areas.

    A wave in which a group has no value gives None: the line has a gap there, never a zero.
    """
    perioden = golven.sorteer(set(stand["periode"]))
    plekken = list(zip(stand["gebied"], stand["periode"], strict=True))
    waarden = dict(zip(plekken, stand["waarde"].astype(float), strict=True))
    aantal = {k: int(n) for k, n in zip(plekken, stand["n"], strict=True) if pd.notna(n)}
    groepen = (("pilotgebieden", list(ontwerp.start)), ("vergelijkingsgebieden", list(ontwerp.vergelijking)))
    start = eerste_start(ontwerp)
    return {
        "perioden": [golven.leesbaar(p) for p in perioden],
        "perioden_kort": perioden,
        "begin_bij": next((n for n, p in enumerate(perioden) if golven.is_na(p, start) and n), None),
        "reeksen": [
            {"naam": naam, "waarden": [_gemiddelde([waarden.get((g, p)) for g in gebieden]) for p in perioden]}
            for naam, gebieden in groepen
            if any((g, p) in waarden for g in gebieden for p in perioden)
        ],
        "tabel": [
            {
                "gebied": g,
                "pilot": naam == "pilotgebieden",
                "waarden": [waarden.get((g, p)) for p in perioden],
                "n": [aantal.get((g, p)) for p in perioden],
            }
            for naam, gebieden in groepen
            for g in gebieden
        ],
    }


def _gemiddelde(waarden: list[float | None]) -> float | None:
    """The mean of the areas that were measured; only when all were, else the line would jump with the mix."""
    aanwezig = [w for w in waarden if w is not None]
    return round(sum(aanwezig) / len(aanwezig), 6) if aanwezig and len(aanwezig) == len(waarden) else None
