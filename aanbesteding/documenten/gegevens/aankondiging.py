"""The rules of a call in words: its dates, its timeline, its criteria. Shared by the documents of the call phase."""

from datetime import datetime
from typing import Any

from ...kern.notatie import datum_lang, opsomming, tijd
from ...overzichten import vind
from ...overzichten.doorgang import Doorgang
from ...overzichten.voorwaarden import letters
from ...procedure import Rol
from ...regels import Regels
from ...termijnen import naar_amsterdam

STAPPEN = (
    ("publicatie", "Bekendmaking van de oproep"),
    ("startbijeenkomst", "Startbijeenkomst"),
    ("vragen_tot", "Laatste moment om vragen te stellen"),
    ("adviesmomenten", "Wij wijzen adviseurs toe"),
    ("sluiting", "Sluiting: uw voorstel is bij ons binnen"),
    ("herstel_tot", "Laatste moment om vergeten onderdelen aan te vullen"),
    ("beoordeling_tot", "De beoordelaars zijn klaar"),
    ("besluit_selectie", "Het college besluit welke voorstellen verdergaan"),
    ("plannen_tot", "Gekozen coalities leveren hun uitgewerkte plan in"),
    ("besluit_plannen", "Het college besluit over de plannen en het geld"),
    ("start_pilots", "De pilots beginnen"),
    ("voortgang", "Verslag over de voortgang"),
    ("metingen", "Meting van het effect"),
    ("afsluiting", "Einde van de ronde"),
)
"""Announced terms with what happens then, for people who take part."""

BALKEN = (
    ("Voorstellen maken", "publicatie", "sluiting"),
    ("Startbijeenkomst", "startbijeenkomst", ""),
    ("Beoordelen", "sluiting", "beoordeling_tot"),
    ("Besluit selectie", "besluit_selectie", ""),
    ("Plannen uitwerken", "besluit_selectie", "plannen_tot"),
    ("Besluit plannen", "besluit_plannen", ""),
    ("Pilots", "start_pilots", "voortgang"),
    ("Effect meten", "metingen", "metingen"),
)

INSTRUMENTEN = {
    "subsidie": "De gemeente verdeelt subsidie. Er is een vast bedrag en iedereen krijgt dezelfde kans.",
    "opdracht": "De gemeente geeft opdrachten. Iedereen krijgt dezelfde kans.",
    "uitdaagrecht": "De gemeente laat inwoners en organisaties een taak overnemen (uitdaagrecht).",
}


def planning(regels: Regels) -> list[dict[str, Any]]:
    """Every announced moment in order of time, with day and hour in words."""
    return [{"dag": datum_lang(m), "tijd": tijd(m), "tekst": woorden} for m, woorden in _momenten(regels)]


def planning_iso(regels: Regels) -> list[dict[str, Any]]:
    """The same moments for a machine: ISO text with the zone of Amsterdam."""
    return [{"moment": naar_amsterdam(m), "stap": woorden} for m, woorden in _momenten(regels)]


def _momenten(regels: Regels) -> list[tuple[datetime, str]]:
    return sorted(
        (m, woorden if len(momenten) == 1 else f"{woorden} ({n} van {len(momenten)})")
        for termijn, woorden in STAPPEN
        for momenten in [vind.momenten(regels, termijn)]
        for n, m in enumerate(momenten, 1)
    )


def tijdlijn(regels: Regels) -> list[dict[str, Any]]:
    """Bars and moments for the timeline chart, as days."""
    rijen = []
    for naam, van, tot in BALKEN:
        begin, eind = vind.momenten(regels, van)[0], vind.momenten(regels, tot)[-1] if tot else ""
        rijen.append({"naam": naam, "van": begin, "tot": eind})
    return rijen


def criteria(regels: Regels) -> list[dict[str, Any]]:
    """Rows for the table of criteria; `drempel` is empty where there is none."""
    return [
        {
            "titel": c.titel,
            "toelichting": c.toelichting,
            "gewicht": c.gewicht,
            "drempel": "" if c.drempel is None else str(c.drempel),
        }
        for c in regels.criteria
    ]


def ankers(regels: Regels) -> dict[str, list[list[str]]]:
    """Criterion → [score, what such a proposal looks like], from low to high."""
    return {c.sleutel: [[s, c.ankers[s]] for s in sorted(c.ankers, key=int)] for c in regels.criteria}


def gelijk_op(regels: Regels) -> list[str]:
    return [regels.criterium(sleutel).titel for sleutel in regels.verdeling.gelijke_stand]


def opgavetitels(regels: Regels) -> dict[str, str]:
    return {o.sleutel: o.titel for o in regels.opgaven}


def commissie(d: Doorgang) -> list[dict[str, Any]]:
    """The assessors without names: letter, function, department, expertise."""
    namen = letters(d.session, d.ronde)
    return [
        {
            "letter": namen[vind.sid(wie.id)],
            "functie": wie.functie,
            "afdeling": wie.afdeling,
            "deskundigheid": opsomming([w.strip() for w in wie.deskundigheid.split(",") if w.strip()]),
        }
        for wie in vind.met_rol(d.session, d.ronde, Rol.BEOORDELAAR)
    ]
