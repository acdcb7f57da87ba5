"""Allocation of assessors and advisers, from what is stored to what the calculation takes and back."""

from sqlmodel import Session, col, select

from ..kern import adviestoewijzing as adv
from ..kern.toewijzing import Beoordelaar, Toewijzing, wijs_toe
from ..model import Advies, Adviesvraag, Coalitie, Deelnemer, Organisatie, Partner, Ronde
from ..procedure import Rol
from ..regels import Regels
from . import beoordelen, vind

BLOK = 2


def bereken(session: Session, ronde: Ronde, regels: Regels) -> Toewijzing:
    """Who scores what, with declared conflicts as hard limits. Raises ToewijzingError when it cannot be."""
    stand = vind.ontvankelijke(session, ronde)
    wie = vind.met_rol(session, ronde, Rol.BEOORDELAAR)
    naam_v = {vind.sid(v.id): c.sleutel for v, c in stand}
    naam_b = {vind.sid(d.id): d.sleutel for d in wie}
    conflicten = [(naam_v[v], naam_b[b]) for (v, b), rij in beoordelen.belangen(session, ronde).items() if rij.belang]
    eisen = regels.beoordeling
    return wijs_toe(
        sorted(naam_v.values()),
        [Beoordelaar(d.sleutel, d.afdeling) for d in wie],
        conflicten,
        seed=eisen.startgetal,
        per_voorstel=eisen.per_voorstel,
        maximum=eisen.maximum_per_beoordelaar,
        afdelingen_min=eisen.minimum_afdelingen,
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
    """("uitgebreid"|"standaard", ground in Dutch): by kind of lead organisation, else by the ACTIE scan."""
    penvoerder = session.get_one(Deelnemer, groep.penvoerder_id)
    soort = session.get_one(Organisatie, penvoerder.organisatie_id).soort
    punten = sum(vraag.actie.values())
    if soort in regels.advies.soorten_uitgebreid:
        return "uitgebreid", f"de penvoerder is een {soort}"
    if punten <= regels.advies.actie_grens:
        return (
            "uitgebreid",
            f"de ACTIE-scan geeft {punten} van 25 punten; de grens is {regels.advies.actie_grens}",
        )
    return "standaard", f"de ACTIE-scan geeft {punten} van 25 punten; de grens is {regels.advies.actie_grens}"


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
