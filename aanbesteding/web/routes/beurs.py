"""The floor where organisations find each other: cards per opgave, and asking to join."""

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response

from ...fouten import NietGevonden
from ...overzichten import coalities, vind
from ..coalitieplek import Coalitiesleutel
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..eigen import DEELNEMERS
from ..getypt import Formulier, Fouten, Getypt, mag, probeer
from ..middelen import InRonde, Plek, rol
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}/beurs", dependencies=[Depends(rol(*DEELNEMERS))])


@router.get("")
def vloer(verzoek: Request, plek: InRonde, opgave: str = "") -> Response:
    regels = vind.regels(plek.session, plek.ronde)
    poorten = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    mensen = list(plek.als.values())
    gekozen = opgave if opgave in {o.sleutel for o in regels.opgaven} else ""
    return pagina(
        verzoek, "beurs/vloer.html", regels=regels, gekozen=gekozen, opgaven={o.sleutel: o for o in regels.opgaven},
        kaarten=coalities.beurs(plek.session, plek.ronde, mensen, gekozen),
        verzoeken=coalities.eigen_verzoeken(plek.session, plek.ronde, mensen), sleutel=nieuwe_sleutel(),
        vragen_kan=mag(plek, regels, poorten, "vraag_aansluiting"),
        vormen_kan=mag(plek, regels, poorten, "vorm_coalitie"), sluiting=vind.momenten(regels, "sluiting")[-1],
    )  # fmt: skip


def _kaart(plek: Plek, coalitie: str) -> coalities.Kaart:
    kaarten = coalities.beurs(plek.session, plek.ronde, list(plek.als.values()))
    kaart = next((k for k in kaarten if k.coalitie == coalitie), None)
    if kaart is None:
        raise NietGevonden("Deze coalitie zoekt geen partners (meer). Kijk op de beursvloer wie dat wel doet.")
    return kaart


def _vraagpagina(
    verzoek: Request, plek: Plek, coalitie: str, getypt: Formulier, fouten: Fouten, status: int = 200
) -> Response:
    return pagina(
        verzoek, "beurs/vraag.html", status=status, k=_kaart(plek, coalitie), getypt=getypt, fouten=fouten,
        regels=vind.regels(plek.session, plek.ronde), sleutel=getypt["sleutel"] or nieuwe_sleutel(),
        kruimels=[("Partners vinden", f"/werk/{plek.kenmerk}/beurs"), ("Vraag om mee te doen", "")],
    )  # fmt: skip


@router.get("/{coalitie}/vraag")
def vraag(verzoek: Request, plek: InRonde, coalitie: Coalitiesleutel) -> Response:
    return _vraagpagina(verzoek, plek, coalitie, Formulier(), {})


@router.post("/{coalitie}/vraag")
def stel_vraag(
    verzoek: Request, plek: InRonde, coalitie: Coalitiesleutel, getypt: Getypt, achteraf: BackgroundTasks
) -> Response:
    gegevens = {"coalitie": coalitie, "bericht": getypt["bericht"], **getypt.inbreng()}
    wie, eens = plek.deelnemer(*DEELNEMERS), getypt["sleutel"]
    fouten, status = probeer(lambda: doe_als(plek, wie, "vraag_aansluiting", gegevens, sleutel=eens, achteraf=achteraf))
    if fouten:
        return _vraagpagina(verzoek, plek, coalitie, getypt, fouten, status)
    return terug_naar(f"/werk/{plek.kenmerk}/beurs", "gevraagd")


@router.post("/verzoeken/{nummer}/intrekken")
def trek_in(plek: InRonde, nummer: int, getypt: Getypt, achteraf: BackgroundTasks) -> Response:
    doe_als(
        plek, plek.deelnemer(*DEELNEMERS), "trek_aansluiting_in", {"verzoek": nummer}, sleutel=getypt["sleutel"],
        achteraf=achteraf,
    )  # fmt: skip
    return terug_naar(f"/werk/{plek.kenmerk}/beurs", "vraagweg")
