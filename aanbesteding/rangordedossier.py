"""The rangordedossier: all from which a ranking follows, in one file that recomputes itself, for one objection.

The data; rangordebestand.py makes the zip. Assessors are letters and other people
roles, since personal policy opinions leave the house "in niet tot personen herleidbare vorm" (Woo art. 5.2 lid
3); only the copy for internal use (`namen`) holds names. With `coalitie` the reasons about other proposals stay
out, while every number stays in: without them nobody could recompute the ranking.
"""

from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from .fouten import Conflict
from .kern.toewijzing import ToewijzingError
from .model import (
    Besluit,
    Besluitregel,
    Consensus,
    Deelnemer,
    Kluisopening,
    Logregel,
    Loting,
    Oordeel,
    Rangschikking,
    Regelversie,
    Rolhouder,
    Ronde,
    Score,
    Toewijzing,
    Vergewisverklaring,
)
from .overzichten import beoordelen, toewijzen, vermoedens, vind
from .overzichten.voorwaarden import letters
from .procedure import Rol

Rijen = list[dict[str, Any]]
IN_LOG = frozenset({
    "passeer", "open_kluis", "oordeel_vorm", "verklaar_belang", "score", "vergrendel", "vervang_beoordelaar",
    "consensus", "oordeel", "loting", "vergewis", "besluit",
})  # fmt: skip
"""Acts on which a ranking rests."""


@dataclass(frozen=True)
class _Bron:
    """What every part of the file needs: the round, how people are called, and whose reasons may be in it."""

    session: Session
    ronde: Ronde
    naam: dict[int, str]
    sleutels: dict[str, str]
    coalitie: dict[int, str]
    alleen: str | None
    namen: bool

    def reden(self, coalitie: str, tekst: str) -> str:
        """A reason, or nothing when it is about another proposal than this objection."""
        return tekst if self.alleen in (None, coalitie) else ""

    def alle(self, tabel: type[SQLModel], *waar: Any) -> list[Any]:
        vraag = select(tabel).where(*waar)
        return sorted(self.session.exec(vraag), key=lambda rij: rij.id)


def rangordedossier(
    session: Session, ronde: Ronde, coalitie: str | None = None, *, namen: bool = False
) -> dict[str, Any]:
    """Everything as plain data. Raises Conflict before the ranking exists, NietGevonden for an unknown coalition."""
    if beoordelen.laatste_rangschikking(session, ronde) is None:
        raise Conflict("Er is nog geen rangorde vastgesteld. Het dossier kan pas na de poort 'beoordeling'.")
    if coalitie:
        vind.voorstel(session, ronde, coalitie)
    b = _bron(session, ronde, coalitie, namen=namen)
    return {
        "soort": "rangordedossier",
        "opmaak": 1,
        "ronde": {"kenmerk": ronde.kenmerk, "titel": ronde.titel, "zaaknummer": ronde.zaaknummer},
        "coalitie": coalitie or "",
        "met_namen": namen,
        "regels": _regels(b),
        "beoordelaars": _beoordelaars(b),
        "voorstellen": _voorstellen(b),
        "opening": [r.moment.isoformat() for r in b.alle(Kluisopening, Kluisopening.ronde_id == ronde.id)],
        "belangen": _belangen(b),
        "toewijzing": _toewijzing(b),
        "scores": _scores(b),
        "consensus": _consensus(b),
        "oordelen": _oordelen(b),
        "rangschikkingen": _rangschikkingen(b),
        "loting": loting_gegevens(_gehouden(b)) if _gehouden(b) else None,
        "vergewis": _vergewis(b),
        "besluiten": _besluiten(b),
        "log": _log(b),
    }


def _bron(session: Session, ronde: Ronde, coalitie: str | None, *, namen: bool) -> _Bron:
    """How each person is called: by name, or by letter (assessors), key (organisations) or role (others)."""
    letter, rol, eigen = letters(session, ronde), _rollen(session, ronde), {}
    sleutels: dict[str, str] = {}
    for d in session.exec(select(Deelnemer).where(Deelnemer.ronde_id == ronde.id)):
        wie = vind.sid(d.id)
        kort = letter.get(wie) or (d.sleutel if d.organisatie_id else rol.get(wie, "deelnemer"))
        eigen[wie] = vind.persoon(session, d).naam if namen else kort
        sleutels[d.sleutel] = d.sleutel if namen else kort
    voorstel = {vind.sid(v.id): c.sleutel for v, c in vind.voorstellen(session, ronde)}
    return _Bron(session, ronde, eigen, sleutels, voorstel, coalitie, namen)


def _rollen(session: Session, ronde: Ronde) -> dict[int, str]:
    vraag = select(Rolhouder.deelnemer_id, Rolhouder.rol).join(Deelnemer).where(Deelnemer.ronde_id == ronde.id)
    return dict(session.exec(vraag.order_by(col(Rolhouder.id).desc())).all())


