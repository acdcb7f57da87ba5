"""`aanbesteding controleer document.pdf`: the seal, and whether the log of a round knows this document."""

from pathlib import Path

from sqlmodel import Session

from ..database import lees
from ..documenten.zegel_controle import Herkomst, Zegelbeeld, controleer_zegels
from ..documenten.zegel_herkomst import Opschrift, lees_opschrift, revisies
from ..documenten.zegel_keuze import lees_vertrouwen
from ..fouten import Controlefout, Invoerfout, NietGevonden
from ..instellingen import instellingen
from ..kern.notatie import bytes_leesbaar, datum, datum_tijd
from ..overzichten import documentzoeker
from ..overzichten.documentzoeker import Vindplaats
from .basis import bestaande_motor, zeg

GROOTSTE = 200_000_000
"""Bytes; a document of a round is far below this."""
HERKOMST = {
    Herkomst.VERTROUWD: "vertrouwd: de keten eindigt bij een uitgever uit AANBESTEDING_ZEGEL_VERTROUWD",
    Herkomst.EIGEN: "vertrouwd: het is het certificaat dat hier is ingesteld",
    Herkomst.OEFENING: "zelfgemaakt op deze computer, voor een oefening",
    Herkomst.ONBEKEND: "niet vertrouwd",
}


def controleer_pdf(pad: Path) -> None:
    """Say what this PDF is. Raises Controlefout (7) for any change, NietGevonden (4) when no round knows it."""
    inhoud = _lees(pad)
    zegels = controleer_zegels(inhoud, lees_vertrouwen(instellingen()))
    zeg(f"Bestand: {pad.name}, {bytes_leesbaar(len(inhoud))}\n\nHet zegel")
    _toon_zegels(zegels)
    fouten = [fout for zegel in zegels for fout in zegel.fouten]
    zeg("\nHet document")
    with lees(bestaande_motor()) as session:
        plek, vreemd = _zoek(session, inhoud, zegels)
        if plek is not None:
            fouten += vreemd + _toon_plek(session, plek, lees_opschrift(inhoud))
    if fouten:
        raise Controlefout("\n".join(["\nNiet in orde:", *(f"- {fout}" for fout in dict.fromkeys(fouten))]))
    if plek is None:
        raise NietGevonden(_onbekend(zegels))
    zeg("\nIn orde. Dit is precies het document dat de ronde heeft vastgelegd.")


def _lees(pad: Path) -> bytes:
    if not pad.is_file():
        raise NietGevonden(f"Het bestand {pad} bestaat niet.")
    if pad.stat().st_size > GROOTSTE:
        raise Invoerfout(f"{pad} is groter dan {bytes_leesbaar(GROOTSTE)}: dit is geen document van een ronde")
    inhoud = pad.read_bytes()
    if not inhoud.startswith(b"%PDF-"):
        raise Invoerfout(f"{pad} is geen PDF of het begin ervan is beschadigd")
    return inhoud


def _toon_zegels(zegels: list[Zegelbeeld]) -> None:
    if not zegels:
        zeg("Dit bestand heeft geen zegel.")
    for zegel in zegels:
        if not zegel.naam:
            zeg("Er zit een zegel in, maar het is beschadigd.")
            continue
        zeg(f"Verzegeld door: {zegel.naam}" + (f"\nReden: {zegel.reden}" if zegel.reden else ""))
        if zegel.moment:
            zeg(f"Verzegeld op: {datum_tijd(zegel.moment)} (volgens het zegel zelf)")
        zeg(f"Certificaat: {HERKOMST[zegel.herkomst] if zegel.heel else 'telt niet'}; uitgever: {zegel.uitgever}")
        if zegel.geldig_tot:
            zeg(f"Geldig tot en met: {datum(zegel.geldig_tot)}. Of het is ingetrokken, is niet nagegaan.")
        zeg(f"Sinds het verzegelen: {'niets veranderd' if zegel.heel else 'VERANDERD'}")
        if zegel.oefening:
            zeg("Let op: dit is een oefenzegel. Het heeft geen rechtskracht.")


