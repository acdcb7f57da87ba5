"""Making a round in the browser, from the template and as a copy, and changing its rules until the college has them."""

import importlib
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.handelingen import ontwerpen
from aanbesteding.instellingen import instellingen
from aanbesteding.model import Deelnemer, Logregel, Organisatie, Persoon, Rolhouder, Ronde, Rondeontwerp
from aanbesteding.overzichten import vind
from aanbesteding.procedure import Rol
from aanbesteding.regelcontrole import controleer
from aanbesteding.web import regelformulier as rf

L, W = importlib.import_module("lindeveen"), importlib.import_module("leidweb")
Web, tekst = W.Web, W.tekst
NU = "2026-12-01T10:00"
KOP = {"titel": "Samen sporten", "zaaknummer": "Z-2027-9", "gemeente": "lindeveen", "publicatie": "2027-09-01",
       "van": "sjabloon"}  # fmt: skip
INVULLING: dict[str, dict[str, Any]] = {
    "kop": {
        "ronde.grondslag": "Awb titel 4.2\nAlgemene subsidieverordening", "ronde.afdeling": "Sport",
        "ronde.vindplaats": "Gemeenteblad", "ronde.aanleiding": "Te weinig kinderen sporten.",
        "ronde.beoogd_effect": "In 2029 sporten 60 van de 100 kinderen.",
        "ronde.contact.email": "sport@voorbeeld.example",
        "ronde.contact.telefoon": "0101234567", "ronde.contact.adres": "Plein 1, Lindeveen",
    },
    "opgaven": {
        "opgaven-titel": "Sporten", "opgaven-doelgroep": "Kinderen van 6 tot 12 jaar",
        "opgaven-vraag": "Hoe zorgen wij dat in 2029 in Veenkant 60 in plaats van 45 van de 100 kinderen van 6 tot 12 "
                         "jaar elke week sporten, gemeten met de jeugdmonitor?",
        "opgaven-gebied": "Veenkant", "opgaven-uitkomst": "meer kinderen sporten elke week",
        "opgaven-richting": "van 45 naar 60 procent in 2029", "opgaven-meetwijze": "de jeugdmonitor, elk jaar",
        "opgaven-nulstand": "45 procent (jeugdmonitor 2026)", "opgaven-afbakening": "geen topsport",
    },
    "geld": {
        "verdeling.aantal": "2", "verdeling.plafond_euro": "€ 60.000", "verdeling.maximum_per_voorstel_euro": "30 000",
        "verdeling.loting_bronnen": "Staatsloterij van 10 december 2027",
        "financien-omschrijving": "Sportbudget", "financien-bedrag_euro": "60000", "financien-jaar": "2027",
        "financien-taakveld": "5.1 Sport", "financien-dekking": "Sportnota", "financien-oud_voor_nieuw": "ja",
        "financien-structureel": "nee",
    },
    "termijnen": {"termijnen.startbijeenkomst_plaats": "Sporthal, Plein 2"},
    "beoordelen": {"beoordeling.startgetal": "Samen sporten 2027"},
}  # fmt: skip


@pytest.fixture
def leider(lindeveen: Any) -> Web:
    return Web(lindeveen("uitvoering"), L.LEIDER, "2027-08-01T10:00")


def begin(web: Web, **anders: str) -> str:
    antwoord = web.client.post("/nieuwe-ronde", data=KOP | anders, follow_redirects=False)
    assert antwoord.status_code == 303, tekst(antwoord.text)
    return str(antwoord.headers["location"])


def merk(web: Web, adres: str) -> str:
    bron = web.client.get(adres).text
    return bron.split('name="_merk" value="')[1].split('"')[0]


def formulier(web: Web, adres: str, deel: str) -> dict[str, Any]:
    """What the page of this part shows right now, as a browser would send it."""
    with lees(web.loper.motor) as session:
        rij = session.get(Rondeontwerp, int(adres.rpartition("/")[2]))
        assert rij is not None
        return dict(rf.uit_regels(rf.DELEN[deel], rij.regels)) | {"_merk": str(rij.versie)}


