"""From data that a person typed to checked models, with every fault in Dutch: field, what is wrong, the mend."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .fouten import Invoerfout

M = TypeVar("M", bound=BaseModel)

_ZINNEN = {
    "missing": "ontbreekt; vul het in",
    "string_too_short": "is leeg of te kort; vul het in",
    "string_type": "moet tekst zijn; zet er aanhalingstekens om",
    "int_type": "moet een heel getal zijn",
    "int_parsing": "moet een heel getal zijn",
    "int_from_float": "moet een heel getal zijn, zonder cijfers achter de komma",
    "float_parsing": "moet een getal zijn",
    "float_type": "moet een getal zijn",
    "bool_type": "moet true of false zijn",
    "bool_parsing": "moet ja of nee zijn (true of false)",
    "list_type": "moet een lijst zijn",
    "tuple_type": "moet een lijst zijn",
    "dict_type": "moet een tabel zijn",
    "model_type": "moet een tabel zijn",
    "datetime_type": "moet een datum met tijd zijn, bijvoorbeeld 2027-02-01T12:00:00",
    "datetime_parsing": "moet een datum met tijd zijn, bijvoorbeeld 2027-02-01T12:00:00",
    "datetime_from_date_parsing": "moet een datum met tijd zijn, bijvoorbeeld 2027-02-01T12:00:00",
    "date_from_datetime_inexact": "moet een datum zonder tijd zijn, bijvoorbeeld 2027-02-01",
    "date_type": "moet een datum zijn, bijvoorbeeld 2027-02-01",
    "date_parsing": "moet een datum zijn, bijvoorbeeld 2027-02-01",
    "too_short": "heeft te weinig regels",
    "too_long": "heeft te veel regels",
}
_MET_GRENS = {
    "string_too_long": "is te lang; hooguit {max_length} tekens",
    "greater_than": "moet groter zijn dan {gt}",
    "greater_than_equal": "moet {ge} of meer zijn",
    "less_than_equal": "moet {le} of minder zijn",
    "less_than": "moet kleiner zijn dan {lt}",
    "literal_error": "kent deze waarde niet; kies uit {expected}",
    "enum": "kent deze waarde niet; kies uit {expected}",
}
_VORMEN = {
    r"^[a-z0-9][a-z0-9-]{0,59}$": "mag alleen kleine letters, cijfers en streepjes bevatten, bijvoorbeeld 'de-kade'",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "is geen e-mailadres; schrijf het zoals naam@organisatie.nl",
    r"^\d{4} ?[A-Z]{2}$": "is geen postcode; schrijf haar zoals 3141 AB",
    r"^\d{4}-[12]$": "is geen halfjaar; schrijf het zoals 2027-1 of 2027-2",
    r"^\d{4}(-[12]|-K[1-4])?$": "is geen periode; schrijf 2027-2 (halfjaar), 2027 (jaar) of 2027-K3 (kwartaal)",
}
"""Pattern → what people call that form."""


def bedoelt_u(woord: str, mogelijk: Iterable[str]) -> str:
    """A suggestion for a typing error, or the list of what is possible when nothing looks alike."""
    lijst = sorted(mogelijk)
    lijkt = difflib.get_close_matches(woord, lijst, n=1, cutoff=0.6)
    if lijkt:
        return f"Bedoelt u '{lijkt[0]}'?"
    return f"Kies uit: {', '.join(lijst)}." if lijst else "Er is er nog geen."


def _plaats(loc: tuple[int | str, ...]) -> str:
    delen = [f"[{deel + 1}]" if isinstance(deel, int) else f".{deel}" for deel in loc]
    return "".join(delen).lstrip(".")


def _onbekend(fout: ErrorDetails, model: type[BaseModel]) -> str:
    velden = _velden(model, fout["loc"][:-1])
    return f"deze sleutel bestaat niet. {bedoelt_u(str(fout['loc'][-1]), velden)}"


def _velden(model: type[BaseModel], pad: tuple[int | str, ...]) -> list[str]:
    huidig: Any = model
    for deel in (d for d in pad if isinstance(d, str)):
        veld = huidig.model_fields.get(deel) if _is_model(huidig) else None
        huidig = _binnenste(veld.annotation) if veld else None
    return list(huidig.model_fields) if _is_model(huidig) else []


def _is_model(soort: Any) -> bool:
    return isinstance(soort, type) and issubclass(soort, BaseModel)


def _binnenste(annotatie: Any) -> Any:
    """The model inside `list[Model]` or `Model | None`, or the annotation itself."""
    return next((a for a in getattr(annotatie, "__args__", ()) if _is_model(a)), annotatie)


def vertaal(fout: ErrorDetails, model: type[BaseModel]) -> str:
    """One pydantic error as one Dutch sentence that names the field."""
    soort, ctx = fout["type"], fout.get("ctx", {})
    if soort == "extra_forbidden":
        zin = _onbekend(fout, model)
    elif soort in ("value_error", "assertion_error"):
        zin = str(ctx.get("error", fout["msg"]))
    elif soort == "string_pattern_mismatch":
        zin = _VORMEN.get(str(ctx["pattern"]), f"heeft niet de juiste vorm (patroon {ctx['pattern']})")
    elif soort == "moment":
        zin = fout["msg"]
    elif soort in _MET_GRENS:
        grenzen = {k: str(v).replace(" or ", " of ") for k, v in ctx.items()}
        zin = _MET_GRENS[soort].format(**grenzen)
    else:
        zin = _ZINNEN.get(soort, f"klopt niet ({soort})")
    plaats = _plaats(fout["loc"])
    return f"{plaats}: {zin}" if plaats else zin


def toets(model: type[M], gegevens: Mapping[str, Any], *, waar: str) -> M:
    """Build the model or raise Invoerfout with all faults; `waar` is the file or form."""
    try:
        return model.model_validate(gegevens)
    except ValidationError as fout:
        raise Invoerfout([vertaal(e, model) for e in fout.errors()], waar=waar) from None


def vertaal_velden(model: type[BaseModel], gegevens: Mapping[str, Any]) -> list[str]:
    """Faults in the fields that are given, in Dutch; fields that are still missing are no fault here."""
    try:
        model.model_validate(gegevens)
    except ValidationError as fout:
        return [vertaal(e, model) for e in fout.errors() if e["loc"] and e["loc"][0] in gegevens]
    return []


def lees_toml(pad: Path) -> dict[str, Any]:
    """A TOML file; raises Invoerfout with file and line when it cannot be read."""
    try:
        return tomllib.loads(pad.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Invoerfout(f"het bestand {pad.name} ontbreekt", waar=str(pad.parent)) from None
    except UnicodeDecodeError:
        raise Invoerfout("dit is geen tekstbestand in UTF-8; sla het op als UTF-8", waar=str(pad)) from None
    except IsADirectoryError:
        raise Invoerfout("dit is een map en geen bestand; noem een .toml-bestand", waar=str(pad)) from None
    except tomllib.TOMLDecodeError as fout:
        raise Invoerfout(_tomlfout(str(fout)), waar=str(pad)) from None


_TOMLZINNEN = {
    "Invalid value": "hier staat geen geldige waarde; zet tekst tussen dubbele aanhalingstekens",
    "Cannot overwrite a value": "deze sleutel staat er al; haal er één weg",
    "Cannot declare": "deze tabel staat er al; voeg de twee samen",
    "Illegal character": "een tekst is niet afgesloten; zet er een aanhalingsteken achter",
    "Unterminated string": "een tekst is niet afgesloten; zet er een aanhalingsteken achter",
    "Unclosed array": "een lijst is niet afgesloten; zet er ] achter",
    "Unclosed inline table": "een tabel is niet afgesloten; zet er } achter",
    "Invalid statement": "deze regel is niet te lezen; schrijf 'sleutel = waarde'",
    "Expected newline": "er staat te veel op deze regel; begin een nieuwe regel",
    "Expected '=' after": "er ontbreekt een '='; schrijf 'sleutel = waarde'",
    "Expected ']'": "er ontbreekt een ] achter de naam van een tabel",
    "Invalid date": "deze datum bestaat niet",
    "Unescaped": "een \\ in tekst moet dubbel (\\\\)",
}


def _tomlfout(bericht: str) -> str:
    """Where (line, column) and what, in Dutch; the parser speaks English only."""
    plek = re.search(r"line (\d+), column (\d+)", bericht)
    waar = f"regel {plek[1]}, teken {plek[2]}" if plek else "einde van het bestand"
    zinnen = (zin for kop, zin in _TOMLZINNEN.items() if bericht.startswith(kop))
    return f"{waar}: {next(zinnen, f'dit is geen geldige TOML ({bericht})')}"
