"""OpenID Connect for people with a work account (Entra ID and the like): code flow with PKCE, checked ID token.

Authlib makes the requests, joserfc checks the signature; what we expect of the token stands here. Source: OpenID
Connect Core 1.0, sections 3.1.2 and 3.1.3.7; RFC 7636 (PKCE); RFC 9207 (issuer in the answer).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ..fouten import GeenToestemming, Omgevingsfout
from ..instellingen import Instellingen

WACHT_SECONDEN = 10
SPELING_SECONDEN = 120
"""How far the clocks of the provider and of this machine may differ."""
ALGORITMEN = ["RS256", "ES256", "PS256"]
MISLUKT = "Inloggen met uw werkaccount is niet gelukt. Probeer het opnieuw, of vraag een link per mail aan."


@dataclass(frozen=True)
class Poging:
    """What ties the answer of the provider to this browser; lives in a cookie for ten minutes."""

    staat: str
    nonce: str
    bewijs: str

    @classmethod
    def nieuw(cls) -> "Poging":
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))

    def als_tekst(self) -> str:
        return f"{self.staat}.{self.nonce}.{self.bewijs}"

    @classmethod
    def uit_tekst(cls, tekst: str) -> "Poging":
        """Raises GeenToestemming when the cookie is gone or not ours."""
        delen = tekst.split(".")
        if len(delen) != 3 or not all(delen):
            raise GeenToestemming(MISLUKT)
        return cls(*delen)


@lru_cache(maxsize=4)
def uitgever(adres: str) -> dict[str, Any]:
    """The provider's own description. Raises Omgevingsfout when it cannot be had or is of somebody else."""
    try:
        antwoord = httpx.get(f"{adres.rstrip('/')}/.well-known/openid-configuration", timeout=WACHT_SECONDEN)
        gegevens: dict[str, Any] = antwoord.raise_for_status().json()
    except (httpx.HTTPError, ValueError) as fout:
        raise Omgevingsfout(
            "De dienst voor werkaccounts geeft geen antwoord. Controleer AANBESTEDING_OIDC_UITGEVER."
        ) from fout
    if gegevens.get("issuer", "").rstrip("/") != adres.rstrip("/"):
        raise Omgevingsfout("De dienst voor werkaccounts noemt een andere naam dan AANBESTEDING_OIDC_UITGEVER.")
    return gegevens


def _client(gekozen: Instellingen) -> OAuth2Client:
    return OAuth2Client(
        gekozen.oidc_client, gekozen.oidc_geheim.get_secret_value(), scope="openid email profile",
        redirect_uri=f"{gekozen.adres}/aanmelden/oidc/terug", code_challenge_method="S256", timeout=WACHT_SECONDEN,
    )  # fmt: skip


def begin(gekozen: Instellingen, poging: Poging) -> str:
    """Where to send the browser."""
    adres, _ = _client(gekozen).create_authorization_url(
        uitgever(gekozen.oidc_uitgever)["authorization_endpoint"],
        state=poging.staat, nonce=poging.nonce, code_verifier=poging.bewijs,
    )  # fmt: skip
    return str(adres)


def mailadres(gekozen: Instellingen, poging: Poging, *, code: str, staat: str, nu: datetime) -> str:
    """The mail address that the provider vouches for. Raises GeenToestemming for anything that does not fit."""
    if not code or not secrets.compare_digest(staat, poging.staat):
        raise GeenToestemming(MISLUKT)
    beschrijving = uitgever(gekozen.oidc_uitgever)
    try:
        bewijs = _client(gekozen).fetch_token(
            beschrijving["token_endpoint"], code=code, code_verifier=poging.bewijs, grant_type="authorization_code"
        )
        sleutels = httpx.get(beschrijving["jwks_uri"], timeout=WACHT_SECONDEN).raise_for_status().json()
        gegevens = _lees(bewijs["id_token"], sleutels, gekozen, poging, beschrijving["issuer"], nu)
    except (httpx.HTTPError, AuthlibBaseError, JoseError, KeyError, ValueError, OSError) as fout:
        raise GeenToestemming(MISLUKT) from fout
    adres = str(gegevens.get("email") or gegevens.get("preferred_username") or "")
    if "@" not in adres or gegevens.get("email_verified") is False:
        raise GeenToestemming("Uw werkaccount heeft geen bevestigd e-mailadres. Vraag de beheerder van uw account.")
    return adres


def _lees(
    token: str, sleutels: dict[str, Any], gekozen: Instellingen, poging: Poging, naam: str, nu: datetime
) -> dict[str, Any]:
    """Signature, issuer, audience, nonce and time. Raises JoseError."""
    gelezen = jwt.decode(token, KeySet.import_key_set(sleutels), algorithms=ALGORITMEN)  # type: ignore[arg-type]
    eisen = jwt.JWTClaimsRegistry(
        now=lambda: int(nu.timestamp()),
        leeway=SPELING_SECONDEN,
        iss={"essential": True, "value": naam},
        aud={"essential": True, "value": gekozen.oidc_client},
        nonce={"essential": True, "value": poging.nonce},
        exp={"essential": True},
    )
    eisen.validate(gelezen.claims)
    return dict(gelezen.claims)
