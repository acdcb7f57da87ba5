"""The file of a round: whole, repeatable, checkable without us, described for the archive, and a public version."""

import csv
import hashlib
import importlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree  # type: ignore[import-untyped]
from sqlmodel import select

from aanbesteding.cli.app import draai
from aanbesteding.database import lees, maak_motor, werk_bij
from aanbesteding.documenten.archief import Archief
from aanbesteding.documenten.bewaren import bewaring
from aanbesteding.documenten.poortuitleg import POORTTITEL
from aanbesteding.documenten.soorten import alle_soorten, soort
from aanbesteding.dossier import controleer_dossier, maak_dossier
from aanbesteding.dossier.formaat import ONBEKEND, pdf_formaat
from aanbesteding.dossier.mdto import NAMESPACE
from aanbesteding.fouten import Conflict, Controlefout, Invoerfout, NietGevonden
from aanbesteding.instellingen import instellingen
from aanbesteding.model import Document, Persoon
from aanbesteding.overzichten import vind
from aanbesteding.procedure import PROCEDURE, Poort

minironde = importlib.import_module("minironde")

Q = f"{{{NAMESPACE}}}"
INFORMATIEOBJECT = [
    "identificatie", "naam", "aggregatieniveau", "classificatie", "trefwoord", "omschrijving", "dekkingInTijd",
    "dekkingInRuimte", "taal", "event", "waardering", "bewaartermijn", "informatiecategorie", "isOnderdeelVan",
    "bevatOnderdeel", "heeftRepresentatie", "archiefvormer", "betrokkene", "activiteit", "beperkingGebruik",
]  # fmt: skip
"""The order of MDTO-XML1.0.1.xsd, of the elements that we use."""
VERPLICHT = {"identificatie", "naam", "waardering", "archiefvormer", "beperkingGebruik"}
BESTAND = ["identificatie", "naam", "omvang", "bestandsformaat", "checksum", "isRepresentatieVan"]


@dataclass
class Gesloten:
    """A played round with its archive; `maak` writes its file."""

    gespeeld: Any
    archief: Archief

    def maak(self, doel: Path, **opties: Any) -> Path:
        with lees(self.gespeeld.motor) as session:
            maak_dossier(session, vind.ronde(session, self.gespeeld.kenmerk), self.archief, doel, **opties)
        return doel


def _speel(map_: Path, tot: Poort | None = None) -> Gesloten:
    motor = maak_motor(f"sqlite:///{map_ / 'klein.sqlite'}")
    werk_bij(motor)
    gespeeld, archief = minironde.speel_af(motor, tot=tot), Archief(map_ / "documenten")
    for s in gespeeld.stukken:
        archief.bewaar(json.dumps([s.opdracht.kenmerk, s.opdracht.gegevens], sort_keys=True).encode())
    return Gesloten(gespeeld, archief)


@pytest.fixture(scope="module")
def gesloten(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gesloten]:
    uit = _speel(tmp_path_factory.mktemp("dossier"))
    yield uit
    uit.gespeeld.motor.dispose()


@pytest.fixture(scope="module")
def lopend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gesloten]:
    uit = _speel(tmp_path_factory.mktemp("lopend"), Poort.OPROEP)
    yield uit
    uit.gespeeld.motor.dispose()


@pytest.fixture(scope="module")
def folder(gesloten: Gesloten, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gesloten.maak(tmp_path_factory.mktemp("uit") / "dossier")


@pytest.fixture(scope="module")
def openbaar(gesloten: Gesloten, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gesloten.maak(tmp_path_factory.mktemp("uit") / "openbaar", alleen_openbaar=True)


def _tabel(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "index.csv").read_text("utf-8-sig")), delimiter=";"))


def _xml(pad: Path) -> Any:
    return etree.parse(str(pad)).getroot()[0]


def _pad(x: Any, *namen: str) -> str:
    return str(x.findtext("/".join(f"{Q}{n}" for n in namen)))


# ---------------------------------------------------------------- writing and checking


