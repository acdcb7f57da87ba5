"""Files inside the documents of the call phase: anyone can recompute from them, and they leak nothing."""

import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.documenten.gegevens import procesbijlagen
from aanbesteding.documenten.opdracht import Opdracht
from aanbesteding.kern.toewijzing import Beoordelaar, wijs_toe
from aanbesteding.kern.toewijzingsnet import lotkosten
from aanbesteding.model import Coalitie, Indiening, Organisatie, Persoon
from aanbesteding.overzichten import vind
from aanbesteding.regels import Regels, canonieke_hash

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

MET_REGELS = ("oproep", "nota-van-inlichtingen", "beoordelingsprotocol")
MET_BIJLAGE = (*MET_REGELS, "verslag-startbijeenkomst", "register-van-ontvangst", "pv-opening", "staat-van-voorstellen",
               "toewijzingsverslag")  # fmt: skip


def bijlagen(opdracht: Opdracht) -> dict[str, str]:
    return {b.naam: b.tekst for b in opdracht.bijlagen}


def rijen(tekst: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tekst.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize("soort", MET_REGELS)
def test_de_sha256_van_regels_json_is_het_gedrukte_controlegetal(soort: str, spel: Any) -> None:
    [opdracht] = spel.opdrachten(soort)
    tekst = bijlagen(opdracht)["regels.json"]
    assert hashlib.sha256(tekst.encode()).hexdigest() == opdracht.gegevens["document"]["regels_hash"]
    assert Regels.model_validate(json.loads(tekst)).hash() == opdracht.gegevens["document"]["regels_hash"]


def test_de_nota_draagt_de_nieuwe_regels_en_noemt_het_oude_controlegetal(spel: Any) -> None:
    [oproep], [nota] = spel.opdrachten("oproep"), spel.opdrachten("nota-van-inlichtingen")
    assert bijlagen(oproep)["regels.json"] != bijlagen(nota)["regels.json"]
    assert nota.gegevens["vorige_hash"] == oproep.gegevens["document"]["regels_hash"]
    inhoud = json.loads(bijlagen(nota)["nota.json"])
    assert inhoud["vragen"] == nota.gegevens["vragen"]
    assert inhoud["regels_hash"] == canonieke_hash(json.loads(bijlagen(nota)["regels.json"]))
    assert inhoud["bekendgemaakt_op"] == nota.moment.isoformat()
    assert "deelnemer" not in bijlagen(nota)["nota.json"]


def test_het_register_als_csv_is_het_register_en_zwijgt_over_de_kluis(spel: Any) -> None:
    [opdracht] = spel.opdrachten("register-van-ontvangst")
    tekst = bijlagen(opdracht)["register.csv"]
    assert [r["sha256"] for r in rijen(tekst)] == [r["sha256"] for r in opdracht.gegevens["rijen"]]
    with lees(spel.motor) as session:
        namen = [*session.exec(select(Coalitie.naam)), *session.exec(select(Coalitie.sleutel))]
        namen += session.exec(select(Organisatie.naam)).all()
        titels = [str(i.inhoud.get("samenvatting", ""))[:40] for i in session.exec(select(Indiening))]
    alles = tekst + json.dumps(opdracht.gegevens["rijen"])
    assert namen
    assert not [n for n in [*namen, *titels] if n and n in alles]


@pytest.mark.parametrize("soort", MET_BIJLAGE)
def test_geen_bijlage_noemt_een_mens(soort: str, spel: Any) -> None:
    teksten = [b.tekst for o in spel.opdrachten(soort) for b in o.bijlagen]
    with lees(spel.motor) as session:
        mensen = session.exec(select(Persoon)).all()
    assert teksten
    assert mensen
    for tekst in teksten:
        woorden = tekst.casefold()
        assert not [p.naam for p in mensen if p.naam.casefold() in woorden]
        assert not [p.naam for p in mensen if re.sub(r"\W+", "-", p.naam.casefold()) in woorden]
        eigen = {m.casefold() for m in re.findall(r"[\w.+-]+@[\w.-]+", tekst)}
        assert not eigen & {p.email.casefold() for p in mensen}


def test_de_toewijzing_is_met_haar_bijlage_na_te_rekenen(spel: Any) -> None:
    [opdracht] = spel.opdrachten("beoordelingsprotocol")
    inhoud = json.loads(bijlagen(opdracht)["toewijzing.json"])
    per_letter: dict[str, int] = {}
    for _, letter in inhoud["paren"]:
        per_letter[letter] = per_letter.get(letter, 0) + 1
    assert per_letter == {k: n for k, n in inhoud["belasting"].items() if n}
    assert not {tuple(p) for p in inhoud["paren"]} & {tuple(p) for p in inhoud["invoer"]["uitgesloten"]}
    assert inhoud["invoer"]["startgetal"] == opdracht.gegevens["regels"]["beoordeling"]["startgetal"]


def test_het_lot_per_paar_staat_erin_zonder_de_sleutel_van_een_mens(spel: Any) -> None:
    with lees(spel.motor) as session:
        ronde = vind.ronde(session, spel.kenmerk)
        d: Any = type("D", (), {"regels": vind.regels(session, ronde)})
    leden = [Beoordelaar(f"mens-{n}", f"afdeling {n % 3}") for n in range(6)]
    letters = {lid.id: f"Beoordelaar {'ABCDEF'[n]}" for n, lid in enumerate(leden)}
    uitkomst = wijs_toe([f"v{n:02}" for n in range(40)], leden, [("v00", "mens-0")], seed="zaad", per_voorstel=3)
    tekst = procesbijlagen.toewijzing(d, uitkomst, letters, [("v00", "mens-0")]).tekst
    inhoud = json.loads(tekst)
    assert "mens-" not in tekst
    assert ["v07", "Beoordelaar C", lotkosten("zaad", "v07", "mens-2")] in inhoud["invoer"]["lot"]
    assert inhoud["certificaat"]["geen_negatieve_kring"] is True
    assert inhoud["invoer"]["uitgesloten"] == [["v00", "Beoordelaar A"]]


def test_het_adviesverslag_draagt_de_uren_zonder_de_firma_van_een_adviseur(spel: Any) -> None:
    [opdracht] = spel.opdrachten("toewijzingsverslag")
    inhoud = json.loads(bijlagen(opdracht)["advies.json"])
    assert inhoud["totaal"] == opdracht.gegevens["totaal"]
    assert all(stap["bewezen"] and stap["waarde"] for stap in inhoud["bewijs"])
    assert [set(a) for a in inhoud["adviseurs"]] == [{"naam", "beschikbaar", "gegeven", "over"}]
    gekregen = sum(int(r["gekregen"]) for r in rijen(bijlagen(opdracht)["advies.csv"]))
    assert gekregen == inhoud["totaal"]["gekregen"]


def test_een_formule_in_een_tekst_wordt_geen_formule() -> None:
    bijlage = procesbijlagen.tabel("x", [{"naam": "=1+1", "leden": ["a", "b"], "leeg": None}], "o",
                                   ("naam", "leden", "leeg"))  # fmt: skip
    assert rijen(bijlage.tekst) == [{"naam": "'=1+1", "leden": "a, b", "leeg": ""}]
