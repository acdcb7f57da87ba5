"""Requests of people with bad intentions: logging in, other people's things, files, addresses, caches."""

# ruff: noqa: E501  # a table reads best with one case on one line

import csv
import importlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from sqlmodel import select

from aanbesteding.database import lees, schrijf
from aanbesteding.handelingen import aanmelden
from aanbesteding.instellingen import instellingen
from aanbesteding.model import Bestand, Coalitie, Document, Persoon, Ronde, Websessie
from aanbesteding.web import doen, opendata
from aanbesteding.web.middelen import KOEKJE, eigen_pad
from aanbesteding.web.routes import ROUTERS

L, V = importlib.import_module("lindeveen"), importlib.import_module("vijandweb")
KWAAD = "kwaad7.example"
WERK = f"/werk/{L.KENMERK}"
BEKEND, ONBEKEND = "bekend@lindeveen.example", "onbekend@lindeveen.example"


@pytest.fixture
def kanaal(lindeveen: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    monkeypatch.setattr(doen, "wek", lambda *_: None)
    kanalen: list[Any] = []

    def geef(stadium: str, moment: str) -> Any:
        loper = lindeveen(stadium)
        with schrijf(loper.motor) as session:
            session.add(Persoon(email=BEKEND, naam="Bekende"))
        kanalen.append(V.Kanaal(loper, moment))
        return kanalen[-1]

    yield geef
    for een in kanalen:
        een.sluit()


@pytest.fixture
def oproep(kanaal: Callable[..., Any]) -> Any:
    return kanaal("coalities", "2027-02-15T10:00")


def mails() -> list[str]:
    return [p.read_text(encoding="utf-8") for p in sorted(instellingen().post_map.rglob("*.eml"))]


def _link(k: Any, email: str = BEKEND) -> str:
    """The secret of a new login link."""
    link = aanmelden.vraag_link(k.loper.motor, email, terug="/mijn", plek="ergens", nu=k.nu)
    assert link is not None
    return str(link.geheim)


# ---------------------------------------------------------------- logging in


def test_a_session_that_somebody_else_chose_is_not_taken_over(oproep: Any) -> None:
    voor = "gekozen-door-een-ander"
    v = V.Verzoek("POST", f"/aanmelden/link/{_link(oproep)}",
                  koppen=(("origin", V.THUIS), ("cookie", f"{KOEKJE}={voor}")))  # fmt: skip
    a = oproep.stuur(v)
    assert a.status == 303
    [koek] = a.koekjes
    assert voor not in koek
    for geheim in (voor, "", "a" * 5000):
        weg = oproep.lees("/mijn", cookie=f"{KOEKJE}={geheim}")
        assert (weg.status, weg.koppen["location"]) == (303, "/aanmelden?terug=/mijn")


@pytest.mark.parametrize(("adres", "veilig"), [("https://aanbesteding.lindeveen.example", True), ("", False)])
def test_the_session_cookie_is_closed(
    kanaal: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, adres: str, veilig: bool
) -> None:
    monkeypatch.setenv("AANBESTEDING_WEB_ADRES", adres)
    instellingen.cache_clear()
    k = kanaal("coalities", "2027-02-15T10:00")
    [koek] = k.post(f"/aanmelden/link/{_link(k)}", {}).koekjes
    delen = {d.strip().lower() for d in koek.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= delen
    assert ("secure" in delen) is veilig
    assert not any(d.startswith("domain") for d in delen)
    geheim = koek.split("=", 1)[1].split(";")[0]
    assert len(geheim) >= 43, "256 bits"
    with lees(k.loper.motor) as session:
        assert geheim not in {s.sleutelhash for s in session.exec(select(Websessie))}


def test_logging_out_ends_the_session_on_the_server(oproep: Any) -> None:
    wie = "welzijn-lindeveen"
    geheim = oproep.sessie(wie)
    assert oproep.lees("/mijn", wie).status == 200
    oproep.post("/afmelden", {}, wie)
    assert oproep.lees("/mijn", cookie=f"{KOEKJE}={geheim}").status == 303


def test_a_link_works_once_and_not_for_long(oproep: Any) -> None:
    een, ander = _link(oproep), _link(oproep)
    assert oproep.post(f"/aanmelden/link/{een}", {}).status == 303
    assert oproep.post(f"/aanmelden/link/{een}", {}).status == 403
    oproep.nu += timedelta(minutes=16)
    assert oproep.post(f"/aanmelden/link/{ander}", {}).status == 403
    assert oproep.lees(f"/aanmelden/link/{ander}").koppen["cache-control"] == "no-store"


def test_nobody_learns_whether_an_address_is_known(oproep: Any) -> None:
    bekend, onbekend = (oproep.post("/aanmelden", {"email": e}) for e in (BEKEND, ONBEKEND))
    assert bekend.tekst.replace(BEKEND, "x") == onbekend.tekst.replace(ONBEKEND, "x")
    kaal = [{k: w for k, w in a.koppen.items() if k != "content-length"} for a in (bekend, onbekend)]
    assert kaal[0] == kaal[1]
    assert len(mails()) == 1


@pytest.mark.parametrize("email", [BEKEND, ONBEKEND])
def test_asking_too_often_is_refused_the_same_for_everybody(oproep: Any, email: str) -> None:
    schrijfwijzen = [email, email.upper(), f" {email}", email, email]
    assert [oproep.post("/aanmelden", {"email": e}).status for e in schrijfwijzen] == [200] * 5
    assert oproep.post("/aanmelden", {"email": email}).status == 429
    oproep.nu += timedelta(minutes=16)
    assert oproep.post("/aanmelden", {"email": email}).status == 200


def test_one_place_cannot_try_address_after_address(oproep: Any) -> None:
    uit = [oproep.post("/aanmelden", {"email": f"a{n}@b.example"}).status for n in range(32)]
    assert uit == [200] * 30 + [429] * 2
    koppen = (("origin", V.THUIS), ("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=203.0.113.9"))
    assert oproep.stuur(V.Verzoek("POST", "/aanmelden", lijf=b"email=z@b.example", koppen=koppen)).status == 429


# ---------------------------------------------------------------- addresses


def test_a_forged_host_reaches_no_mail_and_no_page(oproep: Any) -> None:
    koppen = (
        ("host", KWAAD),
        ("origin", f"http://{KWAAD}"),
        ("x-forwarded-host", KWAAD),
        ("x-forwarded-proto", "https"),
    )
    a = oproep.stuur(V.Verzoek("POST", "/aanmelden", lijf=f"email={BEKEND}".encode(), koppen=koppen))
    assert a.status == 200
    [mail] = mails()
    assert KWAAD not in mail
    assert instellingen().adres in mail.replace("=\n", "")
    for pad in ("/", "/sitemap.xml", "/robots.txt", f"/rondes/{L.KENMERK}", f"/rondes/{L.KENMERK}/nieuws.atom",
                f"/rondes/{L.KENMERK}/agenda.ics", "/v1/openapi.json", "/v1/rondes", "/mijn"):  # fmt: skip
        uit = oproep.lees(pad, **{"host": KWAAD, "x-forwarded-host": KWAAD})
        assert KWAAD not in uit.tekst + str(uit.koppen), pad


WEG = ("//kwaad7.example", "/\\kwaad7.example", "https://kwaad7.example", "/\t/kwaad7.example", "/\n/kwaad7.example", "\t//kwaad7.example",
       "/%0d%0aLocation:%20//kwaad7.example", "javascript:kwaad7()", "///kwaad7.example", "/\x00/kwaad7.example", " //kwaad7.example",
       "http:kwaad7.example", "/..//kwaad7.example", "\\\\kwaad7.example", "/\x0b/kwaad7.example")  # fmt: skip


@pytest.mark.parametrize("terug", WEG)
def test_nobody_is_sent_to_another_site(oproep: Any, terug: str) -> None:
    def thuis(adres: str) -> bool:
        kaal = re.sub(r"[\t\r\n]", "", adres).strip("\x00 ").replace("\\", "/")  # as browsers read it (WHATWG URL)
        return urlsplit(urljoin("http://testserver/a/b", kaal)).netloc == "testserver" and not kaal.startswith("//")

    assert thuis(eigen_pad(terug))
    van_deze = oproep.lees(f"/aanmelden?{V.urlencode({'terug': terug})}", "welzijn-lindeveen")
    assert van_deze.status == 303
    assert thuis(van_deze.koppen["location"])
    link = aanmelden.vraag_link(oproep.loper.motor, BEKEND, terug=terug, plek="p", nu=oproep.nu)
    assert link is not None
    assert thuis(oproep.post(f"/aanmelden/link/{link.geheim}", {}).koppen["location"])


# ---------------------------------------------------------------- other people's things


def _routes(deel: str) -> list[tuple[str, str]]:
    alle = {(m, str(r.path)) for x in ROUTERS for r in x.routes for m in getattr(r, "methods", ())}  # type: ignore[attr-defined]
    return sorted(r for r in alle if deel in r[1])


INVUL = {"kenmerk": L.KENMERK, "nummer": "1", "organisatie": "bakkerij-zoet", "sha256": "0" * 64, "wat": "weg"}


@pytest.mark.parametrize(("stadium", "moment"), [("ingediend", "2027-03-10T20:00"), ("uitvoering", "2027-08-01T10:00")])
def test_no_page_of_another_coalition_opens(kanaal: Callable[..., Any], stadium: str, moment: str) -> None:
    k = kanaal(stadium, moment)
    vreemden = ("zangkoor-de-merel", "open-kerk", L.ADVISEUR, "carla-wijnia")
    paden = [
        *_routes("/coalitie/{sleutel}"),
        *_routes("/bestanden/{sleutel}/"),
        ("GET", "/werk/{kenmerk}/advies/{sleutel}"),
    ]
    stand, open_ = None, []
    for wie in vreemden:
        k.sessie(wie)
    stand = k.stand()
    for methode, sjabloon in paden:
        pad = re.sub(r"\{(\w+)[^}]*\}", lambda m: INVUL.get(m[1], "lange-tafel"), sjabloon)
        for wie in vreemden:
            a = k.stuur(V.Verzoek(methode, pad, wie))
            if a.status not in (403, 404):
                open_.append((methode, pad, wie, a.status))
    assert len(paden) > 25
    assert open_ == []
    assert k.stand() == stand


def test_a_draft_of_somebody_else_cannot_be_overwritten(oproep: Any) -> None:
    adres = f"{WERK}/concepten/welzijn-lindeveen/voorstel/lange-tafel"
    v = V.Verzoek("PUT", adres, "zangkoor-de-merel", b'{"inhoud": {"titel": "van mij"}}', "application/json")
    assert oproep.stuur(v).status == 403


def test_a_document_of_another_round_stays_closed(kanaal: Callable[..., Any]) -> None:
    k = kanaal("uitvoering", "2027-08-01T10:00")
    with schrijf(k.loper.motor) as session:
        eigen = session.exec(select(Ronde)).one()
        ander = Ronde(kenmerk="andere-ronde", titel="Een andere ronde", gemeente=eigen.gemeente, zaaknummer="Z-2", fase=eigen.fase,
                      samenstelling=eigen.samenstelling, aangemaakt_op=k.nu)  # fmt: skip
        session.add(ander)
        session.flush()
        stuk = Document(ronde_id=ander.id or 0, kenmerk="x/1", soort="oproep", titel="Geheim stuk", bestandsnaam="x.pdf",
                        sha256="a" * 64, grootte=1, openbaar=True, ontvanger="", moment=k.nu)  # fmt: skip
        session.add(stuk)
        session.flush()
        nummer = stuk.id
    for wie in (L.LEIDER, L.JURIST, L.WETHOUDER, "carla-wijnia"):
        assert k.lees(f"{WERK}/stukken/{nummer}.pdf", wie).status in (403, 404)
        assert "Geheim stuk" not in k.lees(f"{WERK}/stukken", wie).tekst
        assert k.lees("/werk/andere-ronde", wie).status == 403
        assert k.lees(f"/rondes/{L.KENMERK}/documenten/{'a' * 64}.pdf", wie).status == 404
        assert k.lees("/rondes/andere-ronde", wie).status == 404


def test_private_pages_stay_in_no_cache(kanaal: Callable[..., Any]) -> None:
    k = kanaal("uitvoering", "2027-08-01T10:00")
    for wie in (L.LEIDER, L.JURIST, "welzijn-lindeveen"):
        paginas, _ = V.loop(k, wie)
        prive = {p: a.koppen.get("cache-control") for p, a in paginas.items() if p.startswith(("/werk", "/mijn"))}
        assert len(prive) > 8
        assert {p: w for p, w in prive.items() if w != "no-store"} == {}


PADEN = (
    "../../etc/passwd",
    "%2e%2e/%2e%2e/etc/passwd",
    "%00.eml",
    "a" * 3000 + ".eml",
    "..%5c..%5cx.eml",
    "/etc/passwd.eml",
    "%f0%9f%98%80.eml",
)


@pytest.mark.parametrize("pad", PADEN)
def test_no_path_leaves_its_folder(lindeveen: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, pad: str) -> None:
    """Wherever a part of an address becomes the name of a file."""
    loper = lindeveen("oproep")
    monkeypatch.setenv("AANBESTEDING_VOORBEELD", "1")
    instellingen.cache_clear()
    with schrijf(loper.motor) as session:
        session.exec(select(Ronde)).one().oefening = True
    k = V.Kanaal(loper, "2027-01-20T10:00")
    try:
        for begin in ("/postvak/", "/logo/", "/middelen/", "/middelen/fonts/", f"/rondes/{L.KENMERK}/documenten/"):
            a = k.lees(
                begin + pad.removesuffix(".eml") + (".svg" if "logo" in begin else ".eml" if "postvak" in begin else "")
            )
            assert a.status in (400, 404), begin
            assert not a.spoor
    finally:
        k.sluit()


# ---------------------------------------------------------------- files


def _zip(**delen: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        for naam, inhoud in delen.items():
            pak.writestr(naam.replace("__", "/"), inhoud)
    return uit.getvalue()


BOM = _zip(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": bytes(300_000_000)})
SLECHT = {
    "plaatje.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='kwaad7()'/>", "pagina.html": b"<script>kwaad7()</script>",
    "factuur.pdf.exe": b"MZ\x90\x00", "factuur.pdf": b"<!doctype html><script>kwaad7()</script>",
    "foto.jpg": b"GIF89a/*<script>*/", "bom.docx": BOM, "macro.docm": b"PK\x03\x04", "pak.zip": _zip(a=b"x"), "leeg.pdf": b"",
    "..%2f..%2fetc.pdf\x00.exe": b"MZ", ".htaccess": b"x",
}  # fmt: skip


@pytest.mark.parametrize("naam", SLECHT)
def test_files_that_are_not_what_they_say_are_refused(oproep: Any, naam: str) -> None:
    a = _plaats(oproep, naam, SLECHT[naam])
    assert a.status in (400, 422), naam
    with lees(oproep.loper.motor) as session:
        assert session.exec(select(Bestand)).all() == []


def _plaats(k: Any, naam: str, inhoud: bytes) -> Any:
    romp = (
        b'--x\r\nContent-Disposition: form-data; name="soort"\r\n\r\noverig\r\n--x\r\nContent-Disposition: form-data; '
    )
    romp += (
        b'name="bestand"; filename="'
        + naam.encode()
        + b'"\r\nContent-Type: text/html\r\n\r\n'
        + inhoud
        + b"\r\n--x--\r\n"
    )
    pad = f"{WERK}/coalitie/lange-tafel/voorstel/bestanden"
    return k.stuur(V.Verzoek("POST", pad, "welzijn-lindeveen", romp, "multipart/form-data; boundary=x"))


@pytest.mark.parametrize("naam", ["foto.png", "pdf", "../../a.html", "a.pdf.html", "a\\b.exe"])
def test_a_file_is_called_what_its_bytes_are(oproep: Any, naam: str) -> None:
    assert _plaats(oproep, naam, b"%PDF-1.7\n%%EOF").status == 303
    with lees(oproep.loper.motor) as session:
        [rij] = session.exec(select(Bestand)).all()
    assert rij.mediatype == "application/pdf"
    assert re.fullmatch(r"[\w .()-]+\.pdf", rij.naam)
    assert ".." not in rij.naam


def test_a_file_comes_back_as_a_download_that_cannot_run(oproep: Any) -> None:
    naam = '"><script>.pdf'
    inhoud = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n<script>kwaad7()</script>"
    with schrijf(oproep.loper.motor) as session:
        groep = session.exec(select(Coalitie).where(Coalitie.sleutel == "lange-tafel")).one()
        session.add(Bestand(coalitie_id=groep.id or 0, deelnemer_id=groep.penvoerder_id, naam=naam, soort="overig", inhoud=inhoud,
                            mediatype="application/pdf", grootte=len(inhoud), sha256="b" * 64, geplaatst_op=oproep.nu))  # fmt: skip
    a = oproep.lees(f"{WERK}/bestanden/lange-tafel/{'b' * 64}", "welzijn-lindeveen")
    assert a.status == 200
    assert a.koppen["content-disposition"].startswith("attachment; ")
    assert "<" not in a.koppen["content-disposition"]
    assert (a.koppen["x-content-type-options"], a.koppen["content-type"]) == ("nosniff", "application/pdf")
    assert "sandbox" in a.koppen["content-security-policy"]
    assert oproep.lees(f"{WERK}/bestanden/lange-tafel/{'b' * 64}", "zangkoor-de-merel").status in (403, 404)


XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "inhoud", [b"geen zip", XXE, BOM, _zip(**{"xl__workbook.xml": XXE, "[Content_Types].xml": XXE})]
)
def test_a_hostile_list_of_people_is_refused(oproep: Any, inhoud: bytes) -> None:
    romp = (
        b'--x\r\nContent-Disposition: form-data; name="bestand"; filename="mensen.xlsx"\r\n\r\n'
        + inhoud
        + b"\r\n--x--\r\n"
    )
    voor = oproep.loper.vingerafdruk()
    oproep.sessie(L.LEIDER)
    voor = oproep.loper.vingerafdruk()
    a = oproep.stuur(
        V.Verzoek("POST", f"{WERK}/leiden/mensen/lijst", L.LEIDER, romp, "multipart/form-data; boundary=x")
    )
    assert a.status in (400, 403, 422)
    assert "root:" not in a.tekst
    assert oproep.loper.vingerafdruk() == voor


def test_a_body_that_is_too_large_is_refused_while_it_comes(oproep: Any) -> None:
    for soort in (V.FORMULIER, "multipart/form-data; boundary=x", "application/json"):
        v = V.Verzoek("POST", "/aanmelden", lijf=b"email=" + b"a" * 31 * 1024**2, soort=soort)
        a = oproep.stuur(v)
        assert 400 <= a.status < 500
        assert not a.spoor


def test_no_cell_of_the_open_data_is_a_formula(kanaal: Callable[..., Any]) -> None:
    k = kanaal("uitvoering", "2027-08-01T10:00")
    with schrijf(k.loper.motor) as session:
        for n, groep in enumerate(session.exec(select(Coalitie)).all()):
            groep.naam = "=+-@\t\r"[n % 6] + "cmd|' /C calc'!A0"
            session.add(groep)
    gezien = 0
    for tabel in opendata.TABELLEN:
        tekst = k.lees(f"/rondes/{L.KENMERK}/data/{tabel}.csv").tekst
        for rij in csv.reader(io.StringIO(tekst.lstrip("\ufeff")), delimiter=";"):
            gezien += sum("calc" in cel for cel in rij)
            assert [
                c for c in rij if c[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"-?[\d.,]+", c)
            ] == []
    assert gezien > 0


def test_control_characters_reach_no_log_line(oproep: Any, caplog: pytest.LogCaptureFixture) -> None:
    oproep.app.state.motor = None  # every page that needs the database is now a fault of ours, which is logged
    oproep.lees("/v1/rondes/%0d%0aNEPREGEL")
    oproep.lees("/rondes/a%0d%0aNEPREGEL")
    assert not [r for r in caplog.records if "\nNEPREGEL" in r.getMessage()]
