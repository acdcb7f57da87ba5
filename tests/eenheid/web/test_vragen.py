"""Questions: asked without a name, answered to all at the same moment, with a change of the rules explained."""

import importlib
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.model import Vraag
from aanbesteding.overzichten import vind
from aanbesteding.procedure import Poort
from aanbesteding.web import regelkeuze

L, W = importlib.import_module("lindeveen"), importlib.import_module("leidweb")
ORG, ANDER, NU = "seniorenraad", "korfbal-de-korf", "2027-02-01T10:00"


def test_a_question_reaches_the_leader_without_a_name_and_others_only_when_published(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    vrager, leider = W.Web(loper, ORG, NU), W.Web(loper, L.LEIDER, NU)
    vraag = {"onderwerp": "Wie", "tekst": "Mag een koor meedoen?", "sleutel": "k1"}
    assert vrager.stuur("vragen", vraag).status_code == 303
    assert vrager.stuur("vragen", vraag).status_code == 303  # sent twice, asked once
    with lees(loper.motor) as session:
        assert len(session.exec(select(Vraag)).all()) == 1
    assert "Mag een koor meedoen?" in vrager.lees("vragen")
    bij_leider = leider.lees("vragen") + leider.lees("vragen/1")
    assert "Mag een koor meedoen?" in bij_leider
    assert "eniorenraad" not in bij_leider
    assert "Beantwoord de vragen" in leider.lees()
    assert "koor" not in W.Web(loper, ANDER, NU).lees("vragen")
    assert leider.stuur("vragen/1", {"antwoord": "Ja, een koor mag meedoen."}).status_code == 303
    for wie in (ORG, ANDER):  # answered, and still for nobody: everyone gets it at the same moment
        assert "een koor mag" not in W.Web(loper, wie, NU).lees("vragen")
    loper.passeer(Poort.INLICHTINGEN, "2027-02-09T09:00")
    for wie in (ORG, ANDER):
        pagina = W.Web(loper, wie, "2027-02-09T10:00").lees("vragen")
        assert "Ja, een koor mag meedoen." in pagina
        assert "Nota van inlichtingen 1" in pagina
    assert "verandert niet meer" in W.Web(loper, L.LEIDER, "2027-02-09T10:00").lees("vragen/1")


def test_faults_stand_at_their_field_and_the_text_stays(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    antwoord = W.Web(loper, ORG, NU).stuur("vragen", {"onderwerp": "", "tekst": "Mijn lange <b>vraag</b>"})
    assert antwoord.status_code == 422
    assert "Mijn lange &lt;b&gt;vraag&lt;/b&gt;" in antwoord.text
    assert 'aria-invalid="true"' in antwoord.text


def test_a_change_of_the_rules_is_checked_and_counts_from_the_nota(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    loper.doe("stel_vraag", ORG, NU, tekst="Hoeveel woorden?", onderwerp="Omvang")
    leider = W.Web(loper, L.LEIDER, NU)
    goed = {"antwoord": "Meer.", "regel": "indienen.maximum_woorden", "waarde": "3000", "toelichting": "Meer ruimte."}
    for anders, veld in (({"waarde": "veel"}, "waarde"), ({"toelichting": ""}, "toelichting"),
                         ({"regel": "criteria.0.gewicht"}, "regel"),
                         ({"regel": "termijnen.sluiting", "waarde": "01-01-2020 12:00"}, "waarde")):  # fmt: skip
        fout = leider.stuur("vragen/1", goed | anders)
        assert fout.status_code == 422, anders
        assert f'id="{veld}-fout1"' in fout.text, (anders, W.tekst(fout.text)[:600])
        assert ">Meer.</textarea>" in fout.text
    assert leider.stuur("vragen/1", goed).status_code == 303
    assert loper.passeer(Poort.INLICHTINGEN, "2027-02-09T09:00")
    assert loper.kijk(lambda s, r: vind.regels(s, r).indienen.maximum_woorden) == 3000
    assert "Meer ruimte." in W.Web(loper, ANDER, "2027-02-09T10:00").lees("vragen")


def test_after_the_term_the_page_says_so_and_refuses_without_losing_the_text(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    with lees(loper.motor) as session:
        ronde = vind.ronde(session, L.KENMERK)
        laatste = vind.regels(session, ronde).termijnen.vragen_tot[-1]
    laat = W.Web(loper, ORG, laatste.replace(hour=23).isoformat())
    assert "Vragen stellen kon tot" in laat.lees("vragen")
    fout = laat.stuur("vragen", {"onderwerp": "Laat", "tekst": "Kan dit nog?"})
    assert fout.status_code == 422
    assert "de termijn sloot" in W.tekst(fout.text)


@pytest.mark.parametrize("wie", [L.BEOORDELAARS[0], L.WETHOUDER, L.VOORZITTER])
def test_who_has_no_part_in_questions_does_not_see_them(lindeveen: Any, wie: str) -> None:
    web = W.Web(lindeveen("coalities"), wie, "2027-02-10T10:00")
    assert web.status("vragen") == 403
    assert web.status("vragen/1") == 403


def test_numbers_that_are_none_give_a_page_and_no_error(lindeveen: Any) -> None:
    web = W.Web(lindeveen("coalities"), L.LEIDER, "2027-02-10T10:00")
    assert [web.status(f"vragen/{n}") for n in ("999", "99999999999999999999", "-1")] == [404, 404, 404]
    assert web.status("vragen/abc") == 400


def test_the_list_of_rules_leaves_out_what_is_fixed(lindeveen: Any) -> None:
    regels = lindeveen("oproep").kijk(vind.regels)
    paden = [pad for pad, _ in regelkeuze.opties(regels)]
    assert "termijnen.sluiting" in paden
    assert not [p for p in paden if p.split(".")[0] in ("criteria", "opgaven", "ronde", "verdeling", "financien")]
    assert "beoordeling.startgetal" not in paden
