"""After the selection: the full plan, progress reports, what is measured, and the letters of this coalition."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from ...documenten.archief import Archief
from ...fouten import Gebruikersfout, Invoerfout, NietGevonden
from ...handelingen import concepten
from ...inhoud import Meetplan
from ...instellingen import instellingen
from ...kern import perioden
from ...model import Pilot, Voorstel
from ...overzichten import eigen_voorstel, vind
from ...procedure import Poort
from .. import invulformulier as f
from .. import planformulier, voorstelformulier
from ..coalitieplek import AlsPenvoerder, InCoalitie, Werkplek
from ..doen import doe_als, nieuwe_sleutel, per_veld, terug_naar, zonder_raad
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}/coalitie/{sleutel}")
Nummer = Annotated[int, Path(ge=1, le=99)]


async def _formulier(verzoek: Request) -> FormData:
    return await verzoek.form(max_files=0, max_fields=2000, max_part_size=500_000)


Formulier = Annotated[FormData, Depends(_formulier)]
Opnieuw = Callable[[f.Plat, str, dict[str, list[str]]], Response]
"""The page again, from the text, its mark and the faults."""


def _geselecteerd(w: Werkplek) -> Voorstel | None:
    """The own proposal when the published decision chose it: before gate selectie nobody may know."""
    v = eigen_voorstel.voorstel(w.plek.session, w.groep)
    return v if v is not None and Poort.SELECTIE in w.poorten and v.geselecteerd else None


def _pilot(w: Werkplek) -> Pilot | None:
    v = _geselecteerd(w)
    return eigen_voorstel.pilot(w.plek.session, v) if v else None


def _nog_niet(verzoek: Request, w: Werkplek, wat: str) -> Response:
    """A calm page: not yet, or not for this coalition, with what comes next."""
    return pagina(verzoek, "voorstel/nog-niet.html", w=w, wat=wat, beslist=Poort.SELECTIE in w.poorten)


# ---------------------------------------------------------------- plan


@router.get("/plan")
def toon_plan(verzoek: Request, w: AlsPenvoerder, erbij: str = "") -> Response:
    v = _geselecteerd(w)
    if v is None:
        return _nog_niet(verzoek, w, "plan")
    plannen = eigen_voorstel.plannen(w.plek.session, v)
    concept = w.concept("plan")
    if concept is not None:
        plat = concept.inhoud
    elif plannen:
        plat = f.uit_inhoud(planformulier.PLAN, plannen[0][0].inhoud)
    else:
        plat = _begin(w)
    return _plan(verzoek, w, plat, concepten.merk(concept.inhoud) if concept else "", erbij=erbij)


def _begin(w: Werkplek) -> f.Plat:
    """The plan starts from the proposal: what was written once is not asked again."""
    alle = eigen_voorstel.indieningen(w.plek.session, w.groep)
    inhoud: dict[str, Any] = alle[0].rij.inhoud if alle else {}
    eigen = f.uit_inhoud(voorstelformulier.delen(w.regels), inhoud)
    bekend = set(f.namen(planformulier.PLAN))
    return {k: x for k, x in eigen.items() if k in bekend and k != "planning"}


def _plan(
    verzoek: Request, w: Werkplek, plat: f.Plat, merk: str, *, erbij: str = "",
    fouten: dict[str, list[str]] | None = None,
) -> Response:  # fmt: skip
    v = _geselecteerd(w)
    return pagina(
        verzoek, "voorstel/plan.html", status=422 if fouten else 200, w=w, plat=plat, merk=merk, f=f, erbij=erbij,
        delen=planformulier.PLAN, fouten=fouten or {}, labels=f.labels(planformulier.PLAN, rijen_tot=40),
        plannen=eigen_voorstel.plannen(w.plek.session, v) if v else [], formuliersleutel=nieuwe_sleutel(),
        gesloten=Poort.PLANNEN in w.poorten,
    )  # fmt: skip


@router.post("/plan")
def bewaar_plan(verzoek: Request, w: AlsPenvoerder, formulier: Formulier, achteraf: BackgroundTasks) -> Response:
    return _bewaar_of_doe(
        verzoek, w, formulier, achteraf, wat="plan", extra="", delen=planformulier.PLAN, handeling="dien_plan_in",
        gegevens={}, terug=f"{w.pad}/plan", opnieuw=lambda p, m, fo: _plan(verzoek, w, p, m, fouten=fo),
    )  # fmt: skip


def _bewaar_of_doe(
    verzoek: Request, w: Werkplek, formulier: FormData, achteraf: BackgroundTasks, *, wat: str, extra: str,
    delen: f.Delen, handeling: str, gegevens: dict[str, Any], terug: str, opnieuw: Opnieuw,
) -> Response:  # fmt: skip
    """One form with several buttons: keep the draft, one row more or less, or hand it in."""
    plat, knop = f.uit_formulier(delen, formulier), str(formulier.get("_knop", ""))
    soort, _, welke = knop.partition(":")
    if soort == "weg":
        plat = f.zonder_rij(delen, plat, welke)
    try:
        concepten.bewaar(
            w.plek.motor, w.kring.wie, w.sleutel(wat, extra), plat, vanaf=str(formulier.get("_merk", "")), nu=w.plek.nu
        )
        if soort != "indienen":
            rij = welke.partition("-")[0]
            vraag = f"?erbij={rij}#rijen-{rij}" if soort == "erbij" else f"?klaar=bewaard#rijen-{rij}"
            return RedirectResponse(terug + vraag, 303) if soort in ("erbij", "weg") else terug_naar(terug, "bewaard")
        alles = {"coalitie": w.groep.sleutel, "inhoud": f.naar_inhoud(delen, plat), **gegevens}
        doe_als(w.plek, w.kring.wie, handeling, alles, sleutel=str(formulier.get("sleutel", "")), achteraf=achteraf)
    except Invoerfout as fout:
        return opnieuw(plat, concepten.merk(plat), f.fouten_per_veld(per_veld(fout), delen))
    except Gebruikersfout as fout:
        return opnieuw(plat, concepten.merk(plat), {"": [zonder_raad(fout)]})
    return terug_naar(terug, "ingeleverd")


# ---------------------------------------------------------------- progress


@router.get("/voortgang")
def toon_voortgang(verzoek: Request, w: AlsPenvoerder) -> Response:
    p = _pilot(w)
    if p is None:
        return _nog_niet(verzoek, w, "voortgang")
    momenten = list(enumerate(vind.momenten(w.regels, "voortgang"), 1))
    return pagina(
        verzoek, "voorstel/voortgang.html", w=w, momenten=momenten, rijen=eigen_voorstel.voortgang(w.plek.session, p)
    )


@router.get("/voortgang/{nummer}")
def schrijf_voortgang(verzoek: Request, w: AlsPenvoerder, nummer: Nummer) -> Response:
    p = _pilot(w)
    if p is None:
        return _nog_niet(verzoek, w, "voortgang")
    concept = w.concept("voortgang", str(nummer))
    eerder = eigen_voorstel.voortgang(w.plek.session, p).get(nummer)
    plat: f.Plat = concept.inhoud if concept else {}
    if concept is None and eerder is not None:
        plat = f.uit_inhoud(planformulier.VOORTGANG, eerder.inhoud)
    return _voortgang(verzoek, w, nummer, plat, concepten.merk(concept.inhoud) if concept else "")


def _voortgang(
    verzoek: Request, w: Werkplek, nummer: int, plat: f.Plat, merk: str, *, fouten: dict[str, list[str]] | None = None
) -> Response:  # fmt: skip
    momenten = vind.momenten(w.regels, "voortgang")
    if nummer > len(momenten):
        raise NietGevonden(f"Er zijn {len(momenten)} momenten voor een voortgangsbericht.")
    p = _pilot(w)
    return pagina(
        verzoek, "voorstel/voortgang-schrijven.html", status=422 if fouten else 200, w=w, nummer=nummer, plat=plat,
        moment=momenten[nummer - 1], merk=merk, delen=planformulier.VOORTGANG, f=f, fouten=fouten or {},
        labels=f.labels(planformulier.VOORTGANG), formuliersleutel=nieuwe_sleutel(),
        eerder=eigen_voorstel.voortgang(w.plek.session, p).get(nummer) if p else None,
    )  # fmt: skip


@router.post("/voortgang/{nummer}")
def lever_voortgang(
    verzoek: Request, w: AlsPenvoerder, nummer: Nummer, formulier: Formulier, achteraf: BackgroundTasks
) -> Response:
    klaar = str(formulier.get("_knop", "")) == "indienen"
    return _bewaar_of_doe(
        verzoek, w, formulier, achteraf, wat="voortgang", extra=str(nummer), delen=planformulier.VOORTGANG,
        handeling="voortgang", gegevens={"nummer": nummer},
        terug=f"{w.pad}/voortgang" if klaar else f"{w.pad}/voortgang/{nummer}",
        opnieuw=lambda p, m, fo: _voortgang(verzoek, w, nummer, p, m, fouten=fo),
    )  # fmt: skip


# ---------------------------------------------------------------- measurements and letters


@router.get("/metingen")
def toon_metingen(verzoek: Request, w: InCoalitie) -> Response:
    v, p = _geselecteerd(w), _pilot(w)
    rij = eigen_voorstel.meetplan(w.plek.session, v) if v else None
    if rij is None or Poort.PLANNEN not in w.poorten:
        return _nog_niet(verzoek, w, "metingen")
    return pagina(
        verzoek, "voorstel/metingen.html", w=w, plan=Meetplan.model_validate(rij.inhoud), rij=rij,
        metingen=eigen_voorstel.metingen(w.plek.session, p) if p else {}, momenten=vind.momenten(w.regels, "metingen"),
        rapporten=eigen_voorstel.effectrapporten(w.plek.session, w.groep), leesbaar=perioden.leesbaar,
    )  # fmt: skip


@router.get("/brieven")
def toon_brieven(verzoek: Request, w: AlsPenvoerder) -> Response:
    return pagina(verzoek, "voorstel/brieven.html", w=w, brieven=eigen_voorstel.brieven(w.plek.session, w.groep))


@router.get("/brieven/{sha256}.pdf")
def haal_brief(w: InCoalitie, sha256: str) -> Response:
    """One of the letters of this coalition, or a public report about its pilot; nothing else has this address."""
    stukken = eigen_voorstel.brieven(w.plek.session, w.groep) if w.kring.schrijft else []
    stukken = [*stukken, *eigen_voorstel.effectrapporten(w.plek.session, w.groep)]
    stuk = next((d for d in stukken if d.sha256 == sha256), None)
    if stuk is None:
        raise NietGevonden("Deze brief is er niet, of is niet aan uw coalitie gericht.")
    inhoud = Archief(instellingen().archief_map).lees(sha256)
    koppen = {"Content-Disposition": f'inline; filename="{stuk.bestandsnaam.rpartition("/")[2]}"'}
    return Response(inhoud, media_type="application/pdf", headers=koppen)
