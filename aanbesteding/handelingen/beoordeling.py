"""Acts from the closed vault to the ranking: opening, formal check, conflicts, scores, consensus, lots."""

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlmodel import col, func, select

from ..fouten import Conflict, GeenToestemming, Invoerfout
from ..inhoud import Aanvulling
from ..kern.eigenwoorden import gekopieerd_van
from ..kern.loting import Bron, LotingError, loot
from ..model import (
    Belang,
    Consensus,
    Kluisopening,
    Loting,
    Oordeel,
    Score,
    Toewijzing,
    Vergewisverklaring,
    Verzuim,
    Voorstel,
)
from ..overzichten import beoordelen, vermoedens, vind
from ..procedure import Rol
from ..regels import Sleutel, Strikt, Tekst
from .basis import Log, Werk, handeling
from .oproep import eigen_coalitie


class Vergewispunt(Strikt):
    punt: Tekst
    oordeel: Literal["ja", "nee"]
    toelichting: Tekst


class Loterijbron(Strikt):
    naam: Tekst
    soort: Literal["getal", "getallen", "verzameling", "tekst"]
    waarden: Annotated[list[Tekst], Field(min_length=1)]


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
    eigen_coalitie(werk, coalitie)
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
    voorstel.ontvankelijk, voorstel.vormoordeel = ontvankelijk, motivering
    werk.bewaar(voorstel)
    return {"coalitie": coalitie, "ontvankelijk": ontvankelijk}


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


def _toewijzing(werk: Werk, coalitie: str) -> Toewijzing:
    """The actor's allocation to this proposal; a conflicted person gets the same answer as a stranger."""
    voorstel = vind.voorstel(werk.session, werk.ronde, coalitie)
    vraag = select(Toewijzing).where(Toewijzing.voorstel_id == voorstel.id, Toewijzing.beoordelaar_id == werk.actor.id)
    rij = werk.session.exec(vraag.where(col(Toewijzing.vervallen_op).is_(None))).first()
    if rij is None:
        raise GeenToestemming(f"Het voorstel van '{coalitie}' is niet aan u toegewezen. U kunt het niet beoordelen.")
    return rij


