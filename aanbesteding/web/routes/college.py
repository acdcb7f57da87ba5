"""The college: read the memo, ask a question back, see the letters, decide with a second wethouder."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Path, Request, Response

from ...documenten.opmaak import render
from ...documenten.webtekst import als_webtekst
from ...fouten import Gebruikersfout, NietGevonden
from ...handelingen import concepten
from ...handelingen.proefbesluit import Proefstuk, proefstukken
from ...overzichten import collegebeeld
from ...procedure import Rol
from .. import besluitformulier as f
from ..collegestuk import Stuk, lees_stuk
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..middelen import Plek, rol
from ..sjablonen import pagina
from ..velden import Formulier
from .vorm import Fouten, Leidt, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/college")
Kijkt = Annotated[Plek, Depends(rol(*collegebeeld.KIJKERS))]
Beslist = Annotated[Plek, Depends(rol(Rol.WETHOUDER))]
Nummer = Annotated[int, Path(ge=1, le=9999)]
VraagId = Annotated[int, Path(ge=1, le=2**31)]


@router.get("")
def overzicht(verzoek: Request, plek: Kijkt) -> Response:
    return _overzicht(verzoek, plek)


def _overzicht(
    verzoek: Request, plek: Plek, *, waarden: dict[str, str] | None = None, fouten: Fouten | None = None
) -> Response:
    klaar = collegebeeld.klaargelegd(plek.session, plek.ronde)
    return pagina(
        verzoek, "college/index.html", status=422 if fouten else 200, fouten=fouten or {}, waarden=waarden or {},
        beelden=list(collegebeeld.beelden(plek.session, plek.ronde).values()), sleutel=nieuwe_sleutel(),
        belangen=collegebeeld.belangen(plek.session, plek.ronde, [d.id for d in plek.als.values()]),
        intrekking=next((k for k in klaar if k.rij.handeling == collegebeeld.INTREKKING), None),
        eigen=plek.bezoek.persoon.id, kan_intrekken=plek.ronde.fase not in ("ingetrokken", "afgesloten"),
    )  # fmt: skip


# ---------------------------------------------------------------- ending the round


@router.post("/intrekken")
def trek_in(verzoek: Request, plek: Beslist, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    """With one wethouder at once, with more a second one confirms."""
    gegevens, wie = {"reden": velden["reden"]}, plek.deelnemer(Rol.WETHOUDER)
    vier = lees_stuk(plek, "vrijgave").vier_ogen
    if velden["zeker"] != "ja":
        return _overzicht(verzoek, plek, waarden=velden.tekst, fouten={"zeker": ["zet eerst het vinkje"]})
    try:
        doe_als(plek, wie, "bereid_intrekking_voor" if vier else "trek_ronde_in", gegevens,
                sleutel=velden["sleutel"], achteraf=achteraf)  # fmt: skip
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _overzicht(verzoek, plek, waarden=velden.tekst, fouten=fouten_uit(fout))
    return terug_naar(f"/werk/{plek.kenmerk}/college", "klaargelegd" if vier else "rondeweg")


@router.post("/klaargelegd/{nummer}/{wat}")
def handel_af(
    verzoek: Request, plek: Beslist, nummer: VraagId, wat: str, velden: Formulier, achteraf: BackgroundTasks
) -> Response:
    """Confirm what another wethouder prepared, or take it away. What is confirmed, is exactly that row."""
    handeling = {"bevestigen": "bevestig_besluit", "weghalen": "haal_besluit_weg"}.get(wat)
    klaar = {k.rij.id: k for k in collegebeeld.klaargelegd(plek.session, plek.ronde)}
    if handeling is None or nummer not in klaar:
        raise NietGevonden("Dit besluit ligt niet meer klaar. Een ander haalde het weg of bevestigde het.")
    soort = klaar[nummer].rij.gegevens.get("soort", "")
    if soort:
        collegebeeld.toets_inzage(plek.session, plek.ronde, plek.als, soort)
    terug = f"/werk/{plek.kenmerk}/college" + (f"/{soort}" if soort else "")
    doe_als(plek, plek.deelnemer(Rol.WETHOUDER), handeling, {"voornemen": nummer}, sleutel=velden["sleutel"],
            achteraf=achteraf)  # fmt: skip
    return terug_naar(terug, "weggehaald" if wat == "weghalen" else ("besloten" if soort else "rondeweg"))


# ---------------------------------------------------------------- the memo and questions about it


@router.get("/{soort}")
def toon_stuk(verzoek: Request, plek: Kijkt, soort: str) -> Response:
    return _stuk(verzoek, lees_stuk(plek, soort))


def _stuk(
    verzoek: Request, st: Stuk, *, waarden: dict[str, str] | None = None, fouten: Fouten | None = None
) -> Response:
    if st.beeld.memo_op is None:
        return pagina(verzoek, "college/nog-niet.html", st=st, b=st.beeld)
    return pagina(
        verzoek, "college/stuk.html", status=422 if fouten else 200, st=st, b=st.beeld, m=st.memo(),
        waarden=waarden or {}, fouten=fouten or {}, sleutel=nieuwe_sleutel(), eigen=st.plek.bezoek.persoon.id,
        namen={k.sleutel: k.naam for k in st.kandidaten()},
    )  # fmt: skip


@router.post("/{soort}/vragen")
def vraag(verzoek: Request, plek: Beslist, soort: str, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    st = lees_stuk(plek, soort)
    try:
        doe_als(plek, plek.deelnemer(Rol.WETHOUDER), "stel_terugvraag", {"soort": soort, "tekst": velden["tekst"]},
                sleutel=velden["sleutel"], achteraf=achteraf)  # fmt: skip
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _stuk(verzoek, st, waarden=velden.tekst, fouten=fouten_uit(fout))
    return terug_naar(st.pad, "vraaggesteld")


@router.post("/{soort}/vragen/{nummer}")
def antwoord(
    verzoek: Request, plek: Leidt, soort: str, nummer: VraagId, velden: Formulier, achteraf: BackgroundTasks
) -> Response:
    st, veld = lees_stuk(plek, soort), f"antwoord-{nummer}"
    try:
        doe_als(plek, plek.deelnemer(Rol.PROJECTLEIDER), "beantwoord_terugvraag",
                {"vraag": nummer, "antwoord": velden[veld]}, sleutel=velden["sleutel"], achteraf=achteraf)  # fmt: skip
    except Gebruikersfout as fout:
        plek.session.rollback()
        fouten = {veld if k == "antwoord" else k: z for k, z in fouten_uit(fout).items()}
        return _stuk(verzoek, st, waarden=velden.tekst, fouten=fouten)
    return terug_naar(st.pad, "antwoordklaar")


# ---------------------------------------------------------------- deciding


def _conceptsleutel(soort: str) -> str:
    return f"besluit/{soort}"


@router.get("/{soort}/besluit")
def toon_besluit(verzoek: Request, plek: Beslist, soort: str) -> Response:
    st = lees_stuk(plek, soort)
    concept = concepten.nieuwste(plek.session, plek.deelnemer(Rol.WETHOUDER), _conceptsleutel(soort))
    velden = concept.inhoud if concept else f.begin(st.kandidaten())
    return _besluit(verzoek, st, velden, concepten.merk(concept.inhoud) if concept else "")


def _besluit(
    verzoek: Request, st: Stuk, velden: dict[str, Any], merk: str, *, fouten: Fouten | None = None
) -> Response:
    if not st.mag_besluiten or st.beeld.klaargelegd:
        return pagina(verzoek, "college/nog-niet.html", st=st, b=st.beeld)
    wie = st.plek.deelnemer(Rol.WETHOUDER)
    return pagina(
        verzoek, "college/besluit.html", status=422 if fouten else 200, st=st, b=st.beeld, velden=velden, merk=merk,
        kandidaten=st.kandidaten(), uitkomsten=f.UITKOMSTEN[st.beeld.soort], fouten=fouten or {},
        sleutel=nieuwe_sleutel(),
        concept=f"/werk/{st.plek.kenmerk}/concepten/{wie.sleutel}/{_conceptsleutel(st.beeld.soort)}",
    )  # fmt: skip


@router.post("/{soort}/besluit")
def besluit(verzoek: Request, plek: Beslist, soort: str, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    st, wie = lees_stuk(plek, soort), plek.deelnemer(Rol.WETHOUDER)
    plat = {k: w for k, w in velden.tekst.items() if k != "sleutel" and not k.startswith("_")}
    merk = concepten.bewaar(plek.motor, wie, _conceptsleutel(soort), plat, vanaf=velden["_merk"], nu=plek.nu).merk
    gegevens, fouten = f.gegevens(soort, plat, st.kandidaten())
    if fouten:
        return _besluit(verzoek, st, plat, merk, fouten=fouten)
    try:
        if velden["_knop"] == "brieven":
            proefstukken(plek.motor, plek.kenmerk, gegevens, nu=plek.nu)
            return terug_naar(f"{st.pad}/brieven", "bewaard")
        doe_als(plek, wie, "bereid_besluit_voor" if st.vier_ogen else "besluit", gegevens,
                sleutel=velden["sleutel"], achteraf=achteraf)  # fmt: skip
    except Gebruikersfout as fout:
        plek.session.rollback()
        return _besluit(verzoek, st, plat, merk, fouten=_op_veld(fouten_uit(fout)))
    return terug_naar(st.pad, "klaargelegd" if st.vier_ogen else "besloten")


def _op_veld(fouten: Fouten) -> Fouten:
    """What the act says of the whole choice stands at the top of the form."""
    vrij = {"": [z for veld, zinnen in fouten.items() if veld not in ("tekst", "uitkomst") for z in zinnen]}
    eigen = {v: z for v, z in fouten.items() if v in ("tekst", "uitkomst")}
    return eigen | (vrij if vrij[""] else {})


# ---------------------------------------------------------------- the letters before they go out


def _voorgenomen(st: Stuk) -> tuple[dict[str, Any], str]:
    """(the decision to preview, where it comes from): prepared, typed, or what the memo advises."""
    soort = st.beeld.soort
    if st.beeld.klaargelegd:
        return st.beeld.klaargelegd.rij.gegevens, "klaargelegd"
    kandidaten = st.kandidaten()
    if st.plek.heeft(Rol.WETHOUDER):
        concept = concepten.nieuwste(st.plek.session, st.plek.deelnemer(Rol.WETHOUDER), _conceptsleutel(soort))
        gegevens, fouten = f.gegevens(soort, concept.inhoud, kandidaten) if concept else ({}, {"": []})
        if not fouten:
            return gegevens, "concept"
    return f.advies(soort, kandidaten), "advies"


def _proef(plek: Plek, soort: str) -> tuple[Stuk, list[Proefstuk], str, dict[str, Any]]:
    st = lees_stuk(plek, soort)
    if not st.beeld.aan_zet:
        raise NietGevonden("Er is geen besluit voor te bereiden. Verstuurde brieven staan bij de stukken.")
    gegevens, bron = _voorgenomen(st)
    return st, proefstukken(plek.motor, plek.kenmerk, gegevens, nu=plek.nu), bron, gegevens


@router.get("/{soort}/brieven")
def brieven(verzoek: Request, plek: Kijkt, soort: str) -> Response:
    st, stukken, bron, gegevens = _proef(plek, soort)
    return pagina(
        verzoek, "college/brieven.html", st=st, b=st.beeld, stukken=stukken, bron=bron, besluit=gegevens,
        anders=[s for s in stukken if s.anders],
    )  # fmt: skip


def _een(stukken: list[Proefstuk], nummer: int) -> Proefstuk:
    if nummer > len(stukken):
        raise NietGevonden("Deze brief is er niet. Misschien is het besluit intussen veranderd.")
    return stukken[nummer - 1]


@router.get("/{soort}/brieven/{nummer}.pdf")
def brief_pdf(plek: Kijkt, soort: str, nummer: Nummer) -> Response:
    _, stukken, _, _ = _proef(plek, soort)
    inhoud = render(_een(stukken, nummer).opdracht)
    return Response(
        inhoud, media_type="application/pdf", headers={"Content-Disposition": 'inline; filename="concept.pdf"'}
    )


@router.get("/{soort}/brieven/{nummer}")
def brief(verzoek: Request, plek: Kijkt, soort: str, nummer: Nummer) -> Response:
    st, stukken, bron, _ = _proef(plek, soort)
    stuk = _een(stukken, nummer)
    return pagina(
        verzoek, "college/brief.html", st=st, b=st.beeld, stuk=stuk, tekst=als_webtekst(stuk.opdracht), bron=bron,
        nummer=nummer, aantal=len(stukken),
    )  # fmt: skip
