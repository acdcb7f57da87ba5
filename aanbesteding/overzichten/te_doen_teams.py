"""Tasks of the people who lead, guard and decide: what keeps a gate shut, and steps that wait for a second person."""

from collections import Counter
from datetime import datetime, timedelta

from sqlmodel import col, select

from ..kern.notatie import meervoud
from ..model import Collegevraag, Deelnemer
from ..procedure import Poort, Rol
from ..regels import Regels
from . import vind
from .kluis import BEVESTIG_BINNEN, lopend_voornemen
from .stand import Poortstand
from .taken import Taak, Tafel
from .voorwaarden import Blokkade

VOORAF = timedelta(days=30)
"""Progress and measurements come back for years: they are due from this long before their moment."""

PLEK: dict[str, tuple[str, str]] = {
    "vraagtoets": ("samenstellen", "Maak de vraag scherper"),
    "termijnen_kloppen": ("samenstellen", "Pas de datums aan"),
    "team_compleet": ("leiden/mensen", "Bekijk het team"),
    "uitnodigingen_klaar": ("leiden/mensen", "Voeg organisaties toe"),
    "advies_mogelijk": ("leiden/mensen", "Voeg een adviseur toe"),
    "collegetekst_start": ("collegeteksten/startvoorstel", "Schrijf de tekst"),
    "collegetekst_selectie": ("collegeteksten/selectie", "Schrijf de tekst"),
    "collegetekst_plannen": ("collegeteksten/plannen", "Schrijf de tekst"),
    "besluit_vrijgave": ("college", "Lees het stuk en besluit"),
    "besluit_selectie": ("college", "Lees het stuk en besluit"),
    "besluit_plannen": ("college", "Lees het stuk en besluit"),
    "voorstellen_ontvangen": ("college", "Bekijk wat het college kan doen"),
    "vragen_beantwoord": ("vragen", "Beantwoord de vragen"),
    "kluis_geopend": ("kluis", "Open de kluis"),
    "vorm_beoordeeld": ("kluis/vorm", "Toets op vorm"),
    "belangen_verklaard": ("leiden/toewijzing", "Bekijk de verklaringen"),
    "toewijzing_mogelijk": ("leiden/toewijzing", "Bekijk de toewijzing"),
    "scores_vergrendeld": ("leiden/toewijzing", "Bekijk de voortgang"),
    "consensus_compleet": ("overleg", "Leg de gezamenlijke scores vast"),
    "oordelen_geschreven": ("overleg", "Schrijf de oordelen"),
    "loting_getrokken": ("toezicht/loting", "Trek het lot"),
    "vergewis_ondertekend": ("toezicht/vergewisverklaring", "Onderteken de verklaring"),
    "plannen_beoordeeld": ("leiden/plannen", "Beoordeel de plannen"),
    "meetplannen_klaar": ("meetplan", "Maak het meetplan"),
    "voortgang_ingeleverd": ("leiden/herinneren", "Stuur een herinnering"),
    "metingen_compleet": ("meting", "Vul de metingen in"),
    "duiding_geschreven": ("duiding", "Schrijf de duiding"),
    "evaluatie_geschreven": ("evaluatie", "Schrijf de evaluatie"),
}
"""Condition → (page below /werk/<kenmerk>/ that mends it, what the link says)."""

TERMIJN: dict[str, str] = {
    "besluit_vrijgave": "publicatie",
    "collegetekst_start": "publicatie",
    "belangen_verklaard": "belangen_tot",
    "toewijzing_mogelijk": "belangen_tot",
    "scores_vergrendeld": "beoordeling_tot",
    "consensus_compleet": "beoordeling_tot",
    "oordelen_geschreven": "beoordeling_tot",
    "loting_getrokken": "besluit_selectie",
    "vergewis_ondertekend": "besluit_selectie",
    "collegetekst_selectie": "besluit_selectie",
    "besluit_selectie": "besluit_selectie",
    "plannen_beoordeeld": "besluit_plannen",
    "meetplannen_klaar": "besluit_plannen",
    "collegetekst_plannen": "besluit_plannen",
    "besluit_plannen": "besluit_plannen",
}
"""Condition → the announced moment by which it should be met, where its gate has no moment of its own."""


