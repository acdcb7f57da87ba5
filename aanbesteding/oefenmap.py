"""The data folder of a rehearsal: its own database, documents and mail, and the manifest at the end.

A rehearsal never works in the folder of real rounds. A finished one is set aside when a new one starts, and
the two manifests are compared: the same script must give the same documents, byte for byte.
"""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from . import logboek
from .database import lees, werk_bij
from .fouten import Conflict
from .handelingen.starten import start_ronde
from .instellingen import Instellingen, instellingen
from .model import Ronde
from .oefenronde import Gebeurtenis, lees_verloop
from .overzichten import vind, waker
from .rondemap import lees_rondemap

MERKTEKEN = "oefenronde.json"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Oefening:
    """A rehearsal that is ready to be played. `vorige`: the manifest of the finished run before, if any."""

    kenmerk: str
    gekozen: Instellingen
    verloop: list[Gebeurtenis]
    vorige: dict[str, Any] | None
    rondemap: Path
    hervat: bool


def is_oefenmap(data_map: Path) -> bool:
    return (data_map / MERKTEKEN).is_file()


def open_oefening(rondemap: Path, data_map: Path | None = None) -> Oefening:
    """Read the round and its script, and make the data folder ready: new, resumed, or set aside and new.

    Raises Invoerfout for a faulty round, Conflict when the folder holds anything but a rehearsal.
    """
    kop = lees_rondemap(rondemap).regels.ronde
    if not kop.oefening:
        raise Conflict(f"'{kop.kenmerk}' is geen oefening. Zet in ronde.toml: oefening = true.")
    verloop = lees_verloop(rondemap)
    doel = (data_map or instellingen().data_map / "oefening" / kop.kenmerk).resolve()
    merk = {"kenmerk": kop.kenmerk, "rondemap_sha256": _vingerafdruk(rondemap)}
    vorige = _maak_plaats(doel, merk)
    hervat = is_oefenmap(doel)
    doel.mkdir(parents=True, exist_ok=True)
    _schrijf_json(doel / MERKTEKEN, merk)
    eigen = instellingen().model_copy(update={"data_map": doel, "database_url": "", "smtp_host": ""})
    return Oefening(kop.kenmerk, eigen, verloop, vorige, rondemap, hervat)


def _maak_plaats(doel: Path, merk: dict[str, str]) -> dict[str, Any] | None:
    """Set a finished rehearsal aside, or one whose script was changed since; a half one stays, to be resumed."""
    if not doel.exists() or not any(doel.iterdir()):
        return None
    if not is_oefenmap(doel):
        raise Conflict(f"In de map '{doel.name}' staan gegevens die niet van een oefenronde zijn. Kies een lege map.")
    klaar = (doel / MANIFEST).is_file()
    if not klaar and json.loads((doel / MERKTEKEN).read_text()) == merk:
        return None
    manifest: dict[str, Any] | None = json.loads((doel / MANIFEST).read_text()) if klaar else None
    opzij = doel.with_name(f"{doel.name}.vorige")
    if opzij.exists():
        if not is_oefenmap(opzij):
            raise Conflict(f"De map '{opzij.name}' is niet van een oefenronde. Geef haar een andere naam.")
        shutil.rmtree(opzij)
    doel.rename(opzij)
    return manifest


def begin_ronde(motor: Engine, oefening: Oefening) -> None:
    """The newest tables and the round itself; nothing when an earlier run already made them."""
    werk_bij(motor)
    if oefening.kenmerk not in waker.alle_rondes(motor):
        start_ronde(motor, lees_rondemap(oefening.rondemap), nu=oefening.verloop[0].moment, door="oefening")


def sluit_af(motor: Engine, oefening: Oefening, openstaand: list[str]) -> dict[str, Any]:
    """Write manifest.json: the end state in one page, the sign that this rehearsal is finished."""
    with lees(motor) as session:
        ronde: Ronde = vind.ronde(session, oefening.kenmerk)
        laatste, fase = logboek.laatste(session, vind.sid(ronde.id)), ronde.fase
    manifest = {
        "kenmerk": oefening.kenmerk, "fase": fase, "openstaand": openstaand,
        "documenten": waker.documenttabel(motor, oefening.kenmerk),
        "logregels": laatste.volgnummer if laatste else 0, "logboek": laatste.hash if laatste else "",
    }  # fmt: skip
    _schrijf_json(oefening.gekozen.data_map / MANIFEST, manifest)
    return manifest


def vergelijk(vorige: dict[str, Any], nieuw: dict[str, Any]) -> list[str]:
    """Differences between two manifests, in Dutch; empty when both runs gave the same."""
    oud, nu = ({d["kenmerk"]: d["sha256"] for d in m["documenten"]} for m in (vorige, nieuw))
    uit = [f"{k}: dit document is er nu niet meer" for k in oud if k not in nu]
    uit += [f"{k}: dit document is nieuw" for k in nu if k not in oud]
    uit += [f"{k}: de inhoud is anders" for k in nu if k in oud and oud[k] != nu[k]]
    uit += [
        f"{veld}: was {vorige[veld]}, is nu {nieuw[veld]}"
        for veld in ("fase", "logboek")
        if vorige[veld] != nieuw[veld]
    ]
    return uit


def _vingerafdruk(rondemap: Path) -> str:
    """SHA-256 over names and content of every file of the round folder."""
    som = hashlib.sha256()
    for pad in sorted(p for p in rondemap.rglob("*") if p.is_file()):
        som.update(pad.relative_to(rondemap).as_posix().encode() + b"\0" + hashlib.sha256(pad.read_bytes()).digest())
    return som.hexdigest()


def _schrijf_json(pad: Path, gegevens: dict[str, Any]) -> None:
    """Whole or not at all: a half manifest would call a killed rehearsal finished."""
    tijdelijk = pad.with_name(f".{pad.name}")
    with tijdelijk.open("w", encoding="utf-8") as bestand:
        json.dump(gegevens, bestand, ensure_ascii=False, indent=2)
        bestand.flush()
        os.fsync(bestand.fileno())
    tijdelijk.replace(pad)
