"""Files inside the PDFs, from which anyone can recompute what the document says (`aanbesteding herbereken`)."""

import csv
import io
import json
from typing import Any

from sqlmodel import select

from ...model import Loting, Rangschikking, Regelversie
from ...overzichten import beoordelen, vind
from ...overzichten.doorgang import Doorgang
from ...overzichten.voorwaarden import letters
from ...procedure import Rol
from ..opdracht import Bijlage
from .basis import als_json

KOP = ["nummer", "voorstel", "criterium", "beoordelaar", "score", "gezamenlijke_score"]


def _tekst(gegevens: dict[str, Any]) -> str:
    return json.dumps(als_json(gegevens), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _lot(gehouden: Loting) -> dict[str, Any]:
    """Everything that kern.loting.herbereken needs; no names of people."""
    uit = {k: gehouden.uitkomst[k] for k in ("deelnemers", "sleutel", "trekkingen", "volgorde")}
    bronnen = [{k: b[k] for k in ("naam", "soort", "waarden")} for b in gehouden.bronnen]
    return {"lijst_sha256": gehouden.lijst_sha256, "bronnen": bronnen} | uit


def loting(gehouden: Loting) -> Bijlage:
    return Bijlage("loting.json", _tekst({"soort": "loting"} | _lot(gehouden)), "De loting, om zelf na te rekenen")


def _wie(d: Doorgang, *, namen: bool) -> dict[str, str]:
    """Key of an assessor → how it may appear here: with a name inside, as a letter outside."""
    per_id = letters(d.session, d.ronde)
    leden = vind.met_rol(d.session, d.ronde, Rol.BEOORDELAAR)
    return {b.sleutel: vind.persoon(d.session, b).naam if namen else per_id[vind.sid(b.id)] for b in leden}


def scores(d: Doorgang, *, namen: bool) -> Bijlage:
    """All single scores as CSV with semicolons and a byte order mark, as Dutch spreadsheets read it."""
    wie, uit = _wie(d, namen=namen), io.StringIO()
    coalities = {c.sleutel: c.naam for _, c in vind.voorstellen(d.session, d.ronde)}
    titels = {c.sleutel: c.titel for c in d.regels.criteria}
    samen = beoordelen.consensus(d.session, d.ronde)
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(KOP)
    rijen = beoordelen.scoretabel(d.session, d.ronde)
    for r in sorted(rijen, key=lambda r: (r.nummer, list(titels).index(r.criterium), wie[r.beoordelaar])):
        afspraak = samen.get((r.voorstel, r.criterium))
        schrijver.writerow([
            r.nummer, _cel(coalities[r.voorstel]), _cel(titels[r.criterium]), _cel(wie[r.beoordelaar]),
            "onthouden" if r.waarde is None else r.waarde, afspraak.waarde if afspraak else "",
        ])  # fmt: skip
    soort = "met de namen van de beoordelaars" if namen else "zonder namen"
    return Bijlage("scores.csv", "\ufeff" + uit.getvalue(), f"Alle scores, {soort}")


def _cel(tekst: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{tekst}" if tekst[:1] in "=+-@\t\r" else tekst


def rangschikking(d: Doorgang, *, namen: bool) -> Bijlage:
    """Rules, scores, consensus and rankings, in the shape that `aanbesteding herbereken` checks."""
    versies = d.session.exec(
        select(Regelversie).where(Regelversie.ronde_id == d.ronde_id).order_by(Regelversie.versie)  # type: ignore[arg-type]
    ).all()
    gehouden = d.session.exec(select(Loting).where(Loting.ronde_id == d.ronde_id)).first()
    gegevens = {
        "soort": "rangordedossier",
        "regels": [{"versie": v.versie, "hash": v.hash, "regels": v.regels} for v in versies],
        "voorstellen": _voorstellen(d),
        "scores": _scores(d, namen=namen),
        "consensus": [
            {"coalitie": k, "criterium": c, "versie": rij.versie, "waarde": rij.waarde, "motivering": rij.motivering}
            for (k, c), rij in sorted(beoordelen.consensus(d.session, d.ronde).items())
        ],
        "loting": _lot(gehouden) if gehouden else None,
        "rangschikkingen": _rangschikkingen(d, gehouden),
    }
    return Bijlage("rangschikking.json", _tekst(gegevens), "Regels, scores en rangorde, om zelf na te rekenen")


def _voorstellen(d: Doorgang) -> list[dict[str, Any]]:
    goed = {v.id for v, _ in vind.ontvankelijke(d.session, d.ronde)}
    return [
        {
            "nummer": v.nummer, "coalitie": c.sleutel, "naam": c.naam, "ontvankelijk": v.id in goed,
            "bedrag_cent": beoordelen.voorstelinhoud(d.session, v).gevraagd_euro() * 100,
        }
        for v, c in vind.voorstellen(d.session, d.ronde)
    ]  # fmt: skip


def _scores(d: Doorgang, *, namen: bool) -> list[dict[str, Any]]:
    wie = _wie(d, namen=namen)
    return [
        {"coalitie": r.voorstel, "criterium": r.criterium, "beoordelaar": wie[r.beoordelaar], "versie": 1,
         "waarde": r.waarde, "telt": True}
        for r in beoordelen.scoretabel(d.session, d.ronde)
    ]  # fmt: skip


def _rangschikkingen(d: Doorgang, gehouden: Loting | None) -> list[dict[str, Any]]:
    vraag = select(Rangschikking).where(Rangschikking.ronde_id == d.ronde_id).order_by(Rangschikking.versie)  # type: ignore[arg-type]
    return [
        {"versie": r.versie, "hash": r.hash, "uitkomst": r.uitkomst, "na_loting": bool(gehouden) and r.versie > 1}
        for r in d.session.exec(vraag)
    ]
