"""Word lists and patterns of the question check, kept apart from the rules that use them."""

import re
from typing import Final

LEEG: Final = re.compile(
    r"(n\.?v\.?t\.?|n\.?t\.?b\.?|niet van toepassing|nader te bepalen|nog te bepalen|nog onbekend|onbekend|"
    r"volgt( nog)?|later|todo|x+|geen|\W*)[.!]?",
    re.I,
)

# Prescribed solutions: a verb of making with a thing that partners could have thought of themselves.
MAKEN: Final = (
    r"(organis\w*|open(en|t)|bouw(en|t)|ontwikkel\w*|oprichten|opzetten|inzetten|inzet van|inricht\w*|"
    r"aanstellen|plaats(en|t|ing)|lever(en|t)|uitvoeren|aanbieden|geef|geven|maak|maken|start(en|t)?|"
    r"gebruik(en|t)?|realis\w*|kopen|aanleggen|invoeren|uitbreiden)"
)
MIDDEL: Final = (
    r"(apps?|websites?|platforms?|cursus(sen)?|training(en)?|workshops?|camera's|cameratoezicht|bus(je)?|"
    r"\w*huiskamers?|buurthui(s|zen)|ontmoetingscentr(um|a)|inlooppunt(en)?|\w*loket(ten)?|\w*coach(es)?|"
    r"\w*maatjes\w*|\w*conciërges?|wijkteams?|spreekur(en)?|spreekuur|speeltuin(en)?|moestuin(en)?|"
    r"verlichting|lantaarnpalen|folders?|campagnes?|bijeenkomst(en)?|huisbezoek(en)?|surveillance|"
    r"toezichthouders?|buurtpreventie\w*|inloopochtend\w*|koffieochtend\w*|eetclub\w*|\w*café's?)"
)
OPLOSSING: Final = re.compile(rf"\b{MAKEN}\b[^.!?]*\b{MIDDEL}\b|\b{MIDDEL}\b[^.!?]*\b{MAKEN}\b", re.I)
ALLEEN_MIDDEL: Final = re.compile(rf"\b{MIDDEL}\b", re.I)
VIA: Final = re.compile(rf"\b(via|met behulp van|door middel van|met|door)\b[^.!?,]{{0,40}}\b{MIDDEL}\b", re.I)
ONTKEND: Final = re.compile(r"\b(geen|niet|zonder|behalve)\b", re.I)

ALGEMENE_GROEP: Final = re.compile(
    r"((alle|onze|de)\s+)*(iedereen|inwoners|bewoners|burgers|mensen|doelgroep|samenleving|maatschappij|"
    r"kwetsbare (groepen?|mensen|inwoners|burgers)|jongeren|ouderen)(\s+(in|van) (de|onze) "
    r"(gemeente|stad|samenleving))?[.]?",
    re.I,
)
ALGEMEEN_GEBIED: Final = re.compile(r"(de|onze|hele|heel|in|overal|stad|gemeente|buurten?|wijken|\s)+[.]?", re.I)
RICHTING: Final = re.compile(
    r"\d|\b(minder|meer|dal(en|ing|t)|stijg\w*|toeneem\w*|toenem\w*|toename|afneem\w*|afnem\w*|afname|hoger|"
    r"lager|halver\w*|helft|verdubbel\w*|vaker|langer|korter|eerder|sneller|kleiner|groter|gelijk|omhoog|omlaag|"
    r"hoogstens|minstens)\b",
    re.I,
)
TERMIJN: Final = re.compile(r"\b(20\d\d|jaar|jaren|maanden|half ?jaar)\b", re.I)
BRON: Final = re.compile(
    r"enqu[eê]te|vragenlijst|monitor|registrat|tel(len|ling)|meting|cijfers|statistiek|interview|gesprek|"
    r"steekproef|meldingen|aangiften|cbs|politie|ggd|panel|onderzoek|peiling|dossier|aanmeldingen",
    re.I,
)
FREQUENTIE: Final = re.compile(
    r"\b(elk\w*|ieder\w*|per|jaarlijks\w*|halfjaarlijks\w*|maandelijks\w*|kwartaal\w*|tweejaarlijks\w*|keer|"
    r"na \d+|in (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december))\b",
    re.I,
)
MODELCIJFER: Final = re.compile(r"smap|gezondheidsmonitor|rivm|leefbaarometer", re.I)
WIJK: Final = re.compile(r"\b\w*(wijk|buurt)(en)?\b", re.I)
UITSLUITING: Final = re.compile(r"\b(niet|geen|buiten|alleen|uitsluitend|behalve|wel)\b", re.I)
NULMETING: Final = re.compile(r"nulmeting|eerste meting", re.I)
ACTIVITEIT: Final = re.compile(
    r"\b(activiteiten|bijeenkomsten|deelnemers bereiken|aanbod|trajecten|gesprekken voeren|producten)\b", re.I
)
# Words that hide what residents would notice, with the question to ask yourself.
VAAG: Final[dict[str, str]] = {
    "participatie": "mensen doen mee, bijvoorbeeld met werk of een vereniging",
    "zelfredzaamheid": "mensen kunnen hun huishouden en geld zelf regelen",
    "zelfredzaam": "mensen kunnen hun huishouden en geld zelf regelen",
    "leefbaarheid": "bewoners geven hun buurt een hoger cijfer",
    "sociale cohesie": "buren kennen elkaar en helpen elkaar",
    "eigen kracht": "mensen lossen het zelf op, met hulp van familie of buren",
    "veiligheidsbeleving": "bewoners voelen zich 's avonds veilig op straat",
    "welzijn": "mensen zijn tevreden met hun leven",
    "verbinding": "buren spreken elkaar elke week",
    "integraal": "partners werken samen aan één plan",
    "vernieuwend": "noem wat er nu niet lukt",
    "innovatief": "noem wat er nu niet lukt",
    "duurzaam": "het werkt nog drie jaar na de start",
    "optimaliseren": "noem wat er meer of minder wordt",
    "versterken": "noem wat er meer of minder wordt",
    "aanpakken": "noem wat er meer of minder wordt",
    "stimuleren": "noem wat er meer of minder wordt",
    "bevorderen": "noem wat er meer of minder wordt",
}
STOPWOORDEN: Final = frozenset(
    (  # noqa: SIM905  one word a line would hide the list
        "de het een en of in van op te die dat met voor door aan bij om als zijn wordt worden inwoners "
        "mensen jaar alle onze deze naar uit ouder jonger wijk wijken buurt buurten gemeente stad"
    ).split()
)
