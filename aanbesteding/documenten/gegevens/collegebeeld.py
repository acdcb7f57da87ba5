"""The ranking at the cut as the memo draws it: per proposal a bar for the score and a margin for the place.

Places on the page are percentages of the width of a cell, so that the template only has to put them there.
"""

from math import ceil
from typing import Any

ALLES_TOT, ROND_DE_GRENS, MEESTE = 10, 4, 12
"""Up to ten proposals all fit. A longer ranking shows the selected ones and four below the line, at most twelve."""


def grensbeeld(rangschikking: dict[str, Any], stevigheid: dict[str, Any]) -> dict[str, Any]:
    """Rows around the line of the ranking (`rangschikking_gegevens`) with their margins (`stevigheid_gegevens`).

    Gives {rijen, getoond, totaal, met_marge, grens (percentage), schaal [{plaats, op}]}. A row holds its own data
    and `score` (percentage), `marge` (None, or {van, breed, punt} in percentages), `klasse`, `onder_de_grens`.
    """
    alle, grens = rangschikking["rijen"], rangschikking["plaatsen"]
    begin, eind = _venster(len(alle), grens)
    marges = {r["naam"]: r for r in stevigheid.get("rijen", ()) if r["verwacht"] is not None}
    gekozen = alle[begin:eind]
    zichtbaar = [marges[r["naam"]] for r in gekozen if r["naam"] in marges]
    plaatsen = max([ceil(r["hoog"]) for r in zichtbaar] + [grens + 1])
    rijen = [_rij(r, n, marges.get(r["naam"]), rangschikking, plaatsen) for n, r in enumerate(gekozen, begin + 1)]
    return {
        "rijen": rijen,
        "getoond": len(rijen),
        "totaal": len(alle),
        "met_marge": bool(zichtbaar),
        "grens": _op(stevigheid["lijn"], plaatsen) if zichtbaar else None,
        "schaal": [{"plaats": p, "op": _op(p, plaatsen)} for p in range(1, plaatsen + 1, ceil(plaatsen / 12))],
    }


def _venster(totaal: int, grens: int) -> tuple[int, int]:
    """First and last row to show. A long list of selected proposals is shown from just above the line."""
    if totaal <= ALLES_TOT:
        return 0, totaal
    eind = min(totaal, max(grens + ROND_DE_GRENS, ALLES_TOT - 2))
    return max(0, eind - MEESTE), eind


def _op(plaats: float, plaatsen: int) -> float:
    return round((plaats - 0.5) / plaatsen * 100, 2)


def _rij(
    rij: dict[str, Any], nummer: int, marge: dict[str, Any] | None, rangschikking: dict[str, Any], plaatsen: int
) -> dict[str, Any]:
    velden = ("rang", "naam", "penvoerder", "waarde", "gevraagd_cent", "gekozen")
    return {k: rij[k] for k in velden} | {
        "score": round(rij["waarde"] / rangschikking["maximum"] * 100, 2),
        "marge": _marge(marge, plaatsen) if marge else None,
        "klasse": marge["klasse"] if marge else "",
        "onder_de_grens": nummer == rangschikking["plaatsen"] + 1,
    }


def _marge(r: dict[str, Any], plaatsen: int) -> dict[str, float]:
    van, tot = _op(r["laag"], plaatsen), _op(r["hoog"], plaatsen)
    return {"van": van, "breed": round(tot - van, 2), "punt": _op(r["verwacht"], plaatsen),
            "verwacht": r["verwacht"], "laag": r["laag"], "hoog": r["hoog"]}  # fmt: skip
