"""A calculated ranking as plain data: what is stored, hashed, put in a file and recomputed from there.

Fractions are text ("29/4"), so that the numbers can be compared to the last digit. When lots must be drawn the
hash of the numbered list stands in the data too: it is published before the sources of chance are known.
"""

from dataclasses import asdict
from typing import Any

from ..kern import rangschikking as kern
from ..kern.loting import lijsthash
from ..regels import canonieke_hash


def als_gegevens(uitkomst: kern.Rangschikking, regels_hash: str) -> dict[str, Any]:
    """Rows in rank order, who is selected, what must be drawn, and the hash of the rules that were used."""
    return {
        "rijen": [_rij(r) for r in uitkomst.rijen],
        "geselecteerd": list(uitkomst.geselecteerd),
        "loting": _loting(uitkomst),
        "schijnbaar_gelijk": [list(p) for p in uitkomst.schijnbaar_gelijk],
        "regels": regels_hash,
    }


def _rij(r: kern.Rij) -> dict[str, Any]:
    return {
        "coalitie": r.voorstel,
        "plaats": r.plaats,
        "totaal": str(r.totaal),
        "bedrag_cent": r.bedrag,
        "per_criterium": {k: str(o.waarde) for k, o in r.per_criterium.items()},
        "geselecteerd": r.geselecteerd,
        "reden": r.reden,
    }


def _loting(uitkomst: kern.Rangschikking) -> dict[str, Any] | None:
    if uitkomst.loting is None:
        return None
    te_loten = list(uitkomst.loting.voorstellen)
    return asdict(uitkomst.loting) | {"voorstellen": te_loten, "lijst_sha256": lijsthash(te_loten)}


def vingerafdruk(gegevens: dict[str, Any]) -> str:
    """SHA-256 of the canonical text, 64 hex digits."""
    return canonieke_hash(gegevens)
