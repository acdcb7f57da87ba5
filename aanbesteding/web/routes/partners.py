"""What a penvoerder does about partners: invite, change, let go, and the card on the floor."""

from fastapi import APIRouter, BackgroundTasks, Request, Response

from ...fouten import NietGevonden
from ...model import Organisatie, Partner
from ...overzichten import coalities
from ..coalitieplek import AlsPenvoerder, Coalitiesleutel, InCoalitie, Werkplek
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..getypt import Formulier, Fouten, Getypt, probeer
from ..sjablonen import pagina
from ..soorten import SOORTEN

router = APIRouter(prefix="/werk/{kenmerk}/coalitie/{sleutel}")


def _doe(
    w: Werkplek, handeling: str, gegevens: dict[str, object], getypt: Formulier, achteraf: BackgroundTasks
) -> tuple[Fouten, int]:
    alles = {"coalitie": w.groep.sleutel, **gegevens}
    return probeer(lambda: doe_als(w.plek, w.kring.wie, handeling, alles, sleutel=getypt["sleutel"], achteraf=achteraf))


# ---------------------------------------------------------------- inviting


def _uitnodigen(
    verzoek: Request, w: Werkplek, getypt: Formulier, fouten: Fouten, *, nieuw: bool, status: int = 200
) -> Response:
    return pagina(
        verzoek, "coalitie/uitnodigen.html", status=status, w=w, getypt=getypt, fouten=fouten, nieuw=nieuw,
        organisaties=coalities.uit_te_nodigen(w.plek.session, w.plek.ronde, w.groep), soorten=list(SOORTEN.items()),
        sleutel=getypt["sleutel"] or nieuwe_sleutel(), kruimels=w.kruimels(("Nodig een partner uit", "")),
    )  # fmt: skip


@router.get("/uitnodigen")
def uitnodigen(verzoek: Request, w: AlsPenvoerder, nieuw: str = "") -> Response:
    return _uitnodigen(verzoek, w, Formulier(), {}, nieuw=nieuw == "ja")


@router.post("/uitnodigen")
def nodig_uit(verzoek: Request, w: AlsPenvoerder, getypt: Getypt, achteraf: BackgroundTasks) -> Response:
    """An organisation of this round, or with `nieuw` one that does not take part yet."""
    nieuw = getypt["nieuw"] == "ja"
    if nieuw:
        wie = getypt.kies("naam", "soort", "contactpersoon", "email")
        fouten, status = _doe(w, "nodig_nieuwe_partner_uit", wie | getypt.inbreng(), getypt, achteraf)
    elif not getypt["organisatie"]:
        fouten, status = {"organisatie": ["kies een organisatie uit de lijst"]}, 422
    else:
        wie = getypt.kies("organisatie")
        fouten, status = _doe(w, "nodig_partner_uit", wie | getypt.inbreng(), getypt, achteraf)
    if fouten:
        return _uitnodigen(verzoek, w, getypt, fouten, nieuw=nieuw, status=status)
    return terug_naar(w.pad, "uitgenodigd")


# ---------------------------------------------------------------- one partner


def _partner(w: Werkplek, organisatie: str) -> tuple[Partner, Organisatie]:
    """For the penvoerder any partner, for a partner only itself."""
    eigen = {d.organisatie_id for d in w.plek.als.values()}
    for p, o in coalities.partners(w.plek.session, w.groep):
        if o.sleutel == organisatie and (w.kring.schrijft or o.id in eigen):
            return p, o
    raise NietGevonden("Deze partner is er niet, of u mag dit niet wijzigen.")


