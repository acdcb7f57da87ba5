"""The long forms of the project leader as data: texts for the college, measuring plan, story beside a measurement,
evaluation. The fields are those of inhoud.py; labels and hints are for who writes them (domein.md 1.1, chapter 4)."""

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

RICHTING = (("omhoog", "Hoger is beter"), ("omlaag", "Lager is beter"))
KEUZE_GEBIEDEN = (("loting", "Er is geloot"), ("gespreide start", "De gebieden beginnen na elkaar"),
                  ("behoefte", "Waar de nood het hoogst is"), ("aanbod", "Waar iemand wilde beginnen"))  # fmt: skip

MEETPLAN: tuple[Deel, ...] = (
    Deel("indicatoren", "Wat meten wij?", (
        Rijen("indicatoren", "Indicatoren", "Indicator", (
            Veld("sleutel", "Korte naam", hulp="Kleine letters en streepjes, bijvoorbeeld veilig-gevoel"),
            Veld("titel", "Wat meten wij?"),
            Veld("definitie", "Precieze vraag of telling", "lang", regels=3),
            Veld("eenheid", "Eenheid", hulp="Bijvoorbeeld: procent van de bewoners"),
            Veld("richting", "Welke kant is goed?", "keuze", opties=RICHTING),
            Veld("bron", "Bron"),
            Veld("frequentie", "Hoe vaak"),
            Veld("nulstand", "Stand nu"),
            Veld("streef", "Doel"),
            Veld("relevant_effect", "Welk verschil vindt u de moeite waard?", "decimaal", hulp="In dezelfde eenheid, bijvoorbeeld 5"),
            Veld("primair", "Is dit een hoofdindicator?", "vink", opties=(("ja", "Ja, hierover gaat het oordeel"), ("nee", "Nee, extra"))),
        )),
    ), "Kies één tot drie hoofdindicatoren. Spreek ze af met de coalitie, vóór de pilot begint."),
    Deel("gebieden", "Waar?", (
        Veld("pilotgebieden", "Gebieden met de pilot", "regels", regels=4, hulp="Eén gebied op een regel."),
        Veld("vergelijkingsgebieden", "Gebieden zonder de pilot, om te vergelijken", "regels", regels=5, verplicht=False,
             hulp="Hoe meer gebieden, hoe zekerder het oordeel. Zonder deze gebieden kan het rapport alleen beschrijven."),
        Veld("keuze_gebieden", "Hoe zijn de gebieden gekozen?", "keuze", opties=KEUZE_GEBIEDEN),
        Veld("keuze_toelichting", "Leg die keuze uit", "lang", regels=3),
    )),
    Deel("opzet", "Wanneer en met wie?", (
        Veld("startperiode", "Eerste halfjaar waarin de pilot kan werken", hulp="Bijvoorbeeld 2027-2"),
        Veld("respondenten_per_gebied", "Aantal mensen dat per gebied antwoordt", "getal", hulp="0 als u geen vragenlijst gebruikt"),
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

METINGEN: tuple[Deel, ...] = (
    Deel("metingen", "Waarden", (
        Rijen("metingen", "Metingen", "Meting", (
            Veld("indicator", "Indicator (korte naam)"), Veld("gebied", "Gebied"),
            Veld("periode", "Halfjaar", hulp="Bijvoorbeeld 2027-2"),
            Veld("waarde", "Waarde", "decimaal", hulp="Bijvoorbeeld 41,5"),
            Veld("respondenten", "Aantal mensen dat antwoordde", "getal", verplicht=False),
            Veld("bron", "Bron"),
        )),
    )),
)  # fmt: skip
