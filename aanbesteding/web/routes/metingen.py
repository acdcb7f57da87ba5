"""Measurements of one pilot for who leads: what is due, the grid, the import, the history, the effort."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal

from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request, Response
from starlette.datastructures import FormData

from ...fouten import Gebruikersfout, Invoerfout
from ...handelingen import concepten
from ...handelingen.reeks import Stap, doe_reeks
from ...inhoud import Meetplan
from ...kern import perioden
from ...meetbronnen import keuzes as mk
from ...meetbronnen import lijst
from ...meetbronnen.bestand import Inhoud, lees_bestand
from ...meetbronnen.voorstel import Voorstel, stel_voor
from ...model import Coalitie, Deelnemer, Meetwaarde, Pilot
from ...overzichten import meetstand, metingen, schrijfwerk, vind
from ...procedure import Poort, Rol
from ...termijnen import naar_amsterdam
from .. import invulformulier as f
from .. import inzetblad, meetblad
from .. import meetinlezen as mi
from ..coalitieplek import Coalitiesleutel
from ..doen import doe_als, nieuwe_sleutel, terug_naar, wek
from ..middelen import Plek
from ..sjablonen import pagina
from ..velden import bewaarbaar
from .na_selectie import Formulier
from .vorm import Fouten, Leidt, LeidtOfLeest, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/meting/{coalitie}")
Terug = Annotated[int, Query(ge=0, le=40)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Meetplaats:
    """One pilot with its plan in force and its newest values, at the measuring moment that is open."""

    plek: Plek
    groep: Coalitie
    pilot: Pilot
    plan: Meetplan
    nummer: int
    moment: datetime
    waarden: dict[tuple[str, str, str], Meetwaarde]

    @property
    def pad(self) -> str:
        return f"/werk/{self.plek.kenmerk}/meting/{self.groep.sleutel}"

    @property
    def wie(self) -> Deelnemer:
        return self.plek.deelnemer(Rol.PROJECTLEIDER)

    @property
    def vandaag(self) -> date:
        return naar_amsterdam(self.plek.nu).date()

    def blokken(self, terug: int = 0) -> list[meetstand.Blok]:
        return meetstand.blokken(self.plan, self.waarden, self.moment, nulmeting=self.nummer == 1, terug=terug)

    def concept(self, terug: int) -> str:
        return f"meting/{self.groep.sleutel}/{self.nummer}-{terug}"

    def kruimels(self, *verder: tuple[str, str]) -> list[tuple[str, str]]:
        begin = [("Metingen", f"/werk/{self.plek.kenmerk}/meting"), (self.groep.naam, self.pad if verder else "")]
        return [*begin, *verder]

    @cached_property
    def bekend(self) -> dict[tuple[str, str, str], float | None]:
        return {plek: m.waarde for plek, m in self.waarden.items()}


def aan_de_beurt(plek: Plek) -> tuple[int, datetime]:
    """The measuring moment that is open: the first whose report has not been made."""
    gedaan = sum(p.poort == Poort.EFFECTMETING for p in vind.gepasseerd(plek.session, plek.ronde))
    momenten = vind.momenten(vind.regels(plek.session, plek.ronde), "metingen")
    nummer = min(gedaan + 1, len(momenten))
    return nummer, momenten[nummer - 1]


def meetplaats(plek: Plek, coalitie: str) -> Meetplaats:
    pilot = vind.pilot(plek.session, plek.ronde, coalitie)
    rij = schrijfwerk.meetplan(plek.session, vind.voorstel(plek.session, plek.ronde, coalitie))
    if rij is None:
        raise Invoerfout("er is nog geen meetplan", waar="meting")
    nummer, moment = aan_de_beurt(plek)
    return Meetplaats(
        plek, vind.coalitie(plek.session, plek.ronde, coalitie), pilot, Meetplan.model_validate(rij.inhoud), nummer,
        moment, metingen.nieuwste_waarden(plek.session, pilot),
    )  # fmt: skip


def bij_pilot(plek: Leidt, coalitie: Coalitiesleutel) -> Meetplaats:
    return meetplaats(plek, coalitie)


def leest_pilot(plek: LeidtOfLeest, coalitie: Coalitiesleutel) -> Meetplaats:
    return meetplaats(plek, coalitie)


BijPilot = Annotated[Meetplaats, Depends(bij_pilot)]
LeestPilot = Annotated[Meetplaats, Depends(leest_pilot)]


# ---------------------------------------------------------------- the grid


@router.get("")
def toon(verzoek: Request, m: BijPilot, terug: Terug = 0) -> Response:
    concept = concepten.nieuwste(m.plek.session, m.wie, m.concept(terug))
    if concept is not None and concept.inhoud:
        return _toon(verzoek, m, terug, concept.inhoud, concepten.merk(concept.inhoud))
    return _toon(
        verzoek, m, terug, meetblad.vooraf(m.blokken(terug)), concepten.merk(concept.inhoud) if concept else ""
    )


def _toon(
    verzoek: Request, m: Meetplaats, terug: int, plat: f.Plat, merk: str, *, blad: meetblad.Blad | None = None,
    fouten: Fouten | None = None, vraag: bool = False,
) -> Response:  # fmt: skip
    blokken = m.blokken(terug)
    return pagina(
        verzoek, "leiden/meting.html", status=422 if fouten else 200, m=m, blokken=blokken, plat=plat, merk=merk,
        terug=terug, f=f, naam=meetblad.naam, lees_waarde=meetblad.lees_waarde, leesbaar=perioden.leesbaar,
        fouten=fouten or {}, vraag=vraag,
        labels=meetblad.labels(blokken), blad=blad or _lees(m, terug, plat), kruimels=m.kruimels(),
        rijen=sorted(m.waarden.values(), key=lambda x: (x.indicator, x.gebied, x.periode)),
        mist=sum(len(b.mist) for b in blokken), model=metingen.modelgegevens(m.plek.session, m.pilot),
    )  # fmt: skip


def _plat(m: Meetplaats, terug: int, formulier: FormData) -> f.Plat:
    namen = meetblad.velden(m.blokken(terug))
    return bewaarbaar({n: w for n in namen if isinstance(w := formulier.get(n), str)})


def _lees(m: Meetplaats, terug: int, plat: f.Plat) -> meetblad.Blad:
    return meetblad.lees_blad(m.blokken(terug), plat, m.plan, m.waarden, m.vandaag)


@router.post("/toets")
def toets(verzoek: Request, m: BijPilot, formulier: Formulier, terug: Terug = 0) -> Response:
    """The checks on what is typed right now; nothing is kept."""
    blad = _lees(m, terug, _plat(m, terug, formulier))
    return pagina(verzoek, "leiden/_meetcontrole.html", blad=blad, labels=meetblad.labels(m.blokken(terug)))


@router.post("")
def bewaar(
    verzoek: Request, m: BijPilot, formulier: Formulier, achteraf: BackgroundTasks, terug: Terug = 0
) -> Response:
    """All values or none; the draft is emptied when they are in."""
    plat, sleutel = _plat(m, terug, formulier), m.concept(terug)
    uit = concepten.bewaar(m.plek.motor, m.wie, sleutel, plat, vanaf=str(formulier.get("_merk", "")), nu=m.plek.nu)
    adres = f"{m.pad}?terug={terug}"
    if formulier.get("_knop") != "indienen":
        return terug_naar(adres, "bewaard")
    blad, fouten = _lees(m, terug, plat), Fouten()
    if not blad.rijen and not blad.fouten:
        blad.fout("", "er is niets veranderd; vul minstens één waarde in")
    fouten = blad.fouten
    vraag = bool(blad.let_op) and not fouten and formulier.get("gezien") != "ja"
    if vraag:
        fouten = {"gezien": ["kijk naar de waarschuwingen; kloppen de waarden, zet dan een vinkje"]}
    if not fouten:
        fouten = _leg_vast(m, blad, f.tekst(plat, "reden"))
    if fouten:
        m.plek.session.rollback()
        return _toon(verzoek, m, terug, plat, uit.merk, blad=blad, fouten=fouten, vraag=bool(blad.let_op))
    concepten.bewaar(m.plek.motor, m.wie, sleutel, {}, vanaf=uit.merk, nu=m.plek.nu)
    achteraf.add_task(wek, m.plek.motor, m.plek.kenmerk)
    return terug_naar(adres, "vastgelegd")


def _leg_vast(m: Meetplaats, blad: meetblad.Blad, reden: str) -> Fouten:
    gegevens = blad.stappen(m.groep.sleutel, reden)
    stappen = [Stap(f"{g['gebied']}, {g['periode']}", m.wie.sleutel, g) for g in gegevens]
    try:
        doe_reeks(m.plek.motor, m.plek.kenmerk, "meting", stappen, nu=m.plek.nu, waar="meting")
    except Gebruikersfout as fout:
        return {"": fout.fouten if isinstance(fout, Invoerfout) else [fout.bericht]}
    return {}


# ---------------------------------------------------------------- a list to fill in, history


@router.get("/lijst.{soort}")
def haal_lijst(m: BijPilot, soort: Literal["csv", "xlsx"], terug: Terug = 0) -> Response:
    """Our own list with a row for everything that is missing now."""
    rijen = meetstand.ontbrekende_rijen(m.blokken(terug))
    ruw, media = (lijst.als_csv(rijen), "text/csv; charset=utf-8") if soort == "csv" else (lijst.als_xlsx(rijen), XLSX)
    koppen = {"Content-Disposition": f'attachment; filename="metingen-{m.groep.sleutel}-{m.nummer}.{soort}"'}
    return Response(ruw, media_type=media, headers=koppen)


@router.get("/geschiedenis")
def geschiedenis(verzoek: Request, m: LeestPilot) -> Response:
    return pagina(
        verzoek, "leiden/meetgeschiedenis.html", m=m, titels={i.sleutel: i.titel for i in m.plan.indicatoren},
        plekken=metingen.geschiedenis(m.plek.session, m.pilot), bestanden=metingen.bestanden(m.plek.session, m.pilot),
        wie=metingen.wie_voerde_in(m.plek.session, m.plek.ronde, m.groep.sleutel), lees_waarde=meetblad.lees_waarde,
        leesbaar=perioden.leesbaar,
        vormen={w: naam for w, naam, _ in mi.VORMEN}, kruimels=m.kruimels(("Geschiedenis", "")),
        inzet=metingen.inspanningen(m.plek.session, m.pilot),
    )  # fmt: skip


@router.get("/inzet")
def toon_inzet(verzoek: Request, m: BijPilot, periode: str = "") -> Response:
    return inzetblad.toon(verzoek, m.plek, _inzetplaats(m, periode))


@router.post("/inzet")
def bewaar_inzet(verzoek: Request, m: BijPilot, formulier: Formulier, periode: str = "") -> Response:
    return inzetblad.bewaar(verzoek, m.plek, _inzetplaats(m, periode), formulier)


def _inzetplaats(m: Meetplaats, periode: str) -> inzetblad.Inzetplaats:
    pad = f"{m.pad}/inzet"
    return inzetblad.Inzetplaats(m.wie, m.groep, m.pilot, m.plan, pad, periode, m.kruimels(("Inzet", "")))


# ---------------------------------------------------------------- the import


@dataclass(frozen=True)
class Gestuurd:
    """The form of the import; `bestand` None with the fault that says why."""

    formulier: FormData
    bestand: mi.Gestuurd | None
    fout: Invoerfout | None = None


async def _gestuurd(verzoek: Request) -> Gestuurd:
    formulier = await verzoek.form(max_files=1, max_fields=1000, max_part_size=mi.MEESTE_BASE64)
    try:
        return Gestuurd(formulier, await mi.bestand_uit(formulier))
    except Invoerfout as fout:
        return Gestuurd(formulier, None, fout)


MetBestand = Annotated[Gestuurd, Depends(_gestuurd)]


@router.get("/inlezen")
def toon_inlezen(verzoek: Request, m: BijPilot) -> Response:
    return _inlezen(verzoek, m)


def _inlezen(verzoek: Request, m: Meetplaats, *, fouten: Fouten | None = None) -> Response:
    return pagina(
        verzoek, "leiden/meting-inlezen.html", status=422 if fouten else 200, m=m, fouten=fouten or {},
        vormen=mi.VORMEN, kruimels=m.kruimels(("Inlezen", "")), mist=sum(len(b.mist) for b in m.blokken()),
    )  # fmt: skip


@router.post("/inlezen")
def lees_in(verzoek: Request, m: BijPilot, g: MetBestand, achteraf: BackgroundTasks) -> Response:
    """Preview with choices, again after every change; only what was shown can be confirmed."""
    try:
        if g.bestand is None:
            raise g.fout or Invoerfout("bestand: kies een bestand van uw computer", waar="inlezen")
        inhoud = lees_bestand(g.bestand.naam, g.bestand.ruw)
        keuzes = _raad(m, inhoud) if g.bestand.nieuw else mi.keuzes_uit(g.formulier, m.plan)
    except Invoerfout as fout:
        eigen = fouten_uit(fout)
        kaal = {"bestand": eigen.pop("bestand", []) + [f"{k}: {z}" if k else z for k, w in eigen.items() for z in w]}
        return _inlezen(verzoek, m, fouten=kaal)
    voorstel = stel_voor(inhoud, keuzes, m.plan, m.bekend, m.vandaag)
    if g.formulier.get("_knop") != "vast" or g.bestand.nieuw:
        return _voorbeeld(verzoek, m, voorstel, g)
    fouten = _bezwaren(voorstel, g.formulier)
    if not fouten:
        fouten = _lees_in(m, voorstel, g.formulier, achteraf)
    if fouten:
        return _voorbeeld(verzoek, m, voorstel, g, fouten=fouten)
    return terug_naar(f"{m.pad}/geschiedenis", "metingen")


def _raad(m: Meetplaats, inhoud: Inhoud) -> mk.Keuzes:
    """The choices of the last file with the same head come back."""
    eerder = [b.keuzes for b in metingen.bestanden(m.plek.session, m.pilot)]
    return mk.raad(inhoud.tabel, m.plan, eerder)


def _bezwaren(voorstel: Voorstel, formulier: FormData) -> Fouten:
    if formulier.get("gezien") != voorstel.merk:
        return {"": ["U veranderde een keuze. Hieronder ziet u de nieuwe uitkomst. Kijk haar na en bevestig dan."]}
    if not voorstel.kan:
        return {"": ["Dit bestand kan nog niet worden ingelezen. Hieronder staat wat er moet gebeuren."]}
    wijziging = voorstel.uitkomst.verbetering if voorstel.uitkomst else ()
    if wijziging and not str(formulier.get("reden", "")).strip():
        return {"reden": ["dit bestand verandert waarden die er al stonden; zeg waarom"]}
    if voorstel.let_op and formulier.get("akkoord") != "ja":
        return {"akkoord": ["lees de waarschuwingen en zet dan een vinkje"]}
    return {}


def _lees_in(m: Meetplaats, voorstel: Voorstel, formulier: FormData, achteraf: BackgroundTasks) -> Fouten:
    gegevens = voorstel.gegevens(m.groep.sleutel, bewaarbaar(str(formulier.get("reden", "")).strip()))
    sleutel = str(formulier.get("sleutel", ""))
    try:
        doe_als(m.plek, m.wie, "lees_metingen", gegevens, sleutel=sleutel, achteraf=achteraf)
    except Gebruikersfout as fout:
        m.plek.session.rollback()
        return fouten_uit(fout)
    return {}


def _voorbeeld(
    verzoek: Request, m: Meetplaats, voorstel: Voorstel, g: Gestuurd, *, fouten: Fouten | None = None
) -> Response:
    tabel, keuzes = voorstel.inhoud.tabel, voorstel.keuzes
    kolommen = tabel.kolommen[: mk.MEESTE_BREEDTE]
    gegevens: dict[str, Any] = {
        "filters": {k: [(w, w) for w in ws] for k, ws in mk.filterkolommen(tabel, keuzes, m.plan).items()},
        "antwoorden": {s: mk.antwoorden(tabel, k) for s, k in keuzes.kolommen.items()},
        "gevonden": {w.gebied for w in voorstel.gelezen.rijen} if voorstel.gelezen else set(m.plan.gebieden()),
        "titels": {i.sleutel: i.titel for i in m.plan.indicatoren},
    }
    return pagina(
        verzoek, "leiden/meting-voorbeeld.html", status=422 if fouten else 200, m=m, voorstel=voorstel, k=keuzes,
        kolommen=kolommen, vormen=mi.VORMEN, leesbaar=perioden.leesbaar,
        inhoud=mi.in_pagina(g.bestand.ruw) if g.bestand else "",
        reden=str(g.formulier.get("reden", "")), fouten=fouten or {}, sleutel=nieuwe_sleutel(),
        kruimels=m.kruimels(("Inlezen", f"{m.pad}/inlezen"), ("Bekijk en bevestig", "")), **gegevens,
    )  # fmt: skip
