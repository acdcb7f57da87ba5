"""The assessor: declare, score, lock; nothing typed is lost, nothing is seen too early."""

import importlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import select

from aanbesteding.database import schrijf
from aanbesteding.documenten.archief import Archief
from aanbesteding.handelingen import concepten
from aanbesteding.instellingen import instellingen
from aanbesteding.model import Belang, Deelnemer, Document, Score, Toewijzing
from aanbesteding.overzichten import vind

L, W = importlib.import_module("lindeveen"), importlib.import_module("scoorweb")
CARLA, DENIZ = "carla-wijnia", "deniz-aydin"
CRITERIA = ("effect", "samen", "bewoners")


def _web(loper: Any, wie: str = CARLA, moment: str = "2027-04-10T10:00") -> Any:
    return W.Web(loper, wie, moment, L.op)


def _eigen(loper: Any, wie: str) -> list[str]:
    return [c for c, w in L.toewijzingen(loper) if w == wie]


def _vel(coalitie: str, waarde: str = "4", **anders: str) -> dict[str, str]:
    velden = {f"waarde-{c}": waarde for c in CRITERIA} | {f"motivering-{c}": L.reden(coalitie, c) for c in CRITERIA}
    return velden | {f"_versie-{c}": "0" for c in CRITERIA} | {"naar": "verder"} | anders


def _scores(loper: Any) -> list[Score]:
    return list(loper.kijk(lambda s, r: s.exec(select(Score).order_by(Score.id)).all()))


# ---------------------------------------------------------------- declarations


