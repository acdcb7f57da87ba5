"""The ranking as documents show it: names, places, the line, and one sentence on how the cut lies.

The stored ranking holds exact fractions as text. Documents print two decimals, or four where two totals look
equal in two and are not, so that a reader can always follow the order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...fouten import NietGevonden
from ...kern.notatie import getal, meervoud, opsomming
from ...kern.totalen import afgerond
from ...overzichten import beoordelen, dossier, vind
from ...overzichten.doorgang import Doorgang
from ...regels import Regels

STATUS = {
    "geselecteerd": "Geselecteerd",
    "geselecteerd na loting": "Geselecteerd na loting",
    "plaatsen vergeven": "Alle plaatsen zijn vergeven",
    "plafond bereikt": "Past niet meer onder het subsidieplafond",
    "uitgeloot": "Niet geselecteerd na loting",
    "loting nodig": "Gelijke stand: het lot beslist",
    "wacht op loting": "Wacht op de loting",
    "onder drempel criterium": "Onder de drempel van een criterium",
    "onder drempel totaal": "Onder de drempel voor het totaal",
}
TELWOORDEN = ("Geen", "Eén", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen", "Tien")


@dataclass(frozen=True)
class Rij:
    """One admissible proposal in the recorded ranking; `rang` is None below a threshold."""

    sleutel: str
    nummer: int
    naam: str
    penvoerder: str
    rang: int | None
    totaal: Fraction
    per_criterium: dict[str, Fraction]
    gevraagd_cent: int
    geselecteerd: str
    reden: str

    @property
    def gekozen(self) -> bool:
        return self.geselecteerd == "ja"

    @property
    def status(self) -> str:
        return STATUS[self.reden]


@dataclass(frozen=True)
class Uitslag:
    """The recorded ranking of a round, in rank order; `decimalen` is what a total needs to be told apart."""

    rijen: tuple[Rij, ...]
    loting: tuple[str, ...]
    versie: int
    hash: str
    decimalen: int

    def rij(self, sleutel: str) -> Rij:
        return next(r for r in self.rijen if r.sleutel == sleutel)

    @property
    def geselecteerd(self) -> tuple[Rij, ...]:
        return tuple(r for r in self.rijen if r.gekozen)

    @property
    def grens(self) -> int:
        """Rows above the line: the last selected row and everything before it."""
        return max((n for n, r in enumerate(self.rijen, 1) if r.gekozen), default=0)


def cijfer(waarde: Fraction, decimalen: int = 6) -> float:
    """A fraction as a number for JSON, rounded half up once (notatie rounds what it prints)."""
    return float(afgerond(waarde, decimalen))


def lees_uitslag(d: Doorgang) -> Uitslag:
    """Raises NietGevonden when no ranking was recorded yet."""
    vast = beoordelen.laatste_rangschikking(d.session, d.ronde)
    if vast is None:
        raise NietGevonden("Er is nog geen rangschikking vastgelegd.")
    namen = {c.sleutel: (v.nummer, c.naam) for v, c in vind.voorstellen(d.session, d.ronde)}
    trekkers = dossier.penvoerders(d.session, d.ronde)
    rijen = tuple(_rij(r, namen[r["coalitie"]], trekkers[r["coalitie"]]) for r in vast.uitkomst["rijen"])
    loting = tuple((vast.uitkomst["loting"] or {}).get("voorstellen", ()))
    decimalen = _decimalen(rijen, gelijk=bool(vast.uitkomst["schijnbaar_gelijk"]))
    return Uitslag(rijen, loting, vast.versie, vast.hash, decimalen)


def _decimalen(rijen: Sequence[Rij], *, gelijk: bool) -> int:
    """One decimal when that shows every total exactly, so that people read '8,0'; four when totals look alike."""
    if all((r.totaal * 10).denominator == 1 for r in rijen):
        return 1
    return 4 if gelijk else 2


def _rij(ruw: dict[str, Any], wie: tuple[int, str], trekker: dossier.Penvoerder) -> Rij:
    per = {k: Fraction(w) for k, w in ruw["per_criterium"].items()}
    return Rij(
        ruw["coalitie"], *wie, trekker.organisatie.naam, ruw["plaats"], Fraction(ruw["totaal"]), per,
        ruw["bedrag_cent"], ruw["geselecteerd"], ruw["reden"],
    )  # fmt: skip


def telwoord(n: int) -> str:
    return TELWOORDEN[n] if n < len(TELWOORDEN) else getal(n)


def conclusie(u: Uitslag) -> str:
    """Two or three sentences: how many are selected, and what separates the last in from the first out."""
    gekozen, buiten = u.geselecteerd, [r for r in u.rijen if not r.gekozen]
    werkwoord = "krijgt" if len(gekozen) == 1 else "krijgen"
    kop = f"{telwoord(len(gekozen))} van de {meervoud(len(u.rijen), 'voorstel', 'voorstellen')} {werkwoord} een plaats."
    if u.loting:
        namen = opsomming([f"‘{u.rij(s).naam}’" for s in u.loting])
        return f"{kop} Op de grens staan gelijk: {namen}. Het lot beslist."
    if not buiten:
        return f"{kop} Er valt geen voorstel af."
    return f"{kop} {_grenszin(u, gekozen[-1], buiten[0])}" if gekozen else f"{kop} Geen voorstel haalt de drempel."


def _grenszin(u: Uitslag, laatste: Rij, eerste: Rij) -> str:
    if eerste.reden.startswith("onder drempel"):
        return f"‘{eerste.naam}’ valt af, want het haalt een drempel niet. De andere plaatsen blijven open."
    if eerste.reden == "uitgeloot" or laatste.reden == "geselecteerd na loting":
        return f"‘{laatste.naam}’ en ‘{eerste.naam}’ stonden gelijk op de grens. Het lot gaf de doorslag."
    if laatste.totaal == eerste.totaal:
        gelijk = f"‘{laatste.naam}’ en ‘{eerste.naam}’ hebben hetzelfde totaal."
        return f"{gelijk} De regel bij gelijke stand gaf de doorslag."
    d = u.decimalen
    punten = getal(afgerond(laatste.totaal - eerste.totaal, d), d)
    paar = f"‘{laatste.naam}’ ({toon(u, laatste)}) en ‘{eerste.naam}’ ({toon(u, eerste)})"
    slot = " Het geld is dan op." if eerste.reden == "plafond bereikt" else ""
    return f"Op de grens is het verschil {punten} punt: {paar}.{slot}"


def toon(u: Uitslag, rij: Rij) -> str:
    return getal(afgerond(rij.totaal, u.decimalen), u.decimalen)


def gelijke_stand_regel(regels: Regels) -> str:
    """The announced tie rule in one sentence."""
    titels = [regels.criterium(s).titel for s in regels.verdeling.gelijke_stand]
    if not titels:
        return "Bij een gelijke stand beslist het lot."
    return f"Bij een gelijke stand telt de hoogste score op {opsomming(titels, 'en daarna')}. Daarna beslist het lot."


def gelijke_totalen(u: Uitslag) -> list[dict[str, Any]]:
    """Groups of proposals with exactly the same total, and whether the tie rule put them in order."""
    groepen: dict[Fraction, list[Rij]] = {}
    for rij in u.rijen:
        if rij.rang is not None:
            groepen.setdefault(rij.totaal, []).append(rij)
    return [_groep(u, leden) for leden in groepen.values() if len(leden) > 1]


def _groep(u: Uitslag, leden: list[Rij]) -> dict[str, Any]:
    rangen = {r.rang for r in leden}
    if set(u.loting) & {r.sleutel for r in leden}:
        uitleg = "Gelijk op de grens. Het lot beslist."
    elif any(r.reden in ("geselecteerd na loting", "uitgeloot") for r in leden):
        uitleg = "Het lot bepaalde de volgorde."
    elif len(rangen) == len(leden):
        uitleg = "De regel bij gelijke stand bepaalde de volgorde."
    else:
        uitleg = "Zij delen een plaats. Dat verandert niets aan de selectie."
    return {"namen": [r.naam for r in leden], "waarde": cijfer(leden[0].totaal), "uitleg": uitleg}


def rangschikking_gegevens(d: Doorgang, u: Uitslag) -> dict[str, Any]:
    """The ranking in the shape of the templates; `loting` says that a place still hangs on a draw."""
    rijen = [_rij_gegevens(d.regels, r) for r in u.rijen]
    return {
        "rijen": rijen,
        "plaatsen": u.grens,
        "aantal_plaatsen": d.regels.verdeling.aantal,
        "maximum": d.regels.verdeling.schaal.hoogste,
        "decimalen": u.decimalen,
        "conclusie": conclusie(u),
        "plafond_cent": d.regels.verdeling.plafond_euro * 100,
        "gevraagd_cent": sum(r.gevraagd_cent for r in u.geselecteerd),
        "versie": u.versie,
        "hash": u.hash,
    }


def _rij_gegevens(regels: Regels, r: Rij) -> dict[str, Any]:
    return {
        "rang": "–" if r.rang is None else r.rang,
        "nummer": r.nummer,
        "naam": r.naam,
        "penvoerder": r.penvoerder,
        "waarde": cijfer(r.totaal),
        "per": [cijfer(r.per_criterium[c.sleutel]) for c in regels.criteria],
        "gevraagd_cent": r.gevraagd_cent,
        "gekozen": r.gekozen,
        "status": r.status,
    }
