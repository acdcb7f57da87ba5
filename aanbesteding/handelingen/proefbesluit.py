"""What the letters will say before they go out: the decision and its gate in a transaction that is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from ..database import proef
from ..documenten.gegevens import BOUWERS, Stuk
from ..documenten.opdracht import Opdracht
from ..overzichten import vind
from ..overzichten.collegebeeld import SOORTEN
from ..procedure import REGEL, Rol
from .basis import voer_uit
from .gevolgen import GEVOLGEN, Gevolg
from .passeren import _doorgang

CONCEPT = "CONCEPT. Deze brief is niet verstuurd. Het college heeft nog niet besloten."
GEEN_BRIEVEN = ("aangehouden", "ingetrokken")


@dataclass(frozen=True)
class Proefstuk:
    """A document that this decision would make; `anders`: a deviation from the advice gives it its kind."""

    stuk: Stuk
    anders: bool

    @property
    def opdracht(self) -> Opdracht:
        """Marked as a draft in its title and on its first page."""
        o = self.stuk.opdracht
        return replace(o, titel=f"CONCEPT: {o.titel}", gegevens=o.gegevens | {"verantwoording": CONCEPT})


def proefstukken(motor: Engine, kenmerk: str, besluit: Mapping[str, Any], *, nu: datetime) -> list[Proefstuk]:
    """Every document that this decision would make, in order; nothing is kept.

    `besluit` are the parameters of the act; raises what the act would raise. No documents for a decision that is
    put off or that ends the round.
    """
    if besluit["uitkomst"] in GEEN_BRIEVEN:
        return []
    anders = {a["coalitie"] for a in besluit.get("afwijkingen", [])}
    with proef(motor) as session:
        ronde = vind.ronde(session, kenmerk, vergrendel=True)
        eerste, *rest = vind.met_rol(session, ronde, Rol.WETHOUDER)
        tweede = {"tweede": rest[0].sleutel} if rest else {}
        voer_uit(session, kenmerk, "besluit", wie=eerste.sleutel, nu=nu, gegevens={**besluit, **tweede})
        poort = SOORTEN[besluit["soort"]].daarna
        d = _doorgang(session, ronde, poort, 1, nu)
        gevolg = GEVOLGEN.get(poort, Gevolg())
        gevolg.boek(d, gevolg.bereken(d))
        return [Proefstuk(s, s.coalitie in anders) for soort in REGEL[poort].documenten for s in BOUWERS[soort](d)]
