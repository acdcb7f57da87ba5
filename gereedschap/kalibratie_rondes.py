"""Simulated rounds of which the truth is known: a measuring plan and the rows that people would hand in."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from aanbesteding.inhoud import Breuk, Gebiedsloting, Indicator, Meetplan, Samenvoeging
from aanbesteding.kern import perioden

Reeks = npt.NDArray[np.float64]
EERSTE = "2010-1"


@dataclass(frozen=True)
class Proef:
    """One nasty design. Areas have an own level (SD `niveau_sd`), a common movement, and AR(1) noise.

    starts: per pilot the number of waves before its start. kies: how the pilots were picked. effect: in SD of the
    noise per wave. n: respondents (pilots, others), with answers drawn one by one; None measures without sampling.
    helling: difference in trend per wave of the pilots; helling_sd: own trend of every area. onrust: how many
    times more restless (SD) the pilots are. stopt: waves after the start after which a pilot is measured no more.
    reeks: an interim verdict after every wave from the start on, and a final one. geen_eis: why the promise about
    coverage cannot hold here.
    """

    naam: str
    starts: tuple[int, ...] = (6, 6, 6)
    anderen: int = 17
    golven: int = 12
    kies: str = "loting"
    effect: float = 0.0
    sd: float = 2.0
    rho: float = 0.5
    niveau_sd: float = 3.0
    n: tuple[int, int] | None = None
    helling: float = 0.0
    helling_sd: float = 0.0
    onrust: float = 1.0
    gaten: float = 0.0
    stopt: int = 0
    samen: bool = False
    breuk: int = 0
    staart: bool = False
    tussentijds: bool = False
    indicatoren: int = 1
    reeks: bool = False
    geen_eis: str = ""

    @property
    def waar(self) -> float:
        """The true effect in the units of the indicator."""
        return self.effect * self.sd


def golf(nummer: int) -> str:
    return perioden.schuif(EERSTE, nummer)


def _ruis(proef: Proef, lot: np.random.Generator, gebieden: int) -> Reeks:
    def trek(*vorm: int) -> Reeks:
        # Student t with five degrees of freedom, scaled to SD 1: outliers as in real neighbourhoods.
        uit = lot.standard_t(5, vorm) / (5 / 3) ** 0.5 if proef.staart else lot.normal(0, 1, vorm)
        return np.asarray(uit, dtype=float)

    uit = np.empty((gebieden, proef.golven))
    uit[:, 0] = trek(gebieden)
    nieuw = trek(gebieden, proef.golven) * (1 - proef.rho**2) ** 0.5
    for t in range(1, proef.golven):
        uit[:, t] = proef.rho * uit[:, t - 1] + nieuw[:, t]
    return uit * proef.sd


def _gekozen(proef: Proef, lot: np.random.Generator, waarde: Reeks) -> npt.NDArray[np.int64]:
    """Row numbers with the pilots first, picked as real municipalities do."""
    k, alle = len(proef.starts), len(waarde)
    voor = waarde[:, : min(proef.starts)]
    if proef.kies in {"slechtste", "laatste"}:
        maat = voor.mean(axis=1) if proef.kies == "slechtste" else voor[:, -1]
        volgorde = np.argsort(-maat)
    elif proef.kies == "helft":  # somewhere among the worse half
        slecht = np.argsort(-voor.mean(axis=1))[: alle // 2]
        volgorde = np.concatenate([lot.permutation(slecht)[:k], np.arange(alle)])
    elif proef.kies == "loting onder slechtste":  # lots among the neediest; only those are compared with
        volgorde = lot.permutation(np.argsort(-voor.mean(axis=1))[: max(3 * k, k + 6)])
    else:
        volgorde = lot.permutation(alle)
    uit = list(dict.fromkeys(int(i) for i in volgorde))
    return np.array(uit)


def _waarden(proef: Proef, lot: np.random.Generator) -> tuple[list[str], Reeks]:
    """Names and the true figures (areas, waves): pilots P0.. first."""
    k = len(proef.starts)
    alle = k + proef.anderen
    tijd = np.arange(proef.golven)
    ruis = _ruis(proef, lot, alle) + lot.normal(0, proef.helling_sd, (alle, 1)) * (tijd - tijd.mean())
    waarde = 40 + lot.normal(0, proef.niveau_sd, (alle, 1)) + ruis
    orde = _gekozen(proef, lot, waarde)
    waarde, ruis = waarde[orde], ruis[orde]
    waarde[:k] += (proef.onrust - 1) * ruis[:k] + proef.helling * tijd
    waarde += lot.normal(0, 1, proef.golven)
    for i, start in enumerate(proef.starts):
        waarde[i, start:] += proef.waar
    return [*(f"P{i}" for i in range(k)), *(f"V{i}" for i in range(len(waarde) - k))], waarde


def _steekproef(proef: Proef, lot: np.random.Generator, waarde: Reeks) -> tuple[Reeks, Reeks | None]:
    """What is seen: the share of the answers, and the number of answers (varying by a fifth)."""
    if proef.n is None:
        return waarde, None
    k = len(proef.starts)
    basis = np.where(np.arange(len(waarde)) < k, *proef.n)[:, None]
    n = np.maximum(10, np.round(basis * lot.uniform(0.8, 1.2, waarde.shape)))
    return 100 * lot.binomial(n.astype(int), np.clip(waarde / 100, 0.01, 0.99)) / n, n


def _meetplan(proef: Proef, namen: list[str]) -> Meetplan:
    """The plan as it was locked; a lottery is recorded with its candidates."""
    k = len(proef.starts)
    pilots, anderen = namen[:k], namen[k:]
    geloot = proef.kies.startswith("loting")
    indicator = Indicator(
        sleutel="i0", titel="Indicator", definitie="d", eenheid="procent" if proef.n else "punten", richting="omhoog",
        bron="b", frequentie="f",
        nulstand="n", streef="s", relevant_effect=2.0, schaal="procent" if proef.n else "gemiddelde",
        breuken=[Breuk(vanaf=golf(proef.breuk), toelichting="t")] if proef.breuk else [],
    )  # fmt: skip
    return Meetplan(
        indicatoren=[indicator.model_copy(update={"sleutel": f"i{j}"}) for j in range(proef.indicatoren)],
        pilotgebieden=pilots, vergelijkingsgebieden=anderen, keuze_gebieden="loting" if geloot else "behoefte",
        keuze_toelichting="t", startperiode=golf(min(proef.starts)),
        startperioden={p: golf(s) for p, s in zip(pilots, proef.starts, strict=True)},
        samenvoegingen=[Samenvoeging(nieuw=namen[-1], oud=["A", "B"], vanaf=golf(proef.golven - 3))] if proef.samen
        else [],
        loting=Gebiedsloting(kandidaten=namen, aantal=k, bronnen=["x"], uitkomst=pilots, getrokken_op="2012-01-01")
        if geloot else None,
        respondenten_per_gebied=proef.n[1] if proef.n else 0,
    )  # fmt: skip


def _rijen(proef: Proef, lot: np.random.Generator) -> tuple[list[str], pd.DataFrame]:
    namen, waar = _waarden(proef, lot)
    gezien, n = _steekproef(proef, lot, waar)
    golven = [golf(t) for t in range(proef.golven)]
    if proef.breuk:  # another question: every area jumps by an amount of its own
        gezien[:, proef.breuk :] += 8 + lot.normal(0, 4, (len(gezien), 1))
    tabel = pd.DataFrame(
        {
            "gebied": np.repeat(namen, proef.golven), "periode": golven * len(namen), "waarde": gezien.ravel(),
            "n": np.nan if n is None else n.ravel(), "bron": "simulatie",
        }
    )  # fmt: skip
    weg = lot.random(len(tabel)) < proef.gaten
    if proef.stopt:
        laat = tabel["periode"].map({g: t for t, g in enumerate(golven)}) >= proef.starts[0] + proef.stopt
        weg |= ((tabel["gebied"] == "P0") & laat).to_numpy()
    tabel = tabel[~weg]
    return namen, _gesplitst(proef, lot, tabel, namen[-1]) if proef.samen else tabel


def _gesplitst(proef: Proef, lot: np.random.Generator, tabel: pd.DataFrame, nieuw: str) -> pd.DataFrame:
    """The last area was two areas until three waves ago: their figures differ, their mean is the area's."""
    eerder = [golf(t) for t in range(proef.golven - 3)]
    oud = (tabel["gebied"] == nieuw) & tabel["periode"].isin(eerder)
    deel, uit = tabel[oud], [tabel[~oud]]
    n = deel["n"].fillna(200)
    breed = lot.normal(0, 5, len(deel))
    for naam, kant, aandeel in (("A", 1.0, 0.25), ("B", -1 / 3, 0.75)):
        uit.append(deel.assign(gebied=naam, waarde=deel["waarde"] + kant * breed, n=(n * aandeel).round()))
    return pd.concat(uit, ignore_index=True)


Ronde = tuple[Meetplan, dict[str, pd.DataFrame]]


def ronde(proef: Proef, zaad: int) -> Ronde:
    """The plan, and per indicator the rows as entered; repeatable by the seed."""
    lot = np.random.default_rng([zaad, sum(proef.naam.encode())])
    namen, eerste = _rijen(proef, lot)
    rijen = {"i0": eerste}
    for j in range(1, proef.indicatoren):  # the same choice of areas by name; other figures
        rijen[f"i{j}"] = _rijen(proef, lot)[1]
    return _meetplan(proef, namen), rijen
