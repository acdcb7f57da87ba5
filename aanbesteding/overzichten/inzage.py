"""What may this person see? The single door to texts, scores and rankings, for the command line and the web.

Three walls (kennis/scoren.md, "Protection of the judgment"): the vault until two people open it, the own lock
before another's score shows, and a declared interest, which beats every other role that somebody has. A wall
also holds for what follows from the rest: counts, totals, places, amounts and hashes leave the hidden proposal
out, so that nothing can be worked out from a gap. Each function raises GeenToestemming, in Dutch.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlmodel import Session, col, select

from ..fouten import GeenToestemming, NietGevonden
from ..inhoud import VoorstelInhoud
from ..model import (
    Advies,
    Adviesvraag,
    Belang,
    Coalitie,
    Deelnemer,
    Indiening,
    Kluisopening,
    Organisatie,
    Partner,
    Ronde,
    Toewijzing,
    Voorstel,
)
from ..procedure import Poort, Rol
from . import beoordelen, vind
from .voorwaarden import letters
from .zichten import Cijfer, Conceptzicht, Overzicht, Overzichtsrij, Rangordezicht, Rangrij, Scorezicht, Voorstelzicht

BEDRAG = re.compile(
    r"(?:€|\b(?:eur|euro)\b)\s*\d[\d.,]*(?:-|\b)(?:\s*(?:duizend|ton|miljoen)\b)?"
    r"|\b\d[\d.,]*\s*(?:duizend\s+|ton\s+|miljoen\s+)?(?:euro|eur)\b|\b\d[\d.,]*\s*€",
    re.IGNORECASE,
)
VERBORGEN = "[bedrag verborgen]"
LEEST_ALLES = {Rol.PROJECTLEIDER, Rol.JURIST}


@dataclass(frozen=True)
class _Kijker:
    """Who looks, and the walls around him: read once per question."""

    wie: Deelnemer
    rollen: set[str]
    poorten: set[str]
    kluis_open: bool
    belangen: set[int]
    verklaard: set[int]
    eigen: list[Toewijzing]
    uitgevallen: bool

    def is_een(self, *rollen: Rol) -> bool:
        return bool({r.value for r in rollen} & self.rollen)

    @property
    def beoordeelt(self) -> bool:
        return self.is_een(Rol.BEOORDELAAR) and not self.uitgevallen

    @property
    def klaar(self) -> bool:
        """Allocated, and every own score locked: from then on amounts no longer colour the judgment."""
        return Poort.TOEWIJZING in self.poorten and all(t.vergrendeld_op for t in self.eigen)


def _kijker(session: Session, ronde: Ronde, wie: Deelnemer) -> _Kijker:
    if wie.ronde_id != ronde.id:
        raise GeenToestemming("U doet niet mee aan deze ronde.")
    eigen = select(Belang.voorstel_id, Belang.belang).join(Voorstel)
    belangen = dict(session.exec(eigen.where(Voorstel.ronde_id == ronde.id, Belang.beoordelaar_id == wie.id)).all())
    alle = beoordelen.toewijzingen(session, ronde, ook_vervallen=True, wie=wie)
    open_ = session.exec(select(Kluisopening).where(Kluisopening.ronde_id == ronde.id)).first()
    return _Kijker(
        wie,
        vind.rollen(session, wie),
        {p.poort for p in vind.gepasseerd(session, ronde)},
        open_ is not None,
        {v for v, belang in belangen.items() if belang},
        set(belangen),
        [t for t in alle if not t.vervallen_op],
        any(t.vervallen_op for t in alle),
    )


def _weiger(zin: str) -> None:
    raise GeenToestemming(zin)


def _geen_belang(k: _Kijker, v: Voorstel, coalitie: str) -> None:
    """A declared interest closes everything about a proposal, whatever other role this person has."""
    if v.id in k.belangen:
        _weiger(f"U meldde een belang bij '{coalitie}'. Daarom ziet u niets over de beoordeling van dit voorstel.")


def _kluis(k: _Kijker) -> None:
    if not k.kluis_open:
        _weiger("De voorstellen liggen in de kluis. Twee personen openen die na de sluiting.")


# ---------------------------------------------------------------- texts


def partners(session: Session, ronde: Ronde, wie: Deelnemer, coalitie: str) -> tuple[str, ...]:
    """All partners of a proposal: what an assessor needs in order to declare an interest, and no more."""
    toets_partners(session, ronde, wie)
    return _partnernamen(session, vind.voorstel(session, ronde, coalitie).coalitie_id)


def toets_partners(session: Session, ronde: Ronde, wie: Deelnemer) -> None:
    """Whether this person may see who takes part in the proposals. Raises GeenToestemming."""
    k = _kijker(session, ronde, wie)
    _kluis(k)
    if not (k.beoordeelt or k.is_een(*LEEST_ALLES, Rol.VOORZITTER)):
        _weiger("De partners ziet u in de openbare stukken.")
    if k.beoordeelt and Poort.ONTVANKELIJKHEID not in k.poorten:
        _weiger("De gemeente kijkt nog naar de vorm van de voorstellen. Daarna vragen wij u om een belangenverklaring.")


def _partnernamen(session: Session, coalitie_id: int | None) -> tuple[str, ...]:
    vraag = select(Organisatie.naam).join(Partner).where(Partner.coalitie_id == coalitie_id)
    return tuple(session.exec(vraag.order_by(col(Organisatie.naam))))


def concept(session: Session, ronde: Ronde, wie: Deelnemer, coalitie: str) -> Conceptzicht:
    """The preparation of a coalition, for its penvoerder and its own adviser."""
    k, groep = _kijker(session, ronde, wie), vind.coalitie(session, ronde, coalitie)
    adviseurs = set(session.exec(select(Advies.adviseur_id).where(Advies.coalitie_id == groep.id)))
    if groep.penvoerder_id != wie.id and not (k.is_een(Rol.ADVISEUR) and wie.id in adviseurs):
        _weiger(f"Alleen de penvoerder en de eigen adviseur zien de voorbereiding van '{coalitie}'.")
    vraag = session.exec(select(Adviesvraag).where(Adviesvraag.coalitie_id == groep.id)).first()
    hulp = vraag.toelichting if vraag else ""
    return Conceptzicht(groep.sleutel, groep.naam, groep.opgave, groep.idee, _partnernamen(session, groep.id), hulp)


def voorstel(session: Session, ronde: Ronde, wie: Deelnemer, coalitie: str) -> Voorstelzicht:
    """The text of a proposal. Nobody but its own penvoerder reads it before the vault is opened."""
    k = _kijker(session, ronde, wie)
    groep = session.exec(select(Coalitie).where(Coalitie.ronde_id == ronde.id, Coalitie.sleutel == coalitie)).first()
    if groep is not None and groep.penvoerder_id == wie.id:
        return _zicht(session, groep, _eigen_inzending(session, ronde, groep))
    _kluis(k)
    v = vind.voorstel(session, ronde, coalitie)
    groep = session.get_one(Coalitie, v.coalitie_id)
    _geen_belang(k, v, coalitie)
    zicht = _zicht(session, groep, beoordelen.voorstelinhoud(session, v))
    if k.is_een(*LEEST_ALLES) or (k.is_een(Rol.WETHOUDER) and Poort.VOORDRACHT in k.poorten):
        return zicht
    if k.is_een(Rol.VOORZITTER):
        _na_toewijzing(k)
        alles = all(t.vergrendeld_op for t in beoordelen.toewijzingen(session, ronde))
        return zicht if alles else _zonder_geld(zicht)
    if not k.beoordeelt:
        _weiger(f"U mag het voorstel van '{coalitie}' niet lezen.")
    _toets_verklaard(session, ronde, k, v, coalitie)
    return zicht if k.klaar else _zonder_geld(zicht)


def _na_toewijzing(k: _Kijker) -> None:
    if Poort.TOEWIJZING not in k.poorten:
        _weiger("De voorstellen zijn nog niet toegewezen. Daarna kunt u ze lezen.")


def _toets_verklaard(session: Session, ronde: Ronde, k: _Kijker, v: Voorstel, coalitie: str) -> None:
    if not v.ontvankelijk or Poort.ONTVANKELIJKHEID not in k.poorten:
        _weiger(f"Het voorstel van '{coalitie}' is (nog) niet op vorm goedgekeurd. U beoordeelt het niet.")
    if v.id not in k.verklaard:
        _weiger(f"Verklaar eerst of u een belang hebt bij '{coalitie}'. Daarna gaat de tekst open.")
    gegeven = {b for (s, b) in beoordelen.belangen(session, ronde) if s == v.id}
    if {d.id for d in vind.met_rol(session, ronde, Rol.BEOORDELAAR)} - gegeven:
        _weiger("Nog niet iedereen gaf een belangenverklaring over dit voorstel. Daarna gaat de tekst open.")


def _eigen_inzending(session: Session, ronde: Ronde, groep: Coalitie) -> VoorstelInhoud:
    """What this coalition handed in itself, repairs included once the vault is open."""
    v = session.exec(select(Voorstel).where(Voorstel.coalitie_id == groep.id)).first()
    if v and session.exec(select(Kluisopening).where(Kluisopening.ronde_id == ronde.id)).first():
        return beoordelen.voorstelinhoud(session, v)
    vraag = select(Indiening).where(Indiening.coalitie_id == groep.id).order_by(col(Indiening.versie).desc())
    rij = session.exec(vraag).first()
    if rij is None:
        raise NietGevonden("Uw coalitie diende nog geen voorstel in.")
    return VoorstelInhoud.model_validate(rij.inhoud)


def _zicht(session: Session, groep: Coalitie, inhoud: VoorstelInhoud) -> Voorstelzicht:
    return Voorstelzicht(groep.sleutel, groep.naam, _partnernamen(session, groep.id), inhoud.model_dump(mode="json"))


def _zonder_geld(zicht: Voorstelzicht) -> Voorstelzicht:
    """Without budget, and with every amount in the running text masked: money must not colour quality."""
    inhoud = {k: v for k, v in zicht.inhoud.items() if k != "begroting"}
    inhoud["bijlagen"] = [b for b in inhoud.get("bijlagen", []) if b["soort"] != "begroting"]
    return replace(zicht, inhoud=_masker(inhoud), verborgen=("begroting", "bedragen"))


def _masker(waarde: Any) -> Any:
    if isinstance(waarde, str):
        return BEDRAG.sub(VERBORGEN, waarde)
    if isinstance(waarde, dict):
        return {k: _masker(v) for k, v in waarde.items()}
    return [_masker(v) for v in waarde] if isinstance(waarde, list) else waarde


# ---------------------------------------------------------------- scores


def scores(session: Session, ronde: Ronde, wie: Deelnemer, coalitie: str) -> Scorezicht:
    """The scores of one proposal. An assessor sees another's only after the own lock, and only locked ones."""
    k = _kijker(session, ronde, wie)
    _kluis(k)
    groep = vind.coalitie(session, ronde, coalitie)
    v = vind.voorstel(session, ronde, coalitie)
    _geen_belang(k, v, coalitie)
    rijen = [t for t in beoordelen.toewijzingen(session, ronde) if t.voorstel_id == v.id]
    zichtbaar, redenen = _zichtbare_rijen(k, groep, rijen)
    namen = letters(session, ronde) | ({vind.sid(wie.id): "u"} if k.beoordeelt else {})
    per = beoordelen.scores_van_alle(session, zichtbaar)
    cijfers = [
        Cijfer(namen[t.beoordelaar_id], s.criterium, s.waarde, s.motivering if redenen else "")
        for t in zichtbaar
        for s in per[vind.sid(t.id)].values()
    ]
    samen = _consensus(session, ronde, coalitie) if all(t.vergrendeld_op for t in zichtbaar) else ()
    return Scorezicht(coalitie, tuple(sorted(cijfers, key=lambda c: (c.criterium, c.wie))), samen)


