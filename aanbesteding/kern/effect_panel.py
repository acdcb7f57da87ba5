"""From a tidy panel to a grid of areas and waves; what is left out is reported."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from aanbesteding.kern import effect_golven as golven
from aanbesteding.kern.effect_golven import Masker, Vak
from aanbesteding.kern.effect_typen import Melding, Ontwerp, Periode
from aanbesteding.kern.notatie import opsomming

Reeks = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Raster:
    """Areas x waves. Pilots come first; `cohort` gives per pilot its pattern.

    A pattern is a start with the waves that its pilots were measured in, so that every pilot is compared over its
    own waves: a gap, an early stop or a break in definition counts on both sides.
    waarde: (areas, waves), nan where not measured, evened out for gaps; ruw: the same as measured.
    n: (areas, waves) respondents. tijd: (waves,) place in time.
    starts: per pattern the index of the first wave from the start on. voor_golf, na_golf: (patterns, waves).
    """

    gebieden: tuple[str, ...]
    perioden: tuple[Periode, ...]
    tijd: Reeks
    waarde: Reeks
    ruw: Reeks
    n: Reeks | None
    cohort: tuple[int, ...]
    starts: tuple[int, ...]
    voor_golf: Masker
    na_golf: Masker

    @property
    def n_pilot(self) -> int:
        return len(self.cohort)

    @property
    def n_vergelijking(self) -> int:
        return len(self.gebieden) - len(self.cohort)

    @property
    def aandelen(self) -> Reeks:
        """Share of the pilots in each pattern: how comparison areas weigh the patterns' changes."""
        return np.bincount(self.cohort, minlength=len(self.starts)) / max(self.n_pilot, 1)

    def voor(self, c: int) -> Masker:
        return np.asarray(self.voor_golf[c], dtype=bool)

    def na(self, c: int) -> Masker:
        """The waves after the start that count for the endpoint."""
        return np.asarray(self.na_golf[c], dtype=bool)


def _getallen(schoon: pd.DataFrame) -> None:
    for kolom in [k for k in ("waarde", "n") if k in schoon.columns]:
        kan = pd.to_numeric(schoon[kolom], errors="coerce").astype(float)
        fout = schoon[kolom].notna() & ~np.isfinite(kan)
        if fout.any():
            raise ValueError(f"De kolom {kolom} bevat iets anders dan een getal: {schoon.loc[fout, kolom].iloc[0]!r}.")
        schoon[kolom] = kan


def _controleer(panel: pd.DataFrame, ontwerp: Ontwerp) -> pd.DataFrame:
    """A clean copy of the panel. Raises ValueError in Dutch that names the column and the mend."""
    if ontbreekt := [k for k in ("gebied", "periode", "waarde") if k not in panel.columns]:
        raise ValueError(f"De metingen missen de kolom {opsomming(ontbreekt)}. Voeg die toe.")
    if not ontwerp.start:
        raise ValueError("Het meetplan noemt geen pilotgebied. Voeg minstens één pilotgebied toe.")
    if dubbel := sorted(set(ontwerp.start) & set(ontwerp.vergelijking)):
        raise ValueError(f"Pilot en vergelijking tegelijk: {opsomming(dubbel)}. Kies één van beide.")
    schoon = panel.copy()
    _getallen(schoon)
    if "n" in schoon.columns and (schoon["n"] <= 0).any():
        raise ValueError("De kolom n bevat een getal van nul of lager. Vul het aantal respondenten in.")
    if schoon["periode"].isna().any() or schoon["gebied"].isna().any():
        raise ValueError("Elke meting heeft een gebied en een periode nodig. Vul de lege cellen in.")
    schoon["gebied"] = schoon["gebied"].astype(str)
    herhaald = schoon.duplicated(["gebied", "periode"])
    if herhaald.any():
        gebied, periode = schoon.loc[herhaald, ["gebied", "periode"]].iloc[0]
        raise ValueError(f"Gebied {gebied} heeft twee metingen voor {periode}. Laat er één staan.")
    return schoon


def melding_gebieden(code: str, tekst: str, namen: Sequence[str]) -> list[Melding]:
    return [Melding(code, f"{tekst}: {opsomming(list(namen))}.")] if namen else []


def _golven(schoon: pd.DataFrame, ontwerp: Ontwerp) -> tuple[list[Periode], dict[Periode, Vak], list[Melding]]:
    """Waves in order without those that hold shorter ones, their intervals, and what was left out."""
    gemeten: list[Periode] = list(schoon["periode"].unique())
    vak = golven.vakken([*gemeten, *ontwerp.start.values(), *ontwerp.breuken])
    perioden = golven.geordend(gemeten, vak)
    dubbel = golven.overlappend(perioden, vak)
    meldingen = melding_gebieden(
        "golf_dubbel", "Deze periode bevat kortere perioden en telt daarom niet mee", [str(p) for p in dubbel]
    )
    return [p for p in perioden if p not in dubbel], vak, meldingen


