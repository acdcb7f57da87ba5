"""Making a round in the browser: a draft that may have gaps, kept at every step, and started when it is whole.

A draft belongs to the person who made it. It is no round yet: nobody else sees it and it stands in no log. The log
begins when it is started (`start_ronde`). After that, `wijzig_regels` changes the rules until they go to the college.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from ..database import lees, schrijf
from ..documenten.huisstijl import bekende_huisstijlen
from ..fouten import Conflict, GeenToestemming, Invoerfout, NietGevonden
from ..instellingen import instellingen
from ..invoer import toets, vertaal_velden
from ..kern.sleutelnaam import sleutel_van
from ..mensenlijst import Mens, Organisatieregel, Rondemap
from ..model import Deelnemer, Organisatie, Persoon, Rolhouder, Ronde, Rondeontwerp
from ..overzichten import vind
from ..procedure import Rol
from ..regelcontrole import controleer
from ..regels import Algemeen, Regels
from ..rondeontwerp import van_ronde, van_sjabloon
from ..rondesjabloon import SJABLOON
from .basis import Log, Werk, handeling
from .starten import start_ronde

TEAM = (Rol.PROJECTLEIDER, Rol.TWEEDE, Rol.VOORZITTER, Rol.WETHOUDER, Rol.JURIST, Rol.BEOORDELAAR, Rol.ADVISEUR)


def mag_maken(session: Session, persoon: Persoon) -> bool:
    """Project leaders of some round, and the addresses in AANBESTEDING_BEHEERDERS."""
    adressen = {a.strip().casefold() for a in instellingen().beheerders.split(",") if a.strip()}
    if persoon.email.casefold() in adressen:
        return True
    vraag = select(Rolhouder.id).join(Deelnemer).where(Deelnemer.persoon_id == persoon.id)
    return session.exec(vraag.where(Rolhouder.rol == Rol.PROJECTLEIDER)).first() is not None


def eis_recht(session: Session, persoon: Persoon) -> None:
    """Raises GeenToestemming with the way to get the right."""
    if not mag_maken(session, persoon):
        raise GeenToestemming(
            "U kunt hier geen ronde maken. Vraag de beheerder om uw e-mailadres bij AANBESTEDING_BEHEERDERS te zetten."
        )


@dataclass(frozen=True)
class Bron:
    """A round that a person may copy: one that he led."""

    kenmerk: str
    titel: str


def bronnen(session: Session, persoon: Persoon) -> list[Bron]:
    vraag = (
        select(Ronde.kenmerk, Ronde.titel)
        .join(Deelnemer, col(Deelnemer.ronde_id) == Ronde.id)
        .join(Rolhouder)
        .where(Deelnemer.persoon_id == persoon.id, Rolhouder.rol == Rol.PROJECTLEIDER)
        .order_by(col(Ronde.id).desc())
        .distinct()
    )
    return [Bron(k, t) for k, t in session.exec(vraag)]


def ontwerpen(session: Session, persoon: Persoon) -> list[Rondeontwerp]:
    """The drafts of this person that were not started, newest first."""
    vraag = select(Rondeontwerp).where(Rondeontwerp.eigenaar_id == persoon.id, col(Rondeontwerp.gestart_op).is_(None))
    return list(session.exec(vraag.order_by(col(Rondeontwerp.gewijzigd_op).desc())))


def ontwerp(session: Session, persoon: Persoon, nummer: int) -> Rondeontwerp:
    """One draft of this person. Raises NietGevonden, in the same words for somebody else's draft."""
    rij = session.get(Rondeontwerp, nummer)
    if rij is None or rij.eigenaar_id != persoon.id or rij.gestart_op is not None:
        raise NietGevonden("Dit ontwerp is er niet. Kijk bij uw rondes.")
    return rij


def maak(
    motor: Engine, persoon: Persoon, *, van: str, kop: Mapping[str, Any], publicatie: date, met_mensen: bool,
    nu: datetime,
) -> int:  # fmt: skip
    """A new draft from the template or from a round that this person led. Raises Invoerfout, GeenToestemming."""
    with schrijf(motor) as session:
        eis_recht(session, persoon)
        _toets_kop(session, kop)
        regels, mensen, organisaties = _begin(session, persoon, van, kop, publicatie, met_mensen)
        rij = Rondeontwerp(
            eigenaar_id=vind.sid(persoon.id), van=van, regels=regels, mensen=mensen, organisaties=organisaties,
            gewijzigd_op=nu,
        )  # fmt: skip
        session.add(rij)
        session.flush()
        return vind.sid(rij.id)


