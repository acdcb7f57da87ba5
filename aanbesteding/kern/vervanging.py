"""A dropped assessor replaced: exactly the orphaned pairs change, so that no score already given moves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .netwerkstroom import NetwerkBouwer, goedkoopste_stroom
from .toewijzingsnet import (
    LOT,
    Beoordelaar,
    OnmogelijkeToewijzingError,
    Paar,
    Toewijzing,
    ToewijzingError,
    belasting_van,
    lotkosten,
)


@dataclass(frozen=True)
class Vervanging:
    """What a drop-out changed: only pairs of the dropped assessor vanish, their proposals get new ones."""

    toewijzing: Toewijzing
    vervallen: tuple[Paar, ...]
    nieuw: tuple[Paar, ...]
    hoogste_belasting_voor: int
    hoogste_belasting_na: int


def _kandidaten(
    oud: Toewijzing,
    wees: str,
    blijft: Collection[str],
    beschikbaar: Mapping[str, str],
    conflicten: Collection[Paar],
    *,
    afdelingen_min: int,
) -> list[str]:
    """Who may take over proposal `wees`: no conflict, not on it yet, and the departments stay spread."""
    vrij = [b for b in sorted(beschikbaar) if b not in blijft and (wees, b) not in conflicten]
    if oud.werkwijze == "iedereen alles":
        return vrij
    aanwezig = {beschikbaar[b] for b in blijft}
    return vrij if len(aanwezig) >= afdelingen_min else [b for b in vrij if beschikbaar[b] not in aanwezig]


def _verdeel_wezen(
    kandidaten: Mapping[str, list[str]], kosten: Mapping[Paar, int], ruimte: Mapping[str, int]
) -> list[Paar] | None:
    """One assessor per orphaned proposal within the room that each has left; None if impossible."""
    wezen, wie = sorted(kandidaten), sorted(ruimte)
    bouwer = NetwerkBouwer(len(wezen) + len(wie) + 1)
    put, knoop = len(wezen) + len(wie), {b: len(wezen) + j for j, b in enumerate(wie)}
    bogen = {(v, b): bouwer.boog(i, knoop[b], 1, kosten[v, b]) for i, v in enumerate(wezen) for b in kandidaten[v]}
    for b in wie:
        bouwer.boog(knoop[b], put, max(0, ruimte[b]))
    bouwer.aanbod[: len(wezen)] = 1
    bouwer.aanbod[put] = -len(wezen)
    stroom = goedkoopste_stroom(bouwer.netwerk())
    return None if stroom is None else [paar for paar, boog in bogen.items() if stroom[boog]]


def vervang(
    oud: Toewijzing,
    uitgevallen: str,
    beoordelaars: Sequence[Beoordelaar],
    conflicten: Collection[Paar] = (),
    *,
    maximum: int | None = None,
    afdelingen_min: int = 2,
    baten: Mapping[Paar, int] | None = None,
) -> Vervanging:
    """Replace a dropped assessor; all other pairs stay, so scores already given keep their place.

    `beoordelaars` are those available, newcomers included. The highest load rises as little as possible.
    With "iedereen alles" only newcomers can step in; without one the pairs vanish, if departments allow it.
    Raises OnmogelijkeToewijzingError when nobody can take over within the rules.
    """
    beschikbaar = {b.id: b.afdeling for b in beoordelaars if b.id != uitgevallen}
    vervallen = tuple(paar for paar in oud.paren if paar[1] == uitgevallen)
    over = [paar for paar in oud.paren if paar[1] != uitgevallen]
    if not vervallen or not {b for _, b in over} <= set(beschikbaar):
        raise ToewijzingError(f"Beoordelaar {uitgevallen} heeft geen voorstellen, of de lijst is niet volledig.")
    blijft = {v: {b for w, b in over if w == v} for v, _ in vervallen}
    kandidaten = {
        v: _kandidaten(oud, v, blijft[v], beschikbaar, conflicten, afdelingen_min=afdelingen_min) for v, _ in vervallen
    }
    nieuw = _nieuwe_paren(oud, kandidaten, belasting_van(beschikbaar, over), maximum, baten or {})
    paren = tuple(sorted([*over, *nieuw]))
    _controleer_afdelingen(paren, [v for v, _ in vervallen], beschikbaar, afdelingen_min)
    belasting = belasting_van(beschikbaar, paren)
    nieuwe = Toewijzing(oud.werkwijze, paren, belasting, oud.seed, None)
    hoogste = max(belasting.values()) if belasting else 0
    return Vervanging(nieuwe, vervallen, tuple(sorted(nieuw)), max(oud.belasting.values()), hoogste)


def _nieuwe_paren(
    oud: Toewijzing,
    kandidaten: Mapping[str, list[str]],
    belasting: Mapping[str, int],
    maximum: int | None,
    baten: Mapping[Paar, int],
) -> list[Paar]:
    groot = LOT * max(1, len(kandidaten))
    kosten = {
        (v, b): lotkosten(oud.seed, v, b) - baten.get((v, b), 1) * groot for v, bs in kandidaten.items() for b in bs
    }
    if oud.werkwijze == "iedereen alles":
        return sorted(kosten)
    hoogste = len({v for v, _ in oud.paren})
    for grens in range(1, min(maximum or hoogste, hoogste) + 1):
        paren = _verdeel_wezen(kandidaten, kosten, {b: grens - n for b, n in belasting.items()})
        if paren is not None:
            return paren
    raise OnmogelijkeToewijzingError(
        f"Niemand kan de {len(kandidaten)} voorstel(len) overnemen binnen de regels voor conflicten, "
        "afdelingen en het maximum.",
        "Voeg een reservebeoordelaar toe, bij voorkeur uit dezelfde afdeling, of verhoog het maximum.",
    )


def _controleer_afdelingen(
    paren: Collection[Paar], voorstellen: Collection[str], afdeling: Mapping[str, str], afdelingen_min: int
) -> None:
    for voorstel in voorstellen:
        if len({afdeling[b] for v, b in paren if v == voorstel}) < afdelingen_min:
            raise OnmogelijkeToewijzingError(
                f"Voorstel {voorstel} houdt te weinig afdelingen over; de regel vraagt er {afdelingen_min}.",
                "Voeg een reservebeoordelaar uit een andere afdeling toe.",
            )
