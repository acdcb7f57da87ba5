"""Fifty assessors save at the same moment, on SQLite and a real server: no error, nothing lost, the log whole."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import col, select

from aanbesteding import klok, logboek
from aanbesteding.database import lees, schrijf
from aanbesteding.handelingen import aanmelden
from aanbesteding.model import Belang, Concept, Deelnemer, Logregel, Persoon, Rolhouder, Score, Toewijzing, Voorstel
from aanbesteding.overzichten import vind
from aanbesteding.procedure import Rol
from aanbesteding.web.middelen import KOEKJE

L = sys.modules["lindeveen"]
MENSEN, CRITERIA = 50, ("effect", "samen", "bewoners")
GROEPEN = ("lange-tafel", "zingen-op-dinsdag")


def maak_mensen(loper: Any, nu: Any) -> dict[str, str]:
    """Fifty assessors with the same two proposals; gives key → secret of a session."""
    with schrijf(loper.motor) as session:
        ronde = vind.ronde(session, loper.kenmerk)
        voorstellen = [vind.voorstel(session, ronde, g) for g in GROEPEN]
        for rij in session.exec(select(Toewijzing).where(col(Toewijzing.voorstel_id).in_([v.id for v in voorstellen]))):
            session.delete(rij)
        for n in range(MENSEN):
            persoon = Persoon(email=f"b{n}@lindeveen.example", naam=f"Beoordelaar nummer {n}")
            session.add(persoon)
            session.flush()
            wie = Deelnemer(
                ronde_id=ronde.id or 0, persoon_id=persoon.id or 0, sleutel=f"b-{n}", functie="", afdeling="x"
            )
            session.add(wie)
            session.flush()
            session.add(Rolhouder(deelnemer_id=wie.id or 0, rol=Rol.BEOORDELAAR.value))
            for plek, v in enumerate(session.exec(select(Voorstel)).all()):
                session.add(Belang(voorstel_id=v.id or 0, beoordelaar_id=wie.id or 0, belang=False, toelichting="",
                                   verklaard_op=nu))  # fmt: skip
                if v in voorstellen:
                    session.add(Toewijzing(voorstel_id=v.id or 0, beoordelaar_id=wie.id or 0, volgorde=plek))
    return {
        f"b-{n}": aanmelden.begin_sessie(loper.motor, f"b{n}@lindeveen.example", wijze="t", apparaat="t", nu=nu)
        for n in range(MENSEN)
    }


@contextmanager
def server(moment: Any, data_map: Path) -> Iterator[str]:
    """uvicorn as `aanbesteding start` runs it: a process of its own, with the clock shifted to this moment."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    verschil = round((moment - klok.nu()).total_seconds())
    omgeving = {**os.environ, "AANBESTEDING_KLOK_VERSCHIL": str(verschil), "AANBESTEDING_DATA_MAP": str(data_map),
                "PREFECT_API_URL": "http://127.0.0.1:9/api"}  # fmt: skip
    opdracht = [sys.executable, "-W", "ignore", "-m", "uvicorn", "--factory", "aanbesteding.web.app:maak_app",
                "--port", str(poort), "--log-level", "warning"]  # fmt: skip
    uitvoer = data_map / "server.log"
    with uitvoer.open("wb") as log, subprocess.Popen(opdracht, env=omgeving, stdout=log, stderr=log) as proces:
        try:
            adres = f"http://127.0.0.1:{poort}"
            for _ in range(400):
                if proces.poll() is not None:
                    raise RuntimeError(uitvoer.read_text())
                try:
                    if httpx.get(f"{adres}/gezond").status_code == 200:
                        break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield adres
        finally:
            proces.terminate()
            proces.wait(20)
    assert "Traceback" not in uitvoer.read_text(), uitvoer.read_text()[-3000:]


def vel(wie: str, groep: str) -> dict[str, str]:
    redenen = {f"motivering-{k}": L.reden(f"{wie}-{groep}", k) for k in CRITERIA}
    return {f"waarde-{k}": "4" for k in CRITERIA} | redenen | {f"_versie-{k}": "0" for k in CRITERIA} | {"naar": "hier"}


