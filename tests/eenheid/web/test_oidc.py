"""Logging in with a work account, against a real provider on this machine."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import oidc_provider_mock
import pytest
from fastapi.testclient import TestClient

from aanbesteding import klok
from aanbesteding.database import maak_motor, schrijf, werk_bij
from aanbesteding.instellingen import instellingen
from aanbesteding.model import Persoon
from aanbesteding.web import oidc
from aanbesteding.web.app import maak_app

ADRES = "http://testserver"


@pytest.fixture(scope="module")
def uitgever() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def client(uitgever: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    for naam, waarde in {
        "OIDC_UITGEVER": uitgever, "OIDC_CLIENT": "aanbesteding", "OIDC_GEHEIM": "geheim", "WEB_ADRES": ADRES
    }.items():  # fmt: skip
        monkeypatch.setenv(f"AANBESTEDING_{naam}", waarde)
    instellingen.cache_clear()
    oidc.uitgever.cache_clear()
    motor = maak_motor(f"sqlite:///{tmp_path / 'proef.sqlite'}")
    werk_bij(motor)
    with schrijf(motor) as session:
        session.add(Persoon(email="anna@lindeveen.example", naam="Anna"))
    yield TestClient(maak_app(motor, nu=klok.nu), base_url=ADRES, follow_redirects=False)
    instellingen.cache_clear()
    motor.dispose()


def _bij_de_uitgever(adres: str, wie: str, **gegevens: object) -> str:
    """What a person does at the provider: log in there; returns the address that brings him back."""
    naam = httpx.URL(adres)
    httpx.put(f"{naam.scheme}://{naam.netloc.decode()}/users/{wie}", json=gegevens).raise_for_status()
    return httpx.post(adres, data={"sub": wie}).headers["location"]


def test_a_work_account_logs_in_and_comes_back_to_the_page(client: TestClient) -> None:
    heen = client.get("/aanmelden/oidc?terug=/mijn/apparaten")
    assert heen.status_code == 303
    terug = client.get(_bij_de_uitgever(heen.headers["location"], "anna", email="Anna@lindeveen.example"))
    assert terug.headers["location"] == "/mijn/apparaten?klaar=aangemeld"
    assert "Anna" in client.get("/mijn/apparaten").text


def test_a_stranger_is_told_whom_to_ask(client: TestClient) -> None:
    heen = client.get("/aanmelden/oidc")
    terug = client.get(_bij_de_uitgever(heen.headers["location"], "piet", email="piet@elders.example"))
    assert terug.status_code == 403
    assert "projectleider" in terug.text
    assert "sessie" not in client.cookies


def test_an_unconfirmed_address_is_refused(client: TestClient) -> None:
    heen = client.get("/aanmelden/oidc")
    adres = _bij_de_uitgever(heen.headers["location"], "anna2", email="anna@lindeveen.example", email_verified=False)
    assert client.get(adres).status_code == 403


@pytest.mark.parametrize("vervang", ["state=x", "code=x"])
def test_an_answer_that_was_tampered_with_is_refused(client: TestClient, vervang: str) -> None:
    heen = client.get("/aanmelden/oidc")
    adres = httpx.URL(_bij_de_uitgever(heen.headers["location"], "anna", email="anna@lindeveen.example"))
    naam, waarde = vervang.split("=")
    assert client.get(str(adres.copy_set_param(naam, waarde))).status_code == 403


def test_an_answer_for_another_browser_is_refused(client: TestClient) -> None:
    heen = client.get("/aanmelden/oidc")
    adres = _bij_de_uitgever(heen.headers["location"], "anna", email="anna@lindeveen.example")
    client.cookies.clear()
    assert client.get(adres).status_code == 403


def test_an_answer_works_once(client: TestClient) -> None:
    heen = client.get("/aanmelden/oidc")
    adres = _bij_de_uitgever(heen.headers["location"], "anna", email="anna@lindeveen.example")
    assert client.get(adres).status_code == 303
    assert client.get(adres).status_code == 403


def test_no_way_back_to_another_site(client: TestClient) -> None:
    heen = client.get("/aanmelden/oidc?terug=https://kwaad.example/")
    terug = client.get(_bij_de_uitgever(heen.headers["location"], "anna", email="anna@lindeveen.example"))
    assert terug.headers["location"] == "/mijn?klaar=aangemeld"
