"""The repair of formal gaps within the term (Awb 4:5): only what the letter asks, nothing else can be changed."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from starlette.datastructures import FormData

from ...fouten import Gebruikersfout, Invoerfout
from ...handelingen import concepten
from ...model import Bestand, Verzuim
from ...overzichten import bestanden, eigen_voorstel, vind
from ...procedure import Poort
from .. import invulformulier as f
from ..coalitieplek import AlsPenvoerder, Werkplek
from ..doen import doe_als, nieuwe_sleutel, per_veld, terug_naar, zonder_raad
from ..planformulier import AANVULBAAR
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}/coalitie/{sleutel}")


async def _formulier(verzoek: Request) -> FormData:
    return await verzoek.form(max_files=0, max_fields=500, max_part_size=500_000)


def _verzuim(w: Werkplek) -> list[Verzuim]:
    """Formal gaps of the own proposal; known from the opening on."""
    v = eigen_voorstel.voorstel(w.plek.session, w.groep)
    return eigen_voorstel.verzuim(w.plek.session, v) if v and Poort.OPENING in w.poorten else []


def _delen(open_: list[Verzuim]) -> tuple[f.Deel, ...]:
    velden = tuple(AANVULBAAR[v.onderdeel] for v in open_ if v.onderdeel in AANVULBAAR)
    return (f.Deel("aanvulling", "Wat u kunt aanvullen", velden),) if velden else ()


def _verklaringen(w: Werkplek) -> list[Bestand]:
    """Declarations of partners that were uploaded after the submission."""
    alle = eigen_voorstel.indieningen(w.plek.session, w.groep)
    bekend = {b.get("sha256") for b in alle[0].rij.inhoud.get("bijlagen", [])} if alle else set()
    er = bestanden.van_coalitie(w.plek.session, vind.sid(w.groep.id))
    return [b for b in er if b.soort == "partnerverklaring" and b.sha256 not in bekend]


@router.get("/aanvulling")
def toon(verzoek: Request, w: AlsPenvoerder, erbij: str = "") -> Response:
    concept = w.concept("aanvulling")
    plat = concept.inhoud if concept else {}
    return _pagina(verzoek, w, plat, concepten.merk(plat) if concept else "", erbij=erbij)


def _pagina(
    verzoek: Request, w: Werkplek, plat: f.Plat, merk: str, *, erbij: str = "",
    fouten: dict[str, list[str]] | None = None,
) -> Response:  # fmt: skip
    alle = _verzuim(w)
    open_ = [v for v in alle if v.hersteld_op is None]
    delen = _delen(open_)
    return pagina(
        verzoek, "voorstel/aanvulling.html", status=422 if fouten else 200, w=w, alle=alle, open_=open_, delen=delen,
        plat=plat, merk=merk, f=f, erbij=erbij, fouten=fouten or {}, labels=f.labels(delen, rijen_tot=40),
        titels={e.sleutel: e.titel for e in w.regels.indienen.vormvereisten}, formuliersleutel=nieuwe_sleutel(),
        verklaringen=_verklaringen(w), tot=w.moment("herstel_tot"), partners=eigen_voorstel.partnerstand(
            w.plek.session, w.groep),
        voorbij=Poort.ONTVANKELIJKHEID in w.poorten or w.plek.nu > w.moment("herstel_tot"),
    )  # fmt: skip


@router.post("/aanvulling")
def vul_aan(
    verzoek: Request, w: AlsPenvoerder, achteraf: BackgroundTasks, formulier: Annotated[FormData, Depends(_formulier)]
) -> Response:
    open_ = [v for v in _verzuim(w) if v.hersteld_op is None]
    delen = _delen(open_)
    plat = f.uit_formulier(delen, formulier)
    uit = concepten.bewaar(
        w.plek.motor, w.kring.wie, w.sleutel("aanvulling"), plat, vanaf=str(formulier.get("_merk", "")), nu=w.plek.nu
    )
    if formulier.get("_knop") != "indienen":
        return terug_naar(f"{w.pad}/aanvulling", "bewaard")
    inhoud: dict[str, Any] = {k: x for k, x in f.naar_inhoud(delen, plat).items() if x not in ("", [])}
    if any(v.onderdeel == "partnerverklaring" for v in open_) and _verklaringen(w):
        inhoud["bijlagen"] = [{"naam": b.naam, "soort": b.soort, "sha256": b.sha256} for b in _verklaringen(w)]
    if not inhoud:
        return _pagina(verzoek, w, plat, uit.merk, fouten={"": ["U hebt nog niets ingevuld."]})
    try:
        gegevens = {"coalitie": w.groep.sleutel, "inhoud": inhoud}
        doe_als(w.plek, w.kring.wie, "vul_aan", gegevens, sleutel=str(formulier.get("sleutel", "")), achteraf=achteraf)
    except Invoerfout as fout:
        return _pagina(verzoek, w, plat, uit.merk, fouten=f.fouten_per_veld(per_veld(fout), delen))
    except Gebruikersfout as fout:
        return _pagina(verzoek, w, plat, uit.merk, fouten={"": [zonder_raad(fout)]})
    return terug_naar(f"{w.pad}/aanvulling", "ingeleverd")
