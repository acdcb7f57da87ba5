"""What every command shares: the database, who acts, what time it is, and how errors leave the building."""

import os
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from sqlalchemy import Engine

from .. import klok
from ..database import lees, maak_motor, werk_bij
from ..fouten import GeenToestemming, Invoerfout, NietGevonden
from ..instellingen import instellingen
from ..kern.notatie import datum_tijd
from ..overzichten import vind
from ..termijnen import amsterdam
from .taal import Opdracht

Als = Annotated[
    str,
    typer.Option("--als", metavar="SLEUTEL", envvar="AANBESTEDING_ALS", help="Sleutel van de persoon die dit doet."),
]
Moment = Annotated[
    str,
    typer.Option(
        "--moment",
        metavar="TIJDSTIP",
        help="Doe alsof het dit tijdstip is, zoals 2012-02-01T11:59:00. Alleen in een oefenronde.",
    ),
]
Kenmerk = Annotated[str, typer.Argument(metavar="KENMERK", help="Kenmerk van de ronde, zoals lindeveen-2027.")]
Bestand = Annotated[Path, typer.Argument(metavar="BESTAND", help="Een bestand op deze computer.")]
Coalitie = Annotated[str, typer.Option("--coalitie", metavar="SLEUTEL", help="Sleutel van de coalitie.")]


def opdracht(app: typer.Typer, naam: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command; its docstring is the Dutch help."""
    return app.command(naam, cls=Opdracht, context_settings={"help_option_names": ["--help", "--hulp", "-h"]})


@cache
def _motor(url: str) -> Engine:
    motor = maak_motor(url)
    werk_bij(motor)
    return motor


def motor() -> Engine:
    """The database of this data folder, on the newest schema; it is made when it is not there yet."""
    return _motor(instellingen().url)


def bestaande_motor() -> Engine:
    """The database, for commands that only look: asking a question must not make a data folder."""
    url = instellingen().url
    pad = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and not pad.is_file():
        raise NietGevonden(
            f"Er zijn nog geen rondes in {instellingen().data_map}. Begin met 'aanbesteding ronde start MAP', "
            "of wijs met --data-map een andere map aan."
        )
    return motor()


def bepaal_nu(kenmerk: str, moment: str) -> datetime:
    """The real time, or the asked moment in a rehearsal. Raises GeenToestemming for a live round."""
    if not moment:
        return klok.nu()
    with lees(bestaande_motor()) as session:
        if not vind.ronde(session, kenmerk).oefening:
            raise GeenToestemming("--moment mag alleen in een oefenronde. In een echte ronde telt de echte tijd.")
    return lees_moment(moment)


def lees_moment(tekst: str) -> datetime:
    """Local time of Amsterdam as typed; raises Invoerfout."""
    try:
        lokaal = datetime.fromisoformat(tekst)
    except ValueError:
        lokaal = None
    if lokaal is None or len(tekst) <= 10 or lokaal.tzinfo is not None:
        raise Invoerfout(f"'{tekst}' is geen tijdstip; schrijf het zoals 2012-02-01T11:59:00", waar="--moment")
    try:
        return amsterdam(lokaal.date(), lokaal.time())
    except ValueError as fout:
        raise Invoerfout(str(fout), waar="--moment") from None


def zeg(tekst: str) -> None:
    """One line for a person, on stdout, without mark-up."""
    Console(highlight=False, soft_wrap=True).print(tekst, markup=False)


def waarschuw(teksten: list[str]) -> None:
    scherm = Console(stderr=True, highlight=False, soft_wrap=True)
    for tekst in teksten:
        scherm.print(f"Let op: {tekst}", markup=False, style="yellow")


def schrijf_storing(fout: BaseException) -> Path:
    """Keep the traceback of a fault of ours in the data folder; the person sees one Dutch sentence."""
    folder = instellingen().data_map / "storingen"
    folder.mkdir(parents=True, exist_ok=True)
    pad = folder / f"{klok.nu():%Y%m%d-%H%M%S}-{os.getpid()}.log"
    pad.write_text("".join(traceback.format_exception(fout)), encoding="utf-8")
    return pad


def wanneer(moment: datetime | None) -> str:
    return datum_tijd(moment) if moment else "zodra het kan"


_VELDSOORTEN = {"str": "tekst", "int": "heel getal", "float": "getal", "bool": "true of false", "dict": "tabel"}


def als_veld(annotatie: Any) -> str:
    """A parameter's type in the words of a TOML file."""
    tekst = str(annotatie)
    kaal = next((a for a in getattr(annotatie, "__args__", ()) if a is not type(None)), annotatie)
    naam = getattr(kaal, "__name__", str(kaal))
    if tekst.startswith("list["):
        return f"lijst van {_VELDSOORTEN.get(naam, 'tabellen')}"
    if tekst.startswith("dict["):
        return "tabel"
    if tekst.startswith("typing.Literal"):
        return " of ".join(str(a) for a in annotatie.__args__)
    return _VELDSOORTEN.get(naam, f"tabel ({naam})")
