"""Before the start: what the rules of this round still lack, in one place. The rules themselves stand in the round
folder (docs/rondemap.md); changing them in the browser is not there yet, and the page says whom to ask."""

from fastapi import APIRouter, Request, Response

from ...overzichten import vind
from ...overzichten.stand import stand
from ...procedure import Poort
from ..middelen import Plek
from ..sjablonen import pagina
from .vorm import Leidt

router = APIRouter(prefix="/werk/{kenmerk}/samenstellen")


@router.get("")
def toon(verzoek: Request, plek: Leidt) -> Response:
    return pagina(
        verzoek, "leiden/samenstellen.html", blokkades=_blokkades(plek), regels=vind.regels(plek.session, plek.ronde),
        bevroren=vind.passage(plek.session, plek.ronde, Poort.OPROEP) is not None,
    )  # fmt: skip


def _blokkades(plek: Plek) -> list[str]:
    alle = stand(plek.session, plek.ronde, plek.nu)
    return [b.tekst for p in alle if p.poort is Poort.STARTVOORSTEL for b in p.blokkades]
