"""Which seal this installation uses, and whose seals it trusts: from the settings and the data folder."""

import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from aanbesteding.fouten import Omgevingsfout
from aanbesteding.instellingen import Instellingen

from .zegel import Zegel, controleer_geldigheid, lees_zegel
from .zegel_oefen import BESTAND, UITGEVER


@dataclass(frozen=True)
class Vertrouwen:
    """Issuers that we trust for real, our own certificate, and the issuers of our rehearsal seal."""

    uitgevers: tuple[x509.Certificate, ...] = ()
    eigen: tuple[x509.Certificate, ...] = ()
    oefening: tuple[x509.Certificate, ...] = ()


def kies_zegel(gekozen: Instellingen, *, oefening: bool, nu: datetime) -> Zegel:
    """The seal for a round. A rehearsal never gets the real seal and a real round never the rehearsal's.

    Raises Omgevingsfout that says which setting is missing, or why the certificate cannot be used at `nu`.
    """
    zegel = _oefenzegel(gekozen) if oefening else eigen_zegel(gekozen)
    if zegel.oefening and not oefening:
        raise Omgevingsfout(
            "AANBESTEDING_ZEGEL_BESTAND wijst naar een oefenzegel. Een echte ronde krijgt het zegel van de gemeente."
        )
    controleer_geldigheid(zegel.certificaat, nu)
    return zegel


def _oefenzegel(gekozen: Instellingen) -> Zegel:
    pad = gekozen.zegel_map / BESTAND
    if not pad.is_file():
        raise Omgevingsfout(
            "Er is nog geen oefenzegel. Maak het met 'aanbesteding zegel maak-oefenzegel'. "
            "Een oefenronde krijgt nooit het echte zegel van de gemeente."
        )
    return lees_zegel(pad, "")


def eigen_zegel(gekozen: Instellingen) -> Zegel:
    """The municipality's own seal. Raises Omgevingsfout."""
    if gekozen.zegel_bestand is None:
        raise Omgevingsfout(
            "Er is geen zegel ingesteld. Zet in AANBESTEDING_ZEGEL_BESTAND het pad van het certificaat (.p12 of .pfx)."
        )
    return lees_zegel(gekozen.zegel_bestand, _wachtwoord(gekozen))


def _wachtwoord(gekozen: Instellingen) -> str:
    direct, bestand = gekozen.zegel_wachtwoord.get_secret_value(), gekozen.zegel_wachtwoord_bestand
    if bestand is None:
        return direct
    if direct:
        raise Omgevingsfout(
            "Stel het wachtwoord van het zegel op één manier in: met AANBESTEDING_ZEGEL_WACHTWOORD "
            "of met AANBESTEDING_ZEGEL_WACHTWOORD_BESTAND, niet met allebei."
        )
    try:
        regels = bestand.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Omgevingsfout(
            f"Het bestand {bestand} kan niet worden gelezen. Controleer AANBESTEDING_ZEGEL_WACHTWOORD_BESTAND."
        ) from None
    return regels[0] if regels else ""


def waarschuwingen(gekozen: Instellingen) -> list[str]:
    """Files with a secret that others on this computer can read, in Dutch."""
    geheim = (gekozen.zegel_bestand, gekozen.zegel_wachtwoord_bestand, gekozen.zegel_map / BESTAND)
    open_ = [pad for pad in geheim if pad is not None and pad.is_file() and _leesbaar_voor_anderen(pad)]
    return [f"Anderen op deze computer kunnen {pad} lezen. Herstel dat met: chmod 600 {pad}" for pad in open_]


def _leesbaar_voor_anderen(pad: Path) -> bool:
    return bool(pad.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def lees_vertrouwen(gekozen: Instellingen) -> Vertrouwen:
    """Raises Omgevingsfout for a setting that names a missing or damaged file."""
    uitgevers = _pem(gekozen.zegel_vertrouwd) if gekozen.zegel_vertrouwd is not None else ()
    eigen = (eigen_zegel(gekozen).certificaat,) if gekozen.zegel_bestand is not None else ()
    oefen = gekozen.zegel_map / UITGEVER
    return Vertrouwen(uitgevers, eigen, _pem(oefen) if oefen.is_file() else ())


def _pem(pad: Path) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(pad.read_bytes()))
    except OSError:
        reden = "bestaat niet of kan niet worden gelezen"
    except ValueError:
        reden = "bevat geen certificaten in PEM-vorm"
    raise Omgevingsfout(f"Het bestand {pad} {reden}. Controleer AANBESTEDING_ZEGEL_VERTROUWD.")
