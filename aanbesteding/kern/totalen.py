"""From single scores to one weighted total per proposal, in exact fractions.

No float enters: a rank that hangs on rounding cannot be explained to a judge. The base (consensus or
mean) and the rule for missing scores are those that the call announced; each number carries its rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

Getal = int | Decimal | Fraction
Basis = Literal["consensus", "gemiddelde"]
Ontbreekregel = Literal["gemiddelde van overige beoordelaars", "voorstel zonder oordeel blokkeert"]
Scorestatus = Literal["gegeven", "onthouden", "verhinderd", "nog niet gelezen"]


class RangschikkingError(ValueError):
    """Rules or scores that contradict each other; the Dutch message names the field and the mend."""


class RangschikkingGeblokkeerdError(RangschikkingError):
    """Scores are missing that the announced rule needs; `blokkades` holds one Dutch sentence each."""

    def __init__(self, blokkades: Sequence[str]) -> None:
        self.blokkades = tuple(blokkades)
        super().__init__(" ".join(self.blokkades))


@dataclass(frozen=True)
class Criterium:
    """A criterion of the frozen call; `drempel` is the lowest score that passes (on the call's scale)."""

    code: str
    gewicht: Getal
    drempel: Getal | None = None


@dataclass(frozen=True)
class Score:
    """One assessor's score; `waarde` stands only with the status "gegeven". Blank is never zero.

    onthouden = read but no judgment; verhinderd = conflict of interest or dropped out.
    """

    voorstel: str
    criterium: str
    beoordelaar: str
    waarde: Getal | None
    status: Scorestatus = "gegeven"


@dataclass(frozen=True)
class Oordeel:
    """The score of one proposal on one criterion, with the number of assessors behind it.

    `toelichting` is the announced rule in words, printed beside the number ("" when nothing is missing).
    """

    waarde: Fraction
    geteld: int
    ontbrekend: int
    toelichting: str


def breuk(waarde: Getal, veld: str) -> Fraction:
    """An exact fraction; raises RangschikkingError on floats and text, since they hide rounding."""
    if isinstance(waarde, bool) or not isinstance(waarde, int | Decimal | Fraction):
        raise RangschikkingError(f"{veld} is {waarde!r}. Geef een heel getal of een decimaal getal (Decimal).")
    if isinstance(waarde, Decimal) and not waarde.is_finite():
        raise RangschikkingError(f"{veld} is {waarde}. Geef een gewoon getal.")
    return Fraction(waarde)


def afgerond(waarde: Fraction, decimalen: int = 2) -> Decimal:
    """Half up, for display only: the rank order always uses the exact fraction."""
    stap = Decimal(1).scaleb(-decimalen)
    heel, rest = divmod(abs(waarde.numerator) * 10**decimalen, waarde.denominator)
    heel += 2 * rest >= waarde.denominator
    return (Decimal(heel if waarde >= 0 else -heel) * stap).quantize(stap, rounding=ROUND_HALF_UP)


def toon(waarde: Fraction, decimalen: int = 2) -> str:
    """Dutch notation with a comma: Fraction(29, 4) → "7,25"."""
    return format(afgerond(waarde, decimalen), "f").replace(".", ",")


def gewogen_totaal(criteria: Sequence[Criterium], per_criterium: Mapping[str, Fraction]) -> Fraction:
    """The weighted mean on the call's own scale: Σ weight × score / Σ weight."""
    gewichten = {c.code: breuk(c.gewicht, f"Het gewicht van {c.code}") for c in criteria}
    som = sum((gewicht * per_criterium[code] for code, gewicht in gewichten.items()), Fraction(0))
    return som / sum(gewichten.values(), Fraction(0))


def _toelichting(geteld: int, statussen: Sequence[str]) -> str:
    if not statussen:
        return ""
    delen = [f"{statussen.count(s)} {s}" for s in ("onthouden", "verhinderd") if s in statussen]
    return f"gemiddelde van {geteld} van de {geteld + len(statussen)} beoordelaars ({', '.join(delen)})"


def _controleer_score(score: Score, schaal: tuple[Fraction, Fraction]) -> None:
    plek = f"De score van beoordelaar {score.beoordelaar} voor voorstel {score.voorstel}, {score.criterium}"
    if (score.status == "gegeven") != (score.waarde is not None):
        raise RangschikkingError(f"{plek}: een waarde hoort bij de status “gegeven”, en alleen daarbij.")
    if score.waarde is not None and not schaal[0] <= breuk(score.waarde, plek) <= schaal[1]:
        raise RangschikkingError(f"{plek} ligt buiten de schaal {toon(schaal[0], 0)} tot {toon(schaal[1], 0)}.")


Cel = tuple[str, str]


def groepeer(scores: Iterable[Score], cellen: set[Cel], schaal: tuple[Fraction, Fraction]) -> dict[Cel, list[Score]]:
    """Scores per (proposal, criterion), checked: inside the scale, known, and one per assessor."""
    groepen: dict[Cel, dict[str, Score]] = defaultdict(dict)
    for score in scores:
        cel = (score.voorstel, score.criterium)
        if cel not in cellen:
            raise RangschikkingError(f"Voorstel {cel[0]} of criterium {cel[1]} hoort niet bij deze ronde.")
        if score.beoordelaar in groepen[cel]:
            raise RangschikkingError(f"Beoordelaar {score.beoordelaar} scoort voorstel {cel[0]} dubbel.")
        _controleer_score(score, schaal)
        groepen[cel][score.beoordelaar] = score
    return {cel: [groep[wie] for wie in sorted(groep)] for cel, groep in groepen.items()}


def blokkades_gemiddelde(groepen: Mapping[Cel, list[Score]], cellen: set[Cel], regel: Ontbreekregel) -> list[str]:
    """What still stands between these scores and a ranking, one Dutch sentence per gap.

    "Nog niet gelezen" always blocks: that person can still judge, so no rule may fill it in.
    """
    blokkades = []
    for voorstel, criterium in sorted(cellen):
        groep = groepen.get((voorstel, criterium), [])
        blokkades += [
            f"Beoordelaar {s.beoordelaar}: {s.status} bij voorstel {voorstel}, criterium {criterium}."
            for s in groep
            if s.status == "nog niet gelezen" or (s.status != "gegeven" and regel.startswith("voorstel"))
        ]
        if not any(s.status == "gegeven" for s in groep):
            blokkades.append(f"Voorstel {voorstel} heeft geen enkele score op criterium {criterium}.")
    return blokkades


def oordelen_gemiddelde(groepen: Mapping[Cel, list[Score]]) -> dict[Cel, Oordeel]:
    """The mean of the scores given, per (proposal, criterion); the gaps have been judged before."""
    oordelen = {}
    for cel, groep in groepen.items():
        waarden = [Fraction(s.waarde) for s in groep if s.waarde is not None]
        weg = [s.status for s in groep if s.waarde is None]
        gemiddelde = sum(waarden, Fraction(0)) / len(waarden)
        oordelen[cel] = Oordeel(gemiddelde, len(waarden), len(weg), _toelichting(len(waarden), weg))
    return oordelen


def oordelen_consensus(
    consensus: Mapping[Cel, Getal], cellen: set[Cel], schaal: tuple[Fraction, Fraction]
) -> dict[Cel, Oordeel]:
    """The recorded consensus scores; a gap always blocks, since a consensus has no others to lean on."""
    vreemd = sorted(set(consensus) - cellen)
    if vreemd:
        raise RangschikkingError(f"Voorstel {vreemd[0][0]} of criterium {vreemd[0][1]} hoort niet bij deze ronde.")
    gaten = sorted(cellen - set(consensus))
    if gaten:
        raise RangschikkingGeblokkeerdError(
            [f"De consensusscore van voorstel {v} op criterium {c} ontbreekt." for v, c in gaten]
        )
    oordelen = {}
    for (voorstel, criterium), waarde in sorted(consensus.items()):
        _controleer_score(Score(voorstel, criterium, "consensus", waarde), schaal)
        oordelen[voorstel, criterium] = Oordeel(Fraction(waarde), 1, 0, "")
    return oordelen
