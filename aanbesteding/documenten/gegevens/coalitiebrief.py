"""Letters to a coalition: they go to the penvoerder, who answers for all partners (domein.md 1.2)."""

from typing import Any

from ...model import Coalitie
from ...overzichten import dossier
from ...overzichten.doorgang import Doorgang
from .basis import Adres, Stuk, stuk
from .rechtsmiddel import BESLUITBRIEVEN, rechtsmiddel


def venster(wie: dossier.Penvoerder) -> dict[str, str]:
    """The address window of a letter."""
    o = wie.organisatie
    return {
        "organisatie": o.naam,
        "naam": wie.persoon.naam,
        "adres": o.adres,
        "postcode": o.postcode,
        "plaats": o.plaats,
    }


def brief(
    d: Doorgang, soort: str, groep: Coalitie, wie: dossier.Penvoerder, gegevens: dict[str, Any], *, titel: str
) -> Stuk:
    """One letter to the penvoerder of this coalition, with its mail; a decision also gets the remedy that fits it."""
    alles = {"geadresseerde": venster(wie), "coalitie": {"naam": groep.naam}} | gegevens
    if soort in BESLUITBRIEVEN:
        alles |= rechtsmiddel(d)
    aan = (Adres(wie.persoon.naam, wie.persoon.email),)
    return stuk(d, soort, alles, titel=titel, bij=groep.sleutel, ontvanger=wie.organisatie.naam,
                coalitie=groep.sleutel, aan=aan, bericht="brief")  # fmt: skip
