"""Every message template: complete, escaped in HTML, and without a proposal's content."""

import pytest

from aanbesteding.post.opstellen import stel_op

GEGEVENS = {
    "naam": "Zoë <b>de Wit</b>",
    "titel": "Besluit over uw voorstel",
    "ronde": {
        "titel": "Samen ouder worden",
        "zaaknummer": "Z-1",
        "oefening": True,
        "contact": {"email": "info@lindeveen.example", "telefoon": "000 123"},
    },
    "document": {"kenmerk": "Z-1/selectie/brief"},
    "regels": {
        "termijnen": {
            "startbijeenkomst": "2027-01-20T18:30:00+00:00",
            "startbijeenkomst_plaats": "De Linde",
            "sluiting": "2027-03-15T11:00:00+00:00",
        }
    },
    "coalitie": {"naam": "Samen eten"},
    "indiening": {"ontvangen_op": "2027-03-01T09:00:00+00:00", "inhoud": "GEHEIM"},
}


@pytest.mark.parametrize("bericht", ["uitnodiging", "nota", "brief", "ontvangst"])
def test_elk_bericht_is_volledig(bericht: str) -> None:
    tekst = stel_op(bericht, GEGEVENS)
    assert "\n" not in tekst.onderwerp
    for deel in (tekst.tekst, tekst.html):
        assert "Z-1/selectie/brief" in deel
        assert "info@lindeveen.example" in deel
        assert "oefening" in deel
        assert "GEHEIM" not in deel
    assert "<b>de Wit</b>" in tekst.tekst
    assert "&lt;b&gt;de Wit" in tekst.html


def test_tijden_staan_op_de_klok_van_nederland() -> None:
    assert "20 januari 2027" in stel_op("uitnodiging", GEGEVENS).tekst
    assert "19.30 uur" in stel_op("uitnodiging", GEGEVENS).tekst
    assert "10.00 uur" in stel_op("ontvangst", GEGEVENS).html
