"""Notation: every wrong form of a date, time, amount or share is found, and no right form is."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.kern import notatie
from aanbesteding.kern.schrijfwijze import schrijffouten


@pytest.mark.parametrize(
    ("tekst", "gevonden"),
    [
        ("Wij sluiten om 12:00 uur.", "12:00 uur"),
        ("Wij sluiten om 9:30.", "9:30"),
        ("Kom om 12u.", "12u"),
        ("Kom om 12.30 u naar de zaal.", "12.30 u"),
        ("Kom om 12 uur.", "om 12 uur"),
        ("Het kost EUR 500.", "EUR"),
        ("Het kost €500.", "€500."),
        ("Het kost € 12500.", "€ 12500"),
        ("Het kost €\u00a012.500,-.", "€\u00a012.500,-"),
        ("Het kost € 12.500,00.", "€ 12.500,00"),
        ("Het kost 500 euro.", "500 euro"),
        ("Op 23-11-2026 beslist het college.", "23-11-2026"),
        ("Op 23/11/2026 beslist het college.", "23/11/2026"),
        ("Op 2026-11-23 beslist het college.", "2026-11-23"),
        ("Op 23 nov. 2026 beslist het college.", "23 nov"),
        ("Op 03 mei 2027 beslist het college.", "03 mei"),
        ("Het steeg met 3.5%.", "3.5%"),
        ("Het steeg met 3 %.", "3 %"),
        ("De datum is None.", "None"),
    ],
)
def test_een_foute_vorm_wordt_gevonden(tekst: str, gevonden: str) -> None:
    assert gevonden in [f.gevonden for f in schrijffouten(tekst)]


@pytest.mark.parametrize(
    "tekst",
    [
        "Lever uiterlijk op 1 juli 2027 om 12.00 uur in.",
        "U krijgt 12 uur hulp van een adviseur.",
        "De termijn staat in artikel 4:36 van de wet en in de artikelen 3:41, 3:45 en 6:12.",
        "Ontvangen op 23 november 2026, 12.00.01 uur (UTC 11:00:01).",
        "Kijk op www.gemeente.nl/2026-11-23/stuk of mail naar a12:00@b.nl.",
        "Het kenmerk is SOL-2027-36 en het taakveld 6.1 Samenkracht.",
        "Wij geven € 12.500,50 aan 3,5% van de 1.200 inwoners.",
    ],
)
def test_een_goede_vorm_blijft_staan(tekst: str) -> None:
    assert schrijffouten(tekst) == ()


def test_een_korte_datum_mag_alleen_in_een_cel() -> None:
    assert schrijffouten("23-11-2026", cel=True) == ()
    assert schrijffouten("23-11-2026, 12.00 uur", cel=True) == ()
    assert schrijffouten("23-11-2026") != ()
    assert schrijffouten("12:00", cel=True) != ()


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-(10**9), 10**9), st.floats(0, 1))
def test_wat_onze_notatie_schrijft_is_altijd_goed(dag: date, centen: int, aandeel: float) -> None:
    moment = datetime(dag.year, dag.month, dag.day, 11, 5, tzinfo=UTC)
    zin = (
        f"Op {notatie.datum_lang(dag)} en {notatie.datum_tijd(moment)} gaf het college {notatie.euro(centen)}, "
        f"dat is {notatie.procent(aandeel)} van {notatie.getal(centen)}."
    )
    assert schrijffouten(zin) == ()
