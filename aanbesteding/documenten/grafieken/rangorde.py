"""The ranking: totals as bars, the score profile of every proposal, and the expected place with its margin."""

from collections.abc import Sequence
from math import ceil

from markupsafe import Markup

from aanbesteding.kern.notatie import getal

from ..schaal import As, mooie_stappen
from ..svg import Letter, Palet, Tekening
from .delen import (
    BREEDTE,
    KLEIN,
    LINKS,
    WIT,
    Rij,
    legenda,
    lettermaat,
    liggende_as,
    marge,
    rijhoogte,
    rijnaam,
)

GRENSRUIMTE = 26.0
"""Room at the right for the word at the cut, so that it never lies over a number."""


def staven(
    palet: Palet, letter: Letter, rijen: Sequence[Rij], *, titel: str, maximum: float, plaatsen: int | None = None,
    decimalen: int = 1,
) -> Markup:  # fmt: skip
    """Ranking as horizontal bars. Rows: {naam, waarde, gekozen}; `plaatsen` draws the cut below that row."""
    hoogte = rijhoogte(len(rijen), 19)
    maat, dik, onder = lettermaat(hoogte), hoogte * 0.64, 6 + hoogte * len(rijen)
    t = Tekening(palet, letter, BREEDTE, onder + 22)
    x = As(0, maximum, LINKS, BREEDTE - GRENSRUIMTE - 32)
    liggende_as(t, x, mooie_stappen(0, maximum, 5), 4, onder)
    for nummer, rij in enumerate(rijen):
        y, gekozen = 6 + hoogte * (nummer + 0.5), bool(rij["gekozen"])
        rijnaam(t, str(rij["naam"]), y, maat, vet=gekozen)
        lang = max(x(rij["waarde"]) - LINKS, 0)
        t.vlak(LINKS, y - dik / 2, lang, dik, kleur=palet.hoofd if gekozen else WIT, rand=palet.hoofd)
        t.tekst(LINKS + lang + 5, y + maat * 0.35, getal(rij["waarde"], decimalen), vet=True, maat=maat)
    t.streep(LINKS, 4, LINKS, onder, kleur=palet.inkt, dikte=0.8)
    _grens(t, plaatsen, len(rijen), 6, hoogte)
    return t.klaar(titel)


def _grens(t: Tekening, plaatsen: int | None, aantal: int, boven: float, hoogte: float) -> None:
    """The dashed line under the last place; none where nobody falls outside."""
    if plaatsen is None or plaatsen >= aantal:
        return
    y = boven + hoogte * plaatsen
    t.streep(0, y, t.breedte, y, kleur=t.palet.accent, dikte=1.2, streepjes="4 2.5")
    t.tekst(
        t.breedte,
        y - 2.5 if plaatsen else y + 8,
        "grens",
        anker="eind",
        kleur=t.palet.accent,
        maat=min(KLEIN, hoogte * 0.6),
        vet=True,
    )


def profiel(
    palet: Palet, letter: Letter, rijen: Sequence[Rij], *, titel: str, criteria: Sequence[str], laagste: float,
    hoogste: float, plaatsen: int | None = None,
) -> Markup:  # fmt: skip
    """Score profile: a row per proposal, a column per criterion. Rows: {naam, per: [score], gekozen}.

    The bar in a cell runs from the lowest to the highest score of the scale, with the number beside it. The tick
    is the mean of all proposals, so that a strong and a weak side show at a glance.
    """
    hoogte = rijhoogte(len(rijen), 17)
    maat, boven = lettermaat(hoogte), 30.0
    t = Tekening(palet, letter, BREEDTE, boven + hoogte * len(rijen) + 24)
    breed = (BREEDTE - LINKS - GRENSRUIMTE) / max(len(criteria), 1)
    for n, naam in enumerate(criteria):
        links = LINKS + n * breed
        koppen = letter.regels_passend(naam, KLEIN, breed - 8, 3)
        for k, regel in enumerate(koppen):
            t.tekst(links, boven - 6 - 8.5 * (len(koppen) - 1 - k), regel, maat=KLEIN, vet=True)
        x = As(laagste, hoogste, links, links + breed - min(26, breed * 0.5))
        _profielkolom(t, x, [(float(r["per"][n]), bool(r["gekozen"])) for r in rijen], boven, hoogte)
    for nummer, rij in enumerate(rijen):
        rijnaam(t, str(rij["naam"]), boven + hoogte * (nummer + 0.5), maat, vet=bool(rij["gekozen"]))
    _grens(t, plaatsen, len(rijen), boven, hoogte)
    y = t.hoogte - 6
    delen = [
        (lambda a, b: t.vlak(a - 4, b - 3, 8, 6, kleur=palet.hoofd, rand=palet.hoofd), "kreeg een plaats"),
        (lambda a, b: t.vlak(a - 4, b - 3, 8, 6, kleur=WIT, rand=palet.hoofd), "kreeg geen plaats"),
        (lambda a, b: t.streep(a, b - 5, a, b + 5, kleur=palet.inkt, dikte=1.2), "gemiddelde van alle voorstellen"),
    ]
    legenda(t, LINKS - 4, y, delen)
    return t.klaar(titel)


