"""What routes ask for: the database, who is there (`Bezoek`), and in which round with which roles (`Plek`).

A route declares `bezoek: Ingelogd` or `plek: InRonde` (or `Depends(rol(Rol.BEOORDELAAR))`) and nothing else about
logging in. Rights to *do* stay in rechten.py and rights to *see* in overzichten/inzage.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Path, Request
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from ..database import lees
from ..documenten.huisstijl import Huisstijl, laad_huisstijl
from ..fouten import GeenToestemming
from ..handelingen import aanmelden
from ..instellingen import instellingen
from ..model import Deelnemer, Persoon, Rolhouder, Ronde, Websessie
from ..overzichten import vind
from ..procedure import Rol

KOEKJE = "sessie"
PEILT = "x-peilt"
"""A page that asks for news by itself sends this header: nobody is at work, so the session grows no older for it."""


class NietIngelogd(Exception):
    """Nobody is logged in where somebody must be; the app answers with the login page."""


@dataclass(frozen=True)
class Bezoek:
    """A request of a person who is logged in."""

    persoon: Persoon
    sessie: Websessie
    nu: datetime


@dataclass(frozen=True)
class Plek:
    """A person in a round. `als` maps each role to the participant who has it: one person may take part twice,
    for a club and as an assessor. `nu` is the moment of this request, in UTC."""

    bezoek: Bezoek
    session: Session
    motor: Engine
    ronde: Ronde
    als: dict[str, Deelnemer]

    @property
    def nu(self) -> datetime:
        return self.bezoek.nu

    @property
    def kenmerk(self) -> str:
        return self.ronde.kenmerk

    def heeft(self, *rollen: Rol) -> bool:
        return any(r.value in self.als for r in rollen)

    def deelnemer(self, *rollen: Rol) -> Deelnemer:
        """The participant in one of these roles, the first that he has. Raises GeenToestemming."""
        for r in rollen:
            if r.value in self.als:
                return self.als[r.value]
        raise GeenToestemming("Deze pagina hoort bij een andere rol. Kies links een onderdeel dat bij u hoort.")

    @property
    def huisstijl(self) -> Huisstijl:
        return laad_huisstijl(self.ronde.gemeente, instellingen().huisstijlen_map)


async def motor_van(verzoek: Request) -> Engine:
    """Async, as everything here that waits for nothing: a sync dependency costs a trip to a thread."""
    motor: Engine = verzoek.app.state.motor
    return motor


Motor = Annotated[Engine, Depends(motor_van)]


def _session(motor: Motor) -> Iterator[Session]:
    with lees(motor) as session:
        yield session


Database = Annotated[Session, Depends(_session)]


async def _nu(verzoek: Request) -> datetime:
    moment: datetime = verzoek.app.state.klok()
    return moment


Nu = Annotated[datetime, Depends(_nu)]


def misschien(verzoek: Request, motor: Motor, nu: Nu) -> Bezoek | None:
    """Who is logged in, for pages that everybody may see."""
    geheim = verzoek.cookies.get(KOEKJE, "")
    gevonden = aanmelden.wie_is(motor, geheim, nu, telt=PEILT not in verzoek.headers) if geheim else None
    bezoek = Bezoek(*gevonden, nu) if gevonden else None
    verzoek.state.bezoek = bezoek
    return bezoek


async def ingelogd(bezoek: Annotated[Bezoek | None, Depends(misschien)]) -> Bezoek:
    if bezoek is None:
        raise NietIngelogd
    return bezoek


MisschienIngelogd = Annotated[Bezoek | None, Depends(misschien)]
Ingelogd = Annotated[Bezoek, Depends(ingelogd)]
Kenmerk = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]


def in_ronde(verzoek: Request, kenmerk: Kenmerk, bezoek: Ingelogd, session: Database, motor: Motor) -> Plek:
    """The round of this address and the roles in it. A round that one is no part of does not exist (404)."""
    ronde = vind.ronde(session, kenmerk)
    vraag = (
        select(Rolhouder.rol, Deelnemer)
        .join(Deelnemer)
        .where(Deelnemer.ronde_id == ronde.id, Deelnemer.persoon_id == bezoek.persoon.id)
        .order_by(col(Deelnemer.id))
    )
    als = dict(session.exec(vraag).all())
    if not als:
        raise GeenToestemming("U doet niet mee aan deze ronde.")
    plek = Plek(bezoek, session, motor, ronde, als)
    verzoek.state.plek = plek
    return plek


InRonde = Annotated[Plek, Depends(in_ronde)]


def rol(*rollen: Rol) -> Callable[[Plek], Plek]:
    """A dependency: the place of somebody who has one of these roles."""

    def toets(plek: InRonde) -> Plek:
        plek.deelnemer(*rollen)
        return plek

    return toets


def eigen_pad(pad: str) -> str:
    """A path on this site to go back to, or '/mijn': never an address of another site."""
    goed = pad.startswith("/") and not pad.startswith(("//", "/\\")) and pad.isprintable()  # browsers skip tabs
    return pad if goed else "/mijn"


def aanmeldpad(verzoek: Request) -> str:
    """The login page that brings one back to this page."""
    terug = verzoek.url.path + (f"?{verzoek.url.query}" if verzoek.url.query else "")
    return f"/aanmelden?terug={quote(terug)}"
