"""The form of the measuring plan as data, and its way to and from inhoud.Meetplan.

The plain case is short; what only some plans need stands in fold-outs. What a plan holds as tables (codes, starts,
breaks, earlier figures) is typed here as rows or as one line each.
"""

# ruff: noqa: E501  # a form reads best with one field on one line

import re
from collections.abc import Mapping
from typing import Any

from ..indicatoren import Catalogusindicator
from ..kern.sleutelnaam import sleutel_van
from . import invulformulier as f
from .invulformulier import Deel, Rijen, Veld

RICHTING = (("omhoog", "Hoger is beter"), ("omlaag", "Lager is beter"))
KEUZE_GEBIEDEN = (
    ("loting", "Er is geloot onder gebieden die even geschikt waren"), ("gespreide start", "De gebieden beginnen na elkaar"),
    ("behoefte", "Waar de nood het hoogst is"), ("aanbod", "Waar iemand wilde beginnen"),
)  # fmt: skip
BRONSOORT = (
    ("vragenlijst", "Vragenlijst"),
    ("registratie", "Registratie van de gemeente of een partner"),
    ("open data", "Open data (CBS, RIVM, politie)"),
)
RITME = (("halfjaar", "Elk half jaar"), ("jaar", "Elk jaar"), ("kwartaal", "Elk kwartaal"))
SCHAAL = (
    ("procent", "Percentage, van 0 tot 100"),
    ("aandeel", "Aandeel, van 0 tot 1"),
    ("gemiddelde", "Gemiddelde van een score of cijfer"),
    ("aantal", "Aantal"),
)
JA_NEE = (("nee", "Nee"), ("ja", "Ja, berekend met een model"))

INDICATOREN = Rijen("indicatoren", "Indicatoren", "Indicator", (
    Veld("titel", "Wat meten wij?"),
    Veld("definitie", "Precieze vraag of telling", "lang", regels=4, hulp="Zo precies dat iemand anders het net zo kan doen."),
    Veld("eenheid", "Eenheid", hulp="Bijvoorbeeld: procent van de bewoners"),
    Veld("richting", "Welke kant is goed?", "keuze", opties=RICHTING),
    Veld("bron", "Bron"),
    Veld("frequentie", "Hoe vaak"),
    Veld("nulstand", "Stand nu", hulp="Met het jaar erbij. Nog niet gemeten? Schrijf dat op."),
    Veld("streef", "Doel"),
    Veld("relevant_effect", "Welk verschil vindt u de moeite waard?", "decimaal", hulp="In dezelfde eenheid, bijvoorbeeld 5"),
    Veld("primair", "Is dit een hoofdindicator?", "vink", opties=(("ja", "Ja, hierover gaat het oordeel"), ("nee", "Nee, extra"))),
    Veld("sleutel", "Korte naam", verplicht=False, meer=True, hulp="Leeg: wij maken haar van de titel."),
    Veld("schaal", "Soort getal", "keuze", verplicht=False, opties=SCHAAL, meer=True, hulp="Leeg: wij lezen het uit de eenheid."),
    Veld("bronsoort", "Soort bron", "keuze", verplicht=False, opties=BRONSOORT, meer=True),
    Veld("ritme", "Hoe vaak komt er een cijfer?", "keuze", verplicht=False, opties=RITME, meer=True),
    Veld("laagste", "Laagste waarde die kan", "decimaal", verplicht=False, meer=True),
    Veld("hoogste", "Hoogste waarde die kan", "decimaal", verplicht=False, meer=True),
    Veld("decimalen", "Cijfers achter de komma", "getal", verplicht=False, meer=True),
    Veld("spreiding", "Spreiding tussen mensen", "decimaal", verplicht=False, meer=True, hulp="De standaardafwijking van de antwoorden. Alleen nodig bij een gemiddelde."),
    Veld("modelcijfers", "Komt het cijfer uit een rekenmodel?", "vink", opties=JA_NEE, verplicht=False, meer=True, hulp="Zoals wijkcijfers van het RIVM. Zo’n model kent uw pilot niet."),
    Veld("breuken", "Breuken in de cijfers", "regels", regels=2, verplicht=False, meer=True, hulp="Eén per regel, bijvoorbeeld: 2021: andere vragenlijst"),
    Veld("eerder", "Cijfers van eerdere jaren", "regels", regels=4, verplicht=False, meer=True, hulp="Plak ze uit een rekenblad. Per regel: gebied; periode; waarde. Bijvoorbeeld: Noord; 2025-1; 41,2"),
    Veld("catalogus", "Uit de catalogus", verplicht=False, meer=True, hulp="De korte naam in de catalogus; leeg bij een eigen indicator."),
))  # fmt: skip

