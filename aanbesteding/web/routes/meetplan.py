"""The measuring plan of the project leader: the form with advice beside it, and the catalogue to choose from."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from ...fouten import Gebruikersfout, Invoerfout, NietGevonden
from ...handelingen import concepten
from ...indicatoren import HERKOMSTEN, NIVEAUS, laad_catalogus, zoek
from ...instellingen import instellingen
from ...model import Coalitie, Gebiedenloting, Meetplanreactie, Meetplanversie, Voorstel
from ...overzichten import eigen_voorstel, meetplannen, ontwerpen, vind
from ...procedure import Poort, Rol
from .. import invulformulier as f
from .. import meetplanformulier as mf
from ..coalitieplek import Coalitiesleutel
from ..doen import doe_als, nieuwe_sleutel, per_veld, terug_naar
from ..invulformulier import zonder_rij
from ..middelen import Plek
from ..sjablonen import pagina
from ..theorieplaat import als_lijst, theorieplaat
from ..velden import bewaarbaar
from .na_selectie import Formulier
from .vorm import Fouten, Leidt, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/meetplan")


@dataclass(frozen=True)
class Meetplek:
    """The project leader at the measuring plan of one selected coalition."""

    plek: Plek
    groep: Coalitie
    voorstel: Voorstel
    versies: list[tuple[Meetplanversie, Meetplanreactie | None]]
    lotingen: list[Gebiedenloting]

    @property
    def pad(self) -> str:
        return f"/werk/{self.plek.kenmerk}/meetplan/{self.groep.sleutel}"

    @property
    def sleutel(self) -> str:
        return f"meetplan/{self.groep.sleutel}"

    @property
    def laatste(self) -> Meetplanversie | None:
        return self.versies[-1][0] if self.versies else None

    @property
    def loting(self) -> Gebiedenloting | None:
        return meetplannen.geldig(self.lotingen)

    @property
    def op_slot(self) -> bool:
        return vind.passage(self.plek.session, self.plek.ronde, Poort.PLANNEN) is not None

    def nu(self) -> tuple[f.Plat, str]:
        """(the text as it stands, its mark): the draft, else the recorded plan."""
        concept = concepten.nieuwste(self.plek.session, self.plek.deelnemer(Rol.PROJECTLEIDER), self.sleutel)
        if concept is not None:
            return concept.inhoud, concepten.merk(concept.inhoud)
        return (mf.uit_inhoud(self.laatste.inhoud) if self.laatste else {}), ""

    def bewaar(self, plat: f.Plat, vanaf: str) -> None:
        wie = self.plek.deelnemer(Rol.PROJECTLEIDER)
        concepten.bewaar(self.plek.motor, wie, self.sleutel, bewaarbaar(plat), vanaf=vanaf, nu=self.plek.nu)

    def kruimels(self, *verder: tuple[str, str]) -> list[tuple[str, str]]:
        begin = [("Meetplannen", f"/werk/{self.plek.kenmerk}/meetplan"), (self.groep.naam, self.pad)]
        return [*begin, *verder]


def bij_meetplan(plek: Leidt, coalitie: Coalitiesleutel) -> Meetplek:
    """Before the published decision nobody may learn here who was chosen."""
    v = vind.voorstel(plek.session, plek.ronde, coalitie)
    if not v.geselecteerd or vind.passage(plek.session, plek.ronde, Poort.SELECTIE) is None:
        raise NietGevonden("Deze coalitie is niet gekozen. Er hoort geen meetplan bij.")
    return Meetplek(
        plek, vind.coalitie(plek.session, plek.ronde, coalitie), v, meetplannen.versies(plek.session, v),
        meetplannen.lotingen(plek.session, v),
    )  # fmt: skip


BijMeetplan = Annotated[Meetplek, Depends(bij_meetplan)]


@router.get("")
def lijst(verzoek: Request, plek: Leidt) -> Response:
    bekend = vind.passage(plek.session, plek.ronde, Poort.SELECTIE) is not None
    rijen = meetplannen.overzicht(plek.session, plek.ronde) if bekend else []
    return pagina(verzoek, "leiden/meetplannen.html", rijen=rijen, bekend=bekend)


# ---------------------------------------------------------------- the form


@router.get("/{coalitie}")
def toon(verzoek: Request, m: BijMeetplan, erbij: str = "") -> Response:
    plat, merk = m.nu()
    return _toon(verzoek, m, plat, merk, erbij=erbij)


def _toon(
    verzoek: Request, m: Meetplek, plat: f.Plat, merk: str, *, erbij: str = "", reden: str = "",
    fouten: Fouten | None = None,
) -> Response:  # fmt: skip
    plannen = eigen_voorstel.plannen(m.plek.session, m.voorstel)
    theorie = plannen[0][0].inhoud["verandertheorie"] if plannen else None
    return pagina(
        verzoek, "leiden/meetplan.html", status=422 if fouten else 200, m=m, plat=plat, merk=merk, f=f, erbij=erbij,
        delen=mf.MEETPLAN, fouten=fouten or {}, labels=f.labels(mf.MEETPLAN, rijen_tot=40) | {"reden": "Reden"},
        sleutel=nieuwe_sleutel(), wie=m.plek.deelnemer(Rol.PROJECTLEIDER), reden=reden,
        momenten=_momenten(m), advies=_advies(m, plat), kruimels=[*m.kruimels()[:1], (m.groep.naam, "")],
        plaat=theorieplaat(m.plek.ronde.gemeente, theorie) if theorie else "",
        stappen=als_lijst(theorie) if theorie else [], starten=meetplannen.startperioden(m.loting) if m.loting else {},
    )  # fmt: skip


def _momenten(m: Meetplek) -> list[Any]:
    return vind.momenten(vind.regels(m.plek.session, m.plek.ronde), "metingen")


def _advies(m: Meetplek, plat: f.Plat) -> Any:
    return ontwerpen.advies_bij(mf.naar_inhoud(plat), _momenten(m))


@router.post("/{coalitie}/advies")
def bereken_advies(verzoek: Request, m: BijMeetplan, formulier: Formulier) -> Response:
    """The advice on what stands in the form now; saves nothing. Without a script 'Bewaar' shows the same."""
    plat = bewaarbaar(f.uit_formulier(mf.MEETPLAN, formulier))
    return pagina(verzoek, "leiden/_ontwerpadvies.html", advies=_advies(m, plat))


@router.post("/{coalitie}")
def bewaar(verzoek: Request, m: BijMeetplan, formulier: Formulier, achteraf: BackgroundTasks) -> Response:
    """The draft is kept first, whatever the button; then one row more or less, or the act."""
    plat = bewaarbaar(f.uit_formulier(mf.MEETPLAN, formulier))
    soort, _, welke = str(formulier.get("_knop", "")).partition(":")
    if soort == "weg":
        plat = zonder_rij(mf.MEETPLAN, plat, welke)
    reden = bewaarbaar(str(formulier.get("reden", "")).strip())
    try:
        m.bewaar(plat, str(formulier.get("_merk", "")))
        if soort in ("erbij", "weg"):
            rij = welke.rpartition("-")[0] if soort == "weg" else welke
            return RedirectResponse(f"{m.pad}?{'erbij' if soort == 'erbij' else 'weg'}={rij}#rijen-{rij}", 303)
        if soort == "indienen":
            _leg_vast(m, plat, formulier, reden, achteraf)
    except Invoerfout as fout:
        m.plek.session.rollback()
        eigen = mf.fouten_per_veld(per_veld(fout))
        return _toon(verzoek, m, plat, concepten.merk(plat), reden=reden, fouten=eigen)
    except Gebruikersfout as fout:
        m.plek.session.rollback()
        return _toon(verzoek, m, plat, concepten.merk(plat), reden=reden, fouten=fouten_uit(fout))
    return terug_naar(m.pad, "vastgelegd" if soort == "indienen" else "bewaard")


def _leg_vast(m: Meetplek, plat: f.Plat, formulier: FormData, reden: str, achteraf: BackgroundTasks) -> None:
    gegevens = {"coalitie": m.groep.sleutel, "inhoud": mf.naar_inhoud(plat), "reden": reden}
    wie = m.plek.deelnemer(Rol.PROJECTLEIDER)
    doe_als(m.plek, wie, "meetplan", gegevens, sleutel=str(formulier.get("sleutel", "")), achteraf=achteraf)


# ---------------------------------------------------------------- the catalogue


@router.get("/{coalitie}/indicatoren")
def kies(verzoek: Request, m: BijMeetplan) -> Response:
    plat, _ = m.nu()
    themas = laad_catalogus(instellingen().indicatoren_map)
    gekozen = {i.sleutel for t in themas for i in t.indicatoren if mf.heeft(plat, i.sleutel)}
    return pagina(
        verzoek, "leiden/indicatoren.html", m=m, themas=themas, gekozen=gekozen, niveaus=NIVEAUS, herkomsten=HERKOMSTEN,
        kruimels=m.kruimels(("Indicatoren kiezen", "")),
    )  # fmt: skip


@router.post("/{coalitie}/indicatoren")
def neem(m: BijMeetplan, formulier: Formulier) -> Response:
    """One press puts an indicator into the draft; pressing again does nothing."""
    keuze = zoek(laad_catalogus(instellingen().indicatoren_map), str(formulier.get("indicator", "")))
    plat, merk = m.nu()
    if not mf.heeft(plat, keuze.sleutel):
        m.bewaar(mf.met_indicator(plat, keuze), merk)
    return terug_naar(m.pad, "indicatorerbij")
