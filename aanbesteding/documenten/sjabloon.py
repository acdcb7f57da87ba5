"""Jinja2 for documents: strict, escaped, with Dutch notation as filters.

Templates show and never calculate. A value that is missing stops the document with the file and line, since
an empty place in a letter of the municipality is worse than no letter.
"""

import re
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)

from aanbesteding.fouten import Invoerfout
from aanbesteding.kern import notatie


class Ontbrekend(StrictUndefined):
    """A missing value, said in Dutch."""

    @property
    def _undefined_message(self) -> str:
        return f"'{self._undefined_name}' ontbreekt in de gegevens; vul het aan"


def als_moment(waarde: str | date) -> date:
    """ISO text (how JSON carries it) → date or aware datetime; those types themselves pass unchanged."""
    if isinstance(waarde, date):
        return waarde
    return datetime.fromisoformat(waarde) if "T" in waarde else date.fromisoformat(waarde)


def hele_euros(bedrag: int) -> str:
    """Whole euros, as people type them in a round folder, e.g. '€ 12.500'."""
    return notatie.euro(bedrag * 100)


def op_de_seconde(waarde: str | date) -> str:
    """Moment of receipt for a proof: Dutch clock with seconds and UTC beside it (Wmebv; domein.md D4)."""
    moment = als_moment(waarde)
    if not isinstance(moment, datetime):
        raise TypeError("een tijdstip op de seconde heeft een datum met tijd en zone nodig")
    klok = moment.astimezone(notatie.AMSTERDAM)
    return f"{notatie.datum(moment)}, {klok:%H.%M.%S} uur (UTC {moment.astimezone(UTC):%H:%M:%S})"


def alineas(tekst: str) -> list[str]:
    """The paragraphs of a text that a person wrote: parts between blank lines, without empty ones."""
    delen = (" ".join(deel.split()) for deel in tekst.replace("\r\n", "\n").split("\n\n"))
    return [deel for deel in delen if deel]


def hoofdletter(tekst: str) -> str:
    """First letter as a capital, the rest untouched (Jinja's own `capitalize` would lower 'B en W')."""
    return tekst[:1].upper() + tekst[1:]


def zin(tekst: str) -> str:
    """A text that ends as a sentence, so that another can follow it."""
    kaal = tekst.strip()
    return kaal if not kaal or kaal[-1] in ".!?" else f"{kaal}."


def _van_tekst(functie: Callable[[Any], str]) -> Callable[[str | date], str]:
    return lambda waarde: functie(als_moment(waarde))


FILTERS: dict[str, Callable[..., Any]] = {
    **{f.__name__: _van_tekst(f) for f in (notatie.datum, notatie.datum_lang, notatie.datum_kort)},
    **{f.__name__: _van_tekst(f) for f in (notatie.tijd, notatie.datum_tijd)},
    **{f.__name__: f for f in (notatie.getal, notatie.getekend, notatie.procent, notatie.euro)},
    **{f.__name__: f for f in (notatie.opsomming, notatie.meervoud, notatie.bytes_leesbaar)},
    **{f.__name__: f for f in (hele_euros, alineas, hoofdletter, op_de_seconde, zin)},
}


def maak_omgeving(sjablonen: Path, *, extra: Mapping[str, Any] | None = None) -> Environment:
    """An environment on the template folder, with the filters of `FILTERS` and `extra` as globals."""
    omgeving = Environment(
        loader=FileSystemLoader(sjablonen),
        undefined=Ontbrekend,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    omgeving.filters.update(FILTERS)
    omgeving.globals.update(extra or {})
    return omgeving


def vul(omgeving: Environment, naam: str, gegevens: Mapping[str, Any]) -> str:
    """Fill one template. Raises Invoerfout with template, line and reason; the cause stays attached."""
    try:
        return omgeving.get_template(naam).render(gegevens)
    except (TemplateError, ValueError, TypeError, ArithmeticError, LookupError) as fout:
        raise Invoerfout(in_het_nederlands(fout), waar=_waar(fout, naam)) from fout


def _waar(fout: Exception, naam: str) -> str:
    """Template and line: of the deepest template frame, since that is where the value was wanted."""
    if isinstance(fout, TemplateSyntaxError):
        return f"sjabloon {fout.name or naam}, regel {fout.lineno}"
    regels = [f for f in traceback.extract_tb(fout.__traceback__) if f.filename.endswith((".html", ".svg"))]
    if not regels:
        return f"sjabloon {naam}"
    diepste = regels[-1]
    return f"sjabloon {Path(diepste.filename).parent.name}/{Path(diepste.filename).name}, regel {diepste.lineno}"


_VERTALINGEN: tuple[tuple[str, str], ...] = (
    (r"No filter named '(.+?)'", "het filter '{0}' bestaat niet; kijk in docs/huisstijl.md welke er zijn"),
    (r"No test named '(.+?)'", "de toets '{0}' bestaat niet"),
    (r"Required block '(.+?)' not found", "het blok '{0}' ontbreekt; vul het met {{% block {0} %}} … {{% endblock %}}"),
    (r"block '(.+?)' defined twice", "het blok '{0}' staat er twee keer; haal er één weg"),
    (
        r"unknown tag 'end\w*'.*block that needs to be closed is '(.+?)'",
        "'{{% {0} %}}' is niet afgesloten; zet er '{{% end{0} %}}' bij",
    ),
    (r"unknown tag '(.+?)'", "de opdracht '{0}' bestaat niet of staat op de verkeerde plaats"),
    (r"block that needs to be closed is '(.+?)'", "'{{% {0} %}}' is niet afgesloten; zet er '{{% end{0} %}}' bij"),
    (r"Unexpected end of template", "het sjabloon houdt te vroeg op; er mist een afsluiting zoals {{% endif %}}"),
    (r"expected token '(.+?)', got '(.+?)'", "hier staat '{1}' waar '{0}' hoort; kijk naar haken en aanhalingstekens"),
    (r"unexpected '(.+?)'", "hier staat '{0}' op de verkeerde plaats; kijk naar haken en aanhalingstekens"),
    (r"unexpected char (.+?) at", "het teken {0} kan hier niet staan; kijk naar haken en aanhalingstekens"),
    (r"macro '(.+?)' takes (?:no|not)", "de macro '{0}' krijgt te veel waarden, of een waarde die zij niet kent"),
)

_ENGELS = re.compile(r"\b(?:not|must|argument|object|expected|takes|invalid|unsupported|format|required)\b", re.I)


def in_het_nederlands(fout: Exception) -> str:
    """The fault as a Dutch sentence; a message of ours is Dutch already, an unknown one is quoted."""
    tekst = str(fout)
    if isinstance(fout, TemplateNotFound):
        return f"het sjabloon '{fout.name}' bestaat niet; kijk naar de naam in extends, import of include"
    for patroon, zin in _VERTALINGEN:
        if treffer := re.search(patroon, tekst):
            return zin.format(*(deel or "" for deel in treffer.groups()))
    if isinstance(fout, TemplateError) and not isinstance(fout, UndefinedError):
        return f"dit sjabloon kan niet worden gelezen (Jinja meldt: {tekst})"
    return _over_waarde(fout, tekst)


def _over_waarde(fout: Exception, tekst: str) -> str:
    if isinstance(fout, ArithmeticError | LookupError):
        return f"hier kan niet mee worden gerekend of gezocht ({tekst})"
    if isinstance(fout, TypeError | ValueError) and _ENGELS.search(tekst):
        return f"een waarde past niet bij het filter of de macro op deze regel ({tekst})"
    return tekst