def _zichtbare_rijen(k: _Kijker, groep: Coalitie, rijen: list[Toewijzing]) -> tuple[list[Toewijzing], bool]:
    """(pairs whose scores may be seen, whether their own reasons too). Raises GeenToestemming."""
    if k.is_een(Rol.JURIST):
        return rijen, True
    if k.is_een(Rol.PROJECTLEIDER, Rol.WETHOUDER) and Poort.BEOORDELING in k.poorten:
        return rijen, True
    if k.is_een(Rol.VOORZITTER):
        if any(t.vergrendeld_op is None for t in rijen) or not rijen:
            _weiger("U ziet de scores als iedereen klaar is met dit voorstel. Het overzicht toont de voortgang.")
        return rijen, True
    eigen = next((t for t in rijen if t.beoordelaar_id == k.wie.id), None)
    if eigen is not None:
        return ([t for t in rijen if t.vergrendeld_op] if eigen.vergrendeld_op else [eigen]), True
    if groep.penvoerder_id == k.wie.id and Poort.SELECTIE in k.poorten:
        return rijen, False
    _weiger(f"U mag de scores van '{groep.sleutel}' niet zien.")
    raise AssertionError


def _consensus(session: Session, ronde: Ronde, coalitie: str) -> tuple[Cijfer, ...]:
    alle = beoordelen.consensus(session, ronde)
    return tuple(Cijfer("samen", c, r.waarde, r.motivering) for (s, c), r in sorted(alle.items()) if s == coalitie)


