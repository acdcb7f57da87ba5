"""Logging in with a link by mail, and out again. The link is opened with a button: a mail scanner that follows
links must not use it up."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Request, Response
from fastapi.responses import RedirectResponse

from ...fouten import GeenToestemming
from ...handelingen import aanmelden
from ...instellingen import instellingen
from ...post.direct import stuur_aanmeldlink
from ..doen import terug_naar
from ..middelen import KOEKJE, Ingelogd, MisschienIngelogd, Motor, Nu, eigen_pad
from ..sjablonen import pagina

router = APIRouter()
Tekst = Annotated[str, Form()]


@router.get("/aanmelden")
def toon(verzoek: Request, bezoek: MisschienIngelogd, terug: str = "/mijn") -> Response:
    if bezoek is not None:
        return RedirectResponse(eigen_pad(terug), 303)
    return _formulier(verzoek, terug)


def _formulier(verzoek: Request, terug: str, *, email: str = "", fout: str = "", status: int = 200) -> Response:
    gekozen = instellingen()
    return pagina(
        verzoek, "aanmelden.html", status=status, terug=eigen_pad(terug), email=email, fout=fout,
        oidc=gekozen.oidc_naam if gekozen.oidc_uitgever else "", voorbeeld=gekozen.voorbeeld,
    )  # fmt: skip


@router.post("/aanmelden")
def vraag_link(
    verzoek: Request, motor: Motor, nu: Nu, achteraf: BackgroundTasks, email: Tekst = "", terug: Tekst = "/mijn"
) -> Response:
    """The answer is the same for a known and an unknown address, and takes the same time: mail goes afterwards."""
    if "@" not in email.strip("@ ") or " " in email.strip():
        fout = "Vul uw e-mailadres in, bijvoorbeeld naam@vereniging.nl."
        return _formulier(verzoek, terug, email=email, fout=fout, status=422)
    plek = verzoek.client.host if verzoek.client else ""
    try:
        link = aanmelden.vraag_link(motor, email, terug=eigen_pad(terug), plek=plek, nu=nu)
    except GeenToestemming as fout_:
        return _formulier(verzoek, terug, email=email, fout=fout_.bericht, status=429)
    if link is not None:
        achteraf.add_task(stuur_aanmeldlink, instellingen(), **vars(link), nu=nu)
    return pagina(verzoek, "link-verstuurd.html", email=email, voorbeeld=instellingen().voorbeeld)


@router.get("/aanmelden/link/{geheim}")
def toon_link(verzoek: Request, geheim: str) -> Response:
    return pagina(verzoek, "link-openen.html", geheim=geheim)


@router.post("/aanmelden/link/{geheim}")
def gebruik_link(verzoek: Request, geheim: str, motor: Motor, nu: Nu) -> Response:
    sessie, terug = aanmelden.gebruik_link(motor, geheim, apparaat=apparaat(verzoek), nu=nu)
    return met_koekje(verzoek, terug_naar(eigen_pad(terug), "aangemeld"), sessie)


@router.post("/afmelden")
def meld_af(verzoek: Request, motor: Motor, nu: Nu) -> Response:
    aanmelden.eindig_sessie(motor, verzoek.cookies.get(KOEKJE, ""), nu)
    antwoord = terug_naar("/", "afgemeld")
    antwoord.delete_cookie(KOEKJE, path="/")
    return antwoord


@router.post("/mijn/andere-apparaten")
def meld_andere_af(bezoek: Ingelogd, motor: Motor) -> Response:
    aanmelden.eindig_andere(motor, bezoek.persoon, bezoek.sessie, bezoek.nu)
    return terug_naar("/mijn/apparaten", "sessies")


def apparaat(verzoek: Request) -> str:
    """What people recognise: browser and system, no more."""
    agent = verzoek.headers.get("user-agent", "")
    browser = next((b for b in ("Firefox", "Edg", "Chrome", "Safari") if b in agent), "een browser")
    systeem = next((s for s in ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux") if s in agent), "")
    naam = {"Edg": "Edge"}.get(browser, browser)
    return f"{naam} op {systeem}" if systeem else naam


def met_koekje(verzoek: Request, antwoord: RedirectResponse, geheim: str) -> RedirectResponse:
    """The session cookie: not for scripts, not to other sites, over https where the site has it."""
    veilig = instellingen().adres.startswith("https://")
    antwoord.set_cookie(KOEKJE, geheim, httponly=True, samesite="lax", secure=veilig, path="/")
    return antwoord
