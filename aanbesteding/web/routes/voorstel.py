"""Writing a proposal: the form, its saved versions, and the check before it goes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from ...fouten import Gebruikersfout, NietGevonden
from ...handelingen import concepten
from ...overzichten import bestanden, eigen_voorstel, opmerkingen, vind
from .. import invulformulier as f
from .. import voorstelformulier
from ..coalitieplek import AlsPenvoerder, InCoalitie, Werkplek, controle, tekst_nu, woorden
from ..doen import terug_naar
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}/coalitie/{sleutel}")
EXTRA_RIJEN = 2
MEESTE_RIJEN = 60


async def _formulier(verzoek: Request) -> FormData:
    """Read here, since a field list that depends on the call cannot stand in a signature."""
    return await verzoek.form(max_files=0, max_fields=2000, max_part_size=500_000)


Formulier = Annotated[FormData, Depends(_formulier)]


@router.get("/voorstel")
def toon(verzoek: Request, w: InCoalitie, erbij: str = "") -> Response:
    plat, merk = tekst_nu(w)
    if not w.kring.schrijft or w.gesloten:
        return _lezen(verzoek, w, plat)
    return schrijfpagina(verzoek, w, plat, merk, erbij=erbij)


def schrijfpagina(
    verzoek: Request, w: Werkplek, plat: f.Plat, merk: str, *, erbij: str = "", status: int = 200, fout: str = ""
) -> Response:
    delen, stand = voorstelformulier.delen(w.regels), controle(w, plat)
    bij, los = voorstelformulier.hints(w.regels)
    return pagina(
        verzoek, "voorstel/schrijven.html", status=status, w=w, plat=plat, merk=merk, delen=delen, stand=stand,
        hints=bij, hints_los=los, woorden=woorden(stand.inhoud, plat), erbij=erbij, fout=fout, f=f,
        extra_rijen=EXTRA_RIJEN, opmerkingen=opmerkingen.per_onderdeel(w.plek.session, w.groep),
        geld=_geld(delen, plat), ingevuld={d.sleutel: f.ingevuld(d, plat) for d in delen},
        bestanden=bestanden.van_coalitie(w.plek.session, vind.sid(w.groep.id)),
    )  # fmt: skip


def _geld(delen: f.Delen, plat: f.Plat) -> dict[str, int]:
    """Totals in whole euros: asked from the municipality, of that in place of something else, and everything."""
    ruw = f.naar_inhoud(delen, plat)["begroting"]
    posten = [(p, p["bedrag_euro"]) for p in ruw if isinstance(p.get("bedrag_euro"), int)]
    return {
        "gevraagd": sum(b for p, b in posten if p.get("bron") == "gemeente"),
        "oud_voor_nieuw": sum(b for p, b in posten if p.get("oud_voor_nieuw") is True),
        "totaal": sum(b for _, b in posten),
    }


def _lezen(verzoek: Request, w: Werkplek, plat: f.Plat) -> Response:
    """For partners and the adviser; and for the penvoerder after the hour: then what was handed in is what counts."""
    eigen = eigen_voorstel.indieningen(w.plek.session, w.groep) if w.kring.schrijft else []
    staat = eigen_voorstel.staat_er(eigen)
    delen, bijlagen = voorstelformulier.delen(w.regels), bestanden.van_coalitie(w.plek.session, vind.sid(w.groep.id))
    if w.gesloten and staat is not None:
        plat, namen = f.uit_inhoud(delen, staat.inhoud), {b.get("sha256") for b in staat.inhoud.get("bijlagen", [])}
        bijlagen = [b for b in bestanden.alle(w.plek.session, vind.sid(w.groep.id)) if b.sha256 in namen]
    return pagina(
        verzoek, "voorstel/lezen.html", w=w, plat=plat, delen=delen, f=f, staat=staat,
        opmerkingen=opmerkingen.per_onderdeel(w.plek.session, w.groep), bestanden=bijlagen,
    )  # fmt: skip


@router.post("/voorstel")
def bewaar(verzoek: Request, w: AlsPenvoerder, formulier: Formulier) -> Response:
    """Keep the text, and do what the button says: stay, another row, a version, or on to the next step."""
    delen = voorstelformulier.delen(w.regels)
    plat, knop = f.uit_formulier(delen, formulier), str(formulier.get("_knop", ""))
    wat, _, welke = knop.partition(":")
    if wat == "weg":
        plat = f.zonder_rij(delen, plat, welke)
    try:
        uit = concepten.bewaar(
            w.plek.motor, w.kring.wie, w.sleutel(), plat, vanaf=str(formulier.get("_merk", "")), nu=w.plek.nu,
            vasthouden=wat == "versie",
        )  # fmt: skip
    except Gebruikersfout as fout:
        return schrijfpagina(verzoek, w, plat, "", status=422, fout=fout.bericht)
    if uit.botst:
        return terug_naar(f"{w.pad}/voorstel/versies?anders={uit.anders}", "botst")
    if wat in ("erbij", "weg"):
        rij = welke.partition("-")[0]
        extra = f"?erbij={rij}" if wat == "erbij" else "?klaar=bewaard"
        return RedirectResponse(f"{w.pad}/voorstel{extra}#rijen-{rij}", 303)
    naar = {"bestanden": "/voorstel/bestanden", "controle": "/voorstel/controle", "versie": "/voorstel/versies"}
    return terug_naar(f"{w.pad}{naar.get(wat, '/voorstel')}", "bewaard")


@router.get("/voorstel/versies")
def versies(verzoek: Request, w: AlsPenvoerder, anders: int = 0) -> Response:
    alle = concepten.versies(w.plek.session, w.kring.wie, w.sleutel())
    delen = voorstelformulier.delen(w.regels)
    gekozen = next((c for c in alle if c.versie == anders), None)
    verschil = list(f.verschil(gekozen.inhoud, alle[0].inhoud, delen)) if gekozen else []
    return pagina(
        verzoek, "voorstel/versies.html", w=w, versies=alle, gekozen=gekozen, verschil=verschil,
        ingediend=eigen_voorstel.indieningen(w.plek.session, w.groep),
    )  # fmt: skip


@router.post("/voorstel/versies")
def zet_terug(w: AlsPenvoerder, formulier: Formulier) -> Response:
    """An old version becomes the newest; the one that stood there stays in the list."""
    nummer = str(formulier.get("versie", ""))
    alle = concepten.versies(w.plek.session, w.kring.wie, w.sleutel())
    oud = next((c for c in alle if str(c.versie) == nummer), None)
    if oud is None:
        raise NietGevonden("Deze versie is er niet.")
    concepten.bewaar(
        w.plek.motor, w.kring.wie, w.sleutel(), oud.inhoud, vanaf=concepten.merk(alle[0].inhoud), nu=w.plek.nu,
        vasthouden=True,
    )  # fmt: skip
    return terug_naar(f"{w.pad}/voorstel", "teruggezet")


@router.get("/voorstel/controle")
def toon_controle(verzoek: Request, w: InCoalitie) -> Response:
    plat, merk = tekst_nu(w)
    stand = controle(w, plat)
    return pagina(
        verzoek, "voorstel/controle.html", w=w, stand=stand, merk=merk, woorden=woorden(stand.inhoud, plat),
        adressen=adressen(w), ingediend=eigen_voorstel.indieningen(w.plek.session, w.groep) if w.kring.schrijft else [],
    )  # fmt: skip


def adressen(w: Werkplek) -> dict[str, str]:
    """Field → where it is mended."""
    velden = {v.naam: f"{w.pad}/voorstel#{v.naam}" for v in f.alle_velden(voorstelformulier.delen(w.regels))}
    rijen = {v: f"{w.pad}/voorstel#rijen-{v}" for v in ("begroting", "vertrouwelijk")}
    return velden | rijen | {"partners": w.pad, "bestanden": f"{w.pad}/voorstel/bestanden"}
