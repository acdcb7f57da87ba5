"""The language of the mail messages: plain text and HTML of each, with the example data, under the same norm."""

import tomllib
from dataclasses import replace
from pathlib import Path

from aanbesteding.post.opstellen import stel_op

from .herkomst import zoek_tekst
from .taal import Taalregels, Taaluitslag, toets_html, toets_tekst


def berichten(sjablonen: Path) -> list[str]:
    """The messages that there are: folders of sjablonen/post."""
    return sorted(p.name for p in (sjablonen / "post").iterdir() if (p / "tekst.txt").is_file())


def toets_berichten(sjablonen: Path, regels: Taalregels) -> list[Taaluitslag]:
    """Subject, plain text and HTML of every message, named `post/<bericht>` and `post/<bericht> (html)`."""
    gegevens = tomllib.loads((sjablonen / "post" / "voorbeeld.toml").read_text(encoding="utf-8"))
    uit = []
    for naam in berichten(sjablonen):
        tekst = stel_op(naam, gegevens)
        uit.append(toets_tekst(f"post/{naam}", f"{tekst.onderwerp}\n\n{tekst.tekst}", regels))
        uit.append(toets_html(f"post/{naam} (html)", tekst.html, regels))
    return [_met_plek(u, sjablonen) for u in uit]


def _met_plek(uitslag: Taaluitslag, sjablonen: Path) -> Taaluitslag:
    post = sjablonen / "post"
    naam, _, html = uitslag.naam.removeprefix("post/").partition(" ")
    bronnen = [*sorted((post / naam).glob("*.html" if html else "*.txt")), *sorted(post.glob("_*"))]
    return replace(
        uitslag,
        vondsten=tuple(replace(v, plek=zoek_tekst(v.bevinding.zin, bronnen, sjablonen)) for v in uitslag.vondsten),
    )
