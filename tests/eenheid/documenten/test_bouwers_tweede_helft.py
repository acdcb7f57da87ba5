"""The documents from the assessment to the end, built from a round that was really played."""

import dataclasses
import hashlib
import importlib
import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees, maak_motor, werk_bij
from aanbesteding.documenten.gegevens.uitslag import Rij, Uitslag, conclusie, gelijke_totalen, toon
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.handelingen import doe
from aanbesteding.herberekenen import herbereken
from aanbesteding.kern.loting import Bron, bouw_sleutel, lijsthash, trek
from aanbesteding.model import Document, Effectoordeel, Passage, Persoon, Rangschikking
from aanbesteding.oefenronde import lees_verloop
from aanbesteding.overzichten import vind
from aanbesteding.procedure import PROCEDURE, Poort, Rol
from aanbesteding.termijnen import bezwaartermijn_einde, naar_amsterdam

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

# pytest runs with --import-mode=importlib, so a neighbouring file is no module by itself.
minironde = importlib.import_module("minironde")

VANAF = [r.poort for r in PROCEDURE].index(Poort.BEOORDELING)
SOORTEN = [s for regel in PROCEDURE[VANAF:] for s in regel.documenten]
ZONDER_LOTING = [s for s in SOORTEN if s != "pv-loting"]
OPENBAAR = [
    "beoordelingsrapport-openbaar", "pv-loting", "besluit", "voortgangsrapportage", "effectrapport", "eindevaluatie",
]  # fmt: skip


