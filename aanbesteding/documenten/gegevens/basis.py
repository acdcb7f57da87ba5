"""What every document builder gives back, and the data that all documents share.

A builder is a function `(doorgang) -> list[Stuk]`: it reads the state as it will be after the passage and
gives plain data. It decides nothing: rules stand in handelingen and kern, looks in sjablonen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from ...instellingen import instellingen
from ...model import Coalitie, Deelnemer, Organisatie, Ronde
from ...overzichten import vind
from ...overzichten.doorgang import Doorgang
from ...procedure import REGEL
from ...regels import Regels
from ...termijnen import amsterdam
from ..opdracht import Bijlage, Opdracht
from ..soorten import soort as zoek_soort


@dataclass(frozen=True)
class Adres:
    naam: str
    email: str


@dataclass(frozen=True)
class Stuk:
    """A document to make, and to whom it goes. `bericht` names a folder in sjablonen/post; empty: no mail."""

    opdracht: Opdracht
    coalitie: str = ""
    aan: tuple[Adres, ...] = ()
    bericht: str = ""
    agenda: str = ""


Bouwer = Callable[[Doorgang], list[Stuk]]


def als_json(waarde: Any) -> Any:
    """Plain JSON values; moments as ISO text with their zone."""
    if isinstance(waarde, dict):
        return {str(k): als_json(v) for k, v in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [als_json(v) for v in waarde]
    return waarde.isoformat() if hasattr(waarde, "isoformat") else waarde


def _met_zone(waarde: Any) -> Any:
    if isinstance(waarde, datetime):
        return amsterdam(waarde.date(), waarde.time())
    return [_met_zone(v) for v in waarde] if isinstance(waarde, list) else waarde


def regels_gegevens(regels: Regels) -> dict[str, Any]:
    """The rules as templates see them: the shape of regels.py, moments aware (Europe/Amsterdam)."""
    gegevens = regels.model_dump(mode="python")
    gegevens["termijnen"] = {k: _met_zone(v) for k, v in gegevens["termijnen"].items()}
    uit = als_json(gegevens)
    del uit["ronde"]
    return dict(uit)


def gedeeld(
    session: Session, ronde: Ronde, regels: Regels, *, kenmerk: str, poort: str, versie: int = 1
) -> dict[str, Any]:
    """`ronde`, `document` and `verantwoording`, as in sjablonen/documenten/_gedeeld.toml."""
    kop = regels.ronde.model_dump(mode="json")
    verantwoording = kop.pop("verantwoording")
    document = {
        "kenmerk": kenmerk,
        "versie": versie,
        "poort": poort,
        "regels_hash": vind.regels_hash(session, ronde),
    }
    return {"ronde": kop, "document": document, "verantwoording": verantwoording}


def stuk(
    d: Doorgang,
    soort: str,
    gegevens: dict[str, Any],
    *,
    titel: str,
    bij: str = "",
    ontvanger: str = "",
    coalitie: str = "",
    aan: tuple[Adres, ...] = (),
    bericht: str = "",
    agenda: str = "",
    bijlagen: tuple[Bijlage, ...] = (),
) -> Stuk:
    """One document of this passage. `bij` tells copies of one kind apart (a coalition or organisation key)."""
    metadata = zoek_soort(soort, instellingen().sjablonen_map).metadata
    nummer = f"-{d.nummer}" if REGEL[d.poort].herhaalt else ""
    kenmerk = f"{d.ronde.zaaknummer}/{d.poort.value}{nummer}/{soort}" + (f"/{bij}" if bij else "")
    naam = f"{d.poort.value}{nummer}_{soort}" + (f"_{bij}" if bij else "") + ".pdf"
    alles = gedeeld(d.session, d.ronde, d.regels, kenmerk=kenmerk, poort=d.poort.value) | als_json(gegevens)
    opdracht = Opdracht(
        soort=soort,
        titel=titel,
        bestandsnaam=naam,
        moment=d.nu,
        huisstijl=d.ronde.gemeente,
        openbaar=metadata.openbaar,
        ontvanger=ontvanger or metadata.ontvanger,
        gegevens=alles,
        bijlagen=bijlagen,
    )
    return Stuk(opdracht, coalitie, aan, bericht, agenda)


def adres_van(session: Session, wie: Deelnemer) -> Adres:
    persoon = vind.persoon(session, wie)
    return Adres(persoon.naam, persoon.email)


def adressering(session: Session, organisatie: Organisatie, contact: Deelnemer) -> dict[str, str]:
    """The address window of a letter: organisation, contact person, address."""
    return {
        "organisatie": organisatie.naam,
        "naam": vind.persoon(session, contact).naam,
        "adres": organisatie.adres,
        "postcode": organisatie.postcode,
        "plaats": organisatie.plaats,
    }


def penvoerder(session: Session, groep: Coalitie) -> tuple[Organisatie, Deelnemer]:
    """The lead organisation of a coalition and its contact person."""
    wie = session.get_one(Deelnemer, groep.penvoerder_id)
    return session.exec(select(Organisatie).where(Organisatie.id == wie.organisatie_id)).one(), wie
