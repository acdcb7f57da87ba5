"""Files inside a collegevoorstel: the numbers that it prints, for spreadsheets and for other systems.

Nothing goes in that the memo itself does not say, so that the files share the memo's publicity.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..opdracht import Bijlage
from .basis import als_json

RANGORDE = ("rang", "voorstel", "penvoerder", "totaal", "gevraagd_euro", "advies")
OPROEP = ("opgaven", "criteria", "verdeling", "termijnen", "indienen", "advies")
"""The parts of the rules that the call prints."""
KOSTEN = ("post", "jaar", "taakveld", "dekking", "oud_voor_nieuw", "duur", "bedrag_euro")


def rangorde(rangschikking: dict[str, Any], criteria: Sequence[str]) -> Bijlage:
    """The whole ranking with the score per criterion, in the order of the call."""
    d = rangschikking["decimalen"]
    rijen = (
        [
            "" if r["rang"] == "–" else r["rang"], r["naam"], r["penvoerder"], _komma(r["waarde"], d),
            _euro(r["gevraagd_cent"]), "selecteren" if r["gekozen"] else "afwijzen",
            *(_komma(w, 2) for w in r["per"]),
        ]
        for r in rangschikking["rijen"]
    )  # fmt: skip
    return _csv("rangorde.csv", (*RANGORDE, *criteria), rijen, "De rangorde met de score per criterium")


def kosten(financien: dict[str, Any]) -> Bijlage:
    rijen = (
        [
            p["omschrijving"], p["jaar"], p["taakveld"], p["dekking"], "ja" if p["oud_voor_nieuw"] else "nee",
            "structureel" if p["structureel"] else "eenmalig", _euro(p["bedrag_cent"]),
        ]
        for p in financien["posten"]
    )  # fmt: skip
    return _csv("kosten.csv", KOSTEN, rijen, "De kosten en hun dekking")


def oproep(regels: dict[str, Any]) -> Bijlage:
    """The call that the college releases, as data; the document itself is made when it is published."""
    deel = {k: regels[k] for k in OPROEP}
    tekst = json.dumps(als_json(deel), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return Bijlage("oproep.json", tekst, "De oproep die het college vrijgeeft, als gegevens")


def in_het_document(bijlagen: Sequence[Bijlage]) -> list[dict[str, str]]:
    """What the list of attachments says of a file inside this PDF, with the hash of its bytes."""
    return [
        {"bestand": b.naam, "titel": b.omschrijving, "sha256": hashlib.sha256(b.tekst.encode()).hexdigest()}
        for b in bijlagen
    ]


def _csv(naam: str, kop: Iterable[str], rijen: Iterable[list[Any]], omschrijving: str) -> Bijlage:
    """Semicolons and a byte order mark, as Dutch spreadsheets read it."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(kop)
    schrijver.writerows([[_cel(c) for c in rij] for rij in rijen])
    return Bijlage(naam, "\ufeff" + uit.getvalue(), omschrijving)


def _cel(waarde: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{waarde}" if isinstance(waarde, str) and waarde[:1] in tuple("=+-@\t\r") else waarde


def _komma(waarde: float, decimalen: int) -> str:
    return f"{waarde:.{decimalen}f}".replace(".", ",")


def _euro(centen: int) -> str:
    return f"{centen // 100},{centen % 100:02d}"
