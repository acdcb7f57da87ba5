"""Advisers to coalitions, fairness first: a lexicographic CP-SAT model in blocks of hours.

In order: (1) the largest share of hours that a coalition misses, (2) all missed hours together, (3) hours
with the expertise asked for, (4) as few pairs as possible. Hours are hard limits; associations and others on
the extended track only get advisers who can give it; who asks the same in the same track gets the same hours.
One worker, a fixed seed and a deterministic work limit: the same input gives the same answer everywhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import lcm

from ortools.sat.python import cp_model

from .adviestoelichting import Adviseur, Coalitie, Koppel, Paar, Toelichting, licht_toe

__all__ = [
    "AdviestoewijzingError", "Adviesuitkomst", "Adviseur", "Coalitie", "Koppel", "Paar", "Toelichting",
    "wijs_adviseurs_toe",
]  # fmt: skip
FASEN = ("grootste tekort", "totaal tekort", "expertise-uren", "aantal koppels")


class AdviestoewijzingError(ValueError):
    """Input that contradicts itself; the Dutch message names the field and the mend."""


@dataclass(frozen=True)
class Adviesuitkomst:
    """`bewezen` tells per stage whether the solver proved that nothing better exists."""

    toelichtingen: tuple[Toelichting, ...]
    uren_over: dict[str, int]
    bewezen: dict[str, bool]


@dataclass(frozen=True)
class _Model:
    """The CP-SAT model with block and presence variables per allowed pair, and the goals in order."""

    cp: cp_model.CpModel
    blokken: dict[Paar, cp_model.IntVar]
    doelen: list[cp_model.LinearExprT]


def _uitgesloten(coalitie: Coalitie, adviseur: Adviseur, conflicten: Collection[Paar], blok: int) -> str | None:
    """Why this adviser cannot help this coalition, in Dutch; None when it is possible."""
    if (coalitie.id, adviseur.id) in conflicten:
        return "belangenconflict"
    if coalitie.uitgebreid and not adviseur.uitgebreid:
        return "geeft geen uitgebreid traject"
    return "geen uren meer" if adviseur.uren < blok else None


def _controleer(coalities: Sequence[Coalitie], adviseurs: Sequence[Adviseur], blok: int) -> None:
    for soort, rijen in (("Coalitie", coalities), ("Adviseur", adviseurs)):
        ids = [rij.id for rij in rijen]
        dubbel = sorted({i for i in ids if ids.count(i) > 1})
        if dubbel:
            raise AdviestoewijzingError(f"{soort} {dubbel[0]} staat dubbel in de lijst. Haal er één weg.")
    fout = [c.id for c in coalities if c.uren <= 0 or blok <= 0 or c.uren % blok]
    if fout:
        raise AdviestoewijzingError(f"De uren van coalitie {fout[0]} zijn geen veelvoud van een blok van {blok} uur.")
    if any(a.uren < 0 for a in adviseurs):
        raise AdviestoewijzingError("De uren van een adviseur zijn negatief. Vul nul of meer in.")


def _haalbaar(coalitie: Coalitie, paren: Mapping[Paar, int], maximum: int) -> int:
    """The most blocks this coalition could get if it were alone."""
    eigen = sorted((n for (c, _), n in paren.items() if c == coalitie.id), reverse=True)
    return sum(eigen[:maximum])


def _gelijk_per_spoor(
    cp: cp_model.CpModel,
    coalities: Sequence[Coalitie],
    tekorten: Mapping[str, cp_model.IntVar],
    bereik: Mapping[str, int],
    eerder: Collection[str],
) -> None:
    """Equal treatment: the same track, question and reach mean the same hours; earlier grants stay."""
    eersten: dict[tuple[bool, int, int], cp_model.IntVar] = {}
    for c in coalities:
        if c.id not in eerder:
            eerste = eersten.setdefault((c.uitgebreid, c.uren, bereik[c.id]), tekorten[c.id])
            if eerste is not tekorten[c.id]:
                cp.add(tekorten[c.id] == eerste)


def _grootste_tekorten(
    cp: cp_model.CpModel,
    aandelen: Mapping[str, cp_model.LinearExprT],
    zeker: Mapping[str, int],
    hoogste: int,
) -> list[cp_model.LinearExprT]:
    """The largest missed share, first over all, then without those whom no division can help any further.

    `zeker` is the share that a coalition misses even when it is alone: one hopeless case sets a floor, and
    without the later goals everyone else could sink to it.
    """
    doelen: list[cp_model.LinearExprT] = []
    for grens in sorted(set(zeker.values()), reverse=True):
        grootste = cp.new_int_var(0, hoogste, f"grootste{grens}")
        for coalitie, aandeel in aandelen.items():
            if zeker[coalitie] <= grens:
                cp.add(grootste >= aandeel)
        doelen.append(grootste)
    return doelen


def _bouw(
    coalities: Sequence[Coalitie],
    adviseurs: Sequence[Adviseur],
    paren: Mapping[Paar, int],
    vast: Mapping[Paar, int],
    *,
    blok: int,
    maximum: int,
    gelijke_uren: bool,
) -> _Model:
    """`paren` maps each allowed pair to its highest number of blocks."""
    cp = cp_model.CpModel()
    x = {p: cp.new_int_var(vast.get(p, 0) // blok, n, f"x{i}") for i, (p, n) in enumerate(paren.items())}
    y = {p: cp.new_bool_var(f"y{i}") for i, p in enumerate(paren)}
    for p, n in paren.items():
        cp.add(x[p] <= n * y[p])
        cp.add(x[p] >= y[p])
    for a in adviseurs:
        cp.add(sum(x[p] for p in paren if p[1] == a.id) <= a.uren // blok)
    nodig = {c.id: c.uren // blok for c in coalities}
    veelvoud = lcm(*nodig.values())
    bereik = {c.id: min(nodig[c.id], _haalbaar(c, paren, maximum)) for c in coalities}
    tekorten: dict[str, cp_model.IntVar] = {}
    for c in coalities:
        cp.add(sum(y[p] for p in paren if p[0] == c.id) <= maximum)
        tekorten[c.id] = cp.new_int_var(nodig[c.id] - bereik[c.id], nodig[c.id], f"tekort{c.id}")
        cp.add(tekorten[c.id] == nodig[c.id] - sum(x[p] for p in paren if p[0] == c.id))
    if gelijke_uren:
        _gelijk_per_spoor(cp, coalities, tekorten, bereik, {c for c, _ in vast})
    aandelen = {c: tekort * (veelvoud // nodig[c]) for c, tekort in tekorten.items()}
    zeker = {c: (nodig[c] - bereik[c]) * (veelvoud // nodig[c]) for c in nodig}
    grootste = _grootste_tekorten(cp, aandelen, zeker, veelvoud)
    vraag = {c.id: c.expertise for c in coalities}
    aanbod = {a.id: a.expertise for a in adviseurs}
    passend = sum(len(vraag[p[0]] & aanbod[p[1]]) * x[p] for p in paren)
    return _Model(cp, x, [*grootste, sum(tekorten.values()), -passend, sum(y.values())])


def _los_op(model: _Model, werklimiet: float) -> tuple[dict[Paar, int], dict[str, bool]]:
    """Solve goal after goal; each result binds the next and is its hint, so that no ground is lost."""
    fasen = [FASEN[0]] * (len(model.doelen) - len(FASEN)) + list(FASEN)
    bewezen = dict.fromkeys(FASEN, True)
    blokken: dict[Paar, int] = {}
    for fase, doel in zip(fasen, model.doelen, strict=True):
        oplosser = cp_model.CpSolver()
        oplosser.parameters.num_workers = 1
        oplosser.parameters.random_seed = 1
        oplosser.parameters.max_deterministic_time = werklimiet
        model.cp.minimize(doel)
        status = oplosser.solve(model.cp)
        bewezen[fase] &= status == cp_model.OPTIMAL
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            if status == cp_model.INFEASIBLE:
                raise AdviestoewijzingError("De uren die al vastliggen passen niet binnen de regels.")
            if not blokken:
                raise AdviestoewijzingError("De werklimiet is te laag voor deze verdeling. Verhoog haar.")
            continue
        blokken = {p: oplosser.value(x) for p, x in model.blokken.items()}
        model.cp.add(doel <= round(oplosser.objective_value))
        model.cp.clear_hints()  # type: ignore[no-untyped-call]
        for p, x in model.blokken.items():
            model.cp.add_hint(x, blokken[p])
    return blokken, bewezen


def _mogelijk(
    coalities: Sequence[Coalitie], adviseurs: Sequence[Adviseur], conflicten: Collection[Paar], blok: int
) -> tuple[dict[Paar, int], dict[str, dict[str, str]]]:
    """Allowed pairs with their highest number of blocks, and per coalition why the others cannot."""
    paren: dict[Paar, int] = {}
    redenen: dict[str, dict[str, str]] = {c.id: {} for c in coalities}
    for c in coalities:
        for a in adviseurs:
            reden = _uitgesloten(c, a, conflicten, blok)
            if reden:
                redenen[c.id][a.id] = reden
            else:
                paren[c.id, a.id] = min(c.uren, a.uren) // blok
    return paren, redenen


def wijs_adviseurs_toe(
    coalities: Sequence[Coalitie],
    adviseurs: Sequence[Adviseur],
    conflicten: Collection[Paar] = (),
    *,
    blok: int = 4,
    maximum_adviseurs: int = 3,
    gelijke_uren: bool = True,
    vast: Mapping[Paar, int] | None = None,
    werklimiet: float = 20.0,
) -> Adviesuitkomst:
    """Divide the advisers' hours over the coalitions in blocks of `blok` hours.

    `conflicten` are (coalition, adviser). `vast` holds hours given at an earlier allocation moment, which
    stay (they count within `uren` of both). A coalition that no division can help does not blunt fairness for
    the rest: the first goal is repeated without it. `gelijke_uren` may leave hours over, as a reserve for a
    later moment. `werklimiet` bounds each stage in the solver's own deterministic seconds.
    Raises AdviestoewijzingError on contradicting input.
    """
    _controleer(coalities, adviseurs, blok)
    if not coalities:
        return Adviesuitkomst((), {a.id: a.uren for a in adviseurs}, {})
    coalities, adviseurs = sorted(coalities, key=lambda c: c.id), sorted(adviseurs, key=lambda a: a.id)
    paren, redenen = _mogelijk(coalities, adviseurs, conflicten, blok)
    onmogelijk = sorted(p for p, n in (vast or {}).items() if n % blok or n // blok > paren.get(p, 0))
    if onmogelijk:
        raise AdviestoewijzingError(f"De vaste uren van {onmogelijk[0][1]} voor {onmogelijk[0][0]} kunnen niet.")
    model = _bouw(
        coalities,
        adviseurs,
        paren,
        vast or {},
        blok=blok,
        maximum=maximum_adviseurs,
        gelijke_uren=gelijke_uren,
    )
    blokken, bewezen = _los_op(model, werklimiet)
    uren = {p: n * blok for p, n in blokken.items()}
    over = {a.id: a.uren - sum(n for p, n in uren.items() if p[1] == a.id) for a in adviseurs}
    return Adviesuitkomst(tuple(licht_toe(c, adviseurs, uren, redenen[c.id]) for c in coalities), over, bewezen)
