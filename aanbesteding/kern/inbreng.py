"""What partners bring in, in words: totals, and whether it leans on one of them (magazine p. 40: equal footing)."""

from collections.abc import Sequence
from dataclasses import dataclass

from .notatie import euro, getal, meervoud, opsomming, procent

SCHEEF = 2 / 3


@dataclass(frozen=True)
class Inbreng:
    naam: str
    cent: int = 0
    uren: int = 0
    natura: str = ""

    @property
    def leeg(self) -> bool:
        return not (self.cent or self.uren or self.natura)


def in_woorden(rij: Inbreng) -> str:
    """'40 uur en € 500; in natura: een zaal'; 'nog niets' when nothing was filled in."""
    delen = [f"{getal(rij.uren)} uur"] * bool(rij.uren) + [euro(rij.cent)] * bool(rij.cent)
    natura = [f"in natura: {rij.natura}"] * bool(rij.natura)
    return "; ".join([opsomming(delen)] * bool(delen) + natura) or "nog niets"


def balans(rijen: Sequence[Inbreng]) -> list[str]:
    """Sentences on the whole: what it is together, on whom it leans and who brings nothing in."""
    cent, uren, natura = sum(r.cent for r in rijen), sum(r.uren for r in rijen), sum(bool(r.natura) for r in rijen)
    soorten = [f"{getal(uren)} uur"] * bool(uren) + [euro(cent)] * bool(cent)
    soorten += [meervoud(natura, "bijdrage in natura", "bijdragen in natura")] * bool(natura)
    zinnen = [f"Samen brengt u {opsomming(soorten)} in."] if soorten else ["Niemand brengt nog iets in."]
    zinnen += [z for z in (_leunt(rijen, "uren", uren), _leunt(rijen, "cent", cent)) if z]
    if soorten and len(zinnen) == 1 and len(rijen) > 1:
        zinnen.append("Het komt van meer partners: niemand draagt het alleen.")
    leeg = [r.naam for r in rijen if r.leeg]
    if leeg and soorten:
        zinnen.append(f"Van {opsomming(leeg)} staat er nog geen inbreng.")
    return zinnen


def _leunt(rijen: Sequence[Inbreng], wat: str, totaal: int) -> str:
    """A sentence when one partner carries two thirds or more; '' when it is shared, or when there is only one."""
    if not totaal or len(rijen) < 2:
        return ""
    meeste = max(rijen, key=lambda r: int(getattr(r, wat)))
    deel = getattr(meeste, wat) / totaal
    naam = {"uren": "de uren", "cent": "het geld"}[wat]
    if deel < SCHEEF:
        return ""
    return f"{meeste.naam} brengt {procent(deel, 0)} van {naam} in. Spreek af of dat zo goed is."