def _toets_kop(session: Session, kop: Mapping[str, Any]) -> None:
    fouten = vertaal_velden(Algemeen, {k: kop[k] for k in ("kenmerk", "titel", "gemeente", "zaaknummer")})
    bekend = bekende_huisstijlen(instellingen().huisstijlen_map)
    if kop["gemeente"] not in bekend:
        fouten.append(f"gemeente: kies uit {', '.join(bekend)}")
    if session.exec(select(Ronde).where(Ronde.kenmerk == kop["kenmerk"])).first():
        fouten.append("kenmerk: er is al een ronde met dit kenmerk; kies een ander")
    if fouten:
        raise Invoerfout(fouten, waar="nieuwe ronde")


def _begin(
    session: Session, persoon: Persoon, van: str, kop: Mapping[str, Any], publicatie: date, met_mensen: bool
) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    if van == SJABLOON:
        return van_sjabloon(kop, publicatie), [], []
    if van not in {b.kenmerk for b in bronnen(session, persoon)}:
        raise Invoerfout("van: kies het sjabloon of een ronde die u leidde", waar="nieuwe ronde")
    bron = vind.ronde(session, van)
    regels = van_ronde(vind.regels(session, bron), kop, publicatie)
    if not met_mensen:
        return regels, [], []
    return regels, _mensen(session, bron, persoon), _organisaties(session, bron)


def _mensen(session: Session, bron: Ronde, persoon: Persoon) -> list[dict[str, Any]]:
    """Everyone who works for the municipality in that round, with the roles of then; who makes the round is added
    again when it starts."""
    vraag = (
        select(Deelnemer, Persoon, Rolhouder.rol)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .join(Rolhouder, col(Rolhouder.deelnemer_id) == Deelnemer.id)
        .where(Deelnemer.ronde_id == bron.id, col(Rolhouder.rol).in_(TEAM), Persoon.id != persoon.id)
        .order_by(col(Deelnemer.id), col(Rolhouder.id))
    )
    return [
        {
            "sleutel": d.sleutel, "naam": p.naam, "rol": str(rol), "email": p.email, "functie": d.functie,
            "afdeling": d.afdeling, "telefoon": p.telefoon, "deskundigheid": d.deskundigheid, "uren": d.uren,
        }
        for d, p, rol in session.exec(vraag)
    ]  # fmt: skip


def _organisaties(session: Session, bron: Ronde) -> list[dict[str, Any]]:
    vraag = (
        select(Organisatie, Persoon)
        .join(Deelnemer, col(Deelnemer.organisatie_id) == Organisatie.id)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .where(Organisatie.ronde_id == bron.id, Deelnemer.sleutel == Organisatie.sleutel)
        .order_by(col(Organisatie.id))
    )
    return [
        {
            "sleutel": o.sleutel, "naam": o.naam, "soort": o.soort, "contactpersoon": p.naam, "email": p.email,
            "adres": o.adres, "postcode": o.postcode, "plaats": o.plaats, "bron": o.bron,
        }
        for o, p in session.exec(vraag)
    ]  # fmt: skip


def bewaar(
    motor: Engine, persoon: Persoon, nummer: int, *, regels: dict[str, Any], mensen: list[dict[str, Any]],
    vanaf: int, nu: datetime,
) -> int:  # fmt: skip
    """Keep the draft, gaps and all; returns its new version. Raises Conflict when another window saved meanwhile."""
    with schrijf(motor) as session:
        rij = ontwerp(session, persoon, nummer)
        if rij.versie != vanaf:
            raise Conflict("In een ander venster is dit ontwerp ook veranderd. Uw tekst staat hieronder nog.")
        rij.regels, rij.mensen, rij.versie, rij.gewijzigd_op = regels, mensen, rij.versie + 1, nu
        session.add(rij)
        return rij.versie


def gooi_weg(motor: Engine, persoon: Persoon, nummer: int) -> None:
    with schrijf(motor) as session:
        session.delete(ontwerp(session, persoon, nummer))


