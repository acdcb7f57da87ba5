"""Making a new round folder: from the template or from an existing round, with dates proposed.

Proposed dates are working days outside the school holidays of all three regions, in the order of the call.
Everything that a person must still decide is marked with "VUL IN"; `lees_rondemap` refuses those by name.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import get_args

from .fouten import Conflict, Invoerfout, NietGevonden
from .instellingen import WORTEL, instellingen
from .invoer import bedoelt_u
from .ledenlijsten import LIJSTEN
from .tabellen import SOORTEN
from .termijnen import Regio, is_werkdag, schoolvakantie

SJABLOON = "sjabloon"
KOPVELDEN = ("kenmerk", "titel", "gemeente", "zaaknummer")
NOEN, AVOND, OCHTEND, MIDDAG, COLLEGE = time(12), time(19, 30), time(9), time(17), time(9, 30)


def vrije_werkdag(dag: date) -> date:
    """This day or the first one after it that is a working day and no school holiday anywhere."""
    while not is_werkdag(dag) or _vakantie(dag):
        dag += timedelta(days=1)
    return dag


def _vakantie(dag: date) -> bool:
    """False for years without a table; `waarschuwingen` then asks a person to look."""
    try:
        return any(schoolvakantie(dag, regio) for regio in get_args(Regio))
    except ValueError:
        return False


def stel_termijnen_voor(publicatie: date) -> dict[str, datetime | list[datetime]]:
    """All moments of `[termijnen]`, local time, after the rhythm of Maassluis (magazine p. 36-40).

    Two months to hand in, four pilots' progress reports and six measurements in two and a half years.
    """

    def na(dag: date, dagen: int) -> date:
        return vrije_werkdag(dag + timedelta(days=dagen))

    dag0 = vrije_werkdag(publicatie)
    vragen = [na(dag0, 21), na(na(dag0, 21), 21)]
    advies = [na(dag0, 19), na(na(dag0, 19), 19)]
    sluiting = max(na(dag0, 62), na(max(vragen[-1], advies[-1]), 14))
    herstel = na(sluiting, 14)
    belangen = na(herstel, 7)
    beoordeling = na(belangen, 35)
    selectie = na(beoordeling, 19)
    plannen = na(selectie, 63)
    besluit = na(plannen, 13)
    start = na(besluit, 42)
    voortgang = _reeks(na(start, 182), 4)
    metingen = [max(na(start, -7), besluit), *_reeks(na(start, 194), 5)]
    afsluiting = na(max(voortgang[-1], metingen[-1]), 42)

    def op(dag: date, uur: time) -> datetime:
        return datetime.combine(dag, uur)

    return {
        "publicatie": op(dag0, OCHTEND), "startbijeenkomst": op(na(dag0, 13), AVOND),
        "vragen_tot": [op(d, NOEN) for d in vragen], "adviesmomenten": [op(d, NOEN) for d in advies],
        "sluiting": op(sluiting, NOEN), "herstel_tot": op(herstel, NOEN), "belangen_tot": op(belangen, MIDDAG),
        "beoordeling_tot": op(beoordeling, MIDDAG), "besluit_selectie": op(selectie, COLLEGE),
        "plannen_tot": op(plannen, NOEN), "besluit_plannen": op(besluit, COLLEGE), "start_pilots": op(start, OCHTEND),
        "voortgang": [op(d, NOEN) for d in voortgang], "metingen": [op(d, NOEN) for d in metingen],
        "afsluiting": op(afsluiting, MIDDAG),
    }  # fmt: skip


def _reeks(eerste: date, aantal: int) -> list[date]:
    """Half-yearly days."""
    uit = [eerste]
    while len(uit) < aantal:
        uit.append(vrije_werkdag(uit[-1] + timedelta(days=182)))
    return uit


def bronmap(van: str) -> Path:
    """The folder that `--van` names: the template, a round in config/rondes, or a path."""
    if van == SJABLOON:
        return WORTEL / "config" / "rondesjabloon"
    rondes = instellingen().rondes_map
    for pad in (rondes / van, Path(van)):
        if (pad / "ronde.toml").is_file():
            return pad
    bestaand = [p.parent.name for p in rondes.glob("*/ronde.toml")]
    raise NietGevonden(f"Er is geen ronde '{van}' om van te kopiëren. {bedoelt_u(van, [SJABLOON, *bestaand])}")


def maak_rondemap(doel: Path, *, van: str, publicatie: date, kop: Mapping[str, str]) -> None:
    """Write the folder `doel`; `kop` holds values of KOPVELDEN that are known. All of it or nothing.

    Raises Conflict when `doel` exists, NietGevonden for an unknown source.
    """
    bron = bronmap(van)
    if doel.exists():
        raise Conflict(f"De map {doel} bestaat al. Kies een ander kenmerk of een andere map.")
    doel.parent.mkdir(parents=True, exist_ok=True)
    werkmap = Path(tempfile.mkdtemp(prefix=f".{doel.name}-", dir=doel.parent))
    try:
        nieuw = werkmap / "ronde"
        nieuw.mkdir()
        for lijst in LIJSTEN:
            for soort in SOORTEN:
                if (bron / f"{lijst}{soort}").is_file():
                    shutil.copyfile(bron / f"{lijst}{soort}", nieuw / f"{lijst}{soort}")
        tekst = _vul_in((bron / "ronde.toml").read_text(encoding="utf-8"), publicatie, kop)
        (nieuw / "ronde.toml").write_text(tekst, encoding="utf-8")
        nieuw.rename(doel)
    finally:
        shutil.rmtree(werkmap, ignore_errors=True)


def _vul_in(tekst: str, publicatie: date, kop: Mapping[str, str]) -> str:
    """The rules with new head and dates; every other line, and every comment, stays as it was."""
    onbekend = set(kop) - set(KOPVELDEN)
    if onbekend:
        raise Invoerfout(f"'{sorted(onbekend)[0]}' is geen veld van de kop", waar="ronde nieuw")
    for veld in KOPVELDEN:
        waarde = json.dumps(kop.get(veld) or "VUL IN", ensure_ascii=False)
        tekst = _vervang(tekst, "ronde", veld, waarde)
    tekst = _vervang(tekst, "ronde", "oefening", "false")
    for naam, moment in stel_termijnen_voor(publicatie).items():
        tekst = _vervang(tekst, "termijnen", naam, _toml(moment))
    return tekst


def _toml(waarde: datetime | list[datetime]) -> str:
    if isinstance(waarde, list):
        return f"[{', '.join(m.isoformat() for m in waarde)}]"
    return waarde.isoformat()


def _vervang(tekst: str, tabel: str, veld: str, waarde: str) -> str:
    """Set one key of one table; a list over several lines is replaced as a whole, a missing key is added."""
    begin = re.search(rf"^\[{tabel}\][^\n]*\n", tekst, re.M)
    if begin is None:
        raise Invoerfout(f"de tabel [{tabel}] ontbreekt in ronde.toml van de bron", waar="ronde nieuw")
    volgende = re.search(r"^\[", tekst[begin.end() :], re.M)
    einde = begin.end() + volgende.start() if volgende else len(tekst)
    blok = tekst[begin.end() : einde]
    patroon = re.compile(rf"^{veld}[ \t]*=[ \t]*(\[[^\]]*\]|\"[^\"\n]*\"|[^\n#]*)", re.M)
    regel = f"{veld} = {waarde}"
    if patroon.search(blok):
        nieuw = patroon.sub(lambda _: regel, blok, count=1)
    else:
        kaal = blok.rstrip("\n")
        nieuw = f"{kaal}\n{regel}{blok[len(kaal) :]}"
    return tekst[: begin.end()] + nieuw + tekst[einde:]
