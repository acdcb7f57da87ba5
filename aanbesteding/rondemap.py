"""A round as a folder: `ronde.toml` with the rules, and the lists of organisations and people.

`lees_rondemap` reads all of it and names every fault at once: file, place, what is wrong and the mend.
Nothing is written. `waarschuwingen` says what is allowed but deserves a look before the call is made.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from .documenten.huisstijl import laad_huisstijl
from .documenten.tekens import tekenfouten
from .fouten import Gebruikersfout, Invoerfout, NietGevonden
from .instellingen import instellingen
from .invoer import bedoelt_u, lees_toml, toets
from .kern.notatie import datum
from .ledenlijsten import (
    ADVISEURS,
    BEOORDELAARS,
    INVULLEN,
    LIJSTEN,
    TEAM,
    TEAMROLLEN,
    lees_mensen,
    lees_organisaties,
)
from .mensenlijst import Mens, Organisatieregel, Rondemap
from .overzichten.voorwaarden import bezwaren_vraagtoets
from .procedure import Rol
from .regels import Regels, Termijnen
from .tabellen import SOORTEN
from .termijnen import Regio, amsterdam, feestdag, is_werkdag, waarschuwingen_moment, waarschuwingen_venster

OP_WERKDAG = ("publicatie", "vragen_tot", "adviesmomenten", "sluiting", "herstel_tot", "beoordeling_tot", "plannen_tot")
"""Deadlines for others: gate startvoorstel stays shut when one of these is not a working day."""


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
    open_ = _in_te_vullen(ruw)
    fouten = [f"{plek}: vul dit veld nog in" for plek in open_]
    regels: Regels | None = None
    try:
        regels = toets(Regels, ruw, waar="")
    except Invoerfout as fout:
        fouten += [f for f in fout.fouten if f.partition(": ")[0] not in open_]  # one fault a field
    fouten += tekenfouten(ruw)
    fouten += _fouten_gemeente(ruw)
    fouten += fouten_dagen(regels.termijnen) if regels else []
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


def fouten_dagen(termijnen: Termijnen) -> list[str]:
    """Deadlines on a day off, and clock times that do not exist, each with its field."""
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


def _fouten_samen(organisaties: list[Organisatieregel], mensen: list[Mens]) -> list[str]:
    """One key is one person: over all lists a key and an e-mail address belong together."""
    van_organisatie = {o.sleutel for o in organisaties}
    fouten = [
        f"'{s}' is de sleutel van een organisatie én van een persoon; geef de persoon een andere sleutel"
        for s in sorted({m.sleutel for m in mensen} & van_organisatie)
    ]
    adres: dict[str, tuple[str, str]] = {}
    sleutel: dict[str, str] = {}
    for m in mensen:
        email = m.email.casefold()
        if adres.setdefault(m.sleutel, (email, m.naam)) != (email, m.naam):
            fouten.append(f"'{m.sleutel}' heeft in twee lijsten een andere naam of een ander adres; maak ze gelijk")
        if sleutel.setdefault(email, m.sleutel) != m.sleutel:
            fouten.append(f"'{m.sleutel}' en '{sleutel[email]}' hebben één e-mailadres; geef ieder een eigen adres")
    return list(dict.fromkeys(fouten))


def _fouten_team(mensen: list[Mens]) -> list[str]:
    met: dict[Rol, set[str]] = {rol: {m.sleutel for m in mensen if m.rol == rol} for rol in Rol}
    fouten = [] if met[Rol.PROJECTLEIDER] else ["team: geef één persoon de rol 'projectleider'; die ontbreekt"]
    fouten += [
        f"'{s}' is projectleider én beoordelaar; kies één van beide (wie leidt, beoordeelt niet)"
        for s in sorted(met[Rol.PROJECTLEIDER] & met[Rol.BEOORDELAAR])
    ]
    zelf = met[Rol.PROJECTLEIDER] & met[Rol.TWEEDE] if len(met[Rol.PROJECTLEIDER]) == 1 else set()
    return fouten + [f"'{s}' is projectleider én tweede; de kluis vraagt twee personen" for s in sorted(zelf)]


def waarschuwingen(rondemap: Rondemap) -> list[str]:
    """What deserves a look: days off, school holidays, people still missing, a question that is not sharp yet."""
    regels = rondemap.regels
    return [*waarschuw_dagen(regels.termijnen), *_waarschuw_team(rondemap), *bezwaren_vraagtoets(regels.opgaven)]


def waarschuw_dagen(termijnen: Termijnen) -> list[str]:
    """Days off and school holidays. Every region once: the call does not say in which one the municipality lies."""
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
