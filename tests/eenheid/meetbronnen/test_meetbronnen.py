"""Files of others become proposed values: our list, StatLine, police by month, answers of people; and hostile ones."""

import io
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from aanbesteding.fouten import Invoerfout
from aanbesteding.inhoud import Meetplan
from aanbesteding.kern import perioden
from aanbesteding.meetbronnen import keuzes as k
from aanbesteding.meetbronnen.bestand import lees_bestand
from aanbesteding.meetbronnen.voorstel import Voorstel, stel_voor
from aanbesteding.meetbronnen.waarden import KLEINSTE_CEL, aantal, getal

RIVM = Path(__file__).resolve().parents[4] / "shared" / "data" / "rivm_gezondheidsmonitor_wijkbuurt_extract.csv"
VANDAAG = date(2021, 1, 1)


def indicator(sleutel: str = "eenzaam", **anders: Any) -> dict[str, Any]:
    return {
        "sleutel": sleutel, "titel": sleutel, "definitie": "x", "eenheid": "%", "richting": "omlaag", "bron": "x",
        "frequentie": "x", "nulstand": "x", "streef": "x", "relevant_effect": 2.0, "ritme": "jaar",
        "bronsoort": "open data", **anders,
    }  # fmt: skip


def plan(*indicatoren: dict[str, Any], **anders: Any) -> Meetplan:
    return Meetplan.model_validate({
        "indicatoren": list(indicatoren) or [indicator()], "pilotgebieden": ["Maassluis"],
        "vergelijkingsgebieden": ["Vlaardingen", "Schiedam"], "keuze_gebieden": "aanbod", "keuze_toelichting": "x",
        "startperiode": "2013", "respondenten_per_gebied": 0,
        "codes": {"Maassluis": "GM0556", "Vlaardingen": "GM0622", "Schiedam": "GM0606"}, **anders,
    })  # fmt: skip


def lees(tekst: str, p: Meetplan, bekend: Any = None, naam: str = "x.csv", **anders: Any) -> Voorstel:
    inhoud = lees_bestand(naam, tekst.encode())
    keuzes = k.raad(inhoud.tabel, p).model_copy(update={"bron": "bron", **anders})
    return stel_voor(inhoud, keuzes, p, bekend or {}, VANDAAG)


def rijen(v: Voorstel) -> list[tuple[str, str, float | None]]:
    return [(w.gebied, w.periode, w.waarde) for w in v.rijen]


# ---------------------------------------------------------------- StatLine


@pytest.mark.skipif(not RIVM.is_file(), reason="the RIVM extract is not on this machine")
def test_the_rivm_extract_asks_for_the_age_group_and_is_known_as_a_model() -> None:
    p = plan(indicator("ernstigzeerernstigeenzaam"))
    inhoud = lees_bestand(RIVM.name, RIVM.read_bytes())
    keuzes = k.raad(inhoud.tabel, p)
    assert (keuzes.vorm, keuzes.gebied, keuzes.periodekolom, keuzes.model) == ("statline", "code", "jaar", True)
    keuzes = keuzes.model_copy(update={"bron": "RIVM"})
    assert "filter" in stel_voor(inhoud, keuzes, p, {}, VANDAAG).vragen
    assert k.filterkolommen(inhoud.tabel, keuzes, p)["leeftijd"] == ["18+", "65+"]
    v = stel_voor(inhoud, keuzes.model_copy(update={"filter": {"leeftijd": "18+"}}), p, {}, VANDAAG)
    maassluis = [r for r in rijen(v) if r[0] == "Maassluis"]
    assert v.fouten == []
    assert maassluis == [("Maassluis", "2012", 10.2), ("Maassluis", "2016", 10.5), ("Maassluis", "2020", 13.2)]
    assert len(v.rijen) == 9


def test_statline_with_codes_blanks_margins_and_commas() -> None:
    v = lees(
        '"ID";"Marges";"RegioS";"Perioden";"Eenzaam_28"\n'
        '0;"MW00000";"GM0556  ";"2012JJ00";" 10,2"\n1;"MOG0095";"GM0556  ";"2012JJ00";"9,1"\n'
        '2;"MW00000";"GM0622  ";"2012JJ00";"       ."\n3;"MW00000";"GM9999  ";"2012JJ00";"8"\n',
        plan(),
    )
    assert rijen(v) == [("Maassluis", "2012", 10.2)]
    assert v.gelezen is not None
    assert v.gelezen.buiten == ("GM9999",)


def test_a_wave_of_another_rhythm_is_refused_with_both_words() -> None:
    v = lees("regios;perioden;eenzaam\nGM0556;2012KW03;10,2\n", plan())
    assert "is een kwartaal; dit meetplan meet per jaar" in v.fouten[0]


