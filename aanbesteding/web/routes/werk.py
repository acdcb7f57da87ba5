"""The first page of a round, for every role: what must I do now, until when, and what happens in the round."""

from fastapi import APIRouter, Request, Response

from ...overzichten import vind
from ...overzichten.kansen import kansen
from ...overzichten.stand import verloop
from ...overzichten.taken import LOOPT
from ...overzichten.te_doen import taken_van
from ...overzichten.te_doen_teams import streefdatums
from ...procedure import Fase
from .. import poortwoorden
from ..middelen import InRonde
from ..sjablonen import pagina

router = APIRouter()


@router.get("/werk/{kenmerk}")
def werk(verzoek: Request, plek: InRonde) -> Response:
    dicht = plek.ronde.fase in (Fase.INGETROKKEN, Fase.AFGESLOTEN)
    poorten = verloop(plek.session, plek.ronde, plek.nu)
    gedaan = {p.poort.value for p in poorten if p.status == "gepasseerd"}
    regels = vind.regels(plek.session, plek.ronde)
    return pagina(
        verzoek,
        "werk/index.html",
        dicht=dicht,
        taken=[] if dicht else taken_van(plek.session, plek.ronde, plek.als, plek.nu),
        kansen=[] if dicht else kansen(plek.ronde, regels, set(plek.als), gedaan, plek.nu),
        nu_aan_zet=[] if dicht else [p for p in poorten if p.status in LOOPT],
        stappen=poortwoorden.kort(poorten),
        streef=streefdatums(regels),
        woorden=poortwoorden,
    )
