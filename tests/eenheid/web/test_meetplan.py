"""The measuring plan in the browser: form with advice, catalogue, lottery of areas, and the answer of the coalition."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.herberekenen import herbereken
from aanbesteding.inhoud import Meetplan
from aanbesteding.model import Logregel, Meetplanreactie, Meetplanversie
from aanbesteding.web import invulformulier as f
from aanbesteding.web import meetplanformulier as mf

leidweb = importlib.import_module("leidweb")
L = importlib.import_module("lindeveen")
PLAN = "meetplan/lange-tafel"
BIJ = "coalitie/lange-tafel/meetplan"


def leider(loper: Any, moment: str = "2027-06-01T10:00") -> Any:
    return leidweb.Web(loper, L.LEIDER, moment)


def penvoerder(loper: Any, moment: str = "2027-06-02T10:00") -> Any:
    return leidweb.Web(loper, L.COALITIES["lange-tafel"][0], moment)


def velden(**extra: Any) -> dict[str, Any]:
    return {**mf.uit_inhoud(Meetplan.model_validate(L.meetplan()).model_dump(mode="json")), **extra}


def vastgelegd(loper: Any) -> list[Meetplanversie]:
    with lees(loper.motor) as session:
        return list(session.exec(select(Meetplanversie).order_by(Meetplanversie.versie)))  # type: ignore[arg-type]


def test_a_plan_is_recorded_as_it_was_typed(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    web = leider(loper)
    assert "Nog te maken" in web.lees("meetplan")
    assert web.stuur(PLAN, velden(_knop="indienen", sleutel="b")).status_code == 303
    [rij] = vastgelegd(loper)
    assert rij.inhoud == Meetplan.model_validate(L.meetplan()).model_dump(mode="json")
    assert rij.hash in web.lees(PLAN)


def test_everything_that_a_plan_can_hold_survives_the_form(lindeveen: Callable[[str], Any]) -> None:
    vol = L.meetplan() | {
        "pilotgebieden": ["Noord", "Oost"], "startperioden": {"Oost": "2028-2"},
        "codes": {"Noord": "BU0001", "Zuid": "BU0002"},
        "keuze_gebieden": "gespreide start", "keuze_vergelijking": "Even oud.", "metingen_vooraf": 3,
        "samenvoegingen": [{"nieuw": "Zuid", "oud": ["Zuid-A", "Zuid-B"], "vanaf": "2028"}],
    }  # fmt: skip
    vol["indicatoren"][0] |= {
        "schaal": "procent", "bronsoort": "registratie", "ritme": "jaar", "laagste": 0.0,
        "hoogste": 100.0, "decimalen": 2,
        "spreiding": 1.5, "modelcijfers": True, "catalogus": "eenzaam-11", "primair": True,
        "breuken": [{"vanaf": "2021", "toelichting": "andere vraag: nieuw"}],
        "eerder": [{"gebied": "Noord", "periode": "2026-1", "waarde": -1.25}],
    }  # fmt: skip
    heel = Meetplan.model_validate(vol).model_dump(mode="json")
    loper = lindeveen("uitwerking")
    antwoord = leider(loper).stuur(PLAN, {**mf.uit_inhoud(heel), "_knop": "indienen"})
    assert antwoord.status_code == 303, leidweb.tekst(antwoord.text)[:800]
    assert vastgelegd(loper)[0].inhoud == heel


def test_four_main_indicators_are_refused_and_nothing_is_lost(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    vier = L.meetplan()
    vier["indicatoren"] = [{**vier["indicatoren"][0], "sleutel": f"i-{n}", "primair": True} for n in range(4)]
    uit = leider(loper).stuur(PLAN, {**mf.uit_inhoud(vier), "keuze_toelichting": "Net getypt.", "_knop": "indienen"})
    assert uit.status_code == 422
    assert "4 zijn primair; kies er één tot drie" in leidweb.tekst(uit.text)
    assert "Net getypt." in uit.text
    assert vastgelegd(loper) == []


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("gebiedskenmerken-gebied", "Westen", "'Westen' is geen gebied met de pilot"),
        ("vergelijkingsgebieden", "Zuid\nNoord", "'Noord' is pilotgebied én vergelijkingsgebied"),
        ("startperiode", "volgend jaar", "is geen periode"),
        ("indicatoren-eerder", "zomaar iets", "moet een tabel zijn"),
        ("indicatoren-laagste", "200", "hoger zijn dan de laagste"),
    ],
)
def test_a_fault_names_the_field_and_keeps_the_text(
    lindeveen: Callable[[str], Any], veld: str, waarde: str, zin: str
) -> None:
    start = {"gebiedskenmerken-start": "2028-2"} if veld.startswith("gebied") else {}
    extra = {**start, "indicatoren-hoogste": "100", veld: waarde, "_knop": "indienen"}
    uit = leider(lindeveen("uitwerking")).stuur(PLAN, velden(**extra))
    assert uit.status_code == 422
    assert zin in leidweb.tekst(uit.text)
    assert waarde.splitlines()[0] in uit.text


def test_the_advice_follows_what_is_typed_and_saves_nothing(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    web = leider(loper)
    weinig = leidweb.tekst(web.stuur(f"{PLAN}/advies", velden(respondenten_per_gebied="100")).text)
    veel = leidweb.tekst(web.stuur(f"{PLAN}/advies", velden(respondenten_per_gebied="400")).text)
    kleinste = [float(t.split("verschil van ")[1].split(" ")[0].replace(",", ".")) for t in (weinig, veel)]
    assert kleinste[0] == pytest.approx(2 * kleinste[1], abs=0.15)
    assert "ook als het er is" in weinig
    assert "beschrijft het rapport alleen" in weinig
    assert concepten_leeg(loper)
    assert web.stuur(f"{PLAN}/advies", {"respondenten_per_gebied": "veel", "startperiode": "?"}).status_code == 200


def concepten_leeg(loper: Any) -> bool:
    from aanbesteding.model import Concept

    with lees(loper.motor) as session:
        return session.exec(select(Concept).where(Concept.sleutel == PLAN)).first() is None


def test_one_press_takes_an_indicator_from_the_catalogue(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    web = leider(loper)
    web.stuur(PLAN, velden(_knop="bewaar"))
    for _ in range(2):
        assert web.stuur(f"{PLAN}/indicatoren", {"indicator": "onveilig-buurt"}).status_code == 303
    bron = web.client.get(web.pad(PLAN)).text
    assert bron.count('value="onveilig-buurt"') == 2, "the key and where it came from, once each"
    assert "Voelt u zich wel eens onveilig in uw eigen buurt?" in bron
    assert "Staat in het plan" in web.lees(f"{PLAN}/indicatoren")
    assert web.stuur(f"{PLAN}/indicatoren", {"indicator": "bestaat-niet"}).status_code == 404


def test_the_catalogue_is_open_to_everybody(lindeveen: Callable[[str], Any]) -> None:
    web = leider(lindeveen("voorbereiding"), "2026-12-02T10:00")
    web.client.cookies.clear()
    tekst = leidweb.tekst(web.client.get("/indicatoren").text)
    assert "Ik ervaar een leegte om me heen." in tekst
    assert "Niet voor het effect van een pilot." in tekst


def test_the_coalition_reads_agrees_and_the_leader_sees_it(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    pen, web = penvoerder(loper), leider(loper)
    assert "nog geen meetplan vastgelegd" in pen.lees(BIJ)
    web.stuur(PLAN, velden(_knop="indienen"))
    assert "Ernstig eenzaam" in pen.lees(BIJ)
    zonder = pen.stuur(BIJ, {"versie": "1", "antwoord": "anders"})
    assert zonder.status_code == 422
    assert "schrijf wat er volgens u anders moet" in leidweb.tekst(zonder.text)
    assert pen.stuur(BIJ, {"versie": "1", "antwoord": "anders", "opmerking": "Liever 400 mensen."}).status_code == 303
    assert "Liever 400 mensen." in web.lees(PLAN)
    web.stuur(PLAN, velden(respondenten_per_gebied="400", _knop="indienen"))
    oud = pen.stuur(BIJ, {"versie": "1", "antwoord": "akkoord"})
    assert oud.status_code == 422
    assert "nieuwere versie" in leidweb.tekst(oud.text)
    assert pen.stuur(BIJ, {"versie": "2", "antwoord": "akkoord"}).status_code == 303
    assert "De coalitie is akkoord" in web.lees("meetplan")
    with lees(loper.motor) as session:
        assert [r.akkoord for r in session.exec(select(Meetplanreactie))] == [False, True]


def test_others_do_not_see_or_answer_the_plan_of_a_coalition(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    leider(loper).stuur(PLAN, velden(_knop="indienen"))
    ander = leidweb.Web(loper, L.COALITIES["zingen-op-dinsdag"][0], "2027-06-02T10:00")
    assert ander.status(BIJ) == 404
    assert ander.stuur(BIJ, {"versie": "1", "antwoord": "akkoord"}).status_code == 404
    assert leidweb.Web(loper, "carla-wijnia", "2027-06-02T10:00").status(PLAN) == 403


def test_after_the_gate_a_change_needs_a_reason(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("gepland")
    web = leider(loper, "2027-07-01T10:00")
    zonder = web.stuur(PLAN, velden(respondenten_per_gebied="200", _knop="indienen"))
    assert zonder.status_code == 422
    assert "leg uit waarom u het verandert" in leidweb.tekst(zonder.text)
    met = web.stuur(PLAN, velden(respondenten_per_gebied="200", reden="Er is minder geld.", _knop="indienen"))
    assert met.status_code == 303
    assert [(r.versie, r.reden) for r in vastgelegd(loper) if r.versie == 2] == [(2, "Er is minder geld.")]


# ---------------------------------------------------------------- the lottery

AANKONDIGING = {
    "kandidaten": "Noord\nZuid\nOost\nWest\nCentrum\nDe Kade\nHet Veld", "geschiktheid": "Overal wonen veel ouderen.",
    "startmomenten-periode": ["2028-1", "2028-2"], "startmomenten-aantal": ["1", "1"],
    "bronnen-naam": "Lotto van 5 juni 2027", "bronnen-soort": "verzameling", "trekken_dag": "2027-06-06",
    "trekken_uur": "12.00", "_knop": "indienen", "sleutel": "lot",
}  # fmt: skip


def test_a_lottery_is_announced_drawn_and_recomputed(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    web = leider(loper)
    uit = web.stuur(f"{PLAN}/loting", AANKONDIGING)
    assert uit.status_code == 303, leidweb.tekst(uit.text)[:900]
    assert "Overal wonen veel ouderen." in penvoerder(loper).lees(BIJ)
    vroeg = web.stuur(f"{PLAN}/loting/trek", {"waarden-1": "4 12 33 41 2 9", "sleutel": "t"})
    assert vroeg.status_code == 422
    assert "Loten kan pas vanaf 6 juni 2027" in leidweb.tekst(vroeg.text)
    later = leider(loper, "2027-06-07T10:00")
    assert later.stuur(f"{PLAN}/loting/trek", {"waarden-1": "4 12 33 41 2 9", "sleutel": "t"}).status_code == 303
    gegevens = later.client.get(later.pad(f"{PLAN}/loting/loting.json")).json()
    assert herbereken(gegevens) == []
    assert herbereken(gegevens | {"volgorde": gegevens["volgorde"][::-1]}) != []
    tweede = later.stuur(f"{PLAN}/loting/trek", {"waarden-1": "1 2 3 4 5 6", "sleutel": "u"})
    assert "al getrokken" in leidweb.tekst(tweede.text)

    eerste, volgende = gegevens["volgorde"][:2]
    assert later.stuur(f"{PLAN}/loting/overnemen", {"sleutel": "o"}).status_code == 303
    bron = later.client.get(later.pad(PLAN)).text
    plat = velden() | velden_uit(bron)
    assert later.stuur(PLAN, plat | {"_knop": "indienen"}).status_code == 303
    plan = Meetplan.model_validate(vastgelegd(loper)[-1].inhoud)
    assert [plan.start(g) for g in (eerste, volgende)] == ["2028-1", "2028-2"]
    assert plan.loting is not None
    assert plan.loting.uitkomst == [eerste, volgende]
    assert set(plan.vergelijkingsgebieden) >= set(gegevens["volgorde"][2:])
    fout = later.stuur(PLAN, plat | {"pilotgebieden": gegevens["volgorde"][3], "gebiedskenmerken-gebied": "",
                                     "gebiedskenmerken-start": "", "_knop": "indienen"})  # fmt: skip
    assert "het lot wees andere gebieden aan" in leidweb.tekst(fout.text)


def velden_uit(bron: str) -> dict[str, Any]:
    """What the page holds in the fields that a lottery fills."""
    import html
    import re

    uit: dict[str, Any] = {}
    for naam in ("pilotgebieden", "vergelijkingsgebieden"):
        treffer = re.search(rf'<textarea[^>]*name="{naam}"[^>]*>\n(.*?)</textarea>', bron, re.DOTALL)
        uit[naam] = html.unescape(treffer[1]) if treffer else ""
    treffer = re.search(r'name="startperiode" value="([^"]*)"', bron)
    uit["startperiode"] = treffer[1] if treffer else ""
    for naam in ("gebied", "start"):
        uit[f"gebiedskenmerken-{naam}"] = [
            html.unescape(w) for w in re.findall(rf'name="gebiedskenmerken-{naam}" value="([^"]*)"', bron)
        ]
    uit["keuze_gebieden"] = "gespreide start"
    return uit


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("trekken_dag", "2027-06-01", "minstens een uur later"),
        ("kandidaten", "Noord\nNoord", "staat dubbel op de lijst"),
        ("startmomenten-aantal", ["9", "1"], "samen 10 gebieden"),
        ("startmomenten-periode", ["2028-2", "2028-1"], "het vroegste eerst"),
    ],
)
def test_an_announcement_that_cannot_be_held(lindeveen: Callable[[str], Any], veld: str, waarde: Any, zin: str) -> None:
    uit = leider(lindeveen("uitwerking")).stuur(f"{PLAN}/loting", {**AANKONDIGING, "trekken_uur": "9.00", veld: waarde})
    assert uit.status_code == 422
    assert zin in leidweb.tekst(uit.text)
    assert "Overal wonen veel ouderen." in uit.text


def test_a_lapsed_lottery_stays_to_be_seen(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    web = leider(loper)
    web.stuur(f"{PLAN}/loting", AANKONDIGING)
    dubbel = web.stuur(f"{PLAN}/loting", {**AANKONDIGING, "sleutel": "x"})
    assert "al een loting aangekondigd" in leidweb.tekst(dubbel.text)
    assert web.stuur(f"{PLAN}/loting/vervalt", {"reden": "Geen trekking die dag.", "sleutel": "v"}).status_code == 303
    assert "Geen trekking die dag." in web.lees(f"{PLAN}/loting")
    assert "Geen trekking die dag." in penvoerder(loper).lees(BIJ)
    assert web.stuur(f"{PLAN}/loting", {**AANKONDIGING, "sleutel": "y"}).status_code == 303
    with lees(loper.motor) as session:
        log = [r.handeling for r in session.exec(select(Logregel)) if "loting" in r.handeling]
    assert log == ["kondig_gebiedenloting_aan", "laat_gebiedenloting_vervallen", "kondig_gebiedenloting_aan"]


def test_the_fields_of_the_form_are_those_of_the_plan() -> None:
    """Whatever the lead adds to a plan must have a place in the form, or the next version would lose it."""
    namen = {n.partition("-")[0] for n in f.namen(mf.MEETPLAN)} | {"startperioden", "codes", "loting"}
    assert set(Meetplan.model_fields) <= namen
    rij = {v.naam for v in mf.INDICATOREN.velden}
    from aanbesteding.inhoud import Indicator

    assert set(Indicator.model_fields) == rij
