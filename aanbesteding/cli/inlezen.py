"""`aanbesteding import …`: lists from CSV or Excel into an existing round, all rows or none."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ..fouten import Invoerfout
from ..handelingen import ACTIES, doe
from ..handelingen.reeks import Stap, doe_reeks
from ..kern.notatie import meervoud
from ..ledenlijsten import ADVISEURS, BEOORDELAARS, lees_mensen, lees_organisaties
from ..tabellen import lees_tabel
from .basis import Als, Bestand, Kenmerk, Moment, bepaal_nu, bestaande_motor, opdracht, zeg
from .metingen import lees_bestand_in
from .taal import maak_app

REEKSEN = {"scores": "score", "belangen": "verklaar_belang", "consensus": "consensus", "metingen": "meting"}
WIE = "wie"
"""Optional column: who gave this row; without it `--als` counts for every row."""


def registreer(app: typer.Typer) -> None:
    groep = maak_app("Lijsten inlezen uit Excel (.xlsx) of CSV. Alle rijen, of geen enkele.")
    opdracht(groep, "organisaties")(organisaties)
    opdracht(groep, "beoordelaars")(beoordelaars)
    opdracht(groep, "adviseurs")(adviseurs)
    opdracht(groep, "scores")(scores)
    opdracht(groep, "belangen")(belangen)
    opdracht(groep, "consensus")(consensus)
    opdracht(groep, "metingen")(metingen)
    app.add_typer(groep, name="import")


def organisaties(kenmerk: Kenmerk, bestand: Bestand, als: Als, moment: Moment = "") -> None:
    """Voeg organisaties toe; dat kan tot de oproep verschijnt."""
    rijen = [o.model_dump() for o in lees_organisaties(bestand)]
    nu = bepaal_nu(kenmerk, moment)
    doe(bestaande_motor(), kenmerk, "voeg_organisaties_toe", wie=als, nu=nu, gegevens={"organisaties": rijen})
    zeg(f"{meervoud(len(rijen), 'organisatie', 'organisaties')} toegevoegd aan {kenmerk}.")


def beoordelaars(kenmerk: Kenmerk, bestand: Bestand, als: Als, moment: Moment = "") -> None:
    """Voeg beoordelaars toe; dat kan tot de voorstellen zijn verdeeld."""
    _mensen(kenmerk, bestand, BEOORDELAARS, als, moment)


def adviseurs(kenmerk: Kenmerk, bestand: Bestand, als: Als, moment: Moment = "") -> None:
    """Voeg adviseurs toe; dat kan tot de sluiting."""
    _mensen(kenmerk, bestand, ADVISEURS, als, moment)


def _mensen(kenmerk: str, bestand: Path, lijst: Any, als: str, moment: str) -> None:
    rijen = [m.model_dump() for m in lees_mensen(bestand, lijst)]
    nu = bepaal_nu(kenmerk, moment)
    doe(bestaande_motor(), kenmerk, "voeg_mensen_toe", wie=als, nu=nu, gegevens={"mensen": rijen})
    zeg(f"{meervoud(len(rijen), 'persoon', 'personen')} toegevoegd aan {kenmerk}.")


Wie = Annotated[
    str,
    typer.Option(
        "--als", metavar="SLEUTEL", envvar="AANBESTEDING_ALS", help="Wie dit doet, als de kolom 'wie' ontbreekt."
    ),
]


def scores(kenmerk: Kenmerk, bestand: Bestand, als: Wie = "", moment: Moment = "") -> None:
    """Kolommen: coalitie, criterium, waarde, motivering; en wie of onthouden (ja of nee)."""
    _reeks(kenmerk, bestand, "scores", als, moment)


def belangen(kenmerk: Kenmerk, bestand: Bestand, als: Wie = "", moment: Moment = "") -> None:
    """Kolommen: coalitie, belang (ja of nee), toelichting; en wie."""
    _reeks(kenmerk, bestand, "belangen", als, moment)


def consensus(kenmerk: Kenmerk, bestand: Bestand, als: Wie = "", moment: Moment = "") -> None:
    """Kolommen: coalitie, criterium, waarde, motivering; en wie."""
    _reeks(kenmerk, bestand, "consensus", als, moment)


Kolom = Annotated[
    list[str] | None,
    typer.Option("--kolom", metavar="INDICATOR=KOLOM", help="Welke kolom bij welke indicator hoort; mag vaker."),
]
Filter = Annotated[
    list[str] | None,
    typer.Option("--filter", metavar="KOLOM=WAARDE", help="Lees alleen rijen met deze waarde; mag vaker."),
]
Telt = Annotated[
    list[str] | None,
    typer.Option("--telt", metavar="INDICATOR=ANTWOORD", help="Antwoord dat meetelt in een vragenlijst; mag vaker."),
]


def metingen(
    kenmerk: Kenmerk, bestand: Bestand, als: Wie = "", moment: Moment = "",
    coalitie: Annotated[str, typer.Option(metavar="SLEUTEL", help="De coalitie van deze pilot. Zonder: één rij per "
                                          "meting, met een kolom 'coalitie'.")] = "",
    vorm: Annotated[str, typer.Option(help="eigen, statline, politie of vragenlijst. Zonder: wij raden.")] = "",
    gebied: Annotated[str, typer.Option(metavar="KOLOM", help="Kolom met de naam of de code van het gebied.")] = "",
    periodekolom: Annotated[str, typer.Option(metavar="KOLOM", help="Kolom met de periode.")] = "",
    periode: Annotated[str, typer.Option(help="Eén periode voor het hele bestand, zoals 2027-2.")] = "",
    kolom: Kolom = None, filter_: Filter = None, telt: Telt = None,
    gewicht: Annotated[str, typer.Option(metavar="KOLOM", help="Kolom met een gewicht per antwoord.")] = "",
    inwoners: Annotated[str, typer.Option(metavar="KOLOM", help="Kolom met inwoners: dan per 1.000.")] = "",
    bron: Annotated[str, typer.Option(help="Waar de cijfers vandaan komen.")] = "",
    model: Annotated[bool | None, typer.Option("--model/--geen-model", help="Cijfers uit een rekenmodel.")] = None,
    reden: Annotated[str, typer.Option(help="Nodig als waarden veranderen die er al stonden.")] = "",
    proef: Annotated[bool, typer.Option("--proef", help="Laat zien wat er zou gebeuren; verandert niets.")] = False,
) -> None:  # fmt: skip
    """Lees metingen in: een eigen lijst, een tabel van CBS of RIVM, politiecijfers of een vragenlijst."""
    if not coalitie:
        if proef:
            raise Invoerfout("geef met --coalitie aan bij welke pilot het bestand hoort", waar="--proef")
        _reeks(kenmerk, bestand, "metingen", als, moment)
        return
    anders: dict[str, Any] = {
        "vorm": vorm, "gebied": gebied, "periodekolom": periodekolom, "periode": periode, "gewicht": gewicht,
        "inwoners": inwoners, "bron": bron, "kolommen": _paren(kolom, "--kolom"), "filter": _paren(filter_, "--filter"),
        "telt": _lijsten(telt), "model": model,
    }  # fmt: skip
    lees_bestand_in(
        kenmerk, bestand, coalitie, {k: w for k, w in anders.items() if w not in ("", None, {})}, als=als,
        nu=bepaal_nu(kenmerk, moment), reden=reden, proef=proef,
    )  # fmt: skip


def _paren(tekst: list[str] | None, optie: str) -> dict[str, str]:
    delen = [t.partition("=") for t in tekst or []]
    if fout := next((a for a, is_, b in delen if not is_ or not a.strip() or not b.strip()), None):
        raise Invoerfout(f"'{fout}' mist een = met iets erachter", waar=optie)
    return {a.strip(): b.strip() for a, _, b in delen}


def _lijsten(tekst: list[str] | None) -> dict[str, list[str]]:
    uit: dict[str, list[str]] = {}
    for deel in tekst or []:
        for sleutel, antwoord in _paren([deel], "--telt").items():
            uit.setdefault(sleutel, []).append(antwoord)
    return uit


def _reeks(kenmerk: str, bestand: Path, soort: str, als: str, moment: str) -> None:
    naam = REEKSEN[soort]
    stappen = lees_stappen(bestand, naam, als)
    nu = bepaal_nu(kenmerk, moment)
    aantal = doe_reeks(bestaande_motor(), kenmerk, naam, stappen, nu=nu, waar=bestand.name)
    zeg(f"{meervoud(aantal, 'rij', 'rijen')} ingelezen in {kenmerk} ({soort}).")


def lees_stappen(bestand: Path, naam: str, als: str) -> list[Stap]:
    """The rows of a table as acts. Raises Invoerfout for the header or a row without a person."""
    tabel = lees_tabel(bestand)
    velden = ACTIES[naam].parameters.model_fields
    verplicht = [v for v, info in velden.items() if info.is_required()]
    fouten = tabel.eis_kolommen(verplicht, [*velden, WIE])
    if not tabel.rijen:
        fouten.append("onder de kolomnamen staat geen enkele rij; vul de lijst in")
    stappen = []
    for rij in tabel.rijen:
        wie = rij.cellen.get(WIE) or als
        if not wie:
            fouten.append(f"rij {rij.nummer}, kolom 'wie': is leeg; vul haar in of gebruik --als")
        gegevens = {k: _waarde(velden[k].annotation, v) for k, v in rij.cellen.items() if k in velden}
        stappen.append(Stap(f"rij {rij.nummer}", wie, gegevens))
    if fouten:
        raise Invoerfout(fouten, waar=tabel.bestand)
    return stappen


def _waarde(soort: Any, tekst: str) -> Any:
    """A cell as the act takes it: decimals with a comma, ja and nee."""
    if soort is float:
        return tekst.replace(",", ".")
    if soort is bool:
        return {"ja": True, "nee": False}.get(tekst.casefold(), tekst)
    return tekst
