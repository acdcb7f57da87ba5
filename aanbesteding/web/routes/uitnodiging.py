"""An invitation to a coalition, for who was invited: what is asked, and yes or no."""

from fastapi import APIRouter, BackgroundTasks, Request, Response

from ...fouten import NietGevonden
from ...kern.inbreng import Inbreng, in_woorden
from ...overzichten import coalities, vind
from ..coalitieplek import Coalitiesleutel
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..eigen import adres_aangevuld, eigen_organisatie
from ..getypt import Formulier, Fouten, Getypt, probeer
from ..middelen import InRonde, Plek
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}/coalitie/{sleutel}")


def uitnodigingspagina(
    verzoek: Request, plek: Plek, open_: coalities.Uitnodiging, getypt: Formulier, fouten: Fouten, status: int = 200
) -> Response:
    groep, partner, _ = open_
    regels = vind.regels(plek.session, plek.ronde)
    return pagina(
        verzoek, "coalitie/uitnodiging.html", status=status, groep=groep, partner=partner, getypt=getypt,
        fouten=fouten, eigen=eigen_organisatie(plek), trekker=coalities.penvoerder(plek.session, groep),
        opgave=next((o.titel for o in regels.opgaven if o.sleutel == groep.opgave), groep.opgave),
        wat=in_woorden(Inbreng("", partner.inbreng_cent, partner.inbreng_uren, partner.inbreng_natura)),
        sluiting=vind.momenten(regels, "sluiting")[-1], sleutel=getypt["sleutel"] or nieuwe_sleutel(),
        kruimels=[("Mijn coalitie", f"/werk/{plek.kenmerk}/coalitie"), ("Uitnodiging", "")],
    )  # fmt: skip


@router.post("/antwoord")
def antwoord(
    verzoek: Request, plek: InRonde, sleutel: Coalitiesleutel, getypt: Getypt, achteraf: BackgroundTasks
) -> Response:
    """Yes or no. A form that was sent twice lands where the first one did."""
    open_ = coalities.uitnodiging(plek.session, plek.ronde, list(plek.als.values()), sleutel)
    if open_ is None:
        raise NietGevonden("Deze uitnodiging is er niet (meer). Bij ‘Mijn coalitie’ staat waar u bij hoort.")
    fouten, status = _zeg(plek, open_, getypt, achteraf)
    if fouten:
        return uitnodigingspagina(verzoek, plek, open_, getypt, fouten, status)
    if getypt["antwoord"] == "nee":
        return terug_naar(f"/werk/{plek.kenmerk}/coalitie", "afgewezen")
    return terug_naar(f"/werk/{plek.kenmerk}/coalitie/{sleutel}", "bevestigd")


def _zeg(plek: Plek, open_: coalities.Uitnodiging, getypt: Formulier, achteraf: BackgroundTasks) -> tuple[Fouten, int]:
    groep, _, wie = open_
    if getypt["antwoord"] not in ("ja", "nee"):
        return {"antwoord": ["kies ja of nee"]}, 422
    handeling, gegevens = "bevestig_partner", {"coalitie": groep.sleutel}
    if getypt["antwoord"] == "nee":
        handeling = "verwijder_partner"
        gegevens |= {"organisatie": eigen_organisatie(plek).sleutel, "reden": getypt["reden"]}
    elif fouten := adres_aangevuld(plek, getypt, achteraf):
        return fouten, 422
    return probeer(lambda: doe_als(plek, wie, handeling, gegevens, sleutel=getypt["sleutel"], achteraf=achteraf))