def test_the_same_round_gives_the_same_zip_and_it_equals_the_folder(
    gesloten: Gesloten, folder: Path, tmp_path: Path
) -> None:
    een, twee = (gesloten.maak(tmp_path / f"{n}.zip") for n in "ab")
    assert een.read_bytes() == twee.read_bytes()
    with zipfile.ZipFile(een) as archief:
        inhoud = {n: archief.read(n) for n in archief.namelist()}
    assert inhoud == {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert list(inhoud) == sorted(inhoud)


def test_coreutils_agrees_with_the_manifest(gesloten: Gesloten, tmp_path: Path) -> None:
    if not (opdracht := shutil.which("sha256sum")):
        pytest.skip("sha256sum (coreutils) staat niet op deze machine")
    with zipfile.ZipFile(gesloten.maak(tmp_path / "d.zip")) as archief:
        archief.extractall(tmp_path / "uit")
    gelopen = subprocess.run([opdracht, "-c", "--strict", "manifest.sha256"], cwd=tmp_path / "uit",
                             capture_output=True, text=True, check=False)  # fmt: skip
    assert gelopen.returncode == 0, gelopen.stdout
    regels = gelopen.stdout.splitlines()
    assert len(regels) == sum(p.is_file() for p in (tmp_path / "uit").rglob("*")) - 1
    assert all(r.endswith((": OK", ": in orde")) for r in regels)


def test_a_whole_file_checks_out_and_gives_the_last_hash(folder: Path) -> None:
    uit = controleer_dossier(folder)
    log = [json.loads(r) for r in (folder / "log.jsonl").read_text("utf-8").splitlines()]
    assert (uit.fouten, uit.logregels, uit.loghash) == ((), len(log), log[-1]["hash"])
    assert log[-1]["hash"] in (folder / "index.html").read_text("utf-8")


def _manifest_opnieuw(folder: Path) -> None:
    """What a clever forger would do: bring the manifest along."""
    from aanbesteding.documenten.archief import controlegetal

    paden = [r.partition("  ")[2] for r in (folder / "manifest.sha256").read_text().splitlines()]
    regels = [f"{controlegetal((folder / p).read_bytes())}  {p}\n" for p in paden if (folder / p).is_file()]
    (folder / "manifest.sha256").write_text("".join(regels))


def _log(folder: Path, n: int, **anders: Any) -> None:
    regels = (folder / "log.jsonl").read_text("utf-8").splitlines()
    regels[n] = json.dumps(json.loads(regels[n]) | anders)
    (folder / "log.jsonl").write_text("\n".join(regels) + "\n", "utf-8")


def _zonder_regel(folder: Path) -> None:
    regels = (folder / "log.jsonl").read_text("utf-8").splitlines()
    (folder / "log.jsonl").write_text("\n".join(regels[:3] + regels[4:]) + "\n", "utf-8")


def _ander_bedrag(folder: Path) -> None:
    pad = folder / "regels/versie-1.json"
    inhoud = json.loads(pad.read_text("utf-8"))
    inhoud["regels"]["verdeling"]["plafond_euro"] += 1
    pad.write_text(json.dumps(inhoud), "utf-8")


@pytest.mark.parametrize(
    ("bederf", "opnieuw", "melding"),
    [
        (lambda f: next(f.rglob("*.pdf")).write_bytes(b"anders"), False, "is veranderd"),
        (lambda f: next(f.rglob("*.pdf")).unlink(), False, "ontbreekt"),
        (lambda f: (f / "extra.txt").write_text("x"), False, "staat niet in manifest.sha256"),
        (lambda f: next(f.rglob("*oproep.pdf")).write_bytes(b"anders"), True, "maar niet in het dossier"),
        (lambda f: _log(f, 4, actor="een-ander"), True, "na het vastleggen veranderd"),
        (_zonder_regel, True, "sluit niet aan"),
        (lambda f: _log(f, 2, moment="geen moment"), True, "niet te lezen"),
        (_ander_bedrag, True, "horen niet bij hun controlegetal"),
        (lambda f: (f / "manifest.sha256").write_text("x  ../y\n"), False, "geen controlegetal met een pad"),
    ],
)
def test_every_change_is_found(folder: Path, tmp_path: Path, bederf: Any, opnieuw: bool, melding: str) -> None:
    kopie = tmp_path / "kopie"
    shutil.copytree(folder, kopie)
    bederf(kopie)
    if opnieuw:
        _manifest_opnieuw(kopie)
    assert any(melding in f for f in controleer_dossier(kopie).fouten)


def test_what_is_no_file_of_a_round_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"geen zip")
    with pytest.raises(Invoerfout):
        controleer_dossier(tmp_path / "x.zip")
    with pytest.raises(Invoerfout, match="ontbreekt"):
        controleer_dossier(tmp_path)
    with pytest.raises(NietGevonden):
        controleer_dossier(tmp_path / "weg.zip")