def _patronen(
    ontwerp: Ontwerp, pilots: list[str], perioden: list[Periode], vak: dict[Periode, Vak], gemeten: Masker
) -> tuple[tuple[int, ...], tuple[int, ...], Masker, Masker]:
    """(cohort, starts, voor_golf, na_golf): one pattern per start and set of measured waves."""
    telt = np.array([ontwerp.eindmetingen is None or p in ontwerp.eindmetingen for p in perioden], dtype=bool)
    patroon = []
    for i, g in enumerate(pilots):
        start = ontwerp.start[g]
        voor, na = golven.maskers(perioden, start, ontwerp.breuken, vak)
        eerste = sum(not vak[p].na(vak[start]) for p in perioden)
        patroon.append((eerste, tuple(voor & gemeten[i]), tuple(na & telt & gemeten[i])))
    uniek = sorted(set(patroon), key=lambda x: (x[0], [not v for v in x[1]], [not v for v in x[2]]))
    breed = (len(uniek), len(perioden))
    voor_golf = np.array([u[1] for u in uniek], dtype=bool).reshape(breed)
    na_golf = np.array([u[2] for u in uniek], dtype=bool).reshape(breed)
    return tuple(uniek.index(x) for x in patroon), tuple(u[0] for u in uniek), voor_golf, na_golf


def maak_raster(panel: pd.DataFrame, ontwerp: Ontwerp) -> tuple[Raster, list[Melding]]:
    """Panel (columns gebied, periode, waarde, optional n) as a grid, with warnings on what was left out.

    Raises ValueError for missing columns, doubles, non-numbers and mixed kinds of periods.
    """
    schoon = _controleer(panel, ontwerp)
    meldingen = []
    bekend = [*ontwerp.start, *ontwerp.vergelijking]
    gemeten = set(schoon.loc[schoon["waarde"].notna(), "gebied"])
    over = sorted(set(schoon["gebied"]) - set(bekend))
    meldingen += melding_gebieden("buiten_plan", "Niet in het meetplan, telt dus niet mee", over)
    weg = [g for g in bekend if g not in gemeten]
    meldingen += melding_gebieden("geen_meting", "In het meetplan, maar zonder meting", weg)
    schoon = schoon[schoon["gebied"].isin(bekend) & schoon["waarde"].notna()]
    perioden, vak, extra = _golven(schoon, ontwerp)
    schoon = schoon[schoon["periode"].isin(perioden)]
    gebieden = [g for g in bekend if g in gemeten]
    pilots = [g for g in gebieden if g in ontwerp.start]

    rij = schoon["gebied"].map({g: i for i, g in enumerate(gebieden)}).to_numpy(dtype=int)
    golf = schoon["periode"].map({p: i for i, p in enumerate(perioden)}).to_numpy(dtype=int)

    def veld(kolom: str) -> Reeks:
        breed = np.full((len(gebieden), len(perioden)), np.nan)
        breed[rij, golf] = schoon[kolom].to_numpy(dtype=float)
        return breed

    waarde = veld("waarde")
    cohort, starts, voor, na = _patronen(ontwerp, pilots, perioden, vak, ~np.isnan(waarde))
    raster = Raster(
        gebieden=tuple(gebieden), perioden=tuple(perioden), tijd=golven.tijdlijn(perioden, vak), waarde=waarde,
        ruw=waarde.copy(), n=veld("n") if "n" in schoon.columns else None, cohort=cohort, starts=starts,
        voor_golf=voor, na_golf=na,
    )  # fmt: skip
    return raster, [*meldingen, *extra, *_buiten_de_maskers(raster, ontwerp, vak)]


def _buiten_de_maskers(raster: Raster, ontwerp: Ontwerp, vak: dict[Periode, Vak]) -> list[Melding]:
    """Waves in which a start falls, and waves beyond a break: on no side, so said."""
    starts = {ontwerp.start[g] for g in raster.gebieden[: raster.n_pilot]}
    erin = [p for p in raster.perioden if any(golven.in_de_start([p], s, vak) for s in starts)]
    uit = melding_gebieden(
        "golf_in_start", "De start valt in deze meting. Zij telt niet mee voor de gebieden die toen begonnen",
        [str(p) for p in erin],
    )  # fmt: skip
    if ontwerp.breuken and raster.n_pilot:
        gebruikt: Masker = np.asarray((raster.voor_golf | raster.na_golf).any(axis=0), dtype=bool)
        zonder = [p for p, g in zip(raster.perioden, gebruikt, strict=True) if not g and p not in erin]
        tekst = "Vanaf een ander moment is anders gemeten. Deze metingen zijn niet te vergelijken en tellen niet mee"
        uit += melding_gebieden("breuk", tekst, [str(p) for p in zonder])
    return uit
