"""From the scores to the memo: assessment report, lottery, vergewisverklaring, collegevoorstel selectie."""

from typing import Any

from sqlmodel import select

from ...fouten import NietGevonden
from ...model import Deelnemer, Loting, Vergewisverklaring
from ...overzichten import dossier, vind
from ...overzichten.doorgang import Doorgang
from ...procedure import Rol
from . import bijlagen, collegebijlagen, rapport
from .basis import Bouwer, Stuk, stuk
from .college import dag_van, voorstelgegevens, voorstelstuk
from .collegebeeld import grensbeeld
from .stevigheid import stevigheid_gegevens
from .uitslag import gelijke_stand_regel, lees_uitslag, rangschikking_gegevens

GETOETST = ("staat-van-voorstellen", "beoordelingsprotocol", "beoordelingsrapport-intern", "pv-loting")
"""The documents that the jurist checks before the college decides (Awb 3:9)."""
BRONSOORT = {
    "getal": "één getal",
    "getallen": "getallen, in volgorde",
    "verzameling": "getallen, van laag naar hoog",
    "tekst": "letters en cijfers",
}


def pv_loting(d: Doorgang) -> list[Stuk]:
    """The record of the draw: list, sources, key and every step, so that anyone can recompute it (RFC 3797)."""
    gehouden = d.session.exec(select(Loting).where(Loting.ronde_id == d.ronde_id)).first()
    if gehouden is None:
        raise NietGevonden("Er is nog geen lot getrokken.")
    u = lees_uitslag(d)
    uitkomst, namen = gehouden.uitkomst, {r.sleutel: r.naam for r in u.rijen}
    gegevens: dict[str, Any] = {
        "regel": gelijke_stand_regel(d.regels),
        "lijst": [{"nummer": n, "kenmerk": k, "naam": namen[k]} for n, k in enumerate(uitkomst["deelnemers"], 1)],
        "lijst_sha256": gehouden.lijst_sha256,
        "bronnen": [{**b, "uitleg": BRONSOORT[b["soort"]]} for b in gehouden.bronnen],
        "sleutel": uitkomst["sleutel"],
        "trekkingen": [
            {**t, "naam": namen[k]} for t, k in zip(uitkomst["trekkingen"], uitkomst["volgorde"], strict=True)
        ],
        "volgorde": [_geloot(u.rij(k)) for k in uitkomst["volgorde"]],
        "getuigen": [_functie(d, sleutel) for sleutel in gehouden.getuigen],
        "getrokken_op": gehouden.getrokken_op,
        "rangschikking": rangschikking_gegevens(d, u),
    }
    extra = (bijlagen.loting(gehouden),)
    return [stuk(d, "pv-loting", gegevens, titel=f"Proces-verbaal van loting: {d.ronde.titel}", bijlagen=extra)]


def _geloot(rij: Any) -> dict[str, Any]:
    return {
        "rang": "–" if rij.rang is None else rij.rang,
        "naam": rij.naam,
        "gekozen": rij.gekozen,
        "status": rij.status,
    }


def _functie(d: Doorgang, sleutel: str) -> str:
    wie = vind.deelnemer(d.session, d.ronde, sleutel)
    return wie.functie or "getuige"


def vergewisverklaring(d: Doorgang) -> list[Stuk]:
    """The jurist's declaration that the advice was made with care, before the college decides (Awb 3:9)."""
    rij = d.session.exec(select(Vergewisverklaring).where(Vergewisverklaring.ronde_id == d.ronde_id)).first()
    if rij is None:
        raise NietGevonden("De vergewisverklaring is nog niet ondertekend.")
    u = lees_uitslag(d)
    stukken = [doc for doc, _ in dossier.documenten(d.session, d.ronde) if doc.soort in GETOETST]
    gegevens = {
        "punten": rij.punten,
        "conclusie": rij.conclusie,
        "ondertekend_op": rij.ondertekend_op,
        "ondertekenaar": d.session.get_one(Deelnemer, rij.jurist_id).functie or Rol.JURIST.value,
        "stukken": [{"titel": s.titel, "kenmerk": s.kenmerk, "moment": s.moment, "sha256": s.sha256} for s in stukken],
        "rangschikking": {"versie": u.versie, "hash": u.hash},
    }
    return [stuk(d, "vergewisverklaring", gegevens, titel=f"Vergewisverklaring bij {d.ronde.titel}")]


STAPPEN_SELECTIE = (
    ("besluit_selectie", "Het college besluit over de selectie"),
    ("plannen_tot", "De gekozen coalities leveren hun uitgewerkte plan in"),
    ("besluit_plannen", "Het college besluit over de plannen en de subsidie"),
    ("start_pilots", "De pilots beginnen"),
)


BIJ_SELECTIE = (
    "oproep", "nota-van-inlichtingen", "staat-van-voorstellen", "beoordelingsprotocol", "beoordelingsrapport-intern",
    "beoordelingsrapport-openbaar", "pv-loting",
)  # fmt: skip


def collegevoorstel(d: Doorgang) -> list[Stuk]:
    """The decision memo, with the ranking that the assessment recorded."""
    vergadering = dag_van(d, "besluit_selectie")
    gegevens = voorstelgegevens(d, "selectie", vergadering=vergadering, stappen=STAPPEN_SELECTIE, bijlagen=BIJ_SELECTIE)
    u = lees_uitslag(d)
    rangorde = rangschikking_gegevens(d, u)
    titels = [c.titel for c in d.regels.criteria]
    gegevens["rangschikking"] = rangorde | {"criteria": titels}
    gegevens["stevigheid"] = stevigheid_gegevens(d, u)
    gegevens["beeld"] = grensbeeld(rangorde, gegevens["stevigheid"])
    titel = f"Selectie van voorstellen: {d.ronde.titel}"
    return [voorstelstuk(d, "collegevoorstel-selectie", gegevens, titel, collegebijlagen.rangorde(rangorde, titels))]


BOUWERS: dict[str, Bouwer] = {
    "beoordelingsrapport-intern": rapport.intern,
    "beoordelingsrapport-openbaar": rapport.openbaar,
    "pv-loting": pv_loting,
    "vergewisverklaring": vergewisverklaring,
    "collegevoorstel-selectie": collegevoorstel,
}