def test_the_command_checks_without_a_database(folder: Path, tmp_path: Path, capsys: Any) -> None:
    assert draai(["controleer", str(folder)]) == 0
    assert "in orde" in capsys.readouterr().out
    kopie = tmp_path / "kopie"
    shutil.copytree(folder, kopie)
    (kopie / "index.csv").write_text("x")
    assert draai(["controleer", str(kopie)]) == 7
    assert "'index.csv' is veranderd" in capsys.readouterr().err


def test_nothing_is_overwritten_and_nothing_is_left_half(gesloten: Gesloten, tmp_path: Path) -> None:
    (tmp_path / "bestaat").mkdir()
    with pytest.raises(Conflict):
        gesloten.maak(tmp_path / "bestaat")
    kaal = Gesloten(gesloten.gespeeld, Archief(tmp_path / "leeg"))
    with pytest.raises((NietGevonden, Controlefout)):
        kaal.maak(tmp_path / "d.zip")
    assert [p.name for p in tmp_path.iterdir()] == ["bestaat"]


# ---------------------------------------------------------------- metadata


def test_every_record_and_every_file_has_its_sidecar_in_the_order_of_the_schema(folder: Path) -> None:
    pdfs = list(folder.rglob("*.pdf"))
    assert pdfs
    for pdf in pdfs:
        info, bestand = _xml(pdf.with_suffix(".mdto.xml")), _xml(pdf.with_name(pdf.name + ".bestand.mdto.xml"))
        namen = [k.tag.removeprefix(Q) for k in info]
        assert sorted(namen, key=INFORMATIEOBJECT.index) == namen
        assert set(namen) >= VERPLICHT
        assert [k.tag.removeprefix(Q) for k in bestand] == BESTAND
        assert _pad(bestand, "omvang") == str(pdf.stat().st_size)
        assert _pad(bestand, "isRepresentatieVan", "verwijzingIdentificatie", "identificatieKenmerk") == _pad(
            info, "identificatie", "identificatieKenmerk"
        )


def test_the_levels_point_at_each_other(folder: Path) -> None:
    [top] = [p for p in folder.glob("*.mdto.xml") if not p.name.startswith("log.")]
    kind = set(_kenmerken(_xml(top), "bevatOnderdeel"))
    for poort in (folder / "documenten").iterdir():
        x = _xml(poort / f"{poort.name}.mdto.xml")
        assert _pad(x, "identificatie", "identificatieKenmerk") in kind
        assert _kenmerken(x, "isOnderdeelVan") == [_pad(_xml(top), "identificatie", "identificatieKenmerk")]
        stukken = {_pad(_xml(p.with_suffix(".mdto.xml")), "identificatie", "identificatieKenmerk")
                   for p in poort.glob("*.pdf")}  # fmt: skip
        assert set(_kenmerken(x, "bevatOnderdeel")) == stukken


def _kenmerken(x: Any, naam: str) -> list[str]:
    return [_pad(k, "verwijzingIdentificatie", "identificatieKenmerk") for k in x.findall(f"{Q}{naam}")]


def test_index_table_and_metadata_say_the_same_about_retention_and_openness(folder: Path) -> None:
    soorten = alle_soorten(instellingen().sjablonen_map)
    for rij in _tabel(folder):
        x = _xml((folder / rij["pad"]).with_suffix(".mdto.xml"))
        termijn = soorten[rij["soort"]].metadata.bewaartermijn
        assert _pad(x, "waardering", "begripCode") == ("V" if termijn.jaren else "B")
        assert (x.find(f"{Q}bewaartermijn") is None) == (termijn.jaren is None)
        if termijn.jaren:
            begin, einde = (_pad(x, "bewaartermijn", f"termijn{n}") for n in ("StartdatumLooptijd", "Einddatum"))
            assert date.fromisoformat(begin).year + termijn.jaren == date.fromisoformat(einde).year
            assert _pad(x, "bewaartermijn", "termijnLooptijd") == f"P{termijn.jaren}Y"
            assert rij["bewaren_tot"][-4:] == einde[:4]
        else:
            assert rij["bewaren_tot"] == "blijvend bewaren"
        dicht = "Niet openbaar" if rij["openbaar"] == "nee" else "Openbaar"
        assert _pad(x, "beperkingGebruik", "beperkingGebruikType", "begripLabel") == dicht
        assert ("Woo" in rij["reden_niet_openbaar"]) == (rij["openbaar"] == "nee")


