"""The round of Lindeveen for tests: seven proposals, done through the real acts and the real gates.

Gates are passed with their real conditions and effects, but without documents: templates have tests of
their own. `STADIA` names the moments at which a test can step in.
"""

# ruff: noqa: E501  # a table reads best with one case on one line

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from aanbesteding.database import lees, schrijf
from aanbesteding.handelingen import doe, passeren
from aanbesteding.handelingen.gevolgen import GEVOLGEN, Gevolg
from aanbesteding.handelingen.starten import start_ronde
from aanbesteding.model import Toewijzing
from aanbesteding.overzichten import beoordelen, vind
from aanbesteding.overzichten.stand import stand
from aanbesteding.procedure import Poort, Rol
from aanbesteding.rondemap import lees_rondemap
from aanbesteding.termijnen import amsterdam

WORTEL = Path(__file__).resolve().parents[2]
MAP = WORTEL / "config" / "rondes" / "lindeveen-2027"
KENMERK = "lindeveen-2027"
LEIDER, TWEEDE, WETHOUDER = "aisha-terpstra", "joost-de-wilde", "bert-hoekzema"
VOORZITTER, JURIST, ADVISEUR = "mirjam-slagter", "nour-haddad", "hanna-brouwer"
BEOORDELAARS = ("carla-wijnia", "deniz-aydin", "els-van-dalfsen", "femi-oladipo", "gijs-ter-horst")
COALITIES = {
    "lange-tafel": ("welzijn-lindeveen", "bakkerij-zoet"),
    "zingen-op-dinsdag": ("zangkoor-de-merel", "open-kerk"),
    "bal-en-koffie": ("korfbal-de-korf", "seniorenraad"),
    "boodschap-samen": ("buurtsuper-haven", "zorg-om-de-hoek"),
    "leesmaatjes": ("bibliotheek", "basisschool-de-kiem"),
    "tuinstoel": ("tuin-de-hoven", "woningstichting-eik"),
    "samen-repareren": ("reparatiecafe", "bewoners-noord"),
}
SCORES = dict(
    zip(COALITIES, ((5, 4, 4), (4, 4, 4), (3, 4, 3), (3, 3, 3), (4, 3, 2), (2, 3, 4), (3, 2, 2)), strict=True)
)
REDEN = "Dit oordeel volgt uit het voorstel en past bij het anker van deze score."


def reden(coalitie: str, criterium: str) -> str:
    """A reason in own words: no word of it appears with another proposal or criterion."""
    letters = str.maketrans("0123456789", "ghijklmnop")
    return " ".join(
        hashlib.sha256(f"{n}{coalitie}{criterium}".encode()).hexdigest()[:9].translate(letters) for n in range(9)
    )


def op(tekst: str) -> datetime:
    """Local time as typed, as a moment."""
    lokaal = datetime.fromisoformat(tekst)
    return amsterdam(lokaal.date(), lokaal.time())


@dataclass
class Loper:
    """A round in a database, and the hands to move it."""

    motor: Engine
    kenmerk: str = KENMERK

    def doe(self, handeling: str, wie: str, moment: str, **gegevens: Any) -> bool:
        return doe(self.motor, self.kenmerk, handeling, wie=wie, nu=op(moment), gegevens=gegevens)

    def passeer(self, poort: Poort, moment: str, nummer: int = 1) -> bool:
        nu, gevolg = op(moment), GEVOLGEN.get(poort, Gevolg())
        with lees(self.motor) as session:
            d = passeren._open(session, self.kenmerk, poort, nummer, nu, vergrendel=False)
            if d is None:
                return False
            uitkomst = gevolg.bereken(d)
        with schrijf(self.motor) as session:
            d = passeren._open(session, self.kenmerk, poort, nummer, nu, vergrendel=True)
            assert d is not None
            gevolg.boek(d, uitkomst)
            passeren._log(d, passeren._leg_passage_vast(d, "klok"), [])
        return True

    def kijk(self, functie: Callable[[Session, Any], Any]) -> Any:
        with lees(self.motor) as session:
            return functie(session, vind.ronde(session, self.kenmerk))

    def blokkades(self, poort: Poort, moment: str, nummer: int = 1) -> list[str]:
        def zoek(session: Session, ronde: Any) -> list[str]:
            alle = stand(session, ronde, op(moment))
            return [b.tekst for p in alle if (p.poort, p.volgnummer) == (poort, nummer) for b in p.blokkades]

        return list(self.kijk(zoek))

    def vingerafdruk(self) -> str:
        return vingerafdruk(self.motor)


