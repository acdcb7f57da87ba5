"""Acts on a page wake the round; a Prefect server that happens to run on this machine is not ours to wake."""

import pytest


@pytest.fixture(autouse=True)
def geen_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
