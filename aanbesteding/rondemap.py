"""A round as a folder: `ronde.toml` with the rules, and the lists of organisations and people.

`lees_rondemap` reads all of it and names every fault at once: file, place, what is wrong and the mend.
Nothing is written. `waarschuwingen` says what is allowed but deserves a look before the call is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from .documenten.huisstijl import laad_huisstijl
from .fouten import Gebruikersfout, Invoerfout, NietGevonden
from .instellingen import instellingen
from .invoer import bedoelt_u, lees_toml, toets, vertaal
from .kern.notatie import datum
from .mensenlijst import Mens, Organisatieregel, Rondemap
from .overzichten.voorwaarden import bezwaren_vraagtoets
from .procedure import Rol
from .regels import Regels, Termijnen
from .tabellen import SOORTEN, Rij, Tabel, lees_tabel
from .termijnen import Regio, amsterdam, feestdag, is_werkdag, waarschuwingen_moment, waarschuwingen_venster

M = TypeVar("M", bound=BaseModel)

INVULLEN = "VUL IN"
"""What marks a field that `ronde nieuw` leaves to a person."""
TEAMROLLEN = (Rol.PROJECTLEIDER, Rol.TWEEDE, Rol.VOORZITTER, Rol.WETHOUDER, Rol.JURIST)
OP_WERKDAG = ("publicatie", "vragen_tot", "adviesmomenten", "sluiting", "herstel_tot", "beoordeling_tot", "plannen_tot")
"""Deadlines for others: gate startvoorstel stays shut when one of these is not a working day."""


@dataclass(frozen=True)
class Lijst:
    """One list of the folder: its columns, and the role that the file itself gives (None: a column gives it)."""

    naam: str
    kolommen: tuple[str, ...]
    verplicht: tuple[str, ...]
    rol: Rol | None = None


ORGANISATIES = Lijst("organisaties", ("sleutel", "naam", "soort", "contactpersoon", "email", "adres", "postcode", "plaats", "bron"),
                     ("sleutel", "naam", "soort", "contactpersoon", "email", "adres", "postcode", "plaats"))  # fmt: skip
TEAM = Lijst("team", ("sleutel", "naam", "rol", "functie", "afdeling", "email", "telefoon"), ("sleutel", "naam", "rol", "email"))
BEOORDELAARS = Lijst("beoordelaars", ("sleutel", "naam", "functie", "afdeling", "email", "telefoon", "deskundigheid"),
                     ("sleutel", "naam", "afdeling", "email"), Rol.BEOORDELAAR)  # fmt: skip
ADVISEURS = Lijst("adviseurs", ("sleutel", "naam", "organisatie", "email", "telefoon", "uren", "deskundigheid"),
                  ("sleutel", "naam", "email", "uren"), Rol.ADVISEUR)  # fmt: skip
LIJSTEN = {lijst.naam: lijst for lijst in (ORGANISATIES, TEAM, BEOORDELAARS, ADVISEURS)}


def lees_rondemap(pad: Path) -> Rondemap:
    """The whole folder, checked. Raises Invoerfout with every fault, each with its file and field."""
    if not pad.is_dir():
        raise Invoerfout("dit is geen map; noem de map van een ronde, met ronde.toml erin", waar=str(pad))
    fouten: list[str] = []
    regels = _verzamel(fouten, lambda: lees_regels(pad / "ronde.toml"))
    organisaties = _verzamel(fouten, lambda: lees_organisaties(_zoek(pad, "organisaties"))) or []
    mensen = [
        mens
        for lijst in (TEAM, BEOORDELAARS, ADVISEURS)
        for mens in _verzamel(fouten, lambda lijst=lijst: lees_mensen(_zoek(pad, lijst.naam), lijst)) or []
    ]
    if fouten or regels is None:
        raise Invoerfout(fouten, waar=pad.name)
    fouten = [*_fouten_samen(organisaties, mensen), *_fouten_team(mensen)]
    if fouten:
        raise Invoerfout(fouten, waar=pad.name)
    return Rondemap(regels=regels, organisaties=organisaties, mensen=mensen)


def _verzamel(fouten: list[str], lees: Any) -> Any:
    try:
        return lees()
    except Gebruikersfout as fout:
        fouten += str(fout).splitlines()
        return None


def _zoek(folder: Path, naam: str) -> Path:
    """`naam`.csv or `naam`.xlsx; both or neither is a fault."""
    gevonden = [folder / f"{naam}{s}" for s in SOORTEN if (folder / f"{naam}{s}").is_file()]
    if len(gevonden) == 1:
        return gevonden[0]
    if gevonden:
        raise Invoerfout(f"er is een {naam}.csv én een {naam}.xlsx; haal er één weg", waar=naam)
    andere = [p.stem for p in folder.iterdir() if p.is_file() and p.suffix in SOORTEN and p.stem not in LIJSTEN]
    hint = f" {bedoelt_u(naam, andere)}" if andere else ""
    raise Invoerfout(f"het bestand {naam}.csv (of {naam}.xlsx) ontbreekt; zet het in de map.{hint}", waar=naam)


def lees_regels(pad: Path) -> Regels:
    """ronde.toml, with the checks that look outside the file: house style, clock times, working days."""
    ruw = lees_toml(pad)
    fouten = [f"{plek}: vul dit veld nog in" for plek in _in_te_vullen(ruw)]
    regels: Regels | None = None
    try:
        regels = toets(Regels, ruw, waar="")
    except Invoerfout as fout:
        fouten += fout.fouten
    fouten += _fouten_gemeente(ruw)
    fouten += _fouten_dagen(regels.termijnen) if regels else []
    if fouten or regels is None:
        raise Invoerfout(fouten, waar=pad.name)
    return regels


def _in_te_vullen(waarde: Any, plek: str = "") -> list[str]:
    if isinstance(waarde, dict):
        return [p for k, v in waarde.items() for p in _in_te_vullen(v, f"{plek}.{k}".lstrip("."))]
    if isinstance(waarde, list):
        return [p for i, v in enumerate(waarde, 1) for p in _in_te_vullen(v, f"{plek}[{i}]")]
    return [plek] if isinstance(waarde, str) and INVULLEN in waarde else []


def _fouten_gemeente(ruw: dict[str, Any]) -> list[str]:
    kop = ruw.get("ronde")
    gemeente = kop.get("gemeente") if isinstance(kop, dict) else None
    if not isinstance(gemeente, str) or not gemeente or INVULLEN in gemeente:
        return []  # the schema or the marker has already said so
    try:
        laad_huisstijl(gemeente, instellingen().huisstijlen_map)
    except NietGevonden as fout:
        return [f"ronde.gemeente: {fout}"]
    except Invoerfout as fout:
        return [f"ronde.gemeente: de huisstijl is niet in orde: {f}" for f in fout.fouten]
    return []


def _momenten(termijnen: Termijnen) -> list[tuple[str, datetime]]:
    """Every announced moment with its name; of a list "vragen_tot[2]"."""
    uit: list[tuple[str, datetime]] = []
    for naam in type(termijnen).model_fields:
        waarde = getattr(termijnen, naam)
        if isinstance(waarde, datetime):
            uit.append((naam, waarde))
        elif isinstance(waarde, list):
            uit += [(f"{naam}[{i}]", m) for i, m in enumerate(waarde, 1)]
    return uit


def _fouten_dagen(termijnen: Termijnen) -> list[str]:
    fouten = []
    for naam, moment in _momenten(termijnen):
        try:
            amsterdam(moment.date(), moment.time())
        except ValueError as fout:
            fouten.append(f"termijnen.{naam}: {fout}")
        if naam.partition("[")[0] in OP_WERKDAG and not is_werkdag(moment.date()):
            fouten.append(f"termijnen.{naam}: {_geen_werkdag(moment)}")
    return fouten


def _geen_werkdag(moment: datetime) -> str:
    dag = moment.date()
    reden = feestdag(dag) or "een dag in het weekend"
    volgende = dag
    while not is_werkdag(volgende):
        volgende += timedelta(days=1)
    return f"{datum(dag)} is geen werkdag ({reden}); kies een werkdag, bijvoorbeeld {datum(volgende)}"


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
            fouten.append(f"rij {nummer}, kolom '{veld}': staat ook in rij {gezien[waarde]}; kies een andere waarde of haal de rij weg")
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


def _fouten_samen(organisaties: list[Organisatieregel], mensen: list[Mens]) -> list[str]:
    """One key is one person: over all lists a key and an e-mail address belong together."""
    van_organisatie = {o.sleutel for o in organisaties}
    fouten = [f"'{s}' is de sleutel van een organisatie én van een persoon; geef de persoon een andere sleutel"
              for s in sorted({m.sleutel for m in mensen} & van_organisatie)]  # fmt: skip
    adres: dict[str, tuple[str, str]] = {}
    sleutel: dict[str, str] = {}
    for m in mensen:
        email = m.email.casefold()
        if adres.setdefault(m.sleutel, (email, m.naam)) != (email, m.naam):
            fouten.append(f"'{m.sleutel}' heeft in twee lijsten een andere naam of een ander e-mailadres; maak ze gelijk")
        if sleutel.setdefault(email, m.sleutel) != m.sleutel:
            fouten.append(f"'{m.sleutel}' en '{sleutel[email]}' hebben hetzelfde e-mailadres; geef ieder een eigen adres")
    return list(dict.fromkeys(fouten))


def _fouten_team(mensen: list[Mens]) -> list[str]:
    met: dict[Rol, set[str]] = {rol: {m.sleutel for m in mensen if m.rol == rol} for rol in Rol}
    fouten = [] if met[Rol.PROJECTLEIDER] else ["team: er is geen projectleider; geef één persoon de rol 'projectleider'"]
    fouten += [f"'{s}' is projectleider én beoordelaar; kies één van beide (wie leidt, beoordeelt niet)"
               for s in sorted(met[Rol.PROJECTLEIDER] & met[Rol.BEOORDELAAR])]  # fmt: skip
    zelf = met[Rol.PROJECTLEIDER] & met[Rol.TWEEDE] if len(met[Rol.PROJECTLEIDER]) == 1 else set()
    return fouten + [f"'{s}' is projectleider én tweede; de kluis gaat open met twee verschillende personen" for s in sorted(zelf)]


def waarschuwingen(rondemap: Rondemap) -> list[str]:
    """What deserves a look: days off, school holidays, people still missing, a question that is not sharp yet."""
    regels = rondemap.regels
    return [*_waarschuw_dagen(regels.termijnen), *_waarschuw_team(rondemap), *bezwaren_vraagtoets(regels)]


def _waarschuw_dagen(termijnen: Termijnen) -> list[str]:
    """Every region once: the call does not say in which one the municipality lies."""
    regios: tuple[Regio, ...] = get_args(Regio)
    uit = [
        f"termijnen.{naam}: {tekst}" if not tekst.startswith("Wij kennen") else tekst
        for naam, moment in _momenten(termijnen)
        for regio in regios
        for tekst in waarschuwingen_moment(moment.date(), regio)
    ]
    for regio in regios:
        uit += waarschuwingen_venster(termijnen.publicatie.date(), termijnen.sluiting.date(), regio)
    return list(dict.fromkeys(uit))


def _waarschuw_team(rondemap: Rondemap) -> list[str]:
    rollen = {m.rol for m in rondemap.mensen}
    uit = [f"team: er is nog geen {rol.value} aangewezen" for rol in TEAMROLLEN if rol not in rollen]
    afdelingen = {m.afdeling for m in rondemap.mensen if m.rol == Rol.BEOORDELAAR}
    eis = rondemap.regels.beoordeling.minimum_afdelingen
    if len(afdelingen) < eis:
        uit.append(f"beoordelaars: zij komen uit {len(afdelingen)} afdeling(en); de oproep vraagt er {eis}")
    return uit