STREEF: dict[Poort, str] = {
    Poort.TOEWIJZING: "belangen_tot",
    Poort.BEOORDELING: "beoordeling_tot",
    Poort.LOTING: "besluit_selectie",
    Poort.VOORDRACHT: "besluit_selectie",
    Poort.SELECTIE: "besluit_selectie",
    Poort.PLANNEN: "plannen_tot",
    Poort.START: "besluit_plannen",
}
"""Gate without a moment of its own → the announced moment by which it should be passed."""


def streefdatums(regels: Regels) -> dict[Poort, datetime]:
    return {poort: vind.momenten(regels, termijn)[-1] for poort, termijn in STREEF.items()}


def tot_wanneer(t: Tafel, p: Poortstand, b: Blokkade) -> datetime | None:
    return t.moment(TERMIJN[b.voorwaarde]) if b.voorwaarde in TERMIJN else p.moment


def uit_blokkades(t: Tafel, houders: dict[Rol, list[Deelnemer]]) -> list[Taak]:
    """One task per blocker for everybody with the role that can mend it. Assessors, penvoerders and partners have
    lists of their own, that know who exactly is meant."""
    uit = []
    for p in t.lopend.values():
        if _nog_te_vroeg(t, p):
            continue
        for b in _nu_aan_de_beurt(p):
            pad, knop = PLEK[b.voorwaarde]
            merk = f"{p.poort.value}-{p.volgnummer}:{b.voorwaarde}"
            uit += [
                Taak(vind.sid(d.id), b.wie, merk, b.tekst, pad, knop, tot_wanneer(t, p, b))
                for d in houders.get(b.wie, [])
                if b.wie in (Rol.PROJECTLEIDER, Rol.JURIST, Rol.WETHOUDER, Rol.VOORZITTER)
            ]
    return uit


def _nog_te_vroeg(t: Tafel, p: Poortstand) -> bool:
    terugkerend = p.poort in (Poort.VOORTGANG, Poort.EFFECTMETING, Poort.AFSLUITING)
    return terugkerend and p.moment is not None and t.nu < p.moment - VOORAF


def _nu_aan_de_beurt(p: Poortstand) -> list[Blokkade]:
    """The chair cannot agree on scores while some are not locked: that waits for the assessors."""
    namen = {b.voorwaarde for b in p.blokkades}
    wacht = {"consensus_compleet", "oordelen_geschreven"} if "scores_vergrendeld" in namen else set()
    return [b for b in p.blokkades if b.voorwaarde not in wacht]


def vier_ogen(t: Tafel, houders: dict[Rol, list[Deelnemer]]) -> list[Taak]:
    """Who can confirm the opening of the vault, while somebody proposed it."""
    if not t.tussen(Poort.SLUITING, Poort.OPENING):
        return []
    rij = lopend_voornemen(t.session, t.ronde, t.nu)
    if rij is None:
        return []
    tot, tekst = rij.gemaakt_op + BEVESTIG_BINNEN, "Open de kluis samen met de projectleider: bevestig de opening."
    return [
        Taak(vind.sid(d.id), rol, f"kluis-{rij.id}", tekst, "kluis", "Bevestig de opening", tot)
        for rol in (Rol.TWEEDE, Rol.JURIST)
        for d in houders.get(rol, [])
        if d.id != rij.deelnemer_id
    ]


def collegevragen(t: Tafel, houders: dict[Rol, list[Deelnemer]]) -> list[Taak]:
    """Questions of a wethouder that nobody answered yet: the project leader owes each of them an answer."""
    if not houders.get(Rol.PROJECTLEIDER):
        return []
    vraag = select(Collegevraag.soort).where(
        Collegevraag.ronde_id == t.ronde.id, col(Collegevraag.beantwoord_op).is_(None)
    )
    open_ = Counter(t.session.exec(vraag))
    return [
        Taak(vind.sid(d.id), Rol.PROJECTLEIDER, f"collegevraag:{soort}",
             f"Beantwoord {meervoud(n, 'vraag', 'vragen')} van het college.", f"college/{soort}", "Geef antwoord", None)
        for d in houders[Rol.PROJECTLEIDER]
        for soort, n in sorted(open_.items())
    ]  # fmt: skip
