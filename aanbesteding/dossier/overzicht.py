"""The index of the file: a page that works without a network, and the same list as a table."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..documenten.poortuitleg import POORTTITEL, POORTUITLEG, VOLGORDE
from ..instellingen import instellingen
from ..kern.notatie import bytes_leesbaar, datum_kort, datum_tijd, meervoud
from ..model import Ronde
from .metagegevens import langste_rij, sluitzin
from .openbaarheid import woo_grond
from .rijen import Rij

KOLOMMEN = (
    "pad", "titel", "soort", "kenmerk", "poort", "keer", "moment", "ontvanger", "openbaar", "reden_niet_openbaar",
    "bytes", "sha256", "sha256_archief", "waardering", "bewaartermijn_jaren", "bewaren_tot", "bewaargrond",
)  # fmt: skip


def index_csv(rijen: Sequence[Rij], *, openbaar: bool) -> bytes:
    """With a byte order mark and semicolons: so that Excel in Dutch opens it right."""
    buffer = io.StringIO(newline="")
    schrijver = csv.DictWriter(buffer, KOLOMMEN, delimiter=";")
    schrijver.writeheader()
    schrijver.writerows({k: _cel(v) for k, v in _csvrij(r, openbaar=openbaar).items()} for r in rijen)
    return buffer.getvalue().encode("utf-8-sig")


def _cel(waarde: object) -> object:
    """No cell may start a formula in a spreadsheet (a title holds the name that a coalition gave itself)."""
    return f"'{waarde}" if isinstance(waarde, str) and waarde.startswith(("=", "+", "-", "@", "\t", "\r")) else waarde


def _csvrij(r: Rij, *, openbaar: bool) -> dict[str, Any]:
    b = r.bewaring
    return {
        "pad": r.pad, "titel": r.titel, "soort": r.soort, "kenmerk": r.kenmerk, "poort": r.poort, "keer": r.keer,
        "moment": datum_tijd(r.moment), "ontvanger": r.voor if openbaar else r.ontvanger,
        "openbaar": "ja" if r.openbaar else "nee", "reden_niet_openbaar": woo_grond(r.soort, openbaar=r.openbaar),
        "bytes": r.omvang, "sha256": r.sha256, "sha256_archief": r.sha256_archief or r.sha256,
        "waardering": b.waardering,
        "bewaartermijn_jaren": "" if b.blijvend else b.jaren,
        "bewaren_tot": "blijvend bewaren" if b.blijvend else datum_kort(b.tot) if b.tot else "nog niet bekend",
        "bewaargrond": b.grond,
    }  # fmt: skip


def index_html(
    ronde: Ronde, rijen: Sequence[Rij], *, openbaar: bool, verantwoording: str, sluiting: Any, logboek: dict[str, Any]
) -> bytes:
    """The page; `logboek` holds the number of lines and the last hash."""
    omgeving = Environment(
        loader=FileSystemLoader(instellingen().sjablonen_map / "dossier"), undefined=StrictUndefined, autoescape=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    tekst = omgeving.get_template("index.html").render(
        ronde=ronde, verantwoording=verantwoording, openbaar=openbaar, groepen=_groepen(rijen, openbaar=openbaar),
        aantal=meervoud(len(rijen), "document", "documenten"), omvang=bytes_leesbaar(sum(r.omvang for r in rijen)),
        bewaren=langste_rij(rijen), sluitzin=sluitzin(sluiting), logboek=logboek,
        verzegeld=any(r.sha256_archief for r in rijen),
        logregels=meervoud(int(logboek["regels"]), "regel", "regels"),
    )  # fmt: skip
    return tekst.encode()


def _groepen(rijen: Sequence[Rij], *, openbaar: bool) -> list[dict[str, Any]]:
    uit: dict[str, dict[str, Any]] = {}
    for r in rijen:
        nummer = VOLGORDE.get(r.poort, 0)
        leeg = {"id": f"poort-{nummer}", "nummer": nummer, "titel": POORTTITEL[r.poort],
                "uitleg": POORTUITLEG[r.poort], "rijen": []}  # fmt: skip
        uit.setdefault(r.poort, leeg)["rijen"].append(_htmlrij(r, openbaar=openbaar))
    return list(uit.values())


def _htmlrij(r: Rij, *, openbaar: bool) -> dict[str, Any]:
    return {
        "pad": r.pad, "titel": r.titel, "soort": r.soortnaam, "moment": datum_tijd(r.moment),
        "ontvanger": r.voor if openbaar else r.ontvanger, "openbaar": r.openbaar,
        "grond": woo_grond(r.soort, openbaar=r.openbaar), "grootte": bytes_leesbaar(r.omvang), "sha256": r.sha256,
        "sha256_archief": r.sha256_archief,
        "bewaren": r.bewaring.tekst, "bewaargrond": r.bewaring.grond,
    }  # fmt: skip
