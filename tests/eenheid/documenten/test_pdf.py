"""What the pipeline adds to WeasyPrint: structure over pages, metadata, attachments, and always the same bytes."""

import hashlib
import importlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pikepdf
import pytest
from weasyprint.text.fonts import FontConfiguration

from aanbesteding.documenten.opdracht import Bijlage
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.pdf import LokaleBestanden, naar_pdf
from aanbesteding.documenten.pdf_lezen import PdfKenmerken, lees_kenmerken
from aanbesteding.documenten.pdf_structuur.haak import controleer_versie
from aanbesteding.documenten.tekens import controleer_invoer
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.fouten import Invoerfout, Omgevingsfout
from aanbesteding.instellingen import WORTEL

pytestmark = pytest.mark.keten  # real PDFs

conformhulp: Any = importlib.import_module("conformhulp")

HUISSTIJL = WORTEL / "sjablonen" / "huisstijl"
MOMENT = datetime(2027, 5, 1, 10, tzinfo=UTC)
BIJLAGEN = (
    Bijlage("scores.csv", "voorstel,score\nA,7\n", "De scores als tabel"),
    Bijlage("besluit.json", '{"a": 1}', "Het besluit als gegevens"),
)
STIJL = """<style>@page { size: A6; margin: 10mm; @top-left { content: element(kop) } } .kop { position: running(kop) }
.noot { float: footnote } h1, h2 { bookmark-level: 1 } html { font-family: Documentletter }</style>"""


@pytest.fixture(scope="module")
def maak() -> Callable[..., bytes]:
    """A PDF of this body, without template or house style."""
    from weasyprint import CSS

    lettertypen, bestanden = FontConfiguration(), LokaleBestanden([HUISSTIJL])
    blad = CSS(filename=HUISSTIJL / "lettertypen.css", font_config=lettertypen, url_fetcher=bestanden)
    kop = f"<title>Proef</title><meta name=dcterms.created content={MOMENT:%Y-%m-%dT%H:%M:%SZ}>"

    def pdf(romp: str, *, taal: str = "lang=nl-NL", **anders: Any) -> bytes:
        html = f"<!doctype html><html {taal}>{kop}{STIJL}<body><div class=kop>Loopkop</div><main>{romp}</main></html>"
        vast = {"basis": HUISSTIJL, "bladen": [blad], "lettertypen": lettertypen, "bestanden": bestanden}
        return naar_pdf(html, waarden={}, **(vast | anders))

    return pdf


def boom(inhoud: bytes) -> Any:
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        return conformhulp.lees_boom(pdf)


def vorm(tak: Any) -> str:
    """The tree on one line, e.g. 'L(LI(Lbl LBody))'."""
    binnen = " ".join(vorm(t) for t in tak.takken())
    return f"{tak.rol}({binnen})" if binnen else tak.rol


def rijen(aantal: int) -> str:
    return "".join(f"<tr><th scope=row>rij {n}</th><td>waarde {n}</td></tr>" for n in range(aantal))


def test_een_tabel_over_drie_bladen_is_een_tabel_met_een_kop(maak: Callable[..., bytes]) -> None:
    kop = "<caption>Titel</caption><thead><tr><th scope=col>Wat</th><th scope=col>Hoeveel</th></tr></thead>"
    inhoud = maak(f"<h1>Proef</h1><table>{kop}<tbody>{rijen(60)}</tbody></table>")
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert len(pdf.pages) >= 3
    gelezen = boom(inhoud)
    tabellen = [t for t in gelezen.alle() if t.rol == "Table"]
    assert [t.rol for t in tabellen[0].takken()] == ["Caption", "THead", "TBody"]
    assert len(tabellen) == 1
    assert len(tabellen[0].takken()[2].takken()) == 60
    assert gelezen.tekst().count("Hoeveel") == 1
    assert "Loopkop" not in gelezen.tekst()
    bereik = [t.kenmerken["/A"]["/Scope"] for t in gelezen.alle() if t.rol == "TH"]
    assert bereik == ["/Column"] * 2 + ["/Row"] * 60
    assert conformhulp.afkeuring(inhoud) == []
    assert conformhulp.gebreken(inhoud) == []


