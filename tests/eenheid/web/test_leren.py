"""What all rounds teach: nothing before the decision, every coalition after it, in a fixed number of statements."""

import json
import sys
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from aanbesteding.overzichten import leren
from aanbesteding.web.app import maak_app

L = sys.modules["lindeveen"]


def open_site(loper: Any, moment: str) -> TestClient:
    nu = L.op(moment)
    return TestClient(maak_app(loper.motor, nu=lambda: nu), base_url="http://testserver")


@pytest.mark.parametrize("stadium", ["voorbereiding", "ingediend", "voorgedragen"])
def test_before_the_decision_there_is_nothing_to_learn(lindeveen: Any, stadium: str) -> None:
    site = open_site(lindeveen(stadium), "2027-05-10T10:00")
    assert "Er is nog geen uitkomst bekendgemaakt" in site.get("/leren").text
    for tabel in ("uitkomsten", "coalities", "lessen"):
        assert site.get(f"/leren/{tabel}.json").json() == []


def test_after_the_decision_every_proposal_counts_once(lindeveen: Any) -> None:
    loper = lindeveen("uitvoering")
    site = open_site(loper, "2027-07-10T10:00")
    rijen = {r["coalitie"]: r for r in json.loads(site.get("/leren/coalities.json").text)}
    assert {k for k, r in rijen.items() if r["gekozen"]} == set(L.GEKOZEN)
    alles = loper.kijk(lambda s, _: leren.lessen(s))
    assert len(rijen) == len(alles.coalities) == 7
    assert all(0 <= r["ander_geld"] <= 1 for r in rijen.values())
    beste = max((r for r in rijen.values() if r["score"] is not None), key=lambda r: r["score"])
    assert beste["gekozen"]
    assert 0 < beste["score"] <= 1
    groepen = [g for p in alles.prikkels if p.sleutel == "expertise" for g in p.groepen]
    assert sum(g.aantal for g in groepen) == 7
    assert sum(g.gekozen for g in groepen) == len(L.GEKOZEN)
    tekst = site.get("/leren").text
    assert "Coalities kozen zelf hoe zij werkten" in tekst
    assert "Er is nog geen effect gemeten" in tekst


def test_the_page_takes_as_many_statements_for_seven_proposals_as_for_none(lindeveen: Any) -> None:
    aantallen = []
    for stadium in ("oproep", "uitvoering"):
        loper, telling = lindeveen(stadium), []
        site = open_site(loper, "2027-07-10T10:00")
        event.listen(loper.motor, "before_cursor_execute", lambda *a, telling=telling: telling.append(a[2]))
        assert site.get("/leren").status_code == 200
        aantallen.append(len(telling))
    assert aantallen[1] <= 16, aantallen
    assert aantallen[1] - aantallen[0] <= 2, aantallen


def test_an_unknown_table_is_said_in_words(lindeveen: Any) -> None:
    antwoord = open_site(lindeveen("oproep"), "2027-02-01T10:00").get("/leren/geheim.csv")
    assert antwoord.status_code == 404
    assert "coalities" in antwoord.text
