"""Leading a round: the first page per role, who owes what, reminders, people, the allocation, plans."""

import importlib
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from aanbesteding.database import lees, schrijf
from aanbesteding.fouten import Conflict
from aanbesteding.handelingen import doe
from aanbesteding.model import Bericht, Bijeenkomst, Deelnemer, Logregel, Organisatie, Planoordeel, Voornemen
from aanbesteding.overzichten import vind
from aanbesteding.procedure import Poort

L, W = importlib.import_module("lindeveen"), importlib.import_module("leidweb")
DELEN = ("leiden", "leiden/herinneren", "leiden/mensen", "leiden/startbijeenkomst", "leiden/advies",
         "leiden/toewijzing", "leiden/plannen", "kluis", "kluis/vorm", "vragen", "")  # fmt: skip
MOMENT = {
    "voorbereiding": "2026-12-01T11:00", "oproep": "2027-01-12T10:00", "coalities": "2027-02-10T10:00",
    "ingediend": "2027-03-10T20:00", "geopend": "2027-03-12T10:00", "belangen": "2027-03-29T10:00",
    "scoren": "2027-04-08T10:00", "beoordeeld": "2027-04-26T10:00", "voorgedragen": "2027-05-05T10:00",
    "uitwerking": "2027-05-12T10:00", "gepland": "2027-06-30T10:00", "uitvoering": "2027-07-07T10:00",
}  # fmt: skip


@pytest.mark.parametrize("stadium", sorted(MOMENT))
def test_every_page_of_who_leads_opens_at_every_stage(lindeveen: Any, stadium: str) -> None:
    web = W.Web(lindeveen(stadium), L.LEIDER, MOMENT[stadium])
    for deel in DELEN:
        web.lees(deel)


@pytest.mark.parametrize("stadium", sorted(MOMENT))
def test_the_first_page_opens_for_every_role_at_every_stage(lindeveen: Any, stadium: str) -> None:
    loper = lindeveen(stadium)
    for wie in (L.TWEEDE, L.WETHOUDER, L.VOORZITTER, L.JURIST, L.ADVISEUR, L.BEOORDELAARS[0], "zangkoor-de-merel"):
        pagina = W.Web(loper, wie, MOMENT[stadium]).lees()
        assert "Wat moet u nu doen?" in pagina
        assert "Waar staat de ronde?" in pagina


def test_each_role_reads_its_own_next_step_and_date(lindeveen: Any) -> None:
    verwacht = {
        "oproep": [], "belangen": [(L.BEOORDELAARS[0], "Verklaar bij 7 voorstellen")],
        "scoren": [(L.BEOORDELAARS[0], "vergrendel uw scores"), (L.VOORZITTER, "U hoeft nu niets te doen")],
        "beoordeeld": [(L.JURIST, "vergewisverklaring"), (L.LEIDER, "Schrijf de tekst")],
        "voorgedragen": [(L.WETHOUDER, "Lees het stuk en besluit")],
        "uitwerking": [("welzijn-lindeveen", "Dien het uitgewerkte plan"), (L.LEIDER, "Maak het meetplan")],
    }  # fmt: skip
    for stadium, paren in verwacht.items():
        loper = lindeveen(stadium)
        for wie, zin in paren:
            assert zin in W.Web(loper, wie, MOMENT[stadium]).lees(), (stadium, wie)
        loper.motor.dispose()  # the next stage is a copy on the same path


def test_only_the_coalition_itself_reads_that_it_must_still_hand_in(lindeveen: Any) -> None:
    loper = lindeveen("coalities")
    assert "Dien het voorstel van 'lange tafel' in." in W.Web(loper, "welzijn-lindeveen", MOMENT["coalities"]).lees()
    leider = W.Web(loper, L.LEIDER, MOMENT["coalities"])
    assert "lange tafel" not in leider.lees("leiden") + leider.lees("leiden/herinneren") + leider.lees()


