"""Where a round stands: every gate with its moment, status and blockers.

One list drives the dashboard, the reminders and the flow (ontwerp.md §2), so they cannot disagree.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Literal

from sqlmodel import Session

from ..model import Ronde
from ..procedure import PROCEDURE, REGEL, Fase, Poort, Poortregel
from ..regels import Regels
from . import vind
from .voorwaarden import ALLEEN_ALS, VOORWAARDEN, Blokkade, Vraagstelling

Status = Literal[
    "gepasseerd", "klaar", "geblokkeerd", "wacht op moment", "wacht op vorige poort", "niet nodig", "loopt"
]  # fmt: skip
"""'loopt' is only used by `verloop`, which does not look whether anything blocks the gate."""


@dataclass(frozen=True)
class Poortstand:
    poort: Poort
    volgnummer: int
    moment: datetime | None
    """The announced moment; None for a gate that opens as soon as its conditions hold."""
    status: Status
    blokkades: tuple[Blokkade, ...]
    gepasseerd_op: datetime | None = None


class _Stand:
    """Answers per gate, with what was passed read once."""

    def __init__(self, session: Session, ronde: Ronde, nu: datetime) -> None:
        self.session, self.ronde, self.nu = session, ronde, nu
        self.regels: Regels = vind.regels(session, ronde)
        self.gedaan = {(p.poort, p.volgnummer): p.moment for p in vind.gepasseerd(session, ronde)}
        self.helemaal_voorbij = cache(self._helemaal_voorbij)

    def nummers(self, regel: Poortregel) -> range:
        aantal = len(vind.momenten(self.regels, regel.termijn)) if regel.herhaalt else 1
        return range(1, aantal + 1)

    def nodig(self, regel: Poortregel) -> bool:
        return not regel.alleen_als or ALLEEN_ALS[regel.alleen_als](self.session, self.ronde)

    def _helemaal_voorbij(self, poort: Poort) -> bool:
        regel = REGEL[poort]
        voorgangers = all(self.helemaal_voorbij(p) for p in regel.na)
        if voorgangers and not self.nodig(regel):
            return True
        return voorgangers and all((poort.value, n) in self.gedaan for n in self.nummers(regel))

    def bekijk(
        self, regel: Poortregel, nummer: int, *, ook_toekomst: bool = True, blokkades_ook: bool = True
    ) -> Poortstand:
        """One gate; without `ook_toekomst` the blockers of a gate whose moment has not come are not looked up, and
        without `blokkades_ook` none at all."""
        momenten = vind.momenten(self.regels, regel.termijn)
        moment = momenten[nummer - 1] if momenten else None
        gedaan = self.gedaan.get((regel.poort.value, nummer))
        if gedaan:
            return Poortstand(regel.poort, nummer, moment, "gepasseerd", (), gedaan)
        status = self._wacht(regel, nummer, moment)
        if status:
            return Poortstand(regel.poort, nummer, moment, status, ())
        te_vroeg = moment is not None and self.nu < moment
        if not blokkades_ook:
            return Poortstand(regel.poort, nummer, moment, "wacht op moment" if te_vroeg else "loopt", ())
        vraag = Vraagstelling(self.session, self.ronde, self.regels, nummer, moment or self.nu, self.nu)
        namen = regel.voorwaarden if ook_toekomst or not te_vroeg else ()
        blokkades = tuple(replace(b, voorwaarde=naam) for naam in namen for b in VOORWAARDEN[naam](vraag))
        if te_vroeg:
            return Poortstand(regel.poort, nummer, moment, "wacht op moment", blokkades)
        return Poortstand(regel.poort, nummer, moment, "geblokkeerd" if blokkades else "klaar", blokkades)

    def _wacht(self, regel: Poortregel, nummer: int, moment: datetime | None) -> Status | None:
        if not all(self.helemaal_voorbij(p) for p in regel.na):
            return "wacht op vorige poort"
        if nummer > 1 and (regel.poort.value, nummer - 1) not in self.gedaan:
            return "wacht op vorige poort"
        return None if self.nodig(regel) else "niet nodig"


def stand(session: Session, ronde: Ronde, nu: datetime) -> list[Poortstand]:
    """Every gate (and every repetition) of the round, in the order of the procedure."""
    kijk = _Stand(session, ronde, nu)
    return [kijk.bekijk(regel, nummer) for regel in PROCEDURE for nummer in kijk.nummers(regel)]


def verloop(session: Session, ronde: Ronde, nu: datetime) -> list[Poortstand]:
    """As `stand` without blockers: what a small timeline shows, and cheap whatever the number of proposals."""
    kijk = _Stand(session, ronde, nu)
    return [kijk.bekijk(regel, n, blokkades_ook=False) for regel in PROCEDURE for n in kijk.nummers(regel)]


def volgende(session: Session, ronde: Ronde, nu: datetime) -> Poortstand | None:
    """The first gate that can be passed now, or None."""
    if ronde.fase in (Fase.INGETROKKEN, Fase.AFGESLOTEN):
        return None
    kijk = _Stand(session, ronde, nu)
    alle = (kijk.bekijk(regel, nummer, ook_toekomst=False) for regel in PROCEDURE for nummer in kijk.nummers(regel))
    return next((p for p in alle if p.status == "klaar"), None)


def eerstvolgend_moment(session: Session, ronde: Ronde, nu: datetime) -> datetime | None:
    """The next announced moment at which a gate becomes due: what the deurwachter waits for."""
    komend = [p.moment for p in stand(session, ronde, nu) if p.moment and p.moment > nu and p.status != "gepasseerd"]
    return min(komend, default=None)
