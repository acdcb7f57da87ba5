"""Reads a PDF as a screen reader does: the structure tree with its text. And says what is wrong with it."""

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import page
import pikepdf

PROFIELEN = {"a-3a": page.ValidationProfile.PDF_A_3A, "a-2a": page.ValidationProfile.PDF_A_2A}
KOPPEN = ("H1", "H2", "H3", "H4", "H5", "H6")
KINDEREN = {
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    **{groep: {"TR"} for groep in ("THead", "TBody", "TFoot")},
    "TR": {"TH", "TD"},
    "L": {"Caption", "LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"Caption", "TOC", "TOCI"},
    "TOCI": {"Lbl", "Reference", "P", "TOC"},
}
OUDERS = {"LI": {"L"}, "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "LBody": {"LI"}}
ZEGT_NIETS = re.compile(
    r"^\W*(de |een |het )?(grafiek|figuur|afbeelding|plaatje|foto|beeld|diagram|chart|image)\W*$", re.I
)

_GELIJK = str.maketrans(dict.fromkeys("-\u2010\u2011\u00ad"))
"""Hyphens are left out of a comparison: three of them are one glyph, and a soft one shows at a line's end only."""


@dataclass
class Tak:
    """One structure element: its role, its PDF entries, its children, and its text when it has any itself."""

    rol: str
    kenmerken: dict[str, Any]
    delen: list["Tak | str"] = field(default_factory=list)
    merken: list[tuple[int, int]] = field(default_factory=list)
    koppelingen: list[Any] = field(default_factory=list)

    def alle(self) -> Iterator["Tak"]:
        yield self
        for deel in self.delen:
            if isinstance(deel, Tak):
                yield from deel.alle()

    def takken(self) -> list["Tak"]:
        return [d for d in self.delen if isinstance(d, Tak)]

    def tekst(self) -> str:
        """All text in reading order, pictures left out."""
        if self.rol == "Figure":
            return ""
        return " ".join(d if isinstance(d, str) else d.tekst() for d in self.delen)


def lees_boom(pdf: pikepdf.Pdf, teksten: list[dict[int, str]] | None = None) -> Tak:
    """The tree from its Document element; `teksten` is lees_teksten of every page, when it is known already."""
    nummers = {blad.objgen: i for i, blad in enumerate(pdf.pages)}
    teksten = teksten or [lees_teksten(blad) for blad in pdf.pages]
    return _tak(pdf.Root.StructTreeRoot.K[0], nummers, teksten)


def _tak(element: Any, nummers: dict[Any, int], teksten: list[dict[int, str]]) -> Tak:
    tak = Tak(str(element.S)[1:], _kenmerken(element))
    kinderen = element.get("/K", [])
    for kind in kinderen if isinstance(kinderen, pikepdf.Array) else [kinderen]:
        if isinstance(kind, int):
            _merk(tak, nummers[element.Pg.objgen], kind, teksten)
        elif kind.get("/Type") == "/MCR":
            _merk(tak, nummers[kind.Pg.objgen], int(kind.MCID), teksten)
        elif kind.get("/Type") == "/OBJR":
            tak.koppelingen.append(kind.Obj)
        else:
            assert kind.P.objgen == element.objgen
            tak.delen.append(_tak(kind, nummers, teksten))
    return tak


def _kenmerken(element: Any) -> dict[str, Any]:
    tekst = {naam: str(element[naam]) for naam in ("/Alt", "/Lang", "/ID", "/E") if naam in element}
    return tekst | {"/A": {naam: str(waarde) for naam, waarde in element.get("/A", {}).items()}}


def _merk(tak: Tak, blad: int, mcid: int, teksten: list[dict[int, str]]) -> None:
    tak.merken.append((blad, mcid))
    tak.delen.append(teksten[blad][mcid])


def lees_teksten(blad: Any) -> dict[int, str]:
    """Marked content id -> its text, read from the content stream with the fonts' own tables."""
    teksten: dict[int, str] = {}
    merken: list[int | None] = []
    letter: dict[int, str] = {}
    tabellen = {naam: _tabel(font) for naam, font in blad.Resources.get("/Font", {}).items()}
    for opdracht in pikepdf.parse_content_stream(blad):
        operanden: Any = opdracht.operands
        match str(opdracht.operator):
            case "BMC" | "BDC":
                eigenschap: Any = operanden[1] if len(operanden) > 1 else {}
                merken.append(int(eigenschap.MCID) if "/MCID" in eigenschap else None)
                if merken[-1] is not None:
                    assert merken[-1] not in teksten
                    teksten[merken[-1]] = ""
            case "EMC":
                merken.pop()
            case "Tf":
                letter = tabellen[str(operanden[0])]
            case "TJ" | "Tj":
                nu = next((m for m in reversed(merken) if m is not None), None)
                if nu is not None:
                    teksten[nu] += _tekst(operanden[0], letter)
    return teksten


def _tekst(waarde: Any, letter: dict[int, str]) -> str:
    delen = waarde if isinstance(waarde, pikepdf.Array) else [waarde]
    codes = b"".join(bytes(d) for d in delen if isinstance(d, pikepdf.String))
    return "".join(letter[int.from_bytes(codes[i : i + 2], "big")] for i in range(0, len(codes), 2))


def _tabel(font: Any) -> dict[int, str]:
    bron = font.ToUnicode.read_bytes().decode()
    paren = re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*\n", bron.split("endcodespacerange")[1])
    return {int(code, 16): bytes.fromhex(naar).decode("utf-16-be") for code, naar in paren}


def afkeuring(inhoud: bytes, variant: str = "a-3a") -> list[str]:
    """What the validators say: PDF/A and PDF/UA-1 (page-validation), and the syntax (qpdf's own check, in pikepdf)."""
    uit = []
    for profiel in (PROFIELEN[variant], page.ValidationProfile.PDF_UA_1):
        rapport = page.validate_pdf_bytes(inhoud, profile=profiel)
        uit += [f"{profiel.value} {f.rule_id}: {f.message}" for f in rapport.failures]
        assert rapport.is_compliant == (not rapport.failures)
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        return uit + [f"qpdf: {melding}" for melding in pdf.check_pdf_syntax()]


def gebreken(inhoud: bytes, html: str = "") -> list[str]:
    """What no validator sees, but a reader does; with `html` also whether it is read in the order of the source."""
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        teksten = [lees_teksten(blad) for blad in pdf.pages]
        boom = lees_boom(pdf, teksten)
        volgorde = eerste_verschil(leesvolgorde(html), boom.tekst()) if html else ""
        takken = list(boom.alle())
        return [
            *_koppen(takken),
            *(f"{t.rol} is leeg" for t in takken if not t.delen and not t.koppelingen and t.rol not in ("TD", "TH")),
            *(melding for t in takken for melding in _nesting(t)),
            *_tabellen(takken),
            *_beelden(takken),
            *_koppelingen(pdf, takken),
            *_merken(teksten, takken),
            *_titel(pdf),
            *_bladwijzers(pdf, takken),
            *([volgorde] if volgorde else []),
        ]


def _koppen(takken: list[Tak]) -> Iterator[str]:
    niveaus = [KOPPEN.index(t.rol) + 1 for t in takken if t.rol in KOPPEN]
    if niveaus.count(1) != 1 or niveaus[0] != 1:
        yield f"er hoort één h1 te zijn, vooraan: {niveaus}"
    sprongen = [(a, b) for a, b in pairwise(niveaus) if b > a + 1]
    yield from (f"na kop h{a} komt h{b}" for a, b in sprongen)


def _nesting(tak: Tak) -> Iterator[str]:
    rollen = [t.rol for t in tak.takken()]
    if tak.rol in KINDEREN and (fout := set(rollen) - KINDEREN[tak.rol]):
        yield f"in {tak.rol} staat {sorted(fout)}"
    if tak.rol in KINDEREN and tak.merken:
        yield f"in {tak.rol} staat losse tekst"
    if "Div" in rollen and tak.rol == "P":
        yield "in P staat een blok"
    yield from (f"{r} staat in {tak.rol}" for r in rollen if r in OUDERS and tak.rol not in OUDERS[r])


def _tabellen(takken: list[Tak]) -> Iterator[str]:
    for tabel in (t for t in takken if t.rol == "Table"):
        cellen = [c for c in tabel.alle() if c.rol in ("TH", "TD")]
        koppen = [c for c in cellen if c.rol == "TH"]
        if not koppen:
            yield f"tabel zonder kopcel: {tabel.tekst()[:60]}"
        yield from (f"kopcel zonder Scope: {c.tekst()}" for c in koppen if "/Scope" not in c.kenmerken["/A"])
        if sum(t.rol == "THead" for t in tabel.takken()) > 1:
            yield "tabel met twee koppen"


def _beelden(takken: list[Tak]) -> Iterator[str]:
    for beeld in (t for t in takken if t.rol == "Figure"):
        alt = str(beeld.kenmerken.get("/Alt", ""))
        if len(alt) < 12 or ZEGT_NIETS.match(alt):
            yield f"beeld zonder omschrijving waar iemand iets aan heeft: '{alt}'"
        if "/BBox" not in beeld.kenmerken["/A"]:
            yield "beeld zonder plek"


def _koppelingen(pdf: pikepdf.Pdf, takken: list[Tak]) -> Iterator[str]:
    op_papier = [a.objgen for blad in pdf.pages for a in blad.get("/Annots", [])]
    in_boom = [(t.rol, a) for t in takken for a in t.koppelingen]
    if sorted(op_papier) != sorted(a.objgen for _, a in in_boom):
        yield "de links op de bladen en in de boom verschillen"
    yield from (f"link in {rol}" for rol, _ in in_boom if rol != "Link")
    yield from ("link zonder Contents" for _, a in in_boom if not str(a.get("/Contents", "")).strip())


def _merken(teksten: list[dict[int, str]], takken: list[Tak]) -> Iterator[str]:
    """Everything that is marked as text stands in the tree, once."""
    op_papier = [(n, m) for n, blad in enumerate(teksten) for m in blad]
    if sorted(op_papier) != sorted(m for t in takken for m in t.merken):
        yield "er staat tekst op de bladen die niet precies één keer in de boom staat"


def _titel(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if str(xmp["dc:title"]) != str(pdf.docinfo["/Title"]):
            yield "de titel in Info en XMP verschilt"


def _bladwijzers(pdf: pikepdf.Pdf, takken: list[Tak]) -> Iterator[str]:
    def tel(punten: Any) -> int:
        return sum(1 + tel(p.children) for p in punten)

    koppen = sum(t.rol in KOPPEN[:2] for t in takken)
    with pdf.open_outline() as inhoud:
        if koppen > 1 and tel(inhoud.root) < koppen:
            yield f"{tel(inhoud.root)} bladwijzers bij {koppen} koppen"


def buiten_de_spiegel(inhoud: bytes, rand: float = 34) -> list[str]:
    """Words that stick out of the type area; `rand` in points: the narrowest margin (18 mm) less the slant of a letter.

    Needs pdftotext (poppler-utils), which says where each word stands.
    """
    uit = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=inhoud, capture_output=True, check=True
    ).stdout.decode()
    fout, breed, hoog = [], 0.0, 0.0
    for regel in uit.splitlines():
        if blad := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', regel):
            breed, hoog = map(float, blad.groups())
        elif woord := re.search(r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*)</word>', regel):
            links, boven, rechts, onder = map(float, woord.groups()[:4])
            if links < rand or boven < 0 or rechts > breed - rand or onder > hoog:
                fout.append(f"'{woord[5][:40]}' valt buiten de bladspiegel")
    return fout


def leesvolgorde(html: str) -> str:
    """The text of an HTML document's <main> in the order of the source, without pictures."""
    import tinyhtml5  # type: ignore[import-untyped]  # a part of WeasyPrint

    boom = tinyhtml5.parse(html, namespace_html_elements=False)
    return " ".join(_html_tekst(boom.find(".//main")))


def _html_tekst(element: Any) -> Iterator[str]:
    tag = str(element.tag)
    if tag.endswith("}svg") or tag == "style" or not isinstance(element.tag, str):
        return
    if element.get("aria-hidden") == "true":
        return
    yield element.text or ""
    for kind in element:
        yield from _html_tekst(kind)
        yield kind.tail or ""


def eerste_verschil(bron: str, gelezen: str, ruimte: int = 60) -> str:
    """Where the words of `bron` stop standing in order in `gelezen`; '' when they all do.

    `ruimte`: characters between two words that the style sheet may add (numbers, bullets, page numbers).
    """
    plat, plek = "".join(gelezen.translate(_GELIJK).casefold().split()), 0
    woorden = bron.translate(_GELIJK).casefold().split()
    for nummer, woord in enumerate(woorden):
        gevonden = plat.find(woord, plek)
        if gevonden < 0 or gevonden > plek + ruimte:
            rond = " ".join(woorden[max(0, nummer - 5) : nummer + 3])
            return f"'{rond}' staat niet na '{plat[max(0, plek - 40) : plek]}'"
        plek = gevonden + len(woord)
    return ""
