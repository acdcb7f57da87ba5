"""Every kind of document is at level B1, and writes dates, times and amounts as the municipality does."""

import re
from pathlib import Path

import pytest

from aanbesteding.documenten.berichttaal import berichten, toets_berichten
from aanbesteding.documenten.herkomst import gebruikte_sjablonen, zoek_tekst
from aanbesteding.documenten.leestekst import leesblokken
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.soorten import alle_soorten
from aanbesteding.documenten.taal import Taaluitslag, taalregels, toets_soort, toets_tekst
from aanbesteding.documenten.webtaal import paginas, toets_paginas, vaste_tekst
from aanbesteding.instellingen import WORTEL
from aanbesteding.kern.taalwoorden import MOEILIJK

SJABLONEN = WORTEL / "sjablonen"
BEGRIPPEN = (WORTEL / "docs" / "begrippen.md").read_text(encoding="utf-8")
SOORTEN = alle_soorten(SJABLONEN)


@pytest.fixture(scope="module")
def uitslagen(opmaker: Opmaker) -> dict[str, Taaluitslag]:
    return {}


def uitslag(sleutel: str, opmaker: Opmaker, bekend: dict[str, Taaluitslag]) -> Taaluitslag:
    if sleutel not in bekend:
        bekend[sleutel] = toets_soort(SOORTEN[sleutel], opmaker, taalregels(SJABLONEN))
    return bekend[sleutel]


@pytest.mark.parametrize("sleutel", SOORTEN)
def test_elke_soort_haalt_de_norm(sleutel: str, opmaker: Opmaker, uitslagen: dict[str, Taaluitslag]) -> None:
    u = uitslag(sleutel, opmaker, uitslagen)
    assert u.cijfers.zinnen >= 5
    assert u.tekorten == (), [f"{v.plek}: {v.bevinding}" for v in u.van("lang", "lijdend", "moeilijk")]


@pytest.mark.parametrize("sleutel", SOORTEN)
def test_elke_soort_heeft_de_goede_schrijfwijze(
    sleutel: str, opmaker: Opmaker, uitslagen: dict[str, Taaluitslag]
) -> None:
    assert [
        f"{v.plek}: {v.bevinding.fragment}: {v.bevinding.advies}"
        for v in uitslag(sleutel, opmaker, uitslagen).van("schrijfwijze", "afkorting")
    ] == []


def test_elk_mailbericht_haalt_de_norm_in_tekst_en_html() -> None:
    uitslagen = toets_berichten(SJABLONEN, taalregels(SJABLONEN))
    assert len(uitslagen) == 2 * len(berichten(SJABLONEN)) >= 8
    for u in uitslagen:
        assert u.cijfers.zinnen >= 3, u.naam
        assert u.in_orde, (u.naam, u.tekorten, [f"{v.plek}: {v.bevinding}" for v in u.vondsten])


def test_elke_pagina_van_de_site_haalt_de_norm() -> None:
    uitslagen = toets_paginas(SJABLONEN, taalregels(SJABLONEN))
    assert len(uitslagen) == len(paginas(SJABLONEN)) > 80
    mis = {u.naam: (u.tekorten, [str(v.bevinding) for v in u.vondsten]) for u in uitslagen if not u.in_orde}
    assert mis == {}


def test_wat_een_bezoeker_niet_leest_telt_niet_mee() -> None:
    bron = "{# niemand ziet dit #}{% if x %}<p>Kort {{ naam|upper }}.</p>{% else %}<p>Anders.</p>{% endif %}"
    assert re.sub(r"\s+", " ", vaste_tekst(bron)).strip() == "<p>Kort dit.</p>. <p>Anders.</p>"


def test_elk_toegestaan_woord_heeft_een_uitleg_en_is_nodig() -> None:
    regels = taalregels(SJABLONEN)
    for woord, uitleg in regels.begrippen.items():
        assert len(uitleg.split()) >= 3, woord
        assert f"| {woord} |" in BEGRIPPEN, f"zet '{woord}' in docs/begrippen.md"
        assert woord in MOEILIJK or len(woord) > 18, f"'{woord}' is niet moeilijk; haal het uit taal.toml"


def test_leesblokken_laten_tekens_weg_en_houden_zinnen() -> None:
    blokken = leesblokken(
        "<body><div class='kopregel'>Kop</div><h2>Titel</h2><p>Een <strong>zin</strong><br>loopt door.</p>"
        "<table><tr><th>Datum</th><td>23-11-2026</td><td>Hier staat een hele zin.</td></tr></table>"
        "<p class='hash'>7c1f</p><svg><text>grafiek</text></svg><ul><li>punt</li></ul></body>"
    )
    assert [(b.soort, b.tekst, b.lopend) for b in blokken] == [
        ("h2", "Titel", False),
        ("p", "Een zin loopt door.", True),
        ("th", "Datum", False),
        ("td", "23-11-2026", False),
        ("td", "Hier staat een hele zin.", True),
        ("li", "punt", False),
    ]


def test_een_zin_wordt_in_het_sjabloon_gevonden(tmp_path: Path) -> None:
    pad = tmp_path / "sjabloon.html"
    pad.write_text(
        "<p>Iets heel anders staat hier.</p>\n<p>Het plan van {{ naam }} is <strong>op tijd</strong> bij ons.</p>\n"
        "{% call m.kader('Lever uw plan in') %}\n"
    )
    plek = zoek_tekst("Het plan van Koffie op de hoek is op tijd bij ons.", [pad], tmp_path)
    assert str(plek) == "sjabloon.html, regel 2"
    assert str(zoek_tekst("Lever uw plan in", [pad], tmp_path)) == "sjabloon.html, regel 3"
    assert zoek_tekst("Volstrekt onbekend gebeuren", [pad], tmp_path) is None


def test_gebruikte_sjablonen_volgen_elke_verwijzing() -> None:
    namen = [str(p.relative_to(SJABLONEN)) for p in gebruikte_sjablonen("documenten/oproep/sjabloon.html", SJABLONEN)]
    assert namen[0] == "documenten/oproep/sjabloon.html"
    assert {"huisstijl/basis.html", "huisstijl/macros.html"} <= set(namen)


def test_een_losse_tekst() -> None:
    slecht = toets_tekst("bericht", "Conform afspraak wordt u om 12:00 uur gebeld.", taalregels(SJABLONEN))
    assert not slecht.in_orde
    assert {v.bevinding.soort for v in slecht.vondsten} == {"schrijfwijze", "lijdend", "moeilijk"}
    assert toets_tekst("bericht", "Wij bellen u om 12.00 uur.", taalregels(SJABLONEN)).in_orde
