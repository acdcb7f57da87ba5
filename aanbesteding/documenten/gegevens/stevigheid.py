"""The stored advice beside the ranking as report and memo show it: one sentence per figure, in Dutch at level B1."""

from math import ceil, floor
from typing import Any

from ...kern.notatie import getal, meervoud, opsomming, procent
from ...overzichten import beoordelen
from ...overzichten.doorgang import Doorgang
from .uitslag import Uitslag

EENS = {
    "slecht": "weinig", "matig": "redelijk", "goed": "goed", "uitstekend": "zeer goed",
    "te laag om op te bouwen": "weinig", "voldoende voor voorlopige conclusies": "redelijk", "hoog": "goed",
}  # fmt: skip
GELIJK = "De keuze blijft gelijk."


def stevigheid_gegevens(d: Doorgang, u: Uitslag) -> dict[str, Any]:
    """The shape of the templates; an empty dict for a ranking that was recorded without this advice."""
    vast = beoordelen.laatste_rangschikking(d.session, d.ronde)
    ruw = vast.uitkomst.get("stevigheid") if vast else None
    if not ruw:
        return {}
    rijen = [_voorstel(u, v) for v in ruw["voorstellen"]]
    titels = {c.sleutel: c.titel for c in d.regels.criteria}
    return {
        "zin": ruw["eerlijke_zin"],
        "rijen": rijen,
        "grafiek": [r for r in rijen if r["verwacht"] is not None],
        "lijn": ruw["lijn"],
        "grafiektitel": _grafiektitel(ruw["eerlijke_zin"], rijen),
        "plaatsen": ruw["grens"]["plaatsen"],
        "snijdt": ruw["grens"]["verschil"] is not None,
        "eens": _eens(ruw["overeenstemming"]),
        "spreiding": [s | {"criterium": titels[s["criterium"]]} for s in ruw["spreiding"]],
        "gemiddeld": _gemiddeld(u, ruw["zonder"]["gemiddeld"]),
        "zonder": [{"wie": f"Beoordelaar {z['wie']}", "gevolg": _gevolg(u, z)} for z in ruw["zonder"]["per"]],
        "gewichten": _gewichten(u, titels, ruw["gewichten"]),
        "kort": _kort(u, titels, ruw),
        "niet_berekend": ruw["niet_berekend"],
        "zaad": str(ruw["zaad"]),
    }


def _namen(u: Uitslag, sleutels: list[str]) -> str:
    return opsomming([f"‘{u.rij(s).naam}’" for s in sleutels])


def _voorstel(u: Uitslag, v: dict[str, Any]) -> dict[str, Any]:
    rij = u.rij(v["coalitie"])
    return {k: w for k, w in v.items() if k != "coalitie"} | {"naam": rij.naam, "gekozen": rij.gekozen}


def _grafiektitel(zin: str, rijen: list[dict[str, Any]]) -> str:
    delen = [
        f"{r['naam']} {getal(r['verwacht'], 1)} ({getal(r['laag'])} tot {getal(r['hoog'])}, {r['klasse']})"
        for r in rijen
        if r["verwacht"] is not None
    ]
    return f"{zin} Verwachte plaats per voorstel: {opsomming(delen)}." if delen else zin


def _eens(o: dict[str, Any] | None) -> list[str]:
    """Sentences on agreement; the name of the measure comes last, for who wants it."""
    if o is None:
        return []
    naam = "ICC(2,1)" if o["maat"] == "ICC" else "Krippendorffs alfa"
    zinnen = [
        f"De beoordelaars waren het {EENS[o['oordeel']]} eens.",
        f"Het cijfer daarvoor is {getal(o['waarde'], 2)}: 1 betekent dat iedereen hetzelfde gaf, 0 dat het toeval was.",
        f"Het echte cijfer ligt waarschijnlijk tussen {getal(o['laag'], 2)} en {getal(o['hoog'], 2)} ({naam}).",
    ]
    if o["samen"] is not None:
        wie = f"het gemiddelde van {o['beoordelaars']} beoordelaars samen"
        zinnen.append(f"Voor {wie} is het cijfer {getal(o['samen'], 2)}: samen oordelen is steviger dan alleen.")
    return zinnen


def _gemiddeld(u: Uitslag, wissel: dict[str, list[str]] | None) -> str:
    """Whether the mean of the first scores would select the same proposals as the ranking did."""
    if wissel is None:
        return ""
    if not wissel["erin"]:
        return "Het gemiddelde van alle eerste scores geeft dezelfde keuze als de rangorde."
    werkwoord = "had" if len(wissel["erin"]) == 1 else "hadden"
    return (
        f"Met alleen het gemiddelde van de eerste scores {werkwoord} {_namen(u, wissel['erin'])} een plaats, en "
        f"{_namen(u, wissel['eruit'])} niet. De scores die tellen, geven een andere uitkomst."
    )


