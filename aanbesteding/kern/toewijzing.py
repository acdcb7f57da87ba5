"""Assessors to proposals: everyone scores everything when that fits, else a certified optimal flow.

Everyone scoring everything cancels leniency and is the easiest to defend. Otherwise k per proposal, from
enough departments, never against a conflict, loads equal within the announced difference, the worst-off
proposal first, and ties broken by SHA-256 of the published seed, so that anyone gets the same answer.
"""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

from .netwerkstroom import bewijs
from .toewijzingsnet import (
    Beoordelaar,
    Certificaat,
    OnmogelijkeToewijzingError,
    Opdracht,
    Paar,
    Toewijzing,
    ToewijzingError,
    belasting_van,
    beste_som,
    controleer,
    haalbaar_venster,
    verklaar,
)
from .toewijzingsrondes import slechtste_eerst
from .vervanging import Vervanging, vervang

__all__ = [
    "Beoordelaar", "Certificaat", "OnmogelijkeToewijzingError", "Paar", "Toewijzing", "ToewijzingError",
    "Vervanging", "leesvolgorde", "vervang", "wijs_toe",
]  # fmt: skip


def leesvolgorde(seed: str, beoordelaar: str, voorstellen: Sequence[str]) -> list[str]:
    """The seeded order in which one assessor reads: another for each, so that fatigue spreads."""
    return sorted(voorstellen, key=lambda v: (sha256(f"leesvolgorde|{seed}|{beoordelaar}|{v}".encode()).digest(), v))


def _controleer_invoer(voorstellen: Sequence[str], beoordelaars: Sequence[Beoordelaar], paren: set[Paar]) -> None:
    namen = [b.id for b in beoordelaars]
    if not voorstellen or not namen:
        raise ToewijzingError("Er zijn geen voorstellen of geen beoordelaars. Voeg ze eerst toe.")
    if len(set(voorstellen)) != len(voorstellen) or len(set(namen)) != len(namen):
        raise ToewijzingError("Een voorstel of beoordelaar staat dubbel in de lijst. Haal de dubbele weg.")
    vreemd = sorted(paar for paar in paren if paar[0] not in set(voorstellen) or paar[1] not in set(namen))
    if vreemd:
        raise ToewijzingError(f"Voorstel {vreemd[0][0]} of beoordelaar {vreemd[0][1]} staat niet op de lijst.")


def _iedereen_alles(opdracht: Opdracht) -> Toewijzing:
    paren = tuple((v, b) for v in opdracht.voorstellen for b in opdracht.vrij(v))
    for voorstel in opdracht.voorstellen:
        afdelingen = {opdracht.afdeling[b] for b in opdracht.vrij(voorstel)}
        if len(afdelingen) < max(1, opdracht.afdelingen_min):
            raise OnmogelijkeToewijzingError(
                f"Voor voorstel {voorstel} zijn beoordelaars vrij uit {len(afdelingen)} afdeling(en); "
                f"de regel vraagt er {opdracht.afdelingen_min}.",
                "Voeg een beoordelaar zonder belangenconflict uit een andere afdeling toe.",
            )
    belasting = belasting_van(opdracht.beoordelaars, paren)
    if max(belasting.values()) > opdracht.maximum:
        haalbaar = opdracht.maximum * len(belasting) // len(opdracht.voorstellen)
        raise OnmogelijkeToewijzingError(
            f"Als iedereen alles beoordeelt, krijgt een beoordelaar {max(belasting.values())} voorstellen; "
            f"het maximum is {opdracht.maximum}.",
            f"Verhoog het maximum, of kies hooguit {haalbaar} beoordelaar(s) per voorstel.",
        )
    return Toewijzing("iedereen alles", paren, belasting, opdracht.seed, None)


def _verdeeld(opdracht: Opdracht) -> Toewijzing:
    controleer(opdracht)
    venster = haalbaar_venster(opdracht)
    if venster is None:
        raise verklaar(opdracht)
    doel = min(beste_som(opdracht, v) for v in opdracht.voorstellen)
    ronde = slechtste_eerst(opdracht, venster, doel)
    belasting = belasting_van(opdracht.beoordelaars, ronde.paren)
    stroom = bewijs(ronde.net.netwerk, ronde.stroom)
    certificaat = Certificaat(
        stroom.geen_negatieve_kring,
        stroom.klopt_met_aanbod,
        stroom.knopen,
        stroom.bogen,
        stroom.rondes,
        min(ronde.sommen.values()),
        doel,
        sum(ronde.sommen.values()),
        ronde.bovengrens(),
        min(belasting.values()),
        max(belasting.values()),
    )
    return Toewijzing("verdeeld", ronde.paren, belasting, opdracht.seed, certificaat)


def wijs_toe(
    voorstellen: Sequence[str],
    beoordelaars: Sequence[Beoordelaar],
    conflicten: Collection[Paar] = (),
    *,
    seed: str,
    per_voorstel: int | None = None,
    maximum: int | None = None,
    afdelingen_min: int = 2,
    spreiding: int = 1,
    baten: Mapping[Paar, int] | None = None,
) -> Toewijzing:
    """Allocate assessors; `per_voorstel` None (or at least the number of assessors) is "iedereen alles".

    `conflicten` are (proposal, assessor); `baten` gives whole points ≥ 0 of expertise (default: equal);
    `maximum` proposals per assessor; `spreiding` the largest difference in load when the work is divided.
    Raises OnmogelijkeToewijzingError (which rule, what would help) or ToewijzingError (faulty input).
    """
    _controleer_invoer(voorstellen, beoordelaars, set(conflicten) | set(baten or {}))
    aantallen = (per_voorstel or 0, maximum or 0, afdelingen_min, spreiding, *(baten or {}).values())
    if any(n < 0 for n in aantallen) or per_voorstel == 0 or maximum == 0:
        raise ToewijzingError("Een aantal in de regels voor toewijzing is te laag. Vul een hoger getal in.")
    opdracht = Opdracht(
        tuple(sorted(voorstellen)),
        {b.id: b.afdeling for b in beoordelaars},
        frozenset(conflicten),
        baten or {},
        per_voorstel or len(beoordelaars),
        maximum or len(voorstellen),
        afdelingen_min,
        spreiding,
        seed,
    )
    iedereen = per_voorstel is None or per_voorstel >= len(beoordelaars)
    return _iedereen_alles(opdracht) if iedereen else _verdeeld(opdracht)
