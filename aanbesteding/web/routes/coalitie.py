"""My coalitions: forming one, seeing where it stands, answering invitations and requests."""

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response

from ...kern.inbreng import Inbreng, balans, in_woorden
from ...model import Organisatie, Partner
from ...overzichten import adviezen, coalities, eigen_voorstel, vind
from .. import coalitiestap
from ..coalitieplek import AlsPenvoerder, Coalitiesleutel, Werkplek, bij_coalitie
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..eigen import DEELNEMERS, adres_aangevuld, eigen_organisatie
from ..getypt import Formulier, Fouten, Getypt, mag, probeer
from ..middelen import InRonde, Plek, rol
from ..sjablonen import pagina
from .uitnodiging import uitnodigingspagina

router = APIRouter(prefix="/werk/{kenmerk}")
COALITIE = "/coalitie/{sleutel}"


def inbreng(partners: list[tuple[Partner, Organisatie]]) -> list[Inbreng]:
    return [Inbreng(o.naam, p.inbreng_cent, p.inbreng_uren, p.inbreng_natura) for p, o in partners]


@router.get("/coalitie", dependencies=[Depends(rol(*DEELNEMERS))])
def lijst(verzoek: Request, plek: InRonde) -> Response:
    regels = vind.regels(plek.session, plek.ronde)
    poorten = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    return pagina(
        verzoek, "coalitie/lijst.html", mijn=coalities.mijn(plek.session, plek.ronde, list(plek.als.values())),
        opgaven={o.sleutel: o for o in regels.opgaven}, vormen_kan=mag(plek, regels, poorten, "vorm_coalitie"),
        sluiting=vind.momenten(regels, "sluiting")[-1],
    )  # fmt: skip


@router.get("/nieuwe-coalitie")
def begin(verzoek: Request, plek: InRonde) -> Response:
    return _vormpagina(verzoek, plek, Formulier(), {})


def _vormpagina(verzoek: Request, plek: Plek, getypt: Formulier, fouten: Fouten, status: int = 200) -> Response:
    regels = vind.regels(plek.session, plek.ronde)
    poorten = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    return pagina(
        verzoek, "coalitie/vormen.html", status=status, regels=regels, eigen=eigen_organisatie(plek), getypt=getypt,
        fouten=fouten, sleutel=getypt["sleutel"] or nieuwe_sleutel(), kan=mag(plek, regels, poorten, "vorm_coalitie"),
        sluiting=vind.momenten(regels, "sluiting")[-1],
        kruimels=[("Mijn coalitie", f"/werk/{plek.kenmerk}/coalitie"), ("Vorm een coalitie", "")],
    )  # fmt: skip


@router.post("/nieuwe-coalitie")
def vorm(verzoek: Request, plek: InRonde, getypt: Getypt, achteraf: BackgroundTasks) -> Response:
    """The key follows from the name. Back to the list: a form that was sent twice finds its one coalition there."""
    eigen, wie = eigen_organisatie(plek), plek.deelnemer(*DEELNEMERS)
    sleutel = coalities.vrije_sleutel(plek.session, plek.ronde, getypt["naam"])
    partner = {"organisatie": eigen.sleutel, **getypt.inbreng(), "rol": getypt["rol"] or "penvoerder"}
    gegevens = getypt.kies("naam", "opgave", "idee") | {"sleutel": sleutel, "partners": [partner]}
    fouten, status = _toets_keuzen(getypt), 422
    if not fouten:
        fouten = adres_aangevuld(plek, getypt, achteraf)
    if not fouten:
        fouten, status = probeer(
            lambda: doe_als(plek, wie, "vorm_coalitie", gegevens, sleutel=getypt["sleutel"], achteraf=achteraf)
        )
    if fouten:
        return _vormpagina(verzoek, plek, getypt, {_veldnaam(v): z for v, z in fouten.items()}, status)
    return terug_naar(f"/werk/{plek.kenmerk}/coalitie", "gevormd")


def _toets_keuzen(getypt: Formulier) -> Fouten:
    """A choice that was not made has a better sentence than an unknown key."""
    return {} if getypt["opgave"] else {"opgave": ["kies de opgave waar u aan werkt"]}


def _veldnaam(veld: str) -> str:
    """Names inside the act, as the page knows them."""
    return {"sleutel": "naam", "partners": ""}.get(veld, veld.removeprefix("partners[1]."))


@router.get(COALITIE)
def toon(verzoek: Request, plek: InRonde, sleutel: Coalitiesleutel) -> Response:
    """The coalition for its circle; for who was invited the invitation."""
    mensen = list(plek.als.values())
    open_ = coalities.uitnodiging(plek.session, plek.ronde, mensen, sleutel)
    if open_ is not None:
        return uitnodigingspagina(verzoek, plek, open_, Formulier(), {})
    return coalitiepagina(verzoek, bij_coalitie(plek, sleutel), Formulier(), {})


def coalitiepagina(verzoek: Request, w: Werkplek, getypt: Formulier, fouten: Fouten, status: int = 200) -> Response:
    s, groep = w.plek.session, w.groep
    partners, vraag = coalities.partners(s, groep), adviezen.adviesvraag(s, groep)
    ingediend = eigen_voorstel.staat_er(eigen_voorstel.indieningen(s, groep)) if w.kring.schrijft else None
    hulp = adviezen.hulp(s, groep)
    return pagina(
        verzoek, "coalitie/toon.html", status=status, w=w, partners=partners, inbreng=inbreng(partners),
        in_woorden=in_woorden, balans=balans(inbreng(partners)), opgave=_opgave(w), getypt=getypt, fouten=fouten,
        stappen=coalitiestap.stappen(w, partners, vraag, hulp, w.concept() is not None, ingediend), hulp=hulp,
        kaart=coalities.kaart(s, groep), verzoeken=coalities.verzoeken_aan(s, groep) if w.kring.schrijft else [],
        trekker=coalities.penvoerder(s, groep), eigen_org={d.organisatie_id for d in w.plek.als.values()},
        open_opmerkingen=adviezen.open_opmerkingen(s, [groep]).get(vind.sid(groep.id), 0), sleutel=nieuwe_sleutel(),
        kan={h: mag(w.plek, w.regels, w.poorten, h) for h in ("wijzig_inbreng", "beantwoord_aansluiting",
                                                              "plaats_beurskaart", "bevestig_partner")},
        kruimels=[("Mijn coalitie", f"/werk/{w.plek.kenmerk}/coalitie"), (groep.naam, "")],
    )  # fmt: skip


def _opgave(w: Werkplek) -> str:
    return next((o.titel for o in w.regels.opgaven if o.sleutel == w.groep.opgave), w.groep.opgave)


@router.post(COALITIE + "/verzoeken/{nummer}")
def beantwoord(verzoek: Request, w: AlsPenvoerder, nummer: int, getypt: Getypt, achteraf: BackgroundTasks) -> Response:
    gegevens = {"verzoek": nummer, "antwoord": getypt["antwoord"], "reden": getypt[f"reden-{nummer}"]}
    fouten, status = probeer(
        lambda: doe_als(
            w.plek, w.kring.wie, "beantwoord_aansluiting", gegevens, sleutel=getypt["sleutel"], achteraf=achteraf
        )
    )
    if fouten:
        fouten |= {"antwoord": ["kies ja of nee"]} if "antwoord" in fouten else {}
        namen = {"reden": f"reden-{nummer}", "antwoord": f"antwoord-{nummer}"}
        return coalitiepagina(verzoek, w, getypt, {namen.get(v, v): z for v, z in fouten.items()}, status)
    return terug_naar(w.pad, "beantwoord")
