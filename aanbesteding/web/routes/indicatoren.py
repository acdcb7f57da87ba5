"""The catalogue of indicators, for everybody: what can be measured, how, and what a figure does not say."""

from fastapi import APIRouter, Request, Response

from ...indicatoren import HERKOMSTEN, NIVEAUS, laad_catalogus
from ...instellingen import instellingen
from ..middelen import MisschienIngelogd
from ..openbare_kop import vindbaar
from ..sjablonen import pagina

router = APIRouter()


@router.get("/indicatoren")
def toon(verzoek: Request, bezoek: MisschienIngelogd) -> Response:
    themas = laad_catalogus(instellingen().indicatoren_map)
    return vindbaar(pagina(verzoek, "openbaar/indicatoren.html", themas=themas, niveaus=NIVEAUS, herkomsten=HERKOMSTEN))
