"""What passing a gate changes in the database, besides the passage itself.

Per gate at most two functions: `bereken` looks and calculates (pure, may take seconds, holds no lock), `boek`
writes the outcome (milliseconds, inside the transaction). Both are deterministic for one version of a round.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import col, select

from ..inhoud import VoorstelInhoud
from ..kern import rangschikking as kern
from ..kern.toewijzing import leesvolgorde
from ..model import (
    Advies,
    Besluit,
    Besluitregel,
    Coalitie,
    Deelnemer,
    Effectoordeel,
    Indiening,
    Pilot,
    Rangschikking,
    Regelversie,
    Toewijzing,
    Verzuim,
    Voorstel,
    Vraag,
)
from ..overzichten import beoordelen, meten, toewijzen, vind
from ..overzichten.doorgang import Doorgang
from ..overzichten.rangorde import als_gegevens, vingerafdruk
from ..overzichten.stevigheid import stevigheid
from ..procedure import Poort
from ..regels import Regels
from .regelwijziging import Wijziging, pas_toe


def _bevries(d: Doorgang, regels: Regels, versie: int, reden: str) -> None:
    d.regels = regels
    d.bewaar(
        Regelversie(
            ronde_id=d.ronde_id,
            versie=versie,
            regels=regels.model_dump(mode="json"),
            hash=regels.hash(),
            bevroren_op=d.nu,
            reden=reden,
        )
    )


def boek_oproep(d: Doorgang, _: Any) -> None:
    _bevries(d, d.regels, 1, "vastgesteld bij de oproep")


def boek_inlichtingen(d: Doorgang, _: Any) -> None:
    """Number the answered questions into this nota; changes in answers make one new version of the rules."""
    vraag = select(Vraag).where(Vraag.ronde_id == d.ronde_id, col(Vraag.nota).is_(None), Vraag.gesteld_op <= d.moment)
    vragen = list(d.session.exec(vraag.order_by(col(Vraag.nummer))))
    for v in vragen:
        v.nota = d.nummer
    d.bewaar(*vragen)
    wijzigingen = [Wijziging.model_validate(v.wijziging) for v in vragen if v.wijziging]
    if wijzigingen:
        huidig = vind.regelversie(d.session, d.ronde)
        versie = huidig.versie + 1 if huidig else 1
        _bevries(d, pas_toe(d.regels, wijzigingen), versie, f"nota van inlichtingen {d.nummer}")


def bereken_advies(d: Doorgang) -> Any:
    return toewijzen.bereken_advies(d.session, d.ronde, d.regels)


def boek_advies(d: Doorgang, uitkomst: Any) -> None:
    vragen = {c.sleutel: (v, c) for v, c in toewijzen.adviesvragen(d.session, d.ronde)}
    bestaand = {(c.sleutel, a.sleutel): rij for rij, c, a in toewijzen.adviezen(d.session, d.ronde)}
    for t in uitkomst.toelichtingen if uitkomst else ():
        vraag, groep = vragen[t.coalitie]
        spoor, grond = toewijzen.traject(d.session, d.regels, vraag, groep)
        for koppel in t.koppels:
            if (t.coalitie, koppel.adviseur) not in bestaand:
                adviseur = vind.deelnemer(d.session, d.ronde, koppel.adviseur)
                d.bewaar(
                    Advies(
                        coalitie_id=vind.sid(groep.id),
                        adviseur_id=vind.sid(adviseur.id),
                        traject=spoor,
                        grond=grond,
                        uren=koppel.uren,
                        ronde_nummer=d.nummer,
                        uitleg=" ".join(t.zinnen),
                    )
                )


def boek_sluiting(d: Doorgang, _: Any) -> None:
    """Number the submissions that stand, in order of receipt."""
    vraag = select(Indiening).join(Coalitie).where(Coalitie.ronde_id == d.ronde_id)
    per_coalitie: dict[int, Indiening] = {}
    for indiening in d.session.exec(vraag.order_by(col(Indiening.versie))):
        per_coalitie[indiening.coalitie_id] = indiening
    geldig = [i for i in per_coalitie.values() if i.ingetrokken_op is None]
    for nummer, i in enumerate(sorted(geldig, key=lambda i: (i.ontvangen_op, i.sha256)), 1):
        d.bewaar(Voorstel(ronde_id=d.ronde_id, coalitie_id=i.coalitie_id, indiening_id=vind.sid(i.id), nummer=nummer))


def boek_opening(d: Doorgang, _: Any) -> None:
    """Record what is missing; everyone gets the same term to repair (Awb 4:5)."""
    [tot] = vind.momenten(d.regels, "herstel_tot")
    for voorstel, _c in vind.voorstellen(d.session, d.ronde):
        inhoud = VoorstelInhoud.model_validate(d.session.get_one(Indiening, voorstel.indiening_id).inhoud)
        bevestigd = not beoordelen.onbevestigde_partners(d.session, voorstel.coalitie_id)
        for onderdeel in beoordelen.ontbrekende_onderdelen(d.regels, inhoud, partners_bevestigd=bevestigd):
            d.bewaar(Verzuim(voorstel_id=vind.sid(voorstel.id), onderdeel=onderdeel, herstel_tot=tot))


def bereken_toewijzing(d: Doorgang) -> Any:
    return toewijzen.bereken(d.session, d.ronde, d.regels)


def boek_toewijzing(d: Doorgang, uitkomst: Any) -> None:
    voorstellen = {c.sleutel: v for v, c in vind.ontvankelijke(d.session, d.ronde)}
    for sleutel in sorted({b for _, b in uitkomst.paren}):
        wie: Deelnemer = vind.deelnemer(d.session, d.ronde, sleutel)
        eigen = [v for v, b in uitkomst.paren if b == sleutel]
        volgorde = leesvolgorde(d.regels.beoordeling.startgetal, sleutel, eigen)
        d.bewaar(
            *[
                Toewijzing(voorstel_id=vind.sid(voorstellen[v].id), beoordelaar_id=vind.sid(wie.id), volgorde=n)
                for n, v in enumerate(volgorde, 1)
            ]
        )


@dataclass(frozen=True)
class Rangorde:
    """A ranking with the advice beside it, both calculated before the lock."""

    uitkomst: kern.Rangschikking
    advies: dict[str, Any]


def bereken_rangschikking(d: Doorgang) -> Rangorde:
    uitkomst = beoordelen.rangschik(d.session, d.ronde, d.regels)
    return Rangorde(uitkomst, stevigheid(d.session, d.ronde, d.regels, uitkomst))


def boek_rangschikking(d: Doorgang, rangorde: Rangorde) -> None:
    """Store the ranking exactly (fractions as text), so that it can be recomputed to the last digit.

    The advice stands beside it under one hash: report and memo print the same stored figures.
    """
    laatste = beoordelen.laatste_rangschikking(d.session, d.ronde)
    gegevens = als_gegevens(rangorde.uitkomst, d.regels.hash()) | {"stevigheid": rangorde.advies}
    d.bewaar(
        Rangschikking(
            ronde_id=d.ronde_id,
            versie=laatste.versie + 1 if laatste else 1,
            uitkomst=gegevens,
            hash=vingerafdruk(gegevens),
            gemaakt_op=d.nu,
        )
    )


def _besluitregels(d: Doorgang, soort: str) -> list[Besluitregel]:
    vraag = (
        select(Besluit)
        .where(Besluit.ronde_id == d.ronde_id, Besluit.soort == soort)
        .order_by(col(Besluit.versie).desc())
    )
    besluit = d.session.exec(vraag).first()
    return list(d.session.exec(select(Besluitregel).where(Besluitregel.besluit_id == besluit.id))) if besluit else []


def boek_selectie(d: Doorgang, _: Any) -> None:
    for regel in _besluitregels(d, "selectie"):
        voorstel = d.session.get_one(Voorstel, regel.voorstel_id)
        voorstel.geselecteerd = regel.gekozen
        d.bewaar(voorstel)


def boek_plannen(d: Doorgang, _: Any) -> None:
    """Lock the measuring plans, before anyone knows an outcome (kennis/effect.md)."""
    for voorstel, _c in vind.geselecteerde(d.session, d.ronde):
        versies = meten.meetplanversies(d.session, voorstel)
        versies[-1].vergrendeld_op = d.nu
        d.bewaar(versies[-1])


def boek_start(d: Doorgang, _: Any) -> None:
    [start] = vind.momenten(d.regels, "start_pilots")
    for regel in _besluitregels(d, "plannen"):
        if regel.gekozen:
            d.bewaar(Pilot(voorstel_id=regel.voorstel_id, bedrag_cent=regel.bedrag_cent or 0, start_op=start))


def bereken_effect(d: Doorgang) -> Any:
    return meten.alle_oordelen(d.session, d.ronde, d.moment, laatste=d.laatste)


def boek_effect(d: Doorgang, uitkomst: dict[str, dict[str, Any]]) -> None:
    for pilot, _v, groep in vind.pilots(d.session, d.ronde):
        for indicator, oordeel in uitkomst[groep.sleutel].items():
            d.bewaar(
                Effectoordeel(
                    pilot_id=vind.sid(pilot.id),
                    nummer=d.nummer,
                    indicator=indicator,
                    oordeel=oordeel.uitkomst,
                    uitkomst=asdict(oordeel),
                    berekend_op=d.nu,
                )
            )


def _niets(_: Doorgang) -> None:
    return None


def _boek_niets(_d: Doorgang, _u: Any) -> None:
    return None


@dataclass(frozen=True)
class Gevolg:
    bereken: Callable[[Doorgang], Any] = _niets
    boek: Callable[[Doorgang, Any], None] = _boek_niets


GEVOLGEN: dict[Poort, Gevolg] = {
    Poort.OPROEP: Gevolg(boek=boek_oproep),
    Poort.INLICHTINGEN: Gevolg(boek=boek_inlichtingen),
    Poort.ADVIES: Gevolg(bereken_advies, boek_advies),
    Poort.SLUITING: Gevolg(boek=boek_sluiting),
    Poort.OPENING: Gevolg(boek=boek_opening),
    Poort.TOEWIJZING: Gevolg(bereken_toewijzing, boek_toewijzing),
    Poort.BEOORDELING: Gevolg(bereken_rangschikking, boek_rangschikking),
    Poort.LOTING: Gevolg(bereken_rangschikking, boek_rangschikking),
    Poort.SELECTIE: Gevolg(boek=boek_selectie),
    Poort.PLANNEN: Gevolg(boek=boek_plannen),
    Poort.START: Gevolg(boek=boek_start),
    Poort.EFFECTMETING: Gevolg(bereken_effect, boek_effect),
}
