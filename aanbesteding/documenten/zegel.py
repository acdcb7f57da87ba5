"""The municipality's seal on a PDF: PAdES-B-B (ETSI EN 319 142-1), offline, put last.

The archive and the log keep the unsealed bytes and their SHA-256: those are the same every time. A seal is an
incremental update, so the unsealed file is the first revision of the sealed one, byte for byte; whoever holds a
sealed copy can always be told whether it is the document of the log (zegel_herkomst.py).
No time stamp server and no OCSP: sealing never needs the network. The moment is our own statement.
"""

import asyncio
import io
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from aanbesteding.fouten import Invoerfout, Omgevingsfout
from aanbesteding.kern.notatie import datum

from .zegel_haak import Verzegelaar

VELD = "Zegel"
OEFENNAAM = "OEFENZEGEL – geen rechtskracht"
"""Common name of a rehearsal certificate; whoever opens the PDF in any reader sees these words."""

T = TypeVar("T")


@dataclass(frozen=True)
class Zegel:
    """A private key with its certificate and the certificates above it. The key never shows in a repr."""

    certificaat: x509.Certificate
    keten: tuple[x509.Certificate, ...] = ()
    _ondertekenaar: signers.SimpleSigner = field(repr=False, kw_only=True)

    @property
    def naam(self) -> str:
        return naam_van(self.certificaat)

    @property
    def oefening(self) -> bool:
        return is_oefening(self.certificaat)


def naam_van(certificaat: x509.Certificate) -> str:
    """ "Gemeente Lindeveen (Zegel van de gemeente)": organisation and common name, as far as they are there."""
    oid = x509.NameOID
    houder = certificaat.subject
    organisatie = [str(a.value) for a in houder.get_attributes_for_oid(oid.ORGANIZATION_NAME)]
    gewoon = [str(a.value) for a in houder.get_attributes_for_oid(oid.COMMON_NAME)]
    delen = list(dict.fromkeys([*organisatie[:1], *gewoon[:1]]))
    if len(delen) == 2:
        return f"{delen[0]} ({delen[1]})"
    return delen[0] if delen else "een certificaat zonder naam"


def is_oefening(certificaat: x509.Certificate) -> bool:
    namen = certificaat.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return any(str(n.value) == OEFENNAAM for n in namen)


def lees_zegel(pad: Path, wachtwoord: str) -> Zegel:
    """The seal in a PKCS#12 file. Raises Omgevingsfout for a missing, damaged or locked file; never says the word."""
    try:
        ruw = pad.read_bytes()
    except OSError as fout:
        reden = "bestaat niet" if isinstance(fout, FileNotFoundError) else "kan niet worden gelezen"
        raise Omgevingsfout(f"Het zegelbestand {pad} {reden}. Controleer AANBESTEDING_ZEGEL_BESTAND.") from None
    try:
        inhoud = pkcs12.load_pkcs12(ruw, wachtwoord.encode() if wachtwoord else None)
    except (ValueError, TypeError):
        raise Omgevingsfout(
            f"Het zegelbestand {pad} gaat niet open: het wachtwoord klopt niet, of het is geen PKCS#12-bestand "
            "(.p12 of .pfx). Controleer AANBESTEDING_ZEGEL_WACHTWOORD of AANBESTEDING_ZEGEL_WACHTWOORD_BESTAND."
        ) from None
    if inhoud.key is None or inhoud.cert is None:
        raise Omgevingsfout(f"In {pad} ontbreekt de sleutel of het certificaat. Exporteer ze samen, als één bestand.")
    return maak_zegel(inhoud.key, inhoud.cert.certificate, [c.certificate for c in inhoud.additional_certs])


def maak_zegel(
    sleutel: PrivateKeyTypes, certificaat: x509.Certificate, keten: list[x509.Certificate] | None = None
) -> Zegel:
    """A seal from its parts. Self-signed roots stay out of the PDF: a reader trusts its own copy, not ours."""
    boven = tuple(c for c in keten or [] if c.issuer != c.subject)
    der = serialization.Encoding.DER
    pkcs8 = sleutel.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    ondertekenaar = signers.SimpleSigner(
        asn1_x509.Certificate.load(certificaat.public_bytes(der)),
        asn1_keys.PrivateKeyInfo.load(pkcs8),
        _bewaarplaats([asn1_x509.Certificate.load(c.public_bytes(der)) for c in boven]),
        embed_roots=False,
    )
    return Zegel(certificaat, boven, _ondertekenaar=ondertekenaar)


