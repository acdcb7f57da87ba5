"""What anybody sees of a round, and above all what nobody sees before its time."""

import csv
import io
import re
import sys
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlmodel import select

from aanbesteding.database import lees, schrijf
from aanbesteding.documenten.archief import Archief
from aanbesteding.model import Document, Organisatie, Passage, Persoon, Ronde
from aanbesteding.procedure import Fase, Poort
from aanbesteding.web.app import maak_app
from aanbesteding.web.opendata import TABELLEN, als_csv

L = sys.modules["lindeveen"]
R = f"/rondes/{L.KENMERK}"
NA_UITKOMST = ("/uitslag", "/data/rangschikking.csv", "/data/scores.json")
NA_START = ("/pilots", "/pilots/lange-tafel", "/data/pilots.csv", "/data/subsidieregister.json", "/data/metingen.csv")
ALTIJD = ("", "/vragen", "/open-data", "/agenda.ics", "/nieuws.atom", "/data/planning.csv", "/data/criteria.json")


def open_site(loper: Any, moment: str = "2027-02-15T10:00") -> TestClient:
    nu = L.op(moment)
    return TestClient(maak_app(loper.motor, nu=lambda: nu), base_url="http://testserver")


def alles(site: TestClient) -> str:
    """Every public answer of the round, as one text."""
    paden = [f"{R}{p}" for p in (*ALTIJD, *NA_UITKOMST, *NA_START)]
    paden += [f"{R}/data/{t}.json" for t in TABELLEN] + ["/", "/sitemap.xml", "/v1/rondes", f"/v1{R}"]
    return "\n".join(site.get(p).text for p in paden)


def test_before_the_call_a_round_does_not_exist(lindeveen: Any) -> None:
    site = open_site(lindeveen("voorbereiding"))
    vreemd = site.get("/rondes/bestaat-niet")
    for pad in (*ALTIJD, *NA_UITKOMST, *NA_START):
        assert site.get(f"{R}{pad}").status_code == 404, pad
    assert site.get(R).text == vreemd.text
    for pad in ("/", "/sitemap.xml", "/v1/rondes"):
        assert L.KENMERK not in site.get(pad).text


@pytest.mark.parametrize("stadium", ["oproep", "coalities", "ingediend", "geopend", "scoren", "voorgedragen"])
def test_nothing_about_proposals_shows_before_the_decision(lindeveen: Any, stadium: str) -> None:
    loper = lindeveen(stadium)
    site = open_site(loper)
    for pad in (*NA_UITKOMST, *NA_START):
        assert site.get(f"{R}{pad}").status_code == 404, pad
    tekst = alles(site)
    assert not [c for c in L.COALITIES if c in tekst]
    assert not re.search(r"\b7 voorstellen|zeven voorstellen", tekst, re.IGNORECASE)


def test_the_public_pages_are_the_same_whether_proposals_came_in_or_not(lindeveen: Any) -> None:
    """The strongest form of 'not even the number': not a byte differs, so nothing can be worked out."""
    leeg = alles(open_site(lindeveen("coalities")))
    assert alles(open_site(lindeveen("ingediend"))) == leeg


def test_the_outcome_shows_every_place_and_reason_after_the_decision(lindeveen: Any) -> None:
    site = open_site(lindeveen("uitwerking"), "2027-05-12T10:00")
    pagina = site.get(f"{R}/uitslag").text
    assert all(f'id="{c}"' in pagina for c in L.COALITIES)
    assert pagina.count("Gekozen</span>") >= len(L.GEKOZEN)
    assert "Het college week niet af van de rangorde" in pagina
    rijen = list(
        csv.DictReader(io.StringIO(site.get(f"{R}/data/rangschikking.csv").text.lstrip("\ufeff")), delimiter=";")
    )
    assert [r["coalitie"] for r in rijen if r["gekozen"] == "ja"] == L.GEKOZEN
    assert site.get(f"{R}/pilots").status_code == 404


def test_no_person_appears_in_anything_public(lindeveen: Any) -> None:
    loper = lindeveen("uitvoering")
    tekst = alles(open_site(loper, "2027-07-07T10:00"))
    with lees(loper.motor) as session:
        for p in session.exec(select(Persoon)):
            assert p.naam not in tekst, p.naam
            assert p.email not in tekst
        assert session.exec(select(Organisatie.naam)).first() is not None
    assert not [b for b in L.BEOORDELAARS if b in tekst]


