"""From the decision to the end of the round: the builders of brieven, plannen, effect, afronden and procesdossier."""

from . import afronden, brieven, effect, plannen, procesdossier
from .basis import Bouwer

BOUWERS: dict[str, Bouwer] = {
    "besluit": brieven.besluit,
    "selectiebrief": brieven.selectiebrieven,
    "afwijzingsbrief": brieven.afwijzingsbrieven,
    "planbeoordeling": plannen.planbeoordelingen,
    "collegevoorstel-plannen": plannen.collegevoorstel,
    "beschikking": plannen.beschikkingen,
    "uitvoeringsovereenkomst": plannen.overeenkomsten,
    "voortgangsrapportage": afronden.voortgangsrapportage,
    "effectrapport": effect.effectrapporten,
    "eindevaluatie": afronden.eindevaluatie,
    "procesdossier": procesdossier.procesdossier,
}
