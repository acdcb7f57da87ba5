"""The largest, emptiest and oddest data that a real round can hold, per kind: each must give a good PDF.

Unlike varianten.py these keep data that belong together in step: a grown list keeps its order and its names agree
with the same list elsewhere in the document, an emptied list is one that a round can leave empty.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from aanbesteding.documenten.gegevens.rapport import hoofdstukken

REDEN = "\n\n".join(
    " ".join(f"In zin {zin} van alinea {alinea} staat waarom dit voorstel goed is." for zin in range(40))
    for alinea in range(10)
)
"""4,000 words in ten paragraphs."""
LANGE_NAAM = "Stichting" + "SamenwerkingsverbandOuderenzorg" * 4
"""A name of more than 120 characters without one space."""
VREEMD = " ĳ ő non‑breaking “citaat” 'enkel' \"dubbel\" <script>alert(1)</script> {{ 7*7 }} {% if %} &amp; Žižek"

PARTNERS = (
    r"\.partners\[\]$", r"\.plan\.taken\[\]$", r"\.partijen\[\]$", r"\.inbreng\[\]\.natura\[\]$",
)  # fmt: skip
VOORSTELLEN = (
    r"\.rangschikking\.rijen\[\]$", r"\.beeld\.rijen\[\]$", r"\.stevigheid\.(rijen|grafiek)\[\]$",
    r"^\.(rijen|voorstellen|toewijzing|inbreng|geselecteerden|afwijkingen|niet_ontvankelijk|pilots)\[\]$",
    r"^\.(lijst|volgorde|trekkingen|vragen|wijzigingen|stukken)\[\]$",
)  # fmt: skip
BEOORDELAARS = (
    r"^\.(leden|commissie)\[\]$", r"\.criteria\[\]\.(scores|eigen_redenen)\[\]$", r"\.grafiek\[\]\.scores\[\]$",
    r"\.stevigheid\.zonder\[\]$", r"\.toewijzing\[\]\.beoordelaars\[\]$",
)  # fmt: skip
OPTIONEEL = (
    r"\.oordeel\.(sterk|verbeter|voorwaarden)\[\]$", r"^\.(voorwaarden|partners|niet_ontvankelijk|verschoning)\[\]$",
    r"\.voorstellen\[\]\.(sterk|verbeter)\[\]$", r"\.criteria\[\]\.eigen_redenen\[\]$", r"\.parafen\[\]$",
    r"\.stevigheid\.(spreiding|zonder|eens|niet_berekend)\[\]$", r"\.stevigheid\.gewichten\.rijen\[\]$",
    r"\.pilots\[\]\.(voorwaarden|partners|niet_gelukt)\[\]$", r"\.rijen\[\]\.(partners|ontbreekt)\[\]$",
    r"\.inbreng\[\](\.natura\[\])?$", r"^\.(wijzigingen|vragen|afwijkingen|adviseurs|niet_herstelbaar|gelijk_op)\[\]$",
    r"\.indicatoren\[\]\.(redenen|waarschuwingen|bronnen)\[\]$",
    r"\.duiding\.andere_verklaringen\[\]$", r"\.prikkels\[\]$",
    r"\.(bijlagen|indicatoren\[\]\.beeld\.anderen|getuigen|uitgesloten|adviesmomenten|loting_bronnen)\[\]$",
    r"\.meetplan\.(vergelijkingsgebieden|wijzigingen)\[\]$", r"\.advies\.soorten_uitgebreid\[\]$",
)  # fmt: skip
"""Lists that the model, a rule or a person may leave empty."""

NAMEN = ("naam", "coalitie", "penvoerder", "partner", "organisatie")
VOLGNUMMERS = ("rang", "nummer", "plaats", "volgorde", "volgnummer")
GESCHREVEN = frozenset(
    [
        "aanleiding",
        "aanpak",
        "andere_verklaringen",
        "antwoord",
        "beheersing",
        "beoogd_effect",
        "bereikt",
        "borging",
        "capaciteit",
        "communicatie",
        "conclusie",
        "deelnemers",
        "definitie",
        "einde",
        "financien",
        "gegevensbescherming",
        "hoe_verder",
        "inbreng_natura",
        "inclusie",
        "inleiding",
        "inwoners",
        "juridisch",
        "keuze_toelichting",
        "komende_periode",
        "les",
        "mechanisme",
        "methode",
        "monitoring",
        "motivering",
        "niet_gelukt",
        "omschrijving",
        "oordeel_inwoners",
        "oordeel_partners",
        "opmerking",
        "participatie",
        "probleem",
        "reden",
        "resultaat",
        "risico",
        "route",
        "samenvatting",
        "samenwerking",
        "sterk",
        "taak",
        "tekst",
        "toelichting",
        "verbeter",
        "verhaal",
        "verloop",
        "verslag",
        "vervolg",
        "vernieuwing",
        "volgende_ronde",
        "voorwaarden",
        "vraag",
        "vraag_aan_gemeente",
        "vragen",
        "waarom",
        "wie_doet_niet_mee",
        "afwijking",
    ]
)
"""Fields in which a person writes as much as he likes; the same names in every kind."""


def _rek(rijen: list[Any], aantal: int) -> list[Any]:
    """`aantal` rows in the same order: what was sorted, grouped or falling stays so."""
    return [_eigen(deepcopy(rijen[n * len(rijen) // aantal]), n + 1) for n in range(aantal)]


def _eigen(rij: Any, nummer: int) -> Any:
    """This row as number `nummer` of its list; the same number gives the same name in every list."""
    if isinstance(rij, str):
        return rij if len(rij) == 1 else f"{rij} {nummer}"
    if not isinstance(rij, dict):
        return rij
    namen = {k: f"{rij[k]} {nummer}" for k in NAMEN if isinstance(rij.get(k), str)}
    nummers = {k: nummer for k in VOLGNUMMERS if isinstance(rij.get(k), int) and not isinstance(rij.get(k), bool)}
    letter = {"letter": chr(64 + nummer)} if "letter" in rij else {}
    wie = {"wie": f"Beoordelaar {chr(64 + nummer)}"} if str(rij.get("wie", "")).startswith("Beoordelaar") else {}
    return rij | namen | nummers | letter | wie


def _lijsten(waarde: Any, patronen: tuple[str, ...], doe: Callable[[list[Any]], list[Any]], pad: str = "") -> Any:
    """The data with `doe` done to every list whose path fits; paths look like '.plan.taken[]'."""
    if isinstance(waarde, dict):
        return {k: _lijsten(deel, patronen, doe, f"{pad}.{k}") for k, deel in waarde.items()}
    if not isinstance(waarde, list):
        return waarde
    hier = f"{pad}[]"
    nieuw = doe(waarde) if any(re.search(p, hier) for p in patronen) else waarde
    return [_lijsten(deel, patronen, doe, hier) for deel in nieuw]


def _teksten(waarde: Any, doe: Callable[[str, str, str], str], veld: str = "", pad: str = "") -> Any:
    """The data with doe(text, field, path) done to every text."""
    if isinstance(waarde, dict):
        return {k: _teksten(deel, doe, k, f"{pad}.{k}") for k, deel in waarde.items()}
    if isinstance(waarde, list):
        return [_teksten(deel, doe, veld, f"{pad}[]") for deel in waarde]
    return doe(waarde, veld, pad) if isinstance(waarde, str) else waarde


def _groei(patronen: tuple[str, ...], aantal: int) -> Callable[[Any], Any]:
    return lambda gegevens: _sluit(_lijsten(gegevens, patronen, lambda rijen: _rek(rijen, aantal) if rijen else rijen))


def _sluit(gegevens: Any) -> Any:
    """Counts that stand beside a list follow it."""
    if "poorten" in gegevens and "rijen" in gegevens:
        for poort in gegevens["poorten"]:
            eigen = [r for r in gegevens["rijen"] if r["poort"] == poort["poort"]]
            poort |= {"aantal": len(eigen), "openbaar": sum(r["openbaar"] for r in eigen)}
    if "hoofdstukken" in gegevens:
        vorm = bool(gegevens["niet_ontvankelijk"])
        gegevens["hoofdstukken"] = hoofdstukken(gegevens["voorstellen"], vorm=vorm)
    return gegevens


def _naam(tekst: str, veld: str, _pad: str) -> str:
    return LANGE_NAAM if veld in NAMEN and len(tekst) > 3 else tekst


def _geschreven(tekst: str, veld: str) -> bool:
    return veld in GESCHREVEN and " " in tekst.strip()


def uitvoerig(gegevens: Any) -> Any:
    """4,000 words in every field that a person writes, once for each place in the template."""
    gezien: set[str] = set()

    def reden(tekst: str, veld: str, pad: str) -> str:
        if not _geschreven(tekst, veld) or pad in gezien:
            return tekst
        gezien.add(pad)
        return REDEN

    return _teksten(gegevens, reden)


def leeg(gegevens: Any) -> Any:
    """Every list that a round can leave empty is empty."""
    return _sluit(_lijsten(gegevens, OPTIONEEL, lambda _rijen: []))


def vreemd(gegevens: Any) -> Any:
    """Rare letters, quotes and markup in every name and in every text that a person writes."""
    return _teksten(gegevens, lambda t, veld, _: t + VREEMD if veld in NAMEN or _geschreven(t, veld) else t)


UITERSTEN: dict[str, Callable[[Any], Any]] = {
    "zestig_partners": _groei(PARTNERS, 60),
    "veertig_voorstellen": _groei(VOORSTELLEN, 40),
    "twaalf_beoordelaars": _groei(BEOORDELAARS, 12),
    "uitvoerig": uitvoerig,
    "leeg": leeg,
    "vreemd": vreemd,
    "lange_namen": lambda gegevens: _teksten(gegevens, _naam),
}


def telt(soort_gegevens: Any, uiterste: str) -> bool:
    """Whether this extreme changes anything in these data; if not, the plain example already says it all."""
    return bool(UITERSTEN[uiterste](deepcopy(soort_gegevens)) != soort_gegevens)
