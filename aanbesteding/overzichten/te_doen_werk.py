"""Tasks of assessors, penvoerders and partners: the lists that know who exactly still owes what."""

from collections import Counter
from typing import Any

from sqlmodel import col, select

from ..kern.notatie import meervoud, opsomming
from ..model import (
    Coalitie,
    Deelnemer,
    Indiening,
    Inspanning,
    Meetplanreactie,
    Meetplanversie,
    Partner,
    Pilot,
    Plan,
    Toewijzing,
    Verzuim,
    Voorstel,
    Voortgang,
)
from ..procedure import Poort, Rol
from . import beoordelen, vind
from .taken import Taak, Tafel
from .te_doen_teams import VOORAF

P = Poort


def beoordelaars(t: Tafel, wie: list[Deelnemer]) -> list[Taak]:
    if not wie:
        return []
    if t.tussen(P.ONTVANKELIJKHEID, P.TOEWIJZING):
        return _belangen(t, wie)
    return _scores(t, wie) if t.tussen(P.TOEWIJZING, P.BEOORDELING) else []


def _belangen(t: Tafel, wie: list[Deelnemer]) -> list[Taak]:
    voorstellen = {v.id for v, _ in vind.ontvankelijke(t.session, t.ronde)}
    gegeven = Counter(b for v, b in beoordelen.belangen(t.session, t.ronde) if v in voorstellen)
    uit = []
    for d in wie:
        nog = len(voorstellen) - gegeven[vind.sid(d.id)]
        if nog:
            tekst = f"Verklaar bij {meervoud(nog, 'voorstel', 'voorstellen')} of u er een belang bij heeft."
            uit.append(Taak(vind.sid(d.id), Rol.BEOORDELAAR, "belangen", tekst, "beoordelen/belangen",
                            "Verklaar uw belangen", t.moment("belangen_tot")))  # fmt: skip
    return uit


def _scores(t: Tafel, wie: list[Deelnemer]) -> list[Taak]:
    vraag = (
        select(Toewijzing.beoordelaar_id)
        .join(Voorstel, col(Toewijzing.voorstel_id) == Voorstel.id)
        .where(Voorstel.ronde_id == t.ronde.id, col(Toewijzing.vergrendeld_op).is_(None))
        .where(col(Toewijzing.vervallen_op).is_(None))
    )
    nog = Counter(t.session.exec(vraag))
    return [
        Taak(vind.sid(d.id), Rol.BEOORDELAAR, "scores",
             f"Beoordeel {meervoud(nog[d.id], 'voorstel', 'voorstellen')} en vergrendel uw scores.",
             "beoordelen", "Ga verder met beoordelen", t.moment("beoordeling_tot"))
        for d in wie
        if d.id is not None and nog[d.id]
    ]  # fmt: skip


def coalities(t: Tafel, wie: list[Deelnemer]) -> list[Taak]:
    """What penvoerders owe, by the phase of the round."""
    ids = {vind.sid(d.id) for d in wie}
    if not ids:
        return []
    if t.tussen(P.OPROEP, P.SLUITING):
        return _indienen(t, ids)
    if t.tussen(P.OPENING, P.ONTVANKELIJKHEID):
        return _aanvullen(t, ids)
    if t.tussen(P.SELECTIE, P.PLANNEN):
        return [*_plannen(t, ids), *_meetplannen(t, ids)]
    return [*_voortgang(t, ids), *_inzet(t, ids), *_meetplannen(t, ids)] if t.tussen(P.START, P.AFSLUITING) else []