def vingerafdruk(motor: Engine) -> str:
    """SHA-256 over every row of every table: equal means that nothing changed."""
    som = hashlib.sha256()
    with motor.connect() as verbinding:
        for tabel in SQLModel.metadata.sorted_tables:
            rijen = verbinding.execute(select(tabel).order_by(*tabel.primary_key.columns)).all()
            som.update(json.dumps([tabel.name, [[str(c) for c in rij] for rij in rijen]]).encode())
    return som.hexdigest()


def collegetekst(onderwerp: str) -> dict[str, Any]:
    zin = "Wij doen dit omdat de wijkpeiling van september 2026 erom vraagt."
    return {
        "onderwerp": onderwerp, "samenvatting": zin, "beslispunten": ["Het voorstel vast te stellen."], "inleiding": zin,
        "beoogd_effect": zin, "argumenten": [{"bij": 1, "stelling": "Dit helpt.", "toelichting": zin}],
        "kanttekeningen": [{"bij": 1, "stelling": "Het kost tijd.", "beheersing": zin}],
        "alternatieven": [{"bij": 1, "stelling": "Niets doen.", "toelichting": zin}], "financien": zin, "juridisch": zin,
        "participatie": zin, "communicatie": zin, "monitoring": zin, "route": zin,
    }  # fmt: skip


def voorstel(coalitie: str, **anders: Any) -> dict[str, Any]:
    return {
        "titel": f"Voorstel {coalitie}", "samenvatting": "Wij brengen mensen van 65 jaar en ouder elke week bij elkaar.",
        "probleem": "Veel buren kennen elkaar niet.", "aanpak": "Elke week op dezelfde plek, met een vaste gastheer.",
        "vernieuwing": "Wie komt, helpt ook mee.", "samenwerking": "Elke partner heeft een eigen taak.",
        "inwoners": "Vijf bewoners beslissen mee over het programma.", "resultaat": "Na een jaar komen er 40 mensen per week.",
        "gebied": "Noord en Haven", "planning": "Start in september 2027.",
        "begroting": [{"omschrijving": "Gastheer", "bedrag_euro": 30000, "bron": "gemeente"},
                      {"omschrijving": "Uren", "bedrag_euro": 5000, "bron": "in natura"}], **anders,
    }  # fmt: skip


def plan(coalitie: str) -> dict[str, Any]:
    tekst = "Wij werken dit samen met bewoners uit."
    return {
        "titel": f"Plan {coalitie}", "samenvatting": tekst, "probleem": tekst, "doelgroep": tekst, "gebied": "Noord",
        "verandertheorie": {k: [tekst] for k in ("input", "activiteiten", "output", "uitkomsten", "effect", "aannames")},
        "taken": [{"partner": coalitie, "taak": tekst}], "inwoners": tekst, "planning": [{"datum": "2027-09-01", "tekst": tekst}],
        "begroting": [{"omschrijving": "Gastheer", "bedrag_euro": 30000, "bron": "gemeente"}],
        "risicos": [{"risico": tekst, "beheersing": tekst}], "borging": tekst, "gegevensbescherming": tekst,
        "wie_doet_niet_mee": tekst, "einde": tekst,
    }  # fmt: skip


def meetplan() -> dict[str, Any]:
    indicator = {
        "sleutel": "eenzaam", "titel": "Ernstig eenzaam", "definitie": "Score 9 of hoger", "eenheid": "%", "richting": "omlaag",
        "bron": "wijkpeiling", "frequentie": "elk half jaar", "nulstand": "19%", "streef": "14%", "relevant_effect": 2.0,
    }  # fmt: skip
    return {
        "indicatoren": [indicator], "pilotgebieden": ["Noord"], "vergelijkingsgebieden": ["Zuid", "Centrum"],
        "keuze_gebieden": "aanbod", "keuze_toelichting": "De coalitie werkt al in Noord.", "startperiode": "2028-1",
        "respondenten_per_gebied": 300,
    }  # fmt: skip


