"""The grid in which measured values are typed: areas by the wave that is due, read back with faults per cell."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..inhoud import Meetplan
from ..kern.notatie import getal as toon
from ..kern.notatie import meervoud
from ..meetbronnen.toetsen import Getoetst, toets_rijen
from ..meetbronnen.waarden import KLEINSTE_CEL, Waarneming, aantal, getal
from ..model import Meetwaarde
from ..overzichten.meetstand import Blok, Cel
from . import invulformulier as f

Fouten = dict[str, list[str]]


def naam(blok: Blok, cel: Cel) -> str:
    """Part of a field's name and id: the same for the same place, whatever the order of areas."""
    return f"{blok.indicator.sleutel}.{blok.periode}.{hashlib.sha256(cel.gebied.encode()).hexdigest()[:10]}"


def velden(blokken: Sequence[Blok]) -> list[str]:
    """Every name that the page may send."""
    cellen = [f"{soort}.{naam(b, c)}" for b in blokken for c in b.cellen for soort in ("w", "n", "k")]
    return [*cellen, *(f"bron.{b.indicator.sleutel}" for b in blokken), "reden"]


def vooraf(blokken: Sequence[Blok]) -> f.Plat:
    """What stands there now."""
    plat: f.Plat = {}
    for b in blokken:
        bronnen = [c.nu.bron for c in b.cellen if c.nu] or [b.indicator.bron]
        plat[f"bron.{b.indicator.sleutel}"] = bronnen[-1]
        for c in b.cellen:
            if c.nu is not None:
                plat |= _staat(naam(b, c), c.nu)
    return plat


def _staat(plek: str, m: Meetwaarde) -> f.Plat:
    if m.onderdrukt or m.waarde is None:
        return {f"k.{plek}": "ja"}
    mensen = "" if m.respondenten is None else str(m.respondenten)
    return {f"w.{plek}": f"{m.waarde:.10g}".replace(".", ","), f"n.{plek}": mensen}


@dataclass
class Blad:
    """What was typed: rows that differ from what stands there, with faults and remarks. `plaatsen`: row → field."""

    rijen: list[Waarneming] = field(default_factory=list)
    plaatsen: list[str] = field(default_factory=list)
    fouten: Fouten = field(default_factory=dict)
    let_op: list[str] = field(default_factory=list)
    uitkomst: Getoetst | None = None

    def fout(self, veld: str, zin: str) -> None:
        self.fouten.setdefault(veld, []).append(zin)

    @property
    def zin(self) -> str:
        u = self.uitkomst
        if u is None or not self.rijen:
            return "Er is nog niets veranderd."
        delen = [meervoud(len(u.nieuw), "nieuwe waarde", "nieuwe waarden")]
        if u.verbetering:
            delen.append(meervoud(len(u.verbetering), "verbetering", "verbeteringen"))
        return " en ".join(delen) + "."

    def stappen(self, coalitie: str, reden: str) -> list[dict[str, Any]]:
        """Per row what the act `meting` takes; the reason goes with corrections only."""
        anders = {w.plek for w, _ in self.uitkomst.verbetering} if self.uitkomst else set()
        return [
            {"coalitie": coalitie, "indicator": w.indicator, "gebied": w.gebied, "periode": w.periode, "bron": w.bron,
             "waarde": w.waarde, "respondenten": w.respondenten, "onderdrukt": w.onderdrukt,
             "reden": reden if w.plek in anders else ""}
            for w in self.rijen
        ]  # fmt: skip


def lees_blad(
    blokken: Sequence[Blok], plat: f.Plat, plan: Meetplan, bekend: Mapping[tuple[str, str, str], Meetwaarde],
    vandaag: date,
) -> Blad:  # fmt: skip
    blad = Blad()
    for b in blokken:
        bron = f.tekst(plat, f"bron.{b.indicator.sleutel}").strip()
        voor = len(blad.rijen)
        for c in b.cellen:
            _lees_cel(blad, b, c, plat, bron)
        if len(blad.rijen) > voor and not bron:
            blad.fout(f"bron.{b.indicator.sleutel}", "vul in waar de waarden vandaan komen")
    waarden = {plek: m.waarde for plek, m in bekend.items()}
    blad.uitkomst = toets_rijen(blad.rijen, plan, waarden, vandaag)
    for o in blad.uitkomst.opmerkingen:
        if o.ernst == "fout":
            blad.fout(blad.plaatsen[o.rij - 1] if o.rij else "", o.tekst)
        else:
            blad.let_op.append(o.tekst)
    if any(c.nu for b in blokken for c in b.cellen if (b.indicator.sleutel, c.gebied, b.periode) in
           {w.plek for w in blad.rijen}) and not f.tekst(plat, "reden").strip():  # fmt: skip
        blad.fout("reden", "u verandert een waarde die er al stond; zeg waarom")
    return blad


def _lees_cel(blad: Blad, b: Blok, c: Cel, plat: f.Plat, bron: str) -> None:
    """One area: a value, or that the group was too small. Under ten people the value is dropped here."""
    plek = naam(b, c)
    klein = f.tekst(plat, f"k.{plek}") == "ja"
    waarde, goed = _probeer(blad, f"w.{plek}", f.tekst(plat, f"w.{plek}"), getal)
    mensen, ook = _probeer(blad, f"n.{plek}", f.tekst(plat, f"n.{plek}"), aantal)
    if not goed or not ook:
        return
    klein = klein or (mensen is not None and mensen < KLEINSTE_CEL)
    if waarde is None and not klein:
        if mensen is not None:
            blad.fout(f"w.{plek}", "vul ook de waarde in")
        elif c.nu is not None:
            blad.fout(f"w.{plek}", "een waarde wissen kan niet; zet haar terug of vul de goede in")
        return
    n = None if klein or mensen is None else int(mensen)
    rij = Waarneming(
        b.indicator.sleutel, c.gebied, b.periode, None if klein else waarde, n, bron or "?", len(blad.rijen) + 1, klein
    )
    if c.nu is not None and (c.nu.waarde, c.nu.respondenten, c.nu.onderdrukt) == (rij.waarde, n, klein):
        return
    blad.rijen.append(rij)
    blad.plaatsen.append(f"w.{plek}")


def _probeer(blad: Blad, veld: str, ruw: str, lees: Any) -> tuple[float | None, bool]:
    try:
        return lees(ruw), True
    except ValueError as fout:
        blad.fout(veld, str(fout))
        return None, False


def labels(blokken: Sequence[Blok]) -> dict[str, str]:
    uit = {"reden": "Reden", "gezien": "Controle"}
    for b in blokken:
        uit[f"bron.{b.indicator.sleutel}"] = f"Bron van {b.indicator.titel}"
        for c in b.cellen:
            uit[f"w.{naam(b, c)}"] = f"{b.indicator.titel}, {c.gebied}"
            uit[f"n.{naam(b, c)}"] = f"Aantal mensen, {b.indicator.titel}, {c.gebied}"
    return uit


def lees_waarde(m: Meetwaarde) -> str:
    """For people: the value, or why there is none."""
    return "te klein om te tonen" if m.waarde is None else toon(m.waarde)
