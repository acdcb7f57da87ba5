"""Entry of measurements as a grid: the areas of the plan down, and per indicator the wave that is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..inhoud import Indicator, Meetplan
from ..kern import perioden
from ..kern.notatie import getal
from ..model import Meetwaarde
from .invulformulier import Plat, tekst

TE_KLEIN = "te klein"


@dataclass(frozen=True)
class Cel:
    """`naam`: the fields 'waarde-…' and 'mensen-…'; `staat`: what is kept now, as text ('' for nothing)."""

    naam: str
    gebied: str
    pilot: bool
    staat: str
    mensen: str


@dataclass(frozen=True)
class Blok:
    nummer: int
    indicator: Indicator
    periode: str
    leesbaar: str
    cellen: tuple[Cel, ...]
    bron: str


def golf(indicator: Indicator, dag: date) -> str:
    """The wave that is due: a survey now, a register over the wave that has ended."""
    nu = perioden.van_dag(dag, indicator.ritme)
    return nu if indicator.bronsoort == "vragenlijst" else perioden.schuif(nu, -1)


def rooster(
    plan: Meetplan, bekend: Mapping[tuple[str, str, str], Meetwaarde], dag: date, gekozen: str = ""
) -> list[Blok]:  # fmt: skip
    """`gekozen`: another wave than the one that is due, for every indicator with that rhythm."""
    uit = []
    for n, i in enumerate(plan.indicatoren):
        past = perioden.is_periode(gekozen) and perioden.ritme(gekozen) == i.ritme
        periode = gekozen if past else golf(i, dag)
        cellen = tuple(_cel(n, k, g, plan, bekend.get((i.sleutel, g, periode))) for k, g in enumerate(plan.gebieden()))
        uit.append(Blok(n, i, periode, perioden.leesbaar(periode), cellen, i.bron))
    return uit


def _cel(n: int, k: int, gebied: str, plan: Meetplan, m: Meetwaarde | None) -> Cel:
    staat = "" if m is None else TE_KLEIN if m.onderdrukt else getal(m.waarde or 0.0)
    mensen = "" if m is None or m.respondenten is None else str(m.respondenten)
    return Cel(f"{n}-{k}", gebied, gebied in plan.pilotgebieden, staat, mensen)


def namen(blokken: list[Blok]) -> list[str]:
    uit = [f"{soort}-{c.naam}" for b in blokken for c in b.cellen for soort in ("waarde", "mensen")]
    return [*uit, *(f"bron-{b.nummer}" for b in blokken), "reden"]


def begin(blokken: list[Blok]) -> Plat:
    """What the grid shows before anything is typed: the values that are kept."""
    uit: Plat = {f"bron-{b.nummer}": b.bron for b in blokken}
    for b in blokken:
        for c in b.cellen:
            uit |= {f"waarde-{c.naam}": c.staat, f"mensen-{c.naam}": c.mensen}
    return uit


def rijen(blokken: list[Blok], plat: Plat) -> list[tuple[str, dict[str, Any]]]:
    """(field, parameters of the act 'meting') for every cell that was filled and differs from what is kept."""
    uit = []
    for b in blokken:
        for c in b.cellen:
            waarde, mensen = tekst(plat, f"waarde-{c.naam}").strip(), tekst(plat, f"mensen-{c.naam}").strip()
            if waarde and (waarde, mensen) != (c.staat, c.mensen):
                uit.append((f"waarde-{c.naam}", _meting(b, c, waarde, mensen, plat)))
    return uit


def _meting(b: Blok, c: Cel, waarde: str, mensen: str, plat: Plat) -> dict[str, Any]:
    """Numbers as people type them; what is no number stays text, so that the act names it."""
    te_klein = waarde.casefold() == TE_KLEIN
    uit = {
        "indicator": b.indicator.sleutel, "gebied": c.gebied, "periode": b.periode, "onderdrukt": te_klein,
        "bron": tekst(plat, f"bron-{b.nummer}").strip(), "reden": tekst(plat, "reden").strip(),
    }  # fmt: skip
    if not te_klein:
        uit["waarde"] = _lees(waarde)
    if mensen and not te_klein:
        uit["respondenten"] = _lees(mensen.replace(".", ""))
    return uit


def _lees(ruw: str) -> Any:
    from ..meetbronnen.waarden import getal as lees_getal

    try:
        return lees_getal(ruw)
    except ValueError:
        return ruw
