"""Settings from the environment (`AANBESTEDING_…`) or a `.env` file; every one has a working default."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

WORTEL = Path(__file__).resolve().parents[1]


class Instellingen(BaseSettings):
    """`data_map` holds everything that a municipality must keep: database, documents, mail, Prefect."""

    model_config = SettingsConfigDict(env_prefix="AANBESTEDING_", env_file=".env", extra="ignore")

    data_map: Path = Path("gegevens")
    database_url: str = ""
    """Empty means: one SQLite file in the data folder. Else e.g. postgresql+psycopg://user@host/name."""
    sjablonen_map: Path = WORTEL / "sjablonen"
    huisstijlen_map: Path = WORTEL / "config" / "huisstijlen"
    indicatoren_map: Path = WORTEL / "config" / "indicatoren"
    rondes_map: Path = WORTEL / "config" / "rondes"
    render_processen: int = 2
    """Worker processes for PDFs; 0 renders in the same process (slower, for tests)."""
    pdf_variant: Literal["a-3a", "a-2a"] = "a-3a"
    """PDF/A level of every document, beside PDF/UA-1. a-2a has no attachments: for an archive that refuses them."""
    smtp_host: str = ""
    """Empty means: mail is written as .eml files in the data folder instead of being sent."""
    smtp_poort: int = 587
    smtp_gebruiker: str = ""
    smtp_wachtwoord: str = ""
    smtp_tls: bool = True
    afzender: str = "aanbesteding@gemeente.example"
    klok_verschil: int = 0
    """Seconds by which the clock is shifted, for an example that plays in the past; 0 is the real clock."""
    web_host: str = "127.0.0.1"
    web_poort: int = 8000
    web_adres: str = ""
    """How people reach the site, e.g. https://aanbesteding.gemeente.nl; empty means: host and port above."""
    beheerders: str = ""
    """E-mail addresses, with commas, of who may make a round in the browser besides project leaders of other rounds."""
    voorbeeld: bool = False
    """An example to try: one click logs in as any role, and mail shows as pages. Never with real people."""
    oidc_naam: str = "uw werkaccount"
    oidc_uitgever: str = ""
    """Issuer of the OpenID Connect provider, e.g. https://login.microsoftonline.com/<tenant>/v2.0; empty: none."""
    oidc_client: str = ""
    oidc_geheim: SecretStr = SecretStr("")
    zegel_bestand: Path | None = None
    """PKCS#12 file with the municipality's certificate for seals. Rehearsals use the seal in the data folder."""
    zegel_wachtwoord: SecretStr = SecretStr("")
    zegel_wachtwoord_bestand: Path | None = None
    """A file whose first line is that password; safer than a variable of the environment."""
    zegel_vertrouwd: Path | None = None
    """PEM file with the issuers whose seals we trust."""

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_map / 'aanbesteding.sqlite').resolve()}"

    @property
    def adres(self) -> str:
        return self.web_adres.rstrip("/") or f"http://{self.web_host}:{self.web_poort}"

    @property
    def archief_map(self) -> Path:
        return self.data_map / "documenten"

    @property
    def post_map(self) -> Path:
        return self.data_map / "post"

    @property
    def zegel_map(self) -> Path:
        return self.data_map / "zegel"


@cache
def instellingen() -> Instellingen:
    return Instellingen()
