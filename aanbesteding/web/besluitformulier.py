"""The form with which a wethouder decides: from flat fields to the parameters of the act and back.

'Conform' or 'gewijzigd' is not asked where it follows from the choice; the form shows which proposals deviate from
the advice, and each of those asks for its own reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UITKOMSTEN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "vrijgave": (
        ("conform", "Ja, volgens het voorstel", "De oproep gaat naar buiten op de datum die in het stuk staat."),
        (
            "gewijzigd",
            "Ja, met een wijziging",
            "Schrijf de wijziging in de tekst van het besluit. De projectleider past de ronde aan.",
        ),
        ("aangehouden", "Nog niet: wij houden het aan", "Er gaat niets naar buiten. U kunt later opnieuw besluiten."),
        ("ingetrokken", "Nee: de ronde stopt", "De hele ronde wordt ingetrokken. Dat kan niet terug."),
    ),
    "selectie": (
        ("besluiten", "Wij kiezen", "De keuze hieronder geldt. Elke coalitie krijgt een brief."),
        ("aangehouden", "Nog niet: wij houden het aan", "Er gaat geen brief uit. U kunt later opnieuw besluiten."),
        ("ingetrokken", "Wij stoppen met de ronde", "De hele ronde wordt ingetrokken. Dat kan niet terug."),
    ),
}
UITKOMSTEN["plannen"] = UITKOMSTEN["selectie"]


@dataclass(frozen=True)
class Kandidaat:
    """A proposal that can be chosen, with what was advised; `bedrag` in whole euros where it is asked."""

    sleutel: str
    naam: str
    advies: bool
    uitleg: str
    bedrag: int = 0
    reden: str = ""
    """Why the advice is 'no', where the project leader wrote so: the beginning of the college's own reason."""


def begin(kandidaten: list[Kandidaat]) -> dict[str, Any]:
    """The form as the memo proposes it."""
    uit: dict[str, Any] = {"uitkomst": "", "tekst": ""}
    for k in kandidaten:
        uit |= {f"bedrag-{k.sleutel}": str(k.bedrag), f"reden-{k.sleutel}": k.reden}
        uit |= {f"kies-{k.sleutel}": "ja"} if k.advies else {}
    return uit


def gegevens(
    soort: str, velden: Mapping[str, Any], kandidaten: list[Kandidaat]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """(parameters of the act, faults of the form itself by field)."""
    uitkomst = str(velden.get("uitkomst", ""))
    uit: dict[str, Any] = {"soort": soort, "uitkomst": uitkomst, "tekst": str(velden.get("tekst", "")).strip()}
    fouten: dict[str, list[str]] = {}
    if uitkomst not in {w for w, *_ in UITKOMSTEN[soort]}:
        fouten["uitkomst"] = ["kies wat het college besluit"]
    if not uit["tekst"]:
        fouten["tekst"] = ["schrijf de tekst van het besluit"]
    if uitkomst != "besluiten":
        return uit, fouten
    gekozen = [k for k in kandidaten if velden.get(f"kies-{k.sleutel}")]
    anders = [k for k in kandidaten if k.advies != (k in gekozen) or (soort == "plannen" and k not in gekozen)]
    redenen = {k.sleutel: str(velden.get(f"reden-{k.sleutel}", "")).strip() for k in anders}
    fouten |= {
        f"reden-{k.sleutel}": [f"leg uit waarom u bij ‘{k.naam}’ {_keuze(soort, gekozen=k in gekozen)}"]
        for k in anders
        if not redenen[k.sleutel]
    }
    uit |= {
        "uitkomst": "gewijzigd" if _wijzigt(soort, kandidaten, gekozen) else "conform",
        "gekozen": [k.sleutel for k in gekozen],
        "afwijkingen": [{"coalitie": s, "motivering": r} for s, r in redenen.items() if r],
    }
    if soort == "plannen":
        uit["bedragen_euro"], mis = _bedragen(velden, gekozen)
        fouten |= mis
    return uit, fouten


def _keuze(soort: str, *, gekozen: bool) -> str:
    """What asks for a reason: no pilot for a plan, or another choice than the advice."""
    return "geen pilot kiest" if soort == "plannen" and not gekozen else "afwijkt van het advies"


def _wijzigt(soort: str, kandidaten: list[Kandidaat], gekozen: list[Kandidaat]) -> bool:
    """For plans every one that falls out changes the decision, also one that was advised against."""
    return len(gekozen) < len(kandidaten) if soort == "plannen" else any(k.advies != (k in gekozen) for k in kandidaten)


def _bedragen(velden: Mapping[str, Any], gekozen: list[Kandidaat]) -> tuple[dict[str, int], dict[str, list[str]]]:
    uit, fouten = {}, {}
    for k in gekozen:
        ruw = str(velden.get(f"bedrag-{k.sleutel}", "")).replace("€", "").replace(".", "").replace(" ", "").strip()
        if ruw.isascii() and ruw.isdigit() and len(ruw) < 10:
            uit[k.sleutel] = int(ruw)
        else:
            fouten[f"bedrag-{k.sleutel}"] = ["vul een bedrag in hele euro’s in, bijvoorbeeld 12.500"]
    return uit, fouten


def advies(soort: str, kandidaten: list[Kandidaat]) -> dict[str, Any]:
    """The decision that the memo asks for, as parameters of the act: for a preview before anybody typed."""
    uitkomst = "conform" if soort == "vrijgave" else "besluiten"
    velden = begin(kandidaten) | {"uitkomst": uitkomst, "tekst": "Het college besluit volgens het voorstel."}
    uit, _ = gegevens(soort, velden, kandidaten)
    return uit