# ---------------------------------------------------------------- the stages, in order


def _voorbereiding(loper: Loper) -> None:
    start_ronde(loper.motor, lees_rondemap(MAP), nu=op("2026-12-01T10:00"), door=LEIDER)


def _oproep(loper: Loper) -> None:
    loper.doe(
        "collegetekst", LEIDER, "2026-12-02T10:00", soort="startvoorstel", inhoud=collegetekst("Start van de ronde")
    )
    assert loper.passeer(Poort.STARTVOORSTEL, "2026-12-03T10:00")
    loper.doe("besluit", WETHOUDER, "2026-12-08T10:00", soort="vrijgave", uitkomst="conform", tekst="Vrijgegeven.")
    assert loper.passeer(Poort.OPROEP, "2027-01-11T09:00")


def _coalities(loper: Loper) -> None:
    for sleutel, (eerste, ander) in COALITIES.items():
        partners = [{"organisatie": o, "rol": "eigen taak", "inbreng_uren": 40} for o in (eerste, ander)]
        loper.doe("vorm_coalitie", eerste, "2027-01-25T10:00", sleutel=sleutel, naam=sleutel.replace("-", " "),
                  opgave="minder-alleen", idee="Samen iets doen. Elke week.", partners=partners)  # fmt: skip
        loper.doe("bevestig_partner", ander, "2027-01-26T10:00", coalitie=sleutel)
    loper.doe("stel_vraag", "seniorenraad", "2027-02-01T10:00", tekst="Mag een koor meedoen?", onderwerp="Wie")
    actie = dict.fromkeys(("animo", "contacten", "toerusting", "inbedding", "empathie"), 3)
    loper.doe(
        "vraag_advies",
        "zangkoor-de-merel",
        "2027-02-01T11:00",
        coalitie="zingen-op-dinsdag",
        toelichting="Hulp",
        actie=actie,
    )
    assert loper.passeer(Poort.ADVIES, "2027-02-02T12:00")
    loper.doe("beantwoord_vraag", LEIDER, "2027-02-08T15:00", nummer=1, antwoord="Ja, dat mag.")
    assert loper.passeer(Poort.INLICHTINGEN, "2027-02-09T09:00")


def _ingediend(loper: Loper) -> None:
    for uur, (sleutel, (eerste, _)) in enumerate(COALITIES.items(), 9):
        anders = {"begroting": []} if sleutel == "tuinstoel" else {}
        loper.doe("dien_in", eerste, f"2027-03-10T{uur:02d}:00", coalitie=sleutel, inhoud=voorstel(sleutel, **anders))


def _geopend(loper: Loper) -> None:
    assert loper.passeer(Poort.SLUITING, "2027-03-11T12:00")
    loper.doe("open_kluis", LEIDER, "2027-03-11T13:00", tweede=TWEEDE)
    assert loper.passeer(Poort.OPENING, "2027-03-11T13:30")


def _belangen(loper: Loper) -> None:
    loper.doe("vul_aan", "tuin-de-hoven", "2027-03-20T10:00", coalitie="tuinstoel",
              inhoud={"begroting": [{"omschrijving": "Bank", "bedrag_euro": 20000, "bron": "gemeente"}]})  # fmt: skip
    for sleutel in COALITIES:
        loper.doe(
            "oordeel_vorm", LEIDER, "2027-03-26T10:00", coalitie=sleutel, ontvankelijk=True, motivering="Compleet."
        )
    assert loper.passeer(Poort.ONTVANKELIJKHEID, "2027-03-26T11:00")


def _scoren(loper: Loper) -> None:
    loper.doe("verklaar_belang", "deniz-aydin", "2027-03-30T10:00", coalitie="samen-repareren", belang=True,
              toelichting="Mijn zus zit in het bestuur.")  # fmt: skip
    for wie in BEOORDELAARS:
        loper.doe("verklaar_belang", wie, "2027-03-30T11:00", coalitie="overige", belang=False)
    assert loper.passeer(Poort.TOEWIJZING, "2027-04-02T09:00")


