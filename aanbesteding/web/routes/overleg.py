"""The consensus meeting: the chair leads and records, the assessors follow on their own screen."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from ...database import lees
from ...fouten import Gebruikersfout, GeenToestemming, Invoerfout
from ...handelingen import concepten, scorevel
from ...handelingen.scorevel import Uitkomst, Vakje
from ...model import Concept, Deelnemer
from ...overzichten import inzage, overleg, vind, werkvoorraad
from ...overzichten.overleg import Tafel
from ...procedure import Poort, Rol
from .. import scoreblad
from ..doen import doe_als, nieuwe_sleutel, per_veld, terug_naar, wek
from ..middelen import InRonde, Plek
from ..sjablonen import pagina
from ..velden import Formulier
from .beoordelen import Groep, momenten

router = APIRouter(prefix="/werk/{kenmerk}/overleg")
Tekst = Annotated[str, Form()]
ZIEN = (Rol.VOORZITTER, Rol.BEOORDELAAR, Rol.JURIST)
OORDEEL = ("samenvatting", "sterk", "verbeter", "hoe_verder")
LABELS = {"samenvatting": "Samenvatting", "sterk": "Wat is sterk", "verbeter": "Wat kan beter",
          "hoe_verder": "Hoe verder"}  # fmt: skip
PER_BLAD = 50


@router.get("")
def begin(verzoek: Request, plek: InRonde, blad: int = 1) -> Response:
    """How far everybody is, without a value, and the agenda by spread of what is complete."""
    return pagina(verzoek, "overleg/begin.html", **_stand(plek, blad))


@router.get("/stand")
def stand(verzoek: Request, plek: InRonde, blad: int = 1) -> Response:
    """The part of the page that is fetched again every few seconds."""
    return pagina(verzoek, "overleg/_stand.html", **_stand(plek, blad))


def _stand(plek: Plek, blad: int) -> dict[str, Any]:
    wie, regels = plek.deelnemer(*ZIEN), vind.regels(plek.session, plek.ronde)
    poorten = werkvoorraad.gepasseerd(plek.session, plek.ronde)
    leidt = plek.heeft(Rol.VOORZITTER, Rol.JURIST)
    if Poort.TOEWIJZING.value not in poorten:
        return {"fase": "wachten", "termijn": momenten(regels)}
    over = inzage.overzicht(plek.session, plek.ronde, wie)
    agenda = overleg.agenda(plek.session, plek.ronde, wie) if leidt else []
    bladen = max(1, -(-len(agenda) // PER_BLAD))
    blad = min(max(blad, 1), bladen)
    return {
        "fase": "klaar" if Poort.BEOORDELING.value in poorten else "overleg", "over": over, "leidt": leidt,
        "agenda": agenda[(blad - 1) * PER_BLAD : blad * PER_BLAD], "alles": agenda, "blad": blad, "bladen": bladen,
        "criteria": regels.criteria, "termijn": momenten(regels), "op": plek.nu,
        "gemiddelde": regels.verdeling.score_op == "gemiddelde",
    }  # fmt: skip


@router.get("/voorstel/{coalitie}")
def tafel(verzoek: Request, plek: InRonde, coalitie: Groep) -> Response:
    return _tafel(verzoek, plek, plek.session, coalitie)


@router.get("/voorstel/{coalitie}/stand")
def tafelstand(verzoek: Request, plek: InRonde, coalitie: Groep) -> Response:
    """What is on the table now, to read along."""
    regels, wie = vind.regels(plek.session, plek.ronde), plek.deelnemer(*ZIEN)
    t = overleg.tafel(plek.session, plek.ronde, wie, regels, coalitie)
    return pagina(verzoek, "overleg/_tafel.html", tafel=t, op=plek.nu, leidt=_leidt(plek))


def _leidt(plek: Plek) -> bool:
    return plek.heeft(Rol.VOORZITTER)


def _tafel(
    verzoek: Request, plek: Plek, session: Session, coalitie: str,
    gestuurd: tuple[list[Vakje], Uitkomst] | None = None, oordeel: tuple[dict[str, str], Gebruikersfout] | None = None,
) -> Response:  # fmt: skip
    wie, regels = plek.deelnemer(*ZIEN), vind.regels(session, plek.ronde)
    t = overleg.tafel(session, plek.ronde, wie, regels, coalitie)
    voorzit = _leidt(plek) and Poort.BEOORDELING.value not in werkvoorraad.gepasseerd(session, plek.ronde)
    gegevens: dict[str, Any] = {"blokken": {}, "fouten": {}, "labels": {}, "uit": None}
    if voorzit and t.cellen:
        gegevens = _formulieren(session, plek, wie, t, gestuurd, oordeel)
    status = scoreblad.status(gestuurd[1]) if gestuurd else 422 if oordeel else 200
    return pagina(
        verzoek, "overleg/voorstel.html", status=status, tafel=t, leidt=voorzit, op=plek.nu,
        opties=[(str(w), str(w)) for w in regels.verdeling.schaal.waarden()],
        zicht=_tekst(session, plek, wie, coalitie), formuliersleutel=nieuwe_sleutel(), **gegevens,
    )  # fmt: skip


def _tekst(session: Session, plek: Plek, wie: Deelnemer, coalitie: str) -> Any:
    try:
        return inzage.voorstel(session, plek.ronde, wie, coalitie)
    except GeenToestemming:
        return None


def _formulieren(
    session: Session, plek: Plek, wie: Deelnemer, t: Tafel, gestuurd: tuple[list[Vakje], Uitkomst] | None,
    oordeel: tuple[dict[str, str], Gebruikersfout] | None,
) -> dict[str, Any]:  # fmt: skip
    """What the chair can fill: the agreed marks and the joint opinion, each with its draft."""
    criteria = [c.criterium for c in t.cellen]
    er = werkvoorraad.afspraken(session, plek.ronde, t.coalitie)
    los = concepten.nieuwste(session, wie, f"consensus/{t.coalitie}")
    tekst = concepten.nieuwste(session, wie, f"oordeel/{t.coalitie}")
    blokken, fouten = scoreblad.gevuld(t.coalitie, criteria, er, los), {}
    if gestuurd:
        blokken = scoreblad.getypt(criteria, *gestuurd[:1], er, gestuurd[1])
        fouten = scoreblad.fouten_per_veld(gestuurd[1])
    if oordeel:
        fouten = per_veld(oordeel[1]) if isinstance(oordeel[1], Invoerfout) else {"": [oordeel[1].bericht]}
    waar = f"/werk/{plek.kenmerk}/concepten/{wie.sleutel}/"
    return {
        "blokken": {b.criterium.sleutel: b for b in blokken}, "fouten": fouten,
        "labels": scoreblad.labels(criteria) | LABELS, "uit": gestuurd[1] if gestuurd else None,
        "oordeel": oordeel[0] if oordeel else _oordeeltekst(t, tekst),
        "concept": {"consensus": f"{waar}consensus/{t.coalitie}", "oordeel": f"{waar}oordeel/{t.coalitie}"},
        "merk": {"consensus": concepten.merk(los.inhoud) if los else "",
                 "oordeel": concepten.merk(tekst.inhoud) if tekst else ""},
    }  # fmt: skip


def _oordeeltekst(t: Tafel, los: Concept | None) -> dict[str, str]:
    """The draft when it is newer than what was recorded, else that; lists one item per line."""
    if los and (t.oordeel is None or los.bewaard_op > t.oordeel.vastgelegd_op):
        return {naam: str(los.inhoud.get(naam, "")) for naam in OORDEEL}
    if t.oordeel is None:
        return dict.fromkeys(OORDEEL, "")
    o = t.oordeel
    return {"samenvatting": o.samenvatting, "sterk": "\n".join(o.sterk), "verbeter": "\n".join(o.verbeter),
            "hoe_verder": o.hoe_verder}  # fmt: skip


@router.post("/voorstel/{coalitie}/consensus")
def leg_vast(
    verzoek: Request, plek: InRonde, coalitie: Groep, velden: Formulier, achteraf: BackgroundTasks
) -> Response:
    """Record the agreed marks: each criterium is an act of its own, and what is wrong comes back as typed."""
    wie, regels = plek.deelnemer(Rol.VOORZITTER), vind.regels(plek.session, plek.ronde)
    overleg.tafel(plek.session, plek.ronde, wie, regels, coalitie)
    vakjes = scoreblad.uit_formulier(coalitie, regels.criteria, velden)
    uit = scorevel.bewaar(
        plek.motor, plek.kenmerk, "consensus", wie, vakjes, nu=plek.nu,
        lees=lambda s, r: werkvoorraad.afspraken(s, r, coalitie),
    )  # fmt: skip
    achteraf.add_task(wek, plek.motor, plek.kenmerk)
    if not uit.heel:
        with lees(plek.motor) as session:
            return _tafel(verzoek, plek, session, coalitie, (vakjes, uit))
    return RedirectResponse(f"{_pad(plek, coalitie)}?klaar=vastgelegd#oordeel-kop", 303)


@router.post("/voorstel/{coalitie}/oordeel")
def oordeel(verzoek: Request, plek: InRonde, coalitie: Groep, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    """Record the joint opinion; one strong point and one improvement per line."""
    wie, regels = plek.deelnemer(Rol.VOORZITTER), vind.regels(plek.session, plek.ronde)
    overleg.tafel(plek.session, plek.ronde, wie, regels, coalitie)
    getypt = {naam: velden[naam] for naam in OORDEEL}
    punten = {naam: _punten(getypt[naam]) for naam in ("sterk", "verbeter")}
    leeg = [f"{n}: vul dit in" for n in OORDEEL if not (punten[n] if n in punten else getypt[n])]
    try:
        if leeg:
            raise Invoerfout(leeg, waar="oordeel")  # noqa: TRY301
        doe_als(plek, wie, "oordeel", getypt | punten | {"coalitie": coalitie},
                sleutel=velden["sleutel"], achteraf=achteraf)  # fmt: skip
    except Invoerfout as fout:
        return _tafel(verzoek, plek, plek.session, coalitie, oordeel=(getypt, fout))
    return terug_naar(_pad(plek, coalitie), "vastgelegd")


def _punten(tekst: str) -> list[str]:
    """One point per line, without the dash or bullet that people put before it."""
    kaal = (regel.strip(" -•\t") for regel in tekst.splitlines())
    return [regel for regel in kaal if regel]


def _pad(plek: Plek, coalitie: str) -> str:
    return f"/werk/{plek.kenmerk}/overleg/voorstel/{coalitie}"
