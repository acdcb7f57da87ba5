"""The assessor's desk: first the declaration about each proposal, then the own work and the locking of it."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Form, Path, Request, Response

from ...fouten import GeenToestemming, Invoerfout
from ...overzichten import vind, werkvoorraad
from ...procedure import Poort, Rol
from ...regels import Regels
from ..doen import doe_als, nieuwe_sleutel, per_veld, terug_naar
from ..middelen import InRonde, Plek
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}/beoordelen")
Tekst = Annotated[str, Form()]
Groep = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
PER_BLAD = 50
LABELS = {"belang": "Uw antwoord", "toelichting": "Toelichting"}


def momenten(regels: Regels) -> dict[str, Any]:
    """The two deadlines of an assessor, aware."""
    return {naam: vind.momenten(regels, naam)[0] for naam in ("belangen_tot", "beoordeling_tot")}


def fase_van(poorten: set[str]) -> str:
    """What an assessor has to do in this stage of the round."""
    for poort, fase in (
        (Poort.BEOORDELING, "klaar"),
        (Poort.TOEWIJZING, "scoren"),
        (Poort.ONTVANKELIJKHEID, "belangen"),
    ):
        if poort.value in poorten:
            return fase
    return "wachten"


@router.get("")
def bureau(verzoek: Request, plek: InRonde, blad: int = 1) -> Response:
    """What is due, the next step, and the own proposals in the own order."""
    wie = plek.deelnemer(Rol.BEOORDELAAR)
    regels, fase = vind.regels(plek.session, plek.ronde), fase_van(werkvoorraad.gepasseerd(plek.session, plek.ronde))
    werk = werkvoorraad.van(plek.session, plek.ronde, wie, len(regels.criteria))
    if werk.uitgevallen and fase != "klaar":
        return pagina(verzoek, "beoordelen/vervangen.html", werk=werk)
    open_ = werkvoorraad.open_verklaringen(plek.session, plek.ronde, wie) if fase == "belangen" else 0
    bladen = max(1, -(-len(werk.rijen) // PER_BLAD))
    blad = min(max(blad, 1), bladen)
    return pagina(
        verzoek, "beoordelen/bureau.html", fase=fase, werk=werk, nog_verklaren=open_, termijn=momenten(regels),
        rijen=werk.rijen[(blad - 1) * PER_BLAD : blad * PER_BLAD], blad=blad, bladen=bladen, nu=plek.nu,
    )  # fmt: skip


# ---------------------------------------------------------------- declarations


@router.get("/belangen")
def belangen(verzoek: Request, plek: InRonde) -> Response:
    return _belangen(verzoek, plek)


def _belangen(verzoek: Request, plek: Plek, fouten: dict[str, list[str]] | None = None) -> Response:
    wie = plek.deelnemer(Rol.BEOORDELAAR)
    rijen = werkvoorraad.verklaringen(plek.session, plek.ronde, wie)
    fase = fase_van(werkvoorraad.gepasseerd(plek.session, plek.ronde))
    return pagina(
        verzoek, "beoordelen/belangen.html", status=422 if fouten else 200, fouten=fouten or {},
        gevraagd=[r for r in rijen if r.belang is None and r.vragen], mag=fase == "belangen",
        open=[r for r in rijen if r.belang is None and not r.vragen], klaar=[r for r in rijen if r.belang is not None],
        termijn=momenten(vind.regels(plek.session, plek.ronde)), formuliersleutel=nieuwe_sleutel(),
    )  # fmt: skip


@router.post("/belangen")
def geen_bij_overige(verzoek: Request, plek: InRonde, achteraf: BackgroundTasks, sleutel: Tekst = "") -> Response:
    """No interest in everything that is still open; the act itself refuses while a question stands open."""
    wie = plek.deelnemer(Rol.BEOORDELAAR)
    try:
        doe_als(plek, wie, "verklaar_belang", {"coalitie": "overige", "belang": False},
                sleutel=sleutel, achteraf=achteraf)  # fmt: skip
    except Invoerfout as fout:
        return _belangen(verzoek, plek, per_veld(fout))
    return terug_naar(f"/werk/{plek.kenmerk}/beoordelen", "verklaard")


@router.get("/belangen/{coalitie}")
def belang(verzoek: Request, plek: InRonde, coalitie: Groep) -> Response:
    rij = _verklaarrij(plek, coalitie)
    antwoord = {None: "", True: "ja", False: "nee"}[rij.belang]
    return _belang(verzoek, plek, rij, antwoord, rij.toelichting)


def _verklaarrij(plek: Plek, coalitie: str) -> werkvoorraad.Verklaarrij:
    rijen = werkvoorraad.verklaringen(plek.session, plek.ronde, plek.deelnemer(Rol.BEOORDELAAR))
    rij = next((r for r in rijen if r.coalitie == coalitie), None)
    if rij is None:
        raise GeenToestemming("Over dit voorstel vragen wij u geen verklaring.")
    return rij


def _belang(
    verzoek: Request, plek: Plek, rij: werkvoorraad.Verklaarrij, antwoord: str, toelichting: str,
    fouten: dict[str, list[str]] | None = None,
) -> Response:  # fmt: skip
    return pagina(
        verzoek, "beoordelen/belang.html", status=422 if fouten else 200, rij=rij, antwoord=antwoord, labels=LABELS,
        toelichting=toelichting, fouten=fouten or {}, formuliersleutel=nieuwe_sleutel(),
    )  # fmt: skip


@router.post("/belangen/{coalitie}")
def verklaar(
    verzoek: Request, plek: InRonde, coalitie: Groep, achteraf: BackgroundTasks,
    belang: Tekst = "", toelichting: Tekst = "", sleutel: Tekst = "",
) -> Response:  # fmt: skip
    wie, rij = plek.deelnemer(Rol.BEOORDELAAR), _verklaarrij(plek, coalitie)
    if belang not in ("ja", "nee"):
        return _belang(verzoek, plek, rij, "", toelichting, {"belang": ["kies ja of nee"]})
    gegevens = {"coalitie": coalitie, "belang": belang == "ja", "toelichting": toelichting}
    try:
        doe_als(plek, wie, "verklaar_belang", gegevens, sleutel=sleutel, achteraf=achteraf)
    except Invoerfout as fout:
        return _belang(verzoek, plek, rij, belang, toelichting, per_veld(fout))
    return terug_naar(f"/werk/{plek.kenmerk}/beoordelen/belangen", "verklaard")


# ---------------------------------------------------------------- locking


@router.get("/vergrendelen")
def samenvatting(verzoek: Request, plek: InRonde, voorstel: str = "") -> Response:
    return _samenvatting(verzoek, plek, voorstel)


def _samenvatting(verzoek: Request, plek: Plek, coalitie: str, fouten: dict[str, list[str]] | None = None) -> Response:
    """Everything that was scored, to read once more: of one proposal, or of all that are not locked yet."""
    wie, regels = plek.deelnemer(Rol.BEOORDELAAR), vind.regels(plek.session, plek.ronde)
    werk = werkvoorraad.van(plek.session, plek.ronde, wie, len(regels.criteria))
    rijen = [werk.rij(coalitie)] if coalitie else werk.open
    scores = werkvoorraad.eigen_scores(plek.session, plek.ronde, wie, coalitie)
    return pagina(
        verzoek, "beoordelen/vergrendelen.html", status=422 if fouten else 200, rijen=rijen, scores=scores,
        criteria=regels.criteria, coalitie=coalitie or "alle", fouten=fouten or {}, formuliersleutel=nieuwe_sleutel(),
        mist=[r for r in rijen if r.gegeven < r.van], concept=[r for r in rijen if r.concept],
    )  # fmt: skip


@router.post("/vergrendelen")
def vergrendel(
    verzoek: Request, plek: InRonde, achteraf: BackgroundTasks, coalitie: Tekst = "", zeker: Tekst = "",
    sleutel: Tekst = "",
) -> Response:  # fmt: skip
    wie, een = plek.deelnemer(Rol.BEOORDELAAR), "" if coalitie == "alle" else coalitie
    if zeker != "ja":
        return _samenvatting(verzoek, plek, een, {"zeker-ja": ["zet een vinkje als u zeker bent"]})
    try:
        doe_als(plek, wie, "vergrendel", {"coalitie": coalitie}, sleutel=sleutel, achteraf=achteraf)
    except Invoerfout as fout:
        return _samenvatting(verzoek, plek, een, per_veld(fout))
    return terug_naar(f"/werk/{plek.kenmerk}/beoordelen", "vergrendeld")