def overzicht(session: Session, ronde: Ronde, wie: Deelnemer) -> Overzicht:
    """The list to work from: how far it is, never a value. A proposal behind a wall is not in it at all."""
    k = _kijker(session, ronde, wie)
    leidt = k.is_een(*LEEST_ALLES, Rol.VOORZITTER)
    if not (leidt or k.beoordeelt):
        _weiger("Dit overzicht is voor de beoordelaars, de voorzitter, de projectleider en de jurist.")
    if not leidt and Poort.ONTVANKELIJKHEID not in k.poorten:
        _weiger("De gemeente kijkt nog naar de vorm van de voorstellen. Daarna ziet u het overzicht.")
    paren = select(Toewijzing.voorstel_id, Toewijzing.vergrendeld_op).join(Voorstel)
    paren = paren.where(Voorstel.ronde_id == ronde.id, col(Toewijzing.vervallen_op).is_(None))
    alle = session.exec(paren if leidt else paren.where(Toewijzing.beoordelaar_id == wie.id)).all()
    rijen, per, klaar = [], Counter(v for v, _ in alle), Counter(v for v, slot in alle if slot is not None)
    for v, c in vind.ontvankelijke(session, ronde):
        if v.id not in k.belangen:
            nummer = vind.sid(v.id)
            rijen.append(Overzichtsrij(v.nummer, c.sleutel, c.naam, klaar[nummer], per[nummer]))
    return Overzicht(tuple(rijen))


