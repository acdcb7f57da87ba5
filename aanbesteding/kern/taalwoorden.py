"""Word lists of the language check. Facts of Dutch usage, kept apart from the rules that use them."""

from typing import Final

# Abbreviations after which a sentence goes on.
AFKORTINGEN: Final = frozenset(
    (  # noqa: SIM905  one word a line would hide the list
        "art. arts. bijv. bijvb. blz. ca. circa. cf. dhr. dr. drs. ds. d.w.z. e.d. e.v. enz. etc. excl. evt. "
        "fam. fig. incl. ing. ir. jl. mevr. mr. mw. nl. nr. nrs. o.a. o.b.v. o.l.v. p. pag. par. prof. resp. "
        "st. t.a.v. t.b.v. tel. t.g.v. t.m. t.n.v. t.o.v. v.a. vgl. w.o. z.g. zgn. z.o.z. jan. feb. mrt. "
        "apr. "
        "jun. jul. aug. sep. sept. okt. nov. dec. ma. di. wo. do. vr. za. zo. max. min. gem. i.v.m. m.b.t. "
        "i.p.v. m.u.v. a.u.b. b.v. n.v."
    ).split()
)
# Abbreviations that may also end a sentence: then a capital letter tells.
SLOTAFKORTINGEN: Final = frozenset({"enz.", "etc.", "e.d.", "b.v.", "n.v.", "e.v.", "a.u.b.", "jl.", "z.o.z."})

# Words that look like a participle and are not.
GEEN_DEELWOORD: Final = frozenset(
    (  # noqa: SIM905  one word a line would hide the list
        "gebied gebieden geld gelden gemeenten gezond gezonden gezicht gezichten gewicht gewichten gebouwen "
        "geluid geluiden gerecht gerechten geslacht geschikt gevolgen gedachten gesprekken gezinnen gegevens "
        "gebeden gebeurtenis gevoelens besluit besluiten bedrijven bericht berichten beleid belangen beroep "
        "beroepen bestaan bezit bezwaren bestuurt betekent begint behoort bestaat beroepskracht bureaucraat "
        "verband verbanden verhalen verenigingen vergaderingen verschillen verstand vertrouwen verzet "
        "verkeert verleden verschillend verdient vervoert herfst herstellen ontstaat ontslagen erven ernst "
        "ernstig genoeg geen geduld geweld gewoonten geheimen getallen gebruiken gedrag gebrek bewijzen "
        "bezoeken bedragen beelden beginnen behoeften bewoonden beste betere beton beurt beurten bezet "
        "verlangen verdriet verkeer vergunningen verslagen vertegenwoordigt agenten argumenten wegen tegen "
        "eigen regen mogen krijgen jongen jongeren zorgen morgen dagen vragen mensen leeuwen pogingen "
        "omgeving instrumenten elementen momenten documenten evenementen experimenten abonnementen segmenten "
        "fragmenten gent agent urgent talent"
    ).split()
)

# Difficult word (lower case) to plain word. Inflected forms stand apart, so that the match is exact.
MOEILIJK: Final[dict[str, str]] = {
    "aangaande": "over",
    "aangezien": "omdat",
    "aanwenden": "gebruiken",
    "abusievelijk": "per ongeluk",
    "additioneel": "extra",
    "additionele": "extra",
    "adequaat": "goed",
    "adequate": "goede",
    "alsmede": "en",
    "alvorens": "voordat",
    "anderszins": "anders",
    "beoogd": "gewenst",
    "beoogde": "gewenste",
    "beogen": "willen",
    "beschikking": "besluit",
    "betreffende": "over",
    "bewerkstelligen": "zorgen voor",
    "binnen afzienbare tijd": "snel (noem een datum)",
    "borgen": "blijven doen",
    "borging": "hoe het blijft bestaan",
    "burgerparticipatie": "inwoners doen mee",
    "conform": "volgens",
    "consulteren": "vragen",
    "continueren": "doorgaan met",
    "coördineren": "regelen",
    "daadwerkelijk": "echt",
    "derhalve": "daarom",
    "desalniettemin": "toch",
    "desbetreffende": "deze",
    "desgewenst": "als u dat wilt",
    "dientengevolge": "daardoor",
    "doch": "maar",
    "draagvlak": "steun",
    "echter": "maar",
    "evaluatie": "terugblik",
    "evalueren": "bekijken hoe het ging",
    "eveneens": "ook",
    "evident": "duidelijk",
    "expliciet": "duidelijk",
    "faciliteren": "helpen",
    "faciliteert": "helpt",
    "frequent": "vaak",
    "genereren": "maken",
    "geschieden": "gebeuren",
    "gremia": "groepen",
    "hieromtrent": "hierover",
    "hoofdzakelijk": "vooral",
    "implementatie": "invoering",
    "implementeren": "invoeren",
    "impliceert": "betekent",
    "in casu": "in dit geval",
    "in het kader van": "voor",
    "in verband met": "door",
    "inclusief": "met",
    "indien": "als",
    "initiëren": "beginnen",
    "inventariseren": "op een rij zetten",
    "inzake": "over",
    "jegens": "tegen",
    "kaders": "regels",
    "kenbaar maken": "laten weten",
    "knelpunten": "problemen",
    "krachtens": "volgens",
    "met betrekking tot": "over",
    "met dien verstande dat": "maar",
    "met ingang van": "vanaf",
    "middels": "met",
    "mits": "als",
    "monitoren": "volgen",
    "nadien": "daarna",
    "nihil": "niets",
    "nochtans": "toch",
    "noodzakelijk": "nodig",
    "noodzakelijke": "nodige",
    "omtrent": "over",
    "onderhavige": "deze",
    "ongeacht": "ook als",
    "onverwijld": "meteen",
    "op basis van": "door",
    "op grond van": "volgens",
    "op voorhand": "vooraf",
    "optimaal": "zo goed mogelijk",
    "optimaliseren": "verbeteren",
    "participatie": "meedoen",
    "participeren": "meedoen",
    "passage": "stuk",
    "pertinent": "zeker",
    "prioriteren": "kiezen wat eerst komt",
    "reeds": "al",
    "relevant": "belangrijk",
    "relevante": "belangrijke",
    "respectievelijk": "en",
    "significant": "duidelijk",
    "significante": "duidelijke",
    "slechts": "alleen",
    "stagneert": "staat stil",
    "stakeholders": "betrokkenen",
    "te allen tijde": "altijd",
    "ten aanzien van": "over",
    "ten behoeve van": "voor",
    "ten gevolge van": "door",
    "teneinde": "om",
    "tenzij": "behalve als",
    "ter zake": "hierover",
    "tevens": "ook",
    "thans": "nu",
    "toetsen": "bekijken",
    "trachten": "proberen",
    "uitgezonderd": "behalve",
    "uiteenzetten": "uitleggen",
    "uitsluitend": "alleen",
    "verkrijgen": "krijgen",
    "vermits": "omdat",
    "verrichten": "doen",
    "verschaffen": "geven",
    "verstrekken": "geven",
    "verstrekt": "geeft",
    "vigerende": "geldende",
    "voornemens": "van plan",
    "voorts": "ook",
    "voortvloeien": "komen",
    "vooralsnog": "voorlopig",
    "waarborgen": "zorgen voor",
    "welke": "die",
    "wenselijk": "gewenst",
    "zorgdragen": "zorgen",
    "zulks": "dat",
}