def test_een_alinea_en_een_lijst_over_twee_bladen_blijven_een_geheel(maak: Callable[..., bytes]) -> None:
    lijst = "".join(f"<li>punt {n}</li>" for n in range(40))
    gelezen = boom(maak(f"<h1>Proef</h1><p>{'woord ' * 600}</p><ol>{lijst}</ol>"))
    assert [t.rol for t in gelezen.takken()[0].takken()] == ["H1", "P", "L"]
    punten = gelezen.takken()[0].takken()[2].takken()
    assert [vorm(p) for p in punten] == ["LI(Lbl LBody)"] * 40
    assert len({blad for blad, _ in gelezen.takken()[0].takken()[1].merken}) > 1


@pytest.mark.parametrize(
    ("romp", "verwacht"),
    [
        ("<ul><li>een<ul><li>twee</ul></ul>", "L(LI(Lbl LBody(L(LI(Lbl LBody)))))"),
        ("<dl><dt>a<dt>b<dd>c<dt>d<dd>e</dl>", "L(LI(Lbl Lbl LBody) LI(Lbl LBody))"),
        ("<div>los <b>vet</b><div>blok</div>na</div>", "P P P"),
        ("<p>voor <span lang=en>the word</span> na", "P(Span)"),
        ("<nav><ol><li><a href=#x>X</a></ol></nav><p id=x>x", "Div(TOC(TOCI(Lbl Reference(Link)))) P"),
        ("<p aria-hidden=true>sier<p>tekst", "P"),
        ("<p>a<br>b</p><p></p><div><span></span></div>", "P"),
        ("<p><img src=fonts/../../../huisstijl/logo.svg alt=''>tekst", "P"),
    ],
)
def test_html_krijgt_de_vorm_die_pdf_vraagt(maak: Callable[..., bytes], romp: str, verwacht: str) -> None:
    if "logo" in romp:
        eigen = WORTEL / "config" / "huisstijlen" / "lindeveen"
        inhoud = maak(romp.replace("fonts/../../../huisstijl/", ""), basis=eigen, bestanden=LokaleBestanden([eigen]))
    else:
        inhoud = maak(romp)
    assert " ".join(vorm(t) for t in boom(inhoud).takken()[0].takken()) == verwacht
    assert conformhulp.afkeuring(inhoud) == []


def test_een_noot_staat_bij_zijn_verwijzing_en_heeft_een_naam(maak: Callable[..., bytes]) -> None:
    inhoud = maak("<h1>Proef</h1><p>voor<span class=noot>de noot</span> achter</p><p>einde")
    gelezen = boom(inhoud)
    assert "".join(gelezen.tekst().split()) == "Proefvoor11.denootachtereinde"
    noten = [t for t in gelezen.alle() if t.rol == "Note"]
    assert [n.kenmerken["/ID"] for n in noten] == ["noot-00001"]
    assert conformhulp.afkeuring(inhoud) == []


def test_een_link_over_twee_regels_heeft_tekst_en_geen_dubbelen(maak: Callable[..., bytes]) -> None:
    tekst = "een lange link " * 8
    inhoud = maak(f"<h1>Proef</h1><p><a href=https://lindeveen.example><b>{tekst}</b><i>einde</i></a>")
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        links = list(pdf.pages[0].Annots)
        assert {str(link.Contents) for link in links} == {f"{tekst}einde"}
        assert 2 <= len(links) <= 4
    assert conformhulp.gebreken(inhoud) == []


def test_wat_een_lezer_mist_stopt_het_document(maak: Callable[..., bytes]) -> None:
    with pytest.raises(Invoerfout, match="rij 2 heeft 1 kolommen en rij 1 heeft er 2"):
        maak("<table><tr><th>a<th>b<tr><td>c</table>")
    with pytest.raises(Invoerfout, match="<title>"):
        maak('<svg xmlns="http://www.w3.org/2000/svg" width=10 height=10><rect width=5 height=5 /></svg>')
    with pytest.raises(Invoerfout, match="noemt geen taal"):
        maak("<p>tekst", taal="")


def test_rijen_met_cellen_over_meer_rijen_en_kolommen_kloppen(maak: Callable[..., bytes]) -> None:
    inhoud = maak("<h1>x</h1><table><tr><th rowspan=2>a<th colspan=2>b<tr><td>c<td>d<tr><td colspan=3>e</table>")
    assert conformhulp.afkeuring(inhoud) == []


