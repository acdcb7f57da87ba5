"""Documents by right, and what the jurist sees and signs."""

import importlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees, schrijf
from aanbesteding.documenten.archief import Archief
from aanbesteding.instellingen import instellingen
from aanbesteding.model import Coalitie, Document, Logregel, Ronde, Vergewisverklaring
from aanbesteding.overzichten.toezicht import VERGEWISPUNTEN
from aanbesteding.web.routes.toezicht import EIGEN_PUNTEN

leidweb = importlib.import_module("leidweb")
L = importlib.import_module("lindeveen")
RONDE = "/werk/lindeveen-2027"


def web(loper: Any, moment: str, wie: str) -> Any:
    return leidweb.Web(loper, wie, moment).client


def leg_neer(loper: Any, soort: str, *, openbaar: bool = False, coalitie: str = "", bij: str = "") -> int:
    """A document row with its bytes, as a gate would leave it."""
    sha = Archief(instellingen().archief_map).bewaar(f"%PDF-{soort}{coalitie}{bij}".encode())
    with schrijf(loper.motor) as session:
        ronde = session.exec(select(Ronde)).one()
        groep = session.exec(select(Coalitie).where(Coalitie.sleutel == coalitie)).first() if coalitie else None
        rij = Document(
            ronde_id=ronde.id, soort=soort, titel=f"Titel {soort}", kenmerk=f"Z/{soort}{coalitie}/{bij}",
            bestandsnaam=f"{soort}.pdf", sha256=sha, grootte=10, openbaar=openbaar, ontvanger="iemand",
            moment=L.op("2027-03-12T10:00"), coalitie_id=groep.id if groep else None,
        )  # fmt: skip
        session.add(rij)
        session.flush()
        assert rij.id is not None
        return rij.id


@pytest.mark.parametrize(
    ("soort", "extra", "wie", "ziet"),
    [
        ("oproep", {"openbaar": True}, "carla-wijnia", True),
        ("beoordelingsrapport-intern", {}, "carla-wijnia", False),
        ("beoordelingsrapport-intern", {}, "bert-hoekzema", True),
        ("beoordelingsrapport-intern", {}, "nour-haddad", True),
        ("beoordelingsrapport-intern", {}, "welzijn-lindeveen", False),
        ("afwijzingsbrief", {"coalitie": "lange-tafel"}, "welzijn-lindeveen", True),
        ("afwijzingsbrief", {"coalitie": "lange-tafel"}, "zangkoor-de-merel", False),
        ("afwijzingsbrief", {"coalitie": "lange-tafel"}, "bert-hoekzema", False),
        ("scoreformulier", {"bij": "carla-wijnia"}, "carla-wijnia", True),
        ("scoreformulier", {"bij": "carla-wijnia"}, "deniz-aydin", False),
    ],
)
def test_who_sees_which_document(
    lindeveen: Callable[[str], Any], soort: str, extra: dict[str, Any], wie: str, ziet: bool
) -> None:
    loper = lindeveen("voorgedragen")
    nummer = leg_neer(loper, soort, **extra)
    client = web(loper, "2027-05-10T10:00", wie)
    assert (f"stukken/{nummer}.pdf" in client.get(f"{RONDE}/stukken").text) is ziet
    uit = client.get(f"{RONDE}/stukken/{nummer}.pdf")
    assert uit.status_code == (200 if ziet else 404)
    if ziet:
        assert uit.headers["content-type"] == "application/pdf"
        assert uit.content.startswith(b"%PDF-")


def test_a_receipt_is_sealed_until_the_vault_is_open(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("ingediend")
    nummer = leg_neer(loper, "ontvangstbevestiging", coalitie="lange-tafel")
    leider = web(loper, "2027-03-11T13:00", L.LEIDER)
    assert "ontvangstbevestiging" not in leider.get(f"{RONDE}/stukken").text
    assert leider.get(f"{RONDE}/stukken/{nummer}.pdf").status_code == 404
    assert web(loper, "2027-03-11T13:00", "welzijn-lindeveen").get(f"{RONDE}/stukken/{nummer}.pdf").status_code == 200


def test_the_log_is_checked_shown_and_given(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("voorgedragen")
    client = web(loper, "2027-05-10T10:00", L.JURIST)
    assert "De keten is heel" in client.get(f"{RONDE}/toezicht").text
    assert "passeer" in client.get(f"{RONDE}/toezicht/log?handeling=passeer").text
    regels = [json.loads(r) for r in client.get(f"{RONDE}/toezicht/log.jsonl").text.splitlines()]
    assert [r["volgnummer"] for r in regels] == list(range(1, len(regels) + 1))
    with schrijf(loper.motor) as session:
        session.exec(select(Logregel).where(Logregel.volgnummer == 3)).one().actor = "iemand-anders"
    assert "klopt niet" in client.get(f"{RONDE}/toezicht").text


def test_the_jurist_signs_once_and_every_point_counts(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("beoordeeld")
    client = web(loper, "2027-04-25T10:00", L.JURIST)
    velden = {"conclusie": "Het advies kwam zorgvuldig tot stand.", "sleutel": "x"}
    for n in range(1, len(VERGEWISPUNTEN) + 1):
        velden |= {f"oordeel-{n}": "ja", f"toelichting-{n}": "Dit blijkt uit het logboek."}
    half = client.post(f"{RONDE}/toezicht/vergewisverklaring", data={**velden, "oordeel-2": ""})
    assert half.status_code == 422
    assert "Dit blijkt uit het logboek." in half.text
    eigen = {f"punt-{len(VERGEWISPUNTEN) + EIGEN_PUNTEN}": "Eigen punt"}
    assert client.post(f"{RONDE}/toezicht/vergewisverklaring", data={**velden, **eigen}).status_code == 422
    uit = client.post(f"{RONDE}/toezicht/vergewisverklaring", data=velden, follow_redirects=False)
    assert uit.status_code == 303, uit.text
    with lees(loper.motor) as session:
        assert len(session.exec(select(Vergewisverklaring)).one().punten) == len(VERGEWISPUNTEN)
    assert "Ondertekend" in client.get(f"{RONDE}/toezicht/vergewisverklaring").text


@pytest.mark.parametrize("pad", ["", "/log", "/vergewisverklaring", "/loting", "/log.jsonl"])
def test_oversight_is_for_the_jurist(lindeveen: Callable[[str], Any], pad: str) -> None:
    loper = lindeveen("beoordeeld")
    assert web(loper, "2027-04-25T10:00", L.JURIST).get(f"{RONDE}/toezicht{pad}").status_code == 200
    assert web(loper, "2027-04-25T10:00", L.LEIDER).get(f"{RONDE}/toezicht{pad}").status_code == 403


def test_a_wrong_coalition_names_no_other(lindeveen: Callable[[str], Any]) -> None:
    """Before the opening nobody may learn from an error which coalitions there are."""
    loper = lindeveen("ingediend")
    for pad in ("coalitie/bestaat-niet/voorstel", "meetplan/bestaat-niet", "coalitie/lange-tafels/voorstel"):
        tekst = web(loper, "2027-03-11T13:00", L.LEIDER).get(f"{RONDE}/{pad}").text
        assert not [c for c in L.COALITIES if c in tekst], pad