def vul(web: Web, adres: str, deel: str, velden: dict[str, Any]) -> Any:
    return web.client.post(f"{adres}/{deel}", data=formulier(web, adres, deel) | velden, follow_redirects=False)


def maak_af(web: Web, adres: str) -> str:
    for deel, velden in INVULLING.items():
        assert vul(web, adres, deel, velden).status_code == 303, deel
    antwoord = web.client.post(f"{adres}/start", follow_redirects=False)
    assert antwoord.status_code == 303, tekst(antwoord.text)
    return str(antwoord.headers["location"]).split("/")[2]


def test_from_the_template_to_a_round_that_runs(leider: Web) -> None:
    adres = begin(leider)
    assert "Vul eerst" in leider.client.get(adres).text
    te_vroeg = leider.client.post(f"{adres}/start", follow_redirects=False)
    assert te_vroeg.status_code == 422
    assert "De ronde kan nog niet beginnen" in te_vroeg.text
    kenmerk = maak_af(leider, adres)
    assert kenmerk == "samen-sporten"
    with lees(leider.loper.motor) as session:
        ronde = vind.ronde(session, kenmerk)
        regels = vind.regels(session, ronde)
        assert (regels.ronde.titel, regels.verdeling.plafond_euro, regels.opgaven[0].sleutel) == (
            "Samen sporten", 60000, "sporten",
        )  # fmt: skip
        rollen = session.exec(select(Rolhouder.rol).join(Deelnemer).where(Deelnemer.ronde_id == ronde.id)).all()
        assert list(rollen) == [Rol.PROJECTLEIDER]
        assert session.exec(select(Logregel.handeling).where(Logregel.ronde_id == ronde.id)).all() == ["start_ronde"]
    assert leider.client.get(f"/werk/{kenmerk}/leiden").status_code == 200
    assert leider.client.get(f"/werk/{kenmerk}/samenstellen").status_code == 200
    assert leider.client.get(adres).status_code == 404


def test_a_copy_takes_people_and_rules_but_no_seed_and_no_dates(leider: Web) -> None:
    adres = begin(leider, van=L.KENMERK, mensen="ja", kenmerk="lindeveen-2029")
    with lees(leider.loper.motor) as session:
        bron = vind.regels(session, vind.ronde(session, L.KENMERK))
        rij = session.get(Rondeontwerp, int(adres.rpartition("/")[2]))
        assert rij is not None
        assert rij.regels["criteria"] == bron.model_dump(mode="json")["criteria"]
        assert rij.regels["beoordeling"]["startgetal"] == ""
        assert rij.regels["termijnen"]["publicatie"] > "2027-09"
        assert {m["rol"] for m in rij.mensen} >= {"beoordelaar", "wethouder", "voorzitter", "jurist"}
        aantal = len(session.exec(select(Organisatie).join(Ronde).where(Ronde.kenmerk == L.KENMERK)).all())
        assert len(rij.organisaties) == aantal > 3
    vul(leider, adres, "beoordelen", {"beoordeling.startgetal": "Tweede ronde"})
    vul(leider, adres, "geld", {"verdeling.loting_bronnen": "Staatsloterij 2028"})
    antwoord = leider.client.post(f"{adres}/start", follow_redirects=False)
    assert antwoord.status_code == 303, tekst(antwoord.text)
    with lees(leider.loper.motor) as session:
        nieuw = vind.ronde(session, "lindeveen-2029")
        assert len(session.exec(select(Organisatie).where(Organisatie.ronde_id == nieuw.id)).all()) == aantal
        leiders = select(Persoon.email).join(Deelnemer).join(Rolhouder)
        assert (
            len(session.exec(leiders.where(Deelnemer.ronde_id == nieuw.id, Rolhouder.rol == "projectleider")).all())
            == 1
        )


