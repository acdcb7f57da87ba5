"""All tables of a round; importing this package makes `SQLModel.metadata` complete."""

from .beoordeling import (
    Belang,
    Consensus,
    Kluisopening,
    Loting,
    Oordeel,
    Rangschikking,
    Score,
    Toewijzing,
    Vergewisverklaring,
    Verzuim,
    Voorstel,
)
from .besluit import Besluit, Besluitregel, Collegestuk, Meetplanversie, Plan, Planoordeel
from .meetplan import Gebiedenloting, Meetplanreactie
from .mensen import Deelnemer, Organisatie, Persoon, Rolhouder
from .ontwerp import Rondeontwerp
from .oproep import Advies, Adviesuren, Adviesvraag, Bijeenkomst, Coalitie, Indiening, Partner, Vraag
from .ronde import Passage, Regelversie, Ronde, Verwerkt
from .stukken import Bericht, Document, Logregel
from .toegang import Aanmeldlink, Aanmeldpoging, Websessie
from .uitvoering import (
    Duidingsversie,
    Effectoordeel,
    Eindevaluatie,
    Inspanning,
    Meetbestand,
    Meetwaarde,
    Pilot,
    Voortgang,
)
from .werkplaats import (
    Aansluitverzoek,
    Bestand,
    Beurskaart,
    Collegevraag,
    Concept,
    Opmerking,
    Voornemen,
)

__all__ = [
    "Aanmeldlink", "Aanmeldpoging", "Aansluitverzoek", "Advies", "Adviesuren", "Adviesvraag", "Belang",
    "Bericht", "Besluit", "Besluitregel", "Bestand", "Beurskaart", "Bijeenkomst", "Coalitie", "Collegestuk",
    "Collegevraag", "Concept", "Consensus", "Deelnemer", "Document", "Duidingsversie", "Effectoordeel",
    "Eindevaluatie", "Gebiedenloting", "Indiening", "Inspanning", "Kluisopening", "Logregel", "Loting",
    "Meetbestand", "Meetplanreactie", "Meetplanversie", "Meetwaarde", "Oordeel", "Opmerking", "Organisatie",
    "Partner", "Passage", "Persoon", "Pilot", "Plan", "Planoordeel", "Rangschikking", "Regelversie",
    "Rolhouder", "Ronde", "Rondeontwerp", "Score", "Toewijzing", "Vergewisverklaring", "Verwerkt", "Verzuim",
    "Voornemen", "Voorstel", "Voortgang", "Vraag", "Websessie",
]  # fmt: skip