def test_de_kenmerken_komen_terug_uit_de_pdf(opmaker: Opmaker) -> None:
    opdracht = replace(voorbeeld_opdracht("besluit"), bijlagen=BIJLAGEN)
    kop, document = opdracht.gegevens["ronde"], opdracht.gegevens["document"]
    inhoud = opmaker.render(opdracht)
    assert lees_kenmerken(inhoud) == PdfKenmerken(
        titel=opdracht.titel,
        soort="besluit",
        kenmerk=opdracht.kenmerk,
        openbaar=opdracht.openbaar,
        zaaknummer=kop["zaaknummer"],
        ronde=kop["kenmerk"],
        poort=document["poort"],
        regels_hash=document["regels_hash"],
        bijlagen=(("besluit.json", b'{"a": 1}'), ("scores.csv", b"voorstel,score\nA,7\n")),
    )
    assert conformhulp.afkeuring(inhoud) == []
    assert b"urn:aanbesteding:document:1.0#" in inhoud  # readable without knowing PDF
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert len(pdf.Root.AF) == 2
        assert {str(bestand.AFRelationship) for bestand in pdf.Root.AF} == {"/Data"}


def test_vreemde_pdfs_worden_geweigerd() -> None:
    leeg = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(leeg)
    with pytest.raises(Invoerfout, match="niet met dit programma"):
        lees_kenmerken(leeg.getvalue())
    for kapot in (b"", b"geen pdf", leeg.getvalue()[:60]):
        with pytest.raises(Invoerfout, match="geen leesbare pdf"):
            lees_kenmerken(kapot)


def test_zonder_bijlagen_als_het_archief_die_weigert() -> None:
    opmaker = Opmaker(WORTEL / "sjablonen", WORTEL / "config" / "huisstijlen", variant="a-2a")
    inhoud = opmaker.render(replace(voorbeeld_opdracht("verzuimbrief"), bijlagen=BIJLAGEN))
    assert lees_kenmerken(inhoud).bijlagen == ()
    assert conformhulp.afkeuring(inhoud, "a-2a") == []


def test_een_tweede_poging_heeft_dezelfde_bijlagen(monkeypatch: pytest.MonkeyPatch, opmaker: Opmaker) -> None:
    """One file in sixty is written again, for the sake of a line break at the end of a stream."""

    class Telt:
        keren = 0

        def search(self, _inhoud: bytes) -> bool:
            self.keren += 1
            return self.keren < 3

    monkeypatch.setattr("aanbesteding.documenten.pdf._EINDE_MET_REGELEINDE", telt := Telt())
    inhoud = opmaker.render(replace(voorbeeld_opdracht("verzuimbrief"), bijlagen=BIJLAGEN))
    assert telt.keren == 3
    assert [naam for naam, _ in lees_kenmerken(inhoud).bijlagen] == sorted(b.naam for b in BIJLAGEN)


_MAAK = """
import hashlib, sys
from dataclasses import replace
from pathlib import Path
from aanbesteding.documenten.opdracht import Bijlage
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
bijlagen = (Bijlage("b.csv", "a,b", "Tabel"), Bijlage("a.json", "{}", "Gegevens"))
opmaker = Opmaker(Path(sys.argv[1]) / "sjablonen", Path(sys.argv[1]) / "config" / "huisstijlen")
for soort in ("oproep", "verzuimbrief"):
    opdracht = replace(voorbeeld_opdracht(soort), bijlagen=bijlagen)
    print(hashlib.sha256(opmaker.render(opdracht)).hexdigest())
"""