def test_gaps_are_kept_and_named(leider: Web) -> None:
    adres = begin(leider)
    velden = {"termijnen.sluiting": "volgende week", "termijnen.publicatie": "6 september 2027, 9.00 uur"}
    assert vul(leider, adres, "termijnen", velden).status_code == 303
    bron = leider.client.get(f"{adres}/termijnen").text
    assert 'value="volgende week"' in bron
    assert 'value="6 september 2027, 09.00 uur"' in bron
    assert "moet een datum met tijd zijn" in bron


def test_two_windows_do_not_overwrite_each_other(leider: Web) -> None:
    adres = begin(leider)
    oud = formulier(leider, adres, "kop")
    assert vul(leider, adres, "kop", {"ronde.afdeling": "Sport"}).status_code == 303
    antwoord = leider.client.post(f"{adres}/kop", data=oud | {"ronde.afdeling": "Zorg"}, follow_redirects=False)
    assert antwoord.status_code == 409
    assert 'value="Zorg"' in antwoord.text
    assert formulier(leider, adres, "kop")["ronde.afdeling"] == "Sport"


def test_checks_while_typing_keep_nothing(leider: Web) -> None:
    adres, voor = begin(leider), None
    voor = leider.loper.vingerafdruk()
    velden = formulier(leider, adres, "criteria")
    velden["criteria-gewicht"] = ["50", "20", "20", "20"]
    antwoord = leider.client.post(f"{adres}/criteria/toets", data=velden)
    assert "Er moet 10% af." in tekst(f"<main>{antwoord.text}</main>")
    assert leider.loper.vingerafdruk() == voor


def test_autosave_answers_as_the_script_expects(leider: Web) -> None:
    adres = begin(leider)
    lichaam = {"inhoud": {"ronde.afdeling": "Sport", "kwaad": "x"}, "vanaf": "1"}
    assert leider.client.put(f"{adres}/kop", json=lichaam).json()["merk"] == "2"
    assert leider.client.put(f"{adres}/kop", json=lichaam).status_code == 409


def test_a_draft_is_of_one_person_and_making_one_asks_for_the_right(
    leider: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    adres = begin(leider)
    ander = Web(leider.loper, "carla-wijnia", "2027-08-01T10:00")
    assert ander.client.get("/nieuwe-ronde").status_code == 403
    assert "Maak een nieuwe ronde" not in ander.client.get("/mijn").text
    monkeypatch.setenv("AANBESTEDING_BEHEERDERS", _email(leider.loper, "carla-wijnia").upper())
    instellingen.cache_clear()
    try:
        assert ander.client.get("/nieuwe-ronde").status_code == 200
        assert ander.client.get(adres).status_code == 404
        assert ander.client.post("/nieuwe-ronde", data=KOP | {"van": L.KENMERK}).status_code == 422
    finally:
        monkeypatch.undo()
        instellingen.cache_clear()


def _email(loper: Any, wie: str) -> str:
    with lees(loper.motor) as session:
        return session.exec(select(Persoon.email).join(Deelnemer).where(Deelnemer.sleutel == wie)).one()


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [("titel", "x", "titel"), ("gemeente", "nergens", "kies uit"), ("publicatie", "morgen", "vul een datum in"),
     ("kenmerk", "Met Spaties", "kenmerk"), ("kenmerk", "lindeveen-2027", "kies een ander")],
)  # fmt: skip
def test_a_bad_head_is_named_and_makes_nothing(leider: Web, veld: str, waarde: str, zin: str) -> None:
    voor = leider.loper.vingerafdruk()
    antwoord = leider.client.post("/nieuwe-ronde", data=KOP | {veld: waarde}, follow_redirects=False)
    assert antwoord.status_code == 422
    assert zin in antwoord.text
    assert KOP["zaaknummer"] in antwoord.text
    assert leider.loper.vingerafdruk() == voor


# ---------------------------------------------------------------- a round that exists


@pytest.fixture
def vroeg(lindeveen: Any) -> Web:
    """Before the proposal goes to the college."""
    web = Web(lindeveen("uitvoering"), L.LEIDER, "2027-08-01T10:00")
    web.loper.kenmerk = maak_af(web, begin(web))
    return web


