"""The collegevoorstel: four pages, top down, every field of domein.md 1.1, and one notation of dates and scores."""

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from minironde import Gespeeld

from aanbesteding.database import maak_motor, werk_bij
from aanbesteding.documenten.gegevens.collegebeeld import grensbeeld
from aanbesteding.documenten.opdracht import Opdracht
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.handelingen.starten import start_ronde
from aanbesteding.instellingen import WORTEL
from aanbesteding.oefenronde import lees_verloop, speel
from aanbesteding.procedure import Poort
from aanbesteding.rondemap import lees_rondemap

MAASSLUIS = WORTEL / "config" / "rondes" / "maassluis-2011"
MEMOS = ("collegevoorstel-start", "collegevoorstel-selectie", "collegevoorstel-plannen")
Paginas = Callable[[bytes], list[str]]

pytestmark = pytest.mark.keten  # a whole round and real PDFs


@pytest.fixture(scope="module")
def ronde(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gespeeld]:
    """The round of the rehearsal, played until the plans lie before the college."""
    motor = maak_motor(f"sqlite:///{tmp_path_factory.mktemp('memo') / 'ronde.sqlite'}")
    werk_bij(motor)
    verloop = lees_verloop(MAASSLUIS)
    begin = min(g.moment for g in verloop) - timedelta(days=1)
    gespeeld = Gespeeld(motor, start_ronde(motor, lees_rondemap(MAASSLUIS), nu=begin, door="test"))
    for stap in speel(motor, gespeeld.kenmerk, verloop):
        gespeeld.werk_bij(stap.moment)
        if Poort.PLANNEN in gespeeld.poorten:
            break
    yield gespeeld
    motor.dispose()


@pytest.fixture(scope="module")
def paginas(tekst: Callable[[bytes], str]) -> Paginas:
    return lambda pdf: [" ".join(p.split()) for p in tekst(pdf).split("\f") if p.strip()]


def _memo(ronde: Gespeeld, soort: str) -> Opdracht:
    return ronde.soort(soort)[0].opdracht


def _romp(paginas: list[str]) -> list[str]:
    """The pages before the first annex, whose heading stands in the running head and on the page."""
    return paginas[: next(n for n, p in enumerate(paginas) if len(re.findall(r"Bijlage 1 [A-Z]", p)) >= 2)]


@pytest.mark.parametrize("soort", MEMOS)
def test_de_romp_past_op_vier_bladzijden(soort: str, ronde: Gespeeld, opmaker: Opmaker, paginas: Paginas) -> None:
    romp = _romp(paginas(opmaker.render(_memo(ronde, soort))))
    assert 2 <= len(romp) <= 4
    assert "Besluit van het college" in romp[-1]
    assert len(romp[-1].split()) > 120, "the signatures stand alone on a page"


def test_de_eerste_bladzijde_zegt_wat_waarom_en_hoe_zeker(ronde: Gespeeld, opmaker: Opmaker, paginas: Paginas) -> None:
    opdracht = _memo(ronde, "collegevoorstel-selectie")
    g, eerste = opdracht.gegevens, paginas(opmaker.render(opdracht))[0]
    for rij in (r for r in g["rangschikking"]["rijen"] if r["gekozen"]):
        assert rij["naam"] in eerste
        assert f"{rij['waarde']:.1f}".replace(".", ",") in eerste
    assert _plat(g["stevigheid"]["zin"]) in eerste
    assert "Gevraagd besluit" in eerste
    assert "oud voor nieuw" in eerste


def _plat(tekst: str) -> str:
    return " ".join(tekst.replace("\u00a0", " ").split())