def test_twenty_thousand_rows_are_read_within_two_seconds() -> None:
    regels = ["ID;WijkenEnBuurten;Perioden;Eenzaam_28;Anders_3"]
    codes = ["GM0556  ", *(f"BU{n:08d}" for n in range(1667))]
    regels += [f"{n};{c};{jaar}JJ00;10.5;  ." for n, c in enumerate(codes) for jaar in range(2008, 2020)]
    begin = time.perf_counter()
    v = lees("\n".join(regels), plan())
    assert len(v.rijen) == 12
    assert time.perf_counter() - begin < 2


def test_an_area_with_another_name_in_the_file_is_found_by_choice() -> None:
    p = plan(codes={})
    tekst = "regios;perioden;eenzaam\nGemeente Maassluis;2012;10,2\nVlaardingen;2012;11\n"
    assert rijen(lees(tekst, p)) == [("Vlaardingen", "2012", 11.0)]
    v = lees(tekst, p, gebieden={"Maassluis": "Gemeente Maassluis"})
    assert rijen(v) == [("Maassluis", "2012", 10.2), ("Vlaardingen", "2012", 11.0)]


def test_choices_are_remembered_for_the_same_head() -> None:
    p = plan()
    inhoud = lees_bestand("x.csv", b"plek;toen;cijfer\nGM0556;2012;10,2\n")
    keuzes = k.Keuzes(vorm="statline", gebied="plek", periodekolom="toen", kolommen={"eenzaam": "cijfer"}, bron="b")
    assert k.raad(inhoud.tabel, p, [k.bewaarbaar(keuzes, inhoud.tabel)]) == keuzes
    ander = lees_bestand("x.csv", b"plek;toen;waarde2\nGM0556;2012;10,2\n")
    assert k.raad(ander.tabel, p, [k.bewaarbaar(keuzes, inhoud.tabel)]).kolommen == {}


# ---------------------------------------------------------------- police


def politie(maanden: range, *, inwoners: str = "", dubbel: bool = False) -> Voorstel:
    p = plan(indicator("misdrijven", eenheid="aantal", schaal="aantal", ritme="halfjaar"))
    kop = "wijkenenbuurten;perioden;misdrijven" + (";inwoners" if inwoners else "")
    regels = [f"GM0556;2012MM{m:02d};{m}" + (f";{inwoners}" if inwoners else "") for m in maanden]
    return lees("\n".join([kop, *regels, *(regels[:1] if dubbel else [])]), p)


def test_months_are_summed_to_the_waves_of_the_plan() -> None:
    assert rijen(politie(range(1, 13))) == [("Maassluis", "2012-1", 21.0), ("Maassluis", "2012-2", 57.0)]
    assert rijen(politie(range(1, 7), inwoners="2000")) == [("Maassluis", "2012-1", 10.5)]


def test_a_wave_that_misses_a_month_stays_out_and_is_named() -> None:
    v = politie(range(1, 12))
    assert rijen(v) == [("Maassluis", "2012-1", 21.0)]
    assert any("1 maand ontbreekt" in z for z in v.let_op)


def test_a_month_twice_is_never_summed() -> None:
    v = politie(range(1, 13), dubbel=True)
    assert "filter" in v.vragen
    assert not v.kan


# ---------------------------------------------------------------- answers of people


def enquete(n: int, **anders: Any) -> Voorstel:
    regels = ["gebied;eenzaam;gewicht"]
    regels += [f"Maassluis;{'ja' if i % 4 == 0 else 'nee'};{2 if i % 4 == 0 else 1}" for i in range(n)]
    p = plan(indicator(bronsoort="vragenlijst"))
    keuzes = {"vorm": "vragenlijst", "periode": "2012", "gewicht": "", "telt": {"eenzaam": ["ja"]}} | anders
    return lees("\n".join(regels), p, **keuzes)


def test_answers_become_a_share_with_and_without_weights() -> None:
    (w,) = enquete(40).rijen
    assert (w.waarde, w.respondenten) == (25.0, 40)
    (w,) = enquete(40, gewicht="gewicht").rijen
    assert (w.waarde, w.respondenten) == (40.0, 40)


def test_a_share_without_its_answers_is_asked() -> None:
    assert "telt-eenzaam" in enquete(40, telt={}).vragen


@given(st.integers(1, 30))
def test_a_group_under_ten_never_has_a_value(n: int) -> None:
    (w,) = enquete(n).rijen
    assert w.onderdrukt == (n < KLEINSTE_CEL)
    assert (w.waarde is None) == w.onderdrukt
    assert (w.respondenten is None) == w.onderdrukt


# ---------------------------------------------------------------- checks


def test_what_is_known_is_skipped_and_what_differs_is_a_correction() -> None:
    tekst = "regios;perioden;eenzaam\nGM0556;2012;10,2\nGM0622;2012;11\nGM0606;2012;12\n"
    bekend = {("eenzaam", "Maassluis", "2012"): 10.2, ("eenzaam", "Vlaardingen", "2012"): 14.0}
    v = lees(tekst, plan(), bekend)
    assert v.uitkomst is not None
    assert v.uitkomst.gelijk == 1
    assert [(w.gebied, oud) for w, oud in v.uitkomst.verbetering] == [("Vlaardingen", 14.0)]
    assert [w.gebied for w in v.uitkomst.nieuw] == ["Schiedam"]


