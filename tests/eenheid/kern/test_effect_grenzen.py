"""What lowers a verdict beyond the first rules, and the margins of uneven designs; each on a panel that shows it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from aanbesteding.kern.effect import Ontwerp, Oordeel, oordeel, oordelen
from aanbesteding.kern.effect_plan import minimaal_aantoonbaar, verhouding_gespreid


def panel(
    effect: float = 0.0, *, zaad: int = 1, voor: int = 6, na: int = 6, helling: float = 0.0, onrust: float = 1.0,
    stand: float = 0.0, pilots: int = 3, anderen: int = 14,
) -> pd.DataFrame:  # fmt: skip
    rng = np.random.default_rng(zaad)
    rijen = []
    for g in [*(f"P{k}" for k in range(pilots)), *(f"V{k}" for k in range(anderen))]:
        is_pilot = g[0] == "P"
        niveau = rng.normal(40, 3) + (stand if is_pilot else 0)
        for t in range(voor + na):
            extra = (helling * t + (effect if t >= voor else 0)) if is_pilot else 0
            rijen.append((g, t, niveau + rng.normal(0, onrust if is_pilot else 1) + extra))
    return pd.DataFrame(rijen, columns=["gebied", "periode", "waarde"])


def opzet(voor: int = 6, pilots: int = 3, anderen: int = 14, **anders: object) -> Ontwerp:
    basis = Ontwerp(
        start={f"P{k}": voor for k in range(pilots)}, vergelijking=tuple(f"V{k}" for k in range(anderen)),
        loting=False, richting="omhoog", schaal="gemiddelde",
    )  # fmt: skip
    return replace(basis, **anders)  # type: ignore[arg-type]


def snel(p: pd.DataFrame, o: Ontwerp) -> Oordeel:
    return oordeel(p, o, tweede_mening=False)


def codes(uit: Oordeel) -> list[str]:
    return [m.code for m in uit.redenen]


def vlak(p: pd.DataFrame, voor: int = 6) -> pd.DataFrame:
    """The same panel with equal baselines in both groups, so that other rules are seen on their own."""
    nul = p[p["periode"] < voor].groupby("gebied")["waarde"].mean()
    verschil = nul[nul.index.str[0] == "V"].mean() - nul[nul.index.str[0] == "P"].mean()
    return p.assign(waarde=p["waarde"] + np.where(p["gebied"].str[0] == "P", verschil, 0.0))


def test_een_bijkomende_indicator_is_hoogstens_een_aanwijzing() -> None:
    o = opzet(loting=True)
    assert snel(panel(4), o).uitkomst == "waarschijnlijk"
    uit = snel(panel(4), replace(o, primair=False))
    assert (uit.uitkomst, codes(uit)) == ("aanwijzing", ["bijkomend"])
    assert uit.schatting == snel(panel(4), o).schatting


def test_twee_metingen_vooraf_zonder_loting_laten_geen_trend_zien() -> None:
    kort = panel(5, voor=2)
    uit = snel(vlak(kort, 2), opzet(2))
    assert uit.uitkomst == "aanwijzing"
    assert "weinig_voormetingen" in codes(uit)
    assert snel(kort, opzet(2, loting=True)).uitkomst == "waarschijnlijk"


def test_een_langzame_trend_die_de_placebo_mist_wordt_zonder_loting_geen_bewijs() -> None:
    """Over many draws: the pilots drift apart, pilot or not."""
    zonder = met = 0
    for zaad in range(40):
        p = vlak(panel(zaad=zaad, helling=0.15))
        zonder += snel(p, opzet()).uitkomst == "waarschijnlijk"
        met += snel(p, opzet(loting=True)).uitkomst == "waarschijnlijk"
    assert met > 10  # the lottery says that this cannot be; the plain test believes it
    assert zonder <= 4


def test_een_echt_effect_zonder_loting_haalt_waarschijnlijk() -> None:
    gehaald = [snel(vlak(panel(4, zaad=z)), opzet()).uitkomst for z in range(20)]
    assert gehaald.count("waarschijnlijk") >= 10


def test_scheve_nulstand_maakt_de_gecorrigeerde_uitkomst_de_hoofduitkomst() -> None:
    uit = snel(panel(4, stand=8), opzet())
    assert codes(uit) == ["nulstand"]
    assert uit.schatting == uit.nulstand_gecorrigeerd
    assert uit.ongecorrigeerd is not None
    assert uit.ongecorrigeerd.effect == pytest.approx(uit.verschil)
    assert "gecorrigeerd" in {m.code for m in uit.waarschuwingen}
    geloot = snel(panel(4, stand=8), opzet(loting=True))
    assert geloot.ongecorrigeerd is None
    assert geloot.schatting is not None
    assert geloot.schatting.methode == "exacte t-toets"


def test_een_dip_in_de_laatste_meting_voor_de_start_begrenst() -> None:
    """Chosen on the last figure: the mean before the start looks alike, the last wave does not."""
    p = vlak(panel(4, zaad=3))
    dip = (p["periode"] == 5) & (p["gebied"].str[0] == "P")
    rest = (p["periode"] < 5) & (p["gebied"].str[0] == "P")
    p.loc[dip, "waarde"] -= 10
    p.loc[rest, "waarde"] += 2
    uit = snel(p, opzet())
    assert uit.nulstand_sd is not None
    assert abs(uit.nulstand_sd) <= 0.8
    assert uit.nulstand_laatste_sd is not None
    assert uit.nulstand_laatste_sd < -0.8
    assert "nulstand" in codes(uit)
    assert uit.uitkomst in ("aanwijzing", "niet aangetoond")


def test_onrustige_pilots_krijgen_een_ruimere_marge() -> None:
    rustig, onrustig = (snel(panel(zaad=5, onrust=x), opzet(loting=True)) for x in (1.0, 3.0))
    assert rustig.verhouding == 1.0
    assert onrustig.verhouding > 3
    assert "onrust" in {m.code for m in onrustig.waarschuwingen}
    assert onrustig.schatting is not None
    assert onrustig.schatting.df < 15
    assert onrustig.ongecorrigeerd is None
    smal = snel(panel(zaad=5), opzet(loting=True)).schatting
    assert smal is not None
    assert onrustig.schatting.se > 1.7 * smal.se


def test_meer_respondenten_in_de_pilots_maken_de_marge_smaller() -> None:
    """Extra answers where the pilot runs are worth something; the exact t cannot see that."""
    smal = []
    for zaad in range(12):
        rng = np.random.default_rng(zaad)
        namen = [*(f"P{k}" for k in range(3)), *(f"V{k}" for k in range(14))]
        n = {g: 900 if g[0] == "P" else 100 for g in namen}
        rijen = [(g, t, 100 * rng.binomial(n[g], 0.4) / n[g], n[g]) for g in namen for t in range(12)]
        p = pd.DataFrame(rijen, columns=["gebied", "periode", "waarde", "n"])
        uit = snel(p, opzet(loting=True, schaal="procent"))
        kaal = snel(p.drop(columns="n"), opzet(loting=True, schaal="procent"))
        assert uit.schatting is not None
        assert kaal.schatting is not None
        assert uit.schatting.methode == "bekende steekproefvariantie"
        smal.append(uit.schatting.se / kaal.schatting.se)
    assert np.mean(smal) < 0.8


def test_aantallen_in_een_groot_gebied_schommelen_meer() -> None:
    """Counts: a pilot five times as large is five times as noisy, and the margin knows."""
    vals = 0
    for zaad in range(100):
        rng = np.random.default_rng(zaad)
        grootte = {"P0": 300.0} | {f"V{k}": 60.0 for k in range(14)}
        rijen = [(g, t, float(rng.poisson(m))) for g, m in grootte.items() for t in range(12)]
        p = pd.DataFrame(rijen, columns=["gebied", "periode", "waarde"])
        uit = snel(p, opzet(pilots=1, loting=True, schaal="aantal"))
        assert uit.schatting is not None
        assert uit.schatting.methode == "bekende steekproefvariantie"
        vals += uit.uitkomst == "waarschijnlijk"
    assert vals <= 10


def test_een_percentage_buiten_honderd_heeft_geen_bekende_variantie() -> None:
    p = panel(4).assign(n=lambda d: np.where(d["gebied"].str[0] == "P", 40, 300))
    p["waarde"] += 100
    assert codes(snel(p, opzet(loting=True, schaal="procent"))) == ["ongelijke_steekproef"]


def test_holm_over_drie_waarvan_een_zonder_toets() -> None:
    o = opzet(loting=True)
    alles = {"a": (panel(3, zaad=2), o), "b": (panel(zaad=9), o), "c": (panel(4), replace(o, modelcijfers=True))}
    uit = oordelen(alles, tweede_mening=False)
    assert uit["c"].uitkomst == "alleen beschrijvend"
    assert uit["a"].schatting is not None
    assert uit["a"].schatting.zekerheid == pytest.approx(1 - 0.05 / 3)


def test_de_aantoonbare_grens_kent_de_gespreide_start() -> None:
    maal, sd = verhouding_gespreid([3, 5, 7], 12, rho=0.5)
    assert maal > 1.15
    gelijk, sd_gelijk = verhouding_gespreid([6, 6, 6], 12, rho=0.5)
    assert gelijk == pytest.approx(1.0)
    assert minimaal_aantoonbaar(3, 17, sd, verhouding=maal) > minimaal_aantoonbaar(3, 17, sd_gelijk) * 0.95
    with pytest.raises(ValueError, match="Elke start"):
        verhouding_gespreid([0], 12)


def test_de_kracht_bij_een_gespreide_start_klopt_met_de_formule() -> None:
    """Effects of exactly the size that the design can detect are found in four out of five draws."""
    starts = (3, 5, 7)
    maal, sd = verhouding_gespreid(starts, 12)
    mde = minimaal_aantoonbaar(3, 14, sd, verhouding=maal)
    o = opzet(loting=True, start={f"P{k}": s for k, s in enumerate(starts)})
    gevonden = 0
    for zaad in range(150):
        p = panel(zaad=zaad)
        for k, s in enumerate(starts):
            p.loc[(p["gebied"] == f"P{k}") & (p["periode"] >= s), "waarde"] += mde
        s_ = snel(p, o).schatting
        gevonden += s_ is not None and s_.sluit_nul_uit()
    assert gevonden / 150 == pytest.approx(0.8, abs=0.09)


def test_een_onbekend_aantal_respondenten_is_geen_klein_aantal() -> None:
    p = panel(4)
    lot = np.random.default_rng(4)
    bekend = np.where(lot.random(len(p)) < 0.5, 200.0, np.nan)
    uit = snel(p.assign(n=bekend), opzet(loting=True))
    assert (uit.uitkomst, codes(uit)) == ("waarschijnlijk", [])
