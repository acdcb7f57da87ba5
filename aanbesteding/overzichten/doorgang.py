"""An open transaction on one round, and one passage of a gate in the making."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ..model import Ronde
from ..procedure import Poort
from ..regels import Regels
from . import vind


@dataclass
class Rondewerk:
    """An open transaction with the rules in force: what acts and passages have in common."""

    session: Session
    ronde: Ronde
    regels: Regels

    @property
    def ronde_id(self) -> int:
        return vind.sid(self.ronde.id)

    def bewaar(self, *rijen: Any) -> None:
        """Write now, so that rows have ids and later reads see them; the transaction stays open."""
        self.session.add_all(rijen)
        self.session.flush()


@dataclass
class Doorgang(Rondewerk):
    """What calculations, bookings and document builders of a gate look at.

    `moment` is the announced moment of the gate, or `nu` where none was announced; `laatste`: last repetition.
    """

    poort: Poort
    nummer: int
    laatste: bool
    moment: datetime
    nu: datetime
