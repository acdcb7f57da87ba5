"""One proposed value, and reading cells: numbers as Dutch people and CBS write them, areas by name or code."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..inhoud import Meetplan
from ..kern import perioden

KLEINSTE_CEL = 10
"""Under ten people a value is not kept: somebody could be recognised (domein.md L26)."""
LEEG = frozenset({"", ".", "-", "–", "x", "nan", "na", "n.b.", "onbekend"})


@dataclass(frozen=True)
class Waarneming:
    """`rij`: row in the file, 0 when it was made of several. `waarde` None together with `onderdrukt`."""

    indicator: str
    gebied: str
    periode: str
    waarde: float | None
    respondenten: int | None
    bron: str
    rij: int = 0
    onderdrukt: bool = False

    @property
    def plek(self) -> tuple[str, str, str]:
        return self.indicator, self.gebied, self.periode


@dataclass(frozen=True)
class Opmerking:
    """`ernst` 'fout' stops the whole file; 'let op' is shown."""

    ernst: str
    tekst: str
    rij: int = 0

    def zin(self) -> str:
        return f"rij {self.rij}: {self.tekst}" if self.rij else self.tekst


def getal(tekst: str) -> float | None:
    """'41,5', '41.5', '1.250' and '1 250,5' as a number; None for an empty cell. Raises ValueError in Dutch.

    A point with three digits behind it is a thousands separator only when there is also a comma or another point:
    '1.250' alone could be either, so it is refused for the reader to decide.
    """
    kaal = tekst.strip().replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if kaal.casefold() in LEEG:
        return None
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(\.\d{3}){2,}", kaal):
        kaal = kaal.replace(".", "")
    elif re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", kaal):
        raise ValueError(
            f"'{tekst}' kan twee dingen zijn: schrijf {kaal.replace('.', '')} of {kaal.replace('.', ',')}0"
        )
    if not re.fullmatch(r"-?\d{1,12}([.,]\d{1,17})?", kaal):
        raise ValueError(f"'{tekst}' is geen getal; schrijf bijvoorbeeld 41,5")
    return float(kaal.replace(",", "."))


def aantal(tekst: str) -> int | None:
    """A whole number of people; None for an empty cell."""
    waarde = getal(tekst.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", tekst.strip()) else tekst)
    if waarde is None:
        return None
    if waarde < 0 or waarde != int(waarde):
        raise ValueError(f"'{tekst}' is geen heel aantal mensen")
    return int(waarde)


class Gebieden:
    """Areas of the plan by their name or their code ('BU05560101', also with spaces behind it as StatLine does)."""

    def __init__(self, plan: Meetplan, anders: Mapping[str, str] | None = None) -> None:
        """`anders`: area of the plan → how this file calls it."""
        delen = [g for s in plan.samenvoegingen for g in (s.nieuw, *s.oud)]
        self.namen = list(dict.fromkeys([*plan.gebieden(), *delen]))
        self._op = {_kaal(g): g for g in self.namen} | {_kaal(code): g for g, code in plan.codes.items()}
        self._op |= {_kaal(code): g for g, code in (anders or {}).items() if code.strip()}
        self._al: dict[str, str | None] = {}

    def zoek(self, tekst: str) -> str | None:
        """The area of the plan, or None. A large file names the same areas over and over."""
        if tekst not in self._al:
            self._al[tekst] = self._op.get(_kaal(tekst))
        return self._al[tekst]


def _kaal(tekst: str) -> str:
    return re.sub(r"\s+", " ", tekst).strip().casefold()


def periode(tekst: str, ritme: perioden.Ritme) -> str:
    """A wave in the rhythm of the indicator. Raises ValueError in Dutch for another rhythm: figures over a year are
    no figures over its half."""
    gelezen = perioden.lees(tekst)
    if perioden.ritme(gelezen) != ritme:
        raise ValueError(f"de periode {tekst} is een {perioden.ritme(gelezen)}; dit meetplan meet per {ritme}")
    return gelezen


def zinnen(opmerkingen: Iterable[Opmerking], ernst: str, *, meeste: int = 40) -> list[str]:
    """The sentences of one kind; a long list ends with how many more there are."""
    alle = [o.zin() for o in opmerkingen if o.ernst == ernst]
    return [*alle[:meeste], f"En nog {len(alle) - meeste} meer."] if len(alle) > meeste else alle
