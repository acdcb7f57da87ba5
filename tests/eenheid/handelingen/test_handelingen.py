"""Happy paths that the round of Lindeveen does not touch; refusals stand in tests/keten/test_slechte_invoer.py."""

# ruff: noqa: E501  # a table reads best with one case on one line

import sys
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.fouten import Conflict, Invoerfout
from aanbesteding.handelingen import doe
from aanbesteding.handelingen.reeks import Stap, doe_reeks
from aanbesteding.model import Duidingsversie, Indiening, Logregel, Meetwaarde, Score, Voortgang
from aanbesteding.overzichten import beoordelen, vind
from aanbesteding.procedure import Poort, Rol

L = sys.modules["lindeveen"]


def _rijen(loper: Any, tabel: Any) -> list[Any]:
    with lees(loper.motor) as session:
        return list(session.exec(select(tabel)))


def test_the_same_key_does_an_act_once(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    vraag = {"tekst": "Mag dat?", "onderwerp": "Wie"}
    keer = [doe(loper.motor, L.KENMERK, "stel_vraag", wie="bibliotheek", nu=L.op("2027-01-20T10:00"), gegevens=vraag, sleutel="k1")
            for _ in range(2)]  # fmt: skip
    assert keer == [True, False]
    assert len([r for r in _rijen(loper, Logregel) if r.handeling == "stel_vraag"]) == 1


def test_withdraw_and_hand_in_again_until_the_last_second(lindeveen: Any) -> None:
    loper = lindeveen("ingediend")
    loper.doe("trek_in", "bibliotheek", "2027-03-11T11:00", coalitie="leesmaatjes", reden="Wij herzien de begroting.")
    loper.doe(
        "dien_in", "bibliotheek", "2027-03-11T12:00:00", coalitie="leesmaatjes", inhoud=L.voorstel("leesmaatjes nieuw")
    )
    assert loper.passeer(Poort.SLUITING, "2027-03-11T12:00:01")
    nummers = {c.sleutel: v.nummer for v, c in loper.kijk(vind.voorstellen)}
    assert nummers["leesmaatjes"] == 7  # the last one in
    assert len([i for i in _rijen(loper, Indiening) if i.ingetrokken_op]) == 1


def test_a_withdrawn_proposal_does_not_count(lindeveen: Any) -> None:
    loper = lindeveen("ingediend")
    loper.doe("trek_in", "bibliotheek", "2027-03-11T11:00", coalitie="leesmaatjes", reden="Te druk.")
    assert loper.passeer(Poort.SLUITING, "2027-03-11T12:00")
    assert len(loper.kijk(vind.voorstellen)) == 6


def test_nobody_reads_a_proposal_before_the_vault_is_open(lindeveen: Any) -> None:
    from aanbesteding.fouten import GeenToestemming

    loper = lindeveen("ingediend")
    assert loper.passeer(Poort.SLUITING, "2027-03-11T12:00")
    with pytest.raises(GeenToestemming, match="in de kluis"):
        loper.kijk(lambda s, r: beoordelen.voorstelinhoud(s, vind.voorstel(s, r, "tuinstoel")))


def test_abstaining_and_changing_a_score_keep_every_version(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    wie = next(b for c, b in L.toewijzingen(loper) if c == "tuinstoel")
    gegevens = {"coalitie": "tuinstoel", "criterium": "effect", "motivering": L.reden("tuinstoel", "effect")}
    loper.doe("score", wie, "2027-04-12T10:00", waarde=3, **gegevens)
    loper.doe("score", wie, "2027-04-12T11:00", onthouden=True, **gegevens)
    assert [(s.versie, s.waarde) for s in _rijen(loper, Score)] == [(1, 3), (2, None)]


def test_add_people_and_organisations(lindeveen: Any) -> None:
    loper = lindeveen("voorbereiding")
    organisatie = {"sleutel": "nieuw", "naam": "Nieuw", "soort": "zorg", "contactpersoon": "N", "email": "n@nieuw.example",
                   "adres": "Straat 1", "postcode": "1000 AA", "plaats": "Lindeveen"}  # fmt: skip
    loper.doe("voeg_organisaties_toe", L.LEIDER, "2026-12-02T10:00", organisaties=[organisatie])
    mens = {
        "sleutel": "zesde",
        "naam": "Zesde",
        "rol": "beoordelaar",
        "email": "z@lindeveen.example",
        "afdeling": "Ruimte",
    }
    loper.doe("voeg_mensen_toe", L.LEIDER, "2026-12-02T11:00", mensen=[mens])
    assert loper.kijk(lambda s, r: vind.organisatie(s, r, "nieuw").naam) == "Nieuw"
    assert "zesde" in [d.sleutel for d in loper.kijk(lambda s, r: vind.met_rol(s, r, Rol.BEOORDELAAR))]
    with pytest.raises(Invoerfout, match="'zesde' doet al mee"):
        loper.doe("voeg_mensen_toe", L.LEIDER, "2026-12-02T12:00", mensen=[mens])


def test_a_series_is_all_or_nothing_and_names_every_row(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    wie = next(b for c, b in L.toewijzingen(loper) if c == "tuinstoel")

    def stap(rij: int, criterium: str, waarde: int) -> Stap:
        gegevens = {
            "coalitie": "tuinstoel",
            "criterium": criterium,
            "waarde": waarde,
            "motivering": L.reden("tuinstoel", criterium),
        }
        return Stap(f"rij {rij}", wie, gegevens)

    eerder, nu = loper.vingerafdruk(), L.op("2027-04-12T10:00")
    with pytest.raises(Invoerfout) as fout:
        doe_reeks(
            loper.motor,
            L.KENMERK,
            "score",
            [stap(2, "effect", 3), stap(3, "samen", 9), stap(4, "x", 3)],
            nu=nu,
            waar="s.csv",
        )
    assert [f.partition(":")[0] for f in fout.value.fouten] == ["rij 3", "rij 4"]
    assert loper.vingerafdruk() == eerder
    assert (
        doe_reeks(loper.motor, L.KENMERK, "score", [stap(2, "effect", 3), stap(3, "samen", 4)], nu=nu, waar="s.csv")
        == 2
    )


def test_progress_measurements_and_their_story(lindeveen: Any) -> None:
    loper = lindeveen("uitvoering")
    stand = {"stand": "op schema", "samenvatting": "x", "bereikt": ["x"], "uren": 1, "deelnemers": 2, "activiteiten": 3,
             "besteed_euro": 4, "verhaal": "x", "komende_periode": "x"}  # fmt: skip
    loper.doe("voortgang", "welzijn-lindeveen", "2028-03-01T10:00", coalitie="lange-tafel", nummer=1, inhoud=stand)
    vast = {"coalitie": "lange-tafel", "indicator": "eenzaam", "gebied": "Noord", "periode": "2027-2",
            "respondenten": 300, "bron": "peiling"}  # fmt: skip
    loper.doe("meting", L.LEIDER, "2027-08-20T10:00", **vast, waarde=19)
    with pytest.raises(Invoerfout, match="reden: voor Noord, 2027-2 staat er al 19"):
        loper.doe("meting", L.LEIDER, "2027-08-20T10:00", **vast, waarde=18.5)
    loper.doe("meting", L.LEIDER, "2027-08-20T10:00", **vast, waarde=18.5, reden="Verkeerd overgetypt.")
    uitleg = {"mechanisme": "x", "andere_verklaringen": ["y"], "partners": "x", "inwoners": "x", "vervolg": "x"}
    loper.doe("duiding", L.LEIDER, "2028-03-10T10:00", coalitie="lange-tafel", nummer=2, inhoud=uitleg)
    assert [(m.versie, m.waarde) for m in _rijen(loper, Meetwaarde)] == [(1, 19.0), (2, 18.5)]
    assert len(_rijen(loper, Voortgang)) == len(_rijen(loper, Duidingsversie)) == 1


def test_a_withdrawn_round_stands_still(lindeveen: Any) -> None:
    loper = lindeveen("coalities")
    loper.doe("trek_ronde_in", L.WETHOUDER, "2027-02-10T10:00", reden="Geen geld.")
    with pytest.raises(Conflict, match="ingetrokken"):
        loper.doe("stel_vraag", "bibliotheek", "2027-02-10T11:00", tekst="x", onderwerp="y")


def test_college_may_choose_otherwise_with_a_reason(lindeveen: Any) -> None:
    loper = lindeveen("voorgedragen")
    waarom = [{"coalitie": c, "motivering": "Spreiding over de wijken."} for c in ("zingen-op-dinsdag", "leesmaatjes")]
    loper.doe("besluit", L.WETHOUDER, "2027-05-11T10:00", soort="selectie", uitkomst="gewijzigd", tekst="x",
              gekozen=["lange-tafel", "leesmaatjes"], afwijkingen=waarom)  # fmt: skip
    assert loper.passeer(Poort.SELECTIE, "2027-05-11T11:00")
    assert [c.sleutel for _, c in loper.kijk(vind.geselecteerde)] == ["lange-tafel", "leesmaatjes"]


def test_a_character_that_no_document_can_show_is_refused_at_once(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    vraag = {"tekst": "Mag dat 😀?", "onderwerp": "Wie"}
    with pytest.raises(Invoerfout, match=r"tekst: het teken '😀' .*haal het weg of schrijf het in woorden"):
        doe(loper.motor, L.KENMERK, "stel_vraag", wie="bibliotheek", nu=L.op("2027-01-20T10:00"), gegevens=vraag)
    assert not [r for r in _rijen(loper, Logregel) if r.handeling == "stel_vraag"]


def test_a_gap_may_be_repaired_before_somebody_says_no(lindeveen: Any) -> None:
    """Awb 4:5: refusing for a gap only after the repair term."""
    loper, nee = lindeveen("geopend"), {"coalitie": "tuinstoel", "ontvankelijk": False, "motivering": "Geen begroting."}
    with pytest.raises(Conflict, match="mag dit aanvullen tot"):
        loper.doe("oordeel_vorm", L.LEIDER, "2027-03-12T10:00", **nee)
    loper.doe("oordeel_vorm", L.LEIDER, "2027-03-26T10:00", **nee)
