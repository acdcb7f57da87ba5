"""From a tidy panel to a grid of areas and waves, with every gap and every dropped area reported."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from aanbesteding.kern.effect_typen import Melding, Ontwerp, Periode
from aanbesteding.kern.notatie import opsomming

Reeks = npt.NDArray[np.float64]
Masker = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Raster:
    """Areas x waves. Pilots come first; `cohort` gives per pilot the index of its start in `starts`.

    waarde: (areas, waves), nan where not measured, evened out for gaps; ruw: the same as measured.
    n: (areas, waves) respondents. starts: wave index of each distinct start.
    telt: (waves,) whether a wave after the start counts for the endpoint.
    """

    gebieden: tuple[str, ...]
    perioden: tuple[Periode, ...]
    waarde: Reeks
    ruw: Reeks
    n: Reeks | None
    cohort: tuple[int, ...]
    starts: tuple[int, ...]
    telt: Masker

    @property
    def n_pilot(self) -> int:
        return len(self.cohort)

    @property
    def n_vergelijking(self) -> int:
        return len(self.gebieden) - len(self.cohort)

    @property
    def aandelen(self) -> Reeks:
        """Share of the pilots in each cohort: how comparison areas weigh the cohorts' changes."""
        return np.bincount(self.cohort, minlength=len(self.starts)) / max(self.n_pilot, 1)

    def voor(self, c: int) -> Masker:
        return np.arange(len(self.perioden)) < self.starts[c]

    def na(self, c: int) -> Masker:
        return ~self.voor(c) & self.telt


def _controleer(panel: pd.DataFrame, ontwerp: Ontwerp) -> pd.DataFrame:
    """A clean copy of the panel. Raises ValueError in Dutch that names the column and the mend."""
    if ontbreekt := [k for k in ("gebied", "periode", "waarde") if k not in panel.columns]:
        raise ValueError(f"De metingen missen de kolom {opsomming(ontbreekt)}. Voeg die toe.")
    if not ontwerp.start:
        raise ValueError("Het meetplan noemt geen pilotgebied. Voeg minstens één pilotgebied toe.")
    if dubbel := sorted(set(ontwerp.start) & set(ontwerp.vergelijking)):
        raise ValueError(f"Pilot en vergelijking tegelijk: {opsomming(dubbel)}. Kies één van beide.")
    schoon = panel.copy()
    for kolom in [k for k in ("waarde", "n") if k in schoon.columns]:
        getallen = pd.to_numeric(schoon[kolom], errors="coerce")
        fout = schoon[kolom].notna() & ~np.isfinite(getallen.astype(float))
        if fout.any():
            raise ValueError(f"De kolom {kolom} bevat iets anders dan een getal: {schoon.loc[fout, kolom].iloc[0]!r}.")
        schoon[kolom] = getallen.astype(float)
    if "n" in schoon.columns and (schoon["n"] <= 0).any():
        raise ValueError("De kolom n bevat een getal van nul of lager. Vul het aantal respondenten in.")
    if schoon["periode"].isna().any() or schoon["gebied"].isna().any():
        raise ValueError("Elke meting heeft een gebied en een periode nodig. Vul de lege cellen in.")
    herhaald = schoon.duplicated(["gebied", "periode"])
    if herhaald.any():
        gebied, periode = schoon.loc[herhaald, ["gebied", "periode"]].iloc[0]
        raise ValueError(f"Gebied {gebied} heeft twee metingen voor {periode}. Laat er één staan.")
    return schoon


def _sorteer(perioden: Sequence[Periode], ontwerp: Ontwerp) -> list[Periode]:
    """Waves in order of time. Raises ValueError when periods and start are of different kinds."""
    try:
        geordend = sorted(perioden)
        _ = [start < geordend[0] for start in ontwerp.start.values() if geordend]  # type: ignore[operator]
    except TypeError as fout:
        raise ValueError("De perioden en de startperiode hebben niet dezelfde vorm. Schrijf ze gelijk.") from fout
    return geordend


def _melding_gebieden(code: str, tekst: str, gebieden: Sequence[str]) -> list[Melding]:
    return [Melding(code, f"{tekst}: {opsomming(list(gebieden))}.")] if gebieden else []


def maak_raster(panel: pd.DataFrame, ontwerp: Ontwerp) -> tuple[Raster, list[Melding]]:
    """Panel (columns gebied, periode, waarde, optional n) as a grid, with warnings on what was left out.

    Raises ValueError for missing columns, doubles, non-numbers and mixed kinds of periods.
    """
    schoon = _controleer(panel, ontwerp)
    schoon["gebied"] = schoon["gebied"].astype(str)
    meldingen = []
    bekend = [*ontwerp.start, *ontwerp.vergelijking]
    gemeten = set(schoon.loc[schoon["waarde"].notna(), "gebied"])
    over = sorted(set(schoon["gebied"]) - set(bekend))
    meldingen += _melding_gebieden("buiten_plan", "Niet in het meetplan, telt dus niet mee", over)
    weg = [g for g in bekend if g not in gemeten]
    meldingen += _melding_gebieden("geen_meting", "In het meetplan, maar zonder meting", weg)
    schoon = schoon[schoon["gebied"].isin(bekend) & schoon["waarde"].notna()]
    perioden = _sorteer(list(schoon["periode"].unique()), ontwerp)
    gebieden = [g for g in bekend if g in gemeten]
    pilots = [g for g in gebieden if g in ontwerp.start]

    rij = schoon["gebied"].map({g: i for i, g in enumerate(gebieden)}).to_numpy(dtype=int)
    golf = schoon["periode"].map({p: i for i, p in enumerate(perioden)}).to_numpy(dtype=int)

    def veld(kolom: str) -> Reeks:
        breed = np.full((len(gebieden), len(perioden)), np.nan)
        breed[rij, golf] = schoon[kolom].to_numpy(dtype=float)
        return breed

    index = {g: sum(p < ontwerp.start[g] for p in perioden) for g in pilots}  # type: ignore[operator]
    starts = tuple(sorted(set(index.values())))
    telt = np.array([ontwerp.eindmetingen is None or p in ontwerp.eindmetingen for p in perioden], dtype=bool)
    raster = Raster(
        gebieden=tuple(gebieden),
        perioden=tuple(perioden),
        waarde=veld("waarde"),
        ruw=veld("waarde"),
        n=veld("n") if "n" in schoon.columns else None,
        cohort=tuple(starts.index(index[g]) for g in pilots),
        starts=starts,
        telt=telt,
    )
    return raster, meldingen