def test_dezelfde_bytes_bij_een_andere_hash_tijdzone_en_map(tmp_path: Path, opmaker: Opmaker) -> None:
    (tmp_path / "sjablonen").symlink_to(WORTEL / "sjablonen")
    (tmp_path / "config").symlink_to(WORTEL / "config")
    proeven = [("0", "UTC", WORTEL), ("4242", "Pacific/Kiritimati", tmp_path)]
    uitkomsten = {
        subprocess.run(
            [sys.executable, "-c", _MAAK, str(folder)],
            env={**os.environ, "PYTHONHASHSEED": zaad, "TZ": zone, "TMPDIR": str(tmp_path), "PYTHONPATH": str(WORTEL)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zaad, zone, folder in proeven
    }
    assert len(uitkomsten) == 1
    bijlagen = (Bijlage("b.csv", "a,b", "Tabel"), Bijlage("a.json", "{}", "Gegevens"))
    hier = opmaker.render(replace(voorbeeld_opdracht("oproep"), bijlagen=bijlagen))
    assert uitkomsten.pop().split()[0] == hashlib.sha256(hier).hexdigest()


def test_geen_gegevensstroom_eindigt_op_een_regeleinde(maak: Callable[..., bytes]) -> None:
    for n in range(40):
        assert b"\r\nendstream" not in (inhoud := maak(f"<h1>{n}</h1>"))
        assert b"\n\nendstream" not in inhoud


def test_alleen_met_de_versie_waarvoor_dit_geschreven_is() -> None:
    with pytest.raises(Omgevingsfout, match=r"WeasyPrint 70\.0; hier staat versie 71\.2.*pip install"):
        controleer_versie("71.2")


def test_tekst_van_mensen_kan_al_bij_het_invoeren_worden_nagekeken() -> None:
    controleer_invoer({"naam": "Zoë Őry-ĳ Žižek", "toelichting": "non‑breaking – “ja”"})
    with pytest.raises(Invoerfout, match=r"voorstel: toelichting\[2\]: het teken '😀' \(U\+1F600"):
        controleer_invoer({"toelichting": ["goed", "top 😀"]}, waar="voorstel")


def test_elke_letter_van_de_brp_kan_in_een_document() -> None:
    """Every letter with a mark of ISO 6937 (teletex), the set of the Dutch population register."""
    tekens = {
        "\u0300": "AEIOU", "\u0301": "ACEILNORSUYZ", "\u0302": "ACEGHIJOSUWY", "\u0303": "AINOU", "\u0304": "AEIOU",
        "\u0306": "AGU", "\u0307": "CEGIZ", "\u0308": "AEIOUY", "\u030a": "AU", "\u0327": "CGKLNRST",
        "\u030b": "OU", "\u0328": "AEIU", "\u030c": "CDELNRSTZ",
    }  # fmt: skip
    samen = [normalize("NFC", f"{x}{teken}") for teken, hoofd in tekens.items() for x in hoofd + hoofd.lower()]
    controleer_invoer({"naam": "".join(samen) + "ÆæĐđÐðĦħIıĲĳĸĿŀŁłØøŒœßÞþŦŧŊŋŉ"})
    controleer_invoer({"naam": "ΑΒΓΔΩάέήίόύώ АБВЯабвяЁёЇїЄєҐґЂђЋћ"})


def test_een_rij_langer_dan_een_bladzijde_houdt_de_kop_van_de_tabel(opmaker: Opmaker) -> None:
    gewoon = voorbeeld_opdracht("staat-van-voorstellen")
    rijen = gewoon.gegevens["rijen"]
    partners = [f"Partner met een lange naam {n}" for n in range(300)]
    lang = replace(gewoon, gegevens=gewoon.gegevens | {"rijen": [rijen[0] | {"partners": partners}, *rijen[1:]]})
    inhoud = opmaker.render(lang)
    assert conformhulp.gebreken(inhoud, opmaker.html(lang)) == []


def test_een_tabel_zonder_rijen_zegt_geen(maak: Callable[..., bytes]) -> None:
    inhoud = maak("<h1>x</h1><table><thead><tr><th scope=col>a<th scope=col>b</thead><tbody></tbody></table>")
    assert [t.tekst().strip() for t in boom(inhoud).alle() if t.rol == "TD"] == ["Geen"]
    assert conformhulp.afkeuring(inhoud) == []


def test_de_keuring_ziet_wat_er_mis_is(maak: Callable[..., bytes]) -> None:
    """The checks of conformhulp themselves can fail."""
    inhoud = maak("<h2>Eerst</h2><h4>Dan</h4><table><tr><td>a</td></tr></table>")
    gevonden = " ".join(conformhulp.gebreken(inhoud))
    for melding in ("één h1", "na kop h2 komt h4", "tabel zonder kopcel"):
        assert melding in gevonden
    assert conformhulp.eerste_verschil("een twee drie", "een drie twee") != ""
    assert conformhulp.eerste_verschil("een twee drie", "een 1. twee drie") == ""
    assert conformhulp.ZEGT_NIETS.match("Grafiek")