def test_a_running_round_has_terms_without_an_end(lopend: Gesloten, tmp_path: Path) -> None:
    folder = lopend.maak(tmp_path / "d")
    x = _xml(next(folder.rglob("*_oproep.mdto.xml")))
    assert _pad(x, "bewaartermijn", "termijnLooptijd") == "P7Y"
    assert x.find(f"{Q}bewaartermijn/{Q}termijnEinddatum") is None
    assert {r["bewaren_tot"] for r in _tabel(folder)} == {"nog niet bekend"}
    assert "De ronde loopt nog" in (folder / "index.html").read_text("utf-8")
    assert controleer_dossier(folder).fouten == ()


def test_no_person_is_named_in_the_metadata(gesloten: Gesloten, folder: Path) -> None:
    with lees(gesloten.gespeeld.motor) as session:
        namen = list(session.exec(select(Persoon.naam)))
    tekst = "".join(p.read_text("utf-8") for p in folder.rglob("*.mdto.xml"))
    assert namen
    assert [n for n in namen if n in tekst] == []


# ---------------------------------------------------------------- the public version


def test_the_public_file_holds_exactly_the_public_documents(gesloten: Gesloten, openbaar: Path) -> None:
    with lees(gesloten.gespeeld.motor) as session:
        alle = session.exec(select(Document)).all()
    assert {r["kenmerk"] for r in _tabel(openbaar)} == {d.kenmerk for d in alle if d.openbaar}
    assert len(list(openbaar.rglob("*.pdf"))) == sum(d.openbaar for d in alle) < len(alle)
    assert not (openbaar / "log.jsonl").exists()
    assert not (openbaar / "regels").exists()
    assert controleer_dossier(openbaar).logregels is None


def test_the_public_file_names_nobody_and_no_closed_record(gesloten: Gesloten, openbaar: Path) -> None:
    with lees(gesloten.gespeeld.motor) as session:
        verboden = [*session.exec(select(Persoon.naam)), *session.exec(select(Persoon.email))]
        verboden += [d.kenmerk for d in session.exec(select(Document)) if not d.openbaar]
    tekst = "".join(p.read_text("utf-8-sig") for p in openbaar.rglob("*") if p.is_file() and p.suffix != ".pdf")
    assert [v for v in verboden if f"{v}<" in tekst or f"{v};" in tekst or f" {v} " in tekst] == []


# ---------------------------------------------------------------- sealed


def _klein_pdf(titel: str) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = titel
        pdf.save(buffer)
    return buffer.getvalue()


def _klopt_met_bestand(folder: Path, rij: dict[str, str]) -> bool:
    """Index, manifest and MDTO all tell of the sealed bytes."""
    ruw = (folder / rij["pad"]).read_bytes()
    som = hashlib.sha256(ruw).hexdigest()
    mdto = _xml(folder / f"{rij['pad']}.bestand.mdto.xml")
    return (
        rij["sha256"] == som == _pad(mdto, "checksum", "checksumWaarde")
        and int(rij["bytes"]) == len(ruw) == int(_pad(mdto, "omvang"))
        and f"{som}  {rij['pad']}" in (folder / "manifest.sha256").read_text()
    )


def test_a_sealed_file_tells_of_the_sealed_bytes_and_still_proves_the_log(tmp_path: Path) -> None:
    from aanbesteding.documenten.opdracht import Opdracht, Opgemaakt
    from aanbesteding.documenten.zegel import lees_zegel, verzegelaar
    from aanbesteding.documenten.zegel_controle import controleer_zegels
    from aanbesteding.documenten.zegel_keuze import lees_vertrouwen
    from aanbesteding.documenten.zegel_oefen import maak_oefenzegel
    from aanbesteding.instellingen import Instellingen

    archief, gekozen = Archief(tmp_path / "documenten"), Instellingen(data_map=tmp_path)

    def maak(o: Opdracht) -> Opgemaakt:
        inhoud = _klein_pdf(o.kenmerk)
        return Opgemaakt(o, archief.bewaar(inhoud), len(inhoud))

    motor = maak_motor(f"sqlite:///{tmp_path / 'klein.sqlite'}")
    werk_bij(motor)
    nu = datetime(2026, 11, 24, tzinfo=UTC)
    zegel = verzegelaar(lees_zegel(maak_oefenzegel(gekozen.zegel_map, nu, "Proef"), ""), nu, "Proef")
    ronde = Gesloten(minironde.speel_af(motor, tot=Poort.OPROEP, maak=maak), archief)
    (tmp_path / "uit").mkdir()
    folder = ronde.maak(tmp_path / "uit" / "dossier", zegel=zegel)
    motor.dispose()

    rijen = _tabel(folder)
    assert rijen
    assert all(_klopt_met_bestand(folder, r) for r in rijen)
    for r in rijen:
        ruw = (folder / r["pad"]).read_bytes()
        assert ruw.startswith(archief.lees(r["sha256_archief"]))
        assert all(z.goed for z in controleer_zegels(ruw, lees_vertrouwen(gekozen)))
    assert rijen[0]["sha256_archief"] in (folder / "index.html").read_text("utf-8")
    assert controleer_dossier(folder).fouten == ()
    assert [p.name for p in (tmp_path / "uit").iterdir()] == ["dossier"]

    pad = folder / rijen[0]["pad"]
    pad.write_bytes(zegel(_klein_pdf("een ander document")))
    _manifest_opnieuw(folder)
    assert any("maar niet in het dossier" in f for f in controleer_dossier(folder).fouten)


