"""The adviser's desk: own coalitions, their drafts to read, comments per part, and hours. And the page where a
coalition reads those comments."""

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response

from ...fouten import NietGevonden
from ...overzichten import adviezen, bestanden, coalities, inzage, opmerkingen, vind
from ...procedure import Rol
from .. import invulformulier as f
from .. import voorstelformulier
from ..coalitieplek import Coalitiesleutel, InCoalitie, Werkplek, bij_coalitie, tekst_nu
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..getypt import Formulier, Fouten, Getypt, mag, probeer
from ..middelen import InRonde, Plek, rol
from ..sjablonen import pagina

ADVISEUR = Depends(rol(Rol.ADVISEUR))
router = APIRouter(prefix="/werk/{kenmerk}")


@router.get("/advies", dependencies=[ADVISEUR])
def lijst(verzoek: Request, plek: InRonde) -> Response:
    mijn = adviezen.van_adviseur(plek.session, plek.ronde, plek.deelnemer(Rol.ADVISEUR))
    regels = vind.regels(plek.session, plek.ronde)
    return pagina(
        verzoek, "advies/lijst.html", mijn=mijn, opgaven={o.sleutel: o for o in regels.opgaven},
        open_=adviezen.open_opmerkingen(plek.session, [h.groep for h in mijn]), sluiting=vind.momenten(
            regels, "sluiting")[-1], momenten=[m for m in vind.momenten(regels, "adviesmomenten") if m > plek.nu],
    )  # fmt: skip


def _eigen(plek: Plek, sleutel: str) -> adviezen.Hulp:
    """This adviser's work for this coalition; another's coalition does not exist for him."""
    mijn = adviezen.van_adviseur(plek.session, plek.ronde, plek.deelnemer(Rol.ADVISEUR))
    gevonden = next((h for h in mijn if h.groep.sleutel == sleutel), None)
    if gevonden is None:
        raise NietGevonden("Deze coalitie is er niet, of u bent er niet de adviseur van.")
    return gevonden


def _adviespagina(
    verzoek: Request, plek: Plek, sleutel: str, getypt: Formulier, fouten: Fouten, status: int = 200
) -> Response:
    h, w = _eigen(plek, sleutel), bij_coalitie(plek, sleutel)
    plat, _ = tekst_nu(w) if w.concept() is not None else ({}, "")
    return pagina(
        verzoek, "advies/toon.html", status=status, h=h, w=w, plat=plat, f=f, getypt=getypt, fouten=fouten,
        zicht=inzage.concept(plek.session, plek.ronde, plek.deelnemer(Rol.ADVISEUR), sleutel), concept=w.concept(),
        delen=voorstelformulier.delen(w.regels), opmerkingen=opmerkingen.per_onderdeel(plek.session, w.groep),
        partners=coalities.partners(plek.session, w.groep), trekker=coalities.penvoerder(plek.session, w.groep),
        bestanden=bestanden.van_coalitie(plek.session, vind.sid(w.groep.id)), sleutel=nieuwe_sleutel(),
        uren=adviezen.uren(plek.session, h.advies), mag_opmerken=mag(plek, w.regels, w.poorten, "plaats_opmerking"),
        mag_uren=mag(plek, w.regels, w.poorten, "log_advies"),
        kruimels=[("Advies geven", f"/werk/{plek.kenmerk}/advies"), (w.groep.naam, "")],
    )  # fmt: skip


@router.get("/advies/{sleutel}", dependencies=[ADVISEUR])
def toon(verzoek: Request, plek: InRonde, sleutel: Coalitiesleutel) -> Response:
    return _adviespagina(verzoek, plek, sleutel, Formulier(), {})


@router.post("/advies/{sleutel}/uren", dependencies=[ADVISEUR])
def log_uren(
    verzoek: Request, plek: InRonde, sleutel: Coalitiesleutel, getypt: Getypt, achteraf: BackgroundTasks
) -> Response:
    _eigen(plek, sleutel)
    gegevens = {"coalitie": sleutel, "uren": getypt.getal("uren"), "onderwerp": getypt["onderwerp"]}
    fouten, status = probeer(
        lambda: doe_als(
            plek, plek.deelnemer(Rol.ADVISEUR), "log_advies", gegevens, sleutel=getypt["sleutel"], achteraf=achteraf
        )
    )
    if fouten:
        return _adviespagina(verzoek, plek, sleutel, getypt, fouten, status)
    return terug_naar(f"/werk/{plek.kenmerk}/advies/{sleutel}", "uren")


# ---------------------------------------------------------------- comments, for the whole circle


def _onderdelen(w: Werkplek) -> dict[str, str]:
    """Part that one can comment on → its label."""
    velden = {v.naam: v.label for v in f.alle_velden(voorstelformulier.delen(w.regels))}
    return {"algemeen": "Het hele voorstel"} | velden


def _opmerkingenpagina(verzoek: Request, w: Werkplek, getypt: Formulier, fouten: Fouten, status: int = 200) -> Response:
    return pagina(
        verzoek, "advies/opmerkingen.html", status=status, w=w, getypt=getypt, fouten=fouten,
        onderdelen=_onderdelen(w), opmerkingen=opmerkingen.per_onderdeel(w.plek.session, w.groep),
        mag=mag(w.plek, w.regels, w.poorten, "plaats_opmerking"), sleutel=nieuwe_sleutel(),
        kruimels=w.kruimels(("Opmerkingen", "")),
    )  # fmt: skip


@router.get("/coalitie/{sleutel}/opmerkingen")
def toon_opmerkingen(verzoek: Request, w: InCoalitie) -> Response:
    return _opmerkingenpagina(verzoek, w, Formulier(), {})


def _terug(w: Werkplek, getypt: Formulier) -> str:
    """The adviser came from his own desk; everybody else from the page with comments."""
    if getypt["van"] == "advies" and w.plek.heeft(Rol.ADVISEUR):
        return f"/werk/{w.plek.kenmerk}/advies/{w.groep.sleutel}"
    return f"{w.pad}/opmerkingen"


@router.post("/coalitie/{sleutel}/opmerkingen")
def plaats(verzoek: Request, w: InCoalitie, getypt: Getypt, achteraf: BackgroundTasks) -> Response:
    gegevens = {"coalitie": w.groep.sleutel, "onderdeel": getypt["onderdeel"], "tekst": getypt["tekst"]}
    if getypt["onderdeel"] not in _onderdelen(w):
        return _opmerkingenpagina(verzoek, w, getypt, {"onderdeel": ["kies waar uw opmerking over gaat"]}, 422)
    fouten, status = probeer(
        lambda: doe_als(w.plek, w.kring.wie, "plaats_opmerking", gegevens, sleutel=getypt["sleutel"], achteraf=achteraf)
    )
    if fouten:
        return _opmerkingenpagina(verzoek, w, getypt, fouten, status)
    return terug_naar(_terug(w, getypt), "opgemerkt")


@router.post("/coalitie/{sleutel}/opmerkingen/{nummer}")
def handel_af(w: InCoalitie, nummer: int, getypt: Getypt, achteraf: BackgroundTasks) -> Response:
    gegevens = {"opmerking": nummer, "klaar": getypt["klaar"] != "nee"}
    doe_als(w.plek, w.kring.wie, "handel_opmerking_af", gegevens, sleutel=getypt["sleutel"], achteraf=achteraf)
    return terug_naar(_terug(w, getypt), "bewaard")
