"""Acts around the college: the written parts of a memo, the decision, plans, measuring plans."""

from typing import Annotated, Literal

from pydantic import Field
from sqlmodel import col, select

from ..fouten import Conflict, GeenToestemming, Invoerfout
from ..inhoud import Collegetekst, Kanttekening, Onderbouwing, Uitkomst
from ..model import Besluit, Besluitregel, Collegestuk
from ..overzichten import beoordelen, vind
from ..procedure import Fase, Poort, Rol
from ..regels import Sleutel, Strikt, Tekst
from .basis import Log, Werk, handeling, volgende_versie

Stuksoort = Literal["startvoorstel", "selectie", "plannen"]
Besluitsoort = Literal["vrijgave", "selectie", "plannen"]
POORT_BIJ_BESLUIT = {"vrijgave": Poort.STARTVOORSTEL, "selectie": Poort.VOORDRACHT, "plannen": Poort.PLANNEN}


class Afwijking(Strikt):
    """Why the college deviates from the ranking for this one proposal."""

    coalitie: Sleutel
    motivering: Tekst


@handeling
def collegetekst(werk: Werk, *, soort: Stuksoort, inhoud: Collegetekst) -> Log:
    """Schrijf de tekst van een collegevoorstel."""
    aantal = len(inhoud.beslispunten)
    stellingen: list[Onderbouwing | Kanttekening] = [*inhoud.argumenten, *inhoud.kanttekeningen, *inhoud.alternatieven]
    los = [o.stelling for o in stellingen if o.bij > aantal]
    zonder = sorted(set(range(1, aantal + 1)) - {a.bij for a in inhoud.argumenten})
    if los:
        raise Invoerfout(f"inhoud: '{los[0]}' hoort bij een beslispunt dat niet bestaat", waar="collegetekst")
    if zonder:
        raise Invoerfout(
            f"inhoud.argumenten: geef minstens één argument bij beslispunt {zonder[0]}", waar="collegetekst"
        )
    versie = volgende_versie(werk, Collegestuk, Collegestuk.ronde_id == werk.ronde_id, Collegestuk.soort == soort)
    werk.bewaar(
        Collegestuk(
            ronde_id=werk.ronde_id,
            soort=soort,
            versie=versie,
            inhoud=inhoud.model_dump(mode="json"),
            geschreven_op=werk.nu,
        )
    )
    return {"soort": soort, "versie": versie}


@handeling
def besluit(
    werk: Werk,
    *,
    soort: Besluitsoort,
    uitkomst: Uitkomst,
    tekst: Tekst,
    tweede: Sleutel | None = None,
    gekozen: list[Sleutel] = [],  # noqa: B006  # pydantic copies defaults
    afwijkingen: list[Afwijking] = [],  # noqa: B006
    bedragen_euro: dict[str, Annotated[int, Field(ge=0)]] = {},  # noqa: B006
) -> Log:
    """Leg het besluit van het college vast, samen met een tweede wethouder."""
    _toets_moment(werk, soort)
    ander = _tweede(werk, tweede)
    regels = _regels_van_besluit(werk, soort, uitkomst, gekozen, afwijkingen, bedragen_euro)
    versie = volgende_versie(werk, Besluit, Besluit.ronde_id == werk.ronde_id, Besluit.soort == soort)
    rij = Besluit(
        ronde_id=werk.ronde_id,
        soort=soort,
        versie=versie,
        uitkomst=uitkomst,
        tekst=tekst,
        eerste_id=vind.sid(werk.actor.id),
        tweede_id=ander,
        genomen_op=werk.nu,
    )
    werk.bewaar(rij)
    for regel in regels:
        regel.besluit_id = vind.sid(rij.id)
    werk.bewaar(*regels)
    if uitkomst == "ingetrokken":
        _trek_ronde_in(werk, tekst)
    return {
        "soort": soort,
        "uitkomst": uitkomst,
        "gekozen": gekozen,
        "afwijkingen": [a.coalitie for a in afwijkingen],
    }


def _toets_moment(werk: Werk, soort: str) -> None:
    poort = POORT_BIJ_BESLUIT[soort]
    if vind.passage(werk.session, werk.ronde, poort) is None:
        raise GeenToestemming(
            f"Het college kan nog niet besluiten: eerst moet de poort '{poort.value}' gepasseerd zijn."
        )
    vorige = laatste_besluit(werk, soort)
    if vorige and vorige.uitkomst != "aangehouden":
        raise Conflict(f"Het college heeft hierover al besloten ({vorige.uitkomst}).")


def laatste_besluit(werk: Werk, soort: str) -> Besluit | None:
    vraag = select(Besluit).where(Besluit.ronde_id == werk.ronde_id, Besluit.soort == soort)
    return werk.session.exec(vraag.order_by(col(Besluit.versie).desc())).first()


def _tweede(werk: Werk, sleutel: str | None) -> int | None:
    """The second wethouder's id; demanded when the round has two or more (four eyes)."""
    wethouders = {d.sleutel: d for d in vind.met_rol(werk.session, werk.ronde, Rol.WETHOUDER)}
    if len(wethouders) < 2:
        return None
    ander = wethouders.get(sleutel or "")
    if ander is None or ander.id == werk.actor.id:
        mogelijk = ", ".join(s for s, d in wethouders.items() if d.id != werk.actor.id)
        raise Invoerfout(
            f"tweede: noem de tweede wethouder ({mogelijk}); het college besluit met vier ogen",
            waar="besluit",
        )
    return vind.sid(ander.id)


