"""What the coalition did per pilot area in a wave: hours, participants, activities. By the penvoerder or who leads."""

import hashlib
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from starlette.datastructures import FormData

from ..fouten import Gebruikersfout, Invoerfout
from ..handelingen import concepten
from ..handelingen.reeks import Stap, doe_reeks
from ..inhoud import Meetplan
from ..kern import perioden
from ..meetbronnen.waarden import aantal
from ..model import Coalitie, Deelnemer, Pilot
from ..overzichten import meetstand, metingen
from . import invulformulier as f
from .doen import terug_naar
from .middelen import Plek
from .sjablonen import pagina
from .velden import bewaarbaar

TELLINGEN = (("uren", "Uren"), ("deelnemers", "Deelnemers"), ("activiteiten", "Activiteiten"))
LANGSTE = 500
Fouten = dict[str, list[str]]


@dataclass(frozen=True)
class Inzetplaats:
    """Who types, about which pilot; `gevraagd` is the wave from the address, '' for the newest."""

    wie: Deelnemer
    groep: Coalitie
    pilot: Pilot
    plan: Meetplan
    pad: str
    gevraagd: str
    kruimels: list[tuple[str, str]]

    def golven(self, plek: Plek) -> list[str]:
        return meetstand.inzetgolven(self.plan, plek.nu)

    def golf(self, plek: Plek) -> str:
        alle = self.golven(plek)
        return self.gevraagd if self.gevraagd in alle else alle[0]

    def concept(self, golf: str) -> str:
        return f"inzet/{self.groep.sleutel}/{golf}"


def plaats(gebied: str) -> str:
    return hashlib.sha256(gebied.encode()).hexdigest()[:10]


def _staand(plek: Plek, i: Inzetplaats) -> dict[tuple[str, str], dict[str, Any]]:
    return {(r["gebied"], r["periode"]): r for r in metingen.inspanningen(plek.session, i.pilot)}


def toon(
    verzoek: Request, plek: Plek, i: Inzetplaats, *, plat: f.Plat | None = None, merk: str = "",
    fouten: Fouten | None = None,
) -> Response:  # fmt: skip
    golf, staand = i.golf(plek), _staand(plek, i)
    if plat is None:
        concept = concepten.nieuwste(plek.session, i.wie, i.concept(golf))
        merk = concepten.merk(concept.inhoud) if concept else ""
        plat = concept.inhoud if concept and concept.inhoud else _vooraf(i, golf, staand)
    labels = {f"{t}.{plaats(g)}": f"{label}, {g}" for g in i.plan.pilotgebieden for t, label in TELLINGEN}
    return pagina(
        verzoek, "voorstel/inzet.html", status=422 if fouten else 200, i=i, golf=golf, golven=i.golven(plek), plat=plat,
        merk=merk, fouten=fouten or {}, labels=labels, f=f, plaats=plaats, tellingen=TELLINGEN, sleutel=i.concept(golf),
        staand=list(staand.values()), leesbaar=perioden.leesbaar, kruimels=i.kruimels,
    )  # fmt: skip


def _vooraf(i: Inzetplaats, golf: str, staand: dict[tuple[str, str], dict[str, Any]]) -> f.Plat:
    plat: f.Plat = {}
    for g in i.plan.pilotgebieden:
        if (rij := staand.get((g, golf))) is not None:
            plat |= {f"{t}.{plaats(g)}": str(rij[t]) for t in ("uren", "deelnemers", "activiteiten", "toelichting")}
    return plat


def bewaar(verzoek: Request, plek: Plek, i: Inzetplaats, formulier: FormData) -> Response:
    """All areas or none; the draft is emptied when they are in."""
    golf, adres = i.golf(plek), f"{i.pad}?periode={i.golf(plek)}"
    namen = [f"{t}.{plaats(g)}" for g in i.plan.pilotgebieden for t in (*(t for t, _ in TELLINGEN), "toelichting")]
    plat: f.Plat = bewaarbaar({n: w for n in namen if isinstance(w := formulier.get(n), str)})
    merk = str(formulier.get("_merk", ""))
    uit = concepten.bewaar(plek.motor, i.wie, i.concept(golf), plat, vanaf=merk, nu=plek.nu)
    if formulier.get("_knop") != "indienen":
        return terug_naar(adres, "bewaard")
    rijen, fouten = _lees(i, golf, plat, _staand(plek, i))
    if not rijen and not fouten:
        fouten = {"": ["Er is niets veranderd. Vul bij minstens één gebied de inzet in."]}
    if not fouten:
        stappen = [Stap(r["gebied"], i.wie.sleutel, r) for r in rijen]
        try:
            doe_reeks(plek.motor, plek.kenmerk, "inspanning", stappen, nu=plek.nu, waar="inzet")
        except Gebruikersfout as fout:
            fouten = {"": fout.fouten if isinstance(fout, Invoerfout) else [fout.bericht]}
    if fouten:
        plek.session.rollback()
        return toon(verzoek, plek, i, plat=plat, merk=uit.merk, fouten=fouten)
    concepten.bewaar(plek.motor, i.wie, i.concept(golf), {}, vanaf=uit.merk, nu=plek.nu)
    return terug_naar(adres, "inzet")


def _lees(
    i: Inzetplaats, golf: str, plat: f.Plat, staand: dict[tuple[str, str], dict[str, Any]]
) -> tuple[list[dict[str, Any]], Fouten]:
    """Areas that were filled in and differ from what stands there; an area without anything is left alone."""
    rijen, fouten = [], Fouten()
    for g in i.plan.pilotgebieden:
        p = plaats(g)
        ruw = {t: f.tekst(plat, f"{t}.{p}").strip() for t, _ in TELLINGEN}
        uitleg = f.tekst(plat, f"toelichting.{p}").strip()
        if not any(ruw.values()) and not uitleg:
            continue
        if len(uitleg) > LANGSTE:
            fouten[f"toelichting.{p}"] = [f"is te lang; hooguit {LANGSTE} tekens"]
        rij: dict[str, Any] = {"gebied": g, "periode": golf, "toelichting": uitleg}
        for t, label in TELLINGEN:
            try:
                rij[t] = aantal(ruw[t])
            except ValueError as fout:
                fouten[f"{t}.{p}"] = [str(fout).replace(" mensen", "")]
            else:
                if rij[t] is None:
                    fouten[f"{t}.{p}"] = [f"vul een getal in; geen {label.lower()} is 0"]
        if rij != staand.get((g, golf)):
            rijen.append({"coalitie": i.groep.sleutel, **rij})
    return rijen, fouten
