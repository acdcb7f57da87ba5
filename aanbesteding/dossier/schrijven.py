"""Writing files to a folder or a zip: all of them or nothing, in a fixed order and with a fixed date.

A file's content may be a function: it is called when its turn comes, so that a large round never stands in
memory as a whole.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

ZIPDATUM = (1980, 1, 1, 0, 0, 0)
Inhoud = bytes | Callable[[], bytes]


def schrijf_heel(inhoud: Mapping[str, Inhoud], doel: Path) -> None:
    """Put these files in `doel` (a folder, or a .zip): all of them or nothing."""
    werkmap = Path(tempfile.mkdtemp(prefix=f".{doel.name}-", dir=doel.parent))
    try:
        if doel.suffix == ".zip":
            _zip(inhoud, werkmap / "dossier.zip")
            (werkmap / "dossier.zip").replace(doel)
        else:
            _map(inhoud, werkmap / "dossier")
            (werkmap / "dossier").rename(doel)
    finally:
        shutil.rmtree(werkmap, ignore_errors=True)


def _bytes(inhoud: Inhoud) -> bytes:
    return inhoud() if callable(inhoud) else inhoud


def _map(inhoud: Mapping[str, Inhoud], wortel: Path) -> None:
    for pad, wat in sorted(inhoud.items()):
        bestand = wortel / pad
        bestand.parent.mkdir(parents=True, exist_ok=True)
        bestand.write_bytes(_bytes(wat))


def _zip(inhoud: Mapping[str, Inhoud], pad: Path) -> None:
    with zipfile.ZipFile(pad, "w") as archief:
        for naam, wat in sorted(inhoud.items()):
            info = zipfile.ZipInfo(naam, ZIPDATUM)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # always Unix, so that every machine gives the same bytes
            info.external_attr = 0o644 << 16
            archief.writestr(info, _bytes(wat))
