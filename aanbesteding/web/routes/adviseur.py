"""Asking for the free adviser, with the ACTIE scan as five plain questions; afterwards: who it is."""

from fastapi import APIRouter, BackgroundTasks, Request, Response

from ...overzichten import adviezen, vind
from ..coalitieplek import AlsPenvoerder, InCoalitie, Werkplek
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..getypt import Formulier, Fouten, Getypt, mag, probeer
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}/coalitie/{sleutel}")


@router.get("/adviseur")
def adviseur(verzoek: Request, w: InCoalitie) -> Response:
    return _adviseurpagina(verzoek, w, Formulier(), {})


def _adviseurpagina(verzoek: Request, w: Werkplek, getypt: Formulier, fouten: Fouten, status: int = 200) -> Response:
    hulp = adviezen.hulp(w.plek.session, w.groep)
    momenten = [m for m in vind.momenten(w.regels, "adviesmomenten") if m > w.plek.nu]
    return pagina(
        verzoek, "coalitie/adviseur.html", status=status, w=w, getypt=getypt, fouten=fouten, hulp=hulp,
        uren={h.advies.id: adviezen.uren(w.plek.session, h.advies) for h in hulp},
        vraag=adviezen.adviesvraag(w.plek.session, w.groep), momenten=momenten, vragen=ACTIE,
        kan=w.kring.schrijft and mag(w.plek, w.regels, w.poorten, "vraag_advies"),
        sleutel=getypt["sleutel"] or nieuwe_sleutel(), kruimels=w.kruimels(("Adviseur", "")),
    )  # fmt: skip


ACTIE = (
    ("animo", "Hoeveel zin heeft uw groep in dit plan?",
     "Nog bijna niemand is enthousiast", "Iedereen wil meteen beginnen"),
    ("contacten", "Hoe goed kent u de mensen en organisaties die u nodig heeft?",
     "Wij kennen bijna niemand", "Wij kennen iedereen die wij nodig hebben"),
    ("toerusting", "Heeft u de tijd, de kennis en de spullen om dit te schrijven en uit te voeren?",
     "Dat missen wij nog", "Dat hebben wij allemaal"),
    ("inbedding", "Past dit plan bij wat uw organisatie al doet?",
     "Het is helemaal nieuw voor ons", "Het hoort bij ons dagelijks werk"),
    ("empathie", "Hoe goed weet u wat de mensen om wie het gaat, zelf willen?",
     "Dat vroegen wij nog niet", "Zij dachten van begin af aan mee"),
)  # fmt: skip
"""Field of the ACTIE scan, question, what 1 means, what 5 means."""


@router.post("/adviseur")
def vraag_adviseur(verzoek: Request, w: AlsPenvoerder, getypt: Getypt, achteraf: BackgroundTasks) -> Response:
    leeg = {n: ["kies een cijfer van 1 tot en met 5"] for n, *_ in ACTIE if getypt[n] not in set("12345")}
    if leeg:
        return _adviseurpagina(verzoek, w, getypt, leeg, 422)
    scan = {n: int(getypt[n]) for n, *_ in ACTIE}
    gegevens = {"coalitie": w.groep.sleutel, "toelichting": getypt["toelichting"], "actie": scan}
    fouten, status = probeer(
        lambda: doe_als(w.plek, w.kring.wie, "vraag_advies", gegevens, sleutel=getypt["sleutel"], achteraf=achteraf)
    )
    if fouten:
        return _adviseurpagina(verzoek, w, getypt, fouten, status)
    return terug_naar(f"{w.pad}/adviseur", "adviesgevraagd")