def start(motor: Engine, persoon: Persoon, nummer: int, *, nu: datetime) -> str:
    """Make the round of this draft; returns its kenmerk. Raises Invoerfout with everything that still lacks."""
    with lees(motor) as session:
        rij = ontwerp(session, persoon, nummer)
        eis_recht(session, persoon)
        regels, mensen, organisaties = dict(rij.regels), list(rij.mensen), list(rij.organisaties)
    fouten = [b for b in controleer(regels, mensen) if b.ernst == "fout"]
    if fouten:
        raise Invoerfout([f"{b.plaats}: {b.tekst}" if b.plaats else b.tekst for b in fouten], waar="nieuwe ronde")
    leider = _leider(persoon, mensen)
    kaart = Rondemap(
        regels=toets(Regels, regels, waar="nieuwe ronde"),
        organisaties=[toets(Organisatieregel, o, waar="organisaties") for o in organisaties],
        mensen=[leider, *_andere(mensen, leider)],
    )
    kenmerk = start_ronde(motor, kaart, nu=nu, door=leider.sleutel)
    with schrijf(motor) as session:
        rij = ontwerp(session, persoon, nummer)
        rij.gestart_op = nu
        session.add(rij)
    return kenmerk


def _leider(persoon: Persoon, mensen: list[dict[str, Any]]) -> Mens:
    """Who makes the round leads it; a key of its own, unless somebody already has it."""
    naam = persoon.naam if persoon.naam != persoon.email else persoon.email.partition("@")[0]
    bezet = {m.get("sleutel", "") for m in mensen}
    return Mens(sleutel=sleutel_van(naam, bezet), naam=naam, rol=Rol.PROJECTLEIDER, email=persoon.email)


def _andere(mensen: list[dict[str, Any]], leider: Mens) -> list[Mens]:
    """The others, with a key made of their name where they have none; one address is one person with one key."""
    per_adres = {leider.email.casefold(): leider.sleutel}
    uit, fouten = [], []
    for n, ruw in enumerate(mensen, 1):
        kaal = {k: w for k, w in ruw.items() if w not in ("", None)}
        adres = str(kaal.get("email", "")).casefold()
        bezet = {*per_adres.values(), *(str(m.get("sleutel")) for m in mensen if m.get("sleutel"))}
        kaal.setdefault("sleutel", per_adres.get(adres) or sleutel_van(str(kaal.get("naam", "")), bezet))
        per_adres.setdefault(adres, kaal["sleutel"])
        kaal["sleutel"] = per_adres[adres]
        fouten += [f"mensen[{n}].{f}" for f in vertaal_velden(Mens, kaal)]
        if not fouten:
            uit.append(toets(Mens, kaal, waar="mensen"))
    if fouten:
        raise Invoerfout(fouten, waar="nieuwe ronde")
    paren = {(m.sleutel, m.rol): m for m in uit if (m.sleutel, m.rol) != (leider.sleutel, leider.rol)}
    return list(paren.values())


@handeling
def wijzig_regels(werk: Werk, *, regels: dict[str, Any], hash_nu: str) -> Log:
    """Verander de regels van de ronde, zolang zij niet aan het college zijn voorgelegd."""
    if werk.regels.hash() != hash_nu:
        raise Conflict("Een ander veranderde de regels ook. Uw tekst staat hieronder nog. Kijk wat er nu geldt.")
    nieuw = toets(Regels, regels, waar="wijzig_regels")
    oud = werk.regels
    vast = [k for k in ("kenmerk", "gemeente", "oefening") if getattr(nieuw.ronde, k) != getattr(oud.ronde, k)]
    if vast:
        raise Invoerfout(f"ronde.{vast[0]}: dit ligt vast sinds de ronde is gemaakt", waar="wijzig_regels")
    fouten = [b for b in controleer(regels) if b.ernst == "fout"]
    if fouten:
        raise Invoerfout([f"{b.plaats}: {b.tekst}" for b in fouten], waar="wijzig_regels")
    werk.ronde.samenstelling = nieuw.model_dump(mode="json")
    werk.ronde.titel, werk.ronde.zaaknummer = nieuw.ronde.titel, nieuw.ronde.zaaknummer
    return {"oud": oud.hash(), "nieuw": nieuw.hash(), "veranderd": veranderd(oud, nieuw)}


def veranderd(oud: Regels, nieuw: Regels) -> list[str]:
    """Which parts differ, as paths of at most two steps: enough to find it, short enough for a log line."""
    een, ander = oud.model_dump(mode="json"), nieuw.model_dump(mode="json")
    uit = []
    for kop in een:
        a, b = een[kop], ander[kop]
        if isinstance(a, dict):
            uit += [f"{kop}.{k}" for k in a if a[k] != b.get(k)]
        elif a != b:
            uit.append(kop)
    return uit
