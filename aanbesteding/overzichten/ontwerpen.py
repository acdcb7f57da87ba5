"""From a measuring plan, finished or half typed, to the advice on its design (kern/ontwerpadvies.py).

Takes plain data instead of a checked plan, because the advice must stand beside a form that is not filled yet.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast, get_args

import pandas as pd

from ..inhoud import Meetplan
from ..kern.ontwerp import Keuze, Maat, Opzet, eerste_getal
from ..kern.ontwerpadvies import Ontwerpadvies, advies
from ..termijnen import naar_amsterdam


def golf(moment: datetime, voorbeeld: str) -> str:
    """The wave of a moment, written as `voorbeeld` is: 2027, 2027-2 or 2027-K3."""
    dag = naar_amsterdam(moment).date()
    deel = voorbeeld.partition("-")[2]
    if not deel:
        return str(dag.year)
    return f"{dag.year}-K{(dag.month + 2) // 3}" if deel.startswith("K") else f"{dag.year}-{1 if dag.month <= 6 else 2}"


def advies_bij(inhoud: Mapping[str, Any], momenten: Sequence[datetime]) -> Ontwerpadvies:
    """The advice on this plan. `inhoud`: the fields of inhoud.Meetplan as far as they are there and can be read."""
    indicatoren = [i for i in _lijst(inhoud, "indicatoren") if isinstance(i, Mapping)]
    opzet = Opzet(
        golven=_golven(inhoud, momenten, indicatoren),
        vergelijking=len(set(_namen(inhoud, "vergelijkingsgebieden"))),
        respondenten=_geheel(inhoud.get("respondenten_per_gebied")),
        keuze=_keuze(inhoud.get("keuze_gebieden")),
        primair=max(1, sum(_ja(i.get("primair", True)) for i in indicatoren)),
    )
    return advies(opzet, [_maat(i) for i in indicatoren])


def advies_bij_plan(plan: Meetplan, momenten: Sequence[datetime]) -> Ontwerpadvies:
    return advies_bij(plan.model_dump(), momenten)


def _golven(
    inhoud: Mapping[str, Any], momenten: Sequence[datetime], indicatoren: Sequence[Mapping[str, Any]]
) -> tuple[tuple[int, int], ...]:
    """Per pilot area: waves before and after its own start. The first announced moment is always before it."""
    eerste = str(inhoud.get("startperiode") or "")
    apart = inhoud.get("startperioden") or {}
    eerder = [{str(e["periode"]) for e in _rijen(i, "eerder")} for i in indicatoren]
    uit = []
    for gebied in dict.fromkeys(_namen(inhoud, "pilotgebieden")):
        start = str(apart.get(gebied, eerste))
        later = [golf(m, start) for m in momenten[1:]]
        voor = 1 + sum(p < start for p in later) if momenten else 0
        bekend = min((len({p for p in reeks if p < start}) for reeks in eerder if reeks), default=0)
        voor += max(_geheel(inhoud.get("metingen_vooraf")), bekend)
        uit.append((voor, sum(p >= start for p in later)))
    return tuple(uit)


def _maat(i: Mapping[str, Any]) -> Maat:
    eenheid = str(i.get("eenheid") or "")
    procent = i.get("schaal") == "procent" or (not i.get("schaal") and eenheid.startswith(("%", "procent")))
    stand = eerste_getal(str(i.get("nulstand") or ""))
    return Maat(
        sleutel=str(i.get("sleutel") or ""),
        titel=str(i.get("titel") or "Indicator zonder naam"),
        eenheid="procentpunt" if procent else eenheid or "eenheden",
        relevant=_getal(i.get("relevant_effect")) or 0.0,
        primair=_ja(i.get("primair", True)),
        vragenlijst=(i.get("bronsoort") or "vragenlijst") == "vragenlijst",
        procent=procent,
        aandeel=stand / 100 if procent and stand is not None else None,
        spreiding=_getal(i.get("spreiding")),
        verleden=_verleden(i),
        modelcijfers=_ja(i.get("modelcijfers", False)),
        decimalen=min(_geheel(i.get("decimalen"), 1), 4),
    )


def _verleden(i: Mapping[str, Any]) -> pd.DataFrame | None:
    rijen = [(str(e["gebied"]), str(e["periode"]), float(e["waarde"])) for e in _rijen(i, "eerder")]
    panel = pd.DataFrame(rijen, columns=["gebied", "periode", "waarde"])
    dubbel = panel.duplicated(["gebied", "periode"]).any()
    return panel if rijen and not dubbel else None


def _rijen(i: Mapping[str, Any], veld: str) -> list[Mapping[str, Any]]:
    """Rows of earlier figures that can be read; what somebody is still typing does not count yet."""
    return [
        e
        for e in _lijst(i, veld)
        if isinstance(e, Mapping) and isinstance(e.get("waarde"), int | float) and e.get("gebied") and e.get("periode")
    ]


def _lijst(inhoud: Mapping[str, Any], veld: str) -> list[Any]:
    waarde = inhoud.get(veld)
    return waarde if isinstance(waarde, list) else []


def _namen(inhoud: Mapping[str, Any], veld: str) -> list[str]:
    return [str(g).strip() for g in _lijst(inhoud, veld) if str(g).strip()]


def _geheel(waarde: Any, anders: int = 0) -> int:
    return waarde if isinstance(waarde, int) and not isinstance(waarde, bool) and 0 <= waarde < 10**7 else anders


def _getal(waarde: Any) -> float | None:
    return float(waarde) if isinstance(waarde, int | float) and not isinstance(waarde, bool) and waarde > 0 else None


def _ja(waarde: Any) -> bool:
    return waarde is True


def _keuze(waarde: Any) -> Keuze | None:
    return cast(Keuze, waarde) if waarde in get_args(Keuze) else None
