"""What holds over kinds of documents: short letters on one sheet, the remedy of the decision, the words of the town."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.instellingen import WORTEL


@pytest.mark.keten
@pytest.mark.parametrize("soort", ["uitnodiging", "ontvangstbevestiging", "toewijzingsbrief"])
def test_een_korte_brief_is_een_blad(soort: str, opmaker: Opmaker) -> None:
    with pikepdf.open(io.BytesIO(opmaker.render(voorbeeld_opdracht(soort)))) as pdf:
        assert len(pdf.pages) == 1


def test_het_besluit_noemt_het_rechtsmiddel_dat_bij_het_instrument_hoort(opmaker: Opmaker) -> None:
    subsidie = voorbeeld_opdracht("besluit")
    ronde = {**subsidie.gegevens["ronde"], "instrument": "opdracht"}
    anders = {"bezwaar_tot": "", "kort_geding_tot": "2027-06-01", "ronde": ronde}
    opdracht = replace(subsidie, gegevens={**subsidie.gegevens, **anders})
    assert "bezwaar maken tot" in opmaker.html(subsidie)
    html = opmaker.html(opdracht)
    assert "bezwaar maken tot" not in html
    assert "dinsdag 1 juni 2027" in html
    assert "subsidie" not in html.lower().split("wat er nu gebeurt")[1].split("</section>")[0]


def test_de_termen_van_de_gemeente_staan_in_brief_en_oproep(tmp_path: Path) -> None:
    bron = WORTEL / "config" / "huisstijlen" / "maassluis"
    stijl = tmp_path / "maassluis"
    stijl.mkdir()
    (stijl / "logo.svg").write_bytes((bron / "logo.svg").read_bytes())
    tekst = (bron / "huisstijl.toml").read_text(encoding="utf-8").partition("\n[termen]")[0]
    termen = 'inwoners = "wijkbewoners"\nvenster = "rechts"\nklachten = "https://klacht.example"\n'
    (stijl / "huisstijl.toml").write_text(f"{tekst}\n[termen]\n{termen}", encoding="utf-8")
    opmaker = Opmaker(WORTEL / "sjablonen", tmp_path)
    brief, oproep = (
        opmaker.html(replace(voorbeeld_opdracht(s), huisstijl="maassluis")) for s in ("uitnodiging", "oproep")
    )
    assert 'class="envelop rechts"' in brief
    assert "organisaties en wijkbewoners" in brief
    assert 'href="https://klacht.example"' in oproep
