"""The decision on the selection: the besluit itself and a letter per coalition (domein.md D10, D11).

A letter always carries the own scores with their reasons, the place, and the last day to object (Awb 3:45,
3:46, 6:7); a refusal also the lowest total that was selected and the scores of the selected, without names.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...inhoud import VoorstelInhoud
from ...kern.notatie import getal
from ...model import Besluit, Besluitregel, Coalitie, Consensus, Deelnemer, Oordeel, Voorstel
from ...overzichten import beoordelen, dossier, vind
from ...overzichten.doorgang import Doorgang
from ...procedure import Rol
from ...termijnen import naar_amsterdam
from .basis import Adres, Stuk, adressering, stuk
from .college import dag_van
from .geldend_recht import uitdaagrecht
from .rechtsmiddel import rechtsmiddel
from .uitslag import Rij, Uitslag, cijfer, gelijke_stand_regel, lees_uitslag, rangschikking_gegevens


@dataclass(frozen=True)
class _Besluitvorming:
    """Everything that the decision and its letters read, once."""

    d: Doorgang
    uitslag: Uitslag
    besluit: Besluit
    regels: dict[int, Besluitregel]
    voorstellen: list[tuple[Voorstel, Coalitie]]
    trekkers: dict[str, dossier.Penvoerder]
    partners: dict[str, list[str]]
    inhoud: dict[str, VoorstelInhoud]
    consensus: dict[tuple[str, str], Consensus]
    oordelen: dict[str, Oordeel]

    def regel(self, sleutel: str) -> Besluitregel:
        return next(self.regels[vind.sid(v.id)] for v, c in self.voorstellen if c.sleutel == sleutel)


def _lees(d: Doorgang) -> _Besluitvorming:
    besluit, regels = dossier.besluit(d.session, d.ronde, "selectie")
    return _Besluitvorming(
        d=d,
        uitslag=lees_uitslag(d),
        besluit=besluit,
        regels=regels,
        voorstellen=vind.ontvankelijke(d.session, d.ronde),
        trekkers=dossier.penvoerders(d.session, d.ronde),
        partners={k: [o.naam for _, o in lijst] for k, lijst in dossier.partners(d.session, d.ronde).items()},
        inhoud=dossier.voorstelinhouden(d.session, d.ronde),
        consensus=beoordelen.consensus(d.session, d.ronde),
        oordelen=beoordelen.oordelen(d.session, d.ronde),
    )


def besluitnemers(d: Doorgang, b: Besluit) -> list[str]:
    """Functions of the one or two wethouders that recorded the decision (four eyes)."""
    ids = [b.eerste_id, *([b.tweede_id] if b.tweede_id else [])]
    return [d.session.get_one(Deelnemer, i).functie or Rol.WETHOUDER.value for i in ids]


def besluit(d: Doorgang) -> list[Stuk]:
    """The decision as the besluitenlijst prints it, each deviation from the ranking with its reason."""
    s = _lees(d)
    rijen = [_besluitrij(s, i) for i in range(len(s.uitslag.rijen))]
    gegevens = {
        "besluit": {
            "uitkomst": s.besluit.uitkomst,
            "tekst": s.besluit.tekst,
            "genomen_op": s.besluit.genomen_op,
            "door": besluitnemers(d, s.besluit),
        },
        "voorstel": {"onderwerp": dossier.collegestuk(d.session, d.ronde, "selectie").inhoud["onderwerp"]},
        "rangschikking": rangschikking_gegevens(d, s.uitslag),
        "rijen": rijen,
        "afwijkingen": [r for r in rijen if r["afwijking"]],
        "gevraagd_cent": sum(r["gevraagd_cent"] for r in rijen if r["gekozen"]),
        "plannen_tot": vind.momenten(d.regels, "plannen_tot")[0],
        "besluit_plannen": dag_van(d, "besluit_plannen"),
        **rechtsmiddel(d),
    }
    return [stuk(d, "besluit", gegevens, titel=f"Besluit over de selectie: {d.ronde.titel}")]


def _besluitrij(s: _Besluitvorming, plek: int) -> dict[str, Any]:
    r = s.uitslag.rijen[plek]
    regel = s.regel(r.sleutel)
    return {
        "rang": "–" if r.rang is None else r.rang, "naam": r.naam, "penvoerder": r.penvoerder,
        "waarde": cijfer(r.totaal), "gevraagd_cent": r.gevraagd_cent, "advies": r.gekozen,
        "gekozen": regel.gekozen, "afwijking": regel.afwijking,
    }  # fmt: skip


def selectiebrieven(d: Doorgang) -> list[Stuk]:
    """One letter per selected coalition: chosen to work out a plan, which is not a subsidy yet."""
    s = _lees(d)
    extra = {
        "maximum_cent": d.regels.verdeling.maximum_per_voorstel_euro * 100,
        "plannen_tot": vind.momenten(d.regels, "plannen_tot")[0],
        "besluit_plannen": dag_van(d, "besluit_plannen"),
        "start_pilots": dag_van(d, "start_pilots"),
    }
    gekozen = [r.sleutel for r in s.uitslag.rijen if s.regel(r.sleutel).gekozen]
    return [_brief(s, k, "selectiebrief", extra, f"‘{s.uitslag.rij(k).naam}’ mag een plan uitwerken") for k in gekozen]


def afwijzingsbrieven(d: Doorgang) -> list[Stuk]:
    """One letter per admissible coalition that was not selected."""
    s = _lees(d)
    gekozen = [r for r in s.uitslag.rijen if s.regel(r.sleutel).gekozen]
    rest = [r for r in s.uitslag.rijen if not s.regel(r.sleutel).gekozen]
    extra = {
        "geselecteerden": [_anoniem(s, n, r.sleutel) for n, r in enumerate(gekozen, 1)],
        "laagste": min((cijfer(r.totaal) for r in gekozen), default=None),
        "uitdaagrecht": uitdaagrecht(naar_amsterdam(d.nu).date()),
        "afgeweken": any(r.afwijking for r in s.regels.values()),
    }
    laagste = min((r.totaal for r in gekozen), default=None)
    return [
        _brief(
            s,
            r.sleutel,
            "afwijzingsbrief",
            extra | _verschil(s, r, laagste),
            f"Uw voorstel ‘{r.naam}’ is niet geselecteerd",
        )
        for r in rest
    ]


def _verschil(s: _Besluitvorming, r: Rij, laagste: Fraction | None) -> dict[str, Any]:
    """How far this proposal is from a place: the number, and the sentence that says it ('' when another one does)."""
    verschil = None if laagste is None else laagste - r.totaal
    return {"verschil": None if verschil is None else cijfer(verschil), "afstand": _afstand(s, r, laagste)}


def _afstand(s: _Besluitvorming, r: Rij, laagste: Fraction | None) -> str:
    """Distance to the total threshold or to the lowest chosen total; ties and deviations have words of their own."""
    decimalen, drempel = s.uitslag.decimalen, s.d.regels.verdeling.drempel_totaal
    eigen = punten(r.totaal, decimalen)
    if r.reden == "onder drempel totaal" and drempel is not None:
        return f"Uw voorstel kreeg {eigen}. Dat is {punten(Fraction(str(drempel)) - r.totaal, decimalen)} te weinig."
    if r.rang is None or r.gekozen or laagste is None or laagste <= r.totaal:
        return ""
    laag, scheelt = punten(laagste, decimalen), punten(laagste - r.totaal, decimalen)
    return f"Het laagste gekozen voorstel kreeg {laag}. Uw voorstel kreeg {eigen}. Dat scheelt {scheelt}."


def punten(waarde: Fraction, decimalen: int) -> str:
    """A number of points with its noun: '0,20 punt', '6,30 punten'."""
    return f"{getal(cijfer(waarde), decimalen)} {'punt' if 0 < waarde <= 1 else 'punten'}"


def _anoniem(s: _Besluitvorming, nummer: int, sleutel: str) -> dict[str, Any]:
    """The scores of a selected proposal without its name (D11)."""
    rij = s.uitslag.rij(sleutel)
    per = [cijfer(rij.per_criterium[c.sleutel]) for c in s.d.regels.criteria]
    return {"naam": f"Geselecteerd voorstel {nummer}", "per": per, "totaal": cijfer(rij.totaal)}


def _brief(s: _Besluitvorming, sleutel: str, soort: str, extra: dict[str, Any], titel: str) -> Stuk:
    trekker = s.trekkers[sleutel]
    gegevens = {
        "geadresseerde": adressering(s.d.session, trekker.organisatie, trekker.deelnemer),
        "aanhef": f"Beste {trekker.persoon.naam}",
        "besluit": {"genomen_op": s.besluit.genomen_op, "uitkomst": s.besluit.uitkomst},
        "partners": s.partners.get(sleutel, []),
        "voorstel": _voorstel(s, sleutel),
        "criteria": [_oordeel(s, sleutel, i) for i in range(len(s.d.regels.criteria))],
        "regel": gelijke_stand_regel(s.d.regels),
        "oordeel": s.oordelen[sleutel].model_dump(include={"samenvatting", "sterk", "verbeter", "hoe_verder"}),
        **rechtsmiddel(s.d),
    }
    aan = (Adres(trekker.persoon.naam, trekker.persoon.email),)
    return stuk(s.d, soort, gegevens | extra, titel=titel, bij=sleutel, ontvanger=trekker.organisatie.naam,
                coalitie=sleutel, aan=aan, bericht="brief")  # fmt: skip


def _voorstel(s: _Besluitvorming, sleutel: str) -> dict[str, Any]:
    rij, regel = s.uitslag.rij(sleutel), s.regel(sleutel)
    return {
        "naam": rij.naam, "titel": s.inhoud[sleutel].titel, "nummer": rij.nummer, "rang": rij.rang,
        "aantal": len(s.uitslag.rijen), "totaal": cijfer(rij.totaal), "decimalen": s.uitslag.decimalen,
        "status": rij.status, "reden": rij.reden, "advies": rij.gekozen, "afwijking": regel.afwijking,
        "gevraagd_cent": rij.gevraagd_cent, "plaatsen": s.d.regels.verdeling.aantal,
        "drempel_totaal": s.d.regels.verdeling.drempel_totaal, "maximum": s.d.regels.verdeling.schaal.hoogste,
        "gelijke_stand": _gelijk_over_de_grens(s, sleutel),
    }  # fmt: skip


def _gelijk_over_de_grens(s: _Besluitvorming, sleutel: str) -> bool:
    """Did a ranked proposal with exactly this total get the other outcome? Then the tie rule has to be explained."""
    eigen, gekozen = s.uitslag.rij(sleutel), s.regel(sleutel).gekozen
    return eigen.rang is not None and any(
        r.totaal == eigen.totaal and r.rang is not None and s.regel(r.sleutel).gekozen != gekozen
        for r in s.uitslag.rijen
    )


def _oordeel(s: _Besluitvorming, sleutel: str, plek: int) -> dict[str, Any]:
    """The score that counts with the joint reason; without one (mean of scores) the call's own question."""
    c = s.d.regels.criteria[plek]
    samen = s.consensus.get((sleutel, c.sleutel))
    exact = s.uitslag.rij(sleutel).per_criterium[c.sleutel]
    score = cijfer(exact)
    anker = c.ankers.get(f"{score:g}", "")
    te_laag = c.drempel is not None and exact < c.drempel
    return {"titel": c.titel, "gewicht": c.gewicht, "drempel": c.drempel, "score": score, "anker": anker,
            "onder_drempel": te_laag, "motivering": samen.motivering if samen else ""}  # fmt: skip
