"""The rules of a round as forms, one per part; and the way from typed text to rules and back.

A name is the path in the rules ('verdeling.schaal.laagste'). Moments are typed as people write them
('1 februari 2027, 12.00 uur'), anchors as one line per score ('8: duidelijk en te meten').
"""

# ruff: noqa: E501  # a form reads best with one field on one line

import copy
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ..kern.notatie import MAANDEN
from ..kern.sleutelnaam import sleutel_van
from ..ledenlijsten import TEAMROLLEN
from . import invulformulier as f
from .invulformulier import Deel, Rijen, Veld
from .rolwoorden import ROL

REGEL = "Eén op een regel."
MOMENT = "Bijvoorbeeld 1 februari 2027, 12.00 uur."
JA_NEE = (("ja", "Ja"), ("nee", "Nee"))
VORMEISEN = (("samenvatting", "Samenvatting"), ("begroting", "Begroting"), ("partnerverklaring", "Verklaring van elke partner"),
             ("inwoners", "Rol van inwoners"), ("planning", "Planning"), ("penvoerder", "Penvoerder"))  # fmt: skip
V = Veld

DELEN: dict[str, Deel] = {d.sleutel: d for d in (
    Deel("kop", "De ronde", (
        V("ronde.titel", "Titel van de oproep"), V("ronde.zaaknummer", "Zaaknummer"),
        V("ronde.instrument", "Hoe geeft u het geld?", "keuze", opties=(("subsidie", "Subsidie"), ("opdracht", "Opdracht"), ("uitdaagrecht", "Uitdaagrecht"))),
        V("ronde.grondslag", "Wetten en regels waarop u dit baseert", "regels", REGEL, regels=4),
        V("ronde.bestuursorgaan", "Wie besluit?", "keuze", opties=(("college", "Het college"), ("raad", "De raad"), ("burgemeester", "De burgemeester"))),
        V("ronde.afdeling", "Afdeling die de ronde leidt"), V("ronde.vindplaats", "Waar maakt u de oproep bekend?"),
        V("ronde.aanleiding", "Waarom deze ronde?", "lang", "Drie tot zes korte zinnen."),
        V("ronde.beoogd_effect", "Wat is er straks anders voor inwoners?", "lang", "Noem hoeveel en wanneer.", regels=4),
        V("ronde.contact.email", "E-mailadres voor vragen"), V("ronde.contact.telefoon", "Telefoonnummer"), V("ronde.contact.adres", "Postadres"),
        V("ronde.verantwoording", "Wat is echt en wat is verzonnen?", "lang", "Alleen bij een oefening. Dit komt op elk document.", verplicht=False, regels=3),
    )),
    Deel("opgaven", "De vragen aan de stad", (
        Rijen("opgaven", "Vragen", "Vraag", (
            V("titel", "Korte naam van het probleem"), V("vraag", "De vraag aan de stad, met een vraagteken", "lang", regels=3),
            V("doelgroep", "Voor wie?", hulp="Met leeftijd of situatie."), V("gebied", "In welke wijken?"),
            V("uitkomst", "Wat moet er voor inwoners veranderen?"), V("richting", "Van hoeveel naar hoeveel, en in welk jaar?"),
            V("meetwijze", "Waarmee meet u dat, en hoe vaak?"), V("nulstand", "Hoe staat het er nu voor, met bron?"),
            V("afbakening", "Wat hoort er niet bij?"), V("sleutel", "Korte naam in adressen", hulp="Leeg: wij maken die van de naam.", verplicht=False),
        )),
    ), "Een scherpe vraag geeft betere voorstellen dan een open vraag. Noem het probleem en niet de oplossing."),
    Deel("criteria", "Criteria en scores", (
        Rijen("criteria", "Criteria", "Criterium", (
            V("titel", "Naam"), V("gewicht", "Gewicht in procenten", "getal"), V("toelichting", "Waar let u op?", "lang", regels=3),
            V("ankers", "Wat betekent elke score?", "regels", "Eén score op een regel, bijvoorbeeld: 8: duidelijk en te meten.", regels=5),
            V("drempel", "Minimale score", "getal", verplicht=False),
            V("sleutel", "Korte naam", hulp="Leeg: wij maken die van de naam.", verplicht=False),
        )),
        V("verdeling.schaal.laagste", "Laagste score", "getal"), V("verdeling.schaal.hoogste", "Hoogste score", "getal"), V("verdeling.schaal.stap", "Stap", "getal"),
        V("verdeling.score_op", "Welke score telt?", "keuze", opties=(("consensus", "De score die de beoordelaars samen afspreken"), ("gemiddelde", "Het gemiddelde"))),
        V("verdeling.ontbrekende_score", "En als er een score ontbreekt?", "keuze", opties=(("blokkeert", "Dan wachten wij"), ("gemiddelde van de andere beoordelaars", "Dan telt het gemiddelde van de anderen"))),
        V("verdeling.drempel_totaal", "Minimaal totaal", "decimaal", verplicht=False),
        V("verdeling.gelijke_stand", "Wat beslist bij gelijke stand?", "regels", "De korte naam van een criterium per regel, in volgorde. Daarna beslist het lot.", verplicht=False, regels=3),
        V("verdeling.spreiding_bespreken", "Bij welk verschil praten beoordelaars verplicht?", "getal"),
    ), "De gewichten zijn samen 100. Na de oproep kan hier niets meer aan veranderen."),
    Deel("geld", "Plaatsen en geld", (
        V("verdeling.aantal", "Hoeveel voorstellen kiest u?", "getal"), V("verdeling.plafond_euro", "Subsidieplafond in hele euro’s", "getal"),
        V("verdeling.maximum_per_voorstel_euro", "Hoogste bedrag per voorstel in hele euro’s", "getal"),
        V("verdeling.loting_bronnen", "Uit welke openbare trekking komt het lot?", "regels", REGEL + " Met de datum, na de beoordeling.", verplicht=False, regels=3),
        Rijen("financien", "Waar komt het geld vandaan?", "Regel", (
            V("omschrijving", "Waarvoor"), V("bedrag_euro", "Bedrag in hele euro’s", "getal"), V("jaar", "Jaar", "getal"), V("taakveld", "Taakveld"),
            V("dekking", "Waar komt het vandaan?"), V("oud_voor_nieuw", "Komt het uit gewoon budget (oud voor nieuw)?", "vink", opties=JA_NEE),
            V("structureel", "Is het elk jaar?", "vink", opties=(("nee", "Nee"), ("ja", "Ja"))),
        )),
    ), "Maassluis gaf geen extra geld: oud werk maakte plaats voor nieuw."),
    Deel("termijnen", "Datums", (
        V("termijnen.publicatie", "De oproep verschijnt", hulp=MOMENT), V("termijnen.startbijeenkomst", "Startbijeenkomst"), V("termijnen.startbijeenkomst_plaats", "Waar is de startbijeenkomst?"),
        V("termijnen.vragen_tot", "Laatste momenten voor vragen", "regels", REGEL, regels=3), V("termijnen.adviesmomenten", "Wanneer verdeelt u de adviseurs?", "regels", REGEL, verplicht=False, regels=3),
        V("termijnen.sluiting", "Sluiting"), V("termijnen.herstel_tot", "Aanvullen kan tot"), V("termijnen.belangen_tot", "Beoordelaars melden belangen tot"),
        V("termijnen.beoordeling_tot", "Beoordelaars zijn klaar op"), V("termijnen.besluit_selectie", "Het college kiest op"), V("termijnen.plannen_tot", "Plannen inleveren tot"),
        V("termijnen.besluit_plannen", "Het college besluit over de plannen op"), V("termijnen.start_pilots", "De pilots beginnen op"),
        V("termijnen.voortgang", "Verslagen over de voortgang", "regels", REGEL, regels=4), V("termijnen.metingen", "Metingen, te beginnen met de nulmeting", "regels", REGEL, regels=6),
        V("termijnen.afsluiting", "Einde van de ronde"),
    ), "Wij stelden werkdagen voor, buiten de schoolvakanties. U mag ze veranderen."),
    Deel("indienen", "Indienen", (
        V("indienen.wie", "Wie mag indienen?", "regels", REGEL, regels=3), V("indienen.minimaal_partners", "Minimaal aantal partners", "getal"),
        V("indienen.maximum_woorden", "Hoogste aantal woorden", "getal"), V("indienen.kanaal", "Hoe dienen zij in?"), V("indienen.papier", "En op papier?"),
        Rijen("indienen.vormvereisten", "Wat moet erin zitten?", "Onderdeel", (
            V("sleutel", "Onderdeel", "keuze", opties=VORMEISEN), V("titel", "Zo noemt u het"), V("herstelbaar", "Mag het later worden aangevuld?", "vink", opties=JA_NEE),
        )),
    )),
    Deel("advies", "Gratis advies", (
        V("advies.uren_standaard", "Uren per coalitie", "getal"), V("advies.uren_uitgebreid", "Uren in het uitgebreide traject", "getal"),
        V("advies.soorten_uitgebreid", "Wie krijgt het uitgebreide traject?", "regels", REGEL + " Soorten organisaties, bijvoorbeeld vereniging.", verplicht=False, regels=3),
        V("advies.actie_grens", "Uitgebreid bij zoveel punten of minder op de ACTIE-scan", "getal", hulp="Van 5 tot 25 punten."), V("advies.voorwaarden", "Voorwaarden", "lang", regels=3),
    )),
    Deel("beoordelen", "Beoordelen", (
        V("beoordeling.per_voorstel", "Beoordelaars per voorstel", "getal", hulp="Leeg: iedereen leest alles.", verplicht=False),
        V("beoordeling.maximum_per_beoordelaar", "Hoogste aantal voorstellen per beoordelaar", "getal", verplicht=False),
        V("beoordeling.minimum_afdelingen", "Uit hoeveel afdelingen komen zij ten minste?", "getal"),
        V("beoordeling.startgetal", "Een zin die u vooraf bekendmaakt", hulp="Daaruit volgt elke willekeurige volgorde in de ronde. Zo kan iedereen die narekenen."),
        V("beoordeling.minimum_woorden_motivering", "Minimaal aantal woorden bij een score", "getal"),
    )),
    Deel("team", "Het team", (
        Rijen("mensen", "Mensen", "Persoon", (
            V("naam", "Naam"), V("rol", "Rol", "keuze", opties=tuple((r.value, ROL[r.value]) for r in TEAMROLLEN)), V("email", "E-mailadres"),
            V("functie", "Functie", verplicht=False), V("afdeling", "Afdeling", verplicht=False), V("telefoon", "Telefoon", verplicht=False),
        ), hulp="U bent zelf projectleider. Beoordelaars, adviseurs en organisaties voegt u toe als de ronde is gemaakt.", verplicht=False),
    )),
)}  # fmt: skip
MOMENTVELDEN = {v.naam for v in f.alle_velden([DELEN["termijnen"]]) if isinstance(v, Veld)} - {
    "termijnen.startbijeenkomst_plaats"
}


