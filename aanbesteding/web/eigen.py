"""The organisation for which somebody takes part, and its address, which one that was invited gives later."""

from fastapi import BackgroundTasks

from ..fouten import GeenToestemming
from ..model import Organisatie
from ..procedure import Rol
from .doen import doe_als
from .getypt import Formulier, Fouten, probeer
from .middelen import Plek

DEELNEMERS = (Rol.ORGANISATIE, Rol.PENVOERDER)


def eigen_organisatie(plek: Plek) -> Organisatie:
    wie = plek.deelnemer(*DEELNEMERS)
    org = plek.session.get(Organisatie, wie.organisatie_id) if wie.organisatie_id else None
    if org is None:
        raise GeenToestemming("U doet niet namens een organisatie mee. Vraag de projectleider om u toe te voegen.")
    return org


def adres_aangevuld(plek: Plek, getypt: Formulier, achteraf: BackgroundTasks) -> Fouten:
    """Who was invited by a penvoerder gives its address now, since letters must arrive; {} when it went well."""
    if eigen_organisatie(plek).adres:
        return {}
    wie, gegevens = plek.deelnemer(*DEELNEMERS), getypt.kies("adres", "postcode", "plaats")
    gegevens["postcode"] = gegevens["postcode"].strip().upper()
    return probeer(lambda: doe_als(plek, wie, "vul_adres_aan", gegevens, sleutel="", achteraf=achteraf))[0]