def _regels(b: _Bron) -> Rijen:
    return [
        {
            "versie": r.versie,
            "hash": r.hash,
            "reden": r.reden,
            "bevroren_op": r.bevroren_op.isoformat(),
            "regels": r.regels,
        }
        for r in b.alle(Regelversie, Regelversie.ronde_id == b.ronde.id)
    ]


def _beoordelaars(b: _Bron) -> Rijen:
    """Function and department lead to a person in a small municipality: only with names."""
    per = letters(b.session, b.ronde)
    return [
        {"letter": per[vind.sid(d.id)]}
        | ({"naam": b.naam[vind.sid(d.id)], "functie": d.functie, "afdeling": d.afdeling} if b.namen else {})
        for d in vind.met_rol(b.session, b.ronde, Rol.BEOORDELAAR)
    ]


def _voorstellen(b: _Bron) -> Rijen:
    return [
        {
            "nummer": v.nummer, "coalitie": c.sleutel, "naam": c.naam, "ontvankelijk": v.ontvankelijk,
            "bedrag_cent": beoordelen.voorstelinhoud(b.session, v).gevraagd_euro() * 100,
            "vormoordeel": b.reden(c.sleutel, v.vormoordeel), "geselecteerd": v.geselecteerd,
        }
        for v, c in vind.voorstellen(b.session, b.ronde)
    ]  # fmt: skip


def _belangen(b: _Bron) -> Rijen:
    """Every declaration with what the data suggested; the private reason stays in the house."""
    gevraagd = vermoedens.vermoedens(b.session, b.ronde)
    uit = []
    for (v, wie), rij in sorted(beoordelen.belangen(b.session, b.ronde).items()):
        soorten = [m.soort for m in gevraagd.get((v, wie), [])]
        uit.append(
            {
                "coalitie": b.coalitie[v], "beoordelaar": b.naam[wie], "belang": rij.belang, "gevraagd_naar": soorten,
                "verklaard_op": rij.verklaard_op.isoformat(), "toelichting": rij.toelichting if b.namen else "",
            }
        )  # fmt: skip
    return uit


def _toewijzing(b: _Bron) -> dict[str, Any]:
    """Pairs, replacements and the certificate, calculated again and compared with what was stored."""
    alle = beoordelen.toewijzingen(b.session, b.ronde, ook_vervallen=True)
    vervangingen = [r.gegevens for r in _logregels(b) if r.handeling == "vervang_beoordelaar"]
    later = {tuple(p) for r in vervangingen for p in r["nieuw"]}
    wie = {vind.sid(d.id): d.sleutel for d in vind.met_rol(b.session, b.ronde, Rol.BEOORDELAAR)}
    eerst = {(b.coalitie[t.voorstel_id], wie[t.beoordelaar_id]) for t in alle} - later
    return {
        "paren": [_paar(b, t) for t in alle],
        "vervangingen": _anoniem(b, vervangingen),
        **_bewijs(b, eerst),
    }


def _bewijs(b: _Bron, eerst: set[tuple[str, str]]) -> dict[str, Any]:
    try:
        uitkomst = toewijzen.bereken(b.session, b.ronde, vind.regels(b.session, b.ronde))
    except ToewijzingError as fout:
        return {"herberekend": str(fout), "gelijk": False, "certificaat": None}
    return {
        "herberekend": uitkomst.werkwijze,
        "gelijk": eerst == set(uitkomst.paren),
        "certificaat": asdict(uitkomst.certificaat) if uitkomst.certificaat else None,
    }


def _paar(b: _Bron, t: Toewijzing) -> dict[str, Any]:
    return {
        "coalitie": b.coalitie[t.voorstel_id], "beoordelaar": b.naam[t.beoordelaar_id], "volgorde": t.volgorde,
        "vergrendeld_op": _iso(t.vergrendeld_op), "vervallen_op": _iso(t.vervallen_op),
        "vervallen_reden": t.vervallen_reden if b.namen else "",
    }  # fmt: skip


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""


def _scores(b: _Bron) -> Rijen:
    """Every version of every score; `telt` marks those that the ranking uses, the newest of each pair."""
    paren = {vind.sid(t.id): t for t in beoordelen.toewijzingen(b.session, b.ronde, ook_vervallen=True)}
    rijen = b.alle(Score, col(Score.toewijzing_id).in_(paren))
    nieuwste = {(s.toewijzing_id, s.criterium): s.versie for s in sorted(rijen, key=lambda s: s.versie)}
    uit = []
    for s in rijen:
        paar = paren[s.toewijzing_id]
        coalitie = b.coalitie[paar.voorstel_id]
        uit.append(
            {
                "coalitie": coalitie, "criterium": s.criterium, "beoordelaar": b.naam[paar.beoordelaar_id],
                "versie": s.versie, "waarde": s.waarde, "motivering": b.reden(coalitie, s.motivering),
                "ingevoerd_op": s.ingevoerd_op.isoformat(), "vergrendeld_op": _iso(paar.vergrendeld_op),
                "telt": not paar.vervallen_op and nieuwste[s.toewijzing_id, s.criterium] == s.versie,
            }
        )  # fmt: skip
    return uit


