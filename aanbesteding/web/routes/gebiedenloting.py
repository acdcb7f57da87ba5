"""The lottery of areas: announce it, draw it, take its outcome into the measuring plan, and let others recompute."""

import json
from typing import Any

from fastapi import APIRouter, BackgroundTasks, Request, Response

from ...fouten import Gebruikersfout, Invoerfout, NietGevonden
from ...kern.loting import lijst_als_tekst
from ...overzichten import meetplannen
from ...procedure import Rol
from .. import invulformulier as f
from .. import meetplanformulier as mf
from ..doen import doe_als, nieuwe_sleutel, per_veld, terug_naar
from ..invulformulier import Deel, Rijen, Veld, zonder_rij
from ..sjablonen import pagina
from ..velden import Formulier as Velden
from ..velden import bewaarbaar
from .meetplan import BijMeetplan, Meetplek
from .na_selectie import Formulier
from .vorm import Fouten, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/meetplan/{coalitie}/loting")
SOORT = (("verzameling", "Getallen zonder volgorde, zoals een lottotrekking"), ("getal", "Eén getal"),
         ("getallen", "Getallen in volgorde"), ("tekst", "Tekst"))  # fmt: skip
LOTING: tuple[Deel, ...] = (
    Deel("lijst", "Welke gebieden doen mee?", (
        Veld("kandidaten", "Gebieden die even geschikt zijn", "regels", regels=8,
             hulp="Eén gebied op een regel. Wie wordt geloot, krijgt de pilot. De rest is de vergelijking."),
        Veld("geschiktheid", "Waarom zijn deze gebieden even geschikt?", "lang", regels=3),
    )),
    Deel("wanneer", "Hoeveel gebieden, en wanneer beginnen zij?", (
        Rijen("startmomenten", "Startmomenten", "Startmoment", (
            Veld("periode", "Begint in", hulp="Bijvoorbeeld 2027-2"),
            Veld("aantal", "Aantal gebieden", "getal"),
        ), hulp="Eén startmoment is een gewone loting. Met meer startmomenten loot u ook om de volgorde."),
    )),
    Deel("bronnen", "Waar komt het toeval vandaan?", (
        Rijen("bronnen", "Bronnen", "Bron", (
            Veld("naam", "Bron", hulp="Openbaar en nog niet bekend. Bijvoorbeeld: Lotto van 3 juli 2027, zes getallen"),
            Veld("soort", "Soort uitkomst", "keuze", opties=SOORT),
        )),
        Veld("trekken_dag", "Loten kan vanaf", "datum", hulp="De dag waarop de uitkomst van alle bronnen bekend is."),
        Veld("trekken_uur", "Hoe laat?", hulp="Bijvoorbeeld 12.00"),
    )),
)  # fmt: skip


@router.get("")
def toon(verzoek: Request, m: BijMeetplan, erbij: str = "") -> Response:
    return _toon(verzoek, m, {}, erbij=erbij)


