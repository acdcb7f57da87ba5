"""What the project leader writes himself outside the college: the report of the start meeting, judgments of plans."""

from typing import Any

from fastapi import APIRouter, BackgroundTasks, Request, Response

from ...fouten import Gebruikersfout, Invoerfout, NietGevonden
from ...handelingen import concepten
from ...overzichten import leiden, oproepfase, vind
from ...procedure import Poort, Rol
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..middelen import Plek
from ..sjablonen import pagina
from ..velden import Formulier, Velden
from .mensen import SOORTEN
from .vorm import Fouten, Leidt, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/leiden")
GROEPEN = (*SOORTEN, "inwoners", "anders")


@router.get("/startbijeenkomst")
def toon_verslag(verzoek: Request, plek: Leidt) -> Response:
    return _verslag(verzoek, plek)


def _verslag(
    verzoek: Request, plek: Plek, *, waarden: dict[str, Any] | None = None, fouten: Fouten | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    regels = vind.regels(plek.session, plek.ronde)
    wie = plek.deelnemer(Rol.PROJECTLEIDER)
    concept = concepten.nieuwste(plek.session, wie, "startbijeenkomst")
    inhoud = concept.inhoud if concept else {}
    gedaan = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    return pagina(
        verzoek, "leiden/startbijeenkomst.html", status=status, fouten=fouten or {}, sleutel=nieuwe_sleutel(),
        verslag=oproepfase.bijeenkomst(plek.session, plek.ronde), groepen=GROEPEN, wie=wie,
        moment=vind.momenten(regels, "startbijeenkomst")[0], begonnen=Poort.OPROEP.value in gedaan,
        voorbij=Poort.SLUITING.value in gedaan, merk=concepten.merk(inhoud),
        waarden=waarden or inhoud or {"plaats": regels.termijnen.startbijeenkomst_plaats},
    )  # fmt: skip


@router.post("/startbijeenkomst")
def bewaar_verslag(verzoek: Request, plek: Leidt, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    wie = plek.deelnemer(Rol.PROJECTLEIDER)
    try:
        gegevens = {
            "plaats": velden["plaats"], "verslag": velden["verslag"], "aanwezig": _aanwezig(velden),
            "vragen": [r.strip() for r in velden["vragen"].splitlines() if r.strip()],
        }  # fmt: skip
        doe_als(plek, wie, "startbijeenkomst", gegevens, sleutel=velden["sleutel"], achteraf=achteraf)
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _verslag(verzoek, plek, waarden=velden.tekst, fouten=fouten_uit(fout), status=422)
    return terug_naar(f"/werk/{plek.kenmerk}/leiden/startbijeenkomst", "verslag")


def _aanwezig(velden: Velden) -> dict[str, int]:
    """How many of each kind of organisation; empty is none. Raises Invoerfout for what is no number."""
    getypt = {g: velden[f"aantal-{g}"] for g in GROEPEN if velden[f"aantal-{g}"]}
    fout = [f"aantal-{g}: vul een heel getal in" for g, w in getypt.items() if not (w.isascii() and w.isdigit())]
    fout += [f"aantal-{g}: dit zijn er wel erg veel" for g, w in getypt.items() if w.isdigit() and len(w) > 5]
    if fout:
        raise Invoerfout(fout, waar="startbijeenkomst")
    return {g: int(w) for g, w in getypt.items() if int(w)}


# ---------------------------------------------------------------- plans


@router.get("/plannen")
def plannen(verzoek: Request, plek: Leidt) -> Response:
    regels = vind.regels(plek.session, plek.ronde)
    gedaan = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    return pagina(
        verzoek, "leiden/plannen.html", rijen=leiden.plannen(plek.session, plek.ronde),
        gekozen=Poort.SELECTIE.value in gedaan, klaar=Poort.PLANNEN.value in gedaan,
        tot=vind.momenten(regels, "plannen_tot")[0],
    )  # fmt: skip


@router.get("/plannen/{coalitie}")
def toon_plan(verzoek: Request, plek: Leidt, coalitie: str) -> Response:
    return _plan(verzoek, plek, coalitie)


def _plan(
    verzoek: Request, plek: Plek, coalitie: str, *, waarden: dict[str, Any] | None = None,
    fouten: Fouten | None = None, status: int = 200,
) -> Response:  # fmt: skip
    rij = next((r for r in leiden.plannen(plek.session, plek.ronde) if r.coalitie.sleutel == coalitie), None)
    if rij is None:
        raise NietGevonden("Deze coalitie is niet gekozen, of bestaat niet.")
    wie = plek.deelnemer(Rol.PROJECTLEIDER)
    concept = concepten.nieuwste(plek.session, wie, f"planoordeel/{coalitie}/{rij.plan.versie}") if rij.plan else None
    inhoud = concept.inhoud if concept else {}
    klaar = vind.passage(plek.session, plek.ronde, Poort.PLANNEN)
    return pagina(
        verzoek, "leiden/plan.html", status=status, rij=rij, fouten=fouten or {}, sleutel=nieuwe_sleutel(), wie=wie,
        waarden=waarden or inhoud, merk=concepten.merk(inhoud), klaar=klaar,
    )  # fmt: skip


@router.post("/plannen/{coalitie}")
def oordeel(verzoek: Request, plek: Leidt, coalitie: str, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    gegevens: dict[str, Any] = {
        "coalitie": coalitie, "motivering": velden["motivering"],
        "voorwaarden": [r.strip() for r in velden["voorwaarden"].splitlines() if r.strip()],
    }  # fmt: skip
    if velden["akkoord"] in ("ja", "nee"):
        gegevens["akkoord"] = velden["akkoord"] == "ja"
    try:
        doe_als(plek, plek.deelnemer(Rol.PROJECTLEIDER), "oordeel_plan", gegevens,
                sleutel=velden["sleutel"], achteraf=achteraf)  # fmt: skip
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _plan(verzoek, plek, coalitie, waarden=velden.tekst, fouten=fouten_uit(fout), status=422)
    return terug_naar(f"/werk/{plek.kenmerk}/leiden/plannen", "planoordeel")
