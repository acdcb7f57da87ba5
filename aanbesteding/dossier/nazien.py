"""Checking a file that was handed over, without the database: manifest, log chain, rules and what the log names.

What it proves: nothing was changed since the file was made. Whoever can rewrite everything can also make a new
chain; against that, compare a line's hash with the one on a procesdossier (PDF) that was kept elsewhere.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from ..documenten.zegel_herkomst import revisies
from ..fouten import Invoerfout, NietGevonden
from ..logboek import BEGIN, regelhash
from ..regels import canonieke_hash
from .samenstellen import MANIFEST

_REGEL = re.compile(r"([0-9a-f]{64}) [ *](.+)")
Openen = Callable[[str], IO[bytes]]


@dataclass(frozen=True)
class Nagezien:
    """What was checked and what is wrong (Dutch; empty: whole). `logregels` None: a public file, without a log."""

    bestanden: int
    logregels: int | None
    loghash: str
    fouten: tuple[str, ...]


def controleer_dossier(pad: Path) -> Nagezien:
    """Check a folder or zip. Raises NietGevonden or Invoerfout where it is no file of a round."""
    with _geopend(pad) as (namen, openen):
        if MANIFEST not in namen:
            raise Invoerfout(f"'{pad.name}' is geen dossier: {MANIFEST} ontbreekt", waar=str(pad))
        manifest, fouten = _lees_manifest(openen)
        fouten += _bestandsfouten(manifest, namen - {MANIFEST}, openen)
        goed = {naam for naam in manifest if naam in namen}
        fouten += _regelfouten(goed, openen)
        log = _lees_log(openen, fouten) if "log.jsonl" in goed else None
        if log is not None:
            bekend = set(manifest.values())
            ontbreekt = any(som not in bekend for r in log for som in _genoemd(r).values())
            fouten += _logfouten(log, bekend | (_zonder_zegel(goed, openen) if ontbreekt else set()))
    return Nagezien(len(manifest), None if log is None else len(log), log[-1]["hash"] if log else "", tuple(fouten))


@contextmanager
def _geopend(pad: Path) -> Iterator[tuple[set[str], Openen]]:
    if pad.is_dir():
        yield {p.relative_to(pad).as_posix() for p in pad.rglob("*") if p.is_file()}, lambda n: (pad / n).open("rb")
        return
    if not pad.is_file():
        raise NietGevonden(f"{pad} bestaat niet. Geef een map of een .zip.")
    if not zipfile.is_zipfile(pad):
        raise Invoerfout("dit is geen zip-bestand en geen map", waar=str(pad))
    with zipfile.ZipFile(pad) as archief:
        yield {i.filename for i in archief.infolist() if not i.is_dir()}, archief.open


def _lees_manifest(openen: Openen) -> tuple[dict[str, str], list[str]]:
    uit: dict[str, str] = {}
    fouten: list[str] = []
    with openen(MANIFEST) as bestand:
        for nummer, regel in enumerate(bestand.read().decode("utf-8", "replace").splitlines(), 1):
            treffer = _REGEL.fullmatch(regel)
            if treffer is None or treffer[2].startswith("/") or ".." in treffer[2].split("/"):
                fouten.append(f"{MANIFEST}, regel {nummer}: dit is geen controlegetal met een pad.")
            else:
                uit[treffer[2]] = treffer[1]
    return uit, fouten


def _bestandsfouten(manifest: dict[str, str], namen: set[str], openen: Openen) -> list[str]:
    fouten = [f"Het bestand '{n}' ontbreekt." for n in sorted(manifest.keys() - namen)]
    fouten += [f"Het bestand '{n}' staat niet in {MANIFEST}." for n in sorted(namen - manifest.keys())]
    for naam in sorted(manifest.keys() & namen):
        try:
            with openen(naam) as bestand:
                som = hashlib.file_digest(bestand, "sha256").hexdigest()  # type: ignore[arg-type]
        except (zipfile.BadZipFile, OSError):
            som = ""
        if som != manifest[naam]:
            fouten.append(f"Het bestand '{naam}' is veranderd.")
    return fouten


def _regelfouten(namen: set[str], openen: Openen) -> list[str]:
    fouten = []
    for naam in sorted(n for n in namen if re.fullmatch(r"regels/versie-\d+\.json", n)):
        try:
            with openen(naam) as bestand:
                inhoud = json.load(bestand)
            klopt = canonieke_hash(inhoud["regels"]) == inhoud["hash"]
        except (ValueError, KeyError, TypeError, zipfile.BadZipFile):
            klopt = False
        if not klopt:
            fouten.append(f"De regels in '{naam}' horen niet bij hun controlegetal.")
    return fouten


def _lees_log(openen: Openen, fouten: list[str]) -> list[dict[str, Any]]:
    """The lines as they stand; a line that cannot be read ends the list and is a fault."""
    uit: list[dict[str, Any]] = []
    try:
        with openen("log.jsonl") as bestand:
            for regel in bestand:
                waarde = json.loads(regel)
                waarde["moment"] = datetime.fromisoformat(waarde["moment"])
                uit.append(waarde)
                regelhash(**{k: waarde[k] for k in _KERN})
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile):
        fouten.append(f"Logregel {len(uit) + 1} is niet te lezen.")
    return [r for r in uit if "hash" in r]


_KERN = ("vorige", "volgnummer", "moment", "actor", "handeling", "gegevens")


def _genoemd(regel: dict[str, Any]) -> dict[str, str]:
    """Reference → hash of the documents that this line of the log recorded."""
    return (regel["gegevens"] or {}).get("documenten") or {}


def _zonder_zegel(namen: set[str], openen: Openen) -> set[str]:
    """Hashes of the documents inside sealed PDFs, counted from the bytes themselves: a list could be made up."""
    uit: set[str] = set()
    for naam in sorted(n for n in namen if n.endswith(".pdf")):
        try:
            with openen(naam) as bestand:
                uit |= {r.sha256 for r in revisies(bestand.read())}
        except (zipfile.BadZipFile, OSError):  # already reported: its hash is wrong
            continue
    return uit


def _logfouten(log: list[dict[str, Any]], sommen: set[str]) -> list[str]:
    fouten: list[str] = []
    vorige = BEGIN
    for nummer, r in enumerate(log, 1):
        if r["volgnummer"] != nummer or r["vorige"] != vorige:
            fouten.append(f"Logregel {nummer} sluit niet aan op de regel ervoor.")
        if regelhash(**{k: r[k] for k in _KERN}) != r["hash"]:
            fouten.append(f"Logregel {nummer} ({r['handeling']}) is na het vastleggen veranderd.")
        vorige = r["hash"]
        fouten += [f"Het document '{k}' staat in logregel {nummer}, maar niet in het dossier."
                   for k, som in _genoemd(r).items() if som not in sommen]  # fmt: skip
    return fouten
