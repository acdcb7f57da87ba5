"""pretalx, the nearest peer, on the same jobs in the same run: from an environment of its own, never from ours.

`python gereedschap/bench_webpretalx.py` (`make bench-pretalx`) installs the newest pretalx that this Python can run
into gegevens/cache/pretalx; `make bench` measures it when it is there.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

WORTEL = Path(__file__).resolve().parents[1]
OMGEVING = WORTEL / "gegevens" / "cache" / "pretalx"
PYTHON = OMGEVING / "bin" / "python"


def installeer() -> None:
    """From PyPI, over what may be there already. Raises CalledProcessError with pip's own words on the screen."""
    subprocess.run([sys.executable, "-m", "venv", str(OMGEVING)], check=True)  # noqa: S603
    subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", "--upgrade", "pretalx"], check=True)  # noqa: S603


def meet_pretalx() -> dict[str, Any]:
    """{"versie": "2025.2.2", "ms": {job: milliseconds}}; {} when it is not installed. Takes about a minute."""
    if not PYTHON.exists():
        return {}
    script = Path(__file__).with_name("bench_webpretalx_binnen.py")
    klaar = subprocess.run([str(PYTHON), "-W", "ignore", str(script)], check=False, capture_output=True, text=True)  # noqa: S603
    if klaar.returncode:
        print(f"pretalx is niet te meten: {(klaar.stdout + klaar.stderr)[-400:]}", file=sys.stderr)
        return {}
    uit: dict[str, Any] = json.loads(klaar.stdout.strip().splitlines()[-1])
    return uit


if __name__ == "__main__":
    installeer()
    print(json.dumps(meet_pretalx(), ensure_ascii=False))
