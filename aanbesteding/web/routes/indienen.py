"""Handing in: summary, submission, receipt, withdrawing; and the files that go with it."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, File, Form, Request, Response, UploadFile

from ...fouten import Gebruikersfout, Invoerfout
from ...kern import bestandssoort
from ...kern.notatie import bytes_leesbaar
from ...overzichten import bestanden, eigen_voorstel, inzage_coalitie, vind
from ...regels import canonieke_hash
from .. import invulformulier as f
from .. import voorstelformulier
from ..coalitieplek import AlsPenvoerder, Coalitiesleutel, Werkplek, controle, tekst_nu, woorden
from ..doen import doe_als, nieuwe_sleutel, per_veld, terug_naar
from ..middelen import InRonde
from ..sjablonen import pagina

router = APIRouter(prefix="/werk/{kenmerk}")
COALITIE = "/coalitie/{sleutel}/voorstel"
Tekst = Annotated[str, Form()]


@router.get(COALITIE + "/indienen")
def toon_indienen(verzoek: Request, w: AlsPenvoerder) -> Response:
    return _samenvatting(verzoek, w)


def _samenvatting(verzoek: Request, w: Werkplek, *, fouten: list[str] | None = None, status: int = 200) -> Response:
    plat, merk = tekst_nu(w)
    stand = controle(w, plat)
    staat = eigen_voorstel.staat_er(eigen_voorstel.indieningen(w.plek.session, w.groep))
    zelfde = bool(staat and stand.inhoud and canonieke_hash(stand.inhoud.model_dump(mode="json")) == staat.sha256)
    return pagina(
        verzoek, "voorstel/indienen.html", status=status, w=w, stand=stand, merk=merk, fouten=fouten or [],
        delen=voorstelformulier.delen(w.regels), plat=plat, f=f, woorden=woorden(stand.inhoud, plat),
        bestanden=bestanden.van_coalitie(w.plek.session, vind.sid(w.groep.id)), formuliersleutel=nieuwe_sleutel(),
        partners=eigen_voorstel.partnerstand(w.plek.session, w.groep),
        staat=staat, zelfde=zelfde,
    )  # fmt: skip


@router.post(COALITIE + "/indienen")
def dien_in(
    verzoek: Request, w: AlsPenvoerder, achteraf: BackgroundTasks, merk: Tekst = "", sleutel_: Tekst = ""
) -> Response:
    """What is handed in is the text of the summary: when it changed since, the person looks again first."""
    plat, nu_merk = tekst_nu(w)
    if merk != nu_merk:
        zin = "De tekst is intussen veranderd, bijvoorbeeld in een ander venster. Kijk hem nog een keer na."
        return _samenvatting(verzoek, w, fouten=[zin], status=409)
    stand = controle(w, plat)
    if stand.inhoud is None:
        return _samenvatting(verzoek, w, fouten=["Er ontbreekt nog iets. Vul dat eerst in."], status=422)
    gegevens = {"coalitie": w.groep.sleutel, "inhoud": stand.inhoud.model_dump(mode="json")}
    try:
        doe_als(w.plek, w.kring.wie, "dien_in", gegevens, sleutel=sleutel_, achteraf=achteraf)
    except Gebruikersfout as fout:
        if w.gesloten:
            return pagina(verzoek, "voorstel/te-laat.html", status=403, w=w, bericht=fout.bericht)
        zinnen = fout.fouten if isinstance(fout, Invoerfout) else [fout.bericht]
        return _samenvatting(verzoek, w, fouten=[z.rpartition(": ")[2] for z in zinnen], status=422)
    return terug_naar(f"{w.pad}/voorstel/ingediend", "ingediend")


@router.get(COALITIE + "/ingediend")
def toon_ingediend(verzoek: Request, w: AlsPenvoerder) -> Response:
    return _ingediend(verzoek, w)


def _ingediend(
    verzoek: Request, w: Werkplek, *, fouten: dict[str, list[str]] | None = None, reden: str = ""
) -> Response:
    alle = eigen_voorstel.indieningen(w.plek.session, w.groep)
    plat, _ = tekst_nu(w)
    delen = voorstelformulier.delen(w.regels)
    anders = bool(alle) and not f.gelijk(delen, f.uit_inhoud(delen, alle[0].rij.inhoud), plat)
    return pagina(
        verzoek, "voorstel/ingediend.html", status=422 if fouten else 200, w=w, alle=alle, fouten=fouten or {},
        staat=eigen_voorstel.staat_er(alle), anders=anders, reden=reden, formuliersleutel=nieuwe_sleutel(),
    )  # fmt: skip


@router.post(COALITIE + "/intrekken")
def trek_in(
    verzoek: Request, w: AlsPenvoerder, achteraf: BackgroundTasks, reden: Tekst = "", sleutel_: Tekst = ""
) -> Response:
    gegevens = {"coalitie": w.groep.sleutel, "reden": reden}
    try:
        doe_als(w.plek, w.kring.wie, "trek_in", gegevens, sleutel=sleutel_, achteraf=achteraf)
    except Invoerfout as fout:
        return _ingediend(verzoek, w, fouten=per_veld(fout), reden=reden)
    except Gebruikersfout as fout:
        if w.gesloten:
            return pagina(verzoek, "voorstel/te-laat.html", status=403, w=w, bericht=fout.bericht)
        raise
    return terug_naar(f"{w.pad}/voorstel/ingediend", "ingetrokken")


# ---------------------------------------------------------------- files


@router.get(COALITIE + "/bestanden")
def toon_bestanden(verzoek: Request, w: AlsPenvoerder) -> Response:
    return _bestanden(verzoek, w)


def _bestanden(
    verzoek: Request, w: Werkplek, *, fouten: dict[str, list[str]] | None = None, soort: str = ""
) -> Response:
    er = bestanden.van_coalitie(w.plek.session, vind.sid(w.groep.id))
    grenzen: dict[str, Any] = {
        "een": bytes_leesbaar(bestandssoort.MEESTE_BYTES), "samen": bytes_leesbaar(bestandssoort.MEESTE_SAMEN),
        "aantal": bestandssoort.MEESTE_BESTANDEN, "soorten": bestandssoort.LEESBAAR,
        "accept": ",".join(f".{s}" for s in (*bestandssoort.MEDIATYPEN, "jpeg")),
    }  # fmt: skip
    return pagina(
        verzoek, "voorstel/bestanden.html", status=422 if fouten else 200, w=w, bestanden=er, fouten=fouten or {},
        grenzen=grenzen, soort=soort, soorten=voorstelformulier.BIJLAGESOORTEN, samen=sum(b.grootte for b in er),
        formuliersleutel=nieuwe_sleutel(),
    )  # fmt: skip


@router.post(COALITIE + "/bestanden")
def plaats(
    verzoek: Request, w: AlsPenvoerder, achteraf: BackgroundTasks, soort: Tekst = "", sleutel_: Tekst = "",
    bestand: Annotated[UploadFile | None, File()] = None,
) -> Response:  # fmt: skip
    if bestand is None or not bestand.filename:
        return _bestanden(verzoek, w, fouten={"bestand": ["kies eerst een bestand"]}, soort=soort)
    ruw = bestand.file.read(bestandssoort.MEESTE_BYTES + 1)
    gegevens = {"coalitie": w.groep.sleutel, "naam": bestand.filename[-200:], "soort": soort or "overig", "inhoud": ruw}
    try:
        doe_als(w.plek, w.kring.wie, "plaats_bestand", gegevens, sleutel=sleutel_, achteraf=achteraf)
    except Invoerfout as fout:
        return _bestanden(verzoek, w, fouten=per_veld(fout), soort=soort)
    return terug_naar(f"{w.pad}/voorstel/bestanden", "bestand")


@router.post(COALITIE + "/bestanden/weg")
def verwijder(w: AlsPenvoerder, achteraf: BackgroundTasks, sha256: Tekst = "") -> Response:
    gegevens = {"coalitie": w.groep.sleutel, "sha256": sha256}
    doe_als(w.plek, w.kring.wie, "verwijder_bestand", gegevens, sleutel="", achteraf=achteraf)
    return terug_naar(f"{w.pad}/voorstel/bestanden", "bestandweg")


@router.get("/bestanden/{sleutel}/{sha256}")
def haal(plek: InRonde, sleutel: Coalitiesleutel, sha256: str) -> Response:
    """A file of a proposal, for who may read that proposal now. Always as a download: never run as a page of ours."""
    rij = inzage_coalitie.bestand(plek.session, plek.ronde, plek.als, sleutel, sha256)
    naam = "".join(t if t.isascii() and (t.isalnum() or t in " .()-_") else "_" for t in rij.naam)
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"', "Content-Security-Policy": "sandbox"}
    return Response(rij.inhoud, media_type=rij.mediatype, headers=koppen)
