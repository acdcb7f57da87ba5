"""Checking a round against itself: log chain, passages, documents' bytes, rules, proposals, rankings.

The log says what was recorded; everything that it names must still be so. Answers in Dutch; an empty list
means that nothing was changed afterwards.
"""

from typing import Any

from sqlmodel import Session, col, select

from . import logboek
from .documenten.archief import Archief
from .fouten import Gebruikersfout
from .model import (
    Coalitie,
    Document,
    Indiening,
    Logregel,
    Meetplanversie,
    Passage,
    Plan,
    Rangschikking,
    Regelversie,
    Ronde,
    Voorstel,
)
from .overzichten import meetplannen
from .regels import canonieke_hash


def controleer_ronde(session: Session, ronde: Ronde, archief: Archief) -> list[str]:
    """Every difference between what was recorded and what is there now, first break first."""
    log = _log(session, ronde)
    return [
        *logboek.controleer(session, ronde.id or 0),
        *_passages(session, ronde, log),
        *_documenten(session, ronde, log, archief),
        *_regels(session, ronde),
        *_inhoud(session, ronde),
        *_gebiedenlotingen(session, ronde, log),
    ]


def _log(session: Session, ronde: Ronde) -> list[Logregel]:
    return list(session.exec(select(Logregel).where(Logregel.ronde_id == ronde.id).order_by(col(Logregel.volgnummer))))


def _sha(waarde: Any) -> str:
    return canonieke_hash(waarde)


def _passages(session: Session, ronde: Ronde, log: list[Logregel]) -> list[str]:
    """Each passage has its log line with the same rules, and the other way round."""
    gelogd = {
        (r.gegevens.get("poort", "?"), r.gegevens.get("volgnummer", 0)): r.gegevens.get("regels")
        for r in log
        if r.handeling == "passeer"
    }
    er_zijn = {
        (p.poort, p.volgnummer): p.regels_hash
        for p in session.exec(select(Passage).where(Passage.ronde_id == ronde.id))
    }
    fouten = [f"De poort '{p}' ({n}) staat niet in het logboek." for p, n in sorted(er_zijn.keys() - gelogd.keys())]
    fouten += [
        f"De poort '{p}' ({n}) staat in het logboek, maar is weg." for p, n in sorted(gelogd.keys() - er_zijn.keys())
    ]
    anders = [k for k in sorted(er_zijn.keys() & gelogd.keys()) if er_zijn[k] != gelogd[k]]
    return fouten + [f"De poort '{p}' ({n}) noemt andere regels dan het logboek." for p, n in anders]


def _documenten(session: Session, ronde: Ronde, log: list[Logregel], archief: Archief) -> list[str]:
    rijen = {
        d.kenmerk: d
        for d in session.exec(select(Document).where(Document.ronde_id == ronde.id).order_by(col(Document.id)))
    }
    gelogd = {k: sha for r in log for k, sha in (r.gegevens.get("documenten") or {}).items()}
    fouten = [f"Het document '{k}' staat in het logboek, maar is weg." for k in sorted(gelogd.keys() - rijen.keys())]
    fouten += [f"Het document '{k}' is een ander dan in het logboek staat."
               for k, d in rijen.items() if k in gelogd and gelogd[k] != d.sha256]  # fmt: skip
    for kenmerk, document in rijen.items():
        try:
            archief.lees(document.sha256)
        except Gebruikersfout as fout:
            fouten.append(f"Het document '{kenmerk}' is niet in orde: {fout}")
    return fouten


def _regels(session: Session, ronde: Ronde) -> list[str]:
    versies = session.exec(
        select(Regelversie).where(Regelversie.ronde_id == ronde.id).order_by(col(Regelversie.versie))
    )
    return [
        f"Versie {v.versie} van de regels is na het vaststellen veranderd." for v in versies if _sha(v.regels) != v.hash
    ]


def _inhoud(session: Session, ronde: Ronde) -> list[str]:
    """What people handed in and what was calculated, against the hash of that moment."""
    van_ronde = Coalitie.ronde_id == ronde.id
    indieningen = session.exec(select(Indiening, Coalitie.sleutel).join(Coalitie).where(van_ronde)).all()
    plannen = session.exec(select(Plan).join(Voorstel).where(Voorstel.ronde_id == ronde.id)).all()
    meetplannen = session.exec(select(Meetplanversie).join(Voorstel).where(Voorstel.ronde_id == ronde.id)).all()
    rangordes = session.exec(select(Rangschikking).where(Rangschikking.ronde_id == ronde.id)).all()
    fouten = [
        f"De indiening van '{s}' (versie {i.versie}) is veranderd."
        for i, s in indieningen
        if _sha(i.inhoud) != i.sha256
    ]
    fouten += [f"Een plan (versie {p.versie}) is veranderd." for p in plannen if _sha(p.inhoud) != p.sha256]
    fouten += [f"Een meetplan (versie {m.versie}) is veranderd." for m in meetplannen if _sha(m.inhoud) != m.hash]
    return fouten + [
        f"De rangschikking (versie {r.versie}) is veranderd." for r in rangordes if _sha(r.uitkomst) != r.hash
    ]


def _gebiedenlotingen(session: Session, ronde: Ronde, log: list[Logregel]) -> list[str]:
    """Each lottery of areas drawn again, and its list against the one that the log announced."""
    aangekondigd = [r.gegevens.get("lijst_sha256") for r in log if r.handeling == "kondig_gebiedenloting_aan"]
    fouten = []
    for rij in meetplannen.alle_lotingen(session, ronde):
        fouten += [f"Loting van gebieden {rij.nummer}: {f}" for f in meetplannen.herbereken(rij)]
        if rij.lijst_sha256 not in aangekondigd:
            fouten.append(f"Loting van gebieden {rij.nummer}: deze lijst is niet aangekondigd in het logboek.")
    return fouten
