"""Acts on attachments: put one with the proposal, take one away. Checked by content, kept in the sealed database."""

import hashlib
from typing import Annotated

from pydantic import Field
from sqlmodel import select

from ..fouten import Invoerfout, NietGevonden
from ..inhoud import Bijlagesoort
from ..kern import bestandssoort as kern
from ..kern.notatie import bytes_leesbaar
from ..model import Bestand, Coalitie, Indiening, Verzuim, Voorstel
from ..overzichten import bestanden, vind
from ..regels import Sleutel
from .basis import Log, Werk, handeling
from .oproep import eigen_coalitie

Controlegetal = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@handeling
def plaats_bestand(werk: Werk, *, coalitie: Sleutel, naam: str, soort: Bijlagesoort, inhoud: bytes) -> Log:
    """Zet een bestand bij het voorstel van uw coalitie."""
    groep = eigen_coalitie(werk, coalitie)
    _toets_plek(werk, groep, naam, inhoud)
    return {"coalitie": coalitie, "sha256": bewaar_bestand(werk, groep, naam, soort, inhoud).sha256}


def bewaar_bestand(werk: Werk, groep: Coalitie, naam: str, soort: str, inhoud: bytes, *, los: bool = False) -> Bestand:
    """Store these bytes with the coalition; the same bytes twice are one file. `los`: not part of its draft."""
    uitgang = kern.soort_van(inhoud, naam)
    fouten = bezwaren_inhoud(inhoud, uitgang)
    if fouten:
        raise Invoerfout(fouten, waar="plaats_bestand")
    sha = hashlib.sha256(inhoud).hexdigest()
    rij = bestanden.met_inhoud(werk.session, vind.sid(groep.id), sha) or Bestand(
        coalitie_id=vind.sid(groep.id),
        deelnemer_id=vind.sid(werk.actor.id),
        naam="",
        soort=soort,
        mediatype=kern.MEDIATYPEN[uitgang],
        grootte=len(inhoud),
        sha256=sha,
        inhoud=inhoud,
        geplaatst_op=werk.nu,
        verwijderd_op=werk.nu,
    )
    if not los:
        rij.naam, rij.soort, rij.verwijderd_op = kern.nette_naam(naam, uitgang), soort, None
    rij.naam = rij.naam or kern.nette_naam(naam, uitgang)
    werk.bewaar(rij)
    return rij


def bezwaren_inhoud(inhoud: bytes, uitgang: str) -> list[str]:
    fouten = []
    if not inhoud:
        fouten.append("bestand: is leeg; kies een ander bestand")
    elif not uitgang:
        fouten.append(f"bestand: dit soort kunnen wij niet openen; stuur {kern.LEESBAAR}")
    if len(inhoud) > kern.MEESTE_BYTES:
        fouten.append(f"bestand: is {bytes_leesbaar(len(inhoud))}; hooguit {bytes_leesbaar(kern.MEESTE_BYTES)} mag")
    return fouten


def _toets_plek(werk: Werk, groep: Coalitie, naam: str, inhoud: bytes) -> None:
    """Room for one more in this draft, under a name of its own."""
    er_al = bestanden.van_coalitie(werk.session, vind.sid(groep.id))
    samen = sum(b.grootte for b in er_al) + len(inhoud)
    eigen, fouten = kern.nette_naam(naam, kern.soort_van(inhoud, naam) or "x"), []
    if samen > kern.MEESTE_SAMEN:
        meeste = bytes_leesbaar(kern.MEESTE_SAMEN)
        fouten.append(f"bestand: alles samen is dan {bytes_leesbaar(samen)}; hooguit {meeste}, haal eerst iets weg")
    if len(er_al) >= kern.MEESTE_BESTANDEN:
        fouten.append(f"bestand: er zijn er al {len(er_al)}; voeg stukken samen of haal er een weg")
    sha = hashlib.sha256(inhoud).hexdigest()
    if any(b.naam == eigen and b.sha256 != sha for b in er_al):
        fouten.append("bestand: er is al een bestand met deze naam; haal dat eerst weg of geef dit een andere naam")
    if fouten:
        raise Invoerfout(fouten, waar="plaats_bestand")


@handeling
def verwijder_bestand(werk: Werk, *, coalitie: Sleutel, sha256: Controlegetal) -> Log:
    """Haal een bestand weg uit het concept. Wat al is ingediend, blijft bewaard."""
    groep = eigen_coalitie(werk, coalitie)
    rij = bestanden.met_inhoud(werk.session, vind.sid(groep.id), sha256)
    if rij is None or rij.verwijderd_op:
        raise NietGevonden("Dit bestand staat niet meer bij uw voorstel.")
    if sha256 in _ingediend(werk, groep):
        rij.verwijderd_op = werk.nu
        werk.bewaar(rij)
    else:
        werk.session.delete(rij)
    return {"coalitie": coalitie, "sha256": sha256}


def _ingediend(werk: Werk, groep: Coalitie) -> set[str]:
    """Hashes that a submission or a repair names, also one that was replaced or withdrawn: those bytes stay."""
    teksten = list(werk.session.exec(select(Indiening.inhoud).where(Indiening.coalitie_id == groep.id)))
    herstel = select(Verzuim.aanvulling).join(Voorstel).where(Voorstel.coalitie_id == groep.id)
    teksten += list(werk.session.exec(herstel))
    return {b.get("sha256", "") for inhoud in teksten for b in inhoud.get("bijlagen", [])}
