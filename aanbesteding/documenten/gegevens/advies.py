"""Gate advies: a letter per coalition about its adviser, and the report with the proof."""

from collections import defaultdict
from typing import Any

from ...kern.notatie import HARDE_SPATIE
from ...model import Advies, Adviesvraag, Coalitie, Deelnemer
from ...overzichten import dossier, toewijzen, vind
from ...overzichten.doorgang import Doorgang
from ...procedure import Rol
from .aankondiging import opgavetitels
from .basis import Bouwer, Stuk, stuk
from .coalitiebrief import brief

Toegekend = tuple[Advies, Deelnemer]


def _toegekend(d: Doorgang) -> dict[str, list[Toegekend]]:
    """Coalition key → what it has now, including this moment."""
    uit: dict[str, list[Toegekend]] = defaultdict(list)
    for rij, groep, adviseur in toewijzen.adviezen(d.session, d.ronde):
        uit[groep.sleutel].append((rij, adviseur))
    return uit


def toewijzingsbrief(d: Doorgang) -> list[Stuk]:
    """To every coalition whose request was decided at this moment, also when there was no adviser for it."""
    heeft, wie = _toegekend(d), dossier.penvoerders(d.session, d.ronde)
    uit = []
    for vraag, groep in toewijzen.adviesvragen(d.session, d.ronde):
        eigen = heeft[groep.sleutel]
        if eigen and all(rij.ronde_nummer < d.nummer for rij, _ in eigen):
            continue  # told at an earlier moment, and nothing changed
        gegevens = _briefgegevens(d, vraag, groep, eigen)
        titel = f"Uw adviseur voor de ronde {d.ronde.titel}"
        uit.append(brief(d, "toewijzingsbrief", groep, wie[groep.sleutel], gegevens, titel=titel))
    return uit


def _briefgegevens(d: Doorgang, vraag: Adviesvraag, groep: Coalitie, eigen: list[Toegekend]) -> dict[str, Any]:
    spoor, grond = toewijzen.traject(d.session, d.regels, vraag, groep)
    uitleg = next((rij.uitleg for rij, _ in eigen if rij.ronde_nummer == d.nummer), "")
    [sluiting] = vind.momenten(d.regels, "sluiting")
    return {
        "coalitie": {"naam": groep.naam, "opgave": opgavetitels(d.regels)[groep.opgave]},
        "advies": {"traject": spoor, "grond": grond, "uren": sum(rij.uren for rij, _ in eigen), "uitleg": uitleg},
        "adviseurs": [
            {"naam": vind.persoon(d.session, a).naam, "organisatie": a.afdeling, "uren": rij.uren} for rij, a in eigen
        ],
        "voorwaarden": d.regels.advies.voorwaarden,
        "sluiting": sluiting,
    }


def toewijzingsverslag(d: Doorgang) -> list[Stuk]:
    """The allocation of this moment, calculated again as proof. Advisers appear by function, not by name."""
    heeft = _toegekend(d)
    adviseurs = vind.met_rol(d.session, d.ronde, Rol.ADVISEUR)
    namen = {a.sleutel: f"Adviseur {n}" for n, a in enumerate(adviseurs, 1)}
    rijen = [
        _rij(d, vraag, groep, heeft[groep.sleutel], namen)
        for vraag, groep in toewijzen.adviesvragen(d.session, d.ronde)
    ]
    bewijs, klopt = _bewijs(d, heeft)
    gegevens = {
        "nummer": d.nummer,
        "rijen": rijen,
        "adviseurs": [_adviseur(a, heeft, namen) for a in adviseurs],
        "totaal": {"gevraagd": sum(r["gevraagd"] for r in rijen), "gekregen": sum(r["gekregen"] for r in rijen)},
        "trajecten": [
            {"traject": "standaard", "recht": d.regels.advies.uren_standaard},
            {"traject": "uitgebreid", "recht": d.regels.advies.uren_uitgebreid},
        ],
        "bewijs": bewijs,
        "klopt": klopt,
    }
    return [stuk(d, "toewijzingsverslag", gegevens, titel="Toewijzing van adviseurs")]


def _rij(
    d: Doorgang, vraag: Adviesvraag, groep: Coalitie, eigen: list[Toegekend], namen: dict[str, str]
) -> dict[str, Any]:
    spoor, grond = toewijzen.traject(d.session, d.regels, vraag, groep)
    recht = d.regels.advies.uren_uitgebreid if spoor == "uitgebreid" else d.regels.advies.uren_standaard
    return {
        "coalitie": groep.naam,
        "traject": spoor,
        "grond": grond,
        "gevraagd": recht,
        "gekregen": sum(rij.uren for rij, _ in eigen),
        "adviseurs": ", ".join(f"{namen[a.sleutel]} ({rij.uren} uur)".replace(" ", HARDE_SPATIE) for rij, a in eigen),
    }


def _adviseur(a: Deelnemer, heeft: dict[str, list[Toegekend]], namen: dict[str, str]) -> dict[str, Any]:
    gegeven = sum(rij.uren for eigen in heeft.values() for rij, wie in eigen if wie.id == a.id)
    beschikbaar = a.uren or 0
    return {
        "naam": namen[a.sleutel],
        "organisatie": a.afdeling,
        "beschikbaar": beschikbaar,
        "gegeven": gegeven,
        "over": beschikbaar - gegeven,
    }


def _bewijs(d: Doorgang, heeft: dict[str, list[Toegekend]]) -> tuple[list[dict[str, Any]], bool]:
    """Per stage whether the solver proved its optimum, and whether the answer is the one that was booked."""
    uitkomst = toewijzen.bereken_advies(d.session, d.ronde, d.regels, opnieuw=d.nummer)
    if uitkomst is None:
        return [], True
    opnieuw = {(t.coalitie, k.adviseur): k.uren for t in uitkomst.toelichtingen for k in t.koppels}
    geboekt = {(s, a.sleutel): rij.uren for s, eigen in heeft.items() for rij, a in eigen}
    stappen = [{"stap": fase.capitalize(), "bewezen": zeker} for fase, zeker in uitkomst.bewezen.items()]
    return stappen, opnieuw == geboekt


BOUWERS: dict[str, Bouwer] = {"toewijzingsbrief": toewijzingsbrief, "toewijzingsverslag": toewijzingsverslag}
