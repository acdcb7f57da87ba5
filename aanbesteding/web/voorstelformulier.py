"""The form of a proposal: the fields of inhoud.VoorstelInhoud in people's words, with the hints of this call."""

from ..regels import Criterium, Regels
from .invulformulier import Deel, Rijen, Veld

BRONNEN = (("gemeente", "De gemeente (dit vraagt u aan)"), ("eigen bijdrage", "Eigen bijdrage van de partners"),
           ("fonds", "Een fonds of sponsor"), ("in natura", "In natura: uren, ruimte of spullen"))  # fmt: skip
OUD_NIEUW = (("nee", "Nee, dit is extra geld"), ("ja", "Ja, dit komt in plaats van iets dat stopt"))
BIJLAGESOORTEN = (("overig", "Iets anders"), ("partnerverklaring", "Verklaring van een partner"),
                  ("begroting", "Begroting"), ("kaart", "Kaart of tekening"))  # fmt: skip
BEGROTING = Rijen("begroting", "Begroting", "Post", (
    Veld("omschrijving", "Waarvoor"),
    Veld("bedrag_euro", "Bedrag in hele euro’s", "getal", hulp="Bijvoorbeeld 12.500"),
    Veld("bron", "Wie betaalt dit?", "keuze", opties=BRONNEN),
    Veld("oud_voor_nieuw", "Is dit oud voor nieuw?", "vink", opties=OUD_NIEUW),
), minstens=2)  # fmt: skip
VERTROUWELIJK = Rijen("vertrouwelijk", "Vertrouwelijke stukjes", "Stukje", (
    Veld("passage", "Welke zin of alinea? Kopieer haar uit uw tekst", "lang", regels=3),
    Veld("reden", "Waarom mag dit niet openbaar worden?", "regel"),
), verplicht=False)  # fmt: skip

_BIJ_CRITERIUM = {
    "inwoners": ("inwoner", "bewoner", "doelgroep"),
    "samen": ("samenwerk", "partner", "coalitie"),
    "idee": ("creativ", "vernieuw", "innovat", "origineel"),
    "resultaat": ("bijdrage", "resultaat", "effect", "impact", "opbrengst"),
    "aanpak": ("aanpak", "uitvoer", "haalbaar", "kwaliteit"),
    "geld": ("geld", "kosten", "begroting", "prijs", "financ"),
}
"""Part of the form → words in a criterion that belong to it."""


def delen(regels: Regels) -> tuple[Deel, ...]:
    """The parts of the form, in the order in which people tell their story."""
    maximum = f"{regels.verdeling.maximum_per_voorstel_euro:,}".replace(",", ".")
    return (
        Deel("kort", "In het kort", (
            Veld("titel", "Titel van uw voorstel", hulp="Hooguit 100 tekens. Deze titel wordt openbaar."),
            Veld("samenvatting", "Samenvatting", "lang", regels=5,
                 hulp="Voor iemand die u niet kent. Wat gaat u doen, met wie, voor wie? Een korte alinea is genoeg."),
            Veld("gebied", "Waar gebeurt het?", hulp="Een buurt, straat of plek."),
        )),
        Deel("idee", "Het probleem en uw idee", (
            Veld("probleem", "Welk probleem pakt u aan?", "lang",
                 hulp="Wat gaat er nu mis, voor wie, en hoe weet u dat?"),
            Veld("vernieuwing", "Wat is er nieuw aan uw idee?", "lang",
                 hulp="Nieuw voor deze buurt of deze groep mag ook."),
        )),
        Deel("aanpak", "De aanpak", (
            Veld("aanpak", "Wat gaat u doen?", "lang", regels=9, hulp="Schrijf op wat mensen straks zien gebeuren."),
            Veld("planning", "Planning op hoofdlijnen", "lang", regels=5,
                 hulp="Wat gebeurt er wanneer? Eén regel per stap mag."),
        )),
        Deel("samen", "Samenwerking", (
            Veld("samenwerking", "Wie doet wat?", "lang", regels=7,
                 hulp="Noem per partner de taak en de inbreng. De partners zelf staan bij ‘Mijn coalitie’."),
        )),
        Deel("inwoners", "Inwoners", (
            Veld("inwoners", "Welke rol hebben inwoners?", "lang",
                 hulp="Hoe dachten zij mee? Wat doen en beslissen zij straks?"),
        )),
        Deel("resultaat", "Resultaat", (
            Veld("resultaat", "Wat is er straks anders?", "lang", hulp="Noem iets dat u kunt tellen of zien."),
        )),
        Deel("geld", "Geld", (BEGROTING,),
             f"U vraagt hooguit € {maximum} aan de gemeente. Noem ook wat de partners en anderen betalen."),
        Deel("geheim", "Wat moet vertrouwelijk blijven?", (VERTROUWELIJK,),
             "Gekozen voorstellen worden openbaar. Is een stukje tekst een bedrijfsgeheim of gaat het over een mens? "
             "Zet het hier, met de reden. De beoordelaars lezen het wel."),
    )  # fmt: skip


def hints(regels: Regels) -> tuple[dict[str, list[Criterium]], list[Criterium]]:
    """(part → criteria that look at it, the criteria that belong to no single part)."""
    bij: dict[str, list[Criterium]] = {}
    los: list[Criterium] = []
    for c in regels.criteria:
        woorden = f"{c.sleutel} {c.titel}".lower()
        deel = next((d for d, ws in _BIJ_CRITERIUM.items() if any(w in woorden for w in ws)), "")
        (bij.setdefault(deel, []) if deel else los).append(c)
    return bij, los