async def werk(adres: str, kenmerk: str, wie: str, geheim: str, samen: asyncio.Barrier) -> list[tuple[str, int, float]]:
    """One assessor: types in two tabs (autosave), and saves both proposals, at the same moment as everybody."""
    begin, uit = f"{adres}/werk/{kenmerk}", []
    koppen = {"origin": adres}
    async with httpx.AsyncClient(cookies={KOEKJE: geheim}, headers=koppen, timeout=60) as c:

        async def doe(naam: str, methode: str, pad: str, **wat: Any) -> httpx.Response:
            start = time.perf_counter()
            antwoord = await c.request(methode, begin + pad, **wat)
            uit.append((naam, antwoord.status_code, time.perf_counter() - start))
            return antwoord

        await samen.wait()
        merk, concept = "", f"/concepten/{wie}/score/{GROEPEN[0]}"
        for tekst in ("half", "half getypt"):
            inhoud = {"motivering-effect": tekst, "waarde-effect": "3"}
            antwoord = await doe("concept", "PUT", concept, json={"inhoud": inhoud, "vanaf": merk})
            merk = antwoord.json()["merk"]
        for groep in GROEPEN:
            await doe("score", "POST", f"/beoordelen/voorstel/{groep}", data=vel(wie, groep))
        await doe("lezen", "GET", f"/beoordelen/voorstel/{GROEPEN[0]}")
    return uit


async def allemaal(adres: str, kenmerk: str, mensen: dict[str, str]) -> list[tuple[str, int, float]]:
    samen = asyncio.Barrier(len(mensen))
    per = await asyncio.gather(*(werk(adres, kenmerk, w, g, samen) for w, g in mensen.items()))
    return [regel for regels in per for regel in regels]


def test_fifty_assessors_save_at_once(lindeveen: Any, data_map: Path) -> None:
    loper = lindeveen("scoren")
    moment = L.op("2027-04-10T10:00")
    mensen = maak_mensen(loper, moment)
    with lees(loper.motor) as session:
        regels_eerst = len(session.exec(select(Logregel.id)).all())
        versie_eerst = vind.ronde(session, loper.kenmerk).versie
    loper.motor.dispose()
    # In a thread: Playwright may keep a loop in the one of the tests.
    with server(moment + timedelta(minutes=1), data_map) as adres, ThreadPoolExecutor(1) as draad:
        uit = draad.submit(asyncio.run, allemaal(adres, loper.kenmerk, mensen)).result()
    goed = {"lezen": 200, "concept": 200, "score": 303}
    assert [r for r in uit if r[1] != goed[r[0]]] == []
    assert len(uit) == MENSEN * (2 + len(GROEPEN) + 1)
    for naam in goed:
        tijden = sorted(t for n, _, t in uit if n == naam)
        print(f"{naam}: mediaan {tijden[len(tijden) // 2]:.2f} s, traagste {tijden[-1]:.2f} s")
    with lees(loper.motor) as session:
        ronde = vind.ronde(session, loper.kenmerk)
        vraag = select(Deelnemer.sleutel, Score.criterium, Score.motivering, Score.versie).select_from(Score)
        vraag = vraag.join(Toewijzing).join(Deelnemer, col(Toewijzing.beoordelaar_id) == Deelnemer.id)
        rijen = session.exec(vraag).all()
        acties = MENSEN * len(GROEPEN) * len(CRITERIA)
        verwacht = {(w, k, L.reden(f"{w}-{g}", k), 1) for w in mensen for g in GROEPEN for k in CRITERIA}
        assert set(map(tuple, rijen)) == verwacht
        assert len(rijen) == acties
        laatste = session.exec(select(Concept.deelnemer_id, Concept.inhoud).order_by(col(Concept.versie))).all()
        assert len({d for d, _ in laatste}) == MENSEN
        assert {str(i["motivering-effect"]) for _, i in laatste} == {"half getypt"}
        assert logboek.controleer(session, ronde.id or 0) == []
        assert len(session.exec(select(Logregel.id)).all()) - regels_eerst == acties
        assert ronde.versie - versie_eerst == acties