def _profielkolom(t: Tekening, x: As, cellen: Sequence[tuple[float, bool]], boven: float, hoogte: float) -> None:
    maat, dik = lettermaat(hoogte), hoogte * 0.5
    gemiddeld = sum(w for w, _ in cellen) / len(cellen)
    for nummer, (waarde, gekozen) in enumerate(cellen):
        y = boven + hoogte * (nummer + 0.5)
        t.streep(x.begin, y, x.eind, y)
        t.vlak(x.begin, y - dik / 2, max(x(waarde) - x.begin, 0.6), dik,
               kleur=t.palet.hoofd if gekozen else WIT, rand=t.palet.hoofd)  # fmt: skip
        t.tekst(x.eind + 4, y + maat * 0.35, getal(waarde, None if waarde == round(waarde) else 1), maat=maat)
    t.streep(x(gemiddeld), boven, x(gemiddeld), boven + hoogte * len(cellen), kleur=t.palet.inkt, dikte=1.2)


def rangen(palet: Palet, letter: Letter, rijen: Sequence[Rij], *, titel: str, grens: float, aantal: int) -> Markup:
    """Expected rank per proposal. Rows: {naam, verwacht, laag, hoog, gekozen}; ranks run from 1 to `aantal`.

    A bar across the dashed line is undecided. Chosen proposals have a filled dot and a bold name.
    """
    hoogte = rijhoogte(len(rijen), 19)
    maat, onder = lettermaat(hoogte), 18 + hoogte * len(rijen)
    t = Tekening(palet, letter, BREEDTE, onder + 44)
    x = As(1, max(aantal, 2), LINKS + 8, BREEDTE - 40)
    liggende_as(t, x, range(1, aantal + 1, max(1, ceil(aantal / 20))), 14, onder)
    t.tekst((x(1) + x(aantal)) / 2, onder + 22, "verwachte plaats", anker="midden", kleur=palet.grijs, maat=KLEIN)
    t.streep(x(grens), 12, x(grens), onder, kleur=palet.accent, dikte=1.2, streepjes="4 2.5")
    t.tekst(x(grens), 8, "grens", anker="midden", kleur=palet.accent, maat=KLEIN, vet=True)
    for nummer, rij in enumerate(rijen):
        y, gekozen = 18 + hoogte * (nummer + 0.5), bool(rij["gekozen"])
        rijnaam(t, str(rij["naam"]), y, maat, vet=gekozen)
        marge(t, x, y, rij["laag"], rij["hoog"])
        t.punt(x(rij["verwacht"]), y, kleur=palet.hoofd if gekozen else WIT, r=min(4, hoogte * 0.3), rand=palet.hoofd)
        t.tekst(BREEDTE, y + maat * 0.35, getal(rij["verwacht"], 1), anker="eind", vet=True, maat=maat)
    delen = [
        (lambda a, b: t.punt(a, b, kleur=palet.hoofd, r=3.4, rand=palet.hoofd), "kreeg een plaats"),
        (lambda a, b: t.punt(a, b, kleur=WIT, r=3.4, rand=palet.hoofd), "kreeg geen plaats"),
    ]
    legenda(t, LINKS + 8, onder + 40, delen)
    return t.klaar(titel)
