"""Message texts from sjablonen/post/<bericht>/: onderwerp.txt, tekst.txt, tekst.html."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, select_autoescape

from ..fouten import NietGevonden
from ..instellingen import instellingen
from ..kern import notatie


@dataclass(frozen=True)
class Berichttekst:
    onderwerp: str
    tekst: str
    html: str


@cache
def _omgeving(wortel: Path) -> Environment:
    omgeving = Environment(
        loader=FileSystemLoader(wortel / "post"), undefined=StrictUndefined, keep_trailing_newline=True,
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
    )  # fmt: skip
    for naam in ("datum", "datum_lang", "datum_tijd", "tijd"):
        omgeving.filters[naam] = _moment(getattr(notatie, naam))
    return omgeving


def _moment(toon: Any) -> Any:
    """Templates see moments as ISO text, as all JSON does."""
    return lambda waarde: toon(datetime.fromisoformat(waarde) if isinstance(waarde, str) else waarde)


def stel_op(bericht: str, gegevens: dict[str, Any]) -> Berichttekst:
    """Fill the three templates of this message. Raises NietGevonden for an unknown message."""
    omgeving = _omgeving(instellingen().sjablonen_map)
    try:
        onderwerp, tekst, html = (
            omgeving.get_template(f"{bericht}/{deel}").render(gegevens)
            for deel in ("onderwerp.txt", "tekst.txt", "tekst.html")
        )
    except TemplateNotFound as fout:
        raise NietGevonden(f"Het bericht '{bericht}' heeft geen sjabloon: {fout}.") from None
    return Berichttekst(" ".join(onderwerp.split()), tekst.strip() + "\n", html)
