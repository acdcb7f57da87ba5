"""What a task is, and what the functions that find tasks look at."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ..model import Ronde
from ..procedure import Poort, Rol
from ..regels import Regels
from . import vind
from .stand import Poortstand

LOOPT = ("klaar", "geblokkeerd", "wacht op moment", "loopt")
"""Statuses of a gate that people work on now: all gates before it were passed."""


@dataclass(frozen=True)
class Taak:
    """One thing that one person owes. `merk` is the same as long as it is the same thing (not its number, which
    falls while somebody works); `pad` is the page below /werk/<kenmerk>/ where it is done."""

    deelnemer_id: int
    rol: Rol
    merk: str
    tekst: str
    pad: str
    knop: str
    tot: datetime | None = None
    besloten: bool = False

    def te_laat(self, nu: datetime) -> bool:
        return self.tot is not None and self.tot < nu


@dataclass(frozen=True)
class Tafel:
    """A round at a moment: which gates were passed and which are being worked on."""

    session: Session
    ronde: Ronde
    regels: Regels
    nu: datetime
    gedaan: set[str]
    lopend: dict[Poort, Poortstand]

    def tussen(self, na: Poort, voor: Poort) -> bool:
        return na.value in self.gedaan and voor.value not in self.gedaan

    def moment(self, termijn: str) -> datetime | None:
        """The announced moment under this name; of a list the last one."""
        momenten = vind.momenten(self.regels, termijn)
        return momenten[-1] if momenten else None