@pytest.fixture(scope="module")
def ronde(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    motor = maak_motor(f"sqlite:///{tmp_path_factory.mktemp('ronde') / 'klein.sqlite'}")
    werk_bij(motor)
    yield minironde.speel_af(motor)
    motor.dispose()


@pytest.fixture(scope="module")
def geloot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The same round, in which all proposals get the same joint scores: a tie of three for two places."""
    motor = maak_motor(f"sqlite:///{tmp_path_factory.mktemp('geloot') / 'klein.sqlite'}")
    werk_bij(motor)
    verloop = [
        dataclasses.replace(g, gegevens=g.gegevens | {"waarde": 8}) if g.handeling == "consensus" else g
        for g in lees_verloop(minironde.KLEIN)
    ]
    gespeeld = minironde.speel_af(motor, verloop, tot=Poort.BEOORDELING)
    _trek_het_lot(gespeeld)
    yield gespeeld
    motor.dispose()


def _trek_het_lot(gespeeld: Any) -> None:
    with lees(gespeeld.motor) as session:
        r = vind.ronde(session, gespeeld.kenmerk)
        nu = vind.passage(session, r, Poort.BEOORDELING).moment  # type: ignore[union-attr]
        [jurist] = [d.sleutel for d in vind.met_rol(session, r, Rol.JURIST)]
        getuigen = [vind.met_rol(session, r, rol)[0].sleutel for rol in (Rol.TWEEDE, Rol.VOORZITTER)]
        bronnen = vind.regels(session, r).verdeling.loting_bronnen
    lot = {"bronnen": [{"naam": b, "soort": "getal", "waarden": ["912,34"]} for b in bronnen], "getuigen": getuigen}
    doe(gespeeld.motor, gespeeld.kenmerk, "loting", wie=jurist, nu=nu, gegevens=lot)
    gespeeld.werk_bij(nu)


def _teksten(waarde: Any) -> Iterator[str]:
    if isinstance(waarde, str):
        yield waarde
    elif isinstance(waarde, dict):
        for deel in waarde.values():
            yield from _teksten(deel)
    elif isinstance(waarde, list):
        for deel in waarde:
            yield from _teksten(deel)


# ---------------------------------------------------------------- every kind


@pytest.mark.parametrize("soort", [*SOORTEN, "collegevoorstel-selectie"])
def test_elk_voorbeeld_is_te_renderen(soort: str, opmaker: Opmaker) -> None:
    assert opmaker.render(voorbeeld_opdracht(soort)).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("soort", ZONDER_LOTING)
def test_elke_soort_is_gemaakt_en_te_vullen(soort: str, ronde: Any, opmaker: Opmaker) -> None:
    stukken = ronde.soort(soort)
    assert stukken
    for stuk in stukken:
        assert stuk.opdracht.titel in opmaker.html(stuk.opdracht).replace("&#39;", "'")


@pytest.mark.parametrize("soort", ZONDER_LOTING)
def test_een_echt_stuk_is_te_renderen(soort: str, ronde: Any, opmaker: Opmaker) -> None:
    assert opmaker.render(ronde.soort(soort)[-1].opdracht).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("soort", ZONDER_LOTING)
def test_het_voorbeeld_heeft_de_vorm_van_de_echte_gegevens(soort: str, ronde: Any) -> None:
    """Top-level keys agree, so that voorbeeld.toml documents what a template really gets."""
    assert set(voorbeeld_opdracht(soort).gegevens) == set(ronde.gegevens(soort))


@pytest.mark.parametrize("soort", [s for s in OPENBAAR if s != "pv-loting"])
def test_in_openbare_stukken_staat_geen_naam_van_een_mens(soort: str, ronde: Any, opmaker: Opmaker) -> None:
    with lees(ronde.motor) as session:
        namen = list(session.exec(select(Persoon.naam)))
    assert namen
    for stuk in ronde.soort(soort):
        assert stuk.opdracht.openbaar
        html = opmaker.html(stuk.opdracht)
        assert [n for n in namen if n in html] == []


def test_het_proces_verbaal_van_loting_noemt_geen_mens(geloot: Any, opmaker: Opmaker) -> None:
    with lees(geloot.motor) as session:
        namen = list(session.exec(select(Persoon.naam)))
    html = opmaker.html(geloot.soort("pv-loting")[0].opdracht)
    assert [n for n in namen if n in html] == []


def test_bestandsnamen_noemen_geen_mens(ronde: Any) -> None:
    with lees(ronde.motor) as session:
        achternamen = {n.split()[-1].lower() for n in session.exec(select(Persoon.naam))}
    helft = [s.opdracht for s in ronde.stukken if s.opdracht.soort in SOORTEN]
    assert len({o.bestandsnaam for o in helft}) == len(helft)
    assert [o.bestandsnaam for o in helft if set(o.bestandsnaam.lower().split("-")) & achternamen] == []


# ---------------------------------------------------------------- the assessment


def test_het_interne_rapport_noemt_de_beoordelaars_en_hun_redenen(ronde: Any) -> None:
    g = ronde.gegevens("beoordelingsrapport-intern")
    with lees(ronde.motor) as session:
        r = vind.ronde(session, ronde.kenmerk)
        namen = {vind.persoon(session, d).naam for d in vind.met_rol(session, r, Rol.BEOORDELAAR)}
    assert {lid["naam"] for lid in g["leden"]} == namen
    assert all(c["eigen_redenen"] for v in g["voorstellen"] for c in v["criteria"])


def test_het_openbare_rapport_heeft_dezelfde_cijfers_zonder_eigen_redenen(ronde: Any) -> None:
    binnen, buiten = ronde.gegevens("beoordelingsrapport-intern"), ronde.gegevens("beoordelingsrapport-openbaar")
    assert binnen["rangschikking"] == buiten["rangschikking"]
    for v, w in zip(binnen["voorstellen"], buiten["voorstellen"], strict=True):
        assert [c["scores"] for c in v["criteria"]] == [c["scores"] for c in w["criteria"]]
        assert all(c["eigen_redenen"] == [] and c["motivering"] for c in w["criteria"])


def test_gemiddelde_en_spreiding_volgen_uit_de_scores(ronde: Any) -> None:
    for v in ronde.gegevens("beoordelingsrapport-intern")["voorstellen"]:
        for c in v["criteria"]:
            waarden = [s["waarde"] for s in c["scores"] if s["waarde"] is not None]
            assert c["gemiddelde"] == pytest.approx(sum(waarden) / len(waarden), abs=1e-6)
            assert c["spreiding"] == max(waarden) - min(waarden)


def test_het_totaal_volgt_uit_de_gewichten(ronde: Any) -> None:
    g = ronde.gegevens("beoordelingsrapport-openbaar")
    for rij in g["rangschikking"]["rijen"]:
        som = sum(w * c["gewicht"] for w, c in zip(rij["per"], g["criteria"], strict=True)) / 100
        assert rij["waarde"] == pytest.approx(som, abs=1e-6)


def test_het_collegevoorstel_rekent_de_dekking_uit_de_posten(ronde: Any) -> None:
    f = ronde.gegevens("collegevoorstel-selectie")["financien"]
    assert f["totaal_cent"] == sum(p["bedrag_cent"] for p in f["posten"])
    oud = sum(p["bedrag_cent"] for p in f["posten"] if p["oud_voor_nieuw"])
    assert f["oud_voor_nieuw_aandeel"] == pytest.approx(oud / f["totaal_cent"])


def test_argumenten_krijgen_het_nummer_van_hun_beslispunt(ronde: Any) -> None:
    delen = ronde.gegevens("collegevoorstel-selectie")["tekst"]["argumenten"]
    assert [d["nr"].split(".")[0] for d in delen] == [str(d["bij"]) for d in delen]
    assert len({d["nr"] for d in delen}) == len(delen)


def test_de_vergewisverklaring_noemt_de_getoetste_stukken_met_hun_hash(ronde: Any) -> None:
    stukken = ronde.gegevens("vergewisverklaring")["stukken"]
    with lees(ronde.motor) as session:
        hashes = set(session.exec(select(Document.sha256).where(Document.soort == "beoordelingsrapport-intern")))
    assert hashes <= {s["sha256"] for s in stukken}


# ---------------------------------------------------------------- the lottery


def test_bij_gelijke_stand_staat_de_lijst_met_haar_hash_in_het_rapport(geloot: Any) -> None:
    loting = geloot.gegevens("beoordelingsrapport-openbaar")["gelijke_stand"]["loting"]
    sleutels = [regel.partition(";")[2] for regel in loting["lijst"]]
    assert (
        loting["sha256"]
        == lijsthash(sleutels)
        == hashlib.sha256("".join(f"{r}\n" for r in loting["lijst"]).encode()).hexdigest()
    )


def test_de_loting_is_uit_het_proces_verbaal_na_te_rekenen(geloot: Any) -> None:
    g = geloot.gegevens("pv-loting")
    sleutel = bouw_sleutel([Bron(b["naam"], b["soort"], tuple(b["waarden"])) for b in g["bronnen"]])
    lijst = [rij["naam"] for rij in g["lijst"]]
    opnieuw = [lijst[t.nummer - 1] for t in trek(sleutel, len(lijst), len(lijst))]
    assert opnieuw == [v["naam"] for v in g["volgorde"]]
    assert [v["gekozen"] for v in g["volgorde"]] == [True, True, False]
    assert "Het lot gaf de doorslag" in g["rangschikking"]["conclusie"]


def test_het_proces_verbaal_is_te_renderen(geloot: Any, opmaker: Opmaker) -> None:
    assert opmaker.render(geloot.soort("pv-loting")[0].opdracht).startswith(b"%PDF-1.7")
    assert set(geloot.gegevens("pv-loting")) == set(voorbeeld_opdracht("pv-loting").gegevens)


# ---------------------------------------------------------------- the decision and its letters


def test_elke_coalitie_krijgt_een_brief_en_maar_een(ronde: Any) -> None:
    brieven = ronde.soort("selectiebrief") + ronde.soort("afwijzingsbrief")
    with lees(ronde.motor) as session:
        r = vind.ronde(session, ronde.kenmerk)
        stand = {c.sleutel: v.geselecteerd for v, c in vind.ontvankelijke(session, r)}
    assert {b.coalitie: b.opdracht.soort == "selectiebrief" for b in brieven} == stand
    assert len(brieven) == len(stand)
    assert all(b.bericht == "brief" and len(b.aan) == 1 for b in brieven)


def test_de_bezwaartermijn_loopt_vanaf_de_verzending(ronde: Any) -> None:
    for stuk in [*ronde.soort("afwijzingsbrief"), *ronde.soort("beschikking")]:
        verzonden = naar_amsterdam(stuk.opdracht.moment).date()
        assert stuk.opdracht.gegevens["bezwaar_tot"] == bezwaartermijn_einde(verzonden).isoformat()


def test_de_afwijzingsbrief_vergelijkt_zonder_namen(ronde: Any, opmaker: Opmaker) -> None:
    [brief] = ronde.soort("afwijzingsbrief")
    g, html = brief.opdracht.gegevens, opmaker.html(brief.opdracht)
    gekozen = [s.opdracht.gegevens["voorstel"] for s in ronde.soort("selectiebrief")]
    assert g["laagste"] == min(v["totaal"] for v in gekozen)
    assert g["verschil"] == pytest.approx(g["laagste"] - g["voorstel"]["totaal"])
    assert [v["naam"] for v in gekozen if v["naam"] in html] == []
    assert all(c["motivering"] in html.replace("&#39;", "'") for c in g["criteria"])


def test_elke_brief_met_een_besluit_heeft_de_clausule_over_bezwaar(ronde: Any, opmaker: Opmaker) -> None:
    for soort in ("selectiebrief", "afwijzingsbrief", "beschikking"):
        for stuk in ronde.soort(soort):
            html = opmaker.html(stuk.opdracht)
            assert "Bent u het niet eens met dit besluit?" in html
            assert stuk.opdracht.kenmerk in html


@pytest.mark.parametrize(
    ("reden", "verwacht"),
    [
        ("plaatsen vergeven", "Andere voorstellen scoorden hoger"),
        ("plafond bereikt", "past niet meer onder het subsidieplafond"),
        ("uitgeloot", "Uw voorstel is niet getrokken"),
        ("onder drempel criterium", "de drempel niet"),
        ("onder drempel totaal", "ten minste 5,5 punten"),
    ],
)
def test_de_afwijzingsbrief_noemt_de_echte_reden(reden: str, verwacht: str, opmaker: Opmaker) -> None:
    opdracht = voorbeeld_opdracht("afwijzingsbrief")
    drempel = reden.startswith("onder")
    anders = {"voorstel": opdracht.gegevens["voorstel"] | {"reden": reden} | ({"rang": None} if drempel else {})}
    html = opmaker.html(dataclasses.replace(opdracht, gegevens=opdracht.gegevens | anders))
    assert verwacht in html
    assert "None" not in html


def test_wie_hoger_scoorde_dan_een_gekozen_voorstel_leest_dat_het_college_afweek(opmaker: Opmaker) -> None:
    opdracht = voorbeeld_opdracht("afwijzingsbrief")
    html = opmaker.html(dataclasses.replace(opdracht, gegevens=opdracht.gegevens | {"verschil": -0.2}))
    assert "Andere voorstellen scoorden hoger" not in html
    assert "week bij een ander voorstel af" in html


def test_een_geweigerde_subsidie_krijgt_een_beschikking_zonder_plichten(opmaker: Opmaker) -> None:
    opdracht = voorbeeld_opdracht("beschikking")
    anders = {"toegekend": False, "bedrag_cent": 0, "motivering": "De begroting klopt niet."}
    html = opmaker.html(dataclasses.replace(opdracht, gegevens=opdracht.gegevens | anders))
    assert "U krijgt geen subsidie" in html
    assert "De begroting klopt niet." in html
    assert "Wat u moet doen" not in html
    assert "Bent u het niet eens met dit besluit?" in html


# ---------------------------------------------------------------- plans, progress and effect


def test_de_beschikking_noemt_het_bedrag_van_het_besluit(ronde: Any) -> None:
    with lees(ronde.motor) as session:
        r = vind.ronde(session, ronde.kenmerk)
        bedragen = {c.sleutel: p.bedrag_cent for p, _, c in vind.pilots(session, r)}
    toegekend = {s.coalitie: s.opdracht.gegevens["bedrag_cent"] for s in ronde.soort("beschikking")}
    assert toegekend == bedragen == {s.coalitie: s.opdracht.gegevens["bedrag_cent"] for s in
                                     ronde.soort("uitvoeringsovereenkomst")}  # fmt: skip


def test_het_meetplan_ligt_vast_en_heeft_overal_dezelfde_hash(ronde: Any) -> None:
    plan = {s.coalitie: s.opdracht.gegevens["meetplan"] for s in ronde.soort("planbeoordeling")}
    assert all(p["vergrendeld_op"] for p in plan.values())
    for soort in ("beschikking", "uitvoeringsovereenkomst"):
        assert all(s.opdracht.gegevens["meetplan"]["hash"] == plan[s.coalitie]["hash"] for s in ronde.soort(soort))


def test_de_kop_van_het_effectrapport_komt_uit_het_oordeel(ronde: Any) -> None:
    with lees(ronde.motor) as session:
        zinnen = {o.uitkomst["zin"] for o in session.exec(select(Effectoordeel))}
    for stuk in ronde.soort("effectrapport"):
        g = stuk.opdracht.gegevens
        assert any(zin.startswith(g["kop"]) for zin in zinnen)
        assert {i["zin"] for i in g["indicatoren"]} <= zinnen


def test_het_eerste_rapport_is_de_nulmeting_en_het_laatste_de_eindmeting(ronde: Any) -> None:
    soorten = [s.opdracht.gegevens["meting"]["soort"] for s in ronde.soort("effectrapport")]
    assert soorten[0] == "nulmeting"
    assert soorten[-1] == "eindmeting"
    laatste = ronde.soort("effectrapport")[-1].opdracht.gegevens
    assert laatste["meting"]["volgende"] == ""
    assert laatste["duiding"]
    assert ronde.gegevens("effectrapport")["duiding"] is False


def test_de_lijn_is_het_gemiddelde_van_de_gebieden_in_de_tabel(ronde: Any) -> None:
    for i in ronde.soort("effectrapport")[-1].opdracht.gegevens["indicatoren"]:
        for reeks, is_pilot in zip(i["reeksen"], (True, False), strict=True):
            rijen = [rij["waarden"] for rij in i["tabel"] if rij["pilot"] is is_pilot]
            for n, waarde in enumerate(reeks["waarden"]):
                kolom = [r[n] for r in rijen]
                if waarde is not None:
                    assert waarde == pytest.approx(sum(kolom) / len(kolom), abs=1e-6)
                else:
                    assert None in kolom


def test_de_voortgang_telt_de_pilots_op(ronde: Any) -> None:
    g = ronde.gegevens("voortgangsrapportage", -1)
    for sleutel, waarde in g["totaal"].items():
        assert waarde == sum(p[sleutel] for p in g["pilots"])
    assert all(p["aandeel"] == pytest.approx(p["besteed_cent"] / p["bedrag_cent"]) for p in g["pilots"])


def test_de_cijfers_van_de_evaluatie_komen_uit_de_ronde(ronde: Any) -> None:
    c = ronde.gegevens("eindevaluatie")["cijfers"]
    with lees(ronde.motor) as session:
        r = vind.ronde(session, ronde.kenmerk)
        van, tot = (vind.passage(session, r, p) for p in (Poort.OPROEP, Poort.SELECTIE))
        assert c["voorstellen"] == len(vind.voorstellen(session, r))
        assert c["subsidie_cent"] == sum(p.bedrag_cent for p, _, _ in vind.pilots(session, r))
    assert van
    assert tot
    dagen: tuple[date, date] = naar_amsterdam(van.moment).date(), naar_amsterdam(tot.moment).date()
    assert c["dagen_tot_selectie"] == (dagen[1] - dagen[0]).days > 0


def test_het_procesdossier_noemt_elk_document_met_hash_en_geen_mens(ronde: Any, opmaker: Opmaker) -> None:
    g = ronde.gegevens("procesdossier")
    with lees(ronde.motor) as session:
        ids = select(Passage.id).where(Passage.poort == Poort.AFSLUITING)
        eerder = select(Document).where(Document.passage_id.not_in(ids))  # type: ignore[union-attr]
        hashes = {d.kenmerk: d.sha256 for d in session.exec(eerder)}
        namen = list(session.exec(select(Persoon.naam)))
        hash_rang = session.exec(select(Rangschikking.hash)).all()
    assert {r["kenmerk"]: r["sha256"] for r in g["rijen"]} == hashes
    assert all(r["bewaargrond"] for r in g["rijen"])
    assert hash_rang
    html = opmaker.html(ronde.soort("procesdossier")[0].opdracht)
    assert [n for n in namen if n in html] == []


def test_er_staan_geen_databasesleutels_in_de_gegevens(ronde: Any) -> None:
    for stuk in ronde.stukken:
        if stuk.opdracht.soort in SOORTEN:
            assert '_id"' not in json.dumps(stuk.opdracht.gegevens)


# ---------------------------------------------------------------- how the cut lies


def _rij(naam: str, totaal: str, geselecteerd: str = "ja", reden: str = "geselecteerd", rang: int | None = 1) -> Rij:
    return Rij(naam, 1, naam, "p", rang, Fraction(totaal), {}, 0, geselecteerd, reden)


def _uitslag(*rijen: Rij, loting: tuple[str, ...] = (), decimalen: int = 2) -> Uitslag:
    return Uitslag(rijen, loting, 1, "0" * 64, decimalen)


@pytest.mark.parametrize(
    ("uitslag", "verwacht"),
    [
        (_uitslag(_rij("a", "7"), _rij("b", "13/2", "nee", "plaatsen vergeven")), "verschil 0,50 punt: ‘a’ (7,00)"),
        (_uitslag(_rij("a", "7"), _rij("b", "5", "nee", "plafond bereikt")), "Het geld is dan op."),
        (_uitslag(_rij("a", "7"), _rij("b", "4", "nee", "onder drempel totaal", None)), "haalt een drempel niet"),
        (_uitslag(_rij("a", "7"), _rij("b", "7", "nee", "plaatsen vergeven")), "regel bij gelijke stand"),
        (_uitslag(_rij("a", "7", reden="geselecteerd na loting"), _rij("b", "7", "nee", "uitgeloot")), "Het lot gaf"),
        (_uitslag(_rij("a", "7"), _rij("b", "6", "loting"), loting=("b",)), "Het lot beslist."),
        (_uitslag(_rij("a", "7"), _rij("b", "6")), "Er valt geen voorstel af."),
        (_uitslag(_rij("a", "3", "nee", "onder drempel totaal", None)), "Geen voorstel haalt de drempel."),
    ],
)  # fmt: skip
def test_de_conclusie_zegt_hoe_de_grens_ligt(uitslag: Uitslag, verwacht: str) -> None:
    assert verwacht in conclusie(uitslag)


def test_schijnbaar_gelijke_totalen_krijgen_meer_decimalen() -> None:
    u = _uitslag(_rij("a", "20003/2857"), _rij("b", "7", "nee", "plaatsen vergeven"), decimalen=4)
    assert toon(u, u.rijen[0]) != toon(u, u.rijen[1])
    assert "0,0014 punt" in conclusie(u)


def test_gelijke_totalen_zonder_gevolg_heten_ook_zo() -> None:
    [groep] = gelijke_totalen(_uitslag(_rij("a", "7"), _rij("b", "7")))
    assert groep["namen"] == ["a", "b"]
    assert "niets aan de selectie" in groep["uitleg"]


def test_het_proces_verbaal_draagt_de_loting_als_bestand(geloot: Any) -> None:
    [bijlage] = geloot.soort("pv-loting")[0].opdracht.bijlagen
    gegevens = json.loads(bijlage.tekst)
    assert bijlage.naam == "loting.json"
    assert herbereken(gegevens) == []
    assert herbereken(gegevens | {"volgorde": gegevens["volgorde"][::-1]}) != []


def test_bij_een_lot_op_de_grens_is_niets_zeker(geloot: Any) -> None:
    zin = geloot.gegevens("beoordelingsrapport-intern")["stevigheid"]["zin"]
    assert "het lot beslist nog" in zin
    assert "zeker." not in zin


def test_het_collegevoorstel_toont_hetzelfde_advies_als_het_rapport(ronde: Any) -> None:
    memo, rapport = (
        ronde.gegevens(s)["stevigheid"] for s in ("collegevoorstel-selectie", "beoordelingsrapport-intern")
    )
    assert memo == rapport
    assert len(memo["kort"]) == 3
