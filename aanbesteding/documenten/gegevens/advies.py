"""Gate advies: a letter per coalition about its adviser, and the report with the proof."""

from collections import defaultdict
from typing import Any

from ...kern.adviestoewijzing import FASEN, Adviesuitkomst
from ...kern.notatie import HARDE_SPATIE, meervoud
from ...model import Advies, Adviesvraag, Coalitie, Deelnemer
from ...overzichten import dossier, toewijzen, vind
from ...overzichten.doorgang import Doorgang
from ...procedure import Rol
from ..opdracht import Bijlage
from . import procesbijlagen
from .aankondiging import opgavetitels
from .basis import Bouwer, Stuk, stuk
from .coalitiebrief import brief

Toegekend = tuple[Advies, Deelnemer]
KOLOMMEN = ("coalitie", "traject", "grond", "gevraagd", "gekregen", "adviseurs")


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
    gegeven = [_adviseur(a, heeft, namen) for a in adviseurs]
    gegevens = {
        "nummer": d.nummer,
        "rijen": rijen,
        "adviseurs": gegeven,
        "totaal": {"gevraagd": sum(r["gevraagd"] for r in rijen), "gekregen": sum(r["gekregen"] for r in rijen)},
        "trajecten": [
            {"traject": "standaard", "recht": d.regels.advies.uren_standaard},
            {"traject": "uitgebreid", "recht": d.regels.advies.uren_uitgebreid},
        ],
        "belasting": [{"naam": a["naam"], "aantal": a["gegeven"]} for a in gegeven],
        "bewijs": bewijs,
        "klopt": klopt,
    }
    return [stuk(d, "toewijzingsverslag", gegevens, titel="Toewijzing van adviseurs", bijlagen=_bijlagen(gegevens))]


def _bijlagen(gegevens: dict[str, Any]) -> tuple[Bijlage, ...]:
    """The allocation as a table, and with its input and proof; advisers by number."""
    delen = ("nummer", "rijen", "adviseurs", "trajecten", "totaal", "bewijs", "klopt")
    alles = {"soort": "toewijzing van adviseurs", "blok_uren": toewijzen.BLOK} | {k: gegevens[k] for k in delen}
    # a one-person firm often bears the adviser's name
    alles["adviseurs"] = [{k: v for k, v in a.items() if k != "organisatie"} for a in gegevens["adviseurs"]]
    return (
        procesbijlagen.tabel("advies", gegevens["rijen"], "De uren per coalitie, zonder namen van mensen", KOLOMMEN),
        procesbijlagen.bestand("advies", alles, "Invoer, uitkomst en bewijs van de verdeling, zonder namen van mensen"),
    )


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
    waarden = _waarden(uitkomst)
    stappen = [
        {"stap": fase.capitalize(), "waarde": waarden[fase], "bewezen": zeker}
        for fase, zeker in uitkomst.bewezen.items()
    ]
    return stappen, opnieuw == geboekt


def _waarden(uitkomst: Adviesuitkomst) -> dict[str, str]:
    """What the allocation reached in each stage of FASEN, in words."""
    tekort = [t.gevraagd - t.toegewezen for t in uitkomst.toelichtingen]
    koppels = [k for t in uitkomst.toelichtingen for k in t.koppels]
    reeks = (
        f"{max(tekort, default=0)} uur",
        f"{sum(tekort)} uur",
        f"{sum(k.uren for k in koppels if k.expertise)} uur",
        meervoud(len(koppels), "koppel", "koppels"),
    )
    return dict(zip(FASEN, reeks, strict=True))


BOUWERS: dict[str, Bouwer] = {"toewijzingsbrief": toewijzingsbrief, "toewijzingsverslag": toewijzingsverslag}
