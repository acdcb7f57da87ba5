"""What the pages of one coalition ask for: who is there, in which coalition, under which rules, and how late it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Path

from ..handelingen import concepten
from ..inhoud import VoorstelInhoud
from ..model import Coalitie, Concept, Deelnemer
from ..overzichten import bestanden, eigen_voorstel, gereedheid, inzage_coalitie, vind
from ..procedure import Poort
from ..regels import Regels
from . import invulformulier as f
from . import voorstelformulier
from .middelen import InRonde, Plek

Coalitiesleutel = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]


@dataclass(frozen=True)
class Werkplek:
    """A person at the desk of one coalition. `pad` is where its pages begin."""

    plek: Plek
    kring: inzage_coalitie.Kring
    regels: Regels
    poorten: frozenset[str]

    @property
    def groep(self) -> Coalitie:
        return self.kring.groep

    @property
    def pad(self) -> str:
        return f"/werk/{self.plek.kenmerk}/coalitie/{self.groep.sleutel}"

    def moment(self, termijn: str) -> datetime:
        return vind.momenten(self.regels, termijn)[-1]

    @property
    def sluiting(self) -> datetime:
        return self.moment("sluiting")

    @property
    def gesloten(self) -> bool:
        """The hour has struck, or the gate has: nothing can be handed in any more."""
        return self.plek.nu > self.sluiting or Poort.SLUITING in self.poorten

    def kruimels(self, *verder: tuple[str, str]) -> list[tuple[str, str]]:
        begin = [("Mijn coalitie", f"/werk/{self.plek.kenmerk}/coalitie"), (self.groep.naam, self.pad)]
        return [*begin, *verder]

    def sleutel(self, wat: str = "voorstel", extra: str = "") -> str:
        """Key of the draft of this form."""
        return f"{wat}/{self.groep.sleutel}" + (f"/{extra}" if extra else "")

    def schrijver(self) -> Deelnemer:
        return self.plek.session.get_one(Deelnemer, self.groep.penvoerder_id)

    def concept(self, wat: str = "voorstel", extra: str = "") -> Concept | None:
        """The current draft; it is always that of the penvoerder, whoever reads it."""
        return concepten.nieuwste(self.plek.session, self.schrijver(), self.sleutel(wat, extra))

    def concept_adres(self, wat: str = "voorstel", extra: str = "") -> str:
        return f"/werk/{self.plek.kenmerk}/concepten/{self.kring.wie.sleutel}/{self.sleutel(wat, extra)}"


def bij_coalitie(plek: InRonde, sleutel: Coalitiesleutel) -> Werkplek:
    kring = inzage_coalitie.kring(plek.session, plek.ronde, list(plek.als.values()), sleutel)
    return _werkplek(plek, kring)


def als_penvoerder(plek: InRonde, sleutel: Coalitiesleutel) -> Werkplek:
    kring = inzage_coalitie.alleen_penvoerder(plek.session, plek.ronde, list(plek.als.values()), sleutel)
    return _werkplek(plek, kring)


def _werkplek(plek: Plek, kring: inzage_coalitie.Kring) -> Werkplek:
    poorten = frozenset(p.poort for p in vind.gepasseerd(plek.session, plek.ronde))
    return Werkplek(plek, kring, vind.regels(plek.session, plek.ronde), poorten)


InCoalitie = Annotated[Werkplek, Depends(bij_coalitie)]
AlsPenvoerder = Annotated[Werkplek, Depends(als_penvoerder)]


def tekst_nu(w: Werkplek) -> tuple[f.Plat, str]:
    """(the text of the proposal as it stands, its mark): the draft, else what was handed in, else the beginning."""
    concept = w.concept()
    if concept is not None:
        return concept.inhoud, concepten.merk(concept.inhoud)
    alle = eigen_voorstel.indieningen(w.plek.session, w.groep)
    if alle:
        return f.uit_inhoud(voorstelformulier.delen(w.regels), alle[0].rij.inhoud), ""
    return {"titel": w.groep.naam[:100]}, ""


def controle(w: Werkplek, plat: f.Plat) -> gereedheid.Controle:
    ruw = f.naar_inhoud(voorstelformulier.delen(w.regels), plat)
    return gereedheid.controleer(
        w.regels, ruw, bestanden.van_coalitie(w.plek.session, vind.sid(w.groep.id)),
        eigen_voorstel.partnerstand(w.plek.session, w.groep),
    )  # fmt: skip


def woorden(inhoud: VoorstelInhoud | None, plat: f.Plat) -> int:
    """Words that count for the maximum, also while the form is not complete."""
    if inhoud is not None:
        return inhoud.woorden()
    velden = ("samenvatting", "probleem", "aanpak", "vernieuwing", "samenwerking", "inwoners", "resultaat", "planning")
    return sum(len(f.tekst(plat, v).split()) for v in velden)
