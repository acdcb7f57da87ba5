"""The procesdossier (domein.md D16): index of every document, with hash, gate, kind of reader and retention."""

import csv
import io
import json
from typing import Any

from ...instellingen import instellingen
from ...kern.notatie import datum_kort, datum_tijd
from ...model import Document, Passage
from ...overzichten import dossier, vind
from ...overzichten.doorgang import Doorgang
from ...termijnen import naar_amsterdam
from ..bewaren import bewaring
from ..opdracht import Bijlage
from ..poortuitleg import HANDELINGEN, POORTTITEL, POORTUITLEG, VOLGORDE
from ..soorten import soort as zoek_soort
from .basis import Stuk, als_json, stuk

KOLOMMEN = ("nummer", "titel", "soort", "kenmerk", "poort", "moment", "ontvanger", "openbaar", "sha256", "waardering",
            "bewaren_tot", "bewaargrond")  # fmt: skip


def procesdossier(d: Doorgang) -> list[Stuk]:
    """One document with the index as CSV and JSON inside it; it names kinds of people, never a person."""
    rijen = _rijen(d)
    laatste = dossier.laatste_logregel(d.session, d.ronde)
    gegevens = {
        "rijen": rijen,
        "poorten": _poorten(d, rijen),
        "regelversies": [
            {"versie": r.versie, "bevroren_op": r.bevroren_op, "reden": r.reden, "hash": r.hash}
            for r in dossier.regelversies(d.session, d.ronde)
        ],
        "logboek": {"regels": laatste.volgnummer if laatste else 0, "hash": laatste.hash if laatste else ""},
        "omvang": sum(r["omvang"] for r in rijen),
    }
    titel = f"Procesdossier van {d.ronde.titel}"
    return [stuk(d, "procesdossier", gegevens, titel=titel, bijlagen=(_csv(rijen), _json(gegevens)))]


def _rijen(d: Doorgang) -> list[dict[str, Any]]:
    """In order of procedure and moment, as in the folder of the file."""
    gevonden = dossier.documenten(d.session, d.ronde)
    gevonden.sort(key=lambda dp: (VOLGORDE[dp[1].poort] if dp[1] else 0, dp[0].moment, dp[0].bestandsnaam))
    return [_rij(d, n, doc, p) for n, (doc, p) in enumerate(gevonden, 1)]


def _rij(d: Doorgang, nummer: int, doc: Document, p: Passage | None) -> dict[str, Any]:
    """The reader is the kind of person of metadata.toml. The round closes with this gate: the terms count from now."""
    soort = zoek_soort(doc.soort, instellingen().sjablonen_map)
    b = bewaring(soort, naar_amsterdam(d.nu).date())
    return {
        "nummer": nummer, "titel": doc.titel, "soort": soort.metadata.titel, "kenmerk": doc.kenmerk,
        "poort": p.poort if p else HANDELINGEN, "moment": doc.moment, "ontvanger": soort.metadata.ontvanger,
        "openbaar": doc.openbaar, "omvang": doc.grootte, "sha256": doc.sha256, "waardering": b.waardering,
        "bewaren": b.tekst, "bewaren_tot": b.tot, "bewaargrond": b.grond,
    }  # fmt: skip


def _poorten(d: Doorgang, rijen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every gate that was passed, with its passages; documents of acts come first."""
    passages: dict[str, list[dict[str, Any]]] = {HANDELINGEN: []}
    for p in sorted(vind.gepasseerd(d.session, d.ronde), key=lambda p: (VOLGORDE[p.poort], p.volgnummer)):
        passages.setdefault(p.poort, []).append(
            {"nummer": p.volgnummer, "moment": p.moment, "regels": p.regels_hash, "wie": _door(p)}
        )
    uit = []
    for poort, keren in passages.items():
        eigen = [r for r in rijen if r["poort"] == poort]
        if not eigen and not keren:
            continue
        uit.append({
            "poort": poort, "titel": POORTTITEL[poort], "uitleg": POORTUITLEG[poort], "passages": keren,
            "aantal": len(eigen), "openbaar": sum(r["openbaar"] for r in eigen),
        })  # fmt: skip
    return uit


def _door(p: Passage) -> str:
    """How the gate opened; keys of people stay in the log."""
    return "automatisch" if p.actor == "klok" else "een medewerker"


def _csv(rijen: list[dict[str, Any]]) -> Bijlage:
    """Semicolons and a byte order mark, as Dutch spreadsheets read it."""
    buffer = io.StringIO(newline="")
    schrijver = csv.writer(buffer, delimiter=";")
    schrijver.writerow(KOLOMMEN)
    for r in rijen:
        einde = datum_kort(r["bewaren_tot"]) if r["bewaren_tot"] else "blijvend bewaren"
        leesbaar = {
            "moment": datum_tijd(r["moment"]),
            "openbaar": "ja" if r["openbaar"] else "nee",
            "bewaren_tot": einde,
        }
        schrijver.writerow([_cel(str((r | leesbaar)[k])) for k in KOLOMMEN])
    return Bijlage("index.csv", "\ufeff" + buffer.getvalue(), "De index als tabel, voor een rekenblad")


def _cel(tekst: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{tekst}" if tekst[:1] in tuple("=+-@\t\r") else tekst


def _json(gegevens: dict[str, Any]) -> Bijlage:
    tekst = json.dumps(als_json(gegevens), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return Bijlage("index.json", tekst, "De index voor computers: stukken, poorten, regels en logboek")
