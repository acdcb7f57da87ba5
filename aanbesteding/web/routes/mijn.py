"""My rounds, and the browsers in which I am logged in."""

from fastapi import APIRouter, Request, Response
from sqlmodel import col, select

from ...handelingen import aanmelden, ontwerpen
from ...model import Deelnemer, Rolhouder, Ronde
from ..middelen import Database, Ingelogd, Motor
from ..sjablonen import pagina

router = APIRouter()


@router.get("/mijn")
def mijn(verzoek: Request, bezoek: Ingelogd, session: Database) -> Response:
    vraag = (
        select(Ronde, Rolhouder.rol)
        .join(Deelnemer, col(Deelnemer.ronde_id) == Ronde.id)
        .join(Rolhouder)
        .where(Deelnemer.persoon_id == bezoek.persoon.id)
        .order_by(col(Ronde.id).desc(), col(Rolhouder.id))
    )
    rondes: dict[str, tuple[Ronde, list[str]]] = {}
    for ronde, rol in session.exec(vraag):
        rollen = rondes.setdefault(ronde.kenmerk, (ronde, []))[1]
        if rol not in rollen:
            rollen.append(rol)
    mag = ontwerpen.mag_maken(session, bezoek.persoon)
    return pagina(verzoek, "mijn.html", rondes=list(rondes.values()), mag_maken=mag)


@router.get("/mijn/apparaten")
def apparaten(verzoek: Request, bezoek: Ingelogd, motor: Motor) -> Response:
    sessies = aanmelden.lopende_sessies(motor, bezoek.persoon, bezoek.nu)
    return pagina(verzoek, "apparaten.html", sessies=sessies)
