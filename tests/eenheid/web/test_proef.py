"""Logging in with one click is for examples only, whatever the settings say."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from aanbesteding import klok
from aanbesteding.database import schrijf
from aanbesteding.instellingen import instellingen
from aanbesteding.model import Ronde
from aanbesteding.web.app import maak_app

ADRES = "http://testserver"
WIE = "/proef/carla.wijnia@lindeveen.example"


@pytest.mark.parametrize(("voorbeeld", "oefening", "status"), [("1", True, 200), ("0", True, 404), ("1", False, 404)])
def test_one_click_login_is_only_for_examples(
    lindeveen: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, voorbeeld: str, oefening: bool, status: int
) -> None:
    loper = lindeveen("oproep")
    monkeypatch.setenv("AANBESTEDING_VOORBEELD", voorbeeld)
    instellingen.cache_clear()
    with schrijf(loper.motor) as session:
        session.exec(select(Ronde)).one().oefening = oefening
    client = TestClient(maak_app(loper.motor, nu=klok.nu), base_url=ADRES, headers={"origin": ADRES})
    for pad in ("/proef", "/postvak"):
        assert client.get(pad).status_code == status
    if status == 404:
        assert client.post(WIE).status_code == 404
        assert "sessie" not in client.cookies
