"""Scoring one proposal: the text and the sheet side by side, saved per criterion; locked, to read back."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from ...database import lees
from ...fouten import NietGevonden
from ...handelingen import concepten, scorevel
from ...handelingen.scorevel import Uitkomst, Vakje
from ...overzichten import bestanden, inzage, vind, werkvoorraad
from ...procedure import Rol
from ...regels import Regels
from .. import scoreblad
from ..doen import terug_naar
from ..middelen import InRonde, Plek
from ..sjablonen import pagina
from ..velden import Formulier
from .beoordelen import Groep, fase_van, momenten

router = APIRouter(prefix="/werk/{kenmerk}/beoordelen/voorstel/{coalitie}")
MEDIATYPEN = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "txt": "text/plain; charset=utf-8"}
"""What a browser may open by itself; everything else is a download."""


@router.get("")
def blad(verzoek: Request, plek: InRonde, coalitie: Groep) -> Response:
    return _blad(verzoek, plek, plek.session, coalitie)


def _blad(
    verzoek: Request, plek: Plek, session: Session, coalitie: str,
    gestuurd: tuple[list[Vakje], Uitkomst] | None = None,
) -> Response:  # fmt: skip
    wie, regels = plek.deelnemer(Rol.BEOORDELAAR), vind.regels(session, plek.ronde)
    werk = werkvoorraad.van(session, plek.ronde, wie, len(regels.criteria))
    rij = werk.rij(coalitie)
    er = werkvoorraad.eigen_scores(session, plek.ronde, wie, coalitie)
    los = concepten.nieuwste(session, wie, f"{werkvoorraad.CONCEPT}{coalitie}")
    status, fouten, blokken = 200, {}, scoreblad.gevuld(coalitie, regels.criteria, er, los)
    if gestuurd:
        vakjes, uit = gestuurd
        status, fouten = scoreblad.status(uit), scoreblad.fouten_per_veld(uit)
        blokken = scoreblad.getypt(regels.criteria, vakjes, er, uit)
    gesloten = bool(rij.vergrendeld_op) or fase_van(werkvoorraad.gepasseerd(session, plek.ronde)) != "scoren"
    return pagina(
        verzoek, "beoordelen/voorstel.html", status=status, rij=rij, blokken=blokken, fouten=fouten,
        zicht=inzage.voorstel(session, plek.ronde, wie, coalitie), labels=scoreblad.labels(regels.criteria),
        uit=gestuurd[1] if gestuurd else None, gesloten=gesloten, termijn=momenten(regels),
        anderen=_anderen(session, plek, coalitie) if rij.vergrendeld_op else None, werk=werk,
        minimum=regels.beoordeling.minimum_woorden_motivering, opties=_opties(regels),
        concept=f"/werk/{plek.kenmerk}/concepten/{wie.sleutel}/{werkvoorraad.CONCEPT}{coalitie}",
        merk=concepten.merk(los.inhoud) if los else "",
    )  # fmt: skip


def _opties(regels: Regels) -> dict[str, list[tuple[str, str, str]]]:
    """Criterion → every mark with its anchor from the call, and abstaining."""
    laatste = (scorevel.ONTHOUDEN, "Ik onthoud mij", "U geeft geen score. Leg hieronder uit waarom niet.")
    waarden = [str(w) for w in regels.verdeling.schaal.waarden()]
    return {c.sleutel: [*((w, w, c.ankers[w]) for w in waarden), laatste] for c in regels.criteria}


def _anderen(session: Session, plek: Plek, coalitie: str) -> dict[str, Any]:
    """After the own lock: what others locked, per criterion, and what was agreed."""
    zicht = inzage.scores(session, plek.ronde, plek.deelnemer(Rol.BEOORDELAAR), coalitie)
    per: dict[str, list[Any]] = {}
    for cijfer in zicht.scores:
        if cijfer.wie != "u":
            per.setdefault(cijfer.criterium, []).append(cijfer)
    return {"scores": per, "samen": {c.criterium: c for c in zicht.consensus}}


@router.post("")
def bewaar(verzoek: Request, plek: InRonde, coalitie: Groep, velden: Formulier) -> Response:
    """Store every sound criterion; what is not comes back as it was typed, with what is wrong.

    The act itself refuses what is not this person's to score; the page for it then gives the 403.
    """
    wie, regels = plek.deelnemer(Rol.BEOORDELAAR), vind.regels(plek.session, plek.ronde)
    vakjes = scoreblad.uit_formulier(coalitie, regels.criteria, velden)
    if velden["neem"]:
        vakjes = _neem_andere(plek, coalitie, vakjes, velden["neem"])
    uit = scorevel.bewaar(
        plek.motor, plek.kenmerk, "score", wie, vakjes, nu=plek.nu,
        lees=lambda s, r: werkvoorraad.eigen_scores(s, r, wie, coalitie),
    )  # fmt: skip
    with lees(plek.motor) as session:
        if not uit.heel:
            return _blad(verzoek, plek, session, coalitie, (vakjes, uit))
        return _verder(plek, session, regels, coalitie, velden["naar"])


def _neem_andere(plek: Plek, coalitie: str, vakjes: list[Vakje], criterium: str) -> list[Vakje]:
    """The stored text counts for this criterion. What was typed instead stays among the drafts, one version back."""
    wie = plek.deelnemer(Rol.BEOORDELAAR)
    er = werkvoorraad.eigen_scores(plek.session, plek.ronde, wie, coalitie).get((coalitie, criterium))
    if er is None:
        return vakjes
    uit = [replace(v, waarde=er.getypt, motivering=er.motivering) if v.criterium == criterium else v for v in vakjes]
    inhoud = {f"waarde-{v.criterium}": v.waarde for v in uit} | {f"motivering-{v.criterium}": v.motivering for v in uit}
    concepten.bewaar(plek.motor, wie, f"{werkvoorraad.CONCEPT}{coalitie}", inhoud, vanaf="", nu=plek.nu)
    return uit


def _pad(plek: Plek, coalitie: str) -> str:
    return f"/werk/{plek.kenmerk}/beoordelen/voorstel/{quote(coalitie)}"


def _verder(plek: Plek, session: Session, regels: Regels, coalitie: str, naar: str) -> Response:
    """To the next thing that is not done: in this proposal, the next one, or the locking of all."""
    wie = plek.deelnemer(Rol.BEOORDELAAR)
    er = werkvoorraad.eigen_scores(session, plek.ronde, wie, coalitie)
    leeg = scoreblad.eerste_lege(regels.criteria, er)
    if naar != "verder" or leeg:
        return RedirectResponse(f"{_pad(plek, coalitie)}?klaar=bewaard#{leeg or 'scores'}", 303)
    volgende = werkvoorraad.van(session, plek.ronde, wie, len(regels.criteria)).na(coalitie)
    if volgende is None:
        return terug_naar(f"/werk/{plek.kenmerk}/beoordelen/vergrendelen", "compleet")
    return terug_naar(_pad(plek, volgende.coalitie), "volgende")


@router.get("/bijlage/{nummer}")
def bijlage(plek: InRonde, coalitie: Groep, nummer: int) -> Response:
    """One attachment of the text as this person may read it: what is hidden there is not here either."""
    wie = plek.deelnemer(Rol.BEOORDELAAR)
    lijst = inzage.voorstel(plek.session, plek.ronde, wie, coalitie).inhoud["bijlagen"]
    b = lijst[nummer - 1] if 0 < nummer <= len(lijst) else {}
    groep = vind.coalitie(plek.session, plek.ronde, coalitie)
    rij = bestanden.met_inhoud(plek.session, vind.sid(groep.id), b["sha256"]) if b.get("sha256") else None
    if rij is None:
        raise NietGevonden("Deze bijlage is er niet, of u mag haar nu niet lezen.")
    soort = b["naam"].rpartition(".")[2]
    hoe = "inline" if soort in MEDIATYPEN else "attachment"
    return Response(
        rij.inhoud, media_type=MEDIATYPEN.get(soort, "application/octet-stream"),
        headers={"Content-Disposition": f"{hoe}; filename*=UTF-8''{quote(b['naam'])}",
                 "Content-Security-Policy": "default-src 'none'; sandbox"},
    )  # fmt: skip
