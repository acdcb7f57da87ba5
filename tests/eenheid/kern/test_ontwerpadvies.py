"""What a design can show, in numbers that agree with simulation, and in words that follow from the numbers."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from aanbesteding.kern.effect_plan import minimaal_aantoonbaar, sd_steekproef
from aanbesteding.kern.ontwerp import Maat, Opzet, eerste_getal, kleinste_verschil, nodig_voor_permutatie, varianten
from aanbesteding.kern.ontwerpadvies import advies

PROCENT = Maat("o", "Onveilig", "procentpunt", 4.0, procent=True, aandeel=0.33)


def opzet(
    pilots: int = 2, vergelijking: int = 11, voor: int = 1, na: int = 5, respondenten: int = 168, **anders: object
) -> Opzet:
    return Opzet(((voor, na),) * pilots, vergelijking, respondenten, **({"keuze": "aanbod"} | anders))  # type: ignore[arg-type]


def kleinste(o: Opzet, m: Maat = PROCENT) -> float:
    uit = kleinste_verschil(o, m)
    assert uit is not None
    return uit[0]


def test_the_published_case() -> None:
    """kennis/effect.md: 3 of 20 areas, 6 + 6 waves, 200 respondents: 3.7 percentage points."""
    assert kleinste(
        opzet(3, 17, 6, 6, 200), Maat("i", "I", "procentpunt", 1.0, procent=True, aandeel=0.4)
    ) == pytest.approx(3.7, abs=0.05)


def test_an_effect_of_that_size_is_found_in_eighty_of_a_hundred() -> None:
    """Simulated rounds: the true power at the smallest visible difference is 80 %."""
    o, p = opzet(2, 8, 2, 3, 150), 0.33
    echt = kleinste(o) / 100
    rng = np.random.default_rng(7)

    def verandering(extra: float, aantal: int) -> np.ndarray:
        voor = rng.binomial(150, p, (4000, aantal, 2)).mean(axis=2) / 150
        return rng.binomial(150, p + extra, (4000, aantal, 3)).mean(axis=2) / 150 - voor

    t = stats.ttest_ind(verandering(echt, 2), verandering(0.0, 8), axis=1)
    assert (t.pvalue < 0.05).mean() == pytest.approx(0.80, abs=0.03)


def test_a_staggered_start_takes_the_mean_variance_over_areas() -> None:
    ongelijk = Opzet(((1, 5), (3, 3)), 11, 168, "gespreide start")
    sd = np.sqrt(np.mean([sd_steekproef(0.33, 168, v, n) ** 2 for v, n in ongelijk.golven]))
    assert kleinste(ongelijk) == pytest.approx(minimaal_aantoonbaar(2, 11, float(sd)))
    assert kleinste(opzet(voor=3, na=3)) < kleinste(ongelijk) < kleinste(opzet(voor=1, na=5))


def test_more_main_indicators_raise_the_threshold_of_each_but_not_of_an_extra_one() -> None:
    assert kleinste(opzet(primair=3)) > kleinste(opzet(primair=1))
    extra = Maat("x", "X", "procentpunt", 4.0, procent=True, aandeel=0.33, primair=False)
    assert kleinste(opzet(primair=3), extra) == kleinste(opzet(primair=1))


def test_twice_the_respondents_divides_by_the_square_root_of_two() -> None:
    rijen = {v.naam: v.kleinste for v in varianten(opzet(), PROCENT)}
    nu = rijen["Zoals het nu in het plan staat"]
    assert rijen["Twee keer zoveel mensen per gebied"] == pytest.approx(nu / 2**0.5)
    assert all(w < nu for naam, w in rijen.items() if not naam.startswith("Zoals"))
    assert len(rijen) == 6


def test_a_mean_needs_its_spread_and_says_so() -> None:
    zonder = advies(opzet(), [Maat("e", "Eenzaamheid", "punten", 0.4)]).indicatoren[0]
    assert zonder.kleinste is None
    assert "spreiding tussen mensen" in " ".join(zonder.zinnen)
    met = kleinste(opzet(), Maat("e", "Eenzaamheid", "punten", 0.4, spreiding=2.0))
    assert met == pytest.approx(minimaal_aantoonbaar(2, 11, 2.0 / 168**0.5 * (1 + 1 / 5) ** 0.5))


def test_a_registration_uses_how_areas_moved_before() -> None:
    rng = np.random.default_rng(3)
    rijen = [(f"g{g}", f"{2010 + j}", 30 + rng.normal(0, 2)) for g in range(12) for j in range(14)]
    panel = pd.DataFrame(rijen, columns=["gebied", "periode", "waarde"])
    maat = Maat("m", "Misdrijven", "per 1.000 inwoners", 3.0, vragenlijst=False, verleden=panel)
    lang = kleinste_verschil(opzet(3, 9, 2, 4, 0), maat)
    assert lang is not None
    assert lang[1] == "verleden"
    assert lang[0] == pytest.approx(minimaal_aantoonbaar(3, 9, 2 * (1 / 2 + 1 / 4) ** 0.5), rel=0.2)
    kort = panel[panel["periode"] >= "2020"]
    voorzichtig = kleinste_verschil(opzet(3, 9, 2, 4, 0), Maat("m", "M", "x", 3.0, vragenlijst=False, verleden=kort))
    assert voorzichtig is not None
    assert voorzichtig[1] == "verleden-kort"
    assert voorzichtig[0] > lang[0]


def test_a_registration_without_a_past_asks_for_it() -> None:
    uit = advies(opzet(respondenten=0), [Maat("m", "Misdrijven", "per 1.000", 3.0, vragenlijst=False)]).indicatoren[0]
    assert "Lees cijfers van eerdere jaren in" in " ".join(uit.zinnen)


def test_a_relevant_effect_that_cannot_be_seen_is_said_plainly() -> None:
    uit = advies(opzet(), [PROCENT]).indicatoren[0]
    assert uit.te_klein
    assert (
        uit.zin
        == f"U ziet pas een verschil van {str(round(kleinste(opzet()), 1)).replace('.', ',')} procentpunt of meer."
    )
    assert "ook als het er is" in uit.zinnen[0]
    ruim = advies(opzet(), [Maat("o", "O", "procentpunt", 15.0, procent=True, aandeel=0.33)]).indicatoren[0]
    assert not ruim.te_klein
    assert "groot genoeg" in ruim.zinnen[0]


def test_what_would_be_enough_is_named() -> None:
    nu = kleinste(opzet())
    maat = Maat("o", "O", "procentpunt", nu * 0.75, procent=True, aandeel=0.33)
    zinnen = advies(opzet(), [maat]).indicatoren[0].zinnen
    assert any("twee keer zoveel mensen per gebied. Dan kan het wel." in z for z in zinnen)


@pytest.mark.parametrize(("pilots", "nodig"), [(1, 20), (2, 5), (3, 5)])
def test_areas_needed_to_let_areas_change_places(pilots: int, nodig: int) -> None:
    assert nodig_voor_permutatie(pilots) == nodig


@pytest.mark.parametrize(
    ("keuze", "zin"),
    [("behoefte", "72 procent"), ("aanbod", "Loot er dan onder"), ("loting", "Goed: het lot"), (None, "Zeg nog hoe")],
)
def test_the_advice_on_choosing_areas(keuze: str | None, zin: str) -> None:
    assert any(zin in z for z in advies(opzet(keuze=keuze), [PROCENT]).gebieden)


def test_too_few_areas_waves_or_people_never_raise() -> None:
    for o in (
        Opzet((), 0, 0, None),
        Opzet(((0, 0),), 0, 0, None),
        Opzet(((1, 0),), 1, 5, None),
        opzet(1, 1),
        opzet(1, 4),
    ):
        uit = advies(o, [PROCENT, Maat("m", "M", "x", 1.0)])
        assert len(uit.indicatoren) == 2
    assert (
        advies(Opzet(((0, 3),), 6, 100, None), [PROCENT]).indicatoren[0].zinnen[0].startswith("Er is geen meting vóór")
    )


def test_model_figures_are_named_first() -> None:
    uit = advies(opzet(), [Maat("r", "R", "procentpunt", 5.0, procent=True, aandeel=0.4, modelcijfers=True)])
    assert "Het model kent uw pilot niet" in uit.indicatoren[0].zinnen[0]


@pytest.mark.parametrize(
    ("tekst", "getal"),
    [("Najaar 2011: 32,9 procent in West en 31,9 in Oost", 32.9), ("19%", 19.0), ("4,6", 4.6),
     ("nog niet gemeten", None),
     ("in 2011-2", None), ("62.1 %", 62.1)],
)  # fmt: skip
def test_the_level_that_somebody_typed(tekst: str, getal: float | None) -> None:
    assert eerste_getal(tekst) == getal
