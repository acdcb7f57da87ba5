"""Assessors: the spread of their scores per criterion, and how the reading was divided over them."""

from collections.abc import Sequence

from markupsafe import Markup

from aanbesteding.kern.notatie import getal

from ..schaal import As, mooie_stappen
from ..svg import Letter, Palet, Tekening
from .delen import (
    BREEDTE,
    GEWOON,
    KLEIN,
    LINKS,
    WIT,
    Rij,
    legenda,
    lettermaat,
    liggende_as,
    lijnlabels,
    rijhoogte,
    rijnaam,
)

STRAAL = 5.4


def spreiding(
    palet: Palet, letter: Letter, rijen: Sequence[Rij], *, titel: str, laagste: float, hoogste: float, stap: float
) -> Markup:
    """Scores per criterion. Rows: {naam, scores: [{wie: "A", waarde}], consensus: number or None}.

    Each assessor is a circle with a letter; equal scores stand side by side, and on more lines where a column of
    the scale has no room for them all. The consensus is a diamond.
    """
    links, waarden = 150.0, [laagste + n * stap for n in range(round((hoogste - laagste) / stap) + 1)]
    x = As(laagste, hoogste, links + 40, BREEDTE - 44)
    ruimte = max(1, int((x(laagste + stap) - x(laagste) - 4) / (2 * STRAAL + 1.2)))
    plekken = [_plekken(r["scores"], ruimte) for r in rijen]
    hoogten = [max(30.0, 6 + 13 * max((ly for _, _, ly in p), default=0) + 24) for p in plekken]
    onder = 4 + sum(hoogten)
    t = Tekening(palet, letter, BREEDTE, onder + 30)
    liggende_as(t, x, waarden, 2, onder)
    boven = 4.0
    for rij, plek, hoogte in zip(rijen, plekken, hoogten, strict=True):
        _consensus(t, x, rij, plek, boven, hoogte)
        _spreidingsrij(t, x, rij, plek, boven + hoogte / 2)
        t.streep(0, boven + hoogte, BREEDTE, boven + hoogte)
        boven += hoogte
    delen = [
        (lambda a, b: t.punt(a, b, kleur=palet.hoofd, r=3), "score van één beoordelaar"),
        (lambda a, b: t.punt(a, b, vorm="ruit", kleur=palet.tint, r=3.4, rand=palet.accent), "gezamenlijke score"),
    ]
    legenda(t, links, onder + 26, delen)
    return t.klaar(titel)


def _plekken(scores: Sequence[Rij], ruimte: int) -> list[tuple[Rij, float, int]]:
    """Each score with its shift to the side and its line, so that equal scores do not cover each other."""
    groepen: dict[float, list[Rij]] = {}
    for score in sorted(scores, key=lambda s: (s["waarde"], str(s["wie"]))):
        groepen.setdefault(float(score["waarde"]), []).append(score)
    uit = []
    for groep in groepen.values():
        for n, score in enumerate(groep):
            in_rij = min(ruimte, len(groep) - n // ruimte * ruimte)
            uit.append((score, (2 * STRAAL + 1.2) * (n % ruimte - (in_rij - 1) / 2), n // ruimte))
    return uit


def _consensus(
    t: Tekening, x: As, rij: Rij, plekken: Sequence[tuple[Rij, float, int]], boven: float, hoogte: float
) -> None:
    """The diamond behind the scores; where a crowd would hide it, a line with a diamond above and below it."""
    if rij.get("consensus") is None:
        return
    plek, samen = x(rij["consensus"]), sum(s["waarde"] == rij["consensus"] for s, _, _ in plekken)
    if samen < 3:
        t.punt(plek, boven + hoogte / 2, vorm="ruit", kleur=t.palet.tint, r=11.5, rand=t.palet.accent)
        return
    t.streep(plek, boven + 3, plek, boven + hoogte - 3, kleur=t.palet.accent, dikte=1.2)
    for y in (boven + 5, boven + hoogte - 5):
        t.punt(plek, y, vorm="ruit", kleur=t.palet.tint, r=3.4, rand=t.palet.accent)


def _spreidingsrij(t: Tekening, x: As, rij: Rij, plekken: Sequence[tuple[Rij, float, int]], midden: float) -> None:
    t.regels(0, midden, t.letter.regels_passend(str(rij["naam"]), GEWOON, 142, 2))
    laatste: dict[float, int] = {}
    for score, _, lijn in plekken:
        laatste[score["waarde"]] = lijn
    for score, dx, lijn in plekken:
        y = midden + 13 * (lijn - laatste[score["waarde"]] / 2)
        t.punt(x(score["waarde"]) + dx, y, kleur=t.palet.hoofd, r=STRAAL)
        t.tekst(x(score["waarde"]) + dx, y + 2.5, str(score["wie"]), anker="midden", kleur=WIT,
                maat=KLEIN if len(str(score["wie"])) == 1 else 6, vet=True)  # fmt: skip


def belasting(palet: Palet, letter: Letter, rijen: Sequence[Rij], *, titel: str, maximum: int | None = None) -> Markup:
    """How many proposals each assessor (or adviser) has. Rows: {naam, aantal, niet?: could not because of a conflict}.

    A block per proposal where they can be counted, else one bar; the dashed line is the most that was agreed.
    """
    hoogste = max([*(int(r["aantal"]) for r in rijen), maximum or 1, 1])
    hoogte, links = rijhoogte(len(rijen), 17), LINKS
    maat, onder = lettermaat(hoogte), 14 + hoogte * len(rijen)
    t = Tekening(palet, letter, BREEDTE, onder + 16)
    x = As(0, hoogste, links, BREEDTE - 30)
    blok = (x(1) - x(0)) if x(1) - x(0) >= 5 else 0.0
    if not blok:
        liggende_as(t, x, [s for s in mooie_stappen(0, hoogste, 5) if s <= hoogste], 12, onder)
    for nummer, rij in enumerate(rijen):
        y, aantal, dik = 14 + hoogte * (nummer + 0.5), int(rij["aantal"]), hoogte * 0.6
        rijnaam(t, str(rij["naam"]), y, maat)
        for n in range(aantal if blok else min(aantal, 1)):
            breed = (min(blok, 22) - 1.2) if blok else x(aantal) - links
            t.vlak(links + n * min(blok, 22), y - dik / 2, breed, dik, kleur=palet.hoofd)
        eind = links + aantal * min(blok, 22) if blok else x(aantal)
        t.tekst(eind + 5, y + maat * 0.35, getal(aantal), vet=True, maat=maat)
    if maximum is not None:
        plek = links + maximum * min(blok, 22) if blok else x(maximum)
        t.streep(plek, 12, plek, onder, kleur=palet.accent, dikte=1.2, streepjes="4 2.5")
        lijnlabels(t, [(plek, "afgesproken maximum")], 8)
    return t.klaar(titel)
