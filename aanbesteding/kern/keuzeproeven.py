"""What would change the selection: other weights, or one assessor fewer. Parts of kern.stevigheid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import robuustheid as robuust
from .verdeling import Rij

Gegevens = dict[str, Any]
DECIMALEN = 4
GELIJK_OP_GRENS = (
    "Op de grens is het totaal gelijk. Een kleine verandering van een gewicht kan dan al een ander voorstel "
    "een plaats geven."
)


@dataclass(frozen=True)
class Invoer:
    """`rijen` in rank order; `plaatsen` that are given or still to be drawn for; `gewichten` per criterion;
    `scores` (voorstel, criterium, beoordelaar, waarde or None); `breedte` of the scale, in points;
    `drempel` from which a spread is discussed; `zaad` is any whole number."""

    rijen: Sequence[Rij]
    namen: Mapping[str, str]
    plaatsen: int
    gewichten: Mapping[str, int]
    scores: Sequence[tuple[str, str, str, int | None]]
    breedte: float
    drempel: float
    zaad: int

    @property
    def kandidaten(self) -> list[Rij]:
        """Proposals that met the thresholds, in rank order."""
        return [r for r in self.rijen if r.plaats is not None]

    @property
    def gekozen(self) -> list[str]:
        return [r.voorstel for r in self.kandidaten if r.geselecteerd == "ja"]

    @property
    def snijdt(self) -> bool:
        """Whether there is a cut at all: somebody in, and somebody out for want of a place."""
        return 0 < self.plaatsen < len(self.kandidaten)


def kort(x: float) -> float:
    """Four decimals: enough to print, and the same on every machine."""
    return round(float(x), DECIMALEN) + 0.0


def per_criterium(inv: Invoer) -> pd.DataFrame:
    """The scores that count, exact: candidates × criteria."""
    rijen = [[r.per_criterium[c].waarde for c in inv.gewichten] for r in inv.kandidaten]
    return pd.DataFrame(rijen, index=[r.voorstel for r in inv.kandidaten], columns=list(inv.gewichten), dtype=object)


def kans(inv: Invoer) -> "pd.Series[float] | None":
    if not inv.snijdt:
        return None
    return robuust.kans_op_selectie(per_criterium(inv).astype(float), inv.plaatsen, zaad=inv.zaad)


def gewichten(inv: Invoer, gelijk: Sequence[str], redenen: list[str]) -> Gegevens | None:
    """Interval per weight and the smallest change; `buiten_gelijk` when they leave the tie at the cut aside."""
    if not inv.snijdt:
        return None
    if gelijk:
        redenen.append(GELIJK_OP_GRENS)
    delen = _delen(inv, gelijk)
    try:
        per = [robuust.gewichtsintervallen(tabel, inv.gewichten, gekozen) for tabel, gekozen in delen]
    except robuust.RobuustheidError as fout:
        redenen.append(str(fout))
        return None
    if not per:
        return None
    stappen = [s for t, g in delen if (s := robuust.kleinste_verschuiving(t, inv.gewichten, g))]
    kleinste = min(stappen, key=lambda s: s.afstand, default=None)
    return {
        "buiten_gelijk": bool(gelijk),
        "per": [
            {"criterium": i[0].criterium, "gewicht": kort(i[0].gewicht), "laagste": kort(max(x.laagste for x in i)),
             "hoogste": kort(min(x.hoogste for x in i))}
            for i in zip(*per, strict=True)
        ],
        "kleinste": None if kleinste is None else {
            "afstand": kort(kleinste.afstand), "erin": kleinste.erin, "eruit": kleinste.eruit,
            "gewichten": {c: kort(g) for c, g in kleinste.gewichten.items()},
        },
    }  # fmt: skip


def _delen(inv: Invoer, gelijk: Sequence[str]) -> list[tuple[pd.DataFrame, list[str]]]:
    """Tables whose pairs (in, out) together are all pairs, save those inside the tie at the cut."""
    tabel, gekozen = per_criterium(inv), [r.voorstel for r in inv.kandidaten[: inv.plaatsen]]
    if not gelijk:
        return [(tabel, gekozen)]
    vast = [v for v in gekozen if v not in gelijk]
    binnen = [v for v in gelijk if v in gekozen]
    delen = [(tabel.drop(index=[v for v in gelijk if v not in gekozen]), gekozen), (tabel.drop(index=binnen), vast)]
    return [(t, g) for t, g in delen if 0 < len(g) < len(t)]


def zonder(inv: Invoer, lang: pd.DataFrame, redenen: list[str]) -> Gegevens:
    """Leave one assessor out of the mean of the first scores; compared with the mean of all of them.

    Against the mean of all, not against the consensus: else a change by the joint talk would look like one
    assessor's doing. `gemiddeld` says where that mean itself differs from the selection.
    """
    leeg: Gegevens = {"gemiddeld": None, "per": []}
    kandidaten = {r.voorstel for r in inv.kandidaten}
    lang = lang[lang["voorstel"].isin(kandidaten)]
    if not inv.snijdt or lang["beoordelaar"].nunique() < 2:
        if inv.snijdt:
            redenen.append("Met één beoordelaar is er geen vergelijking zonder die beoordelaar.")
        return leeg
    try:
        basis = _basis(inv, lang)
    except robuust.RobuustheidError:
        redenen.append("Een voorstel mist alle eerste scores op een criterium. Daarom rekenen wij geen keuze na.")
        return leeg
    gekozen = [r.voorstel for r in inv.kandidaten[: inv.plaatsen]]
    wissel = {"erin": sorted(set(basis) - set(gekozen)), "eruit": sorted(set(gekozen) - set(basis))}
    try:
        uitslagen = robuust.zonder_een_beoordelaar(lang, inv.gewichten, basis)
    except robuust.RobuustheidError:
        redenen.append("Zonder een van de beoordelaars mist een voorstel alle scores op een criterium.")
        uitslagen = []
    per = [
        {"wie": z.beoordelaar, "erin": list(z.erin), "eruit": list(z.eruit), "gelijk": list(z.gelijk)}
        for z in uitslagen
    ]
    return {"gemiddeld": wissel, "per": per}


def _basis(inv: Invoer, lang: pd.DataFrame) -> list[str]:
    """The best by the mean of all first scores; level proposals in the order of the ranking."""
    tabel = lang.dropna(subset=["waarde"]).pivot_table(index="voorstel", columns="criterium", values="waarde")
    tabel = tabel.reindex(index=[r.voorstel for r in inv.kandidaten], columns=list(inv.gewichten))
    if tabel.isna().any(axis=None):
        raise robuust.RobuustheidError("Een voorstel mist alle scores op een criterium.")
    som = sum(inv.gewichten.values())
    totaal = (tabel * [inv.gewichten[c] / som for c in tabel.columns]).sum(axis=1).round(9)
    return [str(v) for v in totaal.sort_values(ascending=False, kind="stable").index[: inv.plaatsen]]
