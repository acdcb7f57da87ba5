"""The long texts of the project leader: written in the browser, kept while typing, recorded by the same acts."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.model import Collegestuk, Duidingsversie
from aanbesteding.web import invulformulier as f
from aanbesteding.web import leidformulieren

leidweb = importlib.import_module("leidweb")
L = importlib.import_module("lindeveen")
RONDE = "/werk/lindeveen-2027"


def web(loper: Any, moment: str, wie: str = "") -> Any:
    return leidweb.Web(loper, wie or L.LEIDER, moment).client


def vul(delen: f.Delen, inhoud: dict[str, Any], **extra: str) -> dict[str, Any]:
    return {**f.uit_inhoud(delen, inhoud), **extra}


def test_a_text_for_the_college_is_recorded(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("voorbereiding")
    client = web(loper, "2026-12-02T10:00")
    velden = vul(leidformulieren.COLLEGETEKST, L.collegetekst("De ronde starten"), _knop="indienen", sleutel="a")
    velden["openbaarheid"] = "openbaar na het besluit van het college"
    uit = client.post(f"{RONDE}/collegeteksten/startvoorstel", data=velden, follow_redirects=False)
    assert uit.status_code == 303, uit.text
    client.post(f"{RONDE}/collegeteksten/startvoorstel", data=velden, follow_redirects=False)
    with lees(loper.motor) as session:
        rijen = session.exec(select(Collegestuk)).all()
    assert [(r.soort, r.versie) for r in rijen] == [("startvoorstel", 1)]
    assert rijen[0].inhoud["onderwerp"] == "De ronde starten"
    assert "versie 1" in client.get(f"{RONDE}/collegeteksten/startvoorstel").text


def test_a_faulty_text_keeps_everything_that_was_typed(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("voorbereiding")
    client = web(loper, "2026-12-02T10:00")
    velden = vul(leidformulieren.COLLEGETEKST, L.collegetekst("De ronde starten"), _knop="indienen")
    velden["inleiding"], velden["juridisch"] = "", "Dit typte ik net."
    uit = client.post(f"{RONDE}/collegeteksten/startvoorstel", data=velden)
    assert uit.status_code == 422
    assert "Dit typte ik net." in uit.text
    assert "Aanleiding" in uit.text
    assert "Dit typte ik net." in client.get(f"{RONDE}/collegeteksten/startvoorstel").text
    with lees(loper.motor) as session:
        assert session.exec(select(Collegestuk)).first() is None


def test_a_row_more_without_a_script(lindeveen: Callable[[str], Any]) -> None:
    client = web(lindeveen("voorbereiding"), "2026-12-02T10:00")
    pagina = client.post(
        f"{RONDE}/collegeteksten/startvoorstel", data={"onderwerp": "Kort", "_knop": "erbij:argumenten"}
    )
    assert pagina.status_code == 200
    assert 'value="Kort"' in pagina.text
    assert pagina.text.count('name="argumenten-stelling"') >= 2


def test_a_story_beside_a_measurement(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitvoering")
    client = web(loper, "2028-02-28T10:00")
    velden = {
        "mechanisme": "Buren kennen elkaar.", "andere_verklaringen": "Een zachte winter.\n- Een nieuwe winkel.",
        "partners": "Zij zien dat ook.", "inwoners": "Zij merken het.", "vervolg": "Wij gaan door.",
        "_knop": "indienen",
    }  # fmt: skip
    assert client.post(f"{RONDE}/duiding/lange-tafel/2", data=velden, follow_redirects=False).status_code == 303
    with lees(loper.motor) as session:
        rij = session.exec(select(Duidingsversie).where(Duidingsversie.nummer == 2)).one()
    assert rij.inhoud["andere_verklaringen"] == ["Een zachte winter.", "Een nieuwe winkel."]


@pytest.mark.parametrize("pad", ["collegeteksten/selectie", "meetplan", "meting", "evaluatie", "meting/lange-tafel"])
def test_only_the_project_leader_comes_here(lindeveen: Callable[[str], Any], pad: str) -> None:
    assert web(lindeveen("uitvoering"), "2028-02-28T10:00", "carla-wijnia").get(f"{RONDE}/{pad}").status_code == 403
