"""Commands for the seal: make one for rehearsals, and show which one is in use.

The seal itself is imported late: cryptography and pyHanko take 0.4 s to load, which every command would pay.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from sqlmodel import Session

from .. import klok
from ..documenten.zegel_haak import Verzegelaar, maak_verzegelaar
from ..fouten import Invoerfout
from ..instellingen import instellingen
from ..kern.notatie import datum, meervoud
from ..overzichten import vind
from .basis import opdracht, waarschuw, zeg
from .taal import maak_app

if TYPE_CHECKING:
    from ..documenten.zegel import Zegel

Verzegeld = Annotated[
    bool,
    typer.Option("--verzegeld", help="Zet op elk document het zegel van de gemeente (oefenronde: het oefenzegel)."),
]


def registreer(app: typer.Typer) -> None:
    groep = maak_app("Het zegel op documenten: tonen, en een oefenzegel maken.")
    opdracht(groep, "maak-oefenzegel")(maak)
    opdracht(groep, "toon")(toon)
    app.add_typer(groep, name="zegel")


def maak(
    gemeente: Annotated[
        str, typer.Option("--gemeente", metavar="NAAM", help="De naam van de gemeente in het certificaat.")
    ] = "Oefengemeente",
) -> None:
    """Maak een oefenzegel in de map met gegevens. Het heeft geen rechtskracht."""
    from ..documenten.zegel_oefen import maak_oefenzegel

    if not 1 <= len(gemeente.strip()) <= 64:  # ub-organization-name, RFC 5280
        raise Invoerfout("geef een naam van 1 tot en met 64 tekens", waar="--gemeente")
    pad = maak_oefenzegel(instellingen().zegel_map, klok.nu(), gemeente.strip())
    zeg(f"Het oefenzegel staat in {pad}. Het heeft geen rechtskracht en geldt alleen in oefenrondes.")


def toon() -> None:
    """Toon welke zegels er zijn, tot wanneer ze gelden en wie we vertrouwen."""
    from ..documenten.zegel import lees_zegel
    from ..documenten.zegel_keuze import eigen_zegel, lees_vertrouwen, waarschuwingen
    from ..documenten.zegel_oefen import BESTAND

    gekozen = instellingen()
    waarschuw(waarschuwingen(gekozen))
    if gekozen.zegel_bestand is None:
        zeg("Zegel van de gemeente: niet ingesteld (AANBESTEDING_ZEGEL_BESTAND).")
    else:
        _beschrijf("Zegel van de gemeente", eigen_zegel(gekozen), klok.nu())
    if (gekozen.zegel_map / BESTAND).is_file():
        _beschrijf("Oefenzegel", lees_zegel(gekozen.zegel_map / BESTAND, ""), klok.nu())
    else:
        zeg("Oefenzegel: niet gemaakt ('aanbesteding zegel maak-oefenzegel').")
    aantal = len(lees_vertrouwen(gekozen).uitgevers)
    zeg(f"Vertrouwde uitgevers: {meervoud(aantal, 'certificaat', 'certificaten')}.")


def _beschrijf(kop: str, zegel: "Zegel", nu: datetime) -> None:
    tot = zegel.certificaat.not_valid_after_utc
    zeg(f"{kop}: {zegel.naam}\n  geldig tot en met {datum(tot)}{' – VERLOPEN' if nu > tot else ''}")


def verzegelaar_voor(session: Session, kenmerk: str) -> Verzegelaar:
    """The hook that seals this round's documents now. Raises NietGevonden, Omgevingsfout."""
    from ..documenten.zegel_keuze import waarschuwingen

    ronde, gekozen = vind.ronde(session, kenmerk), instellingen()
    waarschuw(waarschuwingen(gekozen))
    return maak_verzegelaar(gekozen, oefening=ronde.oefening, nu=klok.nu(), reden=f"Document van ronde {ronde.kenmerk}")
