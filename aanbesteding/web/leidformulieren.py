"""The long forms of the project leader as data: texts for the college, story beside a measurement,
evaluation. The fields are those of inhoud.py; labels and hints are for who writes them (domein.md 1.1, chapter 4).
The measuring plan has a file of its own: meetplanformulier.py."""

# ruff: noqa: E501  # a form reads best with one field on one line

from .invulformulier import Deel, Rijen, Veld

BIJ = Veld("bij", "Bij welk punt van het besluit?", "getal", hulp="Een nummer, bijvoorbeeld 1")
AKKOORD = (("akkoord", "Akkoord"), ("akkoord met opmerking", "Akkoord, met een opmerking"))


def _onderbouwing(naam: str, label: str, enkel: str, tweede: Veld, hulp: str) -> Rijen:
    stelling = Veld("stelling", "In één zin")
    return Rijen(naam, label, enkel, (BIJ, stelling, tweede), hulp=hulp)


COLLEGETEKST: tuple[Deel, ...] = (
    Deel("vraag", "Wat vraagt u het college?", (
        Veld("onderwerp", "Onderwerp", hulp="Hooguit 120 tekens, zonder afkortingen."),
        Veld("vergadering", "Dag van de vergadering", "datum", verplicht=False,
             hulp="Leeg: de dag die in de oproep staat."),
        Veld("samenvatting", "Samenvatting", "lang", regels=5, hulp="Hooguit 150 woorden. Dit komt ook in de openbare besluitenlijst."),
        Veld("beslispunten", "Wat moet het college besluiten?", "regels", regels=5,
             hulp="Eén punt op een regel. Elk punt is los te lezen."),
    )),
    Deel("waarom", "Waarom?", (
        Veld("inleiding", "Aanleiding", "lang", hulp="Noem ook eerdere besluiten en het programma in de begroting."),
        Veld("beoogd_effect", "Wat moet er veranderen?", "lang", regels=4, hulp="Voor wie verandert er iets, en hoe meten wij dat?"),
        _onderbouwing("argumenten", "Argumenten", "Argument", Veld("toelichting", "Toelichting", "lang", regels=4),
                      "Geef bij elk punt van het besluit minstens één argument."),
    )),
    Deel("risico", "Wat is niet zeker, en wat als niet?", (
        _onderbouwing("kanttekeningen", "Kanttekeningen en risico’s", "Kanttekening",
                      Veld("beheersing", "Wat doen wij eraan?", "lang", regels=3), "Wees eerlijk: het college wil dit weten."),
        _onderbouwing("alternatieven", "Andere keuzes", "Andere keuze",
                      Veld("toelichting", "Wat is dan het gevolg?", "lang", regels=3), "Noem ook: niets doen."),
    )),
    Deel("geld", "Geld, mensen en recht", (
        Veld("financien", "Toelichting op het geld", "lang", regels=4, hulp="De bedragen zelf komen uit de ronde."),
        Veld("capaciteit", "Uren van medewerkers", "lang", regels=3, verplicht=False),
        Veld("juridisch", "Juridisch", "lang", regels=4, hulp="Subsidie of opdracht, staatssteun, privacy."),
    )),
    Deel("mensen", "Wie weet ervan?", (
        Veld("participatie", "Wie dacht mee?", "lang", regels=4),
        Veld("inclusie", "Toegankelijkheid en duurzaamheid", "lang", regels=3, verplicht=False),
        Veld("communicatie", "Wie hoort wat, en wanneer?", "lang", regels=4, hulp="Eerst de indieners, dan de pers."),
        Veld("monitoring", "Hoe volgen wij het?", "lang", regels=4),
        Veld("route", "Hoe gaat het besluit verder?", "lang", regels=3, hulp="Bijvoorbeeld: het college besluit, de raad krijgt een brief."),
        Veld("openbaarheid", "Openbaarheid", hulp="Bijvoorbeeld: openbaar na het besluit van het college."),
        Rijen("parafen", "Wie adviseerde?", "Advies", (
            Veld("wie", "Wie", hulp="Een functie of afdeling, geen naam."),
            Veld("oordeel", "Oordeel", "keuze", opties=AKKOORD),
            Veld("opmerking", "Opmerking", verplicht=False),
        ), verplicht=False),
    )),
)  # fmt: skip

DUIDING: tuple[Deel, ...] = (
    Deel("duiding", "Het verhaal bij de cijfers", (
        Veld("mechanisme", "Hoe zou de pilot dit kunnen veroorzaken?", "lang"),
        Veld("andere_verklaringen", "Wat kan het nog meer verklaren?", "regels", hulp="Eén verklaring op een regel. Minstens één."),
        Veld("partners", "Hoe lezen de partners dit?", "lang", regels=4),
        Veld("inwoners", "Hoe lezen inwoners dit?", "lang", regels=4),
        Veld("vervolg", "Wat gaat u nu doen?", "lang", regels=4),
    )),
)  # fmt: skip

LES = (
    Veld("les", "De les"), Veld("waarom", "Waarom?", "lang", regels=3),
    Veld("volgende_ronde", "Wat doet u de volgende ronde anders?", "lang", regels=3),
    Veld("bron", "Waar blijkt dat uit?", verplicht=False),
)  # fmt: skip
EVALUATIE: tuple[Deel, ...] = (
    Deel("verloop", "Hoe ging de ronde?", (
        Veld("samenvatting", "Samenvatting", "lang", regels=5),
        Veld("verloop", "Verloop", "lang"),
        Veld("deelnemers", "Wie deden mee, en wie niet?", "lang", regels=4),
        Veld("samenwerking", "Hoe werkten de partners samen?", "lang", regels=4),
        Veld("oordeel_partners", "Wat vinden de partners?", "lang", regels=4),
        Veld("oordeel_inwoners", "Wat vinden inwoners?", "lang", regels=4),
    )),
    Deel("lessen", "Wat leerden wij?", (
        Rijen("lessen", "Lessen", "Les", LES),
        Rijen("prikkels", "Wat hielp coalities het meest?", "Prikkel", LES, verplicht=False,
              hulp="Bijvoorbeeld: deskundigheid, ander geld, bijeenkomsten."),
        Veld("vervolg", "Hoe gaat het verder?", "lang", regels=4),
    )),
)  # fmt: skip
