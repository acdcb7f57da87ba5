"""Dates in law and in the call.

Two kinds of terms, two kinds of rules. A term in a law (objection) follows the Algemene termijnenwet (Atw)
and moves by itself past weekends and holidays. A term that the call sets itself does not (domein.md 2, L9):
there we only warn. Stored moments are UTC; people live in Europe/Amsterdam.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

import holidays

from aanbesteding.kern import notatie

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
BEZWAARTERMIJN_DAGEN: Final = 42
Regio = Literal["Noord", "Midden", "Zuid"]

# Days that a royal decree puts on a par with holidays (Atw art. 3 lid 3). No package knows them.
# Extend this table when the Staatscourant publishes the next decree, and raise the version with it.
KB_VERSIE: Final = "2026-2028"
KB_JAREN: Final = range(2026, 2029)
KB_DAGEN: Final = frozenset(
    {
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    }
)
NAAM_KB: Final = "gelijkgestelde dag (koninklijk besluit)"
# The package lists these two as holidays; Atw art. 3 does not need to, for they are always a Sunday.
_ALTIJD_ZONDAG: Final = frozenset({"Eerste paasdag", "Eerste pinksterdag"})
# The ministry fixes school holidays a few years ahead; outside these years the package knows none.
_SCHOOLJAREN: Final = range(2014, 2031)


def _kale_dag(dag: date) -> date:
    """Refuses a datetime: which day it is depends on a zone that the caller must choose."""
    if isinstance(dag, datetime):
        raise TypeError("Geef een datum zonder tijd. Zet een tijdstip eerst om naar de datum in Nederland.")
    return dag


@lru_cache(maxsize=64)
def _feestdagen(jaar: int) -> dict[date, str]:
    """Holidays of Atw art. 3 lid 1 and 2 in one year, without decree days.

    Category 'optional' matters: 'public' alone leaves out 5 May in four years out of five.
    """
    pakket = holidays.country_holidays("NL", years=jaar, categories=("public", "optional"), language="nl")
    # Ascension day may fall on 5 May (2016, 2035): the package then joins both names with a semicolon.
    return {dag: naam.replace("; ", " en ") for dag, naam in pakket.items() if naam not in _ALTIJD_ZONDAG}


def feestdag(dag: date) -> str | None:
    """Dutch name of the Atw holiday on this day, or None."""
    if _kale_dag(dag) in KB_DAGEN:
        return NAAM_KB
    return _feestdagen(dag.year).get(dag)


def is_atw_feestdag(dag: date) -> bool:
    """Holiday under Atw art. 3: lid 1 (with 5 May every year), lid 2 (Good Friday), lid 3 (royal decree)."""
    return feestdag(dag) is not None


def is_werkdag(dag: date) -> bool:
    """Neither Saturday, Sunday nor Atw holiday."""
    return _kale_dag(dag).weekday() < 5 and not is_atw_feestdag(dag)


def verleng_atw(dag: date) -> date:
    """Last day of a term in law: the day itself or else the next working day (Atw art. 1 lid 1)."""
    while not is_werkdag(dag):
        dag += timedelta(days=1)
    return dag


def termijn_einde(verzonden: date, dagen: int) -> date:
    """Last day of a term in law of `dagen` days that starts the day after `verzonden`, under the Atw.

    Terms over 90 days are not extended (Atw art. 4). A term of three days or more holds at least two working
    days (art. 2). Raises ValueError for a term under one day.
    """
    if dagen < 1:
        raise ValueError("Een termijn duurt minstens één dag.")
    einde = _kale_dag(verzonden) + timedelta(days=dagen)
    if dagen > 90:
        return einde
    einde = verleng_atw(einde)
    while dagen >= 3 and _werkdagen(verzonden, einde) < 2:
        einde = verleng_atw(einde + timedelta(days=1))
    return einde


def _werkdagen(na: date, tot_en_met: date) -> int:
    """Working days after `na` up to and including `tot_en_met`."""
    return sum(is_werkdag(na + timedelta(days=n)) for n in range(1, (tot_en_met - na).days + 1))


def bezwaartermijn_einde(verzonden: date) -> date:
    """Last day to object: day of sending + 42 days, extended by the Atw.

    Sources: Awb art. 6:7 (six weeks) and 6:8 lid 1 (start), Atw art. 1 (extension).
    Awb 6:8 starts the six weeks on the day *after* publication, so the last day is + 42 and not + 41 or + 43.
    For years outside the decree table see `let_op_gelijkgestelde_dagen`.
    """
    return termijn_einde(verzonden, BEZWAARTERMIJN_DAGEN)


def let_op_gelijkgestelde_dagen(dag: date) -> str | None:
    """Warning when the decree days of this day's year are unknown to us, so that a person checks the date."""
    if dag.year in KB_JAREN:
        return None
    return (
        f"Wij kennen de gelijkgestelde dagen van {dag.year} niet. "
        f"Wij kennen de jaren {KB_JAREN[0]} tot en met {KB_JAREN[-1]}. "
        f"Controleer of {notatie.datum(dag)} in de Staatscourant als vrije dag staat."
    )


