"""The verdict on the effect of pilots, by the decision rule of shared/kennis/effect.md, in its order.

Before-after alone cries success in 36 % of cases where nothing happened; this rule in 4 %. It rests on the
exact t test on one change per area (Lee & Wooldridge); all else lowers the verdict or stands beside it.
Synthetic control, interrupted time series and CausalImpact are left out on purpose: they mislead here.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats

from aanbesteding.kern import effect_toets as toets
from aanbesteding.kern import effect_verandering as collaps
from aanbesteding.kern.effect_onderzoek import (
    Onderzoek,
    corrigeer,
    exact,
    metingen_rond_start,
    onderzoek_indicator,
    schat,
)
from aanbesteding.kern.effect_plan import minimaal_aantoonbaar
from aanbesteding.kern.effect_taal import reden, zin
from aanbesteding.kern.effect_typen import (
    ALFA,
    MAX_PRIMAIR,
    MIN_VERGELIJKING,
    Melding,
    Ontwerp,
    Oordeel,
    Periode,
    Schatting,
    Uitkomst,
)

__all__ = [
    "Melding",
    "Ontwerp",
    "Oordeel",
    "Periode",
    "Schatting",
    "minimaal_aantoonbaar",
    "oordeel",
    "oordelen",
]
ZAAD = 20260101
KANS_TREND = 0.05
"""Without a lottery the estimate without trend must exclude zero too, one-sided (docs/kalibratie.md)."""


def _uitkomst(onderzoek: Onderzoek, sterk: Schatting, zwak: Schatting, begrensd: bool) -> Uitkomst:
    """Rule 7, after the caps: strong, weak, or nothing shown."""
    if sterk.sluit_nul_uit():
        return "aanwijzing" if begrensd else "waarschijnlijk"
    if zwak.sluit_nul_uit():
        return "aanwijzing"
    grens = onderzoek.ontwerp.relevant_effect
    if grens is not None and not begrensd and -abs(grens) < sterk.onder and sterk.boven < abs(grens):
        return "waarschijnlijk geen groot effect"
    return "niet aangetoond"


def _opmerkingen(onderzoek: Onderzoek, uitkomst: Uitkomst, sterk: Schatting) -> list[Melding]:
    """Remarks that leave the verdict as it is."""
    uit = []
    p = onderzoek.permutatie
    if uitkomst == "waarschijnlijk" and p is not None and p.kan_klein and p.p > 0.10:
        uit.append(reden("permutatie"))
    if onderzoek.corrigeer and sterk.methode != "exacte t-toets":
        uit.append(reden("gecorrigeerd"))
    grens = onderzoek.ontwerp.relevant_effect
    if uitkomst == "waarschijnlijk" and grens is not None and min(abs(sterk.onder), abs(sterk.boven)) < abs(grens):
        uit.append(reden("klein"))
    return uit


def _beschrijving(onderzoek: Onderzoek) -> Oordeel:
    """The verdict 'alleen beschrijvend': the difference is shown, nothing is claimed."""
    redenen, raster = tuple(onderzoek.redenen), onderzoek.raster
    voor, na = metingen_rond_start(raster) if raster.n_pilot else (0, 0)
    return Oordeel(
        uitkomst="alleen beschrijvend",
        zin=zin("alleen beschrijvend", onderzoek.ontwerp, None, None, redenen),
        gewenst=None,
        verschil=onderzoek.verschil,
        schatting=None,
        permutatie=None,
        nulstand_sd=None,
        nulstand_gecorrigeerd=None,
        trend_gecorrigeerd=None,
        placebo_p=None,
        synthetisch=None,
        aantoonbaar=None,
        n_pilot=raster.n_pilot,
        n_vergelijking=raster.n_vergelijking,
        n_voor=voor,
        n_na=na,
        redenen=redenen,
        waarschuwingen=tuple(onderzoek.waarschuwingen),
    )


def _zonder_trend(onderzoek: Onderzoek, zekerheid: float) -> Schatting | None:
    """The same test after taking each area's own straight line out; None with under three waves before."""
    raster = onderzoek.raster
    tabel = collaps.veranderingen(raster, trend=True)
    pilots, anderen = collaps.per_gebied(raster, tabel)
    maal = 1.0 if np.isnan(tabel).any() else collaps.verhouding(raster, tabel)
    pilots, anderen = pilots[~np.isnan(pilots)], anderen[~np.isnan(anderen)]
    if len(pilots) < raster.n_pilot or len(anderen) < MIN_VERGELIJKING:
        return None
    try:
        return toets.exacte_t(pilots, anderen, zekerheid, "gecorrigeerd voor een rechte trend", maal)
    except ValueError:
        return None


def _gevoelig(onderzoek: Onderzoek, sterk: Schatting, trend: Schatting | None, nul: Schatting | None) -> list[Melding]:
    """Without a lottery areas may have been drifting apart, or chosen on their baseline, too little to be seen.

    So a strong verdict must also stand, weaker, without each area's own trend and with a correction for the
    baseline. With a lottery such differences are chance, and chance is in the margin already (docs/kalibratie.md).
    """
    if onderzoek.ontwerp.loting or onderzoek.redenen or not sterk.sluit_nul_uit():
        return []
    uit = []
    if trend is not None and trend.effect * np.sign(sterk.effect) < stats.t.isf(KANS_TREND, trend.df) * trend.se:
        uit.append(reden("trend"))
    if nul is not None and (nul.effect * sterk.effect <= 0 or not nul.sluit_nul_uit()):
        uit.append(reden("nulstand_gevoelig"))
    return uit


