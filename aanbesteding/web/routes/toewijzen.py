"""Who judges what: declarations, the division with its proof, a change with a reason; and the advisers' hours."""

from typing import Any

from fastapi import APIRouter, BackgroundTasks, Request, Response

from ...fouten import Gebruikersfout
from ...kern.toewijzing import Toewijzing, ToewijzingError
from ...overzichten import advies, leiden, toewijzen, vind
from ...procedure import Poort, Rol
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..middelen import Plek
from ..sjablonen import pagina
from ..velden import Formulier, Velden
from .vorm import Fouten, Leidt, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/leiden")


@router.get("/toewijzing")
def toon(verzoek: Request, plek: Leidt) -> Response:
    return _toon(verzoek, plek)


def _toon(
    verzoek: Request, plek: Plek, *, waarden: dict[str, str] | None = None, fouten: Fouten | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    gedaan = {p.poort: p.moment for p in vind.gepasseerd(plek.session, plek.ronde)}
    if Poort.ONTVANKELIJKHEID not in gedaan:
        return pagina(verzoek, "leiden/toewijzing-later.html")
    rijen = leiden.beoordelaars(plek.session, plek.ronde)
    voorstellen = vind.ontvankelijke(plek.session, plek.ronde)
    regels = vind.regels(plek.session, plek.ronde)
    return pagina(
        verzoek, "leiden/toewijzing.html", status=status, rijen=rijen, voorstellen=voorstellen, fouten=fouten or {},
        waarden=waarden or {}, sleutel=nieuwe_sleutel(), klaar=gedaan.get(Poort.TOEWIJZING),
        beoordeeld=gedaan.get(Poort.BEOORDELING), eisen=regels.beoordeling,
        belangen_tot=vind.momenten(regels, "belangen_tot")[0],
        beoordeling_tot=vind.momenten(regels, "beoordeling_tot")[0],
        wensen=toewijzen.wensen(plek.session, plek.ronde), **_verdeling(plek, Poort.TOEWIJZING in gedaan),
    )  # fmt: skip


def _verdeling(plek: Plek, vast: bool) -> dict[str, Any]:
    """The recorded pairs, or what the calculation would give now; `bezwaar` says why it cannot be."""
    if vast:
        return {"paren": leiden.paren(plek.session, plek.ronde), "uitkomst": None, "bezwaar": ""}
    try:
        regels = vind.regels(plek.session, plek.ronde)
        uitkomst: Toewijzing | None = toewijzen.bereken(plek.session, plek.ronde, regels)
        bezwaar = ""
    except ToewijzingError as fout:
        uitkomst, bezwaar = None, str(fout)
    paren: dict[str, list[str]] = {}
    for coalitie, wie in uitkomst.paren if uitkomst else ():
        paren.setdefault(coalitie, []).append(wie)
    return {"paren": paren, "uitkomst": uitkomst, "bezwaar": bezwaar}


@router.post("/toewijzing/wijziging")
def wijzig(verzoek: Request, plek: Leidt, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    gegevens = {k: velden[k] for k in ("coalitie", "beoordelaar", "soort", "reden")}
    return _doe(verzoek, plek, "wijs_toe", gegevens, velden, achteraf, "wijziging")


@router.post("/toewijzing/intrekken")
def trek_in(verzoek: Request, plek: Leidt, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    gegevens = {"nummer": velden.getal("nummer"), "reden": velden["reden_intrekking"]}
    return _doe(verzoek, plek, "trek_wijziging_in", gegevens, velden, achteraf, "wijziging")


@router.post("/toewijzing/vervangen")
def vervang(verzoek: Request, plek: Leidt, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    gegevens = {"beoordelaar": velden["wie"], "reden": velden["reden_uitval"]}
    return _doe(verzoek, plek, "vervang_beoordelaar", gegevens, velden, achteraf, "vervangen")


VELD = {
    "trek_wijziging_in": {"reden": "reden_intrekking"},
    "vervang_beoordelaar": {"reden": "reden_uitval", "beoordelaar": "wie"},
}
"""Three forms on one page: the field of an act → the field of its form."""


def _doe(
    verzoek: Request, plek: Plek, handeling: str, gegevens: dict[str, Any], velden: Velden,
    achteraf: BackgroundTasks, klaar: str,
) -> Response:  # fmt: skip
    try:
        doe_als(plek, plek.deelnemer(Rol.PROJECTLEIDER), handeling, gegevens,
                sleutel=velden["sleutel"], achteraf=achteraf)  # fmt: skip
    except Gebruikersfout as fout:
        plek.session.rollback()
        namen = VELD.get(handeling, {})
        fouten = {namen.get(veld, veld): zinnen for veld, zinnen in fouten_uit(fout).items()}
        return _toon(verzoek, plek, waarden=velden.tekst, fouten=fouten, status=422)
    return terug_naar(f"/werk/{plek.kenmerk}/leiden/toewijzing", klaar)


@router.get("/advies")
def toon_advies(verzoek: Request, plek: Leidt) -> Response:
    """Who asked for an adviser and who got which hours. The question itself is between coalition and adviser."""
    regels = vind.regels(plek.session, plek.ronde)
    gedaan = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    momenten = vind.momenten(regels, "adviesmomenten")
    return pagina(
        verzoek, "leiden/advies.html", rijen=advies.rijen(plek.session, plek.ronde, regels), regels=regels.advies,
        adviseurs=advies.adviseurs(plek.session, plek.ronde), momenten=momenten,
        volgende=next((m for m in momenten if m > plek.nu), None), begonnen=Poort.OPROEP.value in gedaan,
    )  # fmt: skip