def _gevolg(u: Uitslag, z: dict[str, Any]) -> str:
    if z["gelijk"]:
        return f"{_namen(u, z['gelijk'])} staan dan gelijk op de grens."
    if not z["erin"]:
        return GELIJK
    return f"{_namen(u, z['erin'])} erin, {_namen(u, z['eruit'])} eruit."


def _gewichten(u: Uitslag, titels: dict[str, str], g: dict[str, Any] | None) -> dict[str, Any]:
    if g is None:
        return {}
    rijen = [
        {"criterium": titels[p["criterium"]], "gewicht": procent(p["gewicht"], 0), "grenzen": _grenzen(p)}
        for p in g["per"]
    ]
    return {"rijen": rijen, "buiten_gelijk": g["buiten_gelijk"], "kleinste": _kleinste(u, titels, g["kleinste"])}


def _grenzen(p: dict[str, Any]) -> str:
    """The interval in words; limits are rounded inwards, so that they never promise too much."""
    laag, hoog = ceil(p["laagste"] * 100 - 0.01), floor(p["hoogste"] * 100 + 0.01)
    if laag <= 0 and hoog >= 100:
        return "elk gewicht"
    if laag <= 0:
        return f"tot en met {hoog}%"
    return f"vanaf {laag}%" if hoog >= 100 else f"van {laag}% tot en met {hoog}%"


def _kleinste(u: Uitslag, titels: dict[str, str], k: dict[str, Any] | None) -> str:
    if k is None:
        return "Geen enkele verdeling van de gewichten geeft een andere keuze."
    nieuw = opsomming([f"{titels[c]} {procent(g, 1)}" for c, g in k["gewichten"].items()])
    return (
        f"De kleinste verandering die de keuze verandert, is deze: {nieuw}. "
        f"Dan komt ‘{u.rij(k['erin']).naam}’ gelijk met ‘{u.rij(k['eruit']).naam}’."
    )


def _kort(u: Uitslag, titels: dict[str, str], ruw: dict[str, Any]) -> list[str]:
    """Three lines for the memo: agreement, one assessor fewer, other weights."""
    eens = _eens(ruw["overeenstemming"])
    return [
        eens[0] if eens else "Hoe eens de beoordelaars het waren, is niet te berekenen.",
        _zonder_kort(u, ruw["zonder"], snijdt=ruw["grens"]["verschil"] is not None),
        _gewichten_kort(u, titels, ruw),
    ]


def _zonder_kort(u: Uitslag, zonder: dict[str, Any], *, snijdt: bool) -> str:
    if not snijdt:
        return "Zonder één beoordelaar blijft de keuze gelijk: er is geen voorstel dat door plaatsgebrek afvalt."
    if not zonder["per"]:
        return "Wat er zonder één beoordelaar gebeurt, is niet te berekenen."
    anders = [z for z in zonder["per"] if z["erin"] or z["gelijk"]]
    n, wissel = len(zonder["per"]), zonder["gemiddeld"]
    los = f" {_gemiddeld(u, wissel)}" if wissel["erin"] else ""
    if not anders:
        return f"Zonder één beoordelaar blijft de keuze op de eerste scores gelijk, wie u ook weglaat.{los}"
    betrokken = sorted({v for z in anders for v in z["erin"] + z["eruit"] + z["gelijk"]})
    keren = meervoud(len(anders), "keer", "keer")
    kop = f"Zonder één beoordelaar verandert de keuze op de eerste scores {keren} (van de {n})."
    return f"{kop} Het gaat dan om {_namen(u, betrokken)}.{los}"


def _gewichten_kort(u: Uitslag, titels: dict[str, str], ruw: dict[str, Any]) -> str:
    g, grens = ruw["gewichten"], ruw["grens"]
    if grens["verschil"] is None:
        return "Bij andere gewichten blijft de keuze gelijk: er is geen voorstel dat door plaatsgebrek afvalt."
    if grens["gelijk"]:
        return (
            f"Bij andere gewichten kan de keuze tussen {_namen(u, grens['gelijk'])} al door een kleine verandering "
            "anders uitvallen."
        )
    if g is None:
        return "Wat er bij andere gewichten gebeurt, is niet te berekenen."
    if g["kleinste"] is None:
        return "Bij andere gewichten blijft de keuze gelijk, hoe u ze ook verdeelt."
    punten = getal(g["kleinste"]["afstand"] / 2 * 100, 1)
    ruil = f"‘{u.rij(g['kleinste']['erin']).naam}’ met ‘{u.rij(g['kleinste']['eruit']).naam}’"
    return (
        f"Bij andere gewichten verandert de keuze pas als {punten} procentpunt van het gewicht verschuift. "
        f"Dan komt {ruil} gelijk."
    )
