"""Contrast between colours, after WCAG 2.2 success criterion 1.4.3 (at least 4.5 : 1 for text)."""

import re
from typing import Annotated

from pydantic import AfterValidator

_HEX = re.compile(r"#[0-9a-f]{6}")


def _hex(waarde: str) -> str:
    if not _HEX.fullmatch(waarde.lower()):
        raise ValueError(f"'{waarde}' is geen kleur; schrijf een kleur als #0a4a74")
    return waarde.lower()


Kleur = Annotated[str, AfterValidator(_hex)]


def contrast(een: str, ander: str) -> float:
    """From 1 (the same colour) to 21 (black on white); the order does not matter."""
    licht, donker = sorted((_helderheid(een), _helderheid(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def _helderheid(kleur: str) -> float:
    """Relative luminance of an sRGB colour '#rrggbb', 0–1 (WCAG 2.2, definition 'relative luminance')."""
    rood, groen, blauw = (_lineair(int(kleur[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def _lineair(kanaal: float) -> float:
    return kanaal / 12.92 if kanaal <= 0.04045 else float(((kanaal + 0.055) / 1.055) ** 2.4)
