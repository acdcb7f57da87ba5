"""The rules of a round that exists: how far they are, and changing them until they go to the college.

A part is kept as a draft while somebody types; 'Leg vast' makes it the rules, when they hold together.
"""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from fastapi.responses import RedirectResponse

from ...fouten import Conflict, GeenToestemming, Invoerfout, NietGevonden
from ...handelingen import concepten
from ...overzichten import vind
from ...overzichten.stand import stand
from ...procedure import Poort, Rol
from ...regelcontrole import controleer, publicatieplichten
from .. import invulformulier as f
from .. import regelformulier as rf
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..middelen import Plek
from ..regelblad import bevindingen_van, blad, controle
from ..sjablonen import pagina
from .na_selectie import Formulier
from .vorm import Leidt

router = APIRouter(prefix="/werk/{kenmerk}/samenstellen")


@router.get("")
def toon(verzoek: Request, plek: Leidt) -> Response:
    regels = vind.regels(plek.session, plek.ronde)
    return pagina(
        verzoek, "leiden/samenstellen.html", blokkades=_blokkades(plek), delen=rf.DELEN.values(), open=_open(plek),
        bevindingen=controleer(regels.model_dump(mode="json")), plichten=publicatieplichten(regels),
        bevroren=vind.passage(plek.session, plek.ronde, Poort.OPROEP) is not None,
    )  # fmt: skip


def _blokkades(plek: Plek) -> list[str]:
    alle = stand(plek.session, plek.ronde, plek.nu)
    return [b.tekst for p in alle if p.poort is Poort.STARTVOORSTEL for b in p.blokkades]


def _open(plek: Plek) -> bool:
    return vind.passage(plek.session, plek.ronde, Poort.STARTVOORSTEL) is None


def _deel(deel: str) -> f.Deel:
    if deel not in rf.DELEN or deel == "team":
        raise NietGevonden("Dit onderdeel is er niet. Kies een onderdeel uit de lijst.")
    return rf.DELEN[deel]


Onderdeel = Annotated[f.Deel, Depends(_deel)]


@router.get("/{deel}")
def toon_deel(verzoek: Request, plek: Leidt, deel: Onderdeel, erbij: str = "") -> Response:
    regels = vind.regels(plek.session, plek.ronde).model_dump(mode="json")
    if not _open(plek):
        return pagina(verzoek, "leiden/regels-lezen.html", deel=deel, plat=rf.uit_regels(deel, regels), f=f)
    concept = concepten.nieuwste(plek.session, plek.deelnemer(Rol.PROJECTLEIDER), _sleutel(deel))
    plat = concept.inhoud if concept and concept.inhoud else rf.uit_regels(deel, regels)
    merk = concepten.merk(concept.inhoud) if concept else ""
    return _blad(verzoek, plek, deel, plat, merk=merk, erbij=erbij)


def _sleutel(deel: f.Deel) -> str:
    return f"samenstellen/{deel.sleutel}"


def _blad(
    verzoek: Request, plek: Plek, deel: f.Deel, plat: f.Plat, *, merk: str, erbij: str = "", fout: str = "",
    status: int = 0,
) -> Response:  # fmt: skip
    begin, wie = f"/werk/{plek.kenmerk}", plek.deelnemer(Rol.PROJECTLEIDER)
    regels = vind.regels(plek.session, plek.ronde).model_dump(mode="json")
    return blad(
        verzoek, deel, plat, regels, [], adres=f"{begin}/samenstellen/{deel.sleutel}", terug=f"{begin}/samenstellen",
        concept=f"{begin}/concepten/{wie.sleutel}/{_sleutel(deel)}", merk=merk, erbij=erbij, fout=fout, ontwerp=None,
        sleutel=nieuwe_sleutel(), status=status,
    )  # fmt: skip


@router.post("/{deel}")
def bewaar(
    verzoek: Request, plek: Leidt, deel: Onderdeel, formulier: Formulier, achteraf: BackgroundTasks
) -> Response:  # fmt: skip
    plat, (soort, _, welke) = f.uit_formulier([deel], formulier), str(formulier.get("_knop", "")).partition(":")
    if soort == "weg":
        plat = f.zonder_rij([deel], plat, welke)
    wie, adres = plek.deelnemer(Rol.PROJECTLEIDER), f"/werk/{plek.kenmerk}/samenstellen"
    uit = concepten.bewaar(plek.motor, wie, _sleutel(deel), plat, vanaf=str(formulier.get("_merk", "")), nu=plek.nu)
    if soort in ("erbij", "weg"):
        rij = welke if soort == "erbij" else welke.rpartition("-")[0]
        return RedirectResponse(f"{adres}/{deel.sleutel}?{soort}={rij}#rijen-{rij}", 303)
    if soort != "vast":
        return terug_naar(f"{adres}/{deel.sleutel}", "bewaard")
    oud = vind.regels(plek.session, plek.ronde)
    nieuw = rf.naar_regels(deel, plat, oud.model_dump(mode="json"))
    gegevens = {"regels": nieuw, "hash_nu": oud.hash()}
    try:
        doe_als(plek, wie, "wijzig_regels", gegevens, sleutel=str(formulier.get("sleutel", "")), achteraf=achteraf)
    except (Invoerfout, Conflict, GeenToestemming) as fout:
        plek.session.rollback()
        zin = "De regels kloppen nog niet. Kijk bij de controle." if isinstance(fout, Invoerfout) else fout.bericht
        code = 422 if isinstance(fout, Invoerfout) else 409
        return _blad(verzoek, plek, deel, plat, merk=uit.merk, fout=zin, status=code)
    concepten.bewaar(plek.motor, wie, _sleutel(deel), {}, vanaf=uit.merk, nu=plek.nu)
    return terug_naar(adres, "regels")


@router.post("/{deel}/toets")
def toets(verzoek: Request, plek: Leidt, deel: Onderdeel, formulier: Formulier) -> Response:
    """The checks on what is in the form right now; nothing is kept."""
    regels = vind.regels(plek.session, plek.ronde).model_dump(mode="json")
    return controle(verzoek, deel, bevindingen_van(deel, f.uit_formulier([deel], formulier), regels, []))
