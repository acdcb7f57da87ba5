"""Is this PDF sealed, by whom, when, is it whole, and do we know the maker? Without network and without database.

Whether a certificate was withdrawn is not asked: that needs the network. The answer says so.
"""

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .zegel import draai_apart, is_oefening, naam_van
from .zegel_cms import afwijkingen, losse_certificaten
from .zegel_keuze import Vertrouwen

SLEUTELGEBRUIK = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


class Herkomst(StrEnum):
    """How we know the maker of a seal."""

    VERTROUWD = "vertrouwd"
    EIGEN = "eigen"
    OEFENING = "oefening"
    ONBEKEND = "onbekend"


@dataclass(frozen=True)
class Zegelbeeld:
    """One seal. `fouten` (Dutch) say why it does not hold; empty means: whole, and made by someone we know.

    `naam`, `moment` and the dates are what the seal says; they count only while `heel` holds.
    """

    heel: bool
    fouten: tuple[str, ...]
    naam: str = ""
    uitgever: str = ""
    moment: datetime | None = None
    reden: str = ""
    geldig_tot: datetime | None = None
    oefening: bool = False
    herkomst: Herkomst = Herkomst.ONBEKEND

    @property
    def goed(self) -> bool:
        return self.heel and not self.fouten


def controleer_zegels(inhoud: bytes, vertrouwen: Vertrouwen) -> list[Zegelbeeld]:
    """Every seal or signature in the file, oldest first; empty for a file without one.

    Never raises for a damaged file: a seal that cannot be read is a seal that is not whole.
    """
    with _stil():
        try:
            gevonden = PdfFileReader(io.BytesIO(inhoud)).embedded_regular_signatures
        except Exception:  # a hostile file can make a parser fail in any way
            return [_beschadigd()] if b"/ByteRange" in inhoud else []
        if not gevonden and b"/ByteRange" in inhoud:
            return [_beschadigd()]
        return [_bekijk(inhoud, g, vertrouwen) for g in gevonden]


def _beschadigd() -> Zegelbeeld:
    return Zegelbeeld(False, ("Het zegel is beschadigd: het kan niet meer worden gelezen.",))


def _bekijk(inhoud: bytes, gevonden: EmbeddedPdfSignature, vertrouwen: Vertrouwen) -> Zegelbeeld:
    try:
        return _beeld(inhoud, gevonden, vertrouwen)
    except Exception:  # as above
        return _beschadigd()


def _beeld(inhoud: bytes, gevonden: EmbeddedPdfSignature, vertrouwen: Vertrouwen) -> Zegelbeeld:
    certificaat, moment = _van_asn1(gevonden.signer_cert), gevonden.self_reported_timestamp
    herkomst, stand = _herkomst(gevonden, vertrouwen, moment)
    breuken = _breuken(inhoud, gevonden, stand, certificaat)
    return Zegelbeeld(
        heel=not breuken,
        fouten=tuple(breuken or _twijfels(certificaat, moment, herkomst)),  # a broken seal says nothing of its maker
        naam=naam_van(certificaat),
        uitgever=_uitgever(certificaat),
        moment=moment,
        reden=str(gevonden.sig_object.get("/Reason", "")),
        geldig_tot=certificaat.not_valid_after_utc,
        oefening=is_oefening(certificaat),
        herkomst=herkomst,
    )


def _herkomst(
    gevonden: EmbeddedPdfSignature, vertrouwen: Vertrouwen, moment: datetime | None
) -> tuple[Herkomst, PdfSignatureStatus]:
    """The best reason to know this maker, at the moment that the seal gives."""
    groepen = ((Herkomst.VERTROUWD, vertrouwen.uitgevers), (Herkomst.EIGEN, vertrouwen.eigen),
               (Herkomst.OEFENING, vertrouwen.oefening))  # fmt: skip
    for herkomst, wortels in groepen:
        if wortels and (stand := _valideer(gevonden, wortels, moment)).trusted:
            return herkomst, stand
    return Herkomst.ONBEKEND, _valideer(gevonden, (), moment)


def _valideer(
    gevonden: EmbeddedPdfSignature, wortels: Sequence[x509.Certificate], moment: datetime | None
) -> PdfSignatureStatus:
    omgeving = ValidationContext(
        trust_roots=[_naar_asn1(c) for c in wortels], moment=moment, allow_fetching=False, revocation_mode="soft-fail"
    )
    return draai_apart(
        lambda: async_validate_pdf_signature(gevonden, omgeving, key_usage_settings=SLEUTELGEBRUIK, skip_diff=True)
    )


def _breuken(
    inhoud: bytes, gevonden: EmbeddedPdfSignature, stand: PdfSignatureStatus, certificaat: x509.Certificate
) -> list[str]:
    """What shows that bytes were changed or added."""
    if not (stand.intact and stand.valid):
        return ["Het document is na het verzegelen veranderd."]
    if stand.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return ["Na het verzegelen is iets aan het bestand toegevoegd."]
    begin, eind = gevonden.byte_range[1], gevonden.byte_range[2]
    mee = [_van_asn1(c) for c in gevonden.other_embedded_certs]
    los = ["In het zegel zit een certificaat dat er niet hoort."] if losse_certificaten(certificaat, mee) else []
    return afwijkingen(inhoud[begin:eind]) + los


def _twijfels(certificaat: x509.Certificate, moment: datetime | None, herkomst: Herkomst) -> list[str]:
    """Reasons not to rely on a seal that is whole."""
    if moment is None:
        return ["Het zegel noemt geen tijdstip."]
    if not certificaat.not_valid_before_utc <= moment <= certificaat.not_valid_after_utc:
        return ["Het certificaat was niet geldig op het moment van verzegelen."]
    if herkomst is not Herkomst.ONBEKEND:
        return []
    if is_oefening(certificaat):
        return ["Dit is een oefenzegel van een andere computer: niemand staat ervoor in."]
    return ["De uitgever van dit certificaat is hier niet bekend, dus wij weten niet zeker wie dit verzegelde."]


def _uitgever(certificaat: x509.Certificate) -> str:
    namen = certificaat.issuer.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(namen[0].value) if namen else certificaat.issuer.rfc4514_string()


def _van_asn1(certificaat: Any) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificaat.dump())


def _naar_asn1(certificaat: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificaat.public_bytes(Encoding.DER))


@contextmanager
def _stil() -> Iterator[None]:
    """pyHanko logs an untrusted chain with its traceback; our answer says it in Dutch."""
    loggers = [logging.getLogger(n) for n in ("pyhanko", "pyhanko_certvalidator")]
    oud = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, niveau in oud:
            logger.setLevel(niveau)
