"""The forms after the selection: the full plan, progress, and the repair of formal parts."""

from .invulformulier import Deel, Rijen, Veld
from .voorstelformulier import BEGROTING

V = Veld
REGELS = "Zet elk punt op een eigen regel."
PLAN: tuple[Deel, ...] = (
    Deel("kort", "In het kort", (
        V("titel", "Titel van de pilot"),
        V("samenvatting", "Samenvatting", "lang", regels=5),
        V("probleem", "Welk probleem pakt u aan?", "lang"),
        V("doelgroep", "Voor wie is het?", "lang", regels=3),
        V("gebied", "Waar gebeurt het?"),
    )),
    Deel("theorie", "Hoe werkt het?", (
        V("verandertheorie.input", "Wat gaat erin: mensen, geld, ruimte", "regels", REGELS, regels=4),
        V("verandertheorie.activiteiten", "Wat doet u?", "regels", REGELS, regels=4),
        V("verandertheorie.output", "Wat levert dat direct op?", "regels", REGELS, regels=4),
        V("verandertheorie.uitkomsten", "Wat verandert er voor mensen?", "regels", REGELS, regels=4),
        V("verandertheorie.effect", "Wat merkt de stad daarvan?", "regels", REGELS, regels=3),
        V("verandertheorie.aannames", "Wat moet waar zijn om dit te laten lukken?", "regels", REGELS, regels=4),
        V("methode", "Gebruikt u een bestaande methode? Welke?", verplicht=False),
        V("bewijsniveau", "Wat is er bekend over die methode?", "keuze", verplicht=False, opties=(
            ("geen", "Nog niets of geen methode"), ("goed beschreven", "Goed beschreven"),
            ("goed onderbouwd", "Goed onderbouwd"), ("effectief", "Bewezen effectief"))),
    ), "Van wat u erin stopt tot wat de stad merkt. Zo weet iedereen straks wat u gaat meten."),
    Deel("taken", "Wie doet wat?", (
        Rijen("taken", "Taken", "Taak", (
            V("partner", "Partner"), V("taak", "Taak", "lang", regels=2),
            V("inbreng_euro", "Inbreng in euro’s", "getal", verplicht=False),
            V("inbreng_uren", "Inbreng in uren", "getal", verplicht=False),
            V("inbreng_natura", "Inbreng in natura", verplicht=False),
        ), minstens=3),
        V("inwoners", "Welke rol hebben inwoners?", "lang"),
    )),
    Deel("planning", "Planning", (
        Rijen("planning", "Mijlpalen", "Mijlpaal", (V("datum", "Datum", "datum"), V("tekst", "Wat is er dan klaar?")),
              minstens=3),
    )),
    Deel("geld", "Geld", (BEGROTING,)),
    Deel("risico", "Risico’s en borging", (
        Rijen("risicos", "Risico’s", "Risico", (V("risico", "Wat kan er misgaan?"), V("beheersing", "Wat doet u dan?")),
              minstens=2),
        V("borging", "Hoe gaat het door na de pilot?", "lang"),
        V("einde", "Hoe stopt u netjes als het niet werkt?", "lang", regels=4),
        V("gegevensbescherming", "Hoe beschermt u gegevens van mensen?", "lang", regels=4),
        V("wie_doet_niet_mee", "Wie bereikt u niet, en wat doet u daaraan?", "lang", regels=4),
    )),
)  # fmt: skip

VOORTGANG: tuple[Deel, ...] = (
    Deel("stand", "Hoe staat het ervoor?", (
        V("stand", "Loopt de pilot op schema?", "keuze", opties=(
            ("op schema", "Ja, op schema"), ("kleine achterstand", "Een kleine achterstand"),
            ("grote achterstand", "Een grote achterstand"))),
        V("samenvatting", "In het kort", "lang", "Twee of drie zinnen. Deze tekst wordt openbaar.", regels=4),
        V("bereikt", "Wat is er bereikt?", "regels", REGELS, regels=5),
        V("niet_gelukt", "Wat lukte niet?", "regels", REGELS, verplicht=False, regels=4),
    )),
    Deel("cijfers", "Cijfers over deze periode", (
        V("deelnemers", "Aantal deelnemers", "getal"),
        V("activiteiten", "Aantal activiteiten", "getal"),
        V("vrijwilligers", "Aantal vrijwilligers", "getal", verplicht=False),
        V("uren", "Uren van de partners", "getal"),
        V("bijeenkomsten", "Aantal bijeenkomsten met andere coalities", "getal", verplicht=False),
        V("besteed_euro", "Besteed in hele euro’s", "getal"),
    )),
    Deel("verhaal", "Het verhaal", (
        V("verhaal", "Vertel één verhaal uit de praktijk", "lang", "Zonder namen van mensen. Dit wordt openbaar."),
        V("komende_periode", "Wat gaat u de komende tijd doen?", "lang", regels=4),
        V("vraag_aan_gemeente", "Hebt u iets nodig van de gemeente?", "lang", verplicht=False, regels=3),
    )),
)  # fmt: skip

AANVULBAAR: dict[str, Veld | Rijen] = {
    "samenvatting": V("samenvatting", "Samenvatting", "lang", regels=5),
    "inwoners": V("inwoners", "Welke rol hebben inwoners?", "lang"),
    "planning": V("planning", "Planning op hoofdlijnen", "lang", regels=5),
    "begroting": BEGROTING,
}
"""Formal part → its field; 'partnerverklaring' is repaired by confirming or with a file."""
