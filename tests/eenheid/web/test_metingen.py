"""Measurements in the browser: the grid of what is due, the import with its preview, corrections and effort."""

import html
import importlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.model import Concept, Inspanning, Logregel, Meetbestand, Meetwaarde

leidweb = importlib.import_module("leidweb")
L = importlib.import_module("lindeveen")
PAD = "/werk/lindeveen-2027/meting/lange-tafel"
NU = "2027-08-20T10:00"


@pytest.fixture
def loper(lindeveen: Callable[[str], Any]) -> Any:
    return lindeveen("uitvoering")


def web(loper: Any, moment: str = NU, wie: str = "") -> Any:
    return leidweb.Web(loper, wie or L.LEIDER, moment).client


def waarden(loper: Any) -> list[Meetwaarde]:
    with lees(loper.motor) as session:
        return list(session.exec(select(Meetwaarde).order_by(Meetwaarde.id)))


def velden(bron: str, formulier: int = 0) -> dict[str, Any]:
    """Every field of a form as a browser would send it, without buttons."""
    deel = re.findall(r'(?s)<form[^>]*method="post"[^>]*action="/werk.*?</form>', bron)[formulier]
    uit: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", deel):
        wat = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if wat.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if "name" in wat and wat.get("type") != "file":
            uit[html.unescape(wat["name"])] = html.unescape(wat.get("value", ""))
    for naam, rest in re.findall(r'(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', deel):
        gekozen = re.search(r'<option value="([^"]*)" selected', rest)
        uit[html.unescape(naam)] = html.unescape(gekozen[1]) if gekozen else ""
    for naam, rest in re.findall(r'(?s)<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', deel):
        uit[html.unescape(naam)] = html.unescape(rest).strip()
    return uit


