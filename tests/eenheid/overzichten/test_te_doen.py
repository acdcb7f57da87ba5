"""What the project leader owes: an answer to the college too."""

import importlib
from typing import Any

from aanbesteding.overzichten import te_doen, vind

L = importlib.import_module("lindeveen")


def _taken(loper: Any, wie: str, moment: str) -> list[str]:
    def lees(session: Any, ronde: Any) -> list[str]:
        d = vind.deelnemer(session, ronde, wie)
        als = dict.fromkeys(vind.rollen(session, d), d)
        return [t.tekst for t in te_doen.taken_van(session, ronde, als, L.op(moment))]

    return list(loper.kijk(lees))


def test_an_open_question_of_the_college_is_a_task_until_it_is_answered(lindeveen: Any) -> None:
    loper = lindeveen("voorgedragen")
    zin = "Beantwoord 1 vraag van het college."
    assert zin not in _taken(loper, L.LEIDER, "2027-05-08T10:00")
    loper.doe("stel_terugvraag", L.WETHOUDER, "2027-05-07T10:00", soort="selectie", tekst="Hoe zeker is plaats twee?")
    assert zin in _taken(loper, L.LEIDER, "2027-05-08T10:00")
    assert zin not in _taken(loper, L.WETHOUDER, "2027-05-08T10:00")
    loper.doe("beantwoord_terugvraag", L.LEIDER, "2027-05-08T11:00", vraag=1, antwoord="Plaats twee is nipt.")
    assert zin not in _taken(loper, L.LEIDER, "2027-05-08T12:00")


def test_progress_and_effort_are_asked_of_whoever_still_owes_them(lindeveen: Any) -> None:
    loper = lindeveen("uitvoering")
    wie, ander = (L.COALITIES[c][0] for c in L.GEKOZEN)
    moment = "2028-02-20T10:00"
    assert [t for t in _taken(loper, wie, moment) if t.startswith("Lever voortgang 1")]
    inhoud = {"stand": "op schema", "samenvatting": "x", "bereikt": ["x"], "uren": 1, "deelnemers": 2,
              "activiteiten": 3, "besteed_euro": 4, "verhaal": "x", "komende_periode": "x"}  # fmt: skip
    loper.doe("voortgang", wie, "2028-02-20T11:00", coalitie=L.GEKOZEN[0], nummer=1, inhoud=inhoud)
    assert not [t for t in _taken(loper, wie, moment) if t.startswith("Lever voortgang 1")]
    assert [t for t in _taken(loper, ander, moment) if t.startswith("Lever voortgang 1")]
