"""The one honest sentence above the figures: by rule, in Dutch at level B1, and never more than the figures say.

"Zeker" is only said of a selected proposal that (1) is surely in by its expected rank, (2) does not stand level
with the cut, and (3) keeps its place whichever assessor is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .notatie import getal, meervoud, opsomming
from .totalen import afgerond

WOORDEN = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


@dataclass(frozen=True)
class Kandidaat:
    """A proposal that met the thresholds. `klasse` is None when no expected rank could be calculated;
    `wisselt`: leaving one assessor out costs it its place, or brings it level with the cut."""

    naam: str
    totaal: Fraction
    geselecteerd: str
    reden: str
    klasse: str | None
    wisselt: bool = False


def telwoord(n: int) -> str:
    return WOORDEN[n] if n < len(WOORDEN) else getal(n)


def _plaatsen(nummers: Sequence[int]) -> str:
    """ "plaats 4", "plaats 3 en 4", "plaats 2 tot en met 4"."""
    if len(nummers) > 2 and nummers[-1] - nummers[0] == len(nummers) - 1:
        return f"plaats {nummers[0]} tot en met {nummers[-1]}"
    return f"plaats {opsomming([str(n) for n in nummers])}"


def _groot(zin: str) -> str:
    return zin[:1].upper() + zin[1:]


def _punten(verschil: Fraction) -> str:
    decimalen = 2 if afgerond(verschil) else 4
    waarde = getal(afgerond(verschil, decimalen), decimalen)
    return f"{waarde} punt"


def eerlijke_zin(kandidaten: Sequence[Kandidaat], plaatsen: int, onder_drempel: int = 0) -> str:
    """One to three sentences on how firm the selection is.

    `kandidaten` in rank order; the first `plaatsen` have a place or compete for one by lot.
    """
    if not kandidaten:
        return "Geen voorstel haalde de drempel. Er valt niets te kiezen."
    if not 0 < plaatsen < len(kandidaten):
        return _zonder_grens(kandidaten, plaatsen, onder_drempel)
    gelijk = _gelijk(kandidaten, plaatsen)
    if all(k.klasse is None for k in kandidaten):
        kop = "Hoe zeker elke plaats is, valt niet te berekenen: er zijn te weinig verschillende scores."
        return f"{kop} {_groot(_grens(kandidaten, plaatsen, gelijk))}."
    zeker = [n for n in range(plaatsen) if _zeker(kandidaten[n]) and n not in gelijk]
    nipt = [n + 1 for n in range(plaatsen) if n not in zeker]
    delen = [_zekerzin(kandidaten, zeker, plaatsen)] if zeker else []
    if nipt:
        werkwoord = "is" if len(nipt) == 1 else "zijn"
        delen.append(f"{_groot(_plaatsen(nipt))} {werkwoord} nipt: {_grens(kandidaten, plaatsen, gelijk)}.")
    else:
        delen.append(f"{_groot(_grens(kandidaten, plaatsen, gelijk))}.")
    return " ".join([*delen, *_dichtbij(kandidaten[plaatsen:], bij_gelijk=bool(gelijk), nipt=bool(nipt))])


def _zeker(k: Kandidaat) -> bool:
    return k.geselecteerd == "ja" and k.klasse == "zeker in" and not k.wisselt


def _gelijk(kandidaten: Sequence[Kandidaat], plaatsen: int) -> set[int]:
    """Indexes of who stands level with the cut, on both sides of it."""
    grens = kandidaten[plaatsen - 1].totaal
    if kandidaten[plaatsen].totaal != grens:
        return set()
    return {n for n, k in enumerate(kandidaten) if k.totaal == grens}


def _zonder_grens(kandidaten: Sequence[Kandidaat], plaatsen: int, onder_drempel: int) -> str:
    if plaatsen == 0:
        return "Geen voorstel kreeg een plaats. Er is dus geen grens om te onderzoeken."
    alle = "Het enige voorstel" if len(kandidaten) == 1 else f"Alle {telwoord(len(kandidaten))} voorstellen"
    over = f"{alle} {'dat' if len(kandidaten) == 1 else 'die'} de drempels haalde{'' if len(kandidaten) == 1 else 'n'}"
    kop = over if onder_drempel else alle
    zin = f"{kop} {'krijgt' if len(kandidaten) == 1 else 'krijgen'} een plaats. Niemand valt af door plaatsgebrek."
    if onder_drempel:
        af = meervoud(onder_drempel, "voorstel haalde", "voorstellen haalden")
        zin += f" {af} een drempel niet."
    return zin


def _zekerzin(kandidaten: Sequence[Kandidaat], zeker: Sequence[int], plaatsen: int) -> str:
    if len(zeker) == plaatsen:
        return "De gekozen plaats is zeker." if plaatsen == 1 else f"Alle {telwoord(plaatsen)} plaatsen zijn zeker."
    if list(zeker) == list(range(len(zeker))):
        return "De eerste is zeker." if len(zeker) == 1 else f"De eerste {telwoord(len(zeker))} zijn zeker."
    namen = opsomming([f"‘{kandidaten[n].naam}’" for n in zeker])
    return f"{namen} {'is' if len(zeker) == 1 else 'zijn'} zeker."


def _grens(kandidaten: Sequence[Kandidaat], plaatsen: int, gelijk: set[int]) -> str:
    """What separates the last place from the next proposal."""
    laatste, eerste = kandidaten[plaatsen - 1], kandidaten[plaatsen]
    if not gelijk:
        punten = _punten(laatste.totaal - eerste.totaal)
        return f"het verschil tussen plaats {plaatsen} en {plaatsen + 1} is {punten}"
    groep = [kandidaten[n] for n in sorted(gelijk)]
    if any(k.geselecteerd not in ("ja", "nee") for k in groep):
        besluit = "het lot beslist nog"
    elif any(k.reden in ("geselecteerd na loting", "uitgeloot") for k in groep):
        besluit = "het lot besliste"
    else:
        besluit = "de regel bij gelijke stand besliste"
    return f"{opsomming([f'‘{k.naam}’' for k in groep])} hebben hetzelfde totaal en {besluit}"


def _dichtbij(buiten: Sequence[Kandidaat], *, bij_gelijk: bool, nipt: bool) -> list[str]:
    """What may not be left out: who did not get a place but might as well have."""
    hoger = [f"‘{k.naam}’" for k in buiten if k.klasse == "zeker in"]
    dicht = [f"‘{k.naam}’" for k in buiten if k.klasse == "onbeslist"]
    zinnen = []
    if hoger:
        werkwoord = "stond" if len(hoger) == 1 else "stonden"
        zinnen.append(f"In de eerste scores {werkwoord} {opsomming(hoger)} boven de grens.")
    if dicht and not (bij_gelijk and nipt and len(dicht) == 1):
        werkwoord = "ligt" if len(dicht) == 1 else "liggen"
        zinnen.append(f"{opsomming(dicht)} {werkwoord} dicht bij de grens.")
    return zinnen