def test_the_leaders_pages_do_not_depend_on_what_was_handed_in(lindeveen: Any) -> None:
    """The same moment with no and with seven submissions: the same text."""
    teksten = []
    for stadium in ("coalities", "ingediend"):
        loper = lindeveen(stadium)
        web = W.Web(loper, L.LEIDER, "2027-03-10T20:00")
        teksten.append([web.lees(deel) for deel in DELEN])
        loper.motor.dispose()  # the next stage is a copy on the same path
    assert teksten[0] == teksten[1]


# ---------------------------------------------------------------- reminders


def _berichten(loper: Any) -> list[Bericht]:
    with lees(loper.motor) as session:
        return list(session.exec(select(Bericht).order_by(Bericht.id)))


def test_reminders_reach_exactly_who_still_owes_and_once_a_day(lindeveen: Any) -> None:
    loper, klaar = lindeveen("belangen"), L.BEOORDELAARS[0]
    loper.doe("verklaar_belang", klaar, "2027-03-29T09:00", coalitie="overige", belang=False)
    web = W.Web(loper, L.LEIDER, "2027-03-29T10:00")
    assert "Carla" not in web.lees("leiden/herinneren")
    velden = {f"wie-{b}": "ja" for b in L.BEOORDELAARS} | {"sleutel": "een"}
    assert web.stuur("leiden/herinneren", velden).status_code == 303
    namen = {b.aan_email for b in _berichten(loper)}
    assert len(namen) == len(_berichten(loper)) == 4
    assert "7 voorstellen" in _berichten(loper)[0].tekst
    assert "/werk/lindeveen-2027" in _berichten(loper)[0].tekst
    nog_eens = web.stuur("leiden/herinneren", velden | {"sleutel": "twee"})
    assert nog_eens.status_code == 422
    assert len(_berichten(loper)) == 4
    assert "Kregen vandaag al een herinnering" in web.lees("leiden/herinneren")
    morgen = W.Web(loper, L.LEIDER, "2027-03-30T08:00")
    assert morgen.stuur("leiden/herinneren", {f"wie-{L.BEOORDELAARS[1]}": "ja"}).status_code == 303
    assert len(_berichten(loper)) == 5
    with lees(loper.motor) as session:
        log = session.exec(select(Logregel).where(Logregel.handeling == "herinner")).first()
        assert log is not None
        assert "@" not in str(log.gegevens)


