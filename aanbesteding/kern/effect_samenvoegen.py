"""Areas that were joined on the way: earlier figures of the parts count together as the new area.

Shares and means are weighed by respondents (or inhabitants), counts are added. Without numbers a mean would be
wrong by an unknown amount, so there is none. When one part was a pilot and another was not, the joined area is
neither: the parts count on their own until they were joined, and the joined figures do not count.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from aanbesteding.kern import perioden
from aanbesteding.kern.effect_typen import Melding, Schaal
from aanbesteding.kern.notatie import opsomming


@dataclass(frozen=True)
class Fusie:
    """`oud` became `nieuw` from the wave `vanaf` on (text as in perioden)."""

    nieuw: str
    oud: tuple[str, ...]
    vanaf: str


@dataclass(frozen=True)
class Gebieden:
    """Who is a pilot (area -> start) and who is compared with, and the remarks made on the way."""

    start: Mapping[str, str]
    vergelijking: tuple[str, ...]
    meldingen: tuple[Melding, ...] = field(default=())

    def rol(self, gebied: str) -> str:
        """The start of a pilot, "vergelijking", or "" for an area outside the plan."""
        return self.start.get(gebied) or ("vergelijking" if gebied in self.vergelijking else "")

    def meld(self, code: str, tekst: str) -> "Gebieden":
        return replace(self, meldingen=(*self.meldingen, Melding(code, tekst)))


def voeg_samen(
    panel: pd.DataFrame, gebieden: Gebieden, fusies: Sequence[Fusie], schaal: Schaal
) -> tuple[pd.DataFrame, Gebieden]:
    """Panel (gebied, periode, waarde, n and more) and roles after all mergers, oldest first."""
    volgorde = sorted(fusies, key=lambda f: perioden.begin(f.vanaf))
    telt = {*gebieden.start, *gebieden.vergelijking}
    for fusie in reversed(volgorde):  # parts of parts: only the last name need stand in the plan
        if telt & {fusie.nieuw, *fusie.oud}:
            telt |= {fusie.nieuw, *fusie.oud}
    for fusie in volgorde:
        if _gemengd(gebieden, fusie):
            panel, gebieden = _laat_apart(panel, gebieden, fusie)
        elif telt & {fusie.nieuw, *fusie.oud}:
            panel, gebieden = _een_gebied(panel, gebieden, fusie, schaal)
    return panel, gebieden


def _gemengd(gebieden: Gebieden, fusie: Fusie) -> bool:
    """Whether pilots and others (or pilots with different starts) went into one area.

    A part outside the plan has no role of its own: beside a comparison area it is just a part, beside a pilot it
    is an area where the pilot did not work, unless the plan names the joined area itself.
    """
    delen = [gebieden.rol(g) for g in fusie.oud]
    rollen = {r for r in (*delen, gebieden.rol(fusie.nieuw)) if r}
    pilots = rollen - {"vergelijking"}
    buiten = "" in delen and not gebieden.rol(fusie.nieuw)
    return len(rollen) > 1 or bool(pilots and buiten)


def _laat_apart(panel: pd.DataFrame, gebieden: Gebieden, fusie: Fusie) -> tuple[pd.DataFrame, Gebieden]:
    tekst = (
        f"{fusie.nieuw} bestaat sinds {fusie.vanaf} uit {opsomming(list(fusie.oud))}. Daar liep niet overal dezelfde "
        f"pilot. Wij tellen de delen apart, tot {fusie.vanaf}. Latere cijfers tellen niet mee."
    )
    start = {g: s for g, s in gebieden.start.items() if g != fusie.nieuw}
    ander = tuple(g for g in gebieden.vergelijking if g != fusie.nieuw)
    gebieden = replace(gebieden, start=start, vergelijking=ander).meld("samen_gemengd", tekst)
    return panel[panel["gebied"] != fusie.nieuw], gebieden


def _een_gebied(panel: pd.DataFrame, gebieden: Gebieden, fusie: Fusie, schaal: Schaal) -> tuple[pd.DataFrame, Gebieden]:
    gebieden = _een_rol(gebieden, fusie)
    is_deel = panel["gebied"].isin(fusie.oud)
    eigen = set(panel.loc[(panel["gebied"] == fusie.nieuw) & panel["waarde"].notna(), "periode"])
    delen = panel[is_deel & panel["waarde"].notna() & ~panel["periode"].isin(eigen)]
    samen: list[dict[Hashable, object]] = []
    zonder: list[str] = []
    for periode, groep in delen.groupby("periode", sort=False):
        if not perioden.is_voor(str(periode), fusie.vanaf) or set(groep["gebied"]) != set(fusie.oud):
            continue
        rij = _som(groep, schaal)
        if rij is None:
            zonder.append(str(periode))
        else:
            samen.append(groep.iloc[0].to_dict() | {"gebied": fusie.nieuw} | rij)
    if samen:
        tekst = f"{fusie.nieuw} bestond voor {fusie.vanaf} uit {opsomming(list(fusie.oud))}. " + (
            "Wij telden de delen op." if schaal == "aantal" else "Wij wogen de delen naar het aantal mensen."
        )
        gebieden = gebieden.meld("samengevoegd", tekst)
    if zonder:
        welke = opsomming(perioden.sorteer(zonder))
        tekst = f"{fusie.nieuw}: voor {welke} ontbreekt het aantal mensen per deel. Vul dat in."
        gebieden = gebieden.meld("samen_zonder_aantal", tekst)
    rest = panel[~is_deel & ~((panel["gebied"] == fusie.nieuw) & panel["waarde"].isna())]
    if not samen:
        return rest, gebieden
    return pd.concat([rest, pd.DataFrame(samen, columns=panel.columns)], ignore_index=True), gebieden


def _een_rol(gebieden: Gebieden, fusie: Fusie) -> Gebieden:
    """The joined area takes the role that its parts had."""
    rol = next((r for r in (gebieden.rol(g) for g in (fusie.nieuw, *fusie.oud)) if r), "")
    if not rol:
        return gebieden
    start = {g: s for g, s in gebieden.start.items() if g not in fusie.oud}
    ander = [g for g in gebieden.vergelijking if g not in fusie.oud]
    if rol == "vergelijking":
        ander = ander if fusie.nieuw in ander else [*ander, fusie.nieuw]
    else:
        start[fusie.nieuw] = rol
    return replace(gebieden, start=start, vergelijking=tuple(ander))


def _som(groep: pd.DataFrame, schaal: Schaal) -> dict[str, float] | None:
    """Value and n of the parts together; None when the weights are not known."""
    waarde, n = groep["waarde"].to_numpy(dtype=float), groep["n"].to_numpy(dtype=float)
    alle_n = float(n.sum()) if not np.isnan(n).any() else float("nan")
    if schaal == "aantal":
        return {"waarde": float(waarde.sum()), "n": alle_n}
    if np.isnan(n).any() or not n.sum() > 0:
        return None
    return {"waarde": float((waarde * n).sum() / n.sum()), "n": alle_n}
