"""A browser without a screen for the tests of assessors and chair: logs in, counts statements, makes a round large."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlmodel import col, select

from aanbesteding.database import lees, schrijf
from aanbesteding.handelingen import aanmelden
from aanbesteding.model import Belang, Coalitie, Deelnemer, Indiening, Persoon, Score, Toewijzing, Voorstel
from aanbesteding.web.app import maak_app
from aanbesteding.web.middelen import KOEKJE


class Web:
    """One person at one moment. `moment` is local time as typed."""

    def __init__(self, loper: Any, wie: str, moment: str, op: Callable[[str], Any]) -> None:
        self.loper, self.wie, self.nu = loper, wie, op(moment)
        self.begin = f"/werk/{loper.kenmerk}"
        client = TestClient(maak_app(loper.motor, nu=lambda: self.nu), base_url="http://testserver",
                            follow_redirects=False, raise_server_exceptions=True)  # fmt: skip
        client.cookies.set(KOEKJE, self._sessie())
        self.client = client

    def _sessie(self) -> str:
        with lees(self.loper.motor) as session:
            vraag = select(Persoon.email).join(Deelnemer).where(Deelnemer.sleutel == self.wie)
            adres = session.exec(vraag).one()
        return aanmelden.begin_sessie(self.loper.motor, adres, wijze="proef", apparaat="test", nu=self.nu)

    def get(self, pad: str) -> httpx.Response:
        return self.client.get(self.begin + pad)

    def post(self, pad: str, velden: dict[str, str] | None = None, **extra: Any) -> httpx.Response:
        return self.client.post(self.begin + pad, data=velden or {}, headers={"origin": "http://testserver"}, **extra)

    def verborgen(self, pad: str) -> dict[str, str]:
        """The hidden fields of a page, as a browser sends them back."""
        gevonden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.get(pad).text)
        return {n: html.unescape(w) for n, w in gevonden}

    def later(self, **duur: int) -> None:
        self.nu += timedelta(**duur)

    @contextmanager
    def geteld(self) -> Iterator[list[str]]:
        """The SQL statements that were sent within the block."""
        regels: list[str] = []

        def tel(_v: Any, _c: Any, zin: str, *_rest: Any) -> None:
            regels.append(zin)

        event.listen(self.loper.motor, "before_cursor_execute", tel)
        try:
            yield regels
        finally:
            event.remove(self.loper.motor, "before_cursor_execute", tel)


def vul_aan(loper: Any, wie: str, aantal: int, *, vergrendeld: bool = False) -> None:
    """Bring the number of proposals of this assessor to `aantal`, each with one score."""
    with schrijf(loper.motor) as session:
        deelnemer = session.exec(select(Deelnemer).where(Deelnemer.sleutel == wie)).one()
        eigen = session.exec(select(Toewijzing).where(Toewijzing.beoordelaar_id == deelnemer.id)).all()
        for rij in eigen[aantal:]:
            session.delete(rij)
        voorbeeld = session.exec(select(Voorstel).order_by(col(Voorstel.id))).first()
        assert voorbeeld is not None
        coalitie, indiening = (
            session.get_one(Coalitie, voorbeeld.coalitie_id),
            session.get_one(Indiening, voorbeeld.indiening_id),
        )
        nu = indiening.ontvangen_op
        for n in range(len(eigen), aantal):
            c = Coalitie(ronde_id=coalitie.ronde_id, sleutel=f"extra-{n}", naam=f"Extra {n}", opgave=coalitie.opgave,
                         idee="Nog een.", penvoerder_id=coalitie.penvoerder_id, gevormd_op=nu)  # fmt: skip
            session.add(c)
            session.flush()
            i = Indiening(coalitie_id=c.id or 0, versie=1, inhoud=indiening.inhoud, sha256=f"{n:064d}", grootte=1,
                          kanaal="web", ontvangen_op=nu)  # fmt: skip
            session.add(i)
            session.flush()
            v = Voorstel(ronde_id=coalitie.ronde_id, coalitie_id=c.id or 0, indiening_id=i.id or 0, nummer=1000 + n,
                         ontvankelijk=True)  # fmt: skip
            session.add(v)
            session.flush()
            session.add(Belang(voorstel_id=v.id or 0, beoordelaar_id=deelnemer.id or 0, belang=False, toelichting="",
                               verklaard_op=nu))  # fmt: skip
            t = Toewijzing(voorstel_id=v.id or 0, beoordelaar_id=deelnemer.id or 0, volgorde=100 + n,
                           vergrendeld_op=nu if vergrendeld else None)  # fmt: skip
            session.add(t)
            session.flush()
            for criterium in ("effect", "samen", "bewoners") if vergrendeld else ("effect",):
                session.add(Score(toewijzing_id=t.id or 0, criterium=criterium, versie=1, waarde=3 + n % 3,
                                  motivering=f"reden {n} over dit ene voorstel alleen", ingevoerd_op=nu))  # fmt: skip
