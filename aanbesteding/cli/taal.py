"""Typer in Dutch: our own help page, and every usage error as a Dutch sentence with the mend.

Typer's texts are English and fixed in its source, so nothing of them is shown: the help page is drawn here,
and usage errors are told apart by their class.
"""

import re
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from ..invoer import bedoelt_u

HULP = "--help"
HULPTEKST = "Toon deze uitleg en stop."
CONTEXT = {"help_option_names": [HULP, "--hulp", "-h"]}
_SOORTEN = {"int": "GETAL", "float": "GETAL", "path": "PAD", "directory": "MAP", "file": "BESTAND"}


class _Nederlands:
    """Draws the help page of a command or group."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        toon_hulp(self, ctx)

    def get_usage(self, ctx: Any) -> str:
        return gebruik(self, ctx)


class Opdracht(_Nederlands, TyperCommand):
    """A command with a Dutch help page."""


class Groep(_Nederlands, TyperGroup):
    """A group of commands with a Dutch help page."""


def gebruik(opdracht: Any, ctx: Any) -> str:
    """ "aanbesteding ronde toon KENMERK [OPTIES]"."""
    argumenten = [_argument(p) for p in opdracht.params if _is_argument(p)]
    staart = ["OPDRACHT"] if isinstance(opdracht, TyperGroup) else []
    return " ".join([ctx.command_path, *argumenten, "[OPTIES]", *staart])


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def _argument(param: Any) -> str:
    naam = str(param.metavar or param.name).upper()
    return naam if param.required else f"[{naam}]"


def toon_hulp(opdracht: Any, ctx: Any) -> None:
    """Print the help page to stdout."""
    scherm = Console(highlight=False)
    scherm.print(f"\n[bold]Gebruik:[/] {escape(gebruik(opdracht, ctx))}\n")
    if opdracht.help:
        scherm.print(escape(_alineas(opdracht.help)) + "\n")
    for titel, rijen in _delen(opdracht, ctx):
        if rijen:
            scherm.print(f"[bold]{titel}[/]")
            scherm.print(_tabel(rijen))
    if opdracht.epilog:
        scherm.print(escape(opdracht.epilog) + "\n")


def _alineas(tekst: str) -> str:
    return re.sub(r"(?<!\n)\n(?!\n)\s*", " ", tekst.strip())


def _delen(opdracht: Any, ctx: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    params = [p for p in opdracht.get_params(ctx) if not getattr(p, "hidden", False)]
    argumenten = [(_argument(p), _uitleg(p)) for p in params if _is_argument(p)]
    opties = [(_optie(p), _uitleg(p)) for p in params if not _is_argument(p)]
    opdrachten = []
    if isinstance(opdracht, TyperGroup):
        for naam in opdracht.list_commands(ctx):
            kind: Any = opdracht.get_command(ctx, naam)
            if not kind.hidden:
                opdrachten.append((naam, (kind.short_help or kind.help or "").strip().split("\n")[0]))
    return [("Opdrachten", opdrachten), ("Argumenten", argumenten), ("Opties", opties)]


def _optie(param: Any) -> str:
    namen = ", ".join(sorted([*param.opts, *param.secondary_opts], key=lambda o: (-len(o), o)))
    return namen if getattr(param, "is_flag", False) or HULP in param.opts else f"{namen} {_waarde(param)}"


def _waarde(param: Any) -> str:
    if param.metavar:
        return str(param.metavar)
    return _SOORTEN.get(str(getattr(getattr(param, "type", None), "name", "")), "TEKST")


def _uitleg(param: Any) -> str:
    if HULP in param.opts:
        return HULPTEKST
    staart = []
    if param.required:
        staart.append("(verplicht)")
    if getattr(param, "envvar", None):
        staart.append(f"(of de omgevingsvariabele {param.envvar})")
    standaard = param.default
    if isinstance(standaard, str | int) and not isinstance(standaard, bool) and standaard != "":
        staart.append(f"(standaard: {standaard})")
    return " ".join([str(getattr(param, "help", "") or ""), *staart]).strip()


def _tabel(rijen: list[tuple[str, str]]) -> Table:
    tabel = Table.grid(padding=(0, 2))
    tabel.add_column(no_wrap=True, style="cyan")
    tabel.add_column()
    for naam, uitleg in rijen:
        tabel.add_row(Text(f"  {naam}"), Text(uitleg))
    tabel.add_row("", "")
    return tabel


# ---------------------------------------------------------------- usage errors


def vertaal_gebruiksfout(fout: Any) -> str:
    """A usage error of Typer as Dutch text: what is wrong, and where to read more."""
    zin = _zin(fout)
    ctx = getattr(fout, "ctx", None)
    if ctx is None:
        return zin
    return f"{zin}\nGebruik: {gebruik(ctx.command, ctx)}\nMeer uitleg: {ctx.command_path} {HULP}"


def _zin(fout: Any) -> str:
    soort = type(fout).__name__
    if soort == "MissingParameter":
        return f"{_naam(fout)} ontbreekt; vul dit in."
    if soort == "NoSuchOption":
        opties = [o for p in fout.ctx.command.params for o in p.opts if o.startswith("--")] if fout.ctx else []
        return f"De optie '{fout.option_name}' bestaat niet. {bedoelt_u(str(fout.option_name), opties)}"
    if soort == "BadOptionUsage":
        return f"Bij de optie '{fout.option_name}' ontbreekt een waarde, of er staat er één te veel."
    if soort == "BadParameter":
        return f"{_naam(fout)} {_waardefout(str(fout.message))}."
    return _overig(fout)


def _naam(fout: Any) -> str:
    param = fout.param
    if param is None:
        return str(fout.param_hint or "een waarde")
    return f"Het argument {_argument(param)}" if _is_argument(param) else f"De optie {param.opts[-1]}"


def _waardefout(bericht: str) -> str:
    """What Typer (or pydantic under it) says about a value, in Dutch."""
    vormen = {
        "valid integer": "moet een heel getal zijn",
        "valid number": "moet een getal zijn; schrijf het met een punt, zoals 31.5",
        "does not exist": "bestaat niet; controleer de naam en de map",
        "is a directory": "is een map en geen bestand",
        "is a file": "is een bestand en geen map",
        "not readable": "mag niet worden gelezen; controleer de rechten",
    }
    return next((z for kop, z in vormen.items() if kop in bericht), "heeft niet de juiste vorm; kijk bij --help")


def _overig(fout: Any) -> str:
    bericht = str(getattr(fout, "message", fout))
    onbekend = re.search(r"No such command '([^']*)'", bericht)
    if onbekend and fout.ctx:
        mogelijk = fout.ctx.command.list_commands(fout.ctx)
        return f"De opdracht '{onbekend[1]}' bestaat niet. {bedoelt_u(onbekend[1], mogelijk)}"
    teveel = re.search(r"unexpected extra argument\(?s?\)? \((.*)\)", bericht)
    if teveel:
        return f"Er staat te veel op de regel: {teveel[1]}. Zet tekst met spaties tussen aanhalingstekens."
    if "Missing command" in bericht:
        return "Noem een opdracht."
    return "Deze opdracht is niet goed geschreven."


def maak_app(hulp: str, *, bij_leeg: bool = True) -> typer.Typer:
    """A group of commands in our language."""
    return typer.Typer(
        help=hulp,
        cls=Groep,
        context_settings=CONTEXT,
        no_args_is_help=bij_leeg,
        add_completion=False,
        rich_markup_mode=None,
    )
