"""Makes a folder for a new house style from `_sjabloon`, and says what is still wrong or not filled in."""

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from aanbesteding.fouten import Conflict, Invoerfout, Omgevingsfout

from .huisstijl import lees_huisstijl

SJABLOON = "_sjabloon"
_IN_TE_VULLEN = re.compile(r"VUL ?IN|vul-in|^000 000 00 00$|^GM0000$", re.I)


def sleutel_van(naam: str) -> str:
    """The folder's name: "Súdwest-Fryslân" gives 'sudwest-fryslan', "'s-Hertogenbosch" gives 's-hertogenbosch'.

    Raises Invoerfout when no letter is left.
    """
    kaal = unicodedata.normalize("NFKD", naam.lower()).encode("ascii", "ignore").decode()
    sleutel = "-".join(re.findall(r"[a-z0-9]+", kaal))
    if not sleutel or any(teken in naam for teken in '"\\\n/'):
        raise Invoerfout(f"'{naam}' is geen naam van een gemeente; gebruik gewone letters", waar="naam")
    return sleutel


def nieuwe_huisstijl(naam: str, huisstijlen: Path) -> Path:
    """Make the folder; gives its path. Raises Conflict when it is there already: nothing is written over."""
    naam = " ".join(naam.split())
    sleutel, bron = sleutel_van(naam), huisstijlen / SJABLOON
    if not (bron / "huisstijl.toml").is_file():
        raise Omgevingsfout(f"De map {bron} ontbreekt. Zet die terug uit het pakket.")
    doel = huisstijlen / sleutel
    if doel.exists():
        raise Conflict(f"De map {doel} bestaat al. Pas die aan, of kies een andere naam.")
    tekst = (bron / "huisstijl.toml").read_text(encoding="utf-8")
    doel.mkdir(parents=True)
    (doel / "huisstijl.toml").write_text(
        tekst.replace("VULNAAM", naam).replace("VULSLEUTEL", sleutel), encoding="utf-8"
    )
    (doel / "logo.svg").write_bytes((bron / "logo.svg").read_bytes())
    return doel


def controleer_huisstijl(sleutel: str, huisstijlen: Path) -> list[str]:
    """Every fault as 'veld: wat er mis is; hoe het moet', and every field that still holds the model's value.

    Raises NietGevonden for an unknown house style.
    """
    stijl, fouten = lees_huisstijl(sleutel, huisstijlen)
    if stijl is not None and stijl.fictief:
        return fouten
    return fouten + _niet_ingevuld(huisstijlen / sleutel, huisstijlen / SJABLOON)


def _niet_ingevuld(folder: Path, sjabloon: Path) -> list[str]:
    try:
        ruw = tomllib.loads((folder / "huisstijl.toml").read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return []  # said already, by lees_huisstijl
    uit = [
        f"{veld}: hier staat nog '{waarde}' uit het sjabloon; vul het echte gegeven in"
        for veld, waarde in _velden(ruw)
        if isinstance(waarde, str) and _IN_TE_VULLEN.search(waarde)
    ]
    logo, model = folder / "logo.svg", sjabloon / "logo.svg"
    if logo.is_file() and model.is_file() and logo.read_bytes() == model.read_bytes():
        uit.append("logo.svg: dit is nog het beeld uit het sjabloon; zet hier het logo van de gemeente")
    return uit


def _velden(tabel: dict[str, Any], voor: str = "") -> list[tuple[str, Any]]:
    uit: list[tuple[str, Any]] = []
    for naam, waarde in tabel.items():
        uit += _velden(waarde, f"{voor}{naam}.") if isinstance(waarde, dict) else [(f"{voor}{naam}", waarde)]
    return uit
