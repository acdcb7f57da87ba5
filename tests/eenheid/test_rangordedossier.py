"""The dossier holds all from which the ranking follows, hides who may not be known, and recomputes itself."""

import copy
import csv
import io
import json
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from aanbesteding.database import maak_motor
from aanbesteding.fouten import Conflict, Invoerfout, NietGevonden
from aanbesteding.herberekenen import herbereken, herbereken_loting, lees_bestand
from aanbesteding.model import Loting
from aanbesteding.procedure import Poort
from aanbesteding.rangordebestand import schrijf_rangordedossier
from aanbesteding.rangordedossier import loting_gegevens, rangordedossier
from aanbesteding.regels import canoniek

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

L = sys.modules["lindeveen"]
BRON = "Staatsloterij, trekking van 10 mei 2027: het winnende lotnummer van de hoofdprijs (getal)"
WEG = "els-van-dalfsen"


@pytest.fixture(scope="module")
def geloot(stadia: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A round with a replaced assessor, a tie at the cut and a draw: every road at once. Only to look at."""
    pad = tmp_path_factory.mktemp("geloot") / "ronde.sqlite"
    shutil.copyfile(stadia["scoren"], pad)
    loper = L.Loper(maak_motor(f"sqlite:///{pad}"))
    loper.doe("vervang_beoordelaar", L.LEIDER, "2027-04-12T09:00", beoordelaar=WEG, reden="Langdurig ziek.")
    with pytest.MonkeyPatch.context() as anders:
        for coalitie in ("zingen-op-dinsdag", "bal-en-koffie"):
            anders.setitem(L.SCORES, coalitie, (4, 4, 4))
        L._beoordeeld(loper)
    loper.doe("loting", L.JURIST, "2027-05-11T10:00", bronnen=[{"naam": BRON, "soort": "getal", "waarden": ["9319"]}],
              getuigen=[L.TWEEDE, L.LEIDER])  # fmt: skip
    assert loper.passeer(Poort.LOTING, "2027-05-11T11:00")
    yield loper
    loper.motor.dispose()


def _json(loper: Any, *rest: Any, **opties: Any) -> dict[str, Any]:
    gegevens: dict[str, Any] = json.loads(canoniek(loper.kijk(lambda s, r: rangordedossier(s, r, *rest, **opties))))
    return gegevens


def test_the_dossier_recomputes_itself(geloot: Any) -> None:
    gegevens = _json(geloot)
    assert herbereken(gegevens) == []
    assert [r["na_loting"] for r in gegevens["rangschikkingen"]] == [False, True]
    assert gegevens["toewijzing"]["gelijk"] is True
    assert gegevens["toewijzing"]["certificaat"]["geen_negatieve_kring"] is True
    assert gegevens["toewijzing"]["vervangingen"][0]["nieuw"]


def _score(g: dict[str, Any]) -> None:
    rij = next(s for s in g["scores"] if s["coalitie"] == "lange-tafel" and s["telt"])
    rij["waarde"] = 2


def _hash(g: dict[str, Any]) -> None:
    g["rangschikkingen"][0]["hash"] = "0" * 64


def _selectie(g: dict[str, Any]) -> None:
    g["rangschikkingen"][-1]["uitkomst"]["rijen"][0]["geselecteerd"] = "nee"


def _gewicht(g: dict[str, Any]) -> None:
    g["regels"][0]["regels"]["criteria"][0]["gewicht"] += 10
    g["regels"][0]["regels"]["criteria"][1]["gewicht"] -= 10


def _lot(g: dict[str, Any]) -> None:
    g["loting"]["volgorde"].reverse()


def _bron(g: dict[str, Any]) -> None:
    g["loting"]["bronnen"][0]["waarden"] = ["9320"]


def _lijst(g: dict[str, Any]) -> None:
    g["rangschikkingen"][0]["uitkomst"]["loting"]["lijst_sha256"] = "1" * 64


def _bedrag(g: dict[str, Any]) -> None:
    g["voorstellen"][0]["bedrag_cent"] += 1


@pytest.mark.parametrize(
    ("knoei", "zin"),
    [
        (_score, "'lange-tafel': het totaal is"),
        (_hash, "de hash past niet bij de rangorde"),
        (_selectie, "de selectie is ja, maar vastgelegd is nee"),
        (_gewicht, "de hash past niet bij de regels"),
        (_lot, "De volgorde klopt niet met de trekkingen"),
        (_bron, "De sleutel klopt niet met de bronnen"),
        (_lijst, "een andere lijst dan vooraf is gepubliceerd"),
        (_bedrag, "het bedrag in centen is"),
    ],
)
def test_every_change_shows(geloot: Any, knoei: Any, zin: str) -> None:
    gegevens = copy.deepcopy(_json(geloot))
    knoei(gegevens)
    assert any(zin in v for v in herbereken(gegevens))


def test_nobody_is_named_unless_asked(geloot: Any) -> None:
    tekst = canoniek(_json(geloot))
    for sleutel in (*L.BEOORDELAARS, L.LEIDER, L.JURIST, L.VOORZITTER, L.TWEEDE):
        assert sleutel not in tekst
    for woord in ("Carla", "Wijnia", "Mijn zus", "ziek", "aydin@"):
        assert woord not in tekst
    intern = canoniek(_json(geloot, namen=True))
    assert "Carla Wijnia" in intern
    assert "Mijn zus zit in het bestuur." in intern


def test_one_objection_holds_its_own_reasons_and_everybody_s_numbers(geloot: Any) -> None:
    eigen = _json(geloot, "tuinstoel")
    redenen = {s["coalitie"]: bool(s["motivering"]) for s in eigen["scores"]}
    assert redenen == {c: c == "tuinstoel" for c in L.COALITIES}
    assert {o["coalitie"] for o in eigen["oordelen"]} == {"tuinstoel"}
    assert {r["gegevens"].get("coalitie") for r in eigen["log"]} <= {None, "tuinstoel", "alle", "overige"}
    assert herbereken(eigen) == []


def test_before_the_ranking_and_for_an_unknown_coalition(lindeveen: Any) -> None:
    with pytest.raises(Conflict, match="nog geen rangorde"):
        _json(lindeveen("scoren"))


def test_an_unknown_coalition(geloot: Any) -> None:
    with pytest.raises(NietGevonden):
        _json(geloot, "tuinstol")


def test_the_zip_is_whole_readable_and_the_same_every_time(geloot: Any, tmp_path: Path) -> None:
    paden = [tmp_path / "een.zip", tmp_path / "twee.zip"]
    for pad in paden:
        assert geloot.kijk(lambda s, r, pad=pad: schrijf_rangordedossier(s, r, pad)) == []
    assert paden[0].read_bytes() == paden[1].read_bytes()
    with zipfile.ZipFile(paden[0]) as archief:
        namen = set(archief.namelist())
        scores = list(csv.DictReader(io.StringIO(archief.read("scores.csv").decode("utf-8-sig")), delimiter=";"))
        assert "in dit dossier? Ja." in archief.read("LEESMIJ.txt").decode()
    assert {"rangordedossier.json", "rangorde.csv", "toewijzing.csv", "log.csv", "manifest.sha256"} <= namen
    assert len(scores) == 63
    assert herbereken(lees_bestand(paden[0])[0]) == []
    assert sorted(p.name for p in tmp_path.glob("*.zip")) == ["een.zip", "twee.zip"]
    assert not list(tmp_path.glob(".een*"))
    with pytest.raises(Conflict, match="bestaat al"):
        geloot.kijk(lambda s, r: schrijf_rangordedossier(s, r, paden[0]))


def test_a_draw_from_the_attachment_of_a_pdf(geloot: Any, tmp_path: Path) -> None:
    gegevens = geloot.kijk(lambda s, r: loting_gegevens(s.get(Loting, 1)))
    pdf, pad = pikepdf.new(), tmp_path / "pv-loting.pdf"
    pdf.add_blank_page()
    pdf.attachments["loting.json"] = pikepdf.AttachedFileSpec(pdf, canoniek(gegevens).encode(), filename="loting.json")
    pdf.attachments["foto.txt"] = pikepdf.AttachedFileSpec(pdf, b"geen json", filename="foto.txt")
    pdf.save(pad)
    [gelezen] = lees_bestand(pad)
    assert herbereken_loting(gelezen) == []
    gelezen["volgorde"].reverse()
    assert herbereken(gelezen) == ["Loting: De volgorde klopt niet met de trekkingen."]


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("x.json", b"{", "geen geldige JSON"),
        ("x.json", b'{"soort": "iets"}', "geen loting en geen rangorde"),
        ("x.json", b"[1]", "geen loting en geen rangorde"),
        ("x.zip", b"geen zip", "geen rangordedossier"),
        ("x.pdf", b"geen pdf", "geen leesbare PDF"),
    ],
)
def test_a_bad_file_gets_a_sentence(tmp_path: Path, naam: str, inhoud: bytes, zin: str) -> None:
    pad = tmp_path / naam
    pad.write_bytes(inhoud)
    with pytest.raises(Invoerfout, match=zin):
        lees_bestand(pad)


def test_missing_parts_are_named() -> None:
    with pytest.raises(Invoerfout, match="regels"):
        herbereken({"soort": "rangordedossier"})
    with pytest.raises(Invoerfout, match="sleutel"):
        herbereken({"soort": "loting", "deelnemers": []})
    with pytest.raises(Invoerfout, match="kan niet worden herberekend"):
        herbereken({"soort": "brief"})