def test_alle_velden_van_het_formulier_staan_erin(ronde: Gespeeld, opmaker: Opmaker) -> None:
    """The 28 fields of domein.md 1.1; 6 is left out when there is none, 28 is a choice to tick."""
    opdracht = _memo(ronde, "collegevoorstel-selectie")
    g, t = opdracht.gegevens, opdracht.gegevens["tekst"]
    alles = _zonder_spaties(html.unescape(re.sub(r"<[^>]+>", " ", opmaker.html(opdracht))))
    velden = [
        t["onderwerp"], g["ronde"]["zaaknummer"], "24 april 2012", *g["voorstel"]["portefeuillehouders"],
        g["voorstel"]["steller"]["telefoon"], "Bevoegd orgaan", t["openbaarheid"][1:], *t["beslispunten"],
        *(d["stelling"] for k in ("argumenten", "kanttekeningen", "alternatieven") for d in t[k]), "Wettelijk kader",
        *g["ronde"]["grondslag"], "Oud voor nieuw", *(p["omschrijving"] for p in g["financien"]["posten"]),
        *(b["sha256"] for b in g["bijlagen"] + g["bestanden"]), *(p["wie"] for p in t["parafen"]), "conform",
        *(p["tekst"] for p in g["planning"]), *(i["richting"][:20] for i in g["indicatoren"]),
    ]  # fmt: skip
    missend = [v for v in velden if _zonder_spaties(v) not in alles]
    alinea = ("samenvatting", "inleiding", "beoogd_effect", "financien", "capaciteit", "juridisch", "participatie")
    for veld in (*alinea, "inclusie", "communicatie", "monitoring", "route"):
        missend += [veld] if _zonder_spaties(t[veld][:30]) not in alles else []
    assert missend == []


