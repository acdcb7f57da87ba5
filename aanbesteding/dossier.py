"""Everything of a round in one folder or zip: documents under readable names, an index, rules, log, manifest.

Nothing half-written: it is built beside its goal and renamed when it is whole. The same round gives the
same bytes, so that two exports can be compared.
"""

import csv
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session, col, select

from .documenten.archief import Archief, controlegetal
from .fouten import Conflict, Invoerfout
from .instellingen import instellingen
from .kern.notatie import bytes_leesbaar, datum_kort, datum_tijd
from .model import Document, Logregel, Passage, Regelversie, Ronde
from .overzichten import vind
from .procedure import PROCEDURE

ZIPDATUM = (1980, 1, 1, 0, 0, 0)
KOLOMMEN = ("pad", "titel", "soort", "kenmerk", "poort", "moment", "ontvanger", "openbaar", "bytes", "sha256",
            "bewaren_tot", "bewaargrond")  # fmt: skip


def maak_dossier(session: Session, ronde: Ronde, archief: Archief, doel: Path) -> int:
    """Write the file of this round to `doel` (a folder, or a .zip); returns how many documents are in it.

    Raises Conflict when `doel` exists, NietGevonden or Controlefout when a document is missing or changed.
    """
    if doel.exists():
        raise Conflict(f"{doel} bestaat al. Kies een andere naam, of haal het eerst weg.")
    if not doel.parent.is_dir():
        raise Invoerfout(f"de map {doel.parent} bestaat niet; maak haar eerst", waar="--naar")
    rijen = _rijen(session, ronde)
    inhoud = _bestanden(session, ronde, archief, rijen)
    schrijf_heel(inhoud, doel)
    return len(rijen)


def _rijen(session: Session, ronde: Ronde) -> list[dict[str, Any]]:
    """One dict a document, in order of procedure and moment; `pad` is unique in the file."""
    vraag = select(Document, Passage).outerjoin(Passage).where(Document.ronde_id == ronde.id)
    volgorde = {r.poort.value: n for n, r in enumerate(PROCEDURE, 1)}
    gevonden = sorted(
        session.exec(vraag).all(),
        key=lambda dp: (volgorde.get(dp[1].poort if dp[1] else "", 0), dp[0].moment, dp[0].bestandsnaam, dp[0].kenmerk),
    )
    gebruikt: set[str] = set()
    return [_rij(d, p, volgorde, gebruikt) for d, p in gevonden]


def _rij(d: Document, p: Passage | None, volgorde: Mapping[str, int], gebruikt: set[str]) -> dict[str, Any]:
    poort = p.poort if p else "handelingen"
    folder = f"documenten/{volgorde.get(poort, 0):02d}-{poort}"
    pad, nummer = f"{folder}/{d.bestandsnaam}", 2
    while pad in gebruikt:
        pad, nummer = f"{folder}/{Path(d.bestandsnaam).stem}-{nummer}.pdf", nummer + 1
    gebruikt.add(pad)
    return {
        "pad": pad, "titel": d.titel, "soort": d.soort, "kenmerk": d.kenmerk, "poort": poort,
        "moment": datum_tijd(d.moment), "ontvanger": d.ontvanger, "openbaar": "ja" if d.openbaar else "nee",
        "bytes": d.grootte, "sha256": d.sha256, "bewaargrond": d.bewaargrond,
        "bewaren_tot": datum_kort(d.bewaren_tot) if d.bewaren_tot else "altijd",
    }  # fmt: skip


def _bestanden(session: Session, ronde: Ronde, archief: Archief, rijen: list[dict[str, Any]]) -> dict[str, bytes]:
    uit = {rij["pad"]: archief.lees(rij["sha256"]) for rij in rijen}
    uit["log.jsonl"] = _log(session, ronde)
    for versie in session.exec(select(Regelversie).where(Regelversie.ronde_id == ronde.id)):
        uit[f"regels/versie-{versie.versie}.json"] = _json(
            {"hash": versie.hash, "reden": versie.reden, "regels": versie.regels}
        )
    if not any(pad.startswith("regels/") for pad in uit):
        uit["regels/ontwerp.json"] = _json({"regels": ronde.samenstelling})
    uit["index.csv"] = _csv(rijen)
    uit["index.html"] = _html(session, ronde, rijen)
    uit["manifest.sha256"] = "".join(f"{controlegetal(b)}  {pad}\n" for pad, b in sorted(uit.items())).encode()
    return uit


def _json(waarde: Any) -> bytes:
    return (json.dumps(waarde, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _log(session: Session, ronde: Ronde) -> bytes:
    vraag = select(Logregel).where(Logregel.ronde_id == ronde.id).order_by(col(Logregel.volgnummer))
    velden = ("volgnummer", "actor", "handeling", "gegevens", "vorige", "hash")
    regels = [
        json.dumps(
            {**{v: getattr(r, v) for v in velden}, "moment": r.moment.isoformat()}, ensure_ascii=False, sort_keys=True
        )
        for r in session.exec(vraag)
    ]
    return "".join(f"{r}\n" for r in regels).encode()


def _csv(rijen: list[dict[str, Any]]) -> bytes:
    """With a byte order mark and semicolons: so that Excel in Dutch opens it right."""
    buffer = io.StringIO(newline="")
    schrijver = csv.DictWriter(buffer, KOLOMMEN, delimiter=";")
    schrijver.writeheader()
    schrijver.writerows(rijen)
    return buffer.getvalue().encode("utf-8-sig")


def _html(session: Session, ronde: Ronde, rijen: list[dict[str, Any]]) -> bytes:
    omgeving = Environment(
        loader=FileSystemLoader(instellingen().sjablonen_map / "dossier"), undefined=StrictUndefined, autoescape=True
    )
    groepen: dict[str, list[dict[str, Any]]] = {}
    for rij in rijen:
        groepen.setdefault(rij["poort"], []).append({**rij, "grootte": bytes_leesbaar(rij["bytes"])})
    regels = vind.regels(session, ronde)
    return (
        omgeving.get_template("index.html")
        .render(ronde=ronde, regels=regels, groepen=groepen, aantal=len(rijen))
        .encode()
    )


def schrijf_heel(inhoud: Mapping[str, bytes], doel: Path) -> None:
    """Put these files in `doel` (a folder, or a .zip): all of them or nothing."""
    werkmap = Path(tempfile.mkdtemp(prefix=f".{doel.name}-", dir=doel.parent))
    try:
        if doel.suffix == ".zip":
            _zip(inhoud, werkmap / "dossier.zip")
            (werkmap / "dossier.zip").replace(doel)
        else:
            for pad, bytes_ in inhoud.items():
                bestand = werkmap / "dossier" / pad
                bestand.parent.mkdir(parents=True, exist_ok=True)
                bestand.write_bytes(bytes_)
            (werkmap / "dossier").rename(doel)
    finally:
        shutil.rmtree(werkmap, ignore_errors=True)


def _zip(inhoud: Mapping[str, bytes], pad: Path) -> None:
    with zipfile.ZipFile(pad, "w") as archief:
        for naam, bytes_ in sorted(inhoud.items()):
            info = zipfile.ZipInfo(naam, ZIPDATUM)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archief.writestr(info, bytes_)
