"""The desk: a member of staff takes in a proposal on paper. What was typed goes into the vault and does not come back:
no draft is kept of it here, and after saving nobody of the staff can read it."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from sqlmodel import col, select
from starlette.datastructures import FormData, UploadFile

from ...fouten import Gebruikersfout, Invoerfout
from ...kern import bestandssoort
from ...model import Coalitie
from ...overzichten import vind
from ...procedure import Poort, Rol
from ...regels import Regels
from ...termijnen import amsterdam, naar_amsterdam
from .. import invulformulier as f
from .. import voorstelformulier
from ..doen import doe_als, nieuwe_sleutel, per_veld, terug_naar, zonder_raad
from ..middelen import Plek, rol
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}/papier")
Leider = Annotated[Plek, Depends(rol(Rol.PROJECTLEIDER))]
MEESTE_SCANS = 5
BRENGERS = (("penvoerder", "De penvoerder"), ("partner", "Een partner van de coalitie"), ("post", "De post"),
            ("bode", "Een bode of koerier"))  # fmt: skip


async def _formulier(verzoek: Request) -> FormData:
    return await verzoek.form(max_files=MEESTE_SCANS, max_fields=2000, max_part_size=500_000)


def _delen(regels: Regels) -> tuple[f.Deel, ...]:
    balie = f.Deel("balie", "Aan de balie", (
        f.Veld("coalitie", "Van welke coalitie is het voorstel?", "keuze"),
        f.Veld("datum", "Afgegeven op", "datum"),
        f.Veld("tijd", "Afgegeven om", hulp="De tijd op uw klok, bijvoorbeeld 11.45"),
        f.Veld("gebracht_door", "Wie bracht het?", "keuze", opties=BRENGERS),
    ))  # fmt: skip
    return (balie, *voorstelformulier.delen(regels))


@router.get("")
def toon(verzoek: Request, plek: Leider) -> Response:
    lokaal = naar_amsterdam(plek.nu)
    plat = {"datum": lokaal.date().isoformat(), "tijd": f"{lokaal:%H.%M}"}
    return _pagina(verzoek, plek, plat)


def _pagina(verzoek: Request, plek: Plek, plat: f.Plat, fouten: dict[str, list[str]] | None = None) -> Response:
    regels = vind.regels(plek.session, plek.ronde)
    poorten = {p.poort for p in vind.gepasseerd(plek.session, plek.ronde)}
    groepen = select(Coalitie.sleutel, Coalitie.naam).where(Coalitie.ronde_id == plek.ronde.id)
    delen = _delen(regels)
    return pagina(
        verzoek, "voorstel/papier.html", status=422 if fouten else 200, plat=plat, delen=delen, f=f,
        coalities=list(plek.session.exec(groepen.order_by(col(Coalitie.naam)))), fouten=fouten or {},
        labels=f.labels(delen, rijen_tot=40) | {"scan": "Scan"}, formuliersleutel=nieuwe_sleutel(),
        sluiting=vind.momenten(regels, "sluiting")[0], regels=regels, dicht=Poort.SLUITING in poorten,
        vroeg=Poort.OPROEP not in poorten, soorten=bestandssoort.LEESBAAR,
    )  # fmt: skip


@router.post("")
def neem_aan(
    verzoek: Request, plek: Leider, achteraf: BackgroundTasks, formulier: Annotated[FormData, Depends(_formulier)]
) -> Response:
    delen = _delen(vind.regels(plek.session, plek.ronde))
    plat = f.uit_formulier(delen, formulier)
    if str(formulier.get("_knop", "")).startswith("erbij"):
        return _pagina(verzoek, plek, plat)
    try:
        gegevens = _gegevens(delen, plat, formulier)
        wie = plek.deelnemer(Rol.PROJECTLEIDER)
        doe_als(plek, wie, "neem_papier_aan", gegevens, sleutel=str(formulier.get("sleutel", "")), achteraf=achteraf)
    except Invoerfout as fout:
        return _pagina(verzoek, plek, plat, _fouten(fout, delen))
    except Gebruikersfout as fout:
        return _pagina(verzoek, plek, plat, {"": [zonder_raad(fout)]})
    return terug_naar(f"/werk/{plek.kenmerk}/papier", "papier")


def _fouten(fout: Invoerfout, delen: f.Delen) -> dict[str, list[str]]:
    ruw = per_veld(fout)
    om = {"ontvangen_op": "tijd", "bestand": "scan"}
    scan = {k: z for k, z in ruw.items() if k == "bestand" or k.startswith("scans")}
    rest = {om.get(k, k): z for k, z in ruw.items() if k not in scan}
    uit = f.fouten_per_veld(rest, delen)
    return uit | ({"scan": [z for zinnen in scan.values() for z in zinnen]} if scan else {})


def _gegevens(delen: f.Delen, plat: f.Plat, formulier: FormData) -> dict[str, Any]:
    inhoud = f.naar_inhoud(delen, plat)
    kop = {naam: inhoud.pop(naam, "") for naam in ("coalitie", "datum", "tijd", "gebracht_door")}
    scans = [s for s in formulier.getlist("scan") if isinstance(s, UploadFile)]
    return {
        "coalitie": kop["coalitie"],
        "gebracht_door": kop["gebracht_door"],
        "ontvangen_op": _moment(kop["datum"], kop["tijd"]),
        "inhoud": inhoud,
        "scans": [
            {"naam": str(s.filename)[-200:], "inhoud": s.file.read(bestandssoort.MEESTE_BYTES + 1)}
            for s in scans
            if s.filename
        ],
    }


def _moment(datum: str, tijd: str) -> datetime:
    """The moment on the clock of the desk."""
    try:
        lokaal = datetime.fromisoformat(f"{datum}T{tijd.strip().replace('.', ':').zfill(5)}")
        return amsterdam(lokaal.date(), lokaal.time())
    except ValueError:
        raise Invoerfout(
            "tijd: schrijf de datum als dag, maand en jaar en de tijd zoals 11.45", waar="papier"
        ) from None