def _zoek(session: Session, inhoud: bytes, zegels: list[Zegelbeeld]) -> tuple[Vindplaats | None, list[str]]:
    """The document that this is or was, and in Dutch how the bytes differ from it."""
    lengtes = {r.sha256: r.lengte for r in reversed(revisies(inhoud))}
    gevonden = documentzoeker.op_controlegetal(session, list(lengtes))
    if gevonden:
        plek = max(gevonden, key=lambda p: lengtes[p.document.sha256])
        extra = len(inhoud) - lengtes[plek.document.sha256]
        goed = extra == 0 or (len(zegels) == 1 and zegels[0].goed)
        return plek, [] if goed else [f"Achter het bekende document staan {extra} bytes die er niet bij horen."]
    genoemd = documentzoeker.op_kenmerk(session, lees_opschrift(inhoud).woorden)
    if not genoemd:
        zeg("Geen van de rondes in deze gegevens kent dit document.")
        return None, []
    zeg("Dit bestand noemt zich het document hieronder, maar de inhoud is anders.")
    return genoemd[-1], ["De inhoud is een andere dan de ronde heeft vastgelegd."]


def _onbekend(zegels: list[Zegelbeeld]) -> str:
    los = " Het zegel zelf is in orde." if zegels else ""
    return (
        f"Over dit document kunnen wij niets zeggen.{los} Misschien hoort het bij een ronde in een andere map met "
        "gegevens: wijs die aan met --data-map. Of het bestand is veranderd, zodat wij het niet herkennen."
    )


def _toon_plek(session: Session, plek: Vindplaats, opschrift: Opschrift) -> list[str]:
    """Print where it belongs; returns what does not agree."""
    d, versie = plek.document, documentzoeker.regelversie(session, plek)
    poort = f"{plek.passage.poort} ({plek.passage.volgnummer})" if plek.passage else "geen: het hoort bij een handeling"
    zeg(f"Ronde: {plek.ronde.kenmerk}{' (oefenronde)' if plek.ronde.oefening else ''}\nTitel: {d.titel}")
    zeg(f"Soort: {d.soort}\nKenmerk: {d.kenmerk}\nPoort: {poort}\nMoment: {datum_tijd(d.moment)}")
    zeg(f"Openbaar: {'ja' if d.openbaar else 'nee'}\nControlegetal: {d.sha256}")
    zeg(f"Regels: versie {versie}" if versie else "Regels: nog niet vastgesteld op dat moment")
    nieuwer = documentzoeker.later(session, plek)
    if nieuwer is not None:
        zeg(f"Let op: er is een later document van deze soort: {nieuwer.kenmerk}, {datum_tijd(nieuwer.moment)}.")
    stand = documentzoeker.logstand(session, plek)
    zeg(f"Logboek: {'ongeschonden' if not stand.fouten else 'NIET IN ORDE'}"
        + (f"; regel {stand.regelnummer} noemt dit document" if stand.regelnummer else ""))  # fmt: skip
    niet_gelogd = [] if stand.regelnummer else ["Het logboek van de ronde noemt dit document niet."]
    return [*stand.fouten, *niet_gelogd, *_verschillen(plek, opschrift)]


def _verschillen(plek: Vindplaats, opschrift: Opschrift) -> list[str]:
    """Where the metadata inside the PDF and the row of the database disagree."""
    d = plek.document
    paren = {
        "De titel": opschrift.titel == d.titel,
        "Het kenmerk": d.kenmerk in opschrift.woorden,
        "Het moment": opschrift.gemaakt is not None and opschrift.gemaakt == d.moment.replace(microsecond=0),
    }
    fout = [f"{veld} in de PDF is anders dan in de ronde." for veld, klopt in paren.items() if not klopt]
    if not fout:
        zeg("Gegevens in de PDF: titel, kenmerk en moment kloppen")
    return fout
