"""Measurements in the browser: a grid for the wave that is due, a file with a preview, the history, and a template."""

import csv
import hashlib
import io
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response

from ...fouten import Gebruikersfout, Invoerfout
from ...handelingen import concepten
from ...handelingen.reeks import Stap, doe_reeks
from ...inhoud import Meetplan
from ...meetbronnen import keuzes as kz
from ...meetbronnen.lezen import Gelezen, lees
from ...meetbronnen.toetsen import Getoetst, toets_rijen
from ...meetbronnen.waarden import zinnen
from ...model import Coalitie, Pilot
from ...overzichten import meten, metingen, vind
from ...procedure import Poort, Rol
from ...tabellen import SOORTEN, Tabel, lees_tabel
from ...termijnen import naar_amsterdam
from .. import invulformulier as f
from .. import meetrooster as mr
from ..doen import doe_als, nieuwe_sleutel, terug_naar, wek
from ..middelen import Plek
from ..openbare_kop import bestand as download
from ..sjablonen import pagina
from ..velden import Formulier as Velden
from .na_selectie import Formulier
from .vorm import Fouten, Leidt

router = APIRouter(prefix="/werk/{kenmerk}/meting/{coalitie}")


KEUZEVELDEN = ("gebied", "periodekolom", "periode", "gewicht", "inwoners", "respondenten", "bron")


class Werkbank:
    """The pilot whose measurements are worked on, with its plan and what is known."""

    def __init__(self, plek: Leidt, coalitie: str) -> None:
        self.plek: Plek = plek
        self.pilot: Pilot = vind.pilot(plek.session, plek.ronde, coalitie)
        self.groep: Coalitie = vind.coalitie(plek.session, plek.ronde, coalitie)
        self.plan: Meetplan = meten.meetplan(plek.session, vind.voorstel(plek.session, plek.ronde, coalitie))
        self.bekend = metingen.nieuwste_waarden(plek.session, self.pilot)
        self.pad = f"/werk/{plek.kenmerk}/meting/{coalitie}"
        self.wie = plek.deelnemer(Rol.PROJECTLEIDER)
        self.vandaag = naar_amsterdam(plek.nu).date()

    def moment(self) -> Any:
        """The measuring moment that is open: the first whose report has not been made."""
        gedaan = sum(p.poort == Poort.EFFECTMETING for p in vind.gepasseerd(self.plek.session, self.plek.ronde))
        momenten = vind.momenten(vind.regels(self.plek.session, self.plek.ronde), "metingen")
        return momenten[min(gedaan, len(momenten) - 1)]

    def rooster(self, periode: str) -> list[mr.Blok]:
        return mr.rooster(self.plan, self.bekend, naar_amsterdam(self.moment()).date(), periode)

    def stand(self) -> dict[tuple[str, str, str], float | None]:
        return {k: None if m.onderdrukt else m.waarde for k, m in self.bekend.items()}


Bank = Annotated[Werkbank, Depends()]


# ---------------------------------------------------------------- the grid


@router.get("/rooster")
def toon_rooster(verzoek: Request, bank: Bank, periode: str = "") -> Response:
    return _rooster(verzoek, bank, periode)


def _rooster(
    verzoek: Request, bank: Werkbank, periode: str, plat: f.Plat | None = None, fouten: Fouten | None = None,
    merk: str = "",
) -> Response:  # fmt: skip
    blokken = bank.rooster(periode)
    sleutel = f"rooster/{bank.groep.sleutel}/{'+'.join(sorted({b.periode for b in blokken}))}"
    if plat is None:
        concept = concepten.nieuwste(bank.plek.session, bank.wie, sleutel)
        vers = concept is not None and bool(concept.inhoud)
        plat = mr.begin(blokken) | (concept.inhoud if concept and vers else {})
        merk = concepten.merk(concept.inhoud) if concept else ""
    labels = {f"waarde-{c.naam}": f"{b.indicator.titel}, {c.gebied}" for b in blokken for c in b.cellen}
    return pagina(
        verzoek, "leiden/meetrooster.html", status=422 if fouten else 200, bank=bank, blokken=blokken, plat=plat, f=f,
        fouten=fouten or {}, labels=labels | {"reden": "Reden"}, periode=periode, concept=sleutel, merk=merk,
        sleutel=nieuwe_sleutel(), te_klein=mr.TE_KLEIN,
    )  # fmt: skip