def test_pilots_and_the_subsidy_register_after_the_start(lindeveen: Any) -> None:
    site = open_site(lindeveen("uitvoering"), "2027-07-07T10:00")
    assert f"{R}/pilots/lange-tafel" in site.get(f"{R}/pilots").text
    assert site.get(f"{R}/pilots/leesmaatjes").status_code == 404
    pagina = site.get(f"{R}/pilots/lange-tafel").text
    assert "Er is nog geen meting bekendgemaakt" in pagina
    subsidies = site.get(f"{R}/data/subsidieregister.json").json()
    assert [s["bedragCent"] for s in subsidies] == [3000000, 3000000]
    assert set(subsidies[0]) >= {"ontvanger", "doel", "verleendOp", "periodeVan", "periodeTot", "regeling"}


def test_a_withdrawn_round_says_so_and_takes_nobody_in(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    with schrijf(loper.motor) as session:
        ronde = session.exec(select(Ronde)).one()
        ronde.fase, ronde.ingetrokken_reden = Fase.INGETROKKEN.value, "Er is geen geld meer."
    pagina = open_site(loper).get(R).text
    assert "Er is geen geld meer." in pagina
    assert "/meedoen" not in pagina


def test_who_can_take_part_sees_how_and_after_the_deadline_no_button(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    assert f'href="{R}/meedoen"' in open_site(loper, "2027-02-15T10:00").get(R).text
    later = open_site(loper, "2027-03-20T10:00").get(R).text
    assert "/meedoen" not in later
    assert "Het college besluit volgens planning" in later


def _leg_document(loper: Any, poort: Poort, *, openbaar: bool, inhoud: bytes, map_: Any) -> str:
    sha = Archief(map_ / "documenten").bewaar(inhoud)
    with schrijf(loper.motor) as session:
        ronde = session.exec(select(Ronde)).one()
        p = session.exec(select(Passage).where(Passage.poort == poort.value)).first()
        session.add(Document(
            ronde_id=ronde.id, passage_id=p.id if p else None, kenmerk=sha[:8], soort="oproep", titel="Stuk",
            bestandsnaam="stuk.pdf", sha256=sha, grootte=len(inhoud), openbaar=openbaar, ontvanger="iedereen",
            moment=L.op("2027-03-12T10:00"),
        ))  # fmt: skip
    return sha


def test_only_public_documents_can_be_fetched_and_those_on_proposals_after_the_decision(
    lindeveen: Any, data_map: Any
) -> None:
    loper = lindeveen("voorgedragen")
    oproep = _leg_document(loper, Poort.OPROEP, openbaar=True, inhoud=b"%PDF-1", map_=data_map)
    geheim = _leg_document(loper, Poort.OPROEP, openbaar=False, inhoud=b"%PDF-2", map_=data_map)
    register = _leg_document(loper, Poort.SLUITING, openbaar=True, inhoud=b"%PDF-3", map_=data_map)
    site = open_site(loper, "2027-05-05T10:00")
    assert site.get(f"{R}/documenten/{oproep}.pdf").content == b"%PDF-1"
    for sha in (geheim, register, "0" * 64):
        assert site.get(f"{R}/documenten/{sha}.pdf").status_code == 404
    assert register not in site.get(f"{R}/open-data").text
    assert site.get(f"{R}/documenten/..%2f..%2fetc.pdf").status_code in (400, 404)


def test_search_engines_may_list_public_pages_only(lindeveen: Any) -> None:
    site = open_site(lindeveen("oproep"))
    assert site.get(R).headers["x-robots-tag"] == "all"
    assert site.get("/aanmelden").headers["x-robots-tag"] == "noindex"


def test_a_calendar_holds_every_date_and_ends_lines_as_it_must(lindeveen: Any) -> None:
    tekst = open_site(lindeveen("oproep")).get(f"{R}/agenda.ics").text
    assert tekst.count("BEGIN:VEVENT") == tekst.count("END:VEVENT") > 10
    assert all(len(r.encode()) <= 75 for r in tekst.split("\r\n"))
    uids = re.findall(r"UID:(.+)", tekst)
    assert len(uids) == len(set(uids))


def test_a_spreadsheet_gets_no_formulas() -> None:
    from aanbesteding.overzichten.openbaarzichten import NietBeoordeeld

    tekst = als_csv([NietBeoordeeld(naam='=HYPERLINK("x")', reden="gewoon; met puntkomma")])
    assert "'=HYPERLINK" in tekst
    assert '"gewoon; met puntkomma"' in tekst


@pytest.mark.parametrize("pad", ["/uitslag", "/pilots", "/data/scores.json"])
def test_pages_take_few_statements(lindeveen: Any, pad: str) -> None:
    """Seven proposals and two pilots: far below one statement per row and per criterion."""
    loper, telling = lindeveen("uitvoering"), []
    site = open_site(loper, "2027-07-07T10:00")
    event.listen(loper.motor, "before_cursor_execute", lambda *a: telling.append(a[2]))
    assert site.get(f"{R}{pad}").status_code == 200
    assert len(telling) <= 20, telling
