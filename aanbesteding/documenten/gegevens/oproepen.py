"""From the first memo to the answers: collegevoorstel start, call, invitations, start meeting, nota."""

from datetime import datetime
from typing import Any

from ...kern.notatie import HARDE_SPATIE, datum_tijd, getal
from ...model import Vraag
from ...overzichten import dossier, oproepfase, vind
from ...overzichten.doorgang import Doorgang
from ...post.agenda import startbijeenkomst_ics
from ...regels import Regels
from ...termijnen import amsterdam, naar_amsterdam
from . import advies, collegebijlagen, inzending, procesbijlagen, protocol
from .aankondiging import (
    INSTRUMENTEN,
    STAPPEN,
    ankers,
    commissie,
    criteria,
    gelijk_op,
    planning,
    planning_iso,
    tijdlijn,
)
from .basis import Adres, Bouwer, Stuk, regels_gegevens, stuk
from .college import dag_van, voorstelgegevens, voorstelstuk
from .geldend_recht import openbaarheidswet

PLANNING = ("moment", "stap")
REGELNAMEN = {
    "termijnen.startbijeenkomst": "De startbijeenkomst is op",
    "termijnen.startbijeenkomst_plaats": "De plaats van de startbijeenkomst",
    "termijnen.vragen_tot": "Vragen stellen kan tot",
    "termijnen.adviesmomenten": "Adviseurs toewijzen op",
    "termijnen.sluiting": "De termijn sluit op",
    "termijnen.herstel_tot": "Aanvullen kan tot",
    "termijnen.belangen_tot": "Belangen verklaren kan tot",
    "termijnen.beoordeling_tot": "De beoordeling is klaar op",
    "termijnen.besluit_selectie": "Het college besluit over de selectie op",
    "termijnen.plannen_tot": "Plannen inleveren kan tot",
    "termijnen.besluit_plannen": "Het college besluit over de plannen op",
    "termijnen.start_pilots": "De pilots starten op",
    "indienen.maximum_woorden": "Het hoogste aantal woorden",
    "indienen.minimaal_partners": "Het laagste aantal partners",
    "indienen.kanaal": "Zo dient u in",
    "indienen.papier": "Indienen op papier",
    "advies.uren_standaard": "Uren advies, traject standaard",
    "advies.uren_uitgebreid": "Uren advies, traject uitgebreid",
    "advies.voorwaarden": "Voorwaarden bij het advies",
}
"""Rules that a nota changes most, in words; any other rule is printed with its key."""


def collegevoorstel_start(d: Doorgang) -> list[Stuk]:
    """The memo that asks the college to release the call, on a day before the announced publication."""
    gegevens = voorstelgegevens(d, "startvoorstel", vergadering=None, stappen=STAPPEN)
    gegevens["voorstel"]["uiterlijk"] = dag_van(d, "publicatie")
    regels = regels_gegevens(d.regels)
    gegevens["oproep"] = {k: regels[k] for k in ("opgaven", "criteria", "verdeling")}
    titel = f"Vrijgave van de ronde {d.ronde.titel}"
    return [voorstelstuk(d, "collegevoorstel-start", gegevens, titel, collegebijlagen.oproep(regels))]


def oproep(d: Doorgang) -> list[Stuk]:
    """The call itself, with every rule that was frozen at this gate."""
    besluit, _ = dossier.besluit(d.session, d.ronde, "vrijgave")
    gegevens = {
        "regels": regels_gegevens(d.regels),
        "vastgesteld": {"op": besluit.genomen_op, "door": f"het {d.regels.ronde.bestuursorgaan}"},
        "instrument": INSTRUMENTEN[d.regels.ronde.instrument],
        "gelijk_op": gelijk_op(d.regels),
        "criteria": criteria(d.regels),
        "ankers": ankers(d.regels),
        "planning": planning(d.regels),
        "tijdlijn": tijdlijn(d.regels),
        "commissie": [r | {"letter": r["letter"].replace(" ", HARDE_SPATIE)} for r in commissie(d)],
        "openbaarheidswet": openbaarheidswet(naar_amsterdam(d.nu).date()),
    }
    extra = (
        procesbijlagen.regels(d),
        procesbijlagen.tabel("planning", planning_iso(d.regels), "Alle datums en tijden van de ronde", PLANNING),
    )
    return [stuk(d, "oproep", gegevens, titel=d.ronde.titel, bijlagen=extra)]


def uitnodiging(d: Doorgang) -> list[Stuk]:
    """A letter with a calendar file to every organisation of the round."""
    regels, titel = regels_gegevens(d.regels), f"Uitnodiging voor de ronde {d.ronde.titel}"
    agenda = startbijeenkomst_ics(d.regels, d.ronde.kenmerk)
    uit = []
    for organisatie, persoon in oproepfase.uitgenodigden(d.session, d.ronde):
        venster = {
            "organisatie": organisatie.naam,
            "naam": persoon.naam,
            "adres": organisatie.adres,
            "postcode": organisatie.postcode,
            "plaats": organisatie.plaats,
        }
        gegevens = {"regels": regels, "geadresseerde": venster}
        aan = (Adres(persoon.naam, persoon.email),)
        uit.append(stuk(d, "uitnodiging", gegevens, titel=titel, bij=organisatie.sleutel,
                        ontvanger=organisatie.naam, aan=aan, bericht="uitnodiging", agenda=agenda))  # fmt: skip
    return uit


