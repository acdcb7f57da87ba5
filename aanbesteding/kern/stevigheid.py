"""How firm is this ranking? All advice about one ranking, as plain JSON values: what report and memo print.

The published total decides; nothing here changes a place. A figure that the data cannot carry is None, and
`niet_berekend` says why in Dutch. Sources of the methods stand in overeenstemming, rangverwachting and
robuustheid.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from . import keuzeproeven
from . import overeenstemming as eens
from . import robuustheid as robuust
from .keuzeproeven import Gegevens, Invoer, kort
from .stevigheidstaal import Kandidaat, eerlijke_zin
from .verdeling import Rij

KOLOMMEN = ["voorstel", "criterium", "beoordelaar", "waarde"]


def bereken(inv: Invoer) -> Gegevens:
    """Every figure about one ranking; shares of 1, points of the scale, ranks from 1."""
    lang = pd.DataFrame(list(inv.scores), columns=KOLOMMEN)
    lang["waarde"] = lang["waarde"].astype(float)
    redenen: list[str] = []
    totalen = _totalen(inv, lang, inv.kandidaten)
    grens = _grens(inv)
    leden = keuzeproeven.zonder(inv, lang, redenen)
    voorstellen = _voorstellen(inv, totalen, redenen)
    uit: Gegevens = {
        "grens": grens,
        "overeenstemming": _overeenstemming(inv, _totalen(inv, lang, inv.rijen), redenen),
        "spreiding": _spreiding(inv, lang),
        "voorstellen": voorstellen["rijen"],
        "lijn": voorstellen["lijn"],
        "zonder": leden,
        "gewichten": keuzeproeven.gewichten(inv, grens["gelijk"], redenen),
        "niet_berekend": list(dict.fromkeys(redenen)),
        "zaad": inv.zaad,
    }
    wisselt = {v for z in leden["per"] for v in z["eruit"] + z["gelijk"]}
    mensen = [_kandidaat(inv, rij, v, wisselt) for rij, v in zip(inv.kandidaten, uit["voorstellen"], strict=True)]
    return {"eerlijke_zin": eerlijke_zin(mensen, inv.plaatsen, len(inv.rijen) - len(mensen))} | uit


def _kandidaat(inv: Invoer, rij: Rij, v: Gegevens, wisselt: set[str]) -> Kandidaat:
    sleutel = rij.voorstel
    return Kandidaat(inv.namen[sleutel], rij.totaal, rij.geselecteerd, rij.reden, v["klasse"], sleutel in wisselt)


def _totalen(inv: Invoer, lang: pd.DataFrame, rijen: Sequence[Rij]) -> pd.DataFrame:
    """Weighted total per proposal and assessor; NaN where a criterion is missing. Empty columns drop out."""
    som = sum(inv.gewichten.values())
    breed = lang.pivot(index=["voorstel", "beoordelaar"], columns="criterium", values="waarde")
    breed = breed.reindex(columns=list(inv.gewichten))
    gewogen = (breed * [inv.gewichten[c] / som for c in breed.columns]).sum(axis=1, skipna=False)
    tabel = gewogen.unstack("beoordelaar").reindex([r.voorstel for r in rijen])
    return tabel.dropna(axis=1, how="all")


def _grens(inv: Invoer) -> Gegevens:
    """The tie at the cut, first of all: who stands level with the last place, and what settled it."""
    if not inv.snijdt:
        return {"plaatsen": len(inv.gekozen), "gelijk": [], "beslist": "", "verschil": None}
    rijen = inv.kandidaten
    laatste, eerste = rijen[inv.plaatsen - 1], rijen[inv.plaatsen]
    gelijk = [r.voorstel for r in rijen if r.totaal == laatste.totaal] if laatste.totaal == eerste.totaal else []
    geloot = any(r.reden in ("geselecteerd na loting", "uitgeloot") for r in rijen if r.voorstel in gelijk)
    open_ = any(r.geselecteerd not in ("ja", "nee") for r in rijen)
    beslist = "" if not gelijk else "open" if open_ else "loting" if geloot else "regel"
    return {
        "plaatsen": inv.plaatsen,
        "gelijk": gelijk,
        "beslist": beslist,
        "verschil": kort(float(laatste.totaal - eerste.totaal)),
    }


def _overeenstemming(inv: Invoer, totalen: pd.DataFrame, redenen: list[str]) -> Gegevens | None:
    """ICC(2,1) and ICC(2,k) on a full table of totals, else Krippendorff's α with its interval."""
    if totalen.shape[1] < 2 or len(totalen) < 2:
        redenen.append("Voor overeenstemming zijn minstens twee beoordelaars en twee voorstellen nodig.")
        return None
    if not totalen.isna().any(axis=None):
        try:
            alle = eens.icc(totalen)
        except eens.OvereenstemmingError as fout:
            redenen.append(str(fout))
            return None
        een, samen = alle["ICC(2,1)"], alle["ICC(2,k)"]
        return {
            "maat": "ICC", "waarde": kort(een.waarde), "laag": kort(een.ondergrens), "hoog": kort(een.bovengrens),
            "oordeel": eens.woorden_icc(een.waarde), "samen": kort(samen.waarde),
            "samen_oordeel": eens.woorden_icc(samen.waarde), "beoordelaars": totalen.shape[1],
        }  # fmt: skip
    samen_gelezen = totalen[totalen.notna().sum(axis=1) >= 2]
    alfa = eens.alfa(samen_gelezen) if len(samen_gelezen) >= 2 else None
    interval = eens.alfa_interval(samen_gelezen, zaad=inv.zaad, trekkingen=500) if alfa is not None else None
    if alfa is None or interval is None:
        redenen.append("De overeenstemming is niet te bepalen: er zijn te weinig scores, of alle scores zijn gelijk.")
        return None
    return {
        "maat": "alfa", "waarde": kort(alfa), "laag": kort(interval[0]), "hoog": kort(interval[1]),
        "oordeel": eens.woorden_alfa(alfa), "samen": None, "samen_oordeel": "", "beoordelaars": totalen.shape[1],
    }  # fmt: skip