@router.post("/rooster")
def bewaar_rooster(
    verzoek: Request, bank: Bank, formulier: Formulier, achteraf: BackgroundTasks, periode: str = ""
) -> Response:
    """Every changed cell or none; the draft is emptied when they are in."""
    blokken, plek = bank.rooster(periode), bank.plek
    plat: f.Plat = {n: str(formulier.get(n, "")) for n in mr.namen(blokken)}
    sleutel = f"rooster/{bank.groep.sleutel}/{'+'.join(sorted({b.periode for b in blokken}))}"
    uit = concepten.bewaar(plek.motor, bank.wie, sleutel, plat, vanaf=str(formulier.get("_merk", "")), nu=plek.nu)
    adres = f"{bank.pad}/rooster" + (f"?periode={periode}" if periode else "")
    if formulier.get("_knop") != "vast":
        return terug_naar(adres, "bewaard")
    gevuld = mr.rijen(blokken, plat)
    try:
        if not gevuld:
            raise Invoerfout("vul ten minste één waarde in, of verander er een", waar="rooster")
        stappen = [Stap(veld, bank.wie.sleutel, {"coalitie": bank.groep.sleutel, **rij}) for veld, rij in gevuld]
        doe_reeks(plek.motor, plek.kenmerk, "meting", stappen, nu=plek.nu, waar="rooster")
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _rooster(verzoek, bank, periode, plat, _bij_cel(fout), uit.merk)
    concepten.bewaar(plek.motor, bank.wie, sleutel, {}, vanaf=uit.merk, nu=plek.nu)
    achteraf.add_task(wek, plek.motor, plek.kenmerk)
    return terug_naar(adres, "vastgelegd")


def _bij_cel(fout: Gebruikersfout) -> dict[str, list[str]]:
    """'waarde-0-3: waarde: 120 is …' → the fault at that cell; a missing reason at the reason."""
    uit: dict[str, list[str]] = {}
    for regel in fout.fouten if isinstance(fout, Invoerfout) else [fout.bericht]:
        cel, scheiding, zin = regel.partition(": ")
        plek = cel.replace(",", "").split(" ")[0] if scheiding and cel.startswith("waarde-") else ""
        zin = zin if plek else regel
        uit.setdefault("reden" if zin.startswith("reden: ") else plek, []).append(zin.removeprefix("reden: "))
    return uit


# ---------------------------------------------------------------- a file


@router.get("/bestand")
def toon_bestand(verzoek: Request, bank: Bank) -> Response:
    return _bestand(verzoek, bank)


def _bestand(verzoek: Request, bank: Werkbank, *, status: int = 200, **gegevens: Any) -> Response:
    leeg: dict[str, Any] = {
        "keuzes": None, "kolommen": [], "vragen": {}, "fouten": {}, "gelezen": None, "getoetst": None, "naam": "",
        "let_op": [], "mis": [], "hash": "",
    }  # fmt: skip
    alles = leeg | gegevens
    vraagfouten = {k: [z] for k, z in alles["vragen"].items()}
    if "kolommen" in vraagfouten:
        vraagfouten |= {f"kolom-{i.sleutel}": vraagfouten["kolommen"] for i in bank.plan.indicatoren[:1]}
    return pagina(
        verzoek, "leiden/meetbestand.html", status=status, bank=bank, sleutel=nieuwe_sleutel(),
        eerder=metingen.bestanden(bank.plek.session, bank.pilot), vraagfouten=vraagfouten,
        kolomopties=[(k, k) for k in alles["kolommen"]], **alles,
    )  # fmt: skip


