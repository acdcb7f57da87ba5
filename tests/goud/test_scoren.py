"""Published results on scoring, ranking and lottery that we must reproduce (../shared/golden)."""

import gzip
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from aanbesteding.kern.loting import Bron, bouw_sleutel, trek
from aanbesteding.kern.overeenstemming import alfa, icc
from aanbesteding.kern.robuustheid import smaa, verwachte_rang
from aanbesteding.kern.verdeling import beste_vulling

pytestmark = pytest.mark.goud
MAP = Path(__file__).parents[2].parent / "shared" / "golden" / "scoren"

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
KRIPPENDORFF = ["123321412---", "1233224125-3", "-3332342251-", "12332441251-"]
SNSF = [
    "11125", "11226", "12135", "13215", "12235", "13145", "12345", "15225",
    "13435", "14255", "23445", "24355", "25446", "23466", "25546",
]  # fmt: skip


@pytest.mark.parametrize(
    ("soort", "waarde"),
    [
        ("ICC(1,1)", 0.17),
        ("ICC(2,1)", 0.29),
        ("ICC(3,1)", 0.71),
        ("ICC(1,k)", 0.44),
        ("ICC(2,k)", 0.62),
        ("ICC(3,k)", 0.91),
    ],
)
def test_shrout_fleiss_1979(soort, waarde):
    uitkomst = icc(pd.DataFrame(SHROUT_FLEISS))[soort]
    assert round(uitkomst.waarde, 2) == waarde
    assert uitkomst.ondergrens < uitkomst.waarde < uitkomst.bovengrens


@pytest.mark.parametrize(
    ("niveau", "waarde"), [("nominaal", 0.743), ("ordinaal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_2011(niveau, waarde):
    tabel = pd.DataFrame([[np.nan if c == "-" else int(c) for c in rij] for rij in KRIPPENDORFF]).T
    assert round(alfa(tabel, niveau), 3) == waarde


@pytest.fixture(scope="module")
def snsf():
    namen = [f"#{i}" for i in range(1, 16)]
    tabel = pd.DataFrame([[7 - int(c) for c in rij] for rij in SNSF], index=namen)
    return verwachte_rang(tabel, 5, zaad=1, schaalbreedte=5)


def test_snsf_verwachte_rangen(snsf):
    rang = [2.44, 4.06, 4.09, 4.12, 5.08, 6.19, 7.34, 7.26, 8.43, 9.42, 10.4, 11.4, 13.0, 13.0, 13.7]
    sucra = [0.90, 0.78, 0.78, 0.78, 0.71, 0.63, 0.55, 0.55, 0.47, 0.40, 0.33, 0.25, 0.15, 0.14, 0.09]
    op_naam = snsf.tabel.loc[[f"#{i}" for i in range(1, 16)]]
    assert op_naam["verwachte_rang"].to_numpy() == pytest.approx(rang, abs=0.12)
    assert op_naam["sucra"].to_numpy() == pytest.approx(sucra, abs=0.012)


def test_snsf_klassen_bij_vijf_plaatsen(snsf):
    klasse = snsf.tabel["klasse"]
    assert set(klasse.index[klasse == "zeker in"]) == {"#1"}
    assert set(klasse.index[klasse == "onbeslist"]) == {f"#{i}" for i in range(2, 9)}
    assert set(klasse.index[klasse == "zeker uit"]) == {f"#{i}" for i in range(9, 16)}


def _dget(naam):
    """A numeric array that R wrote with dput: values in column-major order, then .Dim."""
    pad = MAP / naam
    if not pad.exists():
        pytest.skip(f"{naam} ontbreekt: de map ../shared/golden is hier niet aanwezig")
    with gzip.open(pad, "rt") as bestand:
        tekst = bestand.read()
    grens = tekst.index(".Dim")
    waarden = [float(x) for x in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", tekst[:grens])]
    vorm = [int(x) for x in re.findall(r"(\d+)L?", tekst[grens : tekst.index(")", grens)])]
    return np.array(waarden).reshape(vorm, order="F")


def test_smaa_trombolyse():
    uitkomst = smaa(_dget("thrombo-meas.txt.gz"), _dget("thrombo-weights-nopref.txt.gz"))
    assert uitkomst.rangkansen.tolist() == [[0.3504, 0.6496], [0.6496, 0.3504]]
    verwacht = [[0.1865097, 0.2772205, 0.5362698], [0.4073100, 0.3641477, 0.2285423]]
    assert uitkomst.centrale_gewichten == pytest.approx(np.array(verwacht), abs=5e-8)
    assert uitkomst.betrouwbaarheid == pytest.approx([0.6682, 0.8956], abs=1e-12)


def test_rfc_3797():
    sleutel = bouw_sleutel(
        [
            Bron("Loterij 1", "getal", ("9319",)),
            Bron("Loterij 2", "verzameling", ("8", "2", "12", "5", "10")),
            Bron("Loterij 3", "verzameling", ("41", "9", "18", "26", "34", "45")),
        ]
    )
    assert sleutel == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    trekkingen = trek(sleutel, 25, 11)
    assert [t.nummer for t in trekkingen] == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22]
    assert trekkingen[0].md5 == "990DD0A5692A029A98B5E01AA28F3459"


def test_knapzak_p07():
    gewichten = [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120]
    opbrengst = [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240]
    keuze = beste_vulling(gewichten, opbrengst, 750)
    assert sum(opbrengst[i] for i in keuze) == 1458
    assert [int(i in keuze) for i in range(15)] == [1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1]
