"""Finding one thing by its key; every miss says what was meant perhaps."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Text, cast
from sqlmodel import Session, col, select

from ..fouten import NietGevonden
from ..invoer import bedoelt_u, toets
from ..model import (
    Coalitie,
    Deelnemer,
    Organisatie,
    Passage,
    Persoon,
    Pilot,
    Regelversie,
    Rolhouder,
    Ronde,
    Voorstel,
)
from ..procedure import Poort, Rol
from ..regels import Regels
from ..termijnen import amsterdam


def sid(waarde: int | None) -> int:
    """The id of a stored row; a row without one was never flushed, which is a fault of ours."""
    if waarde is None:
        raise ValueError("row has no id yet")
    return waarde


def ronde(session: Session, kenmerk: str, *, vergrendel: bool = False) -> Ronde:
    """The round; `vergrendel` locks its row, so that on PostgreSQL writers of one round queue up."""
    vraag = select(Ronde).where(Ronde.kenmerk == kenmerk)
    gevonden = session.exec(vraag.with_for_update() if vergrendel else vraag).first()
    if gevonden is None:
        bestaand = session.exec(select(Ronde.kenmerk)).all()
        raise NietGevonden(f"De ronde '{kenmerk}' bestaat niet. {bedoelt_u(kenmerk, bestaand)}")
    return gevonden


def regelversie(session: Session, ronde: Ronde) -> Regelversie | None:
    vraag = select(Regelversie).where(Regelversie.ronde_id == ronde.id).order_by(col(Regelversie.versie).desc())
    return session.exec(vraag).first()


def regels(session: Session, ronde: Ronde) -> Regels:
    """The rules in force: the newest frozen version, or the draft while nothing is frozen."""
    vraag = select(cast(Regelversie.regels, Text)).where(Regelversie.ronde_id == ronde.id)
    bevroren = session.exec(vraag.order_by(col(Regelversie.versie).desc())).first()
    if bevroren is None:
        return toets(Regels, ronde.samenstelling, waar=f"regels van {ronde.kenmerk}")
    return _uit_tekst(bevroren, ronde.kenmerk)


@lru_cache(maxsize=64)
def _uit_tekst(bevroren: str, kenmerk: str) -> Regels:
    """Reading and checking rules takes milliseconds and every request asks for them. Kept by their very text and not
    by their hash, so that a changed row is never hidden by what was read before."""
    return toets(Regels, json.loads(bevroren), waar=f"regels van {kenmerk}")


def regels_hash(session: Session, ronde: Ronde) -> str:
    versie = regelversie(session, ronde)
    return versie.hash if versie else regels(session, ronde).hash()


def gepasseerd(session: Session, ronde: Ronde) -> list[Passage]:
    return list(session.exec(select(Passage).where(Passage.ronde_id == ronde.id).order_by(col(Passage.id))))


def passage(session: Session, ronde: Ronde, poort: Poort, volgnummer: int = 1) -> Passage | None:
    vraag = select(Passage).where(
        Passage.ronde_id == ronde.id, Passage.poort == poort.value, Passage.volgnummer == volgnummer
    )
    return session.exec(vraag).first()


T = TypeVar("T", Deelnemer, Organisatie, Coalitie)


def _op_sleutel(session: Session, ronde: Ronde, tabel: type[T], sleutel: str, melding: str) -> T:
    """The row of this round with this key; NietGevonden with `melding` and what looks like it."""
    gevonden = session.exec(select(tabel).where(tabel.ronde_id == ronde.id, tabel.sleutel == sleutel)).first()
    if gevonden is None:
        bestaand = session.exec(select(tabel.sleutel).where(tabel.ronde_id == ronde.id)).all()
        raise NietGevonden(f"{melding} {bedoelt_u(sleutel, bestaand)}")
    return gevonden


def deelnemer(session: Session, ronde: Ronde, sleutel: str) -> Deelnemer:
    return _op_sleutel(session, ronde, Deelnemer, sleutel, f"'{sleutel}' doet niet mee aan deze ronde.")


def rollen(session: Session, wie: Deelnemer) -> set[str]:
    return set(session.exec(select(Rolhouder.rol).where(Rolhouder.deelnemer_id == wie.id)))


def met_rol(session: Session, ronde: Ronde, rol: Rol) -> list[Deelnemer]:
    """All participants with this role, in order of key."""
    vraag = select(Deelnemer).join(Rolhouder).where(Deelnemer.ronde_id == ronde.id, Rolhouder.rol == rol.value)
    return list(session.exec(vraag.order_by(col(Deelnemer.sleutel))))


def persoon(session: Session, wie: Deelnemer) -> Persoon:
    return session.get_one(Persoon, wie.persoon_id)


def organisatie(session: Session, ronde: Ronde, sleutel: str) -> Organisatie:
    melding = f"De organisatie '{sleutel}' is niet bekend in deze ronde."
    return _op_sleutel(session, ronde, Organisatie, sleutel, melding)


def coalitie(session: Session, ronde: Ronde, sleutel: str) -> Coalitie:
    return _op_sleutel(session, ronde, Coalitie, sleutel, f"De coalitie '{sleutel}' bestaat niet.")


def voorstel(session: Session, ronde: Ronde, sleutel: str) -> Voorstel:
    """The proposal of this coalition; exists from gate sluiting on."""
    groep = coalitie(session, ronde, sleutel)
    gevonden = session.exec(select(Voorstel).where(Voorstel.coalitie_id == groep.id)).first()
    if gevonden is None:
        raise NietGevonden(f"De coalitie '{sleutel}' heeft geen voorstel dat meetelt.")
    return gevonden


def voorstellen(session: Session, ronde: Ronde) -> list[tuple[Voorstel, Coalitie]]:
    """All proposals that count, with their coalitions, in order of number."""
    vraag = (
        select(Voorstel, Coalitie)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(Voorstel.ronde_id == ronde.id)
    )
    return list(session.exec(vraag.order_by(col(Voorstel.nummer))).all())


def ontvankelijke(session: Session, ronde: Ronde) -> list[tuple[Voorstel, Coalitie]]:
    return [(v, c) for v, c in voorstellen(session, ronde) if v.ontvankelijk]


def geselecteerde(session: Session, ronde: Ronde) -> list[tuple[Voorstel, Coalitie]]:
    return [(v, c) for v, c in voorstellen(session, ronde) if v.geselecteerd]


def pilot(session: Session, ronde: Ronde, sleutel: str) -> Pilot:
    v = voorstel(session, ronde, sleutel)
    gevonden = session.exec(select(Pilot).where(Pilot.voorstel_id == v.id)).first()
    if gevonden is None:
        raise NietGevonden(f"De coalitie '{sleutel}' voert geen pilot uit.")
    return gevonden


def pilots(session: Session, ronde: Ronde) -> list[tuple[Pilot, Voorstel, Coalitie]]:
    vraag = select(Pilot, Voorstel, Coalitie).join(Voorstel, col(Pilot.voorstel_id) == Voorstel.id)
    vraag = vraag.join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id).where(Voorstel.ronde_id == ronde.id)
    return list(session.exec(vraag.order_by(col(Voorstel.nummer))).all())


def momenten(regels: Regels, termijn: str) -> list[datetime]:
    """The announced moments under this name, aware; one for a single moment, none for an empty name."""
    waarde = getattr(regels.termijnen, termijn) if termijn else []
    reeks: Sequence[datetime] = waarde if isinstance(waarde, list) else [waarde]
    return [amsterdam(m.date(), m.time()) for m in reeks]