@router.post("/bestand")
def lees_bestand(verzoek: Request, bank: Bank, velden: Velden) -> Response:
    """Read the file with the choices; show what would happen. Only the values are kept, in a draft, never the file."""
    naam, inhoud = velden.bestanden.get("bestand", ("", b""))
    try:
        tabel = _tabel(naam, inhoud)
    except Invoerfout as fout:
        return _bestand(verzoek, bank, status=422, fouten={"bestand": fout.fouten})
    gekozen = _keuzes(velden.tekst, kz.raad(tabel, bank.plan), bank.plan)
    vragen = kz.ontbreekt(gekozen, bank.plan, tabel)
    if vragen or velden["stap"] != "lees":
        return _bestand(verzoek, bank, keuzes=gekozen, kolommen=tabel.kolommen, naam=naam,
                        vragen=vragen if velden["stap"] == "lees" else {})  # fmt: skip
    gelezen = lees(tabel, gekozen, bank.plan)
    getoetst = toets_rijen(gelezen.rijen, bank.plan, bank.stand(), bank.vandaag)
    vingerafdruk = hashlib.sha256(inhoud).hexdigest()
    mis = any(o.ernst == "fout" for o in (*gelezen.opmerkingen, *getoetst.opmerkingen))
    _onthoud(bank, naam, vingerafdruk, gekozen, getoetst, mis=mis)
    return _voorbeeld(verzoek, bank, naam, gekozen, tabel.kolommen, gelezen, getoetst, vingerafdruk)


def _voorbeeld(
    verzoek: Request, bank: Werkbank, naam: str, gekozen: kz.Keuzes, kolommen: list[str], gelezen: Gelezen,
    getoetst: Getoetst, vingerafdruk: str,
) -> Response:  # fmt: skip
    alle = [*gelezen.opmerkingen, *getoetst.opmerkingen]
    mis = zinnen(alle, "fout")
    return _bestand(
        verzoek, bank, status=422 if mis else 200, keuzes=gekozen, kolommen=kolommen, gelezen=gelezen, naam=naam,
        getoetst=getoetst, mis=mis, let_op=zinnen(alle, "let op"), hash=vingerafdruk,
    )  # fmt: skip


def _tabel(naam: str, inhoud: bytes) -> Tabel:
    """The reader takes a path; the name that the browser sent is never used as one."""
    soort = Path(naam).suffix.lower()
    if not inhoud:
        raise Invoerfout("kies een bestand van uw computer", waar="meting")
    if soort not in SOORTEN:
        raise Invoerfout("kies een bestand van Excel (.xlsx) of een CSV-bestand", waar="meting")
    with tempfile.TemporaryDirectory() as folder:
        pad = Path(folder) / f"metingen{soort}"
        pad.write_bytes(inhoud)
        tabel = lees_tabel(pad)
    return Tabel(naam, tabel.kolommen, tabel.rijen)


def _keuzes(ruw: dict[str, str], raad: kz.Keuzes, plan: Meetplan) -> kz.Keuzes:
    """What was chosen on the page, over the first guess."""
    if "vorm" not in ruw:
        return raad
    kolommen = {i.sleutel: ruw[f"kolom-{i.sleutel}"] for i in plan.indicatoren if ruw.get(f"kolom-{i.sleutel}")}
    telt = {
        i.sleutel: [t.strip() for t in ruw[f"telt-{i.sleutel}"].split(";") if t.strip()]
        for i in plan.indicatoren
        if ruw.get(f"telt-{i.sleutel}")
    }
    filters = {ruw["filterkolom"]: ruw.get("filterwaarde", "")} if ruw.get("filterkolom") else {}
    vorm = ruw["vorm"] if ruw["vorm"] in ("eigen", "statline", "politie", "vragenlijst") else raad.vorm
    gegevens = {
        "vorm": vorm, "kolommen": kolommen, "telt": telt, "filter": filters, "model": ruw.get("model") == "ja",
        **{k: ruw.get(k, "")[:200] for k in KEUZEVELDEN},
    }  # fmt: skip
    return kz.Keuzes.model_validate(gegevens)