def naar_utc(dt: datetime) -> datetime:
    """Any aware moment as UTC. Raises ValueError for a naive one."""
    if dt.tzinfo is None or dt.utcoffset() is None:
        raise ValueError("Dit tijdstip heeft geen tijdzone. Geef een tijdstip met tijdzone, zoals UTC.")
    return dt.astimezone(UTC)


def naar_amsterdam(dt: datetime) -> datetime:
    """Any aware moment on the clock of Amsterdam. Raises ValueError for a naive one."""
    return naar_utc(dt).astimezone(AMSTERDAM)


def amsterdam(dag: date, tijd: time) -> datetime:
    """The moment (UTC) at which the clock of Amsterdam shows `tijd` on `dag`.

    Raises ValueError, in Dutch, for a clock time that does not exist (02.00-03.00, last Sunday of March)
    or exists twice (02.00-03.00 on the last Sunday of October): a deadline must be one moment.
    """
    if tijd.tzinfo is not None:
        raise ValueError("Geef de tijd zonder tijdzone: het is de tijd op de klok in Nederland.")
    lokaal = datetime.combine(_kale_dag(dag), tijd, tzinfo=AMSTERDAM)
    eerste, tweede = (lokaal.replace(fold=vouw).astimezone(UTC) for vouw in (0, 1))
    wanneer = f"{notatie.datum(dag)}, {notatie.tijd(tijd)}"
    if eerste.astimezone(AMSTERDAM).replace(tzinfo=None) != lokaal.replace(tzinfo=None):
        raise ValueError(f"Het tijdstip {wanneer} bestaat niet: de zomertijd gaat dan in. Kies een andere tijd.")
    if eerste != tweede:
        raise ValueError(
            f"Het tijdstip {wanneer} komt twee keer voor: de wintertijd gaat dan in. Kies een andere tijd."
        )
    return eerste


@lru_cache(maxsize=64)
def _schoolvakanties(jaar: int, regio: Regio) -> dict[date, str]:
    pakket = holidays.country_holidays("NL", subdiv=regio, years=jaar, categories=("school",), language="nl")
    return dict(pakket.items())


def schoolvakantie(dag: date, regio: Regio) -> str | None:
    """Dutch name of the school holiday in this region on this day ("herfstvakantie"), or None.

    Raises ValueError for an unknown region and for a year without a table (before 2014, after 2030).
    """
    if regio not in get_args(Regio):
        raise ValueError(f"De regio '{regio}' bestaat niet. Kies Noord, Midden of Zuid.")
    if _kale_dag(dag).year not in _SCHOOLJAREN:
        raise ValueError(f"Wij kennen de schoolvakanties van {dag.year} niet. Controleer ze zelf.")
    naam = _schoolvakanties(dag.year, regio).get(dag)
    return naam.lower() if naam else None


def waarschuwingen_moment(dag: date, regio: Regio) -> list[str]:
    """What a person should know before a term of our own ends on this day (L9: the Atw does not move it)."""
    meldingen = []
    if dag.weekday() >= 5:
        meldingen.append(f"{notatie.datum_lang(dag).capitalize()} valt in het weekend.")
    if naam := feestdag(dag):
        meldingen.append(f"{notatie.datum_lang(dag).capitalize()} is een feestdag: {naam}.")
    if dag.year not in _SCHOOLJAREN:
        meldingen.append(f"Wij kennen de schoolvakanties van {dag.year} niet. Controleer ze zelf.")
    elif vakantie := schoolvakantie(dag, regio):
        meldingen.append(f"{notatie.datum_lang(dag).capitalize()} valt in de {vakantie} van regio {regio}.")
    return meldingen


def waarschuwingen_venster(begin: date, einde: date, regio: Regio) -> list[str]:
    """School holidays inside a window (both ends included), one line each, with the days that they take.

    Raises ValueError when the window ends before it begins.
    """
    if _kale_dag(einde) < _kale_dag(begin):
        raise ValueError("De einddatum ligt voor de begindatum. Kies een latere einddatum.")
    meldingen = [
        f"Wij kennen de schoolvakanties van {jaar} niet. Controleer ze zelf."
        for jaar in range(begin.year, einde.year + 1)
        if jaar not in _SCHOOLJAREN
    ]
    for naam, eerste, laatste in _blokken(begin, einde, regio):
        wanneer = f"{notatie.datum(eerste)} tot en met {notatie.datum(laatste)}"
        meldingen.append(f"In deze periode valt de {naam} van regio {regio}: {wanneer}.")
    return meldingen


def _blokken(begin: date, einde: date, regio: Regio) -> list[tuple[str, date, date]]:
    """School holidays within [begin, einde] as (name, first day, last day), in order."""
    blokken: list[tuple[str, date, date]] = []
    for n in range((einde - begin).days + 1):
        dag = begin + timedelta(days=n)
        naam = schoolvakantie(dag, regio) if dag.year in _SCHOOLJAREN else None
        if naam is None:
            continue
        if blokken and blokken[-1][0] == naam and blokken[-1][2] == dag - timedelta(days=1):
            blokken[-1] = (naam, blokken[-1][1], dag)
        else:
            blokken.append((naam, dag, dag))
    return blokken
