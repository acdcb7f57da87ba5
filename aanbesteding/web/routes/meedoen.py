"""Joining an open call oneself: prove a mail address with a link, then tell which organisation it is."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from sqlmodel import select

from ...documenten.huisstijl import laad_huisstijl
from ...fouten import GeenToestemming, NietGevonden
from ...handelingen import aanmelden, meedoen
from ...handelingen.bericht import is_adres
from ...instellingen import instellingen
from ...model import Deelnemer, Ronde
from ...overzichten import vind
from ...post.direct import stuur_aanmeldlink
from ..doen import terug_naar
from ..getypt import Formulier, Fouten, Getypt, probeer
from ..middelen import Bezoek, Database, Ingelogd, Kenmerk, MisschienIngelogd, Motor, Nu
from ..sjablonen import pagina
from ..soorten import SOORTEN

router = APIRouter(prefix="/rondes/{kenmerk}/meedoen")


def _ronde(kenmerk: Kenmerk, session: Database) -> Ronde:
    """A round whose call is not out does not exist for the public."""
    ronde = session.exec(select(Ronde).where(Ronde.kenmerk == kenmerk)).first()
    if ronde is None or not vind.regelversie(session, ronde):
        raise NietGevonden("Deze ronde is er niet. Kijk bij alle rondes.")
    return ronde


Publiek = Annotated[Ronde, Depends(_ronde)]


@router.get("")
def toon(verzoek: Request, ronde: Publiek, session: Database, bezoek: MisschienIngelogd, nu: Nu) -> Response:
    if bezoek is not None and _doet_al_mee(session, ronde, bezoek):
        return terug_naar(f"/werk/{ronde.kenmerk}", "doetmee")
    return _pagina(verzoek, ronde, session, nu, Formulier(), {})


def _doet_al_mee(session: Database, ronde: Ronde, bezoek: Bezoek) -> bool:
    vraag = select(Deelnemer.id).where(Deelnemer.ronde_id == ronde.id, Deelnemer.persoon_id == bezoek.persoon.id)
    return session.exec(vraag).first() is not None


def _pagina(
    verzoek: Request, ronde: Ronde, session: Database, nu: Nu, getypt: Formulier, fouten: Fouten, status: int = 200
) -> Response:
    dicht = probeer(lambda: meedoen.toets_open(session, ronde, nu))[0]
    return pagina(
        verzoek, "beurs/meedoen.html", status=status, ronde=ronde, getypt=getypt, fouten=fouten,
        gemeente=laad_huisstijl(ronde.gemeente, instellingen().huisstijlen_map), soorten=list(SOORTEN.items()),
        dicht=dicht.get("", [""])[0], sluiting=vind.momenten(vind.regels(session, ronde), "sluiting")[-1],
    )  # fmt: skip


@router.post("/link")
def vraag_link(
    verzoek: Request, ronde: Publiek, session: Database, motor: Motor, nu: Nu, bezoek: MisschienIngelogd,
    getypt: Getypt, achteraf: BackgroundTasks,
) -> Response:  # fmt: skip
    """The answer is the same for every address, known or not."""
    email, terug = getypt["email"].strip(), f"/rondes/{ronde.kenmerk}/meedoen"
    if not is_adres(email):
        zin = "is geen e-mailadres; schrijf het zoals naam@organisatie.nl"
        return _pagina(verzoek, ronde, session, nu, getypt, {"email": [zin]}, 422)
    plek = verzoek.client.host if verzoek.client else ""
    try:
        meedoen.toets_open(session, ronde, nu)
        link = aanmelden.vraag_link(motor, email, terug=terug, plek=plek, nu=nu, nieuw=True)
    except GeenToestemming as fout:
        return _pagina(verzoek, ronde, session, nu, getypt, {"email": [fout.bericht]}, 429)
    if link is not None:
        achteraf.add_task(stuur_aanmeldlink, instellingen(), **vars(link), nu=nu)
    return pagina(verzoek, "link-verstuurd.html", email=email, voorbeeld=instellingen().voorbeeld)


@router.post("")
def meld_aan(
    verzoek: Request, ronde: Publiek, session: Database, bezoek: Ingelogd, motor: Motor, getypt: Getypt
) -> Response:
    gegevens = getypt.kies("naam", "soort", "contactpersoon", "adres", "postcode", "plaats")
    gegevens["postcode"] = gegevens["postcode"].strip().upper()
    if _heeft_naam(bezoek):
        gegevens["contactpersoon"] = bezoek.persoon.naam
    if _doet_al_mee(session, ronde, bezoek):
        return terug_naar(f"/werk/{ronde.kenmerk}", "doetmee")
    fouten: Fouten = {} if gegevens["soort"] else {"soort": ["kies wat voor organisatie u bent"]}
    status = 422
    if not fouten:
        fouten, status = probeer(
            lambda: meedoen.meld_organisatie_aan(motor, ronde.kenmerk, bezoek.persoon, gegevens, nu=bezoek.nu)
        )
    if fouten:
        return _pagina(verzoek, ronde, session, bezoek.nu, getypt, fouten, status)
    return terug_naar(f"/werk/{ronde.kenmerk}/beurs", "welkom")


def _heeft_naam(bezoek: Bezoek) -> bool:
    """Somebody who came through a link to join is known by his address alone."""
    return bezoek.persoon.naam != bezoek.persoon.email
