"""The lottery: canonical keys, a hash that binds the list, and a draw that anyone recomputes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.kern.loting import (
    Bron,
    LotingError,
    bouw_sleutel,
    herbereken,
    lijst_als_tekst,
    lijsthash,
    loot,
    trek,
)

BRONNEN = (
    Bron("Staatsloterij", "verzameling", ("7", "03", "41")),
    Bron("AEX-slotkoers", "getal", ("0912,50",)),
)
NAMEN = ["Voorstel 3", "Voorstel 1", "Voorstel 2"]


@given(st.text(max_size=40), st.integers(1, 60))
def test_trekken_geeft_elk_nummer_een_keer(sleutel, pot):
    assert sorted(t.nummer for t in trek(sleutel, pot, pot)) == list(range(1, pot + 1))


def test_sleutel_is_canoniek():
    assert bouw_sleutel(BRONNEN) == "3.7.41./912.5./"
    assert bouw_sleutel([Bron("Krant", "tekst", ("Het weer: zon, 21°",))]) == "HETWEERZON21./"
    assert bouw_sleutel([Bron("Volgorde", "getallen", ("9", "1"))]) == "9.1./"


@pytest.mark.parametrize(
    "bron",
    [
        Bron("leeg", "getal", ()),
        Bron("twee", "getal", ("1", "2")),
        Bron("a", "getal", ("-3",)),
        Bron("b", "tekst", ("–",)),
    ],
)
def test_onbruikbare_bron_wordt_geweigerd(bron):
    with pytest.raises(LotingError):
        bouw_sleutel([bron])


@given(st.permutations(NAMEN))
def test_volgorde_van_invoer_doet_er_niet_toe(namen):
    hash_vooraf = lijsthash(NAMEN)
    assert loot(namen, BRONNEN, gepubliceerde_hash=hash_vooraf) == loot(NAMEN, BRONNEN, gepubliceerde_hash=hash_vooraf)
    assert lijst_als_tekst(namen) == "1;Voorstel 1\n2;Voorstel 2\n3;Voorstel 3\n"


def test_andere_lijst_dan_gepubliceerd_wordt_geweigerd():
    with pytest.raises(LotingError, match="vooraf is gepubliceerd"):
        loot([*NAMEN, "Voorstel 4"], BRONNEN, gepubliceerde_hash=lijsthash(NAMEN))
    with pytest.raises(LotingError, match="dubbel"):
        lijsthash(["Voorstel 1", "Voorstel 1 "])


def test_herberekening_ziet_elke_wijziging():
    loting = loot(NAMEN, BRONNEN, gepubliceerde_hash=lijsthash(NAMEN))
    assert herbereken(loting) == []
    assert herbereken(replace(loting, volgorde=loting.volgorde[::-1])) != []
    assert herbereken(replace(loting, sleutel="3.7.42./912.5./")) != []
    assert herbereken(replace(loting, bronnen=())) != []
    assert herbereken(replace(loting, deelnemers=("Voorstel 1", "Voorstel 2", "Voorstel 9"))) != []
