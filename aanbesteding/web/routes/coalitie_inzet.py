"""The penvoerder writes down what the coalition did per area: the dose beside the measured values."""

from fastapi import APIRouter, Request, Response

from ...inhoud import Meetplan
from ...overzichten import eigen_voorstel
from ...procedure import Poort
from .. import inzetblad
from ..coalitieplek import AlsPenvoerder, Werkplek
from ..sjablonen import pagina
from .na_selectie import Formulier

router = APIRouter(prefix="/werk/{kenmerk}/coalitie/{sleutel}/inzet")


def _plaats(w: Werkplek, periode: str) -> inzetblad.Inzetplaats | None:
    v = eigen_voorstel.voorstel(w.plek.session, w.groep)
    p = eigen_voorstel.pilot(w.plek.session, v) if v is not None and Poort.START in w.poorten else None
    rij = eigen_voorstel.meetplan(w.plek.session, v) if v is not None and p is not None else None
    if p is None or rij is None:
        return None
    plan, kruimels = Meetplan.model_validate(rij.inhoud), w.kruimels(("Inzet", ""))
    return inzetblad.Inzetplaats(w.kring.wie, w.groep, p, plan, f"{w.pad}/inzet", periode, kruimels)


def _nog_niet(verzoek: Request, w: Werkplek) -> Response:
    return pagina(verzoek, "voorstel/nog-niet.html", w=w, wat="voortgang", beslist=Poort.SELECTIE in w.poorten)


@router.get("")
def toon(verzoek: Request, w: AlsPenvoerder, periode: str = "") -> Response:
    i = _plaats(w, periode)
    return inzetblad.toon(verzoek, w.plek, i) if i else _nog_niet(verzoek, w)


@router.post("")
def bewaar(verzoek: Request, w: AlsPenvoerder, formulier: Formulier, periode: str = "") -> Response:
    i = _plaats(w, periode)
    return inzetblad.bewaar(verzoek, w.plek, i, formulier) if i else _nog_niet(verzoek, w)
