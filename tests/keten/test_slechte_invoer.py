"""Bad input, as people give it: each is refused in Dutch, names the place and the mend, and changes nothing.

Three tables (round folder, acts, command line). The database is compared before and after by a hash over
every row; the exit code is the one that scripts rely on.
"""

# ruff: noqa: E501  # a table reads best with one case on one line

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aanbesteding.cli.app import draai
from aanbesteding.fouten import Gebruikersfout, Invoerfout
from aanbesteding.rondemap import lees_rondemap

L = sys.modules["lindeveen"]
Verander = Callable[[Path], None]


def toml(oud: str, nieuw: str) -> Verander:
    """Replace text in ronde.toml; the test fails when the text is not there."""

    def doe(folder: Path) -> None:
        pad = folder / "ronde.toml"
        tekst = pad.read_text(encoding="utf-8")
        assert oud in tekst, oud
        pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")

    return doe


def lijst(naam: str, oud: str, nieuw: str) -> Verander:
    def doe(folder: Path) -> None:
        pad = folder / f"{naam}.csv"
        tekst = pad.read_text(encoding="utf-8")
        assert oud in tekst, oud
        pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")

    return doe


def bestand(naam: str, inhoud: bytes | None) -> Verander:
    def doe(folder: Path) -> None:
        if inhoud is None:
            (folder / naam).unlink()
        else:
            (folder / naam).write_bytes(inhoud)

    return doe


def excel(vul: Callable[[Any], None]) -> Verander:
    """organisaties as .xlsx in place of .csv."""

    def doe(folder: Path) -> None:
        (folder / "organisaties.csv").unlink()
        boek = openpyxl.Workbook()
        vul(boek.active)
        boek.save(folder / "organisaties.xlsx")

    return doe


KOP = ["sleutel", "naam", "soort", "contactpersoon", "email", "adres", "postcode", "plaats"]


def _formule(blad: Any) -> None:
    blad.append(KOP)
    blad.append(["een", "Een", "zorg", "A", '="a"&"@b.example"', "Straat 1", "1000 AA", "Lindeveen"])


def _samengevoegd(blad: Any) -> None:
    blad.append(["Organisaties"])
    blad.merge_cells("A1:H1")
    blad.append(KOP)


