"""One Prefect for the tests of the flows: its own folder, set before anyone imports it, and no heartbeat."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_MAP = tempfile.TemporaryDirectory(prefix="prefect-keten-")
os.environ["PREFECT_HOME"] = _MAP.name
os.environ.update(
    DO_NOT_TRACK="1", PREFECT_SERVER_ANALYTICS_ENABLED="false", PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED="false",
    PREFECT_API_TLS_INSECURE_SKIP_VERIFY="true", PREFECT_LOGGING_TO_API_ENABLED="false",
)  # fmt: skip

KLEIN = Path(__file__).parents[1] / "rondes" / "klein"


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """A real Prefect server for the whole session."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    with (
        prefect_test_harness(server_startup_timeout=120),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        yield


@pytest.fixture(scope="session")
def volledig(prefect: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The small round, played once from start to end on the real flows: its data folder and manifest."""
    from flows.oefenronde import oefenronde

    data_map = tmp_path_factory.mktemp("volledig") / "klein"
    return data_map, oefenronde(str(KLEIN), str(data_map))
