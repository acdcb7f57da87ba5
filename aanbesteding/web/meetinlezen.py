"""The form of the import: a file and the choices about it, from and to a page.

The file travels in the page between preview and confirmation, so that answers of people to a survey are never kept on
our side, not even for a minute.
"""

import base64
import binascii
import zlib
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile

from ..fouten import Invoerfout
from ..inhoud import Meetplan
from ..meetbronnen.bestand import MEESTE_BYTES
from ..meetbronnen.keuzes import Keuzes
from .velden import bewaarbaar

VORMEN = (
    ("eigen", "Onze eigen lijst", "met de kolommen indicator, gebied, periode, waarde, respondenten en bron"),
    ("statline", "Tabel van CBS of RIVM (StatLine)", "één rij per gebied en periode, een kolom per onderwerp"),
    ("politie", "Cijfers van de politie per maand", "wij tellen de maanden op tot de periodes van het plan"),
    ("vragenlijst", "Eigen vragenlijst", "één rij per persoon; wij bewaren alleen de uitkomst per gebied"),
)
MEESTE_BASE64 = 8_000_000


@dataclass(frozen=True)
class Gestuurd:
    """The bytes of the file with its name; `nieuw` when it was chosen on this page."""

    naam: str
    ruw: bytes
    nieuw: bool


async def bestand_uit(formulier: FormData) -> Gestuurd:
    """The chosen file, else the one that travelled in the page. Raises Invoerfout."""
    los = formulier.get("bestand")
    if isinstance(los, UploadFile) and los.filename:
        return Gestuurd(naam=bewaarbaar(los.filename), ruw=await los.read(MEESTE_BYTES + 1), nieuw=True)
    ruw = uit_pagina(str(formulier.get("inhoud", "")))
    if not ruw:
        raise Invoerfout("bestand: kies een bestand van uw computer", waar="inlezen")
    return Gestuurd(naam=bewaarbaar(str(formulier.get("naam", "")))[-120:], ruw=ruw, nieuw=False)


def in_pagina(ruw: bytes) -> str:
    return base64.b64encode(zlib.compress(ruw, 6)).decode()


def uit_pagina(tekst: str) -> bytes:
    """b'' for nothing and for what is not ours; never more than an upload may be."""
    try:
        uitpakker = zlib.decompressobj()
        return uitpakker.decompress(base64.b64decode(tekst, validate=True), MEESTE_BYTES + 1) if tekst else b""
    except (binascii.Error, zlib.error, ValueError):
        return b""


def keuzes_uit(formulier: FormData, plan: Meetplan) -> Keuzes:
    """What was chosen on the preview. Raises Invoerfout for a kind of file that does not exist."""

    def tekst(veld: str) -> str:
        waarde = formulier.get(veld, "")
        return bewaarbaar(waarde).strip() if isinstance(waarde, str) else ""

    if tekst("vorm") not in {v for v, _, _ in VORMEN}:
        raise Invoerfout("vorm: kies wat voor bestand dit is", waar="inlezen")
    sleutels = [i.sleutel for i in plan.indicatoren]
    filters = {k.removeprefix("filter-"): tekst(k) for k in formulier if k.startswith("filter-")}
    telt = {s: [bewaarbaar(str(w)) for w in formulier.getlist(f"telt-{s}")] for s in sleutels}
    gegevens: dict[str, Any] = {v: tekst(v) for v in ("gebied", "periodekolom", "periode", "gewicht", "inwoners",
                                                     "respondenten")}  # fmt: skip
    return Keuzes(
        vorm=tekst("vorm"), bron=tekst("bron")[:200], model=tekst("model") == "ja",
        kolommen={s: k for s in sleutels if (k := tekst(f"kolom-{s}"))}, telt={s: w for s, w in telt.items() if w},
        filter={k: w for k, w in filters.items() if w}, **gegevens,
        gebieden={g: c for n, g in enumerate(plan.gebieden()) if (c := tekst(f"gebied-{n}"))},
    )  # fmt: skip
