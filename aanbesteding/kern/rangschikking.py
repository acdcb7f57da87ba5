"""Ranking and selection by the announced rule: weighted total, thresholds, tie rule, places and ceiling.

The order is exact (fractions) and does not depend on the order of the input. A tie at the cut is never broken
silently: the result names the set that must be drawn, and ranks again once the draw is handed in.
Traceability is what courts ask for (RBMNE:2020:3958, RBNNE:2024:1117), so each row carries its reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, pairwise
from typing import get_args

from .totalen import (
    Basis,
    Cel,
    Criterium,
    Getal,
    Ontbreekregel,
    Oordeel,
    RangschikkingError,
    RangschikkingGeblokkeerdError,
    Score,
    afgerond,
    blokkades_gemiddelde,
    breuk,
    gewogen_totaal,
    groepeer,
    oordelen_consensus,
    oordelen_gemiddelde,
    toon,
)
from .verdeling import Plafondregel, Reden, Rij, Selectie, TeLoten, Verdeling

__all__ = [
    "Basis",
    "Criterium",
    "Getal",
    "Oordeel",
    "Plafondregel",
    "Rangschikking",
    "RangschikkingError",
    "RangschikkingGeblokkeerdError",
    "Reden",
    "Regels",
    "Rij",
    "Score",
    "Selectie",
    "TeLoten",
    "Voorstel",
    "blokkades",
    "rangschik",
    "toon",
]
LOTING = "loting"


@dataclass(frozen=True)
class Voorstel:
    """A proposal to rank; `bedrag` is the amount asked, in cents."""

    id: str
    bedrag: int = 0


@dataclass(frozen=True)
class Regels:
    """The frozen rules of the call.

    `plafond` in cents; `gelijk` is the tie rule: criterion codes in order, closed by "loting".
    `plafondregel`: "stop" ends at the first proposal that no longer fits (default: passing over a higher
    ranked proposal is a legal trap); "volgende dat past" goes on, only if the call published it.
    """

    criteria: tuple[Criterium, ...]
    basis: Basis = "consensus"
    ontbrekend: Ontbreekregel = "voorstel zonder oordeel blokkeert"
    schaal: tuple[Getal, Getal] = (0, 10)
    drempel_totaal: Getal | None = None
    plafond: int | None = None
    plaatsen: int | None = None
    gelijk: tuple[str, ...] = (LOTING,)
    plafondregel: Plafondregel = "stop"


@dataclass(frozen=True)
class Rangschikking:
    """Rows in rank order. `loting` is None when the cut is clear.

    `schijnbaar_gelijk`: pairs whose totals look equal in two decimals but are not; print more decimals there.
    """

    rijen: tuple[Rij, ...]
    loting: TeLoten | None
    schijnbaar_gelijk: tuple[tuple[str, str], ...]

    @property
    def geselecteerd(self) -> tuple[str, ...]:
        """Ids of the selected proposals, in rank order."""
        return tuple(rij.voorstel for rij in self.rijen if rij.geselecteerd == "ja")


def _controleer_regels(regels: Regels, voorstellen: Sequence[Voorstel]) -> None:
    codes = [c.code for c in regels.criteria]
    gewichten = [breuk(c.gewicht, f"Het gewicht van {c.code}") for c in regels.criteria]
    eisen = {
        "Basis, regel bij ontbrekende scores en plafondregel komen uit de vaste lijst.": (
            regels.basis in get_args(Basis)
            and regels.ontbrekend in get_args(Ontbreekregel)
            and regels.plafondregel in get_args(Plafondregel)
        ),
        "Elk criterium en elk voorstel staat er één keer in; er is minstens één criterium.": (
            bool(codes) and len(set(codes)) == len(codes) and len({v.id for v in voorstellen}) == len(voorstellen)
        ),
        "Een gewicht is nooit negatief en samen zijn de gewichten meer dan nul.": (
            all(g >= 0 for g in gewichten) and sum(gewichten) > 0
        ),
        "De regel bij gelijke stand noemt criteria en eindigt met “loting”.": (
            regels.gelijk[-1:] == (LOTING,) and set(regels.gelijk[:-1]) <= set(codes)
        ),
        "Het plafond, het aantal plaatsen en elk bedrag zijn nul of meer, in hele centen.": all(
            isinstance(n, int) and n >= 0
            for n in (regels.plafond or 0, regels.plaatsen or 0, *(v.bedrag for v in voorstellen))
        ),
    }
    for eis, klopt in eisen.items():
        if not klopt:
            raise RangschikkingError(f"De regels van de ronde kloppen niet. {eis}")


def _oordelen(
    regels: Regels,
    voorstellen: Sequence[Voorstel],
    scores: Iterable[Score],
    consensus: Mapping[Cel, Getal] | None,
) -> dict[Cel, Oordeel]:
    cellen = {(v.id, c.code) for v in voorstellen for c in regels.criteria}
    schaal = (breuk(regels.schaal[0], "De schaal"), breuk(regels.schaal[1], "De schaal"))
    if regels.basis == "consensus":
        return oordelen_consensus(consensus or {}, cellen, schaal)
    groepen = groepeer(scores, cellen, schaal)
    blokkades = blokkades_gemiddelde(groepen, cellen, regels.ontbrekend)
    if blokkades:
        raise RangschikkingGeblokkeerdError(blokkades)
    return oordelen_gemiddelde(groepen)


def _drempelreden(regels: Regels, rij: Rij) -> Reden | None:
    for criterium in regels.criteria:
        laagste = criterium.drempel
        if laagste is not None and rij.per_criterium[criterium.code].waarde < breuk(laagste, "De drempel"):
            return "onder drempel criterium"
    if regels.drempel_totaal is not None and rij.totaal < breuk(regels.drempel_totaal, "De drempel"):
        return "onder drempel totaal"
    return None


def _sleutel(regels: Regels, rij: Rij) -> tuple[Fraction, ...]:
    """Sort key, best first: total, then the criteria of the tie rule."""
    return (-rij.totaal, *(-rij.per_criterium[code].waarde for code in regels.gelijk if code != LOTING))


def _groepen(regels: Regels, rijen: Sequence[Rij], lotingen: Sequence[Sequence[str]]) -> list[list[Rij]]:
    """Groups of equal rank, best first, each row with its place; a draw handed in splits its own group."""
    gehouden = {frozenset(loting): list(loting) for loting in lotingen}
    groepen: list[list[Rij]] = []
    plaats = 1
    geordend = sorted(rijen, key=lambda rij: (_sleutel(regels, rij), rij.voorstel))
    for _, leden in groupby(geordend, key=lambda rij: _sleutel(regels, rij)):
        groep = list(leden)
        volgorde = gehouden.get(frozenset(rij.voorstel for rij in groep))
        if volgorde is None:
            groepen.append([replace(rij, plaats=plaats) for rij in groep])
        else:
            per_id = {rij.voorstel: rij for rij in groep}
            groepen += [
                [replace(per_id[id], plaats=plaats + n, reden="geselecteerd na loting")]
                for n, id in enumerate(volgorde)
            ]
        plaats += len(groep)
    return groepen


def _schijnbaar_gelijk(rijen: Sequence[Rij]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (a.voorstel, b.voorstel)
        for a, b in pairwise(rijen)
        if a.totaal != b.totaal and afgerond(a.totaal) == afgerond(b.totaal)
    )


def _rang(regels: Regels, rijen: Sequence[Rij], lotingen: Sequence[Sequence[str]]) -> tuple[list[Rij], TeLoten | None]:
    """Rank with the draws in turn; each draw must be exactly the one that the ranking before it asked for."""
    for n, loting in enumerate(lotingen):
        gevraagd = _rang(regels, rijen, lotingen[:n])[1]
        if gevraagd is None or sorted(loting) != sorted(gevraagd.voorstellen):
            raise RangschikkingError("De loting past niet bij de gelijke stand. Loot precies de genoemde voorstellen.")
    verdeling = Verdeling(regels.plaatsen, regels.plafond, regels.plafondregel)
    return [rij for groep in _groepen(regels, rijen, lotingen) for rij in verdeling.geef(groep)], verdeling.loting


def blokkades(
    regels: Regels,
    voorstellen: Sequence[Voorstel],
    *,
    scores: Iterable[Score] = (),
    consensus: Mapping[Cel, Getal] | None = None,
) -> list[str]:
    """The gaps that keep the announced rule from giving a ranking, in Dutch; empty when it is complete."""
    _controleer_regels(regels, voorstellen)
    try:
        _oordelen(regels, voorstellen, scores, consensus)
    except RangschikkingGeblokkeerdError as fout:
        return list(fout.blokkades)
    return []


def _rij(regels: Regels, voorstel: Voorstel, oordelen: Mapping[Cel, Oordeel]) -> Rij:
    per = {c.code: oordelen[voorstel.id, c.code] for c in regels.criteria}
    totaal = gewogen_totaal(regels.criteria, {code: oordeel.waarde for code, oordeel in per.items()})
    rij = Rij(voorstel.id, None, totaal, per, voorstel.bedrag, "nee", "geselecteerd")
    return replace(rij, reden=_drempelreden(regels, rij) or "geselecteerd")


def rangschik(
    regels: Regels,
    voorstellen: Sequence[Voorstel],
    *,
    scores: Iterable[Score] = (),
    consensus: Mapping[Cel, Getal] | None = None,
    lotingen: Sequence[Sequence[str]] = (),
) -> Rangschikking:
    """Rank the proposals and select in rank order until places or money are spent.

    `consensus` maps (proposal, criterion) to the recorded score; `scores` feeds the base "gemiddelde".
    `lotingen` holds draws already held, each the tied proposals in drawn order.
    Raises RangschikkingGeblokkeerdError when a needed score is missing, RangschikkingError when rules, scores
    or draws do not fit together.
    """
    _controleer_regels(regels, voorstellen)
    oordelen = _oordelen(regels, voorstellen, scores, consensus)
    alle = [_rij(regels, voorstel, oordelen) for voorstel in voorstellen]
    rijen, loting = _rang(regels, [rij for rij in alle if rij.reden == "geselecteerd"], lotingen)
    afgevallen = [rij for rij in alle if rij.reden != "geselecteerd"]
    rijen += sorted(afgevallen, key=lambda rij: (-rij.totaal, rij.voorstel))
    return Rangschikking(tuple(rijen), loting, _schijnbaar_gelijk(rijen))
