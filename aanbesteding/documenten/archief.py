"""The document archive: a file's address is the SHA-256 of its content.

The same document twice is one file, a changed file shows at once, and a crash leaves either nothing or the
whole file (temporary file, fsync, rename). Layout: `<map>/ab/cd/abcd….pdf`.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from aanbesteding.fouten import Controlefout, Invoerfout, NietGevonden

_SHA256 = re.compile(r"[0-9a-f]{64}")


def controlegetal(inhoud: bytes) -> str:
    """The SHA-256 of these bytes, 64 hex digits."""
    return hashlib.sha256(inhoud).hexdigest()


class Archief:
    """`bewaar` gives the address, `lees` gives the bytes back or says what is wrong."""

    def __init__(self, wortel: Path) -> None:
        self.wortel = wortel

    def pad(self, sha256: str) -> Path:
        """Where a document is or would be. Raises Invoerfout for anything but 64 hex digits."""
        if not _SHA256.fullmatch(sha256):
            raise Invoerfout(f"'{sha256[:80]}' is geen controlegetal; geef 64 tekens, alleen 0-9 en a-f")
        return self.wortel / sha256[:2] / sha256[2:4] / f"{sha256}.pdf"

    def bevat(self, sha256: str) -> bool:
        return self.pad(sha256).is_file()

    def bewaar(self, inhoud: bytes) -> str:
        """Store and give the address. A sound copy is left alone, a damaged one is replaced."""
        sha256 = controlegetal(inhoud)
        doel = self.pad(sha256)
        if not (doel.is_file() and controlegetal(doel.read_bytes()) == sha256):
            doel.parent.mkdir(parents=True, exist_ok=True)
            _schrijf_heel(doel, inhoud)
        return sha256

    def lees(self, sha256: str) -> bytes:
        """Raises NietGevonden where the archive lacks it, Controlefout where the bytes have changed."""
        pad = self.pad(sha256)
        try:
            inhoud = pad.read_bytes()
        except FileNotFoundError:
            raise NietGevonden(
                f"Document {sha256} staat niet in het archief. Zet het archief terug vanaf de reservekopie."
            ) from None
        if controlegetal(inhoud) != sha256:
            raise Controlefout(f"Document {sha256} is veranderd na het opslaan. Zet het terug vanaf de reservekopie.")
        return inhoud


def _schrijf_heel(doel: Path, inhoud: bytes) -> None:
    """Readers see the old state or the new one, also after a power cut."""
    greep, tijdelijk = tempfile.mkstemp(dir=doel.parent, prefix=".nieuw-")
    try:
        with os.fdopen(greep, "wb") as bestand:
            bestand.write(inhoud)
            bestand.flush()
            os.fsync(bestand.fileno())
        Path(tijdelijk).chmod(0o640)
        Path(tijdelijk).replace(doel)
    except BaseException:
        Path(tijdelijk).unlink(missing_ok=True)
        raise
    _leg_map_vast(doel.parent)


def _leg_map_vast(folder: Path) -> None:
    """The rename itself is only safe once the folder is on disk."""
    greep = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(greep)
    finally:
        os.close(greep)
