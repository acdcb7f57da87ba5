"""A self-made seal for rehearsals: its own small certificate authority, and a name that nobody can misread."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from aanbesteding.fouten import Conflict

from .zegel import OEFENNAAM
from .zegel_haak import OEFENBESTAND

ZEGELMAP = "zegel"
BESTAND = OEFENBESTAND
UITGEVER = "oefenzegel-uitgever.pem"
GELDIG = timedelta(days=3 * 365)
PDF_ONDERTEKENEN = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""id-kp-documentSigning (RFC 9336)."""


def maak_oefenzegel(folder: Path, nu: datetime, gemeente: str, geldig: timedelta = GELDIG) -> Path:
    """Write `oefenzegel.p12` (mode 600, no password) and its issuer's certificate; returns the path of the first.

    The issuer's key is thrown away: nobody can make a second certificate with it. Raises Conflict when there is
    a rehearsal seal already, since documents sealed with it must stay checkable.
    """
    pad, uitgever_pad = folder / BESTAND, folder / UITGEVER
    if pad.exists() or uitgever_pad.exists():
        raise Conflict(f"Er is al een oefenzegel in {folder}. Bewaar het: er kunnen documenten mee verzegeld zijn.")
    folder.mkdir(parents=True, exist_ok=True)
    uitgever_sleutel, sleutel = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    uitgever = _uitgever(uitgever_sleutel, nu, gemeente, geldig)
    certificaat = _certificaat(sleutel, uitgever_sleutel, uitgever, nu, gemeente, geldig)
    p12 = pkcs12.serialize_key_and_certificates(OEFENNAAM.encode(), sleutel, certificaat, [uitgever], NoEncryption())
    _schrijf_geheim(uitgever_pad, uitgever.public_bytes(Encoding.PEM))
    _schrijf_geheim(pad, p12)
    return pad


def _naam(gewoon: str, gemeente: str) -> x509.Name:
    delen = [(NameOID.COUNTRY_NAME, "NL"), (NameOID.ORGANIZATION_NAME, gemeente), (NameOID.COMMON_NAME, gewoon)]
    return x509.Name([x509.NameAttribute(oid, waarde) for oid, waarde in delen])


def _bouwer(houder: x509.Name, uitgever: x509.Name, sleutel: ec.EllipticCurvePrivateKey, nu: datetime,
            geldig: timedelta) -> x509.CertificateBuilder:  # fmt: skip
    bouwer = x509.CertificateBuilder().subject_name(houder).issuer_name(uitgever).public_key(sleutel.public_key())
    bouwer = bouwer.serial_number(x509.random_serial_number())
    # A clock that runs a little behind must not make a new seal invalid.
    return bouwer.not_valid_before(nu - timedelta(minutes=5)).not_valid_after(nu + geldig)


def _gebruik(*, ondertekenen: bool, uitgeven: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=ondertekenen, content_commitment=ondertekenen, key_cert_sign=uitgeven, crl_sign=uitgeven,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _uitgever(sleutel: ec.EllipticCurvePrivateKey, nu: datetime, gemeente: str, geldig: timedelta) -> x509.Certificate:
    naam = _naam(f"{OEFENNAAM} (uitgever)", gemeente)
    bouwer = _bouwer(naam, naam, sleutel, nu, geldig)
    bouwer = bouwer.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    bouwer = bouwer.add_extension(_gebruik(ondertekenen=False, uitgeven=True), critical=True)
    bouwer = bouwer.add_extension(x509.SubjectKeyIdentifier.from_public_key(sleutel.public_key()), critical=False)
    return bouwer.sign(sleutel, hashes.SHA256())


def _certificaat(
    sleutel: ec.EllipticCurvePrivateKey, uitgever_sleutel: ec.EllipticCurvePrivateKey, uitgever: x509.Certificate,
    nu: datetime, gemeente: str, geldig: timedelta,
) -> x509.Certificate:  # fmt: skip
    bouwer = _bouwer(_naam(OEFENNAAM, gemeente), uitgever.subject, sleutel, nu, geldig)
    boven = x509.AuthorityKeyIdentifier.from_issuer_public_key(uitgever_sleutel.public_key())
    bouwer = bouwer.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    bouwer = bouwer.add_extension(_gebruik(ondertekenen=True, uitgeven=False), critical=True)
    bouwer = bouwer.add_extension(
        x509.ExtendedKeyUsage([PDF_ONDERTEKENEN, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
    )
    bouwer = bouwer.add_extension(x509.SubjectKeyIdentifier.from_public_key(sleutel.public_key()), critical=False)
    return bouwer.add_extension(boven, critical=False).sign(uitgever_sleutel, hashes.SHA256())


def _schrijf_geheim(pad: Path, inhoud: bytes) -> None:
    """Readable for the owner alone from its first byte; never over an existing file."""
    greep = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(greep, "wb") as bestand:
        bestand.write(inhoud)