def agenda(session: Session, ronde: Ronde, wie: Deelnemer) -> list[beoordelen.Agendapunt]:
    """The agenda of the consensus meeting, for who leads it and who checks it; without own conflicts."""
    k = _kijker(session, ronde, wie)
    if not k.is_een(Rol.VOORZITTER, Rol.JURIST):
        _weiger("De agenda van het overleg is voor de voorzitter en de jurist.")
    eigen = {c.sleutel for v, c in vind.voorstellen(session, ronde) if v.id in k.belangen} if k.belangen else set()
    return [p for p in beoordelen.agenda(session, ronde) if p.coalitie not in eigen]


def toets_overleg(session: Session, ronde: Ronde, wie: Deelnemer, v: Voorstel, coalitie: str) -> None:
    """Who sits at the table when this proposal is discussed: who leads, who checks, and who scored it."""
    k = _kijker(session, ronde, wie)
    _kluis(k)
    _na_toewijzing(k)
    _geen_belang(k, v, coalitie)
    if k.is_een(Rol.VOORZITTER, Rol.JURIST):
        return
    if not k.beoordeelt or v.id not in {t.voorstel_id for t in k.eigen if t.vergrendeld_op}:
        _weiger("Het overleg over dit voorstel is voor wie het beoordeelde en al zijn scores vergrendelde.")


# ---------------------------------------------------------------- ranking


def rangorde(session: Session, ronde: Ronde, wie: Deelnemer | None) -> Rangordezicht:
    """The recorded ranking; `wie` None is anybody. Before publication (gate selectie) a conflicted person misses
    that row, and with it all from which it could be worked out: places, selection, lots and the hash."""
    poorten = {p.poort for p in vind.gepasseerd(session, ronde)}
    laatste = beoordelen.laatste_rangschikking(session, ronde)
    if Poort.BEOORDELING not in poorten or laatste is None:
        raise GeenToestemming("Er is nog geen rangorde. Die komt er als alle scores zijn vastgesteld.")
    weg = set() if Poort.SELECTIE in poorten else _weg_uit_rangorde(session, ronde, wie)
    rijen = tuple(_rangrij(r, kaal=bool(weg)) for r in laatste.uitkomst["rijen"] if r["coalitie"] not in weg)
    if weg:
        return Rangordezicht(tuple(sorted(rijen, key=lambda r: (-r.totaal, r.coalitie))), (), "", volledig=False)
    return Rangordezicht(rijen, tuple(beoordelen.te_loten(session, ronde)), laatste.hash, volledig=True)


def _weg_uit_rangorde(session: Session, ronde: Ronde, wie: Deelnemer | None) -> set[str]:
    """Coalitions that this person may not see before publication. Raises GeenToestemming for who sees none."""
    k = _kijker(session, ronde, wie) if wie else None
    if k is None or not (k.beoordeelt or k.is_een(*LEEST_ALLES, Rol.VOORZITTER, Rol.WETHOUDER)):
        raise GeenToestemming("De rangorde is nog niet openbaar. Dat is zij als het college heeft besloten.")
    return {c.sleutel for v, c in vind.voorstellen(session, ronde) if v.id in k.belangen}


def _rangrij(ruw: dict[str, Any], *, kaal: bool) -> Rangrij:
    per = {c: Fraction(w) for c, w in ruw["per_criterium"].items()}
    rij = Rangrij(ruw["coalitie"], Fraction(ruw["totaal"]), per, ruw["plaats"], ruw["geselecteerd"], ruw["reden"])
    return replace(rij, plaats=None, geselecteerd="", reden="") if kaal else rij
