"""From a name to a key for addresses and files, so that people never type one."""

import re
import unicodedata
from collections.abc import Collection

LANGSTE = 50


def sleutel_van(naam: str, bezet: Collection[str] = ()) -> str:
    """'Café Jansen & Zn.' → 'cafe-jansen-zn'; with a number behind it when that one is taken."""
    plat = unicodedata.normalize("NFKD", naam.replace("ß", "ss").replace("ı", "i").replace("ø", "o").replace("Ø", "o"))
    kaal = re.sub(r"[^a-z0-9]+", "-", plat.encode("ascii", "ignore").decode().lower()).strip("-")
    begin = kaal[:LANGSTE].rstrip("-") or "naam"
    nummers = (f"{begin}-{n}" for n in range(2, len(bezet) + 3))
    return begin if begin not in bezet else next(s for s in nummers if s not in bezet)