def _toon(
    verzoek: Request, m: Meetplek, plat: f.Plat, *, erbij: str = "", fouten: Fouten | None = None,
    getypt: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    rij = m.loting
    return pagina(
        verzoek, "leiden/gebiedenloting.html", status=422 if fouten else 200, m=m, plat=plat, f=f, erbij=erbij,
        delen=LOTING, fouten=fouten or {}, labels=f.labels(LOTING, rijen_tot=20), sleutel=nieuwe_sleutel(), rij=rij,
        getypt=getypt or {}, lijst=lijst_als_tekst(rij.kandidaten) if rij else "", soorten=meetplannen.SOORTWOORDEN,
        starten=meetplannen.startperioden(rij) if rij else {}, verschillen=meetplannen.herbereken(rij) if rij else [],
        vervallen=[r for r in m.lotingen if r.vervallen_op], kruimels=m.kruimels(("Loting van gebieden", "")),
    )  # fmt: skip


@router.post("")
def kondig_aan(verzoek: Request, m: BijMeetplan, formulier: Formulier, achteraf: BackgroundTasks) -> Response:
    plat = bewaarbaar(f.uit_formulier(LOTING, formulier))
    soort, _, welke = str(formulier.get("_knop", "")).partition(":")
    if soort == "weg":
        plat = zonder_rij(LOTING, plat, welke)
    if soort in ("erbij", "weg"):
        return _toon(verzoek, m, plat, erbij=welke if soort == "erbij" else "")
    gegevens = _gegevens(plat) | {"coalitie": m.groep.sleutel}
    return _doe(verzoek, m, "kondig_gebiedenloting_aan", gegevens, str(formulier.get("sleutel", "")), achteraf, plat)


def _gegevens(plat: f.Plat) -> dict[str, Any]:
    ruw = f.naar_inhoud(LOTING, plat)
    uur = str(ruw.pop("trekken_uur", "")).replace(".", ":") or "12:00"
    dag = ruw.pop("trekken_dag", None)
    return ruw | ({"trekken_vanaf": f"{dag}T{uur:0>5}:00"} if dag else {})


def _doe(
    verzoek: Request, m: Meetplek, handeling: str, gegevens: dict[str, Any], sleutel: str, achteraf: BackgroundTasks,
    plat: f.Plat, getypt: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    klaar = {"kondig_gebiedenloting_aan": "aangekondigd", "trek_gebiedenloting": "geloot"}.get(handeling, "vastgelegd")
    try:
        doe_als(m.plek, m.plek.deelnemer(Rol.PROJECTLEIDER), handeling, gegevens, sleutel=sleutel, achteraf=achteraf)
    except Invoerfout as fout:
        m.plek.session.rollback()
        per = {k.replace("trekken_vanaf", "trekken_dag"): w for k, w in per_veld(fout).items()}
        return _toon(verzoek, m, plat, fouten=f.fouten_per_veld(per, LOTING), getypt=getypt)
    except Gebruikersfout as fout:
        m.plek.session.rollback()
        return _toon(verzoek, m, plat, fouten=fouten_uit(fout), getypt=getypt)
    return terug_naar(f"{m.pad}/loting", klaar)


@router.post("/trek")
def trek(verzoek: Request, m: BijMeetplan, velden: Velden, achteraf: BackgroundTasks) -> Response:
    bronnen = [
        {"naam": b["naam"], "soort": b["soort"], "waarden": _waarden(b["soort"], velden[f"waarden-{n}"])}
        for n, b in enumerate(m.loting.bronnen if m.loting else [], 1)
    ]
    gegevens = {"coalitie": m.groep.sleutel, "bronnen": bronnen}
    return _doe(verzoek, m, "trek_gebiedenloting", gegevens, velden["sleutel"], achteraf, {}, velden.tekst)


def _waarden(soort: str, getypt: str) -> list[str]:
    """Numbers stand apart by spaces or semicolons; a text is one value."""
    return [getypt.strip()] if soort == "tekst" else getypt.replace(";", " ").split()


@router.post("/vervalt")
def vervalt(verzoek: Request, m: BijMeetplan, velden: Velden, achteraf: BackgroundTasks) -> Response:
    gegevens = {"coalitie": m.groep.sleutel, "reden": velden["reden"]}
    return _doe(verzoek, m, "laat_gebiedenloting_vervallen", gegevens, velden["sleutel"], achteraf, {}, velden.tekst)


@router.post("/overnemen")
def neem_over(m: BijMeetplan, velden: Velden) -> Response:
    """Put the outcome into the draft of the measuring plan; recording the plan is still an act of its own."""
    if m.loting is None or m.loting.getrokken_op is None:
        raise NietGevonden("Er is nog geen loting getrokken.")
    plat, merk = m.nu()
    starten = meetplannen.startperioden(m.loting)
    overig = [g for g in m.loting.kandidaten if g not in starten]
    m.bewaar(mf.met_loting(plat, starten, overig), merk)
    return terug_naar(m.pad, "lotingover")


@router.get("/loting.json")
def gegevens(m: BijMeetplan) -> Response:
    return als_bestand(m)


def als_bestand(m: Any) -> Response:
    """The draw for 'aanbesteding herbereken'; `m` has a `loting`."""
    if m.loting is None or m.loting.getrokken_op is None:
        raise NietGevonden("Er is nog geen loting getrokken.")
    tekst = json.dumps(meetplannen.loting_gegevens(m.loting), ensure_ascii=False, indent=1, sort_keys=True)
    koppen = {"Content-Disposition": 'attachment; filename="loting-van-gebieden.json"'}
    return Response(tekst, media_type="application/json", headers=koppen)
