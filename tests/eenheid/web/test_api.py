"""The API against the NL API Design Rules 2.1: each rule that a program can see, and the sealed round."""

import re
import sys
from typing import Any

import pytest
from fastapi.testclient import TestClient

from aanbesteding.web.api import bronnen
from aanbesteding.web.app import maak_app

L = sys.modules["lindeveen"]
R = f"/v1/rondes/{L.KENMERK}"
PROBLEEM = "application/problem+json"


def api(loper: Any, moment: str = "2027-07-07T10:00") -> TestClient:
    nu = L.op(moment)
    return TestClient(maak_app(loper.motor, nu=lambda: nu), base_url="http://testserver")


@pytest.fixture
def site(lindeveen: Any) -> TestClient:
    return api(lindeveen("uitvoering"))


@pytest.fixture
def beschrijving(site: TestClient) -> dict[str, Any]:
    return dict(site.get("/v1/openapi.json").json())


def test_the_description_says_who_where_and_which_version(beschrijving: dict[str, Any]) -> None:
    assert beschrijving["openapi"].startswith("3.1")
    assert set(beschrijving["info"]["contact"]) == {"name", "url", "email"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", beschrijving["info"]["version"])
    assert beschrijving["servers"][0]["url"].endswith("/v1")


def test_paths_are_kebab_case_keys_camel_case_and_errors_problems(beschrijving: dict[str, Any]) -> None:
    namen = set()
    for pad, werken in beschrijving["paths"].items():
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-z]+\}))+", pad), pad
        assert set(werken) == {"get"}
        werk = werken["get"]
        namen.add(werk["operationId"])
        assert "422" not in werk["responses"]
        assert {"200", "400", "404"} <= set(werk["responses"])
        for code, antwoord in werk["responses"].items():
            assert "API-Version" in antwoord["headers"]
            assert set(antwoord["content"]) == {"application/json" if code == "200" else PROBLEEM}
        for p in werk.get("parameters", []):
            assert p["in"] == "path" or re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", p["name"])
    assert len(namen) == len(beschrijving["paths"])


def test_every_reference_of_the_description_exists(beschrijving: dict[str, Any]) -> None:
    import json

    for verwijzing in set(re.findall(r'"#/components/(\w+)/([\w-]+)"', json.dumps(beschrijving))):
        assert verwijzing[1] in beschrijving["components"][verwijzing[0]], verwijzing


@pytest.mark.parametrize(
    ("methode", "pad", "koppen", "status"),
    [
        ("GET", "/v1/rondes?onbekend=1", {}, 400),
        ("GET", "/v1/rondes?pagina=0", {}, 400),
        ("GET", "/v1/rondes?perPagina=veel", {}, 400),
        ("GET", "/v1/rondes/%00", {}, 400),
        ("GET", "/v1/rondes/bestaat-niet", {}, 404),
        ("GET", "/v1/rondes/", {}, 404),
        ("GET", "/v1", {}, 404),
        ("GET", "/v1/iets-anders", {}, 404),
        ("POST", "/v1/rondes", {}, 405),
        ("DELETE", R, {}, 405),
        ("GET", "/v1/rondes", {"accept": "text/html"}, 406),
        ("GET", "/v1/rondes", {"accept": "application/json;q=0"}, 406),
    ],
)
def test_every_error_is_a_problem(
    site: TestClient, methode: str, pad: str, koppen: dict[str, str], status: int
) -> None:
    antwoord = site.request(methode, pad, headers=koppen, follow_redirects=False)
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (status, PROBLEEM)
    inhoud = antwoord.json()
    assert inhoud["status"] == status
    assert inhoud["title"]
    assert inhoud["detail"]
    assert antwoord.headers["api-version"] == "1.0.0"
    assert antwoord.headers["cache-control"] == "no-store"


def test_security_and_sharing_headers_on_every_answer(site: TestClient) -> None:
    for pad in ("/v1/rondes", "/v1/openapi.json", "/v1/niets"):
        koppen = site.get(pad).headers
        assert koppen["access-control-allow-origin"] == "*"
        assert koppen["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert koppen["x-content-type-options"] == "nosniff"
        assert koppen["x-frame-options"] == "DENY"
        assert "max-age" in koppen["strict-transport-security"]
        assert "set-cookie" not in koppen


def test_head_options_and_etag(site: TestClient) -> None:
    heel = site.get(f"{R}/criteria")
    kop = site.head(f"{R}/criteria")
    assert (kop.status_code, kop.content, kop.headers["etag"]) == (200, b"", heel.headers["etag"])
    weer = site.get(f"{R}/criteria", headers={"if-none-match": heel.headers["etag"]})
    assert (weer.status_code, weer.content) == (304, b"")
    opties = site.options(R)
    assert (opties.status_code, opties.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


def test_paging_gives_every_row_once(site: TestClient) -> None:
    alle = site.get(f"{R}/scores").json()
    rijen, adres = [], f"{R}/scores?perPagina=7"
    while adres:
        blad = site.get(adres).json()
        rijen += blad["resultaten"]
        adres = blad["_links"].get("volgende", {}).get("href", "")
    assert len(alle["resultaten"]) == alle["aantal"]
    assert len(rijen) == alle["aantal"] > 50
    assert len({tuple(r.values()) for r in rijen}) == len(rijen)


def test_a_filter_leaves_only_what_it_asks(site: TestClient) -> None:
    rijen = site.get(f"{R}/scores?coalitie=lange-tafel&perPagina=500").json()["resultaten"]
    assert {r["coalitie"] for r in rijen} == {"lange-tafel"}
    assert {r["beoordelaar"] for r in rijen} <= {f"Beoordelaar {x}" for x in "ABCDE"}


@pytest.mark.parametrize("pad", [r[0] for r in bronnen.LIJSTEN])
def test_every_list_answers_for_a_round_in_progress(site: TestClient, pad: str) -> None:
    blad = site.get(f"{R}/{pad}")
    assert blad.status_code == 200
    assert blad.json()["_links"]["self"]["href"].startswith(f"{R}/{pad}")


@pytest.mark.parametrize("stadium", ["ingediend", "scoren", "voorgedragen"])
def test_sealed_is_not_there(lindeveen: Any, stadium: str) -> None:
    gesloten = api(lindeveen(stadium), "2027-04-01T10:00")
    weg = ("uitslag", "scores", "pilots", "pilots/lange-tafel", "metingen", "subsidies", "effectoordelen")
    assert {gesloten.get(f"{R}/{d}").status_code for d in weg} == {404}


def test_moments_are_utc_and_days_are_days(site: TestClient) -> None:
    ronde = site.get(R).json()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", ronde["sluitOp"])
    subsidie = site.get(f"{R}/subsidies").json()["resultaten"][0]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", subsidie["verleendOp"])
