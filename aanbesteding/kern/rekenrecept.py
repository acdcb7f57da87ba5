"""How another statistician redoes a verdict by hand: one change per area, and the sum in words and numbers.

No script: any table program will do. Everything here is read from the same grid that the verdict was made of, so the
recipe cannot tell another story (kennis/effect.md, "Registered beforehand").
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from aanbesteding.kern import effect_verandering as collaps
from aanbesteding.kern.effect_onderzoek import onderzoek_indicator
from aanbesteding.kern.effect_panel import Raster, maak_raster
from aanbesteding.kern.effect_ruimop import ruim_op
from aanbesteding.kern.effect_typen import Ontwerp, Schatting
from aanbesteding.kern.notatie import opsomming

CIJFERS = 6


@dataclass(frozen=True)
class Gebiedsverandering:
    """Mean before, mean after and the change of one area, in units of the indicator; evened out for gaps.

    With staggered starts a comparison area has the mean of its changes around all starts, by share of the pilots.
    """

    gebied: str
    pilot: bool
    voor: float
    na: float
    verandering: float


def per_gebied(panel: pd.DataFrame, ontwerp: Ontwerp) -> tuple[Gebiedsverandering, ...]:
    """One row per area that counts in the verdict, pilots first; empty while there is no wave on both sides."""
    raster, _ = ruim_op(maak_raster(panel, ontwerp)[0])
    if not raster.n_pilot or not raster.n_vergelijking:
        return ()
    veranderd = np.concatenate(collaps.per_gebied(raster, collaps.veranderingen(raster)))
    vooraf = np.concatenate(collaps.nulstanden(raster))
    return tuple(
        Gebiedsverandering(g, n < raster.n_pilot, float(v), float(v + d), float(d))
        for n, (g, v, d) in enumerate(zip(raster.gebieden, vooraf, veranderd, strict=True))
    )


@dataclass(frozen=True)
class Uitslag:
    """The verdict as it was reported: what it is, the estimate that it rests on, and what capped it."""

    oordeel: str
    schatting: Schatting | None
    redenen: tuple[str, ...]


def recept(sleutel: str, titel: str, panel: pd.DataFrame, ontwerp: Ontwerp, uitslag: Uitslag) -> str:
    """The steps for one indicator, with the number that must come out of each (Dutch plain text)."""
    raster, _ = ruim_op(maak_raster(panel, ontwerp)[0])
    kop = f"INDICATOR: {titel} ({sleutel})"
    redenen = " ".join(uitslag.redenen)
    if uitslag.schatting is None or not raster.n_pilot:
        return f"{kop}\nOordeel: {uitslag.oordeel}. Er is niets getoetst. {redenen}\n"
    stappen = [
        f"Neem uit metingen.csv de regels met indicator '{sleutel}' en een waarde. Laat onderdrukte regels weg.",
        *_golven(raster),
        *_gaten(raster),
        *_middelen(raster),
        *_toets(raster, panel, ontwerp, uitslag.schatting),
        f"Lees het oordeel: {uitslag.oordeel}. Wat het oordeel begrensde: {redenen or 'niets.'}",
    ]
    genummerd = "\n".join(f"{n}. {stap}" for n, stap in enumerate(stappen, 1))
    return f"{kop}\n{genummerd}\n"


def _golven(raster: Raster) -> list[str]:
    """Which waves are before and after each start."""
    uit = []
    for c, start in enumerate(raster.starts):
        voor, na = (opsomming([str(p) for p, m in zip(raster.perioden, masker, strict=True) if m])
                    for masker in (raster.voor(c), raster.na(c)))  # fmt: skip
        wie = opsomming([g for g, eigen in zip(raster.gebieden, raster.cohort, strict=False) if eigen == c])
        begin = raster.perioden[start] if start < len(raster.perioden) else "na de laatste meting"
        uit.append(f"Start {begin} ({wie}). Voor de start: {voor}. Na de start: {na}.")
    return uit


def _gaten(raster: Raster) -> list[str]:
    if not np.isnan(raster.waarde).any():
        return []
    return [
        (
            "Er ontbreken waarden. Schat daarom eerst met kleinste kwadraten een model met een getal per gebied en een "
            "getal per meting, alleen op de vergelijkingsgebieden. Trek het getal van elke meting af van alle waarden."
        )
    ]


def _middelen(raster: Raster) -> list[str]:
    zinnen = [
        (
            "Bereken per gebied het gemiddelde na de start min het gemiddelde voor de start. De uitkomsten staan in "
            "veranderingen.csv."
        )
    ]
    if len(raster.starts) > 1:
        delen = opsomming([f"{deel:.4f}".replace(".", ",") for deel in raster.aandelen])
        zinnen.append(f"Een vergelijkingsgebied heeft een verandering per start. Neem het gewogen gemiddelde: {delen}.")
    return zinnen


def _toets(raster: Raster, panel: pd.DataFrame, ontwerp: Ontwerp, s: Schatting) -> list[str]:
    rijen = per_gebied(panel, ontwerp)
    pilots = np.array([r.verandering for r in rijen if r.pilot])
    anderen = np.array([r.verandering for r in rijen if not r.pilot])
    midden = (
        f"De pilotgebieden veranderden gemiddeld {_n(pilots.mean())}, de vergelijkingsgebieden {_n(anderen.mean())}. "
        f"Het verschil is {_n(float(pilots.mean() - anderen.mean()))}."
    )
    gemeten = onderzoek_indicator(panel, ontwerp, tweede_mening=False, zaad=0)
    deel = collaps.verhouding(raster, collaps.veranderingen(raster))
    onrust = gemeten.verhouding / deel
    uit = [midden]
    if onrust > 1.0:
        uit.append(
            "De pilotgebieden schommelden voor de start sterker rond hun eigen rechte lijn. Hun variantie is "
            f"{_n(onrust)} keer die van de andere gebieden. Daarom telt de marge met minder vrijheidsgraden."
        )
    return [*uit, _variantie(s, len(pilots), len(anderen), gemeten.verhouding, len(gemeten.corrigeer)), _marge(s)]


def _variantie(s: Schatting, n1: int, n0: int, maal: float, standen: int = 0) -> str:
    if s.methode == "gecorrigeerd voor de nulstand":
        stand = "het gemiddelde voor de start" + (" en de laatste meting voor de start" if standen > 1 else "")
        gewicht = f" Een pilotgebied weegt 1/{_n(maal)}." if maal != 1.0 else ""
        return (
            "De pilotgebieden begonnen elders en er is niet geloot. Schat daarom met kleinste kwadraten de verandering "
            f"uit: pilot (1 of 0), een vast getal, {stand}.{gewicht} Het getal bij pilot is het effect: "
            f"{_n(s.effect)}, met standaardfout {_n(s.se)}. Hebben pilots veel minder antwoorden, dan is gewogen met "
            "Paule en Mandel."
        )
    if s.methode == "bekende steekproefvariantie":
        return (
            "De pilotgebieden hebben veel minder antwoorden. Weeg daarom elk gebied met 1 gedeeld door "
            "(variantie tussen gebieden + variantie van de steekproef). De variantie tussen gebieden is die van "
            f"Paule en Mandel. Het gewogen verschil is {_n(s.effect)}, met standaardfout {_n(s.se)}."
        )
    if maal != 1.0:
        return (
            f"Een verandering van een pilotgebied varieert {_n(maal)} keer zo sterk als het gewogen gemiddelde van een "
            "vergelijkingsgebied. Deel de kwadraten van de pilotgebieden door dat getal, tel alle kwadraten van de "
            f"afwijkingen op en deel door {n1 + n0 - 2}. Maal ({_n(maal)}/{n1} + 1/{n0}); de wortel is de "
            f"standaardfout: {_n(s.se)}."
        )
    return (
        "Tel de kwadraten op van de afwijkingen van het gemiddelde van de eigen groep. Deel door "
        f"{n1} + {n0} - 2 = {n1 + n0 - 2}. Maal (1/{n1} + 1/{n0}); de wortel is de standaardfout: {_n(s.se)}."
    )


def _marge(s: Schatting) -> str:
    zeker = _n(100 * s.zekerheid)
    return (
        f"Neem de t-verdeling met {s.df} vrijheidsgraden. Kans op toeval (tweezijdig): p = {_n(s.p)}. "
        f"Marge van {zeker} %: {_n(s.onder)} tot {_n(s.boven)}."
    )


def _n(getal: float) -> str:
    """A number for another program: point as decimal sign, enough digits."""
    return f"{float(getal):.{CIJFERS}g}"
