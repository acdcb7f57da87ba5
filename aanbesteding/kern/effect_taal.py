"""The verdict in plain Dutch (B1). The headline follows from the verdict, never from a line in a picture."""

from aanbesteding.kern.effect_typen import Melding, Ontwerp, Schatting, Uitkomst
from aanbesteding.kern.notatie import getal, getekend

REDENEN: dict[str, str] = {
    "geen_voor_of_na": "Er is geen meting voor of na de start.",
    "te_weinig_vergelijking": "Er zijn minder dan vijf vergelijkingsgebieden.",
    "geen_spreiding": "De gebieden verschillen onderling niet. Toeval is zo niet te berekenen.",
    "modelcijfers": "De cijfers zijn berekend met een model. Dat model kent de pilot niet.",
    "een_voormeting": "Er is maar één meting voor de start.",
    "breuk": "Rond de start is de manier van meten veranderd. Voor en na zijn niet te vergelijken.",
    "weinig_voormetingen": "Er zijn maar twee metingen voor de start en er is niet geloot.",
    "nulstand": "De pilotgebieden begonnen met een andere stand dan de vergelijking. Er is niet geloot.",
    "placebo": "De pilotgebieden veranderden voor de start al anders dan de vergelijking.",
    "ongelijke_steekproef": "In de pilotgebieden deden minder mensen mee. De marge is niet te berekenen.",
    "trend": "Er is niet geloot. De pilotgebieden kunnen voor de start al langzaam anders zijn veranderd.",
    "nulstand_gevoelig": "Er is niet geloot. Met een correctie voor de stand vooraf is het verschil niet zeker.",
    "pilot_weg": "Van een pilotgebied missen de metingen voor of na de start. Dat kan het beeld vertekenen.",
    "bijkomend": "Dit is geen hoofdindicator: vooraf is afgesproken om hier geen bewijs in te zoeken.",
    "onrust": "De pilotgebieden schommelden voor de start meer dan de andere gebieden. De marge is daarom ruimer.",
    "synthetisch": "Een tweede methode wijst de andere kant op.",
    "permutatie": "De toets met verwisselde gebieden is minder zeker. Lees het oordeel voorzichtig.",
    "gecorrigeerd": "Dit verschil is berekend met een correctie voor de stand vooraf.",
    "klein": "Het verschil kan kleiner zijn dan wat vooraf belangrijk is genoemd.",
}


def reden(code: str) -> Melding:
    return Melding(code, REDENEN[code])


def _bereik(s: Schatting, ontwerp: Ontwerp) -> str:
    d = ontwerp.decimalen
    return f"Het ligt waarschijnlijk tussen {getekend(s.onder, d)} en {getekend(s.boven, d)}."


def _bijzin(ontwerp: Ontwerp) -> str:
    return " Dit is een tussentijdse meting." if ontwerp.moment == "tussentijds" else ""


def zin(
    uitkomst: Uitkomst,
    ontwerp: Ontwerp,
    schatting: Schatting | None,
    aantoonbaar: float | None,
    redenen: tuple[Melding, ...],
) -> str:
    """Two to five short sentences that say what we see, how sure we are and what limits it."""
    if schatting is None:
        return f"Wij kunnen nog niets zeggen over het effect. {redenen[0].tekst}"
    eenheid, d = ontwerp.eenheid, ontwerp.decimalen
    beter = (schatting.effect > 0) == (ontwerp.richting == "omhoog")
    soort = "verbetering" if beter else "verslechtering"
    effect = f"{getekend(schatting.effect, d)} {eenheid}"
    if uitkomst == "waarschijnlijk":
        tekst = (
            "In de pilotgebieden veranderde het waarschijnlijk anders dan in gebieden zonder pilot: "
            f"{effect}. "
            f"{_bereik(schatting, ontwerp)} Dat is een {soort}."
        )
    elif uitkomst == "aanwijzing":
        waarom = redenen[0].tekst if redenen else "Het kan nog toeval zijn."
        tekst = f"Er is een aanwijzing voor een {soort}: {effect}. {_bereik(schatting, ontwerp)} {waarom}"
    elif uitkomst == "waarschijnlijk geen groot effect":
        grens = f"{getal(ontwerp.relevant_effect or 0.0, d)} {eenheid}"
        tekst = (
            f"Een groot effect is er waarschijnlijk niet. Het verschil ligt waarschijnlijk tussen "
            f"{getekend(schatting.onder, d)} en {getekend(schatting.boven, d)} {eenheid}. "
            f"Vooraf noemden we {grens} een belangrijk verschil."
        )
    else:
        tekst = "Een effect is niet aangetoond. Dat betekent niet dat er geen effect is."
        if aantoonbaar is not None:
            tekst += f" Met deze meting zien wij alleen een verschil van {getal(aantoonbaar, d)} {eenheid} of meer."
    return tekst + _bijzin(ontwerp)
