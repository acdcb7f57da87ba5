"""A browser of one person in the round of Lindeveen, at a moment; and reading its pages as text."""

import html
import re
import sys
from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import select

from aanbesteding.database import lees
from aanbesteding.handelingen import aanmelden
from aanbesteding.model import Deelnemer, Persoon
from aanbesteding.web.app import maak_app
from aanbesteding.web.middelen import KOEKJE

L = sys.modules["lindeveen"]
ADRES = "http://testserver"


@dataclass
class Web:
    """`wie` is a participant's key. Every request is from our own pages (origin)."""

    loper: Any
    wie: str
    moment: str
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        nu = L.op(self.moment)
        self.client = TestClient(maak_app(self.loper.motor, nu=lambda: nu), base_url=ADRES, headers={"origin": ADRES})
        with lees(self.loper.motor) as session:
            vraag = select(Persoon.email).join(Deelnemer).where(Deelnemer.sleutel == self.wie)
            email = session.exec(vraag).one()
        geheim = aanmelden.begin_sessie(self.loper.motor, email, wijze="oefening", apparaat="test", nu=nu)
        self.client.cookies.set(KOEKJE, geheim)

    def pad(self, deel: str) -> str:
        return f"/werk/{self.loper.kenmerk}{'/' if deel else ''}{deel}"

    def lees(self, deel: str = "") -> str:
        """The text of a page that must be there."""
        antwoord = self.client.get(self.pad(deel))
        assert antwoord.status_code == 200, (deel, antwoord.status_code, tekst(antwoord.text))
        return tekst(antwoord.text)

    def status(self, deel: str) -> int:
        return self.client.get(self.pad(deel), follow_redirects=False).status_code

    def stuur(self, deel: str, velden: dict[str, str] | None = None, **meer: Any) -> Any:
        return self.client.post(self.pad(deel), data=velden or {}, follow_redirects=False, **meer)


def tekst(bron: str) -> str:
    """What a reader of the page's own part sees."""
    deel = re.sub(r"(?s)^.*?<main[^>]*>|</main>.*$", "", bron)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", deel))).strip()
