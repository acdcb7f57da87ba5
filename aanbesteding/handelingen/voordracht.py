"""Acts of the jurist between ranking and decision: lots on a tie, and the declaration of due care."""

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlmodel import select

from ..fouten import Conflict, GeenToestemming, Invoerfout
from ..kern.loting import Bron, LotingError, loot
from ..model import (
    Loting,
    Vergewisverklaring,
)
from ..overzichten import beoordelen, vind
from ..procedure import Rol
from ..regels import Sleutel, Strikt, Tekst
from .basis import Log, Werk, handeling


class Vergewispunt(Strikt):
    punt: Tekst
    oordeel: Literal["ja", "nee"]
    toelichting: Tekst


class Loterijbron(Strikt):
    naam: Tekst
    soort: Literal["getal", "getallen", "verzameling", "tekst"]
    waarden: Annotated[list[Tekst], Field(min_length=1)]


@handeling
def loting(werk: Werk, *, bronnen: list[Loterijbron], getuigen: list[Sleutel]) -> Log:
    """Trek het lot bij een gelijke stand op de grens, met twee getuigen (RFC 3797)."""
    te_loten = beoordelen.te_loten(werk.session, werk.ronde)
    if not te_loten:
        raise Conflict("Er is geen gelijke stand op de grens. Loten is niet nodig.")
    if len({werk.actor.sleutel, *getuigen}) < 3:
        raise Invoerfout("getuigen: noem twee getuigen; u bent zelf geen getuige", waar="loting")
    for getuige in getuigen:
        vind.deelnemer(werk.session, werk.ronde, getuige)
    if [b.naam for b in bronnen] != werk.regels.verdeling.loting_bronnen:
        raise Invoerfout("bronnen: gebruik precies de bronnen van de oproep, in die volgorde", waar="loting")
    return _trek(werk, te_loten, bronnen, getuigen)


def _trek(werk: Werk, te_loten: list[str], bronnen: list[Loterijbron], getuigen: list[str]) -> Log:
    lijst_sha = beoordelen.gepubliceerde_lijsthash(werk.session, werk.ronde)
    try:
        uitkomst = loot(
            te_loten, [Bron(b.naam, b.soort, tuple(b.waarden)) for b in bronnen], gepubliceerde_hash=lijst_sha
        )
    except LotingError as fout:
        raise Invoerfout(str(fout), waar="loting") from None
    werk.bewaar(
        Loting(
            ronde_id=werk.ronde_id,
            lijst_sha256=lijst_sha,
            bronnen=[b.model_dump() for b in bronnen],
            getuigen=getuigen,
            uitkomst={
                "sleutel": uitkomst.sleutel,
                "volgorde": list(uitkomst.volgorde),
                "deelnemers": list(uitkomst.deelnemers),
                "trekkingen": [vars(t) for t in uitkomst.trekkingen],
            },
            getrokken_op=werk.nu,
        )
    )
    return {"lijst_sha256": lijst_sha, "volgorde": list(uitkomst.volgorde)}


@handeling
def vergewis(werk: Werk, *, punten: list[Vergewispunt], conclusie: Tekst) -> Log:
    """Onderteken de vergewisverklaring (Awb 3:9), voordat het college besluit."""
    if {Rol.PROJECTLEIDER, Rol.BEOORDELAAR} & werk.rollen:
        raise GeenToestemming("Wie de ronde leidt of beoordeelt, mag de vergewisverklaring niet ondertekenen.")
    nee = [p.punt for p in punten if p.oordeel == "nee"]
    if nee:
        raise Conflict(f"U kunt nog niet ondertekenen. Deze punten zijn niet in orde: {'; '.join(nee)}.")
    if werk.session.exec(select(Vergewisverklaring).where(Vergewisverklaring.ronde_id == werk.ronde_id)).first():
        raise Conflict("De vergewisverklaring is al ondertekend.")
    gegevens: list[dict[str, Any]] = [p.model_dump() for p in punten]
    werk.bewaar(
        Vergewisverklaring(
            ronde_id=werk.ronde_id,
            jurist_id=vind.sid(werk.actor.id),
            punten=gegevens,
            conclusie=conclusie,
            ondertekend_op=werk.nu,
        )
    )
    return {"punten": len(punten)}