PER_GEBIED = Rijen("gebiedskenmerken", "Per gebied", "Gebied", (
    Veld("gebied", "Gebied", hulp="Precies zoals hierboven."),
    Veld("start", "Begint in", verplicht=False, hulp="Leeg: tegelijk met de rest. Bijvoorbeeld 2028-1"),
    Veld("code", "Code in de bron", verplicht=False, hulp="Bijvoorbeeld BU05560101"),
), verplicht=False)  # fmt: skip

SAMENVOEGINGEN = Rijen("samenvoegingen", "Samengevoegde gebieden", "Samenvoeging", (
    Veld("nieuw", "Nieuw gebied"), Veld("oud", "Oude gebieden", "regels", regels=3, hulp="Eén gebied op een regel, minstens twee."),
    Veld("vanaf", "Vanaf", hulp="Bijvoorbeeld 2028 of 2028-1"),
), verplicht=False)  # fmt: skip

MEETPLAN: tuple[Deel, ...] = (
    Deel("indicatoren", "Wat meten wij?", (INDICATOREN,),
         "Kies één tot drie hoofdindicatoren. Spreek ze af met de coalitie, vóór de pilot begint."),
    Deel("gebieden", "Waar?", (
        Veld("pilotgebieden", "Gebieden met de pilot", "regels", regels=4, hulp="Eén gebied op een regel."),
        Veld("vergelijkingsgebieden", "Gebieden zonder de pilot, om te vergelijken", "regels", regels=5, verplicht=False,
             hulp="Hoe meer gebieden, hoe zekerder het oordeel. Met minder dan vijf kan het rapport alleen beschrijven."),
        Veld("keuze_vergelijking", "Waarom zijn deze gebieden een goede vergelijking?", "lang", regels=3, verplicht=False,
             hulp="Bijvoorbeeld: zij lijken op elkaar in leeftijd en inkomen, en er loopt geen andere pilot."),
        Veld("keuze_gebieden", "Hoe zijn de gebieden met de pilot gekozen?", "keuze", opties=KEUZE_GEBIEDEN),
        Veld("keuze_toelichting", "Leg die keuze uit", "lang", regels=3),
    )),
    Deel("opzet", "Wanneer en met wie?", (
        Veld("startperiode", "Eerste periode waarin de pilot kan werken", hulp="Een halfjaar (2027-2), een jaar (2027) of een kwartaal (2027-K3)."),
        Veld("respondenten_per_gebied", "Aantal mensen dat per gebied antwoordt", "getal", hulp="0 als u geen vragenlijst gebruikt"),
        Veld("metingen_vooraf", "Aantal eerdere metingen dat er al is", "getal", verplicht=False,
             hulp="Met dezelfde vraag of telling, van vóór deze ronde. Leeg: geen."),
    )),
    Deel("per_gebied", "Later beginnen, of codes van gebieden", (PER_GEBIED,),
         "Alleen als een gebied later begint, of als u cijfers met codes inleest.", dicht=True),
    Deel("samenvoegingen", "Gebieden die zijn samengevoegd", (SAMENVOEGINGEN,),
         "Alleen als gemeente of CBS gebieden samenvoegde.", dicht=True),
)  # fmt: skip


def naar_inhoud(plat: f.Plat) -> dict[str, Any]:
    """What the act takes. Lines that cannot be read stay text, so that the check names them."""
    ruw = f.naar_inhoud(MEETPLAN, plat)
    for n, rij in enumerate(ruw["indicatoren"], 1):
        rij["sleutel"] = rij.get("sleutel") or sleutel_van(str(rij.get("titel") or f"indicator-{n}"))
        rij["breuken"] = [_breuk(regel) for regel in rij.pop("breuken", [])]
        rij["eerder"] = [_eerder(regel) for regel in rij.pop("eerder", [])]
    kenmerken = ruw.pop("gebiedskenmerken")
    ruw["startperioden"] = {k["gebied"]: k["start"] for k in kenmerken if k.get("start")}
    ruw["codes"] = {k["gebied"]: k["code"] for k in kenmerken if k.get("code")}
    return ruw