def _indienen(t: Tafel, ids: set[int]) -> list[Taak]:
    """Sealed: only the coalition itself knows that it has not handed in yet."""
    tot = t.moment("sluiting")
    if tot is None or t.nu > tot:
        return []
    eigen = select(Coalitie).where(Coalitie.ronde_id == t.ronde.id, col(Coalitie.penvoerder_id).in_(ids))
    vraag = select(Indiening.coalitie_id, Indiening.ingetrokken_op).join(Coalitie)
    vraag = vraag.where(Coalitie.ronde_id == t.ronde.id, col(Coalitie.penvoerder_id).in_(ids))
    laatste = dict(t.session.exec(vraag.order_by(col(Indiening.versie))).all())
    return [
        Taak(c.penvoerder_id, Rol.PENVOERDER, f"indienen:{c.sleutel}", f"Dien het voorstel van '{c.naam}' in.",
             f"coalitie/{c.sleutel}/voorstel", "Werk aan uw voorstel", tot, besloten=True)
        for c in t.session.exec(eigen)
        if c.id not in laatste or laatste[c.id] is not None
    ]  # fmt: skip


def _aanvullen(t: Tafel, ids: set[int]) -> list[Taak]:
    vraag = (
        select(Coalitie, Verzuim)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Verzuim, col(Verzuim.voorstel_id) == Voorstel.id)
        .where(Coalitie.ronde_id == t.ronde.id, col(Verzuim.hersteld_op).is_(None))
        .order_by(col(Coalitie.sleutel), col(Verzuim.id))
    )
    titels: dict[str, str] = {v.sleutel: v.titel for v in t.regels.indienen.vormvereisten}
    mist: dict[str, tuple[Coalitie, list[str]]] = {}
    for c, verzuim in t.session.exec(vraag):
        mist.setdefault(c.sleutel, (c, []))[1].append(titels.get(verzuim.onderdeel, verzuim.onderdeel))
    return [
        Taak(c.penvoerder_id, Rol.PENVOERDER, f"aanvullen:{c.sleutel}",
             f"Vul het voorstel van '{c.naam}' aan. Er ontbreekt nog: {opsomming(delen)}.",
             f"coalitie/{c.sleutel}/aanvulling", "Vul uw voorstel aan", t.moment("herstel_tot"))
        for c, delen in mist.values()
        if c.penvoerder_id in ids
    ]  # fmt: skip


def _plannen(t: Tafel, ids: set[int]) -> list[Taak]:
    klaar = select(Plan.voorstel_id)
    vraag = (
        select(Coalitie)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .where(Coalitie.ronde_id == t.ronde.id, col(Voorstel.geselecteerd).is_(True), col(Voorstel.id).not_in(klaar))
    )
    return [
        Taak(c.penvoerder_id, Rol.PENVOERDER, f"plan:{c.sleutel}", f"Dien het uitgewerkte plan van '{c.naam}' in.",
             f"coalitie/{c.sleutel}/plan", "Werk aan uw plan", t.moment("plannen_tot"))
        for c in t.session.exec(vraag.order_by(col(Coalitie.sleutel)))
        if c.penvoerder_id in ids
    ]  # fmt: skip


def _meetplannen(t: Tafel, ids: set[int]) -> list[Taak]:
    """The coalition says whether it agrees with the newest measuring plan; after the start only with a change."""
    vraag = (
        select(Coalitie, Meetplanversie, Meetplanreactie.id)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Meetplanversie, col(Meetplanversie.voorstel_id) == Voorstel.id)
        .join(Meetplanreactie, col(Meetplanreactie.meetplanversie_id) == Meetplanversie.id, isouter=True)
        .where(Coalitie.ronde_id == t.ronde.id, col(Coalitie.penvoerder_id).in_(ids))
        .order_by(col(Coalitie.sleutel), col(Meetplanversie.versie))
    )
    nieuwste = {c.sleutel: (c, m, reactie) for c, m, reactie in t.session.exec(vraag)}
    na_de_start = P.START.value in t.gedaan
    return [
        Taak(c.penvoerder_id, Rol.PENVOERDER, f"meetplan-{m.versie}:{c.sleutel}",
             f"Lees het meetplan van '{c.naam}' (versie {m.versie}) en zeg of u akkoord bent.",
             f"coalitie/{c.sleutel}/meetplan", "Lees het meetplan",
             None if na_de_start else t.moment("besluit_plannen"))
        for c, m, reactie in nieuwste.values()
        if reactie is None and (m.reden or not na_de_start)
    ]  # fmt: skip


