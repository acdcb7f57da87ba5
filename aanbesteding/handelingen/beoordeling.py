"""Acts of the assessment: scores with reasons, locking, consensus, the joint opinion."""

from sqlmodel import col, select

from ..fouten import Conflict, GeenToestemming, Invoerfout
from ..kern.eigenwoorden import gekopieerd_van
from ..model import (
    Consensus,
    Oordeel,
    Score,
    Toewijzing,
)
from ..overzichten import beoordelen, vind
from ..regels import Sleutel, Tekst
from .basis import Log, Werk, handeling, volgende_versie


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
    versie = volgende_versie(werk, Score, Score.toewijzing_id == rij.id, Score.criterium == criterium)
    werk.bewaar(
        Score(
            toewijzing_id=vind.sid(rij.id),
            criterium=criterium,
            versie=versie,
            waarde=None if onthouden else waarde,
            motivering=motivering,
            ingevoerd_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "criterium": criterium, "versie": versie}


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
    versie = volgende_versie(werk, Consensus, Consensus.voorstel_id == voorstel.id, Consensus.criterium == criterium)
    werk.bewaar(
        Consensus(
            voorstel_id=vind.sid(voorstel.id),
            criterium=criterium,
            versie=versie,
            waarde=waarde,
            motivering=motivering,
            vastgelegd_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "criterium": criterium, "waarde": waarde, "versie": versie}


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
    versie = volgende_versie(werk, Oordeel, Oordeel.voorstel_id == voorstel.id)
    werk.bewaar(
        Oordeel(
            voorstel_id=vind.sid(voorstel.id),
            versie=versie,
            samenvatting=samenvatting,
            sterk=sterk,
            verbeter=verbeter,
            hoe_verder=hoe_verder,
            vastgelegd_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "versie": versie}
