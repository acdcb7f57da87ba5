"""The lottery of areas as acts: what a plan must follow, what the check finds, and what a document carries along."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.controle import controleer_ronde
from aanbesteding.database import lees, schrijf
from aanbesteding.documenten.archief import Archief
from aanbesteding.documenten.gegevens import BOUWERS
from aanbesteding.fouten import Conflict, GeenToestemming, Invoerfout
from aanbesteding.herberekenen import herbereken
from aanbesteding.model import Gebiedenloting, Meetplanversie
from aanbesteding.overzichten import meetplannen, te_doen, vind
from aanbesteding.overzichten.doorgang import Doorgang
from aanbesteding.procedure import Poort

L = sys.modules["lindeveen"]
GEBIEDEN = ["Noord", "Oost", "Zuid", "West", "Centrum", "De Kade"]
BRON = {"naam": "Lotto van 5 juni 2027", "soort": "verzameling"}


def kondig_aan(loper: Any, moment: str = "2027-06-01T10:00", **anders: Any) -> None:
    gegevens = {
        "coalitie": "lange-tafel", "kandidaten": GEBIEDEN, "startmomenten": [{"periode": "2028-1", "aantal": 2}],
        "bronnen": [BRON], "geschiktheid": "Overal even veel ouderen.", "trekken_vanaf": "2027-06-06T12:00:00",
    }  # fmt: skip
    loper.doe("kondig_gebiedenloting_aan", L.LEIDER, moment, **gegevens | anders)


def trek(loper: Any, moment: str = "2027-06-07T10:00", **anders: Any) -> None:
    bronnen = [{**BRON, "waarden": ["4", "12", "33", "41", "2", "9"], **anders}]
    loper.doe("trek_gebiedenloting", L.LEIDER, moment, coalitie="lange-tafel", bronnen=bronnen)


def rij(loper: Any) -> Gebiedenloting:
    with lees(loper.motor) as session:
        return session.exec(select(Gebiedenloting)).one()


def test_the_draw_depends_on_nothing_but_the_list_and_the_sources(lindeveen: Callable[[str], Any]) -> None:
    een = lindeveen("uitwerking")
    kondig_aan(een)
    trek(een)
    uit = rij(een)
    assert set(meetplannen.startperioden(uit).values()) == {"2028-1"}
    assert len(meetplannen.gekozen(uit)) == 2
    assert sorted(uit.uitkomst["volgorde"]) == sorted(GEBIEDEN)
    gegevens = meetplannen.loting_gegevens(uit)
    assert herbereken(gegevens) == []
    andere = {**gegevens, "bronnen": [{**BRON, "waarden": ["41", "33", "12", "9", "4", "2"]}]}
    assert herbereken(andere) == [], "the order of a set does not matter"
    assert herbereken({**gegevens, "bronnen": [{**BRON, "waarden": ["5", "12", "33", "41", "2", "9"]}]}) != []


def test_a_draw_with_other_sources_or_by_others_or_too_early_is_refused(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    with pytest.raises(Conflict, match="geen loting aangekondigd"):
        trek(loper)
    kondig_aan(loper)
    with pytest.raises(Conflict, match="pas vanaf"):
        trek(loper, "2027-06-06T11:59")
    with pytest.raises(Invoerfout, match="precies de aangekondigde bronnen"):
        trek(loper, naam="Een andere lotto")
    with pytest.raises(GeenToestemming):
        loper.doe("trek_gebiedenloting", L.COALITIES["lange-tafel"][0], "2027-06-07T10:00", coalitie="lange-tafel",
                  bronnen=[{**BRON, "waarden": ["1"]}])  # fmt: skip
    assert rij(loper).getrokken_op is None


def test_after_a_draw_there_is_no_second_and_no_way_out(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    kondig_aan(loper)
    trek(loper)
    with pytest.raises(Conflict, match="al getrokken"):
        loper.doe(
            "laat_gebiedenloting_vervallen", L.LEIDER, "2027-06-08T10:00", coalitie="lange-tafel", reden="Anders."
        )
    with pytest.raises(Conflict, match="al een loting getrokken"):
        kondig_aan(loper, "2027-06-08T10:00", trekken_vanaf="2027-06-20T12:00:00")


def test_a_plan_by_lot_follows_the_lot_and_carries_it(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    kondig_aan(loper, startmomenten=[{"periode": "2028-1", "aantal": 1}, {"periode": "2028-2", "aantal": 1}])
    trek(loper)
    starten = meetplannen.startperioden(rij(loper))
    eerste, tweede = starten
    plan = L.meetplan() | {"keuze_gebieden": "gespreide start", "pilotgebieden": [eerste, tweede],
                           "vergelijkingsgebieden": [g for g in GEBIEDEN if g not in starten]}  # fmt: skip
    with pytest.raises(Invoerfout, match=f"'{tweede}' begint volgens het lot in 2028-2"):
        loper.doe("meetplan", L.LEIDER, "2027-06-08T10:00", coalitie="lange-tafel", inhoud=plan)
    goed = plan | {"startperioden": {tweede: "2028-2"}}
    loper.doe("meetplan", L.LEIDER, "2027-06-08T11:00", coalitie="lange-tafel", inhoud=goed)
    with lees(loper.motor) as session:
        [versie] = session.exec(select(Meetplanversie)).all()
        ronde = vind.ronde(session, loper.kenmerk)
        assert versie.inhoud["loting"]["uitkomst"] == [eerste, tweede]
        assert versie.inhoud["loting"]["kandidaten"] == sorted(GEBIEDEN)
        assert controleer_ronde(session, ronde, Archief(Path("/nergens"))) == [
            f for f in controleer_ronde(session, ronde, Archief(Path("/nergens"))) if "document" in f
        ]


def test_the_check_finds_a_draw_that_was_changed_afterwards(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    kondig_aan(loper)
    trek(loper)
    with schrijf(loper.motor) as session:
        r = session.exec(select(Gebiedenloting)).one()
        r.uitkomst = {**r.uitkomst, "volgorde": r.uitkomst["volgorde"][::-1]}
        session.add(r)
    with lees(loper.motor) as session:
        fouten = controleer_ronde(session, vind.ronde(session, loper.kenmerk), Archief(Path("/nergens")))
    assert any("De volgorde klopt niet met de trekkingen" in f for f in fouten)


def test_the_assessment_of_the_plan_carries_the_draw_the_advice_and_the_answer(
    lindeveen: Callable[[str], Any],
) -> None:
    loper = lindeveen("gepland")
    kondig_aan(loper, "2027-06-29T12:00", trekken_vanaf="2027-06-30T12:00:00")
    trek(loper, "2027-07-01T10:00")
    starten = meetplannen.gekozen(rij(loper))
    plan = L.meetplan() | {"keuze_gebieden": "loting", "pilotgebieden": starten,
                           "vergelijkingsgebieden": [g for g in GEBIEDEN if g not in starten]}  # fmt: skip
    loper.doe("meetplan", L.LEIDER, "2027-07-01T11:00", coalitie="lange-tafel", inhoud=plan, reden="Nu met loting.")
    loper.doe("akkoord_meetplan", L.COALITIES["lange-tafel"][0], "2027-07-01T12:00", coalitie="lange-tafel", versie=2,
              akkoord=True, opmerking="Goed zo.")  # fmt: skip
    with lees(loper.motor) as session:
        ronde = vind.ronde(session, loper.kenmerk)
        regels = vind.regels(session, ronde)
        nu = L.op("2027-07-02T10:00")
        d = Doorgang(session, ronde, regels, Poort.PLANNEN, 1, False, nu, nu)
        stuk = next(s for s in BOUWERS["planbeoordeling"](d) if s.coalitie == "lange-tafel")
    gegevens = stuk.opdracht.gegevens["meetplan"]
    assert gegevens["akkoord"]["opmerking"] == "Goed zo."
    assert gegevens["wijzigingen"][-1]["reden"] == "Nu met loting."
    assert gegevens["loting"]["narekenen"]
    assert "pas een verschil van" in gegevens["advies"]["indicatoren"][0]["zin"]
    [bijlage] = [b for b in stuk.opdracht.bijlagen if b.naam.startswith("loting")]
    assert herbereken(json.loads(bijlage.tekst)) == []


def test_the_coalition_is_asked_to_answer_until_it_has(lindeveen: Callable[[str], Any]) -> None:
    loper = lindeveen("uitwerking")
    wie = L.COALITIES["lange-tafel"][0]
    loper.doe("meetplan", L.LEIDER, "2027-06-01T10:00", coalitie="lange-tafel", inhoud=L.meetplan())

    def taken() -> list[str]:
        with lees(loper.motor) as session:
            ronde = vind.ronde(session, loper.kenmerk)
            als = {"penvoerder": vind.deelnemer(session, ronde, wie)}
            return [t.merk for t in te_doen.taken_van(session, ronde, als, L.op("2027-06-02T10:00"))]

    assert "meetplan-1:lange-tafel" in taken()
    loper.doe("akkoord_meetplan", wie, "2027-06-02T10:00", coalitie="lange-tafel", versie=1, akkoord=True)
    assert "meetplan-1:lange-tafel" not in taken()
