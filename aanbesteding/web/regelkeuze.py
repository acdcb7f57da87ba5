"""Which rules of a call an answer may change, with what they say now, and typed text back into a value."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..fouten import Invoerfout
from ..handelingen.regelwijziging import VAST
from ..regels import Regels

LABEL: dict[str, str] = {
    "termijnen": "Datum", "indienen": "Indienen", "advies": "Advies", "beoordeling": "Beoordeling",
    "startbijeenkomst_plaats": "plaats van de startbijeenkomst", "vragen_tot": "vragen stellen tot",
    "adviesmomenten": "momenten waarop adviseurs worden verdeeld", "sluiting": "sluiting",
    "herstel_tot": "aanvullen tot", "belangen_tot": "belangen verklaren tot", "beoordeling_tot": "beoordelen tot",
    "besluit_selectie": "besluit over de keuze", "plannen_tot": "plannen indienen tot",
    "besluit_plannen": "besluit over de plannen", "start_pilots": "start van de pilots", "voortgang": "voortgang",
    "metingen": "metingen", "minimaal_partners": "minste aantal partners", "maximum_woorden": "meeste woorden",
    "kanaal": "hoe u indient", "papier": "indienen op papier", "wie": "wie mag indienen",
    "uren_standaard": "uren in het gewone traject", "uren_uitgebreid": "uren in het uitgebreide traject",
    "actie_grens": "grens van de ACTIE-scan", "voorwaarden": "voorwaarden",
}  # fmt: skip
NIET = {"termijnen.publicatie", "termijnen.startbijeenkomst", "beoordeling.startgetal"}
"""What lies behind us, or what makes the calculation fair."""


def opties(regels: Regels) -> list[tuple[str, str]]:
    """(path, "Datum: sluiting (nu: 1 februari 2012)") of every rule that an answer may still change."""
    return [(pad, f"{_label(pad)} (nu: {als_tekst(w)[:60]})") for pad, w in _bladen(regels.model_dump(mode="json"))]


def _bladen(gegevens: dict[str, Any], begin: str = "") -> Iterator[tuple[str, Any]]:
    for sleutel, waarde in gegevens.items():
        pad = f"{begin}{sleutel}"
        if pad.partition(".")[0] in (*VAST, "financien") or pad in NIET:
            continue
        if isinstance(waarde, dict):
            yield from _bladen(waarde, f"{pad}.")
        elif waarde is not None and not (isinstance(waarde, list) and any(isinstance(w, dict) for w in waarde)):
            yield pad, waarde


def _label(pad: str) -> str:
    return ": ".join(LABEL.get(d, d.replace("_", " ")) for d in pad.split("."))


def als_tekst(waarde: Any) -> str:
    """A value as somebody types it; lists one item a line."""
    return "\n".join(map(str, waarde)) if isinstance(waarde, list) else str(waarde)


def als_waarde(regels: Regels, pad: str, tekst: str) -> Any:
    """Typed text in the shape of the rule that it replaces. Raises Invoerfout on field 'waarde'."""
    huidig = dict(_bladen(regels.model_dump(mode="json"))).get(pad)
    if huidig is None:
        raise Invoerfout("regel: kies een regel uit de lijst", waar="wijziging")
    if isinstance(huidig, list):
        return [_moment(r) for r in tekst.splitlines() if r.strip()]
    if isinstance(huidig, int):
        if not tekst.isascii() or not tekst.isdigit() or len(tekst) > 9:
            raise Invoerfout("waarde: vul een heel getal in, bijvoorbeeld 12", waar="wijziging")
        return int(tekst)
    return _moment(tekst)


def _moment(tekst: str) -> str:
    """'01-02-2012 12:00' or '1 februari' as typed: a date with an hour becomes the form of the rules."""
    kaal = tekst.strip()
    for vorm in ("%d-%m-%Y %H:%M", "%d-%m-%Y %H.%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"):
        try:
            return datetime.strptime(kaal, vorm).isoformat()  # noqa: DTZ007  # rules hold the clock of Amsterdam
        except ValueError:
            continue
    return kaal
