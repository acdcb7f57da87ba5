"""Logging in with a work account: to the provider and back."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from ...fouten import NietGevonden
from ...handelingen import aanmelden
from ...instellingen import Instellingen, instellingen
from .. import oidc
from ..doen import terug_naar
from ..middelen import Motor, Nu, eigen_pad
from .aanmelden import apparaat, met_koekje

router = APIRouter(prefix="/aanmelden/oidc")
KOEKJE, TERUG = "oidc", "oidc_terug"


def _gekozen() -> Instellingen:
    gekozen = instellingen()
    if not gekozen.oidc_uitgever:
        raise NietGevonden("Inloggen met een werkaccount staat hier niet aan.")
    return gekozen


@router.get("")
def heen(terug: str = "/mijn") -> Response:
    """A link, not a form: our policy forbids forms to other sites."""
    gekozen, poging = _gekozen(), oidc.Poging.nieuw()
    antwoord = RedirectResponse(oidc.begin(gekozen, poging), 303)
    veilig = gekozen.adres.startswith("https://")
    for naam, waarde in ((KOEKJE, poging.als_tekst()), (TERUG, eigen_pad(terug))):
        antwoord.set_cookie(
            naam, waarde, max_age=600, path="/aanmelden/oidc", httponly=True, samesite="lax", secure=veilig
        )
    return antwoord


@router.get("/terug")
def terug(verzoek: Request, motor: Motor, nu: Nu, code: str = "", state: str = "") -> Response:
    poging = oidc.Poging.uit_tekst(verzoek.cookies.get(KOEKJE, ""))
    adres = oidc.mailadres(_gekozen(), poging, code=code, staat=state, nu=nu)
    geheim = aanmelden.begin_sessie(motor, adres, wijze="oidc", apparaat=apparaat(verzoek), nu=nu)
    antwoord = met_koekje(
        verzoek, terug_naar(eigen_pad(verzoek.cookies.get(TERUG, "").strip('"')), "aangemeld"), geheim
    )
    for naam in (KOEKJE, TERUG):
        antwoord.delete_cookie(naam, path="/aanmelden/oidc")
    return antwoord