def cellen(client: Any, pad: str = PAD) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of the grid, and area → part of the name of its fields."""
    pagina = client.get(pad)
    assert pagina.status_code == 200, pagina.text
    namen = re.findall(r'for="w\.([^"]+)">Waarde, [^,]+, ([^<]+)</label>', pagina.text)
    uit = velden(pagina.text, -1)
    return uit, {g: n for n, g in namen}


def stuur(client: Any, gegevens: dict[str, Any], pad: str = PAD) -> Any:
    return client.post(pad, data={**gegevens, "_knop": "indienen"}, follow_redirects=False)


# ---------------------------------------------------------------- the grid


def test_the_grid_asks_for_the_baseline_before_the_start(loper: Any) -> None:
    _, namen = cellen(web(loper))
    assert set(namen) == {"Noord", "Zuid", "Centrum"}
    assert all(".2027-2." in n for n in namen.values())


def test_typed_values_are_kept_and_the_draft_is_emptied(loper: Any) -> None:
    client = web(loper)
    blad, namen = cellen(client)
    blad |= {f"w.{namen['Noord']}": "18,5", f"n.{namen['Noord']}": "212", f"w.{namen['Zuid']}": "17"}
    assert stuur(client, blad).status_code == 303
    assert [(m.gebied, m.periode, m.waarde, m.respondenten) for m in waarden(loper)] == [
        ("Noord", "2027-2", 18.5, 212), ("Zuid", "2027-2", 17.0, None),
    ]  # fmt: skip
    opnieuw, namen = cellen(client)
    assert opnieuw[f"w.{namen['Noord']}"] == "18,5"
    assert "Ontbreekt" in client.get(PAD).text


def test_one_wrong_cell_keeps_everything_out_and_everything_typed(loper: Any) -> None:
    client = web(loper)
    blad, namen = cellen(client)
    blad |= {f"w.{namen['Noord']}": "18,5", f"w.{namen['Zuid']}": "1.850", f"w.{namen['Centrum']}": "119"}
    uit = stuur(client, blad)
    assert uit.status_code == 422
    assert "kan twee dingen zijn" in uit.text
    assert "hooguit 100" in uit.text
    assert f'href="#w.{namen["Centrum"]}"' in uit.text
    assert 'value="1.850"' in uit.text
    assert waarden(loper) == []
    assert 'value="1.850"' in client.get(PAD).text, "the draft keeps it"


def test_a_group_under_ten_people_leaves_no_value(loper: Any) -> None:
    client = web(loper)
    blad, namen = cellen(client)
    blad |= {f"w.{namen['Noord']}": "33,3", f"n.{namen['Noord']}": "9"}
    stuur(client, blad | {"gezien": "ja"})
    (m,) = waarden(loper)
    assert (m.waarde, m.respondenten, m.onderdrukt) == (None, None, True)
    assert "te klein om te tonen" in client.get(PAD).text


def test_a_correction_needs_a_reason_and_shows_in_the_history(loper: Any) -> None:
    client = web(loper)
    blad, namen = cellen(client)
    assert stuur(client, blad | {f"w.{namen['Noord']}": "18,5"}).status_code == 303
    blad, namen = cellen(client)
    uit = stuur(client, blad | {f"w.{namen['Noord']}": "19,5"})
    assert uit.status_code == 422
    assert "zeg waarom" in uit.text
    assert stuur(client, blad | {f"w.{namen['Noord']}": "19,5", "reden": "Verkeerd overgetypt."}).status_code == 303
    assert [(m.versie, m.waarde, m.reden) for m in waarden(loper)] == [
        (1, 18.5, ""), (2, 19.5, "Verkeerd overgetypt."),
    ]  # fmt: skip
    tekst = client.get(f"{PAD}/geschiedenis").text
    assert "Verkeerd overgetypt." in tekst
    assert "18,5" in tekst
    assert L.LEIDER in tekst


def test_a_jump_is_asked_about_once(loper: Any) -> None:
    client = web(loper)
    blad, namen = cellen(client, f"{PAD}?terug=1")
    assert stuur(client, blad | {f"w.{namen['Noord']}": "1,9"}, f"{PAD}?terug=1").status_code == 303
    blad, namen = cellen(client)
    uit = stuur(client, blad | {f"w.{namen['Noord']}": "19,5"})
    assert uit.status_code == 422
    assert "Klopt dat?" in uit.text
    assert stuur(client, blad | {f"w.{namen['Noord']}": "19,5", "gezien": "ja"}).status_code == 303


def test_the_live_check_keeps_nothing(loper: Any) -> None:
    client = web(loper)
    blad, namen = cellen(client)
    voor = loper.vingerafdruk()
    uit = client.post(f"{PAD}/toets", data=blad | {f"w.{namen['Noord']}": "130"})
    assert uit.status_code == 200
    assert "hooguit 100" in uit.text
    assert loper.vingerafdruk() == voor


def test_the_list_to_fill_in_holds_exactly_what_is_missing(loper: Any) -> None:
    client = web(loper)
    blad, namen = cellen(client)
    stuur(client, blad | {f"w.{namen['Noord']}": "18,5"})
    rijen = client.get(f"{PAD}/lijst.csv").content.decode("utf-8-sig").splitlines()
    assert rijen == [
        "indicator;gebied;periode;waarde;respondenten;bron",
        "eenzaam;Zuid;2027-2;;;wijkpeiling",
        "eenzaam;Centrum;2027-2;;;wijkpeiling",
    ]
    boek = load_workbook(io.BytesIO(client.get(f"{PAD}/lijst.xlsx").content))
    assert [[c.value for c in r][:3] for r in boek.active.iter_rows(min_row=2)] == [
        ["eenzaam", "Zuid", "2027-2"], ["eenzaam", "Centrum", "2027-2"],
    ]  # fmt: skip


# ---------------------------------------------------------------- the import


def kies(client: Any, naam: str, ruw: bytes) -> Any:
    return client.post(f"{PAD}/inlezen", files={"bestand": (naam, ruw)})


def bevestig(client: Any, pagina: str, **anders: Any) -> Any:
    return client.post(f"{PAD}/inlezen", data=velden(pagina, -1) | anders | {"_knop": "vast"}, follow_redirects=False)


EIGEN = "indicator;gebied;periode;waarde;respondenten;bron\neenzaam;Noord;2027-2;18,5;212;peiling\neenzaam;Zuid;2027-2;17;9;peiling\n"  # noqa: E501


def test_our_own_list_is_shown_first_and_read_after_confirmation(loper: Any) -> None:
    client = web(loper)
    voor = loper.vingerafdruk()
    pagina = kies(client, "peiling.csv", EIGEN.encode())
    assert pagina.status_code == 200
    assert "2 nieuwe waarden" in pagina.text
    assert loper.vingerafdruk() == voor, "a preview changes nothing"
    assert bevestig(client, pagina.text).status_code == 422, "the warning about the small group must be seen"
    assert bevestig(client, pagina.text, akkoord="ja").status_code == 303
    assert [(m.gebied, m.waarde, m.onderdrukt) for m in waarden(loper)] == [
        ("Noord", 18.5, False),
        ("Zuid", None, True),
    ]
    with lees(loper.motor) as session:
        bestand = session.exec(select(Meetbestand)).one()
        log = session.exec(select(Logregel).where(Logregel.handeling == "lees_metingen")).one()
    assert (bestand.naam, bestand.vorm) == ("peiling.csv", "eigen")
    assert {k: log.gegevens[k] for k in ("bestand", "vorm", "waarden", "onderdrukt")} == {
        "bestand": bestand.hash, "vorm": "eigen", "waarden": 2, "onderdrukt": 1,
    }  # fmt: skip
    assert bestand.hash in client.get(f"{PAD}/geschiedenis").text


def test_the_same_file_again_has_nothing_to_do(loper: Any) -> None:
    client = web(loper)
    bevestig(client, kies(client, "peiling.csv", EIGEN.encode()).text, akkoord="ja")
    pagina = kies(client, "peiling.csv", EIGEN.encode())
    assert "Niets nieuws" in pagina.text
    assert bevestig(client, pagina.text, akkoord="ja").status_code == 422
    assert len(waarden(loper)) == 2


def test_a_file_that_corrects_needs_a_reason(loper: Any) -> None:
    client = web(loper)
    bevestig(client, kies(client, "peiling.csv", EIGEN.encode()).text, akkoord="ja")
    pagina = kies(client, "peiling.csv", EIGEN.replace("18,5", "19,5").encode())
    assert "1 verbetering" in pagina.text
    assert bevestig(client, pagina.text, akkoord="ja").status_code == 422
    assert bevestig(client, pagina.text, akkoord="ja", reden="Nieuwe weging.").status_code == 303
    assert [(m.versie, m.waarde, m.reden) for m in waarden(loper)][-1] == (2, 19.5, "Nieuwe weging.")
    assert len(waarden(loper)) == 3


def test_a_choice_that_was_not_shown_is_not_confirmed(loper: Any) -> None:
    client = web(loper)
    pagina = kies(client, "peiling.csv", EIGEN.encode()).text
    uit = bevestig(client, pagina, akkoord="ja", bron="iets anders")
    assert uit.status_code == 422
    assert "U veranderde een keuze" in uit.text
    assert waarden(loper) == []


def test_answers_of_people_leave_only_a_share(loper: Any) -> None:
    antwoorden = ["wijk;eenzaam;wie"]
    antwoorden += [f"Noord;{'vaak' if n < 5 else 'nooit'};Klaas{n}" for n in range(20)]
    antwoorden += [f"Zuid;{'vaak' if n < 2 else 'nooit'};Piet{n}" for n in range(9)]
    client = web(loper)
    pagina = kies(client, "enquete.csv", "\n".join(antwoorden).encode())
    assert "Eigen vragenlijst" in pagina.text
    keuzes = velden(pagina.text, -1) | {
        "vorm": "vragenlijst", "gebied": "wijk", "periode": "2027-2", "kolom-eenzaam": "eenzaam", "bron": "enquête",
        "telt-eenzaam": "vaak", "periodekolom": "", "_knop": "bekijk",
    }  # fmt: skip
    voorbeeld = client.post(f"{PAD}/inlezen", data=keuzes)
    assert voorbeeld.status_code == 200
    assert bevestig(client, voorbeeld.text, akkoord="ja").status_code == 303
    assert [(m.gebied, m.waarde, m.respondenten, m.onderdrukt) for m in waarden(loper)] == [
        ("Noord", 25.0, 20, False), ("Zuid", None, None, True),
    ]  # fmt: skip
    pad = Path(loper.motor.url.database)
    ruw = pad.read_bytes() + b"".join(p.read_bytes() for p in pad.parent.glob(f"{pad.name}-*"))
    assert b"Klaas3" not in ruw
    assert kies(client, "enquete2.csv", "\n".join(antwoorden).encode()).text.count('value="vaak" checked') == 1


def test_figures_from_a_model_are_marked(loper: Any) -> None:
    client = web(loper)
    pagina = kies(client, "SMAP_2027.csv", EIGEN.encode())
    assert re.search(r'name="model" value="ja" checked', pagina.text)
    bevestig(client, pagina.text, akkoord="ja")
    with lees(loper.motor) as session:
        assert session.exec(select(Meetbestand)).one().uitkomst["model"] is True
    assert "Modelcijfers" in client.get(PAD).text


@pytest.mark.parametrize(
    ("naam", "ruw", "zin"),
    [
        ("leeg.csv", b"", "leeg"),
        ("fout.csv", EIGEN.replace("peiling", "enqu\u00eate").encode("cp1252"), "Windows-1252"),
        ("kapot.xlsx", b"PK\x03\x04rommel", "beschadigd"),
        ("toekomst.csv", EIGEN.replace("2027-2", "2031-1").encode(), "moet nog beginnen"),
        ("buiten.csv", EIGEN.replace("Noord", "Oost").encode(), "staat niet in het meetplan"),
        ("dubbel.csv", (EIGEN + "eenzaam;Noord;2027-2;20;100;peiling\n").encode(), "staat er twee keer"),
        ("jaar.csv", EIGEN.replace("2027-2", "2027").encode(), "dit meetplan meet per halfjaar"),
        ("hoog.csv", EIGEN.replace("18,5", "185").encode(), "hooguit 100"),
    ],
)
def test_a_wrong_file_says_what_to_mend(loper: Any, naam: str, ruw: bytes, zin: str) -> None:
    client = web(loper)
    voor = loper.vingerafdruk()
    pagina = kies(client, naam, ruw)
    assert zin in html.unescape(pagina.text)
    if 'name="gezien"' in pagina.text:
        assert bevestig(client, pagina.text, akkoord="ja").status_code == 422
    assert loper.vingerafdruk() == voor


@pytest.mark.parametrize("inhoud", ["", "rommel", "eJzLSM3JyQcABiwCFQ==", "AAAA"])
def test_a_page_that_was_tampered_with_is_refused_kindly(loper: Any, inhoud: str) -> None:
    uit = web(loper).post(f"{PAD}/inlezen", data={"inhoud": inhoud, "naam": "../../x", "vorm": "raar", "_knop": "vast"})
    assert uit.status_code == 422
    assert "Er klopt iets niet" in uit.text


# ---------------------------------------------------------------- effort, and who may see what


def test_the_effort_per_area_is_kept_with_its_history(loper: Any) -> None:
    pad = "/werk/lindeveen-2027/coalitie/lange-tafel/inzet"
    client = web(loper, "2028-02-20T10:00", L.COALITIES["lange-tafel"][0])
    blad = velden(client.get(pad).text, -1)
    naam = next(n for n in blad if n.startswith("uren.")).partition(".")[2]
    fout = client.post(pad, data=blad | {f"uren.{naam}": "veel", "_knop": "indienen"})
    assert fout.status_code == 422
    assert 'value="veel"' in fout.text
    vol = blad | {f"uren.{naam}": "1.250", f"deelnemers.{naam}": "40", f"activiteiten.{naam}": "12"}
    for uren in ("1.250", "1300"):
        uit = client.post(pad, data=vol | {f"uren.{naam}": uren, "_knop": "indienen"}, follow_redirects=False)
        assert uit.status_code == 303, uit.text
    with lees(loper.motor) as session:
        rijen = session.exec(select(Inspanning).order_by(Inspanning.versie)).all()
    assert [(r.gebied, r.periode, r.versie, r.uren) for r in rijen] == [
        ("Noord", "2028-1", 1, 1250), ("Noord", "2028-1", 2, 1300),
    ]  # fmt: skip
    assert "1.300" in web(loper, "2028-02-20T11:00").get(f"{PAD}/inzet").text


@pytest.mark.parametrize("deel", ["", "/inlezen", "/lijst.csv", "/geschiedenis", "/inzet"])
def test_nobody_else_comes_here(loper: Any, deel: str) -> None:
    assert web(loper, wie="carla-wijnia").get(f"{PAD}{deel}").status_code == 403
    assert web(loper).get(f"{PAD}{deel}").status_code == 200
    assert web(loper, wie=L.JURIST).get(f"{PAD}/geschiedenis").status_code == 200


def test_nothing_typed_stands_as_a_draft_of_somebody_else(loper: Any) -> None:
    client = web(loper)
    blad, namen = cellen(client)
    client.post(PAD, data=blad | {f"w.{namen['Noord']}": "18", "_knop": "bewaar"})
    with lees(loper.motor) as session:
        assert len(session.exec(select(Concept).where(Concept.sleutel == "meting/lange-tafel/1-0")).all()) == 1
    assert waarden(loper) == []
