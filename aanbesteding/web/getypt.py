"""What somebody typed in a short form, kept as it was typed, so that a page with faults can show it again."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from ..fouten import Conflict, Gebruikersfout, GeenToestemming, Invoerfout
from ..rechten import toets_recht
from ..regels import Regels
from .doen import per_veld, zonder_raad
from .middelen import Plek

Fouten = dict[str, list[str]]


class Formulier(dict[str, str]):
    """Name → text; a name that was not sent is ''."""

    def __missing__(self, naam: str) -> str:
        return ""

    def getal(self, naam: str) -> int | str:
        """'€ 1.250' and '1 250' are 1250, nothing is 0; anything else stays text, so that the act names the fault."""
        schoon = re.sub(r"[€\s\u00a0.]|,-$|,00$", "", self[naam].strip())
        return int(schoon or "0") if re.fullmatch(r"\d{0,12}", schoon) else self[naam]

    def kies(self, *namen: str) -> dict[str, Any]:
        return {n: self[n] for n in namen}

    def inbreng(self) -> dict[str, Any]:
        """The fields in which people say what they bring in."""
        getallen = {n: self.getal(n) for n in ("inbreng_euro", "inbreng_uren")}
        return self.kies("rol", "inbreng_natura") | getallen


async def _lees(verzoek: Request) -> Formulier:
    """Read here: a form parameter per field would refuse a page that misses one, before we can explain it."""
    ruw = await verzoek.form(max_files=0, max_fields=100, max_part_size=100_000)
    return Formulier({n: w.replace("\r\n", "\n") for n, w in ruw.items() if not isinstance(w, UploadFile)})


Getypt = Annotated[Formulier, Depends(_lees)]


def probeer(wat: Callable[[], object]) -> tuple[Fouten, int]:
    """({}, 200) when it went well, else (faults by field, status) to show on the same page."""
    try:
        wat()
    except Invoerfout as fout:
        return per_veld(fout), 422
    except (Conflict, GeenToestemming) as fout:
        return {"": [zonder_raad(fout)]}, 409 if isinstance(fout, Conflict) else 403
    return {}, 200


def mag(plek: Plek, regels: Regels, poorten: frozenset[str] | set[str], handeling: str) -> bool:
    """Whether this act is open to this person now: a page shows no button that refuses."""
    try:
        toets_recht(handeling, rollen=set(plek.als), gepasseerd=poorten, termijnen=regels.termijnen, nu=plek.nu)
    except Gebruikersfout:
        return False
    return True
