"""The verdict on the effect of pilots, by the decision rule of shared/kennis/effect.md, in its order.

Before-after alone cries success in 36 % of cases where nothing happened; this rule in 4 %. It rests on the exact
t test on one change per area (Lee & Wooldridge), and everything else only lowers the verdict or stands beside it.
Synthetic control, interrupted time series and CausalImpact are left out on purpose: they mislead here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from aanbesteding.kern import effect_toets as toets
from aanbesteding.kern import effect_verandering as collaps
from aanbesteding.kern.effect_panel import Raster, Reeks, maak_raster, ruim_op
from aanbesteding.kern.effect_plan import minimaal_aantoonbaar
from aanbesteding.kern.effect_synthetisch import synthetisch
from aanbesteding.kern.effect_taal import reden, zin
from aanbesteding.kern.effect_typen import (
    ALFA,
    MAX_NULSTAND_SD,
    MAX_PRIMAIR,
    MIN_AANDEEL_RESPONDENTEN,
    MIN_PLACEBO_METINGEN,
    MIN_VERGELIJKING,
    Melding,
    Ontwerp,
    Oordeel,
    Periode,
    Permutatie,
    Schatting,
    Synthetisch,
    Uitkomst,
)

__all__ = ["Melding", "Ontwerp", "Oordeel", "Periode", "Schatting", "oordeel", "oordelen"]
ZAAD = 20260101


@dataclass
class _Onderzoek:
    """Everything measured on one indicator, before significance levels are known."""

    ontwerp: Ontwerp
    raster: Raster
    waarschuwingen: list[Melding]
    redenen: list[Melding]
    pilots: Reeks
    vergelijking: Reeks
    varianties: tuple[Reeks, Reeks] | None = None
    schatting: Schatting | None = None
    permutatie: Permutatie | None = None
    nulstand_sd: float | None = None
    placebo_p: float | None = None
    synthetisch: Synthetisch | None = None

    @property
    def verschil(self) -> float | None:
        if not len(self.pilots) or not len(self.vergelijking):
            return None
        return float(self.pilots.mean() - self.vergelijking.mean())


def _stand_in_de_weg(onderzoek: _Onderzoek) -> list[Melding]:
    """Rule 1: what leaves us with a description only."""
    raster, ontwerp = onderzoek.raster, onderzoek.ontwerp
    if ontwerp.modelcijfers:
        return [reden("modelcijfers")]
    if not raster.n_pilot:
        return [reden("geen_voor_of_na")]
    if raster.n_vergelijking < MIN_VERGELIJKING:
        return [reden("te_weinig_vergelijking")]
    return []


def _nulstand(onderzoek: _Onderzoek) -> float | None:
    """How far the pilots' baseline is from the comparison, in SD between comparison areas; None without SD."""
    pilots, anderen = collaps.nulstanden(onderzoek.raster)
    sd = float(np.std(anderen, ddof=1))
    return float((pilots.mean() - anderen.mean()) / sd) if sd > 0 else None


def _placebo(raster: Raster) -> float | None:
    """p of a pretended start halfway the waves before the real one; None with fewer than three such waves."""
    vooraf = collaps.placebo_raster(raster, MIN_PLACEBO_METINGEN)
    if vooraf is None:
        return None
    tabel = collaps.veranderingen(vooraf)
    pilots, anderen = collaps.per_gebied(vooraf, tabel)
    pilots, anderen = pilots[~np.isnan(pilots)], anderen[~np.isnan(anderen)]
    if not len(pilots) or len(anderen) < MIN_VERGELIJKING:
        return None
    try:
        return toets.exacte_t(pilots, anderen).p
    except ValueError:  # no spread before the start: nothing to test
        return None


def _minder_respondenten(raster: Raster) -> bool:
    """Rule 3: whether some pilot has under 67 % of the respondents of a usual comparison area."""
    if raster.n is None:
        return False
    per_gebied = np.array(
        [np.median(rij[~np.isnan(rij)]) if (~np.isnan(rij)).any() else np.nan for rij in raster.n]
    )
    anderen = per_gebied[raster.n_pilot :]
    anderen = anderen[~np.isnan(anderen)]
    if not len(anderen):
        return False
    return bool(np.nanmin(per_gebied[: raster.n_pilot]) < MIN_AANDEEL_RESPONDENTEN * np.median(anderen))


def _schat(onderzoek: _Onderzoek, zekerheid: float) -> Schatting:
    """Rule 3: the exact t, or the known sampling variance when pilots have far fewer respondents."""
    if onderzoek.varianties is not None:
        return toets.bekende_variantie(
            onderzoek.pilots, onderzoek.vergelijking, *onderzoek.varianties, zekerheid
        )
    return toets.exacte_t(onderzoek.pilots, onderzoek.vergelijking, zekerheid)