def _regels(web: Web) -> Any:
    with lees(web.loper.motor) as session:
        return vind.regels(session, vind.ronde(session, web.loper.kenmerk))


def test_rules_change_until_the_college_has_them(vroeg: Web) -> None:
    velden = dict(rf.uit_regels(rf.DELEN["geld"], _regels(vroeg).model_dump(mode="json")))
    antwoord = vroeg.stuur("samenstellen/geld", velden | {"verdeling.aantal": "1", "_knop": "vast", "sleutel": "a"})
    assert antwoord.status_code == 303
    assert _regels(vroeg).verdeling.aantal == 1
    with lees(vroeg.loper.motor) as session:
        ronde = vind.ronde(session, vroeg.loper.kenmerk)
        regel = session.exec(
            select(Logregel).where(Logregel.ronde_id == ronde.id, Logregel.handeling == "wijzig_regels")
        ).one()
    assert regel.gegevens["veranderd"] == ["verdeling.aantal"]


def test_rules_that_do_not_hold_are_refused_and_the_text_stays(vroeg: Web) -> None:
    velden = dict(rf.uit_regels(rf.DELEN["geld"], _regels(vroeg).model_dump(mode="json")))
    antwoord = vroeg.stuur("samenstellen/geld", velden | {"verdeling.plafond_euro": "900000", "_knop": "vast"})
    assert antwoord.status_code == 422
    assert 'value="900000"' in antwoord.text
    assert "nog € 840.000 nodig" in tekst(antwoord.text)
    assert _regels(vroeg).verdeling.plafond_euro == 60000


def test_after_the_proposal_rules_are_only_read(lindeveen: Any) -> None:
    web = Web(lindeveen("oproep"), L.LEIDER, NU)
    assert "Deze regels liggen vast" in web.lees("samenstellen/criteria")
    antwoord = web.stuur("samenstellen/criteria", {"criteria-titel": "Anders", "_knop": "vast"})
    assert antwoord.status_code in (403, 409, 422)


def test_parts_and_rules_are_each_others_mirror() -> None:
    """What a form shows and sends back unchanged gives the same rules, for every part."""
    regels = L.rondemap().regels if hasattr(L, "rondemap") else None
    if regels is None:
        from aanbesteding.rondemap import lees_rondemap

        regels = lees_rondemap(instellingen().rondes_map / L.KENMERK).regels
    gegevens = regels.model_dump(mode="json")
    for deel in rf.DELEN.values():
        if deel.sleutel != "team":
            terug = rf.naar_regels(deel, rf.uit_regels(deel, gegevens), gegevens)
            assert [b for b in controleer(terug) if b.ernst == "fout"] == [], deel.sleutel
            assert type(regels).model_validate(terug) == regels, deel.sleutel


@pytest.mark.parametrize(
    ("getypt", "verwacht"),
    [
        ("1 februari 2027, 12.00 uur", "2027-02-01T12:00:00"), ("01-02-2027 12:00", "2027-02-01T12:00:00"),
        ("1/2/2027 9.05", "2027-02-01T09:05:00"), ("2027-02-01T12:00:00", "2027-02-01T12:00:00"),
        ("2027-02-01 12:00", "2027-02-01T12:00"), ("31 februari 2027, 12.00 uur", "31 februari 2027, 12.00 uur"),
        ("1 februari 2027", "1 februari 2027"), ("", ""),
    ],
)  # fmt: skip
def test_moments_as_people_type_them(getypt: str, verwacht: str) -> None:
    assert rf.lees_moment(getypt) == verwacht


def test_only_project_leaders_and_the_named_may_make(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    with lees(loper.motor) as session:
        mag = {
            d.sleutel
            for d, p in session.exec(select(Deelnemer, Persoon).join(Persoon)).all()
            if ontwerpen.mag_maken(session, p)
        }
    assert mag == {L.LEIDER}
