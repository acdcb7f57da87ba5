"""What every collegevoorstel shares (domein.md 1.1): the written text, the money, the dates, the attachments."""

from datetime import date
from typing import Any

from ...instellingen import instellingen
from ...kern.notatie import tijd
from ...model import Document
from ...overzichten import dossier, vind
from ...overzichten.doorgang import Doorgang
from ...procedure import Rol
from ...regels import Regels
from ...termijnen import amsterdam, naar_amsterdam
from ..opdracht import Bijlage
from ..soorten import soort as zoek_soort
from . import collegebijlagen
from .basis import Stuk, stuk


def voorstelgegevens(
    d: Doorgang,
    soort: str,
    *,
    vergadering: date | None,
    stappen: tuple[tuple[str, str], ...],
    bijlagen: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The data of the shared template. `soort` is the Collegestuk; `stappen` pairs a term of the call with words.

    `vergadering` is the announced day of the meeting; without one the day in the written text counts.
    `bijlagen` names the kinds of documents that go with it. Raises NietGevonden when no text was written.
    """
    inhoud = dict(dossier.collegestuk(d.session, d.ronde, soort).inhoud)
    geschreven = inhoud.pop("vergadering", None)
    return {
        "voorstel": _kop(d, vergadering or geschreven or ""),
        "tekst": _tekst(inhoud),
        "financien": _financien(d.regels),
        "indicatoren": [_indicator(o) for o in d.regels.model_dump()["opgaven"]],
        "planning": _planning(d, stappen),
        "bijlagen": [_bijlage(doc) for doc, _ in dossier.documenten(d.session, d.ronde) if doc.soort in bijlagen],
        "bestanden": [],
        "besluit": False,
        "oproep": {},
        "rangschikking": False,
        "stevigheid": {},
        "beeld": {},
        "pilots": [],
    }


def voorstelstuk(d: Doorgang, soort: str, gegevens: dict[str, Any], titel: str, *extra: Bijlage) -> Stuk:
    """The order, with the costs and `extra` as files inside the PDF and named in its list of attachments."""
    bestanden = (*extra, collegebijlagen.kosten(gegevens["financien"]))
    gegevens["bestanden"] = collegebijlagen.in_het_document(bestanden)
    return stuk(d, soort, gegevens, titel=titel, bijlagen=bestanden)


def functies(d: Doorgang, rol: Rol) -> list[str]:
    """Functions instead of names: they stay right when people move on."""
    return [wie.functie or rol.value for wie in vind.met_rol(d.session, d.ronde, rol)]


def _kop(d: Doorgang, vergadering: date | str) -> dict[str, Any]:
    [steller, *_] = vind.met_rol(d.session, d.ronde, Rol.PROJECTLEIDER)
    contact = d.regels.ronde.contact
    return {
        "vergaderdatum": vergadering,
        "uiterlijk": "",
        "portefeuillehouders": functies(d, Rol.WETHOUDER),
        "bevoegd_orgaan": d.regels.ronde.bestuursorgaan,
        "opdrachtgever": "",
        "steller": {
            "functie": steller.functie or "projectleider",
            "afdeling": steller.afdeling or d.regels.ronde.afdeling,
            "telefoon": contact.telefoon,
            "email": contact.email,
        },
    }


def _tekst(inhoud: dict[str, Any]) -> dict[str, Any]:
    """Arguments, cautions and alternatives get the number of the decision point that they support: 1.1, 1.2."""
    delen = {k: _genummerd(inhoud[k]) for k in ("argumenten", "kanttekeningen", "alternatieven")}
    return inhoud | delen


def _genummerd(delen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    telling: dict[int, int] = {}
    uit = []
    for deel in sorted(delen, key=lambda x: int(x["bij"])):
        telling[deel["bij"]] = telling.get(deel["bij"], 0) + 1
        uit.append({**deel, "nr": f"{deel['bij']}.{telling[deel['bij']]}"})
    return uit


def _financien(regels: Regels) -> dict[str, Any]:
    posten = [p.model_dump(exclude={"bedrag_euro"}) | {"bedrag_cent": p.bedrag_euro * 100} for p in regels.financien]
    totaal = sum(p["bedrag_cent"] for p in posten)
    oud = sum(p["bedrag_cent"] for p in posten if p["oud_voor_nieuw"])
    return {
        "posten": posten,
        "totaal_cent": totaal,
        "oud_cent": oud,
        "extra_cent": totaal - oud,
        "structureel_cent": sum(p["bedrag_cent"] for p in posten if p["structureel"]),
        "oud_voor_nieuw_aandeel": oud / totaal if totaal else 0.0,
    }


def _indicator(opgave: dict[str, Any]) -> dict[str, Any]:
    namen = {"opgave": "titel", "uitkomst": "uitkomst", "nulstand": "nulstand", "richting": "richting"}
    return {naam: opgave[veld] for naam, veld in namen.items()}


def _planning(d: Doorgang, stappen: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    rijen = [(m, woorden) for termijn, woorden in stappen for m in vind.momenten(d.regels, termijn)]
    return [{"moment": m, "tijd": tijd(m), "tekst": woorden} for m, woorden in sorted(rijen)]


def _bijlage(doc: Document) -> dict[str, Any]:
    """The kind goes in front: two renditions of one report share their title."""
    metadata = zoek_soort(doc.soort, instellingen().sjablonen_map).metadata
    return {
        "soort": metadata.titel,
        "titel": doc.titel,
        "versie": "1",
        "datum": naar_amsterdam(doc.moment).date(),
        "openbaar": doc.openbaar,
        "sha256": doc.sha256,
    }


def dag_van(d: Doorgang, termijn: str) -> date:
    """The announced day of this (single) term in the Netherlands."""
    moment = getattr(d.regels.termijnen, termijn)
    return naar_amsterdam(amsterdam(moment.date(), moment.time())).date()
