"""Allocation of assessors and advisers, from what is stored to what the calculation takes and back."""

from sqlmodel import Session, col, select

from ..kern import adviestoewijzing as adv
from ..kern.toewijzing import Beoordelaar, Toewijzing, wijs_toe
from ..model import Advies, Adviesvraag, Coalitie, Deelnemer, Organisatie, Partner, Ronde, Voornemen
from ..procedure import Rol
from ..regels import Regels
from . import beoordelen, vind

BLOK = 2
WENS = "wijs_toe"
LIEVER = 2
"""Points of a preferred pair in the calculation; every other pair has one."""


def wensen(session: Session, ronde: Ronde) -> list[Voornemen]:
    """Manual changes that stand: a pair that may not be, or rather should be, each with its reason."""
    vraag = select(Voornemen).where(Voornemen.ronde_id == ronde.id, Voornemen.handeling == WENS)
    return list(session.exec(vraag.where(Voornemen.stand == "bevestigd").order_by(col(Voornemen.id))))


def gewenst(session: Session, ronde: Ronde, soort: str) -> set[tuple[str, str]]:
    """(coalition key, assessor key) of the manual changes of this kind: 'niet' or 'liever'."""
    gegevens = [w.gegevens for w in wensen(session, ronde)]
    return {(g["coalitie"], g["beoordelaar"]) for g in gegevens if g["soort"] == soort}


def bereken(session: Session, ronde: Ronde, regels: Regels) -> Toewijzing:
    """Who scores what, with declared conflicts as hard limits, and manual changes with their reason on top.

    Raises ToewijzingError when it cannot be.
    """
    stand = vind.ontvankelijke(session, ronde)
    wie = vind.met_rol(session, ronde, Rol.BEOORDELAAR)
    naam_v = {vind.sid(v.id): c.sleutel for v, c in stand}
    naam_b = {vind.sid(d.id): d.sleutel for d in wie}
    belangen = beoordelen.belangen(session, ronde).items()
    conflicten = {(naam_v[v], naam_b[b]) for (v, b), rij in belangen if rij.belang and v in naam_v and b in naam_b}
    conflicten |= gewenst(session, ronde, "niet")
    eisen = regels.beoordeling
    return wijs_toe(
        sorted(naam_v.values()),
        [Beoordelaar(d.sleutel, d.afdeling) for d in wie],
        conflicten,
        seed=eisen.startgetal,
        per_voorstel=eisen.per_voorstel,
        maximum=eisen.maximum_per_beoordelaar,
        afdelingen_min=eisen.minimum_afdelingen,
        baten=dict.fromkeys(sorted(gewenst(session, ronde, "liever")), LIEVER),
    )


def adviesvragen(session: Session, ronde: Ronde) -> list[tuple[Adviesvraag, Coalitie]]:
    vraag = (
        select(Adviesvraag, Coalitie)
        .join(Coalitie, col(Adviesvraag.coalitie_id) == Coalitie.id)
        .where(Coalitie.ronde_id == ronde.id)
    )
    return sorted(session.exec(vraag).all(), key=lambda rij: rij[1].sleutel)


def adviezen(session: Session, ronde: Ronde) -> list[tuple[Advies, Coalitie, Deelnemer]]:
    vraag = (
        select(Advies, Coalitie, Deelnemer)
        .join(Coalitie, col(Advies.coalitie_id) == Coalitie.id)
        .join(Deelnemer, col(Advies.adviseur_id) == Deelnemer.id)
        .where(Coalitie.ronde_id == ronde.id)
    )
    return sorted(session.exec(vraag).all(), key=lambda rij: (rij[1].sleutel, rij[2].sleutel))


def traject(session: Session, regels: Regels, vraag: Adviesvraag, groep: Coalitie) -> tuple[str, str]:
    """("uitgebreid"|"standaard", ground in Dutch) of one request."""
    penvoerder = session.get_one(Deelnemer, groep.penvoerder_id)
    soort = session.get_one(Organisatie, penvoerder.organisatie_id).soort
    return grond(regels, soort, sum(vraag.actie.values()))


def grond(regels: Regels, soort: str, punten: int) -> tuple[str, str]:
    """The track and its ground: by kind of lead organisation, else by the points of the ACTIE scan."""
    if soort in regels.advies.soorten_uitgebreid:
        return "uitgebreid", f"de penvoerder is een {soort}"
    tekst = f"de ACTIE-scan geeft {punten} van 25 punten; de grens is {regels.advies.actie_grens}"
    return ("uitgebreid" if punten <= regels.advies.actie_grens else "standaard"), tekst


def _conflicten(
    session: Session, ronde: Ronde, coalities: list[Coalitie], adviseurs: list[Deelnemer]
) -> list[adv.Paar]:
    """An adviser may not help a coalition in which his or her own organisation takes part."""
    paren = []
    for groep in coalities:
        vraag = select(Organisatie.naam).join(Partner).where(Partner.coalitie_id == groep.id)
        namen = {n.casefold() for n in session.exec(vraag)}
        paren += [(groep.sleutel, a.sleutel) for a in adviseurs if a.afdeling.casefold() in namen]
    return paren


def _woorden(tekst: str) -> frozenset[str]:
    return frozenset(w.strip() for w in tekst.split(",") if w.strip())


def bereken_advies(
    session: Session, ronde: Ronde, regels: Regels, *, opnieuw: int | None = None
) -> adv.Adviesuitkomst | None:
    """Hours per coalition and adviser at this moment; earlier allocations stay. None when nobody asks.

    `opnieuw` recalculates the allocation moment with this number, as if it had not been booked yet: the proof
    in the report of that moment.
    """
    vragen = adviesvragen(session, ronde)
    if not vragen:
        return None
    adviseurs = vind.met_rol(session, ronde, Rol.ADVISEUR)
    coalities = []
    for vraag, groep in vragen:
        spoor, _ = traject(session, regels, vraag, groep)
        uren = regels.advies.uren_uitgebreid if spoor == "uitgebreid" else regels.advies.uren_standaard
        coalities.append(adv.Coalitie(groep.sleutel, uren, spoor == "uitgebreid", frozenset({groep.opgave})))
    return adv.wijs_adviseurs_toe(
        coalities,
        [adv.Adviseur(a.sleutel, a.uren or 0, True, _woorden(a.deskundigheid)) for a in adviseurs],
        _conflicten(session, ronde, [c for _, c in vragen], adviseurs),
        blok=BLOK,
        vast={
            (c.sleutel, d.sleutel): a.uren
            for a, c, d in adviezen(session, ronde)
            if opnieuw is None or a.ronde_nummer < opnieuw
        },
    )
