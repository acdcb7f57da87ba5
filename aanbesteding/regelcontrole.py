"""Live checks on rules that may still have gaps: what is missing, what is odd, and how far it is.

The same checks stand at the gate (voorwaarden.py) and in a round folder (rondemap.py). Here they run on half-filled
rules too, part by part, so that a project leader sees while composing what the gate will ask.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from .documenten.tekens import tekenfouten
from .fouten import Invoerfout
from .invoer import toets
from .kern.notatie import euro, opsomming
from .overzichten.voorwaarden import bezwaren_vraagtoets
from .procedure import Rol
from .regels import Opgave, Regels, Termijnen
from .rondemap import fouten_dagen, waarschuw_dagen
from .termijnen import bezwaartermijn_einde

Ernst = Literal["fout", "let op", "goed"]
TWEE_MAANDEN = timedelta(days=56)
DELEN = ("kop", "opgaven", "criteria", "geld", "termijnen", "indienen", "advies", "beoordelen", "team")
GELDVELDEN = ("aantal", "plafond_euro", "maximum_per_voorstel_euro", "loting_bronnen")
NODIG = (Rol.PROJECTLEIDER, Rol.TWEEDE, Rol.VOORZITTER, Rol.WETHOUDER, Rol.JURIST)


@dataclass(frozen=True)
class Bevinding:
    """`plaats` is a path in the rules ('criteria[1].gewicht') or '' when the whole part is meant."""

    deel: str
    ernst: Ernst
    tekst: str
    plaats: str = ""


def controleer(gegevens: Mapping[str, Any], mensen: Sequence[Mapping[str, Any]] = ()) -> list[Bevinding]:
    """All findings, faults first within a part. Without a 'fout' the rules are valid and a round can start."""
    eigen = [*_vragen(gegevens), *_gewichten(gegevens), *_geld(gegevens), *_dagen(gegevens), *_team(mensen)]
    gezegd = {b.plaats for b in eigen if b.ernst == "fout"}
    uniek = dict.fromkeys([*(b for b in _schemafouten(gegevens) if b.plaats not in gezegd), *eigen])
    return sorted(uniek, key=lambda b: (DELEN.index(b.deel), ("fout", "let op", "goed").index(b.ernst)))


def deel_van(plaats: str) -> str:
    """The part of the form in which a path of the rules stands."""
    kop, _, rest = plaats.partition(".")
    kop = kop.partition("[")[0]
    if kop == "verdeling":
        return "geld" if rest.partition("[")[0] in GELDVELDEN else "criteria"
    vast = {"ronde": "kop", "financien": "geld", "beoordeling": "beoordelen", "mensen": "team"}
    return vast.get(kop, kop) if vast.get(kop, kop) in DELEN else "kop"


def _schemafouten(gegevens: Mapping[str, Any]) -> list[Bevinding]:
    regels = [*_van_schema(gegevens), *tekenfouten(dict(gegevens))]
    uit = []
    for regel in regels:
        plaats, scheiding, zin = regel.partition(": ")
        if not scheiding or " " in plaats:
            plaats, zin = _zoek_plaats(regel), regel
        uit.append(Bevinding(deel_van(plaats), "fout", zin, plaats))
    return uit


def _van_schema(gegevens: Mapping[str, Any]) -> list[str]:
    try:
        toets(Regels, gegevens, waar="")
    except Invoerfout as fout:
        return [deel for regel in fout.fouten for deel in regel.split("; ")]
    return []


def _zoek_plaats(regel: str) -> str:
    """Rules about the whole name what they are about: 'financien: …', 'criterium 'x': …'."""
    woorden = {"criteri": "criteria", "gewicht": "criteria", "verdeling.gelijke": "criteria", "plafond": "financien",
               "dekking": "financien", "opgave": "opgaven", "vormvereiste": "indienen"}  # fmt: skip
    return next((plek for woord, plek in woorden.items() if woord in regel), "ronde")


def _vragen(gegevens: Mapping[str, Any]) -> list[Bevinding]:
    """The question check on every question that is filled in (magazine p. 40: an open question disappointed)."""
    uit = []
    for n, ruw in enumerate(_rijen(gegevens, "opgaven"), 1):
        try:
            opgave = toets(Opgave, ruw, waar="")
        except Invoerfout:
            continue
        bezwaren = bezwaren_vraagtoets([opgave])
        uit += [Bevinding("opgaven", "fout", b, f"opgaven[{n}].vraag") for b in bezwaren]
        if not bezwaren:
            uit.append(Bevinding("opgaven", "goed", f"De vraag van ‘{opgave.titel}’ is scherp genoeg."))
    return uit


def _gewichten(gegevens: Mapping[str, Any]) -> list[Bevinding]:
    gewichten = [c.get("gewicht") for c in _rijen(gegevens, "criteria")]
    som = sum(g for g in gewichten if isinstance(g, int))
    if not gewichten:
        return []
    if som == 100:
        return [Bevinding("criteria", "goed", "De gewichten zijn samen 100%.")]
    meer = f"Er moet nog {100 - som}% bij." if som < 100 else f"Er moet {som - 100}% af."
    return [Bevinding("criteria", "fout", f"De gewichten zijn samen {som}%. {meer}", "criteria")]


def _geld(gegevens: Mapping[str, Any]) -> list[Bevinding]:
    """Cover against the ceiling, how much is old money, and how far the ceiling reaches."""
    posten, verdeling = _rijen(gegevens, "financien"), gegevens.get("verdeling") or {}
    plafond, hoogste, aantal = (verdeling.get(k) for k in ("plafond_euro", "maximum_per_voorstel_euro", "aantal"))
    bedragen = [p.get("bedrag_euro") for p in posten]
    if not isinstance(plafond, int) or not bedragen or not all(isinstance(b, int) for b in bedragen):
        return []
    dekking = sum(b for b in bedragen if isinstance(b, int))
    uit = [_dekking(dekking, plafond)]
    nieuw = sum(p["bedrag_euro"] for p in posten if p.get("oud_voor_nieuw") is not True)
    if nieuw:
        zin = f"{euro(nieuw * 100)} is nieuw geld. Maassluis deed het uit gewone middelen: oud voor nieuw."
        uit.append(Bevinding("geld", "let op", zin, "financien"))
    else:
        uit.append(Bevinding("geld", "goed", "Alle dekking komt uit gewone middelen (oud voor nieuw)."))
    if isinstance(hoogste, int) and isinstance(aantal, int) and hoogste * aantal > plafond:
        zin = (
            f"{aantal} keer het maximum van {euro(hoogste * 100)} is meer dan het plafond. Misschien kan dan niet "
            "elke plaats worden vergeven."
        )
        uit.append(Bevinding("geld", "let op", zin, "verdeling.maximum_per_voorstel_euro"))
    return uit


def _dekking(dekking: int, plafond: int) -> Bevinding:
    if dekking >= plafond:
        return Bevinding("geld", "goed", f"De dekking ({euro(dekking * 100)}) is genoeg voor het plafond.")
    zin = f"De dekking is {euro(dekking * 100)}. Voor het plafond is nog {euro((plafond - dekking) * 100)} nodig."
    return Bevinding("geld", "fout", zin, "financien")


def _dagen(gegevens: Mapping[str, Any]) -> list[Bevinding]:
    """Working days, holidays and school holidays, two months to propose, room to decide."""
    try:
        t = toets(Termijnen, gegevens.get("termijnen") or {}, waar="")
    except Invoerfout:
        return []
    uit = [_met_plaats("fout", regel) for regel in fouten_dagen(t)]
    uit += [_met_plaats("let op", regel) for regel in waarschuw_dagen(t)]
    if t.sluiting - t.publicatie < TWEE_MAANDEN:
        dagen = (t.sluiting - t.publicatie).days
        zin = f"Coalities hebben {dagen} dagen. Twee maanden is de maat: kleine clubs vergaderen één keer per maand."
        uit.append(Bevinding("termijnen", "let op", zin, "termijnen.sluiting"))
    if not uit:
        uit.append(Bevinding("termijnen", "goed", "Alle datums zijn werkdagen buiten de schoolvakanties."))
    return uit


def _met_plaats(ernst: Ernst, regel: str) -> Bevinding:
    plaats, scheiding, zin = regel.partition(": ")
    if scheiding and plaats.startswith("termijnen."):
        return Bevinding("termijnen", ernst, zin[:1].upper() + zin[1:], plaats)
    return Bevinding("termijnen", ernst, regel)


def _team(mensen: Sequence[Mapping[str, Any]]) -> list[Bevinding]:
    rollen = {m.get("rol") for m in mensen}
    mist = [rol.value for rol in NODIG if rol.value not in rollen]
    if not mist:
        return [Bevinding("team", "goed", "Elke rol in het team heeft iemand.")]
    return [
        Bevinding("team", "let op", f"Nog niemand als {opsomming(mist, 'of')}. U kunt dat ook later doen.", "mensen")
    ]


def _rijen(gegevens: Mapping[str, Any], naam: str) -> list[dict[str, Any]]:
    waarde = gegevens.get(naam)
    return [r for r in waarde if isinstance(r, dict)] if isinstance(waarde, list) else []


@dataclass(frozen=True)
class Plicht:
    """Something that must be made public: what, where, by which rule, and from when."""

    wat: str
    waar: str
    grond: str
    op: date | None


def publicatieplichten(regels: Regels) -> list[Plicht]:
    """What this round must publish (kennis/domein.md 1.2 and L-table); dates follow the rules."""
    t, subsidie = regels.termijnen, regels.ronde.instrument == "subsidie"
    grond = "Awb artikel 4:25 tot en met 4:27 en titel 3.6" if subsidie else "Awb afdeling 3.6"
    uit = [
        Plicht("De oproep met plafond, criteria, gewichten en verdeelregel", regels.ronde.vindplaats, grond,
               t.publicatie.date()),
        *[Plicht("Nota van inlichtingen, voor iedereen tegelijk", "De site van de ronde", "Gelijke kansen (ABRvS)",
                 m.date()) for m in t.vragen_tot],
        Plicht("Het besluit over de keuze, met rangorde en redenen", "Besluitenlijst en de site van de ronde",
               "Gemeentewet artikel 60 en Awb artikel 3:46", t.besluit_selectie.date()),
    ]  # fmt: skip
    if subsidie:
        besluit = t.besluit_plannen.date()
        uit += [
            Plicht("Ontvangers en bedragen in het subsidieregister", "De site van de ronde", "Woo artikel 3.3a",
                   besluit),
            Plicht("Laatste dag om bezwaar te maken tegen de subsidiebesluiten", "In elke brief", "Awb artikel 6:7",
                   bezwaartermijn_einde(besluit)),
        ]  # fmt: skip
    if regels.ronde.instrument == "opdracht":
        uit.append(Plicht("Aankondiging en gunning bij meer dan € 750.000", "TenderNed", "Aanbestedingswet 2012",
                          t.publicatie.date()))  # fmt: skip
    return sorted(uit, key=lambda p: p.op or date.max)


def telling(bevindingen: Iterable[Bevinding]) -> dict[str, int]:
    """Part → number of faults."""
    uit = dict.fromkeys(DELEN, 0)
    for b in bevindingen:
        uit[b.deel] += b.ernst == "fout"
    return uit
