"""Acts from the closed vault to the declarations: opening, repair, formal check, interests."""

from sqlmodel import col, select

from ..fouten import Conflict, Invoerfout
from ..inhoud import Aanvulling
from ..kern.notatie import datum_tijd
from ..model import (
    Belang,
    Kluisopening,
    Verzuim,
    Voorstel,
)
from ..overzichten import beoordelen, bestanden, vermoedens, vind
from ..procedure import Rol
from ..regels import Sleutel, Tekst
from .basis import Log, Werk, handeling
from .oproep import eigen_coalitie


@handeling
def open_kluis(werk: Werk, *, tweede: Sleutel) -> Log:
    """Open de kluis met de voorstellen, samen met een tweede persoon."""
    ander = vind.deelnemer(werk.session, werk.ronde, tweede)
    if ander.id == werk.actor.id:
        raise Invoerfout("tweede: de kluis gaat open met twee verschillende personen", waar="open_kluis")
    if not {Rol.TWEEDE, Rol.JURIST} & vind.rollen(werk.session, ander):
        raise Invoerfout(f"tweede: '{tweede}' heeft niet de rol 'tweede' of 'jurist'", waar="open_kluis")
    if werk.session.exec(select(Kluisopening).where(Kluisopening.ronde_id == werk.ronde_id)).first():
        raise Conflict("De kluis is al open.")
    werk.bewaar(
        Kluisopening(
            ronde_id=werk.ronde_id,
            eerste_id=vind.sid(werk.actor.id),
            tweede_id=vind.sid(ander.id),
            moment=werk.nu,
        )
    )
    return {"tweede": tweede}


@handeling
def vul_aan(werk: Werk, *, coalitie: Sleutel, inhoud: Aanvulling) -> Log:
    """Vul ontbrekende vormonderdelen aan, voor het einde van de hersteltermijn."""
    groep = eigen_coalitie(werk, coalitie)
    bezwaren = bestanden.bezwaren(werk.session, vind.sid(groep.id), inhoud.bijlagen or [])
    gevraagd = sum(p.bedrag_euro for p in inhoud.begroting or [] if p.bron == "gemeente")
    if gevraagd > werk.regels.verdeling.maximum_per_voorstel_euro:
        maximum = werk.regels.verdeling.maximum_per_voorstel_euro
        bezwaren.append(f"inhoud.begroting: u vraagt {gevraagd} euro; het maximum is {maximum} euro")
    if bezwaren:
        raise Invoerfout(bezwaren, waar="vul_aan")
    voorstel = vind.voorstel(werk.session, werk.ronde, coalitie)
    open_punten = list(
        werk.session.exec(select(Verzuim).where(Verzuim.voorstel_id == voorstel.id, col(Verzuim.hersteld_op).is_(None)))
    )
    gegeven = {k: v for k, v in inhoud.model_dump(mode="json").items() if v not in (None, "", [])}
    teveel = set(gegeven) - {beoordelen.VELD_BIJ_VEREISTE[v.onderdeel] for v in open_punten}
    if teveel:
        raise Invoerfout(
            f"inhoud: '{sorted(teveel)[0]}' ontbrak niet; u mag alleen aanvullen wat in de brief staat",
            waar="vul_aan",
        )
    for punt in open_punten:
        veld = beoordelen.VELD_BIJ_VEREISTE[punt.onderdeel]
        if veld in gegeven:
            punt.hersteld_op, punt.aanvulling = werk.nu, {veld: gegeven[veld]}
    werk.bewaar(*open_punten)
    return {"coalitie": coalitie, "onderdelen": sorted(gegeven)}


@handeling
def oordeel_vorm(werk: Werk, *, coalitie: Sleutel, ontvankelijk: bool, motivering: Tekst) -> Log:
    """Beslis of een voorstel aan de vormeisen voldoet."""
    voorstel = vind.voorstel(werk.session, werk.ronde, coalitie)
    open_punten = beoordelen.open_verzuim(werk.session, voorstel)
    if ontvankelijk and open_punten:
        raise Invoerfout(f"ontvankelijk: van '{coalitie}' ontbreekt nog: {', '.join(open_punten)}", waar="oordeel_vorm")
    if not ontvankelijk:
        _toets_herstel(werk, voorstel)
    voorstel.ontvankelijk, voorstel.vormoordeel = ontvankelijk, motivering
    werk.bewaar(voorstel)
    return {"coalitie": coalitie, "ontvankelijk": ontvankelijk}


def _toets_herstel(werk: Werk, voorstel: Voorstel) -> None:
    """Refusing a proposal for a gap is only allowed when its repair term is over (Awb 4:5 lid 1)."""
    tot = beoordelen.herstel_loopt_tot(werk.session, voorstel)
    if tot is not None and werk.nu < tot:
        zin = f"De coalitie mag dit aanvullen tot {datum_tijd(tot)}. Daarna kunt u ‘nee’ zeggen."
        raise Conflict(zin)


@handeling
def verklaar_belang(werk: Werk, *, coalitie: Sleutel, belang: bool, toelichting: str = "") -> Log:
    """Verklaar per voorstel of u een persoonlijk belang heeft; 'overige' is alles wat nog open staat."""
    if belang and not toelichting:
        raise Invoerfout("toelichting: leg uit welk belang u heeft", waar="verklaar_belang")
    if coalitie == "overige":
        if belang:
            raise Invoerfout("coalitie: meld een belang per voorstel, niet voor 'overige'", waar="verklaar_belang")
        doelen = beoordelen.nog_te_verklaren(werk.session, werk.ronde, werk.actor)
    else:
        doelen = [vind.voorstel(werk.session, werk.ronde, coalitie)]
    gevraagd = 0 if belang else _toets_vermoedens(werk, doelen, toelichting, apart=coalitie != "overige")
    for voorstel in doelen:
        _leg_belang_vast(werk, voorstel, belang, toelichting)
    return {"coalitie": coalitie, "belang": belang, "aantal": len(doelen), "vermoedens": gevraagd}


def _toets_vermoedens(werk: Werk, doelen: list[Voorstel], toelichting: str, *, apart: bool) -> int:
    """'No interest' against a match in the data asks for an answer to that match, per proposal.

    Returns the number of matches that were answered; raises Invoerfout that repeats every open question.
    """
    alle = vermoedens.vermoedens(werk.session, werk.ronde)
    van = [m for v in doelen for m in alle.get((vind.sid(v.id), vind.sid(werk.actor.id)), [])]
    if van and not apart:
        kop = "coalitie: beantwoord deze voorstellen eerst apart, daarna kan 'overige'"
        raise Invoerfout([kop, *(f"'{m.coalitie}': {m.vraag}" for m in van)], waar="verklaar_belang")
    if van and not toelichting:
        kop = "toelichting: beantwoord deze vraag, of meld een belang"
        raise Invoerfout([f"{kop}. {m.vraag}" for m in van], waar="verklaar_belang")
    return len(van)


def _leg_belang_vast(werk: Werk, voorstel: Voorstel, belang: bool, toelichting: str) -> None:
    vraag = select(Belang).where(Belang.voorstel_id == voorstel.id, Belang.beoordelaar_id == werk.actor.id)
    rij = werk.session.exec(vraag).first() or Belang(
        voorstel_id=vind.sid(voorstel.id),
        beoordelaar_id=vind.sid(werk.actor.id),
        belang=belang,
        toelichting="",
        verklaard_op=werk.nu,
    )
    rij.belang, rij.toelichting, rij.verklaard_op = belang, toelichting, werk.nu
    werk.bewaar(rij)
