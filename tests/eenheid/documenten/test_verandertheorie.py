"""The theory of change as a picture: every word is in it, everything fits, and any number of items works."""

import re
from pathlib import Path

import pytest

from aanbesteding.documenten.grafieken.delen import BREEDTE, HOOGSTE
from aanbesteding.documenten.grafieken.verandertheorie import STAPPEN, verandertheorie
from aanbesteding.documenten.huisstijl import laad_huisstijl
from aanbesteding.documenten.svg import Letter, Palet
from aanbesteding.instellingen import instellingen

LETTER = Letter(Path(instellingen().sjablonen_map) / "huisstijl" / "fonts")
PALET = Palet(**laad_huisstijl("lindeveen", instellingen().huisstijlen_map).kleuren.model_dump())
KORT = {k: [f"{k} een", f"{k} twee"] for k, _ in STAPPEN} | {"aannames": ["Mensen komen."]}
LANG = {k: [f"{k} nummer {n} " + "met een lange uitleg " * 12 for n in range(15)] for k in KORT}
WOORD = {k: ["Meervoudigepersoonlijkheidsbegeleidingstrajectcoordinator" * 2] for k in KORT}


def platen(theorie: dict[str, list[str]]) -> list[str]:
    return re.findall(r"<svg.*?</svg>", str(verandertheorie(PALET, LETTER, theorie)), re.DOTALL)


@pytest.mark.parametrize("theorie", [KORT, LANG, WOORD], ids=["kort", "lang", "woord"])
def test_everything_stays_inside_and_fits_on_a_page(theorie: dict[str, list[str]]) -> None:
    for svg in platen(theorie):
        breed, hoog = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())  # type: ignore[union-attr]
        assert breed == BREEDTE
        assert hoog <= HOOGSTE + 12
        for x, y, maat, vet, tekst in re.findall(
            r'<text x="([\d.-]+)" y="([\d.-]+)" font-size="([\d.]+)" fill="[^"]+"( font-weight="600")?>([^<]*)</text>',
            svg,
        ):
            assert float(x) >= 0
            assert float(x) + LETTER.breedte(tekst, float(maat), bool(vet)) <= breed + 0.5, tekst
            assert 0 < float(y) <= hoog


@pytest.mark.parametrize("theorie", [KORT, LANG, WOORD], ids=["kort", "lang", "woord"])
def test_the_alternative_text_holds_every_item_in_order(theorie: dict[str, list[str]]) -> None:
    alt = " ".join(re.search(r"<title>(.*?)</title>", svg, re.DOTALL)[1] for svg in platen(theorie))  # type: ignore[index]
    plaatsen = [alt.index(p.strip().rstrip(".")) for k in (*(k for k, _ in STAPPEN), "aannames") for p in theorie[k]]
    assert plaatsen == sorted(plaatsen)


def test_no_word_of_an_item_is_cut_away() -> None:
    tekst = "".join(re.findall(r">([^<]*)</text>", "".join(platen(LANG))))
    assert tekst.count("uitleg") == 12 * 15 * 6


def test_one_item_longer_than_a_page_goes_on() -> None:
    heel = {**KORT, "activiteiten": ["woord " * 4000]}
    assert "".join(re.findall(r">([^<]*)</text>", "".join(platen(heel)))).count("woord") == 4000


def test_names_from_people_are_escaped() -> None:
    assert "<b>" not in str(verandertheorie(PALET, LETTER, {**KORT, "input": ["<b>geld</b>"]}))
