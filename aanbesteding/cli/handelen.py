"""Commands for what people do: voorstel, score, besluit, meting, and any registered act from a TOML file."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ..fouten import Invoerfout, NietGevonden
from ..handelingen import ACTIES, doe
from ..handelingen.basis import Actie
from ..invoer import bedoelt_u, lees_toml
from ..rechten import RECHTEN
from .basis import Als, Bestand, Coalitie, Kenmerk, Moment, als_veld, bepaal_nu, bestaande_motor, opdracht, zeg
from .lezen import toon
from .taal import maak_app

TOEGESTAAN = ("handeling", "gegevens")


def registreer(app: typer.Typer) -> None:
    voorstel = maak_app("Een voorstel indienen, intrekken of lezen.")
    opdracht(voorstel, "indienen")(indienen)
    opdracht(voorstel, "intrekken")(intrekken)
    opdracht(voorstel, "toon")(toon)
    app.add_typer(voorstel, name="voorstel")
    opdracht(app, "score")(score)
    opdracht(app, "besluit")(besluit)
    opdracht(app, "meting")(meting)
    opdracht(app, "handeling")(handeling)


def _doe(kenmerk: str, naam: str, als: str, moment: str, gegevens: dict[str, Any]) -> None:
    nu = bepaal_nu(kenmerk, moment)
    doe(bestaande_motor(), kenmerk, naam, wie=als, nu=nu, gegevens=gegevens)
    zeg(f"Vastgelegd: {naam}. Werk de ronde bij met 'aanbesteding ronde bijwerken {kenmerk}'.")


def indienen(kenmerk: Kenmerk, bestand: Bestand, coalitie: Coalitie, als: Als, moment: Moment = "") -> None:
    """Dien een voorstel in uit een TOML-bestand (titel, probleem, aanpak, begroting, …)."""
    _doe(kenmerk, "dien_in", als, moment, {"coalitie": coalitie, "inhoud": lees_toml(bestand)})


def intrekken(
    kenmerk: Kenmerk,
    coalitie: Coalitie,
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom u intrekt.")],
    als: Als,
    moment: Moment = "",
) -> None:
    """Trek een voorstel in; tot de sluiting kunt u opnieuw indienen."""
    _doe(kenmerk, "trek_in", als, moment, {"coalitie": coalitie, "reden": reden})


def score(
    kenmerk: Kenmerk,
    coalitie: Coalitie,
    criterium: Annotated[str, typer.Option("--criterium", metavar="SLEUTEL", help="Sleutel van het criterium.")],
    motivering: Annotated[str, typer.Option("--motivering", metavar="TEKST", help="Waarom deze score.")],
    als: Als,
    waarde: Annotated[
        int | None, typer.Option("--waarde", metavar="GETAL", help="Score op de schaal van de oproep.")
    ] = None,
    onthouden: Annotated[bool, typer.Option("--onthouden", help="Geef geen score, met een reden.")] = False,
    moment: Moment = "",
) -> None:
    """Geef één score met een motivering. Veel scores tegelijk: 'aanbesteding import scores'."""
    gegevens = {"coalitie": coalitie, "criterium": criterium, "motivering": motivering, "onthouden": onthouden}
    _doe(kenmerk, "score", als, moment, gegevens | ({} if waarde is None else {"waarde": waarde}))


def besluit(
    kenmerk: Kenmerk,
    soort: Annotated[str, typer.Option("--soort", metavar="SOORT", help="vrijgave, selectie of plannen.")],
    uitkomst: Annotated[
        str, typer.Option("--uitkomst", metavar="UITKOMST", help="conform, gewijzigd, aangehouden of ingetrokken.")
    ],
    tekst: Annotated[str, typer.Option("--tekst", metavar="TEKST", help="De tekst van het besluit.")],
    als: Als,
    tweede: Annotated[str, typer.Option("--tweede", metavar="SLEUTEL", help="De tweede wethouder.")] = "",
    gekozen: Annotated[
        list[str] | None, typer.Option("--gekozen", metavar="SLEUTEL", help="Gekozen coalitie; herhaal voor elke.")
    ] = None,
    afwijking: Annotated[
        list[str] | None,
        typer.Option("--afwijking", metavar="SLEUTEL=REDEN", help="Waarom het college bij deze coalitie afwijkt."),
    ] = None,
    bedrag: Annotated[
        list[str] | None, typer.Option("--bedrag", metavar="SLEUTEL=EURO", help="Bedrag per gekozen coalitie.")
    ] = None,
    moment: Moment = "",
) -> None:
    """Leg een besluit van het college vast."""
    gegevens: dict[str, Any] = {"soort": soort, "uitkomst": uitkomst, "tekst": tekst, "gekozen": gekozen or []}
    gegevens["afwijkingen"] = [{"coalitie": k, "motivering": v} for k, v in _paren(afwijking, "--afwijking")]
    gegevens["bedragen_euro"] = dict(_paren(bedrag, "--bedrag"))
    _doe(kenmerk, "besluit", als, moment, gegevens | ({"tweede": tweede} if tweede else {}))


def _paren(teksten: list[str] | None, optie: str) -> list[tuple[str, str]]:
    fout = [t for t in teksten or [] if "=" not in t or not t.partition("=")[2].strip()]
    if fout:
        raise Invoerfout(f"'{fout[0]}' moet de vorm sleutel=waarde hebben", waar=optie)
    return [(t.partition("=")[0].strip(), t.partition("=")[2].strip()) for t in teksten or []]


def meting(
    kenmerk: Kenmerk,
    coalitie: Coalitie,
    indicator: Annotated[str, typer.Option("--indicator", metavar="SLEUTEL", help="Indicator uit het meetplan.")],
    gebied: Annotated[str, typer.Option("--gebied", metavar="NAAM", help="Gebied uit het meetplan.")],
    periode: Annotated[str, typer.Option("--periode", metavar="HALFJAAR", help="Halfjaar, zoals 2027-2.")],
    waarde: Annotated[str, typer.Option("--waarde", metavar="GETAL", help="De waarde; een komma mag.")],
    bron: Annotated[str, typer.Option("--bron", metavar="TEKST", help="Waar de waarde vandaan komt.")],
    als: Als,
    respondenten: Annotated[
        int | None, typer.Option("--respondenten", metavar="GETAL", help="Aantal mensen dat antwoordde.")
    ] = None,
    moment: Moment = "",
) -> None:
    """Voer één meetwaarde in. Veel waarden tegelijk: 'aanbesteding import metingen'."""
    gegevens: dict[str, Any] = {"coalitie": coalitie, "indicator": indicator, "gebied": gebied, "periode": periode}
    gegevens |= {"waarde": waarde.replace(",", "."), "bron": bron}
    _doe(kenmerk, "meting", als, moment, gegevens | ({} if respondenten is None else {"respondenten": respondenten}))


def handeling(
    kenmerk: Annotated[str, typer.Argument(metavar="KENMERK", help="Kenmerk van de ronde.")] = "",
    naam: Annotated[str, typer.Argument(metavar="HANDELING", help="Naam van de handeling.")] = "",
    bestand: Annotated[Path | None, typer.Argument(metavar="BESTAND", help="TOML-bestand met de gegevens.")] = None,
    als: Annotated[str, typer.Option("--als", metavar="SLEUTEL", envvar="AANBESTEDING_ALS", help="Wie dit doet.")] = "",
    moment: Moment = "",
) -> None:
    """Doe een handeling met gegevens uit een TOML-bestand; zonder argumenten: de lijst van handelingen.

    Met alleen KENMERK en HANDELING ziet u welke gegevens zij vraagt.
    """
    if not naam:
        _toon_handelingen()
        return
    actie = _zoek(naam)
    if bestand is None:
        _toon_gegevens(actie)
        return
    if not als:
        raise Invoerfout("ontbreekt; noem de sleutel van wie dit doet", waar="--als")
    _doe(kenmerk, naam, als, moment, lees_toml(bestand))


def _zoek(naam: str) -> Actie:
    if naam not in ACTIES:
        raise NietGevonden(f"De handeling '{naam}' bestaat niet. {bedoelt_u(naam, ACTIES)}")
    return ACTIES[naam]


def _toon_handelingen() -> None:
    tabel = Table("Handeling", "Wie", "Wat", title="Handelingen", title_justify="left")
    for actie in ACTIES.values():
        tabel.add_row(actie.naam, ", ".join(r.value for r in RECHTEN[actie.naam].rollen), actie.hulp)
    Console(highlight=False).print(tabel)


def _toon_gegevens(actie: Actie) -> None:
    zeg(f"{actie.naam}: {actie.hulp}")
    tabel = Table("Gegeven", "Soort", "Verplicht")
    for veld, info in actie.parameters.model_fields.items():
        tabel.add_row(veld, als_veld(info.annotation), "ja" if info.is_required() else "nee")
    Console(highlight=False).print(tabel)
