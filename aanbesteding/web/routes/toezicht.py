"""For jurist and auditor: everything read-only, the log with its check, the declaration of care, the lots."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request, Response

from ... import logboek
from ...controle import controleer_ronde
from ...documenten.archief import Archief
from ...fouten import Gebruikersfout
from ...instellingen import instellingen
from ...overzichten import beoordelen, toezicht, vind
from ...procedure import Poort, Rol
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..middelen import Plek, rol
from ..sjablonen import pagina
from ..velden import Formulier, Velden
from .vorm import Fouten, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/toezicht")
Jurist = Annotated[Plek, Depends(rol(Rol.JURIST))]
EIGEN_PUNTEN = 2
"""Empty lines on the form for points of the jurist himself."""


@router.get("")
def overzicht(verzoek: Request, plek: Jurist) -> Response:
    poorten = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    return pagina(
        verzoek, "toezicht/overzicht.html", belangen=toezicht.belangen(plek.session, plek.ronde),
        fouten_log=logboek.controleer(plek.session, vind.sid(plek.ronde.id)),
        laatste=logboek.laatste(plek.session, vind.sid(plek.ronde.id)),
        verklaring=toezicht.vergewisverklaring(plek.session, plek.ronde),
        loting=toezicht.loting(plek.session, plek.ronde), te_loten=beoordelen.te_loten(plek.session, plek.ronde),
        beoordeeld=Poort.BEOORDELING.value in poorten, regels_hash=vind.regels_hash(plek.session, plek.ronde),
    )  # fmt: skip


@router.get("/log")
def log(
    verzoek: Request, plek: Jurist, blad: Annotated[int, Query(ge=1, le=100_000)] = 1, handeling: str = "",
    actor: str = "",
) -> Response:  # fmt: skip
    gevonden = toezicht.logblad(plek.session, plek.ronde, blad=blad, handeling=handeling, actor=actor)
    return pagina(
        verzoek, "toezicht/log.html", log=gevonden, handeling=handeling, actor=actor,
        soorten=toezicht.soorten(plek.session, plek.ronde), als_tekst=_als_tekst,
    )  # fmt: skip


def _als_tekst(gegevens: dict[str, Any]) -> str:
    return json.dumps(gegevens, ensure_ascii=False, sort_keys=True)


@router.post("/controle")
def controle(verzoek: Request, plek: Jurist) -> Response:
    """Everything that was recorded against everything that is there now; a button, since it reads every document."""
    fouten = controleer_ronde(plek.session, plek.ronde, Archief(instellingen().archief_map))
    return pagina(verzoek, "toezicht/controle.html", gevonden=fouten)


@router.get("/vergewisverklaring")
def toon_verklaring(verzoek: Request, plek: Jurist) -> Response:
    return _verklaring(verzoek, plek)


def _verklaring(
    verzoek: Request, plek: Plek, *, waarden: Velden | None = None, fouten: Fouten | None = None
) -> Response:
    poorten = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    return pagina(
        verzoek, "toezicht/vergewis.html", status=422 if fouten else 200, fouten=fouten or {}, sleutel=nieuwe_sleutel(),
        punten=toezicht.VERGEWISPUNTEN, eigen=EIGEN_PUNTEN, waarden=waarden.tekst if waarden else {},
        al=toezicht.vergewisverklaring(plek.session, plek.ronde), kan=Poort.BEOORDELING.value in poorten,
    )  # fmt: skip


@router.post("/vergewisverklaring")
def onderteken(verzoek: Request, plek: Jurist, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    vast = list(enumerate(toezicht.VERGEWISPUNTEN, 1))
    erbij = [(n, velden[f"punt-{n}"]) for n in range(len(vast) + 1, len(vast) + EIGEN_PUNTEN + 1)]
    punten = [
        {"punt": punt, "oordeel": velden[f"oordeel-{n}"] or "open", "toelichting": velden[f"toelichting-{n}"]}
        for n, punt in [*vast, *((n, p) for n, p in erbij if p)]
    ]
    try:
        doe_als(
            plek, plek.deelnemer(Rol.JURIST), "vergewis", {"punten": punten, "conclusie": velden["conclusie"]},
            sleutel=velden["sleutel"], achteraf=achteraf,
        )  # fmt: skip
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _verklaring(verzoek, plek, waarden=velden, fouten=fouten_uit(fout))
    return terug_naar(f"/werk/{plek.kenmerk}/toezicht", "vastgelegd")


@router.get("/loting")
def toon_loting(verzoek: Request, plek: Jurist) -> Response:
    return _loting(verzoek, plek)


def _loting(
    verzoek: Request, plek: Plek, *, waarden: dict[str, str] | None = None, fouten: Fouten | None = None
) -> Response:
    regels = vind.regels(plek.session, plek.ronde)
    anderen = [
        d for r in (Rol.TWEEDE, Rol.VOORZITTER, Rol.PROJECTLEIDER) for d in vind.met_rol(plek.session, plek.ronde, r)
    ]
    return pagina(
        verzoek, "toezicht/loting.html", status=422 if fouten else 200, fouten=fouten or {}, waarden=waarden or {},
        te_loten=beoordelen.te_loten(plek.session, plek.ronde), al=toezicht.loting(plek.session, plek.ronde),
        lijsthash=beoordelen.gepubliceerde_lijsthash(plek.session, plek.ronde), sleutel=nieuwe_sleutel(),
        bronnen=regels.verdeling.loting_bronnen, getuigen=[(d.sleutel, f"{d.functie or d.sleutel}") for d in anderen],
    )  # fmt: skip


@router.post("/loting")
def trek(verzoek: Request, plek: Jurist, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    namen = vind.regels(plek.session, plek.ronde).verdeling.loting_bronnen
    bronnen = [
        {"naam": naam, "soort": velden[f"soort-{n}"], "waarden": velden[f"waarden-{n}"].split()}
        for n, naam in enumerate(namen, 1)
    ]
    gegevens = {"bronnen": bronnen, "getuigen": [velden["getuige-1"], velden["getuige-2"]]}
    try:
        doe_als(plek, plek.deelnemer(Rol.JURIST), "loting", gegevens, sleutel=velden["sleutel"], achteraf=achteraf)
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _loting(verzoek, plek, waarden=velden.tekst, fouten=fouten_uit(fout))
    return terug_naar(f"/werk/{plek.kenmerk}/toezicht/loting", "vastgelegd")


@router.get("/log.jsonl")
def log_bestand(plek: Jurist) -> Response:
    """The whole log, one line of JSON each, oldest first: to check elsewhere."""
    bladen, regels = 1, []
    while (gevonden := toezicht.logblad(plek.session, plek.ronde, blad=bladen)).blad == bladen:
        regels += gevonden.regels
        bladen += 1
    tekst = "".join(
        json.dumps(r.model_dump(mode="json", exclude={"id", "ronde_id"}), ensure_ascii=False) + "\n"
        for r in reversed(regels)
    )
    koppen = {"Content-Disposition": f'attachment; filename="log-{plek.kenmerk}.jsonl"'}
    return Response(tekst, media_type="application/jsonl", headers=koppen)
