"""What the project leader has written so far: the newest version of each long text, and what a measurement lacks."""

from typing import Any

from sqlmodel import Session, SQLModel, col, select

from ..model import (
    Coalitie,
    Collegestuk,
    Duidingsversie,
    Eindevaluatie,
    Meetplanversie,
    Meetwaarde,
    Pilot,
    Ronde,
    Voorstel,
)
from ..regels import Regels
from . import meten, vind


def _nieuwste(session: Session, tabel: type[SQLModel], *waar: Any) -> Any:
    vraag = select(tabel).where(*waar).order_by(tabel.versie.desc())  # type: ignore[attr-defined]
    return session.exec(vraag).first()


def collegestuk(session: Session, ronde: Ronde, soort: str) -> Collegestuk | None:
    uit: Collegestuk | None = _nieuwste(
        session, Collegestuk, Collegestuk.ronde_id == ronde.id, Collegestuk.soort == soort
    )
    return uit


def meetplan(session: Session, voorstel: Voorstel) -> Meetplanversie | None:
    uit: Meetplanversie | None = _nieuwste(session, Meetplanversie, Meetplanversie.voorstel_id == voorstel.id)
    return uit


def duiding(session: Session, pilot: Pilot, nummer: int) -> Duidingsversie | None:
    waar = (Duidingsversie.pilot_id == pilot.id, Duidingsversie.nummer == nummer)
    uit: Duidingsversie | None = _nieuwste(session, Duidingsversie, *waar)
    return uit


def evaluatie(session: Session, ronde: Ronde) -> Eindevaluatie | None:
    uit: Eindevaluatie | None = _nieuwste(session, Eindevaluatie, Eindevaluatie.ronde_id == ronde.id)
    return uit


def meetplannen(session: Session, ronde: Ronde) -> list[tuple[Coalitie, Meetplanversie | None]]:
    """The selected coalitions with their measuring plan, in two statements."""
    gekozen = vind.geselecteerde(session, ronde)
    vraag = select(Meetplanversie).where(col(Meetplanversie.voorstel_id).in_([v.id for v, _ in gekozen]))
    nieuwste = {m.voorstel_id: m for m in session.exec(vraag.order_by(col(Meetplanversie.versie)))}
    return [(c, nieuwste.get(vind.sid(v.id))) for v, c in gekozen]


def geschreven_duidingen(session: Session, ronde: Ronde) -> set[tuple[str, int]]:
    """(coalition key, moment) of every story that was written."""
    vraag = (
        select(Coalitie.sleutel, Duidingsversie.nummer)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Pilot, col(Pilot.voorstel_id) == Voorstel.id)
        .join(Duidingsversie, col(Duidingsversie.pilot_id) == Pilot.id)
        .where(Voorstel.ronde_id == ronde.id)
    )
    return set(session.exec(vraag).all())


def ontbrekende_metingen(session: Session, ronde: Ronde, regels: Regels, nummer: int) -> dict[str, list[str]]:
    """Coalition key → what measuring moment `nummer` lacks, in Dutch."""
    moment = vind.momenten(regels, "metingen")[nummer - 1]
    alle = meten.ontbreekt(session, ronde, nummer=nummer, moment=moment)
    # Each sentence begins with the name of its coalition, in quotes.
    return {c.sleutel: [z for z in alle if z.startswith(f"'{c.naam}',")] for _, _, c in vind.pilots(session, ronde)}


def metingen(session: Session, pilot: Pilot) -> list[Meetwaarde]:
    """The newest value per indicator, area and half-year, the latest half-year first."""
    vraag = select(Meetwaarde).where(Meetwaarde.pilot_id == pilot.id).order_by(col(Meetwaarde.versie))
    nieuwste = {(m.indicator, m.gebied, m.periode): m for m in session.exec(vraag)}
    return sorted(nieuwste.values(), key=lambda m: (m.indicator, m.gebied, m.periode))