def _spreiding(inv: Invoer, lang: pd.DataFrame) -> list[Gegevens]:
    """Per criterion: mean and largest difference between assessors, and how many cells had to be discussed."""
    if lang["waarde"].notna().sum() == 0:
        return []
    alle = eens.spreiding(lang, inv.drempel)
    uit = []
    for c in inv.gewichten:
        deel = alle[(alle["criterium"] == c) & (alle["aantal"] >= 2)]
        if len(deel):
            verschil = deel["verschil"].to_numpy(dtype=np.float64)
            uit.append({
                "criterium": c, "gemiddeld": kort(float(verschil.mean())), "grootste": kort(float(verschil.max())),
                "bespreken": int(deel["bespreken"].sum()), "voorstellen": len(deel),
            })  # fmt: skip
    return uit


def _voorstellen(inv: Invoer, totalen: pd.DataFrame, redenen: list[str]) -> Gegevens:
    """Per candidate: adjusted score with its rank, expected rank with 50 % interval and class, chance over weights."""
    grens = inv.plaatsen + 0.5
    bij, verwacht, kans = _bijgesteld(totalen, redenen), _verwacht(inv, totalen, redenen), keuzeproeven.kans(inv)
    rang = bij.round(9).rank(ascending=False, method="min") if bij is not None else None
    punten: dict[str, float] = {} if bij is None else {str(k): float(w) for k, w in bij.items()}
    kansen: dict[str, float] = {} if kans is None else {str(k): float(w) for k, w in kans.items()}
    rijen = []
    for r in inv.kandidaten:
        v = r.voorstel
        rij: Gegevens = {"coalitie": v, "plaats": r.plaats, "bijgesteld": None, "bijgesteld_rang": None}
        if bij is not None and rang is not None:
            rij |= {"bijgesteld": kort(punten[v]), "bijgesteld_rang": int(rang[v])}
        rij |= {"verwacht": None, "laag": None, "hoog": None, "klasse": None}
        if verwacht is not None:
            d = {str(k): verwacht.tabel[k].to_dict()[v] for k in ("verwachte_rang", "laag", "hoog")}
            rij |= {"verwacht": kort(d["verwachte_rang"]), "laag": kort(d["laag"]), "hoog": kort(d["hoog"])}
            rij |= {"klasse": _klasse(float(d["laag"]), float(d["hoog"]), grens)}
        rijen.append(rij | {"kans": None if kans is None else kort(kansen[v])})
    return {"rijen": rijen, "lijn": None if verwacht is None else grens}


def _klasse(laag: float, hoog: float, grens: float) -> str:
    """Against the cut between the last place and the next one.

    The SNSF draws its line at the expected rank of the last funded one (rangverwachting.lijn); that one itself
    then almost never is surely in, even with a lead of five points. Half a place further is what a reader sees.
    """
    if hoog < grens:
        return "zeker in"
    return "zeker uit" if laag > grens else "onbeslist"


def _bijgesteld(totalen: pd.DataFrame, redenen: list[str]) -> "pd.Series[float] | None":
    if totalen.shape[1] < 2:
        redenen.append("Streng en mild zijn pas te vergelijken bij twee of meer beoordelaars.")
        return None
    try:
        return eens.bijgesteld(totalen).score
    except eens.OvereenstemmingError as fout:
        redenen.append(str(fout))
        return None


def _verwacht(inv: Invoer, totalen: pd.DataFrame, redenen: list[str]) -> robuust.Rangverwachting | None:
    if not inv.snijdt:
        return None
    if len(np.unique(totalen.to_numpy()[totalen.notna().to_numpy()])) < 2:
        redenen.append("Alle scores zijn gelijk. Dan is er geen verwachte plaats.")
        return None
    try:
        return robuust.verwachte_rang(totalen, inv.plaatsen, zaad=inv.zaad, schaalbreedte=inv.breedte)
    except robuust.RangverwachtingError as fout:
        redenen.append(f"De verwachte plaats is niet te berekenen. {fout}")
        return None
