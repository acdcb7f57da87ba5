"""A whole small round (tests/rondes/klein) played on the real acts and gates, with every document order kept.

Only the rendering is left out: an order gets the hash of its own data, so that the file of the round can be
followed from gate to gate without making a hundred PDFs.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from aanbesteding.database import lees
from aanbesteding.documenten.gegevens import Stuk
from aanbesteding.documenten.opdracht import Opdracht, Opgemaakt
from aanbesteding.handelingen.passeren import bereid_voor, leg_vast
from aanbesteding.handelingen.starten import start_ronde
from aanbesteding.instellingen import WORTEL
from aanbesteding.oefenronde import Gebeurtenis, lees_verloop, speel
from aanbesteding.overzichten import vind
from aanbesteding.overzichten.stand import volgende
from aanbesteding.procedure import Poort
from aanbesteding.rondemap import lees_rondemap

KLEIN = WORTEL / "tests" / "rondes" / "klein"


@dataclass
class Gespeeld:
    """The database after the round, and every order by kind, in the order in which they were made."""

    motor: Engine
    kenmerk: str
    stukken: list[Stuk] = field(default_factory=list)
    poorten: list[Poort] = field(default_factory=list)
    maak: Callable[[Opdracht], Opgemaakt] | None = None
    """How an order becomes a document; None: only its hash."""

    def soort(self, sleutel: str) -> list[Stuk]:
        return [s for s in self.stukken if s.opdracht.soort == sleutel]

    def gegevens(self, sleutel: str, n: int = 0) -> dict[str, Any]:
        return self.soort(sleutel)[n].opdracht.gegevens

    def werk_bij(self, nu: datetime) -> None:
        """Pass every gate that can be passed at this moment."""
        while True:
            with lees(self.motor) as session:
                stand = volgende(session, vind.ronde(session, self.kenmerk), nu)
            if stand is None:
                return
            v = bereid_voor(self.motor, self.kenmerk, stand.poort, stand.volgnummer, nu)
            assert v is not None
            assert leg_vast(self.motor, v, [(self.maak or _opgemaakt)(o) for o in v.opdrachten])
            self.stukken += v.stukken
            self.poorten.append(stand.poort)


def _opgemaakt(o: Opdracht) -> Opgemaakt:
    inhoud = json.dumps([o.kenmerk, o.gegevens], sort_keys=True).encode()
    return Opgemaakt(o, hashlib.sha256(inhoud).hexdigest(), len(inhoud))


def speel_af(
    motor: Engine,
    verloop: Sequence[Gebeurtenis] | None = None,
    *,
    tot: Poort | None = None,
    maak: Callable[[Opdracht], Opgemaakt] | None = None,
) -> Gespeeld:
    """Play the round (or this script of it) until its end, or until gate `tot` is passed."""
    verloop = lees_verloop(KLEIN) if verloop is None else verloop
    begin = min(g.moment for g in verloop) - timedelta(days=1)
    gespeeld = Gespeeld(motor, start_ronde(motor, lees_rondemap(KLEIN), nu=begin, door="test"), maak=maak)
    for stap in speel(motor, gespeeld.kenmerk, verloop):
        gespeeld.werk_bij(stap.moment)
        if tot in gespeeld.poorten:
            break
    return gespeeld