# ---------------------------------------------------------------- parts


def test_retention_counts_from_the_year_after_closing() -> None:
    sjablonen = instellingen().sjablonen_map
    oproep, rapport = soort("oproep", sjablonen), soort("effectrapport", sjablonen)
    gesloten = bewaring(oproep, date(2029, 6, 18))
    assert (gesloten.tot, gesloten.begin, gesloten.categorie) == (date(2037, 1, 1), date(2030, 1, 1), "8")
    assert gesloten.tekst == "Bewaren tot 1 januari 2037"
    assert bewaring(oproep, None).tot is None
    assert "nog zonder einddatum" in bewaring(oproep, None).tekst
    assert bewaring(rapport, date(2029, 6, 18)).tekst == "Blijvend bewaren"


def test_every_gate_is_explained() -> None:
    assert {r.poort.value for r in PROCEDURE} < set(POORTTITEL)


@pytest.mark.parametrize(
    ("deel", "niveau", "puid"),
    [("3", "A", "fmt/479"), ("2", "A", "fmt/476"), ("3", "B", "fmt/480"), ("", "", "fmt/276")],
)
def test_the_format_is_what_the_file_says(deel: str, niveau: str, puid: str) -> None:
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if deel:
            with pdf.open_metadata() as xmp:
                xmp["pdfaid:part"], xmp["pdfaid:conformance"] = deel, niveau
        pdf.save(buffer, force_version="1.7")
    assert pdf_formaat(buffer.getvalue()).puid == puid
    assert pdf_formaat(b"geen pdf") == ONBEKEND


def test_the_procesdossier_carries_its_index_as_table_and_as_data(gesloten: Gesloten) -> None:
    [stuk] = gesloten.gespeeld.soort("procesdossier")
    tabel, data = stuk.opdracht.bijlagen
    rijen = list(csv.DictReader(io.StringIO(tabel.tekst.removeprefix("\ufeff")), delimiter=";"))
    gegevens = json.loads(data.tekst)
    assert [r["sha256"] for r in rijen] == [r["sha256"] for r in gegevens["rijen"]]
    assert gegevens["logboek"] == stuk.opdracht.gegevens["logboek"]
    assert sum(p["aantal"] for p in gegevens["poorten"]) == len(rijen) > 0
    volgorde = [r.poort.value for r in PROCEDURE]
    assert [p["poort"] for p in gegevens["poorten"] if p["passages"]] == [
        p for p in volgorde if p in {q["poort"] for q in gegevens["poorten"]}
    ]


def test_the_index_of_the_pdf_and_of_the_folder_agree_on_retention(gesloten: Gesloten, folder: Path) -> None:
    """Two pages about one record may not name two dates."""
    [stuk] = gesloten.gespeeld.soort("procesdossier")
    in_pdf = {r["kenmerk"]: r["bewaren_tot"] or "" for r in stuk.opdracht.gegevens["rijen"]}
    in_map = {r["kenmerk"]: r["bewaren_tot"] for r in _tabel(folder)}
    for kenmerk, tot in in_pdf.items():
        dag = f"{tot[8:]}-{tot[5:7]}-{tot[:4]}" if tot else "blijvend bewaren"
        assert in_map[kenmerk] == dag


def test_a_title_cannot_run_as_a_formula() -> None:
    from aanbesteding.documenten.gegevens.procesdossier import _cel as in_pdf
    from aanbesteding.dossier.overzicht import _cel as in_map

    for gevaar in ("=1+1", "+31", "-x", "@som"):
        assert in_pdf(gevaar) == in_map(gevaar) == f"'{gevaar}"
    assert in_pdf("") == in_map("") == ""
