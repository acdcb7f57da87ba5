"""Dutch notation for everything that people read.

Babel prints "23:59" and "€ 12.500,00" for nl_NL, while municipal style asks for "23.59 uur" and "€ 12.500"
(shared/kennis/domein.md 1.3). So the few forms that we need are written out here, and nowhere else.
Every function that takes a moment converts it to Europe/Amsterdam itself: callers hand over stored UTC.
"""

import math
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HARDE_SPATIE = "\u00a0"
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def _lokaal(moment: datetime) -> datetime:
    """The same instant on the clock of Amsterdam; a naive moment is refused, since its zone is unknown."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("Dit tijdstip heeft geen tijdzone. Geef een tijdstip met tijdzone, zoals UTC.")
    return moment.astimezone(AMSTERDAM)


def _dag(d: date) -> date:
    """The calendar day in Amsterdam; a plain date passes unchanged."""
    return _lokaal(d).date() if isinstance(d, datetime) else d


def datum(d: date) -> str:
    """ "23 november 2026", for running text. Takes a date or an aware datetime."""
    dag = _dag(d)
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def datum_lang(d: date) -> str:
    """ "maandag 23 november 2026", for events that people come to."""
    return f"{DAGEN[_dag(d).weekday()]} {datum(d)}"


def datum_kort(d: date) -> str:
    """ "23-11-2026", for tables."""
    dag = _dag(d)
    return f"{dag.day:02d}-{dag.month:02d}-{dag.year:04d}"


def tijd(t: datetime | time) -> str:
    """ "12.00 uur". An aware datetime is converted; a plain `time` counts as the clock of Amsterdam."""
    klok = _lokaal(t).time() if isinstance(t, datetime) else t
    return f"{klok.hour:02d}.{klok.minute:02d} uur"


def datum_tijd(moment: datetime) -> str:
    """ "23 november 2026, 12.00 uur"."""
    return f"{datum(moment)}, {tijd(moment)}"


def _afgerond(x: float | Decimal, decimalen: int) -> Decimal:
    """Half away from zero on the printed decimals of x, as people round (2.675 gives 2.68, not 2.67)."""
    waarde = x if isinstance(x, Decimal) else Decimal(repr(float(x)) if isinstance(x, float) else int(x))
    return waarde.quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)


def getal(x: float | Decimal, decimalen: int | None = None) -> str:
    """ "12.345,68": points between thousands, decimal comma.

    decimalen=None prints what is needed, at most two decimals; a number prints exactly that many.
    Raises ValueError for nan and infinity: a missing number must be said in words, never printed.
    """
    if not math.isfinite(x):
        raise ValueError(f"Dit getal bestaat niet ({x}). Schrijf in woorden dat het ontbreekt.")
    waarde = _afgerond(x, 2 if decimalen is None else decimalen)
    kaal = f"{abs(waarde):,f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    if decimalen is None and "," in kaal:
        kaal = kaal.rstrip("0").rstrip(",")
    return f"-{kaal}" if waarde < 0 else kaal


def getekend(x: float | Decimal, decimalen: int | None = None) -> str:
    """A change, with its sign: "+4", "-1,5", "0"."""
    tekst = getal(x, decimalen)
    return tekst if tekst.startswith("-") or not any(c in "123456789" for c in tekst) else f"+{tekst}"


def procent(aandeel: float | Decimal, decimalen: int | None = None) -> str:
    """ "35,5%". `aandeel` is a share: 0.355 is 35,5%, 1 is 100%."""
    keer_honderd = Decimal(repr(aandeel)) * 100 if isinstance(aandeel, float) else Decimal(aandeel) * 100
    return f"{getal(keer_honderd, decimalen)}%"


def euro(centen: int) -> str:
    """ "€ 12.500" or "€ 12.500,50", with a no-break space; negative "€ -12.500". `centen` is whole cents.

    Raises TypeError for anything but int: a float loses cents, and a bool is a mistake.
    """
    if isinstance(centen, bool) or not isinstance(centen, int):
        raise TypeError("Een bedrag is een geheel aantal centen.")
    heel, rest = divmod(abs(centen), 100)
    bedrag = f"{heel:,}".replace(",", ".") + (f",{rest:02d}" if rest else "")
    return f"€{HARDE_SPATIE}{'-' if centen < 0 else ''}{bedrag}"


def opsomming(delen: Sequence[str], voegwoord: str = "en") -> str:
    """ "a, b en c"; one part gives "a", none gives ""."""
    if len(delen) < 2:
        return "".join(delen)
    return f"{', '.join(delen[:-1])} {voegwoord} {delen[-1]}"


def meervoud(n: int, enkel: str, meer: str) -> str:
    """ "1 voorstel", "15 voorstellen", "0 voorstellen": number and noun together."""
    return f"{getal(n)} {enkel if n == 1 else meer}"


def bytes_leesbaar(aantal: int) -> str:
    """ "512 bytes", "12 kB", "1,2 MB" in steps of 1,000, as file managers and mail programs count."""
    if aantal < 0:
        raise ValueError("De grootte van een bestand kan niet onder nul liggen.")
    if aantal < 1000:
        return meervoud(aantal, "byte", "bytes")
    waarde = float(aantal)
    for eenheid in ("kB", "MB", "GB", "TB"):
        waarde /= 1000
        # 999.5 kB would round to "1.000 kB": take the next unit instead.
        if waarde < 999.5 or eenheid == "TB":
            break
    return f"{getal(waarde, 1 if waarde < 9.95 else 0).removesuffix(',0')} {eenheid}"
