"""What is due at a measuring moment: per indicator the wave, per area what stands there now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..inhoud import Indicator, Meetplan
from ..kern import perioden
from ..model import Meetwaarde
from ..termijnen import naar_amsterdam

Plek = tuple[str, str, str]


@dataclass(frozen=True)
class Cel:
    gebied: str
    pilot: bool
    nu: Meetwaarde | None
    vorige: Meetwaarde | None
    """The wave before, to compare with while typing."""


@dataclass(frozen=True)
class Blok:
    """One indicator in one wave."""

    indicator: Indicator
    periode: str
    cellen: tuple[Cel, ...]

    @property
    def mist(self) -> list[str]:
        return [c.gebied for c in self.cellen if c.nu is None]


def golf(plan: Meetplan, indicator: Indicator, moment: datetime, *, nulmeting: bool, terug: int = 0) -> str:
    """The wave that this indicator asks for at this moment, `terug` waves earlier.

    A survey is held in the wave of the moment; registers publish a wave after it has ended. A baseline lies before
    the start of the pilot.
    """
    wave = perioden.van_dag(naar_amsterdam(moment).date(), indicator.ritme)
    if indicator.bronsoort != "vragenlijst":
        wave = perioden.schuif(wave, -1)
    while nulmeting and not perioden.is_voor(wave, plan.startperiode):
        wave = perioden.schuif(wave, -1)
    return perioden.schuif(wave, -terug) if terug else wave


def gebieden_in(plan: Meetplan, periode: str) -> list[str]:
    """The areas of the plan in this wave: joined ones by their new name from then on, before it by their parts."""
    namen = plan.gebieden()
    for s in sorted(plan.samenvoegingen, key=lambda s: perioden.orde(s.vanaf)):
        samen = perioden.is_na(periode, s.vanaf)
        weg, erbij = (set(s.oud), [s.nieuw]) if samen else ({s.nieuw}, s.oud)
        if weg & set(namen):
            plek = min(namen.index(g) for g in weg & set(namen))
            rest = [g for g in namen if g not in weg and g not in erbij]
            namen = [*rest[:plek], *erbij, *rest[plek:]]
    return namen


def blokken(
    plan: Meetplan, waarden: Mapping[Plek, Meetwaarde], moment: datetime, *, nulmeting: bool, terug: int = 0
) -> list[Blok]:
    """The grid of a moment; `waarden`: metingen.nieuwste_waarden."""
    return [_blok(plan, i, golf(plan, i, moment, nulmeting=nulmeting, terug=terug), waarden) for i in plan.indicatoren]


def _blok(plan: Meetplan, i: Indicator, wave: str, waarden: Mapping[Plek, Meetwaarde]) -> Blok:
    voor, pilots = perioden.schuif(wave, -1), set(plan.pilotgebieden)
    pilots |= {g for s in plan.samenvoegingen if {s.nieuw, *s.oud} & pilots for g in (s.nieuw, *s.oud)}
    return Blok(i, wave, tuple(
        Cel(g, g in pilots, waarden.get((i.sleutel, g, wave)), waarden.get((i.sleutel, g, voor)))
        for g in gebieden_in(plan, wave)
    ))  # fmt: skip


def ontbrekende_rijen(bladen: list[Blok]) -> list[tuple[str, str, str, str]]:
    """(indicator, area, wave, source) of everything that is not there yet."""
    return [(b.indicator.sleutel, g, b.periode, b.indicator.bron) for b in bladen for g in b.mist]


def inzetgolven(plan: Meetplan, moment: datetime, aantal: int = 6) -> list[str]:
    """Waves since the pilot began, newest first, in the rhythm of the start: for the effort of the coalition."""
    soort = perioden.ritme(plan.startperiode)
    wave, eerste = perioden.van_dag(naar_amsterdam(moment).date(), soort), perioden.begin(plan.startperiode)
    alle = [perioden.schuif(wave, -n) for n in range(aantal)]
    return [g for g in alle if perioden.begin(g) >= eerste] or [wave]
