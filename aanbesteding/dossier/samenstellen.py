"""Everything of a round in one folder or zip: documents, index, rules, log, metadata for the archive, manifest.

Nothing half-written: it is built beside its goal and renamed when it is whole. The same round gives the
same bytes, so that two exports can be compared; nothing here reads the clock. A sealed file is the exception: a
seal holds its moment and a random number. Its index then also names the hash that the archive and the log know.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from ..documenten.archief import Archief, controlegetal
from ..documenten.huisstijl import laad_huisstijl
from ..documenten.zegel_haak import Verzegelaar
from ..fouten import Conflict, Invoerfout
from ..instellingen import instellingen
from ..logboek import BEGIN
from ..model import Logregel, Regelversie, Ronde
from ..overzichten import vind
from .formaat import JSON, TEKST, pdf_formaat
from .metagegevens import Metagegevens, Stuk, bijstuk, langste_van, stuk_van
from .overzicht import index_csv, index_html
from .rijen import Rij, lees_rijen, sluitdatum
from .schrijven import Inhoud, schrijf_heel

MANIFEST = "manifest.sha256"


def maak_dossier(
    session: Session, ronde: Ronde, archief: Archief, doel: Path, *,
    alleen_openbaar: bool = False, zegel: Verzegelaar | None = None,
) -> int:  # fmt: skip
    """Write the file of this round to `doel` (a folder, or a .zip); returns how many documents are in it.

    `alleen_openbaar` leaves out every record that is not public, the log and the names of recipients.
    `zegel` puts a seal on every document; manifest, metadata and sizes then tell of the sealed bytes.
    Raises Conflict when `doel` exists, NietGevonden or Controlefout when a document is missing or changed.
    """
    if doel.exists():
        raise Conflict(f"{doel} bestaat al. Kies een andere naam, of haal het eerst weg.")
    if not doel.parent.is_dir():
        raise Invoerfout(f"de map {doel.parent} bestaat niet; maak haar eerst", waar="--naar")
    rijen = lees_rijen(session, ronde, alleen_openbaar=alleen_openbaar)
    with tempfile.TemporaryDirectory(prefix=".zegel-", dir=doel.parent) as werkmap:
        if zegel is not None:
            rijen, archief = _verzegeld(rijen, archief, Archief(Path(werkmap)), zegel)
        schrijf_heel(_bestanden(session, ronde, archief, rijen, alleen_openbaar=alleen_openbaar), doel)
    return len(rijen)


def _verzegeld(
    rijen: Sequence[Rij], archief: Archief, doel: Archief, zegel: Verzegelaar
) -> tuple[list[Rij], Archief]:  # fmt: skip
    """The rows with the sealed file's hash and size, and an archive (on disk: a round is large) that holds those."""
    uit = []
    for rij in rijen:
        inhoud = zegel(archief.lees(rij.sha256))
        uit.append(replace(rij, sha256=doel.bewaar(inhoud), omvang=len(inhoud), sha256_archief=rij.sha256))
    return uit, doel


def _bestanden(
    session: Session, ronde: Ronde, archief: Archief, rijen: Sequence[Rij], *, alleen_openbaar: bool
) -> dict[str, Inhoud]:
    """Path → content. Documents are functions that read (and check) them when they are written."""
    klein = _log_en_regels(session, ronde, alleen_openbaar=alleen_openbaar)
    sluiting = sluitdatum(session, ronde)
    stukken = [stuk_van(r, pdf_formaat(archief.lees(r.sha256))) for r in rijen]
    if stukken:
        huisstijl = laad_huisstijl(ronde.gemeente, instellingen().huisstijlen_map)
        los = [] if alleen_openbaar else _losse_stukken(ronde, klein, stukken)
        klein |= Metagegevens(ronde, huisstijl, sluiting).sidecars(stukken, los)
    klein["index.csv"] = index_csv(rijen, openbaar=alleen_openbaar)
    klein["index.html"] = index_html(
        ronde, rijen, openbaar=alleen_openbaar, verantwoording=vind.regels(session, ronde).ronde.verantwoording,
        sluiting=sluiting, logboek=_logstand(session, ronde),
    )  # fmt: skip
    klein[MANIFEST] = _manifest({p: controlegetal(b) for p, b in klein.items()} | {r.pad: r.sha256 for r in rijen})
    return klein | {r.pad: partial(archief.lees, r.sha256) for r in rijen}


def _manifest(sommen: Mapping[str, str]) -> bytes:
    """The format of sha256sum."""
    return "".join(f"{som}  {pad}\n" for pad, som in sorted(sommen.items())).encode()


def _losse_stukken(ronde: Ronde, klein: Mapping[str, bytes], stukken: Sequence[Stuk]) -> list[Stuk]:
    """The log and the rules are records too: kept as long as the longest document, dated with the last."""
    bij = replace(max(stukken, key=lambda s: (s.moment, s.kenmerk)), bewaring=langste_van(stukken))
    uit = []
    for pad, inhoud in sorted(klein.items()):
        stam = Path(pad).stem
        naam = "Logboek" if pad == "log.jsonl" else f"Regels, {stam.replace('-', ' ')}"
        formaat = TEKST if pad.endswith(".jsonl") else JSON
        uit.append(bijstuk(pad, naam, f"{ronde.zaaknummer}/{stam}", inhoud, controlegetal(inhoud), formaat, bij))
    return uit


def _log_en_regels(session: Session, ronde: Ronde, *, alleen_openbaar: bool) -> dict[str, bytes]:
    """For everyone: that the log and the rules are there and what their hashes are, not what is in them."""
    versies = session.exec(
        select(Regelversie).where(Regelversie.ronde_id == ronde.id).order_by(col(Regelversie.versie))
    ).all()
    if alleen_openbaar:
        regels = [{"versie": v.versie, "hash": v.hash, "vastgelegd_op": v.bevroren_op.isoformat()} for v in versies]
        return {"verantwoording.json": _json({"logboek": _logstand(session, ronde), "regels": regels})}
    uit = {"log.jsonl": _log(session, ronde)}
    for v in versies:
        uit[f"regels/versie-{v.versie}.json"] = _json({"hash": v.hash, "reden": v.reden, "regels": v.regels})
    if not versies:
        uit["regels/ontwerp.json"] = _json({"regels": ronde.samenstelling})
    return uit


def _logstand(session: Session, ronde: Ronde) -> dict[str, Any]:
    vraag = select(Logregel).where(Logregel.ronde_id == ronde.id).order_by(col(Logregel.volgnummer).desc())
    laatste = session.exec(vraag).first()
    return {"regels": laatste.volgnummer if laatste else 0, "hash": laatste.hash if laatste else BEGIN}


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
