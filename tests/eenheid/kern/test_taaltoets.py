"""The language check: sentences are cut as a Dutch reader would, and the figures follow from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.kern.taaltoets import Norm, is_lijdend, splits_zinnen, toets_taal


@pytest.mark.parametrize(
    ("tekst", "aantal"),
    [
        ("U kunt tot 12.00 uur een voorstel sturen. Daarna niet meer.", 2),
        ("Er is € 12.500 voor elke pilot. Dat is 3,5% meer.", 2),
        ("Zie art. 4:13 en bijv. blz. 3. Daarna volgt de rest.", 2),
        ("De heer J. de Vries en mw. A.B. Jansen komen. Zij spreken.", 2),
        ("De vergadering is op 23 nov. 2026. Iedereen is welkom.", 2),
        ("Neem mee: brood, kaas, enz. Wij zorgen voor koffie.", 2),
        ("Neem brood, kaas, enz. mee naar de zaal.", 1),
        ("Wat wil de gemeente? Dat leest u hier! Kijk op www.voorbeeld.nl.", 3),
        ("Zij vroeg: 'Mag dat?' en ging zitten.", 1),
        ("Het is druk. 's Avonds is het stil.", 2),
        ("Wij wachten... en dan begint het.", 1),
        ("Dit regel\nloopt door. En dit niet.", 2),
        ("Neem mee:\n- een pen\n- papier\n1. een tas", 4),
        ("Kop zonder punt\n\nDaarna een alinea.", 2),
        ("Het plafond is € 40.000. 15 voorstellen kwamen binnen.", 2),
        ("", 0),
        ("... --- !!!", 0),
    ],
)
def test_zinnen_splitsen(tekst: str, aantal: int) -> None:
    assert len(splits_zinnen(tekst)) == aantal, splits_zinnen(tekst)


@pytest.mark.parametrize(
    "zin",
    [
        "Het voorstel wordt door de commissie beoordeeld.",
        "De plannen worden in juli vastgesteld.",
        "De brief werd gisteren opgestuurd.",
        "Het besluit is door het college genomen.",
        "Uw aanvraag zal worden behandeld.",
    ],
)
def test_lijdend(zin: str) -> None:
    assert is_lijdend(zin)


@pytest.mark.parametrize(
    "zin",
    [
        "Het wordt koud in de gemeente.",
        "De commissie beoordeelt het voorstel.",
        "De coalitie heeft het plan gemaakt.",
        "Het gebied wordt groter.",
        "De jongeren worden ouder.",
        "Wij hebben de brief opgestuurd.",
    ],
)
def test_bedrijvend(zin: str) -> None:
    assert not is_lijdend(zin)


def test_eenvoudige_tekst_haalt_de_norm() -> None:
    rapport = toets_taal(
        "De gemeente kiest vier plannen. U krijgt een brief op 23 november 2026. Heeft u vragen? Bel ons."
    )
    assert rapport.is_b1
    assert rapport.zinnen == 4
    assert rapport.woorden == 18
    assert rapport.gemiddelde_zinslengte == pytest.approx(4.5)


def test_ambtelijke_tekst_zakt_op_alles() -> None:
    zin = (
        "Derhalve wordt conform de vigerende regeling betreffende subsidies door het college een beschikking "
        "verstrekt teneinde de participatie van inwoners te allen tijde te borgen."
    )
    rapport = toets_taal(zin)
    assert not rapport.is_b1
    assert rapport.aandeel_lange_zinnen == 1
    assert rapport.aandeel_lijdend == 1
    gevonden = {m.woord: m.alternatief for m in rapport.moeilijke_woorden}
    assert gevonden["derhalve"] == "daarom"
    assert gevonden["te allen tijde"] == "altijd"
    assert len(rapport.adviezen) == 4


def test_woorden_die_de_wet_vraagt_mogen() -> None:
    tekst = "U krijgt een beschikking. De beschikking is een besluit."
    (woord,) = toets_taal(tekst).moeilijke_woorden
    assert (woord.woord, woord.aantal) == ("beschikking", 2)
    assert toets_taal(tekst, toegestaan=frozenset({"beschikking"})).is_b1


def test_deel_van_een_woord_telt_niet() -> None:
    assert toets_taal("De kinderen spelen. Zij doen mee.").moeilijke_woorden == ()
    assert toets_taal("De indiener wacht.").moeilijke_woorden == ()


def test_norm_is_instelbaar() -> None:
    tekst = "De gemeente kiest vier plannen uit."
    assert toets_taal(tekst).is_b1
    assert not toets_taal(tekst, Norm(gemiddelde_zinslengte=5)).is_b1


@given(st.text(max_size=300))
def test_elke_tekst_geeft_geldige_cijfers(tekst: str) -> None:
    rapport = toets_taal(tekst)
    assert 0 <= rapport.aandeel_lange_zinnen <= 1
    assert 0 <= rapport.aandeel_lijdend <= 1
    assert len(rapport.lange_zinnen) <= rapport.zinnen
    assert toets_taal(tekst) == rapport
