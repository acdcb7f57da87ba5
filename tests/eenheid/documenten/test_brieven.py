"""Letters as paper: the window, the closing, and the remedy that fits the instrument of the round."""

import copy
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, get_args

import pytest

from aanbesteding.database import proef
from aanbesteding.documenten.gegevens import BOUWERS
from aanbesteding.documenten.gegevens.brieven import punten
from aanbesteding.documenten.gegevens.rechtsmiddel import BESLUITBRIEVEN, rechtsmiddel_op
from aanbesteding.documenten.opdracht import Opdracht
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.kern.notatie import datum_lang
from aanbesteding.overzichten import vind
from aanbesteding.overzichten.doorgang import Doorgang
from aanbesteding.procedure import Poort
from aanbesteding.regels import Instrument
from aanbesteding.termijnen import bezwaartermijn_einde, is_werkdag

BRIEVEN = sorted(BESLUITBRIEVEN | {"verzuimbrief", "toewijzingsbrief", "ontvangstbevestiging", "uitnodiging"})
STIJLEN = ("lindeveen", "maassluis")
BEZWAAR, KORT_GEDING = "Dan kunt u bezwaar maken. Doe dit uiterlijk op", "een kort geding bij de rechtbank"
LANGE_NAAM = "Stichting Samenwerkende " + "Wijkverenigingen en Kerken, " * 3 + "Lindeveen en Omstreken"
ZIN = "Het voorstel legt uit hoe de inloop leidt tot meedoen en wat de buurt daarvan merkt. "
LANGE_REDEN = "\n\n".join(ZIN * 10 for _ in range(27))  # more than 4,000 words
PUNT_PER_MM = 72 / 25.4


def _anders(soort: str, stijl: str = "lindeveen", **delen: Any) -> Opdracht:
    """The example with other data; a dict is laid over the example's own."""
    opdracht = voorbeeld_opdracht(soort)
    gegevens = copy.deepcopy(opdracht.gegevens)
    for sleutel, waarde in delen.items():
        gegevens[sleutel] = gegevens[sleutel] | waarde if isinstance(waarde, dict) else waarde
    return replace(opdracht, gegevens=gegevens, huisstijl=stijl)


def _vijandig(soort: str) -> Opdracht:
    """A name of over 120 characters, 60 partners and a reason of over 4,000 words, where the kind has them."""
    opdracht = _anders(soort, geadresseerde={"organisatie": LANGE_NAAM, "naam": "mevrouw Van der Meulen-Oosterhuis"})
    g = opdracht.gegevens
    g |= {"partners": [f"Buurtkring {n}" for n in range(60)]} if "partners" in g else {}
    g |= {"motivering": LANGE_REDEN} if "motivering" in g else {}
    for criterium in g.get("criteria", [])[:1]:
        criterium["motivering"] = LANGE_REDEN
    return opdracht


def _als_opdracht(soort: str) -> Opdracht:
    opdracht = _anders(soort, ronde={"instrument": "opdracht"})
    verzonden = opdracht.moment.date()
    remedie = {k: str(v) for k, v in rechtsmiddel_op("opdracht", verzonden).items()}
    return replace(opdracht, gegevens=opdracht.gegevens | (remedie if soort in BESLUITBRIEVEN else {}))


def _vlak(opmaker: Opmaker, opdracht: Opdracht) -> str:
    """The text of the page without tags, as one line."""
    return " ".join(re.sub(r"<[^>]+>", "", opmaker.html(opdracht)).split())