def _pilots_zonder(t: Tafel, klaar: Any, ids: set[int]) -> list[Coalitie]:
    """Coalitions of these penvoerders whose pilot is not among `klaar`, a query of pilot ids."""
    vraag = (
        select(Coalitie)
        .join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
        .join(Pilot, col(Pilot.voorstel_id) == Voorstel.id)
        .where(Coalitie.ronde_id == t.ronde.id, col(Pilot.id).not_in(klaar))
    )
    return [c for c in t.session.exec(vraag.order_by(col(Coalitie.sleutel))) if c.penvoerder_id in ids]


def _voortgang(t: Tafel, ids: set[int]) -> list[Taak]:
    poort = t.lopend.get(P.VOORTGANG)
    if poort is None or poort.moment is None or t.nu < poort.moment - VOORAF:
        return []
    klaar = select(Voortgang.pilot_id).where(Voortgang.nummer == poort.volgnummer)
    return [
        Taak(c.penvoerder_id, Rol.PENVOERDER, f"voortgang-{poort.volgnummer}:{c.sleutel}",
             f"Lever voortgang {poort.volgnummer} van '{c.naam}' in.",
             f"coalitie/{c.sleutel}/voortgang/{poort.volgnummer}", "Schrijf uw voortgang", poort.moment)
        for c in _pilots_zonder(t, klaar, ids)
    ]  # fmt: skip


def _inzet(t: Tafel, ids: set[int]) -> list[Taak]:
    """Before each measurement but the first: what the coalition did per area, of which nothing was written down since
    the one before."""
    poort = t.lopend.get(P.EFFECTMETING)
    if poort is None or poort.moment is None or poort.volgnummer < 2 or t.nu < poort.moment - VOORAF:
        return []
    vorige = vind.momenten(t.regels, "metingen")[poort.volgnummer - 2]
    klaar = select(Inspanning.pilot_id).where(Inspanning.ingevoerd_op > vorige)
    return [
        Taak(c.penvoerder_id, Rol.PENVOERDER, f"inzet-{poort.volgnummer}:{c.sleutel}",
             f"Schrijf op wat '{c.naam}' per gebied deed. Dat komt naast meting {poort.volgnummer} in het rapport.",
             f"coalitie/{c.sleutel}/inzet", "Vul de inzet in", poort.moment)
        for c in _pilots_zonder(t, klaar, ids)
    ]  # fmt: skip


def partners(t: Tafel, wie: list[Deelnemer]) -> list[Taak]:
    """Organisations that were named as a partner and did not confirm. Sealed until the vault opens."""
    tot = t.moment("herstel_tot")
    per_organisatie = {d.organisatie_id: vind.sid(d.id) for d in wie if d.organisatie_id}
    if not per_organisatie or not t.tussen(P.OPROEP, P.ONTVANKELIJKHEID) or tot is None or t.nu > tot:
        return []
    vraag = select(Coalitie, Partner.organisatie_id).join(Partner, col(Partner.coalitie_id) == Coalitie.id)
    if P.SLUITING.value in t.gedaan:  # who did not hand in, needs no partner any more
        vraag = vraag.join(Voorstel, col(Voorstel.coalitie_id) == Coalitie.id)
    vraag = vraag.where(Coalitie.ronde_id == t.ronde.id, col(Partner.bevestigd_op).is_(None))
    besloten = P.OPENING.value not in t.gedaan
    return [
        Taak(per_organisatie[org], Rol.ORGANISATIE, f"bevestig:{c.sleutel}",
             f"Bevestig dat uw organisatie meedoet in '{c.naam}', of laat weten dat dit niet zo is.",
             "coalitie", "Bekijk de uitnodiging", t.moment("herstel_tot" if not besloten else "sluiting"),
             besloten=besloten)
        for c, org in t.session.exec(vraag.order_by(col(Coalitie.sleutel)))
        if org in per_organisatie
    ]  # fmt: skip
