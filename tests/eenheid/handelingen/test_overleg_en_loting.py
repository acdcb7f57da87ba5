"""Large spread must be discussed; lots are drawn from exactly the list that was published."""

import sys
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import schrijf
from aanbesteding.fouten import Conflict, Invoerfout
from aanbesteding.kern.loting import lijsthash
from aanbesteding.model import Loting, Rangschikking
from aanbesteding.overzichten import beoordelen
from aanbesteding.procedure import Poort

L = sys.modules["lindeveen"]
COALITIE = "lange-tafel"
BRON = "Staatsloterij, trekking van 10 mei 2027: het winnende lotnummer van de hoofdprijs (getal)"


def _scoor(loper: Any, waarden: tuple[int, int, int]) -> None:
    wie = [b for c, b in L.toewijzingen(loper) if c == COALITIE]
    for een, waarde in zip(wie, waarden, strict=True):
        for criterium in ("effect", "samen", "bewoners"):
            loper.doe("score", een, "2027-04-12T10:00", coalitie=COALITIE, criterium=criterium, waarde=waarde,
                      motivering=L.reden(COALITIE, criterium))  # fmt: skip
        loper.doe("vergrendel", een, "2027-04-12T11:00", coalitie=COALITIE)


def _consensus(loper: Any, woorden: int) -> None:
    loper.doe("consensus", L.VOORZITTER, "2027-04-20T10:00", coalitie=COALITIE, criterium="effect", waarde=4,
              motivering=" ".join(["woord"] * woorden))  # fmt: skip


def test_large_spread_asks_for_twice_the_words(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _scoor(loper, (2, 5, 4))
    with pytest.raises(Invoerfout, match="uiteen van 2 tot 5; schrijf minstens 12 woorden"):
        _consensus(loper, 11)
    _consensus(loper, 12)


def test_small_spread_asks_for_the_ordinary_reason(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _scoor(loper, (3, 5, 4))
    with pytest.raises(Invoerfout, match="minstens 6 woorden"):
        _consensus(loper, 5)
    _consensus(loper, 6)


def _gelijke_stand(loper: Any, monkeypatch: Any) -> None:
    for coalitie in ("zingen-op-dinsdag", "bal-en-koffie", "leesmaatjes"):
        monkeypatch.setitem(L.SCORES, coalitie, (4, 4, 4))
    L._beoordeeld(loper)


def _trek(loper: Any, moment: str = "2027-05-11T10:00") -> None:
    loper.doe("loting", L.JURIST, moment, bronnen=[{"naam": BRON, "soort": "getal", "waarden": ["9319"]}],
              getuigen=[L.TWEEDE, L.LEIDER])  # fmt: skip


def test_the_ranking_publishes_the_hash_of_the_list(lindeveen: Any, monkeypatch: Any) -> None:
    loper = lindeveen("scoren")
    _gelijke_stand(loper, monkeypatch)
    loting = loper.kijk(beoordelen.laatste_rangschikking).uitkomst["loting"]
    assert sorted(loting["voorstellen"]) == ["bal-en-koffie", "leesmaatjes", "zingen-op-dinsdag"]
    assert loting["lijst_sha256"] == lijsthash(["leesmaatjes", "zingen-op-dinsdag", "bal-en-koffie"])
    _trek(loper)
    assert loper.kijk(lambda s, r: s.exec(select(Loting)).one().lijst_sha256) == loting["lijst_sha256"]
    assert loper.passeer(Poort.LOTING, "2027-05-11T11:00")


def test_no_draw_with_another_list_than_the_published_one(lindeveen: Any, monkeypatch: Any) -> None:
    loper = lindeveen("scoren")
    _gelijke_stand(loper, monkeypatch)
    with schrijf(loper.motor) as session:
        rij = session.exec(select(Rangschikking)).one()
        rij.uitkomst = {**rij.uitkomst, "loting": {**rij.uitkomst["loting"], "lijst_sha256": "0" * 64}}
        session.add(rij)
    with pytest.raises(Invoerfout, match="anders dan de lijst die vooraf is gepubliceerd"):
        _trek(loper)


def test_no_draw_and_no_hash_without_a_tie(lindeveen: Any) -> None:
    loper = lindeveen("beoordeeld")
    assert loper.kijk(beoordelen.gepubliceerde_lijsthash) == ""
    with pytest.raises(Conflict, match="Loten is niet nodig"):
        _trek(loper, "2027-04-26T10:00")