def test_nobody_chosen_is_said_and_strangers_get_nothing(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    web = W.Web(loper, L.LEIDER, MOMENT["belangen"])
    assert web.stuur("leiden/herinneren", {}).status_code == 422
    assert web.stuur("leiden/herinneren", {f"wie-{L.WETHOUDER}": "ja"}).status_code == 422
    assert web.stuur("leiden/herinneren", {"wie-Bestaat Niet": "ja"}).status_code == 422
    assert not _berichten(loper)
    with pytest.raises(Conflict, match="niemand"):
        doe(loper.motor, L.KENMERK, "herinner", wie=L.LEIDER, nu=L.op(MOMENT["belangen"]),
            gegevens={"wie": [L.WETHOUDER]})  # fmt: skip


@pytest.mark.parametrize("deel", [d for d in DELEN if d.startswith("leiden")])
def test_only_who_leads_opens_these_pages(lindeveen: Any, deel: str) -> None:
    loper = lindeveen("scoren")
    for wie in (L.BEOORDELAARS[0], L.VOORZITTER, L.JURIST, L.WETHOUDER, "korfbal-de-korf"):
        assert W.Web(loper, wie, MOMENT["scoren"]).status(deel) == 403


# ---------------------------------------------------------------- people


def test_add_one_and_many_with_every_faulty_row_named(lindeveen: Any) -> None:
    loper = lindeveen("voorbereiding")
    web = W.Web(loper, L.LEIDER, MOMENT["voorbereiding"])
    een = {"lijst": "organisaties", "kort": "nieuwe-club", "naam": "Nieuwe Club", "soort": "vereniging",
           "contactpersoon": "Jo", "email": "jo@club.example", "adres": "Straat 1", "postcode": "1234 AB",
           "plaats": "Lindeveen"}  # fmt: skip
    fout = web.stuur("leiden/mensen/een", een | {"postcode": "12"})
    assert fout.status_code == 422
    assert "Nieuwe Club" in fout.text
    assert "organisaties-postcode-fout1" in fout.text
    assert web.stuur("leiden/mensen/een", een).status_code == 303
    kop = "sleutel;naam;functie;afdeling;email;telefoon;deskundigheid\n"
    slecht = {"bestand": ("lijst.csv", kop + "a-b;A;;;geen-adres;;\n", "text/csv")}
    antwoord = web.stuur("leiden/mensen/lijst", {"lijst": "beoordelaars"}, files=slecht)
    assert antwoord.status_code == 422
    assert "rij 2" in W.tekst(antwoord.text)
    goed = {"bestand": ("../../weg.csv", kop + "nieuw-een;Nieuw Een;;Zorg;een@x.example;;\n", "text/csv")}
    assert web.stuur("leiden/mensen/lijst", {"lijst": "beoordelaars"}, files=goed).status_code == 303
    with lees(loper.motor) as session:
        assert session.exec(select(Organisatie).where(Organisatie.sleutel == "nieuwe-club")).first()
        assert session.exec(select(Deelnemer).where(Deelnemer.sleutel == "nieuw-een")).first()
    assert web.stuur("leiden/mensen/lijst", {"lijst": "team"}, files=goed).status_code == 422
    assert web.stuur("leiden/mensen/lijst", {"lijst": "beoordelaars"}).status_code == 422


# ---------------------------------------------------------------- allocation


def _wijzig(web: Any, soort: str, coalitie: str, wie: str, reden: str = "Was vorig jaar bestuurslid.") -> Any:
    velden = {"coalitie": coalitie, "beoordelaar": wie, "soort": soort, "reden": reden}
    return web.stuur("leiden/toewijzing/wijziging", velden)


def _zonder_wijziging(lindeveen: Any) -> set[tuple[str, str]]:
    """The allocation as it comes out by itself; closes the file, since the next stage is a copy on its path."""
    loper = lindeveen("scoren")
    paren = set(L.toewijzingen(loper))
    loper.motor.dispose()
    return paren


def test_a_pair_that_may_not_be_is_kept_out_of_the_allocation(lindeveen: Any) -> None:
    zonder = _zonder_wijziging(lindeveen)
    coalitie, wie = sorted(p for p in zonder if p[1] != "deniz-aydin")[0]
    loper = lindeveen("belangen")
    web = W.Web(loper, L.LEIDER, MOMENT["belangen"])
    assert _wijzig(web, "niet", coalitie, wie, reden="").status_code == 422
    assert _wijzig(web, "niet", coalitie, wie).status_code == 303
    assert _wijzig(web, "niet", coalitie, wie).status_code == 422  # twice the same pair
    assert "Was vorig jaar bestuurslid." in web.lees("leiden/toewijzing")
    L._scoren(loper)
    met = set(L.toewijzingen(loper))
    assert (coalitie, wie) not in met
    assert len(met) == len(zonder)


def test_a_withdrawn_change_counts_no_more_and_stays_in_the_file(lindeveen: Any) -> None:
    zonder = _zonder_wijziging(lindeveen)
    coalitie, wie = sorted(p for p in zonder if p[1] != "deniz-aydin")[0]
    loper = lindeveen("belangen")
    web = W.Web(loper, L.LEIDER, MOMENT["belangen"])
    _wijzig(web, "niet", coalitie, wie)
    with lees(loper.motor) as session:
        nummer = session.exec(select(Voornemen)).one().id
    velden = {"nummer": str(nummer), "reden_intrekking": "Vergissing."}
    assert web.stuur("leiden/toewijzing/intrekken", velden).status_code == 303
    assert web.stuur("leiden/toewijzing/intrekken", velden).status_code == 422
    L._scoren(loper)
    assert set(L.toewijzingen(loper)) == zonder
    with lees(loper.motor) as session:
        assert session.exec(select(Voornemen)).one().stand == "ingetrokken"


def test_a_preferred_pair_is_honoured_where_the_rules_allow(lindeveen: Any) -> None:
    zonder = _zonder_wijziging(lindeveen)
    alle = {(c, b) for c in L.COALITIES for b in L.BEOORDELAARS} - {("samen-repareren", "deniz-aydin")}
    coalitie, wie = sorted(alle - zonder)[0]
    loper = lindeveen("belangen")
    assert _wijzig(W.Web(loper, L.LEIDER, MOMENT["belangen"]), "liever", coalitie, wie).status_code == 303
    L._scoren(loper)
    assert (coalitie, wie) in set(L.toewijzingen(loper))


def test_after_the_allocation_only_a_drop_out_can_be_replaced(lindeveen: Any) -> None:
    loper = lindeveen("scoren")
    web = W.Web(loper, L.LEIDER, "2027-04-08T10:00")
    assert _wijzig(web, "niet", "lange-tafel", L.BEOORDELAARS[0]).status_code == 422
    leeg = web.stuur("leiden/toewijzing/vervangen", {"wie": "els-van-dalfsen", "reden_uitval": ""})
    assert leeg.status_code == 422
    assert 'id="reden_uitval-fout1"' in leeg.text
    goed = {"wie": "els-van-dalfsen", "reden_uitval": "Langdurig afwezig."}
    assert web.stuur("leiden/toewijzing/vervangen", goed).status_code == 303
    assert "els-van-dalfsen" not in {b for _, b in L.toewijzingen(loper)}
    assert "Uitgevallen" in web.lees("leiden/toewijzing")


# ---------------------------------------------------------------- plans and the start meeting


def test_a_plan_is_judged_once_per_version(lindeveen: Any) -> None:
    loper = lindeveen("uitwerking")
    web = W.Web(loper, L.LEIDER, "2027-06-25T10:00")
    assert "nog geen plan ingediend" in web.lees("leiden/plannen/lange-tafel")
    assert web.status("leiden/plannen/tuinstoel") == 404  # not selected
    loper.doe("dien_plan_in", "welzijn-lindeveen", "2027-06-20T10:00", coalitie="lange-tafel",
              inhoud=L.plan("lange-tafel"))  # fmt: skip
    deel = "leiden/plannen/lange-tafel"
    fout = web.stuur(deel, {"motivering": "Goed uitgewerkt.", "voorwaarden": "Een\nTwee"})
    assert fout.status_code == 422
    assert "Goed uitgewerkt." in fout.text
    goed = {"akkoord": "ja", "motivering": "Goed uitgewerkt.", "voorwaarden": "Een\n\nTwee"}
    assert web.stuur(deel, goed).status_code == 303
    with lees(loper.motor) as session:
        assert session.exec(select(Planoordeel)).one().voorwaarden == ["Een", "Twee"]
    assert "akkoord, met 2 voorwaarden" in web.lees("leiden/plannen").lower()


def test_the_report_of_the_start_meeting(lindeveen: Any) -> None:
    loper = lindeveen("oproep")
    web = W.Web(loper, L.LEIDER, "2027-01-25T10:00")
    velden = {"plaats": "Stadhuis", "verslag": "Veel vragen.", "aantal-zorg": "drie", "vragen": "Mag dit?\nEn dit?"}
    fout = web.stuur("leiden/startbijeenkomst", velden)
    assert fout.status_code == 422
    assert 'id="aantal-zorg-fout"' in fout.text
    assert web.stuur("leiden/startbijeenkomst", velden | {"aantal-zorg": "3"}).status_code == 303
    with lees(loper.motor) as session:
        rij = session.exec(select(Bijeenkomst)).one()
    assert (rij.aanwezig, rij.vragen) == ({"zorg": 3}, ["Mag dit?", "En dit?"])
    assert "Veel vragen." in web.lees("leiden/startbijeenkomst")


# ---------------------------------------------------------------- speed


def _zinnen(loper: Any, wie: str, moment: str, deel: str) -> int:
    web, aantal = W.Web(loper, wie, moment), 0

    def tel(*_: Any) -> None:
        nonlocal aantal
        aantal += 1

    web.lees(deel)
    event.listen(loper.motor, "before_cursor_execute", tel)
    web.lees(deel)
    event.remove(loper.motor, "before_cursor_execute", tel)
    return aantal


LIJSTEN = [
    ("coalities", "leiden/advies"), ("coalities", ""), ("belangen", "leiden"), ("belangen", "leiden/toewijzing"),
    ("geopend", "kluis/vorm"), ("uitwerking", "leiden"), ("uitwerking", "leiden/plannen"),
]  # fmt: skip


@pytest.mark.parametrize(("stadium", "deel"), LIJSTEN)
def test_the_number_of_statements_does_not_grow_with_the_rows(lindeveen: Any, stadium: str, deel: str) -> None:
    loper = lindeveen(stadium)
    eerst = _zinnen(loper, L.LEIDER, MOMENT[stadium], deel)
    _vermenigvuldig(loper, 40)
    assert _zinnen(loper, L.LEIDER, MOMENT[stadium], deel) == eerst
    assert eerst < 45


def _vermenigvuldig(loper: Any, keer: int) -> None:
    """Copies of one coalition with its proposal, so that every list is long."""
    from aanbesteding.model import Adviesvraag, Coalitie, Indiening, Verzuim, Voorstel

    with schrijf(loper.motor) as session:
        ronde = vind.ronde(session, L.KENMERK)
        bron = vind.coalitie(session, ronde, "lange-tafel")
        indiening = session.exec(select(Indiening).where(Indiening.coalitie_id == bron.id)).first()
        voorstel = session.exec(select(Voorstel).where(Voorstel.coalitie_id == bron.id)).first()
        for n in range(keer):
            groep = Coalitie(
                **bron.model_dump(exclude={"id", "sleutel", "naam"}), sleutel=f"kopie-{n}", naam=f"Kopie {n}"
            )
            session.add(groep)
            session.flush()
            session.add(Adviesvraag(coalitie_id=vind.sid(groep.id), toelichting="Hulp", actie={"animo": 3},
                                    gevraagd_op=groep.gevormd_op))  # fmt: skip
            if indiening is None or voorstel is None:
                continue
            kopie = Indiening(**indiening.model_dump(exclude={"id", "coalitie_id"}), coalitie_id=vind.sid(groep.id))
            session.add(kopie)
            session.flush()
            vast = voorstel.model_dump(exclude={"id", "coalitie_id", "indiening_id", "nummer"})
            nieuw = Voorstel(**vast, coalitie_id=groep.id, indiening_id=kopie.id, nummer=100 + n)
            session.add(nieuw)
            session.flush()
            session.add(Verzuim(voorstel_id=vind.sid(nieuw.id), onderdeel="begroting", herstel_tot=groep.gevormd_op))


def test_the_gate_after_the_first_page_still_passes(lindeveen: Any) -> None:
    """Reading a page changes nothing: not one row differs afterwards, apart from when the session was seen."""
    loper = lindeveen("belangen")
    web = W.Web(loper, L.LEIDER, MOMENT["belangen"])
    voor = loper.vingerafdruk()
    for deel in DELEN:
        web.lees(deel)
    assert loper.vingerafdruk() == voor
    assert loper.blokkades(Poort.TOEWIJZING, MOMENT["belangen"])
