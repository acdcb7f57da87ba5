"""The documents of a round that this person may see, by gate, and each as a PDF."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from ...documenten.archief import Archief
from ...instellingen import instellingen
from ...overzichten import stukken
from ...procedure import PROCEDURE
from ..middelen import InRonde
from ..rolwoorden import POORT
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}/stukken")
VOLGORDE = {r.poort.value: n for n, r in enumerate(PROCEDURE, 1)}


@router.get("")
def lijst(verzoek: Request, plek: InRonde) -> Response:
    """The latest gate first; receipts, which belong to no gate, at the end."""
    rijen = sorted(stukken.lijst(plek.session, plek.ronde, plek.als), key=lambda r: -VOLGORDE.get(r[1], 0))
    groepen = [
        (POORT.get(poort, "Ontvangst van voorstellen"), [d for d, _ in groep])
        for poort, groep in groupby(rijen, key=lambda r: r[1])
    ]
    return pagina(verzoek, "stukken/lijst.html", groepen=groepen)


@router.get("/{nummer}.pdf")
def download(plek: InRonde, nummer: Annotated[int, Path(ge=1, le=2**31)]) -> Response:
    """The archived bytes, checked against their hash; shown in the browser, never run."""
    d = stukken.een(plek.session, plek.ronde, plek.als, nummer)
    koppen = {"Content-Disposition": f'inline; filename="{d.bestandsnaam}"', "Cache-Control": "private, no-store"}
    inhoud = Archief(instellingen().archief_map).lees(d.sha256)
    return Response(inhoud, media_type="application/pdf", headers=koppen)
