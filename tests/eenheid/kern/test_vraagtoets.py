"""The question check: a sharp question passes, the open questions of the first round do not."""

from dataclasses import replace

import pytest

from aanbesteding.kern.vraagtoets import ONTBREEKT, VOORBEELD, Bevinding, Vraag, geslaagd, toets_vraag

SCHERP = Vraag(**VOORBEELD)


def velden(bevindingen: list[Bevinding], ernst: str | None = None) -> set[str]:
    return {b.veld for b in bevindingen if ernst in (None, b.ernst)}


def test_de_voorbeelden_zijn_samen_een_scherpe_vraag() -> None:
    assert toets_vraag(SCHERP) == []


def test_lege_vraag_noemt_elk_veld_met_een_voorbeeld() -> None:
    bevindingen = toets_vraag(Vraag())
    assert [b.veld for b in bevindingen] == list(ONTBREEKT)
    assert all(b.ernst == "blokkeert" and b.voorbeeld == VOORBEELD[b.veld] for b in bevindingen)


@pytest.mark.parametrize("leeg", ["", "  ", "n.v.t.", "NTB", "volgt nog", "?", "-", "nader te bepalen", "..."])
@pytest.mark.parametrize("veld", list(ONTBREEKT))
def test_een_leeg_of_uitgesteld_veld_blokkeert(veld: str, leeg: str) -> None:
    bevindingen = toets_vraag(replace(SCHERP, **{veld: leeg}))
    assert not geslaagd(bevindingen)
    assert velden(bevindingen, "blokkeert") == {veld}


def test_de_open_vraag_van_de_eerste_ronde_zakt() -> None:
    open_vraag = Vraag(
        doelgroep="kwetsbare groepen",
        gebied="de stad",
        uitkomst="Participatie in de samenleving",
        richting_of_hoeveelheid="verbeteren",
        meetwijze="We kijken na afloop of het gelukt is.",
        nulstand="Er zijn veel problemen.",
        afbakening="Alles mag.",
        tekst="Hoe kunnen we de participatie van kwetsbare groepen in de samenleving verbeteren?",
    )
    bevindingen = toets_vraag(open_vraag)
    blokken = velden(bevindingen, "blokkeert")
    assert blokken == {"doelgroep", "richting_of_hoeveelheid", "meetwijze", "nulstand"}
    assert {"gebied", "uitkomst", "afbakening", "tekst"} <= velden(bevindingen, "advies")


@pytest.mark.parametrize(
    "tekst",
    [
        "Organiseer een cursus voor ouderen in Noord en Haven.",
        "Hoe zorgen we door middel van een app dat ouderen in Noord minder eenzaam zijn?",
        "Wie opent een buurthuis voor ouderen in Noord?",
        "Hoe krijgen we ouderen in Noord met buurtcoaches uit hun huis?",
    ],
)
def test_voorgeschreven_oplossing_blokkeert(tekst: str) -> None:
    bevindingen = toets_vraag(replace(SCHERP, tekst=tekst))
    assert any(b.veld == "tekst" and b.ernst == "blokkeert" and "oplossing" in b.tekst for b in bevindingen)


def test_uitgesloten_middel_is_geen_oplossing() -> None:
    tekst = SCHERP.tekst + " Wij vragen geen app."
    assert toets_vraag(replace(SCHERP, tekst=tekst)) == []


def test_genoemd_middel_is_advies() -> None:
    tekst = "Hoe zorgen we dat ouderen in Noord zich veilig voelen rond het buurthuis?"
    bevindingen = toets_vraag(replace(SCHERP, tekst=tekst))
    assert geslaagd(bevindingen)
    assert velden(bevindingen) == {"tekst"}


def test_nulmeting_die_nog_komt_is_advies() -> None:
    bevindingen = toets_vraag(replace(SCHERP, nulstand="De nulmeting is in oktober 2026."))
    assert [(b.veld, b.ernst) for b in bevindingen] == [("nulstand", "advies")]
    assert not geslaagd(toets_vraag(replace(SCHERP, nulstand="In 2026 is er veel overlast.")))


def test_richting_zonder_jaar_is_advies() -> None:
    bevindingen = toets_vraag(replace(SCHERP, richting_of_hoeveelheid="Minder ouderen zijn eenzaam."))
    assert [(b.veld, b.ernst) for b in bevindingen] == [("richting_of_hoeveelheid", "advies")]


def test_modelcijfers_voor_een_wijk_krijgen_een_waarschuwing() -> None:
    meetwijze = "Elke vier jaar de Gezondheidsmonitor van RIVM."
    in_wijk = toets_vraag(replace(SCHERP, meetwijze=meetwijze))
    assert any("model" in b.tekst for b in in_wijk)
    in_gemeente = toets_vraag(replace(SCHERP, meetwijze=meetwijze, gebied="Noord en Haven"))
    assert not any("model" in b.tekst for b in in_gemeente)


def test_tekst_die_doelgroep_en_gebied_vergeet() -> None:
    bevindingen = toets_vraag(replace(SCHERP, tekst="Hoe voelen jongeren zich fijner? En hoe leren ze beter?"))
    teksten = " ".join(b.tekst for b in bevindingen if b.veld == "tekst")
    assert "de doelgroep niet" in teksten
    assert "het gebied niet" in teksten
    assert "2 vragen" in teksten
