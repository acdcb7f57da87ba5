"""The catalogue: complete, sourced, usable in a plan as it is, and honest about where it cannot be trusted."""

from pathlib import Path

import pytest

from aanbesteding.fouten import Invoerfout
from aanbesteding.indicatoren import Catalogusindicator, laad_catalogus
from aanbesteding.inhoud import Indicator
from aanbesteding.instellingen import instellingen
from aanbesteding.web import invulformulier as f
from aanbesteding.web import meetplanformulier as mf

MAP = instellingen().indicatoren_map
ALLE = [i for t in laad_catalogus(MAP) for i in t.indicatoren]


def test_the_themes_that_were_asked_for() -> None:
    namen = {t.sleutel: len(t.indicatoren) for t in laad_catalogus(MAP)}
    assert list(namen)[:4] == ["veiligheid", "eenzaamheid", "meedoen", "werk"]
    assert min(list(namen.values())[:4]) >= 3
    assert {"gezondheid", "taal-en-geld", "overlast"} <= set(namen)


@pytest.mark.parametrize("i", ALLE, ids=lambda i: i.sleutel)
def test_an_entry_fits_in_a_plan(i: Catalogusindicator) -> None:
    rij = i.als_indicator(primair=True) | {"nulstand": "19", "streef": "14"}
    indicator = Indicator.model_validate(rij)
    assert indicator.in_procenten() == (i.schaal == "procent")
    if i.vraag is not None:
        assert i.vraag.tekst in indicator.definitie
        assert all(s in indicator.definitie for s in i.vraag.stellingen)


@pytest.mark.parametrize("i", ALLE, ids=lambda i: i.sleutel)
def test_figures_are_sourced_and_model_figures_never_count_in_a_neighbourhood(i: Catalogusindicator) -> None:
    assert all(1 <= w.bron <= len(i.bronnen) for w in i.waarden)
    if i.modelcijfers:
        assert i.niveau in ("gemeente", "land")
        assert any("model" in w for w in i.waarschuwingen)
    if i.schaal == "procent":
        assert (i.laagste, i.hoogste) == (0, 100)
    assert i.hoogste is None or i.laagste is None or i.relevant_effect < i.hoogste - i.laagste


def test_choosing_fills_a_row_and_model_figures_never_become_primary() -> None:
    plat: f.Plat = {"startperiode": "2028-1"}
    for i in ALLE:
        plat = mf.met_indicator(plat, i)
    rijen = f.rijen(plat, mf.INDICATOREN)
    assert [r["catalogus"] for r in rijen] == [i.sleutel for i in ALLE]
    assert sum(r["primair"] == "ja" for r in rijen) == 3
    assert all(r["primair"] == "nee" for r in rijen if r["modelcijfers"] == "ja")
    assert plat["startperiode"] == "2028-1"
    terug = mf.naar_inhoud(plat)["indicatoren"]
    assert [r["relevant_effect"] for r in terug] == [i.relevant_effect for i in ALLE]


@pytest.mark.parametrize(
    ("oud", "nieuw", "zin"),
    [
        ("volgorde = 4", "volgorde = 4\nkleur = 1", "deze sleutel bestaat niet"),
        ("bron = 2 }", "bron = 9 }", "verwijst naar bron 9"),
        ('richting = "omlaag"', 'richting = "neer"', "kies uit"),
    ],
)
def test_a_fault_in_a_file_names_it(tmp_path: Path, oud: str, nieuw: str, zin: str) -> None:
    tekst = (MAP / "werk.toml").read_text(encoding="utf-8")
    assert oud in tekst
    (tmp_path / "werk.toml").write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
    with pytest.raises(Invoerfout, match=zin) as fout:
        laad_catalogus(tmp_path)
    assert "werk.toml" in str(fout.value)