MAPPEN: list[tuple[str, Verander, str]] = [
    ("gewichten", toml("gewicht = 50", "gewicht = 40"), r"ronde\.toml: criteria: de gewichten .* samen 90 %; maak er 100 %"),
    ("gewicht nul", toml("gewicht = 50", "gewicht = 0"), r"criteria\[1\]\.gewicht: moet groter zijn dan 0"),
    ("gewicht tekst", toml("gewicht = 50", 'gewicht = "veel"'), r"criteria\[1\]\.gewicht: moet een heel getal"),
    ("volgorde", toml("sluiting = 2027-03-11", "sluiting = 2027-04-12"), r"'herstel_tot' .* ligt vóór 'sluiting' .*zet 'herstel_tot' later"),
    ("weekend", toml("sluiting = 2027-03-11", "sluiting = 2027-03-13"), r"termijnen\.sluiting: 13 maart 2027 is geen werkdag .*15 maart 2027"),
    ("feestdag", toml("herstel_tot = 2027-03-25", "herstel_tot = 2027-03-26"), r"termijnen\.herstel_tot: .*Goede vrijdag.*30 maart 2027"),
    ("kb-dag", toml("plannen_tot = 2027-06-24", "plannen_tot = 2027-05-07"), r"'plannen_tot' .* ligt vóór 'besluit_selectie'"),
    ("geen uur", toml("sluiting = 2027-03-11T12:00:00", "sluiting = 2027-03-11"), r"termijnen\.sluiting: moet een datum met tijd zijn"),
    ("tijdzone", toml("sluiting = 2027-03-11T12:00:00", "sluiting = 2027-03-11T12:00:00Z"), r"termijnen\.sluiting: .*zonder tijdzone"),
    ("getal als datum", toml("sluiting = 2027-03-11T12:00:00", "sluiting = 20270311"), r"termijnen\.sluiting: moet een datum met tijd"),
    ("datum bestaat niet", toml("sluiting = 2027-03-11", "sluiting = 2027-02-30"), r"regel \d+, teken \d+"),
    ("zomertijd", toml("belangen_tot = 2027-04-01T17", "belangen_tot = 2027-03-28T02"), r"termijnen\.belangen_tot: .*bestaat niet"),
    ("vraag buiten venster", toml("vragen_tot = [2027-02-08", "vragen_tot = [2027-03-15"), r"'vragen_tot' 15-03-2027 ligt buiten de indientermijn"),
    ("na afsluiting", toml("2028-09-14T12:00:00]", "2029-09-13T12:00:00]"), r"'metingen' .* ligt na 'afsluiting'"),
    ("reeks door elkaar", toml("[2027-08-26T12:00:00, 2028-03-16T12:00:00", "[2028-03-16T12:00:00, 2027-08-26T12:00:00"), r"op volgorde"),
    ("geen vraagmoment", toml("vragen_tot = [2027-02-08T12:00:00]", "vragen_tot = []"), r"termijnen\.vragen_tot: heeft te weinig"),
    ("gemeente", toml('gemeente = "lindeveen"', 'gemeente = "lindeven"'), r"ronde\.gemeente: .*Bedoelt u 'lindeveen'"),
    ("gemeente onzin", toml('gemeente = "lindeveen"', 'gemeente = "xx"'), r"ronde\.gemeente: .*Bekend: "),
    ("typefout sleutel", toml("plafond_euro =", "plafon_euro ="), r"verdeling\.plafon_euro: .*Bedoelt u 'plafond_euro'"),
    ("typefout tabel", toml("[beoordeling]", "[beoordelng]"), r"beoordelng: .*Bedoelt u 'beoordeling'"),
    ("sleutel ontbreekt", toml('zaaknummer = "Z-2027-00218"\n', ""), r"ronde\.zaaknummer: ontbreekt; vul het in"),
    ("leeg veld", toml('afdeling = "Wijken en Welzijn"', 'afdeling = ""'), r"ronde\.afdeling: is leeg"),
    ("hoofdletters", toml('kenmerk = "lindeveen-2027"', 'kenmerk = "Lindeveen 2027"'), r"ronde\.kenmerk: mag alleen kleine letters"),
    ("instrument", toml('instrument = "subsidie"', 'instrument = "gift"'), r"ronde\.instrument: .*kies uit 'subsidie'"),
    ("schaal", toml("hoogste = 5", "hoogste = 1"), r"de schaal moet van laag naar hoog"),
    ("anker mist", toml('"1" = "Eén organisatie doet alles.", ', ""), r"criterium 'samen': geef bij elke score"),
    ("gelijke stand", toml('gelijke_stand = ["effect"]', 'gelijke_stand = ["efect"]'), r"gelijke_stand noemt 'efect'"),
    ("criterium dubbel", toml('sleutel = "samen"', 'sleutel = "effect"'), r"criteria: de sleutel 'effect' staat er twee keer"),
    ("maximum boven plafond", toml("maximum_per_voorstel_euro = 45000", "maximum_per_voorstel_euro = 95000"), r"hoger dan het subsidieplafond"),
    ("te weinig dekking", toml("bedrag_euro = 60000", "bedrag_euro = 10000"), r"financien: er is dekking voor 40000 euro"),
    ("negatief plafond", toml("plafond_euro = 90000", "plafond_euro = -1"), r"verdeling\.plafond_euro: moet groter zijn dan 0"),
    ("euro met komma", toml("plafond_euro = 90000", "plafond_euro = 90000.5"), r"verdeling\.plafond_euro: moet een heel getal"),
    ("plaatsen nul", toml("aantal = 2", "aantal = 0"), r"verdeling\.aantal: moet groter zijn dan 0"),
    ("vormvereiste", toml('sleutel = "begroting"', 'sleutel = "begrotng"'), r"vormvereisten\[2\]\.sleutel: .*kies uit"),
    ("nog in te vullen", toml('telefoon = "000 123 45 68"', 'telefoon = "VUL IN"'), r"ronde\.contact\.telefoon: vul dit veld nog in"),
    ("toml aanhalingsteken", toml('afdeling = "Wijken en Welzijn"', 'afdeling = "Wijken en Welzijn'), r"regel 15, teken 30: een tekst is niet afgesloten"),
    ("toml dubbele sleutel", toml("aantal = 2", "aantal = 2\naantal = 3"), r"deze sleutel staat er al; haal er één weg"),
    ("toml dubbele tabel", toml("[advies]", "[verdeling]\n[advies]"), r"regel \d+, teken \d+: deze tabel staat er al"),
    ("toml zonder =", toml("aantal = 2", "aantal 2"), r"regel \d+, teken \d+: er ontbreekt een '='"),
    ("toml zonder aanhalingstekens", toml('instrument = "subsidie"', "instrument = subsidie"), r"zet tekst tussen dubbele aanhalingstekens"),
    ("toml cp1252", bestand("ronde.toml", "titel = \"café\"".encode("cp1252")), r"sla het op als UTF-8"),
    ("toml weg", bestand("ronde.toml", None), r"ronde\.toml ontbreekt"),
    ("organisaties weg", bestand("organisaties.csv", None), r"organisaties\.csv \(of organisaties\.xlsx\) ontbreekt"),
    ("beide soorten", bestand("team.xlsx", b"x"), r"team\.csv én een team\.xlsx; haal er één weg"),
    ("lijst leeg", bestand("team.csv", b""), r"team\.csv: het bestand is leeg"),
    ("alleen kop", bestand("team.csv", b"sleutel;naam;rol;email\n"), r"team\.csv: .*geen enkele rij; vul de lijst in"),
    ("cp1252", bestand("team.csv", "sleutel;naam;rol;email\na;José;jurist;j@x.example\n".encode("cp1252")), r"team\.csv: rij 2: .*'CSV UTF-8'"),
    ("excel als csv", bestand("team.csv", b"PK\x03\x04rest"), r"hernoem het naar \.xlsx"),
    ("binair", bestand("team.csv", b"a\x00b"), r"geen tekstbestand"),
    ("kolom mist", lijst("team", "sleutel;naam;rol;", "sleutel;naam;role;"), r"kolom 'role': .*Bedoelt u 'rol'"),
    ("kolom dubbel", lijst("team", "functie;afdeling", "functie;functie"), r"de kolom 'functie' staat er twee keer"),
    ("e-mail", lijst("team", "a.terpstra@lindeveen.example", "a.terpstra"), r"team\.csv: rij 2, kolom 'email': is geen e-mailadres"),
    ("e-mail dubbel", lijst("organisaties", "k.bouzid@welzijnlindeveen.example", "p.luiten@omdehoek.example"), r"rij 3, kolom 'email': staat ook in rij 2"),
    ("sleutel dubbel", lijst("organisaties", "welzijn-lindeveen;", "zorg-om-de-hoek;"), r"rij 3, kolom 'sleutel': staat ook in rij 2"),
    ("naam dubbel", lijst("organisaties", "Stichting Welzijn Lindeveen", "Zorg om de Hoek"), r"rij 3, kolom 'naam': staat ook in rij 2"),
    ("postcode", lijst("organisaties", "1001 AA", "1001AAA"), r"organisaties\.csv: rij 2, kolom 'postcode': is geen postcode"),
    ("soort", lijst("organisaties", ";zorg;", ";zrog;"), r"rij 2, kolom 'soort': .*kies uit 'zorg'"),
    ("cel leeg", lijst("organisaties", "Petra Luiten", ""), r"rij 2, kolom 'contactpersoon': is leeg"),
    ("cel te veel", lijst("organisaties", "subsidieregister", "subsidie;register"), r"rij 2: er staan 10 cellen"),
    ("aanhalingsteken", lijst("organisaties", "Zorg om de Hoek", '"Zorg om de Hoek'), r"aanhalingsteken"),
    ("uren", lijst("adviseurs", ";48;", ";veel;"), r"adviseurs\.csv: rij 2, kolom 'uren': moet een heel getal"),
    ("uren min", lijst("adviseurs", ";48;", ";-4;"), r"rij 2, kolom 'uren': moet 0 of meer zijn"),
    ("rol onbekend", lijst("team", ";jurist;", ";advocaat;"), r"rij 6, kolom 'rol': .*kies uit"),
    ("rol niet in team", lijst("team", ";jurist;", ";beoordelaar;"), r"rij 6, kolom 'rol': 'beoordelaar' hoort niet in deze lijst"),
    ("geen projectleider", lijst("team", ";projectleider;", ";jurist;"), r"team: geef één persoon de rol 'projectleider'"),
    ("leider beoordeelt", lijst("beoordelaars", "carla-wijnia;Carla Wijnia", "aisha-terpstra;Aïsha Terpstra"), r"aisha-terpstra' is projectleider én beoordelaar"),
    ("sleutel van organisatie", lijst("beoordelaars", "carla-wijnia;", "bibliotheek;"), r"'bibliotheek' is de sleutel van een organisatie én van een persoon"),
    ("zelfde adres, ander mens", lijst("adviseurs", "hanna@zijspoor.example", "n.haddad@lindeveen.example"), r"hebben één e-mailadres; geef ieder een eigen"),
    ("excel kapot", bestand("team.csv", None), r"team\.csv \(of team\.xlsx\) ontbreekt"),
    ("excel formule", excel(_formule), r"organisaties\.xlsx: rij 2, kolom E: hier staat een formule; .*plak haar terug als waarden"),
    ("excel samengevoegd", excel(_samengevoegd), r"cellen A1:H1 zijn samengevoegd; kies 'Samenvoeging opheffen'"),
    ("excel leeg", excel(lambda blad: None), r"organisaties\.xlsx: het bestand is leeg"),
]  # fmt: skip


