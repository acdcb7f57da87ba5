"""A rehearsal's script: read strictly, played in order, and the same end after any interruption.

Documents are stored as the JSON of their order, so that a whole round takes seconds; the flows with real
PDFs are tested in tests/keten.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from aanbesteding import logboek
from aanbesteding.database import lees, maak_motor, werk_bij
from aanbesteding.documenten.archief import Archief
from aanbesteding.documenten.opdracht import Opdracht, Opgemaakt
from aanbesteding.fouten import Conflict, Gebruikersfout, Invoerfout
from aanbesteding.handelingen.ontvangst import maak_ontvangsten
from aanbesteding.handelingen.passeren import passeer_direct
from aanbesteding.handelingen.starten import start_ronde
from aanbesteding.model import Adviesuren, Bericht, Document, Indiening
from aanbesteding.oefenmap import MANIFEST, open_oefening, sluit_af, vergelijk
from aanbesteding.oefenronde import lees_verloop, speel
from aanbesteding.overzichten import vind, waker
from aanbesteding.regels import canoniek
from aanbesteding.rondemap import lees_rondemap

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

KLEIN = Path(__file__).parents[1] / "rondes" / "klein"


@pytest.fixture
def ronde(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KLEIN, tmp_path / "ronde"))


class Spel:
    """One database on which the small round is played, as far as asked."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.archief = Archief(folder / "documenten")
        self.motor: Engine = maak_motor(f"sqlite:///{folder}/x.sqlite")
        self.verloop = lees_verloop(KLEIN)
        werk_bij(self.motor)
        if "klein" not in waker.alle_rondes(self.motor):
            start_ronde(self.motor, lees_rondemap(KLEIN), nu=self.verloop[0].moment, door="oefening")

    def maak(self, opdrachten: Sequence[Opdracht]) -> list[Opgemaakt]:
        inhouden = [canoniek(o.gegevens).encode() for o in opdrachten]
        return [Opgemaakt(o, self.archief.bewaar(i), len(i)) for o, i in zip(opdrachten, inhouden, strict=True)]

    def speel(self, stappen: int = 10_000, *, half: bool = False) -> None:
        """`half` breaks off after the events of the last step, before its gates."""
        for nummer, stap in enumerate(speel(self.motor, "klein", self.verloop), 1):
            if half and nummer == stappen:
                return
            if stap.werk_bij:
                maak_ontvangsten(self.motor, "klein", nu=stap.moment, maak=self.maak)
                while (k := waker.volgende_poort(self.motor, "klein", stap.moment)) is not None:
                    assert passeer_direct(self.motor, "klein", k.poort, k.nummer, stap.moment, maak=self.maak)
            if nummer == stappen:
                return

    def einde(self) -> tuple[str, str, list[dict[str, str]], list[str]]:
        with lees(self.motor) as session:
            ronde = vind.ronde(session, "klein")
            assert ronde.id
            assert logboek.controleer(session, ronde.id) == []
            laatste = logboek.laatste(session, ronde.id)
            assert laatste
            post = sorted(session.exec(select(Bericht.message_id)))
        return ronde.fase, laatste.hash, waker.documenttabel(self.motor, "klein"), post


@pytest.fixture(scope="module")
def heel(tmp_path_factory: pytest.TempPathFactory) -> Spel:
    spel = Spel(tmp_path_factory.mktemp("heel"))
    spel.speel()
    return spel


def test_de_kleine_ronde_komt_tot_de_afsluiting(heel: Spel) -> None:
    fase, _, documenten, post = heel.einde()
    assert fase == "afgesloten"
    assert waker.blokkades(heel.motor, "klein", heel.verloop[-1].moment) == []
    assert len({d["kenmerk"] for d in documenten}) == len(documenten)
    assert len(set(post)) == len(post) > 0


def test_elke_indiening_heeft_een_ontvangst_en_een_tweede_keer_doet_niets(heel: Spel) -> None:
    with lees(heel.motor) as session:
        soort = Document.soort == "ontvangstbevestiging"
        aantal = len(session.exec(select(Document).where(soort)).all())
        assert aantal == len(session.exec(select(Indiening)).all()) == 4
    uitslag = maak_ontvangsten(heel.motor, "klein", nu=heel.verloop[-1].moment, maak=heel.maak)
    assert (uitslag.gemaakt, uitslag.mislukt) == ([], [])


def test_een_kapot_sjabloon_houdt_andere_ontvangsten_niet_tegen(heel: Spel, tmp_path: Path) -> None:
    spel = Spel(tmp_path / "kapot")

    def maak(opdrachten: Sequence[Opdracht]) -> list[Opgemaakt]:
        if opdrachten[0].bestandsnaam.startswith("ontvangstbevestiging_samen-leren"):
            raise Invoerfout("het sjabloon is kapot")
        return spel.maak(opdrachten)

    mislukt: list[str] = []
    for stap in speel(spel.motor, "klein", spel.verloop):
        if stap.werk_bij:
            mislukt = maak_ontvangsten(spel.motor, "klein", nu=stap.moment, maak=maak).mislukt
            while (k := waker.volgende_poort(spel.motor, "klein", stap.moment)) is not None:
                passeer_direct(spel.motor, "klein", k.poort, k.nummer, stap.moment, maak=spel.maak)
        if stap.klaar > 30 and mislukt and waker.volgende_poort(spel.motor, "klein", stap.moment) is None:
            break
    assert mislukt == ["het sjabloon is kapot"]
    uitslag = maak_ontvangsten(spel.motor, "klein", nu=stap.moment, maak=spel.maak)
    assert [k for k in uitslag.gemaakt if "samen-leren" in k]


