"""Example orders from each kind's `voorbeeld.toml`: the preview of a template, and the record of its data.

Blocks that many kinds share (the round, the call's rules) stand once in `_gedeeld.toml`; `gebruikt` in a
voorbeeld.toml names the extra blocks that this kind gets beside `ronde` and `verantwoording`.
"""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from aanbesteding.fouten import NietGevonden
from aanbesteding.instellingen import instellingen

from .opdracht import Opdracht
from .soorten import soort as zoek_soort

ALTIJD = ("ronde", "verantwoording")


def voorbeeld_opdracht(soort: str, sjablonen: Path | None = None) -> Opdracht:
    """The order that renders the example of this kind. Raises NietGevonden for a kind without example."""
    wortel = sjablonen or instellingen().sjablonen_map
    gekozen = zoek_soort(soort, wortel)
    if not gekozen.voorbeeld.is_file():
        raise NietGevonden(f"Documentsoort '{soort}' heeft geen voorbeeld.toml. Maak dat bestand aan.")
    eigen = _lees(gekozen.voorbeeld)
    gedeeld = _lees(wortel / "documenten" / "_gedeeld.toml")
    kop, namen = eigen.pop("opdracht"), [*ALTIJD, *eigen.pop("gebruikt", [])]
    gegevens = {naam: gedeeld[naam] for naam in namen} | eigen
    gegevens["document"] = {"poort": gekozen.metadata.poort} | gedeeld["document"] | eigen.get("document", {})
    return Opdracht(
        soort=soort,
        titel=kop["titel"],
        bestandsnaam=kop.get("bestandsnaam", f"voorbeeld-{soort}.pdf"),
        moment=kop["moment"],
        huisstijl=kop.get("huisstijl", gedeeld["huisstijl"]),
        openbaar=gekozen.metadata.openbaar,
        ontvanger=kop.get("ontvanger", gekozen.metadata.ontvanger),
        gegevens=als_json(gegevens),
    )


def als_json(waarde: Any) -> Any:
    """TOML's dates as ISO text, so that examples have the shape that JSON from the database has."""
    if isinstance(waarde, dict):
        return {sleutel: als_json(deel) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list):
        return [als_json(deel) for deel in waarde]
    return waarde.isoformat() if isinstance(waarde, date | datetime) else waarde


def _lees(pad: Path) -> dict[str, Any]:
    return tomllib.loads(pad.read_text(encoding="utf-8"))
