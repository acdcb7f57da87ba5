"""The consensus meeting: no value too early, who leaves the room, record and follow live."""

import importlib
from typing import Any

from sqlmodel import select

from aanbesteding.database import lees, schrijf
from aanbesteding.handelingen import aanmelden
from aanbesteding.model import Consensus, Oordeel, Persoon, Toewijzing

L, W = importlib.import_module("lindeveen"), importlib.import_module("scoorweb")
COALITIE = "lange-tafel"
CRITERIA = ("effect", "samen", "bewoners")


def _web(loper: Any, wie: str = L.VOORZITTER, moment: str = "2027-04-20T10:00") -> Any:
    return W.Web(loper, wie, moment, L.op)


def _scoor(
    loper: Any, coalitie: str = COALITIE, waarden: tuple[int, ...] = (1, 5, 4, 4, 4), *, slot: bool = True
) -> list[str]:
    wie = [b for c, b in L.toewijzingen(loper) if c == coalitie]
    for een, waarde in zip(wie, waarden, strict=False):
        for criterium in CRITERIA:
            loper.doe("score", een, "2027-04-12T10:00", coalitie=coalitie, criterium=criterium, waarde=waarde,
                      motivering=f"{een} {L.reden(coalitie, criterium)}")  # fmt: skip
    for een in wie if slot else wie[1:]:
        loper.doe("vergrendel", een, "2027-04-12T11:00", coalitie=coalitie)
    return wie


def _vel(waarde: str = "4", woorden: int = 12) -> dict[str, str]:
    velden = {f"waarde-{c}": waarde for c in CRITERIA} | {f"_versie-{c}": "0" for c in CRITERIA}
    return velden | {f"motivering-{c}": " ".join(f"{c}{n}" for n in range(woorden)) for c in CRITERIA}


def _aantal(loper: Any, tabel: Any) -> int:
    return len(loper.kijk(lambda s, r: s.exec(select(tabel)).all()))


