"""Recompute a draw or a ranking from published data alone: no database, no clock, no trust in us.

The data come from a JSON file, from a rangordedossier (zip) or from the attachment of a PDF. `herbereken` says
which kind it is by the key "soort" and gives the differences in Dutch; an empty list means that all is right.
A court asked for exactly this: that somebody else can follow the ranking (RBMNE:2020:3958, RBNNE:2024:1117).
"""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pydantic import BaseModel, ConfigDict

from .fouten import Gebruikersfout, Invoerfout
from .invoer import toets
from .kern import loting as lot
from .kern import rangschikking as kern
from .overzichten.beoordelen import kernregels
from .overzichten.rangorde import als_gegevens, vingerafdruk
from .regels import Regels

BESTAND_IN_ZIP = "rangordedossier.json"
SOORTEN = ("loting", "rangordedossier")
WOORDEN = {
    "plaats": "de plaats",
    "totaal": "het totaal",
    "bedrag_cent": "het bedrag in centen",
    "geselecteerd": "de selectie",
    "reden": "de reden",
    "per_criterium": "de score per criterium",
}
NAMEN = {
    "geselecteerd": "de selectie",
    "loting": "wat geloot moet worden",
    "schijnbaar_gelijk": "de bijna gelijke paren",
}


class _Los(BaseModel):
    """Only what the calculation needs; a file may say more, for people."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Bron(_Los):
    naam: str
    soort: lot.Bronsoort
    waarden: list[str]


class _Trekking(_Los):
    volgnummer: int
    md5: str
    overgebleven: int
    nummer: int


class Lotinggegevens(_Los):
    """A draw as its proces-verbaal carries it."""

    deelnemers: list[str]
    lijst_sha256: str
    bronnen: list[_Bron]
    sleutel: str
    trekkingen: list[_Trekking]
    volgorde: list[str]


class _Regelversie(_Los):
    versie: int
    hash: str
    regels: dict[str, Any]


class _Voorstel(_Los):
    coalitie: str
    bedrag_cent: int
    ontvankelijk: bool | None


class _Score(_Los):
    coalitie: str
    criterium: str
    beoordelaar: str
    versie: int
    waarde: int | None
    telt: bool


class _Consensus(_Los):
    coalitie: str
    criterium: str
    versie: int
    waarde: int


class _Rangschikking(_Los):
    versie: int
    hash: str
    uitkomst: dict[str, Any]
    na_loting: bool


class Rangordegegevens(_Los):
    """What a ranking follows from, and the ranking as it was recorded."""

    regels: list[_Regelversie]
    voorstellen: list[_Voorstel]
    scores: list[_Score]
    consensus: list[_Consensus]
    loting: Lotinggegevens | None
    rangschikkingen: list[_Rangschikking]


def herbereken(gegevens: Mapping[str, Any]) -> list[str]:
    """The differences between what the data say and what follows from them. Raises Invoerfout on other data."""
    soort = gegevens.get("soort")
    if soort == "loting":
        return herbereken_loting(gegevens)
    if soort == "rangordedossier":
        return herbereken_rangorde(gegevens)
    raise Invoerfout(f"soort: '{soort}' kan niet worden herberekend; kies uit {' en '.join(SOORTEN)}", waar="bestand")


def herbereken_loting(gegevens: Mapping[str, Any]) -> list[str]:
    """Draw again by RFC 3797 from the printed sources: list, hash, key, each draw and the order."""
    g = toets(Lotinggegevens, gegevens, waar="loting")
    uitkomst = lot.Loting(
        tuple(g.deelnemers),
        g.lijst_sha256,
        tuple(lot.Bron(b.naam, b.soort, tuple(b.waarden)) for b in g.bronnen),
        g.sleutel,
        tuple(lot.Trekking(**t.model_dump()) for t in g.trekkingen),
        tuple(g.volgorde),
    )
    return [f"Loting: {v}" for v in lot.herbereken(uitkomst)]


def herbereken_rangorde(gegevens: Mapping[str, Any]) -> list[str]:
    """Rank again from rules, scores, consensus and draw, and compare each recorded ranking with it.

    Also recomputed: the hash of every version of the rules and of every ranking, the draw itself, and that the
    list of lots was published with the ranking before the draw.
    """
    g = toets(Rangordegegevens, gegevens, waar="rangordedossier")
    if not g.rangschikkingen:
        return ["Er staat geen rangorde in het bestand."]
    verschillen = [
        f"Regels versie {r.versie}: de hash past niet bij de regels."
        for r in g.regels
        if vingerafdruk(r.regels) != r.hash
    ]
    ruw = gegevens.get("loting")
    verschillen += herbereken_loting(ruw) if ruw else []
    for rangschikking in g.rangschikkingen:
        verschillen += [f"Rangorde versie {rangschikking.versie}: {v}" for v in _vergelijk(g, rangschikking)]
    return verschillen


def _vergelijk(g: Rangordegegevens, r: _Rangschikking) -> list[str]:
    eerst = [] if vingerafdruk(r.uitkomst) == r.hash else ["de hash past niet bij de rangorde."]
    versie = next((v for v in g.regels if v.hash == r.uitkomst.get("regels")), None)
    if versie is None:
        return [*eerst, "de regels waarmee is gerekend, staan niet in het bestand."]
    if r.na_loting and g.loting is None:
        return [*eerst, "de loting waarop zij rust, staat niet in het bestand."]
    regels = toets(Regels, versie.regels, waar=f"regels versie {versie.versie}")
    try:
        opnieuw = _reken(g, regels, na_loting=r.na_loting)
    except kern.RangschikkingError as fout:
        return [*eerst, f"er is geen rangorde te berekenen. {fout}"]
    return eerst + _verschillen(als_gegevens(opnieuw, versie.hash), r.uitkomst) + _lijst_klopt(g, r)


def _reken(g: Rangordegegevens, regels: Regels, *, na_loting: bool) -> kern.Rangschikking:
    voorstellen = [kern.Voorstel(v.coalitie, v.bedrag_cent) for v in g.voorstellen if v.ontvankelijk]
    nieuwste = {(s.coalitie, s.criterium, s.beoordelaar): s for s in sorted(g.scores, key=lambda s: s.versie) if s.telt}
    scores = [
        kern.Score(*sleutel, s.waarde, "gegeven" if s.waarde is not None else "onthouden")
        for sleutel, s in nieuwste.items()
    ]
    consensus: dict[tuple[str, str], kern.Getal] = {
        (c.coalitie, c.criterium): c.waarde for c in sorted(g.consensus, key=lambda c: c.versie)
    }
    lotingen = [g.loting.volgorde] if g.loting and na_loting else []
    return kern.rangschik(kernregels(regels), voorstellen, scores=scores, consensus=consensus, lotingen=lotingen)


def _verschillen(nieuw: Mapping[str, Any], oud: Mapping[str, Any]) -> list[str]:
    """Row by row in words that a reader can look up; at the end whatever else differs."""
    rijen = {r["coalitie"]: r for r in nieuw["rijen"]}
    vastgelegd = {str(r.get("coalitie")): r for r in oud.get("rijen", [])}
    uit = [f"'{k}' staat er niet in, maar hoort erbij." for k in rijen if k not in vastgelegd]
    uit += [f"'{k}' staat erin, maar hoort er niet bij." for k in vastgelegd if k not in rijen]
    for k in (k for k in rijen if k in vastgelegd):
        uit += [
            f"'{k}': {woord} is {rijen[k][veld]}, maar vastgelegd is {vastgelegd[k].get(veld)}."
            for veld, woord in WOORDEN.items()
            if rijen[k][veld] != vastgelegd[k].get(veld)
        ]
    uit += [
        f"{naam} is {nieuw[k]}, maar vastgelegd is {oud.get(k)}." for k, naam in NAMEN.items() if nieuw[k] != oud.get(k)
    ]
    if not uit and list(rijen) != list(vastgelegd):
        uit.append("de rijen staan in een andere volgorde.")
    return uit


def _lijst_klopt(g: Rangordegegevens, r: _Rangschikking) -> list[str]:
    """The draw must use exactly the list that the ranking before it published."""
    gevraagd = r.uitkomst.get("loting")
    if not gevraagd or g.loting is None or gevraagd.get("lijst_sha256") == g.loting.lijst_sha256:
        return []
    return ["er is geloot met een andere lijst dan vooraf is gepubliceerd."]


# ---------------------------------------------------------------- files


def lees_bestand(pad: Path) -> list[dict[str, Any]]:
    """Everything in this file that can be recomputed: JSON, a rangordedossier (.zip) or a PDF with attachments.

    Raises Invoerfout when the file cannot be read or holds nothing of the kind.
    """
    if not pad.is_file():
        raise Invoerfout(f"het bestand {pad} bestaat niet", waar="bestand")
    lezer = {".zip": _uit_zip, ".pdf": _uit_pdf}.get(pad.suffix.lower(), _uit_json)
    gevonden = [g for g in lezer(pad) if isinstance(g, dict) and g.get("soort") in SOORTEN]
    if not gevonden:
        raise Invoerfout(f"in {pad.name} staat geen loting en geen rangorde om te herberekenen", waar="bestand")
    return gevonden


def _ontleed(inhoud: bytes, naam: str) -> Any:
    try:
        return json.loads(inhoud.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as fout:
        raise Invoerfout(f"{naam} is geen geldige JSON: {fout}", waar="bestand") from None


def _uit_json(pad: Path) -> list[Any]:
    return [_ontleed(pad.read_bytes(), pad.name)]


def _uit_zip(pad: Path) -> list[Any]:
    try:
        with zipfile.ZipFile(pad) as archief:
            return [_ontleed(archief.read(BESTAND_IN_ZIP), BESTAND_IN_ZIP)]
    except (zipfile.BadZipFile, KeyError):
        raise Invoerfout(f"{pad.name} is geen rangordedossier: '{BESTAND_IN_ZIP}' ontbreekt", waar="bestand") from None


def _uit_pdf(pad: Path) -> list[Any]:
    """The JSON attachments of a PDF; other attachments are not ours to judge."""
    uit = []
    try:
        with pikepdf.open(pad) as pdf:
            bijlagen = {naam: spec.get_file().read_bytes() for naam, spec in pdf.attachments.items()}
    except pikepdf.PdfError as fout:
        raise Invoerfout(f"{pad.name} is geen leesbare PDF: {fout}", waar="bestand") from None
    for naam, inhoud in sorted(bijlagen.items()):
        if naam.lower().endswith(".json"):
            try:
                uit.append(_ontleed(inhoud, naam))
            except Gebruikersfout:
                continue
    return uit
