"""Checks one social question (maatschappelijke vraag) before a call goes out.

Maassluis asked open questions and was disappointed: with an open question one can go anywhere, and the
partners wondered what the municipality wanted (magazine p. 40, tip 1). So a question names whom it is for,
where, which outcome changes and by how much, how that is measured, where it stands now and what is out of
scope. And it prescribes no solution: that is what the coalitions are asked for.
"""

import re
from dataclasses import dataclass, fields
from typing import Final, Literal

from aanbesteding.kern.vraagwoorden import (
    ACTIVITEIT,
    ALGEMEEN_GEBIED,
    ALGEMENE_GROEP,
    ALLEEN_MIDDEL,
    BRON,
    FREQUENTIE,
    LEEG,
    MODELCIJFER,
    NULMETING,
    ONTKEND,
    OPLOSSING,
    RICHTING,
    STOPWOORDEN,
    TERMIJN,
    UITSLUITING,
    VAAG,
    VIA,
    WIJK,
)

Ernst = Literal["blokkeert", "advies"]
Veld = Literal[
    "doelgroep",
    "gebied",
    "uitkomst",
    "richting_of_hoeveelheid",
    "meetwijze",
    "nulstand",
    "afbakening",
    "tekst",
]


@dataclass(frozen=True)
class Vraag:
    """One question of a call, in the words of the municipality. An empty string means: not filled in."""

    doelgroep: str = ""
    gebied: str = ""
    uitkomst: str = ""
    richting_of_hoeveelheid: str = ""
    meetwijze: str = ""
    nulstand: str = ""
    afbakening: str = ""
    tekst: str = ""


@dataclass(frozen=True)
class Bevinding:
    """One remark: the field it is about, what is wrong, a better example, and whether it blocks the call."""

    veld: Veld
    tekst: str
    voorbeeld: str
    ernst: Ernst


# One coherent example question, so that the examples of all fields fit together.
VOORBEELD: Final[dict[Veld, str]] = {
    "doelgroep": "Inwoners van 65 jaar en ouder die alleen wonen.",
    "gebied": "De wijken Noord en Haven.",
    "uitkomst": "Ouderen voelen zich minder eenzaam.",
    "richting_of_hoeveelheid": "Het aandeel dat zich ernstig eenzaam voelt, daalt van 14% naar 10% in 2030.",
    "meetwijze": "Elk half jaar een enquête onder 300 ouderen, met dezelfde vragen als in de nulmeting.",
    "nulstand": "In oktober 2026 voelt 14% zich ernstig eenzaam.",
    "afbakening": "Wel: ontmoeting en steun in de buurt. Niet: medische zorg en verbouwing van woningen.",
    "tekst": (
        "Hoe zorgen we samen dat ouderen die alleen wonen in Noord en Haven zich minder eenzaam voelen? "
        "Nu is 14% ernstig eenzaam. In 2030 is dat hoogstens 10%."
    ),
}
ONTBREEKT: Final[dict[Veld, str]] = {
    "doelgroep": "U noemt niet voor wie de vraag is.",
    "gebied": "U noemt niet waar de vraag speelt.",
    "uitkomst": "U noemt niet wat er voor inwoners moet veranderen.",
    "richting_of_hoeveelheid": "U noemt niet hoeveel er moet veranderen, of welke kant op.",
    "meetwijze": "U noemt niet hoe u de verandering meet.",
    "nulstand": "U noemt niet hoe het er nu voor staat.",
    "afbakening": "U noemt niet wat buiten de vraag valt.",
    "tekst": "De vraag zelf is nog niet geschreven.",
}


def _blok(veld: Veld, tekst: str) -> Bevinding:
    return Bevinding(veld, tekst, VOORBEELD[veld], "blokkeert")


def _advies(veld: Veld, tekst: str, voorbeeld: str | None = None) -> Bevinding:
    return Bevinding(veld, tekst, voorbeeld or VOORBEELD[veld], "advies")


def _toets_groep_en_gebied(vraag: Vraag) -> list[Bevinding]:
    gevonden = []
    if ALGEMENE_GROEP.fullmatch(vraag.doelgroep.strip()):
        gevonden.append(_blok("doelgroep", "De doelgroep is te ruim. Noem leeftijd, situatie of kenmerk."))
    if ALGEMEEN_GEBIED.fullmatch(vraag.gebied.strip()):
        gevonden.append(_advies("gebied", "Het gebied is erg ruim. Noem de wijken waar het het meest speelt."))
    return gevonden


def _toets_richting(vraag: Vraag) -> list[Bevinding]:
    tekst = vraag.richting_of_hoeveelheid
    if not RICHTING.search(tekst):
        return [_blok("richting_of_hoeveelheid", "U noemt geen getal en geen richting, zoals meer of minder.")]
    if not TERMIJN.search(tekst):
        return [_advies("richting_of_hoeveelheid", "Noem ook het jaar waarin dit bereikt moet zijn.")]
    return []


def _toets_meten(vraag: Vraag) -> list[Bevinding]:
    gevonden = []
    if not BRON.search(vraag.meetwijze):
        gevonden.append(_blok("meetwijze", "U noemt geen bron, zoals een enquête of telling."))
    elif not FREQUENTIE.search(vraag.meetwijze):
        gevonden.append(_advies("meetwijze", "Noem ook hoe vaak u meet."))
    if MODELCIJFER.search(vraag.meetwijze) and WIJK.search(vraag.gebied):
        melding = "Deze wijkcijfers zijn berekend met een model. Het effect van een pilot ziet u er niet in."
        gevonden.append(_advies("meetwijze", melding))
    return gevonden