def _kopie(tmp_path: Path) -> Path:
    return Path(shutil.copytree(L.MAP, tmp_path / "lindeveen-2027"))


@pytest.mark.parametrize(("verander", "verwacht"), [(v, r) for _, v, r in MAPPEN], ids=[n for n, _, _ in MAPPEN])
def test_faulty_round_folder(verander: Verander, verwacht: str, tmp_path: Path, lindeveen: Any, capsys: Any) -> None:
    folder = _kopie(tmp_path)
    verander(folder)
    loper = lindeveen("voorbereiding")
    eerder = loper.vingerafdruk()
    assert draai(["ronde", "start", str(folder), "--als", L.LEIDER]) == 2
    assert re.search(verwacht, capsys.readouterr().err)
    assert loper.vingerafdruk() == eerder


def test_broken_excel_says_how_to_mend(tmp_path: Path) -> None:
    folder = _kopie(tmp_path)
    (folder / "team.csv").unlink()
    (folder / "team.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(Invoerfout, match=r"team\.xlsx: dit Excelbestand is beschadigd.*sla het op als \.xlsx"):
        lees_rondemap(folder)


def test_all_faults_at_once(tmp_path: Path) -> None:
    folder = _kopie(tmp_path)
    for verander in (toml("gewicht = 50", "gewicht = 40"), toml("plafond_euro =", "plafon_euro ="),
                     toml('gemeente = "lindeveen"', 'gemeente = "lindeven"'), lijst("team", "a.terpstra@", "a.terpstra"),
                     lijst("organisaties", "1001 AA", "1001"), lijst("adviseurs", ";48;", ";x;")):  # fmt: skip
        verander(folder)
    with pytest.raises(Invoerfout) as fout:
        lees_rondemap(folder)
    tekst = str(fout.value)
    for deel in (
        "criteria",
        "plafon_euro",
        "ronde.gemeente",
        "team.csv: rij 2",
        "organisaties.csv: rij 2",
        "adviseurs.csv: rij 2",
    ):
        assert deel in tekst


# stage, act, who, moment, parameters, message, exit code
Slecht = tuple[str, str, str, str, dict[str, Any], str, int]
PARTNERS = [{"organisatie": "seniorenraad", "rol": "x"}, {"organisatie": "open-kerk", "rol": "y"}]
NIEUW = {"sleutel": "nieuw", "naam": "Nieuw", "opgave": "minder-alleen", "idee": "Samen.", "partners": PARTNERS}
SCORE = {"coalitie": "lange-tafel", "criterium": "effect", "waarde": 4, "motivering": L.REDEN}
BESLUIT = {"soort": "selectie", "uitkomst": "conform", "tekst": "Gekozen.", "gekozen": L.GEKOZEN}
PILOTS = {
    "soort": "plannen",
    "uitkomst": "conform",
    "tekst": "Start.",
    "gekozen": L.GEKOZEN,
    "bedragen_euro": dict.fromkeys(L.GEKOZEN, 30000),
}
METING = {
    "coalitie": "lange-tafel",
    "indicator": "eenzaam",
    "gebied": "Noord",
    "periode": "2027-2",
    "waarde": 19,
    "respondenten": 300,
    "bron": "peiling",
}
IN, OPEN, DICHT = "2027-02-10T10:00", "2027-01-20T10:00", "2027-03-11T12:00:01"
SEL, PLN, UITV, KEUR = "2027-05-05T10:00", "2027-06-30T10:00", "2027-09-02T10:00", "2027-04-12T10:00"

HANDELINGEN: list[Slecht] = [
    ("oproep", "bestaat_niet", L.LEIDER, OPEN, {}, r"'bestaat_niet' bestaat niet", 4),
    ("oproep", "stel_vraag", "niemand", OPEN, {"tekst": "x", "onderwerp": "y"}, r"'niemand' doet niet mee", 4),
    ("oproep", "stel_vraag", "bakkerij-zoet", OPEN, {"tekst": "", "onderwerp": "y"}, r"tekst: is leeg", 2),
    ("oproep", "stel_vraag", "bakkerij-zoet", OPEN, {"onderwerp": "y"}, r"tekst: ontbreekt; vul het in", 2),
    ("oproep", "stel_vraag", "bakkerij-zoet", OPEN, {"tekst": "x", "onderwerp": "y", "extra": 1}, r"extra: deze sleutel bestaat niet", 2),
    ("oproep", "stel_vraag", "bakkerij-zoet", "2027-02-08T12:00:01", {"tekst": "x", "onderwerp": "y"}, r"termijn sloot op 8 februari 2027, 12.00 uur", 3),
    ("oproep", "stel_vraag", L.LEIDER, OPEN, {"tekst": "x", "onderwerp": "y"}, r"mag alleen: organisatie of penvoerder", 3),
    ("voorbereiding", "stel_vraag", "bakkerij-zoet", "2026-12-01T12:00", {"tekst": "x", "onderwerp": "y"}, r"eerst moet de poort 'oproep'", 3),
    ("oproep", "beantwoord_vraag", L.LEIDER, OPEN, {"nummer": 9, "antwoord": "ja"}, r"vraag 9 bestaat niet", 2),
    ("coalities", "beantwoord_vraag", L.LEIDER, IN, {"nummer": 1, "antwoord": "nee"}, r"staat al in nota van inlichtingen 1", 5),
    ("oproep", "vorm_coalitie", "seniorenraad", OPEN, {**NIEUW, "opgave": "anders"}, r"opgave: 'anders' staat niet in de oproep", 2),
    ("oproep", "vorm_coalitie", "bibliotheek", OPEN, NIEUW, r"partners: zet ook de penvoerder 'bibliotheek' erbij", 2),
    ("oproep", "vorm_coalitie", "seniorenraad", OPEN, {**NIEUW, "partners": [PARTNERS[0]] * 2}, r"partners: een organisatie staat er twee keer", 2),
    ("oproep", "vorm_coalitie", "seniorenraad", OPEN, {**NIEUW, "partners": [PARTNERS[0], {"organisatie": "opn-kerk", "rol": "y"}]}, r"Bedoelt u 'open-kerk'", 4),
    ("coalities", "vorm_coalitie", "seniorenraad", IN, {**NIEUW, "sleutel": "lange-tafel"}, r"er is al een coalitie 'lange-tafel'", 2),
    ("coalities", "vorm_coalitie", "seniorenraad", IN, {**NIEUW, "naam": "LANGE TAFEL"}, r"kies een andere naam", 2),
    ("coalities", "vorm_coalitie", "seniorenraad", IN, {**NIEUW, "partners": [{**PARTNERS[0], "inbreng_euro": -5}]}, r"partners\[1\]\.inbreng_euro: moet 0 of meer", 2),
    ("coalities", "bevestig_partner", "bibliotheek", IN, {"coalitie": "lange-tafel"}, r"geen partner van 'lange-tafel'", 3),
    ("coalities", "vraag_advies", "zangkoor-de-merel", "2027-02-02T10:00", {"coalitie": "zingen-op-dinsdag", "toelichting": "x", "actie": dict.fromkeys(("animo", "contacten", "toerusting", "inbedding", "empathie"), 9)}, r"actie\.animo: moet 5 of minder", 2),
    ("coalities", "log_advies", L.ADVISEUR, IN, {"coalitie": "leesmaatjes", "uren": 1, "onderwerp": "x"}, r"geen adviseur van 'leesmaatjes'", 3),
    ("coalities", "dien_in", "bibliotheek", IN, {"coalitie": "lange-tafel", "inhoud": L.voorstel("x1")}, r"Alleen de penvoerder van 'lange-tafel'", 3),
    ("coalities", "dien_in", "bibliotheek", IN, {"coalitie": "leesmatjes", "inhoud": L.voorstel("x1")}, r"Bedoelt u 'leesmaatjes'", 4),
    ("coalities", "dien_in", "bibliotheek", DICHT, {"coalitie": "leesmaatjes", "inhoud": L.voorstel("x1")}, r"termijn sloot op 11 maart 2027, 12.00 uur", 3),
    ("coalities", "dien_in", "bibliotheek", IN, {"coalitie": "leesmaatjes", "inhoud": L.voorstel("x1", aanpak="woord " * 2000)}, r"het maximum is 1800", 2),
    ("coalities", "dien_in", "bibliotheek", IN, {"coalitie": "leesmaatjes", "inhoud": L.voorstel("x1", begroting=[{"omschrijving": "x", "bedrag_euro": 45001, "bron": "gemeente"}])}, r"u vraagt 45001 euro; het maximum is 45000", 2),
    ("coalities", "dien_in", "bibliotheek", IN, {"coalitie": "leesmaatjes", "inhoud": L.voorstel("x1", begroting=[{"omschrijving": "x", "bedrag_euro": 5, "bron": "lening"}])}, r"begroting\[1\]\.bron: .*kies uit", 2),
    ("coalities", "dien_in", "bibliotheek", IN, {"coalitie": "leesmaatjes", "inhoud": L.voorstel("x1", titl="x")}, r"inhoud\.titl: .*Bedoelt u 'titel'", 2),
    ("coalities", "trek_in", "bibliotheek", IN, {"coalitie": "leesmaatjes", "reden": "x"}, r"geen voorstel van 'leesmaatjes'", 5),
    ("ingediend", "trek_in", "bibliotheek", DICHT, {"coalitie": "leesmaatjes", "reden": "x"}, r"termijn sloot", 3),
    ("ingediend", "open_kluis", L.LEIDER, "2027-03-11T10:00", {"tweede": L.TWEEDE}, r"eerst moet de poort 'sluiting'", 3),
    ("geopend", "vul_aan", "bibliotheek", "2027-03-15T10:00", {"coalitie": "leesmaatjes", "inhoud": {"planning": "x"}}, r"'planning' ontbrak niet", 2),
    ("geopend", "vul_aan", "tuin-de-hoven", "2027-03-25T12:00:01", {"coalitie": "tuinstoel", "inhoud": {"begroting": []}}, r"termijn sloot op 25 maart 2027", 3),
    ("geopend", "oordeel_vorm", L.LEIDER, "2027-03-15T10:00", {"coalitie": "tuinstoel", "ontvankelijk": True, "motivering": "x"}, r"ontbreekt nog: begroting", 2),
    ("belangen", "verklaar_belang", "carla-wijnia", "2027-03-30T10:00", {"coalitie": "leesmaatjes", "belang": True}, r"toelichting: leg uit welk belang", 2),
    ("belangen", "verklaar_belang", "carla-wijnia", "2027-03-30T10:00", {"coalitie": "overige", "belang": True, "toelichting": "x"}, r"meld een belang per voorstel", 2),
    ("scoren", "score", "deniz-aydin", KEUR, {**SCORE, "coalitie": "samen-repareren"}, r"niet aan u toegewezen", 3),
    ("scoren", "score", L.LEIDER, KEUR, SCORE, r"mag alleen: beoordelaar", 3),
    ("scoren", "score", "@", KEUR, {**SCORE, "waarde": 6}, r"waarde: 6 staat niet op de schaal; kies uit 1, 2, 3, 4, 5", 2),
    ("scoren", "score", "@", KEUR, {**SCORE, "waarde": 0}, r"waarde: 0 staat niet op de schaal", 2),
    ("scoren", "score", "@", KEUR, {**SCORE, "waarde": 3.5}, r"waarde: moet een heel getal", 2),
    ("scoren", "score", "@", KEUR, {**SCORE, "motivering": ""}, r"motivering: is leeg", 2),
    ("scoren", "score", "@", KEUR, {**SCORE, "motivering": "Goed plan."}, r"motivering: schrijf minstens 6 woorden", 2),
    ("scoren", "score", "@", KEUR, {**SCORE, "criterium": "efect"}, r"criterium: 'efect' staat niet in de oproep", 2),
    ("scoren", "score", "@", KEUR, {k: v for k, v in SCORE.items() if k != "waarde"}, r"geef een score of kies 'onthouden'", 2),
    ("scoren", "score", "@", KEUR, {**SCORE, "onthouden": True}, r"laat de score leeg als u zich onthoudt", 2),
    ("scoren", "vergrendel", "@", KEUR, {"coalitie": "lange-tafel"}, r"ontbreekt nog: effect, samen, bewoners", 2),
    ("scoren", "consensus", L.VOORZITTER, KEUR, {"coalitie": "lange-tafel", "criterium": "effect", "waarde": 4, "motivering": L.REDEN}, r"zijn vergrendeld|kan pas daarna", 5),
    ("beoordeeld", "score", "carla-wijnia", "2027-04-24T10:00", SCORE, r"de poort 'beoordeling' is al gepasseerd", 3),
    ("beoordeeld", "vergewis", L.JURIST, "2027-04-26T10:00", {"punten": [{"punt": "Zorg", "oordeel": "nee", "toelichting": "x"}], "conclusie": "x"}, r"nog niet ondertekenen.*Zorg", 5),
    ("beoordeeld", "loting", L.JURIST, "2027-04-26T10:00", {"bronnen": [], "getuigen": [L.LEIDER, L.TWEEDE]}, r"geen gelijke stand", 5),
    ("beoordeeld", "besluit", L.WETHOUDER, "2027-04-26T10:00", BESLUIT, r"eerst moet de poort 'voordracht'", 3),
    ("voorgedragen", "besluit", L.WETHOUDER, SEL, {**BESLUIT, "gekozen": [*L.GEKOZEN, "leesmaatjes"]}, r"u koos 3 voorstellen; er zijn 2 plaatsen", 2),
    ("voorgedragen", "besluit", L.WETHOUDER, SEL, {**BESLUIT, "gekozen": L.GEKOZEN[:1]}, r"u koos 1 voorstellen; kies er 2", 2),
    ("voorgedragen", "besluit", L.WETHOUDER, SEL, {**BESLUIT, "gekozen": [L.GEKOZEN[0]] * 2}, r"staat er twee keer", 2),
    ("voorgedragen", "besluit", L.WETHOUDER, SEL, {**BESLUIT, "gekozen": [L.GEKOZEN[0], "tuinstoel"]}, r"leg uit waarom het college bij 'tuinstoel' afwijkt", 2),
    ("voorgedragen", "besluit", L.WETHOUDER, SEL, {**BESLUIT, "gekozen": ["bestaat-niet", "tuinstoel"]}, r"'bestaat-niet' kan niet worden gekozen", 2),
    ("voorgedragen", "besluit", L.WETHOUDER, SEL, {**BESLUIT, "uitkomst": "gewijzigd"}, r"kies 'conform'", 2),
    ("voorgedragen", "besluit", L.WETHOUDER, SEL, {**BESLUIT, "uitkomst": "misschien"}, r"uitkomst: .*kies uit 'conform'", 2),
    ("voorgedragen", "besluit", L.LEIDER, SEL, BESLUIT, r"mag alleen: wethouder", 3),
    ("uitwerking", "dien_plan_in", "bibliotheek", "2027-06-20T10:00", {"coalitie": "leesmaatjes", "inhoud": L.plan("x")}, r"'leesmaatjes' is niet geselecteerd", 2),
    ("uitwerking", "oordeel_plan", L.LEIDER, "2027-06-20T10:00", {"coalitie": "lange-tafel", "akkoord": True, "motivering": "x"}, r"nog geen plan ingediend", 5),
    ("uitwerking", "meetplan", L.LEIDER, "2027-06-20T10:00", {"coalitie": "lange-tafel", "inhoud": {**L.meetplan(), "pilotgebieden": ["Zuid"]}}, r"'Zuid' is pilotgebied én vergelijkingsgebied", 2),
    ("gepland", "meetplan", L.LEIDER, PLN, {"coalitie": "lange-tafel", "inhoud": L.meetplan()}, r"reden: het meetplan ligt vast", 2),
    ("gepland", "besluit", L.WETHOUDER, PLN, {**PILOTS, "bedragen_euro": {L.GEKOZEN[0]: 30000}}, r"noem het bedrag voor 'zingen-op-dinsdag'", 2),
    ("gepland", "besluit", L.WETHOUDER, PLN, {**PILOTS, "bedragen_euro": dict.fromkeys(L.GEKOZEN, 45001)}, r"het plafond is 90000.*", 2),
    ("gepland", "besluit", L.WETHOUDER, PLN, {**PILOTS, "bedragen_euro": dict.fromkeys(L.GEKOZEN, -1)}, r"moet 0 of meer", 2),
    ("uitvoering", "voortgang", "welzijn-lindeveen", UITV, {"coalitie": "lange-tafel", "nummer": 3, "inhoud": {}}, r"ontbreekt", 2),
    ("uitvoering", "meting", L.LEIDER, UITV, {**METING, "indicator": "blij"}, r"'blij' staat niet in het meetplan; kies uit eenzaam", 2),
    ("uitvoering", "meting", L.LEIDER, UITV, {**METING, "gebied": "Oost"}, r"gebied: 'Oost' staat niet in het meetplan", 2),
    ("uitvoering", "meting", L.LEIDER, UITV, {**METING, "waarde": 119}, r"geen percentage; het moet tussen 0 en 100", 2),
    ("uitvoering", "meting", L.LEIDER, UITV, {**METING, "waarde": float("nan")}, r"gewoon getal|tussen 0 en 100", 2),
    ("uitvoering", "meting", L.LEIDER, UITV, {**METING, "respondenten": 9}, r"respondenten: 9 is te weinig", 2),
    ("uitvoering", "meting", L.LEIDER, UITV, {**METING, "periode": "2027-3"}, r"periode: is geen periode; schrijf 2027-2", 2),
    ("uitvoering", "meting", L.LEIDER, UITV, {**METING, "coalitie": "leesmaatjes"}, r"'leesmaatjes' voert geen pilot uit", 4),
    ("voorbereiding", "voeg_organisaties_toe", L.LEIDER, "2026-12-02T10:00", {"organisaties": []}, r"organisaties: heeft te weinig", 2),
    ("voorbereiding", "voeg_mensen_toe", L.LEIDER, "2026-12-02T10:00", {"mensen": [{"sleutel": "x", "naam": "X", "rol": "projectleider", "email": "x@y.example"}]}, r"'projectleider' kan er later niet bij", 2),
    ("oproep", "voeg_mensen_toe", L.LEIDER, "2027-01-20T10:00", {"mensen": [{"sleutel": "x", "naam": "X", "rol": "wethouder", "email": "x@y.example"}]}, r"Het team ligt vast sinds de oproep", 3),
    ("oproep", "voeg_organisaties_toe", L.LEIDER, OPEN, {"organisaties": [{"sleutel": "x", "naam": "X", "soort": "zorg", "contactpersoon": "X", "email": "x@y.example", "adres": "S 1", "postcode": "1000 AA", "plaats": "L"}]}, r"de poort 'oproep' is al gepasseerd", 3),
]  # fmt: skip


@pytest.mark.parametrize("geval", HANDELINGEN, ids=[f"{i:02d}-{g[1]}" for i, g in enumerate(HANDELINGEN)])
def test_faulty_act(geval: Slecht, lindeveen: Any) -> None:
    stadium, handeling, wie, moment, gegevens, verwacht, code = geval
    loper = lindeveen(stadium)
    if wie == "@":  # an assessor who was allocated to this proposal
        wie = next(b for c, b in L.toewijzingen(loper) if c == gegevens["coalitie"])
    eerder = loper.vingerafdruk()
    with pytest.raises(Gebruikersfout, match=verwacht) as fout:
        loper.doe(handeling, wie, moment, **gegevens)
    assert fout.value.exitcode == code
    assert loper.vingerafdruk() == eerder


OPDRACHTEN: list[tuple[list[str], str, int]] = [
    (["rond"], r"'rond' bestaat niet. Bedoelt u 'ronde'", 2),
    (["ronde", "toon"], r"KENMERK ontbreekt; vul dit in", 2),
    (["ronde", "toon", "lindeven-2027"], r"Bedoelt u 'lindeveen-2027'", 4),
    (["ronde", "toon", "lindeveen-2027", "--momnt", "x"], r"'--momnt' bestaat niet. Bedoelt u '--moment'", 2),
    (["ronde", "toon", "lindeveen-2027", "extra"], r"te veel op de regel", 2),
    (["ronde", "toon", "lindeveen-2027", "--moment", "2027-02-01T10:00"], r"alleen in een oefenronde", 3),
    (["ronde", "start", "bestaat-niet", "--als", "x"], r"dit is geen map", 2),
    (["ronde", "start", str(L.MAP), "--als", "carla-wijnia"], r"geen projectleider", 3),
    (["ronde", "start", str(L.MAP), "--als", L.LEIDER], r"bestaat al", 5),
    (["ronde", "start", str(L.MAP)], r"--als ontbreekt", 2),
    (["ronde", "nieuw", "--van", "lindeven-2027", "--kenmerk", "x-1"], r"Bedoelt u 'lindeveen-2027'", 4),
    (["ronde", "nieuw", "--van", "sjabloon"], r"--kenmerk: ontbreekt", 2),
    (["ronde", "nieuw", "--van", "sjabloon", "--kenmerk", "X 1"], r"kenmerk: mag alleen kleine letters", 2),
    (["ronde", "nieuw", "--van", "sjabloon", "--kenmerk", "x-1", "--gemeente", "oz"], r"gemeente: 'oz' heeft geen huisstijl", 2),
    (["ronde", "nieuw", "--van", "sjabloon", "--kenmerk", "x-1", "--publicatie", "1 maart"], r"'1 maart' is geen datum", 2),
    (["score", "lindeveen-2027", "--coalitie", "a", "--criterium", "b", "--motivering", "c", "--als", "d", "--waarde", "veel"], r"--waarde moet een heel getal zijn", 2),
    (["besluit", "lindeveen-2027", "--soort", "x", "--uitkomst", "conform", "--tekst", "t", "--als", L.WETHOUDER], r"soort: .*kies uit", 2),
    (["besluit", "lindeveen-2027", "--soort", "plannen", "--uitkomst", "conform", "--tekst", "t", "--als", L.WETHOUDER, "--bedrag", "x"], r"--bedrag: 'x' moet de vorm sleutel=waarde", 2),
    (["voorstel", "indienen", "lindeveen-2027", "weg.toml", "--coalitie", "x", "--als", "y"], r"weg\.toml ontbreekt", 2),
    (["handeling", "lindeveen-2027", "scor"], r"Bedoelt u 'score'", 4),
    (["import", "scores", "lindeveen-2027", "weg.csv"], r"weg\.csv: het bestand ontbreekt", 2),
    (["import", "organisaties", "lindeveen-2027", str(L.MAP / "ronde.toml"), "--als", L.LEIDER], r"sla de lijst op als \.xlsx of als \.csv", 2),
    (["import", "adviseurs", "lindeveen-2027", str(L.MAP / "team.csv"), "--als", L.LEIDER], r"kolom 'rol': deze kolom bestaat niet", 2),
    (["import", "organisaties", "lindeveen-2027", str(L.MAP / "organisaties.csv"), "--als", L.LEIDER], r"'zorg-om-de-hoek' doet al mee", 2),
    (["documenten", "lindeveen-2027", "--open", "3"], r"geen document '3'", 4),
    (["dossier", "lindeveen-2027", "--naar", str(L.MAP)], r"bestaat al", 5),
    (["dossier", "lindeveen-2027", "--naar", "/weg/x.zip"], r"de map /weg bestaat niet", 2),
    (["controleer", "weg"], r"De ronde 'weg' bestaat niet", 4),
]  # fmt: skip


@pytest.mark.parametrize(
    ("argumenten", "verwacht", "code"), OPDRACHTEN, ids=[" ".join(a[:3])[:40] for a, _, _ in OPDRACHTEN]
)
def test_faulty_command(
    argumenten: list[str],
    verwacht: str,
    code: int,
    lindeveen: Any,
    capsys: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    loper = lindeveen("voorbereiding")
    eerder = loper.vingerafdruk()
    assert draai(argumenten) == code
    uit = capsys.readouterr()
    assert re.search(verwacht, uit.err)
    assert "Traceback" not in uit.err
    assert loper.vingerafdruk() == eerder


def test_there_are_at_least_a_hundred() -> None:
    assert len(MAPPEN) + len(HANDELINGEN) + len(OPDRACHTEN) >= 170
