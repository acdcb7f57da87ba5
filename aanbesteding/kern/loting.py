"""Lottery that anyone can recompute: RFC 3797 "Publicly Verifiable Nominations Committee Random Selection".

The sources of chance are announced before they are known (lottery results, closing prices), the numbered
list is hashed and published before the draw, and the selection is plain arithmetic on MD5. MD5 is what the
RFC prescribes; it is no weakness here, since nobody can choose the sources. Pure: no clock, no random module.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

GROOTSTE_POT = 65_535  # RFC 3797 writes the draw number in two bytes

Bronsoort = Literal["getal", "getallen", "verzameling", "tekst"]


class LotingError(ValueError):
    """A lottery that cannot be held or does not match; the message is Dutch and meant for people."""


@dataclass(frozen=True)
class Bron:
    """One announced source of chance.

    `soort`: getal (one number), getallen (order matters), verzameling (order does not matter: sorted),
    tekst (letters and digits only, in capitals). `waarden` are written as published: "9319", "42,50".
    """

    naam: str
    soort: Bronsoort
    waarden: tuple[str, ...]


@dataclass(frozen=True)
class Trekking:
    """One draw: `volgnummer` counts from 1; `nummer` is the 1-based place in the published list."""

    volgnummer: int
    md5: str
    overgebleven: int
    nummer: int


@dataclass(frozen=True)
class Loting:
    """Everything that the proces-verbaal prints and that `herbereken` needs."""

    deelnemers: tuple[str, ...]
    lijsthash: str
    bronnen: tuple[Bron, ...]
    sleutel: str
    trekkingen: tuple[Trekking, ...]
    volgorde: tuple[str, ...]


def canonieke_lijst(deelnemers: Sequence[str]) -> tuple[str, ...]:
    """Participants in NFC, trimmed and sorted by code point, so that every copy of the list hashes alike.

    Raises LotingError on an empty list, an empty or multi-line name, or a double name.
    """
    namen = sorted(unicodedata.normalize("NFC", naam).strip() for naam in deelnemers)
    if not namen or not all(namen) or any("\n" in naam for naam in namen):
        raise LotingError("De lijst voor de loting is leeg of bevat een leeg kenmerk. Vul elk kenmerk in.")
    dubbel = sorted({naam for naam in namen if namen.count(naam) > 1})
    if dubbel:
        raise LotingError(f"Kenmerk {dubbel[0]} staat dubbel op de lijst voor de loting. Haal er één weg.")
    return tuple(namen)


def lijst_als_tekst(deelnemers: Sequence[str]) -> str:
    """The published list: one line "nummer;kenmerk" per participant, UTF-8, each line closed by a newline."""
    return "".join(f"{nummer};{naam}\n" for nummer, naam in enumerate(canonieke_lijst(deelnemers), 1))


def lijsthash(deelnemers: Sequence[str]) -> str:
    """SHA-256 (hex) of `lijst_als_tekst`; published before the sources are known."""
    return hashlib.sha256(lijst_als_tekst(deelnemers).encode()).hexdigest()


def _getal(waarde: str) -> Decimal:
    kaal = waarde.strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", kaal):
        raise LotingError(f"“{waarde}” is geen getal. Schrijf alleen cijfers, met hooguit één komma.")
    return Decimal(kaal)


def _getal_als_tekst(getal: Decimal) -> str:
    """No leading zeros and no trailing zeros behind the decimal point (RFC 3797 §4)."""
    tekst = format(getal, "f")
    return tekst.rstrip("0").rstrip(".") if "." in tekst else tekst


def _bron_als_tekst(bron: Bron) -> str:
    if not bron.waarden or (bron.soort == "getal" and len(bron.waarden) != 1):
        raise LotingError(f"Bron “{bron.naam}” heeft niet het juiste aantal waarden. Vul de uitkomst in.")
    if bron.soort == "tekst":
        delen = [re.sub(r"[^A-Z0-9]", "", waarde.upper()) for waarde in bron.waarden]
        if not all(delen):
            raise LotingError(f"Bron “{bron.naam}” bevat een tekst zonder letters of cijfers.")
    else:
        getallen = [_getal(waarde) for waarde in bron.waarden]
        delen = [_getal_als_tekst(g) for g in (sorted(getallen) if bron.soort == "verzameling" else getallen)]
    return "".join(f"{deel}." for deel in delen) + "/"


def bouw_sleutel(bronnen: Sequence[Bron]) -> str:
    """The RFC 3797 key: each value closed by a period, each source by a slash, in the announced order."""
    if not bronnen:
        raise LotingError("Er is geen bron voor de loting. Noem vooraf minstens één openbare bron.")
    return "".join(_bron_als_tekst(bron) for bron in bronnen)


def trek(sleutel: str, pot: int, aantal: int) -> tuple[Trekking, ...]:
    """Draw `aantal` numbers from 1..`pot` without putting back, as in RFC 3797 §5 and §6.

    Draw i takes MD5(i ‖ key ‖ i), i in two bytes, modulo the number left, and picks that one of those left.
    """
    if not 1 <= pot <= GROOTSTE_POT or not 0 <= aantal <= pot:
        raise LotingError(f"Uit {pot} deelnemers kunnen er geen {aantal} worden geloot.")
    over = list(range(1, pot + 1))
    trekkingen = []
    for i in range(aantal):
        rand = i.to_bytes(2, "big")
        md5 = hashlib.md5(rand + sleutel.encode() + rand, usedforsecurity=False).hexdigest().upper()
        resten = len(over)
        trekkingen.append(Trekking(i + 1, md5, resten, over.pop(int(md5, 16) % resten)))
    return tuple(trekkingen)


def loot(deelnemers: Sequence[str], bronnen: Sequence[Bron], *, gepubliceerde_hash: str) -> Loting:
    """Put all participants in drawn order; refuses a list that differs from the one published beforehand."""
    lijst = canonieke_lijst(deelnemers)
    if lijsthash(lijst) != gepubliceerde_hash.lower():
        raise LotingError("De lijst is anders dan de lijst die vooraf is gepubliceerd. Gebruik die lijst.")
    sleutel = bouw_sleutel(bronnen)
    trekkingen = trek(sleutel, len(lijst), len(lijst))
    volgorde = tuple(lijst[trekking.nummer - 1] for trekking in trekkingen)
    return Loting(lijst, lijsthash(lijst), tuple(bronnen), sleutel, trekkingen, volgorde)


def herbereken(loting: Loting) -> list[str]:
    """Recompute a draw from its own printed data: the differences in Dutch, empty when it is right."""
    try:
        return _verschillen(loting)
    except LotingError as fout:
        return [str(fout)]


def _verschillen(loting: Loting) -> list[str]:
    verschillen = []
    if lijsthash(loting.deelnemers) != loting.lijsthash:
        verschillen.append("De hash van de lijst klopt niet met de lijst.")
    if bouw_sleutel(loting.bronnen) != loting.sleutel:
        verschillen.append("De sleutel klopt niet met de bronnen.")
    lijst = canonieke_lijst(loting.deelnemers)
    trekkingen = trek(loting.sleutel, len(lijst), len(lijst))
    if trekkingen != loting.trekkingen:
        verschillen.append("De trekkingen kloppen niet met de sleutel.")
    if tuple(lijst[t.nummer - 1] for t in trekkingen) != loting.volgorde:
        verschillen.append("De volgorde klopt niet met de trekkingen.")
    return verschillen
