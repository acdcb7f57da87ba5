"""Pictures on the public page of a pilot: measured and expected, with every area behind it.

The same drawing as in the effect report. Its title is the sentence of the verdict and never a reading of the line
(kennis/effect.md, "Wording and pictures").
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from ..documenten.gegevens.effect import reeksen
from ..documenten.gegevens.effectbeeld import beeld
from ..documenten.grafieken.tijd import lijn
from ..documenten.svg import Letter, Palet
from ..inhoud import Indicator, Meetplan
from ..instellingen import instellingen
from ..overzichten.meetopzet import KOLOMMEN, opzet
from ..overzichten.openbaarzichten import Meting, Oordeel
from .openbare_kop import huisstijl


def platen(gemeente: str, plan: Meetplan, metingen: Sequence[Meting], oordelen: Sequence[Oordeel]) -> dict[str, Markup]:
    """Indicator key → SVG; without a key where fewer than two waves are public."""
    palet = Palet(**huisstijl(gemeente).kleuren.model_dump())
    letter = Letter(instellingen().sjablonen_map / "huisstijl" / "fonts")
    zinnen = {o.indicator: o.zin for o in oordelen}
    getekend = (
        (i.sleutel, _plaat(palet, letter, plan, i, metingen, zinnen[i.sleutel]))
        for i in plan.indicatoren
        if i.sleutel in zinnen
    )
    return {k: svg for k, svg in getekend if svg is not None}


def _plaat(
    palet: Palet, letter: Letter, plan: Meetplan, i: Indicator, metingen: Sequence[Meting], zin: str
) -> Markup | None:
    stand = pd.DataFrame(_rijen(i, metingen), columns=KOLOMMEN)
    if stand["periode"].nunique() < 2:
        return None
    panel, ontwerp = opzet(plan, i, stand, laatste=False)
    getal, lijnen = beeld(panel, ontwerp), reeksen(panel, ontwerp)
    extra = [{"naam": "verwacht", "waarden": getal["verwacht"]}] if getal["rijen"] else []
    return lijn(
        palet, letter, lijnen["perioden_kort"], [*lijnen["reeksen"], *extra], titel=f"{i.titel}: {zin}",
        eenheid=i.eenheid, begin_bij=lijnen["begin_bij"], achtergrond=getal["anderen"],
    )  # fmt: skip


def _rijen(i: Indicator, metingen: Sequence[Meting]) -> list[tuple[Any, ...]]:
    """Rows as `meten.panel` gives them; what is not shown in public is not drawn either."""
    return [
        (m.gebied, m.periode, m.waarde, m.respondenten, m.bron)
        for m in metingen
        if m.indicator == i.sleutel and m.waarde is not None
    ]
