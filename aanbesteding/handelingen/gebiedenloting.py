"""The lottery of pilot areas, or of the order in which they start: announced first, drawn later, recomputable.

Choosing the worst areas shows a "success" without any effect in up to 72 % of cases; a lottery among areas that
are equally suitable does not (kennis/effect.md). The draw is that of a tie (kern/loting.py, RFC 3797): the list and
the sources are fixed before anybody can know what the sources will give.
"""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from ..fouten import Conflict, Invoerfout
from ..inhoud import Periode
from ..kern.loting import Bron, LotingError, canonieke_lijst, lijsthash, loot
from ..kern.notatie import datum_tijd
from ..model import Gebiedenloting, Voorstel
from ..overzichten import meetplannen, vind
from ..regels import Moment, Sleutel, Strikt, Tekst
from ..termijnen import amsterdam
from .basis import Log, Werk, handeling
from .plannen import geselecteerd_voorstel
from .voordracht import Loterijbron

EERST_BEKEND = timedelta(hours=1)
"""Between the announcement and the draw: long enough for others to see the list before the sources are known."""


class Startmoment(Strikt):
    """So many of the drawn areas start in this wave; one moment is a plain lottery, several a staggered start."""

    periode: Periode
    aantal: Annotated[int, Field(ge=1, le=500)]


class AangekondigdeBron(Strikt):
    naam: Tekst
    soort: Literal["getal", "getallen", "verzameling", "tekst"]


@handeling
def kondig_gebiedenloting_aan(
    werk: Werk,
    *,
    coalitie: Sleutel,
    kandidaten: Annotated[list[Tekst], Field(min_length=2, max_length=500)],
    startmomenten: Annotated[list[Startmoment], Field(min_length=1)],
    bronnen: Annotated[list[AangekondigdeBron], Field(min_length=1)],
    geschiktheid: Tekst,
    trekken_vanaf: Moment,
) -> Log:
    """Kondig een loting van gebieden aan: de lijst, de bronnen en het moment, vóórdat iemand de uitkomst kent."""
    voorstel, _ = geselecteerd_voorstel(werk, coalitie)
    if (er_is := meetplannen.geldig(meetplannen.lotingen(werk.session, voorstel))) is not None:
        stand = "getrokken" if er_is.getrokken_op else "aangekondigd"
        raad = "" if er_is.getrokken_op else " Laat die eerst vervallen, met een reden."
        raise Conflict(f"Voor '{coalitie}' is al een loting {stand}.{raad}")
    lijst = _lijst(kandidaten)
    fouten = _fouten_startmomenten(startmomenten, len(lijst))
    vanaf = amsterdam(trekken_vanaf.date(), trekken_vanaf.time())
    if vanaf < werk.nu + EERST_BEKEND:
        fouten.append("trekken_vanaf: kies een moment dat minstens een uur later is, zodat anderen de lijst eerst zien")
    if len({b.naam for b in bronnen}) < len(bronnen):
        fouten.append("bronnen: een bron staat er twee keer")
    if fouten:
        raise Invoerfout(fouten, waar="loting")
    rij = Gebiedenloting(
        voorstel_id=vind.sid(voorstel.id),
        nummer=_nummer(werk, voorstel),
        kandidaten=list(lijst),
        startmomenten=[m.model_dump() for m in startmomenten],
        bronnen=[b.model_dump() for b in bronnen],
        geschiktheid=geschiktheid,
        lijst_sha256=lijsthash(lijst),
        aangekondigd_op=werk.nu,
        trekken_vanaf=vanaf,
    )
    werk.bewaar(rij)
    return {
        "coalitie": coalitie, "nummer": rij.nummer, "lijst_sha256": rij.lijst_sha256, "kandidaten": rij.kandidaten,
        "startmomenten": rij.startmomenten, "bronnen": rij.bronnen, "trekken_vanaf": vanaf.isoformat(),
    }  # fmt: skip


