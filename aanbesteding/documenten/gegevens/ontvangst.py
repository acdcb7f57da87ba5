"""The receipt of a submission: made after the act has committed, so that a template can never refuse a proposal."""

import hashlib
from typing import Any

from sqlmodel import Session

from ...inhoud import VoorstelInhoud
from ...instellingen import instellingen
from ...model import Coalitie, Indiening, Ronde
from ...overzichten import dossier, vind
from ...overzichten.bestanden import groottes as bestandsgroottes
from ...regels import Regels
from ..opdracht import Opdracht
from ..soorten import soort as zoek_soort
from .basis import Adres, Stuk, als_json, gedeeld
from .coalitiebrief import venster

SOORT = "ontvangstbevestiging"


def ontvangst(session: Session, ronde: Ronde, regels: Regels, indiening: Indiening) -> Stuk:
    """The receipt with the moment to the second and the hashes (Wmebv; domein.md D4), without any content."""
    groep = session.get_one(Coalitie, indiening.coalitie_id)
    wie = dossier.penvoerders(session, ronde)[groep.sleutel]
    metadata = zoek_soort(SOORT, instellingen().sjablonen_map).metadata
    bij = f"{groep.sleutel}-{indiening.versie}"
    gegevens = gedeeld(session, ronde, regels, kenmerk=f"{ronde.zaaknummer}/{SOORT}/{bij}", poort=metadata.poort)
    gegevens |= als_json(_gegevens(session, regels, groep, indiening) | {"geadresseerde": venster(wie)})
    opdracht = Opdracht(
        soort=SOORT,
        titel="Wij hebben uw voorstel ontvangen",
        bestandsnaam=f"{SOORT}_{bij}.pdf",
        moment=indiening.ontvangen_op,
        huisstijl=ronde.gemeente,
        openbaar=metadata.openbaar,
        ontvanger=wie.organisatie.naam,
        gegevens=gegevens,
    )
    return Stuk(opdracht, groep.sleutel, (Adres(wie.persoon.naam, wie.persoon.email),), "ontvangst")


def _gegevens(session: Session, regels: Regels, groep: Coalitie, indiening: Indiening) -> dict[str, Any]:
    [sluiting] = vind.momenten(regels, "sluiting")
    [besluit] = vind.momenten(regels, "besluit_selectie")
    velden = ("versie", "ontvangen_op", "sha256", "grootte", "kanaal")
    return {
        "coalitie": {"naam": groep.naam},
        "indiening": {veld: getattr(indiening, veld) for veld in velden},
        "bestanden": _bestanden(session, indiening),
        "op_tijd": indiening.ontvangen_op <= sluiting,
        "sluiting": sluiting,
        "wat_nu": [
            {"moment": sluiting, "tekst": "De termijn sluit. Daarna gaat de kluis open."},
            {
                "moment": besluit,
                "tekst": "Het college besluit welke voorstellen verdergaan. U krijgt daarna een brief.",
            },
        ],
    }


def _bestanden(session: Session, indiening: Indiening) -> list[dict[str, Any]]:
    """Name, size and hash of each attachment; its content stays in the vault."""
    bijlagen = VoorstelInhoud.model_validate(indiening.inhoud).bijlagen
    groottes = bestandsgroottes(session, indiening.coalitie_id) if any(b.sha256 for b in bijlagen) else {}
    uit = []
    for b in bijlagen:
        ruw = b.tekst.encode()
        sha = b.sha256 or hashlib.sha256(ruw).hexdigest()
        uit.append({"naam": b.naam, "grootte": groottes[sha] if b.sha256 else len(ruw), "sha256": sha})
    return uit
