"""The effect per wave, for pictures: bars per wave and the expected line. Never for the verdict."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from aanbesteding.kern.effect_panel import Raster, Reeks, maak_raster
from aanbesteding.kern.effect_ruimop import golfeffecten, ruim_op
from aanbesteding.kern.effect_typen import Ontwerp, Periode


@dataclass(frozen=True)
class Verloop:
    """Differences between pilots and comparison areas, per start and wave and pooled.

    per_start: columns start, periode, sinds_start (waves since the start, < 0 is before), effect, n_pilot;
    the wave just before the start is the base and reads 0. per_sinds_start: pooled over starts, weighted by
    pilots. eenvoudig: mean over all pilots and waves after the start. gemiddeld: mean over the waves since
    the start.
    (Callaway & Sant'Anna 2021, comparison areas never treated, no covariates.)
    """

    per_start: pd.DataFrame
    per_sinds_start: pd.DataFrame
    eenvoudig: float
    gemiddeld: float


def _rijen(raster: Raster, start: int) -> list[tuple[Periode, Periode, int, float, int]]:
    """One row per wave for the pilots of one start: change since the base wave minus that of the others.

    The base is each pilot's own last wave before the start.
    """
    delen = []
    for i, c in enumerate(raster.cohort):
        if raster.starts[c] == start:
            basis = int(np.flatnonzero(raster.voor(c))[-1])
            verschil = raster.waarde - raster.waarde[:, [basis]]
            delen.append(verschil[i] - _gemiddelde_kolom(verschil[raster.n_pilot :]))
    tabel = np.array(delen)
    aantal = (~np.isnan(tabel)).sum(axis=0)
    midden = _gemiddelde_kolom(tabel)
    return [
        (raster.perioden[start], periode, t - start, float(midden[t]), int(aantal[t]))
        for t, periode in enumerate(raster.perioden)
        if aantal[t]
    ]


def _gemiddelde_kolom(tabel: Reeks) -> Reeks:
    """Mean per column over what is there; nan where nothing is."""
    aantal = (~np.isnan(tabel)).sum(axis=0)
    return np.where(aantal > 0, np.where(np.isnan(tabel), 0.0, tabel).sum(axis=0) / np.maximum(aantal, 1), np.nan)


def verloop(panel: pd.DataFrame, ontwerp: Ontwerp) -> Verloop:
    """Effect per wave. Raises ValueError when no pilot has a wave before and after its start."""
    raster, _ = ruim_op(maak_raster(panel, ontwerp)[0])
    if not raster.n_pilot or not raster.n_vergelijking:
        raise ValueError("Er zijn te weinig metingen voor een verloop. Meet voor en na de start.")
    rijen = [rij for start in sorted(set(raster.starts)) for rij in _rijen(raster, start)]
    per_start = pd.DataFrame(rijen, columns=["start", "periode", "sinds_start", "effect", "n_pilot"])
    gewogen = per_start.assign(som=per_start["effect"] * per_start["n_pilot"])
    groep = gewogen.groupby("sinds_start")[["som", "n_pilot"]].sum()
    per_sinds = pd.DataFrame({"effect": groep["som"] / groep["n_pilot"], "n_pilot": groep["n_pilot"]})
    na = gewogen[gewogen["sinds_start"] >= 0]
    eenvoudig = float(na["som"].sum() / na["n_pilot"].sum())
    gemiddeld = float(per_sinds.loc[per_sinds.index >= 0, "effect"].mean())
    return Verloop(per_start, per_sinds.reset_index(), eenvoudig, gemiddeld)


def verwachte_lijn(panel: pd.DataFrame, ontwerp: Ontwerp) -> pd.DataFrame:
    """Measured and expected value of the pilots together, per wave: columns periode, gemeten, verwacht.

    Expected: the pilots' own level before the first start plus the common movement of the comparison areas.
    """
    raster, _ = ruim_op(maak_raster(panel, ontwerp)[0])
    if not raster.n_pilot or not raster.n_vergelijking:
        raise ValueError("Er zijn te weinig metingen voor een lijn. Meet voor en na de start.")
    voor = (np.arange(len(raster.perioden)) < raster.starts[0]) & raster.voor_golf.any(axis=0)
    gemeten = _gemiddelde_lijn(raster.ruw[: raster.n_pilot])
    anderen = _gemiddelde_lijn(raster.ruw[raster.n_pilot :])
    samen = voor & ~np.isnan(gemeten) & ~np.isnan(anderen)
    verwacht = gemeten[samen].mean() + anderen - anderen[samen].mean()
    return pd.DataFrame({"periode": list(raster.perioden), "gemeten": gemeten, "verwacht": verwacht})


def _gemiddelde_lijn(waarde: Reeks) -> Reeks:
    """Mean per wave; an area + wave model keeps a gap from shifting the line. nan where nobody measured."""
    golven = golfeffecten(waarde)
    niveaus = np.nanmean(waarde - golven, axis=1)
    return np.where(np.isnan(waarde).all(axis=0), np.nan, niveaus.mean() + golven)
