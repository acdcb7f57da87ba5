"""Everything that one indicator tells, before the verdict: rules 1, 2, 3 and 6 of the decision rule."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy import stats

from aanbesteding.kern import effect_toets as toets
from aanbesteding.kern import effect_verandering as collaps
from aanbesteding.kern.effect_panel import Raster, Reeks, maak_raster
from aanbesteding.kern.effect_ruimop import ruim_op
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

Paar = tuple[Reeks, Reeks]
P_ONRUST = 0.20
# Waves hang together (AR .5 or so): ten of them tell as much about the noise as six loose ones.
DEEL_DF = 0.6


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
    df: int | None = None
    varianties: Paar | None = None
    schatting: Schatting | None = None
    permutatie: Permutatie | None = None
    nulstand_sd: float | None = None
    nulstand_laatste_sd: float | None = None
    corrigeer: list[Paar] = field(default_factory=list)
    placebo_p: float | None = None
    synthetisch: Synthetisch | None = None

    @property
    def verschil(self) -> float | None:
        if not len(self.pilots) or not len(self.vergelijking):
            return None
        return float(self.pilots.mean() - self.vergelijking.mean())

    def scheef(self, stand: float | None) -> bool:
        """Rule 2: whether pilots began elsewhere than the comparison, while nobody drew lots."""
        return not self.ontwerp.loting and stand is not None and abs(stand) > MAX_NULSTAND_SD


def _stand_in_de_weg(onderzoek: Onderzoek) -> list[Melding]:
    """Rule 1: what leaves us with a description only."""
    raster, ontwerp = onderzoek.raster, onderzoek.ontwerp
    if ontwerp.modelcijfers:
        return [reden("modelcijfers")]
    if not raster.n_pilot:
        door_breuk = any(m.code == "breuk" for m in onderzoek.waarschuwingen)
        return [reden("breuk" if door_breuk else "geen_voor_of_na")]
    if raster.n_vergelijking < MIN_VERGELIJKING:
        return [reden("te_weinig_vergelijking")]
    return []


def _in_sd(paar: Paar) -> float | None:
    """How far the pilots' baseline is from the comparison, in SD of the comparison areas; None without SD."""
    pilots, anderen = paar[0], paar[1][~np.isnan(paar[1])]
    sd = float(np.std(anderen, ddof=1)) if len(anderen) > 1 else 0.0
    return float((pilots.mean() - anderen.mean()) / sd) if sd > 0 else None


def _placebo(onderzoek: Onderzoek) -> float | None:
    """p of a pretended start halfway the waves before the real one; None with fewer than three such waves."""
    vooraf = collaps.placebo_raster(onderzoek.raster, MIN_PLACEBO_METINGEN)
    if vooraf is None:
        return None
    tabel = collaps.veranderingen(vooraf)
    pilots, anderen = collaps.per_gebied(vooraf, tabel)
    heel = ~np.isnan(anderen)
    if np.isnan(pilots).any() or heel.sum() < MIN_VERGELIJKING:
        return None
    try:
        if onderzoek.varianties is not None:
            bekend = collaps.steekproefvariantie(vooraf, onderzoek.ontwerp)
            if bekend is not None:
                return toets.bekende_variantie(pilots, anderen[heel], bekend[0], bekend[1][heel]).p
        return toets.exacte_t(pilots, anderen[heel], verhouding=collaps.verhouding(vooraf, tabel)).p
    except ValueError:  # no spread before the start: nothing to test
        return None


def _onrust(onderzoek: Onderzoek) -> None:
    """Widens the margin when the pilots were more restless before the start than chance explains.

    Without it, pilots twice as noisy give 16 to 21 % false positives (docs/kalibratie.md).
    """
    gemeten = collaps.onrust(onderzoek.raster)
    if gemeten is None or stats.f.sf(gemeten.maal, gemeten.df_pilot, gemeten.df_vergelijking) >= P_ONRUST:
        return
    onderzoek.waarschuwingen.append(reden("onrust"))
    onderzoek.verhouding *= gemeten.maal
    n1, n0 = len(onderzoek.pilots), len(onderzoek.vergelijking)
    onderzoek.df = toets.df_met_onrust(n1, n0, onderzoek.verhouding, DEEL_DF * gemeten.df_pilot)


def exact(onderzoek: Onderzoek, zekerheid: float) -> Schatting:
    groepen = onderzoek.pilots, onderzoek.vergelijking
    return toets.exacte_t(*groepen, zekerheid, verhouding=onderzoek.verhouding, df=onderzoek.df)


def corrigeer(onderzoek: Onderzoek, nul: list[Paar], zekerheid: float) -> Schatting | None:
    """The change corrected for these baselines, with the same variances as the main estimate."""
    groepen = onderzoek.pilots, onderzoek.vergelijking
    if onderzoek.varianties is None:
        return toets.gecorrigeerd_voor_nulstand(*groepen, nul, zekerheid, onderzoek.verhouding, onderzoek.df)
    try:
        uit = toets.bekende_variantie(*groepen, *onderzoek.varianties, zekerheid, nul)
    except ValueError:
        return None
    return replace(uit, methode="gecorrigeerd voor de nulstand")


