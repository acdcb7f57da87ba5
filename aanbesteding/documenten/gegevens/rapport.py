"""The assessment report (domein.md D8), in two renditions from one gathering.

Internal: names of assessors and their own reasons. Public: "Beoordelaar A" and the joint reasons only, since
personal policy opinions are published "in niet tot personen herleidbare vorm" (Woo art. 5.2 lid 3; before it
Wob art. 11 lid 2).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any

from ...inhoud import VoorstelInhoud
from ...kern.loting import lijst_als_tekst, lijsthash
from ...kern.notatie import getal, meervoud, opsomming
from ...model import Coalitie, Consensus, Deelnemer, Oordeel, Voorstel
from ...overzichten import beoordelen, dossier, vind
from ...overzichten.beoordelen import Scoreregel
from ...overzichten.doorgang import Doorgang
from ...overzichten.voorwaarden import letters
from ...procedure import Rol
from ...regels import Criterium
from ...termijnen import naar_amsterdam
from . import bijlagen
from .basis import Stuk, stuk
from .geldend_recht import WOO
from .stevigheid import stevigheid_gegevens
from .uitslag import (
    Uitslag,
    cijfer,
    gelijke_stand_regel,
    gelijke_totalen,
    lees_uitslag,
    rangschikking_gegevens,
)


@dataclass(frozen=True)
class _Stand:
    """Everything that the report reads, once."""

    d: Doorgang
    uitslag: Uitslag
    voorstellen: list[tuple[Voorstel, Coalitie]]
    leden: list[Deelnemer]
    letter: dict[str, str]
    scores: dict[tuple[str, str], list[Scoreregel]]
    consensus: dict[tuple[str, str], Consensus]
    oordelen: dict[str, Oordeel]
    inhoud: dict[str, VoorstelInhoud]


def _lees(d: Doorgang) -> _Stand:
    leden = vind.met_rol(d.session, d.ronde, Rol.BEOORDELAAR)
    per_id = letters(d.session, d.ronde)
    scores: dict[tuple[str, str], list[Scoreregel]] = defaultdict(list)
    for regel in beoordelen.scoretabel(d.session, d.ronde):
        scores[regel.voorstel, regel.criterium].append(regel)
    return _Stand(
        d=d,
        uitslag=lees_uitslag(d),
        voorstellen=vind.voorstellen(d.session, d.ronde),
        leden=leden,
        letter={lid.sleutel: per_id[vind.sid(lid.id)] for lid in leden},
        scores=scores,
        consensus=beoordelen.consensus(d.session, d.ronde),
        oordelen=beoordelen.oordelen(d.session, d.ronde),
        inhoud=dossier.voorstelinhouden(d.session, d.ronde),
    )


def intern(d: Doorgang) -> list[Stuk]:
    """The report with names, for the college and the file."""
    return _rapport(d, "beoordelingsrapport-intern", namen=True)


def openbaar(d: Doorgang) -> list[Stuk]:
    """The report that everyone may read."""
    return _rapport(d, "beoordelingsrapport-openbaar", namen=False)


def _rapport(d: Doorgang, soort: str, *, namen: bool) -> list[Stuk]:
    extra = (bijlagen.scores(d, namen=namen), bijlagen.rangschikking(d, namen=namen))
    return [stuk(d, soort, _gegevens(d, namen=namen), titel=_titel(d), bijlagen=extra)]


def hoofdstukken(voorstellen: list[dict[str, Any]], *, vorm: bool) -> list[list[str]]:
    """[id, title] of every chapter, for the contents."""
    voor = [
        ["rangorde", "Rangorde"],
        ["stevigheid", "Hoe stevig is deze rangorde?"],
        ["gelijk", "Gelijke stand"],
        ["werkwijze", "Werkwijze"],
    ]
    midden = [[f"voorstel-{v['nummer']}", v["naam"]] for v in voorstellen]
    return [*voor, *midden, *([["vorm", "Niet beoordeeld"]] if vorm else []), ["ondertekening", "Vaststelling"]]


def wet_namen(dag: date) -> str:
    """Act and article that keep the opinions of single assessors out of the public report, on this day."""
    if dag >= WOO:
        return "artikel 5.2, derde lid, van de Wet open overheid"
    return "artikel 11, tweede lid, van de Wet openbaarheid van bestuur"


def _titel(d: Doorgang) -> str:
    return f"Beoordeling van de voorstellen: {d.ronde.titel}"


def _gegevens(d: Doorgang, *, namen: bool) -> dict[str, Any]:
    s = _lees(d)
    afgewezen = [
        {"nummer": v.nummer, "naam": c.naam, "reden": v.vormoordeel}
        for v, c in s.voorstellen
        if v.ontvankelijk is False
    ]
    voorstellen = [_voorstel(s, r.sleutel, namen=namen) for r in s.uitslag.rijen]
    return {
        "hoofdstukken": hoofdstukken(voorstellen, vorm=bool(afgewezen)),
        "intern": namen,
        "wet_namen": wet_namen(naar_amsterdam(d.nu).date()),
        "stand": _telling(s),
        "criteria": [_criterium(c) for c in d.regels.criteria],
        "schaal": d.regels.verdeling.schaal.model_dump(),
        "spreiding_bespreken": d.regels.verdeling.spreiding_bespreken,
        "leden": _leden(s, namen=namen),
        "voorzitter": _voorzitter(s, namen=namen),
        "verschoning": _verschoning(s, namen=namen),
        "werkverdeling": _werkverdeling(s),
        "rangschikking": rangschikking_gegevens(d, s.uitslag),
        "profieltitel": _profieltitel(s),
        "stevigheid": stevigheid_gegevens(d, s.uitslag),
        "gelijke_stand": _gelijke_stand(s),
        "voorstellen": voorstellen,
        "niet_ontvankelijk": afgewezen,
    }


def _telling(s: _Stand) -> dict[str, Any]:
    goed = sum(bool(v.ontvankelijk) for v, _ in s.voorstellen)
    verdeling = s.d.regels.verdeling
    return {
        "ontvangen": len(s.voorstellen),
        "ontvankelijk": goed,
        "niet_ontvankelijk": len(s.voorstellen) - goed,
        "plaatsen": verdeling.aantal,
        "plafond_cent": verdeling.plafond_euro * 100,
        "drempel_totaal": verdeling.drempel_totaal,
        "score_op": verdeling.score_op,
    }


def _criterium(c: Criterium) -> dict[str, Any]:
    return {"titel": c.titel, "gewicht": c.gewicht, "drempel": c.drempel, "toelichting": c.toelichting}


def _leden(s: _Stand, *, namen: bool) -> list[dict[str, Any]]:
    """Function and department lead to a person in a small municipality: only the internal report has them."""
    telling: dict[str, set[str]] = defaultdict(set)
    for regels in s.scores.values():
        for r in regels:
            telling[r.beoordelaar].add(r.voorstel)
    uit = []
    for lid in s.leden:
        rij: dict[str, Any] = {"wie": s.letter[lid.sleutel], "voorstellen": len(telling[lid.sleutel])}
        if namen:
            persoon = vind.persoon(s.d.session, lid)
            rij |= {"naam": persoon.naam, "functie": lid.functie, "afdeling": lid.afdeling}
            rij |= {"deskundigheid": lid.deskundigheid}
        uit.append(rij)
    return uit


def _werkverdeling(s: _Stand) -> dict[str, Any]:
    """How many proposals each assessor read, as a chart with its conclusion."""
    rijen = [{"naam": lid["wie"], "aantal": lid["voorstellen"]} for lid in _leden(s, namen=False)]
    aantallen = [r["aantal"] for r in rijen]
    laag, hoog = min(aantallen, default=0), max(aantallen, default=0)
    if laag == hoog:
        kop = f"Elke beoordelaar las {meervoud(hoog, 'voorstel', 'voorstellen')}"
    else:
        kop = f"De beoordelaars lazen {laag} tot {meervoud(hoog, 'voorstel', 'voorstellen')}"
    per = opsomming([f"{r['naam']} {r['aantal']}" for r in rijen])
    return {"rijen": rijen, "titel": f"{kop}: {per}."}


def _profieltitel(s: _Stand) -> str:
    """Per criterion the mean and the highest score, in words; every score stands in the table beside the chart."""
    zinnen = []
    for c in s.d.regels.criteria:
        waarden = [(r.per_criterium[c.sleutel], r.naam) for r in s.uitslag.rijen]
        hoog = max(w for w, _ in waarden)
        eersten = [naam for w, naam in waarden if w == hoog]
        wie = opsomming([f"‘{naam}’" for naam in eersten]) if len(eersten) <= 2 else f"{len(eersten)} voorstellen"
        zinnen.append(f"{c.titel}: gemiddeld {getal(fmean(map(float, (w for w, _ in waarden))), 1)}, "
                      f"hoogste {getal(float(hoog))} voor {wie}.")  # fmt: skip
    return " ".join(zinnen)


def _voorzitter(s: _Stand, *, namen: bool) -> str:
    wie = vind.met_rol(s.d.session, s.d.ronde, Rol.VOORZITTER)
    if not wie:
        return ""
    return vind.persoon(s.d.session, wie[0]).naam if namen else "een voorzitter zonder stem"


def _verschoning(s: _Stand, *, namen: bool) -> list[dict[str, str]]:
    """Who did not judge what because of a conflict (Awb 2:4); the reason stays inside."""
    wie = {vind.sid(lid.id): s.letter[lid.sleutel] for lid in s.leden}
    naam = {vind.sid(v.id): c.naam for v, c in s.voorstellen}
    return [
        {"wie": wie[b], "voorstel": naam[v], "toelichting": rij.toelichting if namen else ""}
        for (v, b), rij in sorted(beoordelen.belangen(s.d.session, s.d.ronde).items())
        if rij.belang and b in wie
    ]


def _gelijke_stand(s: _Stand) -> dict[str, Any]:
    u, verdeling = s.uitslag, s.d.regels.verdeling
    loting: dict[str, Any] | bool = False
    if u.loting:
        loting = {
            "namen": [u.rij(k).naam for k in u.loting],
            "lijst": lijst_als_tekst(u.loting).splitlines(),
            "sha256": lijsthash(u.loting),
            "bronnen": list(verdeling.loting_bronnen),
        }
    return {"regel": gelijke_stand_regel(s.d.regels), "groepen": gelijke_totalen(u), "loting": loting}


def _voorstel(s: _Stand, sleutel: str, *, namen: bool) -> dict[str, Any]:
    rij, oordeel, inhoud = s.uitslag.rij(sleutel), s.oordelen[sleutel], s.inhoud[sleutel]
    criteria = [_score(s, sleutel, c, namen=namen) for c in s.d.regels.criteria]
    return {
        "nummer": rij.nummer, "naam": rij.naam, "titel": inhoud.titel, "penvoerder": rij.penvoerder,
        "gebied": inhoud.gebied, "rang": "–" if rij.rang is None else rij.rang, "totaal": cijfer(rij.totaal),
        "gekozen": rij.gekozen, "status": rij.status, "gevraagd_cent": rij.gevraagd_cent,
        "samenvatting": oordeel.samenvatting, "sterk": oordeel.sterk, "verbeter": oordeel.verbeter,
        "criteria": criteria, "grafiek": [_grafiekrij(c) for c in criteria],
        "grafiektitel": f"Scores voor {rij.naam}. Wat telt: {opsomming([_in_woorden(c) for c in criteria])}.",
    }  # fmt: skip


def _in_woorden(c: dict[str, Any]) -> str:
    return f"{c['titel']} {getal(c['telt'])}"


def _grafiekrij(c: dict[str, Any]) -> dict[str, Any]:
    """A row of the chart; who abstained has no place on the scale."""
    gegeven = [score for score in c["scores"] if score["waarde"] is not None]
    return {"naam": c["titel"], "scores": gegeven, "consensus": c["consensus"]}


def _score(s: _Stand, sleutel: str, c: Criterium, *, namen: bool) -> dict[str, Any]:
    """One criterion: what each assessor gave, the mean, the spread and the joint score with its reason."""
    regels = sorted(s.scores[sleutel, c.sleutel], key=lambda r: s.letter[r.beoordelaar])
    waarden = [r.waarde for r in regels if r.waarde is not None]
    samen = s.consensus.get((sleutel, c.sleutel))
    spreiding = max(waarden) - min(waarden) if waarden else None
    return {
        "titel": c.titel,
        "gewicht": c.gewicht,
        "scores": [{"wie": _letter(s, r), "waarde": r.waarde} for r in regels],
        "gemiddelde": round(fmean(waarden), 6) if waarden else None,
        "spreiding": spreiding,
        "bespreken": spreiding is not None and spreiding >= s.d.regels.verdeling.spreiding_bespreken,
        "consensus": samen.waarde if samen else None,
        "telt": cijfer(s.uitslag.rij(sleutel).per_criterium[c.sleutel]),
        "motivering": samen.motivering if samen else "",
        "ontbreekt": _ontbreekt(s, len(regels), len(waarden)),
        "eigen_redenen": [{"wie": _letter(s, r), "motivering": r.motivering} for r in regels] if namen else [],
    }


def _ontbreekt(s: _Stand, gelezen: int, gegeven: int) -> str:
    """Beside the number, how many of the assessors it rests on, and the announced rule; "" when nobody is missing."""
    leden = len(s.leden) if s.d.regels.beoordeling.per_voorstel is None else gelezen
    if gegeven == leden:
        return ""
    delen = []
    if gelezen > gegeven:
        delen.append(f"{gelezen - gegeven} {'onthield' if gelezen - gegeven == 1 else 'onthielden'} zich")
    if leden > gelezen:
        delen.append(
            f"{leden - gelezen} las het voorstel niet"
            if leden - gelezen == 1
            else f"{leden - gelezen} lazen het voorstel niet"
        )
    verdeling = s.d.regels.verdeling
    if verdeling.score_op == "consensus":
        regel = "De gezamenlijke score telt. Een score die ontbreekt, telt nooit als nul."
    elif verdeling.ontbrekende_score == "blokkeert":
        regel = "De regel van de oproep: zonder score van elke beoordelaar die het las, is er geen rangorde."
    else:
        regel = "De regel van de oproep: het gemiddelde van de andere beoordelaars telt."
    return f"{gegeven} van de {leden} beoordelaars gaven een score ({opsomming(delen)}). {regel}"


def _letter(s: _Stand, regel: Scoreregel) -> str:
    return s.letter[regel.beoordelaar].removeprefix("Beoordelaar ")