def _lijst(kandidaten: list[str]) -> tuple[str, ...]:
    try:
        return canonieke_lijst(kandidaten)
    except LotingError as fout:
        raise Invoerfout(f"kandidaten: {fout}", waar="loting") from None


def _fouten_startmomenten(momenten: list[Startmoment], gebieden: int) -> list[str]:
    perioden = [m.periode for m in momenten]
    samen, fouten = sum(m.aantal for m in momenten), []
    if perioden != sorted(set(perioden)):
        fouten.append("startmomenten: zet elk startmoment één keer, het vroegste eerst")
    if samen > gebieden:
        fouten.append(f"startmomenten: samen {samen} gebieden, maar er staan er {gebieden} op de lijst")
    if samen == gebieden and len(momenten) == 1:
        fouten.append("startmomenten: zo krijgt elk gebied de pilot en blijft er niets te loten; kies minder gebieden "
                      "of laat ze na elkaar beginnen")  # fmt: skip
    return fouten


def _nummer(werk: Werk, voorstel: Voorstel) -> int:
    return len(meetplannen.lotingen(werk.session, voorstel)) + 1


def _aangekondigd(werk: Werk, coalitie: str) -> Gebiedenloting:
    voorstel, _ = geselecteerd_voorstel(werk, coalitie)
    rij = meetplannen.geldig(meetplannen.lotingen(werk.session, voorstel))
    if rij is None:
        raise Conflict(f"Voor '{coalitie}' is geen loting aangekondigd.")
    if rij.getrokken_op is not None:
        raise Conflict(f"De loting voor '{coalitie}' is al getrokken. Een tweede keer loten kan niet.")
    return rij


@handeling
def trek_gebiedenloting(werk: Werk, *, coalitie: Sleutel, bronnen: list[Loterijbron]) -> Log:
    """Trek de aangekondigde loting van gebieden, met de uitkomst van de aangekondigde bronnen (RFC 3797)."""
    rij = _aangekondigd(werk, coalitie)
    if werk.nu < rij.trekken_vanaf:
        raise Conflict(
            f"Loten kan pas vanaf {datum_tijd(rij.trekken_vanaf)}. Dan is de uitkomst van de bronnen bekend."
        )
    if [(b.naam, b.soort) for b in bronnen] != [(b["naam"], b["soort"]) for b in rij.bronnen]:
        raise Invoerfout("bronnen: gebruik precies de aangekondigde bronnen, in die volgorde", waar="loting")
    try:
        uit = loot(
            rij.kandidaten,
            [Bron(b.naam, b.soort, tuple(b.waarden)) for b in bronnen],
            gepubliceerde_hash=rij.lijst_sha256,
        )
    except LotingError as fout:
        raise Invoerfout(f"bronnen: {fout}", waar="loting") from None
    rij.bronnen = [b.model_dump() for b in bronnen]
    rij.uitkomst = {
        "sleutel": uit.sleutel,
        "volgorde": list(uit.volgorde),
        "deelnemers": list(uit.deelnemers),
        "trekkingen": [vars(t) for t in uit.trekkingen],
    }
    rij.getrokken_op = werk.nu
    werk.bewaar(rij)
    return {
        "coalitie": coalitie, "nummer": rij.nummer, "lijst_sha256": rij.lijst_sha256, "bronnen": rij.bronnen,
        "volgorde": list(uit.volgorde), "starten": meetplannen.startperioden(rij),
    }  # fmt: skip


@handeling
def laat_gebiedenloting_vervallen(werk: Werk, *, coalitie: Sleutel, reden: Tekst) -> Log:
    """Laat een aangekondigde loting vervallen, met een reden die in het meetplan blijft staan."""
    rij = _aangekondigd(werk, coalitie)
    rij.vervallen_op, rij.vervallen_reden = werk.nu, reden
    werk.bewaar(rij)
    return {"coalitie": coalitie, "nummer": rij.nummer, "reden": reden}