def _toets_nulstand(vraag: Vraag) -> list[Bevinding]:
    cijfers = re.sub(r"\b(19|20)\d\d\b", "", vraag.nulstand)
    if re.search(r"\d", cijfers):
        return []
    if NULMETING.search(vraag.nulstand) and re.search(r"\b20\d\d\b", vraag.nulstand):
        return [_advies("nulstand", "De nulmeting moet klaar zijn voordat een pilot start.")]
    return [_blok("nulstand", "U noemt geen getal. Noem het cijfer van nu, of de maand van de nulmeting.")]


def _toets_afbakening(vraag: Vraag) -> list[Bevinding]:
    if UITSLUITING.search(vraag.afbakening):
        return []
    return [_advies("afbakening", "Zeg duidelijk wat er niet bij hoort.")]


def _los_middel(zin: str) -> str | None:
    """The thing that this sentence mentions, unless the sentence rules it out ("geen camera's")."""
    treffer = ALLEEN_MIDDEL.search(zin)
    if treffer is None or ONTKEND.search(zin[: treffer.start()][-40:]):
        return None
    return treffer.group(0)


def _toets_oplossing(vraag: Vraag) -> list[Bevinding]:
    """A question may name the problem, never the means; one finding per field is enough."""
    gevonden = []
    velden: tuple[Veld, ...] = ("uitkomst", "richting_of_hoeveelheid", "tekst")
    for veld in velden:
        for zin in re.split(r"(?<=[.!?])\s+", str(getattr(vraag, veld))):
            middel = _los_middel(zin)
            if middel is None:
                continue
            if OPLOSSING.search(zin) or VIA.search(zin):
                gevonden.append(_blok(veld, f"U schrijft een oplossing voor: '{middel}'. Laat die aan de partners."))
            else:
                gevonden.append(_advies(veld, f"'{middel}' lijkt op een oplossing. Noem liever het probleem."))
            break
    return gevonden


def _toets_woorden(vraag: Vraag) -> list[Bevinding]:
    gevonden = []
    velden: tuple[Veld, ...] = ("uitkomst", "tekst")
    for veld in velden:
        laag = str(getattr(vraag, veld)).lower()
        for woord, beter in VAAG.items():
            if re.search(rf"\b{woord}\b", laag):
                melding = f"'{woord}' is vaag. Schrijf wat inwoners ervan merken."
                gevonden.append(_advies(veld, melding, f"Bijvoorbeeld: {beter}."))
    if ACTIVITEIT.search(f"{vraag.uitkomst} {vraag.richting_of_hoeveelheid}"):
        melding = "Dit gaat over wat partners doen. Noem wat er voor inwoners verandert."
        gevonden.append(_advies("uitkomst", melding))
    return gevonden


def _kernwoorden(tekst: str) -> set[str]:
    """Stems (first five letters) of the words that carry meaning, so that 'ouderen' meets 'oudere'."""
    woorden = re.findall(r"[^\W\d_]{3,}", tekst.lower())
    return {w[:5] for w in woorden if w not in STOPWOORDEN}


def _toets_tekst(vraag: Vraag) -> list[Bevinding]:
    gevonden = []
    vraagtekens = vraag.tekst.count("?")
    if vraagtekens == 0:
        gevonden.append(_advies("tekst", "Schrijf de tekst als een vraag."))
    if vraagtekens > 1:
        gevonden.append(_advies("tekst", f"U stelt {vraagtekens} vragen tegelijk. Maak er losse vragen van."))
    if len(vraag.tekst.split()) > 80:
        gevonden.append(_advies("tekst", "De vraag is lang. Gebruik hoogstens 80 woorden."))
    delen: tuple[tuple[Veld, str], ...] = (("doelgroep", "de doelgroep"), ("gebied", "het gebied"))
    for veld, naam in delen:
        kern = _kernwoorden(str(getattr(vraag, veld)))
        if kern and not kern & _kernwoorden(vraag.tekst):
            gevonden.append(_advies("tekst", f"De vraag noemt {naam} niet. Zet {naam} in de vraag."))
    return gevonden


def toets_vraag(vraag: Vraag) -> list[Bevinding]:
    """All findings on one question, in the order of the form; empty when the question is sharp."""
    ontbrekend: set[str] = {v.name for v in fields(vraag) if LEEG.fullmatch(str(getattr(vraag, v.name)).strip())}
    gevonden = [_blok(veld, melding) for veld, melding in ONTBREEKT.items() if veld in ontbrekend]
    inhoud = [
        *_toets_groep_en_gebied(vraag),
        *_toets_richting(vraag),
        *_toets_meten(vraag),
        *_toets_nulstand(vraag),
        *_toets_afbakening(vraag),
        *_toets_oplossing(vraag),
        *_toets_woorden(vraag),
        *_toets_tekst(vraag),
    ]
    gevonden += [b for b in inhoud if b.veld not in ontbrekend]
    volgorde = list(ONTBREEKT)
    return sorted(gevonden, key=lambda b: (volgorde.index(b.veld), b.ernst != "blokkeert"))


def geslaagd(bevindingen: list[Bevinding]) -> bool:
    """Whether the question may go out: advice may remain, a blocking finding may not."""
    return all(b.ernst != "blokkeert" for b in bevindingen)
