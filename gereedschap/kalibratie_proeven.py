"""The designs that `make kalibratie` goes through: plain ones, nasty ones, and with a known effect."""

from dataclasses import replace

from kalibratie_rondes import Proef

UITEEN = "De pilots lopen hier echt uit elkaar, pilot of niet. Zonder loting ziet geen methode dat verschil."
STAL = (3, 5, 7)

ZONDER: tuple[Proef, ...] = (
    Proef("3 pilots, 17 anderen, geloot"),
    Proef("1 pilot, 19 anderen, geloot", starts=(6,), anderen=19),
    Proef("4 pilots, 20 anderen, ruis zonder samenhang", starts=(6,) * 4, anderen=20, rho=0.0),
    Proef("ruis met sterke samenhang (AR .8)", rho=0.8),
    Proef("gespreide start na 3, 5 en 7 metingen", starts=STAL),
    Proef("gespreide start, 6 anderen", starts=STAL, anderen=6),
    Proef("gespreide start na 2, 4, 8 en 10 metingen", starts=(2, 4, 8, 10)),
    Proef("5 anderen", anderen=5),
    Proef("1 pilot, 5 anderen", starts=(6,), anderen=5),
    Proef("2 metingen vooraf, 2 erna, geloot", starts=(2, 2, 2), golven=4),
    Proef("15 % van de metingen ontbreekt", gaten=0.15),
    Proef("1 van 3 pilots stopt na 2 metingen", stopt=2),
    Proef("1 pilot, stopt na 2 metingen", starts=(6,), stopt=2),
    Proef("vergelijkingsgebied samengevoegd", samen=True),
    Proef("trendbreuk 3 metingen na de start", breuk=9),
    Proef("uitschieters (t met 5 vrijheidsgraden)", staart=True),
    Proef("elk gebied een eigen trend, geloot", helling_sd=0.3),
    Proef("loting onder de 9 slechtste", kies="loting onder slechtste"),
    Proef("de 3 slechtste gekozen", kies="slechtste"),
    Proef("het slechtste gebied gekozen", kies="slechtste", starts=(6,)),
    Proef("de 3 slechtste bij de laatste meting gekozen", kies="laatste"),
    Proef("3 uit de slechtste helft gekozen", kies="helft"),
    Proef("3 gekozen, toevallig niet anders", kies="toeval"),
    Proef("niet geloot, 2 metingen vooraf", kies="toeval", starts=(2, 2, 2), golven=6),
    Proef("andere trend, .15 per meting", kies="toeval", helling=0.15, geen_eis=UITEEN),
    Proef("andere trend, .4 per meting", kies="toeval", helling=0.4, geen_eis=UITEEN),
    Proef("andere trend, .8 per meting", kies="toeval", helling=0.8, geen_eis=UITEEN),
    Proef("andere trend, 3 metingen vooraf", kies="toeval", helling=0.6, starts=(3, 3, 3), golven=9, geen_eis=UITEEN),
    Proef("pilots twee keer zo onrustig", onrust=2.0),
    Proef("1 pilot, twee keer zo onrustig", onrust=2.0, starts=(6,)),
    Proef("vragenlijst, 150 antwoorden per gebied", n=(150, 150), sd=1.0),
    Proef("vragenlijst, 100 tegen 200 antwoorden", n=(100, 200), sd=1.0),
    Proef("vragenlijst, 140 tegen 200 antwoorden", n=(140, 200), sd=0.5),
    Proef("vragenlijst, 40 tegen 300 antwoorden", n=(40, 300), sd=0.5),
    Proef("vragenlijst, 1 pilot, 40 tegen 300", n=(40, 300), sd=0.5, starts=(6,)),
    Proef("vragenlijst, 600 tegen 150 antwoorden", n=(600, 150), sd=0.5),
    Proef("vragenlijst, 100 tegen 200, slechtste gekozen", n=(100, 200), sd=1.0, kies="slechtste"),
    Proef("3 hoofdindicatoren (Holm)", indicatoren=3),
    Proef("tussentijds, 3 metingen erna", tussentijds=True, golven=9),
    Proef("zes keer tussentijds en dan het eind", reeks=True, tussentijds=True, golven=13),
)
MET: tuple[Proef, ...] = tuple(
    replace(Proef("basis", kies=kies, starts=starts, n=n, sd=1.0 if n else 2.0), naam=naam, effect=effect)
    for effect in (1.5, 3.0)
    for naam, kies, starts, n in (
        (f"effect {effect:.1f} SD, 3 pilots, geloot", "loting", (6, 6, 6), None),
        (f"effect {effect:.1f} SD, 1 pilot, geloot", "loting", (6,), None),
        (f"effect {effect:.1f} SD, gespreide start", "loting", STAL, None),
        (f"effect {effect:.1f} SD, niet geloot", "toeval", (6, 6, 6), None),
        (f"effect {effect:.1f} SD, slechtste gekozen", "slechtste", (6, 6, 6), None),
        (f"effect {effect:.1f} punt, 100 tegen 200 antwoorden", "loting", (6, 6, 6), (100, 200)),
    )
)
PROEVEN: tuple[Proef, ...] = (*ZONDER, *MET)
