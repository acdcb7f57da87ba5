"""Waves of measurement: a year "2012", a half-year "2012-1", a quarter "2012-K3". Begin, end, order, conversion.

As text they do not sort ("2012-K1" comes after "2013"), so nothing may compare them as text. A wave lies before a
start when it has ended by then, and after it when it begins then or later; a wave in which the start falls says
nothing about either side.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Literal

Ritme = Literal["jaar", "halfjaar", "kwartaal"]
Ligging = Literal["voor", "na", "erin"]
RITMES: Final[tuple[Ritme, ...]] = ("jaar", "halfjaar", "kwartaal")
_VORM = re.compile(r"(?P<jaar>[12]\d{3})(?:-(?P<half>[12])|-K(?P<kwart>[1-4]))?", re.ASCII)
_BRON = re.compile(
    r"(?P<jaar>[12]\d{3})\s*[-./]?\s*(?:(?P<cbs>JJ|HJ|KW)(?P<nr>0\d)|H(?P<half>[12])|[KQ](?P<kwart>[1-4]))", re.I | re.A
)
_MAANDEN: Final[dict[Ritme, int]] = {"jaar": 12, "halfjaar": 6, "kwartaal": 3}
_HARD = "\u00a0"


def is_periode(tekst: object) -> bool:
    return isinstance(tekst, str) and _VORM.fullmatch(tekst) is not None


def _delen(periode: str) -> tuple[int, Ritme, int]:
    """(year, rhythm, number within the year from 0). Raises ValueError in Dutch."""
    m = _VORM.fullmatch(periode)
    if m is None:
        raise ValueError(
            f"'{periode}' is geen periode. Schrijf een jaar (2012), halfjaar (2012-1) of kwartaal (2012-K3)."
        )
    if m["half"]:
        return int(m["jaar"]), "halfjaar", int(m["half"]) - 1
    if m["kwart"]:
        return int(m["jaar"]), "kwartaal", int(m["kwart"]) - 1
    return int(m["jaar"]), "jaar", 0


def _maak(jaar: int, ritme: Ritme, nummer: int) -> str:
    jaar, nummer = jaar + nummer // (12 // _MAANDEN[ritme]), nummer % (12 // _MAANDEN[ritme])
    return {"jaar": f"{jaar}", "halfjaar": f"{jaar}-{nummer + 1}", "kwartaal": f"{jaar}-K{nummer + 1}"}[ritme]


def ritme(periode: str) -> Ritme:
    return _delen(periode)[1]


def begin(periode: str) -> date:
    """First day of the wave."""
    jaar, soort, nummer = _delen(periode)
    return date(jaar, 1 + nummer * _MAANDEN[soort], 1)


def einde(periode: str) -> date:
    """Last day of the wave."""
    return begin(schuif(periode, 1)) - timedelta(days=1)


def schuif(periode: str, stappen: int) -> str:
    """The wave so many steps later (or earlier) in the same rhythm: schuif("2012-2", 1) is "2013-1"."""
    jaar, soort, nummer = _delen(periode)
    return _maak(jaar, soort, nummer + stappen)


def orde(periode: str) -> tuple[date, date]:
    """Sort key: by begin, a shorter wave first."""
    return begin(periode), einde(periode)


def sorteer(perioden: Iterable[str]) -> list[str]:
    return sorted(perioden, key=orde)


def ligging(periode: str, start: str) -> Ligging:
    """Where a wave lies against the first day of the wave `start`."""
    dag = begin(start)
    if einde(periode) < dag:
        return "voor"
    return "na" if begin(periode) >= dag else "erin"


def is_voor(periode: str, start: str) -> bool:
    return ligging(periode, start) == "voor"


def is_na(periode: str, start: str) -> bool:
    return ligging(periode, start) == "na"


def van_dag(dag: date, soort: Ritme = "halfjaar") -> str:
    """The wave of this rhythm in which the day falls: 14 March 2013 is "2013-1", "2013" or "2013-K1"."""
    return _maak(dag.year, soort, (dag.month - 1) // _MAANDEN[soort])


def begonnen(periode: str, dag: date) -> bool:
    """Whether the wave has begun on this day, so that a value for it can exist."""
    return begin(periode) <= dag


def afgelopen(periode: str, dag: date) -> bool:
    return einde(periode) < dag


def naar(periode: str, soort: Ritme) -> tuple[str, ...]:
    """The waves of another rhythm that it covers or lies in: "2012" to quarters gives four, "2012-K3" to years one."""
    eerste, laatste = van_dag(begin(periode), soort), van_dag(einde(periode), soort)
    uit = [eerste]
    while uit[-1] != laatste:
        uit.append(schuif(uit[-1], 1))
    return tuple(uit)


def overlapt(een: str, ander: str) -> bool:
    return begin(een) <= einde(ander) and begin(ander) <= einde(een)


def lees(tekst: str) -> str:
    """A wave as sources write it: 2012, 2012-1, 2012-K3, 2012Q3, 2012 H1, CBS 2012JJ00, 2012HJ01, 2012KW03.

    Raises ValueError in Dutch for anything else.
    """
    kaal = tekst.strip().removesuffix(".0")
    if is_periode(kaal.upper()):
        return kaal.upper()
    m = _BRON.fullmatch(kaal)
    jaar = m["jaar"] if m else ""
    if m and m["cbs"]:
        nummer, vorm = int(m["nr"]), m["cbs"].upper()
        gelezen = {"JJ": jaar if nummer == 0 else "", "HJ": f"{jaar}-{nummer}", "KW": f"{jaar}-K{nummer}"}[vorm]
    else:
        gelezen = f"{jaar}-{m['half']}" if m and m["half"] else f"{jaar}-K{m['kwart']}" if m else ""
    if not is_periode(gelezen):
        raise ValueError(
            f"'{tekst}' is geen periode. Schrijf een jaar (2012), halfjaar (2012-1) of kwartaal (2012-K3)."
        )
    return gelezen


def leesbaar(periode: str) -> str:
    """For people: "2012", "1e helft 2012", "3e kwartaal 2012"."""
    jaar, soort, nummer = _delen(periode)
    deel = {"jaar": "", "halfjaar": f"{nummer + 1}e{_HARD}helft ", "kwartaal": f"{nummer + 1}e{_HARD}kwartaal "}
    return f"{deel[soort]}{jaar}"
