"""The documents of the call phase, built from a round that was really played (tests/rondes/klein)."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees, proef
from aanbesteding.documenten.gegevens import BOUWERS
from aanbesteding.documenten.gegevens.ontvangst import ontvangst
from aanbesteding.documenten.opdracht import Opdracht
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.instellingen import WORTEL
from aanbesteding.model import Deelnemer, Indiening, Persoon
from aanbesteding.overzichten import vind
from aanbesteding.overzichten.doorgang import Doorgang
from aanbesteding.procedure import PROCEDURE, Poort
from aanbesteding.rondemap import lees_rondemap

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

EERSTE_HELFT = [
    soort
    for regel in PROCEDURE[: [r.poort for r in PROCEDURE].index(Poort.TOEWIJZING) + 1]
    for soort in regel.documenten
]
NIET_IN_KLEIN = {"niet-ontvankelijkbrief"}
"""In this round every proposal was repaired in time."""


@pytest.mark.parametrize("soort", [s for s in EERSTE_HELFT if s not in NIET_IN_KLEIN])
def test_elke_soort_is_gemaakt_en_te_renderen(soort: str, spel: Any, opmaker: Opmaker) -> None:
    opdrachten = spel.opdrachten(soort)
    assert opdrachten
    assert opmaker.render(opdrachten[0]).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("soort", [s for s in EERSTE_HELFT if s not in NIET_IN_KLEIN])
def test_het_voorbeeld_heeft_de_vorm_van_de_echte_gegevens(soort: str, spel: Any) -> None:
    """Top-level keys agree, so that voorbeeld.toml documents what a template really gets."""
    echt, voorbeeld = spel.opdrachten(soort)[0].gegevens, voorbeeld_opdracht(soort).gegevens
    assert set(echt) == set(voorbeeld)


def test_kenmerken_en_bestandsnamen_zijn_uniek_en_zonder_namen(spel: Any) -> None:
    opdrachten: list[Opdracht] = [s.opdracht for stukken in spel.stukken.values() for s in stukken]
    with lees(spel.motor) as session:
        namen = {woord.lower() for naam in session.exec(select(Persoon.naam)) for woord in naam.split()}
        sleutels = {woord for sleutel in session.exec(select(Deelnemer.sleutel)) for woord in sleutel.split("-")}
    for veld in ("kenmerk", "bestandsnaam"):
        waarden = [getattr(o, veld) for o in opdrachten]
        assert len(set(waarden)) == len(waarden)
        for waarde in waarden:
            assert not (set(re.findall(r"[a-z]+", waarde.lower())) & (namen - sleutels))


def test_in_de_gegevens_staan_geen_databasesleutels(spel: Any) -> None:
    tekst = json.dumps([s.opdracht.gegevens for stukken in spel.stukken.values() for s in stukken])
    assert not re.search(r'"\w*_id"|"id"', tekst)


def test_elke_organisatie_krijgt_een_uitnodiging_met_agenda(spel: Any) -> None:
    stukken = spel.stukken["uitnodiging"]
    organisaties = lees_rondemap(WORTEL / "tests" / "rondes" / "klein").organisaties
    assert sorted(s.aan[0].email for s in stukken) == sorted(o.email for o in organisaties)
    assert all(s.bericht == "uitnodiging" and s.agenda.startswith("BEGIN:VCALENDAR") for s in stukken)


def test_de_nota_gaat_naar_iedereen_en_noemt_geen_vrager(spel: Any) -> None:
    [stuk] = spel.stukken["nota-van-inlichtingen"]
    assert len(stuk.aan) == len(spel.stukken["uitnodiging"])
    tekst = json.dumps(stuk.opdracht.gegevens, ensure_ascii=False)
    assert not any(adres.naam in tekst or adres.email in tekst for adres in stuk.aan)


def test_de_nota_zet_oud_en_nieuw_naast_elkaar(spel: Any) -> None:
    gegevens = spel.opdrachten("nota-van-inlichtingen")[0].gegevens
    [regel] = gegevens["wijzigingen"]
    assert (regel["regel"], regel["oud"], regel["nieuw"]) == (
        "Aanvullen kan tot", "24 maart 2027, 12.00 uur", "25 maart 2027, 12.00 uur",
    )  # fmt: skip
    assert gegevens["termijn_wijzigt"]
    assert gegevens["regelversie"] == 2
    assert gegevens["document"]["regels_hash"] != spel.opdrachten("oproep")[0].gegevens["document"]["regels_hash"]


def test_het_adviesverslag_bewijst_zichzelf(spel: Any) -> None:
    gegevens = spel.opdrachten("toewijzingsverslag")[0].gegevens
    assert gegevens["klopt"]
    assert len(gegevens["bewijs"]) == 4
    assert all(stap["bewezen"] for stap in gegevens["bewijs"])
    assert gegevens["totaal"]["gekregen"] == sum(r["gekregen"] for r in gegevens["rijen"]) > 0
    assert all(a["gegeven"] + a["over"] == a["beschikbaar"] for a in gegevens["adviseurs"])


def test_elke_coalitie_met_adviesvraag_krijgt_een_brief(spel: Any) -> None:
    assert {s.coalitie for s in spel.stukken["toewijzingsbrief"]} == {"samen-bewegen", "samen-eten"}
    assert all(s.opdracht.gegevens["advies"]["uren"] > 0 for s in spel.stukken["toewijzingsbrief"])


def test_het_register_bevat_geen_namen_en_geen_inhoud(spel: Any) -> None:
    [opdracht] = spel.opdrachten("register-van-ontvangst")
    assert set(opdracht.gegevens["rijen"][0]) == {"nummer", "ontvangen_op", "versie", "grootte", "kanaal", "sha256"}
    assert opdracht.openbaar
    assert opdracht.gegevens["vervangen"] == 1


def test_de_opening_rekent_de_controlegetallen_na(spel: Any) -> None:
    gegevens = spel.opdrachten("pv-opening")[0].gegevens
    register = {r["sha256"] for r in spel.opdrachten("register-van-ontvangst")[0].gegevens["rijen"]}
    assert gegevens["alles_klopt"]
    assert {r["sha256"] for r in gegevens["rijen"]} == register


def test_alleen_wie_iets_vergat_krijgt_een_verzuimbrief(spel: Any) -> None:
    [stuk] = spel.stukken["verzuimbrief"]
    mist = {r["coalitie"]: r["ontbreekt"] for r in spel.opdrachten("pv-opening")[0].gegevens["rijen"]}
    naam = stuk.opdracht.gegevens["coalitie"]["naam"]
    assert stuk.opdracht.gegevens["ontbreekt"] == mist.pop(naam) != []
    assert all(ontbreekt == [] for ontbreekt in mist.values())
    assert stuk.opdracht.gegevens["herstel_tot"].startswith("2027-03-25")


def test_een_afgewezen_vorm_geeft_een_besluit_met_bezwaardatum(spel: Any, opmaker: Opmaker) -> None:
    with proef(spel.motor) as session:
        ronde = vind.ronde(session, spel.kenmerk)
        voorstel, groep = vind.voorstellen(session, ronde)[0]
        sleutel = groep.sleutel
        voorstel.ontvankelijk, voorstel.vormoordeel = False, "De begroting ontbreekt nog steeds."
        nu = datetime(2027, 3, 25, 13, 0, tzinfo=UTC)
        d = Doorgang(session, ronde, vind.regels(session, ronde), Poort.ONTVANKELIJKHEID, 1, True, nu, nu)
        [stuk] = BOUWERS["niet-ontvankelijkbrief"](d)
        [staat] = BOUWERS["staat-van-voorstellen"](d)
    gegevens = stuk.opdracht.gegevens
    assert (stuk.coalitie, gegevens["motivering"]) == (sleutel, "De begroting ontbreekt nog steeds.")
    assert gegevens["bezwaar_tot"] == "2027-05-10"  # 42 days on is 6 May, Ascension Day; 7 May is a decree day
    assert set(gegevens) == set(voorbeeld_opdracht("niet-ontvankelijkbrief").gegevens)
    assert staat.opdracht.gegevens["aantal"] == {"ontvangen": 3, "ontvankelijk": 2, "niet": 1}
    assert opmaker.render(stuk.opdracht).startswith(b"%PDF")


def test_de_staat_telt_op(spel: Any) -> None:
    gegevens = spel.opdrachten("staat-van-voorstellen")[0].gegevens
    assert gegevens["aantal"] == {"ontvangen": 3, "ontvankelijk": 3, "niet": 0}
    assert gegevens["gevraagd_cent"] == sum(r["gevraagd_cent"] for r in gegevens["rijen"])
    assert all(0 <= i["aandeel"] <= 1 for i in gegevens["inbreng"])


def test_het_protocol_toont_letters_en_klopt_met_de_formulieren(spel: Any) -> None:
    gegevens = spel.opdrachten("beoordelingsprotocol")[0].gegevens
    formulieren = {o.gegevens["beoordelaar"][-1]: o.gegevens for o in spel.opdrachten("scoreformulier")}
    for rij in gegevens["toewijzing"]:
        lezers = {b for b, f in formulieren.items() if rij["nummer"] in [v["nummer"] for v in f["voorstellen"]]}
        assert lezers == set(rij["beoordelaars"])
        assert not set(rij["uitgesloten"]) & lezers
    assert gegevens["bewijs"][0] == {"naam": "De opgeslagen toewijzing is gelijk aan de berekende", "waarde": "Ja"}
    assert gegevens["belangen"]["gemeld"] == sum(len(r["uitgesloten"]) for r in gegevens["toewijzing"]) == 1


def test_beoordelaars_blijven_zonder_naam(spel: Any) -> None:
    with lees(spel.motor) as session:
        wie = session.exec(select(Persoon.naam).join(Deelnemer).where(Deelnemer.deskundigheid != "")).all()
    assert wie
    for soort in ("oproep", "beoordelingsprotocol", "scoreformulier"):
        for opdracht in spel.opdrachten(soort):
            assert not any(naam in json.dumps(opdracht.gegevens, ensure_ascii=False) for naam in wie)


def test_de_ontvangstbevestiging_bewijst_het_moment_zonder_inhoud(
    spel: Any, opmaker: Opmaker, tekst: Callable[[bytes], str]
) -> None:
    with lees(spel.motor) as session:
        ronde = vind.ronde(session, spel.kenmerk)
        indiening = session.exec(select(Indiening).where(Indiening.versie == 2)).one()
        stuk = ontvangst(session, ronde, vind.regels(session, ronde), indiening)
        sha256, inhoud = indiening.sha256, dict(indiening.inhoud)
    assert stuk.bericht == "ontvangst"
    assert stuk.opdracht.moment == indiening.ontvangen_op
    assert set(stuk.opdracht.gegevens) == set(voorbeeld_opdracht("ontvangstbevestiging").gegevens)
    gelezen = "".join(tekst(opmaker.render(stuk.opdracht)).split())
    assert sha256 in gelezen
    assert "".join(inhoud["aanpak"].split()) not in gelezen
