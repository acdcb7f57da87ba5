"""Where a round in the making starts: the template, or the rules of an earlier round with new dates.

Gaps ("VUL IN" in the template) become '': a page shows an empty field, and the check names it.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from .ledenlijsten import INVULLEN
from .regels import Regels
from .rondesjabloon import SJABLOON, bronmap, stel_termijnen_voor

LEEG: dict[str, Any] = {"termijnen": {}}


def van_sjabloon(kop: Mapping[str, Any], publicatie: date) -> dict[str, Any]:
    """The template's rules with this head and proposed dates."""
    ruw = tomllib.loads((bronmap(SJABLOON) / "ronde.toml").read_text(encoding="utf-8"))
    return _nieuw(_zonder_invullen(ruw), kop, publicatie)


def van_ronde(regels: Regels, kop: Mapping[str, Any], publicatie: date) -> dict[str, Any]:
    """The rules of an earlier round with a new head, new dates and a seed that must be thought of again."""
    gegevens = regels.model_dump(mode="json")
    gegevens["beoordeling"]["startgetal"] = ""
    gegevens["verdeling"]["loting_bronnen"] = []
    gegevens["ronde"]["verantwoording"] = ""
    return _nieuw(gegevens, kop, publicatie)


def _nieuw(gegevens: dict[str, Any], kop: Mapping[str, Any], publicatie: date) -> dict[str, Any]:
    uit = LEEG | gegevens
    uit["ronde"] = {**uit["ronde"], **kop}
    plaats = uit["termijnen"].get("startbijeenkomst_plaats", "")
    momenten = {k: _tekst(w) for k, w in stel_termijnen_voor(publicatie).items()}
    uit["termijnen"] = {"startbijeenkomst_plaats": plaats, **momenten}
    return uit


def _tekst(waarde: datetime | list[datetime]) -> str | list[str]:
    return [m.isoformat() for m in waarde] if isinstance(waarde, list) else waarde.isoformat()


def _zonder_invullen(waarde: Any) -> Any:
    """The template's "VUL IN: …" as an empty field; a list that held only such texts becomes empty."""
    if isinstance(waarde, dict):
        return {k: _zonder_invullen(v) for k, v in waarde.items()}
    if isinstance(waarde, list):
        return [v for v in map(_zonder_invullen, waarde) if v != ""]
    return "" if isinstance(waarde, str) and INVULLEN in waarde else waarde