def _voormetingen(raster: Raster) -> tuple[int, int]:
    """Fewest measured waves before and after the start over the pilots."""
    gemeten = ~np.isnan(raster.ruw[: raster.n_pilot])
    voor = min(int((gemeten[i] & raster.voor(c)).sum()) for i, c in enumerate(raster.cohort))
    na = min(int((gemeten[i] & raster.na(c)).sum()) for i, c in enumerate(raster.cohort))
    return voor, na


def _grenzen(onderzoek: _Onderzoek) -> list[Melding]:
    """Rules 2 and 6: what caps the verdict at a hint."""
    ontwerp = onderzoek.ontwerp
    grenzen = []
    if _voormetingen(onderzoek.raster)[0] <= 1:
        grenzen.append(reden("een_voormeting"))
    if (
        onderzoek.nulstand_sd is not None
        and abs(onderzoek.nulstand_sd) > MAX_NULSTAND_SD
        and not ontwerp.loting
    ):
        grenzen.append(reden("nulstand"))
    if onderzoek.placebo_p is not None and onderzoek.placebo_p < 0.05:
        grenzen.append(reden("placebo"))
    if _minder_respondenten(onderzoek.raster) and onderzoek.varianties is None:
        grenzen.append(reden("ongelijke_steekproef"))
    tweede = onderzoek.synthetisch
    if tweede is not None and tweede.effect * (onderzoek.verschil or 0.0) < 0:
        grenzen.append(reden("synthetisch"))
    return grenzen


def _onderzoek(panel: pd.DataFrame, ontwerp: Ontwerp, tweede_mening: bool, zaad: int) -> _Onderzoek:
    raster, meldingen = maak_raster(panel, ontwerp)
    raster, opgeruimd = ruim_op(raster)
    pilots, vergelijking = np.empty(0), np.empty(0)
    tabel = collaps.veranderingen(raster)
    if raster.n_pilot:
        pilots, vergelijking = collaps.per_gebied(raster, tabel)
    uit = _Onderzoek(ontwerp, raster, meldingen + opgeruimd, [], pilots, vergelijking)
    uit.redenen = _stand_in_de_weg(uit)
    if uit.redenen:
        return uit
    if _minder_respondenten(raster):
        uit.varianties = collaps.steekproefvariantie(raster, ontwerp)
    try:
        uit.schatting = _schat(uit, 0.95)
    except ValueError:
        uit.redenen = [reden("geen_spreiding")]
        return uit
    uit.permutatie = toets.permutatie(tabel, raster.cohort, raster.aandelen, zaad)
    uit.nulstand_sd, uit.placebo_p = _nulstand(uit), _placebo(raster)
    if tweede_mening:
        uit.synthetisch, extra = synthetisch(raster, zaad)
        uit.waarschuwingen += extra
    uit.redenen = _grenzen(uit)
    return uit


def _uitkomst(onderzoek: _Onderzoek, sterk: Schatting, zwak: Schatting) -> Uitkomst:
    """Rule 7, after the caps: strong, weak, or nothing shown."""
    begrensd = bool(onderzoek.redenen)
    if sterk.sluit_nul_uit():
        return "aanwijzing" if begrensd else "waarschijnlijk"
    if zwak.sluit_nul_uit():
        return "aanwijzing"
    grens = onderzoek.ontwerp.relevant_effect
    if grens is not None and not begrensd and -abs(grens) < sterk.onder and sterk.boven < abs(grens):
        return "waarschijnlijk geen groot effect"
    return "niet aangetoond"


def _opmerkingen(onderzoek: _Onderzoek, uitkomst: Uitkomst, sterk: Schatting) -> list[Melding]:
    """Remarks that leave the verdict as it is."""
    uit = []
    p = onderzoek.permutatie
    if uitkomst == "waarschijnlijk" and p is not None and p.kan_klein and p.p > 0.10:
        uit.append(reden("permutatie"))
    grens = onderzoek.ontwerp.relevant_effect
    if (
        uitkomst == "waarschijnlijk"
        and grens is not None
        and min(abs(sterk.onder), abs(sterk.boven)) < abs(grens)
    ):
        uit.append(reden("klein"))
    return uit


def _beschrijving(onderzoek: _Onderzoek) -> Oordeel:
    """The verdict 'alleen beschrijvend': the difference is shown, nothing is claimed."""
    redenen, raster = tuple(onderzoek.redenen), onderzoek.raster
    voor, na = _voormetingen(raster) if raster.n_pilot else (0, 0)
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


