"""The effect report (domein.md D14, kennis/effect.md): the verdict first, then everything that it rests on."""

from typing import Any

import pandas as pd

from ...inhoud import Duiding, Indicator, Meetplan
from ...kern.notatie import HARDE_SPATIE
from ...model import Coalitie, Effectoordeel, Pilot, Voorstel
from ...overzichten import dossier, meten, vind
from ...overzichten.doorgang import Doorgang
from .basis import Stuk, stuk
from .effectbeeld import beeld
from .plannen import meetplangegevens

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
    trekkers = dossier.penvoerders(d.session, d.ronde)
    uit = []
    for p, v, c in pilots:
        verhaal = verhalen.get(vind.sid(p.id))
        gegevens = _gegevens(d, (p, v, c), oordelen[vind.sid(p.id)]) | {
            "duiding": Duiding.model_validate(verhaal.inhoud).model_dump() if verhaal else False,
        }
        gegevens["pilot"]["penvoerder"] = trekkers[c.sleutel].organisatie.naam
        titel = f"{_soort(d).capitalize()} van ‘{c.naam}’"
        uit.append(stuk(d, "effectrapport", gegevens, titel=titel, bij=c.sleutel, coalitie=c.sleutel))
    return uit


def _soort(d: Doorgang) -> str:
    if d.laatste:
        return "eindmeting"
    return "nulmeting" if d.nummer == 1 else "tussentijdse meting"


def _gegevens(d: Doorgang, rij: tuple[Pilot, Voorstel, Coalitie], oordelen: dict[str, Effectoordeel]) -> dict[str, Any]:
    pilot, voorstel, groep = rij
    versies = meten.meetplanversies(d.session, voorstel)
    plan = Meetplan.model_validate(versies[-1].inhoud)
    momenten = vind.momenten(d.regels, "metingen")
    indicatoren = [_indicator(d, pilot, plan, i, oordelen[i.sleutel]) for i in plan.indicatoren]
    primair = [i for i in indicatoren if i["primair"]] or indicatoren
    return {
        "pilot": {"naam": groep.naam, "gebieden": plan.pilotgebieden, "start": pilot.start_op},
        "meting": {
            "nummer": d.nummer,
            "aantal": len(momenten),
            "soort": _soort(d),
            "halfjaar": meten.laatste_periode(d.moment),
            "volgende": momenten[d.nummer] if d.nummer < len(momenten) else "",
        },
        "kop": primair[0]["kop"],
        "indicatoren": indicatoren,
        "meetplan": meetplangegevens(d, versies),
    }


def _indicator(d: Doorgang, pilot: Pilot, plan: Meetplan, i: Indicator, rij: Effectoordeel) -> dict[str, Any]:
    u = rij.uitkomst
    stand = meten.panel(d.session, pilot, i.sleutel, meten.laatste_periode(d.moment))
    procent = i.eenheid.startswith(("%", "procent"))
    return {
        **i.model_dump(),
        "oordeel": u["uitkomst"],
        "kop": u["zin"].partition(". ")[0].rstrip("."),
        "zin": u["zin"],
        "zekerheid": ZEKERHEID[u["uitkomst"]],
        "effecteenheid": "procentpunt" if procent else i.eenheid,
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
        **reeksen(stand, plan),
        "beeld": beeld(stand, plan, i),
        "bronnen": sorted(set(stand["bron"])),
    }


def reeksen(stand: pd.DataFrame, plan: Meetplan) -> dict[str, Any]:
    """The measurements as a chart (mean of pilots, mean of comparison areas) and as a table of all areas.

    A wave in which a group has no value gives None: the line has a gap there, never a zero.
    """
    perioden = sorted(set(stand["periode"]))
    plekken = list(zip(stand["gebied"], stand["periode"], strict=True))
    waarden = dict(zip(plekken, stand["waarde"].astype(float), strict=True))
    aantal = {k: int(n) for k, n in zip(plekken, stand["n"], strict=True) if pd.notna(n)}
    groepen = (("pilotgebieden", plan.pilotgebieden), ("vergelijkingsgebieden", plan.vergelijkingsgebieden))
    return {
        "perioden": [halfjaar(p) for p in perioden],
        "perioden_kort": perioden,
        "begin_bij": next((n for n, p in enumerate(perioden) if p >= plan.startperiode and n), None),
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


def halfjaar(periode: str) -> str:
    """ "2012-2" → "2e helft 2012"."""
    jaar, deel = periode.split("-")
    return f"{deel}e{HARDE_SPATIE}helft {jaar}"