def _consensus(b: _Bron) -> Rijen:
    return [
        {
            "coalitie": b.coalitie[r.voorstel_id], "criterium": r.criterium, "versie": r.versie, "waarde": r.waarde,
            "motivering": b.reden(b.coalitie[r.voorstel_id], r.motivering),
            "vastgelegd_op": r.vastgelegd_op.isoformat(),
        }
        for r in b.alle(Consensus, col(Consensus.voorstel_id).in_(b.coalitie))
    ]  # fmt: skip


def _oordelen(b: _Bron) -> Rijen:
    """The joint summaries; of one objection only those about its own proposal."""
    return [
        {
            "coalitie": b.coalitie[r.voorstel_id], "versie": r.versie, "samenvatting": r.samenvatting, "sterk": r.sterk,
            "verbeter": r.verbeter, "hoe_verder": r.hoe_verder, "vastgelegd_op": r.vastgelegd_op.isoformat(),
        }
        for r in b.alle(Oordeel, col(Oordeel.voorstel_id).in_(b.coalitie))
        if b.alleen in (None, b.coalitie[r.voorstel_id])
    ]  # fmt: skip


def _gehouden(b: _Bron) -> Any:
    return next(iter(b.alle(Loting, Loting.ronde_id == b.ronde.id)), None)


def _rangschikkingen(b: _Bron) -> Rijen:
    loting = _gehouden(b)
    return [
        {
            "versie": r.versie, "hash": r.hash, "gemaakt_op": r.gemaakt_op.isoformat(), "uitkomst": r.uitkomst,
            "na_loting": loting is not None and r.gemaakt_op >= loting.getrokken_op,
        }
        for r in b.alle(Rangschikking, Rangschikking.ronde_id == b.ronde.id)
    ]  # fmt: skip


def loting_gegevens(loting: Loting) -> dict[str, Any]:
    """A draw as data that `herbereken` takes; meant as attachment of the proces-verbaal. Witnesses stay out."""
    return {
        "soort": "loting",
        "lijst_sha256": loting.lijst_sha256,
        "bronnen": loting.bronnen,
        "getrokken_op": loting.getrokken_op.isoformat(),
        **{k: loting.uitkomst[k] for k in ("deelnemers", "sleutel", "trekkingen", "volgorde")},
    }


def _vergewis(b: _Bron) -> dict[str, Any] | None:
    rij = next(iter(b.alle(Vergewisverklaring, Vergewisverklaring.ronde_id == b.ronde.id)), None)
    if rij is None:
        return None
    return {
        "ondertekenaar": b.naam[rij.jurist_id], "ondertekend_op": rij.ondertekend_op.isoformat(),
        "punten": rij.punten, "conclusie": rij.conclusie,
    }  # fmt: skip


def _besluiten(b: _Bron) -> Rijen:
    """Every version of the decision on the selection, each deviation with its own reason."""
    uit = []
    for r in b.alle(Besluit, Besluit.ronde_id == b.ronde.id, Besluit.soort == "selectie"):
        regels = b.alle(Besluitregel, Besluitregel.besluit_id == r.id)
        uit.append(
            {
                "versie": r.versie, "uitkomst": r.uitkomst, "tekst": r.tekst, "genomen_op": r.genomen_op.isoformat(),
                "door": [b.naam[i] for i in (r.eerste_id, r.tweede_id) if i],
                "regels": [
                    {"coalitie": b.coalitie[x.voorstel_id], "gekozen": x.gekozen, "afwijking": x.afwijking}
                    for x in regels
                ],
            }
        )  # fmt: skip
    return uit


def _logregels(b: _Bron) -> list[Logregel]:
    vraag = select(Logregel).where(Logregel.ronde_id == b.ronde.id, col(Logregel.handeling).in_(IN_LOG))
    return list(b.session.exec(vraag.order_by(col(Logregel.volgnummer))))


def _log(b: _Bron) -> Rijen:
    """The lines that the ranking rests on. With names each line's own hash can be recomputed."""
    return [
        {
            "volgnummer": r.volgnummer, "moment": r.moment.isoformat(timespec="microseconds"), "handeling": r.handeling,
            "actor": b.sleutels.get(r.actor, r.actor), "gegevens": _anoniem(b, r.gegevens), "vorige": r.vorige,
            "hash": r.hash,
        }
        for r in _logregels(b)
        if b.alleen is None or r.gegevens.get("coalitie", b.alleen) in (b.alleen, "alle", "overige")
    ]  # fmt: skip


def _anoniem(b: _Bron, waarde: Any) -> Any:
    """The same data with every participant's key replaced, wherever it stands."""
    if isinstance(waarde, dict):
        return {k: _anoniem(b, v) for k, v in waarde.items()}
    if isinstance(waarde, list):
        return [_anoniem(b, v) for v in waarde]
    return b.sleutels.get(waarde, waarde) if isinstance(waarde, str) else waarde