def test_de_adviseur_is_wie_is_toegewezen(heel: Spel) -> None:
    with lees(heel.motor) as session:
        assert session.exec(select(Adviesuren.uren)).all() == [6]


@pytest.mark.parametrize(("stappen", "half"), [(5, True), (17, False), (30, True), (90, True)])
def test_na_een_onderbreking_is_het_einde_gelijk(heel: Spel, tmp_path: Path, stappen: int, half: bool) -> None:
    Spel(tmp_path / "spel").speel(stappen, half=half)
    opnieuw = Spel(tmp_path / "spel")
    opnieuw.speel()
    assert opnieuw.einde() == heel.einde()


def test_opnieuw_spelen_na_het_einde_verandert_niets(heel: Spel) -> None:
    eerst = heel.einde()
    heel.speel()
    assert heel.einde() == eerst


def test_het_verloop_staat_op_volgorde_met_eigen_sleutels() -> None:
    verloop = lees_verloop(KLEIN)
    assert [g.moment for g in verloop] == sorted(g.moment for g in verloop)
    assert len({g.sleutel for g in verloop}) == len(verloop) == 167


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        (
            'handeling = "besluit"',
            'handeling = "besluiten"',
            "gebeurtenis 2: handeling: 'besluiten' bestaat niet. Bedoelt u 'besluit'",
        ),
        (
            'wie = "wim-wethouder"',
            'wie = "wim-wethoude"',
            "gebeurtenis 2: wie: 'wim-wethoude' doet niet mee. Bedoelt u 'wim-wethouder'",
        ),
        ("moment = 2026-12-22T10:00:00", "moment = 2026-12-22", "gebeurtenis 2: moment: geef een datum met tijd"),
        ('soort = "vrijgave"', 'soort = "vrijlating"', "gebeurtenis 2: besluit: soort"),
        ('uitkomst = "conform"', 'uitkomts = "conform"', "gebeurtenis 2: besluit: uitkomts: deze sleutel bestaat niet"),
        ("[[gebeurtenis]]\nmoment = 2026-12-22", "[[gebeurtenissen]]\nmoment = 2026-12-22", "bestaat niet"),
        ('wie = "wim-wethouder"', "wie = ", "geen geldige"),
    ],
)  # fmt: skip
def test_een_fout_noemt_bestand_en_gebeurtenis(ronde: Path, oud: str, nieuw: str, melding: str) -> None:
    pad = ronde / "verloop" / "01-start.toml"
    assert oud in pad.read_text()
    pad.write_text(pad.read_text().replace(oud, nieuw, 1))
    with pytest.raises(Invoerfout) as fout:
        lees_verloop(ronde)
    assert melding in str(fout.value)
    assert "01-start.toml" in str(fout.value)


def test_een_fout_in_een_tabel_noemt_de_rij(ronde: Path) -> None:
    pad = ronde / "verloop" / "score.csv"
    regels = pad.read_text().splitlines()
    regels[4] = (
        regels[4].replace(";effect;", ";effect;veel", 1)
        if ";effect;" in regels[4]
        else regels[4].replace("2027", "x", 1)
    )
    pad.write_text("\n".join(regels))
    with pytest.raises(Invoerfout, match=r"score\.csv, rij 5"):
        lees_verloop(ronde)


def test_een_handeling_die_wordt_geweigerd_noemt_haar_plek(tmp_path: Path, ronde: Path) -> None:
    spel = Spel(tmp_path / "spel")
    pad = ronde / "verloop" / "01-start.toml"
    pad.write_text(pad.read_text().replace('tweede = "wilma-wethouder"', 'tweede = "wim-wethouder"', 1))
    spel.verloop = lees_verloop(ronde)
    with pytest.raises(Gebruikersfout, match=r"01-start\.toml, gebeurtenis 2.*vier ogen"):
        spel.speel()


# ---------------------------------------------------------------- the data folder


def test_een_map_met_andere_gegevens_wordt_nooit_aangeraakt(tmp_path: Path) -> None:
    (tmp_path / "echt").mkdir()
    (tmp_path / "echt" / "aanbesteding.sqlite").write_text("echte gegevens")
    with pytest.raises(Conflict, match="niet van een oefenronde"):
        open_oefening(KLEIN, tmp_path / "echt")
    assert [p.name for p in (tmp_path / "echt").iterdir()] == ["aanbesteding.sqlite"]


def test_een_echte_ronde_is_geen_oefening(ronde: Path, tmp_path: Path) -> None:
    pad = ronde / "ronde.toml"
    pad.write_text(pad.read_text().replace("oefening = true", "oefening = false"))
    with pytest.raises(Conflict, match="geen oefening"):
        open_oefening(ronde, tmp_path / "x")


def test_half_wordt_hervat_klaar_of_veranderd_begint_opnieuw(ronde: Path, tmp_path: Path, heel: Spel) -> None:
    doel = tmp_path / "oefening"
    assert not open_oefening(ronde, doel).hervat
    assert open_oefening(ronde, doel).hervat
    (ronde / "verloop" / "01-start.toml").open("a").write("\n# anders\n")
    assert not open_oefening(ronde, doel).hervat
    oefening = open_oefening(ronde, doel)
    manifest = sluit_af(heel.motor, oefening, [])
    assert (doel / MANIFEST).is_file()
    volgende = open_oefening(ronde, doel)
    assert not volgende.hervat
    assert volgende.vorige == manifest
    assert vergelijk(manifest, manifest) == []
    anders = {
        **manifest,
        "logboek": "0",
        "documenten": [{**manifest["documenten"][0], "sha256": "0"}, *manifest["documenten"][2:]],
    }
    assert len(vergelijk(manifest, anders)) == 3
