"""What the documents of the call phase must say (the field lists of domein.md 1.2), at any size."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from aanbesteding.documenten.opdracht import Opdracht
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht

pytestmark = pytest.mark.keten  # real PDFs

VELDEN: dict[str, tuple[str, ...]] = {
    "oproep": (
        "In het kort", "Hoeveel geld", "€ 320.000", "€ 90.000", "15 maart 2027, 12.00 uur", "Gratis adviseur",
        "12 of 24 uur", "Voor wie", "Waar", "Stand nu", "Zo meten wij", "Vragen wij niet", "ten minste 2 partners",
        "penvoerder", "Subsidieplafond", "de-minimissteun", "Gewicht (%)", "Score 10", "Gelijke stand.",
        "loten wij", "Startbijeenkomst", "ringleiding", "nota van inlichtingen", "Op papier kan ook",
        "2.500 woorden", "Verplichte onderdelen", "24 maart 2027, 12.00 uur", "Beoordelaar A",
        "Het college besluit", "geen contact op met de beoordelaars", "Wet open overheid, artikel 5.1",
        "privacyverklaring", "intrekken", "klacht", "bezwaar", "Wat gebeurt er na de keuze", "Vastgesteld op",
        "Gemeenteblad 2027, nummer 1", "Subsidieregeling", "regels.json", "SOL-2027-02", "De ronde op de kalender",
    ),
    "verslag-startbijeenkomst": (
        "20 januari 2027", "19.30 uur", "47 personen", "Buurthuis De Linde", "Kerk", "Totaal",
        "nota van inlichtingen", "Mag een kerk penvoerder zijn?", "niet openbaar",
    ),
    "nota-van-inlichtingen": (
        "Nota nummer", "9 februari 2027, 11.00 uur", "68 organisaties", "versie 2", "Mag een kerk penvoerder zijn?",
        "Dit antwoord verandert een regel.", "Dit antwoord verandert geen regel.", "Lijst van wijzigingen", "Was",
        "Wordt", "Wie een vraag stelde, staat er niet bij", "op hetzelfde moment", "7c1f0e5b9a24d3e8",
        "1d0f6f1c4f0c1a5b", "26 februari 2027",
    ),
    "register-van-ontvangst": (
        "15 maart 2027, 12.00 uur", "10.12.44 uur (UTC 09:12:44)", "digitaal", "ab530b5c2b05cfa8",
    ),
    "pv-opening": (
        "Datum", "maandag 15 maart 2027", "14.00.12 uur", "Plaats", "Aanwezig", "Projectleider",
        "Juridisch adviseur", "Wat is gedaan", "Wat is vastgesteld", "Een begroting",
        "Alle controlegetallen zijn gelijk", "Ondertekening", "Naar waarheid opgemaakt",
    ),
    "staat-van-voorstellen": (
        "4 voorstellen", "Koffie op de hoek", "Bakkerij Korenmaat", "€ 88.000", "rechtspersoon", "€ 320.000",
    ),
    "toewijzingsverslag": (
        "uitgebreid", "de penvoerder is een vereniging", "Hoe wij verdelen", "eigen organisatie",
        "Adviseurs horen niet bij de", "Beschikbaar", "Gegeven uren per adviseur", "Bewezen", "advies.json",
    ),
    "beoordelingsprotocol": (
        "wijkmanager", "buurtnetwerken", "Belangen", "vergrendelt", "4 punten of meer", "Wat niet mag", "begroting",
        "De voorzitter leidt het gesprek en scoort niet", "Score 2", "Valt een beoordelaar uit?",
        "Wie beoordeelt wat", "Voorstellen per beoordelaar", "toewijzing.json", "Vastgesteld te",
    ),
    "scoreformulier": (
        "Beoordelaar B", "23 april 2027, 17.00 uur", "ten minste 8 woorden", "onthouden",
        "Inwoners krijgen uitleg.",
    ),
    "pv-loting": (
        "maandag 26 april 2027", "11.00 uur", "Plaats", "Aanwezig", "getuige 1", "De lijst vooraf", "De bronnen",
        "912.34./", "F57D066EFA355EE2D1EB3475C7DAA661", "RFC 3797", "Gevolg voor de rangorde", "Ondertekening",
        "loting.json",
    ),
    "vergewisverklaring": (
        "Ik, jurist bestuursrecht", "Ik verklaar", "artikel 3:9", "Alle 6 punten zijn in orde", "In orde",
        "Waarop de verklaring rust", "Verklaard te", "voordat het college besluit",
    ),
}  # fmt: skip


def plat(tekst: str) -> str:
    return re.sub(r"\s+", " ", tekst)


def bladen(inhoud: bytes) -> int:
    with pikepdf.open(BytesIO(inhoud)) as pdf:
        return len(pdf.pages)


def met(soort: str, **velden: Any) -> Opdracht:
    opdracht = voorbeeld_opdracht(soort)
    return replace(opdracht, gegevens=opdracht.gegevens | velden)


@pytest.mark.parametrize("soort", VELDEN)
def test_elk_verplicht_veld_staat_in_het_document(soort: str, opmaker: Opmaker) -> None:
    html = re.sub(r"<(?!/?(?:br|p|td|th|li|h\d|tr|title)\b)[^>]*>", "", opmaker.html(voorbeeld_opdracht(soort)))
    tekst = plat(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").replace("&nbsp;", " "))
    assert [veld for veld in VELDEN[soort] if veld not in tekst] == []


def test_de_eerste_bladzijde_van_de_oproep_zegt_alles(opmaker: Opmaker, tekst: Callable[[bytes], str]) -> None:
    eerste = plat(tekst(opmaker.render(voorbeeld_opdracht("oproep"))).split("\f")[0])
    for veld in ("In het kort", "Voor wie", "€ 320.000", "15 maart 2027", "Zo doet u mee", "Gratis adviseur", "Inhoud"):
        assert veld in eerste.replace("\xa0", " ")


def test_het_register_met_twintig_voorstellen_is_een_blad(opmaker: Opmaker) -> None:
    assert bladen(opmaker.render(_register(20))) == 1


@pytest.mark.parametrize("aantal", [21, 22, 23, 24, 40])
def test_een_lang_register_eindigt_nooit_met_een_losse_rij(
    aantal: int, opmaker: Opmaker, tekst: Callable[[bytes], str]
) -> None:
    [*_, laatste] = tekst(opmaker.render(_register(aantal))).rstrip("\f").split("\f")
    assert laatste.count("digitaal") >= 3


def _register(aantal: int) -> Opdracht:
    voorbeeld = voorbeeld_opdracht("register-van-ontvangst").gegevens["rijen"][0]
    rijen = [voorbeeld | {"nummer": n, "grootte": 15233 * n} for n in range(1, aantal + 1)]
    return met("register-van-ontvangst", rijen=rijen)


def test_een_formulier_heeft_een_blad_per_voorstel(opmaker: Opmaker, tekst: Callable[[bytes], str]) -> None:
    voorbeeld = voorbeeld_opdracht("scoreformulier").gegevens["voorstellen"][0]
    voorstellen = [voorbeeld | {"volgorde": n, "nummer": n, "coalitie": f"Coalitie {n:02}"} for n in range(1, 13)]
    paginas = tekst(opmaker.render(met("scoreformulier", voorstellen=voorstellen))).rstrip("\f").split("\f")
    assert len(paginas) - 12 in (1, 2)
    for nummer, blad in enumerate(paginas[-12:], 1):
        assert f"Coalitie {nummer:02}" in blad
        assert "Blijvend resultaat" in blad


def test_zestig_vragen_en_een_antwoord_van_vierduizend_woorden(opmaker: Opmaker, tekst: Callable[[bytes], str]) -> None:
    vragen: list[dict[str, Any]] = [
        {"nummer": n, "onderwerp": f"Onderwerp {n}", "tekst": "Hoe zit dit? " * 9, "antwoord": "Zo zit dat. " * 20,
         "wijziging": False}
        for n in range(1, 61)
    ]  # fmt: skip
    vragen[30]["antwoord"] = "\n\n".join("Dit is een zin van zes woorden. " * 30 for _ in range(19)) + " Slotwoord."
    uit = plat(tekst(opmaker.render(met("nota-van-inlichtingen", vragen=vragen, wijzigingen=[]))))
    assert "Slotwoord." in uit
    assert all(f"Vraag {n} " in uit for n in range(1, 61))


def test_een_vraag_wijst_naar_haar_wijziging(opmaker: Opmaker) -> None:
    html = opmaker.html(voorbeeld_opdracht("nota-van-inlichtingen"))
    assert 'href="#vraag-3"' in html
    assert 'id="vraag-3"' in html


def test_een_punt_niet_in_orde_is_geen_alles_in_orde(opmaker: Opmaker) -> None:
    punten = voorbeeld_opdracht("vergewisverklaring").gegevens["punten"]
    html = opmaker.html(met("vergewisverklaring", punten=[punten[0] | {"oordeel": "nee"}, *punten[1:]]))
    assert "Van de 6 punten is er 1 niet in orde." in plat(html)
    assert "punten zijn in orde" not in html


def test_een_ongelijk_controlegetal_staat_voorop_in_het_proces_verbaal(opmaker: Opmaker) -> None:
    rijen = voorbeeld_opdracht("pv-opening").gegevens["rijen"]
    html = opmaker.html(met("pv-opening", rijen=[rijen[0] | {"klopt": False}, *rijen[1:]], alles_klopt=False))
    assert "Niet alle controlegetallen zijn gelijk." in html
    assert "Alle controlegetallen zijn gelijk." not in html


@pytest.mark.parametrize("soort", ["pv-opening", "staat-van-voorstellen", "beoordelingsprotocol"])
def test_veertig_voorstellen_passen(soort: str, opmaker: Opmaker, tekst: Callable[[bytes], str]) -> None:
    veld = "toewijzing" if soort == "beoordelingsprotocol" else "rijen"
    voorbeeld = voorbeeld_opdracht(soort).gegevens[veld][0]
    rijen = [voorbeeld | {"nummer": n, "coalitie": f"Coalitie {n:02}"} for n in range(1, 41)]
    uit = tekst(opmaker.render(met(soort, **{veld: rijen})))
    assert all(f"Coalitie {n:02}" in uit for n in range(1, 41))
