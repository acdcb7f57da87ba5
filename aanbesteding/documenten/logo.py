"""Checks a logo before it goes onto every letter: a plain drawing, without code and without addresses outside."""

import re
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

GROOTSTE: Final = 200_000
"""Bytes; the logo is in every document."""
BREEDSTE: Final = 8.0
_VERBODEN: Final = {
    "script": "haal het script weg; een logo is alleen een tekening",
    "foreignObject": "haal 'foreignObject' weg; een logo is alleen een tekening",
    "image": "vervang het plaatje door een tekening in lijnen en vlakken",
    "text": "zet de letters om in lijnen ('tekst naar paden'); anders hangt het logo af van een lettertype",
    "animate": "haal de beweging weg; een document staat stil",
}
_BUITEN: Final = re.compile(r"url\(\s*[\"']?(?!#)|@import|javascript:", re.I)


def logofouten(pad: Path) -> list[str]:
    """Every fault of this SVG, with the mend; empty when it is sound."""
    if not pad.is_file():
        return ["het bestand logo.svg ontbreekt; zet het naast huisstijl.toml"]
    inhoud = pad.read_bytes()
    if len(inhoud) > GROOTSTE:
        return [f"logo.svg is {len(inhoud) // 1000} kB; maak het kleiner dan {GROOTSTE // 1000} kB"]
    if b"<!DOCTYPE" in inhoud or b"<!ENTITY" in inhoud:
        return ["logo.svg: haal de regels met DOCTYPE en ENTITY weg; zij kunnen andere bestanden binnenhalen"]
    try:
        # No entities are possible here: a DOCTYPE was refused above.
        wortel = ElementTree.fromstring(inhoud)  # noqa: S314
    except ElementTree.ParseError as fout:
        regel = fout.position[0]
        return [f"logo.svg, regel {regel}: dit is geen geldige SVG; bewaar het logo opnieuw als SVG"]
    fouten = [*_maat(wortel), *(f for deel in wortel.iter() for f in _deelfouten(deel))]
    return [f"logo.svg: {f}" for f in dict.fromkeys(fouten)]


def _naam(kenmerk: str) -> str:
    return kenmerk.rsplit("}", 1)[-1]


def _deelfouten(deel: ElementTree.Element) -> list[str]:
    naam = _naam(deel.tag)
    uit = [zin for verboden, zin in _VERBODEN.items() if naam == verboden]
    for kenmerk, waarde in deel.attrib.items():
        kort = _naam(kenmerk)
        if kort.lower().startswith("on"):
            uit.append(f"haal '{kort}' weg bij '{naam}'; een logo is alleen een tekening")
        if kort == "href" and not waarde.startswith("#"):
            uit.append(f"'{naam}' verwijst naar '{waarde[:60]}'; een logo mag niets van buiten halen")
        if _BUITEN.search(waarde):
            uit.append(f"'{kort}' bij '{naam}' haalt iets van buiten; gebruik alleen eigen kleuren en vormen")
    if naam == "style" and _BUITEN.search(deel.text or ""):
        uit.append("de stijl haalt iets van buiten; gebruik alleen eigen kleuren en vormen")
    return uit


def _maat(wortel: ElementTree.Element) -> list[str]:
    if _naam(wortel.tag) != "svg":
        return ["het bestand begint niet met 'svg'; bewaar het logo als SVG"]
    breed, hoog = _afmetingen(wortel)
    if breed <= 0 or hoog <= 0:
        return ["het logo heeft geen maat; geef 'svg' een viewBox, zoals viewBox=\"0 0 48 48\""]
    if breed / hoog > BREEDSTE:
        return [f"het logo is {breed / hoog:.0f} keer zo breed als hoog; neem alleen het beeldmerk"]
    return []


def _afmetingen(wortel: ElementTree.Element) -> tuple[float, float]:
    try:
        if "viewBox" in wortel.attrib:
            _, _, breed, hoog = (float(deel) for deel in re.split(r"[\s,]+", wortel.attrib["viewBox"].strip()))
            return breed, hoog
        return _getal(wortel.attrib["width"]), _getal(wortel.attrib["height"])
    except (KeyError, ValueError):
        return 0, 0


def _getal(maat: str) -> float:
    return float(re.sub(r"(px|mm|cm|pt)$", "", maat.strip()))
