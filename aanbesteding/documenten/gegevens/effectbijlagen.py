"""Files inside the effect report: every value, the change per area, the verdict with its design, and the recipe.

They say what the report says, for whoever wants to redo it; groups under ten people have no value here either.
"""

from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

import pandas as pd

from ...inhoud import Indicator, Meetplan
from ...kern.effect_typen import Ontwerp, Schatting
from ...kern.rekenrecept import Uitslag, per_gebied, recept
from ..opdracht import Bijlage
from .procesbijlagen import bestand, tabel

Invoer = tuple[pd.DataFrame, Ontwerp]
METINGEN = ("indicator", "gebied", "soort", "periode", "waarde", "respondenten", "bron")
VERANDERINGEN = ("indicator", "gebied", "soort", "voor", "na", "verandering")
KOP = (
    "ZO REKENT U DIT NA\n"
    "U hebt geen programma van ons nodig: een rekenblad is genoeg. Getallen hebben hier een punt als komma.\n"
    "metingen.csv: alle waarden. veranderingen.csv: per gebied het gemiddelde voor en na. oordeel.json: de opzet en "
    "de uitkomst.\n"
    "Methode: een getal per gebied, met een gewone t-toets (Lee & Wooldridge, small-N difference-in-differences).\n"
    "De marge is 95 % bij de eindmeting en 99 % tussentijds. Tellen er meer indicatoren mee? Dan is zij ruimer "
    "(Holm).\n"
)


def bijlagen(
    plan: Meetplan, meetplan_hash: str, invoer: Mapping[str, Invoer], uitkomsten: Mapping[str, dict[str, Any]]
) -> tuple[Bijlage, ...]:
    """The four files. Per key of an indicator of the plan: `invoer`, and in `uitkomsten` the verdict as stored."""
    rijen = [r for i in plan.indicatoren for r in _metingen(plan, i, invoer[i.sleutel][0])]
    veranderd = [r for i in plan.indicatoren for r in _veranderingen(i, *invoer[i.sleutel])]
    recepten = [
        recept(i.sleutel, i.titel, *invoer[i.sleutel], _uitslag(uitkomsten[i.sleutel])) for i in plan.indicatoren
    ]
    return (
        tabel("metingen", rijen, "Alle metingen", METINGEN),
        tabel("veranderingen", veranderd, "De verandering per gebied", VERANDERINGEN),
        bestand("oordeel", _oordeel(plan, meetplan_hash, invoer, uitkomsten), "De opzet en het oordeel per indicator"),
        Bijlage("recept.txt", "\n".join([KOP, *recepten]), "Stap voor stap narekenen"),
    )


def _uitslag(uitkomst: Mapping[str, Any]) -> Uitslag:
    schatting = Schatting(**uitkomst["schatting"]) if uitkomst["schatting"] else None
    return Uitslag(uitkomst["uitkomst"], schatting, tuple(m["tekst"] for m in uitkomst["redenen"]))


def _soort(plan: Meetplan, gebied: str) -> str:
    if gebied in plan.pilotgebieden:
        return "pilot"
    return "vergelijking" if gebied in plan.vergelijkingsgebieden else "telt niet mee"


def _metingen(plan: Meetplan, i: Indicator, panel: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "indicator": i.sleutel, "gebied": r["gebied"], "soort": _soort(plan, r["gebied"]), "periode": r["periode"],
            "waarde": None if pd.isna(r["waarde"]) else float(r["waarde"]),
            "respondenten": None if pd.isna(r["n"]) else int(r["n"]), "bron": r.get("bron", i.bron),
        }
        for r in panel.to_dict("records")
    ]  # fmt: skip


def _veranderingen(i: Indicator, panel: pd.DataFrame, ontwerp: Ontwerp) -> list[dict[str, Any]]:
    return [
        {
            "indicator": i.sleutel, "gebied": r.gebied, "soort": "pilot" if r.pilot else "vergelijking",
            "voor": round(r.voor, 9), "na": round(r.na, 9), "verandering": round(r.verandering, 9),
        }
        for r in per_gebied(panel, ontwerp)
    ]  # fmt: skip


def _oordeel(
    plan: Meetplan, meetplan_hash: str, invoer: Mapping[str, Invoer], uitkomsten: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    return {
        "soort": "oordeel over effect",
        "meetplan": plan.model_dump(mode="json"),
        "meetplan_sha256": meetplan_hash,
        "versies": {naam: version(naam) for naam in ("aanbesteding", "diff-diff", "numpy", "scipy")},
        "indicatoren": {k: {"opzet": _opzet(ontwerp), "oordeel": uitkomsten[k]} for k, (_, ontwerp) in invoer.items()},
    }


def _opzet(ontwerp: Ontwerp) -> dict[str, Any]:
    kaal = asdict(ontwerp)
    return {k: {a: str(b) for a, b in w.items()} if isinstance(w, dict) else w for k, w in kaal.items()}
