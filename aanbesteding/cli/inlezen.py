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


def metingen(kenmerk: Kenmerk, bestand: Bestand, als: Wie = "", moment: Moment = "") -> None:
    """Kolommen: coalitie, indicator, gebied, periode, waarde, bron; en respondenten of wie."""
    _reeks(kenmerk, bestand, "metingen", als, moment)


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