@handeling
def score(
    werk: Werk,
    *,
    coalitie: Sleutel,
    criterium: Sleutel,
    waarde: int | None = None,
    motivering: Tekst,
    onthouden: bool = False,
) -> Log:
    """Geef een score met een motivering in eigen woorden."""
    rij = _toewijzing(werk, coalitie)
    if rij.vergrendeld_op:
        raise Conflict(f"Uw scores voor '{coalitie}' zijn vergrendeld. U kunt ze niet meer veranderen.")
    _toets_score(werk, criterium, waarde, motivering, onthouden=onthouden)
    _toets_eigen_woorden(werk, coalitie, motivering)
    eerder = werk.session.exec(
        select(func.max(Score.versie)).where(Score.toewijzing_id == rij.id, Score.criterium == criterium)
    ).one()
    werk.bewaar(
        Score(
            toewijzing_id=vind.sid(rij.id),
            criterium=criterium,
            versie=(eerder or 0) + 1,
            waarde=None if onthouden else waarde,
            motivering=motivering,
            ingevoerd_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "criterium": criterium, "versie": (eerder or 0) + 1}


def _toets_score(werk: Werk, criterium: str, waarde: int | None, motivering: str, *, onthouden: bool) -> None:
    fouten = _scorefouten(werk, criterium, waarde, motivering)
    if onthouden and waarde is not None:
        fouten.append("waarde: laat de score leeg als u zich onthoudt")
    if not onthouden and waarde is None:
        fouten.append("waarde: ontbreekt; geef een score of kies 'onthouden'")
    if fouten:
        raise Invoerfout(fouten, waar="score")


def _toets_eigen_woorden(werk: Werk, coalitie: str, motivering: str) -> None:
    """A reason pasted from another proposal says nothing about this one."""
    elders = beoordelen.motiveringen_elders(werk.session, werk.ronde, werk.actor, coalitie)
    bron = gekopieerd_van(motivering, elders)
    if bron:
        raise Invoerfout(
            f"motivering: deze tekst staat ook bij {bron}; schrijf in eigen woorden wat u in dít voorstel leest",
            waar="score",
        )


def _scorefouten(werk: Werk, criterium: str, waarde: int | None, motivering: str) -> list[str]:
    schaal, minimum = (
        werk.regels.verdeling.schaal.waarden(),
        werk.regels.beoordeling.minimum_woorden_motivering,
    )
    fouten = []
    if criterium not in {c.sleutel for c in werk.regels.criteria}:
        fouten.append(f"criterium: '{criterium}' staat niet in de oproep")
    if waarde is not None and waarde not in schaal:
        fouten.append(f"waarde: {waarde} staat niet op de schaal; kies uit {', '.join(map(str, schaal))}")
    if len(motivering.split()) < minimum:
        fouten.append(f"motivering: schrijf minstens {minimum} woorden; de coalitie moet het oordeel kunnen volgen")
    return fouten


@handeling
def vergrendel(werk: Werk, *, coalitie: Sleutel) -> Log:
    """Vergrendel uw scores; daarna kunt u ze niet meer veranderen. 'alle' is al uw voorstellen."""
    eigen = beoordelen.toewijzingen_van(werk.session, werk.ronde, werk.actor)
    doelen = eigen if coalitie == "alle" else [_toewijzing(werk, coalitie)]
    for rij in doelen:
        ontbreekt = beoordelen.criteria_zonder_score(werk.session, werk.regels, rij)
        if ontbreekt:
            naam = beoordelen.coalitie_van(werk.session, rij).sleutel
            raise Invoerfout(f"coalitie: bij '{naam}' ontbreekt nog: {', '.join(ontbreekt)}", waar="vergrendel")
        rij.vergrendeld_op = rij.vergrendeld_op or werk.nu
    werk.bewaar(*doelen)
    return {"coalitie": coalitie, "aantal": len(doelen)}


@handeling
def consensus(werk: Werk, *, coalitie: Sleutel, criterium: Sleutel, waarde: int, motivering: Tekst) -> Log:
    """Leg de gezamenlijke score vast, met een eigen motivering."""
    voorstel = vind.voorstel(werk.session, werk.ronde, coalitie)
    if beoordelen.niet_vergrendeld(werk.session, voorstel):
        raise Conflict(f"Nog niet alle scores voor '{coalitie}' zijn vergrendeld. Overleg kan pas daarna.")
    fouten = _scorefouten(werk, criterium, waarde, motivering) or _besprekingsfouten(
        werk, coalitie, criterium, motivering
    )
    if fouten:
        raise Invoerfout(fouten, waar="consensus")
    eerder = werk.session.exec(
        select(func.max(Consensus.versie)).where(Consensus.voorstel_id == voorstel.id, Consensus.criterium == criterium)
    ).one()
    werk.bewaar(
        Consensus(
            voorstel_id=vind.sid(voorstel.id),
            criterium=criterium,
            versie=(eerder or 0) + 1,
            waarde=waarde,
            motivering=motivering,
            vastgelegd_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "criterium": criterium, "waarde": waarde, "versie": (eerder or 0) + 1}


def _besprekingsfouten(werk: Werk, coalitie: str, criterium: str, motivering: str) -> list[str]:
    """Where the assessors differed as much as the call's threshold, the reason also tells what was discussed."""
    laag, hoog = beoordelen.uitersten(werk.session, werk.ronde).get((coalitie, criterium), (0, 0))
    minimum = 2 * werk.regels.beoordeling.minimum_woorden_motivering
    if hoog - laag < werk.regels.verdeling.spreiding_bespreken or len(motivering.split()) >= minimum:
        return []
    kop = f"motivering: de scores lopen uiteen van {laag} tot {hoog}; schrijf minstens {minimum} woorden"
    return [f"{kop} en leg uit wat u besprak en waarom u op deze score uitkwam"]


@handeling
def oordeel(
    werk: Werk,
    *,
    coalitie: Sleutel,
    samenvatting: Tekst,
    sterk: list[Tekst],
    verbeter: list[Tekst],
    hoe_verder: Tekst,
) -> Log:
    """Leg het gezamenlijke oordeel over een voorstel vast: sterk, beter en hoe verder."""
    voorstel = vind.voorstel(werk.session, werk.ronde, coalitie)
    eerder = werk.session.exec(select(func.max(Oordeel.versie)).where(Oordeel.voorstel_id == voorstel.id)).one()
    werk.bewaar(
        Oordeel(
            voorstel_id=vind.sid(voorstel.id),
            versie=(eerder or 0) + 1,
            samenvatting=samenvatting,
            sterk=sterk,
            verbeter=verbeter,
            hoe_verder=hoe_verder,
            vastgelegd_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "versie": (eerder or 0) + 1}


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