def _kwantielen(df: int, alfa: float) -> float:
    """Times the standard error: the effect that is found in four out of five cases."""
    return float(stats.t.ppf(1 - alfa / 2, df) + stats.t.ppf(0.80, df))


def _aantoonbaar(onderzoek: Onderzoek, sterk: Schatting, alfa: float) -> float | None:
    """Smallest effect found in four out of five cases, for this design and this way of estimating."""
    raster = onderzoek.raster
    if sterk.methode != "exacte t-toets":
        return _kwantielen(sterk.df, alfa) * sterk.se
    sd = float(np.std(onderzoek.vergelijking, ddof=1))
    if not sd > 0:
        return None
    n1, n0 = raster.n_pilot, raster.n_vergelijking
    return minimaal_aantoonbaar(n1, n0, sd, alfa=alfa, verhouding=onderzoek.verhouding)


def _meer(onderzoek: Onderzoek, zekerheid: float) -> tuple[Schatting | None, Schatting | None]:
    """(baseline-adjusted, plain): what stands beside the estimate of the verdict."""
    nul = onderzoek.corrigeer or [collaps.nulstanden(onderzoek.raster)]
    gecorrigeerd = None
    if not np.isnan(np.concatenate(nul[0])).any():
        gecorrigeerd = corrigeer(onderzoek, nul, zekerheid)
    try:
        return gecorrigeerd, exact(onderzoek, zekerheid)
    except ValueError:
        return gecorrigeerd, None


def _beslis(onderzoek: Onderzoek, alfa_sterk: float, alfa_zwak: float) -> Oordeel:
    if onderzoek.schatting is None:
        return _beschrijving(onderzoek)
    raster, ontwerp, zekerheid = onderzoek.raster, onderzoek.ontwerp, 1 - alfa_sterk
    sterk, zwak = schat(onderzoek, zekerheid), schat(onderzoek, 1 - alfa_zwak)
    trend = _zonder_trend(onderzoek, zekerheid)
    nul, gewoon = _meer(onderzoek, zekerheid)
    redenen = (*onderzoek.redenen, *_gevoelig(onderzoek, sterk, trend, nul))
    uitkomst = _uitkomst(onderzoek, sterk, zwak, bool(redenen))
    aantoonbaar = _aantoonbaar(onderzoek, sterk, alfa_sterk)
    voor, na = metingen_rond_start(raster)
    return Oordeel(
        uitkomst=uitkomst,
        zin=zin(uitkomst, ontwerp, sterk, aantoonbaar, redenen),
        gewenst=(sterk.effect > 0) == (ontwerp.richting == "omhoog"),
        verschil=onderzoek.verschil,
        schatting=sterk,
        permutatie=onderzoek.permutatie,
        nulstand_sd=onderzoek.nulstand_sd,
        nulstand_gecorrigeerd=nul,
        trend_gecorrigeerd=trend,
        placebo_p=onderzoek.placebo_p,
        synthetisch=onderzoek.synthetisch,
        aantoonbaar=aantoonbaar,
        n_pilot=raster.n_pilot,
        n_vergelijking=raster.n_vergelijking,
        n_voor=voor,
        n_na=na,
        redenen=redenen,
        waarschuwingen=(*onderzoek.waarschuwingen, *_opmerkingen(onderzoek, uitkomst, sterk)),
        ongecorrigeerd=gewoon if gewoon is not None and gewoon.methode != sterk.methode else None,
        nulstand_laatste_sd=onderzoek.nulstand_laatste_sd,
        verhouding=onderzoek.verhouding,
    )


def oordelen(
    indicatoren: Mapping[str, tuple[pd.DataFrame, Ontwerp]], *, tweede_mening: bool = True, zaad: int = ZAAD
) -> dict[str, Oordeel]:
    """Verdicts on all primary indicators together, Holm-corrected over the registered number (at most three).

    indicatoren: name -> (panel with columns gebied, periode, waarde, optional n; design). An indicator
    without a test still counts in the correction: what was registered beforehand decides.
    tweede_mening=False skips the synthetic method (0.5 s), and with it rule 6.
    Raises ValueError in Dutch for more than three indicators, mixed moments and bad panels.
    """
    if not 1 <= len(indicatoren) <= MAX_PRIMAIR:
        raise ValueError(f"Kies één tot drie primaire indicatoren. Dit zijn er {len(indicatoren)}.")
    momenten = {ontwerp.moment for _, ontwerp in indicatoren.values()}
    if len(momenten) > 1:
        raise ValueError("De indicatoren hebben niet hetzelfde moment. Kies voor alle 'eind' of 'tussentijds'.")
    alle = {naam: onderzoek_indicator(p, o, tweede_mening, zaad) for naam, (p, o) in indicatoren.items()}
    p_waarden = [o.schatting.p if o.schatting else 1.0 for o in alle.values()]
    sterk, zwak = (toets.holm_niveaus(p_waarden, alfa) for alfa in ALFA[momenten.pop()])
    return {naam: _beslis(onderzoek, s, z) for (naam, onderzoek), s, z in zip(alle.items(), sterk, zwak, strict=True)}


def oordeel(panel: pd.DataFrame, ontwerp: Ontwerp, *, tweede_mening: bool = True, zaad: int = ZAAD) -> Oordeel:
    """The verdict on a single indicator; see `oordelen`."""
    return oordelen({"": (panel, ontwerp)}, tweede_mening=tweede_mening, zaad=zaad)[""]
