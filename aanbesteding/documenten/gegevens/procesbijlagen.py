"""Files inside the documents of the call phase: the frozen rules, the register, the nota and the allocations.

A file says what its document says, for a machine. So it may hold no more than the document: no name of an
asker, no name of an assessor or adviser, and before the opening nothing of a proposal but its hash.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ...kern.toewijzing import Toewijzing
from ...kern.toewijzingsnet import lotkosten
from ...overzichten import vind
from ...overzichten.doorgang import Doorgang
from ...regels import canoniek
from ..opdracht import Bijlage
from .basis import als_json


def tabel(naam: str, rijen: Iterable[Mapping[str, Any]], omschrijving: str, kolommen: Sequence[str]) -> Bijlage:
    """CSV with semicolons and a byte order mark, as Dutch spreadsheets read it; moments as ISO text with zone."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(kolommen)
    schrijver.writerows([_cel(rij[kolom]) for kolom in kolommen] for rij in rijen)
    return Bijlage(f"{naam}.csv", "\ufeff" + uit.getvalue(), omschrijving)


def _cel(waarde: Any) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe; lists become one cell."""
    if isinstance(waarde, int | float):
        return str(waarde)
    if isinstance(waarde, list | tuple):
        waarde = ", ".join(str(deel) for deel in waarde)
    tekst = str(als_json("" if waarde is None else waarde))
    return f"'{tekst}" if tekst[:1] in ("=", "+", "-", "@", "\t", "\r") else tekst


def bestand(naam: str, gegevens: Mapping[str, Any], omschrijving: str) -> Bijlage:
    """JSON that people can read too."""
    tekst = json.dumps(als_json(dict(gegevens)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return Bijlage(f"{naam}.json", tekst, omschrijving)


def regels(d: Doorgang) -> Bijlage:
    """The rules in force as the very bytes whose SHA-256 the document prints: no white space, no line end.

    So `sha256sum regels.json` gives that number without any knowledge of our JSON.
    """
    versie = vind.regelversie(d.session, d.ronde)
    tekst = canoniek(versie.regels) if versie else d.regels.canoniek()
    return Bijlage("regels.json", tekst, "De regels van de ronde. De SHA-256 van dit bestand staat in het document")


def toewijzing(
    d: Doorgang, uitkomst: Toewijzing, namen: Mapping[str, str], conflicten: Iterable[Any],
    wijzigingen: Sequence[Mapping[str, Any]] = (),
) -> Bijlage:  # fmt: skip
    """Input, outcome and certificate of who judges what, with letters for people (`namen`: key → letter).

    `lot` is the announced tie-break per pair. It rests on the assessor's key, which may hold a name; so the
    number stands here itself and the certificate can be checked without that key.
    """
    eisen = d.regels.beoordeling
    gegevens = {
        "soort": "toewijzing van beoordelaars",
        "invoer": {
            "startgetal": eisen.startgetal, "per_voorstel": eisen.per_voorstel,
            "maximum_per_beoordelaar": eisen.maximum_per_beoordelaar,
            "minimum_afdelingen": eisen.minimum_afdelingen,
            "uitgesloten": sorted([v, namen[b]] for v, b in conflicten),
            "wijzigingen": [dict(w) for w in wijzigingen],
            "lot": [[v, namen[b], lotkosten(uitkomst.seed, v, b)] for v in _voorstellen(uitkomst) for b in namen],
        },
        "werkwijze": uitkomst.werkwijze,
        "paren": sorted([v, namen[b]] for v, b in uitkomst.paren),
        "belasting": {namen[b]: n for b, n in uitkomst.belasting.items()},
        "certificaat": asdict(uitkomst.certificaat) if uitkomst.certificaat else None,
    }  # fmt: skip
    return bestand("toewijzing", gegevens, "Invoer, uitkomst en bewijs van de toewijzing, zonder namen")


def _voorstellen(uitkomst: Toewijzing) -> list[str]:
    return sorted({v for v, _ in uitkomst.paren})
