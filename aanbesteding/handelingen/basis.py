"""How every act runs: permission → change → log line, in one transaction, once per key.

An act is a function `(werk, *, parameters…)` registered under its name; the parameters are checked against
its signature, so a form, a TOML file and a CSV row all meet the same rules and the same Dutch messages.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, func, select

from .. import logboek
from ..database import schrijf
from ..documenten.tekens import controleer_invoer
from ..fouten import Conflict, NietGevonden
from ..invoer import bedoelt_u, toets
from ..model import Deelnemer, Ronde, Verwerkt
from ..overzichten import vind
from ..overzichten.doorgang import Rondewerk
from ..procedure import Fase
from ..rechten import toets_recht

Log = dict[str, Any]
Functie = Callable[..., Log]


@dataclass
class Werk(Rondewerk):
    """What an act works with: an open transaction, the locked round, its rules, who acts and when."""

    actor: Deelnemer
    rollen: set[str]
    nu: datetime


@dataclass(frozen=True)
class Actie:
    naam: str
    functie: Functie
    parameters: type[BaseModel]
    hulp: str


ACTIES: dict[str, Actie] = {}


def _parameters(functie: Functie) -> type[BaseModel]:
    hints = get_type_hints(functie, include_extras=True)
    velden: dict[str, Any] = {
        naam: (hints[naam], ... if p.default is inspect.Parameter.empty else p.default)
        for naam, p in inspect.signature(functie).parameters.items()
        if p.kind is inspect.Parameter.KEYWORD_ONLY
    }
    config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    return create_model(functie.__name__, __config__=config, **velden)


def handeling(functie: Functie) -> Functie:
    """Register an act under the name of its function; its right stands in rechten.RECHTEN."""
    hulp = (functie.__doc__ or "").strip().splitlines()[0]
    ACTIES[functie.__name__] = Actie(functie.__name__, functie, _parameters(functie), hulp)
    return functie


def volgende_versie(werk: Werk, tabel: type[SQLModel], *waar: object) -> int:
    """One more than the highest `versie` in this table under these conditions."""
    hoogste = werk.session.exec(select(func.max(tabel.versie)).where(*waar)).one()  # type: ignore[attr-defined,arg-type]
    return int(hoogste or 0) + 1


def _al_verwerkt(session: Session, ronde: Ronde, sleutel: str) -> bool:
    return (
        session.exec(select(Verwerkt).where(Verwerkt.ronde_id == ronde.id, Verwerkt.sleutel == sleutel)).first()
        is not None
    )


def begin(session: Session, ronde: Ronde, handeling: str, wie: str, nu: datetime) -> Werk:
    """Check that this person may do this now in this locked round. Raises GeenToestemming or Conflict."""
    if ronde.fase in (Fase.INGETROKKEN, Fase.AFGESLOTEN):
        raise Conflict(f"De ronde is {ronde.fase}. Er kan niets meer veranderen.")
    regels = vind.regels(session, ronde)
    actor = vind.deelnemer(session, ronde, wie)
    rollen = vind.rollen(session, actor)
    poorten = {p.poort for p in vind.gepasseerd(session, ronde)}
    toets_recht(handeling, rollen=rollen, gepasseerd=poorten, termijnen=regels.termijnen, nu=nu)
    return Werk(session, ronde, regels, actor, rollen, nu)


def doe(
    motor: Engine,
    kenmerk: str,
    handeling: str,
    *,
    wie: str,
    nu: datetime,
    gegevens: Mapping[str, Any],
    sleutel: str = "",
) -> bool:
    """Do one act; False when an act with this key was already done (then nothing changes).

    Raises Invoerfout, GeenToestemming, NietGevonden or Conflict, and then nothing has changed.
    """
    with schrijf(motor) as session:
        return voer_uit(session, kenmerk, handeling, wie=wie, nu=nu, gegevens=gegevens, sleutel=sleutel)


def voer_uit(
    session: Session,
    kenmerk: str,
    handeling: str,
    *,
    wie: str,
    nu: datetime,
    gegevens: Mapping[str, Any],
    sleutel: str = "",
) -> bool:
    """One act inside a transaction that the caller opened; as `doe` otherwise."""
    actie = ACTIES.get(handeling)
    if actie is None:
        raise NietGevonden(f"De handeling '{handeling}' bestaat niet. {bedoelt_u(handeling, ACTIES)}")
    invoer = toets(actie.parameters, gegevens, waar=handeling)
    controleer_invoer(invoer.model_dump(), waar=handeling)
    waarden = {naam: getattr(invoer, naam) for naam in type(invoer).model_fields}
    ronde = vind.ronde(session, kenmerk, vergrendel=True)
    if sleutel and _al_verwerkt(session, ronde, sleutel):
        return False
    werk = begin(session, ronde, handeling, wie, nu)
    log = actie.functie(werk, **waarden)
    _sluit_af(werk, handeling, log, sleutel)
    return True


def _sluit_af(werk: Werk, handeling: str, log: Log, sleutel: str) -> None:
    werk.ronde.versie += 1
    werk.bewaar(werk.ronde)
    if sleutel:
        werk.bewaar(Verwerkt(ronde_id=werk.ronde_id, sleutel=sleutel, moment=werk.nu))
    logboek.schrijf_regel(
        werk.session,
        ronde_id=werk.ronde_id,
        moment=werk.nu,
        actor=werk.actor.sleutel,
        handeling=handeling,
        gegevens=log,
    )