def test_declarations_first_and_the_rest_at_once(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    web = _web(loper, moment="2027-03-30T10:00")
    assert "Nog 7 verklaringen te geven" in web.get("/beoordelen").text
    pagina = web.get("/beoordelen/belangen").text
    assert "Meld een belang" in pagina
    assert web.get("/beoordelen/voorstel/lange-tafel").status_code == 403
    uit = web.post("/beoordelen/belangen/lange-tafel", {"belang": "ja", "toelichting": ""})
    assert uit.status_code == 422
    assert "leg uit welk belang u heeft" in uit.text
    assert web.post("/beoordelen/belangen/lange-tafel", {"belang": "misschien"}).status_code == 422
    uit = web.post("/beoordelen/belangen/lange-tafel", {"belang": "ja", "toelichting": "Mijn broer bakt daar."})
    assert uit.headers["location"].endswith("/beoordelen/belangen?klaar=verklaard")
    velden = web.verborgen("/beoordelen/belangen")
    for _ in range(2):
        assert web.post("/beoordelen/belangen", velden).status_code == 303
    rijen = loper.kijk(lambda s, r: s.exec(select(Belang)).all())
    assert [sum(b.belang for b in rijen), len(rijen)] == [1, 7]
    assert "U bent klaar met uw verklaringen" in web.get("/beoordelen").text


def test_a_match_in_the_data_is_a_question_that_wants_an_answer(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    with schrijf(loper.motor) as session:
        carla = session.exec(select(Deelnemer).where(Deelnemer.sleutel == CARLA)).one()
        carla.afdeling = vind.organisatie(session, vind.ronde(session, loper.kenmerk), "bakkerij-zoet").naam
        session.add(carla)
    web = _web(loper, moment="2027-03-30T10:00")
    pagina = web.get("/beoordelen/belangen").text
    assert "hier hebben wij een vraag" in pagina
    assert "Wat is uw band met deze organisatie?" in pagina
    assert web.post("/beoordelen/belangen").status_code == 422
    uit = web.post("/beoordelen/belangen/lange-tafel", {"belang": "nee"})
    assert uit.status_code == 422
    assert "beantwoord deze vraag" in uit.text
    assert (
        web.post("/beoordelen/belangen/lange-tafel", {"belang": "nee", "toelichting": "Tot 2020."}).status_code == 303
    )


def test_conflict_shuts_the_proposal_everywhere(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web = _web(loper, DENIZ)
    assert web.get("/beoordelen/voorstel/samen-repareren").status_code == 403
    assert web.post("/beoordelen/voorstel/samen-repareren", _vel("samen-repareren")).status_code == 403
    assert web.get("/beoordelen/vergrendelen?voorstel=samen-repareren").status_code == 403
    assert web.get("/beoordelen/voorstel/samen-repareren/bijlage/1").status_code == 403
    assert web.get("/overleg/voorstel/samen-repareren").status_code == 403
    assert "samen repareren" not in web.get("/beoordelen").text


# ---------------------------------------------------------------- scoring


def test_a_whole_proposal_in_one_go_and_on_to_the_next(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web = _web(loper)
    werk = _eigen(loper, CARLA)
    volgorde = list(_volgorde(loper))
    assert f'href="/werk/{loper.kenmerk}/beoordelen/voorstel/{volgorde[0]}"' in web.get("/beoordelen").text
    pagina = web.get(f"/beoordelen/voorstel/{volgorde[0]}").text
    assert "Eén organisatie doet alles." in pagina
    assert "€ 30.000" not in pagina
    uit = web.post(f"/beoordelen/voorstel/{volgorde[0]}", _vel(volgorde[0]))
    assert uit.headers["location"].endswith(f"/voorstel/{volgorde[1]}?klaar=volgende")
    assert len(_scores(loper)) == 3
    web.post(f"/beoordelen/voorstel/{volgorde[0]}", _vel(volgorde[0]))
    assert len(_scores(loper)) == 3, "sent twice, stored once"
    for c in volgorde[1:]:
        uit = web.post(f"/beoordelen/voorstel/{c}", _vel(c))
    assert uit.headers["location"].endswith("/beoordelen/vergrendelen?klaar=compleet")
    assert len(_scores(loper)) == 3 * len(werk)


def _volgorde(loper: Any) -> list[str]:
    def zoek(session: Any, ronde: Any) -> list[str]:
        wie = vind.deelnemer(session, ronde, CARLA)
        from aanbesteding.overzichten import beoordelen

        return [beoordelen.coalitie_van(session, t).sleutel for t in beoordelen.toewijzingen_van(session, ronde, wie)]

    return list(loper.kijk(zoek))


def test_what_is_sound_is_stored_and_the_rest_comes_back(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    anders = {"waarde-samen": "9", "motivering-bewoners": "te <kort>", "waarde-bewoners": ""}
    uit = web.post(f"/beoordelen/voorstel/{c}", _vel(c, **anders))
    assert uit.status_code == 422
    assert "9 staat niet op de schaal" in uit.text
    assert "schrijf minstens 6 woorden" in uit.text
    assert "te &lt;kort&gt;</textarea>" in uit.text
    assert L.reden(c, "samen") in uit.text
    assert "Wel bewaard: " in uit.text
    assert [s.criterium for s in _scores(loper)] == ["effect"]


def test_empty_criteria_are_no_fault_and_the_next_empty_one_gets_the_focus(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    leeg = {"waarde-samen": "", "motivering-samen": "", "waarde-bewoners": "", "motivering-bewoners": ""}
    uit = web.post(f"/beoordelen/voorstel/{c}", _vel(c, **leeg))
    assert uit.headers["location"].endswith(f"/{c}?klaar=bewaard#waarde-samen")


def test_abstaining_is_a_choice_with_a_reason(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    assert web.post(f"/beoordelen/voorstel/{c}", _vel(c, "onthouden")).status_code == 303
    assert [s.waarde for s in _scores(loper)] == [None] * 3
    assert 'value="onthouden" checked' in web.get(f"/beoordelen/voorstel/{c}").text


def test_a_copied_reason_is_refused(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web = _web(loper)
    een, twee = _eigen(loper, CARLA)[:2]
    web.post(f"/beoordelen/voorstel/{een}", _vel(een))
    uit = web.post(f"/beoordelen/voorstel/{twee}", _vel(twee, **{"motivering-samen": L.reden(een, "samen")}))
    assert uit.status_code == 422
    assert "deze tekst staat ook bij" in uit.text


def test_two_tabs_keep_both_texts_and_the_writer_decides(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    pad = f"/beoordelen/voorstel/{c}"
    web.post(pad, _vel(c))
    tweede = " ".join(f"anders{n}" for n in range(8))
    uit = web.post(pad, _vel(c, **{"motivering-effect": tweede, "waarde-effect": "2"}))
    assert uit.status_code == 409
    assert L.reden(c, "effect") in uit.text
    assert f"{tweede}</textarea>" in uit.text
    assert len(_scores(loper)) == 3
    keuze = _vel(c, **{"motivering-effect": tweede, "waarde-effect": "2", "_versie-effect": "1"})
    assert web.post(pad, keuze | {"neem": "effect"}).status_code == 303
    assert len(_scores(loper)) == 3
    assert L.reden(c, "effect") in web.get(pad).text
    assert web.post(pad, keuze).status_code == 303
    assert [(s.criterium, s.versie, s.waarde) for s in _scores(loper)][-1] == ("effect", 2, 2)


def test_a_draft_that_is_newer_fills_the_page_and_is_marked(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    web.post(f"/beoordelen/voorstel/{c}", _vel(c))
    web.later(minutes=5)
    adres = f"{web.begin}/concepten/{CARLA}/score/{c}"
    uit = web.client.put(adres, json={"inhoud": {"motivering-samen": "half getypt"}, "vanaf": ""},
                         headers={"origin": "http://testserver"})  # fmt: skip
    assert uit.status_code == 200
    pagina = web.get(f"/beoordelen/voorstel/{c}").text
    assert "half getypt</textarea>" in pagina
    assert "nog niet bewaard" in pagina
    assert f'data-merk="{concepten.merk({"motivering-samen": "half getypt"})}"' in pagina
    assert "met tekst die nog niet is bewaard" in web.get("/beoordelen").text


def test_without_a_session_everything_typed_waits_on_the_login_page(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    web.later(hours=13)
    uit = web.post(f"/beoordelen/voorstel/{c}", _vel(c))
    assert uit.status_code == 401
    assert L.reden(c, "effect") in uit.text


def test_another_ones_proposal_and_an_unknown_one_are_closed(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    with schrijf(loper.motor) as session:
        carla = session.exec(select(Deelnemer).where(Deelnemer.sleutel == CARLA)).one()
        rij = session.exec(select(Toewijzing).where(Toewijzing.beoordelaar_id == carla.id)).first()
        assert rij is not None
        session.delete(rij)
    web = _web(loper)
    vreemd = next(c for c in L.COALITIES if c not in _eigen(loper, CARLA))
    for c in (vreemd, "bestaat-niet"):
        assert web.get(f"/beoordelen/voorstel/{c}").status_code == 403
        assert web.post(f"/beoordelen/voorstel/{c}", _vel(c)).status_code == 403
    assert _scores(loper) == []
    assert _web(loper, L.LEIDER).get("/beoordelen").status_code == 403


def test_hostile_fields_are_answered_with_a_page(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    raar = {"waarde-effect": "\x00", "waarde-samen": "²", "waarde-bewoners": "9" * 5000, "_versie-effect": "-1",
            "motivering-effect": "a\x00b\ud7ff " * 9, "motivering-samen": "x " * 20_000, "neem": "../..",
            "naar": "//kwaad.example"}  # fmt: skip
    assert web.post(f"/beoordelen/voorstel/{c}", _vel(c, **raar)).status_code == 422
    assert web.post(f"/beoordelen/voorstel/{c}", {}).headers["location"].startswith("/werk/")
    assert web.get("/beoordelen/voorstel/" + c + "/bijlage/999").status_code == 404
    assert web.get("/beoordelen?blad=-3").status_code == 200
    assert web.get("/beoordelen?blad=x").status_code == 400


# ---------------------------------------------------------------- locking


def test_locking_asks_to_be_sure_and_then_is_final(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    uit = web.post("/beoordelen/vergrendelen", {"coalitie": "alle", "zeker": "ja"})
    assert uit.status_code == 422
    web.post(f"/beoordelen/voorstel/{c}", _vel(c))
    pagina = web.get(f"/beoordelen/vergrendelen?voorstel={c}").text
    assert L.reden(c, "bewoners") in pagina
    assert web.post("/beoordelen/vergrendelen", {"coalitie": c}).status_code == 422
    assert web.post("/beoordelen/vergrendelen", {"coalitie": c, "zeker": "ja"}).status_code == 303
    uit = web.post(f"/beoordelen/voorstel/{c}", _vel(c, "2", **{"motivering-effect": "mijn nieuwe tekst blijft staan"}))
    assert uit.status_code == 409
    assert "mijn nieuwe tekst blijft staan" in uit.text
    assert {s.waarde for s in _scores(loper)} == {4}


def test_others_show_only_after_the_own_lock_and_only_when_locked(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    c = next(c for c in _eigen(loper, CARLA) if c in _eigen(loper, DENIZ))
    een, ander = _web(loper), _web(loper, DENIZ)
    vreemd = {f"motivering-{k}": " ".join(f"deniz{k}{n}" for n in range(8)) for k in CRITERIA}
    ander.post(f"/beoordelen/voorstel/{c}", _vel(c, "2", **vreemd))
    een.post(f"/beoordelen/voorstel/{c}", _vel(c))
    assert "denizeffect1" not in een.get(f"/beoordelen/voorstel/{c}").text
    een.post("/beoordelen/vergrendelen", {"coalitie": c, "zeker": "ja"})
    assert "denizeffect1" not in een.get(f"/beoordelen/voorstel/{c}").text
    ander.post("/beoordelen/vergrendelen", {"coalitie": c, "zeker": "ja"})
    assert "denizeffect1" in een.get(f"/beoordelen/voorstel/{c}").text


def test_who_was_replaced_sees_what_happened(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    c = _eigen(loper, CARLA)[0]
    loper.doe("vervang_beoordelaar", L.LEIDER, "2027-04-09T10:00", beoordelaar=CARLA, reden="Lang ziek.")
    web = _web(loper)
    assert "Een ander nam uw werk over" in web.get("/beoordelen").text
    assert "ziek" not in web.get("/beoordelen").text
    assert web.get(f"/beoordelen/voorstel/{c}").status_code == 403
    assert web.post(f"/beoordelen/voorstel/{c}", _vel(c)).status_code == 403


def test_after_the_gate_everything_can_be_read_back(lindeveen: Any) -> None:
    loper = lindeveen("beoordeeld")
    web, c = _web(loper, moment="2027-04-25T10:00"), _eigen(loper, CARLA)[0]
    assert "De beoordeling is afgerond" in web.get("/beoordelen").text
    assert L.reden(c, "effect") in web.get(f"/beoordelen/voorstel/{c}").text


# ---------------------------------------------------------------- the form in a spreadsheet


def _boek(web: Any) -> Any:
    return load_workbook(io.BytesIO(web.get("/beoordelen/formulier.xlsx").content))


def _stuur(web: Any, boek: Any) -> Any:
    ruw = boek if isinstance(boek, bytes) else _bytes(boek)
    return web.post("/beoordelen/formulier", files={"bestand": ("scores.xlsx", ruw)})


def _bytes(boek: Any) -> bytes:
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _vul(boek: Any) -> Any:
    blad = boek["Scores"]
    for rij in range(2, blad.max_row + 1):
        blad[f"D{rij}"], blad[f"E{rij}"] = 4, L.reden(blad[f"F{rij}"].value, blad[f"G{rij}"].value)
    return blad


def test_the_spreadsheet_goes_out_and_in(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web = _web(loper)
    boek = _boek(web)
    blad = _vul(boek)
    assert _stuur(web, boek).headers["location"].endswith("klaar=ingelezen")
    assert len(_scores(loper)) == blad.max_row - 1
    assert _stuur(web, _boek(web)).headers["location"].endswith("klaar=niets")
    uit = _stuur(web, boek)
    assert uit.headers["location"].endswith("klaar=niets"), "the same file again changes nothing"
    blad["E2"] = "Een heel andere tekst met genoeg woorden erin vandaag."
    uit = _stuur(web, boek)
    assert uit.status_code == 422
    assert "Cel D2: deze score is na het downloaden veranderd" in uit.text


def test_every_fault_by_cell_and_nothing_stored(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web = _web(loper)
    boek = _boek(web)
    blad = _vul(boek)
    blad["D2"], blad["E3"], blad["E4"], blad["F5"], blad["G6"] = 9, "te kort", "=HYPERLINK(1)", "tuinstoelen", "onzin"
    uit = _stuur(web, boek)
    assert uit.status_code == 422
    for zin in ("Cel D2: 9 staat niet op de schaal", "Cel E3: schrijf minstens 6 woorden",
                "Cel E4: hier staat een formule", "Cel F5: dit voorstel is niet aan u toegewezen",
                "Cel G6: &#39;onzin&#39; staat niet in de oproep"):  # fmt: skip
        assert zin in uit.text
    assert _scores(loper) == []


def test_text_that_looks_like_a_formula_stays_text(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    formule = "=CMD|'/c calc'!A1 " + L.reden(c, "effect")
    web.post(f"/beoordelen/voorstel/{c}", _vel(c, **{"motivering-effect": formule}))
    cellen = [cel for rij in _boek(web)["Scores"].iter_rows() for cel in rij if cel.value == formule]
    assert [(cel.data_type, cel.quotePrefix) for cel in cellen] == [("s", True)]
    assert _stuur(web, _boek(web)).headers["location"].endswith("klaar=niets")


def _zip(**delen: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        for naam, inhoud in delen.items():
            pak.writestr(naam, inhoud)
    return uit.getvalue()


def _bom(web: Any) -> bytes:
    """A real form whose sheet pulls in an entity."""
    bron, uit = zipfile.ZipFile(io.BytesIO(_bytes(_boek(web)))), io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pak:
        for naam in bron.namelist():
            inhoud = bron.read(naam)
            kop = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' if "sheet1" in naam else b""
            pak.writestr(naam, kop + inhoud)
    return uit.getvalue()


def test_hostile_spreadsheets_are_refused_in_dutch(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web = _web(loper)
    ander = Workbook()
    ander.active["A1"] = "iets anders"
    slecht = (b"geen zip", b"PK\x03\x04kapot", _zip(a=b"x"), _zip(a=bytes(41_000_000)), _bom(web), _bytes(ander), b"")
    for ruw in slecht:
        uit = _stuur(web, ruw)
        assert uit.status_code == 422
        assert "Er is niets bewaard" in uit.text
    assert web.post("/beoordelen/formulier", {"bestand": "geen bestand"}).status_code == 422
    assert _scores(loper) == []


def test_locked_rows_may_stay_but_not_change(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web, c = _web(loper), _eigen(loper, CARLA)[0]
    web.post(f"/beoordelen/voorstel/{c}", _vel(c))
    web.post("/beoordelen/vergrendelen", {"coalitie": c, "zeker": "ja"})
    boek = _boek(web)
    blad = boek["Scores"]
    assert _stuur(web, boek).status_code == 303
    rij = next(r for r in range(2, blad.max_row + 1) if blad[f"F{r}"].value == c)
    blad[f"D{rij}"] = 1
    uit = _stuur(web, boek)
    assert f"Cel D{rij}: uw scores voor dit voorstel zijn vergrendeld" in uit.text


def test_only_the_own_printed_form(lindeveen: Any, data_map: Path) -> None:
    loper = lindeveen("scoren")
    archief = Archief(instellingen().archief_map)
    with schrijf(loper.motor) as session:
        ronde = vind.ronde(session, loper.kenmerk)
        for letter in "AB":
            sha = archief.bewaar(f"%PDF van {letter}".encode())
            session.add(Document(ronde_id=ronde.id or 0, kenmerk=f"sf/{letter}", soort="scoreformulier",
                                 titel="Formulier", bestandsnaam=f"sf_{letter}.pdf", sha256=sha, grootte=9,
                                 openbaar=False,
                                 ontvanger=f"Beoordelaar {letter}", moment=L.op("2027-04-02T09:00")))  # fmt: skip
    assert _web(loper).get("/beoordelen/formulier.pdf").content == b"%PDF van A"
    assert _web(loper, DENIZ).get("/beoordelen/formulier.pdf").content == b"%PDF van B"
    assert _web(loper, "els-van-dalfsen").get("/beoordelen/formulier.pdf").status_code == 404


# ---------------------------------------------------------------- size


@pytest.mark.parametrize("pad", ["/beoordelen", "/beoordelen/voorstel/{}", "/beoordelen/vergrendelen",
                                 "/beoordelen/formulier.xlsx"])  # fmt: skip
def test_the_number_of_statements_does_not_grow(lindeveen: Any, pad: str) -> None:
    aantallen = []
    for rijen in (1, 3, 300):
        loper = lindeveen("scoren")
        W.vul_aan(loper, CARLA, rijen)
        web = _web(loper)
        web.get("/beoordelen")
        adres = pad.format(_eigen(loper, CARLA)[0])
        with web.geteld() as regels:
            assert web.get(adres).status_code == 200
        aantallen.append(len(regels))
        loper.motor.dispose()
    assert len(set(aantallen)) == 1, aantallen


def test_the_declarations_take_a_constant_number_of_statements(lindeveen: Any) -> None:
    aantallen = []
    for rijen in (7, 300):
        loper = lindeveen("belangen")
        W.vul_aan(loper, CARLA, rijen)
        web = _web(loper, moment="2027-03-30T10:00")
        web.get("/beoordelen")
        with web.geteld() as regels:
            assert web.get("/beoordelen/belangen").status_code == 200
        aantallen.append(len(regels))
        loper.motor.dispose()
    assert len(set(aantallen)) == 1, aantallen
