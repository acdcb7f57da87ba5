"""Everything that one indicator tells, before the verdict: rules 1, 2, 3 and 6 of the decision rule."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from aanbesteding.kern import effect_toets as toets
from aanbesteding.kern import effect_verandering as collaps
from aanbesteding.kern.effect_panel import Raster, Reeks, maak_raster, ruim_op
from aanbesteding.kern.effect_synthetisch import synthetisch
from aanbesteding.kern.effect_taal import reden
from aanbesteding.kern.effect_typen import (
    MAX_NULSTAND_SD,
    MIN_AANDEEL_RESPONDENTEN,
    MIN_PLACEBO_METINGEN,
    MIN_VERGELIJKING,
    Melding,
    Ontwerp,
    Permutatie,
    Schatting,
    Synthetisch,
)


@dataclass
class Onderzoek:
    """Everything measured on one indicator, before significance levels are known."""

    ontwerp: Ontwerp
    raster: Raster
    waarschuwingen: list[Melding]
    redenen: list[Melding]
    pilots: Reeks
    vergelijking: Reeks
    verhouding: float = 1.0
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


def _stand_in_de_weg(onderzoek: Onderzoek) -> list[Melding]:
    """Rule 1: what leaves us with a description only."""
    raster, ontwerp = onderzoek.raster, onderzoek.ontwerp
    if ontwerp.modelcijfers:
        return [reden("modelcijfers")]
    if not raster.n_pilot:
        return [reden("geen_voor_of_na")]
    if raster.n_vergelijking < MIN_VERGELIJKING:
        return [reden("te_weinig_vergelijking")]
    return []


def _nulstand(onderzoek: Onderzoek) -> float | None:
    """How far the pilots' baseline is from the comparison, in SD of the comparison areas; None without SD."""
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
    per_gebied = np.array([np.median(rij[~np.isnan(rij)]) if (~np.isnan(rij)).any() else np.nan for rij in raster.n])
    anderen = per_gebied[raster.n_pilot :]
    anderen = anderen[~np.isnan(anderen)]
    if not len(anderen):
        return False
    return bool(np.nanmin(per_gebied[: raster.n_pilot]) < MIN_AANDEEL_RESPONDENTEN * np.median(anderen))


def schat(onderzoek: Onderzoek, zekerheid: float) -> Schatting:
    """Rule 3: the exact t, or the known sampling variance when pilots have far fewer respondents."""
    if onderzoek.varianties is not None:
        return toets.bekende_variantie(onderzoek.pilots, onderzoek.vergelijking, *onderzoek.varianties, zekerheid)
    return toets.exacte_t(onderzoek.pilots, onderzoek.vergelijking, zekerheid, verhouding=onderzoek.verhouding)


def metingen_rond_start(raster: Raster) -> tuple[int, int]:
    """Fewest measured waves before and after the start over the pilots."""
    gemeten = ~np.isnan(raster.ruw[: raster.n_pilot])
    voor = min(int((gemeten[i] & raster.voor(c)).sum()) for i, c in enumerate(raster.cohort))
    na = min(int((gemeten[i] & raster.na(c)).sum()) for i, c in enumerate(raster.cohort))
    return voor, na


def _grenzen(onderzoek: Onderzoek) -> list[Melding]:
    """Rules 2 and 6: what caps the verdict at a hint."""
    ontwerp = onderzoek.ontwerp
    grenzen = []
    if metingen_rond_start(onderzoek.raster)[0] <= 1:
        grenzen.append(reden("een_voormeting"))
    if onderzoek.nulstand_sd is not None and abs(onderzoek.nulstand_sd) > MAX_NULSTAND_SD and not ontwerp.loting:
        grenzen.append(reden("nulstand"))
    if onderzoek.placebo_p is not None and onderzoek.placebo_p < 0.05:
        grenzen.append(reden("placebo"))
    if _minder_respondenten(onderzoek.raster) and onderzoek.varianties is None:
        grenzen.append(reden("ongelijke_steekproef"))
    tweede = onderzoek.synthetisch
    if tweede is not None and tweede.effect * (onderzoek.verschil or 0.0) < 0:
        grenzen.append(reden("synthetisch"))
    return grenzen


def onderzoek_indicator(panel: pd.DataFrame, ontwerp: Ontwerp, tweede_mening: bool, zaad: int) -> Onderzoek:
    raster, meldingen = maak_raster(panel, ontwerp)
    raster, opgeruimd = ruim_op(raster)
    pilots, vergelijking = np.empty(0), np.empty(0)
    tabel = collaps.veranderingen(raster)
    if raster.n_pilot:
        pilots, vergelijking = collaps.per_gebied(raster, tabel)
    uit = Onderzoek(ontwerp, raster, meldingen + opgeruimd, [], pilots, vergelijking)
    uit.redenen = _stand_in_de_weg(uit)
    if uit.redenen:
        return uit
    uit.verhouding = collaps.verhouding(raster, tabel)
    if _minder_respondenten(raster):
        uit.varianties = collaps.steekproefvariantie(raster, ontwerp)
    try:
        uit.schatting = schat(uit, 0.95)
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
