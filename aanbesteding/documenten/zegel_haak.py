"""Whether documents get a seal, and the hook that puts it on; without loading the seal when there is none.

cryptography and pyHanko take 0.4 s to load, which the post and every command would pay.
"""

from collections.abc import Callable
from datetime import datetime

from aanbesteding.instellingen import Instellingen

Verzegelaar = Callable[[bytes], bytes]
"""Unsealed PDF in, sealed PDF out: what an export or the post takes as its hook."""
OEFENBESTAND = "oefenzegel.p12"
"""In the folder for seals: the rehearsal's own seal."""


def zegel_ingesteld(gekozen: Instellingen, *, oefening: bool) -> bool:
    """Whether this kind of round has a seal: a rehearsal its own, a real round that of the municipality."""
    return (gekozen.zegel_map / OEFENBESTAND).is_file() if oefening else gekozen.zegel_bestand is not None


def maak_verzegelaar(gekozen: Instellingen, *, oefening: bool, nu: datetime, reden: str) -> Verzegelaar:
    """The hook that seals at `nu` (aware), with `reden` in the seal. Raises Omgevingsfout when it cannot be used."""
    from .zegel import verzegelaar
    from .zegel_keuze import kies_zegel

    return verzegelaar(kies_zegel(gekozen, oefening=oefening, nu=nu), nu, reden)


def verzegelaar_of_niets(gekozen: Instellingen, *, oefening: bool, nu: datetime, reden: str) -> Verzegelaar:
    """As `maak_verzegelaar`; where no seal is set up, a hook that leaves the document as it is.

    A seal that is set up and cannot be used is an error: a document must not go out unsealed unnoticed.
    """
    if not zegel_ingesteld(gekozen, oefening=oefening):
        return lambda inhoud: inhoud
    return maak_verzegelaar(gekozen, oefening=oefening, nu=nu, reden=reden)
