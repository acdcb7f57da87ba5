"""Areas and waves that cannot be compared go out, gaps are evened out; each time it is said."""

from dataclasses import replace

import numpy as np

from aanbesteding.kern.effect_golven import Masker
from aanbesteding.kern.effect_panel import Raster, Reeks, melding_gebieden
from aanbesteding.kern.effect_typen import Melding
from aanbesteding.kern.notatie import opsomming


def _houd(raster: Raster, rijen: Masker) -> Raster:
    """The same grid with only these areas; patterns without pilots vanish."""
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
        voor_golf=raster.voor_golf[oud],
        na_golf=raster.na_golf[oud],
    )


def _zonder_golven(raster: Raster, houd: Masker) -> Raster:
    """The same grid with only these waves."""
    return replace(
        raster,
        perioden=tuple(p for p, h in zip(raster.perioden, houd, strict=True) if h),
        tijd=raster.tijd[houd],
        waarde=raster.waarde[:, houd],
        ruw=raster.ruw[:, houd],
        n=None if raster.n is None else raster.n[:, houd],
        starts=tuple(int(houd[:s].sum()) for s in raster.starts),
        voor_golf=raster.voor_golf[:, houd],
        na_golf=raster.na_golf[:, houd],
    )


def _bruikbaar(raster: Raster) -> Masker:
    """Areas with a wave before and after (pilots: own pattern; comparison: every pattern), not half empty."""
    gemeten = ~np.isnan(raster.waarde)
    goed: Masker = np.zeros(len(raster.gebieden), dtype=bool)
    gebruikt = (raster.voor_golf | raster.na_golf).any(axis=0)
    for i in range(len(raster.gebieden)):
        is_pilot = i < raster.n_pilot
        cohorten = [raster.cohort[i]] if is_pilot else range(len(raster.starts))
        goed[i] = all((gemeten[i] & raster.voor(c)).any() and (gemeten[i] & raster.na(c)).any() for c in cohorten)
        if not is_pilot and gebruikt.any() and gemeten[i, gebruikt].mean() < 0.5:
            goed[i] = False
    return goed


def _zonder_vergelijking(raster: Raster) -> tuple[Raster, list[Melding]]:
    zonder: Masker = np.asarray(np.isnan(raster.waarde[raster.n_pilot :]).all(axis=0), dtype=bool)
    if not raster.n_vergelijking or not zonder.any():
        return raster, []
    leeg = [str(p) for p, z in zip(raster.perioden, zonder, strict=True) if z]
    meldingen = melding_gebieden("meting_zonder_vergelijking", "Meting zonder vergelijkingsgebied", leeg)
    return _zonder_golven(raster, ~zonder), meldingen


def ruim_op(raster: Raster) -> tuple[Raster, list[Melding]]:
    """Drops areas that cannot be compared and evens out gaps; says so each time.

    A pilot that had begun by the last wave and still cannot be compared gets its own code (pilot_vervalt): pilots
    that leave are seldom the successful ones.
    """
    raster, meldingen = _zonder_vergelijking(raster)
    goed = _bruikbaar(raster)
    # A pilot that leaves takes its pattern along, and with it a demand on the comparison areas.
    pilots: Masker = np.asarray(goed | (np.arange(len(goed)) >= raster.n_pilot), dtype=bool)
    weg = [i for i, houd in enumerate(pilots) if not houd]
    begonnen = [raster.gebieden[i] for i in weg if raster.starts[raster.cohort[i]] < len(raster.perioden)]
    namen = [raster.gebieden[i] for i in weg if raster.gebieden[i] not in begonnen]
    raster = _houd(raster, pilots)
    goed = _bruikbaar(raster)
    namen += [g for g, houd in zip(raster.gebieden, goed, strict=True) if not houd]
    meldingen += melding_gebieden("pilot_vervalt", "Pilotgebied zonder meting voor of na de start", begonnen)
    meldingen += melding_gebieden("gebied_vervalt", "Te weinig metingen voor of na de start, telt niet mee", namen)
    return _vul_gaten(_houd(raster, goed), meldingen)


def _vul_gaten(raster: Raster, meldingen: list[Melding]) -> tuple[Raster, list[Melding]]:
    """Takes the common swing of each wave out, when gaps would let it leak into an area's mean.

    The swing is estimated on the comparison areas alone (area + wave model). Without gaps this step would
    change no effect at all, so it is skipped.
    """
    gebruikt = (raster.voor_golf | raster.na_golf).any(axis=0)
    gat: Masker = np.asarray(np.isnan(raster.waarde) & gebruikt, dtype=bool)
    if not gat.any() or not raster.n_pilot or not raster.n_vergelijking:
        return raster, meldingen
    namen = [
        f"{g} ({opsomming([str(p) for p, leeg in zip(raster.perioden, rij, strict=True) if leeg])})"
        for g, rij in zip(raster.gebieden, gat, strict=True)
        if rij.any()
    ]
    meldingen = meldingen + melding_gebieden("gaten", "Ontbrekende metingen, hiervoor is gecorrigeerd", namen)
    vergeleken = np.where(gebruikt, raster.waarde[raster.n_pilot :], np.nan)
    return replace(raster, waarde=raster.waarde - golfeffecten(vergeleken)), meldingen


def golfeffecten(waarde: Reeks) -> Reeks:
    """Common wave effects (waves,) of an area + wave model by least squares; 0 for waves without a value.

    Areas are swept out first, so that the system has the size of the waves and not of the panel.
    """
    er = (~np.isnan(waarde)).astype(float)
    per_gebied = np.maximum(er.sum(axis=1, keepdims=True), 1.0)
    rest = np.where(er > 0, waarde - (np.where(er > 0, waarde, 0.0).sum(axis=1, keepdims=True) / per_gebied), 0.0)
    stelsel = np.diag(er.sum(axis=0)) - er.T @ (er / per_gebied)
    return np.asarray(np.linalg.lstsq(stelsel, rest.sum(axis=0), rcond=1e-10)[0], dtype=float)
