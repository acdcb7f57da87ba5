"""No person and no personal detail in a public document: the patterns, an order's data, a finished PDF, a gate."""

import importlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from aanbesteding.database import lees, maak_motor, schrijf, werk_bij
from aanbesteding.documenten.gegevens import openbaar
from aanbesteding.documenten.gegevens.basis import Stuk
from aanbesteding.documenten.opdracht import Bijlage, Opdracht
from aanbesteding.documenten.openbaarheid import Afspraak, Mens, Verboden, bekijk, is_bsn, is_iban
from aanbesteding.documenten.openbaarheid_pdf import bekijk_pdf, lees_cmap, paginatekst
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.fouten import Invoerfout
from aanbesteding.model import Consensus, Persoon
from aanbesteding.overzichten import vind
from aanbesteding.procedure import Poort, Rol

minironde = importlib.import_module("minironde")

VRIES = Mens("drs. Jan de Vries", "beoordelaar", "jan@sport.example", "06 12345678", ("jan-de-vries",))
BAKKER = Mens("Ben Bakker", "contactpersoon", "ben@korst.example")
GRENS = Verboden((VRIES, BAKKER), ("Bakkerij Ben Bakker", "rondes@stad.example", "010 123 45 67"))


def opdracht(gegevens: dict[str, Any], *bijlagen: Bijlage, titel: str = "Nota") -> Opdracht:
    return Opdracht("nota-van-inlichtingen", titel, "nota.pdf", datetime(2027, 1, 1, tzinfo=UTC), "lindeveen", True,
                    "iedereen", gegevens, bijlagen)  # fmt: skip


@pytest.mark.parametrize(
    "tekst",
    ["Jan de Vries zei ja", "jan  de\nvries", "J. de Vries", "J.P. de Vries", "mevrouw De Vries", "dhr. de Vries",
     "Vries, Jan",     "jan-de-vries", "JAN@SPORT.EXAMPLE", "06-12345678", "+31 6 12345678", "tel. 0181 123456",
     "iemand@elders.example",
     "mijn nummer 123456782", "NL91 ABNA 0417 1643 00", "Ben Bakker van Bakkerij Ben Bakker"],
)  # fmt: skip
def test_een_mens_wordt_gevonden(tekst: str) -> None:
    assert GRENS.zoek(tekst)


@pytest.mark.parametrize(
    "tekst",
    ["de bakker op de hoek", "Bakkerij Ben Bakker doet mee", "een friese vries",
     "mail rondes@stad.example of bel 010 123 45 67",     "op 01-02-2027 om 12.00 uur", "€ 123.456.782",
     "2011-2 2012-1", "0 10 20 30 40 50 60 70",
     "Z-2026-014207",
     "Jan vriest",     "123456789", "0,1234567891", "NL00 ABNA 5417 1643 00"],
)  # fmt: skip
def test_gewone_woorden_en_getallen_zijn_geen_mens(tekst: str) -> None:
    assert GRENS.zoek(tekst) == []


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz .,;", max_size=60))
def test_tekst_zonder_hoofdletters_en_cijfers_geeft_nooit_een_vals_alarm(tekst: str) -> None:
    assert "vries" in tekst or "bakker" in tekst or GRENS.zoek(tekst) == []


def test_de_proeven_van_bsn_en_iban() -> None:
    assert [is_bsn(b) for b in ("123456782", "123456789", "000000000")] == [True, False, False]
    assert [is_iban(i) for i in ("NL91ABNA0417164300", "NL91ABNA0417164301", "DE89370400440532013000")] == [
        True,
        False,
        True,
    ]


def test_een_vondst_noemt_document_plek_en_waarde() -> None:
    gegevens = {"voorstellen": [{"naam": "A"}, {"criteria": [{"motivering": "Volgens J. de Vries goed."}]}]}
    [vondst] = bekijk(opdracht(gegevens), GRENS)
    assert str(vondst) == "Nota, voorstellen 2, criteria 1, motivering: noemt de naam van een beoordelaar ‘J. de Vries’"


def test_titel_en_bijlagen_tellen_mee() -> None:
    o = opdracht({}, Bijlage("scores.csv", "a;b\r\nx;Ben Bakker\r\n", "Scores"),
                 Bijlage("r.json", '{"lijst": [{"Jan de Vries": 2}], "bedrag_cent": 123456782}', "Rangorde"),
                 titel="Brief aan Jan de Vries")  # fmt: skip
    assert {v.plek for v in bekijk(o, GRENS)} == {"de titel", "bijlage scores.csv, regel 2", "bijlage r.json, lijst 1"}


def test_een_controlegetal_of_startgetal_is_geen_burgerservicenummer() -> None:
    assert bekijk(opdracht({"zaad": "123456782", "document": {"hash": "123456782"}}), GRENS) == []
    assert bekijk(opdracht({"zaad": "Jan de Vries"}), GRENS) != []


# ---------------------------------------------------------------- agreed values


def test_een_afspraak_zet_iets_anders_neer_of_laat_de_naam_staan() -> None:
    stuk = Stuk(opdracht({"vraag": "Mag JAN de  Vries mee?"}, Bijlage("a.json", '{"t": "Jan de Vries"}', "x")))
    with pytest.raises(Invoerfout, match=r"(?s)vraag.*beantwoord_vraag.*openbaar\.toml"):
        openbaar.maak_openbaar([stuk], GRENS, waar="poort", gemeente="stad")
    anders = replace(GRENS, afspraken=(Afspraak("Jan de Vries", "gevraagd", 'een "bewoner"'),))
    [klaar] = openbaar.maak_openbaar([stuk], anders, waar="poort", gemeente="stad")
    assert klaar.opdracht.gegevens["vraag"] == 'Mag een "bewoner" mee?'
    assert klaar.opdracht.bijlagen[0].tekst == '{\n "t": "een \\"bewoner\\""\n}\n'
    blijft = replace(GRENS, afspraken=(Afspraak("Jan de Vries", "naam van het plein"),))
    assert openbaar.maak_openbaar([stuk], blijft, waar="poort", gemeente="stad") == (stuk,)


def test_een_niet_openbaar_document_mag_namen_noemen() -> None:
    stuk = Stuk(replace(opdracht({"t": "Jan de Vries"}), openbaar=False))
    assert openbaar.maak_openbaar([stuk], GRENS, waar="poort", gemeente="stad") == (stuk,)


