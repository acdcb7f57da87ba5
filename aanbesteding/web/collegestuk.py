"""One memo on a page: who may read it, what lies before the college, and what can be chosen."""

from dataclasses import dataclass
from typing import Any

from ..documenten.gegevens.memo import memo
from ..fouten import NietGevonden
from ..overzichten import beoordelen, collegebeeld, dossier, vind
from ..overzichten.collegebeeld import Beeld
from ..procedure import Rol
from .besluitformulier import Kandidaat
from .middelen import Plek


@dataclass(frozen=True)
class Stuk:
    """`wethouders`: how many different people can decide."""

    plek: Plek
    beeld: Beeld
    wethouders: int

    @property
    def pad(self) -> str:
        return f"/werk/{self.plek.kenmerk}/college/{self.beeld.soort}"

    @property
    def vier_ogen(self) -> bool:
        return self.wethouders > 1

    @property
    def mag_besluiten(self) -> bool:
        return self.plek.heeft(Rol.WETHOUDER) and self.beeld.aan_zet

    def memo(self) -> dict[str, Any]:
        if self.beeld.memo_op is None:
            raise NietGevonden("Dit stuk voor het college is nog niet klaar.")
        return memo(self.plek.session, self.plek.ronde, self.beeld.soort, self.beeld.memo_op)

    def kandidaten(self) -> list[Kandidaat]:
        soort, s, r = self.beeld.soort, self.plek.session, self.plek.ronde
        if soort == "vrijgave" or self.beeld.memo_op is None:
            return []
        return _voorstellen(s, r) if soort == "selectie" else _plannen(s, r)


def lees_stuk(plek: Plek, soort: str) -> Stuk:
    collegebeeld.toets_inzage(plek.session, plek.ronde, plek.als, soort)
    beeld = collegebeeld.beelden(plek.session, plek.ronde)[soort]
    mensen = {d.persoon_id for d in vind.met_rol(plek.session, plek.ronde, Rol.WETHOUDER)}
    return Stuk(plek, beeld, len(mensen))


def _voorstellen(s: Any, r: Any) -> list[Kandidaat]:
    """Every admissible proposal in the order of the recorded ranking."""
    laatste = beoordelen.laatste_rangschikking(s, r)
    namen = {c.sleutel: c.naam for _, c in vind.ontvankelijke(s, r)}
    rijen = laatste.uitkomst["rijen"] if laatste else []
    gekozen = set(laatste.uitkomst["geselecteerd"]) if laatste else set()
    return [
        Kandidaat(x["coalitie"], namen[x["coalitie"]], x["coalitie"] in gekozen, _plaats(x)) for x in rijen
    ]  # fmt: skip


def _plaats(rij: dict[str, Any]) -> str:
    return f"Plaats {rij['plaats']}" if rij["plaats"] is not None else "Haalde een drempel niet"


def _plannen(s: Any, r: Any) -> list[Kandidaat]:
    plannen = dossier.plannen(s, r)
    uit = []
    for _, c in vind.geselecteerde(s, r):
        plan, oordeel = plannen[c.sleutel]
        bedrag = sum(int(p["bedrag_euro"]) for p in plan.inhoud["begroting"] if p["bron"] == "gemeente")
        advies = "Plan goedgekeurd" if oordeel.akkoord else "Plan niet goedgekeurd"
        reden = "" if oordeel.akkoord else oordeel.motivering
        uit.append(Kandidaat(c.sleutel, c.naam, oordeel.akkoord, advies, bedrag, reden))
    return uit