def _onthoud(
    bank: Werkbank, naam: str, vingerafdruk: str, gekozen: kz.Keuzes, getoetst: Getoetst, *, mis: bool
) -> None:  # fmt: skip
    """The values wait for a yes; small groups are gone already."""
    rijen = [{k: w for k, w in asdict(r).items() if k != "rij"} for r in getoetst.rijen] if not mis else []
    klaar = {
        "rijen": rijen, "verbeterd": len(getoetst.verbetering),
        "bestand": {"naam": naam[:200] or "bestand", "hash": vingerafdruk, "vorm": gekozen.vorm,
                    "keuzes": gekozen.model_dump(mode="json"), "model": gekozen.model},
    }  # fmt: skip
    concepten.bewaar(bank.plek.motor, bank.wie, f"inlezen/{bank.groep.sleutel}", klaar, vanaf="", nu=bank.plek.nu)


@router.post("/bestand/vast")
def leg_vast(verzoek: Request, bank: Bank, velden: Velden, achteraf: BackgroundTasks) -> Response:
    """What the preview showed, in one go."""
    concept = concepten.nieuwste(bank.plek.session, bank.wie, f"inlezen/{bank.groep.sleutel}")
    try:
        if concept is None or not concept.inhoud.get("rijen") or concept.inhoud["bestand"]["hash"] != velden["hash"]:
            raise Invoerfout("bestand: kies het bestand nog een keer; er staat niets meer klaar", waar="meting")
        gegevens = {"coalitie": bank.groep.sleutel, "metingen": concept.inhoud["rijen"],
                    "bestand": concept.inhoud["bestand"], "reden": velden["reden"]}  # fmt: skip
        doe_als(bank.plek, bank.wie, "lees_metingen", gegevens, sleutel=velden["sleutel"], achteraf=achteraf)
    except Gebruikersfout as fout:
        bank.plek.session.rollback()
        mis = fout.fouten if isinstance(fout, Invoerfout) else [fout.bericht]
        return _bestand(verzoek, bank, status=422, fouten={"bestand": mis})
    concepten.bewaar(bank.plek.motor, bank.wie, f"inlezen/{bank.groep.sleutel}", {}, vanaf="", nu=bank.plek.nu)
    return terug_naar(f"{bank.pad}/geschiedenis", "ingelezen")


# ---------------------------------------------------------------- history and template


@router.get("/geschiedenis")
def toon_geschiedenis(verzoek: Request, bank: Bank) -> Response:
    plek = bank.plek
    return pagina(
        verzoek, "leiden/meetgeschiedenis.html", bank=bank, versies=metingen.geschiedenis(plek.session, bank.pilot),
        bestanden=metingen.bestanden(plek.session, bank.pilot),
        invoer=metingen.wie_voerde_in(plek.session, plek.ronde, bank.groep.sleutel),
        titels={i.sleutel: i.titel for i in bank.plan.indicatoren},
    )  # fmt: skip


@router.get("/sjabloon.csv")
def sjabloon(bank: Bank) -> Response:
    """Our own list with a row for everything that is due and not there yet."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(("indicator", "gebied", "periode", "waarde", "respondenten", "bron"))
    for b in bank.rooster(""):
        schrijver.writerows((b.indicator.sleutel, c.gebied, b.periode, "", "", b.bron) for c in b.cellen if not c.staat)
    antwoord = download("\ufeff" + uit.getvalue(), "text/csv; charset=utf-8", f"metingen-{bank.groep.sleutel}.csv")
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord
