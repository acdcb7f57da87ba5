"""The penvoerder's way: write, keep, attach, check, hand in, withdraw; sealed for others, and too late is too late."""

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlmodel import Session, select

from aanbesteding.fouten import Invoerfout
from aanbesteding.handelingen import aanmelden
from aanbesteding.kern import bestandssoort, persoonsgegevens
from aanbesteding.model import Bestand, Coalitie, Deelnemer, Indiening, Persoon
from aanbesteding.overzichten import vind
from aanbesteding.web import invulformulier as f
from aanbesteding.web import voorstelformulier
from aanbesteding.web.app import maak_app

L = sys.modules["lindeveen"]
K = L.KENMERK
PEN, PARTNER, ANDER = "welzijn-lindeveen", "bakkerij-zoet", "zangkoor-de-merel"
PAD = f"/werk/{K}/coalitie/lange-tafel"
VOOR, SLUITING = "2027-03-01T10:00", "2027-03-09T12:00"
PDF = b"%PDF-1.4 een klein bestand"


@dataclass
class Bureau:
    """The site at a moment that a test may move, with a browser per person."""

    loper: Any
    moment: Any

    def als(self, sleutel: str) -> TestClient:
        with Session(self.loper.motor) as s:
            vraag = select(Persoon.email).join(Deelnemer).where(Deelnemer.sleutel == sleutel)
            email = s.exec(vraag).one()
        app = maak_app(self.loper.motor, nu=lambda: self.moment)
        klant = TestClient(app, base_url="http://testserver", headers={"origin": "http://testserver"})
        geheim = aanmelden.begin_sessie(self.loper.motor, email, wijze="oefening", apparaat="test", nu=self.moment)
        klant.cookies.set("sessie", geheim)
        return klant

    def rijen(self, tabel: Any) -> list[Any]:
        with Session(self.loper.motor) as s:
            return list(s.exec(select(tabel)))


@pytest.fixture
def bureau(lindeveen: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Bureau]]:
    monkeypatch.setattr("aanbesteding.web.doen.wek", lambda *_: None)
    return lambda stadium="coalities", moment=VOOR: Bureau(lindeveen(stadium), L.op(moment))


def tekst(**anders: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    regels = L.lees_rondemap(L.MAP).regels
    plat = f.uit_inhoud(voorstelformulier.delen(regels), L.voorstel("lange-tafel"))
    return {**plat, **anders}


def dien_in(klant: TestClient) -> Any:
    pagina = klant.get(f"{PAD}/voorstel/indienen").text
    velden = {n: pagina.split(f'name="{n}" value="')[1].split('"')[0] for n in ("merk", "sleutel_")}
    return klant.post(f"{PAD}/voorstel/indienen", data=velden, follow_redirects=False)


def test_what_is_written_is_kept_checked_handed_in_and_receipted(bureau: Callable[..., Bureau]) -> None:
    b = bureau()
    pen = b.als(PEN)
    antwoord = pen.post(f"{PAD}/voorstel", data={**tekst(), "_knop": "versie"}, follow_redirects=False)
    assert antwoord.status_code == 303
    assert "Vijf bewoners beslissen mee" in pen.get(f"{PAD}/voorstel").text
    pen.post(f"{PAD}/voorstel/bestanden", data={"soort": "kaart"}, files={"bestand": ("../pl an?.pdf", PDF)})
    assert "Wij vonden niets" in pen.get(f"{PAD}/voorstel/controle").text
    antwoord = dien_in(pen)
    assert antwoord.headers["location"].startswith(f"{PAD}/voorstel/ingediend")
    [rij] = b.rijen(Indiening)
    assert rij.inhoud["bijlagen"] == [{"naam": "pl an.pdf", "soort": "kaart", "sha256": b.rijen(Bestand)[0].sha256}]
    assert rij.inhoud["begroting"][0]["bedrag_euro"] == 30000
    assert rij.sha256 in pen.get(f"{PAD}/voorstel/ingediend").text
    assert "al ingediend" in pen.get(f"{PAD}/voorstel/indienen").text


def test_withdraw_needs_a_reason_and_then_again(bureau: Callable[..., Bureau]) -> None:
    b = bureau()
    pen = b.als(PEN)
    pen.post(f"{PAD}/voorstel", data=tekst())
    dien_in(pen)
    antwoord = pen.post(f"{PAD}/voorstel/intrekken", data={"reden": " "})
    assert antwoord.status_code == 422
    assert "aria-invalid" in antwoord.text
    pen.post(f"{PAD}/voorstel/intrekken", data={"reden": "Wij wachten nog op een partner."})
    assert "ingetrokken" in pen.get(f"{PAD}/voorstel/ingediend").text
    dien_in(pen)
    assert [(r.versie, r.ingetrokken_op is None) for r in b.rijen(Indiening)] == [(1, False), (2, True)]


def test_the_last_second_counts_and_the_next_does_not(bureau: Callable[..., Bureau]) -> None:
    b = bureau()
    with Session(b.loper.motor) as s:
        [sluiting] = vind.momenten(vind.regels(s, vind.ronde(s, K)), "sluiting")
    b.moment = sluiting
    pen = b.als(PEN)
    pen.post(f"{PAD}/voorstel", data=tekst())
    pagina = pen.get(f"{PAD}/voorstel/indienen").text
    velden = {n: pagina.split(f'name="{n}" value="')[1].split('"')[0] for n in ("merk", "sleutel_")}
    b.moment = sluiting + timedelta(seconds=1)
    antwoord = pen.post(f"{PAD}/voorstel/indienen", data=velden)
    assert antwoord.status_code == 403
    assert "Uw tekst is niet weg" in antwoord.text
    assert b.rijen(Indiening) == []
    assert "Vijf bewoners beslissen mee" in pen.get(f"{PAD}/voorstel").text
    b.moment = sluiting
    assert pen.post(f"{PAD}/voorstel/indienen", data=velden, follow_redirects=False).status_code == 303


def test_nobody_outside_the_coalition_learns_anything(bureau: Callable[..., Bureau]) -> None:
    b = bureau()
    pen = b.als(PEN)
    pen.post(f"{PAD}/voorstel", data=tekst())
    pen.post(f"{PAD}/voorstel/bestanden", data={"soort": "kaart"}, files={"bestand": ("a.pdf", PDF)})
    dien_in(pen)
    sha = b.rijen(Bestand)[0].sha256
    delen = ("voorstel", "voorstel/versies", "voorstel/bestanden", "voorstel/controle", "voorstel/indienen",
             "voorstel/ingediend", "aanvulling", "brieven", "plan", "voortgang", "metingen")  # fmt: skip
    for wie in (ANDER, L.LEIDER, L.JURIST, L.WETHOUDER, L.BEOORDELAARS[0]):
        klant = b.als(wie)
        for deel in delen:
            echt, bestaat_niet = klant.get(f"{PAD}/{deel}"), klant.get(f"/werk/{K}/coalitie/nooit-gevormd/{deel}")
            assert echt.status_code == bestaat_niet.status_code == 404, (wie, deel)
            assert "Deze coalitie is er niet" in echt.text
        assert klant.get(f"/werk/{K}/bestanden/lange-tafel/{sha}").status_code == 404
        assert klant.post(f"{PAD}/voorstel", data=tekst()).status_code == 404


def test_a_confirmed_partner_reads_and_does_not_write(bureau: Callable[..., Bureau]) -> None:
    b = bureau()
    b.als(PEN).post(f"{PAD}/voorstel", data=tekst())
    partner = b.als(PARTNER)
    pagina = partner.get(f"{PAD}/voorstel").text
    assert "Vijf bewoners beslissen mee" in pagina
    assert "<textarea" not in pagina
    assert partner.post(f"{PAD}/voorstel", data=tekst()).status_code == 403
    assert partner.get(f"{PAD}/voorstel/indienen").status_code == 403
    assert partner.get(f"{PAD}/brieven").status_code == 403


def test_the_assessor_gets_a_file_only_when_he_may_read_the_text(bureau: Callable[..., Bureau]) -> None:
    b = bureau("scoren", "2027-04-20T10:00")
    beoordelaar = b.als(L.BEOORDELAARS[0])
    sha = bewaar_bij_inzending(b)
    antwoord = beoordelaar.get(f"/werk/{K}/bestanden/lange-tafel/{sha['kaart']}")
    assert antwoord.status_code == 200
    assert antwoord.content == PDF
    assert antwoord.headers["content-disposition"].startswith("attachment")
    assert beoordelaar.get(f"/werk/{K}/bestanden/lange-tafel/{sha['begroting']}").status_code == 404
    assert b.als(L.LEIDER).get(f"/werk/{K}/bestanden/lange-tafel/{sha['begroting']}").status_code == 200
    assert b.als(ANDER).get(f"/werk/{K}/bestanden/lange-tafel/{sha['kaart']}").status_code == 404


def bewaar_bij_inzending(b: Bureau) -> dict[str, str]:
    """Two files in a submission that is already in, as if they had come with it."""
    shas = {"kaart": "a" * 64, "begroting": "b" * 64}
    with Session(b.loper.motor) as s:
        groep = s.exec(select(Coalitie).where(Coalitie.sleutel == "lange-tafel")).one()
        rij = s.exec(select(Indiening).where(Indiening.coalitie_id == groep.id)).one()
        bijlagen = [{"naam": f"{x}.pdf", "soort": x, "sha256": sha} for x, sha in shas.items()]
        rij.inhoud = {**rij.inhoud, "bijlagen": bijlagen}
        for soort, sha in shas.items():
            s.add(Bestand(coalitie_id=groep.id, deelnemer_id=groep.penvoerder_id, naam=f"{soort}.pdf", soort=soort,
                          mediatype="application/pdf", grootte=len(PDF), sha256=sha, inhoud=PDF,
                          geplaatst_op=b.moment))  # fmt: skip
        s.add(rij)
        s.commit()
    return shas


def test_rows_come_and_go_without_a_script(bureau: Callable[..., Bureau]) -> None:
    pen = bureau().als(PEN)
    antwoord = pen.post(f"{PAD}/voorstel", data={**tekst(), "_knop": "erbij:begroting"}, follow_redirects=False)
    assert antwoord.headers["location"].endswith("?erbij=begroting#rijen-begroting")
    assert 'id="begroting-4-bedrag_euro"' in pen.get(f"{PAD}/voorstel?erbij=begroting").text
    pen.post(f"{PAD}/voorstel", data={**tekst(), "_knop": "weg:begroting-1"})
    pagina = pen.get(f"{PAD}/voorstel").text
    assert "Gastheer" not in pagina
    assert "Uren" in pagina


def test_an_old_version_shows_its_difference_and_comes_back(bureau: Callable[..., Bureau]) -> None:
    pen = bureau().als(PEN)
    pen.post(f"{PAD}/voorstel", data={**tekst(aanpak="Elke week een maaltijd."), "_knop": "versie"})
    pen.post(f"{PAD}/voorstel", data={**tekst(aanpak="Elke maand een maaltijd."), "_knop": "versie"})
    pagina = pen.get(f"{PAD}/voorstel/versies?anders=1").text
    assert "week</del>" in pagina
    assert "maand</ins>" in pagina
    pen.post(f"{PAD}/voorstel/versies", data={"versie": "1"})
    assert "Elke week een maaltijd." in pen.get(f"{PAD}/voorstel").text


def test_the_check_names_gaps_money_and_personal_data(bureau: Callable[..., Bureau]) -> None:
    pen = bureau().als(PEN)
    pen.post(f"{PAD}/voorstel", data=tekst(
        samenvatting="", resultaat="", aanpak="Bel 06-12345678, BSN 111222333.",
        **{"begroting-bedrag_euro": ["99.000.000", "twee"]},
        **{"vertrouwelijk-passage": "Dit staat nergens", "vertrouwelijk-reden": "Bedrijfsgeheim"},
    ))  # fmt: skip
    pagina = pen.get(f"{PAD}/voorstel/controle").text
    for zin in ("‘Resultaat’ is nog leeg", "Begroting 2, bedrag euro: moet een heel getal zijn", "een telefoonnummer",
                "een burgerservicenummer", "staat niet letterlijk in uw tekst"):  # fmt: skip
        assert zin in pagina, zin
    assert "Naar indienen" not in pagina
    pen.post(f"{PAD}/voorstel", data=tekst(samenvatting="", **{"begroting-bedrag_euro": ["99.000.000", "2"]}))
    pagina = pen.get(f"{PAD}/voorstel/controle").text
    assert "99.000.000. Het maximum is" in pagina
    assert "ontbreekt" in pagina


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("leeg.pdf", b"", "is leeg"),
        ("virus.pdf", b"MZ\x90\x00", "dit soort kunnen wij niet openen"),
        ("pagina.txt", b"\xff\xfe\x00bin", "dit soort kunnen wij niet openen"),
        ("groot.pdf", b"%PDF-" + b"x" * 10_000_000, "hooguit 10 MB"),
    ],
)
def test_files_are_judged_by_their_content(bureau: Callable[..., Bureau], naam: str, inhoud: bytes, zin: str) -> None:
    b = bureau()
    antwoord = b.als(PEN).post(f"{PAD}/voorstel/bestanden", data={"soort": "overig"}, files={"bestand": (naam, inhoud)})
    assert antwoord.status_code == 422
    assert zin in antwoord.text
    assert b.rijen(Bestand) == []


def test_a_file_goes_away_unless_it_was_handed_in(bureau: Callable[..., Bureau]) -> None:
    b = bureau()
    pen = b.als(PEN)
    pen.post(f"{PAD}/voorstel", data=tekst())
    pen.post(f"{PAD}/voorstel/bestanden", data={"soort": "kaart"}, files={"bestand": ("a.pdf", PDF)})
    dien_in(pen)
    pen.post(f"{PAD}/voorstel/bestanden", data={"soort": "kaart"}, files={"bestand": ("b.pdf", PDF + b"2")})
    for rij in b.rijen(Bestand):
        pen.post(f"{PAD}/voorstel/bestanden/weg", data={"sha256": rij.sha256})
    [over] = b.rijen(Bestand)
    assert over.naam == "a.pdf"
    assert over.verwijderd_op is not None
    assert "Er zijn nog geen bestanden" in pen.get(f"{PAD}/voorstel/bestanden").text


def test_a_submission_cannot_name_the_file_of_another(bureau: Callable[..., Bureau]) -> None:
    b = bureau()
    pen = b.als(PEN)
    pen.post(f"{PAD}/voorstel/bestanden", data={"soort": "kaart"}, files={"bestand": ("a.pdf", PDF)})
    vreemd = [{"naam": "a.pdf", "soort": "kaart", "sha256": b.rijen(Bestand)[0].sha256}]
    with pytest.raises(Invoerfout, match="is er niet"):
        b.loper.doe("dien_in", ANDER, VOOR, coalitie="zingen-op-dinsdag",
                    inhoud=L.voorstel("zingen-op-dinsdag", bijlagen=vreemd))  # fmt: skip


def test_paper_is_taken_in_once_and_never_read_back(bureau: Callable[..., Bureau]) -> None:
    b = bureau()
    leider = b.als(L.LEIDER)
    velden = {**tekst(), "coalitie": "lange-tafel", "datum": "2027-03-01", "tijd": "9.30", "gebracht_door": "bode"}
    antwoord = leider.post(f"/werk/{K}/papier", data={**velden, "sleutel": "x"}, files={"scan": ("blad.png", PNG)})
    assert antwoord.status_code == 200
    assert "ligt in de kluis" in antwoord.text
    assert "Vijf bewoners" not in antwoord.text
    [rij] = b.rijen(Indiening)
    assert (rij.kanaal, rij.ontvangen_op) == ("papier", L.op("2027-03-01T09:30"))
    assert rij.inhoud["bijlagen"][0]["naam"] == "papier 1 blad.png"
    assert "papier" in b.als(PEN).get(f"{PAD}/voorstel/ingediend").text
    for tijd, zin in (("23.59", "moet nog komen"), ("kwart", "schrijf de datum")):
        antwoord = leider.post(f"/werk/{K}/papier", data={**velden, "tijd": tijd})
        assert antwoord.status_code == 422
        assert zin in antwoord.text
        assert "Vijf bewoners" in antwoord.text
    assert b.als(PEN).get(f"/werk/{K}/papier").status_code == 403


def test_each_page_takes_a_constant_number_of_statements(bureau: Callable[..., Bureau]) -> None:
    b = bureau()
    pen = b.als(PEN)
    aantallen = []
    for n in (1, 3, 300):
        rijen = {f"begroting-{v}": [w] * n for v, w in (("omschrijving", "x"), ("bedrag_euro", "1"), ("bron", "fonds"))}
        pen.post(f"{PAD}/voorstel", data=tekst(**rijen))
        geteld: list[str] = []

        def tel(_c: Any, _k: Any, zin: str, *_rest: Any, geteld: list[str] = geteld) -> None:
            geteld.append(zin)

        event.listen(b.loper.motor, "before_cursor_execute", tel)
        assert pen.get(f"{PAD}/voorstel").status_code == 200
        event.remove(b.loper.motor, "before_cursor_execute", tel)
        aantallen.append(len(geteld))
    assert len(set(aantallen)) == 1, aantallen


def test_personal_data_is_found_and_ordinary_numbers_are_not() -> None:
    zin = "Bel +31 (0)6 1234 5678 of mail jan@huis.nl. Rekening nl91 ABNA 0417 1643 00 voor Jan, BSN 111222333."
    assert [v.wat for v in persoonsgegevens.zoek(zin)] == [
        "een telefoonnummer", "een e-mailadres", "een rekeningnummer", "een burgerservicenummer",
    ]  # fmt: skip
    assert persoonsgegevens.zoek("In 2012 kwamen 123456789 stappen, op 01-02-2012, voor € 12.500.000.") == []
    assert persoonsgegevens.zoek("NL91ABNA0417164301 klopt niet en 111222334 ook niet") == []


def test_a_word_file_with_macros_is_refused() -> None:
    def kantoor(*namen: str) -> bytes:
        uit = io.BytesIO()
        with zipfile.ZipFile(uit, "w") as z:
            for naam in namen:
                z.writestr(naam, "x")
        return uit.getvalue()

    assert bestandssoort.soort_van(kantoor("word/document.xml"), "a.docx") == "docx"
    assert bestandssoort.soort_van(kantoor("word/document.xml", "word/vbaProject.bin"), "a.docx") == ""
    assert bestandssoort.soort_van(kantoor("iets.exe"), "a.docx") == ""
    assert bestandssoort.nette_naam("C:\\map\\Mijn  plan<>.PDF", "pdf") == "Mijn plan.pdf"


PNG = b"\x89PNG\r\n\x1a\n rest"