@pytest.mark.parametrize("tekst", ["[[afspraak]", "[[afspraak]]\nwaarde = 'x'", "[[anders]]\nwaarde='x'"])
def test_een_kapot_bestand_met_afspraken_is_een_duidelijke_fout(
    tekst: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stad").mkdir()
    (tmp_path / "stad" / "openbaar.toml").write_text(tekst)
    monkeypatch.setattr(openbaar.instellingen(), "huisstijlen_map", tmp_path)
    with pytest.raises(Invoerfout, match=r"huisstijlen/stad/openbaar\.toml"):
        openbaar.afspraken("stad")


def test_afspraken_komen_uit_het_bestand_van_de_gemeente(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stad").mkdir()
    regels = "[[afspraak]]\nwaarde = 'Jan'\nreden = 'plein'\n[[afspraak]]\nwaarde = 'Ben'\nreden = 'r'\ntoon = 'hij'\n"
    (tmp_path / "stad" / "openbaar.toml").write_text(regels)
    monkeypatch.setattr(openbaar.instellingen(), "huisstijlen_map", tmp_path)
    assert openbaar.afspraken("stad") == (Afspraak("Jan", "plein"), Afspraak("Ben", "r", "hij"))
    assert openbaar.afspraken("dorp") == ()


# ---------------------------------------------------------------- a finished PDF


def test_een_naam_in_elk_hoekje_van_een_pdf_wordt_gevonden(opmaker: Opmaker) -> None:
    """In the text of a page, a chart's letters and title, document information, and a file inside."""
    basis = voorbeeld_opdracht("beoordelingsrapport-openbaar")
    gegevens = {**basis.gegevens}
    gegevens["rangschikking"] = {**gegevens["rangschikking"], "conclusie": "Dit schreef Jan de Vries."}
    rijen = [dict(r) for r in gegevens["rangschikking"]["rijen"]]
    rijen[0]["naam"] = "Ben Bakker"
    gegevens["rangschikking"]["rijen"] = rijen
    o = replace(basis, titel="Voor J. de Vries", gegevens=gegevens,
                bijlagen=(Bijlage("scores.csv", "1;Jan de Vries\r\n", "Scores"),))  # fmt: skip
    plekken = {v.plek for v in bekijk_pdf(opmaker.render(o), GRENS, naam="rapport")}
    assert {"blad 1", "een alternatieve tekst", "bijlage scores.csv, regel 1", "de metagegevens (XMP)"} <= plekken
    assert "de metagegevens (Info)" in plekken
    schoon = bekijk_pdf(opmaker.render(basis), Verboden(GRENS.mensen, (basis.gegevens["ronde"]["contact"]["email"],
                        basis.gegevens["ronde"]["contact"]["telefoon"])), naam="rapport")  # fmt: skip
    assert schoon == []


def test_letters_van_een_grafiek_vormen_weer_een_naam(opmaker: Opmaker) -> None:
    o = voorbeeld_opdracht("beoordelingsrapport-openbaar")
    naam = o.gegevens["rangschikking"]["rijen"][0]["naam"]
    with pikepdf.open(io.BytesIO(opmaker.render(o))) as pdf:
        lezingen = [paginatekst(p) for p in pdf.pages]
    assert any(naam in samen for _, samen in lezingen)
    assert any(naam in apart for apart, _ in lezingen)


def test_een_tekentabel_met_reeksen_en_ligaturen() -> None:
    cmap = b"1 beginbfchar <0001> <00660069> endbfchar 1 beginbfrange <0010> <0012> <0041> endbfrange"
    assert lees_cmap(cmap) == {b"\0\1": "fi", b"\0\x10": "A", b"\0\x11": "B", b"\0\x12": "C"}


# ---------------------------------------------------------------- a whole round


@pytest.fixture(scope="module")
def ronde(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    motor = maak_motor(f"sqlite:///{tmp_path_factory.mktemp('openbaar') / 'klein.sqlite'}")
    werk_bij(motor)
    yield minironde.speel_af(motor)
    motor.dispose()


def _namen_en_adressen(ronde: Any) -> tuple[list[str], Verboden]:
    with lees(ronde.motor) as session:
        r = vind.ronde(session, ronde.kenmerk)
        grens = openbaar.verboden(session, r, vind.regels(session, r))
        eigen = vind.regels(session, r).ronde.contact.email
        wethouders = {vind.persoon(session, d).naam for d in vind.met_rol(session, r, Rol.WETHOUDER)}
        mensen = session.exec(select(Persoon)).all()
        alle = [w for p in mensen for w in (p.naam, p.email) if w and w not in wethouders and w != eigen]
    return alle, grens


@pytest.mark.keten
def test_geen_openbare_pdf_van_een_hele_ronde_noemt_een_mens(ronde: Any, opmaker: Opmaker, tekst: Any) -> None:
    """Rendered, then read in two ways: our own scan, and the names looked up in what poppler reads."""
    waarden, grens = _namen_en_adressen(ronde)
    openbare = [s.opdracht for s in ronde.stukken if s.opdracht.openbaar]
    assert {"oproep", "beoordelingsrapport-openbaar", "besluit", "effectrapport", "eindevaluatie"} <= {
        o.soort for o in openbare
    }
    for o in {o.soort: o for o in openbare}.values():
        inhoud = opmaker.render(o)
        assert bekijk_pdf(inhoud, grens, naam=o.titel) == []
        with pikepdf.open(io.BytesIO(inhoud)) as pdf:
            binnen = b" ".join(s.get_file().read_bytes() for s in pdf.attachments.values()).decode()
            binnen += pdf.open_metadata().__str__() + str(dict(pdf.docinfo))
        gelezen = " ".join((tekst(inhoud) + binnen).split())
        assert [w for w in waarden if w in gelezen] == [], o.soort


@pytest.mark.keten
def test_alle_openbare_opdrachten_van_een_hele_ronde_zijn_schoon(ronde: Any) -> None:
    _, grens = _namen_en_adressen(ronde)
    assert [v for s in ronde.stukken if s.opdracht.openbaar for v in bekijk(s.opdracht, grens)] == []


@pytest.mark.keten
def test_het_interne_rapport_zou_worden_tegengehouden(ronde: Any, opmaker: Opmaker) -> None:
    """The same scan finds the assessors in the rendition with names: it is not blind."""
    _, grens = _namen_en_adressen(ronde)
    intern = ronde.soort("beoordelingsrapport-intern")[0].opdracht
    namen = {lid["naam"] for lid in intern.gegevens["leden"]}
    assert namen <= {v.waarde for v in bekijk(intern, grens)}
    assert namen <= {v.waarde for v in bekijk_pdf(opmaker.render(intern), grens, naam="intern")}


@pytest.mark.keten
def test_een_naam_in_een_reden_houdt_de_poort_dicht_tot_de_reden_is_verbeterd(tmp_path: Path) -> None:
    naam = "Anna Beoordelaar"
    origineel = minironde.bereid_voor
    geprobeerd: list[str] = []

    def besmet(motor: Any, kenmerk: str, poort: Poort, nummer: int, nu: datetime) -> Any:
        """Just before the report: put a name in one joint reason, see the gate refuse, mend it, go on."""
        if poort is Poort.BEOORDELING and not geprobeerd:
            with schrijf(motor) as session:
                rij = session.exec(select(Consensus)).first()
                assert rij
                schoon, rij.motivering = rij.motivering, f"{naam} vond dit goed."
                session.add(rij)
            with pytest.raises(Invoerfout, match=f"(?s)poort beoordeling.*{naam}.*motivering.*consensus") as fout:
                origineel(motor, kenmerk, poort, nummer, nu)
            geprobeerd.append(str(fout.value))
            with schrijf(motor) as session:
                rij = session.exec(select(Consensus)).first()
                assert rij
                rij.motivering = schoon
                session.add(rij)
        return origineel(motor, kenmerk, poort, nummer, nu)

    ander = maak_motor(f"sqlite:///{tmp_path / 'ander.sqlite'}")
    werk_bij(ander)
    minironde.bereid_voor = besmet
    try:
        gespeeld = minironde.speel_af(ander, tot=Poort.BEOORDELING)
    finally:
        minironde.bereid_voor = origineel
    assert geprobeerd
    assert gespeeld.poorten[-1] is Poort.BEOORDELING
    ander.dispose()
