"""The part of a sealed PDF that its own signature cannot cover: the container that holds the signature.

A signature covers every byte but its own container. In there a byte could be flipped unseen: in the zeros that
fill it up, in the case of a hex digit, in a certificate that nobody uses. So its form must be exactly the one
form that its content has (DER is canonical), with nothing in it that was not checked.
"""

import re
from collections.abc import Sequence

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature

_HEX = re.compile(rb"<(?:[0-9A-F]+|[0-9a-f]+)>")


def afwijkingen(houder: bytes) -> list[str]:
    """What is odd about the container `<…>` as it stands in the file, in Dutch; an empty list is good."""
    if not _HEX.fullmatch(houder) or len(houder) % 2:
        return ["De zegelgegevens zijn beschadigd."]
    ruw = bytes.fromhex(houder[1:-1].decode("ascii"))
    inhoud = cms.ContentInfo.load(ruw)
    lengte = len(inhoud.dump())
    if ruw[lengte:].strip(b"\0"):
        return ["Achter de zegelgegevens is iets toegevoegd."]
    if inhoud.copy().dump(force=True) != ruw[:lengte]:
        return ["De zegelgegevens hebben niet hun vaste vorm."]
    return _vorm(inhoud["content"])


def _vorm(ondertekend: cms.SignedData) -> list[str]:
    houder = ondertekend["signer_infos"][0]
    een = len(ondertekend["signer_infos"]) == 1 and len(ondertekend["digest_algorithms"]) == 1
    soort = ondertekend["encap_content_info"]
    vast = [
        een and ondertekend["digest_algorithms"][0].dump() == houder["digest_algorithm"].dump(),
        ondertekend["version"].native == "v1" and houder["version"].native == "v1",
        houder["signature_algorithm"]["algorithm"].native in _methoden(houder["digest_algorithm"]["algorithm"].native),
        soort["content_type"].native == "data" and soort["content"].native is None,
        ondertekend["crls"].native is None,
        houder["sid"].name == "issuer_and_serial_number" and _noemt_een_certificaat(ondertekend, houder),
        all(a["type"].native == "signature_time_stamp_token" for a in houder["unsigned_attrs"] or []),
    ]
    return [] if all(vast) else ["In de zegelgegevens staat iets dat er niet hoort."]


def _noemt_een_certificaat(ondertekend: cms.SignedData, houder: cms.SignerInfo) -> bool:
    """Byte for byte: names of makers are compared without regard to case, so a changed letter would pass unseen."""
    uitgever = houder["sid"].chosen["issuer"].dump()
    return any(c.chosen["tbs_certificate"]["issuer"].dump() == uitgever for c in ondertekend["certificates"])


def _methoden(samenvatting: str) -> set[str]:
    """Signature algorithms that agree with the digest; the field that names them is not signed."""
    return {f"{samenvatting}_ecdsa", f"{samenvatting}_rsa", "rsassa_pkcs1v15", "rsassa_pss", "ed25519", "ed448"}


def losse_certificaten(ondertekenaar: x509.Certificate, overige: Sequence[x509.Certificate]) -> bool:
    """Whether a certificate is carried along that is not in the signer's own chain."""
    rest, huidig = list(overige), ondertekenaar
    while boven := next((c for c in rest if _gaf_uit(c, huidig)), None):
        rest.remove(boven)
        huidig = boven
    return bool(rest)


def _gaf_uit(uitgever: x509.Certificate, certificaat: x509.Certificate) -> bool:
    try:
        certificaat.verify_directly_issued_by(uitgever)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
