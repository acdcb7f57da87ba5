"""One passage of a gate in the making: what calculations, bookings and document builders look at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ..model import Ronde
from ..procedure import Poort
from ..regels import Regels
from . import vind


@dataclass
class Doorgang:
    """`moment` is the announced moment of the gate, or `nu` where none was announced; `laatste` repetition."""

    session: Session
    ronde: Ronde
    regels: Regels
    poort: Poort
    nummer: int
    laatste: bool
    moment: datetime
    nu: datetime

    @property
    def ronde_id(self) -> int:
        return vind.sid(self.ronde.id)

    def bewaar(self, *rijen: Any) -> None:
        self.session.add_all(rijen)
        self.session.flush()