def _breuk(regel: str) -> Any:
    vanaf, _, uitleg = regel.partition(":")
    return {"vanaf": vanaf.strip(), "toelichting": uitleg.strip()}


def _eerder(regel: str) -> Any:
    """'Noord; 2025-1; 41,2' or the same with tabs, as a spreadsheet gives it."""
    delen = [d.strip() for d in re.split(r"[;\t]", regel)]
    if len(delen) != 3:
        return regel
    getal = delen[2].replace(",", ".")
    waarde: Any = float(getal) if re.fullmatch(r"-?\d{1,12}(\.\d{1,9})?", getal) else delen[2]
    return {"gebied": delen[0], "periode": delen[1], "waarde": waarde}


def uit_inhoud(inhoud: Mapping[str, Any]) -> f.Plat:
    """The flat form of a recorded plan, to start the next version from."""
    starten, codes = inhoud.get("startperioden") or {}, inhoud.get("codes") or {}
    kenmerken = [
        {"gebied": g, "start": starten.get(g, ""), "code": codes.get(g, "")} for g in dict.fromkeys([*starten, *codes])
    ]
    rijen = [_rij(i) for i in inhoud.get("indicatoren", [])]
    return f.uit_inhoud(MEETPLAN, {**inhoud, "indicatoren": rijen, "gebiedskenmerken": kenmerken})


def _rij(i: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **i,
        "breuken": [f"{b['vanaf']}: {b['toelichting']}" for b in i.get("breuken", [])],
        "eerder": [f"{e['gebied']}; {e['periode']}; {_komma(e['waarde'])}" for e in i.get("eerder", [])],
    }


def _komma(waarde: float) -> str:
    return f"{waarde:.10g}".replace(".", ",")


def met_indicator(plat: f.Plat, keuze: Catalogusindicator) -> f.Plat:
    """The form with one indicator from the catalogue more; the first three become primary, model figures never."""
    rijen = f.rijen(plat, INDICATOREN)
    primair = sum(r.get("primair") == "ja" for r in rijen) < 3 and not keuze.modelcijfers
    nieuw = f.uit_inhoud(MEETPLAN, {"indicatoren": [_rij(keuze.als_indicator(primair=primair))]})
    uit = dict(plat)
    for veld in INDICATOREN.velden:
        naam = f"indicatoren-{veld.naam}"
        uit[naam] = [*(r[veld.naam] for r in rijen), *nieuw[naam]]
    return uit


def heeft(plat: f.Plat, sleutel: str) -> bool:
    return any(r.get("catalogus") == sleutel for r in f.rijen(plat, INDICATOREN))


def met_loting(plat: f.Plat, starten: Mapping[str, str], overig: list[str]) -> f.Plat:
    """The form with the outcome of a lottery: who starts when, and who compares."""
    eerste = min(starten.values())
    apart = {g: p for g, p in starten.items() if p != eerste}
    codes = {r["gebied"]: r.get("code", "") for r in f.rijen(plat, PER_GEBIED) if r.get("code")}
    namen = list(dict.fromkeys([*apart, *codes]))
    vergelijking = [
        g for g in f.tekst(plat, "vergelijkingsgebieden").splitlines() if g.strip() and g.strip() not in starten
    ]
    return {
        **plat,
        "pilotgebieden": "\n".join(starten),
        "vergelijkingsgebieden": "\n".join(dict.fromkeys([*overig, *vergelijking])),
        "keuze_gebieden": "loting" if not apart else "gespreide start",
        "startperiode": eerste,
        "gebiedskenmerken-gebied": namen,
        "gebiedskenmerken-start": [apart.get(g, "") for g in namen],
        "gebiedskenmerken-code": [codes.get(g, "") for g in namen],
    }


def fouten_per_veld(fouten: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Faults at the field of the page: tables that are typed as rows keep their sentence with the name of the area."""
    anders: dict[str, list[str]] = {}
    for plaats, zinnen in fouten.items():
        doel = re.sub(r"^inhoud\.(startperioden|codes)(\..*)?$", "inhoud.gebiedskenmerken", plaats)
        doel = re.sub(r"\.(breuken|eerder)\[\d+\].*$", r".\1", doel)
        anders.setdefault(doel, []).extend(zinnen)
    return f.fouten_per_veld(anders, MEETPLAN)
