"""Reading queries for documents: one statement per list, whatever the number of coalitions."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from ..fouten import GeenToestemming, NietGevonden
from ..inhoud import VoorstelInhoud
from ..model import (
    Besluit,
    Besluitregel,
    Coalitie,
    Collegestuk,
    Deelnemer,
    Document,
    Duidingsversie,
    Effectoordeel,
    Indiening,
    Kluisopening,
    Logregel,
    Organisatie,
    Partner,
    Passage,
    Persoon,
    Pilot,
    Plan,
    Planoordeel,
    Regelversie,
    Ronde,
    Verzuim,
    Voorstel,
    Voortgang,
)
from . import vind


@dataclass(frozen=True)
class Penvoerder:
    """The lead organisation of a coalition and its contact person."""

    organisatie: Organisatie
    deelnemer: Deelnemer
    persoon: Persoon


def penvoerders(session: Session, ronde: Ronde) -> dict[str, Penvoerder]:
    """Coalition key → lead organisation with contact person."""
    vraag = (
        select(Coalitie.sleutel, Organisatie, Deelnemer, Persoon)
        .join(Deelnemer, col(Coalitie.penvoerder_id) == Deelnemer.id)
        .join(Organisatie, col(Deelnemer.organisatie_id) == Organisatie.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .where(Coalitie.ronde_id == ronde.id)
    )
    return {sleutel: Penvoerder(o, d, p) for sleutel, o, d, p in session.exec(vraag)}


def partners(session: Session, ronde: Ronde) -> dict[str, list[tuple[Partner, Organisatie]]]:
    """Coalition key → partners that confirmed, in order of name."""
    vraag = (
        select(Coalitie.sleutel, Partner, Organisatie)
        .join(Partner, col(Partner.coalitie_id) == Coalitie.id)
        .join(Organisatie, col(Partner.organisatie_id) == Organisatie.id)
        .where(Coalitie.ronde_id == ronde.id, col(Partner.bevestigd_op).is_not(None))
        .order_by(col(Organisatie.naam))
    )
    uit: dict[str, list[tuple[Partner, Organisatie]]] = defaultdict(list)
    for sleutel, partner, organisatie in session.exec(vraag):
        uit[sleutel].append((partner, organisatie))
    return uit


def voorstelinhouden(session: Session, ronde: Ronde) -> dict[str, VoorstelInhoud]:
    """Coalition key → the text of its proposal with its repairs. Raises GeenToestemming: the vault is closed."""
    if session.exec(select(Kluisopening).where(Kluisopening.ronde_id == ronde.id)).first() is None:
        raise GeenToestemming("De voorstellen liggen in de kluis. Twee personen openen die na de sluiting.")
    vraag = (
        select(Voorstel.id, Coalitie.sleutel, Indiening)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Indiening, col(Voorstel.indiening_id) == Indiening.id)
        .where(Voorstel.ronde_id == ronde.id)
    )
    herstel: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for v in session.exec(
        select(Verzuim).join(Voorstel).where(Voorstel.ronde_id == ronde.id).order_by(col(Verzuim.id))
    ):
        herstel[v.voorstel_id].append(v.aanvulling)
    return {
        sleutel: VoorstelInhoud.model_validate(_hersteld(indiening.inhoud, herstel[vind.sid(vid)]))
        for vid, sleutel, indiening in session.exec(vraag)
    }


def _hersteld(inhoud: dict[str, Any], aanvullingen: list[dict[str, Any]]) -> dict[str, Any]:
    """Attachments are added to the others; every other formal part takes the place of the empty one."""
    gegevens = dict(inhoud)
    for aanvulling in aanvullingen:
        bijlagen = [*gegevens["bijlagen"], *aanvulling.get("bijlagen", [])]
        gegevens |= aanvulling | {"bijlagen": bijlagen}
    return gegevens


def collegestuk(session: Session, ronde: Ronde, soort: str) -> Collegestuk:
    """The newest text of this memo. Raises NietGevonden."""
    vraag = select(Collegestuk).where(Collegestuk.ronde_id == ronde.id, Collegestuk.soort == soort)
    rij = session.exec(vraag.order_by(col(Collegestuk.versie).desc())).first()
    if rij is None:
        raise NietGevonden(f"De tekst van het collegevoorstel ({soort}) is nog niet geschreven.")
    return rij


def besluit(session: Session, ronde: Ronde, soort: str) -> tuple[Besluit, dict[int, Besluitregel]]:
    """The newest decision of this kind, with its lines by proposal id. Raises NietGevonden."""
    vraag = select(Besluit).where(Besluit.ronde_id == ronde.id, Besluit.soort == soort)
    rij = session.exec(vraag.order_by(col(Besluit.versie).desc())).first()
    if rij is None:
        raise NietGevonden(f"Het college heeft nog niet besloten ({soort}).")
    regels = session.exec(select(Besluitregel).where(Besluitregel.besluit_id == rij.id))
    return rij, {r.voorstel_id: r for r in regels}


def plannen(session: Session, ronde: Ronde) -> dict[str, tuple[Plan, Planoordeel]]:
    """Coalition key → the newest plan that was judged, with the judgment."""
    vraag = (
        select(Coalitie.sleutel, Plan, Planoordeel)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Plan, col(Plan.voorstel_id) == Voorstel.id)
        .join(Planoordeel, col(Planoordeel.plan_id) == Plan.id)
        .where(Voorstel.ronde_id == ronde.id)
        .order_by(col(Plan.versie))
    )
    return {sleutel: (plan, oordeel) for sleutel, plan, oordeel in session.exec(vraag)}


def voortgangen(session: Session, ronde: Ronde, tot: int) -> dict[str, dict[int, Voortgang]]:
    """Coalition key → number → newest progress report, up to and including number `tot`."""
    vraag = (
        select(Coalitie.sleutel, Voortgang)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Pilot, col(Pilot.voorstel_id) == Voorstel.id)
        .join(Voortgang, col(Voortgang.pilot_id) == Pilot.id)
        .where(Voorstel.ronde_id == ronde.id, Voortgang.nummer <= tot)
        .order_by(col(Voortgang.nummer), col(Voortgang.versie))
    )
    uit: dict[str, dict[int, Voortgang]] = defaultdict(dict)
    for sleutel, rij in session.exec(vraag):
        uit[sleutel][rij.nummer] = rij
    return uit


def duidingen(session: Session, pilot_ids: list[int], nummer: int) -> dict[int, Duidingsversie]:
    """Pilot id → newest story at this measuring moment."""
    vraag = select(Duidingsversie).where(col(Duidingsversie.pilot_id).in_(pilot_ids), Duidingsversie.nummer == nummer)
    return {r.pilot_id: r for r in session.exec(vraag.order_by(col(Duidingsversie.versie)))}


def effectoordelen(session: Session, pilot_ids: list[int], nummer: int) -> dict[int, dict[str, Effectoordeel]]:
    """Pilot id → indicator → verdict at this measuring moment."""
    vraag = select(Effectoordeel).where(col(Effectoordeel.pilot_id).in_(pilot_ids), Effectoordeel.nummer == nummer)
    uit: dict[int, dict[str, Effectoordeel]] = defaultdict(dict)
    for rij in session.exec(vraag):
        uit[rij.pilot_id][rij.indicator] = rij
    return uit


def documenten(session: Session, ronde: Ronde) -> list[tuple[Document, Passage | None]]:
    """Every document of the round with the gate that made it, in the order in which they were made."""
    vraag = select(Document, Passage).outerjoin(Passage, col(Document.passage_id) == Passage.id)
    return list(session.exec(vraag.where(Document.ronde_id == ronde.id).order_by(col(Document.id))).all())


def regelversies(session: Session, ronde: Ronde) -> list[Regelversie]:
    vraag = select(Regelversie).where(Regelversie.ronde_id == ronde.id)
    return list(session.exec(vraag.order_by(col(Regelversie.versie))))


def laatste_logregel(session: Session, ronde: Ronde) -> Logregel | None:
    vraag = select(Logregel).where(Logregel.ronde_id == ronde.id)
    return session.exec(vraag.order_by(col(Logregel.volgnummer).desc())).first()


def aantal(session: Session, tabel: Any, *waar: Any) -> int:
    """Rows of this table under these conditions."""
    return session.exec(select(func.count()).select_from(tabel).where(*waar)).one()
