"""A proposal on paper: a member of staff takes it in at the desk, on behalf of its coalition.

As sealed as any other: what was typed over goes into the vault at once, and nobody of the staff can read it back.
"""

from datetime import datetime
from typing import Literal

from pydantic import Field

from ..fouten import Invoerfout
from ..inhoud import Bijlage, Bijlagesoort, VoorstelInhoud
from ..kern.notatie import datum_tijd
from ..overzichten import vind
from ..procedure import Poort
from ..regels import Sleutel, Strikt
from .basis import Log, Werk, handeling
from .bestanden import bewaar_bestand
from .oproep import boek_indiening

Brenger = Literal["penvoerder", "partner", "post", "bode"]


class Scan(Strikt):
    """A scanned sheet of the paper proposal."""

    naam: str
    soort: Bijlagesoort = "overig"
    inhoud: bytes = Field(repr=False)


@handeling
def neem_papier_aan(
    werk: Werk,
    *,
    coalitie: Sleutel,
    ontvangen_op: datetime,
    gebracht_door: Brenger,
    inhoud: VoorstelInhoud,
    scans: list[Scan] = [],  # noqa: B006
) -> Log:
    """Neem een voorstel op papier aan, namens een coalitie. Het gaat meteen in de kluis."""
    groep = vind.coalitie(werk.session, werk.ronde, coalitie)
    _toets_moment(werk, ontvangen_op)
    rijen = [
        bewaar_bestand(werk, groep, f"papier {n} {s.naam}", s.soort, s.inhoud, los=True) for n, s in enumerate(scans, 1)
    ]
    bijlagen = [Bijlage(naam=r.naam, soort=s.soort, sha256=r.sha256) for s, r in zip(scans, rijen, strict=True)]
    heel = inhoud.model_copy(update={"bijlagen": [*inhoud.bijlagen, *bijlagen]})
    return boek_indiening(werk, groep, heel, "papier", ontvangen_op) | {"gebracht_door": gebracht_door}


def _toets_moment(werk: Werk, ontvangen_op: datetime) -> None:
    """At the desk: after the call, not in the future, and not after the closing."""
    [sluiting] = vind.momenten(werk.regels, "sluiting")
    oproep = vind.passage(werk.session, werk.ronde, Poort.OPROEP)
    fout = ""
    if ontvangen_op.tzinfo is None:
        fout = "geef een tijdstip met tijdzone"
    elif ontvangen_op > sluiting:
        fout = f"het voorstel kwam na de sluiting ({datum_tijd(sluiting)}); u kunt het niet aannemen"
    elif ontvangen_op > werk.nu:
        fout = "dit moment moet nog komen; vul in wanneer het voorstel aan de balie is afgegeven"
    elif oproep and ontvangen_op < oproep.moment:
        fout = f"de oproep verscheen pas op {datum_tijd(oproep.moment)}; controleer de datum"
    if fout:
        raise Invoerfout(f"ontvangen_op: {fout}", waar="neem_papier_aan")