def _woorden(pdf: bytes, bladen: int = 1) -> list[tuple[float, float, float, float, str]]:
    """Words on the first pages: left, top, right, bottom in mm from the corner of the sheet, and the word."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is nodig om te meten waar tekst staat")
    opdracht = ["pdftotext", "-bbox", "-l", str(bladen), "-", "-"]
    uit = subprocess.run(opdracht, input=pdf, capture_output=True, check=True).stdout.decode()
    patroon = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    return [
        (float(a) / PUNT_PER_MM, float(b) / PUNT_PER_MM, float(c) / PUNT_PER_MM, float(e) / PUNT_PER_MM, woord)
        for a, b, c, e, woord in re.findall(patroon, uit)
    ]


def _bladen(tekst: str) -> list[str]:
    return [blad for blad in tekst.split("\f") if blad.strip()]


# ---------------------------------------------------------------- the remedy


@pytest.mark.parametrize("instrument", get_args(Instrument))
@pytest.mark.parametrize("dag", [date(2027, 3, 25), date(2026, 11, 24), date(2012, 2, 3)])
def test_precies_een_rechtsmiddel_met_een_dag(instrument: Instrument, dag: date) -> None:
    uit = rechtsmiddel_op(instrument, dag)
    if instrument == "opdracht":
        assert uit["bezwaar_tot"] == ""
        laatste = uit["kort_geding_tot"]
        assert isinstance(laatste, date)
        assert laatste >= dag + timedelta(days=20)
        assert is_werkdag(laatste)
    else:
        assert uit == {"bezwaar_tot": bezwaartermijn_einde(dag), "kort_geding_tot": ""}


def test_de_standstill_duurt_twintig_dagen_en_eindigt_op_een_werkdag() -> None:
    assert rechtsmiddel_op("opdracht", date(2027, 5, 12))["kort_geding_tot"] == date(2027, 6, 1)
    assert rechtsmiddel_op("opdracht", date(2027, 5, 10))["kort_geding_tot"] == date(2027, 5, 31)  # 30 May: Sunday


@pytest.mark.keten
@pytest.mark.parametrize("soort", BRIEVEN)
def test_alleen_een_besluit_noemt_een_rechtsmiddel(soort: str, opmaker: Opmaker) -> None:
    subsidie, opdracht = _vlak(opmaker, voorbeeld_opdracht(soort)), _vlak(opmaker, _als_opdracht(soort))
    besluit = soort in BESLUITBRIEVEN
    assert (BEZWAAR in subsidie, KORT_GEDING in subsidie) == (besluit, False)
    assert (BEZWAAR in opdracht, KORT_GEDING in opdracht) == (False, besluit)


@pytest.mark.keten
@pytest.mark.parametrize("soort", BRIEVEN)
def test_een_opdracht_spreekt_niet_van_subsidie_of_bezwaar(soort: str, opmaker: Opmaker) -> None:
    opdracht = _als_opdracht(soort)
    opdracht.gegevens["ronde"]["grondslag"] = ["Aanbestedingswet 2012"]
    opdracht = replace(opdracht, titel="Brief")
    html = _vlak(opmaker, opdracht).replace("Daarom kunt u geen bezwaar maken.", "").split("Lindeplein 1", 1)[1]
    for woord in ("bezwaar", "Algemene wet bestuursrecht", "de-minimis", " subsidie "):
        assert woord not in html, woord


@pytest.mark.keten
@pytest.mark.parametrize("instrument", ["subsidie", "opdracht"])
def test_de_bouwer_neemt_het_rechtsmiddel_van_het_instrument(
    instrument: Instrument, spel: Any, opmaker: Opmaker
) -> None:
    """A rejection on form, sent on 25 March 2027: the dates are those of termijnen, and the letter prints them."""
    with proef(spel.motor) as session:
        ronde = vind.ronde(session, spel.kenmerk)
        voorstel, _ = vind.voorstellen(session, ronde)[0]
        voorstel.ontvankelijk, voorstel.vormoordeel = False, "De begroting ontbreekt nog steeds."
        regels = vind.regels(session, ronde)
        regels = regels.model_copy(update={"ronde": regels.ronde.model_copy(update={"instrument": instrument})})
        nu = datetime(2027, 3, 25, 13, 0, tzinfo=UTC)
        d = Doorgang(session, ronde, regels, Poort.ONTVANKELIJKHEID, 1, True, nu, nu)
        [stuk] = BOUWERS["niet-ontvankelijkbrief"](d)
    verwacht = rechtsmiddel_op(instrument, date(2027, 3, 25))
    assert {k: stuk.opdracht.gegevens[k] for k in verwacht} == {k: str(v) for k, v in verwacht.items()}
    dag = next(v for v in verwacht.values() if isinstance(v, date))
    vlak = _vlak(opmaker, stuk.opdracht).replace("\xa0", " ")
    assert datum_lang(dag).replace("\xa0", " ") in vlak
    assert (KORT_GEDING in vlak) == (instrument == "opdracht")


@pytest.mark.keten
def test_een_brief_zonder_besluit_krijgt_geen_termijn(spel: Any) -> None:
    for soort in ("verzuimbrief", "toewijzingsbrief"):
        assert spel.stukken[soort]
        assert all(not {"bezwaar_tot", "kort_geding_tot"} & set(s.opdracht.gegevens) for s in spel.stukken[soort])


# ---------------------------------------------------------------- the sheet of paper


@pytest.mark.keten
@pytest.mark.parametrize("stijl", STIJLEN)
@pytest.mark.parametrize("soort", BRIEVEN)
def test_het_adres_staat_in_het_venster(soort: str, stijl: str, opmaker: Opmaker) -> None:
    merk = ["Adresproef", "Naamproef", "Straatproef", "Plaatsproef"]
    wie = {"organisatie": merk[0], "naam": merk[1], "adres": merk[2], "plaats": merk[3]}
    woorden = _woorden(opmaker.render(_anders(soort, stijl, geadresseerde=wie)))
    for naam in merk:
        links, boven, rechts, onder = next(w[:4] for w in woorden if w[4] == naam)
        assert (links >= 20, rechts <= 100) == (True, True), naam
        assert (boven >= 56.5, onder <= 84) == (True, True), naam


@pytest.mark.keten
@pytest.mark.parametrize("soort", BRIEVEN)
def test_ook_een_lange_naam_past_in_het_venster(soort: str, opmaker: Opmaker) -> None:
    woorden = _woorden(opmaker.render(_vijandig(soort)))
    adres = [w for w in woorden if w[0] < 105 and 56 < w[1] < 95]
    assert "".join(w[4] for w in adres).startswith("StichtingSamenwerkende")
    assert adres[-1][4] == voorbeeld_opdracht(soort).gegevens["geadresseerde"]["plaats"]
    assert max(w[3] for w in adres) <= 84.5
    assert max(w[2] for w in adres) <= 100.5


@pytest.mark.keten
@pytest.mark.parametrize("soort", BRIEVEN)
@pytest.mark.parametrize("vijandig", [False, True])
def test_de_groet_staat_nooit_alleen_op_een_blad(soort: str, vijandig: bool, opmaker: Opmaker, tekst: Any) -> None:
    opdracht = _vijandig(soort) if vijandig else voorbeeld_opdracht(soort)
    blad = next(b for b in _bladen(tekst(opmaker.render(opdracht))) if "Met vriendelijke groet" in b)
    voor = blad.split("Met vriendelijke groet")[0]
    assert "Heeft u vragen?" in voor
    regels = [r for r in voor.split("Heeft u vragen?")[0].splitlines() if r.strip()]
    assert len(regels) > 2, "boven de groet staat alleen de kop van het blad"
    na = blad.split("Met vriendelijke groet")[1]
    assert re.search(r"de (projectleider|gemeentesecretaris|secretaris)", na)


@pytest.mark.parametrize(
    ("waarde", "zin"),
    [("0.2", "0,20 punt"), ("1", "1,00 punt"), ("6.3", "6,30 punten"), ("0", "0,00 punten")],
)
def test_punten_in_enkelvoud_en_meervoud(waarde: str, zin: str) -> None:
    assert punten(Fraction(waarde), 2) == zin


@pytest.mark.keten
def test_de_afwijzing_noemt_de_afstand_in_een_zin_en_het_criterium_onder_de_drempel(opmaker: Opmaker) -> None:
    assert "Dat scheelt 0,20 punt." in _vlak(opmaker, voorbeeld_opdracht("afwijzingsbrief"))
    laag = _anders("afwijzingsbrief", afstand="", voorstel={"reden": "onder drempel criterium", "rang": None})
    laag.gegevens["criteria"][0] |= {"score": 2, "drempel": 4, "onder_drempel": True}
    assert "Bij ‘Verwacht effect’ kreeg het 2 punten, en er waren er 4 nodig." in _vlak(opmaker, laag)


@pytest.mark.keten
def test_wie_niets_meer_kan_aanvullen_krijgt_geen_uitleg_over_aanvullen(opmaker: Opmaker) -> None:
    html = _vlak(opmaker, _anders("verzuimbrief", ontbreekt=[], niet_herstelbaar=["een penvoerder"]))
    assert "Wat mag u aanvullen?" not in html
    assert "Dit ontbreekt en kunt u niet meer aanvullen: een penvoerder." in html


@pytest.mark.keten
def test_zonder_adviseur_is_er_geen_lege_alinea(opmaker: Opmaker) -> None:
    opdracht = _anders("toewijzingsbrief", adviseurs=[], advies={"uitleg": ""})
    assert re.search(r"<p>\s*</p>", opmaker.html(opdracht)) is None
    assert "geen adviseur vrij" in _vlak(opmaker, opdracht)


@pytest.mark.keten
def test_de_overeenkomst_heeft_voor_elke_partij_een_plek_om_te_tekenen(opmaker: Opmaker, tekst: Any) -> None:
    opdracht = _anders("uitvoeringsovereenkomst")
    partij = opdracht.gegevens["partijen"][0]
    opdracht.gegevens["partijen"] = [partij | {"naam": f"Kring {n}", "penvoerder": n == 0} for n in range(60)]
    bladen = _bladen(tekst(opmaker.render(opdracht)))
    assert sum(b.count("Handtekening:") for b in bladen) == 61
    alles = " ".join(bladen)
    assert [k for k in ("Artikel 1", "Artikel 9", "Bijlage 1", "Bijlage 2", "Bijlage 3") if k not in alles] == []
    assert "4:36" in alles
    zonder = _anders("uitvoeringsovereenkomst", ronde={"instrument": "opdracht"})
    assert "4:36" not in opmaker.html(zonder)


@pytest.mark.keten
def test_lange_teksten_in_het_meetplan_blijven_op_het_blad(opmaker: Opmaker) -> None:
    opdracht = _anders("uitvoeringsovereenkomst")
    for indicator in opdracht.gegevens["meetplan"]["indicatoren"]:
        indicator |= {"nulstand": ZIN * 3, "streef": ZIN * 3, "bron": ZIN}
    woorden = _woorden(opmaker.render(opdracht), bladen=99)
    assert len(woorden) > 1000
    assert max(w[2] for w in woorden) <= 210 - 19
