"""What the project leader writes at length: texts for the college, stories beside a measurement, the evaluation.

One way of working for all: form, draft, act. What was measured: metingen.py; the measuring plan: meetplan.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from ...fouten import Gebruikersfout, Invoerfout, NietGevonden
from ...handelingen import concepten
from ...overzichten import schrijfwerk, vind
from ...procedure import Rol
from .. import invulformulier as f
from .. import leidformulieren as formulieren
from ..doen import doe_als, nieuwe_sleutel, per_veld, terug_naar
from ..middelen import Plek
from ..sjablonen import pagina
from .metingen import aan_de_beurt
from .na_selectie import Formulier
from .vorm import Fouten, Leidt, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}")
Soort = Literal["startvoorstel", "selectie", "plannen"]
Nummer = Annotated[int, Path(ge=1, le=99)]
TITELS = {
    "startvoorstel": "Voorstel aan het college: de ronde starten",
    "selectie": "Voorstel aan het college: de keuze",
    "plannen": "Voorstel aan het college: de plannen",
}


@dataclass(frozen=True)
class Werkstuk:
    """One long text: where it lives, its form, its act, and what was recorded before."""

    pad: str
    titel: str
    uitleg: str
    delen: f.Delen
    handeling: str
    extra: Mapping[str, Any]
    eerder: Mapping[str, Any] | None
    versie: int = 0
    terug: str = "leiden"
    begin: Mapping[str, str] = field(default_factory=dict)
    """What an empty form starts with."""

    @property
    def sleutel(self) -> str:
        return self.pad


def _toon(
    verzoek: Request, plek: Plek, stuk: Werkstuk, *, plat: f.Plat | None = None, merk: str = "", erbij: str = "",
    fouten: Fouten | None = None,
) -> Response:  # fmt: skip
    wie = plek.deelnemer(Rol.PROJECTLEIDER)
    if plat is None:
        concept = concepten.nieuwste(plek.session, wie, stuk.sleutel)
        eerder = f.uit_inhoud(stuk.delen, stuk.eerder) if stuk.eerder else dict(stuk.begin)
        plat, merk = (concept.inhoud, concepten.merk(concept.inhoud)) if concept else (eerder, "")
    return pagina(
        verzoek, "leiden/schrijven.html", status=422 if fouten else 200, stuk=stuk, plat=plat, merk=merk, f=f,
        erbij=erbij, fouten=fouten or {}, labels=f.labels(stuk.delen, rijen_tot=40), sleutel=nieuwe_sleutel(),
        adres=f"/werk/{plek.kenmerk}/{stuk.pad}", wie=wie,
    )  # fmt: skip


def _bewaar(verzoek: Request, plek: Plek, stuk: Werkstuk, formulier: FormData, achteraf: BackgroundTasks) -> Response:
    """The draft is kept first, whatever the button; then one row more or less, or the act."""
    plat, (soort, _, welke) = f.uit_formulier(stuk.delen, formulier), str(formulier.get("_knop", "")).partition(":")
    if soort == "weg":
        plat = f.zonder_rij(stuk.delen, plat, welke)
    wie, adres = plek.deelnemer(Rol.PROJECTLEIDER), f"/werk/{plek.kenmerk}/{stuk.pad}"
    try:
        concepten.bewaar(plek.motor, wie, stuk.sleutel, plat, vanaf=str(formulier.get("_merk", "")), nu=plek.nu)
        if soort in ("erbij", "weg"):
            rij = welke.partition("-")[0]
            return RedirectResponse(f"{adres}?{'erbij' if soort == 'erbij' else 'weg'}={rij}#rijen-{rij}", 303)
        if soort == "indienen":
            _doe(plek, stuk, plat, formulier, achteraf)
    except Invoerfout as fout:
        plek.session.rollback()
        eigen = f.fouten_per_veld(per_veld(fout), stuk.delen)
        return _toon(verzoek, plek, stuk, plat=plat, merk=concepten.merk(plat), fouten=eigen)
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _toon(verzoek, plek, stuk, plat=plat, merk=concepten.merk(plat), fouten=fouten_uit(fout))
    return terug_naar(adres, "vastgelegd" if soort == "indienen" else "bewaard")


def _doe(plek: Plek, stuk: Werkstuk, plat: f.Plat, formulier: FormData, achteraf: BackgroundTasks) -> None:
    gegevens = {**stuk.extra, "inhoud": f.naar_inhoud(stuk.delen, plat)}
    wie = plek.deelnemer(Rol.PROJECTLEIDER)
    sleutel = str(formulier.get("sleutel", ""))
    doe_als(plek, wie, stuk.handeling, gegevens, sleutel=sleutel, achteraf=achteraf)


# ---------------------------------------------------------------- texts for the college


def collegetekst(plek: Leidt, soort: Soort) -> Werkstuk:
    rij = schrijfwerk.collegestuk(plek.session, plek.ronde, soort)
    return Werkstuk(
        f"collegeteksten/{soort}", TITELS[soort],
        "Bedragen, scores en de rangorde komen vanzelf in het stuk. U schrijft de tekst eromheen.",
        formulieren.COLLEGETEKST, "collegetekst", {"soort": soort}, rij.inhoud if rij else None,
        rij.versie if rij else 0, begin={"openbaarheid": "openbaar na het besluit van het college"},
    )  # fmt: skip


Tekststuk = Annotated[Werkstuk, Depends(collegetekst)]


@router.get("/collegeteksten/{soort}")
def toon_collegetekst(verzoek: Request, plek: Leidt, stuk: Tekststuk, erbij: str = "") -> Response:
    return _toon(verzoek, plek, stuk, erbij=erbij)


@router.post("/collegeteksten/{soort}")
def bewaar_collegetekst(
    verzoek: Request, plek: Leidt, stuk: Tekststuk, formulier: Formulier, achteraf: BackgroundTasks
) -> Response:
    return _bewaar(verzoek, plek, stuk, formulier, achteraf)


# ---------------------------------------------------------------- measurements and their story


@router.get("/meting")
def metingen(verzoek: Request, plek: Leidt) -> Response:
    regels, (nummer, _) = vind.regels(plek.session, plek.ronde), aan_de_beurt(plek)
    pilots = vind.pilots(plek.session, plek.ronde)
    return pagina(
        verzoek, "leiden/metingen.html", pilots=pilots, nummer=nummer,
        moment=vind.momenten(regels, "metingen")[nummer - 1],
        mist=schrijfwerk.ontbrekende_metingen(plek.session, plek.ronde, regels, nummer) if pilots else {},
        duidingen=schrijfwerk.geschreven_duidingen(plek.session, plek.ronde),
    )  # fmt: skip


@router.get("/duiding")
def duidingen(plek: Leidt) -> Response:
    """The story stands beside the measurement: one page for both."""
    return RedirectResponse(f"/werk/{plek.kenmerk}/meting", 303)


def duiding(plek: Leidt, coalitie: str, nummer: Nummer) -> Werkstuk:
    pilot, groep = vind.pilot(plek.session, plek.ronde, coalitie), vind.coalitie(plek.session, plek.ronde, coalitie)
    momenten = vind.momenten(vind.regels(plek.session, plek.ronde), "metingen")
    if nummer > len(momenten):
        raise NietGevonden(f"Er zijn {len(momenten)} momenten om te meten.")
    rij = schrijfwerk.duiding(plek.session, pilot, nummer)
    return Werkstuk(
        f"duiding/{coalitie}/{nummer}", f"Duiding {nummer}: {groep.naam}",
        "De cijfers zeggen wat er veranderde. Hier staat hoe dat kan komen, en wat het nog meer kan verklaren.",
        formulieren.DUIDING, "duiding", {"coalitie": coalitie, "nummer": nummer}, rij.inhoud if rij else None,
        rij.versie if rij else 0, "meting",
    )  # fmt: skip


Duidstuk = Annotated[Werkstuk, Depends(duiding)]


@router.get("/duiding/{coalitie}/{nummer}")
def toon_duiding(verzoek: Request, plek: Leidt, stuk: Duidstuk) -> Response:
    return _toon(verzoek, plek, stuk)


@router.post("/duiding/{coalitie}/{nummer}")
def bewaar_duiding(
    verzoek: Request, plek: Leidt, stuk: Duidstuk, formulier: Formulier, achteraf: BackgroundTasks
) -> Response:
    return _bewaar(verzoek, plek, stuk, formulier, achteraf)


# ---------------------------------------------------------------- evaluation


def evaluatie(plek: Leidt) -> Werkstuk:
    rij = schrijfwerk.evaluatie(plek.session, plek.ronde)
    return Werkstuk(
        "evaluatie", "Eindevaluatie", "Met lessen voor de volgende ronde. Partners en inwoners lezen dit ook.",
        formulieren.EVALUATIE, "evaluatie", {}, rij.inhoud if rij else None, rij.versie if rij else 0,
    )  # fmt: skip


Eindstuk = Annotated[Werkstuk, Depends(evaluatie)]


@router.get("/evaluatie")
def toon_evaluatie(verzoek: Request, plek: Leidt, stuk: Eindstuk, erbij: str = "") -> Response:
    return _toon(verzoek, plek, stuk, erbij=erbij)


@router.post("/evaluatie")
def bewaar_evaluatie(
    verzoek: Request, plek: Leidt, stuk: Eindstuk, formulier: Formulier, achteraf: BackgroundTasks
) -> Response:
    return _bewaar(verzoek, plek, stuk, formulier, achteraf)
