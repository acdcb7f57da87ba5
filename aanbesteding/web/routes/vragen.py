"""Questions about the call: organisations ask, the project leader answers, everyone reads the nota's."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from sqlmodel import select

from ...fouten import Gebruikersfout, NietGevonden
from ...handelingen import concepten
from ...model import Vraag
from ...overzichten import vind, vragen
from ...procedure import Poort, Rol
from .. import regelkeuze
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..middelen import Plek, rol
from ..sjablonen import pagina
from ..velden import Formulier
from .vorm import Fouten, Leidt, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/vragen")
Vrager = (Rol.ORGANISATIE, Rol.PENVOERDER)
Lezer = Annotated[Plek, Depends(rol(*Vrager, Rol.PROJECTLEIDER, Rol.JURIST, Rol.ADVISEUR))]
VraagtMee = Annotated[Plek, Depends(rol(*Vrager))]
CONCEPT = "vraag"


@router.get("")
def toon(verzoek: Request, plek: Lezer) -> Response:
    return _toon(verzoek, plek)


def _toon(
    verzoek: Request, plek: Plek, *, waarden: dict[str, str] | None = None, fouten: Fouten | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    regels = vind.regels(plek.session, plek.ronde)
    leidt = plek.heeft(Rol.PROJECTLEIDER)
    return pagina(
        verzoek, "vragen/index.html", status=status, fouten=fouten or {}, sleutel=nieuwe_sleutel(),
        notas=vragen.notas(plek.session, plek.ronde), tot=vragen.laatste_moment(regels),
        begonnen=vind.passage(plek.session, plek.ronde, Poort.OPROEP), leidt=leidt,
        werklijst=vragen.nog_niet_gepubliceerd(plek.session, plek.ronde) if leidt else [],
        nota_bij=lambda v: vragen.nota_bij(regels, v.gesteld_op), **_eigen(plek, waarden),
    )  # fmt: skip


def _eigen(plek: Plek, waarden: dict[str, str] | None) -> dict[str, Any]:
    """The own questions and the form with what was typed, for who may ask."""
    if not plek.heeft(*Vrager):
        return {"vrager": None, "eigen": [], "waarden": {}, "merk": ""}
    wie = plek.deelnemer(*Vrager)
    concept = concepten.nieuwste(plek.session, wie, CONCEPT)
    inhoud = concept.inhoud if concept else {}
    ids = {d.id for r, d in plek.als.items() if r in Vrager and d.id is not None}
    return {
        "vrager": wie, "eigen": vragen.eigen(plek.session, ids), "merk": concepten.merk(inhoud),
        "waarden": waarden if waarden is not None else inhoud,
    }  # fmt: skip


@router.post("")
def stel(verzoek: Request, plek: VraagtMee, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    gegevens = {"onderwerp": velden["onderwerp"], "tekst": velden["tekst"]}
    wie = plek.deelnemer(*Vrager)
    try:
        doe_als(plek, wie, "stel_vraag", gegevens, sleutel=velden["sleutel"], achteraf=achteraf)
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _toon(verzoek, plek, waarden=velden.tekst, fouten=fouten_uit(fout), status=422)
    concepten.bewaar(plek.motor, wie, CONCEPT, {}, vanaf=concepten.merk(gegevens), nu=plek.nu)
    return terug_naar(f"/werk/{plek.kenmerk}/vragen", "vraag")


# ---------------------------------------------------------------- answering


def _vraag(plek: Plek, nummer: int) -> Vraag:
    vraag = select(Vraag).where(Vraag.ronde_id == plek.ronde.id, Vraag.nummer == nummer)
    rij = plek.session.exec(vraag).first() if 0 < nummer < 10**6 else None
    if rij is None:
        raise NietGevonden("Deze vraag is er niet.")
    return rij


@router.get("/{nummer}")
def toon_antwoord(verzoek: Request, plek: Leidt, nummer: int) -> Response:
    return _antwoord(verzoek, plek, nummer)


def _antwoord(
    verzoek: Request, plek: Plek, nummer: int, *, waarden: dict[str, str] | None = None, fouten: Fouten | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    rij, regels = _vraag(plek, nummer), vind.regels(plek.session, plek.ronde)
    wie = plek.deelnemer(Rol.PROJECTLEIDER)
    concept = concepten.nieuwste(plek.session, wie, f"antwoord/{nummer}")
    inhoud = concept.inhoud if concept else {}
    return pagina(
        verzoek, "vragen/beantwoord.html", status=status, vraag=rij, fouten=fouten or {}, sleutel=nieuwe_sleutel(),
        waarden=waarden or inhoud or _gegeven(rij), wie=wie, merk=concepten.merk(inhoud),
        nota=vragen.nota_bij(regels, rij.gesteld_op), opties=regelkeuze.opties(regels),
    )  # fmt: skip


def _gegeven(rij: Vraag) -> dict[str, str]:
    """An answer that was given before, as the form shows it."""
    w = rij.wijziging
    vast = {"antwoord": rij.antwoord}
    if not w:
        return vast
    return vast | {"regel": w["sleutel"], "waarde": regelkeuze.als_tekst(w["waarde"]), "toelichting": w["toelichting"]}


@router.post("/{nummer}")
def beantwoord(verzoek: Request, plek: Leidt, nummer: int, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    wie = plek.deelnemer(Rol.PROJECTLEIDER)
    try:
        gegevens: dict[str, Any] = {"nummer": nummer, "antwoord": velden["antwoord"]}
        if velden["regel"]:
            waarde = regelkeuze.als_waarde(vind.regels(plek.session, plek.ronde), velden["regel"], velden["waarde"])
            gegevens["wijziging"] = {
                "sleutel": velden["regel"], "waarde": waarde, "toelichting": velden["toelichting"]
            }  # fmt: skip
        doe_als(plek, wie, "beantwoord_vraag", gegevens, sleutel=velden["sleutel"], achteraf=achteraf)
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _antwoord(verzoek, plek, nummer, waarden=velden.tekst, fouten=_naar_velden(fout), status=422)
    return terug_naar(f"/werk/{plek.kenmerk}/vragen", "antwoord")


def _naar_velden(fout: Gebruikersfout) -> Fouten:
    """Faults of a change stand at the fields of the form: 'wijziging.toelichting' is 'toelichting', and what the
    rules say about the new value is 'waarde'."""
    uit: Fouten = {}
    for veld, zinnen in fouten_uit(fout).items():
        kaal = {"sleutel": "regel"}.get(veld.removeprefix("wijziging."), veld.removeprefix("wijziging."))
        naam = kaal if kaal in ("antwoord", "regel", "waarde", "toelichting", "") else "waarde"
        uit.setdefault(naam, []).extend(zinnen)
    return uit