def _wijzigpagina(
    verzoek: Request, w: Werkplek, organisatie: str, getypt: Formulier, fouten: Fouten, status: int = 200
) -> Response:
    partner, org = _partner(w, organisatie)
    if not getypt:
        getypt = Formulier(rol=partner.rol, inbreng_euro=str(partner.inbreng_cent // 100),
                           inbreng_uren=str(partner.inbreng_uren), inbreng_natura=partner.inbreng_natura)  # fmt: skip
    return pagina(
        verzoek, "coalitie/partner.html", status=status, w=w, partner=partner, org=org, getypt=getypt, fouten=fouten,
        zelf=org.id == w.kring.wie.organisatie_id, sleutel=getypt["sleutel"] or nieuwe_sleutel(),
        is_penvoerder=org.id == coalities.penvoerder(w.plek.session, w.groep)[1].id,
        kruimels=w.kruimels((org.naam, "")),
    )  # fmt: skip


@router.get("/partners/{organisatie}")
def toon_partner(verzoek: Request, w: InCoalitie, organisatie: Coalitiesleutel) -> Response:
    return _wijzigpagina(verzoek, w, organisatie, Formulier(), {})


@router.post("/partners/{organisatie}")
def wijzig(
    verzoek: Request, w: InCoalitie, organisatie: Coalitiesleutel, getypt: Getypt, achteraf: BackgroundTasks
) -> Response:
    _partner(w, organisatie)
    gegevens = {"organisatie": organisatie, **getypt.inbreng()}
    fouten, status = _doe(w, "wijzig_inbreng", gegevens, getypt, achteraf)
    if fouten:
        return _wijzigpagina(verzoek, w, organisatie, getypt, fouten, status)
    return terug_naar(w.pad, "bewaard")


@router.post("/partners/{organisatie}/weg")
def verwijder(
    verzoek: Request, w: InCoalitie, organisatie: Coalitiesleutel, getypt: Getypt, achteraf: BackgroundTasks
) -> Response:
    partner, org = _partner(w, organisatie)
    fouten, status = _doe(
        w, "verwijder_partner", {"organisatie": organisatie, "reden": getypt["reden"]}, getypt, achteraf
    )
    if fouten:
        oud = Formulier(rol=partner.rol, inbreng_euro=str(partner.inbreng_cent // 100), reden=getypt["reden"],
                        inbreng_uren=str(partner.inbreng_uren), inbreng_natura=partner.inbreng_natura)  # fmt: skip
        return _wijzigpagina(verzoek, w, organisatie, oud, fouten, status)
    zelf = org.id == w.kring.wie.organisatie_id
    return terug_naar(f"/werk/{w.plek.kenmerk}/coalitie" if zelf else w.pad, "partnerweg")


# ---------------------------------------------------------------- the card


def _kaartpagina(verzoek: Request, w: Werkplek, getypt: Formulier, fouten: Fouten, status: int = 200) -> Response:
    kaart = coalities.kaart(w.plek.session, w.groep)
    if not getypt and kaart:
        getypt = Formulier(vraag=kaart.vraag, aanbod=kaart.aanbod, tegenprestatie=kaart.tegenprestatie)
    return pagina(
        verzoek, "coalitie/kaart.html", status=status, w=w, kaart=kaart, getypt=getypt, fouten=fouten,
        sleutel=getypt["sleutel"] or nieuwe_sleutel(), kruimels=w.kruimels(("Beursvloer", "")),
    )  # fmt: skip


@router.get("/kaart")
def kaart(verzoek: Request, w: AlsPenvoerder) -> Response:
    return _kaartpagina(verzoek, w, Formulier(), {})


@router.post("/kaart")
def plaats(verzoek: Request, w: AlsPenvoerder, getypt: Getypt, achteraf: BackgroundTasks) -> Response:
    gegevens = getypt.kies("vraag", "aanbod", "tegenprestatie")
    fouten, status = _doe(w, "plaats_beurskaart", gegevens, getypt, achteraf)
    return _kaartpagina(verzoek, w, getypt, fouten, status) if fouten else terug_naar(w.pad, "kaart")


@router.post("/kaart/sluiten")
def sluit(verzoek: Request, w: AlsPenvoerder, getypt: Getypt, achteraf: BackgroundTasks) -> Response:
    fouten, status = _doe(w, "sluit_beurskaart", {}, getypt, achteraf)
    return _kaartpagina(verzoek, w, Formulier(), fouten, status) if fouten else terug_naar(w.pad, "kaartweg")