def test_progress_without_a_value_until_all_are_locked(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    wie = _scoor(loper, slot=False)
    web = _web(loper)
    begin, tafel = web.get("/overleg").text, web.get(f"/overleg/voorstel/{COALITIE}").text
    assert "De agenda is nog leeg" in begin
    assert f"{len(wie) - 1} van {len(wie)} beoordelaars" in tafel
    for pad in ("/overleg", "/overleg/stand", f"/overleg/voorstel/{COALITIE}", f"/overleg/voorstel/{COALITIE}/stand"):
        assert L.reden(COALITIE, "effect") not in web.get(pad).text
    uit = web.post(f"/overleg/voorstel/{COALITIE}/consensus", _vel())
    assert uit.status_code == 409
    assert _aantal(loper, Consensus) == 0


def test_the_agenda_starts_with_the_largest_spread(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _scoor(loper, "leesmaatjes", (4, 4, 4, 4, 4))
    _scoor(loper)
    pagina = _web(loper).get("/overleg").text
    assert pagina.index("lange tafel</a>") < pagina.index("leesmaatjes</a>")
    assert "1 tot 5" in pagina


def test_who_leaves_the_room_is_said_first_and_sees_nothing(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _scoor(loper, "samen-repareren")
    pagina = _web(loper).get("/overleg/voorstel/samen-repareren").text
    assert "wie verlaat het overleg" in pagina
    assert "<strong>Beoordelaar B</strong>" in pagina
    weg = _web(loper, "deniz-aydin")
    assert weg.get("/overleg/voorstel/samen-repareren").status_code == 403
    assert weg.get("/overleg/voorstel/samen-repareren/stand").status_code == 403
    assert "samen repareren" not in weg.get("/overleg").text


def test_a_wide_spread_wants_the_longer_reason_and_keeps_what_was_typed(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _scoor(loper)
    web, pad = _web(loper), f"/overleg/voorstel/{COALITIE}/consensus"
    uit = web.post(pad, _vel(woorden=7))
    assert uit.status_code == 422
    assert "de scores lopen uiteen van 1 tot 5" in uit.text
    assert "effect6</textarea>" in uit.text
    for _ in range(2):
        assert web.post(pad, _vel()).status_code == 303
    assert _aantal(loper, Consensus) == 3
    uit = web.post(pad, _vel("2"))
    assert uit.status_code == 409, "another tab recorded since"
    assert "In een ander venster is iets anders bewaard" in uit.text


def test_the_joint_opinion_once_with_a_point_per_line(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    _scoor(loper)
    web, pad = _web(loper), f"/overleg/voorstel/{COALITIE}"
    velden = {"samenvatting": "Goed plan.", "sterk": "- Helder\n• Warm\n", "verbeter": "", "hoe_verder": "Ga door."}
    uit = web.post(f"{pad}/oordeel", velden)
    assert uit.status_code == 422
    assert "Goed plan.</textarea>" in uit.text
    velden |= {"verbeter": "Meer mensen", "sleutel": "een-keer"}
    for _ in range(2):
        assert web.post(f"{pad}/oordeel", velden).status_code == 303
    [rij] = loper.kijk(lambda s, r: s.exec(select(Oordeel)).all())
    assert rij.sterk == ["Helder", "Warm"]


def test_assessors_follow_on_their_own_screen_and_cannot_write(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    wie = _scoor(loper)
    _web(loper).post(f"/overleg/voorstel/{COALITIE}/consensus", _vel())
    web = _web(loper, wie[0])
    assert "effect11" in web.get(f"/overleg/voorstel/{COALITIE}/stand").text
    pagina = web.get(f"/overleg/voorstel/{COALITIE}").text
    assert "<textarea" not in pagina
    assert web.post(f"/overleg/voorstel/{COALITIE}/consensus", _vel("2")).status_code == 403
    assert web.post(f"/overleg/voorstel/{COALITIE}/oordeel", {}).status_code == 403
    ander = next((b for b in L.BEOORDELAARS if b not in wie), None)
    if ander:
        assert _web(loper, ander).get(f"/overleg/voorstel/{COALITIE}").status_code == 403
    assert _web(loper, L.LEIDER).get(f"/overleg/voorstel/{COALITIE}").status_code == 403


def test_before_and_after_the_meeting_the_page_says_what_comes(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    assert "Er is nog niets te overleggen" in _web(loper, moment="2027-03-30T10:00").get("/overleg").text
    loper.motor.dispose()
    loper = lindeveen("beoordeeld")
    web = _web(loper, moment="2027-04-25T10:00")
    assert "Het overleg is afgerond" in web.get("/overleg").text
    assert "<textarea" not in web.get(f"/overleg/voorstel/{COALITIE}").text


def test_the_number_of_statements_does_not_grow(lindeveen: Any) -> None:
    aantallen: dict[str, list[int]] = {}
    for rijen in (1, 3, 300):
        loper = lindeveen("scoren")
        W.vul_aan(loper, "carla-wijnia", rijen, vergrendeld=True)
        with schrijf(loper.motor) as session:
            for rij in session.exec(select(Toewijzing).where(Toewijzing.vergrendeld_op == None)).all():  # noqa: E711
                rij.vergrendeld_op = L.op("2027-04-12T10:00")
        web = _web(loper)
        web.get("/overleg")
        for pad in ("/overleg", "/overleg/stand", f"/overleg/voorstel/{COALITIE}"):
            with web.geteld() as regels:
                assert web.get(pad).status_code == 200
            aantallen.setdefault(pad, []).append(len(regels))
        loper.motor.dispose()
    assert all(len(set(a)) == 1 for a in aantallen.values()), aantallen


def test_a_page_that_asks_for_news_by_itself_keeps_no_session_alive(lindeveen: Any) -> None:
    """`gezien_op` moves when somebody does something, and stays when the page polls."""

    loper = lindeveen("scoren")
    begin = L.op("2027-04-20T10:00")
    with lees(loper.motor) as session:
        email = session.exec(select(Persoon.email)).first()
    geheim = aanmelden.begin_sessie(loper.motor, email, wijze="oefening", apparaat="test", nu=begin)
    later = begin + aanmelden.BIJWERKEN_NA * 2
    for telt, verwacht in ((False, begin), (True, later)):
        assert aanmelden.wie_is(loper.motor, geheim, later, telt=telt) is not None
        gevonden = aanmelden.wie_is(loper.motor, geheim, later, telt=False)
        assert gevonden is not None
        assert gevonden[1].gezien_op == verwacht
