"""What surrounds a measuring plan: its versions, what the coalition said of them, and the lottery of its areas."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from ..inhoud import Gebiedsloting, Meetplan
from ..kern import loting as lot
from ..model import Coalitie, Gebiedenloting, Meetplanreactie, Meetplanversie, Ronde, Voorstel
from ..termijnen import naar_amsterdam
from . import vind

SOORTWOORDEN = {
    "getal": "één getal", "getallen": "getallen in volgorde", "verzameling": "getallen zonder volgorde",
    "tekst": "tekst",
}  # fmt: skip


def versies(session: Session, voorstel: Voorstel) -> list[tuple[Meetplanversie, Meetplanreactie | None]]:
    """Every version, the oldest first, with the newest reaction of the coalition to that version."""
    vraag = (
        select(Meetplanversie, Meetplanreactie)
        .join(Meetplanreactie, col(Meetplanreactie.meetplanversie_id) == Meetplanversie.id, isouter=True)
        .where(Meetplanversie.voorstel_id == voorstel.id)
        .order_by(col(Meetplanversie.versie), col(Meetplanreactie.id))
    )
    nieuwste: dict[int, tuple[Meetplanversie, Meetplanreactie | None]] = {
        versie.versie: (versie, reactie) for versie, reactie in session.exec(vraag)
    }
    return list(nieuwste.values())


@dataclass(frozen=True)
class Regel:
    """One selected coalition in the list of measuring plans."""

    groep: Coalitie
    versie: Meetplanversie | None
    reactie: Meetplanreactie | None
    loting: Gebiedenloting | None


def overzicht(session: Session, ronde: Ronde) -> list[Regel]:
    """The selected coalitions with their newest plan, its reaction and their lottery, in three statements."""
    gekozen = vind.geselecteerde(session, ronde)
    vraag = (
        select(Meetplanversie, Meetplanreactie)
        .join(Meetplanreactie, col(Meetplanreactie.meetplanversie_id) == Meetplanversie.id, isouter=True)
        .where(col(Meetplanversie.voorstel_id).in_([v.id for v, _ in gekozen]))
        .order_by(col(Meetplanversie.versie), col(Meetplanreactie.id))
    )
    plannen = {versie.voorstel_id: (versie, reactie) for versie, reactie in session.exec(vraag)}
    loten = {rij.voorstel_id: rij for rij in alle_lotingen(session, ronde) if rij.vervallen_op is None}
    geen: tuple[Meetplanversie | None, Meetplanreactie | None] = (None, None)
    return [Regel(c, *plannen.get(vind.sid(v.id), geen), loten.get(vind.sid(v.id))) for v, c in gekozen]


def lotingen(session: Session, voorstel: Voorstel) -> list[Gebiedenloting]:
    """Every lottery that was announced for this plan, the oldest first; lapsed ones too."""
    vraag = select(Gebiedenloting).where(Gebiedenloting.voorstel_id == voorstel.id)
    return list(session.exec(vraag.order_by(col(Gebiedenloting.nummer))))


def geldig(alle: Iterable[Gebiedenloting]) -> Gebiedenloting | None:
    """The lottery that counts: the one that did not lapse; there is at most one."""
    return next((rij for rij in alle if rij.vervallen_op is None), None)


def alle_lotingen(session: Session, ronde: Ronde) -> list[Gebiedenloting]:
    vraag = select(Gebiedenloting).join(Voorstel).where(Voorstel.ronde_id == ronde.id)
    return list(session.exec(vraag.order_by(col(Gebiedenloting.id))))


def aantal(rij: Gebiedenloting) -> int:
    """How many areas get the pilot."""
    return sum(int(m["aantal"]) for m in rij.startmomenten)


def startperioden(rij: Gebiedenloting) -> dict[str, str]:
    """Area → the wave in which its pilot starts, by the order of the draw; empty before the draw."""
    volgorde = list(rij.uitkomst.get("volgorde", []))
    uit: dict[str, str] = {}
    for m in rij.startmomenten:
        for _ in range(int(m["aantal"])):
            if volgorde:
                uit[volgorde.pop(0)] = str(m["periode"])
    return uit


def gekozen(rij: Gebiedenloting) -> list[str]:
    """The areas with a pilot, in the order of the draw."""
    return list(rij.uitkomst.get("volgorde", []))[: aantal(rij)]


def als_gebiedsloting(rij: Gebiedenloting) -> Gebiedsloting:
    """The draw as it stands in the measuring plan; only after the draw."""
    if rij.getrokken_op is None:
        raise ValueError("this lottery has not been drawn")
    return Gebiedsloting(
        kandidaten=list(rij.uitkomst["deelnemers"]),
        aantal=aantal(rij),
        bronnen=[f"{b['naam']} ({SOORTWOORDEN[b['soort']]}): {' '.join(b['waarden'])}" for b in rij.bronnen],
        uitkomst=gekozen(rij),
        getrokken_op=naar_amsterdam(rij.getrokken_op).date(),
        aangekondigd_op=naar_amsterdam(rij.aangekondigd_op).date(),
        lijst_sha256=rij.lijst_sha256,
        sleutel=str(rij.uitkomst["sleutel"]),
    )


def loting_gegevens(rij: Gebiedenloting) -> dict[str, Any]:
    """The draw as data that `aanbesteding herbereken` takes (herberekenen.py, soort "loting")."""
    return {
        "soort": "loting",
        "onderwerp": "pilotgebieden",
        "lijst_sha256": rij.lijst_sha256,
        "bronnen": rij.bronnen,
        "startmomenten": rij.startmomenten,
        "aangekondigd_op": rij.aangekondigd_op.isoformat(),
        "getrokken_op": rij.getrokken_op.isoformat() if rij.getrokken_op else "",
        **{k: rij.uitkomst[k] for k in ("deelnemers", "sleutel", "trekkingen", "volgorde")},
    }


def herbereken(rij: Gebiedenloting) -> list[str]:
    """Draw again from the stored sources: the differences in Dutch, empty when it is right or not drawn yet."""
    if rij.getrokken_op is None:
        hash_klopt = lot.lijsthash(rij.kandidaten) == rij.lijst_sha256
        return [] if hash_klopt else ["De hash van de lijst klopt niet met de lijst."]
    u = rij.uitkomst
    return lot.herbereken(
        lot.Loting(
            tuple(u["deelnemers"]),
            rij.lijst_sha256,
            tuple(lot.Bron(b["naam"], b["soort"], tuple(b["waarden"])) for b in rij.bronnen),
            u["sleutel"],
            tuple(lot.Trekking(**t) for t in u["trekkingen"]),
            tuple(u["volgorde"]),
        )
    )


def verschillen_met_loting(plan: Meetplan, rij: Gebiedenloting) -> list[str]:
    """Where a plan departs from its draw, per field; empty when it follows the draw."""
    starten, uit = startperioden(rij), []
    if set(plan.pilotgebieden) != set(starten):
        uit.append("inhoud.pilotgebieden: het lot wees andere gebieden aan; neem de uitkomst van de loting over")
    anders = [g for g in plan.pilotgebieden if g in starten and plan.start(g) != starten[g]]
    uit += [f"inhoud.startperioden: '{g}' begint volgens het lot in {starten[g]}" for g in anders]
    return uit
