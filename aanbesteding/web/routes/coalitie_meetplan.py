"""The coalition at its measuring plan: read it, agree with it, or say what should be different."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, BackgroundTasks, Request, Response

from ...fouten import Gebruikersfout
from ...inhoud import Meetplan
from ...model import Gebiedenloting
from ...overzichten import eigen_voorstel, meetplannen, ontwerpen, vind
from ...procedure import Poort
from ..coalitieplek import AlsPenvoerder, InCoalitie, Werkplek
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..sjablonen import pagina
from ..theorieplaat import als_lijst, theorieplaat
from ..velden import Formulier
from .gebiedenloting import als_bestand
from .vorm import Fouten, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/coalitie/{sleutel}/meetplan")


@dataclass(frozen=True)
class _Lot:
    loting: Gebiedenloting | None


@router.get("")
def toon(verzoek: Request, w: InCoalitie) -> Response:
    return _toon(verzoek, w)


def _toon(
    verzoek: Request, w: Werkplek, *, fouten: Fouten | None = None, getypt: dict[str, str] | None = None
) -> Response:
    v = eigen_voorstel.voorstel(w.plek.session, w.groep)
    if v is None or not v.geselecteerd or Poort.SELECTIE not in w.poorten:
        return pagina(verzoek, "voorstel/nog-niet.html", w=w, wat="metingen", beslist=Poort.SELECTIE in w.poorten)
    versies, lotingen = meetplannen.versies(w.plek.session, v), meetplannen.lotingen(w.plek.session, v)
    return pagina(
        verzoek, "voorstel/meetplan.html", status=422 if fouten else 200, w=w, fouten=fouten or {}, getypt=getypt or {},
        versies=versies, sleutel=nieuwe_sleutel(), momenten=vind.momenten(w.regels, "metingen"),
        loting=(lot := meetplannen.geldig(lotingen)), soorten=meetplannen.SOORTWOORDEN,
        starten=meetplannen.startperioden(lot) if lot else {}, kruimels=w.kruimels(("Meetplan", "")),
        vervallen=[r for r in lotingen if r.vervallen_op], **_inhoud(w, versies), **_theorie(w, v),
    )  # fmt: skip


def _inhoud(w: Werkplek, versies: list[Any]) -> dict[str, Any]:
    if not versies:
        return {"plan": None, "advies": None}
    plan = Meetplan.model_validate(versies[-1][0].inhoud)
    return {"plan": plan, "advies": ontwerpen.advies_bij_plan(plan, vind.momenten(w.regels, "metingen"))}


def _theorie(w: Werkplek, v: Any) -> dict[str, Any]:
    plannen = eigen_voorstel.plannen(w.plek.session, v)
    theorie = plannen[0][0].inhoud["verandertheorie"] if plannen else None
    return {
        "plaat": theorieplaat(w.plek.ronde.gemeente, theorie) if theorie else "",
        "stappen": als_lijst(theorie) if theorie else [],
    }


@router.post("")
def reageer(verzoek: Request, w: AlsPenvoerder, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    gegevens = {
        "coalitie": w.groep.sleutel, "versie": velden.getal("versie"), "akkoord": velden["antwoord"] == "akkoord",
        "opmerking": velden["opmerking"],
    }  # fmt: skip
    try:
        if velden["antwoord"] not in ("akkoord", "anders"):
            return _toon(verzoek, w, fouten={"antwoord": ["kies ja of nee"]}, getypt=velden.tekst)
        doe_als(w.plek, w.kring.wie, "akkoord_meetplan", gegevens, sleutel=velden["sleutel"], achteraf=achteraf)
    except Gebruikersfout as fout:
        w.plek.session.rollback()
        return _toon(verzoek, w, fouten=fouten_uit(fout), getypt=velden.tekst)
    return terug_naar(f"{w.pad}/meetplan", "reactie")


@router.get("/loting.json")
def loting(w: InCoalitie) -> Response:
    v = eigen_voorstel.voorstel(w.plek.session, w.groep)
    zichtbaar = v is not None and v.geselecteerd and Poort.SELECTIE in w.poorten
    return als_bestand(_Lot(meetplannen.geldig(meetplannen.lotingen(w.plek.session, v)) if zichtbaar and v else None))
