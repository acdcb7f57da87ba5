"""Jinja2 for documents: strict, escaped, with Dutch notation as filters.

Templates show and never calculate. A value that is missing stops the document with the file and line, since
an empty place in a letter of the municipality is worse than no letter.
"""

import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError

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
        raise Invoerfout(str(fout), waar=_waar(fout, naam)) from fout


def _waar(fout: Exception, naam: str) -> str:
    """Template and line: of the deepest template frame, since that is where the value was wanted."""
    if isinstance(fout, TemplateSyntaxError):
        return f"sjabloon {fout.name or naam}, regel {fout.lineno}"
    regels = [f for f in traceback.extract_tb(fout.__traceback__) if f.filename.endswith((".html", ".svg"))]
    if not regels:
        return f"sjabloon {naam}"
    diepste = regels[-1]
    return f"sjabloon {Path(diepste.filename).parent.name}/{Path(diepste.filename).name}, regel {diepste.lineno}"
