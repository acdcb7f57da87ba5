"""Every route with odd requests of every role: never a fault of ours, never an echo, never a change by a refusal.

The same requests for the same seed. FUZZ_KEER=20000 FUZZ_ZAAD=7 makes it long (per stage); 3,000 requests cost 20 s.
"""

import importlib
import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlmodel import select

from aanbesteding.database import schrijf
from aanbesteding.model import Coalitie, Indiening
from aanbesteding.web import doen

L, V = importlib.import_module("lindeveen"), importlib.import_module("vijandweb")
KEER, ZAAD = int(os.environ.get("FUZZ_KEER", "500")), int(os.environ.get("FUZZ_ZAAD", "1"))
STADIA = {
    "voorbereiding": "2026-12-01T12:00", "oproep": "2027-01-20T10:00", "coalities": "2027-02-15T10:00",
    "ingediend": "2027-03-10T20:00", "geopend": "2027-03-16T10:00", "belangen": "2027-03-30T10:00",
    "scoren": "2027-04-10T10:00", "beoordeeld": "2027-04-25T10:00", "voorgedragen": "2027-05-06T10:00",
    "uitwerking": "2027-06-20T10:00", "gepland": "2027-07-01T10:00", "uitvoering": "2027-08-01T10:00",
}  # fmt: skip
KORT = ("coalities", "ingediend", "scoren", "uitvoering")
GEKOZEN = os.environ.get("FUZZ_STADIA", " ".join(STADIA if "FUZZ_KEER" in os.environ else KORT)).split()
DICHT = ("coalities", "ingediend")
"""The vault is closed: a proposal shows to its own coalition and its adviser only."""
BEWAART_TOCH = re.compile(
    r"/beoordelen/voorstel/|/overleg/voorstel/.*/consensus|/aanmelden$|/meedoen/link$|/voorstel(/indienen|/intrekken)?$"
    r"|/plan$|/voortgang/\d+$|/bestanden$|/aanvulling$|/collegeteksten/|/meetplan/|/papier$|/besluit$"
)
"""Refusals that may store: sound marks beside a faulty one, drafts of what was typed, and counted login attempts."""