def verzegel(inhoud: bytes, zegel: Zegel, nu: datetime, reden: str) -> bytes:
    """The sealed file; it starts with `inhoud`, byte for byte. `nu` (aware) is the moment in the seal.

    Raises Omgevingsfout when the certificate does not hold at `nu` or may not sign, Invoerfout for what is no
    PDF or was sealed before.
    """
    if nu.utcoffset() is None:
        raise ValueError("het moment van verzegelen heeft een tijdzone nodig")
    controleer_geldigheid(zegel.certificaat, nu)
    try:
        schrijver = _Schrijver(io.BytesIO(inhoud))
        if any(True for _ in fields.enumerate_sig_fields(schrijver.prev)):
            raise Invoerfout("dit document is al verzegeld of ondertekend; verzegel het document uit het archief")
        gemaakt: io.BytesIO = draai_apart(lambda: _Ondertekenaar(zegel, nu, reden).async_sign_pdf(schrijver))
    except (PdfError, SigningError) as fout:
        raise Invoerfout(f"dit bestand kan niet worden verzegeld: het is geen gave PDF ({fout})") from fout
    return gemaakt.getvalue()


def verzegelaar(zegel: Zegel, nu: datetime, reden: str) -> Verzegelaar:
    """`verzegel` with everything but the document filled in."""
    return lambda inhoud: verzegel(inhoud, zegel, nu, reden)


def controleer_geldigheid(certificaat: x509.Certificate, nu: datetime) -> None:
    """Raises Omgevingsfout for a certificate that is too old, too young, or not meant for seals."""
    if nu > certificaat.not_valid_after_utc:
        raise Omgevingsfout(
            f"Het certificaat van het zegel is verlopen op {datum(certificaat.not_valid_after_utc)}. "
            "Vraag een nieuw certificaat aan en stel AANBESTEDING_ZEGEL_BESTAND in."
        )
    if nu < certificaat.not_valid_before_utc:
        raise Omgevingsfout(f"Het certificaat van het zegel geldt pas vanaf {datum(certificaat.not_valid_before_utc)}.")
    if not mag_ondertekenen(certificaat):
        raise Omgevingsfout(
            "Dit certificaat is niet bedoeld om te ondertekenen of te verzegelen (sleutelgebruik). "
            "Gebruik een certificaat voor elektronische zegels."
        )


def mag_ondertekenen(certificaat: x509.Certificate) -> bool:
    """Key usage for seals: digitalSignature or contentCommitment (ETSI EN 319 412-3)."""
    try:
        gebruik = certificaat.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return gebruik.digital_signature or gebruik.content_commitment


class _Schrijver(IncrementalPdfFileWriter):
    """Adds the seal and nothing else.

    pyHanko would rewrite the metadata (which then disagree with the archive) and raise the file to PDF 2.0 with
    extensions, while PDF/A-3 and PDF/UA-1 rest on 1.7. Both stay as the archive has them.
    """

    def _update_meta(self) -> None: ...

    def ensure_output_version(self, version: tuple[int, int]) -> None: ...

    def register_extension(self, ext: object) -> None: ...


class _Ondertekenaar(signers.PdfSigner):
    """Signs at a given moment: pyHanko itself reads the clock."""

    def __init__(self, zegel: Zegel, nu: datetime, reden: str) -> None:
        self._nu = nu
        # Out of bounds: PDF/UA-1 §7.18 wants every visible annotation tagged, PDF/A forbids the hidden flag.
        onzichtbaar = fields.InvisSigSettings(box_out_of_bounds=True)
        veld = fields.SigFieldSpec(
            VELD, on_page=0, invis_sig_settings=onzichtbaar, readable_field_name="Zegel van de gemeente"
        )
        gegevens = signers.PdfSignatureMetadata(
            field_name=VELD, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256", reason=reden
        )
        super().__init__(gegevens, zegel._ondertekenaar, new_field_spec=veld)

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False, **rest: Any) -> PdfSigningSession:
        sessie = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only, **rest)
        sessie.system_time = self._nu
        return sessie


def draai_apart(maak: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run pyHanko's coroutine to its end, also when the caller is inside an event loop (Prefect, the web app)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(maak())
    with ThreadPoolExecutor(1) as draad:
        return draad.submit(lambda: asyncio.run(maak())).result()


def _bewaarplaats(certificaten: list[asn1_x509.Certificate]) -> SimpleCertificateStore:
    plaats = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for certificaat in certificaten:
        plaats.register(certificaat)
    return plaats