def _regels_van_besluit(
    werk: Werk,
    soort: str,
    uitkomst: str,
    gekozen: list[str],
    afwijkingen: list[Afwijking],
    bedragen: dict[str, int],
) -> list[Besluitregel]:
    if soort == "vrijgave" or uitkomst in ("aangehouden", "ingetrokken"):
        if gekozen:
            raise Invoerfout(f"gekozen: laat dit leeg bij '{soort}' met uitkomst '{uitkomst}'", waar="besluit")
        return []
    kandidaten = (vind.ontvankelijke if soort == "selectie" else vind.geselecteerde)(werk.session, werk.ronde)
    onbekend = set(gekozen) - {c.sleutel for _, c in kandidaten}
    if onbekend:
        raise Invoerfout(f"gekozen: '{sorted(onbekend)[0]}' kan niet worden gekozen", waar="besluit")
    fouten = (_fouten_selectie if soort == "selectie" else _fouten_plannen)(
        werk, uitkomst, gekozen, afwijkingen, bedragen
    )
    if fouten:
        raise Invoerfout(fouten, waar="besluit")
    redenen = {a.coalitie: a.motivering for a in afwijkingen}
    return [
        Besluitregel(
            besluit_id=0,
            voorstel_id=vind.sid(v.id),
            gekozen=c.sleutel in gekozen,
            bedrag_cent=bedragen[c.sleutel] * 100 if c.sleutel in bedragen else None,
            afwijking=redenen.get(c.sleutel, ""),
        )
        for v, c in kandidaten
    ]


def _fouten_selectie(
    werk: Werk, uitkomst: str, gekozen: list[str], afwijkingen: list[Afwijking], _bedragen: dict[str, int]
) -> list[str]:
    advies = set(geadviseerd(werk))
    anders = advies ^ set(gekozen)
    uitgelegd = {a.coalitie for a in afwijkingen}
    fouten = _fouten_aantal(werk, gekozen)
    fouten += [
        f"afwijkingen: leg uit waarom het college bij '{c}' afwijkt van de rangorde" for c in sorted(anders - uitgelegd)
    ]
    fouten += [f"afwijkingen: bij '{c}' wijkt het college niet af" for c in sorted(uitgelegd - anders)]
    if anders and uitkomst == "conform":
        fouten.append("uitkomst: het college wijkt af van het voorstel; kies 'gewijzigd'")
    if not anders and uitkomst == "gewijzigd":
        fouten.append("uitkomst: de keuze is gelijk aan het voorstel; kies 'conform'")
    return fouten


def _fouten_aantal(werk: Werk, gekozen: list[str]) -> list[str]:
    aantal = werk.regels.verdeling.aantal
    kan = min(aantal, len(geadviseerd(werk)))
    if len(set(gekozen)) < len(gekozen):
        return ["gekozen: een coalitie staat er twee keer"]
    if len(gekozen) > aantal:
        return [f"gekozen: u koos {len(gekozen)} voorstellen; er zijn {aantal} plaatsen"]
    return [f"gekozen: u koos {len(gekozen)} voorstellen; kies er {kan}"] if len(gekozen) < kan else []


def geadviseerd(werk: Werk) -> list[str]:
    """Coalition keys that the recorded ranking selects."""
    laatste = beoordelen.laatste_rangschikking(werk.session, werk.ronde)
    return list(laatste.uitkomst["geselecteerd"]) if laatste else []


def _fouten_plannen(
    werk: Werk, uitkomst: str, gekozen: list[str], afwijkingen: list[Afwijking], bedragen: dict[str, int]
) -> list[str]:
    fouten = [f"bedragen_euro: noem het bedrag voor '{c}'" for c in sorted(set(gekozen) - set(bedragen))]
    fouten += [f"bedragen_euro: '{c}' is niet gekozen" for c in sorted(set(bedragen) - set(gekozen))]
    uitgelegd = {a.coalitie for a in afwijkingen}
    nee = {c.sleutel for _, c in vind.geselecteerde(werk.session, werk.ronde)} - set(gekozen)
    fouten += [f"afwijkingen: leg uit waarom '{c}' geen pilot wordt" for c in sorted(nee - uitgelegd)]
    plafond = werk.regels.verdeling.plafond_euro
    if sum(bedragen.values()) > plafond:
        fouten.append(f"bedragen_euro: samen {sum(bedragen.values())} euro; het plafond is {plafond} euro")
    maximum = werk.regels.verdeling.maximum_per_voorstel_euro
    fouten += [
        f"bedragen_euro: '{c}' krijgt {b} euro; het maximum is {maximum} euro"
        for c, b in bedragen.items()
        if b > maximum
    ]
    if bool(nee) != (uitkomst == "gewijzigd"):
        fouten.append("uitkomst: kies 'conform' als alle plannen doorgaan en 'gewijzigd' als er een afvalt")
    return fouten


def _trek_ronde_in(werk: Werk, reden: str) -> None:
    werk.ronde.fase, werk.ronde.ingetrokken_reden = Fase.INGETROKKEN, reden
    werk.bewaar(werk.ronde)


@handeling
def trek_ronde_in(werk: Werk, *, reden: Tekst) -> Log:
    """Trek de hele ronde in, met een reden."""
    _trek_ronde_in(werk, reden)
    return {"reden": reden}
