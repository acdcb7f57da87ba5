"""The lists that belong to a round: organisations, team, assessors, advisers, from CSV or Excel.

Every faulty row is named with its column, what is wrong and the mend; nothing is guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from .documenten.tekens import tekenfouten
from .fouten import Invoerfout
from .invoer import vertaal
from .mensenlijst import Mens, Organisatieregel
from .procedure import Rol
from .tabellen import Rij, Tabel, lees_tabel

M = TypeVar("M", bound=BaseModel)

INVULLEN = "VUL IN"
"""What marks a field that `ronde nieuw` leaves to a person."""
TEAMROLLEN = (Rol.PROJECTLEIDER, Rol.TWEEDE, Rol.VOORZITTER, Rol.WETHOUDER, Rol.JURIST)


@dataclass(frozen=True)
class Lijst:
    """One list of the folder: its columns, and the role that the file itself gives (None: a column gives it)."""

    naam: str
    kolommen: tuple[str, ...]
    verplicht: tuple[str, ...]
    rol: Rol | None = None


ORGANISATIES = Lijst(
    "organisaties",
    ("sleutel", "naam", "soort", "contactpersoon", "email", "adres", "postcode", "plaats", "bron"),
    ("sleutel", "naam", "soort", "contactpersoon", "email", "adres", "postcode", "plaats"),
)
TEAM = Lijst(
    "team", ("sleutel", "naam", "rol", "functie", "afdeling", "email", "telefoon"), ("sleutel", "naam", "rol", "email")
)
BEOORDELAARS = Lijst(
    "beoordelaars",
    ("sleutel", "naam", "functie", "afdeling", "email", "telefoon", "deskundigheid"),
    ("sleutel", "naam", "afdeling", "email"),
    Rol.BEOORDELAAR,
)
ADVISEURS = Lijst(
    "adviseurs",
    ("sleutel", "naam", "organisatie", "email", "telefoon", "uren", "deskundigheid"),
    ("sleutel", "naam", "email", "uren"),
    Rol.ADVISEUR,
)
LIJSTEN = {lijst.naam: lijst for lijst in (ORGANISATIES, TEAM, BEOORDELAARS, ADVISEURS)}


def lees_organisaties(pad: Path) -> list[Organisatieregel]:
    """A list of organisations from CSV or Excel; every faulty row is named."""
    regels = _lees_lijst(pad, ORGANISATIES, Organisatieregel)
    fouten = _dubbel(regels, "sleutel") + _dubbel(regels, "email") + _dubbel(regels, "naam")
    if fouten:
        raise Invoerfout(fouten, waar=pad.name)
    return [r for _, r in regels]


def lees_mensen(pad: Path, lijst: Lijst) -> list[Mens]:
    """Team, assessors or advisers; the file gives the role, except in the team list."""
    regels = _lees_lijst(pad, lijst, Mens)
    if lijst.rol:
        fouten = _dubbel(regels, "sleutel") + _dubbel(regels, "email")
    else:
        fouten = _dubbele_rol(regels) + [
            f"rij {n}, kolom 'rol': '{m.rol.value}' hoort niet in deze lijst; kies uit {', '.join(TEAMROLLEN)}"
            for n, m in regels
            if m.rol not in TEAMROLLEN
        ]
    if fouten:
        raise Invoerfout(fouten, waar=pad.name)
    return [m for _, m in regels]


def _lees_lijst(pad: Path, lijst: Lijst, model: type[M]) -> list[tuple[int, M]]:
    tabel = lees_tabel(pad)
    fouten = tabel.eis_kolommen(lijst.verplicht, lijst.kolommen)
    if fouten:
        raise Invoerfout(fouten, waar=tabel.bestand)
    if not tabel.rijen:
        raise Invoerfout("onder de kolomnamen staat geen enkele rij; vul de lijst in", waar=tabel.bestand)
    vast = {"rol": lijst.rol} if lijst.rol else {}
    return _rijen(tabel, model, vast, verplicht=lijst.verplicht)


def _rijen(tabel: Tabel, model: type[M], vast: dict[str, Any], *, verplicht: Iterable[str]) -> list[tuple[int, M]]:
    goed: list[tuple[int, M]] = []
    fouten: list[str] = []
    for rij in tabel.rijen:
        eigen = _rijfouten(rij, model, vast, verplicht)
        fouten += eigen
        if not eigen:
            goed.append((rij.nummer, model.model_validate({**rij.cellen, **vast})))
    if fouten:
        raise Invoerfout(fouten, waar=tabel.bestand)
    return goed


def _rijfouten(rij: Rij, model: type[M], vast: dict[str, Any], verplicht: Iterable[str]) -> list[str]:
    open_ = [k for k, v in rij.cellen.items() if INVULLEN in v]
    if open_:
        return [f"rij {rij.nummer}, kolom '{k}': vul dit veld nog in" for k in open_]
    leeg = [k for k in verplicht if k not in rij.cellen]
    fouten = [f"rij {rij.nummer}, kolom '{k}': is leeg; vul haar in" for k in leeg]
    for kolom, _, zin in (f.partition(": ") for f in tekenfouten(rij.cellen)):
        fouten.append(f"rij {rij.nummer}, kolom '{kolom}': {zin}")
    try:
        model.model_validate({**rij.cellen, **vast})
    except ValidationError as fout:
        fouten += [
            f"rij {rij.nummer}, kolom '{e['loc'][0]}': {vertaal(e, model).partition(': ')[2]}"
            for e in fout.errors()
            if e["loc"][0] not in leeg
        ]
    return fouten


def _dubbel(regels: list[tuple[int, M]], veld: str) -> list[str]:
    gezien: dict[str, int] = {}
    fouten = []
    for nummer, regel in regels:
        waarde = str(getattr(regel, veld)).casefold()
        if waarde in gezien:
            fouten.append(f"rij {nummer}, kolom '{veld}': staat ook in rij {gezien[waarde]}; haal er één weg")
        gezien.setdefault(waarde, nummer)
    return fouten


def _dubbele_rol(regels: list[tuple[int, Mens]]) -> list[str]:
    gezien: dict[tuple[str, str], int] = {}
    fouten = []
    for nummer, mens in regels:
        merk = (mens.sleutel, mens.rol.value)
        if merk in gezien:
            fouten.append(f"rij {nummer}, kolom 'sleutel': heeft deze rol al in rij {gezien[merk]}; haal er één weg")
        gezien.setdefault(merk, nummer)
    return fouten