def _houd(raster: Raster, rijen: Masker) -> Raster:
    """The same grid with only these areas; cohorts without pilots vanish."""
    cohorten = [c for c, houd in zip(raster.cohort, rijen, strict=False) if houd]
    oud = sorted(set(cohorten))
    return replace(
        raster,
        gebieden=tuple(g for g, houd in zip(raster.gebieden, rijen, strict=True) if houd),
        waarde=raster.waarde[rijen],
        ruw=raster.ruw[rijen],
        n=None if raster.n is None else raster.n[rijen],
        cohort=tuple(oud.index(c) for c in cohorten),
        starts=tuple(raster.starts[c] for c in oud),
    )


def _zonder_golven(raster: Raster, houd: Masker) -> Raster:
    """The same grid with only these waves."""
    return replace(
        raster,
        perioden=tuple(p for p, h in zip(raster.perioden, houd, strict=True) if h),
        waarde=raster.waarde[:, houd],
        ruw=raster.ruw[:, houd],
        n=None if raster.n is None else raster.n[:, houd],
        starts=tuple(int(houd[:s].sum()) for s in raster.starts),
        telt=raster.telt[houd],
    )


def _bruikbaar(raster: Raster) -> Masker:
    """Areas with a wave before and after (pilots: own start; comparison: every start), not half empty."""
    gemeten = ~np.isnan(raster.waarde)
    goed: Masker = np.zeros(len(raster.gebieden), dtype=bool)
    for i in range(len(raster.gebieden)):
        is_pilot = i < raster.n_pilot
        cohorten = [raster.cohort[i]] if is_pilot else range(len(raster.starts))
        goed[i] = all((gemeten[i] & raster.voor(c)).any() and (gemeten[i] & raster.na(c)).any() for c in cohorten)
        if not is_pilot and gemeten[i].mean() < 0.5:
            goed[i] = False
    return goed


def ruim_op(raster: Raster) -> tuple[Raster, list[Melding]]:
    """Drops areas that cannot be compared and evens out gaps; says so each time."""
    meldingen = []
    zonder: Masker = np.asarray(np.isnan(raster.waarde[raster.n_pilot :]).all(axis=0), dtype=bool)
    if raster.n_vergelijking and zonder.any():
        leeg = [str(p) for p, z in zip(raster.perioden, zonder, strict=True) if z]
        meldingen += _melding_gebieden("meting_zonder_vergelijking", "Meting zonder vergelijkingsgebied", leeg)
        raster = _zonder_golven(raster, ~zonder)
    goed = _bruikbaar(raster)
    # A pilot that leaves takes its cohort along, and with it a demand on the comparison areas.
    pilots: Masker = np.asarray(goed | (np.arange(len(goed)) >= raster.n_pilot), dtype=bool)
    weg = [g for g, houd in zip(raster.gebieden, pilots, strict=True) if not houd]
    raster = _houd(raster, pilots)
    goed = _bruikbaar(raster)
    weg += [g for g, houd in zip(raster.gebieden, goed, strict=True) if not houd]
    meldingen += _melding_gebieden("gebied_vervalt", "Te weinig metingen voor of na de start, telt niet mee", weg)
    raster = _houd(raster, goed)
    return _vul_gaten(raster, meldingen)


def _vul_gaten(raster: Raster, meldingen: list[Melding]) -> tuple[Raster, list[Melding]]:
    """Takes the common swing of each wave out, when gaps would let it leak into an area's mean.

    The swing is estimated on the comparison areas alone (area + wave model). Without gaps this step would
    change no effect at all, so it is skipped.
    """
    gat: Masker = np.asarray(np.isnan(raster.waarde), dtype=bool)
    if not gat.any() or not raster.n_pilot or not raster.n_vergelijking:
        return raster, meldingen
    namen = [
        f"{g} ({opsomming([str(p) for p, leeg in zip(raster.perioden, rij, strict=True) if leeg])})"
        for g, rij in zip(raster.gebieden, gat, strict=True)
        if rij.any()
    ]
    meldingen = meldingen + _melding_gebieden("gaten", "Ontbrekende metingen, hiervoor is gecorrigeerd", namen)
    return replace(raster, waarde=raster.waarde - golfeffecten(raster.waarde[raster.n_pilot :])), meldingen


def golfeffecten(waarde: Reeks) -> Reeks:
    """Common wave effects (waves,) of an area + wave model by least squares; 0 for waves without a value."""
    i, t = np.nonzero(~np.isnan(waarde))
    ontwerp = np.zeros((len(i), sum(waarde.shape)))
    ontwerp[np.arange(len(i)), i] = 1.0
    ontwerp[np.arange(len(i)), waarde.shape[0] + t] = 1.0
    oplossing = np.linalg.lstsq(ontwerp, waarde[i, t], rcond=None)[0]
    return np.asarray(oplossing[waarde.shape[0] :], dtype=float)
