"""What stands around a number in the effect report: the theory, the effort, and what was planned against done.

A number says nothing of its cause; these parts are the contribution story that always goes with it
(kennis/effect.md, rule 10) and the account to whoever agreed on the measuring plan.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from ...inhoud import Indicator, Meetplan, PlanInhoud
from ...kern.bewijskracht import ERKENNING, NIET, TREDEN, WEL
from ...kern.notatie import getal, meervoud, opsomming
from ...overzichten import vind
from ...overzichten.doorgang import Doorgang
from ...overzichten.openbaar_pilots import sterkte

DOSIS = ("uren", "deelnemers", "activiteiten")


def aanpak(plan: PlanInhoud) -> dict[str, Any]:
    """The theory of change and what is known elsewhere of the method (Movisie's levels)."""
    return {
        "methode": plan.methode,
        "bewijsniveau": plan.bewijsniveau,
        "erkenning": ERKENNING[plan.bewijsniveau],
        "verandertheorie": plan.verandertheorie.model_dump(),
    }


def verslagen_tot(d: Doorgang) -> int:
    """The number of the last progress report that was due before this measurement."""
    return sum(m <= d.moment for m in vind.momenten(d.regels, "voortgang"))


def inspanning(
    d: Doorgang, verslagen: Mapping[int, Mapping[str, Any]], per_gebied: Iterable[dict[str, Any]] = ()
) -> dict[str, Any]:
    """What the coalition did: per progress report that is in by now, and per area where it was logged."""
    dagen = vind.momenten(d.regels, "voortgang")
    rijen: list[dict[str, Any]] = [
        {"nummer": n, "op": dagen[n - 1]} | {k: v[k] for k in DOSIS} for n, v in sorted(verslagen.items())
    ]
    return {"verslagen": rijen, "gebieden": list(per_gebied)}


def bewijs(uitkomst: Mapping[str, Any], plan: Meetplan) -> dict[str, Any]:
    """How strong this way of measuring is, and what the verdict says and does not say."""
    nummer = sterkte(uitkomst, plan)
    naam, uitleg = TREDEN[nummer]
    return {
        "trede": {"nummer": nummer, "hoogste": max(TREDEN), "naam": naam, "uitleg": uitleg},
        "wel": WEL[uitkomst["uitkomst"]],
        "niet": NIET[uitkomst["uitkomst"]],
    }


def gepland_en_gedaan(d: Doorgang, plan: Meetplan, standen: Mapping[str, pd.DataFrame]) -> list[dict[str, str]]:
    """Rows {wat, gepland, gedaan}: every promise of the measuring plan beside what came of it so far."""
    eigen = [_rij(i.titel, _belofte(d, plan, i), _gedaan(plan, i, standen[i.sleutel])) for i in plan.indicatoren]
    return [
        _rij("Metingen", meervoud(len(d.regels.termijnen.metingen), "meting", "metingen"), f"{d.nummer} gedaan"),
        *eigen,
    ]


def _rij(wat: str, gepland: str, gedaan: str) -> dict[str, str]:
    return {"wat": wat, "gepland": gepland, "gedaan": gedaan}


def _belofte(d: Doorgang, plan: Meetplan, indicator: Indicator) -> str:
    mensen = (
        f", ten minste {plan.respondenten_per_gebied} antwoorden per gebied" if plan.respondenten_per_gebied else ""
    )
    return f"{meervoud(len(plan.gebieden()), 'gebied', 'gebieden')}, {indicator.frequentie}{mensen}"


def _gedaan(plan: Meetplan, indicator: Indicator, stand: pd.DataFrame) -> str:
    """Areas with a value, waves, the smallest group, and which areas are missing altogether."""
    gemeten = stand[stand["waarde"].notna()]
    gebieden = set(gemeten["gebied"]) & set(plan.gebieden())
    delen = [
        meervoud(len(gebieden), "gebied", "gebieden"),
        meervoud(gemeten["periode"].nunique(), "keer", "keer") + " gemeten",
    ]
    if plan.respondenten_per_gebied and gemeten["n"].notna().any():
        delen.append(f"{getal(int(gemeten['n'].min()))} tot {getal(int(gemeten['n'].max()))} antwoorden per gebied")
    mist = [g for g in plan.gebieden() if g not in gebieden]
    return ", ".join(delen) + (f". Niet gemeten: {opsomming(mist)}" if mist else "")