def _zonder_spaties(tekst: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", tekst)


@pytest.mark.parametrize("soort", MEMOS)
def test_geen_veld_is_leeg_gedrukt(soort: str, ronde: Gespeeld, opmaker: Opmaker) -> None:
    bron = opmaker.html(_memo(ronde, soort))
    assert not re.search(r'class="v">\s*</span>|Niet aangewezen|>None<|geen bijlagen', bron)
    assert "Opdrachtgever" not in bron


def test_de_vergadering_heeft_een_datum(ronde: Gespeeld, opmaker: Opmaker) -> None:
    """Of the release: the day in the written text, never beside an 'uiterlijk'. Of the others: the announced day."""
    bron = opmaker.html(_memo(ronde, "collegevoorstel-start"))
    assert "29 november 2011" in bron.split("Gevraagd besluit")[0]
    assert "vóór 1 december" not in bron
    for soort, dag in (("selectie", "2012-04-24"), ("plannen", "2012-07-17")):
        g = _memo(ronde, f"collegevoorstel-{soort}").gegevens
        assert g["voorstel"]["vergaderdatum"] == dag
        assert any(str(p["moment"]).startswith(dag) for p in g["planning"])


@pytest.mark.parametrize("soort", MEMOS)
def test_de_voet_zegt_dezelfde_openbaarheid_als_het_formulier(soort: str, ronde: Gespeeld, opmaker: Opmaker) -> None:
    opdracht = _memo(ronde, soort)
    bron = opmaker.html(opdracht)
    voet = bron.split('class="voetregel"')[1].split("</div>")[0]
    assert opdracht.gegevens["tekst"]["openbaarheid"] in voet
    assert "niet openbaar" not in bron


@pytest.mark.parametrize("soort", MEMOS)
def test_de_bestanden_in_de_pdf_hebben_het_genoemde_controlegetal(
    soort: str, ronde: Gespeeld, opmaker: Opmaker
) -> None:
    opdracht = _memo(ronde, soort)
    with pikepdf.open(io.BytesIO(opmaker.render(opdracht))) as pdf:
        erin = {n: hashlib.sha256(s.get_file().read_bytes()).hexdigest() for n, s in pdf.attachments.items()}
    assert erin == {b["bestand"]: b["sha256"] for b in opdracht.gegevens["bestanden"]}
    assert "kosten.csv" in erin


def test_de_bijlagen_zeggen_wat_het_voorstel_zegt_en_noemen_geen_beoordelaar(ronde: Gespeeld) -> None:
    opdracht = _memo(ronde, "collegevoorstel-selectie")
    bestanden = {b.naam: b.tekst for b in opdracht.bijlagen}
    rijen = list(csv.DictReader(io.StringIO(bestanden["rangorde.csv"].lstrip("\ufeff")), delimiter=";"))
    assert [r["voorstel"] for r in rijen] == [r["naam"] for r in opdracht.gegevens["rangschikking"]["rijen"]]
    posten = list(csv.DictReader(io.StringIO(bestanden["kosten.csv"].lstrip("\ufeff")), delimiter=";"))
    som = sum(int(p["bedrag_euro"].split(",")[0]) for p in posten)
    assert som * 100 == opdracht.gegevens["financien"]["totaal_cent"]
    alles = " ".join(bestanden.values()) + json.dumps(opdracht.gegevens, ensure_ascii=False)
    with (MAASSLUIS / "beoordelaars.csv").open(encoding="utf-8-sig") as bestand:
        namen = [r["naam"] for r in csv.DictReader(bestand, delimiter=";")]
    assert namen
    assert not any(naam in alles for naam in namen)


def test_een_score_heeft_een_schrijfwijze(ronde: Gespeeld, opmaker: Opmaker) -> None:
    bron = opmaker.html(_memo(ronde, "collegevoorstel-selectie"))
    totalen = re.findall(r"<strong>(\d+,\d+)</strong>", bron)
    assert totalen
    assert {len(t.split(",")[1]) for t in totalen} == {1}


def _ranglijst(aantal: int, gekozen: int, naam: str) -> Opdracht:
    """The example with this many proposals; every name is `naam` with a number in front."""
    opdracht = voorbeeld_opdracht("collegevoorstel-selectie")
    g = json.loads(json.dumps(opdracht.gegevens))
    r0, s0 = g["rangschikking"]["rijen"][0], g["stevigheid"]["rijen"][0]
    namen = [f"{n} {naam}"[:120] for n in range(1, aantal + 1)]
    vast = [(n, {"naam": w, "gekozen": n <= gekozen}) for n, w in enumerate(namen, 1)]
    rangen = [r0 | v | {"rang": n, "waarde": 9 - 6 * n / aantal} for n, v in vast]
    marges = [s0 | v | {"plaats": n, "verwacht": n + 0.2, "laag": max(1, n - 1), "hoog": n + 1} for n, v in vast]
    g["rangschikking"] |= {"plaatsen": gekozen, "rijen": rangen}
    g["stevigheid"] |= {"plaatsen": gekozen, "lijn": gekozen + 0.5, "rijen": marges}
    g["beeld"] = grensbeeld(g["rangschikking"], g["stevigheid"])
    return replace(opdracht, gegevens=g)


@pytest.mark.parametrize(("aantal", "gekozen"), [(3, 2), (40, 4), (40, 18)])
def test_ook_een_kleine_en_een_grote_ronde_staan_heel_op_papier(
    aantal: int, gekozen: int, opmaker: Opmaker, paginas: Paginas
) -> None:
    naam = "Samen sterk in de wijk met buren, sportclubs en scholen en kerken en moskeeën voor iedereen die wil meedoen"
    alle = paginas(opmaker.render(_ranglijst(aantal, gekozen, naam)))
    assert len(_romp(alle)) <= 6
    assert min(len(p.split()) for p in alle) > 45, "an almost empty page"


@pytest.mark.parametrize(("aantal", "gekozen"), [(1, 1), (3, 2), (10, 4), (15, 4), (40, 4), (40, 18), (12, 0)])
def test_het_beeld_toont_de_grens_en_blijft_binnen_zijn_vak(aantal: int, gekozen: int) -> None:
    g = _ranglijst(aantal, gekozen, "Plan").gegevens
    beeld = grensbeeld(g["rangschikking"], g["stevigheid"])
    rangen = [r["rang"] for r in beeld["rijen"]]
    assert len(rangen) <= 12
    assert rangen == list(range(rangen[0], rangen[-1] + 1))
    if 0 < gekozen < aantal:
        assert {gekozen, gekozen + 1} <= set(rangen)
        assert [r["rang"] for r in beeld["rijen"] if r["onder_de_grens"]] == [gekozen + 1]
    for r in beeld["rijen"]:
        assert 0 <= r["score"] <= 100
        assert 0 <= r["marge"]["van"] <= r["marge"]["van"] + r["marge"]["breed"] <= 100
    assert grensbeeld(g["rangschikking"], {})["met_marge"] is False