def _zonder_trend(raster: Raster, zekerheid: float) -> Schatting | None:
    """The same test after taking each area's own straight line out; None with fewer than three waves before."""
    pilots, anderen = collaps.per_gebied(raster, collaps.veranderingen(raster, trend=True))
    pilots, anderen = pilots[~np.isnan(pilots)], anderen[~np.isnan(anderen)]
    if len(pilots) < raster.n_pilot or len(anderen) < MIN_VERGELIJKING:
        return None
    try:
        return toets.exacte_t(pilots, anderen, zekerheid, "gecorrigeerd voor een rechte trend")
    except ValueError:
        return None


def _beslis(onderzoek: _Onderzoek, alfa_sterk: float, alfa_zwak: float) -> Oordeel:
    if onderzoek.schatting is None:
        return _beschrijving(onderzoek)
    raster, ontwerp, zekerheid = onderzoek.raster, onderzoek.ontwerp, 1 - alfa_sterk
    sterk, zwak = _schat(onderzoek, zekerheid), _schat(onderzoek, 1 - alfa_zwak)
    uitkomst, redenen = _uitkomst(onderzoek, sterk, zwak), tuple(onderzoek.redenen)
    sd = float(np.std(onderzoek.vergelijking, ddof=1))
    aantoonbaar = None
    if sd > 0:
        aantoonbaar = minimaal_aantoonbaar(raster.n_pilot, raster.n_vergelijking, sd, alfa=alfa_sterk)
    nul = collaps.nulstanden(raster)
    voor, na = _voormetingen(raster)
    return Oordeel(
        uitkomst=uitkomst,
        zin=zin(uitkomst, ontwerp, sterk, aantoonbaar, redenen),
        gewenst=(sterk.effect > 0) == (ontwerp.richting == "omhoog"),
        verschil=onderzoek.verschil,
        schatting=sterk,
        permutatie=onderzoek.permutatie,
        nulstand_sd=onderzoek.nulstand_sd,
        nulstand_gecorrigeerd=toets.gecorrigeerd_voor_nulstand(
            onderzoek.pilots, onderzoek.vergelijking, *nul, zekerheid
        ),
        trend_gecorrigeerd=_zonder_trend(raster, zekerheid),
        placebo_p=onderzoek.placebo_p,
        synthetisch=onderzoek.synthetisch,
        aantoonbaar=aantoonbaar,
        n_pilot=raster.n_pilot,
        n_vergelijking=raster.n_vergelijking,
        n_voor=voor,
        n_na=na,
        redenen=redenen,
        waarschuwingen=(*onderzoek.waarschuwingen, *_opmerkingen(onderzoek, uitkomst, sterk)),
    )


def oordelen(
    indicatoren: Mapping[str, tuple[pd.DataFrame, Ontwerp]], *, tweede_mening: bool = True, zaad: int = ZAAD
) -> dict[str, Oordeel]:
    """Verdicts on all primary indicators together, Holm-corrected over the registered number (at most three).

    indicatoren: name -> (panel with columns gebied, periode, waarde, optional n; design). An indicator without
    a test still counts in the correction: what was registered beforehand decides. tweede_mening=False skips the
    synthetic method (0.5 s), and with it rule 6. Raises ValueError in Dutch for more than three indicators,
    mixed moments and bad panels.
    """
    if not 1 <= len(indicatoren) <= MAX_PRIMAIR:
        raise ValueError(f"Kies één tot drie primaire indicatoren. Dit zijn er {len(indicatoren)}.")
    momenten = {ontwerp.moment for _, ontwerp in indicatoren.values()}
    if len(momenten) > 1:
        raise ValueError(
            "De indicatoren hebben niet hetzelfde moment. Kies voor alle 'eind' of 'tussentijds'."
        )
    alle = {naam: _onderzoek(p, o, tweede_mening, zaad) for naam, (p, o) in indicatoren.items()}
    p_waarden = [o.schatting.p if o.schatting else 1.0 for o in alle.values()]
    sterk, zwak = (toets.holm_niveaus(p_waarden, alfa) for alfa in ALFA[momenten.pop()])
    return {
        naam: _beslis(onderzoek, s, z)
        for (naam, onderzoek), s, z in zip(alle.items(), sterk, zwak, strict=True)
    }


def oordeel(
    panel: pd.DataFrame, ontwerp: Ontwerp, *, tweede_mening: bool = True, zaad: int = ZAAD
) -> Oordeel:
    """The verdict on a single indicator; see `oordelen`."""
    return oordelen({"": (panel, ontwerp)}, tweede_mening=tweede_mening, zaad=zaad)[""]
