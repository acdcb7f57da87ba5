"""The vault: two people open it, each logged in; afterwards the check on form, with gaps and repairs in sight."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response

from ...fouten import Conflict, Gebruikersfout, GeenToestemming, NietGevonden
from ...overzichten import inzage, kluis, vind
from ...procedure import Poort, Rol
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..middelen import Plek, rol
from ..sjablonen import pagina
from ..velden import Formulier
from .vorm import Fouten, Leidt, LeidtOfLeest, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/kluis")
BijKluis = Annotated[Plek, Depends(rol(Rol.PROJECTLEIDER, Rol.TWEEDE, Rol.JURIST))]
Achteraf = BackgroundTasks


@router.get("")
def toon(verzoek: Request, plek: BijKluis) -> Response:
    return _kluis(verzoek, plek)


def _kluis(verzoek: Request, plek: Plek, *, fouten: Fouten | None = None, status: int = 200) -> Response:
    gesloten = vind.passage(plek.session, plek.ronde, Poort.SLUITING)
    [sluiting] = vind.momenten(vind.regels(plek.session, plek.ronde), "sluiting")
    open_ = kluis.opening(plek.session, plek.ronde)
    voornemen = None if open_ or not gesloten else kluis.lopend_voornemen(plek.session, plek.ronde, plek.nu)
    eigen = {d.id for d in plek.als.values()}
    return pagina(
        verzoek, "kluis/index.html", status=status, fouten=fouten or {}, sleutel=nieuwe_sleutel(),
        gesloten=gesloten, sluiting=sluiting, opening=open_, voornemen=voornemen,
        namen=_namen(plek, open_ or voornemen), tot=voornemen.gemaakt_op + kluis.BEVESTIG_BINNEN if voornemen else None,
        van_mij=bool(voornemen and voornemen.deelnemer_id in eigen),
    )  # fmt: skip


def _namen(plek: Plek, rij: Any) -> dict[str, str]:
    """Who proposed and who confirmed."""
    if rij is None:
        return {}
    eerste = getattr(rij, "eerste_id", None) or rij.deelnemer_id
    tweede = rij.tweede_id
    uit = {"eerste": kluis.naam(plek.session, eerste)}
    return uit | ({"tweede": kluis.naam(plek.session, tweede)} if tweede else {})


@router.post("/voorstellen")
def stel_voor(verzoek: Request, plek: Leidt, velden: Formulier, achteraf: Achteraf) -> Response:
    return _doe(verzoek, plek, "bereid_opening_voor", (Rol.PROJECTLEIDER,), velden, achteraf, "opening-voorgesteld")


@router.post("/bevestigen")
def bevestig(verzoek: Request, plek: BijKluis, velden: Formulier, achteraf: Achteraf) -> Response:
    return _doe(verzoek, plek, "bevestig_opening", (Rol.TWEEDE, Rol.JURIST), velden, achteraf, "kluis-open")


@router.post("/intrekken")
def trek_in(verzoek: Request, plek: BijKluis, velden: Formulier, achteraf: Achteraf) -> Response:
    rollen = (Rol.PROJECTLEIDER, Rol.TWEEDE, Rol.JURIST)
    return _doe(verzoek, plek, "trek_opening_in", rollen, velden, achteraf, "opening-ingetrokken")


def _doe(
    verzoek: Request, plek: Plek, handeling: str, rollen: tuple[Rol, ...], velden: Formulier, achteraf: Achteraf,
    klaar: str,
) -> Response:  # fmt: skip
    try:
        doe_als(plek, plek.deelnemer(*rollen), handeling, {}, sleutel=velden["sleutel"], achteraf=achteraf)
    except Conflict as fout:  # somebody else was first: show how it stands now
        plek.session.rollback()
        return _kluis(verzoek, plek, fouten=fouten_uit(fout), status=409)
    return terug_naar(f"/werk/{plek.kenmerk}/kluis", klaar)


# ---------------------------------------------------------------- the check on form


@router.get("/vorm")
def vormlijst(verzoek: Request, plek: LeidtOfLeest) -> Response:
    try:
        rijen = kluis.vormlijst(plek.session, plek.ronde, set(plek.als))
    except GeenToestemming:
        if kluis.opening(plek.session, plek.ronde) is not None:
            raise
        return pagina(verzoek, "kluis/dicht.html")
    return pagina(verzoek, "kluis/vormlijst.html", rijen=rijen, **_termijn(plek))


def _termijn(plek: Plek) -> dict[str, Any]:
    regels = vind.regels(plek.session, plek.ronde)
    [tot] = vind.momenten(regels, "herstel_tot")
    return {
        "tot": tot,
        "nog_herstel": plek.nu < tot,
        "titels": {str(v.sleutel): v.titel for v in regels.indienen.vormvereisten},
        "klaar": vind.passage(plek.session, plek.ronde, Poort.ONTVANKELIJKHEID),
    }


@router.get("/vorm/{coalitie}")
def toon_vorm(verzoek: Request, plek: LeidtOfLeest, coalitie: str) -> Response:
    return _vorm(verzoek, plek, coalitie)


def _vorm(
    verzoek: Request, plek: Plek, coalitie: str, *, velden: dict[str, str] | None = None,
    fouten: Fouten | None = None, status: int = 200,
) -> Response:  # fmt: skip
    rijen = kluis.vormlijst(plek.session, plek.ronde, set(plek.als))
    rij = next((r for r in rijen if r.coalitie.sleutel == coalitie), None)
    if rij is None:
        raise NietGevonden("Dit voorstel is er niet.")
    wie = plek.deelnemer(Rol.PROJECTLEIDER, Rol.JURIST)
    keuze = "" if rij.voorstel.ontvankelijk is None else ("ja" if rij.voorstel.ontvankelijk else "nee")
    return pagina(
        verzoek, "kluis/vorm.html", status=status, rij=rij, fouten=fouten or {}, sleutel=nieuwe_sleutel(),
        waarden=velden or {"ontvankelijk": keuze, "motivering": rij.voorstel.vormoordeel},
        zicht=inzage.voorstel(plek.session, plek.ronde, wie, coalitie), leidt=plek.heeft(Rol.PROJECTLEIDER),
        volgende=next((r for r in rijen if r.voorstel.ontvankelijk is None and r is not rij), None), **_termijn(plek),
    )  # fmt: skip


@router.post("/vorm/{coalitie}")
def oordeel_vorm(verzoek: Request, plek: Leidt, coalitie: str, velden: Formulier, achteraf: Achteraf) -> Response:
    gegevens: dict[str, Any] = {"coalitie": coalitie, "motivering": velden["motivering"]}
    if velden["ontvankelijk"] in ("ja", "nee"):
        gegevens |= {"ontvankelijk": velden["ontvankelijk"] == "ja"}
    try:
        doe_als(plek, plek.deelnemer(Rol.PROJECTLEIDER), "oordeel_vorm", gegevens,
                sleutel=velden["sleutel"], achteraf=achteraf)  # fmt: skip
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _vorm(verzoek, plek, coalitie, velden=velden.tekst, fouten=fouten_uit(fout), status=422)
    return terug_naar(f"/werk/{plek.kenmerk}/kluis/vorm", "vorm")
