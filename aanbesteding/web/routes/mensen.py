"""Organisations and people of a round: the list, one at a time by a form, or many at once from a table."""

import tempfile
from pathlib import Path
from typing import Any

from fastapi import APIRouter, BackgroundTasks, Request, Response

from ...fouten import Gebruikersfout, Invoerfout
from ...handelingen.aanvullen import TEAM as TEAMROLLEN_ERBIJ
from ...ledenlijsten import ADVISEURS, BEOORDELAARS, ORGANISATIES, TEAM, Lijst, lees_mensen, lees_organisaties
from ...mensenlijst import Mens, Organisatieregel
from ...overzichten import leiden, vind
from ...procedure import Poort, Rol
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..middelen import Plek
from ..rolwoorden import ROL
from ..sjablonen import pagina
from ..velden import Formulier, Velden
from .vorm import Fouten, Leidt, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/leiden/mensen")
LIJSTEN: dict[str, Lijst] = {lijst.naam: lijst for lijst in (ORGANISATIES, TEAM, BEOORDELAARS, ADVISEURS)}
SOORTEN = ("zorg", "welzijn", "vereniging", "bedrijf", "onderwijs", "belangengroep", "bewonersgroep",
           "woningcorporatie", "kerk")  # fmt: skip


@router.get("")
def toon(verzoek: Request, plek: Leidt) -> Response:
    return _toon(verzoek, plek)


def _toon(
    verzoek: Request, plek: Plek, *, welk: str = "", waarden: dict[str, str] | None = None,
    fouten: Fouten | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """`welk` names the form that was sent, so that faults and typed text stand at that one."""
    gedaan = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    return pagina(
        verzoek, "leiden/mensen.html", status=status, welk=welk, waarden=waarden or {}, fouten=fouten or {},
        organisaties=leiden.organisaties(plek.session, plek.ronde), team=leiden.team(plek.session, plek.ronde),
        mag_organisaties=Poort.OPROEP.value not in gedaan, mag_beoordelaars=Poort.TOEWIJZING.value not in gedaan,
        mag_adviseurs=Poort.SLUITING.value not in gedaan, lijsten=LIJSTEN, soorten=SOORTEN, sleutel=nieuwe_sleutel(),
        teamrollen=[(r.value, ROL[r.value]) for r in TEAMROLLEN_ERBIJ],
    )  # fmt: skip


def _handeling(soort: str, rijen: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    if soort == ORGANISATIES.naam:
        return "voeg_organisaties_toe", {"organisaties": rijen}
    return "voeg_mensen_toe", {"mensen": rijen}


@router.post("/een")
def voeg_een_toe(verzoek: Request, plek: Leidt, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    """One organisation, assessor or adviser from the form."""
    welk = velden["lijst"]
    try:
        if welk not in LIJSTEN:
            raise Invoerfout("lijst: kies wat u wilt toevoegen", waar="mensen")
        _voeg_toe(plek, welk, [_rij(LIJSTEN[welk], velden)], velden, achteraf)
    except Gebruikersfout as fout:
        plek.session.rollback()
        kaal = {veld.rpartition(".")[2]: zinnen for veld, zinnen in fouten_uit(fout).items()}
        return _toon(verzoek, plek, welk=welk, waarden=velden.tekst, fouten=kaal, status=422)
    return terug_naar(f"/werk/{plek.kenmerk}/leiden/mensen", "toegevoegd")


def _rij(lijst: Lijst, velden: Velden) -> dict[str, Any]:
    rij: dict[str, Any] = {k: velden[k] for k in lijst.kolommen if velden[k] and k != "sleutel"}
    rij["sleutel"] = velden["kort"]
    return rij | ({"rol": lijst.rol.value} if lijst.rol else {})


def _voeg_toe(
    plek: Plek, welk: str, rijen: list[dict[str, Any]], velden: Velden, achteraf: BackgroundTasks
) -> None:  # fmt: skip
    handeling, gegevens = _handeling(welk, rijen)
    doe_als(plek, plek.deelnemer(Rol.PROJECTLEIDER), handeling, gegevens, sleutel=velden["sleutel"], achteraf=achteraf)


@router.post("/lijst")
def voeg_lijst_toe(verzoek: Request, plek: Leidt, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    """Many at once: all rows or none, with every faulty row named."""
    welk = velden["lijst"]
    naam, inhoud = velden.bestanden.get("bestand", ("", b""))
    try:
        if welk not in LIJSTEN:
            raise Invoerfout("lijst: kies welke lijst dit is", waar="mensen")
        if not inhoud:
            raise Invoerfout("bestand: kies een bestand van uw computer", waar="mensen")
        regels = _lees(welk, naam, inhoud)
        _voeg_toe(plek, welk, [r.model_dump(mode="json") for r in regels], velden, achteraf)
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _toon(verzoek, plek, welk="lijst", waarden=velden.tekst, fouten=_lijstfouten(fout), status=422)
    return terug_naar(f"/werk/{plek.kenmerk}/leiden/mensen", "toegevoegd")


def _lees(welk: str, naam: str, inhoud: bytes) -> list[Organisatieregel] | list[Mens]:
    """The reader of round folders takes a path; the name that the browser sent is never used as one."""
    with tempfile.TemporaryDirectory() as folder:
        pad = Path(folder) / f"{welk}{'.xlsx' if naam.lower().endswith('.xlsx') else '.csv'}"
        pad.write_bytes(inhoud)
        return lees_organisaties(pad) if welk == ORGANISATIES.naam else lees_mensen(pad, LIJSTEN[welk])


def _lijstfouten(fout: Gebruikersfout) -> Fouten:
    """What is wrong with rows stands as it is; what is wrong with the form stands at its field."""
    uit = fouten_uit(fout)
    eigen: Fouten = {k: w for k, w in uit.items() if k in ("lijst", "bestand")}
    rest = [f"{k}: {z}" if k else z for k, w in uit.items() if k not in eigen for z in w]
    return eigen | ({"bestand": rest} if rest else {})
