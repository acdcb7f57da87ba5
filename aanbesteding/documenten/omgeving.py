"""What this machine must have before a document can be made: Pango, HarfBuzz-subset and our own fonts.

Without libharfbuzz-subset a letter takes about seven times as long and the bytes differ per machine; without
our fonts the text would be set in whatever the machine has. Both are errors here, never a fallback.
"""

from pathlib import Path

from aanbesteding.fouten import Omgevingsfout

LETTERTYPEN = tuple(f"SourceSans3-{stijl}.ttf" for stijl in ("Regular", "It", "Semibold", "SemiboldIt", "Bold"))
PAKKETTEN = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


def controleer_omgeving(sjablonen: Path) -> None:
    """Raises Omgevingsfout that names the missing apt packages or font files and how to get them."""
    if ontbrekend := ontbrekende_bibliotheken():
        raise Omgevingsfout(bibliotheekbericht(ontbrekend))
    if ontbrekend := ontbrekende_lettertypen(sjablonen):
        raise Omgevingsfout(
            f"Deze lettertypen ontbreken in {sjablonen / 'huisstijl' / 'fonts'}: {', '.join(ontbrekend)}. "
            "Haal ze op met 'make lettertypen'."
        )


def ontbrekende_bibliotheken() -> list[str]:
    """apt packages that WeasyPrint cannot do without, as far as they are missing here."""
    try:
        from weasyprint.text import ffi
    except OSError as fout:
        genoemd = [pakket for pakket in PAKKETTEN if pakket.removesuffix("0").rstrip("-") in str(fout)]
        return genoemd or list(PAKKETTEN)
    return [] if ffi.harfbuzz_subset is not None else ["libharfbuzz-subset0"]


def bibliotheekbericht(pakketten: list[str]) -> str:
    return (
        f"Voor het maken van documenten ontbreekt: {', '.join(pakketten)}. "
        f"Installeer met 'sudo apt-get install {' '.join(pakketten)}'."
    )


def ontbrekende_lettertypen(sjablonen: Path) -> list[str]:
    return [naam for naam in LETTERTYPEN if not (sjablonen / "huisstijl" / "fonts" / naam).is_file()]
