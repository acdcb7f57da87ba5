"""All commands together, and the one place where an error becomes a sentence and an exit code."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.exceptions import Abort, Exit, TyperException

from ..fouten import Gebruikersfout
from ..instellingen import instellingen
from . import draaien, handelen, huisstijl, inlezen, rangorde, ronde, sjablonen, stukken, toezicht, zegel
from .basis import schrijf_storing
from .taal import maak_app, vertaal_gebruiksfout

app = maak_app(
    "Rondes van maatschappelijk aanbesteden: van oproep tot effectrapport.\n\n"
    "Bijna elke opdracht vraagt met --als wie u bent. Uitkomst voor scripts: 0 gelukt, 2 verkeerde invoer, "
    "3 mag niet, 4 niet gevonden, 5 botst met de stand van de ronde, 6 er ontbreekt iets op deze computer, "
    "7 controle niet in orde, 1 fout in het programma."
)


@app.callback()
def _algemeen(
    data_map: Annotated[
        Path | None,
        typer.Option("--data-map", metavar="MAP", help="Map met de gegevens (ook: AANBESTEDING_DATA_MAP)."),
    ] = None,
) -> None:
    if data_map is not None:
        os.environ["AANBESTEDING_DATA_MAP"] = str(data_map)  # worker processes must see it too
        instellingen.cache_clear()


for deel in (draaien, ronde, inlezen, handelen, rangorde, stukken, toezicht, zegel, huisstijl, sjablonen):
    deel.registreer(app)


def draai(argumenten: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Errors go to stderr, in Dutch."""
    try:
        uitkomst: Any = app(args=argumenten, standalone_mode=False, prog_name="aanbesteding")
    except Exit as fout:
        return int(fout.exit_code)
    except (Exception, KeyboardInterrupt) as fout:
        return _eindig(fout)
    return uitkomst if isinstance(uitkomst, int) else 0


def _eindig(fout: BaseException) -> int:
    """An error as a sentence on stderr; returns its exit code."""
    if isinstance(fout, Gebruikersfout):
        return _meld(fout.bericht, fout.exitcode)
    if isinstance(fout, Abort | KeyboardInterrupt):
        return _meld("Gestopt.", 130)
    if isinstance(fout, BrokenPipeError):
        return _stil()
    if isinstance(fout, TyperException):
        leeg = type(fout).__name__ == "NoArgsIsHelpError"  # the help page is on the screen already
        return 2 if leeg else _meld(vertaal_gebruiksfout(fout), 2)
    return _storing(fout)


def _stil() -> int:
    """The reader went away (`… | head`): nothing to say, and nothing more to flush."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _storing(fout: BaseException) -> int:
    kop = f"Er ging iets mis in het programma ({type(fout).__name__})"
    try:
        pad = schrijf_storing(fout)
    except OSError:
        return _meld(f"{kop}, en in de map met gegevens kan niet worden geschreven.", 1)
    return _meld(f"{kop}. De details staan in {pad}. Geef dat bestand aan de beheerder.", 1)


def _meld(bericht: str, code: int) -> int:
    scherm = Console(stderr=True, highlight=False, soft_wrap=True)
    scherm.print(bericht, markup=False, style="red" if code else None)
    return code
