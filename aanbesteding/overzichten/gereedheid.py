"""Is a proposal ready to be handed in? Every gap with the field where it is mended. Warns more than it stops.

Three weights: 'moet' stops the submission, 'vorm' is a formal part that may still be repaired after the opening
(Awb 4:5), 'let op' is advice: personal data, a passage that is not in the text, money that does not add up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..fouten import Invoerfout
from ..inhoud import VoorstelInhoud
from ..invoer import toets
from ..kern import persoonsgegevens
from ..kern.notatie import euro, meervoud
from ..model import Bestand
from ..regels import Regels
from .beoordelen import ontbrekende_onderdelen

Zwaarte = Literal["moet", "vorm", "let op"]
LEESBAAR = ("titel", "samenvatting", "probleem", "aanpak", "vernieuwing", "samenwerking", "inwoners", "resultaat",
            "gebied", "planning")  # fmt: skip
NAMEN = {"titel": "Titel", "probleem": "Probleem", "aanpak": "Aanpak", "vernieuwing": "Wat is er nieuw?",
         "samenwerking": "Samenwerking", "resultaat": "Resultaat", "gebied": "Gebied"}  # fmt: skip
BIJ_VORM = {"partnerverklaring": "partners", "penvoerder": "partners"}


@dataclass(frozen=True)
class Partnerstand:
    naam: str
    bevestigd: bool


@dataclass(frozen=True)
class Punt:
    """One thing to mend; `veld` is the name in the form, or 'partners' or 'bestanden' for those pages."""

    zwaarte: Zwaarte
    tekst: str
    veld: str = ""


@dataclass(frozen=True)
class Controle:
    inhoud: VoorstelInhoud | None
    punten: tuple[Punt, ...]

    @property
    def mag(self) -> bool:
        """May be handed in: nothing stops it."""
        return self.inhoud is not None and not self.van("moet")

    def van(self, zwaarte: Zwaarte) -> list[Punt]:
        return [p for p in self.punten if p.zwaarte == zwaarte]


def controleer(
    regels: Regels, ruw: dict[str, Any], bestanden: Sequence[Bestand], partners: Sequence[Partnerstand]
) -> Controle:
    """`ruw` is what was typed, in the shape of VoorstelInhoud; it may be full of gaps."""
    bijlagen = [{"naam": b.naam, "soort": b.soort, "sha256": b.sha256} for b in bestanden]
    heel = {**ruw, "bijlagen": bijlagen}
    punten = [Punt("moet", f"‘{NAMEN[v]}’ is nog leeg.", v) for v in NAMEN if not str(ruw.get(v, "")).strip()]
    leeg = {p.veld for p in punten}
    try:
        inhoud = toets(VoorstelInhoud, heel, waar="voorstel")
    except Invoerfout as fout:
        punten += [p for p in map(_als_punt, fout.fouten) if p.veld not in leeg]
        inhoud = None
    if len(partners) < regels.indienen.minimaal_partners:
        punten.append(Punt("moet", f"Een coalitie heeft minstens {regels.indienen.minimaal_partners} partners. "
                                   f"U hebt er {len(partners)}.", "partners"))  # fmt: skip
    if inhoud:
        punten += [*_grenzen(regels, inhoud), *_vorm(regels, inhoud, partners), *_geld(inhoud)]
    return Controle(inhoud, (*punten, *_let_op(ruw)))


def _als_punt(fout: str) -> Punt:
    """'begroting[2].bedrag_euro: moet een heel getal zijn' → "Begroting 2, bedrag euro: moet …", at the budget."""
    plaats, _, zin = fout.partition(": ")
    veld, rest = [*re.split(r"[\[.]", plaats, maxsplit=1), ""][:2]
    waar = f"{veld} {rest}".replace("]", "").replace(".", ", ").replace("_", " ").strip()
    return Punt("moet", f"{waar[:1].upper()}{waar[1:]}: {zin}.", veld)


def _grenzen(regels: Regels, inhoud: VoorstelInhoud) -> list[Punt]:
    meeste, maximum = regels.indienen.maximum_woorden, regels.verdeling.maximum_per_voorstel_euro
    punten = []
    if inhoud.woorden() > meeste:
        teveel = meervoud(inhoud.woorden() - meeste, "woord", "woorden")
        punten.append(Punt("moet", f"Het voorstel is {teveel} te lang. Hooguit {meeste} woorden.", "aanpak"))
    if inhoud.gevraagd_euro() > maximum:
        gevraagd = euro(inhoud.gevraagd_euro() * 100)
        punten.append(Punt("moet", f"U vraagt {gevraagd}. Het maximum is {euro(maximum * 100)}.", "begroting"))
    return punten


def _vorm(regels: Regels, inhoud: VoorstelInhoud, partners: Sequence[Partnerstand]) -> list[Punt]:
    bevestigd = all(p.bevestigd for p in partners)
    titels: dict[str, str] = {v.sleutel: v.titel for v in regels.indienen.vormvereisten}
    wacht = ", ".join(p.naam for p in partners if not p.bevestigd)
    uit = []
    for sleutel in ontbrekende_onderdelen(regels, inhoud, partners_bevestigd=bevestigd):
        extra = f" Nog niet bevestigd: {wacht}." if sleutel == "partnerverklaring" else ""
        uit.append(Punt("vorm", f"‘{titels[sleutel]}’ ontbreekt.{extra}", BIJ_VORM.get(sleutel, sleutel)))
    return uit


def _geld(inhoud: VoorstelInhoud) -> list[Punt]:
    if inhoud.begroting and inhoud.gevraagd_euro() == 0:
        return [Punt("let op", "U vraagt geen geld van de gemeente. Klopt dat?", "begroting")]
    return []


def _let_op(ruw: dict[str, Any]) -> list[Punt]:
    """Personal data with the words around it, and confidential passages that do not stand in the text."""
    teksten = {v: str(ruw.get(v, "")) for v in LEESBAAR}
    punten = [
        Punt("let op", f"Hier staat {v.wat}: “{v.rond}”. Haal het weg als het niet nodig is.", veld)
        for veld, tekst in teksten.items()
        for v in persoonsgegevens.zoek(tekst)
    ]
    alles = " ".join(" ".join(teksten.values()).split()).casefold()
    for rij in ruw.get("vertrouwelijk", []):
        passage = " ".join(str(rij.get("passage", "")).split())
        if passage and passage.casefold() not in alles:
            punten.append(
                Punt("let op", f"De passage “{passage[:60]}” staat niet letterlijk in uw tekst.", "vertrouwelijk")
            )
    return punten
