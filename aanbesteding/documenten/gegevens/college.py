"""What every collegevoorstel shares (domein.md 1.1): the written text, the money, the dates, the attachments."""

from datetime import date
from typing import Any

from ...kern.notatie import tijd
from ...model import Document
from ...overzichten import dossier, vind
from ...overzichten.doorgang import Doorgang
from ...procedure import Rol
from ...regels import Regels
from ...termijnen import amsterdam, naar_amsterdam


def voorstelgegevens(
    d: Doorgang, soort: str, *, vergadering: date, stappen: tuple[tuple[str, str], ...], bijlagen: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The data of the shared template. `soort` is the Collegestuk; `stappen` pairs a term of the call with words.

    `bijlagen` names the kinds of documents that go with it. Raises NietGevonden when no text was written.
    """
    return {
        "voorstel": _kop(d, vergadering),
        "tekst": _tekst(dossier.collegestuk(d.session, d.ronde, soort).inhoud),
        "financien": _financien(d.regels),
        "indicatoren": [_indicator(o) for o in d.regels.model_dump()["opgaven"]],
        "planning": _planning(d, stappen),
        "bijlagen": [_bijlage(doc) for doc, _ in dossier.documenten(d.session, d.ronde) if doc.soort in bijlagen],
        "besluit": False,
        "rangschikking": False,
        "stevigheid": {},
        "pilots": [],
    }


def functies(d: Doorgang, rol: Rol) -> list[str]:
    """Functions instead of names: they stay right when people move on."""
    return [wie.functie or rol.value for wie in vind.met_rol(d.session, d.ronde, rol)]


def _kop(d: Doorgang, vergadering: date) -> dict[str, Any]:
    [steller, *_] = vind.met_rol(d.session, d.ronde, Rol.PROJECTLEIDER)
    contact = d.regels.ronde.contact
    return {
        "vergaderdatum": vergadering,
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
    totaal = sum(p.bedrag_euro for p in regels.financien)
    oud = sum(p.bedrag_euro for p in regels.financien if p.oud_voor_nieuw)
    return {"posten": posten, "totaal_cent": totaal * 100, "oud_voor_nieuw_aandeel": oud / totaal if totaal else 0.0}


def _indicator(opgave: dict[str, Any]) -> dict[str, Any]:
    namen = {"opgave": "titel", "uitkomst": "uitkomst", "nulstand": "nulstand", "richting": "richting"}
    return {naam: opgave[veld] for naam, veld in namen.items()}


def _planning(d: Doorgang, stappen: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    rijen = [(m, woorden) for termijn, woorden in stappen for m in vind.momenten(d.regels, termijn)]
    return [{"moment": m, "tijd": tijd(m), "tekst": woorden} for m, woorden in sorted(rijen)]


def _bijlage(doc: Document) -> dict[str, Any]:
    dag = naar_amsterdam(doc.moment).date()
    return {"titel": doc.titel, "versie": "1", "datum": dag, "openbaar": doc.openbaar, "sha256": doc.sha256}


def dag_van(d: Doorgang, termijn: str) -> date:
    """The announced day of this (single) term in the Netherlands."""
    moment = getattr(d.regels.termijnen, termijn)
    return naar_amsterdam(amsterdam(moment.date(), moment.time())).date()