def schat(onderzoek: Onderzoek, zekerheid: float) -> Schatting:
    """Rules 2 and 3: the exact t; known sampling variance for far fewer respondents; corrected for the baseline."""
    uit = corrigeer(onderzoek, onderzoek.corrigeer, zekerheid) if onderzoek.corrigeer else None
    if uit is not None:
        return uit
    if onderzoek.varianties is not None:
        return toets.bekende_variantie(onderzoek.pilots, onderzoek.vergelijking, *onderzoek.varianties, zekerheid)
    return exact(onderzoek, zekerheid)


def metingen_rond_start(raster: Raster) -> tuple[int, int]:
    """Fewest measured waves before and after the start over the pilots."""
    cohort = list(raster.cohort)
    return int(raster.voor_golf.sum(axis=1)[cohort].min()), int(raster.na_golf.sum(axis=1)[cohort].min())


def _grenzen(onderzoek: Onderzoek) -> list[Melding]:
    """Rules 2, 3 and 6, and ours beside them (docs/kalibratie.md): what caps the verdict at a hint."""
    ontwerp, voor = onderzoek.ontwerp, metingen_rond_start(onderzoek.raster)[0]
    grenzen = []
    if voor <= 1:
        grenzen.append(reden("een_voormeting"))
    elif voor < MIN_PLACEBO_METINGEN and not ontwerp.loting:
        grenzen.append(reden("weinig_voormetingen"))
    if onderzoek.scheef(onderzoek.nulstand_sd) or onderzoek.scheef(onderzoek.nulstand_laatste_sd):
        grenzen.append(reden("nulstand"))
    if onderzoek.placebo_p is not None and onderzoek.placebo_p < 0.05:
        grenzen.append(reden("placebo"))
    if any(m.code == "pilot_vervalt" for m in onderzoek.waarschuwingen):
        grenzen.append(reden("pilot_weg"))
    if not ontwerp.primair:
        grenzen.append(reden("bijkomend"))
    tweede = onderzoek.synthetisch
    if tweede is not None and tweede.effect * (onderzoek.verschil or 0.0) < 0:
        grenzen.append(reden("synthetisch"))
    return grenzen


def _meet_de_stand(onderzoek: Onderzoek) -> None:
    """The baselines and, where they are off without a lottery, what to correct for.

    Areas are chosen on their usual figure or on the last one, and nobody writes down which: so for both.
    """
    raster = onderzoek.raster
    stand, laatste = collaps.nulstanden(raster), collaps.nulstanden(raster, laatste=True)
    onderzoek.nulstand_sd, onderzoek.nulstand_laatste_sd = _in_sd(stand), _in_sd(laatste)
    if onderzoek.scheef(onderzoek.nulstand_sd):
        paren = [stand, laatste] if raster.voor_golf.sum(axis=1).max() > 1 else [stand]
        onderzoek.corrigeer = [p for p in paren if not np.isnan(np.concatenate(p)).any()]


def _varianties(onderzoek: Onderzoek) -> None:
    """Rule 3: known sampling variance when pilots have far fewer respondents, else the variance ratio."""
    raster, ontwerp = onderzoek.raster, onderzoek.ontwerp
    onderzoek.verhouding = collaps.verhouding(raster, collaps.veranderingen(raster))
    aandeel = collaps.aandeel_respondenten(raster, ontwerp)
    if aandeel is not None and not MIN_AANDEEL_RESPONDENTEN <= aandeel <= 1 / MIN_AANDEEL_RESPONDENTEN:
        onderzoek.varianties = collaps.steekproefvariantie(raster, ontwerp)
        if onderzoek.varianties is not None:
            return
        if aandeel < 1:
            onderzoek.redenen.append(reden("ongelijke_steekproef"))
    _onrust(onderzoek)


def onderzoek_indicator(panel: pd.DataFrame, ontwerp: Ontwerp, tweede_mening: bool, zaad: int) -> Onderzoek:
    raster, meldingen = maak_raster(panel, ontwerp)
    raster, opgeruimd = ruim_op(raster)
    pilots, vergelijking = np.empty(0), np.empty(0)
    tabel = collaps.veranderingen(raster)
    if raster.n_pilot:
        pilots, vergelijking = collaps.per_gebied(raster, tabel)
    uit = Onderzoek(ontwerp, raster, [*ontwerp.meldingen, *meldingen, *opgeruimd], [], pilots, vergelijking)
    uit.redenen = _stand_in_de_weg(uit)
    if uit.redenen:
        return uit
    _varianties(uit)
    _meet_de_stand(uit)
    try:
        uit.schatting = schat(uit, 0.95)
    except ValueError:
        uit.redenen = [reden("geen_spreiding")]
        return uit
    uit.permutatie = toets.permutatie(tabel, raster.cohort, raster.aandelen, zaad)
    uit.placebo_p = _placebo(uit)
    if tweede_mening:
        uit.synthetisch, extra = synthetisch(raster, zaad)
        uit.waarschuwingen += extra
    uit.redenen += _grenzen(uit)
    return uit
