"""Making a round: start from the template or an earlier round, fill in part by part with live checks, and begin."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import FormData

from ...documenten.huisstijl import bekende_huisstijlen, laad_huisstijl
from ...fouten import Conflict, Gebruikersfout, Invoerfout, NietGevonden
from ...handelingen import ontwerpen
from ...instellingen import instellingen
from ...kern.sleutelnaam import sleutel_van
from ...model import Rondeontwerp
from ...overzichten import leren
from ...regelcontrole import controleer, publicatieplichten, telling
from ...rondesjabloon import SJABLOON
from ...termijnen import naar_amsterdam
from .. import invulformulier as f
from .. import regelformulier as rf
from ..doen import per_veld, terug_naar, wek
from ..getypt import Getypt
from ..middelen import Bezoek, Database, Ingelogd, Motor
from ..regelblad import bevindingen_van, blad, controle, geldige_regels, plat_uit
from ..sjablonen import pagina
from .na_selectie import Formulier
from .vorm import Fouten

router = APIRouter(prefix="/nieuwe-ronde")
Nummer = Annotated[int, Path(ge=1, le=2**31 - 1)]
WEKEN_VOORUIT = 6


def _mag(bezoek: Ingelogd, session: Database) -> Bezoek:
    ontwerpen.eis_recht(session, bezoek.persoon)
    return bezoek


Maker = Annotated[Bezoek, Depends(_mag)]


@router.get("")
def begin(verzoek: Request, bezoek: Maker, session: Database) -> Response:
    return _begin(verzoek, bezoek, session, {}, {})


def _begin(
    verzoek: Request, bezoek: Bezoek, session: Database, waarden: dict[str, str], fouten: Fouten, status: int = 200
) -> Response:
    bronnen = ontwerpen.bronnen(session, bezoek.persoon)
    dag = naar_amsterdam(bezoek.nu).date() + timedelta(weeks=WEKEN_VOORUIT)
    return pagina(
        verzoek, "leiden/nieuwe-ronde.html", status=status, fouten=fouten,
        waarden={"publicatie": dag.isoformat(), "van": SJABLOON, "mensen": "ja"} | waarden,
        bronnen=bronnen, bronopties=[(b.kenmerk, f"Met een kopie van: {b.titel}") for b in bronnen],
        lopend=ontwerpen.ontwerpen(session, bezoek.persoon), gemeenteopties=_gemeenten(),
    )  # fmt: skip


def _gemeenten() -> list[tuple[str, str]]:
    mappen = instellingen().huisstijlen_map
    return [(sleutel, laad_huisstijl(sleutel, mappen).naam) for sleutel in bekende_huisstijlen(mappen)]


@router.post("")
def maak(verzoek: Request, bezoek: Maker, session: Database, motor: Motor, formulier: Getypt) -> Response:
    try:
        nummer = ontwerpen.maak(
            motor, bezoek.persoon, van=formulier["van"] or SJABLOON, kop=_kop(formulier),
            publicatie=_dag(formulier["publicatie"]), met_mensen=formulier["mensen"] == "ja", nu=bezoek.nu,
        )  # fmt: skip
    except Invoerfout as fout:
        session.rollback()
        return _begin(verzoek, bezoek, session, dict(formulier), per_veld(fout), 422)
    return RedirectResponse(f"/nieuwe-ronde/{nummer}", 303)


def _kop(formulier: dict[str, str]) -> dict[str, Any]:
    kenmerk = formulier["kenmerk"].strip() or sleutel_van(formulier["titel"].strip()) if formulier["titel"] else ""
    return {
        "kenmerk": kenmerk, "titel": formulier["titel"].strip(), "gemeente": formulier["gemeente"],
        "zaaknummer": formulier["zaaknummer"].strip(), "oefening": formulier["oefening"] == "ja",
    }  # fmt: skip


def _dag(tekst: str) -> date:
    try:
        dag = date.fromisoformat(tekst.strip())
    except ValueError:
        raise Invoerfout("publicatie: vul een datum in, bijvoorbeeld 2027-01-11", waar="nieuwe ronde") from None
    if not 2000 <= dag.year <= 2100:
        raise Invoerfout("publicatie: kies een jaar tussen 2000 en 2100", waar="nieuwe ronde")
    return dag


def _ontwerp(nummer: Nummer, bezoek: Maker, session: Database) -> Rondeontwerp:
    return ontwerpen.ontwerp(session, bezoek.persoon, nummer)


Ontwerp = Annotated[Rondeontwerp, Depends(_ontwerp)]


def _deel(deel: str) -> f.Deel:
    if deel not in rf.DELEN:
        raise NietGevonden("Dit onderdeel is er niet. Kies een onderdeel uit de lijst.")
    return rf.DELEN[deel]


Onderdeel = Annotated[f.Deel, Depends(_deel)]


@router.get("/{nummer}")
def overzicht(verzoek: Request, ontwerp: Ontwerp, session: Database) -> Response:
    return _overzicht(verzoek, ontwerp, session)


def _overzicht(
    verzoek: Request, ontwerp: Rondeontwerp, session: Database, fouten: Fouten | None = None
) -> Response:  # fmt: skip
    bevindingen = controleer(ontwerp.regels, ontwerp.mensen)
    regels = geldige_regels(ontwerp.regels)
    lessen = (
        [les for les in leren.lessen(session).lessen if les.ronde == ontwerp.van] if ontwerp.van != SJABLOON else []
    )
    return pagina(
        verzoek, "leiden/ontwerp.html", status=422 if fouten else 200, ontwerp=ontwerp, delen=rf.DELEN.values(),
        telling=telling(bevindingen), bevindingen=bevindingen, lessen=lessen, fouten=fouten or {},
        plichten=publicatieplichten(regels) if regels else [],
    )  # fmt: skip


@router.post("/{nummer}/start")
def start(verzoek: Request, ontwerp: Ontwerp, bezoek: Maker, session: Database, motor: Motor) -> Response:
    nummer = ontwerp.id or 0
    try:
        kenmerk = ontwerpen.start(motor, bezoek.persoon, nummer, nu=bezoek.nu)
    except Gebruikersfout as fout:
        session.rollback()
        zinnen = fout.fouten if isinstance(fout, Invoerfout) else [fout.bericht]
        return _overzicht(verzoek, ontwerpen.ontwerp(session, bezoek.persoon, nummer), session, {"": zinnen})
    wek(motor, kenmerk)
    return terug_naar(f"/werk/{kenmerk}/leiden", "ronde")


@router.post("/{nummer}/weg")
def gooi_weg(ontwerp: Ontwerp, bezoek: Maker, motor: Motor) -> Response:
    ontwerpen.gooi_weg(motor, bezoek.persoon, ontwerp.id or 0)
    return terug_naar("/nieuwe-ronde", "ontwerpweg")


@router.get("/{nummer}/{deel}")
def toon(verzoek: Request, ontwerp: Ontwerp, deel: Onderdeel, erbij: str = "") -> Response:
    plat = plat_uit(deel, ontwerp.regels, ontwerp.mensen)
    return _toon(verzoek, ontwerp, deel, plat, erbij=erbij)


def _toon(
    verzoek: Request, ontwerp: Rondeontwerp, deel: f.Deel, plat: f.Plat, *, erbij: str = "", fout: str = ""
) -> Response:
    adres = f"/nieuwe-ronde/{ontwerp.id}/{deel.sleutel}"
    return blad(
        verzoek, deel, plat, ontwerp.regels, ontwerp.mensen, adres=adres, terug=f"/nieuwe-ronde/{ontwerp.id}",
        concept=adres, merk=str(ontwerp.versie), erbij=erbij, fout=fout, ontwerp=ontwerp,
    )  # fmt: skip


@router.post("/{nummer}/{deel}")
def bewaar(
    verzoek: Request, ontwerp: Ontwerp, deel: Onderdeel, bezoek: Maker, session: Database, motor: Motor,
    formulier: Formulier,
) -> Response:  # fmt: skip
    plat, (soort, _, welke) = f.uit_formulier([deel], formulier), str(formulier.get("_knop", "")).partition(":")
    if soort == "weg":
        plat = f.zonder_rij([deel], plat, welke)
    nummer, adres = ontwerp.id or 0, f"/nieuwe-ronde/{ontwerp.id}"
    try:
        _bewaar(motor, bezoek, ontwerp, deel, plat, _vanaf(formulier))
    except Conflict as fout:
        session.rollback()
        nu_geldt = ontwerpen.ontwerp(session, bezoek.persoon, nummer)
        return _toon(verzoek, nu_geldt, deel, plat, fout=fout.bericht)
    if soort in ("erbij", "weg"):
        rij = welke if soort == "erbij" else welke.rpartition("-")[0]
        return RedirectResponse(f"{adres}/{deel.sleutel}?{soort}={rij}#rijen-{rij}", 303)
    volgende = _volgende(deel) if soort == "volgende" else ""
    return terug_naar(f"{adres}/{volgende}" if volgende else adres, "bewaard")


def _vanaf(formulier: FormData) -> int:
    merk = str(formulier.get("_merk", ""))
    return int(merk) if merk.isascii() and merk.isdigit() and len(merk) < 10 else 0


def _bewaar(motor: Motor, bezoek: Bezoek, ontwerp: Rondeontwerp, deel: f.Deel, plat: f.Plat, vanaf: int) -> int:
    regels, mensen = dict(ontwerp.regels), list(ontwerp.mensen)
    if deel.sleutel == "team":
        mensen = rf.naar_mensen(deel, plat, mensen)
    else:
        regels = rf.naar_regels(deel, plat, regels)
    return ontwerpen.bewaar(motor, bezoek.persoon, ontwerp.id or 0, regels=regels, mensen=mensen, vanaf=vanaf,
                            nu=bezoek.nu)  # fmt: skip


def _volgende(deel: f.Deel) -> str:
    sleutels = list(rf.DELEN)
    plek = sleutels.index(deel.sleutel) + 1
    return sleutels[plek] if plek < len(sleutels) else ""


@router.put("/{nummer}/{deel}")
def bewaar_vanzelf(
    ontwerp: Ontwerp, deel: Onderdeel, bezoek: Maker, motor: Motor,
    inhoud: Annotated[dict[str, Any], Body(embed=True)], vanaf: Annotated[str, Body()] = "",
) -> Response:  # fmt: skip
    """Autosave of app.js: only names of this part, whatever else was sent."""
    plat = {n: inhoud[n] for n in f.namen([deel]) if n in inhoud}
    merk = int(vanaf) if vanaf.isascii() and vanaf.isdigit() and len(vanaf) < 10 else 0
    try:
        versie = _bewaar(motor, bezoek, ontwerp, deel, plat, merk)
    except Conflict as fout:
        return JSONResponse({"uitleg": fout.bericht}, 409)
    return JSONResponse({"merk": str(versie), "versie": versie})


@router.post("/{nummer}/{deel}/toets")
def toets(verzoek: Request, ontwerp: Ontwerp, deel: Onderdeel, formulier: Formulier) -> Response:
    """The checks on what is in the form right now; nothing is kept."""
    plat = f.uit_formulier([deel], formulier)
    eigen = bevindingen_van(deel, plat, ontwerp.regels, ontwerp.mensen)
    return controle(verzoek, deel, eigen)
