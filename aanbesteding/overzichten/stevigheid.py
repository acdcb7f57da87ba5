"""Reads what the firmness of a ranking needs, and gives it as plain data. Assessors appear by letter only."""

import hashlib
from itertools import accumulate
from typing import Any

from sqlmodel import Session

from ..kern import rangschikking as kern
from ..kern.keuzeproeven import Invoer
from ..kern.stevigheid import bereken
from ..model import Ronde
from ..procedure import Rol
from ..regels import Regels
from . import beoordelen, vind
from .voorwaarden import letters


def stevigheid(session: Session, ronde: Ronde, regels: Regels, uitkomst: kern.Rangschikking) -> dict[str, Any]:
    """All advice beside `uitkomst` (kern.stevigheid.bereken): JSON values without a name of a person.

    Deterministic for one state of the round: every draw follows from the published `startgetal`.
    """
    per_id = letters(session, ronde)
    wie = {
        b.sleutel: per_id[vind.sid(b.id)].removeprefix("Beoordelaar ")
        for b in vind.met_rol(session, ronde, Rol.BEOORDELAAR)
    }
    scores = [(r.voorstel, r.criterium, wie[r.beoordelaar], r.waarde) for r in beoordelen.scoretabel(session, ronde)]
    schaal = regels.verdeling.schaal
    return bereken(
        Invoer(
            rijen=uitkomst.rijen,
            namen={c.sleutel: c.naam for _, c in vind.voorstellen(session, ronde)},
            plaatsen=plaatsen(uitkomst),
            gewichten={c.sleutel: c.gewicht for c in regels.criteria},
            scores=scores,
            breedte=float(schaal.hoogste - schaal.laagste),
            drempel=regels.verdeling.spreiding_bespreken,
            zaad=startzaad(regels.beoordeling.startgetal),
        )
    )


def plaatsen(uitkomst: kern.Rangschikking) -> int:
    """Places that were given, and those that a tie at the cut still competes for (fewer than its members)."""
    lot = uitkomst.loting
    if lot is None:
        return len(uitkomst.geselecteerd)
    bedragen = sorted(r.bedrag for r in uitkomst.rijen if r.voorstel in lot.voorstellen)
    past = sum(som <= lot.budget for som in accumulate(bedragen)) if lot.budget is not None else len(bedragen)
    open_ = min(past, len(bedragen) - 1, *([] if lot.plaatsen is None else [lot.plaatsen]))
    return len(uitkomst.geselecteerd) + open_


def startzaad(startgetal: str) -> int:
    """A whole number from the published seed, so that anyone can repeat the draws."""
    return int.from_bytes(hashlib.sha256(f"stevigheid|{startgetal}".encode()).digest()[:6])