def toewijzingen(loper: Loper) -> list[tuple[str, str]]:
    """(coalition, assessor) as allocated."""

    def zoek(session: Session, ronde: Any) -> list[tuple[str, str]]:
        wie = {d.id: d.sleutel for d in vind.met_rol(session, ronde, Rol.BEOORDELAAR)}
        rijen: list[Toewijzing] = beoordelen.toewijzingen(session, ronde)
        return [(beoordelen.coalitie_van(session, t).sleutel, wie[t.beoordelaar_id]) for t in rijen]

    return list(loper.kijk(zoek))


def _beoordeeld(loper: Loper) -> None:
    for coalitie, wie in toewijzingen(loper):
        for criterium, waarde in zip(("effect", "samen", "bewoners"), SCORES[coalitie], strict=True):
            loper.doe("score", wie, "2027-04-12T10:00", coalitie=coalitie, criterium=criterium, waarde=waarde,
                      motivering=reden(coalitie, criterium))  # fmt: skip
    for wie in BEOORDELAARS:
        loper.doe("vergrendel", wie, "2027-04-19T10:00", coalitie="alle")
    for coalitie in COALITIES:
        loper.doe("oordeel", VOORZITTER, "2027-04-22T10:00", coalitie=coalitie, samenvatting="Goed plan.", sterk=["Helder"],
                  verbeter=["Meer mensen"], hoe_verder="Probeer het volgend jaar weer.")  # fmt: skip
    assert loper.passeer(Poort.BEOORDELING, "2027-04-23T17:00")


def _voorgedragen(loper: Loper) -> None:
    punten = [{"punt": "Zorgvuldig", "oordeel": "ja", "toelichting": "Nagelopen."}]
    loper.doe("vergewis", JURIST, "2027-05-03T10:00", punten=punten, conclusie="Zorgvuldig tot stand gekomen.")
    loper.doe(
        "collegetekst", LEIDER, "2027-05-03T11:00", soort="selectie", inhoud=collegetekst("Keuze van twee voorstellen")
    )
    assert loper.passeer(Poort.VOORDRACHT, "2027-05-04T10:00")


GEKOZEN = ["lange-tafel", "zingen-op-dinsdag"]


def _uitwerking(loper: Loper) -> None:
    loper.doe(
        "besluit",
        WETHOUDER,
        "2027-05-11T10:00",
        soort="selectie",
        uitkomst="conform",
        tekst="Gekozen.",
        gekozen=GEKOZEN,
    )
    assert loper.passeer(Poort.SELECTIE, "2027-05-11T11:00")


def _gepland(loper: Loper) -> None:
    for sleutel in GEKOZEN:
        loper.doe("dien_plan_in", COALITIES[sleutel][0], "2027-06-20T10:00", coalitie=sleutel, inhoud=plan(sleutel))
        loper.doe(
            "oordeel_plan", LEIDER, "2027-06-25T10:00", coalitie=sleutel, akkoord=True, motivering="Goed uitgewerkt."
        )
        loper.doe("meetplan", LEIDER, "2027-06-25T11:00", coalitie=sleutel, inhoud=meetplan())
    loper.doe("collegetekst", LEIDER, "2027-06-28T10:00", soort="plannen", inhoud=collegetekst("Twee proeven starten"))
    assert loper.passeer(Poort.PLANNEN, "2027-06-29T10:00")


def _uitvoering(loper: Loper) -> None:
    loper.doe("besluit", WETHOUDER, "2027-07-06T10:00", soort="plannen", uitkomst="conform", tekst="Starten.", gekozen=GEKOZEN,
              bedragen_euro=dict.fromkeys(GEKOZEN, 30000))  # fmt: skip
    assert loper.passeer(Poort.START, "2027-07-06T11:00")


STADIA: dict[str, Callable[[Loper], None]] = {
    "voorbereiding": _voorbereiding, "oproep": _oproep, "coalities": _coalities, "ingediend": _ingediend,
    "geopend": _geopend, "belangen": _belangen, "scoren": _scoren, "beoordeeld": _beoordeeld,
    "voorgedragen": _voorgedragen, "uitwerking": _uitwerking, "gepland": _gepland, "uitvoering": _uitvoering,
}  # fmt: skip


def loop(loper: Loper) -> Iterator[str]:
    """Run all stages; yields the name of each stage that has just been reached."""
    for naam, stap in STADIA.items():
        stap(loper)
        yield naam
