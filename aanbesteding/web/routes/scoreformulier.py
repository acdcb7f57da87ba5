"""Scoring without a connection: the form as a spreadsheet, out and in again, and the printed form of the round."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from ...documenten.archief import Archief
from ...fouten import Invoerfout, NietGevonden
from ...handelingen import scorevel
from ...instellingen import instellingen
from ...overzichten import eigen_formulier, vind, werkvoorraad
from ...procedure import Rol
from ...regels import Regels
from .. import scoreboek
from ..doen import terug_naar
from ..middelen import InRonde, Plek
from ..sjablonen import pagina
from ..velden import Formulier
from .beoordelen import fase_van

router = APIRouter(prefix="/werk/{kenmerk}/beoordelen")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _werk(plek: Plek) -> tuple[Regels, werkvoorraad.Werk]:
    regels = vind.regels(plek.session, plek.ronde)
    return regels, werkvoorraad.van(plek.session, plek.ronde, plek.deelnemer(Rol.BEOORDELAAR), len(regels.criteria))


@router.get("/formulier")
def toon(verzoek: Request, plek: InRonde) -> Response:
    return _toon(verzoek, plek, [])


def _toon(verzoek: Request, plek: Plek, fouten: list[str]) -> Response:
    wie = plek.deelnemer(Rol.BEOORDELAAR)
    _, werk = _werk(plek)
    mag = fase_van(werkvoorraad.gepasseerd(plek.session, plek.ronde)) == "scoren" and bool(werk.open)
    return pagina(
        verzoek, "beoordelen/formulier.html", status=422 if fouten else 200, fouten=fouten, mag=mag, werk=werk,
        pdf=eigen_formulier.zoek(plek.session, plek.ronde, wie),
    )  # fmt: skip


@router.get("/formulier.xlsx")
def boek(plek: InRonde) -> Response:
    regels, werk = _werk(plek)
    if not werk.rijen:
        raise NietGevonden("Er zijn geen voorstellen aan u toegewezen. Daarom is er ook geen formulier.")
    scores = werkvoorraad.eigen_scores(plek.session, plek.ronde, plek.deelnemer(Rol.BEOORDELAAR))
    return _bestand(scoreboek.maak(werk, scores, regels), XLSX, f"scores-{plek.kenmerk}.xlsx")


@router.get("/formulier.pdf")
def pdf(plek: InRonde) -> Response:
    """The form that was made for this assessor at gate toewijzing, and no other."""
    stuk = eigen_formulier.zoek(plek.session, plek.ronde, plek.deelnemer(Rol.BEOORDELAAR))
    if stuk is None:
        raise NietGevonden("Het formulier is er nog niet. Het wordt gemaakt als de voorstellen zijn verdeeld.")
    return _bestand(Archief(instellingen().archief_map).lees(stuk.sha256), "application/pdf", stuk.bestandsnaam)


def _bestand(inhoud: bytes, soort: str, naam: str) -> Response:
    return Response(inhoud, media_type=soort,
                    headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(naam)}"})  # fmt: skip


@router.post("/formulier")
def lees_in(verzoek: Request, plek: InRonde, velden: Formulier) -> Response:
    """All rows or none: the same checks as on the page, with every fault by cell."""
    wie = plek.deelnemer(Rol.BEOORDELAAR)
    _, werk = _werk(plek)
    _, ruw = velden.bestanden.get("bestand", ("", b""))
    if not ruw:
        return _toon(verzoek, plek, ["Kies eerst het ingevulde formulier (.xlsx)."])
    scores = werkvoorraad.eigen_scores(plek.session, plek.ronde, wie)
    try:
        vakjes, vooraf = scoreboek.lees_boek(ruw, werk, scores)
    except Invoerfout as fout:
        return _toon(verzoek, plek, fout.fouten)
    uit = scorevel.bewaar(
        plek.motor, plek.kenmerk, "score", wie, vakjes, nu=plek.nu, alles_of_niets=True, vooraf=vooraf,
        lees=lambda s, r: werkvoorraad.eigen_scores(s, r, wie),
    )  # fmt: skip
    for rij in uit.botsingen:
        uit.fouten.setdefault(rij, []).append("D: deze score is na het downloaden veranderd; download opnieuw")
    fouten = ([uit.gesloten] if uit.gesloten else []) + scoreboek.per_cel(uit.fouten)
    if fouten:
        return _toon(verzoek, plek, fouten)
    return terug_naar(f"/werk/{plek.kenmerk}/beoordelen", "ingelezen" if uit.bewaard else "niets")