def verslag_startbijeenkomst(d: Doorgang) -> list[Stuk]:
    """Once, with the first nota: counts per kind of organisation, no names. [] when nothing was recorded."""
    rij = oproepfase.bijeenkomst(d.session, d.ronde)
    if rij is None or d.nummer != 1:
        return []
    [moment] = vind.momenten(d.regels, "startbijeenkomst")
    geteld = sorted(rij.aanwezig.items(), key=lambda paar: (-paar[1], paar[0]))
    aanwezig = [{"soort": soort.capitalize(), "aantal": n} for soort, n in geteld]
    gegevens = {
        "bijeenkomst": {
            "moment": moment,
            "plaats": rij.plaats,
            "verslag": rij.verslag,
            "totaal": sum(rij.aanwezig.values()),
        },
        "aanwezig": aanwezig,
        "vragen": rij.vragen,
        "vragen_tot": _volgende_vragenronde(d),
    }
    omschrijving = "Hoeveel mensen er waren per soort organisatie, zonder namen"
    extra = (procesbijlagen.tabel("aanwezig", aanwezig, omschrijving, ("soort", "aantal")),)
    return [stuk(d, "verslag-startbijeenkomst", gegevens, titel="Verslag van de startbijeenkomst", bijlagen=extra)]


def nota_van_inlichtingen(d: Doorgang) -> list[Stuk]:
    """One document for all organisations: everyone gets all answers at the same moment (domein.md D3)."""
    vragen = oproepfase.vragen_in_nota(d.session, d.ronde, d.nummer)
    versies = dossier.regelversies(d.session, d.ronde)
    wijzigingen = _wijzigingen(vragen, Regels.model_validate(versies[-2].regels) if len(versies) > 1 else d.regels)
    [sluiting] = vind.momenten(d.regels, "sluiting")
    adressen = [Adres(p.naam, p.email) for _, p in oproepfase.uitgenodigden(d.session, d.ronde)]
    gegevens: dict[str, Any] = {
        "nummer": d.nummer,
        "regelversie": versies[-1].versie,
        "vorige_hash": versies[-2].hash if len(versies) > 1 and wijzigingen else "",
        "vragen": [_vraag(v) for v in vragen],
        "wijzigingen": wijzigingen,
        "termijn_wijzigt": any(v.wijziging.get("sleutel", "").startswith("termijnen.") for v in vragen),
        "sluiting": sluiting,
        "verzonden_aan": len(adressen),
        "volgende": _volgende_vragenronde(d),
    }
    titel = f"Nota van inlichtingen {d.nummer}"
    nota = gegevens | {"soort": "nota van inlichtingen", "bekendgemaakt_op": d.nu}
    nota["regels_hash"] = vind.regels_hash(d.session, d.ronde)
    extra = (procesbijlagen.bestand("nota", nota, "De vragen en antwoorden, zonder vragers"), procesbijlagen.regels(d))
    return [
        stuk(d, "nota-van-inlichtingen", gegevens, titel=titel, aan=tuple(adressen), bericht="nota", bijlagen=extra)
    ]


def _volgende_vragenronde(d: Doorgang) -> datetime | str:
    """The next announced deadline for questions after this gate's own; empty after the last."""
    return next((m for m in vind.momenten(d.regels, "vragen_tot")[d.nummer :] if m > d.nu), "")


def _vraag(v: Vraag) -> dict[str, Any]:
    velden = {"nummer": v.nummer, "onderwerp": v.onderwerp, "tekst": v.tekst, "antwoord": v.antwoord}
    return velden | {"wijziging": bool(v.wijziging)}


def _wijzigingen(vragen: list[Vraag], oud: Regels) -> list[dict[str, Any]]:
    eerder = oud.model_dump(mode="json")
    uit = []
    for v in vragen:
        if v.wijziging:
            sleutel = v.wijziging["sleutel"]
            was, wordt = _woord(_op_pad(eerder, sleutel)), _woord(v.wijziging["waarde"])
            regel = {"vraag": v.nummer, "regel": REGELNAMEN.get(sleutel, sleutel)}
            uit.append(regel | {"oud": was, "nieuw": wordt, "toelichting": v.wijziging["toelichting"]})
    return uit


def _op_pad(gegevens: dict[str, Any], sleutel: str) -> Any:
    waarde: Any = gegevens
    for deel in sleutel.split("."):
        waarde = waarde[deel]
    return waarde


def _woord(waarde: Any) -> str:
    """A rule's value for people: moments, numbers, lists and yes or no in Dutch."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return "; ".join(_woord(deel) for deel in waarde)
    if isinstance(waarde, int | float):
        return getal(waarde)
    return _moment_of_tekst(str(waarde))


def _moment_of_tekst(tekst: str) -> str:
    """Rules hold local times without zone as ISO text; anything else is printed as it is."""
    try:
        moment = datetime.fromisoformat(tekst)
    except ValueError:
        return tekst
    return datum_tijd(amsterdam(moment.date(), moment.time()))


BOUWERS: dict[str, Bouwer] = {
    "collegevoorstel-start": collegevoorstel_start,
    "oproep": oproep,
    "uitnodiging": uitnodiging,
    "verslag-startbijeenkomst": verslag_startbijeenkomst,
    "nota-van-inlichtingen": nota_van_inlichtingen,
    **advies.BOUWERS,
    **inzending.BOUWERS,
    **protocol.BOUWERS,
}
