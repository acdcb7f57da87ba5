"""The measuring plan in documents: what is measured, what that can show, who agreed, and how areas were drawn."""

import json
from collections.abc import Mapping
from typing import Any

from ...inhoud import Meetplan
from ...kern.notatie import opsomming
from ...kern.ontwerpadvies import Ontwerpadvies
from ...model import Gebiedenloting, Meetplanreactie, Meetplanversie, Voorstel
from ...overzichten import meetplannen, ontwerpen, vind
from ...overzichten.doorgang import Doorgang
from ..opdracht import Bijlage
from .basis import als_json

KEUZEN = {
    "loting": "Het lot koos de pilotgebieden uit gebieden die even geschikt waren.",
    "gespreide start": "De gebieden beginnen niet tegelijk. De volgorde is vooraf vastgelegd.",
    "behoefte": "De pilotgebieden zijn gekozen omdat de behoefte daar groot is.",
    "aanbod": "De pilotgebieden zijn gekozen omdat daar een goed plan lag.",
}


def meetplangegevens(d: Doorgang, versies: list[Meetplanversie]) -> dict[str, Any]:
    """The measuring plan in force, what it can show, who agreed, and every change after it was locked."""
    laatste = versies[-1]
    plan = Meetplan.model_validate(laatste.inhoud)
    voorstel = d.session.get_one(Voorstel, laatste.voorstel_id)
    reacties = {v.versie: r for v, r in meetplannen.versies(d.session, voorstel)}
    lotingen = meetplannen.lotingen(d.session, voorstel)
    advies = ontwerpen.advies_bij_plan(plan, vind.momenten(d.regels, "metingen"))
    zonder = {"indicatoren": {"__all__": {"eerder"}}}  # the figures themselves are no text for a document
    return plan.model_dump(mode="json", exclude=zonder) | {
        "versie": laatste.versie,
        "hash": laatste.hash,
        "vergrendeld_op": laatste.vergrendeld_op,
        "keuze_uitleg": KEUZEN[plan.keuze_gebieden],
        "starten": _starten(plan),
        "aantoonbaar": aantoonbaar(advies),
        "advies": _advies(advies),
        "akkoord": _reactie(laatste.versie, reacties),
        "loting": _loting(plan, meetplannen.geldig(lotingen)),
        "vervallen_lotingen": [{"op": r.vervallen_op, "reden": r.vervallen_reden} for r in lotingen if r.vervallen_op],
        "wijzigingen": [
            {"versie": v.versie, "vastgelegd_op": v.vastgelegd_op, "reden": v.reden, "hash": v.hash}
            for v in versies
            if v.reden
        ],
    }


def aantoonbaar(advies: Ontwerpadvies) -> str:
    """What this design can see, per indicator, in one paragraph; "" when no sum can be made yet."""
    zinnen = [
        f"Bij ‘{i.titel}’ zien wij met deze opzet pas een verschil van {i.bedrag} of meer."
        for i in advies.indicatoren
        if i.kleinste is not None
    ]
    return " ".join([*zinnen, *advies.aannamen]) if zinnen else ""


def _advies(advies: Ontwerpadvies) -> dict[str, Any]:
    """Per indicator the sentences and the small table; for the areas the sentences."""
    return {
        "indicatoren": [
            {
                "titel": i.titel, "zin": i.zin, "zinnen": list(i.zinnen), "eenheid": i.eenheid,
                "decimalen": i.decimalen, "te_klein": i.te_klein,
                "varianten": [{"naam": v.naam, "kleinste": v.kleinste} for v in i.varianten],
            }
            for i in advies.indicatoren
        ],
        "gebieden": list(advies.gebieden),
        "aannamen": list(advies.aannamen),
    }  # fmt: skip


def _starten(plan: Meetplan) -> list[dict[str, str]]:
    """Per pilot area its first wave; empty when all start together."""
    if len({plan.start(g) for g in plan.pilotgebieden}) == 1:
        return []
    return [{"gebied": g, "start": plan.start(g)} for g in plan.pilotgebieden]


def _reactie(versie: int, reacties: Mapping[int, Meetplanreactie | None]) -> dict[str, Any] | bool:
    """What the coalition said of the version in force; False when it has not answered."""
    r = reacties.get(versie)
    return {"akkoord": r.akkoord, "opmerking": r.opmerking, "gegeven_op": r.gegeven_op} if r else False


def _loting(plan: Meetplan, rij: Gebiedenloting | None) -> dict[str, Any] | bool:
    """The draw on which this plan rests; False without one. `narekenen`: the draw stands in this document's file."""
    if plan.loting is None:
        return False
    lot = plan.loting
    uitleg = f"Op de lijst stonden {opsomming(lot.kandidaten)}. Het lot wees {opsomming(lot.uitkomst)} aan."
    na = rij is not None and rij.getrokken_op is not None and rij.lijst_sha256 == lot.lijst_sha256
    return lot.model_dump(mode="json") | {"uitleg": uitleg, "narekenen": na}


def lotingbijlagen(d: Doorgang, voorstel: Voorstel) -> tuple[Bijlage, ...]:
    """The draw as a file that 'aanbesteding herbereken' takes; nothing when there was none."""
    rij = meetplannen.geldig(meetplannen.lotingen(d.session, voorstel))
    if rij is None or rij.getrokken_op is None:
        return ()
    tekst = json.dumps(als_json(meetplannen.loting_gegevens(rij)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return (Bijlage("loting-van-gebieden.json", tekst, "De loting van de pilotgebieden, om na te rekenen"),)