def naar_regels(deel: Deel, plat: f.Plat, regels: Mapping[str, Any]) -> dict[str, Any]:
    """The rules with this part as it was typed; what cannot be read stays text, so that the check can name it."""
    uit = copy.deepcopy(dict(regels))
    inhoud = f.naar_inhoud([deel], plat)
    for veld in deel.velden:
        pad = veld.naam.split(".")
        waarde = f.haal(inhoud, pad)
        if veld.naam in MOMENTVELDEN:
            waarde = [lees_moment(w) for w in waarde] if isinstance(waarde, list) else lees_moment(waarde or "")
        if isinstance(veld, Rijen):
            waarde = [_rij(veld.naam, r) for r in waarde or []]
            waarde = _met_sleutels(waarde) if veld.naam in ("opgaven", "criteria") else waarde
        _zet(uit, pad, waarde)
    return uit


def _zet(uit: dict[str, Any], pad: list[str], waarde: Any) -> None:
    """An empty number or choice leaves the key out: then the default of the rules counts."""
    for deel in pad[:-1]:
        uit = uit.setdefault(deel, {})
    if waarde is None:
        uit.pop(pad[-1], None)
    else:
        uit[pad[-1]] = waarde


def _rij(naam: str, rij: dict[str, Any]) -> dict[str, Any]:
    uit = dict(rij)
    if naam == "criteria":
        uit["ankers"] = _ankers(uit.get("ankers") or [])
    return uit


