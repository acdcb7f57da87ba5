"""Findings per sentence: what a writer can mend, and the figures that the norm counts."""

import pytest

from aanbesteding.kern.taalcontrole import Taalnorm, controleer_zin, lange_woorden, meet, moeilijke_woorden


def soorten(zin: str, *toegestaan: str) -> list[str]:
    return [b.soort for b in controleer_zin(zin, frozenset(toegestaan))]


@pytest.mark.parametrize(
    ("zin", "soort"),
    [
        ("De plannen worden in juli vastgesteld.", "lijdend"),
        ("Wij doen dit conform de regels.", "moeilijk"),
        ("U krijgt o.a. een brief.", "afkorting"),
        ("Lees de subsidieverantwoordingsplicht.", "lang woord"),
        (" ".join(["woord"] * 21) + ".", "lang"),
    ],
)
def test_elke_soort_bevinding(zin: str, soort: str) -> None:
    assert soorten(zin) == [soort]


def test_een_gewone_zin_heeft_geen_bevinding() -> None:
    assert soorten("Het college kiest vier voorstellen.") == []
    assert soorten(" ".join(["woord"] * 20) + ".") == []


def test_een_titel_tussen_aanhalingstekens_is_geen_lijdende_vorm() -> None:
    assert soorten("De oproep ‘Samen ouder worden’ wordt in mei herhaald.") == ["lijdend"]
    assert soorten("De gemeente beoordeelde de oproep ‘Samen ouder worden’.") == []


def test_een_uitdrukking_telt_een_keer() -> None:
    assert moeilijke_woorden("Dit gebeurt in het kader van de wet.", frozenset()) == ["in het kader van"]


def test_een_begrip_met_uitleg_mag() -> None:
    assert soorten("U krijgt een beschikking.") == ["moeilijk"]
    assert soorten("U krijgt een beschikking.", "beschikking") == []
    assert lange_woorden("De uitvoeringsovereenkomst ligt klaar.", frozenset({"uitvoeringsovereenkomst"})) == []


def test_een_koppelteken_maakt_een_woord_korter() -> None:
    assert lange_woorden("De gemeenschaps-ontmoetingsplek is open.", frozenset()) == []


def test_cijfers_en_norm() -> None:
    cijfers, bevindingen = meet(["Wij kiezen. De plannen worden vastgesteld.", "Wij doen dit conform de regels."])
    assert (cijfers.zinnen, cijfers.woorden) == (3, 12)
    assert cijfers.gemiddelde_zinslengte == pytest.approx(4)
    assert cijfers.aandeel_lijdend == pytest.approx(1 / 3)
    assert cijfers.moeilijk_per_100_woorden == pytest.approx(100 / 12)
    assert [b.soort for b in bevindingen] == ["lijdend", "moeilijk"]
    tekorten = Taalnorm().tekorten(cijfers)
    assert tekorten == [
        "33,3% van de zinnen is lijdend; hoogstens 10%",
        "8,3 moeilijke woorden per 100 woorden; hoogstens 0,5",
    ]


def test_een_lege_tekst_haalt_de_norm() -> None:
    cijfers, bevindingen = meet([])
    assert (cijfers.zinnen, bevindingen) == (0, ())
    assert Taalnorm().tekorten(cijfers) == []
