"""A sheet of marks in one go, from a page or a spreadsheet: every filled line is an act of its own.

Each line says on which stored version its writer looked. Was something stored since, by another tab or another
device, then nothing is written over: the line comes back with both texts. A line that equals what is stored is
no act, so a sheet that is sent twice is stored once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from ..database import schrijf
from ..fouten import Conflict, Gebruikersfout, GeenToestemming, Invoerfout
from ..model import Deelnemer, Ronde
from ..overzichten import vind
from ..overzichten.werkvoorraad import Cel, Opgeslagen
from .basis import voer_uit

ONTHOUDEN = "onthouden"
MEESTE_TEKENS = 10_000
"""Far beyond any reason that people write; a spreadsheet cell holds 32,767."""

Lezer = Callable[[Session, Ronde], Mapping[Cel, Opgeslagen]]


@dataclass(frozen=True)
class Vakje:
    """One mark as typed. `plek` names it in the answer; `versie` is what the writer saw stored, 0 for nothing."""

    plek: str
    coalitie: str
    criterium: str
    waarde: str
    motivering: str
    versie: int = 0

    @property
    def leeg(self) -> bool:
        return not self.waarde and not self.motivering


@dataclass
class Uitkomst:
    """`fouten` and `botsingen` by `plek`; `gesloten` is set when the sheet may not be changed any more."""

    bewaard: list[str] = field(default_factory=list)
    fouten: dict[str, list[str]] = field(default_factory=dict)
    botsingen: dict[str, Opgeslagen] = field(default_factory=dict)
    gesloten: str = ""

    @property
    def heel(self) -> bool:
        return not (self.fouten or self.botsingen or self.gesloten)


class _Terug(Exception):
    """Roll everything back; the outcome is already complete."""


def bewaar(
    motor: Engine, kenmerk: str, handeling: str, wie: Deelnemer, vakjes: Sequence[Vakje], *, lees: Lezer,
    nu: datetime, alles_of_niets: bool = False, vooraf: Mapping[str, list[str]] | None = None,
) -> Uitkomst:  # fmt: skip
    """Store what is sound and say per line what is not; with `alles_of_niets` one fault stops everything.

    `lees` reads what is stored now; `vooraf` holds faults that the caller already found.
    """
    uit = Uitkomst(fouten=dict(vooraf or {}))
    try:
        with schrijf(motor) as session:
            ronde = vind.ronde(session, kenmerk, vergrendel=True)
            nu_er = lees(session, ronde)
            for vakje in vakjes:
                _een(session, kenmerk, handeling, wie, vakje, nu_er.get((vakje.coalitie, vakje.criterium)), nu, uit)
            _toets(uit, alles_of_niets=alles_of_niets)
    except _Terug:
        uit.bewaard.clear()
    return uit


def _toets(uit: Uitkomst, *, alles_of_niets: bool) -> None:
    if uit.gesloten or (alles_of_niets and not uit.heel):
        raise _Terug


def _een(
    session: Session, kenmerk: str, handeling: str, wie: Deelnemer, vakje: Vakje, er: Opgeslagen | None,
    nu: datetime, uit: Uitkomst,
) -> None:  # fmt: skip
    if vakje.leeg or uit.gesloten or (er and (er.getypt, er.motivering) == (vakje.waarde, vakje.motivering)):
        return
    if er and er.versie != vakje.versie:
        uit.botsingen[vakje.plek] = er
        return
    if len(vakje.motivering) > MEESTE_TEKENS:
        uit.fouten[vakje.plek] = [f"motivering: is te lang; hooguit {MEESTE_TEKENS} tekens"]
        return
    try:
        with session.begin_nested():
            voer_uit(session, kenmerk, handeling, wie=wie.sleutel, nu=nu, gegevens=_gegevens(handeling, vakje))
        uit.bewaard.append(vakje.plek)
    except Invoerfout as fout:
        uit.fouten[vakje.plek] = fout.fouten
    except (Conflict, GeenToestemming) as fout:
        uit.gesloten = fout.bericht
    except Gebruikersfout as fout:
        uit.fouten[vakje.plek] = [fout.bericht]


def _gegevens(handeling: str, vakje: Vakje) -> dict[str, Any]:
    vast: dict[str, Any] = {
        "coalitie": vakje.coalitie, "criterium": vakje.criterium, "motivering": vakje.motivering,
    }  # fmt: skip
    if handeling == "score":
        onthoudt = vakje.waarde.casefold() == ONTHOUDEN
        return vast | {"waarde": None if onthoudt or not vakje.waarde else vakje.waarde, "onthouden": onthoudt}
    return vast | ({"waarde": vakje.waarde} if vakje.waarde else {})