def _ankers(regels: list[str]) -> dict[str, str]:
    """'8: duidelijk' → {'8': 'duidelijk'}; a line without a score keeps its text as key, so that the check names it."""
    paren = (re.match(r"\s*(\d+)\s*[:=.\-–]\s*(.+)", r) for r in regels)
    return {(m.group(1) if m else r): (m.group(2).strip() if m else "") for m, r in zip(paren, regels, strict=True)}


def _met_sleutels(rijen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    bezet = {r["sleutel"] for r in rijen if r.get("sleutel")}
    for r in rijen:
        if not r.get("sleutel") and r.get("titel"):
            r["sleutel"] = sleutel_van(r["titel"], bezet)
            bezet.add(r["sleutel"])
    return rijen


def uit_regels(deel: Deel, regels: Mapping[str, Any]) -> f.Plat:
    """The flat text of a part, to show in its form."""
    zicht = copy.deepcopy(dict(regels))
    for c in zicht.get("criteria") or []:
        c["ankers"] = [f"{k}: {w}" for k, w in sorted(c.get("ankers", {}).items(), key=_op_getal)]
    plat = f.uit_inhoud([deel], zicht)
    for naam in MOMENTVELDEN & set(plat):
        plat[naam] = "\n".join(toon_moment(r) for r in str(plat[naam]).splitlines())
    return plat


def _op_getal(paar: tuple[str, str]) -> tuple[int, str]:
    return (int(paar[0]) if paar[0].isdigit() else 999, paar[0])


WOORDEN = {naam: n for n, naam in enumerate(MAANDEN, 1)}


def lees_moment(tekst: str) -> str:
    """'1 februari 2027, 12.00 uur', '01-02-2027 12:00' and ISO become ISO; what is no moment stays as typed."""
    kaal = tekst.strip().lower()
    m = re.fullmatch(r"(\d{1,2})[-/ ]([a-z]+|\d{1,2})[-/ ](\d{4})(?:,| om|)\s*(\d{1,2})[.:](\d{2})(?:\s*uur)?", kaal)
    if m is None:
        return (
            tekst.strip().upper().replace(" ", "T", 1)
            if re.fullmatch(r"\d{4}-\d\d-\d\d[ t]\d\d:\d\d(:\d\d)?", kaal)
            else tekst.strip()
        )
    dag, maand, jaar, uur, minuut = m.groups()
    nummer = int(maand) if maand.isdigit() else WOORDEN.get(maand, 0)
    try:
        return datetime.fromisoformat(f"{jaar}-{nummer:02d}-{int(dag):02d}T{int(uur):02d}:{minuut}:00").isoformat()
    except ValueError:
        return tekst.strip()


def toon_moment(tekst: str) -> str:
    """ISO as people write it; anything else as it was typed."""
    try:
        m = datetime.fromisoformat(tekst)
    except ValueError:
        return tekst
    return f"{m.day} {MAANDEN[m.month - 1]} {m.year}, {m:%H.%M} uur"


def veld_van(plaats: str) -> str:
    """'criteria[1].gewicht' → 'criteria-1-gewicht' and 'termijnen.vragen_tot[2]' → 'termijnen.vragen_tot': ids here."""
    eigen = re.sub(r"\[(\d+)\]\.?", r"-\1-", plaats).strip("-")
    for veld in (v for d in DELEN.values() for v in d.velden):
        if eigen == veld.naam or eigen.startswith((f"{veld.naam}-", f"{veld.naam}.")):
            return re.sub(r"(-\d+-\w+).*", r"\1", eigen) if isinstance(veld, Rijen) else veld.naam
    return eigen


def naar_mensen(deel: Deel, plat: f.Plat, mensen: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The people of a draft with this team; assessors and advisers that were copied along stay."""
    eigen = f.naar_inhoud([deel], plat).get("mensen", [])
    oud = {(m.get("email"), m.get("rol")): m for m in mensen}
    rest = [dict(m) for m in mensen if m.get("rol") not in {r.value for r in TEAMROLLEN}]
    return [{**oud.get((m.get("email"), m.get("rol")), {}), **m} for m in eigen] + rest


def teamleden(mensen: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [m for m in mensen if m.get("rol") in {r.value for r in TEAMROLLEN}]
