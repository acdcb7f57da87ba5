"""The rangordedossier as one zip: canonical JSON for the calculation, CSV for people; whole or not at all."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlmodel import Session

from .documenten.archief import controlegetal
from .dossier import schrijf_heel
from .fouten import Conflict, Invoerfout
from .herberekenen import BESTAND_IN_ZIP, herbereken_rangorde
from .model import Ronde
from .rangordedossier import Rijen, rangordedossier
from .regels import canoniek


def schrijf_rangordedossier(
    session: Session, ronde: Ronde, doel: Path, coalitie: str | None = None, *, namen: bool = False
) -> list[str]:
    """Write the zip; gives what `herbereken` finds in it (empty: right). Raises Conflict when `doel` exists."""
    if doel.suffix.lower() != ".zip":
        raise Invoerfout(f"'{doel.name}' moet eindigen op .zip", waar="--naar")
    if doel.exists():
        raise Conflict(f"{doel} bestaat al. Kies een andere naam, of haal het eerst weg.")
    if not doel.parent.is_dir():
        raise Invoerfout(f"de map {doel.parent} bestaat niet; maak haar eerst", waar="--naar")
    gegevens = rangordedossier(session, ronde, coalitie, namen=namen)
    verschillen = herbereken_rangorde(gegevens)
    schrijf_heel(bestanden(gegevens, verschillen), doel)
    return verschillen


def bestanden(gegevens: dict[str, Any], verschillen: list[str]) -> dict[str, bytes]:
    """Name in the zip → bytes: the JSON, a CSV per part, a note to read first and the hashes."""
    uit = {BESTAND_IN_ZIP: canoniek(gegevens).encode()}
    tabellen = {
        "rangorde": _rangorde_rijen(gegevens), "toewijzing": gegevens["toewijzing"]["paren"],
        **{k: gegevens[k] for k in ("voorstellen", "belangen", "scores", "consensus", "oordelen", "log")},
    }  # fmt: skip
    uit |= {f"{naam}.csv": _csv(rijen) for naam, rijen in tabellen.items() if rijen}
    uit["LEESMIJ.txt"] = _leesmij(gegevens, verschillen).encode()
    uit["manifest.sha256"] = "".join(f"{controlegetal(v)}  {k}\n" for k, v in sorted(uit.items())).encode()
    return uit


def _rangorde_rijen(gegevens: dict[str, Any]) -> Rijen:
    laatste = gegevens["rangschikkingen"][-1]["uitkomst"]
    return [
        {k: v for k, v in rij.items() if k != "per_criterium"}
        | {f"score {k}": v for k, v in rij["per_criterium"].items()}
        for rij in laatste["rijen"]
    ]


def _csv(rijen: Iterable[dict[str, Any]]) -> bytes:
    """With a byte order mark and semicolons, so that Excel in Dutch opens it right."""
    kaal = [{k: _cel(v) for k, v in rij.items()} for rij in rijen]
    buffer = io.StringIO(newline="")
    schrijver = csv.DictWriter(buffer, list(kaal[0]), delimiter=";")
    schrijver.writeheader()
    schrijver.writerows(kaal)
    return buffer.getvalue().encode("utf-8-sig")


def _cel(waarde: Any) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(waarde, bool) or waarde is None:
        return {True: "ja", False: "nee", None: ""}[waarde]
    tekst = waarde if isinstance(waarde, str | int) else canoniek(waarde)
    return f"'{tekst}" if isinstance(tekst, str) and tekst.startswith(("=", "+", "-", "@")) else str(tekst)


def _leesmij(gegevens: dict[str, Any], verschillen: list[str]) -> str:
    laatste = gegevens["rangschikkingen"][-1]
    wie = "met de namen van de beoordelaars; alleen voor intern gebruik" if gegevens["met_namen"] else "zonder namen"
    bezwaar = f"Het hoort bij het voorstel '{gegevens['coalitie']}'. " if gegevens["coalitie"] else ""
    klopt = "Ja." if not verschillen else "Nee:\n" + "\n".join(f"- {v}" for v in verschillen)
    return f"""Rangordedossier van {gegevens["ronde"]["titel"]} ({gegevens["ronde"]["kenmerk"]})

Dit dossier laat zien hoe de rangorde tot stand kwam. {bezwaar}Het is gemaakt {wie}.
Rangorde versie {laatste["versie"]}, hash {laatste["hash"]}.

Alles staat in {BESTAND_IN_ZIP}. De CSV-bestanden tonen hetzelfde als tabel.
Reken de rangorde zelf na met: aanbesteding herbereken DIT-BESTAND.zip

Volgt de rangorde uit de scores en de regels in dit dossier? {klopt}
"""