@pytest.fixture(autouse=True)
def stil(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(doen, "wek", lambda *_: None)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def kanaal(lindeveen: Callable[[str], Any]) -> Iterator[Callable[[str], Any]]:
    kanalen: list[Any] = []

    def geef(stadium: str) -> Any:
        kanalen.append(V.Kanaal(lindeveen(stadium), STADIA[stadium]))
        return kanalen[-1]

    yield geef
    for een in kanalen:
        een.sluit()


def verzegel(loper: Any) -> dict[str, str]:
    """Put a word of its own in every submission; gives word → coalition."""
    woorden: dict[str, str] = {}
    with schrijf(loper.motor) as session:
        for rij, groep in session.exec(select(Indiening, Coalitie).join(Coalitie)).all():
            woorden[f"zegelwoord{groep.id}x"] = groep.sleutel
            rij.inhoud = {
                **rij.inhoud,
                "titel": f"zegelwoord{groep.id}x",
                "aanpak": f"Wij zegelwoord{groep.id}x samen.",
            }
            session.add(rij)
    return woorden


def mankementen(v: Any, a: Any, veranderd: bool) -> list[str]:
    """What is wrong with this answer, whatever the request was."""
    mis = [f"status {a.status}"] if not 200 <= a.status < 500 else []
    mis += ["uitzondering"] if a.spoor else []
    mis += ["traceback"] if "Traceback (most recent" in a.tekst else []
    mis += ["onveilige echo"] if a.is_html and re.search(r"<kwaad7|<script>kwaad7", a.tekst) else []
    mis += ["sjabloon uitgevoerd"] if "1337kwaad7" in a.tekst else []
    mis += ["kop erbij"] if "kwaad7" in a.koppen or any("kwaad7" in k for k in a.koekjes) else []
    mis += ["geen CSP"] if "content-security-policy" not in a.koppen else []
    mis += ["naar buiten"] if re.match(r"(https?:)?//", a.koppen.get("location", "")) else []
    if v.methode not in ("GET", "HEAD", "OPTIONS"):
        herkomst, host = dict(v.koppen).get("origin"), dict(v.koppen).get("host", "testserver")
        if herkomst != f"http://{host}" and not v.pad.startswith("/v1") and a.status != 403:
            mis.append(f"vreemde herkomst {herkomst!r} kreeg {a.status}")
    if veranderd and v.methode in ("GET", "HEAD", "OPTIONS", "TRACE"):
        mis.append("lezen veranderde iets")
    if (
        veranderd
        and a.status >= 400
        and not (a.status in (409, 422, 429) and BEWAART_TOCH.search(v.pad.partition("?")[0]))
    ):
        mis.append(f"een weigering ({a.status}) veranderde iets")
    if v.pad.startswith("/v1") and a.status >= 400 and v.methode != "HEAD":
        mis += [] if a.koppen.get("content-type") == "application/problem+json" else ["/v1 zonder problem+json"]
        mis += ["/v1 met 422"] if a.status == 422 else []
    return mis


@pytest.mark.parametrize("stadium", GEKOZEN)
def test_odd_requests_find_no_fault_of_ours(kanaal: Callable[[str], Any], stadium: str) -> None:
    k = kanaal(stadium)
    woorden = verzegel(k.loper) if stadium in DICHT else {}
    gevonden: list[Any] = []
    fouten: list[str] = []
    for wie in V.ROLLEN:
        k.sessie(wie) if wie else None
        paginas, erbij = V.loop(k, wie)
        gevonden += erbij
        for pad, a in paginas.items():
            v = V.Verzoek("GET", pad, wie)
            fouten += [
                f"{m}: {v}\n{a.spoor[-1500:]}" for m in [*mankementen(v, a, veranderd=False), *lek(woorden, v, a)]
            ]
            fouten += [] if a.status < 400 or pad in V.BEGIN else [f"dode link {a.status}: {v}"]
    assert not fouten, "\n".join(fouten[:10])
    uniek = {(f.pad, f.wie, tuple(n for n, _ in f.velden)): f for f in gevonden}
    aanval, tel = V.Aanval(ZAAD, list(uniek.values())), Counter[int]()
    for _ in range(KEER):
        v = aanval.verzoek()
        if v.wie:
            k.sessie(v.wie)
        stand = k.stand()
        a = k.stuur(v)
        if v.pad.startswith(("/afmelden", "/mijn/andere")):
            k.vergeet(v.wie)
        nu = k.stand()
        mis = [*mankementen(v, a, nu != stand), *lek(woorden, v, a)]
        fouten += [f"{m}: {v}\n{a.spoor[-1500:]}" for m in mis]
        tel[a.status] += 1
    if "FUZZ_KEER" in os.environ:
        print(stadium, sorted(tel.items()))
    assert not fouten, f"{len(fouten)} fouten\n" + "\n".join(dict.fromkeys(fouten[:15]))


def test_one_reminder_about_the_same_thing_of_two_pilots(kanaal: Callable[[str], Any]) -> None:
    """Found by the requests above: two pilots without measurements broke the reminder to who must measure them."""
    k, pad = kanaal("uitvoering"), f"/werk/{L.KENMERK}/leiden/herinneren"
    velden = {f"wie-{L.LEIDER}": "ja", "sleutel": "een"}
    assert k.post(pad, velden, L.LEIDER).status == 303
    assert k.post(pad, velden | {"sleutel": "twee"}, L.LEIDER).status == 422


def lek(woorden: dict[str, str], v: Any, a: Any) -> list[str]:
    """Words of a sealed proposal that show to somebody outside its coalition."""
    uit = []
    for woord, groep in woorden.items():
        if (
            woord in a.tekst
            and woord not in v.lijf.decode("utf-8", "replace")
            and v.wie not in (*L.COALITIES[groep], L.ADVISEUR)
        ):
            uit.append(f"voorstel van {groep} lekt")
    return uit
