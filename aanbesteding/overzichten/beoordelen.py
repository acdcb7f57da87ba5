"""Reading the assessment: declarations, allocations, scores, consensus, and the ranking that follows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from ..fouten import GeenToestemming
from ..inhoud import VoorstelInhoud
from ..kern import rangschikking as kern
from ..kern.totalen import Ontbreekregel
from ..model import (
    Belang,
    Coalitie,
    Consensus,
    Deelnemer,
    Indiening,
    Kluisopening,
    Loting,
    Oordeel,
    Partner,
    Rangschikking,
    Ronde,
    Score,
    Toewijzing,
    Verzuim,
    Voorstel,
)
from ..regels import Regels
from . import vind

VELD_BIJ_VEREISTE = {
    "samenvatting": "samenvatting",
    "begroting": "begroting",
    "partnerverklaring": "bijlagen",
    "inwoners": "inwoners",
    "planning": "planning",
    "penvoerder": "penvoerder",
}
"""Formal part → the field of a proposal that holds it."""


def voorstelinhoud(session: Session, voorstel: Voorstel) -> VoorstelInhoud:
    """The text of a proposal with its repairs. Raises GeenToestemming while the vault is closed."""
    if session.exec(select(Kluisopening).where(Kluisopening.ronde_id == voorstel.ronde_id)).first() is None:
        raise GeenToestemming("De voorstellen liggen in de kluis. Twee personen openen die na de sluiting.")
    gegevens: dict[str, Any] = dict(session.get_one(Indiening, voorstel.indiening_id).inhoud)
    for herstel in session.exec(select(Verzuim).where(Verzuim.voorstel_id == voorstel.id)):
        if "bijlagen" in herstel.aanvulling:
            gegevens["bijlagen"] = [*gegevens["bijlagen"], *herstel.aanvulling["bijlagen"]]
        else:
            gegevens |= herstel.aanvulling
    return VoorstelInhoud.model_validate(gegevens)


def onbevestigde_partners(session: Session, coalitie_id: int) -> list[Partner]:
    """Partners that were named but did not confirm yet."""
    vraag = select(Partner).where(Partner.coalitie_id == coalitie_id, col(Partner.bevestigd_op).is_(None))
    return list(session.exec(vraag))


def ontbrekende_onderdelen(regels: Regels, inhoud: VoorstelInhoud, *, partners_bevestigd: bool) -> list[str]:
    """Keys of the formal parts of the call that this proposal lacks.

    A partner declares itself by confirming in the system; a signed declaration as attachment counts too.
    """
    aanwezig = {
        "samenvatting": bool(inhoud.samenvatting),
        "begroting": bool(inhoud.begroting),
        "inwoners": bool(inhoud.inwoners),
        "planning": bool(inhoud.planning),
        "penvoerder": True,
        "partnerverklaring": partners_bevestigd or any(b.soort == "partnerverklaring" for b in inhoud.bijlagen),
    }
    return [v.sleutel for v in regels.indienen.vormvereisten if not aanwezig[v.sleutel]]


def open_verzuim(session: Session, voorstel: Voorstel) -> list[str]:
    vraag = select(Verzuim).where(Verzuim.voorstel_id == voorstel.id, col(Verzuim.hersteld_op).is_(None))
    return [v.onderdeel for v in session.exec(vraag)]


def herstel_loopt_tot(session: Session, voorstel: Voorstel) -> datetime | None:
    """Until when open gaps of this proposal may be repaired; None when there are none."""
    vraag = select(Verzuim.herstel_tot).where(Verzuim.voorstel_id == voorstel.id, col(Verzuim.hersteld_op).is_(None))
    return max(session.exec(vraag), default=None)


def belangen(session: Session, ronde: Ronde) -> dict[tuple[int, int], Belang]:
    """(voorstel id, beoordelaar id) → declaration."""
    vraag = select(Belang).join(Voorstel).where(Voorstel.ronde_id == ronde.id)
    return {(b.voorstel_id, b.beoordelaar_id): b for b in session.exec(vraag)}


def nog_te_verklaren(session: Session, ronde: Ronde, wie: Deelnemer) -> list[Voorstel]:
    verklaard = belangen(session, ronde)
    return [v for v, _ in vind.ontvankelijke(session, ronde) if (vind.sid(v.id), vind.sid(wie.id)) not in verklaard]


def toewijzingen(
    session: Session, ronde: Ronde, *, ook_vervallen: bool = False, wie: Deelnemer | None = None
) -> list[Toewijzing]:
    """The pairs that count, of all or of one assessor; `ook_vervallen`: those of dropped assessors as well."""
    vraag = select(Toewijzing).join(Voorstel).where(Voorstel.ronde_id == ronde.id)
    if wie is not None:
        vraag = vraag.where(Toewijzing.beoordelaar_id == wie.id)
    if not ook_vervallen:
        vraag = vraag.where(col(Toewijzing.vervallen_op).is_(None))
    return list(session.exec(vraag.order_by(col(Voorstel.nummer), col(Toewijzing.beoordelaar_id))))


def toewijzingen_van(session: Session, ronde: Ronde, wie: Deelnemer) -> list[Toewijzing]:
    return sorted(toewijzingen(session, ronde, wie=wie), key=lambda t: t.volgorde)


def coalitie_van(session: Session, rij: Toewijzing) -> Coalitie:
    return session.get_one(Coalitie, session.get_one(Voorstel, rij.voorstel_id).coalitie_id)


def scores_van(session: Session, rij: Toewijzing) -> dict[str, Score]:
    """Criterion → the newest score of this allocation."""
    vraag = select(Score).where(Score.toewijzing_id == rij.id).order_by(col(Score.versie))
    return {s.criterium: s for s in session.exec(vraag)}


def scores_van_alle(session: Session, rijen: Sequence[Toewijzing]) -> dict[int, dict[str, Score]]:
    """Allocation id → criterion → the newest score, for several allocations in one statement."""
    vraag = select(Score).where(col(Score.toewijzing_id).in_([t.id for t in rijen])).order_by(col(Score.versie))
    uit: dict[int, dict[str, Score]] = {vind.sid(t.id): {} for t in rijen}
    for s in session.exec(vraag):
        uit[s.toewijzing_id][s.criterium] = s
    return uit


def criteria_zonder_score(session: Session, regels: Regels, rij: Toewijzing) -> list[str]:
    gegeven = scores_van(session, rij)
    return [c.sleutel for c in regels.criteria if c.sleutel not in gegeven]


def niet_vergrendeld(session: Session, voorstel: Voorstel) -> list[Toewijzing]:
    vraag = select(Toewijzing).where(
        Toewijzing.voorstel_id == voorstel.id,
        col(Toewijzing.vergrendeld_op).is_(None),
        col(Toewijzing.vervallen_op).is_(None),
    )
    return list(session.exec(vraag))


@dataclass(frozen=True)
class Scoreregel:
    """One newest score, flat: what tables, spreads and statistics start from."""

    voorstel: str
    nummer: int
    criterium: str
    beoordelaar: str
    waarde: int | None
    motivering: str


def scoretabel(session: Session, ronde: Ronde) -> list[Scoreregel]:
    """Every newest score of the round that counts, in one statement, by number, criterion and assessor."""
    vraag = (
        select(Voorstel.nummer, Score.criterium, Deelnemer.sleutel, Coalitie.sleutel, Score.waarde, Score.motivering)  # type: ignore[call-overload]
        .join(Toewijzing, col(Score.toewijzing_id) == Toewijzing.id)
        .join(Voorstel, col(Toewijzing.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Deelnemer, col(Toewijzing.beoordelaar_id) == Deelnemer.id)
        .where(Voorstel.ronde_id == ronde.id, col(Toewijzing.vervallen_op).is_(None))
        .order_by(col(Score.versie))
    )
    nieuwste = {
        (nummer, criterium, wie): Scoreregel(sleutel, nummer, criterium, wie, waarde, motivering)
        for nummer, criterium, wie, sleutel, waarde, motivering in session.exec(vraag)
    }
    return [nieuwste[k] for k in sorted(nieuwste)]


def motiveringen_elders(session: Session, ronde: Ronde, wie: Deelnemer, coalitie: str) -> dict[str, str]:
    """This assessor's reasons for other proposals, under "'coalition', criterion"."""
    vraag = (
        select(Score.motivering, Score.criterium, Coalitie.sleutel)
        .join(Toewijzing, col(Score.toewijzing_id) == Toewijzing.id)
        .join(Voorstel, col(Toewijzing.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(Voorstel.ronde_id == ronde.id, Toewijzing.beoordelaar_id == wie.id, Coalitie.sleutel != coalitie)
        .order_by(col(Score.versie))
    )
    return {f"'{sleutel}', {criterium}": tekst for tekst, criterium, sleutel in session.exec(vraag)}


def consensus(session: Session, ronde: Ronde) -> dict[tuple[str, str], Consensus]:
    """(coalition key, criterion) → the newest agreed mark."""
    vraag = (
        select(Consensus, Coalitie.sleutel)
        .join(Voorstel, col(Consensus.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(Voorstel.ronde_id == ronde.id)
        .order_by(col(Consensus.versie))
    )
    return {(sleutel, c.criterium): c for c, sleutel in session.exec(vraag)}


def _afgesproken(session: Session, ronde: Ronde) -> set[tuple[str, str]]:
    """(coalition key, criterion) of every mark that was agreed, without what it is."""
    vraag = select(Coalitie.sleutel, Consensus.criterium).join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
    vraag = vraag.join(Consensus, col(Consensus.voorstel_id) == Voorstel.id).where(Voorstel.ronde_id == ronde.id)
    return set(session.exec(vraag.distinct()))


def met_oordeel(session: Session, ronde: Ronde) -> set[str]:
    """Coalition keys of the proposals with a joint opinion."""
    vraag = select(Coalitie.sleutel).join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
    vraag = vraag.join(Oordeel, col(Oordeel.voorstel_id) == Voorstel.id).where(Voorstel.ronde_id == ronde.id)
    return set(session.exec(vraag.distinct()))


def oordelen(session: Session, ronde: Ronde) -> dict[str, Oordeel]:
    """Coalition key → the newest joint summary."""
    vraag = (
        select(Oordeel, Coalitie.sleutel)
        .join(Voorstel, col(Oordeel.voorstel_id) == Voorstel.id)
        .join(Coalitie, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(Voorstel.ronde_id == ronde.id)
        .order_by(col(Oordeel.versie))
    )
    return {sleutel: o for o, sleutel in session.exec(vraag)}


def uitersten(session: Session, ronde: Ronde) -> dict[tuple[str, str], tuple[int, int]]:
    """(coalition key, criterion) → lowest and highest individual score; who abstained does not count."""
    groepen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for regel in scoretabel(session, ronde):
        if regel.waarde is not None:
            groepen[regel.voorstel, regel.criterium].append(regel.waarde)
    return {k: (min(w), max(w)) for k, w in groepen.items()}


def spreiding(session: Session, ronde: Ronde) -> dict[tuple[str, str], int]:
    """(coalition key, criterion) → highest minus lowest individual score."""
    return {k: hoog - laag for k, (laag, hoog) in uitersten(session, ronde).items()}


@dataclass(frozen=True)
class Agendapunt:
    """One cell for the consensus meeting. `gaan_weg`: the letters of who declared an interest and leaves."""

    nummer: int
    coalitie: str
    naam: str
    criterium: str
    laagste: int
    hoogste: int
    bespreken: bool
    klaar: bool
    gaan_weg: tuple[str, ...]

    @property
    def spreiding(self) -> int:
        return self.hoogste - self.laagste


def agenda(session: Session, ronde: Ronde) -> list[Agendapunt]:
    """The cells in order of spread, largest first; then by number and in the order of the call.

    Only proposals of which every score is locked: a value may not show before that (kennis/scoren.md).
    `bespreken` says that the spread reaches the announced threshold; `klaar` that a consensus is recorded.
    """
    from .voorwaarden import letters  # voorwaarden builds on this module

    regels, gegeven, per_cel = vind.regels(session, ronde), _afgesproken(session, ronde), uitersten(session, ronde)
    open_ = select(Toewijzing.voorstel_id).join(Voorstel).where(Voorstel.ronde_id == ronde.id).distinct()
    wacht = set(
        session.exec(open_.where(col(Toewijzing.vergrendeld_op).is_(None), col(Toewijzing.vervallen_op).is_(None)))
    )
    namen, weg = letters(session, ronde), defaultdict(list)
    gemeld = select(Belang.voorstel_id, Belang.beoordelaar_id).join(Voorstel).where(Voorstel.ronde_id == ronde.id)
    for voorstel_id, wie in session.exec(gemeld.where(col(Belang.belang).is_(True))):
        if wie in namen:
            weg[voorstel_id].append(namen[wie])
    punten = [
        Agendapunt(v.nummer, c.sleutel, c.naam, k.sleutel, *per_cel[c.sleutel, k.sleutel],
                   bespreken=_groot(per_cel[c.sleutel, k.sleutel], regels), klaar=(c.sleutel, k.sleutel) in gegeven,
                   gaan_weg=tuple(sorted(weg[vind.sid(v.id)])))
        for v, c in vind.ontvankelijke(session, ronde)
        for k in regels.criteria
        if v.id not in wacht and (c.sleutel, k.sleutel) in per_cel
    ]  # fmt: skip
    return sorted(punten, key=lambda p: (-p.spreiding, p.nummer))


def _groot(grenzen: tuple[int, int], regels: Regels) -> bool:
    return grenzen[1] - grenzen[0] >= regels.verdeling.spreiding_bespreken


ONTBREEKREGEL: dict[str, Ontbreekregel] = {
    "blokkeert": "voorstel zonder oordeel blokkeert",
    "gemiddelde van de andere beoordelaars": "gemiddelde van overige beoordelaars",
}


def kernregels(regels: Regels) -> kern.Regels:
    """The call's rules in the shape that the calculation takes."""
    v = regels.verdeling
    return kern.Regels(
        criteria=tuple(kern.Criterium(c.sleutel, c.gewicht, c.drempel) for c in regels.criteria),
        basis=v.score_op,
        ontbrekend=ONTBREEKREGEL[v.ontbrekende_score],
        schaal=(v.schaal.laagste, v.schaal.hoogste),
        drempel_totaal=None if v.drempel_totaal is None else Decimal(str(v.drempel_totaal)),
        plafond=v.plafond_euro * 100,
        plaatsen=v.aantal,
        gelijk=(*v.gelijke_stand, "loting"),
    )


def rangschik(session: Session, ronde: Ronde, regels: Regels) -> kern.Rangschikking:
    """The ranking by the announced rule, from what is stored now; a draw that was held counts.

    Raises RangschikkingGeblokkeerdError while scores are missing that the rule needs.
    """
    stand = vind.ontvankelijke(session, ronde)
    voorstellen = [kern.Voorstel(c.sleutel, voorstelinhoud(session, v).gevraagd_euro() * 100) for v, c in stand]
    scores = [
        kern.Score(
            r.voorstel,
            r.criterium,
            r.beoordelaar,
            r.waarde,
            "gegeven" if r.waarde is not None else "onthouden",
        )
        for r in scoretabel(session, ronde)
    ]
    afspraken: dict[tuple[str, str], kern.Getal] = {k: c.waarde for k, c in consensus(session, ronde).items()}
    gehouden = session.exec(select(Loting).where(Loting.ronde_id == ronde.id)).first()
    lotingen = [gehouden.uitkomst["volgorde"]] if gehouden else []
    return kern.rangschik(kernregels(regels), voorstellen, scores=scores, consensus=afspraken, lotingen=lotingen)


def laatste_rangschikking(session: Session, ronde: Ronde) -> Rangschikking | None:
    vraag = select(Rangschikking).where(Rangschikking.ronde_id == ronde.id).order_by(col(Rangschikking.versie).desc())
    return session.exec(vraag).first()


def gepubliceerde_lijsthash(session: Session, ronde: Ronde) -> str:
    """The hash of the list of lots as the recorded ranking published it; empty when no lots are drawn."""
    laatste = laatste_rangschikking(session, ronde)
    return str((laatste.uitkomst.get("loting") or {}).get("lijst_sha256", "")) if laatste else ""


def te_loten(session: Session, ronde: Ronde) -> list[str]:
    """Coalition keys tied at the cut in the recorded ranking; empty when the cut is clear."""
    laatste = laatste_rangschikking(session, ronde)
    return list((laatste.uitkomst.get("loting") or {}).get("voorstellen", [])) if laatste else []