def test_breaks_jumps_and_future_waves_are_told() -> None:
    p = plan(indicator(breuken=[{"vanaf": "2012", "toelichting": "andere vraag"}]))
    v = lees("regios;perioden;eenzaam\nGM0556;2010;1,1\nGM0556;2012;11\nGM0556;2031;11\n", p)
    assert any("anders gemeten: andere vraag" in z for z in v.let_op)
    assert any("Klopt dat?" in z for z in v.let_op)
    assert any("2031 moet nog beginnen" in z for z in v.fouten)


# ---------------------------------------------------------------- numbers and waves


@given(st.floats(-999_999, 999_999).map(lambda x: round(x, 2)))
def test_every_number_survives_a_comma_and_a_point(x: float) -> None:
    tekst = f"{x:.2f}"
    assert getal(tekst) == x
    assert getal(tekst.replace(".", ",")) == x
    assert getal(f" {tekst}\u00a0") == x


@given(st.text(max_size=12))
def test_any_text_is_a_number_nothing_or_a_dutch_refusal(tekst: str) -> None:
    for lezer in (getal, aantal, perioden.lees):
        try:
            lezer(tekst)
        except ValueError as fout:
            zin = str(fout)
            goed = "schrijf" in zin.lower() or "geen" in zin
        else:
            goed = True
        assert goed


@pytest.mark.parametrize(
    ("tekst", "waarde"), [("1.250,5", 1250.5), ("1.250.000", 1250000.0), ("12,50%", 12.5), (".", None)]
)
def test_numbers_as_dutch_people_write_them(tekst: str, waarde: float | None) -> None:
    assert getal(tekst) == waarde


@pytest.mark.parametrize("tekst", ["1.250", "12.345"])
def test_a_number_that_can_be_two_things_is_asked(tekst: str) -> None:
    with pytest.raises(ValueError, match="kan twee dingen zijn"):
        getal(tekst)


# ---------------------------------------------------------------- hostile files


def excel(*regels: list[Any], maak: Any = None) -> bytes:
    boek = Workbook()
    blad = boek.worksheets[0]
    for regel in regels:
        blad.append(regel)
    if maak:
        maak(blad)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


KOP = ["indicator", "gebied", "periode", "waarde"]


def test_excel_numbers_are_what_they_are() -> None:
    inhoud = lees_bestand("x.xlsx", excel(KOP, ["eenzaam", "Maassluis", 2012, 41.523]))
    v = stel_voor(inhoud, k.raad(inhoud.tabel, plan()), plan(), {}, VANDAAG)
    assert rijen(v) == [("Maassluis", "2012", 41.523)]


def met_xml(stuk: bytes) -> bytes:
    """A sheet with this right after its data; made by hand, since openpyxl would itself drown in it."""
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(excel(KOP))) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for deel in oud.infolist():
            ruw = oud.read(deel)
            if deel.filename.endswith("sheet1.xml"):
                ruw = ruw.replace(b"</sheetData>", b"</sheetData>" + stuk)
            nieuw.writestr(deel.filename, ruw)
    return uit.getvalue()


def _bom() -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        pak.writestr("xl/worksheets/sheet1.xml", b" " * 90_000_000)
    return uit.getvalue()


@pytest.mark.parametrize(
    ("naam", "ruw", "zin"),
    [
        ("x.xlsx", excel(KOP, ["eenzaam", "Maassluis", "2012", "=1+1"]), "formule"),
        ("x.xlsx", met_xml(b'<mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'), "samengevoegd"),
        ("x.xlsx", excel(KOP, maak=lambda b: b.cell(1_048_576, 16_384, 1)), "heel ver"),
        ("x.xlsx", _bom(), "uitgepakt te groot"),
        ("x.xlsx", b"PK\x03\x04" + b"\x00" * 50, "beschadigd"),
        ("x.csv", excel(KOP), "hernoem het naar .xlsx"),
        ("x.csv", "gebied;waarde\nCaf\u00e9;1\n".encode("cp1252"), "Windows-1252"),
        ("x.csv", b"\x00\x01\x02", "geen tekstbestand"),
        ("x.csv", b"a;a\n1;2\n", "twee keer"),
        ("x.csv", b"x" * 5_000_001, "groter dan 5 MB"),
        ("../../etc/passwd", b"", "leeg"),
    ],
)
def test_a_hostile_file_is_refused_fast_and_in_dutch(naam: str, ruw: bytes, zin: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(Invoerfout) as fout:
        lees_bestand(naam, ruw)
    assert zin in fout.value.bericht
    assert "/etc/" not in fout.value.bericht
    assert time.perf_counter() - begin < 3


def test_a_byte_order_mark_is_no_part_of_the_head() -> None:
    inhoud = lees_bestand("x.csv", "\ufeffindicator;gebied;periode;waarde\neenzaam;Maassluis;2012;1\n".encode())
    assert inhoud.tabel.kolommen == KOP
