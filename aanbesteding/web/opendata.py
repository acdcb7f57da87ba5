"""The public tables of a round, as CSV and JSON: which there are, and how a row becomes a line."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..overzichten import openbaar, openbaar_pilots, openbaar_uitslag
from ..overzichten.openbaar import Publicatie
from ..overzichten.openbaarzichten import Openbaar

FORMULE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Tabel:
    titel: str
    lees: Callable[[Publicatie, datetime], Sequence[Openbaar]]
    wanneer: str = ""
    """'uitkomst' or 'pilots': from when on it is public; empty: from the call on."""

    def open(self, p: Publicatie) -> bool:
        return {"uitkomst": p.uitkomst_openbaar, "pilots": p.pilots_openbaar}.get(self.wanneer, True)


TABELLEN: dict[str, Tabel] = {
    "opgaven": Tabel("Opgaven", lambda p, _: openbaar.opgaven(p)),
    "criteria": Tabel("Criteria en ankers", lambda p, _: openbaar.criteria(p)),
    "planning": Tabel("Datums", openbaar.planning),
    "vragen": Tabel("Vragen en antwoorden", lambda p, _: openbaar.vragen(p)),
    "documenten": Tabel("Openbare documenten", lambda p, _: openbaar.documenten(p)),
    "rangschikking": Tabel("Rangschikking", lambda p, _: openbaar_uitslag.uitslag(p).rangschikking, "uitkomst"),
    "scores": Tabel("Scores zonder namen van beoordelaars", lambda p, _: openbaar_uitslag.scores(p), "uitkomst"),
    "pilots": Tabel("Pilots", lambda p, _: openbaar_pilots.pilots(p), "pilots"),
    "subsidieregister": Tabel("Subsidieregister", lambda p, _: openbaar_pilots.subsidies(p), "pilots"),
    "voortgang": Tabel("Voortgang", lambda p, _: openbaar_pilots.voortgang(p), "pilots"),
    "oordelen": Tabel("Oordelen over het effect", lambda p, _: openbaar_pilots.oordelen(p), "pilots"),
    "metingen": Tabel("Metingen", lambda p, _: openbaar_pilots.metingen(p), "pilots"),
}


def als_json(rijen: Sequence[Openbaar]) -> str:
    return rijen_als_json([r.model_dump(mode="json", by_alias=True) for r in rijen])


def rijen_als_json(rijen: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rijen, ensure_ascii=False, indent=1)


def als_csv(rijen: Sequence[Openbaar]) -> str:
    return rijen_als_csv([r.model_dump(mode="json", by_alias=True) for r in rijen])


def rijen_als_csv(rijen: Sequence[dict[str, Any]]) -> str:
    """Semicolons and a byte order mark, as a Dutch spreadsheet expects; lists are joined, criteria become columns."""
    plat = [_plat(r) for r in rijen]
    kolommen = list(dict.fromkeys(k for rij in plat for k in rij))
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, kolommen, delimiter=";", lineterminator="\r\n")
    schrijver.writeheader()
    schrijver.writerows({k: _cel(w) for k, w in rij.items()} for rij in plat)
    return f"\ufeff{uit.getvalue()}"


def _plat(rij: dict[str, Any]) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    for naam, waarde in rij.items():
        if isinstance(waarde, list) and waarde and isinstance(waarde[0], dict):
            for deel in waarde:
                eerste, *rest = deel
                uit |= {f"{naam}.{deel[eerste]}.{k}": deel[k] for k in rest}
        else:
            uit[naam] = " | ".join(map(str, waarde)) if isinstance(waarde, list | tuple) else waarde
    return uit


def _cel(waarde: Any) -> Any:
    """A text that a spreadsheet would take for a formula is made plain text; numbers stay numbers."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, str) and waarde.startswith(FORMULE):
        return f"'{waarde}"
    return waarde
